/* The model file: what is written is read as the same to the last bit, is bound to another input by the names of its
 * columns, and scores as before; and everything that is wrong with such a file is refused with its place. */
#include "link_table.h"

#include <jansson.h>
#include <math.h>

#include "analysis/linkage.h"
#include "short_memory.h"

static const char header[] = "last_name|email|phone|mobile|dob|city|a \"b\"\\c|улица\n"
                             "Smith|a@x.org|1234567|7654321|1970-01-02|Bonn|1|Мира 1\n";
static const char fields[] = "last_name,email,phone+mobile,dob,city,a \"b\"\\c:text,улица:street";

/* A model of the table above with random shares. */
struct scene {
    struct table table;
    struct link_plan plan;
    struct link_records records;
    struct link_model model;
    struct buffer text;
    struct error err;
};

static double uniform(uint64_t *random)
{
    return (double)(1 + (link_random(random) >> 12)) * 0x1p-52;
}

/* Shares of any size that sum to 1. */
static void draw_shares(uint64_t *random, size_t count, double *shares)
{
    double sum = 0;

    for (size_t l = 1; l < count; l++)
        sum += shares[l] = exp2(-40 * uniform(random));
    for (size_t l = 1; l < count; l++)
        shares[l] /= sum;
}

static void draw_model(struct link_model *model, uint64_t random)
{
    for (size_t f = 0; f < model->count; f++) {
        struct link_model_field *field = &model->fields[f];
        size_t count = link_kind_levels(field->kind);

        draw_shares(&random, count, field->u);
        draw_shares(&random, count, field->levels[LINK_SAME]);
        for (int c = 1; c < LINK_CLASSES; c++) {
            enum link_source source = link_class_source((enum link_class)c, field->kind);

            if (source == LINK_OF_SAME || source == LINK_OF_CHANCE)
                memcpy(field->levels[c], source == LINK_OF_SAME ? field->levels[LINK_SAME] : field->u, sizeof field->u);
            else
                draw_shares(&random, count, field->levels[c]);
        }
        field->frequent = link_random(&random) & 1;
    }
    for (int c = 0; c < LINK_CLASSES; c++)
        model->rates[c] = exp2(-3 - 40 * uniform(&random));
    model->iterations = link_random(&random) % 500;
    model->converged = link_random(&random) & 1;
}

static void scene_begin(struct scene *scene, uint64_t seed)
{
    *scene = (struct scene){0};
    table_make(&scene->table, header);
    buffer_init(&scene->text);
    assert_int_equal(link_plan_parse(&scene->plan, SLICE(fields), scene->table.names, &scene->table.kept, &scene->err),
                     0);
    link_records_init(&scene->records, LINK_AGAINST);
    assert_int_equal(link_records_fill(&scene->records, &scene->plan, &scene->table.kept, 1, &scene->err), 0);
    assert_int_equal(link_model_init(&scene->model, &scene->records, &scene->err), 0);
    draw_model(&scene->model, seed);
    assert_int_equal(link_rules_parse(SLICE("email,last_name:sound+dob:year,phone:end7,улица:word2+city:start3"),
                                      &scene->records, scene->model.rules, &scene->model.rule_count, &scene->err),
                     0);
}

static void scene_end(struct scene *scene)
{
    link_model_fini(&scene->model);
    link_records_fini(&scene->records);
    link_plan_fini(&scene->plan);
    table_free(&scene->table);
    buffer_fini(&scene->text);
}

static void scene_write(struct scene *scene)
{
    buffer_clear(&scene->text);
    if (link_model_write(&scene->model, &scene->records, scene->table.names, 0.9, 1000, &scene->text, &scene->err))
        fail_msg("%s", scene->err.text);
}

/* All but the first number of shares, which is not used. */
static void assert_same_model(const struct link_model *a, const struct link_model *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t f = 0; f < a->count; f++) {
        const struct link_model_field *one = &a->fields[f], *other = &b->fields[f];
        size_t size = (link_kind_levels(one->kind) - 1) * sizeof(double);

        assert_string_equal(one->name, other->name);
        assert_int_equal(one->kind, other->kind);
        assert_int_equal(one->frequent, other->frequent);
        assert_memory_equal(one->u + 1, other->u + 1, size);
        for (int c = 0; c < LINK_CLASSES; c++)
            assert_memory_equal(one->levels[c] + 1, other->levels[c] + 1, size);
    }
    assert_memory_equal(a->rates, b->rates, sizeof a->rates);
    assert_int_equal(a->iterations, b->iterations);
    assert_int_equal(a->converged, b->converged);
    assert_int_equal(a->rule_count, b->rule_count);
    for (size_t r = 0; r < a->rule_count; r++) {
        assert_int_equal(a->rules[r].count, b->rules[r].count);
        assert_memory_equal(a->rules[r].keys, b->rules[r].keys, a->rules[r].count * sizeof(struct link_key));
    }
}

