/* What linkage does in quicker ways gives what the plain ones give: texts of some columns, values added many at a time,
 * keys of blocks by hashes of values. */
#include "link_people.h"

static void texts_of_columns_in_any_order_are_those_of_the_fields(void **state)
{
    static const size_t columns[] = {0, 2, 3, 3, 1, 4, 0};
    char long_text[300];
    const struct field fields[] = {{SLICE_INIT("one"), FIELD_TEXT},
                                   {{"", 0}, FIELD_NULL},
                                   {{long_text, sizeof long_text}, FIELD_TEXT},
                                   {SLICE_INIT("4"), FIELD_NUMBER},
                                   {SLICE_INIT("sixteen bytes of"), FIELD_TEXT}};
    const struct record record = {.fields = fields, .count = COUNT_OF(fields), .line = 300, .number = 299};
    struct slice texts[COUNT_OF(columns)];
    struct error err;
    struct kept kept;
    (void)state;

    memset(long_text, 'x', sizeof long_text);
    kept_init(&kept, COUNT_OF(fields));
    for (size_t row = 0; row < 2; row++)
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    kept_texts(&kept, 1, columns, COUNT_OF(columns), texts);
    for (size_t i = 0; i < COUNT_OF(columns); i++)
        assert_true(slice_equal(texts[i], fields[columns[i]].text));
    kept_texts(&kept, 0, columns, 0, texts);
    kept_fini(&kept);
}

/* Texts that fold to nothing, to others of the same batch, and to those of earlier ones. */
static void many_values_are_added_as_one_by_one(void **state)
{
    static const char *const texts[] = {"Smith", "",      "SMITH", "n/a",   "Jones",   "smith", "null", "Jones",
                                        "Ng",    "jones", "Ñg",    "-",     "Li",      "Smith", "",     "LI",
                                        "Abc",   "abd",   "abe",   "abf",   "abg",     "abh",   "abi",  "abj",
                                        "abk",   "abl",   "abm",   "Smith", "unknown", "abn",   "abo",  "abp"};
    static const enum link_kind kinds[] = {LINK_LAST_NAME, LINK_TEXT, LINK_COMPANY, LINK_EMAIL, LINK_IDENTIFIER};
    (void)state;

    assert_int_equal(COUNT_OF(texts), LINK_VALUES_BATCH);
    for (size_t k = 0; k < COUNT_OF(kinds); k++) {
        struct people_values single, many;
        struct slice slices[LINK_VALUES_BATCH];
        uint32_t ids[LINK_VALUES_BATCH];

        values_begin(&single, kinds[k]);
        values_begin(&many, kinds[k]);
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            slices[i] = slice_from_cstr(texts[i]);
        for (size_t from = 0; from < COUNT_OF(texts); from += 16)
            assert_int_equal(link_values_add_many(&many.values, &many.folder, slices + from, 16, ids + from, &many.err),
                             0);
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            assert_int_equal(ids[i], values_add(&single, texts[i]));
        assert_int_equal(link_values_add_many(&many.values, &many.folder, slices, COUNT_OF(texts), ids, &many.err), 0);
        for (size_t i = 0; i < COUNT_OF(texts); i++)
            assert_int_equal(ids[i], values_add(&single, texts[i]));
        assert_int_equal(many.values.table.count, single.values.table.count);
        assert_int_equal(link_values_add_many(&many.values, &many.folder, slices, 0, ids, &many.err), 0);
        values_end(&many);
        values_end(&single);
    }
}

static bool has_key(const uint64_t *keys, size_t count, uint64_t key)
{
    for (size_t i = 0; i < count; i++)
        if (keys[i] == key)
            return true;
    return false;
}

/* Whether another row has a key. */
static bool is_shared(const struct link_rule *rule, const struct link_records *records, size_t row, uint64_t key)
{
    for (size_t other = 0; other < records->count; other++) {
        uint64_t keys[LINK_RULE_WIDTH];
        const size_t count = link_rule_keys(rule, records, other, keys);

        if (other != row && has_key(keys, count, key))
            return true;
    }
    return false;
}

