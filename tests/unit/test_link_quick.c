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

static void keys_by_hashes_are_the_keys_of_the_row(void **state)
{
    static const struct people_field fields[] = {
        {"last_name", LINK_LAST_NAME, 1}, {"phone", LINK_PHONE, 2}, {"note", LINK_TEXT, 1}};
    static const char *const rows[] = {"smith|5550001|5550002|red blue green",
                                       "smith|5550002|5550001|red blue",
                                       "jones|5550001||blue green gold",
                                       "|5550003|5550003|red",
                                       "ng|||gold red",
                                       "smith|5550001|5550002|"};
    static const struct link_rule rules[] = {
        {{{0, LINK_PART_ALL, 0}}, 1},
        {{{1, LINK_PART_END, 4}}, 1},
        {{{2, LINK_PART_WORD, 2}}, 1},
        {{{0, LINK_PART_SOUND, 0}, {1, LINK_PART_ALL, 0}}, 2},
        {{{1, LINK_PART_END, 7}, {2, LINK_PART_WORD, 3}, {0, LINK_PART_START, 3}}, 3},
        {{{1, LINK_PART_END, 30}}, 1},
    };
    struct people people;
    size_t all = 0;
    (void)state;

    people_make(&people, fields, COUNT_OF(fields), rows, COUNT_OF(rows));
    for (size_t r = 0; r < COUNT_OF(rules); r++) {
        struct link_key_hashes hashes[LINK_RULE_KEYS];
        const struct link_key_hashes *parts[LINK_RULE_KEYS];

        for (size_t k = 0; k < rules[r].count; k++) {
            assert_int_equal(link_key_hashes_init(&hashes[k], &rules[r].keys[k], &people.records), 0);
            parts[k] = &hashes[k];
        }
        for (size_t row = 0; row < COUNT_OF(rows); row++) {
            uint64_t plain[LINK_RULE_WIDTH], quick[LINK_RULE_WIDTH];
            size_t count = link_rule_keys(&rules[r], &people.records, row, plain);

            assert_int_equal(link_hashed_keys(parts, rules[r].count, link_row(&people.records, row), quick), count);
            for (size_t k = 0; k < count; k++)
                assert_true(plain[k] == quick[k]);
            all += count;
        }
        for (size_t k = 0; k < rules[r].count; k++)
            link_key_hashes_fini(&hashes[k]);
    }
    assert_true(all > 20); /* there was something to compare */
    people_end(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_columns_in_any_order_are_those_of_the_fields),
        cmocka_unit_test(many_values_are_added_as_one_by_one),
        cmocka_unit_test(keys_by_hashes_are_the_keys_of_the_row),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
