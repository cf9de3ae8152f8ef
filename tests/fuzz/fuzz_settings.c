/* Any bytes as a file of settings, or as what is said on a command line: it is read, or refused with an error that is
 * no error of the system; what was read and can be written is written so that it reads and writes the same again.
 *
 * The first byte says what the rest is: 'm' the map of an import, 's' segments, 'c' cuts, 'r' rules of scores, 'o' a
 * model, 'g' stages, 'x' rates, 'v' survivorship, 'j' JSON of any kind; '=' mappings, '+' rules of survivorship, 'f'
 * steps of a funnel with gaps and exclusions, 'w' weights, limits and cuts, 'p' a path into JSON: in these each line is
 * one text. */
#include <inttypes.h>
#include <math.h>

#include "analysis/funnel_steps.h"
#include "analysis/import_map.h"
#include "analysis/model.h"
#include "analysis/rfm_options.h"
#include "analysis/rfm_score.h"
#include "analysis/rfm_segment.h"
#include "analysis/score_rules.h"
#include "analysis/stages.h"
#include "analysis/survivor.h"
#include "base/buffer.h"
#include "base/program.h"
#include "fuzz.h"
#include "stream/json_path.h"
#include "stream/rates.h"
#include "value/settings.h"

static void check_refusal(const struct error *err)
{
    check(err->status == STATUS_USAGE || err->status == STATUS_DATA);
    check(err->text[0] && memchr(err->text, 0, sizeof err->text));
}

static void check_texts(const struct buffer *one, const struct buffer *two)
{
    if (!slice_equal(buffer_slice(one), buffer_slice(two)))
        fprintf(stderr, "%.*s\n---\n%.*s\n", SLICE_ARG(buffer_slice(one)), SLICE_ARG(buffer_slice(two)));
    check(slice_equal(buffer_slice(one), buffer_slice(two)));
}

/* ---- files ---- */

static void check_map(struct slice text)
{
    struct import_map map, again;
    struct buffer one = {0}, two = {0};
    struct error err;

    import_map_init(&map);
    import_map_init(&again);
    if (import_map_read(&map, text, "map", &err) || import_map_write(&map, &one, &err)) {
        check_refusal(&err);
    } else {
        check(import_map_read(&again, buffer_slice(&one), "again", &err) == 0);
        check(import_map_write(&again, &two, &err) == 0);
        check_texts(&one, &two);
    }
    for (enum entity entity = ENTITY_CONTACT; entity < ENTITY_COUNT; entity++)
        if (import_map_check(&map, entity, &err))
            check_refusal(&err);
    buffer_fini(&one);
    buffer_fini(&two);
    import_map_fini(&map);
    import_map_fini(&again);
}

static bool holds(const struct rfm_segment *segment, const int score[RFM_DIMENSIONS])
{
    const int sum = score[RFM_FREQUENCY] + score[RFM_MONETARY];
    bool in = segment->fm.low <= sum && sum <= segment->fm.high;

    for (int d = 0; d < RFM_DIMENSIONS; d++)
        in = in && segment->score[d].low <= score[d] && score[d] <= segment->score[d].high;
    return in;
}

static bool has_values(const struct rfm_segment *segment)
{
    bool any = false;

    for (int d = 0; d < RFM_DIMENSIONS; d++)
        any = any || segment->value[d].has_low || segment->value[d].has_high;
    return any;
}

