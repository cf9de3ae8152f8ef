/* Whole runs of crm-rfm.
 *
 * With an even first byte the rest describes a question and orders; what is written, for a customer each or for a
 * segment each, is to the byte what the slow reference (rfm_reference.h) makes of the definitions: with one thread and
 * with three, in little memory, and out of two parts that are merged.
 *
 * With an odd one, three bytes choose the options, then follows a settings file (segments, cuts, rates, an earlier
 * output) up to a zero byte, and orders, whatever they hold: several threads and little memory write the same bytes as
 * one thread, cuts that were saved give the same scores again, and an error is a clean line and never one of the
 * system. */
#include <stdarg.h>

#include "fuzz.h"
#include "programs.h"
#include "rfm_reference.h"

/* ---- against the reference ---- */

static const struct program_limits no_limits;

/* Bytes to choose by; 0 when there are no more. */
struct dice {
    const uint8_t *data;
    size_t left;
};

static int draw(struct dice *dice, int limit)
{
    if (dice->left == 0)
        return 0;
    dice->left--;
    return *dice->data++ % limit;
}

static void draw_segments(struct dice *dice, struct rfm_question *q)
{
    q->segment_count = 1 + draw(dice, MOST_SEGMENTS);
    for (int s = 0; s < q->segment_count; s++) {
        struct segment_rule *rule = &q->segments[s];
        for (int d = 0; d < DIMENSIONS; d++) {
            rule->low[d] = 1 + draw(dice, q->bins[d]);
            rule->high[d] = rule->low[d] + draw(dice, q->bins[d] - rule->low[d] + 1);
        }
        rule->least_monetary = draw(dice, 4) ? INT64_MIN : draw(dice, 20) - 5;
    }
}

static void draw_question(struct dice *dice, struct rfm_question *q)
{
    const int flags = draw(dice, 256), more = draw(dice, 256);

    *q = (struct rfm_question){.returns = (enum returns)(flags % 3),
                               .has_orders = flags & 4,
                               .has_products = flags & 8,
                               .tenure = flags & 16,
                               .summary = flags & 32,
                               .method = (enum method)(flags >> 6),
                               .ties = (enum ties)(more % 5),
                               .as_of = more / 5 % 3 ? INT_MIN : 19770 + draw(dice, 40),
                               .least_frequency = more / 15 % 3 ? 0 : 1 + draw(dice, 3)};
    if ((q->method == QUANTILE && q->ties > TIES_HIGH) || (q->method == R_PACKAGE && q->ties != TIES_HIGH))
        q->ties = TIES_NONE;
    for (int d = 0; d < DIMENSIONS; d++)
        q->bins[d] = 1 + draw(dice, 9);
    for (int d = 0; d < DIMENSIONS && more / 45 % 2; d++)
        q->weights[d] = draw(dice, 10);
    if (q->summary)
        q->tenure = q->has_products = false;
    draw_segments(dice, q);
}

static void draw_rows(struct dice *dice, struct rfm_question *q)
{
    static const char *const customers[] = {"7",
                                            "007",
                                            "Zo\xc3\xab",
                                            "a, b",
                                            "\"x\"",
                                            "a customer whose name is long",
                                            "C1",
                                            "a customer whose name is longer",
                                            "\xe5\xbc\xa0",
                                            "=1+1",
                                            "a\nb"};
    static const char *const orders[] = {"", "1", "2", "an order with a long name"};
    static const char *const products[] = {"", "p", "q", "r"};

    while (dice->left && q->count < MOST_ORDERS) {
        struct order_row *row = &q->rows[q->count++];
        const int ids = draw(dice, 256), scale = draw(dice, 256) % 5;
        *row = (struct order_row){.customer = customers[ids % 11],
                                  .order = orders[ids / 11 % 4],
                                  .product = products[ids / 44 % 4],
                                  .day = 19770 + draw(dice, 64), /* 2024-02-17 and on */
                                  .scale = scale > 3 ? 0 : scale};
        row->amount = draw(dice, 256) - 60;
        if (scale == 4)
            row->amount = row->amount / 32 * 10;
    }
}

