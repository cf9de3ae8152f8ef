/* Address cards: every version as programs write them, at every size of a read; what is wrong; and the cards of
 * Roundcube, against the table they were made from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "folder.h"
#include "stream/vcard.h"
#include "stream/vcard_property.h"

static struct folder folder;

struct feed {
    struct slice text;
    size_t step;
};

static ssize_t feed_read(void *context, char *to, size_t size, struct error *err)
{
    struct feed *feed = context;
    size_t len = feed->text.len < feed->step ? feed->text.len : feed->step;

    (void)err;
    if (len > size)
        len = size;
    memcpy(to, feed->text.ptr, len);
    feed->text = (struct slice){feed->text.ptr + len, feed->text.len - len};
    return (ssize_t)len;
}

/* What is converted, as rows of fields. */
struct rows {
    char *csv; /* owned, cut at its separators */
    char **fields[64];
    size_t counts[64];
    size_t count;
};

/* Takes CSV apart; every field here is quoted or plain as RFC 4180 says. */
static void parse_csv(struct rows *rows, char *csv)
{
    char *to = csv;

    *rows = (struct rows){.csv = csv};
    while (*csv) {
        assert_true(rows->count < 64);
        char **fields = malloc(64 * sizeof *fields);
        assert_non_null(fields);
        rows->fields[rows->count] = fields;
        size_t count = 0;
        char end;
        do {
            bool quoted = *csv == '"';
            assert_true(count < 64);
            fields[count++] = to;
            csv += quoted;
            while (quoted ? *csv != '"' || csv[1] == '"' : *csv != ',' && *csv != '\n') {
                assert_true(*csv);
                csv += quoted && *csv == '"';
                *to++ = *csv++;
            }
            csv += quoted;
            end = *csv++;
            *to++ = '\0';
        } while (end == ',');
        assert_int_equal(end, '\n');
        rows->counts[rows->count++] = count;
    }
}

static void free_rows(struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free((void *)rows->fields[i]);
    free(rows->csv);
}

static char *take_csv(struct slice text, size_t step, struct error *err)
{
    struct conversion conversion;
    struct feed feed = {text, step};
    const char *name = folder_file(&folder, "out.csv");
    int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

    assert_true(fd >= 0);
    conversion_init(&conversion, fd);
    int status = vcard_convert(feed_read, &feed, "a.vcf", &conversion, err);
    if (status == 0)
        assert_int_equal(conversion_finish(&conversion, err), 0);
    conversion_fini(&conversion);
    close(fd);
    return status ? NULL : (char *)(uintptr_t)file_take(name).ptr;
}

/* The rows of text, which are the same at every size of a read; free_rows() them. */
static void convert_text(struct slice text, struct rows *rows)
{
    static const size_t steps[] = {1, 2, 3, 7, 61};
    struct error err;
    char *csv = take_csv(text, 1 << 20, &err);

    if (!csv)
        fail_msg("%s", err.text);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char *again = take_csv(text, steps[i], &err);
        assert_non_null(again);
        assert_string_equal(again, csv);
        free(again);
    }
    parse_csv(rows, csv);
    for (size_t i = 0; i < rows->count; i++)
        assert_int_equal(rows->counts[i], *rows->fields[i][0] == '!' ? 3 : rows->counts[0]);
}

static const char *field(const struct rows *rows, size_t row, const char *column)
{
    assert_true(row < rows->count);
    for (size_t i = 1; i < rows->counts[0]; i++)
        if (strcmp(rows->fields[0][i], column) == 0)
            return rows->fields[row][i];
    fail_msg("no column %s", column);
    return NULL;
}

struct expected {
    const char *column;
    const char *value;
};

/* The fields of a row: those that are listed, and all others empty. */
static void assert_row(const struct rows *rows, size_t row, const struct expected *list, size_t count)
{
    size_t filled = 0;

    for (size_t i = 0; i < count; i++)
        if (strcmp(field(rows, row, list[i].column), list[i].value) != 0)
            fail_msg("%s: '%s', not '%s'", list[i].column, field(rows, row, list[i].column), list[i].value);
    for (size_t i = 1; i < rows->counts[row]; i++)
        filled += *rows->fields[row][i] != '\0';
    for (size_t i = 1; filled != count && i < rows->counts[row]; i++)
        print_message("%s: %s\n", rows->fields[0][i], rows->fields[row][i]);
    assert_int_equal(filled, count);
}

