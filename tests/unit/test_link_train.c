/* Training: what is counted is held against counting by hand, and what is learned against the mixtures that pairs and
 * records were drawn from. */
#include "link_people.h"

#include <math.h>

static bool about(double found, double expected, double apart)
{
    return fabs(found - expected) <= apart;
}

/* Shares of levels of all pairs that may be one, those with a missing value left out; to which LINK_PRIOR_PAIRS are
 * added. The pairs they are added to are counted as if values were missing by chance. */
static void levels_of_all(const struct link_records *records, struct link_chance *all)
{
    struct link_comparer comparer;
    uint32_t agreed[LINK_FIELDS];
    struct error err;
    double pairs = 0;

    memset(all, 0, sizeof *all);
    assert_int_equal(link_comparer_init(&comparer, records, &err), 0);
    for (size_t a = 0; a < records->count; a++)
        for (size_t b = a + 1; b < records->count; b++) {
            if (!link_may_pair(records, a, b))
                continue;
            const link_pattern pattern = link_compare_rows(&comparer, a, b, agreed);
            for (size_t f = 0; f < records->field_count; f++)
                all->levels[f][link_pattern_level(pattern, f)]++;
            pairs++;
        }
    link_comparer_fini(&comparer);
    for (size_t f = 0; f < records->field_count; f++) {
        const double filled = (double)records->fields[f].filled / (double)records->count;
        const double count = pairs * filled * filled;
        double sum = 0, prior[LINK_LEVELS];

        link_prior_chance(records->fields[f].kind, prior);
        all->levels[f][0] = 0;
        for (size_t l = 1; l < LINK_LEVELS; l++)
            sum += all->levels[f][l];
        for (size_t l = 1; l < LINK_LEVELS; l++)
            all->levels[f][l] =
                (all->levels[f][l] / sum * count + LINK_PRIOR_PAIRS * prior[l]) / (count + LINK_PRIOR_PAIRS);
    }
}

static void what_is_known_before(void **state)
{
    (void)state;
    for (int kind = 0; kind < LINK_KINDS; kind++) {
        double prior[LINK_LEVELS], sum = 0;

        link_prior_chance((enum link_kind)kind, prior);
        for (size_t l = 1; l < LINK_LEVELS; l++) {
            assert_int_equal(prior[l] > 0, l < link_kind_levels((enum link_kind)kind));
            sum += prior[l];
        }
        assert_true(about(sum, 1, 1e-12) && prior[LINK_ELSE] >= 0.5);
    }
}

static const struct people_field few[] = {
    {"last", LINK_LAST_NAME, 1},
    {"born", LINK_DATE, 1},
    {"phone", LINK_PHONE, 2},
    {"gender", LINK_CATEGORY, 1},
};

static void make_few(struct people *people, size_t count, enum link_mode mode, size_t split, uint64_t seed)
{
    static const char *const lasts[] = {"Smith", "Smyth", "Jones", "Johns", "Miller", "Millar", "Li", ""};

    people_begin(people, few, COUNT_OF(few));
    for (size_t i = 0; i < count; i++) {
        char row[120];
        snprintf(row, sizeof row, "%s|%s19%02zu-0%zu-1%zu|555000%zu|%s555%zu77|%s",
                 lasts[people_draw(&seed, COUNT_OF(lasts))], people_draw(&seed, 4) ? "" : "none",
                 70 + people_draw(&seed, 5), 1 + people_draw(&seed, 3), people_draw(&seed, 3), people_draw(&seed, 40),
                 people_draw(&seed, 2) ? "" : "x", 10 + people_draw(&seed, 20), people_draw(&seed, 3) ? "f" : "m");
        people_add(people, row);
    }
    assert_int_equal(people_fill(people, mode, split, 1), 0);
}

/* Exact agreement is counted, other levels are drawn: 0.01 is five times the error of the smallest of these draws. */
static void chance_is_that_of_all_pairs(void **state)
{
    (void)state;
    for (int mode = LINK_WITHIN; mode <= LINK_AGAINST; mode++)
        for (size_t split = 100; split <= 200; split += 100) {
            struct people people;
            struct link_chance chance, again, all;

            make_few(&people, 300, (enum link_mode)mode, mode == LINK_WITHIN ? 0 : split, 5 + split);
            levels_of_all(&people.records, &all);
            assert_int_equal(link_chance_count(&chance, &people.records, 1, &people.err), 0);
            assert_int_equal(link_chance_count(&again, &people.records, 3, &people.err), 0);
            assert_memory_equal(&chance, &again, sizeof chance);
            for (size_t f = 0; f < COUNT_OF(few); f++) {
                const size_t levels = link_kind_levels(few[f].kind);
                double sum = 0;

                for (size_t l = 1; l < levels; l++) {
                    const double apart = l + 1 == levels && few[f].slots == 1 ? 2e-9 : 0.01;
                    if (!about(chance.levels[f][l], all.levels[f][l], apart))
                        fail_msg("mode %d, %s, %s: %g, not %g", mode, few[f].name,
                                 link_level_name(few[f].kind, (unsigned)l), chance.levels[f][l], all.levels[f][l]);
                    sum += chance.levels[f][l];
                }
                assert_true(about(sum, 1, 1e-8));
            }
            people_end(&people);
        }
}

