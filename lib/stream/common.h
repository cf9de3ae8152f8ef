/* What every program's command line shares: options for input, output and messages, and the opening of both ends. */
#ifndef CRM_STREAM_COMMON_H
#define CRM_STREAM_COMMON_H

#include "base/options.h"
#include "stream/stream.h"
#include "stream/writer.h"

#define TABLE_OF_TERMINAL SIZE_MAX /* as wide as the terminal that is written to, of any width elsewhere */

struct common {
    enum format from;
    enum format to;
    char delimiter; /* 0: not given */
    const char *output;
    const char *rejects;
    struct reject_limit limit;
    const char *as_of; /* as given; NULL: not given */
    const char *tz;    /* as given; NULL: not given */
    enum progress_when progress;
    size_t table_width; /* TABLE_OF_TERMINAL: not given; 0: any */
    bool spreadsheet_safe;
    bool quiet;
    bool verbose;
    const char *where;                 /* as given; NULL: not given */
    struct option_spec input_specs[5]; /* what common_groups() fills in */
    struct option_spec output_specs[9];
};

#define COMMON_INIT                                                               \
    {                                                                             \
        .limit = {.percent = true, .value = 10}, .table_width = TABLE_OF_TERMINAL \
    }

/* The option groups every program ends with, filled in for `common`, which holds the tables: it must stay where it is.
 */
enum { COMMON_INPUT, COMMON_OUTPUT, COMMON_GROUPS };
void common_groups(struct common *common, struct option_group groups[COMMON_GROUPS]);

/* --as-of and --tz, for the table of a program that has an analysis date; --tz alone where only days matter. */
#define COMMON_AS_OF(common)                                                                                          \
    {                                                                                                                 \
        "as-of", 0, "DATE", "the analysis date (default: the latest date in the data)", option_text, &(common)->as_of \
    }
#define COMMON_AS_OF_TODAY(common)                                                                            \
    {                                                                                                         \
        "as-of", 0, "DATE", "the analysis date (default: that of the latest event, else today)", option_text, \
            &(common)->as_of                                                                                  \
    }
#define COMMON_TZ(common)                                                                               \
    {                                                                                                   \
        "tz", 0, "ZONE", "the time zone that decides the day of an instant", option_text, &(common)->tz \
    }

/* -j: size_t *, of workers_available(8) by default. */
#define COMMON_THREADS(target)                                                                               \
    {                                                                                                        \
        "threads", 'j', "N", "threads (default: as many as processors, at most 8)", option_threads, (target) \
    }

/* --max-memory for an analysis that can go on in temporary files (spill.h): size_t *, 0 by default: no limit. */
#define COMMON_MAX_MEMORY(target)                                                                                      \
    {                                                                                                                  \
        "max-memory", 0, "SIZE", "what does not fit in SIZE (500M, 2G) goes to temporary files", option_size, (target) \
    }

/* For an option table: target char *, what separates fields. */
int option_delimiter(void *target, const char *argument, struct error *err);
/* For an option table: target const char **, a strptime(3) format that gives a day (date.h). */
int option_date_format(void *target, const char *argument, struct error *err);

/* Whether progress is shown: as told, and not with --quiet. */
enum progress_when common_progress(const struct common *common);
/* What the command line says about the input, for a program that opens its stream itself. */
void common_stream_options(const struct common *common, struct stream_options *options);

/* Refuses rejects, or settings to be saved (NULL: none), in a file that is also an input or the output. */
int common_check_files(const struct common *common, const char *saved_option, const char *saved, char *const *paths,
                       size_t count, struct error *err);

/* The same for what is read beside the input (rules, events, a model); those that are NULL are not. */
int common_check_settings(const struct common *common, const char *saved_option, const char *saved,
                          const char *const *settings, size_t count, struct error *err);

/* Refuses two files to be saved that are one; NULL: it is not saved. */
int common_check_two(const char *option, const char *saved, const char *other_option, const char *other,
                     struct error *err);

/* Opens the operands (standard input without any) as a stream and reads the headers. */
int common_open(const struct common *common, char *const *paths, size_t count, struct stream **stream,
                struct error *err);

/* The output: sink and writer in one. The format is --to, else a table on a terminal, else the input's (stream NULL:
 * CSV). */
struct output { /* starts as zero */
    struct sink *sink;
    struct writer *writer;
};
/* The format output_open() takes. */
enum format output_format(const struct common *common, const struct stream *stream);
/* Opens the sink alone: before a long run, so that an output that cannot be written is seen at once. Optional. */
int output_prepare(struct output *output, const struct common *common, struct error *err);
int output_open(struct output *output, const struct common *common, const struct stream *stream,
                const struct slice *names, size_t count, struct error *err);
/* The same for a report some of whose columns are called as in the input: that two have one name is an error, which
 * names the option by which the first of them was asked for. */
int output_open_report(struct output *output, const struct common *common, const struct stream *stream,
                       const char *option, const struct slice *names, size_t count, struct error *err);
int output_finish(struct output *output, struct error *err);
void output_free(struct output *output);

#endif
