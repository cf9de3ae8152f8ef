/* Imports: planning over memory, pipes and files, what a plan decides and refuses, and the values that come out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "analysis/import.h"

enum way { MEMORY, PIPE, FILE_ON_DISK, WAYS };

struct trial {
    struct stream *stream;
    struct import import;
    struct import_map map;
    struct import_settings settings;
    struct error err;
    struct buffer rows; /* header and records: fields joined by '|' */
    pid_t feeders[4];
    size_t feeder_count;
};

static void trial_init(struct trial *trial)
{
    *trial = (struct trial){0};
    import_map_init(&trial->map);
}

static void trial_fini(struct trial *trial)
{
    import_fini(&trial->import);
    stream_free(trial->stream);
    import_map_fini(&trial->map);
    buffer_fini(&trial->rows);
    for (size_t i = 0; i < trial->feeder_count; i++)
        waitpid(trial->feeders[i], NULL, 0);
}

/* Another process writes the text into a pipe, however long it is. */
static int open_pipe(struct trial *trial, struct slice text)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        while (text.len) {
            ssize_t put = write(ends[1], text.ptr, text.len);
            if (put <= 0)
                break;
            text = (struct slice){text.ptr + put, text.len - (size_t)put};
        }
        _exit(0);
    }
    close(ends[1]);
    trial->feeders[trial->feeder_count++] = child;
    return ends[0];
}

static int open_file(struct slice text)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fflush(file), 0);
    int fd = dup(fileno(file));
    assert_true(fd >= 0);
    fclose(file);
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    return fd;
}

/* Inputs a.csv, b.csv, ... in place of standard input. */
static void trial_open(struct trial *trial, const struct slice *texts, size_t count, enum way way)
{
    static char *const standard[] = {"-", "-", "-", "-"};
    static const char *const names[] = {"a.csv", "b.csv", "c.csv", "d.csv"};
    const struct stream_options options = {.reader.lenient_header = true};

    assert_int_equal(stream_open(&trial->stream, standard, count, &options, &trial->err), 0);
    for (size_t i = 0; i < count; i++) {
        struct source **source = &trial->stream->inputs[i].source;
        if (way == MEMORY) {
            source_free(*source);
            assert_int_equal(source_memory(source, texts[i], names[i], &trial->err), 0);
            continue;
        }
        (*source)->fd = way == PIPE ? open_pipe(trial, texts[i]) : open_file(texts[i]);
        (*source)->own_fd = true;
        (*source)->seekable = way == FILE_ON_DISK;
        (*source)->start = 0;
        (*source)->bytes_size = 0;
        (*source)->name = names[i];
    }
}

static int trial_plan(struct trial *trial, const struct slice *texts, size_t count, enum way way, size_t *undecided)
{
    trial_open(trial, texts, count, way);
    import_init(&trial->import, trial->stream, &trial->map, &trial->settings);
    return import_plan(&trial->import, undecided, &trial->err);
}

static void add_row(struct buffer *rows, size_t i, struct slice text)
{
    assert_int_equal((i && buffer_append_char(rows, '|')) || buffer_append(rows, text), 0);
}

/* All records, as text. 0, or -1 with trial->err. */
static int trial_rows(struct trial *trial)
{
    struct record record;
    const struct field *fields;
    int more;

    for (size_t o = 0; o < trial->import.output_count; o++)
        add_row(&trial->rows, o, trial->import.outputs[o].name);
    buffer_append_char(&trial->rows, '\n');
    while ((more = import_next(&trial->import, &record, &fields, &trial->err)) > 0) {
        for (size_t o = 0; o < trial->import.output_count; o++)
            add_row(&trial->rows, o, fields[o].text);
        buffer_append_char(&trial->rows, '\n');
    }
    return more;
}

static void set(struct trial *trial, const char *rule)
{
    assert_int_equal(import_map_set(&trial->map, rule, &trial->err), 0);
}

static void assert_rows(struct trial *trial, const char *wanted)
{
    if (trial_rows(trial))
        fail_msg("%s", trial->err.text);
    if (!slice_equal_cstr(buffer_slice(&trial->rows), wanted))
        fail_msg("got:\n%.*swanted:\n%s", SLICE_ARG(buffer_slice(&trial->rows)), wanted);
}

