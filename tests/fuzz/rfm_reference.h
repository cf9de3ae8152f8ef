/* RFM by its definitions (crm-rfm(1)), slowly: customers, scores by sorting and counting, segments, and the two reports
 * as CSV. Nothing of the library is used but buffers and dates in print. */
#ifndef CRM_TESTS_RFM_REFERENCE_H
#define CRM_TESTS_RFM_REFERENCE_H

#include <inttypes.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "fuzz.h"

enum { R, F, M, DIMENSIONS, MOST_ORDERS = 64, MOST_SEGMENTS = 3 };
enum returns { NET, COUNT, DROP };
enum method { QUANTILE, R_PACKAGE, RANK, NESTED };
enum ties { TIES_NONE, TIES_LOW, TIES_HIGH, TIES_ORDER, TIES_MEAN };

struct order_row {
    const char *customer, *order, *product; /* "": none */
    int day;                                /* since 1970-01-01 */
    int64_t amount;                         /* in units of 10^-scale */
    int scale;
};

struct segment_rule {
    int low[DIMENSIONS], high[DIMENSIONS];
    int64_t least_monetary; /* whole units; INT64_MIN: none */
};

struct rfm_question {
    enum returns returns;
    enum method method;
    enum ties ties;
    int bins[DIMENSIONS];
    bool has_orders, has_products, tenure, summary;
    int as_of;                                   /* INT_MIN: none */
    int64_t least_frequency;                     /* 0: any */
    int weights[DIMENSIONS];                     /* all 0: none */
    struct segment_rule segments[MOST_SEGMENTS]; /* "S0", "S1", ... */
    int segment_count;
    struct order_row rows[MOST_ORDERS];
    int count;
};

struct person {
    const char *id;
    int first, last, products;
    int64_t value[DIMENSIONS]; /* monetary at the common scale */
    int score[DIMENSIONS];
    int segment;
};

struct rfm_answer {
    struct person people[MOST_ORDERS];
    int count, scale, as_of;
};

static inline int64_t ten_to(int exponent)
{
    return exponent > 0 ? 10 * ten_to(exponent - 1) : 1;
}

/* ---- what each customer did ---- */

static inline bool is_used(const struct rfm_question *q, const struct order_row *row)
{
    return !(q->as_of != INT_MIN && row->day > q->as_of) && !(q->returns == DROP && row->amount < 0);
}

static inline bool is_visit(const struct rfm_question *q, const struct order_row *row, const char *id)
{
    return is_used(q, row) && strcmp(row->customer, id) == 0 && !(q->returns == NET && row->amount < 0);
}

/* Whether a visit before row i has the same text in `text`. */
static inline bool seen_before(const struct rfm_question *q, int i, bool product)
{
    const struct order_row *row = &q->rows[i];

    for (int j = 0; j < i; j++)
        if (is_visit(q, &q->rows[j], row->customer) &&
            strcmp(product ? q->rows[j].product : q->rows[j].order, product ? row->product : row->order) == 0)
            return true;
    return false;
}

static inline void count_person(const struct rfm_question *q, struct rfm_answer *a, struct person *person)
{
    bool visited = false;

    person->first = INT_MAX;
    person->last = INT_MIN;
    for (int i = 0; i < q->count; i++)
        visited = visited || is_visit(q, &q->rows[i], person->id);
    for (int i = 0; i < q->count; i++) {
        const struct order_row *row = &q->rows[i];
        if (!is_used(q, row) || strcmp(row->customer, person->id) != 0)
            continue;
        bool visit = is_visit(q, row, person->id);
        person->value[M] += row->amount * ten_to(a->scale - row->scale);
        if (visit || !visited) {
            person->first = row->day < person->first ? row->day : person->first;
            person->last = row->day > person->last ? row->day : person->last;
        }
        if (visit && (!q->has_orders || !row->order[0] || !seen_before(q, i, false)))
            person->value[F]++;
        if (visit && q->has_products && row->product[0] && !seen_before(q, i, true))
            person->products++;
    }
    person->value[R] = a->as_of - person->last;
}

