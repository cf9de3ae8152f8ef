/* Calibration, chosen by what it is worth for leads it was not fitted to. The leads of all parts but one are sorted
 * once, both kinds are fitted to them, and say what they have to of the part; the losses of all parts decide. What is
 * taken is fitted again to all leads. */
#include "analysis/train_calibrate.h"

#include <stdlib.h>

#include "analysis/train_calibrate_fit.h"

static int make_ties(struct measure_ties *ties, const double *z, const uint8_t *outcome, const uint8_t *part,
                     size_t left_out, size_t rows, struct error *err)
{
    if (measure_ties_make(ties, z, outcome, part, left_out, rows, -CALIBRATE_FARTHEST, CALIBRATE_FARTHEST, err)) {
        if (err->status == STATUS_DATA)
            error_prefix(err, "log-odds: ");
        return -1;
    }
    return 0;
}

/* Without leads nothing can be learned: p = 1 / (1 + exp(-z)). */
static int fit(const struct measure_ties *ties, enum model_calibrating kind, struct arena *arena,
               struct model_calibration *calibration, struct error *err)
{
    *calibration = (struct model_calibration){.kind = CALIBRATE_NONE};
    if (ties->rows && kind == CALIBRATE_PLATT)
        calibrate_platt_fit(ties, calibration);
    else if (ties->rows && kind == CALIBRATE_ISOTONIC)
        return calibrate_isotonic_fit(ties, arena, calibration, err);
    return 0;
}

int calibrate_platt(const double *z, const uint8_t *outcome, size_t rows, struct model_calibration *calibration,
                    struct error *err)
{
    struct measure_ties ties;

    if (make_ties(&ties, z, outcome, NULL, 0, rows, err))
        return -1;
    int failed = fit(&ties, CALIBRATE_PLATT, NULL, calibration, err);
    measure_ties_fini(&ties);
    return failed;
}

int calibrate_isotonic(const double *z, const uint8_t *outcome, size_t rows, struct arena *arena,
                       struct model_calibration *calibration, struct error *err)
{
    struct measure_ties ties;

    if (make_ties(&ties, z, outcome, NULL, 0, rows, err))
        return -1;
    int failed = fit(&ties, CALIBRATE_ISOTONIC, arena, calibration, err);
    measure_ties_fini(&ties);
    return failed;
}

/* ---- the choice ---- */

#define KINDS (CALIBRATE_ISOTONIC + 1)

struct trial {
    const double *z;
    const uint8_t *outcome, *part;
    size_t rows;
    double *held[KINDS]; /* what each kind says of each lead that it was not fitted to; [CALIBRATE_NONE]: the owner */
};

static int try_part(struct trial *trial, size_t left_out, struct error *err)
{
    struct model_calibration calibration;
    struct measure_ties ties;
    struct arena arena;
    int failed = 0;

    if (make_ties(&ties, trial->z, trial->outcome, trial->part, left_out, trial->rows, err))
        return -1;
    arena_init(&arena);
    for (int kind = CALIBRATE_PLATT; kind < KINDS && !failed; kind++) {
        failed = fit(&ties, (enum model_calibrating)kind, &arena, &calibration, err);
        for (size_t row = 0; row < trial->rows && !failed; row++)
            if (trial->part[row] == left_out)
                trial->held[kind][row] = model_calibrate(&calibration, trial->z[row]);
    }
    arena_fini(&arena);
    measure_ties_fini(&ties);
    return failed;
}

static int try_all(struct trial *trial, size_t folds, struct error *err)
{
    const struct model_calibration none = {.kind = CALIBRATE_NONE};

    trial->held[0] = reallocarray(NULL, trial->rows ? trial->rows : 1, KINDS * sizeof(double));
    if (!trial->held[0])
        return error_memory(err);
    for (size_t kind = 1; kind < KINDS; kind++)
        trial->held[kind] = trial->held[0] + kind * trial->rows;
    for (size_t row = 0; row < trial->rows; row++) {
        double p = model_calibrate(&none, trial->z[row]);

        for (size_t kind = 0; kind < KINDS; kind++)
            trial->held[kind][row] = p;
    }
    for (size_t left_out = 0; left_out < folds; left_out++)
        if (try_part(trial, left_out, err))
            return -1;
    return 0;
}

/* The least loss; of equal ones the simplest. */
static enum model_calibrating best_kind(const struct trial *trial)
{
    double least = 0;
    int best = CALIBRATE_NONE;

    for (int kind = CALIBRATE_NONE; kind < KINDS; kind++) {
        double loss = 0;

        for (size_t row = 0; row < trial->rows; row++)
            loss += measure_log_loss(trial->held[kind][row], trial->outcome[row] != 0);
        if (kind == CALIBRATE_NONE || loss < least) {
            least = loss;
            best = kind;
        }
    }
    return (enum model_calibrating)best;
}

int calibrate_choose(const double *z, const uint8_t *outcome, const uint8_t *part, size_t folds, size_t rows,
                     struct arena *arena, struct model_calibration *calibration, double *held, struct error *err)
{
    struct trial trial = {.z = z, .outcome = outcome, .part = part, .rows = rows};
    struct measure_ties ties;
    int failed = try_all(&trial, folds, err);

    if (!failed)
        failed = make_ties(&ties, z, outcome, NULL, 0, rows, err);
    if (!failed) {
        enum model_calibrating kind = best_kind(&trial);

        failed = fit(&ties, kind, arena, calibration, err);
        for (size_t row = 0; row < rows && !failed; row++)
            held[row] = trial.held[kind][row];
        measure_ties_fini(&ties);
    }
    free(trial.held[0]);
    return failed;
}