/* A trial of one input that is imported whole, in every way. */
static void assert_import(const char *text, const char *wanted)
{
    for (enum way way = MEMORY; way < WAYS; way++) {
        struct trial trial;
        struct slice input = slice_from_cstr(text);
        trial_init(&trial);
        if (trial_plan(&trial, &input, 1, way, NULL))
            fail_msg("%s", trial.err.text);
        assert_rows(&trial, wanted);
        trial_fini(&trial);
    }
}

/* The plan, or the import, fails, and how. */
static void assert_refused(const char *text, enum status status, const char *message)
{
    struct trial trial;
    struct slice input = slice_from_cstr(text);

    trial_init(&trial);
    int failed = trial_plan(&trial, &input, 1, MEMORY, NULL) || trial_rows(&trial);
    assert_int_equal(failed, 1);
    assert_string_equal(trial.err.text, message);
    assert_int_equal(trial.err.status, status);
    trial_fini(&trial);
}

static void imports_orders(void **state)
{
    (void)state;
    assert_import("\xef\xbb\xbf"
                  "Bemerkung;Kundennummer;Bestellnummer;Bestelldatum;Betrag\r\n"
                  "x;K1;0007;31.12.2026;1.234,50\r\n\r\ny;K2;8;1.2.2026 10:00;\r\nz;K3;9;;-0,5\r\n",
                  "order_id|customer_id|order_date|amount\n"
                  "0007|K1|2026-12-31|1234.50\n8|K2|2026-02-01T10:00:00|\n9|K3||-0.5\n");
    assert_import("{\"order_id\": 5, \"customer_id\": \"a\", \"order_date\": \"2026-01-02\", \"amount\": 1.50}\n"
                  "{\"order_id\": 6, \"customer_id\": null, \"order_date\": null, \"amount\": \"2\"}\n",
                  "order_id|customer_id|order_date|amount\n5|a|2026-01-02|1.50\n6|||2\n");
}

static void imports_nothing(void **state)
{
    (void)state;
    assert_import("", "\n");
    assert_import("\xef\xbb\xbf", "\n");
    assert_import("order_id,order_date\n", "order_id|order_date\n");
}

/* The kind of a field tells a JSON number from text; a number that came with zeros in front is none of JSON's. */
static void kinds_of_fields(void **state)
{
    struct trial trial;
    struct slice input = SLICE("deal_id,amount,probability,created_at\n07,007,50 %,\n");
    struct record record;
    const struct field *fields;
    (void)state;

    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_int_equal(trial.import.map.entity, ENTITY_DEAL);
    assert_int_equal(import_next(&trial.import, &record, &fields, &trial.err), 1);
    assert_true(slice_equal_cstr(fields[0].text, "07"));
    assert_int_equal(fields[0].kind, FIELD_TEXT);
    assert_true(slice_equal_cstr(fields[1].text, "7"));
    assert_int_equal(fields[1].kind, FIELD_NUMBER);
    assert_true(slice_equal_cstr(fields[2].text, "50%"));
    assert_int_equal(fields[2].kind, FIELD_TEXT);
    assert_int_equal(fields[3].text.len, 0);
    assert_int_equal(fields[3].kind, FIELD_NULL);
    assert_int_equal(import_next(&trial.import, &record, &fields, &trial.err), 0);
    trial_fini(&trial);
}

/* A long input: a header, `count` times the same line, and a tail. */
static void long_input(struct buffer *text, const char *header, const char *line, size_t count, const char *tail)
{
    buffer_clear(text);
    assert_int_equal(buffer_append(text, slice_from_cstr(header)), 0);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(buffer_append(text, slice_from_cstr(line)), 0);
    assert_int_equal(buffer_append(text, slice_from_cstr(tail)), 0);
}

#define ORDER_HEADER "order_id,customer_id,order_date,amount\n"
#define LINE_COUNT 40000 /* of about 30 bytes: more than the sample */