/* ---- there and back ---- */

static void the_same_to_the_last_bit(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct scene scene;
        struct link_model model;
        struct link_model_setup setup;
        struct buffer again;

        scene_begin(&scene, seed);
        scene_write(&scene);
        assert_int_equal(link_model_read(&model, &setup, buffer_slice(&scene.text), "m.json", &scene.err), 0);
        assert_same_model(&scene.model, &model);
        assert_int_equal(setup.mode, LINK_AGAINST);
        assert_true(setup.threshold == 0.9);
        assert_int_equal(setup.max_block, 1000);
        assert_int_equal(setup.fields[3].dates, DATE_YEAR_FIRST);
        assert_int_equal(setup.fields[2].count, 2);
        assert_string_equal(setup.fields[2].names[1], "mobile");
        assert_string_equal(setup.fields[5].names[0], "a \"b\"\\c");

        buffer_init(&again);
        assert_int_equal(
            link_model_write(&model, &scene.records, scene.table.names, setup.threshold, 1000, &again, &scene.err), 0);
        assert_true(slice_equal(buffer_slice(&scene.text), buffer_slice(&again)));
        buffer_fini(&again);
        link_model_fini(&model);
        link_model_setup_fini(&setup);
        scene_end(&scene);
    }
}

/* The numbers as jansson reads them. */
static void the_numbers_stand_where_they_should(void **state)
{
    struct scene scene;
    (void)state;

    scene_begin(&scene, 7);
    scene_write(&scene);
    json_t *root = json_loadb(scene.text.data, scene.text.len, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    for (size_t f = 0; f < scene.model.count; f++) {
        const struct link_model_field *field = &scene.model.fields[f];
        const json_t *object = json_array_get(json_object_get(root, "fields"), f);
        const json_t *levels = json_object_get(object, "levels");

        assert_int_equal(json_object_size(levels), link_kind_levels(field->kind) - 1);
        for (unsigned l = 1; l < link_kind_levels(field->kind); l++) {
            const json_t *level = json_object_get(levels, link_level_name(field->kind, l));

            assert_true(json_number_value(json_object_get(level, "m")) == field->levels[LINK_SAME][l]);
            assert_true(json_number_value(json_object_get(level, "u")) == field->u[l]);
            assert_true(fabs(json_number_value(json_object_get(level, "weight")) -
                             (log2(fmax(field->levels[LINK_SAME][l], 1e-9)) - log2(fmax(field->u[l], 1e-9)))) <
                        0.00501);
            for (int c = 1; c < LINK_CLASSES; c++) {
                const json_t *share = json_object_get(level, link_class_name((enum link_class)c));
                enum link_source source = link_class_source((enum link_class)c, field->kind);

                assert_int_equal(share != NULL, source == LINK_OF_CLASS || source == LINK_OF_SENSE);
                assert_true(!share || json_number_value(share) == field->levels[c][l]);
            }
        }
    }
    assert_string_equal(json_string_value(json_array_get(json_object_get(root, "block"), 1)),
                        "last_name:sound+dob:year");
    assert_true(json_number_value(json_object_get(json_object_get(root, "rates"), "branches")) ==
                scene.model.rates[LINK_BRANCHES]);
    json_decref(root);
    scene_end(&scene);
}

/* A class that has other shares than it is defined to have keeps them. */
static void odd_shares_are_kept(void **state)
{
    struct scene scene;
    struct link_model model;
    struct link_model_setup setup;
    (void)state;

    scene_begin(&scene, 3);
    double *shares = scene.model.fields[0].levels[LINK_NEIGHBOURS];
    size_t exact = link_kind_levels(LINK_LAST_NAME) - 1;
    assert_int_equal(link_class_source(LINK_NEIGHBOURS, LINK_LAST_NAME), LINK_OF_CHANCE);
    memset(shares, 0, LINK_LEVELS * sizeof *shares);
    shares[exact] = 1;
    scene_write(&scene);
    assert_int_equal(link_model_read(&model, &setup, buffer_slice(&scene.text), "m.json", &scene.err), 0);
    assert_same_model(&scene.model, &model);
    link_model_fini(&model);
    link_model_setup_fini(&setup);
    scene_end(&scene);
}

static void it_is_appended_or_nothing_is(void **state)
{
    struct scene scene;
    (void)state;

    scene_begin(&scene, 4);
    assert_int_equal(buffer_append(&scene.text, SLICE("before")), 0);
    assert_int_equal(
        link_model_write(&scene.model, &scene.records, scene.table.names, 1, SIZE_MAX, &scene.text, &scene.err), 0);
    assert_memory_equal(scene.text.data, "before{\n  \"crm_link_model\": 1,\n  \"mode\": \"against\",\n", 51);
    assert_non_null(strstr(buffer_text(&scene.text), "\"max_block\": 4294967295,\n"));

    /* what could not be read again */
    size_t before = scene.text.len;
    scene.model.rates[LINK_SAME] = (double)NAN;
    assert_int_equal(
        link_model_write(&scene.model, &scene.records, scene.table.names, 0.9, 1000, &scene.text, &scene.err), -1);
    assert_int_equal(scene.err.status, STATUS_DATA);
    assert_memory_equal(scene.err.text, "it cannot be saved: the model:8: not JSON: ", 43);
    assert_int_equal(scene.text.len, before);
    scene.model.rates[LINK_SAME] = 0.5;
    scene.model.fields[1].u[2] += 1;
    assert_int_equal(
        link_model_write(&scene.model, &scene.records, scene.table.names, 0.9, 1000, &scene.text, &scene.err), -1);
    assert_int_equal(scene.err.status, STATUS_DATA);
    assert_int_equal(scene.text.len, before);
    scene.model.fields[1].u[2] -= 1;

    static const struct slice bad[] = {SLICE_INIT("d\xff"), SLICE_INIT("d\0b")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        scene.table.names[4] = bad[i];
        assert_int_equal(
            link_model_write(&scene.model, &scene.records, scene.table.names, 0.9, 1000, &scene.text, &scene.err), -1);
        assert_int_equal(scene.err.status, STATUS_DATA);
        assert_string_equal(scene.err.text,
                            i ? "the model cannot be saved: a column's name is not UTF-8 text: 'd\\x00b'"
                              : "the model cannot be saved: a column's name is not UTF-8 text: 'd\\xff'");
    }
    assert_int_equal(scene.text.len, before);
    scene_end(&scene);
}

/* ---- another input ---- */

static void columns_are_found_by_name(void **state)
{
    struct scene scene;
    struct table other;
    struct link_model model;
    struct link_model_setup setup;
    struct link_plan plan;
    (void)state;

    scene_begin(&scene, 5);
    scene_write(&scene);
    assert_int_equal(link_model_read(&model, &setup, buffer_slice(&scene.text), "m.json", &scene.err), 0);
    table_make(&other, "id|улица|dob|city|mobile|phone|email|last_name|a \"b\"\\c\n");
    assert_int_equal(link_model_plan(&model, &setup, other.names, other.kept.columns, "m.json", &plan, &scene.err), 0);
    assert_int_equal(plan.count, 7);
    assert_int_equal(plan.columns, 9);
    static const size_t expected[] = {7, 6, 5, 2, 3, 8, 1};
    for (size_t f = 0; f < plan.count; f++) {
        assert_int_equal(plan.fields[f].columns[0], expected[f]);
        assert_int_equal(plan.fields[f].kind, scene.plan.fields[f].kind);
        assert_int_equal(plan.fields[f].slots, scene.plan.fields[f].slots);
        assert_true(slice_equal(plan.fields[f].name, scene.plan.fields[f].name));
    }
    assert_int_equal(plan.fields[2].columns[1], 4);
    assert_int_equal(plan.fields[3].dates, DATE_YEAR_FIRST);
    assert_int_equal(plan.left[0], LINK_LEFT_EXCLUDED);
    for (size_t c = 1; c < 9; c++)
        assert_int_equal(plan.left[c], LINK_COMPARED);
    link_plan_fini(&plan);
    table_free(&other);

    table_make(&other, "last_name|email|phone|Mobile|city\n");
    assert_int_equal(link_model_plan(&model, &setup, other.names, other.kept.columns, "m.json", &plan, &scene.err), -1);
    assert_int_equal(scene.err.status, STATUS_USAGE);
    assert_string_equal(scene.err.text, "m.json: fields[2].columns[1]: no column 'mobile'; the header is: last_name, "
                                        "email, phone, Mobile, city; did you mean 'Mobile'?");
    assert_null(plan.left);
    table_free(&other);
    link_model_fini(&model);
    link_model_setup_fini(&setup);
    scene_end(&scene);
}

static void read_file(struct table *table, struct stream *stream)
{
    struct record record;
    struct error err;

    assert_int_equal(stream_start(stream, &err), 0);
    assert_int_equal(stream_all(stream, &err), 0);
    assert_true(stream->column_count <= TABLE_COLUMNS);
    kept_init(&table->kept, stream->column_count);
    for (size_t c = 0; c < stream->column_count; c++)
        table->names[c] = stream->columns[c].name;
    while (stream_next(stream, &record, &err) > 0)
        assert_int_equal(kept_add(&table->kept, &record, &err), 0);
}

static void link_all(struct linkage *linkage, const struct linkage_settings *settings, const struct table *table)
{
    struct error err;

    linkage_init(linkage, settings);
    if (linkage_fill(linkage, table->names, &table->kept, 0, &err) || linkage_index(linkage, &err) ||
        linkage_score(linkage, &err) || linkage_cluster(linkage, &err))
        fail_msg("%s", err.text);
}

/* The likelier pairs: those that are hardly any are kept or not by a rate that is settled later. */
static size_t next_edge(const struct linkage *linkage, size_t at)
{
    while (at < linkage->edges.count && link_probability(&linkage->model, linkage->edges.items[at].score) < 0.05)
        at++;
    return at;
}

static void assert_same_linkage(const struct linkage *one, const struct linkage *other)
{
    size_t i = next_edge(one, 0), k = next_edge(other, 0), seen = 0;

    assert_same_model(&one->model, &other->model);
    for (; i < one->edges.count && k < other->edges.count; i = next_edge(one, i + 1), k = next_edge(other, k + 1)) {
        const struct link_edge *a = &one->edges.items[i], *b = &other->edges.items[k];

        assert_true(a->a == b->a && a->b == b->b && a->score.weight == b->score.weight &&
                    a->score.related == b->score.related);
        seen++;
    }
    assert_true(i == one->edges.count && k == other->edges.count && seen > 20);
    assert_int_equal(one->clusters.count, other->clusters.count);
    for (size_t row = 0; row < one->records.count; row++)
        assert_int_equal(one->clusters.cluster[row], other->clusters.cluster[row]);
}

/* A model that was learned, saved and read scores real records as before. */
static void real_records_score_as_before(void **state)
{
    static const char *const paths[] = {"../shared/data/entity_resolution/splink/fake_1000.csv",
                                        "../shared/data/entity_resolution/febrl/dataset1.csv",
                                        "../shared/data/entity_resolution/dedupe/csv_example_messy_input.csv"};
    const struct stream_options options = {.progress = PROGRESS_NEVER};
    (void)state;

    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct linkage_settings settings = {.mode = LINK_WITHIN, .model_file = "m.json", .threads = 1};
        char path[96], *operands[] = {path};
        struct table table;
        struct stream *stream;
        struct linkage learned, read;
        struct buffer text, again;
        struct error err;

        snprintf(path, sizeof path, "%s", paths[i]);
        if (stream_open(&stream, operands, 1, &options, &err)) {
            printf("skipped: %s is absent\n", path);
            continue;
        }
        read_file(&table, stream);
        link_all(&learned, &settings, &table);
        buffer_init(&text);
        if (linkage_save(&learned, table.names, &text, &err))
            fail_msg("%s", err.text);
        settings.model = buffer_slice(&text);
        link_all(&read, &settings, &table);
        assert_same_linkage(&learned, &read);
        buffer_init(&again);
        assert_int_equal(linkage_save(&read, table.names, &again, &err), 0);
        assert_true(slice_equal(buffer_slice(&text), buffer_slice(&again)));
        buffer_fini(&again);
        buffer_fini(&text);
        linkage_fini(&learned);
        linkage_fini(&read);
        kept_fini(&table.kept);
        stream_free(stream);
    }
}