#define ASSERT_CARD(text, ...)                                  \
    do {                                                        \
        const struct expected list[] = {__VA_ARGS__};           \
        struct rows rows;                                       \
        convert_text(slice_from_cstr(text), &rows);             \
        assert_int_equal(rows.count, 2);                        \
        assert_row(&rows, 1, list, sizeof list / sizeof *list); \
        free_rows(&rows);                                       \
    } while (0)

#define CARD(version, lines) "BEGIN:VCARD\r\nVERSION:" version "\r\n" lines "END:VCARD\r\n"

/* The example of RFC 6350, section 8, without its key and its map. */
static void rfc_6350_example(void **state)
{
    (void)state;
    ASSERT_CARD(CARD("4.0", "FN:Simon Perreault\r\nN:Perreault;Simon;;;ing. jr,M.Sc.\r\nBDAY:--0203\r\n"
                            "ANNIVERSARY:20090808T1430-0500\r\nGENDER:M\r\nLANG;PREF=1:fr\r\nLANG;PREF=2:en\r\n"
                            "ORG;TYPE=work:Viagenie\r\nADR;TYPE=work:;Suite D2-630;2875 Laurier;\r\n"
                            " Quebec;QC;G1V 2M2;Canada\r\n"
                            "TEL;VALUE=uri;TYPE=\"work,voice\";PREF=1:tel:+1-418-656-9254;ext=102\r\n"
                            "TEL;VALUE=uri;TYPE=\"work,cell,voice,video,text\":tel:+1-418-262-6501\r\n"
                            "EMAIL;TYPE=work:simon.perreault@viagenie.ca\r\nGEO;TYPE=work:geo:46.772673,-71.282945\r\n"
                            "KEY;TYPE=work;VALUE=uri:http://www.viagenie.ca/simon.perreault/simon.asc\r\nTZ:-0500\r\n"
                            "URL;TYPE=home:http://nomis80.org\r\n"),
                {"full_name", "Simon Perreault"}, {"last_name", "Perreault"}, {"first_name", "Simon"},
                {"name_suffix", "ing. jr, M.Sc."}, {"company", "Viagenie"}, {"street", "2875 Laurier, Suite D2-630"},
                {"city", "Quebec"}, {"region", "QC"}, {"postal_code", "G1V 2M2"}, {"country", "Canada"},
                {"phone", "+1-418-656-9254 ext. 102"}, {"mobile", "+1-418-262-6501"},
                {"email", "simon.perreault@viagenie.ca"}, {"website", "http://nomis80.org"},
                {"other_properties",
                 "BDAY:--0203\nANNIVERSARY:20090808T1430-0500\nGENDER:M\nLANG;PREF=1:fr\nLANG;PREF=2:en\n"
                 "GEO;TYPE=work:geo:46.772673,-71.282945\n"
                 "KEY;TYPE=work;VALUE=uri:http://www.viagenie.ca/simon.perreault/simon.asc\nTZ:-0500"});
}

static void version_3_0(void **state)
{
    (void)state;
    ASSERT_CARD(CARD("3.0", "FN:Dr. Anna\\, M\xc3\xbcller\r\nN:M\xc3\xbcller;Anna;Maria,Luise;Dr.,Prof.;\r\n"
                            "NICKNAME:Anni,Ann\r\nORG:Acme\\, Inc.;Sales;East\r\nTITLE:Head\\; of all\r\nROLE:Boss\r\n"
                            "EMAIL;TYPE=INTERNET:first@example.com\r\nEMAIL;TYPE=work,INTERNET:work@example.com\r\n"
                            "EMAIL;TYPE=home;TYPE=pref:pref@example.com\r\n"
                            "TEL;TYPE=home:1\r\nTEL;TYPE=WORK,VOICE:2\r\nTEL;TYPE=work,fax:3\r\nTEL;TYPE=CELL:4\r\n"
                            "TEL;TYPE=cell,pref:5\r\nTEL;TYPE=fax:6\r\nTEL;TYPE=pager:7\r\n"
                            "NOTE:line 1\\nline 2\\N\\\\n is no line\\, \\x\r\nNOTE:more\r\n"
                            "CATEGORIES:a,b\\,c\r\nCATEGORIES:d\r\nUID:urn:uuid:4fbe8971\r\nREV:20260301T100000Z\r\n"
                            "BDAY:1985-04-12T00:00:00Z\r\nPRODID:-//x\r\nURL:https://a.example/x:y;z\r\n"
                            "URL;TYPE=pref:https://b.example\r\nTEL:\r\nX-EMPTY: \r\n"),
                {"full_name", "Dr. Anna, M\xc3\xbcller"}, {"name_prefix", "Dr., Prof."}, {"first_name", "Anna"},
                {"middle_name", "Maria Luise"}, {"last_name", "M\xc3\xbcller"}, {"nickname", "Anni, Ann"},
                {"company", "Acme, Inc."}, {"department", "Sales, East"}, {"job_title", "Head; of all"},
                {"email", "pref@example.com"}, {"other_emails", "work@example.com; first@example.com"}, {"phone", "2"},
                {"mobile", "5"}, {"other_phones", "1; 4; 7"}, {"fax", "3"}, {"website", "https://b.example"},
                {"birth_date", "1985-04-12"}, {"tags", "a, b,c, d"},
                {"note", "line 1\nline 2\n\\n is no line, \\x\nmore"}, {"contact_id", "urn:uuid:4fbe8971"},
                {"updated_at", "2026-03-01T10:00:00Z"},
                {"other_properties", "ROLE:Boss\nTEL;TYPE=fax:6\nURL:https://a.example/x:y;z"});
}

