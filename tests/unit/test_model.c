/* The model file: what is written is read as the same to the last bit, for every method, and what could not be read is
 * not written. */
#include "model_file.h"

#include <float.h>

#include "short_memory.h"

/* ---- a model made by chance ---- */

static double uniform(uint64_t *random)
{
    return (double)(next_random(random) >> 11) * 0x1p-53;
}

/* Any size, either sign; now and then a whole number, 0 or -0. */
static double number(uint64_t *random)
{
    switch (next_random(random) % 8) {
    case 0:
        return floor(uniform(random) * 1000) - 500;
    case 1:
        return next_random(random) & 1 ? -0.0 : 0.0;
    case 2:
        return exp2(600 * uniform(random) - 300);
    default:
        return 10 * uniform(random) - 5;
    }
}

static void *take(struct model *model, size_t count, size_t size)
{
    void *items = arena_alloc(&model->arena, count * size);

    assert_non_null(items);
    memset(items, 0, count * size);
    return items;
}

static struct slice name_of(struct model *model, const char *what, size_t number_of)
{
    char text[80];
    int length = snprintf(text, sizeof text, "%s %zu \"ü\" \\ \t京", what, number_of);
    struct slice name = {arena_copy(&model->arena, (struct slice){text, (size_t)length}), (size_t)length};

    assert_non_null(name.ptr);
    return name;
}

static void draw_bin(struct model *model, struct model_feature *feature, size_t b, uint64_t *random)
{
    struct model_bin *bin = &feature->bins[b];

    *bin = (struct model_bin){.from = (double)-INFINITY, .below = (double)INFINITY};
    if (feature->kind != TRAIN_CATEGORY && b + 1 < feature->count) {
        if (b)
            bin->from = bin[-1].below;
        if (b + 2 < feature->count)
            bin->below = (b ? bin->from : -1e6 * uniform(random)) + exp2(20 * uniform(random) - 10);
    } else if (feature->kind == TRAIN_CATEGORY && b + 2 < feature->count) {
        bin->value_count = 1 + next_random(random) % 4;
        bin->values = take(model, bin->value_count, sizeof *bin->values);
        for (size_t v = 0; v < bin->value_count; v++)
            bin->values[v] = name_of(model, "value", b * 10 + v);
    }
    bin->yes = (double)(next_random(random) % 100000) + (next_random(random) & 1 ? 0.1 : 0);
    bin->no = (double)(next_random(random) >> 16);
    bin->evidence = number(random);
    bin->weight = model->method == MODEL_TREES ? 0 : number(random);
}

static void draw_tree(struct model *model, struct model_tree *tree, uint64_t *random)
{
    size_t inner = next_random(random) % 6;

    tree->count = 2 * inner + 1;
    tree->nodes = take(model, tree->count, sizeof *tree->nodes);
    for (size_t n = 0; n < tree->count; n++) {
        struct model_node *node = &tree->nodes[n];

        node->feature = n < inner ? (uint32_t)(next_random(random) % model->feature_count) : UINT32_MAX;
        node->left = n < inner ? (uint32_t)(2 * n + 1) : 0;
        node->right = n < inner ? (uint32_t)(2 * n + 2) : 0;
        node->missing_left = n < inner && (next_random(random) & 1);
        node->value = (float)(uniform(random) * 2 - 1) * (float)exp2(60 * uniform(random) - 30);
        node->mean = number(random);
    }
    if (next_random(random) & 1)
        tree->nodes[0].value = next_random(random) & 1 ? FLT_MAX : -FLT_TRUE_MIN;
}

static void draw_calibration(struct model *model, uint64_t *random)
{
    struct model_calibration *calibration = &model->calibration;

    calibration->kind = (enum model_calibrating)(next_random(random) % 3);
    if (calibration->kind == CALIBRATE_PLATT || (calibration->kind == CALIBRATE_ISOTONIC && next_random(random) & 1)) {
        calibration->a = number(random) + 0.25;
        calibration->b = number(random);
    }
    if (calibration->kind == CALIBRATE_ISOTONIC) {
        calibration->count = 1 + next_random(random) % 50;
        calibration->z = take(model, calibration->count, sizeof(double));
        calibration->p = take(model, calibration->count, sizeof(double));
        for (size_t i = 0; i < calibration->count; i++) {
            calibration->z[i] = (i ? calibration->z[i - 1] : -9) + 0.001 + uniform(random);
            calibration->p[i] = (i ? calibration->p[i - 1] : 0) + uniform(random) / 50 + 1e-9;
        }
    }
}