/* Every style in which dates can be read has a name that stands for it alone; what is no answer has none. */
static void styles_have_names(void **state)
{
    (void)state;
    for (int i = 0; i <= DATE_MIXED; i++) {
        const char *name = date_style_name((enum date_style)i);
        enum date_style style = DATE_EMPTY;

        assert_int_equal(name == NULL, i == DATE_EMPTY || i == DATE_AMBIGUOUS || i == DATE_CONFLICT || i == DATE_MIXED);
        assert_true(!name || (date_style_find(slice_from_cstr(name), &style) && (int)style == i));
    }
    enum date_style style = DATE_SERIAL;
    assert_false(date_style_find(SLICE("day"), &style));
    assert_false(date_style_find(SLICE(""), &style));
    assert_int_equal(style, DATE_SERIAL);
}

/* ---- what is refused ---- */

/* A small model, written by hand. */
#define PLACE                                                                                                        \
    "{\"name\": \"city\", \"columns\": [\"city\", \"town\"], \"kind\": \"place\", \"frequent\": true, "              \
    "\"levels\": {\"exact\": {\"m\": 0.75, \"u\": 0.125, \"moved\": 0.5, \"family\": 1, \"colleagues\": 1, "         \
    "\"neighbours\": 1}, "                                                                                           \
    "\"near\": {\"m\": 0.125, \"u\": 0.125, \"moved\": 0.25, \"family\": 0, \"colleagues\": 0, \"neighbours\": 0}, " \
    "\"similar\": {\"m\": 0, \"u\": 0.25, \"moved\": 0, \"family\": 0, \"colleagues\": 0, \"neighbours\": 0}, "      \
    "\"else\": {\"m\": 0.125, \"u\": 0.5, \"moved\": 0.25, \"family\": 0, \"colleagues\": 0, \"neighbours\": 0}}}"
