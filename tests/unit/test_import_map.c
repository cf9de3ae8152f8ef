/* Maps of an import: rules said and rules read, what is wrong with a map file and where, and maps that come back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "analysis/import_map.h"

static const char example[] =
    "{\"entity\": \"orders\",\n"
    " \"columns\": [\n"
    "  {\"name\": \"customer_id\", \"from\": [\"Kundennummer\", \"Kunden-Nr.\", \"Kundennummer\"]},\n"
    "  {\"name\": \"order_date\", \"from\": \"Datum\", \"dates\": \"day-month\"},\n"
    "  {\"name\": \"amount\", \"from\": [\"Betrag\"], \"decimal\": \",\"},\n"
    "  {\"name\": \"currency\", \"from\": []}\n"
    " ]}";

static struct import_rule *rule_of(const struct import_map *map, const char *name)
{
    struct import_rule *rule = import_map_find(map, slice_from_cstr(name));

    assert_non_null(rule);
    return rule;
}

static void assert_from(const struct import_rule *rule, const char *const *names)
{
    size_t count = 0;

    for (; names[count]; count++) {
        assert_true(count < rule->from_count);
        assert_true(slice_equal_cstr(rule->from[count], names[count]));
    }
    assert_int_equal(rule->from_count, count);
}

static void assert_example(const struct import_map *map)
{
    assert_int_equal(map->entity, ENTITY_ORDER);
    assert_true(map->complete);
    assert_int_equal(map->count, 4);
    assert_from(rule_of(map, "customer_id"), (const char *const[]){"Kundennummer", "Kunden-Nr.", NULL});
    assert_int_equal(rule_of(map, "customer_id")->number, NUMBER_EMPTY);
    assert_int_equal(rule_of(map, "customer_id")->date, DATE_EMPTY);
    assert_from(rule_of(map, "order_date"), (const char *const[]){"Datum", NULL});
    assert_int_equal(rule_of(map, "order_date")->date, DATE_DAY_FIRST);
    assert_int_equal(rule_of(map, "amount")->number, NUMBER_COMMA);
    assert_int_equal(rule_of(map, "currency")->from_count, 0);
    assert_null(import_map_find(map, SLICE("order_id")));
}

static void reads_a_map_and_writes_it_again(void **state)
{
    struct import_map map;
    struct import_map again;
    struct buffer text;
    struct buffer text_again;
    struct error err;
    (void)state;

    import_map_init(&map);
    import_map_init(&again);
    buffer_init(&text);
    buffer_init(&text_again);
    assert_int_equal(import_map_read(&map, slice_from_cstr(example), "map.json", &err), 0);
    assert_example(&map);
    assert_int_equal(import_map_write(&map, &text, &err), 0);
    assert_int_equal(import_map_read(&again, buffer_slice(&text), "again.json", &err), 0);
    assert_example(&again);
    assert_int_equal(import_map_write(&again, &text_again, &err), 0);
    assert_true(slice_equal(buffer_slice(&text), buffer_slice(&text_again)));
    buffer_fini(&text);
    buffer_fini(&text_again);
    import_map_fini(&map);
    import_map_fini(&again);
}

/* Found by fuzzing: "entity": "none" was written, which no map may say. */
static void a_map_without_an_entity_is_written_without_one(void **state)
{
    struct import_map map, again;
    struct buffer text = {0};
    struct error err;

    (void)state;
    import_map_init(&map);
    import_map_init(&again);
    assert_int_equal(
        import_map_read(&map, SLICE("{\"columns\": [{\"name\": \"email\", \"from\": \"Mail\"}]}"), "m", &err), 0);
    assert_int_equal(import_map_write(&map, &text, &err), 0);
    assert_true(slice_equal_cstr(buffer_slice(&text), "{\n  \"columns\": [\n"
                                                      "    {\"name\":\"email\",\"from\":[\"Mail\"]}\n  ]\n}\n"));
    assert_int_equal(import_map_read(&again, buffer_slice(&text), "again", &err), 0);
    assert_int_equal(again.entity, ENTITY_NONE);
    buffer_fini(&text);
    import_map_fini(&map);
    import_map_fini(&again);
}

