/* Scores: patterns of pairs of records, and weights and probabilities held against the formulas worked out anew. */
#include "link_people.h"

#include <math.h>

enum { FIRST, LAST, EMAIL, PHONE, CITY, FIELDS };

static const struct people_field fields[FIELDS] = {
    [FIRST] = {"first", LINK_FIRST_NAME, 1}, [LAST] = {"last", LINK_LAST_NAME, 1}, [EMAIL] = {"email", LINK_EMAIL, 1},
    [PHONE] = {"phone", LINK_PHONE, 2},      [CITY] = {"city", LINK_PLACE, 1},
};

/* Of levels of the fields in their order, as they are named; "-" is missing. */
static link_pattern pattern_of(const char *const *levels)
{
    link_pattern pattern = 0;

    for (size_t f = 0; f < FIELDS; f++) {
        unsigned level = 0;

        while (strcmp(levels[f], "-") != 0 && strcmp(link_level_name(fields[f].kind, level), levels[f]) != 0)
            level++;
        pattern |= (link_pattern)level << (4 * f);
    }
    return pattern;
}

#define LEVELS(...) ((const char *const[]){__VA_ARGS__})

static void assert_pattern(const struct people *people, size_t a, size_t b, const char *const *levels)
{
    struct link_comparer comparer;
    uint32_t agreed[LINK_FIELDS];
    struct error err;

    assert_int_equal(link_comparer_init(&comparer, &people->records, &err), 0);
    for (int twice = 0; twice < 2; twice++) { /* the second time it is remembered */
        assert_int_equal(link_compare_rows(&comparer, a, b, agreed), pattern_of(levels));
        assert_int_equal(link_compare_rows(&comparer, b, a, agreed), pattern_of(levels));
    }
    link_comparer_fini(&comparer);
}

static void patterns_of_pairs(void **state)
{
    static const char *const rows[] = {
        "Anna|Smith|x1@gmail.com|5551234567|5559876543|Berlin", /* 0 */
        "Ana|Smyth|x1@web.de|5559876543||Berlim",               /* 1: the second number is the first here */
        "Smith|Anna||5551234568|5550000000|",                   /* 2: names exchanged */
        "|||||",                                                /* 3 */
        "Anna||||5551234567|Rome",                              /* 4 */
        "Anna|Jones|||5551234576|Berlin",                       /* 5 */
        "A.|Smith||||",                                         /* 6 */
        "Smith|Anna|x1@gmail.com|||Rome",                       /* 7 */
    };
    struct people people;
    (void)state;

    people_make(&people, fields, FIELDS, rows, COUNT_OF(rows));
    assert_pattern(&people, 0, 1, LEVELS("near", "variant", "user", "exact", "near"));
    assert_pattern(&people, 0, 2, LEVELS("swapped", "-", "-", "near", "-"));
    assert_pattern(&people, 0, 3, LEVELS("-", "-", "-", "-", "-"));
    assert_pattern(&people, 0, 4, LEVELS("exact", "-", "-", "exact", "else"));
    assert_pattern(&people, 0, 5, LEVELS("exact", "else", "-", "near", "exact"));
    assert_pattern(&people, 0, 6, LEVELS("initial", "exact", "-", "-", "-"));
    assert_pattern(&people, 0, 7, LEVELS("swapped", "-", "exact", "-", "else"));
    assert_pattern(&people, 2, 7, LEVELS("exact", "exact", "-", "-", "-")); /* equal beats exchanged */
    people_end(&people);
}

/* An address made of a name says nothing of its user part that the name does not say, once the names agree. */
static void addresses_made_of_names(void **state)
{
    static const char *const rows[] = {
        "John|Smith|john.smith@gmail.com|||",  /* 0 */
        "John|Smith|john.smith@acme.com|||",   /* 1 */
        "Mary|Jones|john.smith@bolt.de|||",    /* 2: not made of hers */
        "John|Smith|bluebird7@acme.com|||",    /* 3 */
        "John|Smith|bluebird7@web.de|||",      /* 4 */
        "John|Smith|john.smyth@web.de|||",     /* 5 */
        "John|Smith|smith.jones@gmail.com|||", /* 6 */
        "Mary|Jones|smith.jones@web.de|||",    /* 7 */
    };
    struct people people;
    (void)state;

    people_make(&people, fields, FIELDS, rows, COUNT_OF(rows));
    assert_pattern(&people, 0, 1, LEVELS("exact", "exact", "-", "-", "-"));
    assert_pattern(&people, 0, 5, LEVELS("exact", "exact", "-", "-", "-"));
    assert_pattern(&people, 0, 2, LEVELS("else", "else", "user", "-", "-"));
    assert_pattern(&people, 6, 7, LEVELS("else", "else", "user", "-", "-")); /* made of names that do not agree */
    assert_pattern(&people, 3, 4, LEVELS("exact", "exact", "user", "-", "-"));
    assert_pattern(&people, 1, 3, LEVELS("exact", "exact", "domain", "-", "-"));
    people_end(&people);
}