static void draw_model(struct model *model, enum model_method method, uint64_t random)
{
    double *const measures[] = {&model->auc,   &model->auc_low,  &model->auc_high, &model->ks,
                                &model->brier, &model->log_loss, &model->ece};

    *model = (struct model){.method = method, .as_of = random % 3 ? (int32_t)(random * 97) : DAY_NONE};
    model->target = name_of(model, "target", 0);
    model->positive = name_of(model, "yes", 1);
    model->rows = (double)(random * 1000);
    model->yes = (double)(random * 200) + 0.5;
    model->intercept = number(&random);
    for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
        *measures[i] = next_random(&random) % 4 ? uniform(&random) : (double)NAN;
    model->feature_count = 1 + next_random(&random) % 6;
    model->features = take(model, model->feature_count, sizeof *model->features);
    for (size_t f = 0; f < model->feature_count; f++) {
        struct model_feature *feature = &model->features[f];

        feature->name = name_of(model, "feature", f);
        feature->kind = (enum train_kind)(next_random(&random) % 3);
        feature->count = 2 + next_random(&random) % 7;
        feature->information = number(&random);
        feature->missing_mean = next_random(&random) & 1 ? number(&random) + 1e-3 : 0;
        feature->bins = take(model, feature->count, sizeof *feature->bins);
        for (size_t b = 0; b < feature->count; b++)
            draw_bin(model, feature, b, &random);
    }
    model->tree_count = method == MODEL_TREES ? 1 + next_random(&random) % 5 : 0;
    model->trees = take(model, model->tree_count, sizeof *model->trees);
    for (size_t t = 0; t < model->tree_count; t++)
        draw_tree(model, &model->trees[t], &random);
    draw_calibration(model, &random);
    model->cut_count = next_random(&random) % 4;
    model->cuts = take(model, model->cut_count, sizeof *model->cuts);
    for (size_t i = 0; i < model->cut_count; i++)
        model->cuts[i] = (struct model_cut){name_of(model, "grade", i), (i ? model->cuts[i - 1].from : 1) * 0.7};
}

/* ---- the same ---- */

static void assert_same_number(double a, double b)
{
    assert_memory_equal(&a, &b, sizeof a);
}

static void assert_same_feature(const struct model_feature *a, const struct model_feature *b)
{
    assert_same_text(a->name, b->name);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->count, b->count);
    assert_same_number(a->information, b->information);
    assert_same_number(a->missing_mean, b->missing_mean);
    for (size_t i = 0; i < a->count; i++) {
        const struct model_bin *one = &a->bins[i], *other = &b->bins[i];

        assert_same_number(one->from, other->from);
        assert_same_number(one->below, other->below);
        assert_same_number(one->yes, other->yes);
        assert_same_number(one->no, other->no);
        assert_same_number(one->evidence, other->evidence);
        assert_same_number(one->weight, other->weight);
        assert_int_equal(one->value_count, other->value_count);
        for (size_t v = 0; v < one->value_count; v++)
            assert_same_text(one->values[v], other->values[v]);
    }
}

static void assert_same_trees(const struct model *a, const struct model *b)
{
    assert_int_equal(a->tree_count, b->tree_count);
    for (size_t t = 0; t < a->tree_count; t++) {
        assert_int_equal(a->trees[t].count, b->trees[t].count);
        for (size_t n = 0; n < a->trees[t].count; n++) {
            const struct model_node *one = &a->trees[t].nodes[n], *other = &b->trees[t].nodes[n];

            assert_int_equal(one->feature, other->feature);
            assert_int_equal(one->left, other->left);
            assert_int_equal(one->right, other->right);
            assert_int_equal(one->missing_left, other->missing_left);
            assert_memory_equal(&one->value, &other->value, sizeof one->value);
            assert_same_number(one->mean, other->mean);
        }
    }
}

