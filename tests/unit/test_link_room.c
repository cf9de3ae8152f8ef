/* Room for a linkage: it is asked for before it is taken, what is on disk by then links as before, and a refusal ends
 * it.
 */
#include <math.h>

#include "analysis/linkage.h"
#include "link_people.h"

enum { ROWS = 70000 }; /* more than two lots of those that are read at a time */

static const struct people_field fields[] = {{"first_name", LINK_FIRST_NAME, 0},
                                             {"last_name", LINK_LAST_NAME, 0},
                                             {"email", LINK_EMAIL, 0},
                                             {"city", LINK_PLACE, 0}};

static void make_kept(struct kept *kept, size_t limit)
{
    struct error err;

    kept_init(kept, COUNT_OF(fields));
    if (limit)
        kept_limit(kept, limit);
    for (size_t i = 0; i < ROWS; i++) {
        const size_t who = i % 6 ? i : i * 7919 % (i + 1);
        char texts[COUNT_OF(fields)][64];
        struct field values[COUNT_OF(fields)];
        const struct record record = {.fields = values, .count = COUNT_OF(fields), .line = i + 2, .number = i + 1};

        snprintf(texts[0], sizeof *texts, "Nam%zu", who * 31 % 900);
        snprintf(texts[1], sizeof *texts, "%s%zu", i % 12 ? "Last" : "Lest", who * 17 % 20011);
        snprintf(texts[2], sizeof *texts, "u%zu@mail%zu.example", who, who % 50);
        snprintf(texts[3], sizeof *texts, "Town %zu", who % 300);
        for (size_t c = 0; c < COUNT_OF(fields); c++)
            values[c] = field_text(slice_from_cstr(texts[c]));
        assert_int_equal(kept_add(kept, &record, &err), 0);
    }
}

/* Who gives room. */
struct giver {
    struct link_room room;
    struct kept *kept;
    size_t asked;
    size_t aside, refused; /* at which question; 0: never */
    double taken, most, needed;
};

static int give(void *context, double taken, double needed, struct error *err)
{
    struct giver *giver = context;

    giver->asked++;
    giver->taken = taken;
    giver->most = fmax(giver->most, taken);
    giver->needed = fmax(giver->needed, needed);
    assert_true(taken > 0 && needed >= taken);
    if (giver->asked == giver->aside)
        assert_int_equal(kept_put_aside(giver->kept, err), 0);
    return giver->refused && giver->asked >= giver->refused ? error_set(err, STATUS_SYSTEM, "no room") : 0;
}

static int link_people(struct linkage *linkage, const struct kept *kept, const struct link_room *room, size_t threads,
                       struct error *err)
{
    static const struct linkage_settings settings = {.mode = LINK_WITHIN};
    struct slice names[COUNT_OF(fields)];

    for (size_t c = 0; c < COUNT_OF(fields); c++)
        names[c] = slice_from_cstr(fields[c].name);
    linkage_init(linkage, &settings);
    linkage->settings.threads = threads;
    linkage->settings.room = room;
    return linkage_fill(linkage, names, kept, 0, err) || linkage_index(linkage, err) || linkage_score(linkage, err) ||
                   linkage_cluster(linkage, err)
               ? -1
               : 0;
}

static void assert_same(const struct linkage *one, const struct linkage *other)
{
    assert_int_equal(one->records.width, other->records.width);
    assert_memory_equal(one->records.ids, other->records.ids, ROWS * one->records.width * sizeof *one->records.ids);
    assert_int_equal(one->edges.count, other->edges.count);
    for (size_t i = 0; i < one->edges.count; i++)
        assert_true(one->edges.items[i].a == other->edges.items[i].a &&
                    one->edges.items[i].b == other->edges.items[i].b);
    assert_int_equal(one->clusters.count, other->clusters.count);
    assert_true(one->clusters.count < ROWS - 1000);
    assert_memory_equal(one->clusters.cluster, other->clusters.cluster, ROWS * sizeof *one->clusters.cluster);
}

/* Put aside from the beginning, or at any question; nothing that was read before points to what is gone. */
static void what_is_on_disk_links_as_before(void **state)
{
    struct linkage free_one, linkage;
    struct kept all, kept;
    struct error err;
    (void)state;

    make_kept(&all, 0);
    assert_int_equal(link_people(&free_one, &all, NULL, 2, &err), 0);
    for (size_t aside = 0; aside < 5; aside++) {
        struct giver giver = {{give, &giver}, &kept, 0, aside, 0, 0, 0, 0};
        make_kept(&kept, aside ? (size_t)1 << 30 : 100000);
        assert_int_equal(link_people(&linkage, &kept, &giver.room, 1 + aside % 3, &err), 0);
        assert_non_null(kept.file);
        assert_same(&free_one, &linkage);
        /* what was said at first was not too little, and not much too much */
        assert_true(giver.needed >= giver.most && giver.needed < 3 * giver.most);
        linkage_fini(&linkage);
        kept_fini(&kept);
    }
    linkage_fini(&free_one);
    kept_fini(&all);
}

static void a_refusal_ends_it(void **state)
{
    struct linkage linkage;
    struct kept kept;
    struct error err;
    size_t refused = 0;
    (void)state;

    make_kept(&kept, 0);
    for (;;) {
        struct giver giver = {{give, &giver}, &kept, 0, 0, ++refused, 0, 0, 0};
        int failed = link_people(&linkage, &kept, &giver.room, 2, &err);
        linkage_fini(&linkage);
        if (!failed) {
            assert_int_equal(giver.asked, refused - 1);
            break;
        }
        assert_int_equal(err.status, STATUS_SYSTEM);
        assert_string_equal(err.text, "no room");
    }
    assert_in_range(refused, 4, 100); /* two in filling, one in blocking, some in scoring */
    kept_fini(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_on_disk_links_as_before),
        cmocka_unit_test(a_refusal_ends_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