/* The coverage, counted cell by cell. */
static void check_coverage(const struct rfm_segments *segments, const struct rfm_coverage *coverage)
{
    size_t others = 0, cells = 0;
    size_t *matches = calloc(segments->count + 1, sizeof *matches), *gets = calloc(segments->count + 1, sizeof *gets);

    check(matches && gets);
    for (int r = 1; r <= segments->bins[RFM_RECENCY]; r++)
        for (int f = 1; f <= segments->bins[RFM_FREQUENCY]; f++)
            for (int m = 1; m <= segments->bins[RFM_MONETARY]; m++) {
                const int score[RFM_DIMENSIONS] = {r, f, m};
                bool taken = false;
                for (size_t i = 0; i < segments->count; i++) {
                    if (!holds(&segments->items[i], score))
                        continue;
                    matches[i]++;
                    gets[i] += !taken;
                    taken = taken || !has_values(&segments->items[i]);
                }
                cells++;
                others += !taken;
            }
    check(coverage->count == segments->count && coverage->cells == cells && coverage->others == others);
    for (size_t i = 0; i < segments->count; i++)
        check(coverage->segments[i].matches == matches[i] && coverage->segments[i].gets == gets[i] &&
              coverage->segments[i].has_values == has_values(&segments->items[i]));
    free(matches);
    free(gets);
}

static void check_segments(struct slice text)
{
    static const int some[][RFM_DIMENSIONS] = {{5, 5, 5}, {1, 9, 3}, {2, 2, 2}};
    const int *bins = some[text.len % 3];
    struct rfm_segments segments;
    struct rfm_coverage coverage;
    struct error err;

    if (rfm_segments_read(&segments, text, "segments", bins, &err)) {
        check_refusal(&err);
        return;
    }
    check(segments.count <= RFM_SEGMENTS_MAX && rfm_segments_check(&coverage, &segments, &err) == 0);
    if (segments.count < 30)
        check_coverage(&segments, &coverage);
    rfm_coverage_fini(&coverage);
    rfm_segments_fini(&segments);
}

static void check_cuts(struct slice text)
{
    struct rfm_cuts cuts, again;
    struct buffer one = {0}, two = {0};
    struct error err;

    if (rfm_cuts_read(&cuts, text, "cuts", &err)) {
        check_refusal(&err);
        return;
    }
    for (int d = 0; d < RFM_DIMENSIONS; d++) {
        const struct rfm_cut_list *list = &cuts.lists[d];
        check(list->count >= 0 && list->count < RFM_BINS_MAX);
        for (int i = 1; i < list->count; i++)
            check(decimal_compare(list->cuts[i - 1].units, list->cuts[i - 1].scale, list->cuts[i].units,
                                  list->cuts[i].scale) <= 0);
    }
    if (rfm_cuts_write(&cuts, &one, &err) == 0) {
        check(rfm_cuts_read(&again, buffer_slice(&one), "again", &err) == 0);
        check(rfm_cuts_write(&again, &two, &err) == 0);
        check_texts(&one, &two);
    } else {
        check_refusal(&err);
    }
    buffer_fini(&one);
    buffer_fini(&two);
}

static void check_rules(struct slice text)
{
    struct score_rules rules = {0};
    struct error err;

    if (score_rules_read(&rules, text, "rules", &err))
        check_refusal(&err);
    else
        score_rules_need_day(&rules);
    score_rules_fini(&rules);
}

static void check_model(struct slice text)
{
    struct model model = {0}, again = {0};
    struct buffer one = {0}, two = {0};
    struct error err;

    if (model_read(&model, text, "model", &err)) {
        check_refusal(&err);
    } else {
        check(model_write(&model, &one, &err) == 0);
        check(model_read(&again, buffer_slice(&one), "again", &err) == 0);
        check(model_write(&again, &two, &err) == 0);
        check_texts(&one, &two);
    }
    model_fini(&model);
    model_fini(&again);
    buffer_fini(&one);
    buffer_fini(&two);
}

static void check_stages(struct slice text)
{
    struct memory_file file = file_of(text);
    struct stages stages;
    struct error err;

    stages_init(&stages);
    if (stages_read(&stages, file.path, &err)) {
        check_refusal(&err);
    } else {
        const uint64_t print = stages_fingerprint(&stages);
        check(stages.listed == stages.count && stages.count > 0);
        for (size_t i = 0; i < stages.listed; i++) {
            const struct stage *stage = &stages.items[i];
            size_t found;
            check(isnan(stage->probability) || (stage->probability >= 0 && stage->probability <= 1));
            check(isnan(stage->limit_days) || stage->limit_days >= 0);
            check(stages_find(&stages, stage->name, &found, &err) == 0 && found == i);
        }
        check(stages.count == stages.listed && print == stages_fingerprint(&stages));
    }
    stages_fini(&stages);
    close(file.fd);
}

