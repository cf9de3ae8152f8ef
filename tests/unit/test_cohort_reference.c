/* Cohorts of random short logs against a slow reference, under all rules that go together. */
#include "cohort_random.h"
#include "cohort_reference.h"

#include "analysis/proportion.h"

#if defined(__SANITIZE_ADDRESS__)
#define ROUNDS 4000
#else
#define ROUNDS 30000
#endif

/* The state of a log, in one part, in two, or in little memory. */

static void add_part(struct cohort *cohort, const struct log *log, int from, int to)
{
    static const char *const customers[] = {"anna", "a customer with a long name", "", "b"};
    static const char *const orders[] = {"", "17", "18", "an order id that is long"};
    struct cohort_row rows[ROWS];
    struct error err;

    for (int i = from; i < to; i++) {
        const struct log_row *row = &log->rows[i];
        static const int64_t part[] = {100, 10, 1};
        rows[i] = (struct cohort_row){
            .customer = slice_from_cstr(customers[row->customer]),
            .time = row->time,
            .day = (int32_t)reference_floor(row->time, 86400 * SECOND),
            .hour = (int32_t)(reference_floor(row->time, 3600 * SECOND) % 24),
            .starts = row->starts,
            .returns = row->returns,
            .amount = {row->cents / part[row->scale], row->scale},
            .order = slice_from_cstr(orders[row->order]),
            .group = slice_from_cstr(reference_groups[row->group]),
        };
        rows[i].hash = group_hash(rows[i].customer);
        cohort_prefetch(cohort, &rows[i]);
    }
    assert_int_equal(cohort_add(cohort, &rows[from], (size_t)(to - from), &err), 0);
}

static struct cohort *make_cohort(uint64_t *seed, const struct cohort_rules *rules, enum cohort_measure measure,
                                  const struct log *log)
{
    struct cohort *cohort;
    struct cohort *second;
    struct error err;
    int middle = chance(seed, 2) ? log->count : below(seed, log->count + 1);

    assert_int_equal(cohort_new(&cohort, rules, measure, &err), 0);
    if (chance(seed, 8)) { /* some memory: everything, or what is there at a time, goes to a file */
        cohort_limit(cohort, 1 + (size_t)below(seed, 40000));
        add_part(cohort, log, 0, middle);
        add_part(cohort, log, middle, log->count);
        return cohort;
    }
    assert_int_equal(cohort_new(&second, rules, measure, &err), 0);
    add_part(cohort, log, 0, middle);
    add_part(second, log, middle, log->count);
    assert_int_equal(cohort_merge(cohort, second, &err), 0);
    cohort_free(second);
    return cohort;
}

/* Cells. */

static bool in_line(const struct reference *r, const struct life *life, const struct cohort_line *line)
{
    if (!r->rules->grouped)
        return life->key == line->index;
    if (!r->rules->quantiles)
        return slice_equal_cstr(line->name, life->group);
    if (line->name.len == 0)
        return life->key == (int64_t)r->rules->quantiles;
    return line->name.ptr[0] == 'Q' && line->name.ptr[1] == '1' + (char)life->key;
}

static void assert_sum(const struct decimal_sum *sum, int64_t cents)
{
    assert_int_equal(decimal_compare(sum->units, sum->scale, cents, 2), 0);
}

struct tallied {
    int64_t eligible, retained, of_eligible, active, before, kept, away, back;
    int64_t orders, cents, paid_before, paid_less;
    bool begun;
};

static void tally_life(const struct reference *r, const struct life *life, int k, struct tallied *t)
{
    bool retained = is_retained(r, life, k);

    t->begun = t->begun || life->begun[k];
    t->retained += retained;
    t->active += life->active[k];
    t->orders += life->orders[k];
    t->cents += life->cents[k];
    if (!life->complete[k])
        return;
    t->eligible++;
    t->of_eligible += retained;
    t->away += is_away(r, life, k);
    t->back += is_away(r, life, k) && life->active[k];
    if (k == 0)
        return;
    t->before += is_retained(r, life, k - 1);
    t->kept += is_retained(r, life, k - 1) && retained;
    if (!life->active[k - 1])
        return;
    t->paid_before += life->cents[k - 1];
    t->paid_less += life->cents[k] < life->cents[k - 1] ? life->cents[k - 1] - life->cents[k] : 0;
}

