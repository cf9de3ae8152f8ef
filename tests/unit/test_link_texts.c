/* Texts by number: held against a walk along all of them, at every size of the table up to some growths. */
#include "link_people.h"

#include "analysis/link_texts.h"

struct item {
    struct slice text;
    int other; /* so that items are larger than texts */
};

#define MOST 5000

static void numbers_are_given_in_the_order_of_first_appearance(void **state)
{
    static struct item items[MOST];
    static char words[MOST][8];
    struct link_texts texts;
    uint64_t seed = 11;
    (void)state;

    link_texts_init(&texts);
    for (size_t i = 0; i < 3 * (size_t)MOST; i++) {
        char word[8];
        const struct slice text = {word, (size_t)snprintf(word, sizeof word, "%u", (unsigned)people_draw(&seed, MOST))};
        const uint64_t hash = group_hash(text);
        uint32_t number, expected = 0;
        bool added;

        link_texts_prefetch_slot(&texts, hash);
        link_texts_prefetch_item(&texts, hash, items, sizeof *items);
        link_texts_prefetch_text(&texts, hash, items, sizeof *items);
        while (expected < texts.count && !slice_equal(items[expected].text, text))
            expected++;
        const bool is_new = expected == texts.count;
        assert_int_equal(link_texts_get(&texts, text, hash, items, sizeof *items, &number, &added), 0);
        assert_int_equal(added, is_new);
        assert_int_equal(number, expected);
        if (added) {
            memcpy(words[number], word, sizeof word);
            items[number].text = (struct slice){words[number], text.len};
        }
        assert_int_equal(texts.count, expected + 1 > texts.count ? expected + 1 : texts.count);
    }
    assert_true(texts.count > 4000); /* the table has grown from 1024 slots to 8192 */
    link_texts_fini(&texts);
    assert_int_equal(texts.count, 0);
}

/* Room for more texts moves those that are there, and nothing else; for fewer it does nothing. */
static void room_at_once(void **state)
{
    static struct item items[300];
    static char words[300][8];
    struct link_texts texts;
    (void)state;

    link_texts_init(&texts);
    assert_int_equal(link_texts_reserve(&texts, 0), 0);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < COUNT_OF(items); i++) {
            const struct slice text = {words[i], (size_t)snprintf(words[i], sizeof *words, "%u", i)};
            uint32_t number;
            bool added;

            assert_int_equal(link_texts_get(&texts, text, group_hash(text), items, sizeof *items, &number, &added), 0);
            assert_int_equal(number, i);
            assert_int_equal(added, round == 0);
            items[i].text = text;
            if (i % 100 == 50) {
                assert_int_equal(link_texts_reserve(&texts, 1000 * (size_t)(i + 1)), 0);
                const size_t bytes = link_texts_bytes(&texts);
                assert_true(bytes >= 1000 * (size_t)(i + 1) * 3 / 2 * sizeof(uint64_t));
                assert_int_equal(link_texts_reserve(&texts, i), 0);
                assert_int_equal(link_texts_bytes(&texts), bytes);
            }
        }
    link_texts_fini(&texts);
}

/* Hashes that are all one: what tells texts apart is the texts. */
static void texts_of_one_hash(void **state)
{
    static struct item items[40];
    static char words[40][4];
    struct link_texts texts;
    (void)state;

    link_texts_init(&texts);
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < COUNT_OF(items); i++) {
            const struct slice text = {words[i], (size_t)snprintf(words[i], sizeof *words, "%u", i)};
            uint32_t number;
            bool added;

            assert_int_equal(link_texts_get(&texts, text, UINT64_MAX, items, sizeof *items, &number, &added), 0);
            assert_int_equal(number, i);
            assert_int_equal(added, round == 0);
            items[i].text = text;
        }
    link_texts_fini(&texts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_given_in_the_order_of_first_appearance),
        cmocka_unit_test(room_at_once),
        cmocka_unit_test(texts_of_one_hash),
    };

    return cmocka_run_group_tests_name("link_texts", tests, NULL, NULL);
}