static void check_rates(struct slice text)
{
    static const struct decimal amounts[] = {{1000, 2}, {-7, 0}, {123456789012345, 4}, {INT64_MAX, 18}};
    struct memory_file file = file_of(text);
    struct rates rates;
    struct error err;

    rates_init(&rates);
    if (rates_read(&rates, file.path, SLICE("EUR"), &err))
        check_refusal(&err);
    for (size_t i = 0; i < rates.table.count; i++) {
        const struct decimal *rate = group_state(&rates.table, i);
        for (size_t k = 0; k < sizeof amounts / sizeof *amounts; k++) {
            struct decimal amount = amounts[k];
            if (rates_convert(&rates, group_key(&rates.table, i), &amount) != RATES_CONVERTED)
                continue;
            const int most = amounts[k].scale > 2 ? amounts[k].scale : 2, exact = amounts[k].scale + rate->scale;
            int128 units = (int128)amounts[k].units * rate->units;
            if (exact > most)
                units = int128_divide_round(units, power_of_ten(exact - most));
            check(amount.scale == (exact > most ? most : exact) && amount.units == units);
        }
    }
    rates_fini(&rates);
    close(file.fd);
}

static const struct slice columns[] = {SLICE_INIT("email"),  SLICE_INIT("city"),  SLICE_INIT("updated_at"),
                                       SLICE_INIT("amount"), SLICE_INIT("notes"), SLICE_INIT("source")};
enum { COLUMNS = sizeof columns / sizeof *columns };

static void check_survivors(struct slice text)
{
    struct survivor_plan *plan;
    struct error err;

    check(survivor_plan_new(&plan, columns, COLUMNS, &err) == 0);
    if (survivor_plan_read(plan, text, "survivors", &err))
        check_refusal(&err);
    for (size_t i = 0; i < COLUMNS; i++) {
        const size_t leader = survivor_plan_leader(plan, i);
        check(leader < COLUMNS && survivor_plan_leader(plan, leader) == leader);
        check(survivor_plan_rule(plan, i) < SURVIVOR_RULES);
    }
    survivor_plan_free(plan);
}

/* What is written is what jansson writes. */
static void check_json(struct slice text)
{
    static const size_t flags[] = {0, JSON_COMPACT, JSON_INDENT(2), JSON_INDENT(2) | JSON_ENSURE_ASCII, JSON_SORT_KEYS};
    struct buffer written = {0};
    struct error err;
    json_t *value = settings_read(text, "settings", &err);

    if (!value) {
        check_refusal(&err);
        return;
    }
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
        char *expected = json_dumps(value, flags[i]);
        buffer_clear(&written);
        check(expected && settings_write(value, flags[i], &written) == 0);
        check(slice_equal(buffer_slice(&written), slice_from_cstr(expected)));
        free(expected);
    }
    json_decref(value);
    buffer_fini(&written);
}

/* ---- lines ---- */

static void check_mappings(char *line, struct import_map *map)
{
    struct error err;

    if (import_map_set(map, line, &err))
        check_refusal(&err);
}

static void check_survivor_rule(char *line, struct survivor_plan *plan)
{
    struct error err;

    if (survivor_plan_set(plan, line, &err) || survivor_plan_recent_by(plan, slice_from_cstr(line), &err))
        check_refusal(&err);
}