static void write_orders(const struct rfm_question *q, int from, int to, struct buffer *out)
{
    check(buffer_printf(out, "customer_id,order_date,amount%s%s\n", q->has_orders ? ",order_id" : "",
                        q->has_products ? ",item" : "") == 0);
    for (int i = from; i < to; i++) {
        const struct order_row *row = &q->rows[i];
        put_text(out, row->customer);
        check(buffer_append_char(out, ',') == 0);
        put_day(out, row->day);
        check(buffer_append_char(out, ',') == 0);
        put_decimal(out, row->amount, row->scale);
        if (q->has_orders)
            check(buffer_printf(out, ",%s", row->order) == 0);
        if (q->has_products)
            check(buffer_printf(out, ",%s", row->product) == 0);
        check(buffer_append_char(out, '\n') == 0);
    }
}

static void write_segments(const struct rfm_question *q, struct buffer *out)
{
    static const char names[] = "rfm";

    check(buffer_append(out, SLICE("{\"segments\": [")) == 0);
    for (int s = 0; s < q->segment_count; s++) {
        check(buffer_printf(out, "%s{\"name\": \"S%d\"", s ? ", " : "", s) == 0);
        for (int d = 0; d < DIMENSIONS; d++)
            check(buffer_printf(out, ", \"%c\": [%d, %d]", names[d], q->segments[s].low[d], q->segments[s].high[d]) ==
                  0);
        if (q->segments[s].least_monetary != INT64_MIN)
            check(buffer_printf(out, ", \"monetary\": [%" PRId64 ", null]", q->segments[s].least_monetary) == 0);
        check(buffer_append_char(out, '}') == 0);
    }
    check(buffer_append(out, SLICE("], \"others\": \"Rest\"}\n")) == 0);
}

/* The command line of a question; texts is where those that are made live. */
struct line {
    const char *words[PROGRAM_WORDS];
    size_t count;
    char texts[8][32];
    size_t text_count;
};

static void say(struct line *line, const char *word)
{
    check(line->count + 1 < PROGRAM_WORDS);
    line->words[line->count++] = word;
    line->words[line->count] = NULL;
}

/* An option with an argument that is made. */
__attribute__((format(printf, 3, 4))) static void say_made(struct line *line, const char *option, const char *format,
                                                           ...)
{
    va_list arguments;

    check(line->text_count < sizeof line->texts / sizeof *line->texts);
    char *text = line->texts[line->text_count++];
    va_start(arguments, format);
    vsnprintf(text, sizeof *line->texts, format, arguments);
    va_end(arguments);
    say(line, option);
    say(line, text);
}

static void say_question(struct line *line, const struct rfm_question *q, const char *segments)
{
    static const char *const returns[] = {"net", "count", "drop"};
    static const char *const methods[] = {"quantile", "r", "rank", "nested"};
    static const char *const ties[] = {NULL, "low", "high", "order", "mean"};
    static const char *const bins[] = {"--r-bins", "--f-bins", "--m-bins"};
    const char *const words[] = {
        "-t", "csv", "--returns", returns[q->returns], "--method", methods[q->method], "--segments", segments};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        say(line, words[i]);
    for (int d = 0; d < DIMENSIONS; d++)
        say_made(line, bins[d], "%d", q->bins[d]);
    if (q->ties)
        say_made(line, "--ties", "%s", ties[q->ties]);
    if (q->as_of != INT_MIN) {
        struct buffer day = {0};
        put_day(&day, q->as_of);
        say_made(line, "--as-of", "%.*s", SLICE_ARG(buffer_slice(&day)));
        buffer_fini(&day);
    }
    if (q->least_frequency)
        say_made(line, "--only", "frequency=%" PRId64 "..", q->least_frequency);
    if (q->weights[R] + q->weights[F] + q->weights[M])
        say_made(line, "--weights", "%d,%d,%d", q->weights[R], q->weights[F], q->weights[M]);
    if (q->tenure)
        say(line, "--tenure");
    if (q->summary)
        say(line, "--summary");
    if (q->has_products) {
        say(line, "--product");
        say(line, "item");
    }
}

