/* Specs of fields and of blocking rules: what they mean, that what is printed is read as the same, and the message for
 * everything that is wrong. */
#include "link_table.h"

#include <math.h>

#include "analysis/link_block.h"
#include "analysis/link_spec.h"
#include "short_memory.h"
#include "stream/stream.h"

static const char people[] = "last_name|First Name|email|phone|mobile|dob|city|a,b|c+d|E-mail \"1\"|x: y|#3|notes\n"
                             "Smith|Ann|a@x.org|+49 30 1234567|+49 170 123456|31/12/1970|Bonn|1|2|3|4|5|6\n"
                             "Jones|Bob|b@x.org|+49 30 7654321|+49 170 654321|01/02/1980|Ulm|1|2|3|4|5|6\n";

/* ---- fields ---- */

/* What a spec of people is printed as; the error's text when it is refused. */
static void assert_fields(const char *header, const char *spec, const char *expected)
{
    struct table table;
    struct link_plan plan;
    struct buffer out;
    struct error err;

    table_make(&table, header);
    buffer_init(&out);
    if (link_plan_parse(&plan, slice_from_cstr(spec), table.names, &table.kept, &err)) {
        assert_int_equal(err.status, STATUS_USAGE);
        assert_null(plan.left);
        assert_int_equal(plan.count, 0);
        assert_int_equal(buffer_append(&out, slice_from_cstr(err.text)), 0);
    } else {
        assert_int_equal(link_plan_print(&plan, table.names, &out), 0);
    }
    if (strcmp(buffer_text(&out), expected) != 0)
        fail_msg("<<%s>> gives <<%s>> instead of <<%s>>", spec, out.data, expected);
    link_plan_fini(&plan);
    buffer_fini(&out);
    table_free(&table);
}

static void fields_are_columns_and_kinds(void **state)
{
    struct table table;
    struct link_plan plan;
    struct error err;
    (void)state;

    table_make(&table, people);
    assert_int_equal(link_plan_parse(&plan, SLICE(" dob , mobile + phone : phone,#7:place,\"#3\":text,#13"),
                                     table.names, &table.kept, &err),
                     0);
    assert_int_equal(plan.count, 5);
    assert_int_equal(plan.fields[0].kind, LINK_DATE);
    assert_int_equal(plan.fields[0].dates, DATE_DAY_FIRST);
    assert_int_equal(plan.fields[0].slots, 1);
    assert_int_equal(plan.fields[0].columns[0], 5);
    assert_true(slice_equal_cstr(plan.fields[1].name, "mobile"));
    assert_int_equal(plan.fields[1].kind, LINK_PHONE);
    assert_int_equal(plan.fields[1].slots, 2);
    assert_int_equal(plan.fields[1].columns[0], 4);
    assert_int_equal(plan.fields[1].columns[1], 3);
    assert_int_equal(plan.fields[2].columns[0], 6);
    assert_int_equal(plan.fields[3].columns[0], 11);
    assert_int_equal(plan.fields[4].columns[0], 12);
    link_plan_fini(&plan);
    table_free(&table);
}

static void kinds_are_recognised(void **state)
{
    (void)state;
    assert_fields(people, "last_name,First Name,email,phone+mobile,dob,city",
                  "last_name:last-name,First Name:first-name,email:email,phone+mobile:phone,dob:date,city:place");
    assert_fields(people, "city:text,dob:id", "city:text,dob:id");
    /* a name that says nothing: by the values, of all columns together */
    assert_fields("a|b|c\n1970-01-02|x@y.org|\n1971-01-02|z@y.org|1999-12-31\n", "a+c,b", "a+c:date,b:email");
    /* where one name tells, the others need not */
    assert_fields("x1|email|x2\n1|a@b.c|2\n", "x1+email", "x1+email:email");
    /* of no records, and of a role that is no kind */
    assert_fields("x|owner", "owner,x", "owner:text,x:text");
    /* the header tells whether a name is a person's */
    assert_fields("name|industry|employees|annual_revenue|domain\nA|B|3|4|a.org\n", "name", "name:organisation");
    assert_fields("name|email|phone|job_title\nA|B|3|4\n", "name", "name:name");
}