#define DATE                                                                                                  \
    "{\"name\": \"dob\", \"columns\": [\"dob\"], \"kind\": \"date\", \"dates\": \"day-month\", "              \
    "\"frequent\": false, \"levels\": {\"exact\": {\"m\": 1, \"u\": 0.5}, \"near\": {\"m\": 0, \"u\": 0.1}, " \
    "\"two-parts\": {\"m\": 0, \"u\": 0.1}, \"year-only\": {\"m\": 0, \"u\": 0.1}, "                          \
    "\"year\": {\"m\": 0, \"u\": 0.1}, \"else\": {\"m\": 0, \"u\": 0.1}}}"
#define SMALL                                                                                               \
    "{\"crm_link_model\": 1, \"mode\": \"within\", \"threshold\": 0.9, \"max_block\": 1000, \"rates\": "    \
    "{\"same\": 0.01, \"moved\": 0.01, \"family\": 0, \"mailbox\": 0, \"colleagues\": 0, \"branches\": 0, " \
    "\"neighbours\": 0.5}, \"fields\": [" PLACE ", " DATE "], \"block\": [\"city\", \"dob:year+city:start3\"]}"

static void a_file_by_hand_is_read(void **state)
{
    struct link_model model;
    struct link_model_setup setup;
    struct error err;
    (void)state;

    if (link_model_read(&model, &setup, SLICE(SMALL), "m.json", &err))
        fail_msg("%s", err.text);
    assert_int_equal(model.count, 2);
    assert_int_equal(model.fields[0].kind, LINK_PLACE);
    assert_true(model.fields[0].levels[LINK_SAME][4] == 0.75);
    assert_true(model.fields[0].u[1] == 0.5);
    assert_true(model.fields[0].levels[LINK_MOVED][3] == 0.25);
    assert_true(model.fields[0].levels[LINK_MAILBOX][4] == 0.75);   /* as the same */
    assert_true(model.fields[0].levels[LINK_BRANCHES][4] == 0.125); /* by chance */
    assert_true(model.fields[1].levels[LINK_FAMILY][6] == 0.5);
    assert_true(model.fields[1].levels[LINK_MOVED][6] == 1);
    assert_false(model.fields[1].frequent);
    assert_int_equal(model.rule_count, 2);
    assert_int_equal(model.rules[1].keys[0].part, LINK_PART_YEAR);
    assert_int_equal(model.rules[1].keys[1].length, 3);
    assert_int_equal(setup.fields[1].dates, DATE_DAY_FIRST);
    assert_int_equal(setup.mode, LINK_WITHIN);
    assert_false(model.converged);
    link_model_fini(&model);
    link_model_setup_fini(&setup);
}