static void run_and_compare(struct line line, const char *file, struct program_limits limits, const char *what,
                            const struct outcome *expected)
{
    struct outcome outcome;

    say(&line, file);
    run_program(RUN_RFM, line.words, limits, &outcome);
    check_outcomes("reference", expected, what, &outcome);
    buffer_fini(&outcome.out);
}

/* The part of rows from..to, appended to parts. */
static void add_part(const struct rfm_question *q, struct line line, int from, int to, struct buffer *parts)
{
    struct outcome outcome;
    struct buffer orders = {0};

    write_orders(q, from, to, &orders);
    struct memory_file file = file_of(buffer_slice(&orders));
    say(&line, "--partial");
    say(&line, file.path);
    run_program(RUN_RFM, line.words, no_limits, &outcome);
    if (outcome.failed)
        fprintf(stderr, "%s\n", outcome.err.text);
    check(!outcome.failed && buffer_append(parts, buffer_slice(&outcome.out)) == 0);
    buffer_fini(&outcome.out);
    buffer_fini(&orders);
    close(file.fd);
}

static void ask(struct dice *dice)
{
    struct rfm_question q;
    struct rfm_answer answer;
    struct line line = {.count = 0}, merging;
    struct outcome expected = {.failed = false};
    struct buffer orders = {0}, segments = {0}, parts = {0};

    draw_question(dice, &q);
    const size_t memory = (size_t)draw(dice, 256), stretch = (size_t)draw(dice, 100);
    const struct program_limits small = {1 + 37 * memory, 20 + 5 * stretch, 16 + memory};
    const int cut = draw(dice, MOST_ORDERS);
    draw_rows(dice, &q);
    rfm_reference(&q, &answer);
    rfm_reference_report(&q, &answer, &expected.out);
    write_orders(&q, 0, q.count, &orders);
    write_segments(&q, &segments);
    struct memory_file file = file_of(buffer_slice(&orders)), rules = file_of(buffer_slice(&segments));
    say_question(&line, &q, rules.path);
    merging = line;
    run_and_compare(line, file.path, no_limits, "one run", &expected);
    say(&line, "-j3");
    run_and_compare(line, file.path, no_limits, "three threads", &expected);
    add_part(&q, merging, 0, cut < q.count ? cut : q.count, &parts);
    add_part(&q, merging, cut < q.count ? cut : q.count, q.count, &parts);
    struct memory_file part_file = file_of(buffer_slice(&parts));
    say(&merging, "--merge");
    run_and_compare(merging, part_file.path, no_limits, "parts", &expected);
    run_and_compare(line, file.path, small, "little memory", &expected);
    buffer_fini(&expected.out);
    buffer_fini(&orders);
    buffer_fini(&segments);
    buffer_fini(&parts);
    close(file.fd);
    close(rules.fd);
    close(part_file.fd);
}

/* ---- whatever the files hold ---- */

/* What is said by one byte: some words of one row each. "@" is the settings file. */
static const char *const scores[][6] = {
    {NULL},
    {"--method", "r"},
    {"--method", "rank", "--ties", "mean"},
    {"--method", "nested", "--ties", "high"},
    {"--method", "kmeans", "--bins", "4"},
    {"--ties", "high", "--bins", "9"},
    {"--cuts", "@"},
    {"--bins", "2", "--weights", "1,0.5,2"},
    {"--method", "kmeans", "--ties", "high"},
};
static const char *const inputs[][6] = {
    {NULL},
    {"--segments", "@"},
    {"--customers"},
    {"--customers", "--as-of", "2026-03-01"},
    {"--currency", "EUR", "--rates", "@"},
    {"--order", "", "--product", "#3"},
    {"--returns", "drop", "--order", "#3"},
    {"--returns", "count", "--tz", "+03:00"},
    {"--as-of", "2026-03-01", "--rejects", "/dev/null", "--max-rejects", "100%"},
    {"--rejects", "/dev/null", "--max-rejects", "100%"},
    {"-w", ".amount > 1", "--customer", "#1"},
    {"--date-format", "%d.%m.%Y", "--date", "#2"},
};
static const char *const reports[][6] = {
    {NULL},
    {"--summary"},
    {"--migration", "@"},
    {"--tenure", "-t", "jsonl"},
    {"--summary", "-t", "table"},
    {"--only", "frequency=2.."},
    {"--only", "monetary=..100.5", "-t", "json"},
    {"-t", "csv", "--spreadsheet-safe"},
    {"--check-segments", "--segments", "@"},
};

