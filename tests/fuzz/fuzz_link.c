/* The parts of a linkage over a small table, whatever it holds: the pairs that blocking gives, the scores, the
 * clusters; the texts that plans, rules and models are written as; what survives of each cluster.
 *
 * Each pair that may be one is given once, and those that are not given are not there; probabilities are such; clusters
 * are numbered in order of first rows, and of two clean lists no cluster has two rows of one; a plan, rules and a model
 * read from what was printed are those that were printed, and lead to the same clusters.
 *
 * The first byte chooses mode, split and largest block, the second whether the text up to the first zero byte is
 * fields, rules of blocking, a model or settings of survivorship; the rest is the table. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/linkage.h"
#include "analysis/survivor.h"
#include "base/program.h"
#include "base/utf8.h"
#include "fuzz.h"

#define ROWS 96 /* of a table at most: all pairs of them are checked */

/* The table. */
struct table {
    struct stream *stream;
    struct kept kept;
    struct slice *names;
};

static bool read_table(struct table *table, struct slice text)
{
    static char *const paths[] = {"-"};
    const struct stream_options options = {
        .rejects = "/dev/null", .limit = {.percent = true, .value = 100}, .progress = PROGRESS_NEVER};
    struct record record;
    struct error err;

    check(stream_open(&table->stream, paths, 1, &options, &err) == 0);
    source_free(table->stream->inputs[0].source);
    check(source_memory(&table->stream->inputs[0].source, text, "fuzz", &err) == 0);
    kept_init(&table->kept, 0);
    table->names = NULL;
    if (stream_start(table->stream, &err) || stream_all(table->stream, &err))
        return false;
    size_t columns = table->stream->column_count;
    kept_init(&table->kept, columns);
    table->names = calloc(columns + 1, sizeof *table->names);
    check(table->names != NULL);
    for (size_t i = 0; i < columns; i++)
        table->names[i] = table->stream->columns[i].name;
    while (table->kept.count < ROWS && stream_next(table->stream, &record, &err) > 0)
        check(kept_add(&table->kept, &record, &err) == 0);
    return true;
}

static void free_table(struct table *table)
{
    kept_fini(&table->kept);
    stream_free(table->stream);
    free(table->names);
}

/* How often each pair was given, by a * ROWS + b. */
struct given {
    uint8_t times[ROWS * ROWS];
    const struct link_records *records;
};

static int count_pairs(void *context, const struct link_pair *pairs, size_t count)
{
    struct given *given = context;

    for (size_t i = 0; i < count; i++) {
        check(pairs[i].a < pairs[i].b && pairs[i].b < given->records->count);
        check(link_may_pair(given->records, pairs[i].a, pairs[i].b));
        given->times[pairs[i].a * ROWS + pairs[i].b]++;
    }
    return 0;
}

static void check_pairs(const struct linkage *linkage)
{
    struct given *given = calloc(1, sizeof *given);

    check(given != NULL);
    given->records = &linkage->records;
    for (size_t chunk = 0; chunk < linkage->index.chunk_count; chunk++)
        check(link_index_visit(&linkage->index, chunk, count_pairs, given) == 0);
    for (uint32_t a = 0; a < linkage->records.count; a++)
        for (uint32_t b = a + 1; b < linkage->records.count; b++) {
            bool has = link_may_pair(&linkage->records, a, b) && link_index_has(&linkage->index, a, b);
            check(given->times[a * ROWS + b] == (has ? 1 : 0));
        }
    free(given);
}

static void check_clusters(const struct linkage *linkage)
{
    const struct link_clusters *clusters = &linkage->clusters;
    const struct link_records *records = &linkage->records;
    uint32_t next = 0, sizes[ROWS] = {0}, firsts[ROWS] = {0};

    for (size_t row = 0; row < records->count; row++) {
        check(clusters->cluster[row] <= next);
        next += clusters->cluster[row] == next;
        sizes[clusters->cluster[row]]++;
        firsts[clusters->cluster[row]] += row < records->split;
    }
    check(next == clusters->count);
    for (size_t row = 0; row < records->count; row++) {
        float probability = clusters->probability[row];
        uint32_t cluster = clusters->cluster[row];
        check(isnan(probability) ? sizes[cluster] == 1 : probability >= 0 && probability <= 1 && sizes[cluster] > 1);
        check(records->mode != LINK_ACROSS || (firsts[cluster] <= 1 && sizes[cluster] - firsts[cluster] <= 1));
        check(records->mode != LINK_AGAINST || firsts[cluster] <= 1);
    }
    for (size_t i = 0; i < linkage->edges.count; i++) {
        const struct link_edge *edge = &linkage->edges.items[i];
        double probability = link_probability(&linkage->model, edge->score);
        check(edge->a < edge->b && probability >= 0 && probability <= 1);
        check(link_index_has(&linkage->index, edge->a, edge->b));
    }
}