/* A few new records against many: pairs that may be one are a thousandth of all, and still enough are drawn. */
static void chance_of_unequal_lists(void **state)
{
    (void)state;
    for (int mode = LINK_ACROSS; mode <= LINK_AGAINST; mode++)
        for (size_t split = 4; split <= 1996; split += 1992) {
            struct people people;
            struct link_chance chance, all;

            make_few(&people, 2000, (enum link_mode)mode, split, 5);
            levels_of_all(&people.records, &all);
            assert_int_equal(link_chance_count(&chance, &people.records, 1, &people.err), 0);
            for (size_t f = 0; f < COUNT_OF(few); f++)
                for (size_t l = 1; l < link_kind_levels(few[f].kind); l++)
                    if (!about(chance.levels[f][l], all.levels[f][l], 0.02))
                        fail_msg("mode %d, split %zu, %s, level %zu: %g, not %g", mode, split, few[f].name, l,
                                 chance.levels[f][l], all.levels[f][l]);
            people_end(&people);
        }
}

static void chance_of_few_records(void **state)
{
    (void)state;
    for (size_t count = 0; count <= 2; count++) {
        struct people people;
        struct link_chance chance;

        make_few(&people, count, LINK_WITHIN, 0, 1);
        assert_int_equal(link_chance_count(&chance, &people.records, 2, &people.err), 0);
        for (size_t f = 0; f < COUNT_OF(few); f++) {
            double sum = 0;
            for (size_t l = 1; l < link_kind_levels(few[f].kind); l++) {
                assert_true(chance.levels[f][l] >= 0 && chance.levels[f][l] <= 1);
                sum += chance.levels[f][l];
            }
            assert_true(about(sum, 1, 1e-8));
        }
        people_end(&people);
    }
}

/* Pairs of an index by pattern, in the plainest way. */
struct tally {
    struct link_comparer comparer;
    link_pattern patterns[512];
    double counts[512];
    size_t count;
};

static int tally_pairs(void *context, const struct link_pair *pairs, size_t count)
{
    struct tally *tally = context;
    uint32_t agreed[LINK_FIELDS];

    for (size_t i = 0; i < count; i++) {
        const link_pattern pattern = link_compare_rows(&tally->comparer, pairs[i].a, pairs[i].b, agreed);
        size_t k = 0;

        while (k < tally->count && tally->patterns[k] != pattern)
            k++;
        assert_true(k < COUNT_OF(tally->patterns));
        if (k == tally->count)
            tally->patterns[tally->count++] = pattern;
        tally->counts[k]++;
    }
    return 0;
}

static const struct link_rule by_gender = {{{3, LINK_PART_ALL, 0}}, 1};
static const struct link_rule by_phone_and_last = {{{2, LINK_PART_ALL, 0}, {0, LINK_PART_SOUND, 0}}, 2};

static void patterns_are_counted(void **state)
{
    const struct link_rule rules[] = {by_phone_and_last, by_gender};
    static struct tally tally;
    struct people people;
    struct link_index index;
    struct link_patterns patterns, again;
    (void)state;

    make_few(&people, 1200, LINK_WITHIN, 0, 3);
    assert_int_equal(link_index_build(&index, &people.records, rules, 2, 2000, 1, &people.err), 0);
    assert_int_equal(link_comparer_init(&tally.comparer, &people.records, &people.err), 0);
    for (size_t c = 0; c < index.chunk_count; c++)
        link_index_visit(&index, c, tally_pairs, &tally);
    assert_int_equal(link_patterns_count(&patterns, &index, 1e9, 1, &people.err), 0);
    assert_int_equal(patterns.count, tally.count);
    double sum = 0;
    for (size_t i = 0; i < patterns.count; i++) {
        size_t k = 0;
        while (k < tally.count && tally.patterns[k] != patterns.items[i].pattern)
            k++;
        assert_true(k < tally.count && about(patterns.items[i].count, tally.counts[k], 0.5));
        assert_true(i == 0 || patterns.items[i].pattern > patterns.items[i - 1].pattern);
        sum += patterns.items[i].count;
    }
    assert_true(about(patterns.pairs, sum, 0.5));
    for (size_t threads = 2; threads <= 4; threads += 2) {
        assert_int_equal(link_patterns_count(&again, &index, 1e9, threads, &people.err), 0);
        assert_int_equal(again.count, patterns.count);
        assert_memory_equal(again.items, patterns.items, patterns.count * sizeof *patterns.items);
        link_patterns_fini(&again);
    }
    link_comparer_fini(&tally.comparer);
    link_patterns_fini(&patterns);
    link_index_fini(&index);
    people_end(&people);
}