static void say_row(struct line *line, const char *const row[6], const char *settings)
{
    for (size_t i = 0; i < 6 && row[i]; i++)
        say(line, strcmp(row[i], "@") == 0 ? settings : row[i]);
}

/* Cuts of a run score the same customers alike. */
static void use_cuts(struct line line, const char *file, const struct outcome *expected)
{
    struct memory_file cuts = file_of(SLICE(""));
    struct line saving = line;
    struct outcome outcome;

    say(&saving, "--save-cuts");
    say(&saving, cuts.path);
    say(&saving, file);
    run_program(RUN_RFM, saving.words, no_limits, &outcome);
    if (!outcome.failed) {
        check_outcomes("without saving cuts", expected, "with", &outcome);
        buffer_fini(&outcome.out);
        say(&line, "--cuts");
        say(&line, cuts.path);
        say(&line, file);
        run_program(RUN_RFM, line.words, no_limits, &outcome);
        check_outcomes("computed cuts", expected, "saved cuts", &outcome);
    }
    buffer_fini(&outcome.out);
    close(cuts.fd);
}

#define ROW(table, byte) (table)[(byte) % (sizeof(table) / sizeof *(table))]

static void run_any(const uint8_t *choice, struct slice settings, struct slice orders)
{
    struct memory_file settings_file = file_of(settings), file = file_of(orders);
    struct line line = {.count = 0}, threads, bare;
    struct outcome one, other;
    const char *const *score = ROW(scores, choice[0]), *const *report = ROW(reports, choice[2]);
    const bool reads_orders = !report[0] || strcmp(report[0], "--check-segments") != 0;

    say_row(&line, ROW(inputs, choice[1]), settings_file.path);
    say_row(&line, report, settings_file.path);
    bare = line;
    say_row(&line, score, settings_file.path);
    threads = line;
    say(&threads, "-j3");
    if (reads_orders) {
        say(&line, file.path);
        say(&threads, file.path);
    }
    run_program(RUN_RFM, line.words, no_limits, &one);
    run_program(RUN_RFM, threads.words, no_limits, &other);
    check_outcomes("one thread", &one, "three", &other);
    buffer_fini(&other.out);
    if (!one.failed && reads_orders && !score[0])
        use_cuts(bare, file.path, &one);
    run_program(RUN_RFM, threads.words,
                (struct program_limits){1 + 53u * choice[0], 20 + 3u * choice[2], 16 + choice[1]}, &other);
    check_outcomes("one thread", &one, "three in little memory", &other);
    buffer_fini(&one.out);
    buffer_fini(&other.out);
    close(file.fd);
    close(settings_file.fd);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 5 || size > 8192)
        return 0;
    program_set_quiet(true);
    if (data[0] % 2 == 0) {
        struct dice dice = {data + 1, size - 1};
        ask(&dice);
        return 0;
    }
    const uint8_t *zero = memchr(data + 4, 0, size - 4);
    if (!zero)
        return 0;
    run_any(data + 1, (struct slice){(const char *)data + 4, (size_t)(zero - data - 4)},
            (struct slice){(const char *)zero + 1, (size_t)(data + size - zero - 1)});
    return 0;
}