static void dates_are_read_as_all_columns_write_them(void **state)
{
    static const char header[] = "a|b|c\n2020-02-03|04/25/2021|x\n2020-02-03|04/26/2021|x\n";
    struct table table;
    struct link_plan plan;
    struct error err;
    (void)state;

    table_make(&table, header);
    assert_int_equal(link_plan_parse(&plan, SLICE("a+b:date,c:date"), table.names, &table.kept, &err), 0);
    assert_int_equal(plan.fields[0].dates, DATE_MONTH_FIRST);
    link_plan_fini(&plan);
    assert_int_equal(link_plan_parse(&plan, SLICE("a:date"), table.names, &table.kept, &err), 0);
    assert_int_equal(plan.fields[0].dates, DATE_YEAR_FIRST);
    link_plan_fini(&plan);
    table_free(&table);
}

static void names_are_quoted_where_they_must(void **state)
{
    (void)state;
    assert_fields(people, "\"a,b\":text,\"c+d\":id,E-mail \"1\":email,\"x: y\":text,\"last_name\"",
                  "\"a,b\":text,\"c+d\":id,E-mail \"1\":email,\"x: y\":text,last_name:last-name");
    assert_fields(people, "\"E-mail \"\"1\"\"\":text", "E-mail \"1\":text");
    /* a column of that name stands before the third one */
    assert_fields(people, "#3:text,\"notes\":text", "\"#3\":text,notes:text");
    assert_fields("\"q\"| blank|#x\n1|2|3\n", "\"\"\"q\"\"\":text,\" blank\":text,#x:text",
                  "\"\"\"q\"\"\":text,\" blank\":text,\"#x\":text");
}