/* Where there are too many, some stand for all: the same for any number of threads, and about as many. */
static void patterns_of_a_part(void **state)
{
    static const struct people_field columns[] = {{"city", LINK_PLACE, 1}, {"gender", LINK_CATEGORY, 1}};
    static const struct link_rule by_city = {{{0, LINK_PART_ALL, 0}}, 1};
    struct people people;
    struct link_index index;
    struct link_patterns all, some, again;
    uint64_t seed = 1;
    (void)state;

    people_begin(&people, columns, 2);
    for (int i = 0; i < 5000; i++) {
        char row[40];
        snprintf(row, sizeof row, "c%zu|%s", people_draw(&seed, 30), people_draw(&seed, 3) ? "f" : "m");
        people_add(&people, row);
    }
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    assert_int_equal(link_index_build(&index, &people.records, &by_city, 1, 1000, 1, &people.err), 0);
    assert_int_equal(link_patterns_count(&all, &index, 1e9, 1, &people.err), 0);
    assert_int_equal(link_patterns_count(&some, &index, 150000, 1, &people.err), 0);
    assert_int_equal(link_patterns_count(&again, &index, 150000, 3, &people.err), 0);
    assert_true(about(all.pairs, (double)index.blocks[0].pairs, 0.5));
    assert_true(some.pairs > 0.6 * all.pairs && some.pairs < 1.6 * all.pairs);
    assert_int_equal(some.count, again.count);
    assert_memory_equal(some.items, again.items, some.count * sizeof *some.items);
    assert_int_equal(all.count, 2);
    assert_int_equal(some.count, 2);
    for (size_t i = 0; i < 2; i++)
        assert_true(about(some.items[i].count / some.pairs, all.items[i].count / all.pairs, 0.02));
    link_patterns_fini(&all);
    link_patterns_fini(&some);
    link_patterns_fini(&again);
    link_index_fini(&index);
    people_end(&people);
}

/* A mixture of classes of pairs: matches, families, the rest. */
struct mixture {
    const struct people_field *fields;
    size_t count;
    double rates[2];
    double m[LINK_FIELDS][LINK_LEVELS], family[LINK_FIELDS][LINK_LEVELS], u[LINK_FIELDS][LINK_LEVELS];
};

static void draw_shares(double *shares, size_t levels, double best, double worst, uint64_t *seed)
{
    double sum = 0;

    for (size_t l = 2; l + 1 < levels; l++)
        sum += shares[l] = 0.1 + people_share(seed);
    for (size_t l = 2; l + 1 < levels; l++)
        shares[l] *= (1 - best - worst) / sum;
    shares[levels - 1] = levels > 3 ? best : best + (1 - best - worst) / 2;
    shares[1] = 1;
    for (size_t l = 2; l < levels; l++)
        shares[1] -= shares[l];
}

/* The pairs there would be of each pattern, if as many of each were drawn as there should be. */
static void expected_patterns(const struct mixture *mixture, double all_pairs, struct link_patterns *patterns)
{
    size_t room = 1, levels[LINK_FIELDS];

    for (size_t f = 0; f < mixture->count; f++)
        room *= link_kind_levels(mixture->fields[f].kind) - 1;
    *patterns = (struct link_patterns){.items = calloc(room, sizeof *patterns->items), .pairs = all_pairs};
    assert_non_null(patterns->items);
    for (size_t i = 0; i < room; i++) {
        double match = mixture->rates[0], family = mixture->rates[1], rest = 1 - match - family;
        size_t digits = i;
        struct link_pattern_count *item = &patterns->items[patterns->count++];

        for (size_t f = 0; f < mixture->count; f++) {
            const size_t of = link_kind_levels(mixture->fields[f].kind) - 1;
            levels[f] = 1 + digits % of;
            digits /= of;
            match *= mixture->m[f][levels[f]];
            family *= mixture->family[f][levels[f]];
            rest *= mixture->u[f][levels[f]];
            item->pattern |= (link_pattern)levels[f] << (4 * f);
        }
        item->count = all_pairs * (match + family + rest);
    }
}