static void reads_every_word(void **state)
{
    static const struct {
        const char *rule;
        enum date_style date;
        enum number_style number;
    } cases[] = {
        {"\"dates\": \"month-day\"", DATE_MONTH_FIRST, NUMBER_EMPTY},
        {"\"dates\": \"year-first\"", DATE_YEAR_FIRST, NUMBER_EMPTY},
        {"\"dates\": \"day-month\", \"decimal\": \".\"", DATE_DAY_FIRST, NUMBER_POINT},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct import_map map;
        struct buffer text = {0};
        struct buffer written = {0};
        struct error err;
        import_map_init(&map);
        assert_int_equal(
            buffer_printf(&text, "{\"columns\": [{\"name\": \"x\", \"from\": [\"y\"], %s}]}", cases[i].rule), 0);
        assert_int_equal(import_map_read(&map, buffer_slice(&text), "m", &err), 0);
        assert_int_equal(map.entity, ENTITY_NONE);
        assert_int_equal(rule_of(&map, "x")->date, cases[i].date);
        assert_int_equal(rule_of(&map, "x")->number, cases[i].number);
        map.entity = ENTITY_ORDER;
        assert_int_equal(import_map_write(&map, &written, &err), 0);
        import_map_fini(&map);
        import_map_init(&map);
        assert_int_equal(import_map_read(&map, buffer_slice(&written), "m", &err), 0);
        assert_int_equal(rule_of(&map, "x")->date, cases[i].date);
        assert_int_equal(rule_of(&map, "x")->number, cases[i].number);
        import_map_fini(&map);
        buffer_fini(&text);
        buffer_fini(&written);
    }
}

static void names_what_is_wrong_with_a_file(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[]", "m.json: not a JSON object"},
        {"{}", "m.json: columns: must be a list"},
        {"{\"columns\": {}}", "m.json: columns: must be a list"},
        {"{\"columns\": [], \"colums\": []}", "m.json: colums: unknown key"},
        {"{\"columns\": [], \"entity\": 7}", "m.json: entity: not a string"},
        {"{\"columns\": [], \"entity\": \"invoice\"}", "m.json: entity: 'invoice' is no entity"},
        {"{\"columns\": [7]}", "m.json: columns[0]: not an object"},
        {"{\"columns\": [{\"from\": \"a\"}]}", "m.json: columns[0].name: not a string"},
        {"{\"columns\": [{\"name\": \"a\"}]}", "m.json: columns[0].from: is missing"},
        {"{\"columns\": [{\"name\": \"a\", \"from\": 7}]}", "m.json: columns[0].from: not a string"},
        {"{\"columns\": [{\"name\": \"a\", \"from\": [\"b\", null]}]}", "m.json: columns[0].from[1]: not a string"},
        {"{\"columns\": [{\"name\": \"a\", \"from\": []}, {\"name\": \"a\", \"from\": []}]}",
         "m.json: columns[1].name: 'a' is there twice"},
        {"{\"columns\": [{\"name\": \"a\", \"from\": [], \"dates\": \"dmy\"}]}",
         "m.json: columns[0].dates: is none of day-month, month-day, year-first, short-year-first, written, serial, "
         "epoch, "
         "epoch-milli, epoch-micro"},
        {"{\"columns\": [{\"name\": \"a\", \"from\": [], \"dates\": null}]}", "m.json: columns[0].dates: not a string"},
        {"{\"columns\": [{\"name\": \"a\", \"from\": [], \"decimal\": \";\"}]}",
         "m.json: columns[0].decimal: is neither \".\" nor \",\""},
        {"{\"columns\": [{\"name\": \"a\", \"from\": [], \"kind\": \"date\"}]}",
         "m.json: columns[0].kind: unknown key"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct import_map map;
        struct error err;
        import_map_init(&map);
        assert_int_equal(import_map_read(&map, slice_from_cstr(cases[i].text), "m.json", &err), -1);
        assert_string_equal(err.text, cases[i].message);
        assert_int_equal(err.status, STATUS_USAGE);
        import_map_fini(&map);
    }
}

