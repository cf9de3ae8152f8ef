/* RFM in parts: random orders, dealt out to parts, written in any format and merged, give the state of one pass (which
 * test_rfm.c counts a second way). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "analysis/rfm_partial.h"
#include "base/program.h"
#include "folder.h"
#include "short_memory.h"
#include "random.h"

#define MOST_ROWS 300

/* An order, and its texts. */
struct kept {
    char customer[24], order[12], product[12];
    int32_t day;
    struct decimal amount;
};

static struct rfm_row row_of(const struct kept *kept)
{
    struct rfm_row row = {
        .customer = slice_from_cstr(kept->customer),
        .day = kept->day,
        .amount = kept->amount,
        .order = slice_from_cstr(kept->order),
        .product = slice_from_cstr(kept->product),
    };

    row.hash = group_hash(row.customer);
    return row;
}

static size_t random_rows(uint64_t *seed, struct kept *rows)
{
    size_t count = next_random(seed) % MOST_ROWS;

    for (size_t i = 0; i < count; i++) {
        struct kept *row = &rows[i];
        snprintf(row->customer, sizeof row->customer, "%s %u", next_random(seed) % 2 ? "c" : "\"Vera\", \xd0\x92",
                 (unsigned)(next_random(seed) % 9));
        snprintf(row->order, sizeof row->order, "%u", (unsigned)(next_random(seed) % 9));
        snprintf(row->product, sizeof row->product, "%u", (unsigned)(next_random(seed) % 5));
        if (row->order[0] == '0')
            row->order[0] = '\0';
        if (row->product[0] == '0')
            row->product[0] = '\0';
        row->day = (int32_t)(next_random(seed) % 100) - 50;
        row->amount.units = (int64_t)(next_random(seed) % 2000) - 800;
        row->amount.scale = next_random(seed) % 20 ? (int)(next_random(seed) % 3) : 3;
    }
    return count;
}

/* A stream of one file, as --partial and --merge open it. */
static struct stream *open_stream(bool merge, char *const *paths, size_t count, const struct common *common)
{
    const struct partial_choice choice = {.partial = !merge, .merge = merge};
    struct stream *stream;
    struct error err;

    if (partial_open(&choice, common, paths, count, &stream, &err))
        fail_msg("%s", err.text);
    return stream;
}

static int add_rows(struct rfm *rfm, const struct kept *rows, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct rfm_row row = row_of(&rows[i]);
        if (rfm_add(rfm, &row, err) < 0)
            return -1;
    }
    return 0;
}

/* The part with these rows; currency: of its amounts. */
static int write_part(const struct rfm_options *options, const struct kept *rows, size_t count, enum format format,
                      const char *path, const char *currency, struct error *err)
{
    static char *const input[] = {"/dev/null"};
    const struct common common = {.output = path, .to = format};
    const struct rfm_partial partial = {.as_of = DAY_NONE, .common = &common};
    struct output output = {0};
    struct rfm rfm;

    struct stream *stream = open_stream(false, input, 1, &common);
    rfm_init(&rfm, options);
    rfm_fix_hashes(&rfm);
    int failed = add_rows(&rfm, rows, count, err) ||
                 rfm_partial_write(&rfm, &partial, slice_from_cstr(currency), stream, &output, err);
    output_free(&output);
    rfm_fini(&rfm);
    stream_free(stream);
    return failed;
}

static int merge_parts(struct rfm *rfm, char *const *paths, size_t count, struct error *err)
{
    const struct common common = {.limit = {true, 10}, .output = "/dev/null"};
    const struct rfm_partial partial = {.as_of = DAY_NONE, .common = &common};
    enum format to = FORMAT_AUTO;
    struct stream *stream = open_stream(true, paths, count, &common);

    int failed = rfm_partial_read(rfm, &partial, stream, &to, err);
    stream_free(stream);
    return failed;
}

/* Also the order of first appearance. */
static void assert_same(struct rfm *a, struct rfm *b)
{
    struct rfm_table left, right;
    struct error err;

    assert_int_equal(a->scale, b->scale);
    assert_int_equal(a->first_day, b->first_day);
    assert_int_equal(a->last_day, b->last_day);
    assert_int_equal(a->orders.count, b->orders.count);
    assert_int_equal(a->products.count, b->products.count);
    assert_int_equal(rfm_table_init(&left, a, DAY_NONE, NULL, &err), 0);
    assert_int_equal(rfm_table_init(&right, b, DAY_NONE, NULL, &err), 0);
    assert_int_equal(left.count, right.count);
    for (size_t i = 0; i < left.count; i++) {
        const struct rfm_customer *one = &left.customers[i], *other = &right.customers[i];
        assert_true(slice_equal(one->id, other->id));
        assert_true(one->monetary == other->monetary);
        assert_int_equal(one->frequency, other->frequency);
        assert_int_equal(one->products, other->products);
        assert_int_equal(one->first_day, other->first_day);
        assert_int_equal(one->last_day, other->last_day);
    }
    rfm_table_fini(&left);
    rfm_table_fini(&right);
}

