/* Kept records: what goes in comes out, whatever its kinds, sizes and places. */
#include <pthread.h>
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

#include "stream/kept.h"
#include "stream/kept_file.h"

static void assert_field(const struct field *field, enum field_kind kind, const char *text, size_t len)
{
    assert_int_equal(field->kind, kind);
    assert_int_equal(field->text.len, len);
    if (len)
        assert_memory_equal(field->text.ptr, text, len);
}

static void every_kind_and_any_byte_is_kept(void **state)
{
    static const struct field fields[] = {{{NULL, 0}, FIELD_ABSENT},          {SLICE_INIT("a\0\xff\n"), FIELD_TEXT},
                                          {SLICE_INIT("1.50"), FIELD_NUMBER}, {SLICE_INIT("true"), FIELD_TRUE},
                                          {SLICE_INIT("false"), FIELD_FALSE}, {{"", 0}, FIELD_NULL},
                                          {SLICE_INIT("[1, 2]"), FIELD_JSON}, {{NULL, 0}, FIELD_TEXT}};
    const size_t count = sizeof fields / sizeof *fields;
    struct field found[sizeof fields / sizeof *fields];
    const struct record record = {.fields = fields, .count = count, .line = 7, .number = 5, .input = 3};
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, count);
    for (size_t row = 0; row < 3; row++)
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    assert_int_equal(kept.count, 3);
    for (size_t row = 0; row < 3; row++) {
        struct kept_place place = kept_place(&kept, row);
        assert_int_equal(place.input, 3);
        assert_int_equal(place.line, 7);
        assert_int_equal(place.number, 5);
        kept_fields(&kept, row, found);
        for (size_t i = 0; i < count; i++)
            assert_field(&found[i], fields[i].kind, fields[i].text.ptr, fields[i].text.len);
    }
    kept_fini(&kept);
    assert_int_equal(kept.count, 0);
}

/* Where a packed number grows by a byte, and far behind. */
static void places_of_any_size_are_kept(void **state)
{
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, 0);
    for (unsigned bits = 0; bits < 64; bits++)
        for (int more = -1; more <= 0; more++) {
            uint64_t number = ((uint64_t)1 << bits) + (uint64_t)more;
            const struct record record = {.line = number, .number = UINT64_MAX - number, .input = (size_t)number};
            assert_int_equal(kept_add(&kept, &record, &err), 0);
            struct kept_place place = kept_place(&kept, kept.count - 1);
            assert_true(place.line == number);
            assert_true(place.number == UINT64_MAX - number);
            assert_true(place.input == (size_t)number);
        }
    assert_int_equal(kept.count, 128);
    kept_fini(&kept);
}

/* Lengths about the sizes at which the packed length and the blocks grow; earlier records stay where they are. */
static void fields_of_any_size_are_kept(void **state)
{
    static const size_t sizes[] = {0,      1,       15,      16,      17,      2047,    2048,        524287,
                                   524288, 1048000, 1048575, 1048576, 1048577, 3000000, FIELD_LIMIT, 5};
    const size_t count = sizeof sizes / sizeof *sizes;
    char *text = malloc(3000000);
    struct field found[2];
    const char *where[2 * 16];
    struct error err;
    struct kept kept;
    (void)state;

    assert_non_null(text);
    for (size_t i = 0; i < 3000000; i++)
        text[i] = (char)(i * 2654435761U >> 13);
    kept_init(&kept, 2);
    for (size_t row = 0; row < 2 * count; row++) {
        size_t size = sizes[row % count];
        const struct field fields[] = {field_text((struct slice){text, size}),
                                       field_number((struct slice){text + row, row})};
        const struct record record = {.fields = fields, .count = 2, .line = row + 2, .number = row + 1};
        assert_int_equal(kept_add(&kept, &record, &err), 0);
        kept_fields(&kept, row, found);
        where[row] = found[0].text.ptr;
    }
    for (size_t row = 0; row < 2 * count; row++) {
        kept_fields(&kept, row, found);
        assert_ptr_equal(found[0].text.ptr, where[row]);
        assert_field(&found[0], FIELD_TEXT, text, sizes[row % count]);
        assert_field(&found[1], FIELD_NUMBER, text + row, row);
        assert_int_equal(kept_place(&kept, row).line, row + 2);
    }
    kept_fini(&kept);
    free(text);
}

static void many_records_are_kept_small(void **state)
{
    const size_t count = 300000;
    struct field field[3];
    char text[32];
    size_t bytes = 0;
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, 3);
    for (size_t row = 0; row < count; row++) {
        int len = snprintf(text, sizeof text, "value %zu", row * 7919 % 1000003);
        for (size_t i = 0; i < 3; i++)
            field[i] = field_text((struct slice){text, (size_t)len - i});
        const struct record record = {.fields = field, .count = 3, .line = row + 2, .number = row + 1};
        bytes += 3 * (size_t)len - 3;
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    }
    for (size_t row = 0; row < count; row += 17) {
        int len = snprintf(text, sizeof text, "value %zu", row * 7919 % 1000003);
        kept_fields(&kept, row, field);
        for (size_t i = 0; i < 3; i++)
            assert_field(&field[i], FIELD_TEXT, text, (size_t)len - i);
    }
    /* what the header promises: 16 bytes a record, about two a field, and the text; blocks may be partly unused */
    assert_true(kept.block_count << 20 < bytes + count * (16 + 3 * 2));
    kept_fini(&kept);
}