/* The probability of a pattern by the mixture itself, and by the model learned. */
static double true_probability(const struct mixture *mixture, link_pattern pattern)
{
    double match = mixture->rates[0], family = mixture->rates[1], rest = 1 - match - family;

    for (size_t f = 0; f < mixture->count; f++) {
        const unsigned level = link_pattern_level(pattern, f);

        match *= mixture->m[f][level];
        family *= mixture->family[f][level];
        rest *= mixture->u[f][level];
    }
    return match / (match + family + rest);
}

static double learned_probability(const struct link_model *model, link_pattern pattern)
{
    double match = 0, all = link_chance_rate(model);

    for (int c = 0; c < LINK_CLASSES; c++) {
        double weight = 0;

        for (size_t f = 0; f < model->count; f++)
            weight += link_weight(model, (enum link_class)c, f, link_pattern_level(pattern, f));
        all += model->rates[c] * exp2(weight);
        match += c < LINK_MATCHES ? model->rates[c] * exp2(weight) : 0;
    }
    return match / all;
}

struct lesson {
    struct link_model model;
    double wrong; /* the probabilities of all pairs, by how much they are wrong, as a share of the matches */
};

static bool same_numbers(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (a[i] < b[i] || a[i] > b[i] || isnan(a[i]) || isnan(b[i]))
            return false;
    return true;
}

static bool same_model(const struct link_model *a, const struct link_model *b)
{
    bool same = a->count == b->count && a->iterations == b->iterations && a->converged == b->converged &&
                same_numbers(a->rates, b->rates, LINK_CLASSES);

    for (size_t f = 0; same && f < a->count; f++) {
        same = same_numbers(a->fields[f].u, b->fields[f].u, LINK_LEVELS);
        for (int c = 0; same && c < LINK_CLASSES; c++)
            same = same_numbers(a->fields[f].levels[c], b->fields[f].levels[c], LINK_LEVELS);
    }
    return same;
}

static void train_on(const struct mixture *mixture, double all_pairs, struct lesson *lesson)
{
    struct people people;
    struct link_chance chance = {0};
    struct link_patterns patterns;

    for (size_t f = 0; f < mixture->count; f++)
        for (size_t l = 1; l < LINK_LEVELS; l++)
            chance.levels[f][l] = mixture->rates[0] * mixture->m[f][l] + mixture->rates[1] * mixture->family[f][l] +
                                  (1 - mixture->rates[0] - mixture->rates[1]) * mixture->u[f][l];
    people_begin(&people, mixture->fields, mixture->count);
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    expected_patterns(mixture, all_pairs, &patterns);
    assert_int_equal(link_model_init(&lesson->model, &people.records, &people.err), 0);
    struct link_model again;
    assert_int_equal(link_model_init(&again, &people.records, &people.err), 0);
    assert_int_equal(link_train(&lesson->model, &chance, &patterns, all_pairs, 1, &people.err), 0);
    assert_int_equal(link_train(&again, &chance, &patterns, all_pairs, 3, &people.err), 0);
    assert_true(same_model(&lesson->model, &again)); /* there are so many patterns that threads share them */
    link_model_fini(&again);
    lesson->wrong = 0;
    for (size_t i = 0; i < patterns.count; i++) {
        const struct link_pattern_count *item = &patterns.items[i];
        lesson->wrong += item->count * fabs(true_probability(mixture, item->pattern) -
                                            learned_probability(&lesson->model, item->pattern));
    }
    lesson->wrong /= all_pairs * mixture->rates[0];
    link_patterns_fini(&patterns);
    people_end(&people);
}

/* A share of matches: of both their classes together. */
static double learned_m(const struct link_model *model, size_t f, size_t level)
{
    return (model->rates[LINK_SAME] * model->fields[f].levels[LINK_SAME][level] +
            model->rates[LINK_MOVED] * model->fields[f].levels[LINK_MOVED][level]) /
           link_match_rate(model);
}

static void assert_learned(const struct mixture *mixture, const struct link_model *model, double m_apart,
                           double u_apart)
{
    for (size_t f = 0; f < mixture->count; f++)
        for (size_t l = 1; l < link_kind_levels(mixture->fields[f].kind); l++) {
            if (!about(learned_m(model, f, l), mixture->m[f][l], m_apart))
                fail_msg("m of %s, level %zu: %g, not %g", mixture->fields[f].name, l, learned_m(model, f, l),
                         mixture->m[f][l]);
            if (!about(model->fields[f].u[l], mixture->u[f][l], u_apart))
                fail_msg("u of %s, level %zu: %g, not %g", mixture->fields[f].name, l, model->fields[f].u[l],
                         mixture->u[f][l]);
        }
}

/* Matches and the rest. Of 20,000 matches among 20 million pairs the first values of m, that count as four, are a
 * trifle: m to 0.005, the rate to 1 %. */