enum { MOST_PARTS = 7 };

/* Random parts, some of them empty, of the rows. */
static void deal_out(uint64_t *seed, size_t count, size_t parts, size_t *ends)
{
    for (size_t i = 0; i < parts; i++) {
        size_t end = i + 1 == parts ? count : next_random(seed) % (count + 1);
        ends[i] = i && end < ends[i - 1] ? ends[i - 1] : end;
    }
}

static void parts_are_the_whole(void **state)
{
    static struct kept rows[MOST_ROWS];
    static const enum format formats[] = {FORMAT_CSV, FORMAT_JSONL, FORMAT_JSON};
    uint64_t seed = 77;
    struct folder folder;
    struct error err = {0};

    (void)state;
    folder_make(&folder);
    for (int round = 0; round < 300; round++) {
        const struct rfm_options options = {
            .returns = (enum rfm_returns)(round % 3), .has_orders = round % 2, .has_products = round % 4 < 2};
        size_t count = random_rows(&seed, rows), parts = 1 + next_random(&seed) % MOST_PARTS, ends[MOST_PARTS];
        char *paths[MOST_PARTS];
        struct rfm whole, merged;

        deal_out(&seed, count, parts, ends);
        for (size_t i = 0; i < parts; i++) {
            char name[8];
            size_t begin = i ? ends[i - 1] : 0;
            snprintf(name, sizeof name, "p%zu", i);
            paths[i] = strdup(folder_file(&folder, name));
            if (write_part(&options, rows + begin, ends[i] - begin, formats[next_random(&seed) % 3], paths[i], "",
                           &err))
                fail_msg("%s", err.text);
        }
        rfm_init(&whole, &options);
        assert_int_equal(add_rows(&whole, rows, count, &err), 0);
        rfm_init(&merged, &options);
        if (merge_parts(&merged, paths, parts, &err))
            fail_msg("%s", err.text);
        assert_same(&merged, &whole);
        rfm_fini(&whole);
        rfm_fini(&merged);
        for (size_t i = 0; i < parts; i++)
            free(paths[i]);
    }
    folder_remove(&folder);
}

/* More ids than one list takes: 10,922 of 24 digits. */
static void many_ids_of_one(void **state)
{
    enum { MANY = 30000 };
    const struct rfm_options options = {.has_orders = true, .has_products = true};
    struct kept *rows = calloc(MANY, sizeof *rows);
    struct folder folder;
    struct rfm merged;
    struct error err = {0};

    (void)state;
    assert_non_null(rows);
    folder_make(&folder);
    for (int i = 0; i < MANY; i++) {
        snprintf(rows[i].customer, sizeof rows[i].customer, "%s", i % 10 ? "often" : "less");
        snprintf(rows[i].order, sizeof rows[i].order, "%d", i);
        snprintf(rows[i].product, sizeof rows[i].product, "%d", i / 2);
    }
    char *paths[2] = {strdup(folder_file(&folder, "a")), NULL};
    paths[1] = strdup(folder_file(&folder, "b"));
    assert_int_equal(write_part(&options, rows, 20000, FORMAT_CSV, paths[0], "EUR", &err), 0);
    assert_int_equal(write_part(&options, rows + 10000, 20000, FORMAT_JSONL, paths[1], "", &err), 0);
    rfm_init(&merged, &options);
    if (merge_parts(&merged, paths, 2, &err))
        fail_msg("%s", err.text);
    struct rfm_table table;
    assert_int_equal(rfm_table_init(&table, &merged, DAY_NONE, NULL, &err), 0);
    assert_int_equal(table.count, 2);
    assert_int_equal(table.customers[0].frequency, 3000);
    assert_int_equal(table.customers[1].frequency, 27000);
    assert_int_equal(table.customers[0].products, 3000);
    assert_int_equal(table.customers[1].products, 15000);
    rfm_table_fini(&table);
    rfm_fini(&merged);
    free(rows);
    free(paths[0]);
    free(paths[1]);
    folder_remove(&folder);
}

#define BEGIN(first, last)                                      \
    "{\"part\":\"begin\",\"analysis\":\"crm-rfm 1 returns=net " \
    "order=ids\",\"format\":\"csv\",\"read\":1,\"filtered\":0," \
    "\"rejected\":0,\"first_day\":\"" first "\",\"last_day\":\"" last "\"}\n"
#define CUSTOMER(id, sum, count, first, last, ids)                                                 \
    "{\"part\":\"customer\",\"customer\":\"" id "\",\"monetary\":\"" sum "\",\"frequency\":" count \
    ",\"first\":\"" first "\",\"last\":\"" last "\",\"products\":0,\"order_ids\":\"" ids "\",\"product_ids\":\"\"}\n"
