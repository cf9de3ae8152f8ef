/* Kinds: tables are told by the names of columns that our programs give them and nobody else is likely to. Where the
 * columns of one kind are among those of another, the one that asks for more stands first. */
#include "report/report_kind.h"

const struct report_kind report_kinds[] = {
    {"funnel", "Funnel", "step,entered,converted,dropped,overall_rate", make_funnel_steps},
    {"funnel-times", "Time between steps", "from,to,entities,median_time,p90_time", make_funnel_times},
    {"funnel-histogram", "Time to convert", "from_time,to_time,entities,share", make_funnel_histogram},
    {"funnel-curve", "Conversion over time", "time,at_risk,converted,conversion_rate,conversion_rate_low",
     make_funnel_curve},
    {"funnel-compare", "Groups compared", "other,from,to,rate,other_rate,p_adjusted", make_funnel_compare},
    {"funnel-events", "Events", "event,events,step", make_funnel_events},
    {"cohort", "Cohorts", "cohort,age,size,eligible,value,rate,complete", make_cohort_rows},
    {"cohort-matrix", "Cohorts", "cohort,size", make_cohort_matrix},
    {"rfm", "Customers", "r,f,m,rfm_score,segment,monetary", make_rfm_customers},
    {"rfm-summary", "Segments", "segment,customers,customer_share,revenue,revenue_share", make_rfm_summary},
    {"rfm-migration", "Migration", "previous_segment,segment,customers,share", make_rfm_migration},
    {"pipeline", "Pipeline", "stage,deals,amount,weighted_amount,stalled", make_pipeline_stages},
    {"winrate", "Win rate", "created,won,lost,open,win_rate", make_pipeline_winrate},
    {"velocity", "Velocity", "deals,win_rate,cycle_days,velocity_per_day", make_pipeline_velocity},
    {"aging", "Aging", "stage,deals,min,p25,median,p75,p90,max", make_pipeline_aging},
    {"forecast", "Forecast", "month,deals,amount,commit,best_case,weighted_amount,won_amount", make_pipeline_forecast},
    {"slippage", "Slippage", "deals,moved,pushed,pulled,closed,closed_late", make_pipeline_slippage},
    {"times", "From lead to cash", "from,to,deals,median,mean,p90,negative", make_pipeline_times},
    {"scores", "Scores", "score,grade", make_scores},
    {"measures", "How good the scores are", "section,name,leads,yes,rate,value,lift", make_measures},
    {"truth", "How good the clusters are", "measure,threshold,precision,recall,f1", make_truth},
    {"pairs", "Pairs", "match_probability,match_weight,id_1,id_2", make_pairs},
    {"blocks", "Blocking", "rule,pairs,blocks,largest_block,lost_pairs", make_blocks},
    {"clusters", "Clusters", "cluster_id,cluster_size,match_probability", make_clusters},
    {"import-columns", "Columns", "input,source,column,reading,filled,records", make_import_columns},
    {"import-report", "Import", "inputs,columns,account", make_import_report},
    {"trend", "Trend", "", make_trend},
    {"table", "Table", "", make_plain},
    {NULL, NULL, NULL, NULL},
};

/* Takes the first name off a list with commas. */
static struct slice next_name(struct slice *list)
{
    const char *comma = list->len ? memchr(list->ptr, ',', list->len) : NULL;
    struct slice name = {list->ptr, comma ? (size_t)(comma - list->ptr) : list->len};
    size_t taken = name.len + (comma != NULL);

    *list = (struct slice){list->ptr + taken, list->len - taken};
    return name;
}

struct slice report_kind_lacks(const struct report_kind *kind, const struct report_table *table)
{
    struct slice list = slice_from_cstr(kind->columns);

    while (list.len) {
        struct slice name = next_name(&list);
        if (report_table_find_slice(table, name) == COLUMN_ABSENT)
            return name;
    }
    return SLICE("");
}

const struct report_kind *report_kind_find(const struct report_table *table)
{
    const struct report_kind *kind = report_kinds;

    while (report_kind_lacks(kind, table).len || kind->make == make_trend)
        kind++; /* a trend is asked for, or found in make_plain() */
    return kind;
}

const struct report_kind *report_kind_named(struct slice name)
{
    for (const struct report_kind *kind = report_kinds; kind->name; kind++)
        if (slice_equal_cstr(name, kind->name))
            return kind;
    return NULL;
}

/* More series than there are colours cannot be told apart: the others are left to the table, and that is said. */
static void limit_series(struct figures *figures, struct words *words)
{
    enum { SERIES_MAX = 8 };

    for (size_t i = 0; i < figures->count; i++) {
        struct figure *figure = &figures->items[i];
        bool colored = figure->kind == FIGURE_BARS || figure->kind == FIGURE_COLUMNS || figure->kind == FIGURE_LINES;
        if (!colored || figure->series_count <= SERIES_MAX)
            continue;
        figure->value_title = words_printf(words, "%.*s%sthe first %d of %zu", SLICE_ARG(figure->value_title),
                                           figure->value_title.len ? ", " : "", SERIES_MAX, figure->series_count);
        figure->series_count = SERIES_MAX;
    }
}

int report_figures(const struct report_kind *kind, const struct report_table *table, struct words *words,
                   struct figures *figures, struct error *err)
{
    struct figure_maker maker = {table, words, figures};

    *figures = (struct figures){.sentence = SLICE("")};
    if (table->rows)
        kind->make(&maker);
    limit_series(figures, words);
    return words->failed ? error_memory(err) : 0;
}

int report_figures_chosen(const struct report_kind *kind, enum figure_kind chosen, const struct report_table *table,
                          struct words *words, struct figures *figures, struct error *err)
{
    struct figure_maker maker = {table, words, figures};

    if (report_figures(kind, table, words, figures, err))
        return -1;
    for (size_t i = 0; i < figures->count; i++)
        if (figures->items[i].kind == chosen) {
            figures->items[0] = figures->items[i];
            figures->count = 1;
            return 0;
        }
    figures->count = 0;
    if (table->rows)
        make_chosen(&maker, chosen);
    return words->failed ? error_memory(err) : 0;
}