/* 0, or -1 with an error that is a clean one. */
static int link_table(struct linkage *linkage, const struct linkage_settings *settings, const struct table *table,
                      size_t split)
{
    struct error err;

    linkage_init(linkage, settings);
    if (linkage_fill(linkage, table->names, &table->kept, split, &err) || linkage_index(linkage, &err) ||
        linkage_score(linkage, &err) || linkage_cluster(linkage, &err)) {
        check_error(&err);
        return -1;
    }
    return 0;
}

static bool same_score(struct link_score a, struct link_score b)
{
    return a.weight == b.weight && a.related == b.related;
}

/* The next pair over the threshold, from i on. */
static size_t next_match(const struct linkage *linkage, size_t i)
{
    while (i < linkage->edges.count &&
           link_probability(&linkage->model, linkage->edges.items[i].score) < linkage->settings.threshold)
        i++;
    return i;
}

/* The same clusters, by the same pairs. Below the threshold pairs may differ: those that a learned model keeps are
 * chosen before its rates are settled. */
static void check_same(const struct linkage *one, const struct linkage *other)
{
    size_t i = next_match(one, 0), j = next_match(other, 0);

    check(one->clusters.count == other->clusters.count);
    check(one->records.count == 0 || memcmp(one->clusters.cluster, other->clusters.cluster,
                                            one->records.count * sizeof *one->clusters.cluster) == 0);
    while (i < one->edges.count && j < other->edges.count) {
        const struct link_edge *a = &one->edges.items[i], *b = &other->edges.items[j];
        check(a->a == b->a && a->b == b->b && same_score(a->score, b->score));
        i = next_match(one, i + 1);
        j = next_match(other, j + 1);
    }
    check(i == one->edges.count && j == other->edges.count);
}

/* The fields and the rules as text, read again: the same clusters. */
static void check_texts(const struct linkage *linkage, const struct table *table)
{
    struct linkage_settings settings = linkage->settings;
    struct buffer fields = {0}, block = {0};
    struct linkage again;

    if (linkage->records.field_count == 0 || linkage->index.count == 0)
        return;
    check(link_plan_print(&linkage->plan, table->names, &fields) == 0 && buffer_append_char(&fields, 0) == 0);
    for (size_t i = 0; i < linkage->choice.count; i++) {
        check(i == 0 || buffer_append_char(&block, ',') == 0);
        check(link_rule_print(&linkage->choice.rules[i], &linkage->records, &block) == 0);
    }
    check(buffer_append_char(&block, 0) == 0);
    settings.fields = fields.data;
    settings.block = block.data;
    settings.model = SLICE("");
    if (memchr(fields.data, 0, fields.len - 1) == NULL && memchr(block.data, 0, block.len - 1) == NULL) {
        check(link_table(&again, &settings, table, linkage->records.split) == 0);
        if (!linkage->settings.model.len)
            check_same(linkage, &again);
        linkage_fini(&again);
    }
    buffer_fini(&fields);
    buffer_fini(&block);
}

/* The model as text, read again: the same clusters. */
static void check_model(const struct linkage *linkage, const struct table *table)
{
    struct linkage_settings settings = linkage->settings;
    struct buffer text = {0};
    struct linkage again;
    struct error err;

    if (linkage->records.field_count == 0)
        return;
    if (linkage_save(linkage, table->names, &text, &err)) {
        check_error(&err);
        buffer_fini(&text);
        return;
    }
    settings.fields = settings.block = NULL;
    settings.model = buffer_slice(&text);
    settings.model_file = "saved";
    check(link_table(&again, &settings, table, linkage->records.split) == 0);
    check_same(linkage, &again);
    linkage_fini(&again);
    buffer_fini(&text);
}