static void assert_same_model(const struct model *a, const struct model *b)
{
    const double *const one[] = {&a->rows, &a->yes, &a->intercept, &a->calibration.a, &a->calibration.b},
                        *const other[] = {&b->rows, &b->yes, &b->intercept, &b->calibration.a, &b->calibration.b};

    assert_int_equal(a->method, b->method);
    assert_int_equal(a->as_of, b->as_of);
    assert_same_text(a->target, b->target);
    assert_same_text(a->positive, b->positive);
    for (size_t i = 0; i < sizeof one / sizeof *one; i++)
        assert_same_number(*one[i], *other[i]);
    for (const double *x = &a->auc, *y = &b->auc; x <= &a->ece; x++, y++)
        assert_true(isnan(*x) ? isnan(*y) : *x == *y);
    assert_int_equal(a->feature_count, b->feature_count);
    for (size_t f = 0; f < a->feature_count; f++)
        assert_same_feature(&a->features[f], &b->features[f]);
    assert_same_trees(a, b);
    assert_int_equal(a->calibration.kind, b->calibration.kind);
    assert_int_equal(a->calibration.count, b->calibration.count);
    if (a->calibration.count) {
        assert_memory_equal(a->calibration.z, b->calibration.z, a->calibration.count * sizeof(double));
        assert_memory_equal(a->calibration.p, b->calibration.p, a->calibration.count * sizeof(double));
    }
    assert_int_equal(a->cut_count, b->cut_count);
    for (size_t i = 0; i < a->cut_count; i++) {
        assert_same_text(a->cuts[i].grade, b->cuts[i].grade);
        assert_same_number(a->cuts[i].from, b->cuts[i].from);
    }
}

static void the_same_to_the_last_bit(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct model model, again;
        struct buffer text, second;
        struct error err;

        draw_model(&model, (enum model_method)(seed % 3), seed);
        buffer_init(&text);
        buffer_init(&second);
        if (model_write(&model, &text, &err))
            fail_msg("seed %d: %s", (int)seed, err.text);
        if (model_read(&again, buffer_slice(&text), "m.json", &err))
            fail_msg("seed %d: %s", (int)seed, err.text);
        assert_same_model(&model, &again);
        assert_int_equal(model_write(&again, &second, &err), 0);
        assert_same_text(buffer_slice(&text), buffer_slice(&second));
        buffer_fini(&text);
        buffer_fini(&second);
        model_fini(&model);
        model_fini(&again);
    }
}

/* ---- by hand ---- */

static void a_file_by_hand_is_read_and_written_so(void **state)
{
    struct model model;
    struct buffer text;
    struct error err;
    (void)state;

    read_small(&model, SMALL);
    assert_int_equal(model.method, MODEL_LOGISTIC);
    assert_same_text(model.target, SLICE("Converted"));
    assert_int_equal(model.as_of, day_from_civil(2026, 3, 31));
    assert_true(model.rows == 100 && model.yes == 25 && model.intercept == -1.5);
    assert_true(model.auc == 0.8 && model.log_loss == 0.4 && isnan(model.ks));
    assert_int_equal(model.cut_count, 2);
    assert_true(model.calibration.kind == CALIBRATE_PLATT && model.calibration.b == -0.1);
    assert_int_equal(model.feature_count, 2);
    assert_int_equal(model.features[0].bins[0].value_count, 2);
    assert_same_text(model.features[0].bins[0].values[1], SLICE("Mail"));
    assert_true(isinf(model.features[1].bins[0].from) && model.features[1].bins[0].below == 20);
    assert_true(model.features[1].bins[2].from == 45.5 && model.features[1].bins[2].below == (double)INFINITY);
    assert_true(model.features[1].bins[2].weight == -1e-17);

    buffer_init(&text);
    assert_int_equal(buffer_append(&text, SLICE("before")), 0);
    assert_int_equal(model_write(&model, &text, &err), 0);
    assert_int_equal(buffer_append_char(&text, 0), 0);
    assert_string_equal(text.data, "before" SMALL);
    buffer_fini(&text);
    model_fini(&model);
    model_fini(&model);
}

static void open_ends_may_be_null(void **state)
{
    static const char first[] = "{\"below\": 20", last[] = "{\"from\": 45.5, ";
    char text[sizeof SMALL + 100];
    const char *one = strstr(SMALL, first), *two = strstr(SMALL, last);
    struct model model;
    (void)state;

    snprintf(text, sizeof text, "%.*s{\"from\": null, %.*s%s\"below\": null, %s", (int)(one - SMALL), SMALL,
             (int)(two - one - 1), one + 1, last, two + strlen(last));
    read_small(&model, text);
    assert_true(isinf(model.features[1].bins[0].from) && model.features[1].bins[2].below == (double)INFINITY);
    model_fini(&model);
}