static void of_several_values_agreed_on_the_rarest_counts(void **state)
{
    static const char *const rows[] = {
        "|||5551234567|5559876543|", "|||5559876543|5551234567|", "|||5551234567||",
        "|||5551234567||",           "|||5551234567|5551234567|",
    };
    struct people people;
    struct link_comparer comparer;
    uint32_t agreed[LINK_FIELDS];
    struct error err;
    (void)state;

    people_make(&people, fields, FIELDS, rows, COUNT_OF(rows));
    const struct link_field *phone = &people.records.fields[PHONE];
    assert_int_equal(phone->filled, 5);
    assert_int_equal(phone->counts[1], 5); /* once for the last row, that has it twice */
    assert_int_equal(phone->counts[2], 2);
    assert_int_equal(link_comparer_init(&comparer, &people.records, &err), 0);
    link_compare_rows(&comparer, 0, 1, agreed);
    assert_true(slice_equal_cstr(link_value_text(phone->values, agreed[PHONE]), "5559876543"));
    link_compare_rows(&comparer, 0, 2, agreed);
    assert_true(slice_equal_cstr(link_value_text(phone->values, agreed[PHONE]), "5551234567"));
    link_comparer_fini(&comparer);
    people_end(&people);
}

/* More pairs of values than the comparer remembers: what was overwritten is compared again. */
static void memory_makes_no_difference(void **state)
{
    static const struct people_field one[] = {{"last", LINK_LAST_NAME, 1}};
    struct people people;
    struct link_comparer comparer;
    uint32_t agreed[LINK_FIELDS];
    uint64_t seed = 3;
    struct error err;
    (void)state;

    people_begin(&people, one, 1);
    for (int i = 0; i < 300; i++) {
        char name[12];
        const int length = 3 + (int)people_draw(&seed, 5);
        for (int k = 0; k < length; k++)
            name[k] = "abeinrst"[people_draw(&seed, 8)];
        name[length] = '\0';
        people_add(&people, name);
    }
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    assert_int_equal(link_comparer_init(&comparer, &people.records, &err), 0);
    const struct link_field *last = &people.records.fields[0];
    for (int twice = 0; twice < 2; twice++)
        for (size_t a = 0; a < 300; a++)
            for (size_t b = 0; b < a; b++) {
                const uint32_t ida = link_row(&people.records, a)[0], idb = link_row(&people.records, b)[0];
                const unsigned expected = ida == idb
                                              ? (unsigned)link_kind_levels(LINK_LAST_NAME) - 1
                                              : link_compare_values(last->values, LINK_LAST_NAME, ida < idb ? ida : idb,
                                                                    ida < idb ? idb : ida);
                assert_int_equal(link_compare_rows(&comparer, a, b, agreed), expected);
            }
    link_comparer_fini(&comparer);
    people_end(&people);
}

/* A model whose numbers mean nothing, but differ everywhere. */
static void make_model(struct link_model *model, const struct link_records *records, uint64_t seed)
{
    struct error err;

    assert_int_equal(link_model_init(model, records, &err), 0);
    for (size_t f = 0; f < model->count; f++) {
        const size_t levels = link_kind_levels(model->fields[f].kind);

        for (int c = -1; c < LINK_CLASSES; c++) {
            double *shares = c < 0 ? model->fields[f].u : model->fields[f].levels[c], sum = 0;
            for (size_t l = 1; l < levels; l++)
                sum += shares[l] = 0.01 + people_share(&seed);
            for (size_t l = 1; l < levels; l++)
                shares[l] /= sum;
        }
    }
    for (int c = 0; c < LINK_CLASSES; c++)
        model->rates[c] = 0.001 * (1 + people_share(&seed));
}

/* Whether a class has a value in common that is rarer or more frequent than others: after the list in link_model.h. */
static bool shares_value(enum link_class class, enum link_kind kind)
{
    switch (class) {
    case LINK_SAME:
    case LINK_MOVED:
        return true;
    case LINK_FAMILY:
    case LINK_MAILBOX:
        return kind == LINK_LAST_NAME || kind == LINK_PLACE || kind == LINK_PHONE ||
               (kind == LINK_EMAIL && class == LINK_MAILBOX);
    case LINK_COLLEAGUES:
        return kind == LINK_PLACE || kind == LINK_PHONE || kind == LINK_EMAIL;
    case LINK_BRANCHES:
        return kind == LINK_PHONE || kind == LINK_EMAIL;
    case LINK_NEIGHBOURS:
        return kind == LINK_PLACE;
    }
    return false;
}