static void version_2_1(void **state)
{
    (void)state;
    ASSERT_CARD(CARD("2.1", "N;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=C8=E2=E0=ED=EE=E2;=C8=E2=E0=\r\n=ED\r\n"
                            "FN;CHARSET=UTF-8;QUOTED-PRINTABLE:=D0=98=\r\n=D0=B2=D0=B0=D0=BD=\r\n\r\n"
                            "TEL;WORK;VOICE:+7 495 1234567\r\nTEL;CELL;PREF:+7 916 1\r\nTEL;HOME;FAX:9\r\n"
                            "EMAIL;INTERNET;PREF:a@example.com\r\nORG:C:\\new\\;x;y\r\n"
                            "ADR;WORK;ENCODING=QUOTED-PRINTABLE:;;Main St. 1=0D=0AFlat 2;Town, T;;12345;\r\n"
                            "NOTE:folded\r\n  text\r\nBDAY:19850412\r\nREV:20260301\r\n"
                            "PHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n /9j/4AAQ\r\n SkZJRg==\r\n\r\n"
                            "LOGO;BASE64:AAAA\r\nBBBB\r\nCC==\r\nX-AFTER:yes\r\n"
                            "NICKNAME;ENCODING=B;CHARSET=KOI8-R:6dfBzg==\r\n"),
                {"full_name", "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd"},
                {"last_name", "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd\xd0\xbe\xd0\xb2"},
                {"first_name", "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd"}, {"phone", "+7 495 1234567"}, {"mobile", "+7 916 1"},
                {"fax", "9"}, {"email", "a@example.com"}, {"company", "C:\\new;x"}, {"department", "y"},
                {"street", "Main St. 1\r\nFlat 2"}, {"city", "Town, T"}, {"postal_code", "12345"},
                {"note", "folded  text"}, {"birth_date", "1985-04-12"}, {"updated_at", "2026-03-01"},
                {"other_properties", "X-AFTER:yes"}, {"nickname", "\xd0\x98\xd0\xb2\xd0\xb0\xd0\xbd"});
}

static void folding(void **state)
{
    (void)state;
    /* in the middle of a character, of a name, of the parameters; with a tab; with other line ends */
    ASSERT_CARD(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\xd0\r\n \x98\xd0\xb2\r\n  an\r\nEMA\r\n IL;TYPE\r\n\t=work:a@\r\n b\r\n"
        "PHOTO;ENCODING=\r\n b:AAAA\r\n BBBB\r\nEND:VCARD\r\n",
        {"full_name", "\xd0\x98\xd0\xb2 an"}, {"email", "a@b"});
    ASSERT_CARD("\xef\xbb\xbf"
                "begin:vcard\nversion:4.0\nfn:A\n  B\n\nEmail:x@y\nend:vcard",
                {"full_name", "A B"}, {"email", "x@y"});
    ASSERT_CARD("BEGIN:VCARD \rVERSION:3.0\rFN:A\r B\rEND : VCARD\r", {"full_name", "AB"});
}