static void a_mixture_of_matches_is_recovered(void **state)
{
    static const struct people_field kinds[] = {
        {"first", LINK_FIRST_NAME, 1}, {"born", LINK_DATE, 1}, {"id", LINK_IDENTIFIER, 1},
        {"value", LINK_NUMBER, 1},     {"note", LINK_TEXT, 1},
    };
    (void)state;

    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct mixture mixture = {.fields = kinds, .count = COUNT_OF(kinds), .rates = {0.001, 0}};
        struct lesson lesson;
        uint64_t draw = seed;

        for (size_t f = 0; f < COUNT_OF(kinds); f++) {
            const size_t levels = link_kind_levels(kinds[f].kind);
            draw_shares(mixture.m[f], levels, 0.6 + 0.3 * people_share(&draw), 0.02 + 0.08 * people_share(&draw),
                        &draw);
            draw_shares(mixture.u[f], levels, 0.005 + 0.03 * people_share(&draw), 0.8 + 0.1 * people_share(&draw),
                        &draw);
        }
        train_on(&mixture, 2e7, &lesson);
        assert_true(lesson.model.converged);
        assert_true(about(link_match_rate(&lesson.model), 0.001, 1e-5));
        assert_learned(&mixture, &lesson.model, 0.005, 0.001);
        if (lesson.wrong > 0.01)
            fail_msg("probabilities are wrong by %g", lesson.wrong);
        link_model_fini(&lesson.model);
    }
}

/* Families as well, three times as many pairs as matches. Which of the classes of related pairs they are put into
 * cannot be told from these fields; that they are not taken for matches can. */
static void a_mixture_with_families_is_recovered(void **state)
{
    static const struct people_field kinds[] = {
        {"first", LINK_FIRST_NAME, 1}, {"last", LINK_LAST_NAME, 1}, {"born", LINK_DATE, 1},
        {"street", LINK_STREET, 1},    {"sex", LINK_CATEGORY, 1},
    };
    (void)state;

    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct mixture mixture = {.fields = kinds, .count = COUNT_OF(kinds), .rates = {0.0005, 0.0015}};
        struct lesson lesson;
        uint64_t draw = seed;

        for (size_t f = 0; f < COUNT_OF(kinds); f++) {
            const size_t levels = link_kind_levels(kinds[f].kind);
            const bool shared = kinds[f].kind == LINK_LAST_NAME || kinds[f].kind == LINK_STREET;

            draw_shares(mixture.m[f], levels, 0.7 + 0.2 * people_share(&draw), 0.02 + 0.05 * people_share(&draw),
                        &draw);
            draw_shares(mixture.u[f], levels, 0.002 + 0.01 * people_share(&draw), 0.85 + 0.1 * people_share(&draw),
                        &draw);
            if (kinds[f].kind == LINK_CATEGORY)
                mixture.u[f][1] = 1 - (mixture.u[f][2] = 0.5);
            memcpy(mixture.family[f], mixture.u[f], sizeof mixture.family[f]);
            if (shared)
                draw_shares(mixture.family[f], levels, 0.8, 0.05, &draw);
        }
        train_on(&mixture, 2e7, &lesson);
        assert_true(about(link_match_rate(&lesson.model), 0.0005, 0.00002));
        assert_learned(&mixture, &lesson.model, 0.01, 0.01);
        if (lesson.wrong > 0.02)
            fail_msg("probabilities are wrong by %g", lesson.wrong);
        link_model_fini(&lesson.model);
    }
}

static const struct people_field office_fields[] = {
    {"last_name", LINK_LAST_NAME, 1}, {"company", LINK_COMPANY, 1}, {"street", LINK_STREET, 1}};

/* What is counted of related pairs in these rows. */
static struct link_chance related_of(const struct people_field *fields, size_t width, const char *const *rows,
                                     size_t count)
{
    struct link_chance chance = {0};
    struct people people;

    people_make(&people, fields, width, rows, count);
    assert_int_equal(link_related_count(&chance, &people.records, &people.err), 0);
    people_end(&people);
    return chance;
}

/* All rates are 0 but one. */
static void assert_related(const struct link_chance *chance, enum link_class class, double rate)
{
    for (int c = 0; c < LINK_CLASSES; c++)
        assert_true(about(chance->related[c], c == (int)class ? rate : 0, 1e-12));
}

