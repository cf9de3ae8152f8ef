/* Blocking: the keys of rows, the pairs of an index held against all pairs there are, what is said of blocks that are
 * too large, and the choice of rules. */
#include "link_people.h"

#include <math.h>

#define ROWS 90
#define KEYS 8

enum { LAST, BORN, PHONE, NOTE, CODE, FIELDS };

static const struct people_field fields[FIELDS] = {
    [LAST] = {"last_name", LINK_LAST_NAME, 1}, [BORN] = {"born", LINK_DATE, 1},
    [PHONE] = {"phone", LINK_PHONE, 2},        [NOTE] = {"note", LINK_TEXT, 1},
    [CODE] = {"code", LINK_POSTAL_CODE, 1},
};

/* A column each; small letters, so that nothing is folded. */
struct raw {
    char last[16], born[16], phone[2][16], note[64], code[16];
};

static void make_raw(struct raw *raw, size_t count, uint64_t seed)
{
    static const char *const lasts[] = {"", "smith", "jones", "miller", "li", "ng", "smithson"};
    static const char *const words[] = {"red", "blue", "green", "gold", "grey", "lone", "pink"};

    memset(raw, 0, count * sizeof *raw);
    for (size_t i = 0; i < count; i++) {
        strcpy(raw[i].last, lasts[people_draw(&seed, COUNT_OF(lasts))]);
        if (people_draw(&seed, 5))
            sprintf(raw[i].born, "198%zu-0%zu-12", people_draw(&seed, 3), 1 + people_draw(&seed, 2));
        for (size_t s = 0; s < 2; s++)
            if (people_draw(&seed, 3))
                sprintf(raw[i].phone[s], "55%zu0%zu", people_draw(&seed, 2), people_draw(&seed, 5));
        for (size_t w = people_draw(&seed, 4); w > 0; w--)
            sprintf(raw[i].note + strlen(raw[i].note), "%s%s", raw[i].note[0] ? " " : "",
                    words[people_draw(&seed, people_draw(&seed, 2) ? 3 : COUNT_OF(words))]);
        sprintf(raw[i].code, "10%zu%zu5", people_draw(&seed, 2), people_draw(&seed, 3));
    }
}

static void fill_raw(struct people *people, const struct raw *raw, size_t count, enum link_mode mode, size_t split,
                     size_t threads)
{
    people_begin(people, fields, FIELDS);
    for (size_t i = 0; i < count; i++) {
        char line[256];

        snprintf(line, sizeof line, "%s|%s|%s|%s|%s|%s", raw[i].last, raw[i].born, raw[i].phone[0], raw[i].phone[1],
                 raw[i].note, raw[i].code);
        people_add(people, line);
    }
    assert_int_equal(people_fill(people, mode, split, threads), 0);
}

/* What the keys of a row are by the words of link_block.h. */
struct texts {
    char text[KEYS][64];
    size_t count;
};

static void add_text(struct texts *texts, const char *text, size_t begin, size_t length)
{
    char key[64];

    if (strlen(text) < begin + length || (length == 0 && !text[begin]))
        return;
    snprintf(key, sizeof key, "%.*s", length ? (int)length : 60, text + begin);
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->text[i], key) == 0)
            return;
    strcpy(texts->text[texts->count++], key);
}

static size_t records_with(const struct raw *raw, size_t count, const char *word)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        for (const char *at = raw[i].note; (at = strstr(at, word)); at += strlen(word))
            found++;
    return found;
}