static void groups_and_parameters(void **state)
{
    (void)state;
    ASSERT_CARD(CARD("3.0",
                     "item1.EMAIL:own@example.com\r\nitem1.X-ABLabel:_$!<Work>!$_\r\nEMAIL:first@example.com\r\n"
                     "item2.TEL:1\r\nitem2.X-ABLabel:_$!<Mobile>!$_\r\nitem3.TEL:2\r\nitem3.X-ABLabel:Ferienhaus\r\n"
                     "a.b.TITLE;X-P=\"a:b;c\":Chief\r\nURL;TYPE=\"unclosed:http://x\r\n"),
                {"email", "own@example.com"}, {"other_emails", "first@example.com"}, {"mobile", "1"}, {"phone", "2"},
                {"job_title", "Chief"}, {"website", "http://x"}, {"other_properties", "item3.X-ABLabel:Ferienhaus"});
    ASSERT_CARD(CARD("4.0", "EMAIL;PREF=2:b@x\r\nEMAIL;PREF=1:a@x\r\nEMAIL;PREF=0:d@x\r\nEMAIL;PREF=x;TYPE=work:c@x\r\n"
                            "EMAIL:mailto:e@x\r\nTEL:tel:7042;phone-context=+1-914-555\r\nTEL:tel:+49-30-1;isub=9\r\n"
                            "UID:\r\nADR:;;;;;;\r\nADR;PREF=1:;;;;;;France\r\nN:;;;;\r\n"),
                {"email", "a@x"}, {"other_emails", "b@x; c@x; d@x; e@x"}, {"phone", "+1-914-555-7042"},
                {"other_phones", "+49-30-1"}, {"country", "France"});
}

