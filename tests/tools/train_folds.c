/* Cross-validation of crm-train beside other programs: prints for each lead the number of its record (from 0), its
 * fold, its outcome and its held-out probability, as CSV; the measures go to standard error. With a model file, each
 * lead's z and probability by that model as it is read back, too.
 *
 *     train_folds [OPTION ...] FILE TARGET logistic|l1|bayes|trees
 *
 * -s SEED, -j THREADS, -f DELIMITER, -d COLUMN to leave out, -a COLUMN or "all" to allow, -m MODEL and -r RULES: files
 * to write. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "analysis/train.h"
#include "stream/stream.h"

static struct error err;

static void check(int failed)
{
    if (failed) {
        fprintf(stderr, "train_folds: %s\n", err.text);
        exit(1);
    }
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct stream *read_all(char *path, char delimiter, struct kept *kept)
{
    const struct stream_options options = {.progress = PROGRESS_NEVER,
                                           .reader = {.delimiter = delimiter, .lenient_header = true}};
    struct stream *stream;
    struct record record;
    int more;

    check(stream_open(&stream, &path, 1, &options, &err) || stream_start(stream, &err) || stream_all(stream, &err));
    kept_init(kept, stream->column_count);
    while ((more = stream_next(stream, &record, &err)) > 0)
        check(kept_add(kept, &record, &err));
    check(more < 0);
    return stream;
}

static void save(const char *path, struct buffer *text)
{
    FILE *file = fopen(path, "w");

    if (!file || fwrite(text->data, 1, text->len, file) != text->len || fclose(file)) {
        perror(path);
        exit(1);
    }
    buffer_fini(text);
}

/* z and p of a lead by a model as it was written and read again. */
struct again {
    struct model model;
    struct model_use *use;
    size_t *column;
    struct slice *values;
};

static void again_init(struct again *again, const struct model *model, const struct slice *names, size_t count,
                       const char *path)
{
    const struct date_reader dates = {0};
    struct buffer text;

    buffer_init(&text);
    check(model_write(model, &text, &err) || model_read(&again->model, buffer_slice(&text), path, &err) ||
          model_use_new(&again->use, &again->model, again->model.as_of, &dates, &err));
    save(path, &text);
    again->column = calloc(model->feature_count + 1, sizeof *again->column);
    again->values = calloc(model->feature_count + 1, sizeof *again->values);
    for (size_t f = 0; f < model->feature_count; f++)
        for (size_t c = 0; c < count; c++)
            if (slice_equal(names[c], model->features[f].name))
                again->column[f] = c;
}

static void print_rows(const struct train_table *table, const uint8_t *part, const struct train_result *result,
                       const struct kept *kept, struct again *again)
{
    struct field *fields = calloc(kept->columns + 1, sizeof *fields);

    printf("record,part,outcome,p%s\n", again ? ",z,model_p" : "");
    for (size_t row = 0; row < table->rows; row++) {
        double z, p;

        printf("%zu,%d,%d,%.17g", table->record[row], part[row], table->outcome[row], result->held[row]);
        if (again) {
            kept_fields(kept, table->record[row], fields);
            for (size_t f = 0; f < again->model.feature_count; f++)
                again->values[f] = fields[again->column[f]].text;
            check(model_apply(again->use, again->values, &z, &p, NULL, NULL, &err));
            printf(",%.17g,%.17g", z, p);
        }
        printf("\n");
    }
    free(fields);
}

static void print_measures(const struct train_result *result, double began, double read, double tabled, double trained)
{
    const struct measures *m = &result->measures;

    fprintf(stderr,
            "features %zu, fold AUC %.5f, pooled AUC %.5f [%.5f, %.5f], log-loss %.5f, Brier %.5f, ECE %.5f, c %g, "
            "trees %zu, calibration %s; read %.2f s, table and guard %.2f s, training %.2f s\n",
            result->model.feature_count, result->mean_auc, m->auc, m->auc_low, m->auc_high, m->log_loss, m->brier,
            m->ece, result->c, result->model.tree_count, model_calibrating_names[result->model.calibration.kind],
            read - began, tabled - read, trained - tabled);
}

static void print_features(const struct train_table *table, const struct train_guard *guard)
{
    struct buffer text;

    for (size_t i = 0; i < table->count; i++)
        if (table->features[i].skipped)
            fprintf(stderr, "'%.*s' left out: %s\n", SLICE_ARG(table->features[i].name), table->features[i].skipped);
    buffer_init(&text);
    for (size_t i = 0; i < guard->count; i++) {
        buffer_clear(&text);
        check(train_guard_say(table, &guard->suspects[i], &text));
        fprintf(stderr, "%.*s\n", (int)text.len, text.data);
    }
    buffer_fini(&text);
}

int main(int argc, char **argv)
{
    const char *drop[64], *allow[64], *model_path = NULL, *rules_path = NULL;
    struct train_options options = {.drop = drop, .allow = allow, .as_of = DAY_NONE};
    struct train_method method = {.folds = 5, .seed = 1, .threads = 2};
    struct train_table table;
    struct train_guard guard;
    struct train_result result;
    struct again again;
    struct kept kept;
    char delimiter = ',';
    int option;

    while ((option = getopt(argc, argv, "s:j:m:r:d:a:f:")) != -1)
        switch (option) {
        case 'f':
            delimiter = *optarg;
            break;
        case 's':
            method.seed = strtoull(optarg, NULL, 10);
            break;
        case 'j':
            method.threads = strtoull(optarg, NULL, 10);
            break;
        case 'm':
            model_path = optarg;
            break;
        case 'r':
            rules_path = optarg;
            break;
        case 'd':
            drop[options.drop_count++] = optarg;
            break;
        case 'a':
            allow[options.allow_count++] = optarg;
            break;
        default:
            return 2;
        }
    if (argc - optind != 3)
        return 2;
    options.target = argv[optind + 1];
    method.l1 = strcmp(argv[optind + 2], "l1") == 0;
    for (size_t i = 0; model_method_names[i]; i++)
        if (strcmp(argv[optind + 2], model_method_names[i]) == 0)
            method.method = (enum model_method)i;

    const double began = seconds();
    struct stream *stream = read_all(argv[optind], delimiter, &kept);
    struct slice *names = calloc(kept.columns + 1, sizeof *names);
    for (size_t i = 0; i < kept.columns; i++)
        names[i] = stream->columns[i].name;
    const double read = seconds();
    check(train_table_make(&table, &kept, names, &options, &err));
    uint8_t *part = malloc(table.rows);
    check(train_deal(&table, method.folds, method.seed, part, &err) ||
          train_guard(&guard, &table, part, method.folds, &err));
    const double tabled = seconds();
    check(train_model(&result, &table, &method, part, &err));
    print_features(&table, &guard);
    print_measures(&result, began, read, tabled, seconds());
    if (rules_path) {
        struct buffer text;
        buffer_init(&text);
        check(train_to_rules(&result.model, 20, 50, &text, &err));
        save(rules_path, &text);
    }
    if (model_path)
        again_init(&again, &result.model, names, kept.columns, model_path);
    print_rows(&table, part, &result, &kept, model_path ? &again : NULL);
    if (model_path) {
        model_use_free(again.use);
        model_fini(&again.model);
        free(again.column);
        free(again.values);
    }
    train_result_fini(&result);
    train_guard_fini(&guard);
    train_table_fini(&table);
    kept_fini(&kept);
    stream_free(stream);
    free(names);
    free(part);
    return 0;
}