/* The rarest words of a note that are not in it alone; of equals, the one seen first in the list. */
static void add_words(struct texts *texts, const struct raw *raw, size_t count, size_t row, size_t wanted)
{
    char order[16][8] = {{0}}, note[64], *rest = NULL;
    size_t known = 0;

    for (size_t i = 0; i < count; i++) {
        strcpy(note, raw[i].note);
        for (char *word = strtok_r(note, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
            size_t k = 0;
            while (k < known && strcmp(order[k], word) != 0)
                k++;
            if (k == known)
                strcpy(order[known++], word);
        }
    }
    for (size_t taken = 0; taken < wanted; taken++) {
        const char *best = NULL;

        for (size_t k = 0; k < known; k++) {
            bool has = strstr(raw[row].note, order[k]) && records_with(raw, count, order[k]) > 1;
            for (size_t i = 0; i < texts->count; i++)
                has = has && strcmp(texts->text[i], order[k]) != 0;
            if (has && (!best || records_with(raw, count, order[k]) < records_with(raw, count, best)))
                best = order[k];
        }
        if (best)
            add_text(texts, best, 0, 0);
    }
}

static struct texts key_texts(const struct link_key *key, const struct raw *raw, size_t count, size_t row)
{
    const struct raw *own = &raw[row];
    struct texts texts = {.count = 0};

    switch (key->field) {
    case LAST:
        add_text(&texts, own->last, 0, key->part == LINK_PART_START ? key->length : 0);
        break;
    case BORN:
        if (key->part == LINK_PART_YEAR)
            add_text(&texts, own->born, 0, 4);
        else
            add_text(&texts, own->born, key->part == LINK_PART_DAY ? 5 : 0, 0);
        break;
    case PHONE:
        for (size_t s = 0; s < 2; s++)
            if (own->phone[s][0])
                add_text(&texts, own->phone[s], key->part == LINK_PART_END ? strlen(own->phone[s]) - key->length : 0,
                         0);
        break;
    case NOTE:
        add_words(&texts, raw, count, row, key->length);
        break;
    default:
        add_text(&texts, own->code, 0, key->part == LINK_PART_DISTRICT ? 3 : 0);
        break;
    }
    return texts;
}

static struct texts rule_texts(const struct link_rule *rule, const struct raw *raw, size_t count, size_t row)
{
    struct texts all = {.count = 1};

    for (size_t k = 0; k < rule->count; k++) {
        const struct texts more = key_texts(&rule->keys[k], raw, count, row);
        struct texts both = {.count = 0};

        for (size_t i = 0; i < all.count; i++)
            for (size_t m = 0; m < more.count; m++) {
                char key[136];
                snprintf(key, sizeof key, "%s/%s", all.text[i], more.text[m]);
                add_text(&both, key, 0, 0);
            }
        all = both;
    }
    return all;
}

static bool share_text(const struct texts *a, const struct texts *b)
{
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < b->count; k++)
            if (strcmp(a->text[i], b->text[k]) == 0)
                return true;
    return false;
}

/* How often each pair was handed out. */
struct seen {
    unsigned char times[ROWS][ROWS];
    size_t pairs;
};

static int see(void *context, const struct link_pair *pairs, size_t count)
{
    struct seen *seen = context;

    for (size_t i = 0; i < count; i++) {
        assert_true(pairs[i].a < pairs[i].b && pairs[i].b < ROWS);
        seen->times[pairs[i].a][pairs[i].b]++;
        seen->pairs++;
    }
    return 0;
}

static void see_all(const struct link_index *index, struct seen *seen)
{
    memset(seen, 0, sizeof *seen);
    for (size_t c = 0; c < index->chunk_count; c++)
        assert_int_equal(link_index_visit(index, c, see, seen), 0);
}

static bool may_pair(enum link_mode mode, size_t split, size_t a, size_t b)
{
    const int first = (a < split) + (b < split);

    return mode == LINK_WITHIN || (mode == LINK_ACROSS ? first == 1 : first < 2);
}

#define RULE(...)                                                                         \
    {                                                                                     \
        {__VA_ARGS__}, sizeof((struct link_key[]){__VA_ARGS__}) / sizeof(struct link_key) \
    }