static void late_evidence_decides(void **state)
{
    struct buffer text = {0};
    (void)state;

    long_input(&text, ORDER_HEADER, "1,22222,01/02/2026,\"1,234\"\n", LINE_COUNT * 2, "2,3,02/13/2026,1.5\n");
    assert_true(text.len > 2 * IMPORT_SAMPLE);
    for (enum way way = MEMORY; way < WAYS; way++) {
        struct trial trial;
        struct slice input = buffer_slice(&text);
        struct record record;
        const struct field *fields;
        size_t records = 0;
        trial_init(&trial);
        assert_int_equal(trial_plan(&trial, &input, 1, way, NULL), 0);
        assert_true(trial.import.inputs[0].whole);
        assert_int_equal(trial.import.inputs[0].surveyed, LINE_COUNT * 2 + 1);
        while (import_next(&trial.import, &record, &fields, &trial.err) > 0) {
            bool last = ++records > LINE_COUNT * 2;
            assert_int_equal(record.line, records + 1);
            assert_true(slice_equal_cstr(fields[2].text, last ? "2026-02-13" : "2026-01-02"));
            assert_true(slice_equal_cstr(fields[3].text, last ? "1.5" : "1234"));
        }
        assert_int_equal(records, LINE_COUNT * 2 + 1);
        trial_fini(&trial);
    }
    buffer_fini(&text);
}

static void refuses_without_evidence(void **state)
{
    struct buffer text = {0};
    (void)state;

    long_input(&text, ORDER_HEADER, "1,22222,01/02/2026,5\n", LINE_COUNT * 2, "2,3,2026-01-01,5\n");
    for (enum way way = MEMORY; way < WAYS; way++) {
        struct trial trial;
        struct slice input = buffer_slice(&text);
        trial_init(&trial);
        assert_int_equal(trial_plan(&trial, &input, 1, way, NULL), -1);
        assert_string_equal(trial.err.text,
                            "a.csv:2: column 'order_date': '01/02/2026' may be day-month or month-day, and no "
                            "value of the column decides; say --dmy or --mdy");
        assert_int_equal(trial.err.status, STATUS_DATA);
        trial_fini(&trial);
    }
    buffer_fini(&text);
    assert_refused(
        ORDER_HEADER "1,2,2026-01-01,7\n1,2,2026-01-01,1.234\n", STATUS_DATA,
        "a.csv:3: column 'amount': '1.234' may be a fraction or thousands, and no value of the column decides; "
        "say --decimal . or --decimal ,");
}

static void refuses_conflicts(void **state)
{
    (void)state;
    assert_refused(
        ORDER_HEADER "1,2,13/02/2026,7\n1,2,05/05/2026,7\n1,2,02/13/2026,7\n", STATUS_DATA,
        "a.csv: column 'order_date': line 2 has '13/02/2026', day first, line 4 has '02/13/2026', month first; "
        "say --dmy or --mdy, and --rejects FILE to set the others aside");
    assert_refused(
        "order_id;customer_id;order_date;amount\n1;2;;1,5\n1;2;;\n1;2;;1.5\n", STATUS_DATA,
        "a.csv: column 'amount': line 4 has '1.5', with a decimal point, line 2 has '1,5', with a decimal comma; "
        "say --decimal . or --decimal , and --rejects FILE to set the others aside");
}

/* The sample decides: the input is read once, and a value that contradicts is set aside, not read in another way. */
static void a_settled_sample_is_enough(void **state)
{
    struct buffer text = {0};
    struct slice input;
    struct record record;
    const struct field *fields;
    char message[200];
    struct trial trial;
    size_t records = 0;
    int more;
    (void)state;

    long_input(&text, ORDER_HEADER, "1,22222,2026-01-02,1.50\n", LINE_COUNT * 2, "2,3,13/02/2026,5\n");
    input = buffer_slice(&text);
    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, &input, 1, PIPE, NULL), 0);
    assert_false(trial.import.inputs[0].whole);
    assert_false(trial.stream->inputs[0].source->seekable); /* not copied to a file */
    assert_true(trial.import.inputs[0].surveyed < LINE_COUNT * 2);
    while ((more = import_next(&trial.import, &record, &fields, &trial.err)) > 0)
        records++;
    assert_int_equal(records, LINE_COUNT * 2);
    assert_int_equal(more, -1);
    snprintf(
        message, sizeof message,
        "a.csv:%d: column 'order_date': not a date: '13/02/2026', the year standing first in this column (see --dmy, "
        "--mdy)",
        LINE_COUNT * 2 + 2);
    assert_string_equal(trial.err.text, message);
    trial_fini(&trial);
    buffer_fini(&text);
}