/* Pairs that share company and street, and not the name, of those in which all is there: five of fifteen. */
static void colleagues_are_counted(void **state)
{
    static const char *const rows[] = {"Berg|Acme|Main St 1", "Kurz|Acme|Main St 1", "Lang|Acme|Main St 1",
                                       "Lang|Acme|Main St 1", "Berg|Acme|Elm Rd 2",  "Horn|Bolt|Main St 1",
                                       "Horn||Main St 1",     "|Acme|Main St 1",     "Lang|Acme|"};
    static const char *const no_address[] = {"Berg|Acme", "Kurz|Acme", "Lang|Acme"};
    struct link_chance chance = related_of(office_fields, COUNT_OF(office_fields), rows, COUNT_OF(rows));

    (void)state;
    assert_related(&chance, LINK_COLLEAGUES, 5.0 / 15);
    for (size_t count = 0; count < 2; count++) {
        chance = related_of(office_fields, COUNT_OF(office_fields), rows, count);
        assert_related(&chance, LINK_COLLEAGUES, 0);
    }
    chance = related_of(office_fields, 2, no_address, COUNT_OF(no_address));
    assert_related(&chance, LINK_COLLEAGUES, 0);
}

/* Pairs that share place and postal code, and not the name; of a list that has but one of them there are none. */
static void neighbours_are_counted(void **state)
{
    static const struct people_field fields[] = {
        {"last_name", LINK_LAST_NAME, 1}, {"city", LINK_PLACE, 1}, {"postcode", LINK_POSTAL_CODE, 1}};
    static const char *const rows[] = {"Berg|Ulm|89073", "Kurz|Ulm|89073", "Lang|Ulm|89075",
                                       "Kurz|Ulm|89073", "Horn|Kiel|",     "Lang|Kiel|24103"};
    static const char *const cities[] = {"Berg|Ulm", "Kurz|Ulm", "Lang|Ulm"};
    struct link_chance chance = related_of(fields, COUNT_OF(fields), rows, COUNT_OF(rows));

    (void)state;
    assert_related(&chance, LINK_NEIGHBOURS, 2.0 / 10);
    chance = related_of(fields, 2, cities, COUNT_OF(cities));
    assert_related(&chance, LINK_NEIGHBOURS, 0);
}

/* Of a long list rows are drawn: offices of five, one behind the other, and a large one at the end. It is so long that
 * the table of names is told how many will come. */
static void colleagues_of_a_long_list(void **state)
{
    enum { OFFICES = 32000, SMALL = 5 * OFFICES, LARGE = 10000, ALL = SMALL + LARGE };
    const double expected = (OFFICES * 10.0 + LARGE * (LARGE - 1.0) / 2) / (ALL * (ALL - 1.0) / 2);
    struct link_chance chance = {0};
    struct people people;

    (void)state;
    people_begin(&people, office_fields, COUNT_OF(office_fields));
    for (int i = 0; i < ALL; i++) {
        char row[80];
        const int office = i < SMALL ? i / 5 : SMALL;
        sprintf(row, "n%d|c%d|street %d", i, office, office);
        people_add(&people, row);
    }
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    assert_int_equal(people.records.fields[0].values->table.count, ALL);
    assert_int_equal(link_related_count(&chance, &people.records, &people.err), 0);
    assert_true(about(chance.related[LINK_COLLEAGUES], expected, expected / 10));
    people_end(&people);
}

/* A training with all that is needed for it. */
struct training {
    struct people people;
    struct link_choice choice;
    struct link_index index;
    struct link_patterns patterns;
    struct link_chance chance;
    struct link_model model;
};

static int train(struct training *training, size_t threads, struct error *err)
{
    const struct link_records *records = &training->people.records;

    memset(&training->index, 0, sizeof training->index);
    memset(&training->patterns, 0, sizeof training->patterns);
    memset(&training->model, 0, sizeof training->model);
    if (link_block_choose(records, 1e6, 2, &training->choice, err) ||
        link_index_build(&training->index, records, training->choice.rules, training->choice.count, 1000, threads,
                         err) ||
        link_patterns_count(&training->patterns, &training->index, 1e9, threads, err) ||
        link_chance_count(&training->chance, records, threads, err) ||
        link_related_count(&training->chance, records, err) || link_model_init(&training->model, records, err))
        return -1;
    return link_train(&training->model, &training->chance, &training->patterns, link_pair_total(records), threads, err);
}

static void forget(struct training *training)
{
    link_model_fini(&training->model);
    link_patterns_fini(&training->patterns);
    link_index_fini(&training->index);
}

enum { FIRST, LAST, BORN, STREET, CODE, CITY, CROWD_FIELDS };

static const struct people_field crowd_fields[CROWD_FIELDS] = {
    [FIRST] = {"first", LINK_FIRST_NAME, 1}, [LAST] = {"last", LINK_LAST_NAME, 1},   [BORN] = {"born", LINK_DATE, 1},
    [STREET] = {"street", LINK_STREET, 1},   [CODE] = {"code", LINK_POSTAL_CODE, 1}, [CITY] = {"city", LINK_PLACE, 1},
};