static const struct link_rule rules[] = {
    RULE({LAST, LINK_PART_ALL, 0}, {BORN, LINK_PART_ALL, 0}),
    RULE({PHONE, LINK_PART_ALL, 0}),
    RULE({NOTE, LINK_PART_WORD, 2}, {BORN, LINK_PART_YEAR, 0}),
    RULE({LAST, LINK_PART_START, 3}, {CODE, LINK_PART_DISTRICT, 0}, {BORN, LINK_PART_DAY, 0}),
    RULE({PHONE, LINK_PART_END, 3}, {NOTE, LINK_PART_WORD, 1}),
    RULE({CODE, LINK_PART_ALL, 0}, {LAST, LINK_PART_ALL, 0}),
};

/* What an index of these rows must hold, by looking at each pair. */
static void expect_pairs(const struct raw *raw, enum link_mode mode, size_t split, const struct link_rule *of,
                         size_t count, bool expected[ROWS][ROWS])
{
    static struct texts texts[ROWS];

    memset(expected, 0, ROWS * sizeof *expected);
    for (size_t r = 0; r < count; r++) {
        for (size_t i = 0; i < ROWS; i++)
            texts[i] = rule_texts(&of[r], raw, ROWS, i);
        for (size_t a = 0; a < ROWS; a++)
            for (size_t b = a + 1; b < ROWS; b++)
                if (may_pair(mode, split, a, b) && share_text(&texts[a], &texts[b]))
                    expected[a][b] = true;
    }
}

static void each_pair_is_found_once(void **state)
{
    static struct raw raw[ROWS];
    static struct seen seen;
    static bool expected[ROWS][ROWS];
    static const size_t splits[] = {0, 30, 30};
    (void)state;

    for (uint64_t seed = 1; seed <= 12; seed++) {
        make_raw(raw, ROWS, seed);
        for (int mode = LINK_WITHIN; mode <= LINK_AGAINST; mode++) {
            const size_t split = splits[mode], first = seed % 4, count = COUNT_OF(rules) - first;
            struct people people;
            struct link_index index;

            fill_raw(&people, raw, ROWS, (enum link_mode)mode, split, 2);
            assert_int_equal(
                link_index_build(&index, &people.records, rules + first, count, 1000, 1 + seed % 3, &people.err), 0);
            see_all(&index, &seen);
            expect_pairs(raw, (enum link_mode)mode, split, rules + first, count, expected);
            for (uint32_t a = 0; a < ROWS; a++)
                for (uint32_t b = 0; b < ROWS; b++) {
                    const bool wanted = expected[a < b ? a : b][a < b ? b : a];

                    assert_int_equal(seen.times[a][b], a < b && wanted);
                    assert_int_equal(link_index_has(&index, a, b), wanted);
                }
            assert_true(seen.pairs > 50);
            link_index_fini(&index);
            people_end(&people);
        }
    }
}

/* Of one rule: what is in its blocks, those that are too large counted apart. */
struct account {
    double pairs, of_large;
    size_t largest, large, large_rows;
};

static void take_account(const struct raw *raw, enum link_mode mode, size_t split, const struct link_rule *rule,
                         size_t max_block, struct account *account)
{
    static struct texts texts[ROWS];

    memset(account, 0, sizeof *account);
    for (size_t i = 0; i < ROWS; i++)
        texts[i] = rule_texts(rule, raw, ROWS, i);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t k = 0; k < texts[i].count; k++) {
            size_t size = 0, pairs = 0, rows[ROWS];
            struct texts key = {.count = 1};

            strcpy(key.text[0], texts[i].text[k]);
            for (size_t j = 0; j < ROWS; j++)
                if (share_text(&key, &texts[j]))
                    rows[size++] = j;
            for (size_t a = 0; a < size; a++)
                for (size_t b = a + 1; b < size; b++)
                    pairs += may_pair(mode, split, rows[a], rows[b]);
            if (rows[0] != i || pairs == 0)
                continue;
            account->pairs += (double)pairs;
            if (size > max_block) {
                account->of_large += (double)pairs;
                account->large++;
                account->large_rows += size;
            } else if (size > account->largest) {
                account->largest = size;
            }
        }
}