static void check_steps(char *line, size_t number, struct funnel_steps *steps, struct funnel_rules *rules)
{
    struct error err;
    int failed;

    if (number == 0)
        failed = funnel_steps_parse(steps, line, &err) || funnel_steps_finish(steps, &err);
    else if (steps->count == 0)
        return;
    else if (number % 3 == 1)
        failed = funnel_steps_exclude(steps, line, &err);
    else if (number % 3 == 2)
        failed = funnel_steps_gap(steps, line, rules, &err);
    else
        failed = funnel_steps_find(steps, slice_from_cstr(line), &err) < 0;
    if (failed)
        check_refusal(&err);
    if (failed && number == 0) { /* what was refused is not gone on with */
        funnel_steps_fini(steps);
        funnel_steps_init(steps);
    }
    rules->steps = steps->count;
    rules->optional = steps->optional;
    for (int i = 0; i < steps->count; i++)
        check(steps->items[i].name.len > 0);
}

static void check_numbers(const char *line)
{
    struct rfm_range ranges[RFM_DIMENSIONS] = {0};
    struct rfm_cut_list list;
    struct rfm_weights weights;
    struct error err;

    if (option_rfm_only(ranges, line, &err))
        check_refusal(&err);
    if (rfm_cut_list_parse(&list, slice_from_cstr(line), &err))
        check_refusal(&err);
    else
        check(list.count >= 0 && list.count < RFM_BINS_MAX && rfm_cuts_distinct(&list) <= list.count);
    if (rfm_weights_parse(&weights, slice_from_cstr(line), &err)) {
        check_refusal(&err);
    } else {
        const struct rfm_customer customer = {.score = {1, 5, 3}};
        const int score = rfm_weighted_score(&customer, &weights);
        check(score >= 100 && score <= 500);
    }
}

static void check_path(const char *line)
{
    struct json_path *path, *again;
    struct buffer text = {0};
    struct error err;

    check(json_path_title(slice_from_cstr(line), &text) == 0);
    buffer_fini(&text);
    if (json_path_parse(&path, slice_from_cstr(line), &err)) {
        check_refusal(&err);
        return;
    }
    const struct slice name = path->steps[0].name;
    check(path->count > 0 && name.ptr);
    if (utf8_valid(name.ptr, name.len)) { /* a name of JSON always is */
        check(json_path_append(&text, name) == 0);
        check(json_path_parse(&again, buffer_slice(&text), &err) == 0);
        check(again->count == 1 && slice_equal(again->steps[0].name, name));
        json_path_free(again);
    }
    json_path_free(path);
    buffer_fini(&text);
}

static void check_lines(char kind, char *text)
{
    struct import_map map;
    struct survivor_plan *plan;
    struct funnel_steps steps;
    struct funnel_rules rules = {.window = FUNNEL_NO_LIMIT};
    struct error err;
    size_t number = 0;

    import_map_init(&map);
    check(survivor_plan_new(&plan, columns, COLUMNS, &err) == 0);
    funnel_steps_init(&steps);
    for (char *line = strtok(text, "\n"); line && number < 50; line = strtok(NULL, "\n"), number++)
        switch (kind) {
        case '=':
            check_mappings(line, &map);
            break;
        case '+':
            check_survivor_rule(line, plan);
            break;
        case 'f':
            check_steps(line, number, &steps, &rules);
            break;
        case 'w':
            check_numbers(line);
            break;
        default:
            check_path(line);
            break;
        }
    import_map_fini(&map);
    survivor_plan_free(plan);
    funnel_steps_fini(&steps);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct {
        char kind;
        void (*run)(struct slice text);
    } files[] = {{'m', check_map},   {'s', check_segments},  {'c', check_cuts},
                 {'r', check_rules}, {'o', check_model},     {'g', check_stages},
                 {'x', check_rates}, {'v', check_survivors}, {'j', check_json}};

    if (size < 1 || size > 16384)
        return 0;
    program_set_quiet(true);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if ((char)data[0] == files[i].kind)
            files[i].run((struct slice){(const char *)data + 1, size - 1});
    if (memchr("=+fwp", data[0], 5)) {
        char *text = strndup((const char *)data + 1, size - 1);
        check(text != NULL);
        check_lines((char)data[0], text);
        free(text);
    }
    return 0;
}