static void assert_cell(const struct reference *r, const struct cohort_line *line, int k)
{
    static const struct cohort_cell none;
    const struct cohort_cell *cell = &line->cells[k];
    struct tallied t = {0};

    for (int i = 0; i < r->count; i++)
        if (in_line(r, &r->lives[i], line))
            tally_life(r, &r->lives[i], k, &t);
    assert_int_equal(cell->begun, t.begun);
    if (!t.begun)
        assert_memory_equal(cell, &none, sizeof none);
    assert_int_equal(cell->eligible, t.eligible);
    assert_int_equal(cell->retained, t.begun ? t.retained : 0);
    assert_int_equal(cell->retained_of_eligible, t.of_eligible);
    assert_int_equal(cell->active, t.active);
    assert_int_equal(cell->before, t.before);
    assert_int_equal(cell->kept, t.kept);
    assert_int_equal(cell->away, t.away);
    assert_int_equal(cell->back, t.back);
    assert_int_equal(cell->orders, r->rules->orders ? t.orders : 0);
    assert_sum(&cell->revenue, r->rules->amounts ? t.cents : 0);
    assert_sum(&cell->paid_before, r->rules->amounts ? t.paid_before : 0);
    assert_sum(&cell->paid_less, r->rules->amounts ? t.paid_less : 0);
    assert_true(cell->retained <= line->size && cell->eligible <= line->size && cell->active <= line->size);
    if (r->rules->kind == COHORT_UNBOUNDED)
        assert_true(cell->retained >= cell->active);
    if (r->rules->kind == COHORT_FULL)
        assert_true(cell->retained <= cell->active);
    if (k == 0 && r->rules->kind != COHORT_BRACKET)
        assert_int_equal(cell->retained, line->size);
}

/* Rates, of one cohort or of all. */

static bool near(double a, double b)
{
    return isnan(a) ? isnan(b) : fabs(a - b) <= 1e-9 * (1 + fabs(b));
}

static double ratio(int64_t part, int64_t whole)
{
    return whole > 0 ? (double)part / (double)whole : NAN;
}

/* What counts in a rate at k: eligible customers, or all. */
struct brought {
    int64_t lives, retained, retained_before, before, kept, away, back, active;
    int64_t cents, cents_first, cents_before, cents_so_far, orders, orders_first, orders_before, paid_before, paid_less;
};

static void bring(const struct reference *r, const struct life *life, int k, bool pairs, struct brought *b)
{
    struct tallied t = {0};

    tally_life(r, life, k, &t);
    b->lives++;
    b->retained += t.retained;
    b->retained_before += k > 0 && is_retained(r, life, k - 1);
    b->active += life->active[k];
    b->cents += life->cents[k];
    b->cents_first += life->cents[0];
    b->cents_before += k ? life->cents[k - 1] : 0;
    b->orders += life->orders[k];
    b->orders_first += life->orders[0];
    b->orders_before += k ? life->orders[k - 1] : 0;
    for (int j = 0; j <= k; j++)
        b->cents_so_far += life->cents[j];
    if (!pairs)
        return;
    b->before += t.before;
    b->kept += t.kept;
    b->away += t.away;
    b->back += t.back;
    b->paid_before += t.paid_before;
    b->paid_less += t.paid_less;
}