static void check_explanations(struct linkage *linkage)
{
    struct buffer text = {0};
    struct error err;

    for (size_t i = 0; i < linkage->edges.count && i < 50; i++) {
        buffer_clear(&text);
        check(linkage_explain(linkage, linkage->edges.items[i].a, linkage->edges.items[i].b, &text, &err) == 0);
        check(text.len > 0);
    }
    buffer_fini(&text);
}

/* What survives of each cluster: a value of one of its rows, or made of several. */
static void check_survivors(const struct linkage *linkage, const struct table *table, struct slice settings)
{
    struct survivor_plan *plan;
    struct survivor_work *work = NULL;
    struct error err;
    size_t rows[ROWS], columns = table->kept.columns;
    struct field *out = calloc(columns + 1, sizeof *out);
    struct survivor_choice *why = calloc(columns + 1, sizeof *why);
    bool json = settings.len && settings.ptr[0] == '{';
    char *text = strndup(settings.ptr, settings.len);

    check(out && why && text && survivor_plan_new(&plan, table->names, columns, &err) == 0);
    int failed = json           ? survivor_plan_read(plan, settings, "settings", &err)
                 : settings.len ? survivor_plan_set(plan, text, &err)
                                : 0;
    failed = failed || survivor_plan_survey(plan, &table->kept, table->stream, &err) ||
             survivor_work_new(&work, plan, &table->kept, &err);
    for (size_t cluster = 0; cluster < linkage->clusters.count && !failed; cluster++) {
        size_t count = 0;
        for (size_t row = 0; row < table->kept.count; row++)
            if (linkage->clusters.cluster[row] == cluster)
                rows[count++] = row;
        failed = survivor_choose(work, rows, count, NULL, out, why, &err);
        for (size_t c = 0; c < columns && !failed; c++)
            check(why[c].row == SURVIVOR_MANY ||
                  (why[c].row < table->kept.count && linkage->clusters.cluster[why[c].row] == cluster));
    }
    if (failed)
        check_error(&err);
    survivor_work_free(work);
    survivor_plan_free(plan);
    free(text);
    free(why);
    free(out);
}

enum { NOTHING, FIELDS, BLOCK, MODEL, SURVIVORS, USES };

static void link_twice(const struct table *table, struct slice text, unsigned how, unsigned use)
{
    char *spec = strndup(text.ptr, text.len);
    size_t split = how / 3 % 4 * (table->kept.count / 3);
    struct linkage_settings settings = {
        .mode = (enum link_mode)(how % 3),
        .preset = use / USES % 2 ? LINK_ACCOUNT : LINK_CONTACT,
        .fields = use % USES == FIELDS ? spec : NULL,
        .block = use % USES == BLOCK ? spec : NULL,
        .model = use % USES == MODEL ? text : SLICE(""),
        .model_file = "model",
        .max_block = how / 12 % 3 == 0 ? 4 : 0,
        .threshold = how / 36 % 3 == 0 ? .01 : 0,
        .threads = 1,
    };
    struct linkage one, three;

    check(spec != NULL);
    int failed = link_table(&one, &settings, table, split);
    settings.threads = 3;
    check(failed == link_table(&three, &settings, table, split));
    if (!failed) {
        check_same(&one, &three);
        check_pairs(&one);
        check_clusters(&one);
        check_texts(&one, table);
        check_model(&one, table);
        check_explanations(&one);
        check_survivors(&one, table, use % USES == SURVIVORS ? text : SLICE(""));
    }
    linkage_fini(&one);
    linkage_fini(&three);
    free(spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct table table;

    if (size < 3 || size > 8192)
        return 0;
    program_set_quiet(true);
    const char *text = (const char *)data + 2, *end = memchr(text, 0, size - 2);
    size_t length = end ? (size_t)(end - text) : 0;
    struct slice records = end ? (struct slice){end + 1, size - 3 - length} : (struct slice){text, size - 2};

    if (read_table(&table, records))
        link_twice(&table, (struct slice){text, length}, data[0], data[1]);
    free_table(&table);
    return 0;
}