static void counts_what_is_undecided(void **state)
{
    struct trial trial;
    struct slice input = SLICE(ORDER_HEADER "1,2,01/02/2026,1.234\n");
    size_t undecided = 0;
    (void)state;

    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, &undecided), 0);
    assert_int_equal(undecided, 2);
    assert_string_equal(import_reading(&trial.import.outputs[2], &trial.import.inputs[0].sources[2]), "undecided");
    trial_fini(&trial);
}

static void settings_decide(void **state)
{
    struct slice input = SLICE(ORDER_HEADER "1,2,01/02/2026,1.234\n");
    struct slice written_out = SLICE(ORDER_HEADER "1,2,\"Feb 3, 2026\",5\n");
    struct trial trial;
    (void)state;

    trial_init(&trial);
    trial.settings.date = DATE_DAY_FIRST;
    trial.settings.number = NUMBER_COMMA;
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_rows(&trial, "order_id|customer_id|order_date|amount\n1|2|2026-02-01|1234\n");
    assert_int_equal(import_map_find(&trial.import.map, SLICE("order_date"))->date, DATE_DAY_FIRST);
    assert_int_equal(import_map_find(&trial.import.map, SLICE("amount"))->number, NUMBER_COMMA);
    trial_fini(&trial);

    trial_init(&trial);
    trial.settings.date = DATE_MONTH_FIRST;
    trial.settings.number = NUMBER_POINT;
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_rows(&trial, "order_id|customer_id|order_date|amount\n1|2|2026-01-02|1.234\n");
    trial_fini(&trial);

    trial_init(&trial);
    trial.settings.date_format = "%b %d, %Y";
    assert_int_equal(trial_plan(&trial, &written_out, 1, MEMORY, NULL), 0);
    assert_rows(&trial, "order_id|customer_id|order_date|amount\n1|2|2026-02-03|5\n");
    trial_fini(&trial);
}

/* Each input has its own order of columns, language, delimiter and reading; a saved map keeps only what they agree on.
 */
static void unites_several_inputs(void **state)
{
    const struct slice inputs[] = {
        SLICE_INIT("order_id,order_date,amount,customer_id\n1,13/02/2026,1.5,a\n"),
        SLICE_INIT("Kundennummer;Betrag;Bestellnummer;Bestelldatum\nb;1.234,5;2;02/13/2026\n"),
        SLICE_INIT(""),
        SLICE_INIT("{\"order_id\": \"3\", \"amount\": 7, \"customer_id\": \"c\"}\n"),
    };
    struct trial trial;
    (void)state;

    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, inputs, 4, PIPE, NULL), 0);
    assert_rows(&trial, "order_id|customer_id|order_date|amount\n1|a|2026-02-13|1.5\n2|b|2026-02-13|1234.5\n3|c||7\n");
    const struct import_rule *date = import_map_find(&trial.import.map, SLICE("order_date"));
    const struct import_rule *amount = import_map_find(&trial.import.map, SLICE("amount"));
    assert_int_equal(date->date, DATE_EMPTY);
    assert_int_equal(amount->number, NUMBER_EMPTY);
    assert_int_equal(amount->from_count, 2);
    assert_true(slice_equal_cstr(amount->from[0], "amount"));
    assert_true(slice_equal_cstr(amount->from[1], "Betrag"));
    trial_fini(&trial);
}

/* What has no evidence for it must not decide about the next file. */
static void a_saved_map_keeps_evidence_only(void **state)
{
    struct slice neutral = SLICE(ORDER_HEADER "1,2,05/05/2026,7\n");
    struct slice decided = SLICE(ORDER_HEADER "1,2,13/05/2026,\"7,5\"\n");
    struct trial trial;
    (void)state;

    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, &neutral, 1, MEMORY, NULL), 0);
    assert_int_equal(import_map_find(&trial.import.map, SLICE("order_date"))->date, DATE_EMPTY);
    assert_int_equal(import_map_find(&trial.import.map, SLICE("amount"))->number, NUMBER_EMPTY);
    assert_rows(&trial, "order_id|customer_id|order_date|amount\n1|2|2026-05-05|7\n");
    trial_fini(&trial);
    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, &decided, 1, MEMORY, NULL), 0);
    assert_int_equal(import_map_find(&trial.import.map, SLICE("order_date"))->date, DATE_DAY_FIRST);
    assert_int_equal(import_map_find(&trial.import.map, SLICE("amount"))->number, NUMBER_COMMA);
    trial_fini(&trial);
}