static void large_blocks_are_cut_and_counted(void **state)
{
    static struct raw raw[ROWS];
    static struct seen seen;
    static bool expected[ROWS][ROWS];
    (void)state;

    for (uint64_t seed = 1; seed <= 6; seed++)
        for (int mode = LINK_WITHIN; mode <= LINK_AGAINST; mode++)
            for (size_t max_block = 2; max_block <= 14; max_block += 4) {
                const size_t split = mode == LINK_WITHIN ? 0 : 40;
                size_t cut = 0;
                struct people people;
                struct link_index index;

                make_raw(raw, ROWS, seed + 100);
                fill_raw(&people, raw, ROWS, (enum link_mode)mode, split, 1);
                assert_int_equal(
                    link_index_build(&index, &people.records, rules, COUNT_OF(rules), max_block, 2, &people.err), 0);
                for (size_t r = 0; r < index.count; r++) {
                    const struct link_blocks *blocks = &index.blocks[r];
                    struct account account;

                    take_account(raw, (enum link_mode)mode, split, &rules[r], max_block, &account);
                    assert_true(fabs((double)blocks->pairs + blocks->lost_pairs - account.pairs) < 0.5);
                    assert_true(blocks->lost_pairs <= account.of_large);
                    assert_int_equal(blocks->cut_blocks, account.large);
                    assert_int_equal(blocks->cut_rows, account.large_rows);
                    assert_true(blocks->largest >= account.largest && blocks->largest <= max_block);
                    cut += blocks->cut_blocks;
                    for (size_t b = 0; b < blocks->count; b++) {
                        const size_t size = blocks->starts[b + 1] - blocks->starts[b];
                        assert_true(size >= 2 && size <= max_block);
                    }
                }
                assert_true(cut > 0);
                see_all(&index, &seen);
                expect_pairs(raw, (enum link_mode)mode, split, rules, COUNT_OF(rules), expected);
                for (uint32_t a = 0; a < ROWS; a++)
                    for (uint32_t b = a + 1; b < ROWS; b++) {
                        assert_true(seen.times[a][b] <= expected[a][b]);
                        assert_int_equal(seen.times[a][b], link_index_has(&index, a, b));
                    }
                link_index_fini(&index);
                people_end(&people);
            }
}

/* A large block is cut so that rows that are alike stay together: here each name has its own neighbourhood. */
static void neighbours_stay_together(void **state)
{
    static const char *const lasts[] = {"adams", "baker", "clark", "davis"};
    static const struct link_rule by_code = RULE({CODE, LINK_PART_ALL, 0});
    struct raw raw[40] = {0};
    struct people people;
    struct link_index index;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(raw); i++) {
        strcpy(raw[i].last, lasts[i % 4]);
        strcpy(raw[i].code, "10115");
    }
    fill_raw(&people, raw, COUNT_OF(raw), LINK_WITHIN, 0, 1);
    assert_int_equal(link_index_build(&index, &people.records, &by_code, 1, 10, 1, &people.err), 0);
    assert_int_equal(index.blocks[0].cut_blocks, 1);
    assert_int_equal(index.blocks[0].cut_rows, 40);
    assert_int_equal(index.blocks[0].pairs, 4 * 45);
    assert_true(fabs(index.blocks[0].lost_pairs - (780 - 180)) < 0.5);
    for (uint32_t a = 0; a < 40; a++)
        for (uint32_t b = a + 1; b < 40; b++)
            assert_int_equal(link_index_has(&index, a, b), a % 4 == b % 4);
    link_index_fini(&index);
    people_end(&people);
}