struct person {
    char text[CROWD_FIELDS][40];
};

static void syllables(char *out, size_t count, uint64_t *seed)
{
    for (size_t i = 0; i < count; i++) {
        *out++ = "bdfgklmnprst"[people_draw(seed, 12)];
        *out++ = "aeiou"[people_draw(seed, 5)];
    }
    *out = '\0';
}

static void draw_person(struct person *person, size_t field, uint64_t *seed)
{
    uint64_t name = 1000 * field + people_draw(seed, field == FIRST ? 150 : field == CITY ? 40 : 600);
    char *text = person->text[field];

    if (field == BORN) {
        sprintf(text, "19%02zu-%02zu-%02zu", 30 + people_draw(seed, 70), 1 + people_draw(seed, 12),
                1 + people_draw(seed, 28));
    } else if (field == CODE) {
        sprintf(text, "%05zu", 10000 + 7 * people_draw(seed, 900));
    } else {
        syllables(text, 3 + field % 2, &name);
        if (field == STREET)
            sprintf(text + strlen(text), " street %zu", 1 + people_draw(seed, 99));
    }
}

#define ORIGINALS 2500
#define DUPLICATES 700

/* How often a field of a duplicate is another value altogether. */
static const double errors[CROWD_FIELDS] = {
    [FIRST] = 0.06, [LAST] = 0.05, [BORN] = 0.04, [STREET] = 0.15, [CODE] = 0.12, [CITY] = 0.08};

static void draw_crowd(struct people *people, size_t originals, size_t duplicates, uint64_t seed, size_t threads)
{
    struct person *persons = calloc(originals + duplicates + 1, sizeof *persons);

    assert_non_null(persons);
    people_begin(people, crowd_fields, CROWD_FIELDS);
    for (size_t i = 0; i < originals + duplicates; i++) {
        char row[CROWD_FIELDS * 41] = "";

        if (i >= originals)
            persons[i] = persons[i - originals];
        for (size_t f = 0; f < CROWD_FIELDS; f++) {
            if (i < originals || people_share(&seed) < errors[f])
                draw_person(&persons[i], f, &seed);
            sprintf(row + strlen(row), "%s%s", f ? "|" : "", persons[i].text[f]);
        }
        people_add(people, row);
    }
    free(persons);
    assert_int_equal(people_fill(people, LINK_WITHIN, 0, threads), 0);
}

/* 700 pairs: a share of 0.1 has an error of 0.011, and 0.04 is more than three such. */
static void records_of_a_known_mixture(void **state)
{
    const double all_pairs = (ORIGINALS + DUPLICATES) * (ORIGINALS + DUPLICATES - 1) / 2.0;
    (void)state;

    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct training training;
        size_t found = 0;

        draw_crowd(&training.people, ORIGINALS, DUPLICATES, seed, 2);
        assert_int_equal(train(&training, 2, &training.people.err), 0);
        for (uint32_t i = 0; i < DUPLICATES; i++)
            found += link_index_has(&training.index, i, ORIGINALS + i);
        assert_true(found >= DUPLICATES * 98 / 100);
        if (!about(link_match_rate(&training.model) * all_pairs, DUPLICATES, 0.05 * DUPLICATES))
            fail_msg("%g matches", link_match_rate(&training.model) * all_pairs);
        for (size_t f = 0; f < CROWD_FIELDS; f++) {
            const struct link_model_field *field = &training.model.fields[f];
            const double exact = field->levels[LINK_SAME][link_kind_levels(field->kind) - 1];
            if (!about(exact, 1 - errors[f], 0.04))
                fail_msg("m of %s: %g, not %g", field->name, exact, 1 - errors[f]);
        }
        forget(&training);
        people_end(&training.people);
    }
}

/* To the last bit. */
static void threads_make_no_difference(void **state)
{
    struct training training[3];
    (void)state;

    for (size_t i = 0; i < 3; i++) {
        draw_crowd(&training[i].people, 900, 200, 4, (size_t)1 << i);
        assert_int_equal(train(&training[i], (size_t)1 << i, &training[i].people.err), 0);
    }
    assert_true(training[0].model.iterations > 2);
    assert_true(same_model(&training[0].model, &training[1].model));
    assert_true(same_model(&training[0].model, &training[2].model));

    /* trained once more, a model forgets what it was */
    assert_int_equal(link_train(&training[1].model, &training[1].chance, &training[1].patterns,
                                link_pair_total(&training[1].people.records), 2, &training[1].people.err),
                     0);
    assert_true(same_model(&training[0].model, &training[1].model));
    for (size_t i = 0; i < 3; i++) {
        forget(&training[i]);
        people_end(&training[i].people);
    }
}