static void recognises_one_entity(void **state)
{
    const struct slice inputs[] = {SLICE_INIT(ORDER_HEADER), SLICE_INIT("first_name,last_name,email,phone\n")};
    struct trial trial;
    (void)state;

    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, inputs, 2, MEMORY, NULL), -1);
    assert_string_equal(trial.err.text,
                        "a.csv looks like records of order, b.csv of contact; import them apart, or say --as");
    assert_int_equal(trial.err.status, STATUS_DATA);
    trial_fini(&trial);

    trial_init(&trial);
    trial.map.entity = ENTITY_CONTACT;
    assert_int_equal(trial_plan(&trial, inputs, 2, MEMORY, NULL), 0);
    assert_int_equal(trial.import.map.entity, ENTITY_CONTACT);
    trial_fini(&trial);

    assert_refused(
        "foo,bar\n1,2\n", STATUS_DATA,
        "a.csv: no column of the header is known; say what it holds with --as, and which column is which with "
        "--set, or take all as they are with --as table");
}

static void follows_rules(void **state)
{
    struct slice input = SLICE("order_id,customer_id,order_date,amount,net\n1,a,2026-01-01,5,4\n");
    struct trial trial;
    (void)state;

    trial_init(&trial);
    set(&trial, "amount=net");
    set(&trial, "customer_id=");
    set(&trial, "channel=#2"); /* and so the second column is nothing else */
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_rows(&trial, "order_id|order_date|amount|channel\n1|2026-01-01|4|a\n");
    trial_fini(&trial);

    trial_init(&trial);
    set(&trial, "channel=#1");
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_rows(&trial, "customer_id|order_date|amount|channel\na|2026-01-01|5|1\n");
    trial_fini(&trial);

    trial_init(&trial);
    set(&trial, "amount=nett");
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), -1);
    assert_string_equal(trial.err.text,
                        "a.csv: no column 'nett'; the header is: order_id, customer_id, order_date, amount, "
                        "net; did you mean 'net'?");
    trial_fini(&trial);

    trial_init(&trial);
    set(&trial, "amonut=net");
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), -1);
    assert_string_equal(trial.err.text, "'amonut' is no column of the entity order; did you mean 'amount'?");
    assert_int_equal(trial.err.status, STATUS_USAGE);
    trial_fini(&trial);
}

static void a_complete_map_takes_nothing_else(void **state)
{
    struct slice input = SLICE("order_id,customer_id,order_date,amount\n1,a,01/02/2026,\"1,234\"\n");
    struct slice map =
        SLICE("{\"entity\": \"order\", \"columns\": ["
              "{\"name\": \"order_date\", \"from\": [\"When\", \"order_date\"], \"dates\": \"month-day\"},"
              "{\"name\": \"amount\", \"from\": [\"amount\"], \"decimal\": \".\"}]}");
    struct trial trial;
    (void)state;

    trial_init(&trial);
    assert_int_equal(import_map_read(&trial.map, map, "map.json", &trial.err), 0);
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_rows(&trial, "order_date|amount\n2026-01-02|1234\n");
    trial_fini(&trial);
}

/* The path makes the list of names grow, and move: sixteen names fill its first room. */
static void a_path_becomes_a_column(void **state)
{
    struct buffer text = {0};
    struct slice input;
    struct trial trial;
    (void)state;

    assert_int_equal(buffer_append(&text, SLICE("{\"order_id\": 1, \"customer_id\": 2, \"sum\": {\"net\": 1.50}")), 0);
    for (int i = 4; i <= 16; i++)
        assert_int_equal(buffer_printf(&text, ", \"k%d\": %d", i, i), 0);
    assert_int_equal(buffer_append(&text, SLICE("}\n")), 0);
    input = buffer_slice(&text);
    trial_init(&trial);
    trial.settings.keep_all = true;
    trial.map.entity = ENTITY_ORDER;
    set(&trial, "amount=.sum.net");
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_rows(&trial, "order_id|customer_id|amount|sum|k4|k5|k6|k7|k8|k9|k10|k11|k12|k13|k14|k15|k16\n"
                        "1|2|1.50|{\"net\": 1.50}|4|5|6|7|8|9|10|11|12|13|14|15|16\n");
    trial_fini(&trial);
    buffer_fini(&text);
}