static void dates(void **state)
{
    static const struct {
        const char *written;
        const char *shown; /* NULL: not taken */
    } list[] = {
        {"19850412", "1985-04-12"},
        {"1985-04-12", "1985-04-12"},
        {"19850412T000000Z", "1985-04-12"},
        {"1985-04-12T10:20:30+0130", "1985-04-12T10:20:30+01:30"},
        {"19850412T102030-05:00", "1985-04-12T10:20:30-05:00"},
        {"--0412", NULL},
        {"1985", NULL},
        {"1985-04", NULL},
        {"circa 1800", NULL},
        {"19850412x", NULL},
        {"1985-04-12T1", NULL},
        {"198504121", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        char text[200];
        struct rows rows;
        snprintf(text, sizeof text, CARD("4.0", "BDAY:%s\r\n"), list[i].written);
        convert_text(slice_from_cstr(text), &rows);
        assert_string_equal(field(&rows, 1, "birth_date"), list[i].shown ? list[i].shown : "");
        assert_int_equal(strncmp(field(&rows, 1, "other_properties"), "BDAY:", 5) == 0, !list[i].shown);
        free_rows(&rows);
    }
}

static void data_is_left_out(void **state)
{
    (void)state;
    ASSERT_CARD(CARD("4.0", "FN:A\r\nPHOTO:data:image/jpeg;base64,AAAA\r\nLOGO;VALUE=uri:https://x/l.png\r\n"
                            "SOUND:https://x/s.ogg\r\nKEY:AAAABBBB\r\nAGENT:BEGIN:VCARD\\nFN:B\\nEND:VCARD\r\n"),
                {"full_name", "A"}, {"other_properties", "LOGO;VALUE=uri:https://x/l.png\nSOUND:https://x/s.ogg"});
}

static void nested_card(void **state)
{
    (void)state;
    ASSERT_CARD(
        "BEGIN:VCARD\r\nVERSION:2.1\r\nFN:A\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:B\r\nAGENT:\r\nBEGIN:VCARD\r\nFN:C\r\n"
        "END:VCARD\r\nEND:VCARD\r\nEMAIL:a@x\r\nEND:VCARD\r\n",
        {"full_name", "A"}, {"email", "a@x"});
}

static void assert_bad(const struct rows *rows, size_t row, const char *place, const char *reason, const char *raw)
{
    assert_int_equal(rows->counts[row], 3);
    assert_string_equal(rows->fields[row][0], place);
    if (!strstr(rows->fields[row][1], reason))
        fail_msg("'%s' does not say '%s'", rows->fields[row][1], reason);
    assert_string_equal(rows->fields[row][2], raw);
}

static void bad_cards(void **state)
{
    static const char text[] = "# export\n\nof today\n"
                               "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n"
                               "between\n"
                               "BEGIN:VCARD\nFN:C\nno colon here\nEND:VCARD\n"
                               "BEGIN:VCARD\nFN;CHARSET=x-none;QUOTED-PRINTABLE:=C4\nEND:VCARD\n"
                               "BEGIN:VCARD\nFN:E\n:nameless\nEND:VCARD\n"
                               "BEGIN:VCARD\n<b>:x\nEND:VCARD\n"
                               "BEGIN:VCARD\nFN:F\nEND:VCARD\n"
                               "BEGIN:VCARD\nFN:G\n";
    struct rows rows;

    (void)state;
    convert_text(SLICE(text), &rows);
    assert_int_equal(rows.count, 11);
    assert_bad(&rows, 1, "!1", "text that is in no card", "# export\nof today");
    assert_bad(&rows, 2, "!4", "no END:VCARD before the next BEGIN:VCARD", "BEGIN:VCARD\nFN:A\n");
    assert_string_equal(rows.fields[3][0], "6");
    assert_string_equal(field(&rows, 3, "full_name"), "B");
    assert_bad(&rows, 4, "!9", "text that is in no card", "between");
    assert_bad(&rows, 5, "!10", "line 12 is no property: 'no colon here'",
               "BEGIN:VCARD\nFN:C\nno colon here\nEND:VCARD\n");
    assert_bad(&rows, 6, "!14", "unknown charset 'x-none'",
               "BEGIN:VCARD\nFN;CHARSET=x-none;QUOTED-PRINTABLE:=C4\nEND:VCARD\n");
    assert_bad(&rows, 7, "!17", "line 19 is no property: ':nameless'", "BEGIN:VCARD\nFN:E\n:nameless\nEND:VCARD\n");
    assert_bad(&rows, 8, "!21", "line 22 is no property: '<b>:x'", "BEGIN:VCARD\n<b>:x\nEND:VCARD\n");
    assert_string_equal(field(&rows, 9, "full_name"), "F");
    assert_bad(&rows, 10, "!27", "no END:VCARD before the end of the file", "BEGIN:VCARD\nFN:G\n");
    free_rows(&rows);
}

static void bytes_that_are_no_text(void **state)
{
    (void)state;
    /* 0x98 is no character of windows-1251; the second value was decoded with the file already */
    ASSERT_CARD(CARD("2.1", "FN;CHARSET=windows-1251;QUOTED-PRINTABLE:=C8=98=E2\r\n"
                            "TITLE;CHARSET=windows-1251:\xd0\x98\r\nNOTE;QUOTED-PRINTABLE:100=25 =zz =4 =\r\n"
                            "ORG;CHARSET=windows-1251:\xc8\r\nURL:\xfe\r\n"),
                {"full_name", "\xd0\x98\xff\xd0\xb2"}, {"job_title", "\xd0\x98"},
                {"note", "100% =zz =4 ORG;CHARSET=windows-1251:\xc8"}, {"website", "\xfe"});
}

static void large_card(void **state)
{
    enum { LINES = 300000 };
    struct buffer text = {0};
    struct error err;
    struct rows rows;

    (void)state;
    assert_int_equal(buffer_append(&text, SLICE("BEGIN:VCARD\nFN:A\nPHOTO;ENCODING=b:\n")), 0);
    for (int i = 0; i < LINES; i++)
        assert_int_equal(buffer_append(&text, SLICE(" AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")),
                         0);
    assert_int_equal(buffer_append(&text, SLICE("END:VCARD\nBEGIN:VCARD\nFN:B\nEND:VCARD\n")), 0);
    char *csv = take_csv(buffer_slice(&text), 1 << 20, &err);
    assert_non_null(csv);
    parse_csv(&rows, csv);
    assert_int_equal(rows.count, 3);
    assert_string_equal(rows.fields[1][0], "!1");
    assert_string_equal(rows.fields[1][1], "a card of more than 16 MiB");
    assert_string_equal(field(&rows, 2, "full_name"), "B");
    free_rows(&rows);
    buffer_fini(&text);
}

static void no_card(void **state)
{
    struct error err;

    (void)state;
    assert_null(take_csv(SLICE(""), 10, &err));
    assert_string_equal(err.text, "a.vcf: there is no address card in it");
    assert_int_equal(err.status, STATUS_DATA);
    assert_null(take_csv(SLICE("name,email\n"), 10, &err));
    assert_int_equal(err.status, STATUS_DATA);
}

/* Every prefix of a file, and every byte of it replaced: never more than bad cards. */
static void damaged(void **state)
{
    char text[] = CARD("2.1", "FN;QUOTED-PRINTABLE;CHARSET=koi8-r:=C8=\r\n=C9\r\nPHOTO;BASE64:\r\n AA==\r\n\r\n")
        CARD("4.0", "N:a;b\\;c,d;;;\r\nTEL;TYPE=\"cell,x\";PREF=1:tel:+1;ext=2\r\n");
    static const char bytes[] = "\0\n\r:;\"\\= ,\xff";
    struct error err;

    (void)state;
    for (size_t i = 1; i < sizeof text - 1; i++) {
        char *csv = take_csv((struct slice){text, i}, 1 << 20, &err);
        assert_true(csv || err.status == STATUS_DATA);
        free(csv);
        for (size_t j = 0; j < sizeof bytes - 1; j++) {
            char old = text[i];
            text[i] = bytes[j];
            csv = take_csv((struct slice){text, sizeof text - 1}, 1 << 20, &err);
            assert_non_null(csv);
            free(csv);
            text[i] = old;
        }
    }
}

static void recognised(void **state)
{
    (void)state;
    assert_true(vcard_recognise(SLICE("BEGIN:VCARD\r\n")));
    assert_true(vcard_recognise(SLICE("\xef\xbb\xbf\r\n begin:vcard")));
    assert_false(vcard_recognise(SLICE("BEGIN:VCALENDAR")));
    assert_false(vcard_recognise(SLICE("BEGIN:VCAR")));
    assert_false(vcard_recognise(SLICE("")));
}

#define DATA "../shared/data/contacts/roundcube/Csv2vcard/"

/* The columns of Roundcube's table beside the cards; its display name is "Display Name" and so on. */
static void real_cards(void **state)
{
    struct rows rows;

    (void)state;
    if (access(DATA, R_OK) != 0) {
        print_message("skipped: no %s\n", DATA);
        return;
    }
    struct slice text = file_take(DATA "all.vcf");
    convert_text(text, &rows);
    assert_int_equal(rows.count, 2);
    static const struct expected all[] = {
        {"full_name", "Display Name"},
        {"first_name", "First Name"},
        {"middle_name", "Middle Name"},
        {"last_name", "Last Name"},
        {"name_prefix", "Prefix"},
        {"name_suffix", "Suffix"},
        {"nickname", "Nickname"},
        {"company", "Company"},
        {"department", "Department"},
        {"job_title", "Job Title"},
        {"email", "work@example.com"},
        {"other_emails", "home@example.com; other@example.com"},
        {"phone", "300"},
        {"mobile", "500"},
        {"fax", "800"},
        {"other_phones", "100; 200; 400; 600; 900; 111; 222; 333; 444"},
        {"website", "https://work"},
        {"street", "Work Street"},
        {"city", "Work City"},
        {"region", "Work State"},
        {"postal_code", "Work Zip"},
        {"country", "Work Country"},
        {"birth_date", "1991-01-20"},
        {"tags", "test"},
        {"note", "Notes"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_string_equal(field(&rows, 1, all[i].column), all[i].value);
    static const char *const kept[] = {
        "TEL;TYPE=homefax:700",     "X-GENDER:female",
        "X-MAIDENNAME:Maiden Name", "X-ANNIVERSARY;VALUE=date:1992-02-20",
        "URL:https://other",        "ADR;TYPE=home:;;Home Street;Home City;Home State;Home Zip;Home Country"};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        assert_non_null(strstr(field(&rows, 1, "other_properties"), kept[i]));
    free_rows(&rows);
    free((char *)(uintptr_t)text.ptr);

    text = file_take(DATA "email.vcf"); /* email.csv: four addresses and nothing else */
    convert_text(text, &rows);
    assert_int_equal(rows.count, 5);
    for (size_t i = 1; i <= 4; i++) {
        char address[32];
        snprintf(address, sizeof address, "test%zu@domain.tld", i);
        assert_row(&rows, i, (struct expected[]){{"full_name", address}, {"email", address}}, 2);
    }
    free_rows(&rows);
    free((char *)(uintptr_t)text.ptr);
}

static int set_up(void **state)
{
    (void)state;
    folder_make(&folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    folder_remove(&folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc_6350_example),
        cmocka_unit_test(version_3_0),
        cmocka_unit_test(version_2_1),
        cmocka_unit_test(folding),
        cmocka_unit_test(dates),
        cmocka_unit_test(groups_and_parameters),
        cmocka_unit_test(nested_card),
        cmocka_unit_test(data_is_left_out),
        cmocka_unit_test(bad_cards),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(large_card),
        cmocka_unit_test(no_card),
        cmocka_unit_test(damaged),
        cmocka_unit_test(recognised),
        cmocka_unit_test(real_cards),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