/* rate x product of level / u, and for a value agreed on u / its share of the filled records, LINK_PRIOR_RECORDS more
 * among them in which it is as frequent as any. */
static double likelihood(const struct people *people, const struct link_model *model, enum link_class class,
                         link_pattern pattern, const uint32_t *agreed)
{
    double product = model->rates[class], prior[LINK_LEVELS];

    for (size_t f = 0; f < FIELDS; f++) {
        const struct link_model_field *field = &model->fields[f];
        const struct link_field *of = &people->records.fields[f];
        const unsigned level = link_pattern_level(pattern, f);

        if (!level)
            continue;
        product *= field->levels[class][level] / field->u[level];
        if (level + 1 != link_kind_levels(field->kind) || !shares_value(class, field->kind) || !field->frequent)
            continue;
        link_prior_chance(field->kind, prior);
        product *= field->u[level] / (((double)of->counts[agreed[f]] + LINK_PRIOR_RECORDS * prior[level]) /
                                      ((double)of->filled + LINK_PRIOR_RECORDS));
    }
    return product;
}

static bool near(double found, double expected)
{
    return fabs(found - expected) <= 1e-4 * (1 + fabs(expected));
}

static void assert_scores(struct people *people, const struct link_model *model)
{
    struct link_comparer comparer;
    struct link_scorer scorer;
    uint32_t agreed[LINK_FIELDS];
    double chance = 1;

    for (int c = 0; c < LINK_CLASSES; c++)
        chance -= model->rates[c];
    assert_true(near(link_match_rate(model), model->rates[0] + model->rates[1]));
    assert_true(near(link_chance_rate(model), chance));
    assert_int_equal(link_comparer_init(&comparer, &people->records, &people->err), 0);
    assert_int_equal(link_scorer_init(&scorer, &people->records, model, &people->err), 0);
    for (size_t a = 0; a < people->records.count; a++)
        for (size_t b = 0; b < a; b++) {
            const link_pattern pattern = link_compare_rows(&comparer, a, b, agreed);
            const struct link_score score = link_score_pattern(&scorer, pattern, agreed);
            double sums[2] = {0, 0}, bits = 0;

            for (int c = 0; c < LINK_CLASSES; c++)
                sums[c >= LINK_MATCHES] += likelihood(people, model, (enum link_class)c, pattern, agreed);
            assert_true(near((double)score.weight, log2(sums[0] / (model->rates[0] + model->rates[1]))));
            assert_true(near((double)score.related, log2(sums[1])));
            assert_true(near(link_probability(model, score), sums[0] / (sums[0] + sums[1] + chance)));
            for (size_t f = 0; f < FIELDS; f++)
                bits += link_field_weight(&scorer, LINK_SAME, f, pattern, agreed);
            assert_true(near(model->rates[0] * exp2(bits), likelihood(people, model, LINK_SAME, pattern, agreed)));
            assert_int_equal(link_match_class(&scorer, pattern, agreed),
                             likelihood(people, model, LINK_MOVED, pattern, agreed) >
                                 likelihood(people, model, LINK_SAME, pattern, agreed));
        }
    link_scorer_fini(&scorer);
    link_comparer_fini(&comparer);
}

static void make_crowd(struct people *people, uint64_t seed)
{
    static const char *const firsts[] = {"", "Anna", "Ann", "Bob", "Robert", "A."};
    static const char *const lasts[] = {"Smith", "Smyth", "Jones", "Anna", ""};
    static const char *const emails[] = {"", "q7@acme.com", "q7@web.de", "r8@acme.com"};
    static const char *const phones[] = {"", "5551234567", "5551234568", "1234567", ""};
    static const char *const cities[] = {"Berlin", "Berlim", "Rome", ""};

    people_begin(people, fields, FIELDS);
    for (int i = 0; i < 40; i++) {
        char row[200];
        snprintf(row, sizeof row, "%s|%s|%s|%s|%s|%s", firsts[people_draw(&seed, COUNT_OF(firsts))],
                 lasts[people_draw(&seed, COUNT_OF(lasts))], emails[people_draw(&seed, COUNT_OF(emails))],
                 phones[people_draw(&seed, COUNT_OF(phones))], phones[people_draw(&seed, COUNT_OF(phones))],
                 cities[people_draw(&seed, COUNT_OF(cities))]);
        people_add(people, row);
    }
    assert_int_equal(people_fill(people, LINK_WITHIN, 0, 1), 0);
}