static void keeps_all_columns_under_names_of_their_own(void **state)
{
    const struct slice inputs[] = {
        SLICE_INIT("amount,Total,order_id,amount_2,x\n1,2,3,4,5\n"),
        SLICE_INIT("order_id,x,y,Total,amount\n6,7,8,9,10\n"),
    };
    struct trial trial;
    (void)state;

    trial_init(&trial);
    trial.map.entity = ENTITY_ORDER;
    trial.settings.keep_all = true;
    set(&trial, "amount=Total");
    assert_int_equal(trial_plan(&trial, inputs, 2, MEMORY, NULL), 0);
    /* the column named amount did not become it, and amount_2 has that name already */
    assert_rows(&trial, "order_id|amount|amount_2|amount_2_2|x|y\n3|2|1|4|5|\n6|9|10||7|8\n");
    trial_fini(&trial);
}

static void derives_exact_amounts(void **state)
{
    (void)state;
    assert_import("order_id,customer_id,order_date,quantity,unit_price\n"
                  "1,a,,3,0.10\n2,a,,-2,1.255\n3,a,,,5.5\n4,a,,1.5,\n5,a,,1.5,1.25\n6,a,,1000000,9999999.99\n",
                  "order_id|customer_id|order_date|amount|quantity|unit_price\n"
                  "1|a||0.30|3|0.10\n2|a||-2.510|-2|1.255\n3|a||||5.5\n4|a|||1.5|\n5|a||1.875|1.5|1.25\n"
                  "6|a||9999999990000.00|1000000|9999999.99\n");
    assert_import("order_id,customer_id,order_date,quantity,unit_price,amount\n1,a,,3,0.10,7\n",
                  "order_id|customer_id|order_date|amount|quantity|unit_price\n1|a||7|3|0.10\n");
    assert_refused("order_id,customer_id,order_date,quantity,unit_price\n1,a,,4611686018427387904,2\n", STATUS_DATA,
                   "a.csv:2: column 'amount': quantity x unit_price is not an amount: 4611686018427387904 x 2");
}

static void derives_where_the_amount_is_missing(void **state)
{
    const struct slice inputs[] = {
        SLICE_INIT("order_id,customer_id,amount,quantity,unit_price\n1,a,9,2,3\n"),
        SLICE_INIT("order_id,customer_id,quantity,unit_price\n2,b,2,3\n"),
    };
    struct trial trial;
    (void)state;

    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, inputs, 2, MEMORY, NULL), 0);
    assert_rows(&trial, "order_id|customer_id|amount|quantity|unit_price\n1|a|9|2|3\n2|b|6|2|3\n");
    trial_fini(&trial);

    trial_init(&trial);
    set(&trial, "amount=");
    assert_int_equal(trial_plan(&trial, inputs + 1, 1, MEMORY, NULL), 0);
    assert_rows(&trial, "order_id|customer_id|quantity|unit_price\n2|b|2|3\n");
    trial_fini(&trial);
}

static void ids_that_became_numbers(void **state)
{
    (void)state;
    assert_import("order_id,customer_id,order_date,amount\n1.0,17850.0,,1\n2.0, 17851.0,,2\n3.0,,,3\n",
                  "order_id|customer_id|order_date|amount\n1|17850||1\n2|17851||2\n3|||3\n");
    assert_import("order_id,customer_id,order_date,amount\n1.0,17850.0,,1\n2.5,A7.0,,2\n",
                  "order_id|customer_id|order_date|amount\n1.0|17850.0||1\n2.5|A7.0||2\n");
}

/* A later id that only ends like such a number stays what it is. */
static void other_ids_stay(void **state)
{
    struct buffer text = {0};
    struct slice input;
    struct trial trial;
    struct record record;
    const struct field *fields;
    struct slice last = {"", 0};
    (void)state;

    long_input(&text, "order_id,customer_id,order_date,amount\n", "1,17850.0,2026-01-01,1.50\n", LINE_COUNT * 2,
               "2,V2.0,2026-01-01,1.50\n");
    input = buffer_slice(&text);
    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_true(trial.import.inputs[0].sources[1].integers);
    while (import_next(&trial.import, &record, &fields, &trial.err) > 0 && record.number <= LINE_COUNT * 2)
        assert_true(slice_equal_cstr(fields[1].text, "17850"));
    last = fields[1].text;
    assert_true(slice_equal_cstr(last, "V2.0"));
    trial_fini(&trial);
    buffer_fini(&text);
}