static void no_records_and_no_columns(void **state)
{
    struct error err;
    struct kept kept;
    (void)state;

    kept_init(&kept, 4);
    kept_fini(&kept);
    kept_init(&kept, 0);
    const struct record record = {.line = 1, .number = 1};
    assert_int_equal(kept_add(&kept, &record, &err), 0);
    kept_fields(&kept, 0, NULL);
    kept_fini(&kept);
}

/* Records of two fields whose texts follow from the row: mostly short, now and then larger than a block. */
enum { ASIDE_FIELDS = 2 };
static void make_record(size_t row, char *text, struct field *fields, struct record *record)
{
    size_t size = row % 97 == 5 ? 5000 + row : row * 31 % 180;

    for (size_t i = 0; i < size; i++)
        text[i] = (char)((row * 131 + i) * 2654435761U >> 11);
    fields[0] = field_text((struct slice){text, size});
    fields[1] = field_number((struct slice){text, size / 3});
    *record = (struct record){
        .fields = fields, .count = ASIDE_FIELDS, .line = 2 * row + 2, .number = row + 1, .input = row % 3};
}

static void assert_record(const struct kept *kept, size_t row)
{
    static const size_t columns[] = {1, 0};
    struct field expected[ASIDE_FIELDS], found[ASIDE_FIELDS];
    struct slice texts[2];
    struct record record;
    char text[16000];

    make_record(row, text, expected, &record);
    kept_fields(kept, row, found);
    kept_texts(kept, row, columns, 2, texts);
    for (size_t i = 0; i < ASIDE_FIELDS; i++) {
        assert_field(&found[i], expected[i].kind, expected[i].text.ptr, expected[i].text.len);
        assert_ptr_equal(texts[1 - i].ptr, found[i].text.ptr);
        assert_int_equal(texts[1 - i].len, found[i].text.len);
    }
    struct kept_place place = kept_place(kept, row);
    assert_true(place.input == row % 3 && place.line == 2 * row + 2 && place.number == row + 1);
}

#define ASIDE_ROWS 6000

/* In order, at random, and while more are added; what was given out stays where it is. */
static void records_beyond_a_limit_are_the_same(void **state)
{
    static const size_t limits[] = {1, 4096, 100000, 400000, (size_t)1 << 30};
    static const char *where[ASIDE_ROWS];
    struct field fields[ASIDE_FIELDS];
    struct record record;
    struct error err;
    char text[16000];
    (void)state;

    for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
        struct kept kept;
        kept_init(&kept, ASIDE_FIELDS);
        kept_limit(&kept, limits[l]);
        for (size_t row = 0; row < ASIDE_ROWS; row++) {
            make_record(row, text, fields, &record);
            assert_int_equal(kept_add(&kept, &record, &err), 0);
            kept_fields(&kept, row, fields);
            where[row] = fields[0].text.ptr;
            if (row % 50 == 0)
                assert_record(&kept, row * 7 % (row + 1));
            if (row == 4000 && l % 2)
                assert_int_equal(kept_put_aside(&kept, &err), 0);
        }
        assert_int_equal(kept.file != NULL, limits[l] < 1000000 || l % 2);
        if (kept.file)
            assert_true(kept.before < (limits[l] < 1000000 ? 2500 : 4001));
        assert_int_equal(kept_put_aside(&kept, &err), 0);
        assert_int_equal(kept.held, 0);
        assert_int_equal(kept_memory(&kept), kept.capacity * sizeof *kept.records);
        assert_true(kept_aside(&kept) > ASIDE_ROWS * 100);
        for (size_t i = 0; i < ASIDE_ROWS; i++) {
            assert_record(&kept, i);
            assert_record(&kept, i * 2477 % ASIDE_ROWS);
            kept_fields(&kept, i, fields);
            assert_ptr_equal(fields[0].text.ptr, where[i]);
        }
        kept_fini(&kept);
    }
}

/* A thread that looks at records while others do, all of which give memory back. */
static void *look_at_records(void *argument)
{
    const struct kept *kept = argument;
    size_t step = ((size_t)(uintptr_t)pthread_self() >> 12) % 1000;

    for (size_t i = 0; i < ASIDE_ROWS; i++)
        assert_record(kept, (i * 7919 + step) % ASIDE_ROWS);
    return NULL;
}

static void several_threads_may_ask(void **state)
{
    struct field fields[ASIDE_FIELDS];
    struct record record;
    struct error err;
    struct kept kept;
    char text[16000];
    pthread_t threads[3];
    (void)state;

    kept_init(&kept, ASIDE_FIELDS);
    kept_limit(&kept, 50000);
    for (size_t row = 0; row < ASIDE_ROWS; row++) {
        make_record(row, text, fields, &record);
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    }
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, look_at_records, &kept), 0);
    for (size_t i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    kept_fini(&kept);
}