static void assert_sound(const struct link_model *model)
{
    double sum = 0;

    for (int c = 0; c < LINK_CLASSES; c++) {
        assert_true(model->rates[c] >= 0 && model->rates[c] <= 0.15);
        sum += model->rates[c];
    }
    assert_true(link_match_rate(model) > 0 && sum < 1.06 && link_chance_rate(model) > 0);
    for (size_t f = 0; f < model->count; f++) {
        const size_t levels = link_kind_levels(model->fields[f].kind);

        for (int c = -1; c < LINK_CLASSES; c++) {
            const double *shares = c < 0 ? model->fields[f].u : model->fields[f].levels[c];
            sum = 0;
            for (size_t l = 1; l < levels; l++) {
                assert_true(shares[l] > 0 && shares[l] <= 1.05);
                sum += shares[l];
            }
            if (!(sum > 0.95 && sum < 1.05))
                fail_msg("%s, class %d: %g", model->fields[f].name, c, sum);
        }
    }
}

/* Models are sound whatever there is to learn from: nothing, one record, twins, a column of one value, an empty one. */
static void little_to_learn_from(void **state)
{
    static const struct people_field columns[] = {{"first", LINK_FIRST_NAME, 1},
                                                  {"last", LINK_LAST_NAME, 1},
                                                  {"country", LINK_COUNTRY, 1},
                                                  {"empty", LINK_EMAIL, 1},
                                                  {"born", LINK_DATE, 1}};
    static const char *const rows[] = {
        "Anna|Smith|DE||1985-03-12", "Anna|Smith|DE||1985-03-12", "Bob|Jones|DE||", "Carla|Jones|DE||1990-01-01",
        "Anna|Smyth|DE||",           "Anna|Smith|DE||",           "||||",
    };
    (void)state;

    for (size_t count = 0; count <= COUNT_OF(rows); count++) {
        struct training training;

        people_make(&training.people, columns, COUNT_OF(columns), rows, count);
        assert_int_equal(train(&training, 2, &training.people.err), 0);
        assert_sound(&training.model);
        forget(&training);
        people_end(&training.people);
    }
    for (size_t same = 2; same <= 12; same += 5) { /* all of them one */
        struct training training;

        people_begin(&training.people, columns, COUNT_OF(columns));
        for (size_t i = 0; i < same; i++)
            people_add(&training.people, rows[0]);
        assert_int_equal(people_fill(&training.people, LINK_WITHIN, 0, 1), 0);
        assert_int_equal(train(&training, 1, &training.people.err), 0);
        assert_sound(&training.model);
        forget(&training);
        people_end(&training.people);
    }
}

static void all_pairs_by_mode(void **state)
{
    struct link_records records = {.count = 10, .split = 4};
    (void)state;

    records.mode = LINK_WITHIN;
    assert_true(about(link_pair_total(&records), 45, 1e-9));
    records.mode = LINK_ACROSS;
    assert_true(about(link_pair_total(&records), 24, 1e-9));
    records.mode = LINK_AGAINST;
    assert_true(about(link_pair_total(&records), 39, 1e-9));
    records = (struct link_records){.count = 5000000};
    assert_true(about(link_pair_total(&records), 12499997500000.0, 0.5));
}

#if PEOPLE_FAULTS
static int try_training(void *context, struct error *err)
{
    struct training *training = context;
    const int failed = train(training, 1, err);

    forget(training);
    return failed;
}
#endif

static void failed_allocations(void **state)
{
    (void)state;
#if PEOPLE_FAULTS
    struct training training;

    draw_crowd(&training.people, 60, 20, 5, 1);
    assert_true(faults_each(try_training, &training) > 40);
    people_end(&training.people);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_before),
        cmocka_unit_test(chance_is_that_of_all_pairs),
        cmocka_unit_test(chance_of_unequal_lists),
        cmocka_unit_test(chance_of_few_records),
        cmocka_unit_test(patterns_are_counted),
        cmocka_unit_test(patterns_of_a_part),
        cmocka_unit_test(a_mixture_of_matches_is_recovered),
        cmocka_unit_test(a_mixture_with_families_is_recovered),
        cmocka_unit_test(records_of_a_known_mixture),
        cmocka_unit_test(colleagues_are_counted),
        cmocka_unit_test(neighbours_are_counted),
        cmocka_unit_test(colleagues_of_a_long_list),
        cmocka_unit_test(threads_make_no_difference),
        cmocka_unit_test(little_to_learn_from),
        cmocka_unit_test(all_pairs_by_mode),
        cmocka_unit_test(failed_allocations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