/* All keys but those that no other row can have: how many there are. */
static size_t assert_keys(const struct link_rule *rule, const struct link_records *records)
{
    struct link_key_hashes hashes[LINK_RULE_KEYS];
    const struct link_key_hashes *parts[LINK_RULE_KEYS];
    size_t all = 0;

    for (size_t k = 0; k < rule->count; k++) {
        assert_int_equal(link_key_hashes_init(&hashes[k], &rule->keys[k], records), 0);
        parts[k] = &hashes[k];
    }
    for (size_t row = 0; row < records->count; row++) {
        uint64_t plain[LINK_RULE_WIDTH], quick[LINK_RULE_WIDTH];
        const size_t count = link_rule_keys(rule, records, row, plain);
        const size_t found = link_hashed_keys(parts, rule->count, link_row(records, row), quick);

        for (size_t k = 0; k < found; k++)
            assert_true(has_key(plain, count, quick[k]));
        for (size_t k = 0; k < count; k++)
            assert_true(has_key(quick, found, plain[k]) || !is_shared(rule, records, row, plain[k]));
        all += found;
    }
    for (size_t k = 0; k < rule->count; k++)
        link_key_hashes_fini(&hashes[k]);
    return all;
}

static void keys_by_hashes_are_the_keys_of_the_row(void **state)
{
    static const struct people_field fields[] = {
        {"last_name", LINK_LAST_NAME, 1}, {"phone", LINK_PHONE, 2}, {"note", LINK_TEXT, 1}, {"town", LINK_PLACE, 1}};
    static const char *const rows[] = {"smith|5550001|5550002|red blue green|ulm",
                                       "smith|5550002|5550001|red blue|bonn",
                                       "jones|5550001||blue green gold|bonn",
                                       "|5550003|5550003|red|kiel",
                                       "ng|||gold red|ulm",
                                       "smith|5550001|5550002||"};
    static const struct {
        struct link_rule rule;
        size_t keys;
    } cases[] = {
        {{{{0, LINK_PART_ALL, 0}}, 1}, 3}, /* jones and ng are there once */
        {{{{1, LINK_PART_END, 4}}, 1}, 8},
        {{{{1, LINK_PART_ALL, 0}}, 1}, 7},
        {{{{3, LINK_PART_ALL, 0}}, 1}, 4},
        {{{{2, LINK_PART_WORD, 2}}, 1}, 9},
        {{{{0, LINK_PART_SOUND, 0}, {1, LINK_PART_ALL, 0}}, 2}, 7},
        {{{{1, LINK_PART_END, 7}, {2, LINK_PART_WORD, 3}, {0, LINK_PART_START, 3}}, 3}, 11},
        {{{{1, LINK_PART_END, 30}}, 1}, 0},
    };
    struct people people;
    (void)state;

    people_make(&people, fields, COUNT_OF(fields), rows, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_int_equal(assert_keys(&cases[i].rule, &people.records), cases[i].keys);
    people_end(&people);
}

/* First and last name in each other's column: each is there once in its own, but twice among the names. */
static void swapped_names_have_one_key(void **state)
{
    static const struct people_field fields[] = {{"last_name", LINK_LAST_NAME, 1}, {"first_name", LINK_FIRST_NAME, 1}};
    static const char *const rows[] = {"smith|john", "john|smith", "jones|mary"};
    static const struct link_rule rule = {{{0, LINK_PART_ALL, 0}, {1, LINK_PART_ALL, 0}}, 2};
    struct people people;
    struct link_index index;
    (void)state;

    people_make(&people, fields, COUNT_OF(fields), rows, COUNT_OF(rows));
    assert_int_equal(assert_keys(&rule, &people.records), 3);
    assert_int_equal(link_index_build(&index, &people.records, &rule, 1, 1000, 1, &people.err), 0);
    assert_true(link_index_has(&index, 0, 1));
    assert_int_equal(index.blocks[0].pairs, 1);
    link_index_fini(&index);
    people_end(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_columns_in_any_order_are_those_of_the_fields),
        cmocka_unit_test(many_values_are_added_as_one_by_one),
        cmocka_unit_test(keys_by_hashes_are_the_keys_of_the_row),
        cmocka_unit_test(swapped_names_have_one_key),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