/* With the limit nothing is held but a block, beside where the records are. */
static void a_limit_bounds_what_is_held(void **state)
{
    const size_t limit = 200000;
    struct field fields[ASIDE_FIELDS];
    struct record record;
    struct error err;
    struct kept kept;
    char text[16000];
    (void)state;

    kept_init(&kept, ASIDE_FIELDS);
    kept_limit(&kept, limit);
    for (size_t row = 0; row < ASIDE_ROWS; row++) {
        make_record(row % 97 == 5 ? 0 : row, text, fields, &record);
        assert_int_equal(kept_add(&kept, &record, &err), 0);
        assert_true(kept.held <= limit);
    }
    kept_fini(&kept);
}

/* In two steps as in one. */
static void records_made_elsewhere_are_the_same(void **state)
{
    struct field fields[ASIDE_FIELDS];
    struct record record;
    struct buffer encoded;
    struct error err;
    struct kept kept;
    char text[16000];
    (void)state;

    for (size_t limit = 0; limit < 200000; limit += 100000) {
        kept_init(&kept, ASIDE_FIELDS);
        if (limit)
            kept_limit(&kept, limit);
        buffer_init(&encoded);
        for (size_t row = 0; row < ASIDE_ROWS; row++) {
            const struct kept_place place = {row % 3, 2 * row + 2, row + 1};
            make_record(row, text, fields, &record);
            buffer_clear(&encoded);
            assert_int_equal(kept_encode(&encoded, &record, ASIDE_FIELDS), 0);
            assert_int_equal(kept_add_encoded(&kept, &place, buffer_slice(&encoded), &err), 0);
        }
        for (size_t row = 0; row < ASIDE_ROWS; row++)
            assert_record(&kept, row);
        buffer_fini(&encoded);
        kept_fini(&kept);
    }
    kept_init(&kept, 0);
    buffer_init(&encoded);
    const struct kept_place place = {0, 1, 1};
    const struct record empty = {.line = 1, .number = 1};
    assert_int_equal(kept_encode(&encoded, &empty, 0), 0);
    assert_int_equal(kept_add_encoded(&kept, &place, buffer_slice(&encoded), &err), 0);
    assert_int_equal(kept_place(&kept, 0).line, 1);
    kept_fini(&kept);
}

static void no_folder_for_the_file_is_an_error(void **state)
{
    char *before = getenv("TMPDIR") ? strdup(getenv("TMPDIR")) : NULL;
    struct field fields[ASIDE_FIELDS];
    struct record record;
    struct error err;
    struct kept kept;
    char text[16000];
    size_t row = 0;
    (void)state;

    setenv("TMPDIR", "/nonexistent", 1);
    kept_init(&kept, ASIDE_FIELDS);
    kept_limit(&kept, 50000);
    do
        make_record(row, text, fields, &record);
    while (kept_add(&kept, &record, &err) == 0 && ++row < ASIDE_ROWS);
    assert_in_range(row, 1, 1000);
    assert_int_equal(err.status, STATUS_SYSTEM);
    assert_non_null(strstr(err.text, "/nonexistent"));
    assert_record(&kept, 0); /* those before are there */
    kept_fini(&kept);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
    free(before);
}

/* A mapping of an empty file stands for a disk that gives nothing back. */
static void a_file_that_cannot_be_read_back_is_an_error(void **state)
{
    const struct field field = {SLICE_INIT("x"), FIELD_TEXT};
    const struct record record = {.fields = &field, .count = 1};
    struct field found;
    struct error err;
    struct kept kept;
    char said[256] = "";
    int messages[2];
    int status;
    (void)state;

    assert_int_equal(pipe(messages), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        dup2(messages[1], STDERR_FILENO);
        kept_init(&kept, 1);
        kept_limit(&kept, 100000);
        if (kept_add(&kept, &record, &err) || kept_put_aside(&kept, &err) || ftruncate(kept.file->fd, 0))
            _exit(1);
        kept_fields(&kept, 0, &found);
        _exit(2);
    }
    close(messages[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_SYSTEM);
    assert_true(read(messages[0], said, sizeof said - 1) > 0);
    assert_string_equal(said, "crm: cannot read back a temporary file (in $TMPDIR or /tmp)\n");
    close(messages[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_and_any_byte_is_kept),
        cmocka_unit_test(places_of_any_size_are_kept),
        cmocka_unit_test(fields_of_any_size_are_kept),
        cmocka_unit_test(many_records_are_kept_small),
        cmocka_unit_test(no_records_and_no_columns),
        cmocka_unit_test(records_beyond_a_limit_are_the_same),
        cmocka_unit_test(several_threads_may_ask),
        cmocka_unit_test(a_limit_bounds_what_is_held),
        cmocka_unit_test(records_made_elsewhere_are_the_same),
        cmocka_unit_test(no_folder_for_the_file_is_an_error),
        cmocka_unit_test(a_file_that_cannot_be_read_back_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