static bool same_key(const struct link_records *records, const struct link_rule *rule, size_t a, size_t b)
{
    uint64_t keys_a[LINK_RULE_WIDTH], keys_b[LINK_RULE_WIDTH];
    const size_t count_a = link_rule_keys(rule, records, a, keys_a);
    const size_t count_b = link_rule_keys(rule, records, b, keys_b);
    bool same = false;

    for (size_t i = 0; i < count_a; i++)
        for (size_t k = 0; k < count_b; k++)
            same = same || keys_a[i] == keys_b[k];
    return same;
}

static void parts_of_values(void **state)
{
    static const struct people_field columns[] = {
        {"first", LINK_FIRST_NAME, 1}, {"last", LINK_LAST_NAME, 1},    {"email", LINK_EMAIL, 1},
        {"street", LINK_STREET, 1},    {"code", LINK_POSTAL_CODE, 1},  {"born", LINK_DATE, 1},
        {"company", LINK_COMPANY, 1},  {"number", LINK_IDENTIFIER, 1},
    };
    static const char *const rows[] = {
        "Anna|Smith|anna@acme.com|5 High St|SW1A 1AA|1985-03-12|Acme Tools|x1",
        "Smith|Anna|anna@bolt.de|5 Low Rd|SW1A 2BB|1990-03-12|Acme Parts|",
        "Bob|Smyth|bob@acme.com|High St|10115|1985-11-30||12",
        "|||||unknown||",
    };
    static const struct {
        struct link_rule rule;
        bool agree[3]; /* of rows 0 and 1, 0 and 2, 1 and 2 */
    } cases[] = {
        {RULE({0, LINK_PART_ALL, 0}), {false, false, false}},
        {RULE({0, LINK_PART_ALL, 0}, {1, LINK_PART_ALL, 0}), {true, false, false}}, /* exchanged */
        {RULE({1, LINK_PART_SOUND, 0}), {false, true, false}},
        {RULE({1, LINK_PART_START, 2}), {false, true, false}},
        {RULE({2, LINK_PART_USER, 0}), {true, false, false}},
        {RULE({3, LINK_PART_NUMBER, 0}), {true, false, false}},
        {RULE({3, LINK_PART_WORD, 2}), {false, true, false}},
        {RULE({4, LINK_PART_DISTRICT, 0}), {true, false, false}},
        {RULE({5, LINK_PART_YEAR, 0}), {false, true, false}},
        {RULE({5, LINK_PART_DAY, 0}), {true, false, false}},
        {RULE({6, LINK_PART_WORD, 1}), {true, false, false}},
        {RULE({7, LINK_PART_START, 3}), {false, false, false}},
        {RULE({7, LINK_PART_START, 1}), {false, false, false}},
    };
    struct people people;
    uint64_t keys[LINK_RULE_WIDTH];
    (void)state;

    people_make(&people, columns, COUNT_OF(columns), rows, COUNT_OF(rows));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct link_rule *rule = &cases[i].rule;

        for (size_t k = 0; k < rule->count; k++)
            assert_true(link_part_fits(columns[rule->keys[k].field].kind, (enum link_part)rule->keys[k].part));
        if (same_key(&people.records, rule, 0, 1) != cases[i].agree[0] ||
            same_key(&people.records, rule, 0, 2) != cases[i].agree[1] ||
            same_key(&people.records, rule, 1, 2) != cases[i].agree[2])
            fail_msg("rule %zu", i);
        assert_int_equal(link_rule_keys(rule, &people.records, 3, keys), 0); /* nothing is no key */
    }
    assert_false(link_part_fits(LINK_PHONE, LINK_PART_SOUND));
    assert_false(link_part_fits(LINK_EMAIL, LINK_PART_WORD));
    assert_false(link_part_fits(LINK_TEXT, LINK_PART_NUMBER));
    assert_true(link_part_fits(LINK_NUMBER, LINK_PART_ALL));
    people_end(&people);
}