static double km_of(const struct reference *r, const struct cohort_line *line, int k)
{
    double share = 1;

    for (int j = 0; j <= k; j++) {
        int risk = 0;
        int events = 0;
        for (int i = 0; i < r->count; i++) {
            bool lost;
            int time = survival_time(r, &r->lives[i], &lost);
            if (line && !in_line(r, &r->lives[i], line))
                continue;
            risk += time >= j;
            events += time == j && lost;
        }
        if (risk)
            share *= 1 - (double)events / risk;
    }
    return share;
}

static bool anybody_at_risk(const struct reference *r, const struct cohort_line *line)
{
    for (int i = 0; i < r->count; i++) {
        bool lost;
        if ((!line || in_line(r, &r->lives[i], line)) && survival_time(r, &r->lives[i], &lost) >= 0)
            return true;
    }
    return false;
}

static void assert_risk(const struct reference *r, const struct cohort_line *line, int k)
{
    int64_t risk = 0;
    int64_t events = 0;

    for (int i = 0; i < r->count && line->cells[k].begun; i++) {
        bool lost;
        int time = survival_time(r, &r->lives[i], &lost);
        if (!in_line(r, &r->lives[i], line))
            continue;
        risk += time >= k;
        events += time == k && lost;
    }
    assert_int_equal(line->cells[k].at_risk, risk);
    assert_int_equal(line->cells[k].lost, events);
}

static double expected_rate(const struct reference *r, const struct brought *b, enum cohort_measure measure,
                            bool previous)
{
    switch (measure) {
    case COHORT_RETENTION:
    case COHORT_CUSTOMERS:
        return ratio(b->retained, previous ? b->retained_before : b->lives);
    case COHORT_REVENUE:
        return r->rules->amounts ? ratio(b->cents, previous ? b->cents_before : b->cents_first) : NAN;
    case COHORT_ORDERS:
        return ratio(b->orders, previous ? b->orders_before : b->orders_first);
    case COHORT_CHURN:
        return ratio(b->before - b->kept, b->before);
    case COHORT_REVENUE_CHURN:
        return ratio(b->paid_less, b->paid_before);
    case COHORT_WINBACKS:
        return ratio(b->back, b->away);
    case COHORT_LTV:
    case COHORT_ARPU:
    case COHORT_SURVIVAL:
        break;
    }
    return NAN;
}

static double money_value(const struct brought *b, enum cohort_measure measure)
{
    return measure == COHORT_LTV ? ratio(b->cents_so_far, b->lives) / 100 : ratio(b->cents, b->active) / 100;
}

static struct brought bring_all(const struct reference *r, const struct cohort_line *line, int k, bool eligible)
{
    struct brought b = {0};

    for (int i = 0; i < r->count; i++)
        if ((!line || in_line(r, &r->lives[i], line)) && (!eligible || r->lives[i].complete[k]))
            bring(r, &r->lives[i], k, eligible, &b);
    return b;
}

static void assert_limits(const struct cohort_rate *rate, int64_t part, int64_t whole, double z)
{
    struct interval interval = proportion_wilson((uint64_t)part, (uint64_t)whole, z);

    assert_true(near(rate->low, interval.low) && near(rate->high, interval.high));
}

static void assert_rate(const struct reference *r, const struct cohort_rate *rate, const struct brought *b, int k,
                        enum cohort_measure measure, enum cohort_base base)
{
    const bool within = r->rules->kind == COHORT_UNBOUNDED || r->rules->kind == COHORT_FULL;
    const bool previous = base == COHORT_BASE_PREVIOUS && k > 0;

    assert_true(near(rate->rate, expected_rate(r, b, measure, previous)));
    if (measure == COHORT_LTV || measure == COHORT_ARPU)
        assert_true(near(rate->value, money_value(b, measure)));
    if (measure == COHORT_CHURN)
        assert_limits(rate, b->before - b->kept, b->before, 1.96);
    else if (measure == COHORT_WINBACKS)
        assert_limits(rate, b->back, b->away, 1.96);
    else if (measure <= COHORT_CUSTOMERS && !(previous && !within))
        assert_limits(rate, b->retained, previous ? b->retained_before : b->lives, 1.96);
    else
        assert_true(isnan(rate->low) && isnan(rate->high));
}

