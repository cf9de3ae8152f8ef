/* The command line of crm-report. */
#ifndef CRM_REPORT_REPORT_COMMAND_H
#define CRM_REPORT_REPORT_COMMAND_H

#include "report/report_plan.h"
#include "stream/common.h"
#include "stream/shade.h"

enum report_format { REPORT_HTML, REPORT_SVG, REPORT_PNG, REPORT_PDF, REPORT_TEXT, REPORT_UNTOLD };

struct report_command {
    struct common common;
    struct option_spec output_specs[8]; /* the common ones, --to being our own */
    enum report_format format;          /* REPORT_UNTOLD: by the ending of --output, else HTML */
    const char *title, *note, *language, *layout;
    const struct report_kind *as; /* NULL: by the columns */
    int chart;                    /* an enum figure_kind, CHART_OF_KIND or CHART_NONE */
    size_t width, height, rows;   /* 0: as it is best */
    size_t pick;                  /* the chart of that number alone; 0: all */
    bool check;
    enum shade_when color;
};

/* Fills the command. 1: go on, with *first the first operand; 0: --help or --version was printed; -1: STATUS_USAGE.
 * Owns nothing: the texts stay in argv. */
int report_command_read(struct report_command *command, int argc, char **argv, int *first, struct error *err);

#endif