/* Four columns and four more would be 16 keys: LINK_RULE_WIDTH of them are kept, all different, in their places. */
static void rows_of_many_keys(void **state)
{
    static const struct people_field columns[] = {{"phone", LINK_PHONE, 4}, {"mail", LINK_EMAIL, 4}};
    static const char *const rows[] = {"111|222|333|444|a@x|b@x|c@x|d@x", "111|111|111|111|a@x|A@X|a@x|a@x",
                                       "444|333|222|111|d@x|c@x|b@x|a@x"};
    static const struct link_rule both = RULE({0, LINK_PART_ALL, 0}, {1, LINK_PART_ALL, 0});
    static const struct link_rule one = RULE({0, LINK_PART_ALL, 0});
    struct people people;
    struct link_index index;
    uint64_t keys[LINK_RULE_WIDTH];
    (void)state;

    people_make(&people, columns, COUNT_OF(columns), rows, COUNT_OF(rows));
    assert_int_equal(link_rule_keys(&both, &people.records, 0, keys), LINK_RULE_WIDTH);
    for (size_t i = 0; i < LINK_RULE_WIDTH; i++)
        for (size_t k = 0; k < i; k++)
            assert_true(keys[i] != keys[k]);
    assert_int_equal(link_rule_keys(&both, &people.records, 1, keys), 1);
    assert_int_equal(link_rule_keys(&one, &people.records, 2, keys), 4);
    assert_int_equal(link_index_build(&index, &people.records, &both, 1, 10, 1, &people.err), 0);
    assert_true(link_index_has(&index, 0, 1));
    link_index_fini(&index);
    people_end(&people);
}

static void nothing_to_block(void **state)
{
    static struct raw raw[2];
    struct people people;
    struct link_index index;
    struct link_choice choice;
    (void)state;

    make_raw(raw, 2, 3);
    for (size_t count = 0; count <= 2; count++) {
        fill_raw(&people, raw, count, LINK_WITHIN, 0, 1);
        assert_int_equal(link_index_build(&index, &people.records, rules, COUNT_OF(rules), 1000, 2, &people.err), 0);
        assert_true(index.chunk_count == 0 || count == 2);
        link_index_fini(&index);
        assert_int_equal(link_index_build(&index, &people.records, rules, 0, 1000, 1, &people.err), 0);
        assert_int_equal(index.chunk_count, 0);
        if (count == 2)
            assert_false(link_index_has(&index, 0, 1));
        link_index_fini(&index);
        assert_int_equal(link_block_choose(&people.records, 1000, 2, &choice, &people.err), 0);
        assert_true(choice.count <= LINK_RULES && choice.expected >= 0 && choice.expected <= 1);
        people_end(&people);
    }
}

static int stop(void *context, const struct link_pair *pairs, size_t count)
{
    (void)pairs;
    (void)count;
    ++*(int *)context;
    return -1;
}

static void a_visit_can_be_stopped(void **state)
{
    static struct raw raw[ROWS];
    struct people people;
    struct link_index index;
    int calls = 0;
    (void)state;

    make_raw(raw, ROWS, 1);
    fill_raw(&people, raw, ROWS, LINK_WITHIN, 0, 1);
    assert_int_equal(link_index_build(&index, &people.records, rules, COUNT_OF(rules), 1000, 1, &people.err), 0);
    assert_int_equal(link_index_visit(&index, 1, stop, &calls), -1);
    assert_int_equal(calls, 1);
    link_index_fini(&index);
    people_end(&people);
}

/* Blocks of more pairs than a job has: all are visited, by however many jobs. */
static void many_pairs_are_many_jobs(void **state)
{
    static const struct people_field columns[] = {{"city", LINK_PLACE, 1}};
    static const struct link_rule by_city = RULE({0, LINK_PART_ALL, 0});
    const size_t rows = 3000, cities = 7;
    struct people people;
    struct link_index index;
    size_t expected = 0;
    (void)state;

    people_begin(&people, columns, 1);
    for (size_t i = 0; i < rows; i++)
        people_add(&people, (const char *const[]){"a", "b", "c", "d", "e", "f", "g"}[i % cities]);
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    assert_int_equal(link_index_build(&index, &people.records, &by_city, 1, rows, 1, &people.err), 0);
    for (size_t c = 0; c < cities; c++) {
        const size_t size = rows / cities + (c < rows % cities);
        expected += size * (size - 1) / 2;
    }
    assert_int_equal(index.blocks[0].pairs, expected);
    assert_true(index.chunk_count > 3);
    assert_int_equal(index.chunks[1], 0);
    for (size_t c = 1; c < index.chunk_count; c++)
        assert_true(index.chunks[2 * c + 1] > index.chunks[2 * c - 1]);
    link_index_fini(&index);
    people_end(&people);
}