static void assert_cell_rate(const struct reference *r, const struct cohort_table *table,
                             const struct cohort_line *line, int k, enum cohort_measure measure, enum cohort_base base)
{
    const struct cohort_cell *cell = &line->cells[k];
    struct cohort_rate rate = cohort_cell_rate(table, line, (size_t)k, measure, base, 1.96);

    assert_int_equal(rate.eligible, cell->eligible);
    assert_int_equal(rate.complete, cell->begun && cell->eligible == line->size);
    if (!cell->begun) {
        assert_true(isnan(rate.value) && isnan(rate.rate) && isnan(rate.low) && isnan(rate.high));
    } else if (measure == COHORT_SURVIVAL) {
        assert_true(near(rate.rate, anybody_at_risk(r, line) ? km_of(r, line, k) : NAN));
    } else {
        struct brought b = bring_all(r, line, k, cell->eligible > 0);
        assert_rate(r, &rate, &b, k, measure, base);
        if (measure <= COHORT_CUSTOMERS)
            assert_true(rate.value == (double)cell->retained);
    }
}

static void assert_means(const struct reference *r, const struct cohort_table *table, int k,
                         enum cohort_measure measure, enum cohort_base base)
{
    struct brought b = bring_all(r, NULL, k, true);
    struct cohort_rate weighted = cohort_mean_rate(table, (size_t)k, measure, base, true, 1.96);
    struct cohort_rate simple = cohort_mean_rate(table, (size_t)k, measure, base, false, 1.96);
    double rates = 0;
    int count = 0;

    assert_int_equal(weighted.eligible, b.lives);
    assert_int_equal(weighted.complete, b.lives > 0);
    if (measure == COHORT_SURVIVAL)
        assert_true(near(weighted.rate, b.lives > 0 && anybody_at_risk(r, NULL) ? km_of(r, NULL, k) : NAN));
    else if (b.lives > 0 && measure != COHORT_LTV && measure != COHORT_ARPU)
        assert_rate(r, &weighted, &b, k, measure, base);
    for (size_t i = 0; i < table->count; i++) {
        struct cohort_rate one = cohort_cell_rate(table, &table->lines[i], (size_t)k, measure, base, 1.96);
        if (table->lines[i].cells[k].eligible == 0 || isnan(one.rate))
            continue;
        rates += one.rate;
        count++;
    }
    assert_true(near(simple.rate, count ? rates / count : NAN));
    assert_true(isnan(simple.low) && isnan(simple.high));
}

/* Tables. */

static void assert_lines(const struct reference *r, const struct cohort_table *table)
{
    uint64_t lives = 0;
    uint64_t begun = 0;

    for (size_t i = 0; i < table->count; i++) {
        uint64_t size = 0;
        for (int j = 0; j < r->count; j++)
            size += in_line(r, &r->lives[j], &table->lines[i]);
        assert_true(size > 0);
        assert_int_equal(table->lines[i].size, size);
        if (i > 0 && !r->rules->grouped)
            assert_true(table->lines[i - 1].index < table->lines[i].index);
        if (i > 0 && r->rules->quantiles && table->lines[i].name.len)
            assert_true(slice_compare(table->lines[i - 1].name, table->lines[i].name) < 0);
        lives += size;
    }
    assert_int_equal(lives, r->count);
    size_t met = 0;
    for (int j = 0; j < r->count && r->rules->grouped && !r->rules->quantiles; j++) {
        bool known = false;
        for (int i = 0; i < j; i++)
            known = known || strcmp(r->lives[i].group, r->lives[j].group) == 0;
        if (!known)
            assert_true(in_line(r, &r->lives[j], &table->lines[met++]));
    }
    for (int j = 0; j < r->count; j++)
        for (uint64_t k = 0; k < (uint64_t)r->slots; k++)
            if (r->lives[j].begun[k] && k + 1 > begun)
                begun = k + 1;
    if (r->rules->ages && r->rules->kind != COHORT_BRACKET && begun > (uint64_t)r->rules->ages)
        begun = (uint64_t)r->rules->ages;
    while (r->rules->ages && r->rules->kind == COHORT_BRACKET && begun > 0 &&
           r->rules->brackets[begun - 1].first >= r->rules->ages)
        begun--;
    assert_int_equal(table->ages, begun);
}

