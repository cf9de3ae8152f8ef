/* The plan: which columns number the records. */
#include "link_people.h"

#include "analysis/link_plan.h"

/* Whether a column of these values, beside one of a name, is taken for a number of the record. */
static bool is_number(const char *const *values, size_t count, size_t split)
{
    const struct slice names[] = {SLICE_INIT("record"), SLICE_INIT("last_name")};
    struct link_plan plan;
    struct kept kept;
    struct error err;

    kept_init(&kept, 2);
    for (size_t i = 0; i < count; i++) {
        const struct field fields[] = {field_text(slice_from_cstr(values[i])), field_text(SLICE("Smith"))};
        const struct record record = {.fields = fields, .count = 2, .line = i + 2, .number = i + 1};
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    }
    assert_int_equal(link_plan_recognise(&plan, LINK_CONTACT, names, &kept, split, NULL, &err), 0);
    const bool unique = plan.left[0] == LINK_LEFT_UNIQUE;
    link_plan_fini(&plan);
    kept_fini(&kept);
    return unique;
}

#define VALUES(...) (const char *const[]){__VA_ARGS__}, COUNT_OF(((const char *const[]){__VA_ARGS__}))

static void numbers_of_records(void **state)
{
    (void)state;
    assert_true(is_number(VALUES("8", "9", "10", "11"), 0));
    assert_true(is_number(VALUES("C11", "C10", "C9"), 0));
    assert_true(is_number(VALUES("b", "a", "c", "aa"), 0));
    assert_false(is_number(VALUES("8", "9", "9", "10"), 0));
    assert_false(is_number(VALUES("9", "8", "10", "8"), 0));
    assert_false(is_number(VALUES("1", "2", "3", "1"), 0));
}

/* Each list numbers its own. The sample that is looked at first takes rows of both for one, so that numbers that both
 * have are found in long lists alone. */
static void numbers_of_two_lists(void **state)
{
    enum { ROWS = 12000 }; /* every fourth is in the sample */
    static char texts[ROWS][8];
    static const char *values[ROWS];
    (void)state;

    for (int twice = 0; twice < 3; twice++) {
        for (size_t i = 0; i < ROWS; i++) {
            /* of the second list other rows are in the sample: 6001 rows are before it */
            size_t number = i < 6001 ? i : i - 6001;
            if (twice == 1 && i == 6007) /* in its list there already */
                number = 5;
            if (twice == 2 && i >= 6001) /* the same, but not in order */
                number = 5998 - number;
            snprintf(texts[i], sizeof *texts, "%zu", number);
            values[i] = texts[i];
        }
        assert_int_equal(is_number(values, ROWS, 6001), twice != 1);
        assert_false(is_number(values, ROWS, 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_of_records),
        cmocka_unit_test(numbers_of_two_lists),
    };

    return cmocka_run_group_tests_name("link_plan", tests, NULL, NULL);
}