static void assert_refused(struct slice text, const char *expected)
{
    struct link_model model;
    struct link_model_setup setup;
    struct error err;

    if (!link_model_read(&model, &setup, text, "m.json", &err))
        fail_msg("taken instead of <<%s>>", expected);
    assert_int_equal(err.status, STATUS_USAGE);
    assert_int_equal(model.count, 0);
    assert_int_equal(setup.fields[0].count, 0);
    if (strncmp(err.text, expected, strlen(expected)) != 0)
        fail_msg("<<%s>> instead of <<%s>>", err.text, expected);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
#define AT "m.json: fields[0]."
    /* the first `old` in the small model is replaced by `new` */
    static const struct {
        const char *old, *new, *message;
    } cases[] = {
        {"{", "[", "m.json:1: not JSON: "},
        {"\"crm_link_model\": 1, ", "",
         "m.json: not a model of crm-dedupe: it does not say {\"crm_link_model\": 1, ...}"},
        {"\"crm_link_model\": 1", "\"crm_link_model\": 2",
         "m.json: a model of version 2; this program knows version 1"},
        {"\"mode\": ", "\"new\": 1, \"mode\": ", "m.json: new: unknown key"},
        {"\"mode\": \"within\", ", "", "m.json: mode: missing"},
        {"\"within\"", "7", "m.json: mode: not a string"},
        {"\"within\"", "\"outside\"", "m.json: mode: 'outside' is none of within, across, against"},
        {"\"threshold\": 0.9, ", "", "m.json: threshold: missing"},
        {"0.9", "\"0.9\"", "m.json: threshold: not a number"},
        {"0.9", "1.5", "m.json: threshold: 1.5 is not between 0 and 1"},
        {"0.9", "-1e-9", "m.json: threshold: -1e-09 is not between 0 and 1"},
        {"\"max_block\": 1000, ", "", "m.json: max_block: missing"},
        {"1000", "0", "m.json: max_block: not a whole number from 1 to 4294967295"},
        {"1000", "4294967296", "m.json: max_block: not a whole number from 1 to 4294967295"},
        {"1000", "1e3", "m.json: max_block: not a whole number from 1 to 4294967295"},
        {"\"rates\"", "\"iterations\": -1, \"rates\"", "m.json: iterations: not a whole number from 0 to 4294967295"},
        {"\"rates\"", "\"converged\": 1, \"rates\"", "m.json: converged: neither true nor false"},
        {"\"rates\": {", "\"rates\": [], \"x\": {", "m.json: x: unknown key"},
        {"\"family\": 0, ", "", "m.json: rates.family: missing"},
        {"\"family\": 0", "\"families\": 0", "m.json: rates.families: unknown key"},
        {"\"family\": 0", "\"family\": null", "m.json: rates.family: not a number"},
        {"\"family\": 0", "\"family\": 1.01", "m.json: rates.family: 1.01 is not between 0 and 1"},
        {"\"fields\": [", "\"fields\": [], \"block\": [", "m.json:1: not JSON: duplicate object key"},
        {"\"fields\": [" PLACE ", " DATE "]", "\"fields\": []", "m.json: fields: not an array of 1 to 16 fields"},
        {"\"fields\": [" PLACE ", " DATE "]", "\"fields\": {}", "m.json: fields: not an array of 1 to 16 fields"},
        {"\"fields\": [" PLACE ", " DATE "]", "\"fields\": [1]", "m.json: fields[0]: not an object"},
        {"\"fields\": [" PLACE ", " DATE "], ", "", "m.json: fields: missing"},
        {"\"name\": \"city\", ", "", AT "name: missing"},
        {"\"name\": \"city\"", "\"name\": \"\"", AT "name: empty"},
        {"\"name\": \"city\"", "\"name\": [\"city\"]", AT "name: not a string"},
        {"\"name\": \"city\"", "\"name\": \"a\\u0000\"", "m.json:1: not JSON: "},
        {"\"name\": \"dob\"", "\"name\": \"city\"", "m.json: fields[1].name: another field has this name"},
        {"\"frequent\": true", "\"frequent\": true, \"weight\": 1", AT "weight: unknown key"},
        {"\"frequent\": true, ", "", AT "frequent: missing"},
        {"\"frequent\": true", "\"frequent\": \"yes\"", AT "frequent: neither true nor false"},
        {"\"columns\": [\"city\", \"town\"], ", "", AT "columns: missing"},
        {"[\"city\", \"town\"]", "\"city\"", AT "columns: not an array of 1 to 4 names of columns"},
        {"[\"city\", \"town\"]", "[]", AT "columns: not an array of 1 to 4 names of columns"},
        {"\"town\"", "\"a\", \"b\", \"c\", \"d\"", AT "columns: not an array of 1 to 4 names of columns"},
        {"\"town\"", "null", AT "columns[1]: not a string"},
        {"\"town\"", "\"city\"", AT "columns[1]: the column is in a field already"},
        {"[\"dob\"]", "[\"town\"]", "m.json: fields[1].columns[0]: the column is in a field already"},
        {"\"kind\": \"place\", ", "", AT "kind: missing"},
        {"\"place\"", "\"plaice\"",
         AT "kind: no kind 'plaice'; there are: first-name, last-name, name, email, phone, date, postcode, street, "
            "place, company, organisation, domain, id, number, country, category, text; did you mean 'place'?"},
        {"\"kind\": \"place\"", "\"kind\": \"place\", \"dates\": \"written\"", AT "dates: the field is no date"},
        {"\"dates\": \"day-month\", ", "", "m.json: fields[1].dates: missing"},
        {"day-month", "dmy",
         "m.json: fields[1].dates: none of day-month, month-day, year-first, short-year-first, written, serial, epoch, "
         "epoch-milli, epoch-micro"},
        {"\"place\"", "\"domain\"", AT "levels.similar: unknown key"},
        {"\"place\"", "\"postcode\"", AT "levels.similar: unknown key"},
        {"\"near\": {", "\"far\": {", AT "levels.far: unknown key"},
        {"\"two-parts\": {\"m\": 0, \"u\": 0.1}, ", "", "m.json: fields[1].levels.two-parts: missing"},
        {"\"two-parts\": {\"m\": 0, \"u\": 0.1}", "\"two-parts\": 1",
         "m.json: fields[1].levels.two-parts: not an object"},
        {"\"m\": 0.75, ", "", AT "levels.exact.m: missing"},
        {"\"m\": 0.75", "\"m\": 0.75, \"h\": 1", AT "levels.exact.h: unknown key"},
        {"\"m\": 0.75", "\"m\": true", AT "levels.exact.m: not a number"},
        {"\"m\": 0.75", "\"m\": 0.7499", AT "levels: 'm' sums to 0.9999, not to 1"},
        {"\"m\": 0.75", "\"m\": 0.7501001", AT "levels: 'm' sums to 1.0001001, not to 1"},
        {"\"m\": 0.75", "\"m\": 1.6", AT "levels.exact.m: 1.6 is not between 0 and 1"},
        {"\"m\": 0.75", "\"m\": -0.75", AT "levels.exact.m: -0.75 is not between 0 and 1"},
        {"\"m\": 0.75", "\"m\": 1e400", "m.json:1: not JSON: real number overflow"},
        {"\"m\": 0.75", "\"m\": 0.75, \"m\": 0.75", "m.json:1: not JSON: duplicate object key"},
        {"\"u\": 0.25, \"moved\": 0,", "\"u\": 0, \"moved\": 0.25,", AT "levels: 'u' sums to 0.75, not to 1"},
        {"\"u\": 0.125, \"moved\": 0.5", "\"u\": 0, \"moved\": 0.5", AT "levels: 'u' sums to 0.875, not to 1"},
        {"\"u\": 0.5}, \"near\": {\"m\": 0, \"u\": 0.1}", "\"u\": 0.6}, \"near\": {\"m\": 0, \"u\": 0}",
         "m.json: fields[1].levels: 'u' of 'near' is not above 0"},
        {", \"moved\": 0.5", "", AT "levels.exact.moved: missing"},
        {"\"moved\": 0.5", "\"moved\": 0.25", AT "levels: 'moved' sums to 0.75, not to 1"},
        {"\"moved\": 0.5", "\"moved\": 0.5, \"branches\": 1", AT "levels.else.branches: missing"},
        {", \"block\": [\"city\", \"dob:year+city:start3\"]", "", "m.json: block: missing"},
        {"[\"city\", \"dob:", "[7, \"dob:", "m.json: block[0]: not a string"},
        {"\"block\": [\"city\", \"dob:year+city:start3\"]", "\"block\": \"city\"",
         "m.json: block: not an array of 24 rules at most"},
        {"[\"city\", \"dob:", "[\"town\", \"dob:",
         "m.json: block[0]: at character 1: no field 'town'; the fields are: city, dob"},
        {"dob:year", "dob:sound",
         "m.json: block[1]: at character 5: 'dob' (date) has no part 'sound'; it has all, startN, endN, year, day"},
        {"dob:year+", "dob:year,", "m.json: block[1]: more than one rule: each is a string of its own"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        static const char small[] = SMALL;
        const char *at = strstr(small, cases[i].old);
        struct buffer text;

        if (!at)
            fail_msg("no <<%s>>", cases[i].old);
        buffer_init(&text);
        assert_int_equal(
            buffer_printf(&text, "%.*s%s%s", (int)(at - small), small, cases[i].new, at + strlen(cases[i].old)), 0);
        assert_refused(buffer_slice(&text), cases[i].message);
        buffer_fini(&text);
    }
}

static void too_many_of_anything(void **state)
{
    struct buffer text;
    (void)state;

    buffer_init(&text);
    assert_int_equal(buffer_printf(&text, "%.*s", (int)(strstr(SMALL, "[\"city\", \"dob:") - SMALL), SMALL), 0);
    for (int i = 0; i < 25; i++)
        assert_int_equal(buffer_printf(&text, "%s\"dob:start%d\"", i ? ", " : "[", i + 1), 0);
    assert_int_equal(buffer_append(&text, SLICE("]}")), 0);
    assert_refused(buffer_slice(&text), "m.json: block: not an array of 24 rules at most");

    buffer_clear(&text);
    assert_int_equal(buffer_printf(&text, "%.*s", (int)(strstr(SMALL, PLACE) - SMALL), SMALL), 0);
    for (int i = 0; i < 17; i++)
        assert_int_equal(buffer_printf(&text, "%s{}", i ? ", " : ""), 0);
    assert_int_equal(buffer_append(&text, SLICE("], \"block\": []}")), 0);
    assert_refused(buffer_slice(&text), "m.json: fields: not an array of 1 to 16 fields");

    buffer_clear(&text);
    assert_int_equal(buffer_append(&text, SLICE(SMALL)), 0);
    while (text.len <= LINK_MODEL_LIMIT)
        assert_int_equal(buffer_append(&text, SLICE("                                ")), 0);
    assert_refused(buffer_slice(&text), "m.json: too long for a model: more than 524288 bytes");
    buffer_fini(&text);
}

/* Cut off anywhere, changed anywhere, nested without end: an error or a model, no crash. */
static void broken_files_are_survived(void **state)
{
    static const char bytes[] = "\"{}[],:0-9e\\ \x80";
    char text[] = SMALL;
    struct link_model model;
    struct link_model_setup setup;
    struct buffer deep;
    struct error err;
    size_t taken = 0;
    (void)state;

    for (size_t length = 0; length + 1 < sizeof text; length++)
        assert_int_equal(link_model_read(&model, &setup, (struct slice){text, length}, "m.json", &err), -1);
    for (size_t i = 0; i + 1 < sizeof text; i++)
        for (size_t k = 0; k + 1 < sizeof bytes; k++) {
            char before = text[i];

            text[i] = bytes[k];
            if (link_model_read(&model, &setup, (struct slice){text, sizeof text - 1}, "m.json", &err) == 0) {
                taken++;
                link_model_fini(&model);
                link_model_setup_fini(&setup);
            } else {
                assert_int_equal(err.status, STATUS_USAGE);
            }
            text[i] = before;
        }
    assert_true(taken > 0); /* blanks, letters of names */

    buffer_init(&deep);
    assert_int_equal(buffer_append(&deep, SLICE("{\"crm_link_model\": 1, \"fields\": ")), 0);
    for (int i = 0; i < 100000; i++)
        assert_int_equal(buffer_append(&deep, SLICE("[")), 0);
    assert_int_equal(link_model_read(&model, &setup, buffer_slice(&deep), "m.json", &err), -1);
    assert_int_equal(err.status, STATUS_USAGE);
    buffer_fini(&deep);
}

/* ---- memory ---- */

/* What is said when memory is short; what jansson cannot get it has from its reserve, and then nothing is wrong. */
static void assert_short(int failed, const struct error *err)
{
    if (failed) {
        assert_int_equal(err->status, STATUS_SYSTEM);
        assert_string_equal(err->text, "out of memory");
    }
}

/* One write with an allocation failing; whether one did. */
static bool write_short(struct scene *scene, long n, bool stays, long *failures)
{
    struct buffer text;
    long before = memory_live;

    buffer_init(&text);
    memory_limit(n, stays);
    int failed = link_model_write(&scene->model, &scene->records, scene->table.names, 0.9, 1000, &text, &scene->err);
    memory_limit(-1, false);
    assert_short(failed, &scene->err);
    assert_true(slice_equal(buffer_slice(&text), failed ? SLICE("") : buffer_slice(&scene->text)));
    buffer_fini(&text);
    assert_int_equal(memory_live, before);
    *failures += failed != 0;
    return memory_reached;
}

static bool read_short(struct scene *scene, long n, bool stays, long *failures)
{
    struct link_model model;
    struct link_model_setup setup;
    struct link_plan plan = {0};
    long before = memory_live;

    memory_limit(n, stays);
    int failed = link_model_read(&model, &setup, buffer_slice(&scene->text), "m.json", &scene->err);
    if (!failed)
        failed = link_model_plan(&model, &setup, scene->table.names, scene->table.kept.columns, "m.json", &plan,
                                 &scene->err);
    memory_limit(-1, false);
    assert_short(failed, &scene->err);
    if (!failed)
        assert_same_model(&model, &scene->model);
    link_plan_fini(&plan);
    link_model_fini(&model);
    link_model_setup_fini(&setup);
    assert_int_equal(memory_live, before);
    *failures += failed != 0;
    return memory_reached;
}

static void short_memory_is_an_error(void **state)
{
    struct scene scene;
    long failures = 0;
    (void)state;

    scene_begin(&scene, 9);
    scene_write(&scene);
    for (int stays = 0; stays < 2; stays++) {
        long n = 0;

        while (write_short(&scene, n, stays, &failures))
            n++;
        assert_true(n > 500 || !MEMORY_CAN_FAIL);
        n = 0;
        while (read_short(&scene, n, stays, &failures))
            n++;
        assert_true(n > 500 || !MEMORY_CAN_FAIL);
    }
    assert_true(failures > 500 || !MEMORY_CAN_FAIL); /* what stays short fails at the latest behind jansson */
    scene_end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_to_the_last_bit),
        cmocka_unit_test(the_numbers_stand_where_they_should),
        cmocka_unit_test(odd_shares_are_kept),
        cmocka_unit_test(it_is_appended_or_nothing_is),
        cmocka_unit_test(columns_are_found_by_name),
        cmocka_unit_test(real_records_score_as_before),
        cmocka_unit_test(styles_have_names),
        cmocka_unit_test(a_file_by_hand_is_read),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        cmocka_unit_test(too_many_of_anything),
        cmocka_unit_test(broken_files_are_survived),
        cmocka_unit_test(short_memory_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