static void scores_are_those_of_the_formulas(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct people people;
        struct link_model model;

        make_crowd(&people, seed);
        make_model(&model, &people.records, seed + 50);
        model.fields[CITY].frequent = seed % 2;
        assert_scores(&people, &model);
        link_model_fini(&model);
        people_end(&people);
    }
}

/* One field, numbers by hand: l = 1/1000, m = .9, no other class. "4711" has 4 of 400 records, and so 1 of 150 when
 * the 200 are added in which next to nobody has it: log2(.9 * 150) bits, P = .135 / (.135 + .999). "4712" is twice as
 * rare: one bit more. Another value is log2(.1 / .98) bits. */
static void a_score_by_hand(void **state)
{
    static const struct people_field one[] = {{"number", LINK_IDENTIFIER, 1}};
    struct people people;
    struct link_model model;
    struct link_scorer scorer;
    struct link_comparer comparer;
    uint32_t agreed[LINK_FIELDS];
    (void)state;

    people_begin(&people, one, 1);
    for (int i = 0; i < 500; i++)
        people_add(&people, i < 4 ? "4711" : i < 6 ? "4712" : i < 106 ? "" : "7000000");
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    assert_int_equal(people.records.fields[0].filled, 400);
    assert_int_equal(link_model_init(&model, &people.records, &people.err), 0);
    model.rates[LINK_SAME] = 0.001;
    for (unsigned l = 1; l <= 3; l++) {
        model.fields[0].u[l] = l == 1 ? 0.98 : 0.01;
        for (int c = 0; c < LINK_CLASSES; c++)
            model.fields[0].levels[c][l] = l == 1 ? 0.1 : l == 2 ? 0 : 0.9;
    }
    assert_int_equal(link_scorer_init(&scorer, &people.records, &model, &people.err), 0);
    assert_int_equal(link_comparer_init(&comparer, &people.records, &people.err), 0);

    link_pattern pattern = link_compare_rows(&comparer, 0, 1, agreed);
    struct link_score score = link_score_pattern(&scorer, pattern, agreed);
    assert_true(near((double)score.weight, 7.076816));
    assert_true(near(link_probability(&model, score), 0.1190476));
    pattern = link_compare_rows(&comparer, 4, 5, agreed);
    score = link_score_pattern(&scorer, pattern, agreed);
    assert_true(near((double)score.weight, 8.076816));
    assert_true(near(link_probability(&model, score), 0.2127660));
    pattern = link_compare_rows(&comparer, 0, 4, agreed);
    score = link_score_pattern(&scorer, pattern, agreed);
    assert_true(near((double)score.weight, -3.292782));
    assert_true(near(link_probability(&model, score), 0.00010213));
    pattern = link_compare_rows(&comparer, 0, 50, agreed);
    score = link_score_pattern(&scorer, pattern, agreed);
    assert_int_equal(pattern, 0);
    assert_true(near(link_probability(&model, score), 0.001)); /* nothing is known but the rate */
    link_comparer_fini(&comparer);
    link_scorer_fini(&scorer);
    link_model_fini(&model);
    people_end(&people);
}

/* Whatever the model holds, a probability is one. */
static void models_at_their_bounds(void **state)
{
    static const double rates[] = {0, 1e-12, 0.15, 0.5};
    (void)state;

    for (size_t r = 0; r < COUNT_OF(rates); r++)
        for (int zero = 0; zero < 3; zero++) {
            struct people people;
            struct link_model model;
            struct link_scorer scorer;
            struct link_comparer comparer;
            uint32_t agreed[LINK_FIELDS];

            make_crowd(&people, 7);
            make_model(&model, &people.records, 8);
            for (int c = 0; c < LINK_CLASSES; c++)
                model.rates[c] = c == LINK_SAME && rates[r] < 1e-9 ? 1e-9 : rates[r];
            for (size_t f = 0; zero && f < FIELDS; f++) {
                const size_t exact = link_kind_levels(fields[f].kind) - 1;
                (zero == 1 ? model.fields[f].u : model.fields[f].levels[LINK_SAME])[exact] = 0;
            }
            assert_int_equal(link_scorer_init(&scorer, &people.records, &model, &people.err), 0);
            assert_int_equal(link_comparer_init(&comparer, &people.records, &people.err), 0);
            for (size_t a = 0; a < people.records.count; a++)
                for (size_t b = 0; b < a; b++) {
                    const link_pattern pattern = link_compare_rows(&comparer, a, b, agreed);
                    const double p = link_probability(&model, link_score_pattern(&scorer, pattern, agreed));
                    if (!(p >= 0 && p <= 1))
                        fail_msg("rates %g, %s: P is %g", rates[r], zero == 0 ? "-" : zero == 1 ? "u 0" : "m 0", p);
                }
            link_comparer_fini(&comparer);
            link_scorer_fini(&scorer);
            link_model_fini(&model);
            people_end(&people);
        }
}