static void refuses_bad_values(void **state)
{
    (void)state;
    assert_refused(ORDER_HEADER "1,2,2026-01-01,1.5\n1,2,2026-02-30,1.5\n", STATUS_DATA,
                   "a.csv:3: column 'order_date': not a date: '2026-02-30'");
    assert_refused(ORDER_HEADER "1,2,13/01/2026,1.5\n1,2,13/13/26,1.5\n", STATUS_DATA,
                   "a.csv:3: column 'order_date': not a date: '13/13/26'");
    assert_refused(ORDER_HEADER "1,2,2026-01-01,1.5\n1,2,2026-01-01,12.5O\n", STATUS_DATA,
                   "a.csv:3: column 'amount': not a number: '12.5O': a letter O among the digits");
    assert_refused("order_id;customer_id;order_date;amount\n1;2;;1,5\n1;2;;x\n", STATUS_DATA,
                   "a.csv:3: column 'amount': not a number with a decimal comma: 'x'");
    assert_refused(ORDER_HEADER "1,2,,7\n1,2,,7%\n", STATUS_DATA,
                   "a.csv:3: column 'amount': a percentage, not an amount: '7%'");
    assert_refused(ORDER_HEADER "1,B\xfcrger,2026-01-01,1.5\n", STATUS_DATA,
                   "a.csv:2: column 'customer_id': not UTF-8 (byte 0xfc, number 2 of the field); "
                   "say what it is, e.g. --encoding WINDOWS-1252");
    assert_refused(ORDER_HEADER "1,2,3\n", STATUS_DATA, "a.csv:2: 3 fields, but the header has 4");
    assert_refused("{\"order_id\": 1, \"order_date\": true, \"amount\": [1]}\n", STATUS_DATA,
                   "a.csv:1: column 'order_date': not a date: 'true'");
}

static void describes_what_was_found(void **state)
{
    struct slice input =
        SLICE("Kundennummer\tRabatt\tOrder ID\tBestelldatum\tBetrag\nb\t0\t2.0\t12/13/2026\t1.234,5\n");
    struct trial trial;
    struct buffer text = {0};
    (void)state;

    trial_init(&trial);
    assert_int_equal(trial_plan(&trial, &input, 1, MEMORY, NULL), 0);
    assert_int_equal(import_describe(&trial.import, 0, &text), 0);
    assert_int_equal(buffer_append_char(&text, '\0'), 0);
    assert_string_equal(text.data,
                        "order, tab-separated: order_id from 'Order ID' (whole numbers written with .0), "
                        "customer_id from 'Kundennummer', order_date from 'Bestelldatum' (month-day), amount from "
                        "'Betrag' (decimal comma); not taken: 'Rabatt'");
    buffer_fini(&text);
    trial_fini(&trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(imports_orders),
        cmocka_unit_test(imports_nothing),
        cmocka_unit_test(kinds_of_fields),
        cmocka_unit_test(late_evidence_decides),
        cmocka_unit_test(refuses_without_evidence),
        cmocka_unit_test(refuses_conflicts),
        cmocka_unit_test(a_settled_sample_is_enough),
        cmocka_unit_test(counts_what_is_undecided),
        cmocka_unit_test(settings_decide),
        cmocka_unit_test(unites_several_inputs),
        cmocka_unit_test(a_saved_map_keeps_evidence_only),
        cmocka_unit_test(recognises_one_entity),
        cmocka_unit_test(follows_rules),
        cmocka_unit_test(a_complete_map_takes_nothing_else),
        cmocka_unit_test(a_path_becomes_a_column),
        cmocka_unit_test(keeps_all_columns_under_names_of_their_own),
        cmocka_unit_test(derives_exact_amounts),
        cmocka_unit_test(derives_where_the_amount_is_missing),
        cmocka_unit_test(ids_that_became_numbers),
        cmocka_unit_test(other_ids_stay),
        cmocka_unit_test(refuses_bad_values),
        cmocka_unit_test(describes_what_was_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