static void names_the_line_that_is_no_json(void **state)
{
    struct import_map map;
    struct error err;
    (void)state;

    import_map_init(&map);
    assert_int_equal(import_map_read(&map, SLICE("{\n\n\"columns\" []}"), "m.json", &err), -1);
    assert_memory_equal(err.text, "m.json:3: not JSON: ", 20);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_int_equal(import_map_read(&map, SLICE("{\"columns\": [],\n\"columns\": []}"), "m.json", &err), -1);
    assert_memory_equal(err.text, "m.json:2: not JSON: duplicate", 29);
    import_map_fini(&map);
}

static void sets_rules(void **state)
{
    struct import_map map;
    struct error err;
    (void)state;

    import_map_init(&map);
    assert_int_equal(import_map_set(&map, "amount=Betrag=netto", &err), 0);
    assert_int_equal(import_map_set(&map, "currency=", &err), 0);
    assert_from(rule_of(&map, "amount"), (const char *const[]){"Betrag=netto", NULL});
    assert_from(rule_of(&map, "currency"), (const char *const[]){NULL});
    assert_false(map.complete);
    assert_int_equal(import_map_set(&map, "amount", &err), -1);
    assert_string_equal(err.text, "'amount' is not CANONICAL=SOURCE");
    assert_int_equal(import_map_set(&map, "=Betrag", &err), -1);
    assert_string_equal(err.text, "'=Betrag' is not CANONICAL=SOURCE");
    assert_int_equal(import_map_set(&map, "", &err), -1);
    assert_int_equal(import_map_set(&map, "amount=Total", &err), -1);
    assert_string_equal(err.text, "'amount' is set twice");
    assert_int_equal(err.status, STATUS_USAGE);
    import_map_fini(&map);
}

static void what_is_said_wins_over_the_file(void **state)
{
    struct import_map map;
    struct error err;
    (void)state;

    import_map_init(&map);
    map.entity = ENTITY_SUBSCRIPTION;
    assert_int_equal(import_map_set(&map, "amount=Total", &err), 0);
    assert_int_equal(import_map_read(&map, slice_from_cstr(example), "map.json", &err), 0);
    assert_int_equal(map.entity, ENTITY_SUBSCRIPTION);
    assert_from(rule_of(&map, "amount"), (const char *const[]){"Total", NULL});
    assert_int_equal(rule_of(&map, "amount")->number, NUMBER_EMPTY);
    assert_from(rule_of(&map, "order_date"), (const char *const[]){"Datum", NULL});
    import_map_fini(&map);
}

static void checks_columns_against_the_entity(void **state)
{
    struct import_map map;
    struct error err;
    (void)state;

    import_map_init(&map);
    assert_int_equal(import_map_set(&map, "order_date=Datum", &err), 0);
    assert_int_equal(import_map_check(&map, ENTITY_ORDER, &err), 0);
    assert_int_equal(import_map_check(&map, ENTITY_CONTACT, &err), -1);
    assert_string_equal(err.text, "'order_date' is no column of the entity contact (see crm-fields(5))");
    assert_int_equal(import_map_set(&map, "Custmer ID=Kunde", &err), 0);
    assert_int_equal(import_map_check(&map, ENTITY_ORDER, &err), -1);
    assert_string_equal(err.text, "'Custmer ID' is no column of the entity order; did you mean 'customer_id'?");
    assert_int_equal(err.status, STATUS_USAGE);
    import_map_fini(&map);
}

static void refuses_to_save_what_json_cannot_hold(void **state)
{
    struct import_map map;
    struct buffer text = {0};
    struct error err;
    (void)state;

    import_map_init(&map);
    assert_int_equal(import_map_set(&map, "amount=Betr\xe4ge", &err), 0);
    assert_int_equal(import_map_write(&map, &text, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "the column name 'Betr\\xe4ge' is not UTF-8, so the map cannot be saved; "
                                  "convert the file first");
    buffer_fini(&text);
    import_map_fini(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_map_and_writes_it_again),
        cmocka_unit_test(a_map_without_an_entity_is_written_without_one),
        cmocka_unit_test(reads_every_word),
        cmocka_unit_test(names_what_is_wrong_with_a_file),
        cmocka_unit_test(names_the_line_that_is_no_json),
        cmocka_unit_test(sets_rules),
        cmocka_unit_test(what_is_said_wins_over_the_file),
        cmocka_unit_test(checks_columns_against_the_entity),
        cmocka_unit_test(refuses_to_save_what_json_cannot_hold),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