#define A_DAY "2026-01-01"
#define ID "0123456789abcdef01234567"

static void assert_refused(const char *text, const char *message)
{
    const struct rfm_options options = {.has_orders = true};
    struct folder folder;
    struct rfm rfm;
    struct error err = {0};

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "p"));
    file_put(path, text);
    rfm_init(&rfm, &options);
    assert_int_equal(merge_parts(&rfm, &path, 1, &err), -1);
    assert_string_equal(err.text + (strncmp(err.text, path, strlen(path)) == 0 ? strlen(path) : 0), message);
    assert_int_equal(err.status, STATUS_DATA);
    rfm_fini(&rfm);
    free(path);
    folder_remove(&folder);
}

static void refuses_what_cannot_be(void **state)
{
    (void)state;
    assert_refused(BEGIN("2026-01-02", "2026-01-01"),
                   ":1: column 'last_day': not a day behind the first: '2026-01-01'");
    assert_refused(BEGIN("2026-01-02", ""), ":1: column 'last_day': not a day behind the first: ''");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("", "1", "1", A_DAY, A_DAY, ""), ":2: column 'customer': empty: ''");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("a", "1,5", "1", A_DAY, A_DAY, ""),
                   ":2: column 'monetary': not an amount: '1,5'");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("a", "1.5", "-1", A_DAY, A_DAY, ""),
                   ":2: column 'frequency': not a whole number that can be here: '-1'");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("a", "1.5", "1", "2026-01-02", A_DAY, ""),
                   ":2: column 'last': not a day behind the first: '2026-01-01'");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("a", "1.5", "1", "", "", ""),
                   ":2: column 'last': not a day behind the first: ''");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("a", "1", "1", A_DAY, A_DAY, "0123"),
                   ":2: column 'order_ids': not ids of 24 digits: '0123'");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("a", "1", "1", A_DAY, A_DAY, "0123456789abcdef0123456X"),
                   ":2: column 'order_ids': not ids of 24 digits: '0123456789abcdef0123456X'");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("a", "1", "0", A_DAY, A_DAY, ID ID),
                   ":2: column 'order_ids': more ids than were counted: '" ID "0123456789abcdef...'");
    assert_refused(BEGIN(A_DAY, A_DAY) "{\"part\":\"ids\",\"customer\":\"a\",\"order_ids\":\"" ID "\"}\n",
                   ":2: column 'customer': not the customer of the record before: 'a'");
    assert_refused(BEGIN(A_DAY, A_DAY) CUSTOMER("a", "1", "9223372036854775807", A_DAY, A_DAY, "")
                       CUSTOMER("a", "1", "1", A_DAY, A_DAY, ""),
                   "the amounts of customer 'a' are too large to be summed");
}

static void survives_short_memory(void **state)
{
    static struct kept rows[MOST_ROWS];
    const struct rfm_options options = {.has_orders = true, .has_products = true};
    uint64_t seed = 3;
    struct folder folder;
    size_t count = random_rows(&seed, rows);

    (void)state;
    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "p"));
    char *broken = strdup(folder_file(&folder, "q"));
    struct error err = {0};
    assert_int_equal(write_part(&options, rows, count, FORMAT_JSONL, path, "EUR", &err), 0);
    static char *const input[] = {"/dev/null"};
    const struct common out = {.output = broken, .to = FORMAT_CSV}, in = {.limit = {true, 10}, .output = "/dev/null"};
    const long live = memory_live;
    for (int write = 0; write < 2; write++)
        for (long left = 0;; left++) {
            const struct rfm_partial partial = {.as_of = DAY_NONE, .common = write ? &out : &in};
            struct output output = {0};
            enum format to = FORMAT_AUTO;
            struct rfm rfm;
            struct stream *stream = write ? open_stream(false, input, 1, &out) : open_stream(true, &path, 1, &in);
            rfm_init(&rfm, &options);
            if (write)
                rfm_fix_hashes(&rfm);
            if (write)
                assert_int_equal(add_rows(&rfm, rows, count, &err), 0);
            memory_limit(left, left % 2);
            int result = write ? rfm_partial_write(&rfm, &partial, SLICE(""), stream, &output, &err)
                               : rfm_partial_read(&rfm, &partial, stream, &to, &err);
            memory_limit(-1, false);
            output_free(&output);
            rfm_fini(&rfm);
            stream_free(stream);
            assert_int_equal(memory_live, live);
            if (!memory_reached) {
                assert_int_equal(result, 0);
                break;
            }
            assert_true(result == 0 || err.status == STATUS_SYSTEM);
        }
    free(path);
    free(broken);
    folder_remove(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_the_whole),
        cmocka_unit_test(many_ids_of_one),
        cmocka_unit_test(refuses_what_cannot_be),
        cmocka_unit_test(survives_short_memory),
    };

    program_set_quiet(true);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