static void assert_growing(const struct cohort_table *table, const struct cohort_line *line)
{
    double before = 0;

    for (size_t k = 0; k < table->ages; k++) {
        struct cohort_rate rate = cohort_cell_rate(table, line, k, COHORT_LTV, COHORT_BASE_FIRST, 1.96);
        if (isnan(rate.value))
            continue;
        assert_true(rate.value >= before);
        before = rate.value;
    }
}

/* For a search by hand: the case that fails is the last one. */
static void tell(const struct cohort_rules *rules, enum cohort_measure measure, const struct log *log)
{
    print_message("%s period %d of %d window %d kind %d grouped %d quantiles %zu recurring %d gap %d ages %d week %d\n",
                  cohort_measure_words[measure], (int)rules->period, (int)rules->cohort_period, (int)rules->window,
                  (int)rules->kind, rules->grouped, rules->quantiles, rules->recurring, rules->gap, rules->ages,
                  rules->week_start);
    for (size_t i = 0; i < rules->bracket_count; i++)
        print_message("  bracket %d-%d\n", rules->brackets[i].first, rules->brackets[i].last);
    for (int i = 0; i < log->count; i++)
        print_message("  %d at %lld starts %d returns %d cents %lld order %d group '%s'\n", log->rows[i].customer,
                      (long long)log->rows[i].time, log->rows[i].starts, log->rows[i].returns,
                      (long long)log->rows[i].cents, log->rows[i].order, reference_groups[log->rows[i].group]);
    print_message("  end %lld\n", (long long)log->end);
}

static void check(uint64_t *seed, enum cohort_measure measure)
{
    struct cohort_rules rules = random_rules(seed, measure);
    const bool negative = chance(seed, 3);
    struct log log = random_log(seed, &rules, negative);
    const enum cohort_base base = (enum cohort_base)below(seed, 2);
    struct cohort *cohort = make_cohort(seed, &rules, measure, &log);
    static struct reference r;
    struct cohort_table table;
    struct error err;

    if (getenv("COHORT_TELL")) /* the last case told is the one that fails */
        tell(&rules, measure, &log);
    reference_init(&r, &rules, &log);
    assert_int_equal(cohort_table_init(&table, cohort, log.end, (int32_t)(log.end / (86400 * SECOND)) - 1, 1.96, &err),
                     0);
    assert_lines(&r, &table);
    for (int k = 0; k < (int)table.ages; k++) {
        for (size_t i = 0; i < table.count; i++) {
            assert_cell(&r, &table.lines[i], k);
            assert_cell_rate(&r, &table, &table.lines[i], k, measure, base);
            if (measure == COHORT_SURVIVAL)
                assert_risk(&r, &table.lines[i], k);
        }
        assert_means(&r, &table, k, measure, base);
    }
    if (rules.amounts && !negative && !rules.grouped && rules.window == COHORT_CALENDAR &&
        rules.cohort_period == rules.period)
        for (size_t i = 0; i < table.count; i++)
            assert_growing(&table, &table.lines[i]);
    cohort_table_fini(&table);
    cohort_free(cohort);
}

static void test_random_logs(void **state)
{
    uint64_t seed = 88172645463325252;

    (void)state;
    for (int round = 0; round < ROUNDS; round++)
        check(&seed, (enum cohort_measure)(round % 10));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random_logs)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