static void bins_have_names(void **state)
{
    static const char *const category[] = {"Web or Mail", "other", "missing"}, *const date[] = {
                                                                                   "under 20 days", "20 to 45.5 days",
                                                                                   "45.5 days and more", "missing"};
    struct slice values[] = {SLICE_INIT("a"), SLICE_INIT("b"), SLICE_INIT("c"), SLICE_INIT("d"), SLICE_INIT("e")};
    struct model_bin bins[3] = {[0] = {.values = values}},
                     range[2] = {[0] = {.from = (double)-INFINITY, .below = (double)INFINITY}};
    struct model_feature many = {.kind = TRAIN_CATEGORY, .bins = bins, .count = 3},
                         any = {.kind = TRAIN_NUMBER, .bins = range, .count = 2};
    static const char *const lists[] = {"a", "a or b", "a, b or c", "a, b, c or d", "a, b, c or 2 others"};
    struct model model;
    struct buffer text;
    (void)state;

    read_small(&model, SMALL);
    buffer_init(&text);
    for (size_t b = 0; b < 7; b++) {
        buffer_clear(&text);
        assert_int_equal(model_bin_name(&model.features[b > 2], b > 2 ? b - 3 : b, &text), 0);
        assert_same_text(buffer_slice(&text), slice_from_cstr(b > 2 ? date[b - 3] : category[b]));
    }
    for (size_t count = 1; count <= 5; count++) {
        buffer_clear(&text);
        bins[0].value_count = count;
        assert_int_equal(model_bin_name(&many, 0, &text), 0);
        assert_same_text(buffer_slice(&text), slice_from_cstr(lists[count - 1]));
    }
    buffer_clear(&text);
    assert_int_equal(model_bin_name(&any, 0, &text), 0);
    range[0].below = 1e-5;
    assert_int_equal(buffer_append_char(&text, ';') || model_bin_name(&any, 0, &text), 0);
    range[0].from = -1234567.25;
    assert_int_equal(buffer_append_char(&text, ';') || model_bin_name(&any, 0, &text), 0);
    assert_same_text(buffer_slice(&text), SLICE("any;under 1e-05;-1234567.25 to 1e-05"));
    buffer_fini(&text);
    model_fini(&model);
}

/* ---- what is not written ---- */

static void what_could_not_be_read_is_not_written(void **state)
{
    struct model model;
    struct buffer text;
    struct error err;
    (void)state;

    read_small(&model, SMALL);
    buffer_init(&text);
    assert_int_equal(buffer_append(&text, SLICE("before")), 0);
    model.features[0].bins[1].weight = (double)NAN;
    assert_int_equal(model_write(&model, &text, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "it cannot be saved: the model: features[0].bins[1].weight: not a number");
    model.features[0].bins[1].weight = 0;
    model.features[1].bins[0].below = (double)NAN;
    assert_int_equal(model_write(&model, &text, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    model.features[1].bins[0].below = 20;
    model.intercept = (double)-INFINITY;
    assert_int_equal(model_write(&model, &text, &err), -1);
    assert_string_equal(err.text, "it cannot be saved: the model: intercept: not a number");
    model.intercept = 0;
    model.features[0].bins[0].values[0] = SLICE("a\xff");
    assert_int_equal(model_write(&model, &text, &err), -1);
    assert_int_equal(err.status, STATUS_DATA);
    assert_string_equal(err.text, "the model cannot be saved: a feature's value is not UTF-8 text: 'a\\xff'");
    model.features[0].bins[0].values[0] = SLICE("a");
    model.target = SLICE("a\0b");
    assert_int_equal(model_write(&model, &text, &err), -1);
    assert_string_equal(err.text, "the model cannot be saved: the target's name is not UTF-8 text: 'a\\x00b'");
    assert_same_text(buffer_slice(&text), SLICE("before"));
    buffer_fini(&text);
    model_fini(&model);
}

static void memory_that_runs_short(void **state)
{
    struct model model;
    int failed = -1;
    (void)state;

    draw_model(&model, MODEL_TREES, 20);
    for (long left = 0; failed && MEMORY_CAN_FAIL; left++) {
        struct model again;
        struct buffer text;
        struct error err;
        long live = memory_live;

        buffer_init(&text);
        memory_limit(left, left % 2);
        failed = model_write(&model, &text, &err) || model_read(&again, buffer_slice(&text), "m.json", &err);
        memory_limit(-1, false);
        if (failed && err.status != STATUS_SYSTEM)
            fail_msg("%s", err.text);
        if (!failed) {
            assert_same_model(&model, &again);
            model_fini(&again);
        }
        buffer_fini(&text);
        assert_int_equal(memory_live, live);
    }
    model_fini(&model);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_to_the_last_bit),
        cmocka_unit_test(a_file_by_hand_is_read_and_written_so),
        cmocka_unit_test(open_ends_may_be_null),
        cmocka_unit_test(bins_have_names),
        cmocka_unit_test(what_could_not_be_read_is_not_written),
        cmocka_unit_test(memory_that_runs_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