/* More pairs than 32 bits count: 100,000 * 99,999 / 2. */
static void a_huge_block(void **state)
{
    static const struct people_field columns[] = {{"country", LINK_CATEGORY, 1}};
    static const struct link_rule by_country = RULE({0, LINK_PART_ALL, 0});
    struct people people;
    struct link_index index;
    (void)state;

    people_begin(&people, columns, 1);
    for (int i = 0; i < 100000; i++)
        people_add(&people, "x");
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    assert_int_equal(link_index_build(&index, &people.records, &by_country, 1, 100000, 1, &people.err), 0);
    assert_true(index.blocks[0].pairs == 4999950000);
    assert_int_equal(index.blocks[0].largest, 100000);
    assert_int_equal(index.chunk_count, 1);
    link_index_fini(&index);
    assert_int_equal(link_index_build(&index, &people.records, &by_country, 1, 1000, 1, &people.err), 0);
    assert_true(index.blocks[0].pairs == 100 * 499500);
    assert_true(fabs(index.blocks[0].lost_pairs - (4999950000.0 - 49950000)) < 0.5);
    link_index_fini(&index);
    people_end(&people);
}

static void threads_make_no_difference(void **state)
{
    static struct raw raw[ROWS];
    struct people people;
    struct link_index one, more;
    (void)state;

    make_raw(raw, ROWS, 9);
    fill_raw(&people, raw, ROWS, LINK_AGAINST, 50, 1);
    for (size_t max_block = 6; max_block <= 100; max_block += 94)
        for (size_t threads = 2; threads <= 4; threads += 2) {
            assert_int_equal(link_index_build(&one, &people.records, rules, COUNT_OF(rules), max_block, 1, &people.err),
                             0);
            assert_int_equal(
                link_index_build(&more, &people.records, rules, COUNT_OF(rules), max_block, threads, &people.err), 0);
            assert_memory_equal(one.keys, more.keys, ROWS * one.width * sizeof *one.keys);
            assert_int_equal(one.chunk_count, more.chunk_count);
            assert_memory_equal(one.chunks, more.chunks, 2 * one.chunk_count * sizeof *one.chunks);
            for (size_t r = 0; r < one.count; r++)
                assert_memory_equal(one.blocks[r].rows, more.blocks[r].rows,
                                    one.blocks[r].starts[one.blocks[r].count] * sizeof *one.blocks[r].rows);
            link_index_fini(&one);
            link_index_fini(&more);
        }
    people_end(&people);
}

/* Rules are chosen by the same thoughts each time; with all rows seen and no words the pairs are counted, not guessed.
 */