/* Pairs that are compared together have the patterns, and agree on the values, that each has by itself. */
static void together_as_one_by_one(void **state)
{
    static const size_t counts[] = {0, 1, 2, 63, 64, 65, 128, 200, LINK_VISITED};
    static struct link_compared compared[LINK_VISITED];
    struct link_pair pairs[LINK_VISITED];
    struct people people;
    struct link_comparer comparer;
    uint32_t agreed[LINK_FIELDS];
    uint64_t seed = 23;
    (void)state;

    make_crowd(&people, 7);
    assert_int_equal(link_comparer_init(&comparer, &people.records, &people.err), 0);
    for (size_t c = 0; c < COUNT_OF(counts); c++) {
        for (size_t i = 0; i < counts[c]; i++)
            pairs[i] = (struct link_pair){(uint32_t)people_draw(&seed, people.records.count),
                                          (uint32_t)people_draw(&seed, people.records.count)};
        link_compare_pairs(&comparer, pairs, counts[c], compared);
        for (size_t i = 0; i < counts[c]; i++) {
            assert_int_equal(link_compare_rows(&comparer, pairs[i].a, pairs[i].b, agreed), compared[i].pattern);
            for (size_t f = 0; f < FIELDS; f++)
                if (link_pattern_level(compared[i].pattern, f) == people.records.fields[f].exact)
                    assert_int_equal(compared[i].agreed[f], agreed[f]);
        }
    }
    link_comparer_fini(&comparer);
    people_end(&people);
}

/* A level that a model holds for impossible is as good as one in a billion: evidence, but not without end. */
static void what_is_impossible(void **state)
{
    struct people people;
    struct link_model models[2];
    struct link_scorer scorers[2];
    uint32_t agreed[LINK_FIELDS] = {1, 1, 1, 1, 1};
    (void)state;

    make_crowd(&people, 7);
    for (int i = 0; i < 2; i++) {
        make_model(&models[i], &people.records, 8);
        for (size_t f = 0; f < FIELDS; f++)
            models[i].fields[f].u[link_kind_levels(fields[f].kind) - 1] = i ? LINK_LEAST_CHANCE : 0;
        assert_int_equal(link_scorer_init(&scorers[i], &people.records, &models[i], &people.err), 0);
    }
    const link_pattern exact = pattern_of(LEVELS("exact", "exact", "-", "exact", "exact"));
    const struct link_score none = link_score_pattern(&scorers[0], exact, agreed),
                            little = link_score_pattern(&scorers[1], exact, agreed);
    assert_true(near((double)none.weight, (double)little.weight) && near((double)none.related, (double)little.related));
    assert_true((double)none.weight > 20);
    for (int i = 0; i < 2; i++) {
        link_scorer_fini(&scorers[i]);
        link_model_fini(&models[i]);
    }
    people_end(&people);
}

#if PEOPLE_FAULTS
static int score(void *context, struct error *err)
{
    const struct people *people = context;
    struct link_model model;
    struct link_scorer scorer = {0};
    struct link_comparer comparer = {0};
    const int failed = link_model_init(&model, &people->records, err) ||
                       link_scorer_init(&scorer, &people->records, &model, err) ||
                       link_comparer_init(&comparer, &people->records, err);

    link_comparer_fini(&comparer);
    link_scorer_fini(&scorer);
    link_model_fini(&model);
    return failed ? -1 : 0;
}
#endif

static void failed_allocations(void **state)
{
    (void)state;
#if PEOPLE_FAULTS
    struct people people;

    make_crowd(&people, 1);
    assert_int_equal(faults_each(score, &people), 3 * FIELDS);
    people_end(&people);
#else
    skip();
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_of_pairs),
        cmocka_unit_test(addresses_made_of_names),
        cmocka_unit_test(of_several_values_agreed_on_the_rarest_counts),
        cmocka_unit_test(memory_makes_no_difference),
        cmocka_unit_test(together_as_one_by_one),
        cmocka_unit_test(scores_are_those_of_the_formulas),
        cmocka_unit_test(a_score_by_hand),
        cmocka_unit_test(models_at_their_bounds),
        cmocka_unit_test(what_is_impossible),
        cmocka_unit_test(failed_allocations),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