static inline void find_people(const struct rfm_question *q, struct rfm_answer *a)
{
    a->as_of = q->as_of;
    for (int i = 0; i < q->count; i++) {
        const struct order_row *row = &q->rows[i];
        if (!is_used(q, row))
            continue;
        if (q->as_of == INT_MIN && row->day > a->as_of)
            a->as_of = row->day;
        a->scale = row->scale > a->scale ? row->scale : a->scale;
    }
    for (int i = 0; i < q->count; i++) {
        struct person person = {.id = q->rows[i].customer, .segment = q->segment_count};
        bool known = !is_used(q, &q->rows[i]);
        for (int j = 0; j < i; j++)
            known = known || (is_used(q, &q->rows[j]) && strcmp(q->rows[j].customer, person.id) == 0);
        if (known)
            continue;
        count_person(q, a, &person);
        if (person.value[F] >= q->least_frequency)
            a->people[a->count++] = person;
    }
}

/* ---- scores ---- */

static inline int compare_int64(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* The k-th of n quantiles of type 7, times n. */
static inline int64_t quantile_times_n(const int64_t *sorted, int count, int k, int n)
{
    int at = (count - 1) * k / n, rest = (count - 1) * k % n;

    return sorted[at] * n + (rest ? rest * (sorted[at + 1] - sorted[at]) : 0);
}

static inline void score_by_quantiles(const struct rfm_question *q, struct rfm_answer *a, int d)
{
    const int n = q->bins[d];
    int64_t sorted[MOST_ORDERS];

    for (int i = 0; i < a->count; i++)
        sorted[i] = a->people[i].value[d];
    qsort(sorted, (size_t)a->count, sizeof *sorted, compare_int64);
    for (int i = 0; i < a->count; i++) {
        int above = 0;
        for (int k = 1; k < n; k++) {
            int64_t cut = quantile_times_n(sorted, a->count, k, n);
            if (q->method == R_PACKAGE)
                cut += n * (d == M ? ten_to(a->scale) : 1);
            int64_t value = a->people[i].value[d] * n;
            above += q->method == R_PACKAGE || q->ties == TIES_HIGH ? value >= cut : value > cut;
        }
        a->people[i].score[d] = d == R ? n - above : 1 + above;
    }
}

/* NTILE(n) of a place from 0 on among count. */
static inline int ntile(int place, int count, int n)
{
    int group = 0;

    for (int end = 0; end <= place; group++)
        end += count / n + (group < count % n);
    return group;
}

/* Below 0: a is worse. */
static inline int compare_people(const struct person *a, const struct person *b, int d)
{
    int order = compare_int64(&a->value[d], &b->value[d]);

    return d == R ? -order : order;
}

/* The score in d of person i among those who have its scores in the first `same` dimensions. */
static inline int score_by_rank(const struct rfm_question *q, const struct rfm_answer *a, int i, int d, int same)
{
    const struct person *person = &a->people[i];
    int worse = 0, equal = 0, before = 0, count = 0;

    for (int j = 0; j < a->count; j++) {
        const struct person *other = &a->people[j];
        bool alike = true;
        for (int k = 0; k < same; k++)
            alike = alike && other->score[k] == person->score[k];
        if (!alike)
            continue;
        int order = compare_people(other, person, d);
        count++;
        worse += order < 0;
        equal += order == 0;
        before += order == 0 && strcmp(other->id, person->id) < 0;
    }
    switch (q->ties) {
    case TIES_LOW:
        return ntile(worse, count, q->bins[d]);
    case TIES_HIGH:
        return ntile(worse + equal - 1, count, q->bins[d]);
    case TIES_MEAN:
        return ntile((worse + worse + equal - 1) / 2, count, q->bins[d]);
    default:
        return ntile(worse + before, count, q->bins[d]);
    }
}

static inline void find_scores(const struct rfm_question *q, struct rfm_answer *a)
{
    for (int d = 0; d < DIMENSIONS; d++) {
        int scores[MOST_ORDERS];
        if (q->method == QUANTILE || q->method == R_PACKAGE) {
            score_by_quantiles(q, a, d);
            continue;
        }
        for (int i = 0; i < a->count; i++)
            scores[i] = score_by_rank(q, a, i, d, q->method == NESTED ? d : 0);
        for (int i = 0; i < a->count; i++)
            a->people[i].score[d] = scores[i];
    }
}

static inline void find_segments(const struct rfm_question *q, struct rfm_answer *a)
{
    for (int i = 0; i < a->count; i++)
        for (int s = q->segment_count - 1; s >= 0; s--) {
            const struct segment_rule *rule = &q->segments[s];
            struct person *person = &a->people[i];
            bool in = rule->least_monetary == INT64_MIN || person->value[M] >= rule->least_monetary * ten_to(a->scale);
            for (int d = 0; d < DIMENSIONS; d++)
                in = in && rule->low[d] <= person->score[d] && person->score[d] <= rule->high[d];
            if (in)
                person->segment = s;
        }
}

static inline void rfm_reference(const struct rfm_question *q, struct rfm_answer *a)
{
    *a = (struct rfm_answer){0};
    find_people(q, a);
    find_scores(q, a);
    find_segments(q, a);
}

/* ---- reports ---- */

static inline void put_decimal(struct buffer *out, int64_t units, int scale)
{
    const int64_t part = ten_to(scale);

    check(buffer_printf(out, "%s%" PRId64, units < 0 ? "-" : "", (units < 0 ? -units : units) / part) == 0);
    if (scale)
        check(buffer_printf(out, ".%0*" PRId64, scale, (units < 0 ? -units : units) % part) == 0);
}

/* a / b with so many decimals, half away from zero; b > 0. */
static inline void put_ratio(struct buffer *out, int64_t a, int64_t b, int decimals)
{
    __int128 twice = (__int128)(a < 0 ? -a : a) * ten_to(decimals) * 2 + b;
    int64_t units = (int64_t)(twice / ((__int128)b * 2));

    put_decimal(out, a < 0 ? -units : units, decimals);
}

static inline void put_text(struct buffer *out, const char *text)
{
    if (!strpbrk(text, ",\"\n\r")) {
        check(buffer_append(out, slice_from_cstr(text)) == 0);
        return;
    }
    check(buffer_append_char(out, '"') == 0);
    for (; *text; text++)
        check(buffer_printf(out, *text == '"' ? "\"\"" : "%c", *text) == 0);
    check(buffer_append_char(out, '"') == 0);
}

static inline void put_day(struct buffer *out, int day)
{
    time_t seconds = (time_t)day * 86400;
    struct tm tm;
    char text[16];

    gmtime_r(&seconds, &tm);
    strftime(text, sizeof text, "%Y-%m-%d", &tm);
    check(buffer_append(out, slice_from_cstr(text)) == 0);
}

static inline void put_segment(struct buffer *out, const struct rfm_question *q, int segment)
{
    if (segment < q->segment_count)
        check(buffer_printf(out, "S%d", segment) == 0);
    else
        check(buffer_append(out, SLICE("Rest")) == 0);
}

static inline void put_person(struct buffer *out, const struct rfm_question *q, const struct rfm_answer *a,
                              const struct person *p)
{
    put_text(out, p->id);
    check(buffer_append_char(out, ',') == 0);
    put_day(out, p->last);
    check(buffer_printf(out, ",%" PRId64 ",%" PRId64 ",", p->value[R], p->value[F]) == 0);
    put_decimal(out, p->value[M], a->scale);
    check(buffer_printf(out, ",%d,%d,%d,%d,", p->score[R], p->score[F], p->score[M],
                        100 * p->score[R] + 10 * p->score[F] + p->score[M]) == 0);
    put_segment(out, q, p->segment);
    if (q->tenure) {
        check(buffer_append_char(out, ',') == 0);
        put_day(out, p->first);
        check(buffer_printf(out, ",%d", a->as_of - p->first) == 0);
    }
    if (q->has_products)
        check(buffer_printf(out, ",%d", p->products) == 0);
    if (q->weights[R] + q->weights[F] + q->weights[M]) {
        check(buffer_append_char(out, ',') == 0);
        put_ratio(out, q->weights[R] * p->score[R] + q->weights[F] * p->score[F] + q->weights[M] * p->score[M],
                  q->weights[R] + q->weights[F] + q->weights[M], 2);
    }
    check(buffer_append_char(out, '\n') == 0);
}

/* One more decimal when it is no whole number of units. */
static inline void put_median(struct buffer *out, const struct rfm_answer *a, int segment, int d)
{
    int64_t sorted[MOST_ORDERS];
    int count = 0, scale = d == M ? a->scale : 0;

    for (int i = 0; i < a->count; i++)
        if (a->people[i].segment == segment)
            sorted[count++] = a->people[i].value[d];
    qsort(sorted, (size_t)count, sizeof *sorted, compare_int64);
    int64_t twice = sorted[count / 2] + sorted[(count - 1) / 2];
    check(buffer_append_char(out, ',') == 0);
    put_decimal(out, twice % 2 ? twice * 5 : twice / 2, twice % 2 ? scale + 1 : scale);
}

static inline void put_summary_row(struct buffer *out, const struct rfm_question *q, const struct rfm_answer *a,
                                   int segment)
{
    int64_t customers = 0, orders = 0, revenue = 0, all_revenue = 0;

    for (int i = 0; i < a->count; i++) {
        bool in = a->people[i].segment == segment;
        customers += in;
        orders += in ? a->people[i].value[F] : 0;
        revenue += in ? a->people[i].value[M] : 0;
        all_revenue += a->people[i].value[M];
    }
    if (customers == 0)
        return;
    put_segment(out, q, segment);
    check(buffer_printf(out, ",%" PRId64 ",", customers) == 0);
    put_ratio(out, customers, a->count, 4);
    check(buffer_printf(out, ",%" PRId64 ",", orders) == 0);
    put_decimal(out, revenue, a->scale);
    check(buffer_append_char(out, ',') == 0);
    if (all_revenue > 0)
        put_ratio(out, revenue, all_revenue, 4);
    check(buffer_append_char(out, ',') == 0);
    if (orders) {
        int decimals = a->scale > 2 ? a->scale : 2;
        put_ratio(out, revenue, orders * ten_to(a->scale), decimals);
    }
    for (int d = 0; d < DIMENSIONS; d++)
        put_median(out, a, segment, d);
    check(buffer_append_char(out, '\n') == 0);
}

static inline void rfm_reference_report(const struct rfm_question *q, const struct rfm_answer *a, struct buffer *out)
{
    if (q->summary) {
        check(buffer_append(out, SLICE("segment,customers,customer_share,orders,revenue,revenue_share,aov,"
                                       "median_recency_days,median_frequency,median_monetary\n")) == 0);
        for (int s = 0; s <= q->segment_count; s++)
            put_summary_row(out, q, a, s);
        return;
    }
    check(buffer_append(out, SLICE("customer_id,last_date,recency_days,frequency,monetary,r,f,m,rfm_score,segment")) ==
          0);
    if (q->tenure)
        check(buffer_append(out, SLICE(",first_date,tenure_days")) == 0);
    if (q->has_products)
        check(buffer_append(out, SLICE(",products")) == 0);
    if (q->weights[R] + q->weights[F] + q->weights[M])
        check(buffer_append(out, SLICE(",weighted_score")) == 0);
    check(buffer_append_char(out, '\n') == 0);
    for (int i = 0; i < a->count; i++)
        put_person(out, q, a, &a->people[i]);
}

#endif