static void the_choice_of_rules(void **state)
{
    static const struct people_field columns[] = {{"first", LINK_FIRST_NAME, 1},
                                                  {"last", LINK_LAST_NAME, 1},
                                                  {"born", LINK_DATE, 1},
                                                  {"code", LINK_POSTAL_CODE, 1}};
    struct people people;
    struct link_choice choice, again;
    struct link_index index;
    uint64_t seed = 77;
    double pairs = 0;
    (void)state;

    people_begin(&people, columns, COUNT_OF(columns));
    for (int i = 0; i < 2000; i++) {
        char row[100];
        snprintf(row, sizeof row, "n%c%c|l%c%c%c|19%02zu-%02zu-%02zu|%05zu", (int)('a' + people_draw(&seed, 9)),
                 (int)('a' + people_draw(&seed, 9)), (int)('a' + people_draw(&seed, 12)),
                 (int)('a' + people_draw(&seed, 12)), (int)('a' + people_draw(&seed, 3)), 40 + people_draw(&seed, 60),
                 1 + people_draw(&seed, 12), 1 + people_draw(&seed, 28), 10000 + people_draw(&seed, 300));
        people_add(&people, row);
    }
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    assert_int_equal(link_block_choose(&people.records, 60000, 2, &choice, &people.err), 0);
    assert_int_equal(link_block_choose(&people.records, 60000, 2, &again, &people.err), 0);
    assert_int_equal(choice.count, again.count);
    assert_memory_equal(choice.rules, again.rules, sizeof choice.rules);
    assert_true(choice.count >= 2 && choice.expected > 0.9 && choice.expected <= 1 && choice.pairs <= 60000);
    for (size_t r = 0; r < choice.count; r++) {
        assert_true(choice.rules[r].count >= 1 && choice.rules[r].count <= LINK_RULE_KEYS);
        for (size_t k = 0; k < choice.rules[r].count; k++) {
            const struct link_key *key = &choice.rules[r].keys[k];
            assert_true(key->field < COUNT_OF(columns) &&
                        link_part_fits(columns[key->field].kind, (enum link_part)key->part));
        }
    }
    assert_int_equal(link_index_build(&index, &people.records, choice.rules, choice.count, 2000, 1, &people.err), 0);
    for (size_t r = 0; r < index.count; r++)
        pairs += (double)index.blocks[r].pairs;
    assert_true(fabs(choice.pairs - pairs) <= 0.01 * 2000 * (double)choice.count + 0.5);
    link_index_fini(&index);

    /* less may be spent, less is found */
    assert_int_equal(link_block_choose(&people.records, 300, 2, &again, &people.err), 0);
    assert_true(again.pairs <= 300 && again.expected < choice.expected);
    assert_int_equal(link_block_choose(&people.records, 0, 2, &again, &people.err), 0);
    assert_int_equal(again.count, 0);
    people_end(&people);
}

#if PEOPLE_FAULTS
static int build_and_choose(void *context, struct error *err)
{
    const struct people *people = context;
    struct link_index index;
    struct link_choice choice;
    int failed = link_index_build(&index, &people->records, rules, COUNT_OF(rules), 8, 1, err);

    link_index_fini(&index);
    return failed || link_block_choose(&people->records, 5000, 1, &choice, err) ? -1 : 0;
}

static int fill_records(void *context, struct error *err)
{
    struct people *people = context;
    const int failed = people_fill(people, LINK_AGAINST, 10, 1);

    *err = people->err;
    link_records_fini(&people->records);
    return failed;
}
#endif

static void failed_allocations(void **state)
{
    (void)state;
#if PEOPLE_FAULTS
    static struct raw raw[ROWS];
    struct people people;

    make_raw(raw, ROWS, 4);
    fill_raw(&people, raw, ROWS, LINK_WITHIN, 0, 1);
    assert_true(faults_each(build_and_choose, &people) > 30);
    link_records_fini(&people.records);
    assert_true(faults_each(fill_records, &people) > 20);
    people_end(&people);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_pair_is_found_once),
        cmocka_unit_test(large_blocks_are_cut_and_counted),
        cmocka_unit_test(neighbours_stay_together),
        cmocka_unit_test(parts_of_values),
        cmocka_unit_test(rows_of_many_keys),
        cmocka_unit_test(nothing_to_block),
        cmocka_unit_test(a_visit_can_be_stopped),
        cmocka_unit_test(many_pairs_are_many_jobs),
        cmocka_unit_test(a_huge_block),
        cmocka_unit_test(threads_make_no_difference),
        cmocka_unit_test(the_choice_of_rules),
        cmocka_unit_test(failed_allocations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