static void wrong_fields_are_refused(void **state)
{
#define HEADER \
    "; the header is: last_name, First Name, email, phone, mobile, dob, city, a,b, c+d, E-mail \"1\", x: y, #3, notes"
#define KINDS                                                                                                        \
    "; there are: first-name, last-name, name, email, phone, date, postcode, street, place, company, organisation, " \
    "domain, id, "                                                                                                   \
    "number, country, category, text"
    static const char *const cases[][2] = {
        {"", "at character 1: the name of a column is missing"},
        {"  ", "at character 3: the name of a column is missing"},
        {",", "at character 1: the name of a column is missing"},
        {"email,", "at character 7: the name of a column is missing"},
        {"email,,dob", "at character 7: the name of a column is missing"},
        {"phone+:phone", "at character 7: the name of a column is missing"},
        {":phone", "at character 1: the name of a column is missing"},
        {"email,emial", "at character 7: no column 'emial'" HEADER "; did you mean 'email'?"},
        {"email, first-name", "at character 8: no column 'first-name'" HEADER "; did you mean 'First Name'?"},
        {"x:text", "at character 1: no column 'x'" HEADER "; did you mean \"x: y\"?"},
        {"улица", "at character 1: no column 'улица'" HEADER},
        {"\"улица", "at character 1: the quote is not closed"},
        {"email,\"", "at character 7: the quote is not closed"},
        {"\"\"", "at character 1: no column ''" HEADER},
        {"#14", "at character 1: no column '#14'" HEADER},
        {"#0", "at character 1: no column '#0'" HEADER},
        {"#99999999999999999999", "at character 1: no column '#99999999999999999999'" HEADER},
        {"email:mail", "at character 7: no kind 'mail'" KINDS "; did you mean 'email'?"},
        {"city : ", "at character 8: no kind ''" KINDS},
        {"email:phon\x01", "at character 7: no kind 'phon\\x01'" KINDS "; did you mean 'phone'?"},
        {"email,dob,email", "at character 11: the column 'email' is named twice"},
        {"phone+#4", "at character 7: the column 'phone' is named twice"},
        {"phone+mobile+#1+#2+dob", "at character 20: more than 4 columns in one field"},
        {"phone:phone+mobile", "at character 12: behind a field comes a comma: COLUMN[+COLUMN ...][:KIND],..."},
        {"phone:phone:phone", "at character 12: behind a field comes a comma: COLUMN[+COLUMN ...][:KIND],..."},
        {"\"email\"x", "at character 8: behind a field comes a comma: COLUMN[+COLUMN ...][:KIND],..."},
        {"email,phone+city", "at character 7: 'phone' is a phone, 'city' a place: as what they are compared stands "
                             "behind the last of them, as in ':place'"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_fields(people, cases[i][0], cases[i][1]);
}

static void there_are_sixteen_fields(void **state)
{
    static const char header[] = "a|b|c|d|e|f|g|h|i|j|k|l|m|n|o|p|q\n";
    (void)state;

    assert_fields(header, "a:id,b:id,c:id,d:id,e:id,f:id,g:id,h:id,i:id,j:id,k:id,l:id,m:id,n:id,o:id,p:id",
                  "a:id,b:id,c:id,d:id,e:id,f:id,g:id,h:id,i:id,j:id,k:id,l:id,m:id,n:id,o:id,p:id");
    assert_fields(header, "a:id,b:id,c:id,d:id,e:id,f:id,g:id,h:id,i:id,j:id,k:id,l:id,m:id,n:id,o:id,p:id,q:id",
                  "at character 81: more than 16 fields");
}

static void what_is_not_named_is_left_out(void **state)
{
    struct table table;
    struct link_plan plan;
    struct error err;
    (void)state;

    table_make(&table, people);
    assert_int_equal(link_plan_parse(&plan, SLICE("phone+mobile,dob"), table.names, &table.kept, &err), 0);
    assert_int_equal(plan.columns, table.kept.columns);
    for (size_t c = 0; c < plan.columns; c++)
        assert_int_equal(plan.left[c], c == 3 || c == 4 || c == 5 ? LINK_COMPARED : LINK_LEFT_EXCLUDED);
    link_plan_fini(&plan);
    table_free(&table);
}

static void long_headers_are_cut_short(void **state)
{
    char header[TABLE_COLUMNS * 120] = "", expected[16];
    struct table table;
    struct link_plan plan;
    struct error err;
    (void)state;

    for (size_t i = 0; i < TABLE_COLUMNS; i++)
        sprintf(header + strlen(header), "%s%0100zu", i ? "|" : "", i);
    table_make(&table, header);
    assert_int_equal(link_plan_parse(&plan, SLICE("z"), table.names, &table.kept, &err), -1);
    assert_true(strlen(err.text) < sizeof err.text - 1);
    snprintf(expected, sizeof expected, ", ...");
    assert_string_equal(err.text + strlen(err.text) - strlen(expected), expected);
    table_free(&table);
}

/* Random texts of what specs are made of: no crash, a place inside the text; what is taken is printed and read as the
 * same. */
static void any_text_is_survived(void **state)
{
    static const char *const pieces[] = {"a", "b c", "a,b",   "\"", "\"\"", "+",       ":",    ",",
                                         "#", "1",   "phone", " ",  "\xff", "\"a,b\"", "text", "id"};
    struct table table;
    struct buffer first, second;
    uint64_t random = 11;
    size_t taken = 0;
    (void)state;

    table_make(&table, "a|b c|a,b|phone|\"|\"a\n1|2|3|4|5|6\n");
    buffer_init(&first);
    buffer_init(&second);
    for (size_t round = 0; round < 6000; round++) {
        char text[128] = "";
        struct link_plan plan, again;
        struct error err;

        for (uint64_t n = 1 + link_random(&random) % 7; n > 0; n--)
            strcat(text, pieces[link_random(&random) % (sizeof pieces / sizeof *pieces)]);
        if (link_plan_parse(&plan, slice_from_cstr(text), table.names, &table.kept, &err)) {
            size_t place = strtoul(err.text + strlen("at character "), NULL, 10);

            assert_int_equal(err.status, STATUS_USAGE);
            assert_true(place >= 1 && place <= strlen(text) + 1);
            continue;
        }
        taken++;
        buffer_clear(&first);
        buffer_clear(&second);
        assert_int_equal(link_plan_print(&plan, table.names, &first), 0);
        assert_int_equal(link_plan_parse(&again, buffer_slice(&first), table.names, &table.kept, &err), 0);
        assert_int_equal(link_plan_print(&again, table.names, &second), 0);
        assert_true(slice_equal(buffer_slice(&first), buffer_slice(&second)));
        assert_int_equal(plan.count, again.count);
        for (size_t f = 0; f < plan.count; f++) {
            assert_int_equal(plan.fields[f].kind, again.fields[f].kind);
            assert_int_equal(plan.fields[f].dates, again.fields[f].dates);
            assert_int_equal(plan.fields[f].slots, again.fields[f].slots);
            assert_memory_equal(plan.fields[f].columns, again.fields[f].columns, sizeof plan.fields[f].columns);
        }
        link_plan_fini(&plan);
        link_plan_fini(&again);
    }
    assert_true(taken > 100);
    buffer_fini(&first);
    buffer_fini(&second);
    table_free(&table);
}

/* A column named alone is taken for what the whole header's recognition takes it for. */
static void alone_as_in_the_whole(void **state)
{
    static const struct {
        const char *path;
        enum link_preset preset; /* what its header speaks of */
    } files[] = {{"splink/fake_1000.csv", LINK_CONTACT},
                 {"febrl/dataset4a.csv", LINK_CONTACT},
                 {"dedupe/csv_example_messy_input.csv", LINK_ACCOUNT},
                 {"fodors_zagat/fodors.csv", LINK_ACCOUNT}};
    (void)state;

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const struct stream_options options = {.progress = PROGRESS_NEVER};
        char path[128], *paths[] = {path};
        struct stream *stream;
        struct kept kept;
        struct record record;
        struct slice names[TABLE_COLUMNS];
        struct link_plan whole, alone;
        struct buffer spec;
        struct error err;

        snprintf(path, sizeof path, "../shared/data/entity_resolution/%s", files[i].path);
        if (stream_open(&stream, paths, 1, &options, &err)) {
            printf("skipped: %s is absent\n", path);
            continue;
        }
        assert_int_equal(stream_start(stream, &err), 0);
        assert_int_equal(stream_all(stream, &err), 0);
        kept_init(&kept, stream->column_count);
        for (size_t c = 0; c < kept.columns; c++)
            names[c] = stream->columns[c].name;
        while (stream_next(stream, &record, &err) > 0)
            assert_int_equal(kept_add(&kept, &record, &err), 0);
        assert_int_equal(link_plan_recognise(&whole, files[i].preset, names, &kept, 0, NULL, &err), 0);
        assert_true(whole.count >= 4);
        buffer_init(&spec);
        for (size_t f = 0; f < whole.count; f++) {
            buffer_clear(&spec);
            assert_int_equal(link_spec_print(whole.fields[f].name, &spec), 0);
            assert_int_equal(link_plan_parse(&alone, buffer_slice(&spec), names, &kept, &err), 0);
            if (alone.fields[0].kind != whole.fields[f].kind)
                fail_msg("%s: '%.*s' is a %s alone, a %s among others", path, SLICE_ARG(whole.fields[f].name),
                         link_kind_name(alone.fields[0].kind), link_kind_name(whole.fields[f].kind));
            assert_int_equal(alone.fields[0].dates, whole.fields[f].dates);
            link_plan_fini(&alone);
        }
        buffer_fini(&spec);
        link_plan_fini(&whole);
        kept_fini(&kept);
        stream_free(stream);
    }
}

/* ---- blocking rules ---- */

static void records_of(struct link_records *records, const char *const *names, const enum link_kind *kinds,
                       size_t count)
{
    struct error err;

    link_records_init(records, LINK_WITHIN);
    for (size_t f = 0; f < count; f++) {
        const size_t columns[] = {2 * f, 2 * f + 1};
        assert_int_equal(link_records_add_field(records, slice_from_cstr(names[f]), kinds[f], columns, 2, &err), 0);
    }
}

static const char *const field_names[] = {"last_name", "dob", "email", "phone: home", "a,b", "post+code", "\"q\""};
static const enum link_kind field_kinds[] = {LINK_LAST_NAME, LINK_DATE,        LINK_EMAIL, LINK_PHONE,
                                             LINK_STREET,    LINK_POSTAL_CODE, LINK_TEXT};
#define FIELDS (sizeof field_names / sizeof *field_names)

/* The rules of a text printed again, or the error's text. */
static void assert_rules(const char *spec, const char *expected)
{
    struct link_records records;
    struct link_rule rules[LINK_RULES];
    struct buffer out;
    struct error err;
    size_t count;

    records_of(&records, field_names, field_kinds, FIELDS);
    buffer_init(&out);
    if (link_rules_parse(slice_from_cstr(spec), &records, rules, &count, &err)) {
        assert_int_equal(err.status, STATUS_USAGE);
        assert_int_equal(buffer_append(&out, slice_from_cstr(err.text)), 0);
    } else {
        for (size_t i = 0; i < count; i++) {
            assert_int_equal(i ? buffer_append_char(&out, ',') : 0, 0);
            assert_int_equal(link_rule_print(&rules[i], &records, &out), 0);
        }
    }
    if (strcmp(buffer_text(&out), expected) != 0)
        fail_msg("<<%s>> gives <<%s>> instead of <<%s>>", spec, out.data, expected);
    buffer_fini(&out);
    link_records_fini(&records);
}

static void rules_are_keys_and_parts(void **state)
{
    struct link_records records;
    struct link_rule rules[LINK_RULES];
    struct error err;
    size_t count;
    (void)state;

    records_of(&records, field_names, field_kinds, FIELDS);
    assert_int_equal(link_rules_parse(SLICE("email, last_name : sound + dob:year+#4:end7 ,#13:word2,dob:all"), &records,
                                      rules, &count, &err),
                     0);
    assert_int_equal(count, 4);
    assert_int_equal(rules[0].count, 1);
    assert_memory_equal(&rules[0].keys[0], (&(struct link_key){2, LINK_PART_ALL, 0}), sizeof(struct link_key));
    assert_int_equal(rules[1].count, 3);
    assert_memory_equal(&rules[1].keys[0], (&(struct link_key){0, LINK_PART_SOUND, 0}), sizeof(struct link_key));
    assert_memory_equal(&rules[1].keys[1], (&(struct link_key){1, LINK_PART_YEAR, 0}), sizeof(struct link_key));
    assert_memory_equal(&rules[1].keys[2], (&(struct link_key){1, LINK_PART_END, 7}), sizeof(struct link_key));
    assert_memory_equal(&rules[2].keys[0], (&(struct link_key){6, LINK_PART_WORD, 2}), sizeof(struct link_key));
    assert_memory_equal(&rules[3].keys[0], (&(struct link_key){1, LINK_PART_ALL, 0}), sizeof(struct link_key));
    link_records_fini(&records);
    assert_rules("dob:all,\"phone: home\":end4,\"a,b\":number+\"post+code\":district",
                 "dob,\"phone: home\":end4,\"a,b\":number+\"post+code\":district");
    assert_rules("\"\"\"q\"\"\":start64,email:user,last_name:start01",
                 "\"\"\"q\"\"\":start64,email:user,last_name:start1");
}

static void wrong_rules_are_refused(void **state)
{
#define NAMES "; the fields are: last_name, dob, email, phone: home, a,b, post+code, \"q\""
    static const char *const cases[][2] = {
        {"", "at character 1: the name of a column is missing"},
        {"email,", "at character 7: the name of a column is missing"},
        {"email+", "at character 7: the name of a column is missing"},
        {"emial", "at character 1: no field 'emial'" NAMES "; did you mean 'email'?"},
        {"phone:end7", "at character 1: no field 'phone'" NAMES "; did you mean \"phone: home\"?"},
        {"#15", "at character 1: no field '#15'" NAMES},
        {"\"dob", "at character 1: the quote is not closed"},
        {"last_name:yeer",
         "at character 11: 'last_name' (last-name) has no part 'yeer'; it has all, sound, startN, endN"},
        {"last_name:year",
         "at character 11: 'last_name' (last-name) has no part 'year'; it has all, sound, startN, endN"},
        {"dob:sound", "at character 5: 'dob' (date) has no part 'sound'; it has all, startN, endN, year, day"},
        {"email:", "at character 7: 'email' (email) has no part ''; it has all, startN, endN, user"},
        {"email:4", "at character 7: 'email' (email) has no part '4'; it has all, startN, endN, user"},
        {"\"a,b\":district",
         "at character 7: 'a,b' (street) has no part 'district'; it has all, startN, endN, number, wordN"},
        {"\"post+code\":word1",
         "at character 13: 'post+code' (postcode) has no part 'word1'; it has all, startN, endN, district"},
        {"dob:year4", "at character 5: no number stands behind 'year'"},
        {"dob:start", "at character 5: behind 'start' stands how many: start1 to start64"},
        {"dob:start0", "at character 5: behind 'start' stands how many: start1 to start64"},
        {"dob:end65", "at character 5: behind 'end' stands how many: end1 to end64"},
        {"dob:end99999999999999999999", "at character 5: behind 'end' stands how many: end1 to end64"},
        {"\"a,b\":word5", "at character 7: behind 'word' stands how many: word1 to word4"},
        {"dob:year+dob:day+email+last_name", "at character 24: more than 3 keys in one rule"},
        {"dob+dob", "at character 5: the rule has this key already"},
        {"dob+email,email,email+dob", "at character 17: the same as rule 1"},
        {"dob:year:day", "at character 9: behind a rule comes a comma: COLUMN[:PART][+COLUMN[:PART] ...],..."},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_rules(cases[i][0], cases[i][1]);
}

static void there_are_twenty_four_rules(void **state)
{
    char text[512] = "dob:start1";
    (void)state;

    for (int i = 2; i <= LINK_RULES; i++)
        sprintf(text + strlen(text), ",dob:start%d", i);
    assert_rules(text, text);
    size_t length = strlen(text);
    strcat(text, ",email");
    char expected[64];
    snprintf(expected, sizeof expected, "at character %zu: more than 24 rules", length + 2);
    assert_rules(text, expected);
}

/* Every part of every kind: what fits is printed and read as the same, what does not is refused. */
static void each_part_of_each_kind(void **state)
{
    static const char *const parts[LINK_PARTS] = {"all", "sound", "start3",   "end4",   "year",
                                                  "day", "user",  "district", "number", "word2"};
    (void)state;

    for (int kind = 0; kind < LINK_KINDS; kind++) {
        const char *const name[] = {"it's, + \"it\""};
        const enum link_kind kinds[] = {(enum link_kind)kind};
        struct link_records records;
        struct link_rule rules[LINK_RULES], again[LINK_RULES];
        struct buffer text;
        struct error err;
        size_t count, fits = 0;

        records_of(&records, name, kinds, 1);
        buffer_init(&text);
        for (int part = 0; part < LINK_PARTS; part++) {
            buffer_clear(&text);
            assert_int_equal(buffer_printf(&text, "\"it's, + \"\"it\"\"\":%s", parts[part]), 0);
            int failed = link_rules_parse(buffer_slice(&text), &records, rules, &count, &err);
            assert_int_equal(failed, link_part_fits(kinds[0], (enum link_part)part) ? 0 : -1);
            if (failed)
                continue;
            fits++;
            assert_int_equal(rules[0].keys[0].part, part);
            buffer_clear(&text);
            assert_int_equal(link_rule_print(&rules[0], &records, &text), 0);
            assert_int_equal(link_rules_parse(buffer_slice(&text), &records, again, &count, &err), 0);
            assert_int_equal(again[0].count, 1);
            assert_memory_equal(&again[0].keys[0], &rules[0].keys[0], sizeof(struct link_key));
        }
        assert_true(fits >= 3);
        buffer_fini(&text);
        link_records_fini(&records);
    }
}

/* The rules that are chosen for people with odd headers. */
static void chosen_rules_are_read_again(void **state)
{
    static const char header[] = "first,name|last: name|\"dob\"|e+mail|phone|zip|street|#7|company, inc\n";
    static const char spec[] = "\"first,name\":first-name,\"last: name\":last-name,\"\"\"dob\"\"\":date,"
                               "\"e+mail\":email,phone:phone,zip:postcode,street:street,\"#7\":place,"
                               "\"company, inc\":company";
    struct buffer text;
    struct table table;
    struct link_plan plan;
    struct link_records records;
    struct link_choice choice;
    struct link_rule rules[LINK_RULES];
    struct error err;
    size_t count;
    uint64_t random = 5;
    (void)state;

    buffer_init(&text);
    assert_int_equal(buffer_append(&text, SLICE(header)), 0);
    for (int row = 0; row < 3000; row++) {
        unsigned n[9];
        for (int i = 0; i < 9; i++)
            n[i] = (unsigned)(link_random(&random) % 300);
        assert_int_equal(buffer_printf(&text,
                                       "Fn%c%c|Ln%c%c%c|19%02u-%02u-%02u|u%u@d%u.org|+4930%07u|%05u|Road%c%c %u|"
                                       "City%c|Firm%c%c works\n",
                                       'a' + n[0] % 26, 'a' + n[1] % 7, 'a' + n[2] % 26, 'a' + n[3] % 26,
                                       'a' + n[4] % 5, n[0] % 90, 1 + n[1] % 12, 1 + n[2] % 28, n[5] * n[6], n[7] % 40,
                                       n[8] * n[3], 10000 + n[5], 'a' + n[6] % 26, 'a' + n[7] % 26, n[0],
                                       'a' + n[8] % 26, 'a' + n[1] % 26, 'a' + n[4] % 26),
                         0);
    }
    table_make(&table, buffer_text(&text));
    assert_int_equal(link_plan_parse(&plan, SLICE(spec), table.names, &table.kept, &err), 0);
    link_records_init(&records, LINK_WITHIN);
    assert_int_equal(link_records_fill(&records, &plan, &table.kept, 1, &err), 0);
    for (unsigned budget = 10000; budget < 10000000; budget *= 10) {
        struct buffer printed;

        assert_int_equal(link_block_choose(&records, (double)budget, 2, &choice, &err), 0);
        assert_true(choice.count > 0);
        buffer_init(&printed);
        for (size_t r = 0; r < choice.count; r++)
            assert_true((!r || buffer_append_char(&printed, ',') == 0) &&
                        link_rule_print(&choice.rules[r], &records, &printed) == 0);
        if (link_rules_parse(buffer_slice(&printed), &records, rules, &count, &err))
            fail_msg("<<%s>>: %s", buffer_text(&printed), err.text);
        assert_int_equal(count, choice.count);
        for (size_t r = 0; r < count; r++) {
            assert_int_equal(rules[r].count, choice.rules[r].count);
            assert_memory_equal(rules[r].keys, choice.rules[r].keys, rules[r].count * sizeof *rules[r].keys);
        }
        buffer_fini(&printed);
    }
    link_records_fini(&records);
    link_plan_fini(&plan);
    table_free(&table);
    buffer_fini(&text);
}

/* ---- memory ---- */

static void short_memory_is_an_error(void **state)
{
    struct table table;
    long failures = 0;
    (void)state;

    table_make(&table, people);
    for (int stays = 0; stays < 2; stays++) {
        bool reached = true;

        for (long n = 0; reached; n++) {
            struct link_plan plan;
            struct buffer out;
            struct error err = {0};
            long before = memory_live;

            buffer_init(&out);
            memory_limit(n, stays);
            int failed = link_plan_parse(&plan, SLICE("phone+mobile,dob,\"a,b\""), table.names, &table.kept, &err);
            int unprinted = failed ? 0 : link_plan_print(&plan, table.names, &out);
            memory_limit(-1, false);
            reached = memory_reached;
            assert_int_equal(reached, failed || unprinted);
            if (failed) {
                assert_int_equal(err.status, STATUS_SYSTEM);
                assert_string_equal(err.text, "out of memory");
            }
            link_plan_fini(&plan);
            buffer_fini(&out);
            assert_int_equal(memory_live, before);
            failures += reached;
        }
    }
    assert_true(failures > 10 || !MEMORY_CAN_FAIL);
    table_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_are_columns_and_kinds),
        cmocka_unit_test(kinds_are_recognised),
        cmocka_unit_test(dates_are_read_as_all_columns_write_them),
        cmocka_unit_test(names_are_quoted_where_they_must),
        cmocka_unit_test(wrong_fields_are_refused),
        cmocka_unit_test(there_are_sixteen_fields),
        cmocka_unit_test(what_is_not_named_is_left_out),
        cmocka_unit_test(long_headers_are_cut_short),
        cmocka_unit_test(any_text_is_survived),
        cmocka_unit_test(alone_as_in_the_whole),
        cmocka_unit_test(rules_are_keys_and_parts),
        cmocka_unit_test(wrong_rules_are_refused),
        cmocka_unit_test(there_are_twenty_four_rules),
        cmocka_unit_test(each_part_of_each_kind),
        cmocka_unit_test(chosen_rules_are_read_again),
        cmocka_unit_test(short_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
