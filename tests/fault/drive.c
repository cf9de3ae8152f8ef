/* Fault injection: runs each scenario again and again, each time with another call failing, and judges what became of
 * it (verdict.h).
 *
 *     drive [--short | --few] [--jobs N] [--table FILE] BIN INJECT SAMPLES FIXTURES SCENARIOS [FILTER ...]
 *
 * A scenario is a line "name | shell command" over the files in FIXTURES and deals.xlsx, which is made here (copied to
 * an empty folder, which is the current one), and $SAMPLES, with one program of BIN in it. It is run once to see what
 * it prints, which files it leaves and how many calls of each kind it makes; then with the 1st, 2nd, ... last of them
 * failing, alone and with all that follow; with all reads and writes cut to one byte, or interrupted; with a disk that
 * is full after so many bytes; ended by a signal before any call; and with standard streams that are full, closed or
 * broken. At the end a table of all that was tried is printed, and written to FILE.
 *
 * How many calls of a kind are tried is limited (struct extent): beyond it the last half is spread evenly over those
 * that are left. FILTER: only scenarios whose names contain one of them, or are one with "=" before it. --few is for
 * programs that run very slowly. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "table.h"
#include "trial.h"
#include "verdict.h"

enum { MAX_SCENARIOS = 1000, SHOWN_FAILURES = 5, MANY = 20000 };

/* How many calls are tried at most. */
struct extent {
    long memory;    /* of allocations */
    long calls;     /* of each other kind */
    long all_bytes; /* of a disk that is full: all of them, where a scenario leaves files or is the first of its program
                     */
    long some_bytes; /* ... where there are more, and elsewhere */
    long limits;     /* sizes of files */
    long signals;
    long modes;     /* 2: alone, and with all that follow */
    int time_limit; /* seconds */
    bool streams;
};

static const struct extent whole_extent = {600, 400, 4000, 60, 12, 300, 2, 20, true};
static const struct extent short_extent = {14, 6, 8, 4, 2, 4, 2, 20, true};
static const struct extent few_extent = {8, 1, 2, 2, 0, 1, 1, 200, false};

struct scenario {
    char *name; /* owned, and the command behind it */
    const char *command;
    size_t program;
    bool first; /* of its program */
};

struct driver {
    struct bench bench;
    const struct extent *extent;
    struct table *table;
    atomic_size_t *next; /* scenario to be taken; shared */
    struct scenario scenarios[MAX_SCENARIOS];
    size_t count;
};

/* A scenario while it is tried. */
struct attempt {
    struct driver *driver;
    const struct scenario *scenario;
    const struct extent *extent;
    struct outcome full; /* with nothing amiss */
    long bytes;          /* that it writes */
    long failures;
};

static void show(const struct attempt *attempt, const char *word, const struct trial *trial,
                 const struct outcome *outcome, const char *why)
{
    static const char *const streams[] = {"standard input", "standard output", "standard error"};
    static const char *const states[] = {"normal", "full", "closed", "a broken pipe"};

    printf("%s %s: %s: status %d, with ", word, attempt->scenario->name, why, outcome->status);
    if (trial->fault)
        printf("CRM_FAULT=%s (of %s)\n", trial->fault, outcome->toucher);
    else
        printf("%s %s\n", streams[trial->stream], states[trial->state]);
    printf("    %s\n    %.200s%s", attempt->scenario->command, outcome->err.data,
           outcome->err.size ? "" : "(no message)\n");
    fflush(stdout);
}

static void try(struct attempt *attempt, int row, const struct trial *trial, const struct expectation *expected)
{
    struct driver *driver = attempt->driver;
    struct outcome outcome;
    const char *why = NULL;

    run(&driver->bench, attempt->scenario->command, trial, &outcome);
    const enum verdict verdict = judge(&driver->bench, &attempt->full, &outcome, expected, &why);
    atomic_fetch_add(&driver->table->tallies[attempt->scenario->program][row].verdicts[verdict], 1);
    if (verdict == OUTSIDE)
        show(attempt, "OUTSIDE", trial, &outcome, why);
    if (verdict == WRONG && attempt->failures++ < SHOWN_FAILURES)
        show(attempt, "FAILED", trial, &outcome, why);
    outcome_free(&outcome);
}

static void try_fault(struct attempt *attempt, int row, const char *kind, long call, const char *mode,
                      const struct expectation *expected)
{
    char *fault = join("%s:%ld:%s", kind, call, mode);

    try(attempt, row, &(struct trial){.fault = fault}, expected);
    free(fault);
}

/* The call to be tried after `call` of `all`, of which `most` may be tried: the first half of these one by one, the
 * rest evenly over what is left, the last always. More than `all` when there is none. */
static long call_after(long call, long all, long most)
{
    const long single = most / 2;

    if (most < 2 && call < all)
        return all;
    if (all <= most || call < single || call >= all)
        return call + 1;
    const long step = (all - single + most - single - 1) / (most - single);
    return call + step < all ? call + step : all;
}

/* Notes how many there are in the table. */
static long there_are(const struct attempt *attempt, int row, long calls)
{
    atomic_fetch_add(&attempt->driver->table->tallies[attempt->scenario->program][row].calls, calls);
    return calls;
}

/* Fails the calls of one kind one by one, alone and with all that follow. */
static void fail_calls(struct attempt *attempt, int kind, long calls)
{
    static const char *const kinds[] = FAULT_NAMES;
    static const char *const modes[] = {"once", "from"};
    const struct extent *extent = attempt->extent;
    const long memory =
        calls > MANY ? extent->memory / 16 : extent->memory; /* a library's, of which one is as another */
    const long most = kind == FAULT_MALLOC ? memory : extent->calls;
    const struct expectation failed = {.may_refuse = kind != FAULT_THREAD, /* it is done without */
                                       .may_stay = kind != FAULT_WRITE,
                                       .same_messages = true,
                                       .output_visible = true,
                                       .may_leave = kind == FAULT_UNLINK};

    there_are(attempt, kind, calls);
    for (long call = 1; call <= calls; call = call_after(call, calls, most))
        for (long mode = 0; mode < 2 && mode < extent->modes; mode++)
            try_fault(attempt, kind, kinds[kind], call, modes[mode], &failed);
}

/* What a program must not notice: calls that move one byte, and such as are interrupted; and mappings that are lost. */
static void pester(struct attempt *attempt, int kind, long calls)
{
    static const char *const kinds[] = FAULT_NAMES;
    const struct expectation unnoticed = {.may_stay = true, .same_messages = true, .output_visible = true};

    const struct expectation lost = {
        .may_refuse = true, .may_stay = true, .same_messages = true, .output_visible = true};

    if (kind == FAULT_MAP) {
        there_are(attempt, ROW_LOST, calls);
        for (long call = 1; call <= calls; call = call_after(call, calls, attempt->extent->calls))
            try_fault(attempt, ROW_LOST, kinds[kind], call, "short", &lost);
    }
    for (long call = 1; call <= 2 && call <= calls; call++) {
        if (kind == FAULT_READ || kind == FAULT_WRITE) {
            there_are(attempt, ROW_SHORT, 1);
            try_fault(attempt, ROW_SHORT, kinds[kind], call, "short", &unnoticed);
        }
        if (kind == FAULT_READ || kind == FAULT_WRITE || kind == FAULT_OPEN || kind == FAULT_CLOSE) {
            there_are(attempt, ROW_INTERRUPTED, 1);
            try_fault(attempt, ROW_INTERRUPTED, kinds[kind], call, "eintr", &unnoticed);
        }
    }
}

static bool leaves_files(const struct attempt *attempt)
{
    for (size_t i = 0; i < attempt->full.files.count; i++) {
        const struct file *file = &attempt->full.files.files[i];
        const struct file *before = folder_find(&attempt->driver->bench.fixtures, file->name);
        if (!before || !text_equal(before->content, file->content))
            return true;
    }
    return false;
}

/* A disk that takes 0, 1, ... all but one of the bytes of all that is written. */
static void fill_disk(struct attempt *attempt)
{
    const struct extent *extent = attempt->extent;
    const struct expectation full = {.may_refuse = true, .same_messages = true, .output_visible = true};
    const bool all = attempt->bytes <= extent->all_bytes && (leaves_files(attempt) || attempt->scenario->first);
    const long most = all ? extent->all_bytes : extent->some_bytes;

    there_are(attempt, ROW_FULL, attempt->bytes);
    for (long byte = 1; byte <= attempt->bytes; byte = call_after(byte, attempt->bytes, most))
        try_fault(attempt, ROW_FULL, "write", byte - 1, "full", &full);
    if (!extent->limits)
        return;
    there_are(attempt, ROW_LIMIT, attempt->bytes);
    for (long byte = 1; byte <= attempt->bytes; byte = call_after(byte, attempt->bytes, extent->limits))
        try_fault(attempt, ROW_LIMIT, "write", byte - 1, "limit", &full);
}

/* Signals before any call that is no allocation: SIGKILL, and the others in turn. */
static void send_signals(struct attempt *attempt, long calls)
{
    static const char *const modes[] = {"kill", "term", "int", "hup", "quit", "pipe", "xcpu"};
    static const int signals[] = FAULT_SIGNALS;
    struct expectation ended = {.may_stay = true, .output_visible = true};
    size_t other = 0;

    there_are(attempt, ROW_KILLED, calls);
    there_are(attempt, ROW_ENDED, calls);
    for (long call = 1; call <= calls; call = call_after(call, calls, attempt->extent->signals)) {
        ended.signal = SIGKILL;
        try_fault(attempt, ROW_KILLED, "any", call, modes[0], &ended);
        other = other % (sizeof modes / sizeof *modes - 1) + 1;
        ended.signal = signals[other];
        try_fault(attempt, ROW_ENDED, "any", call, modes[other], &ended);
    }
}

static void spoil_streams(struct attempt *attempt)
{
    bool prints = attempt->full.out.size > 0;
    bool speaks = attempt->full.err.size > 0;
    const struct expectation stdout_fails = {.may_refuse = true, .may_stay = !prints};
    const struct expectation stdout_broken = {.may_stay = !prints, .same_messages = true, .signal = SIGPIPE};
    const struct expectation stdin_fails = {
        .may_refuse = true, .may_stay = true, .same_messages = true, .output_visible = true};
    const struct expectation stderr_fails = {.may_stay = true, .same_messages = !speaks, .output_visible = true};

    there_are(attempt, ROW_STREAMS, 6);
    try(attempt, ROW_STREAMS, &(struct trial){.stream = 1, .state = FULL}, &stdout_fails);
    try(attempt, ROW_STREAMS, &(struct trial){.stream = 1, .state = CLOSED}, &stdout_fails);
    try(attempt, ROW_STREAMS, &(struct trial){.stream = 1, .state = BROKEN}, &stdout_broken);
    try(attempt, ROW_STREAMS, &(struct trial){.stream = 0, .state = CLOSED}, &stdin_fails);
    try(attempt, ROW_STREAMS, &(struct trial){.stream = 2, .state = CLOSED}, &stderr_fails);
    try(attempt, ROW_STREAMS, &(struct trial){.stream = 2, .state = FULL}, &stderr_fails);
}

/* Runs the scenario with nothing amiss, without and with the preloaded library, which counts its calls in the report.
 */
static bool run_itself(struct attempt *attempt)
{
    struct bench *bench = &attempt->driver->bench;
    const struct expectation same = {.may_stay = true, .same_messages = true, .output_visible = true};
    struct outcome counted;
    const char *why = NULL;

    run(bench, attempt->scenario->command, &(struct trial){0}, &attempt->full);
    run(bench, attempt->scenario->command, &(struct trial){.fault = ""}, &counted);
    enum verdict verdict = judge(bench, &attempt->full, &counted, &same, &why);
    const int status = attempt->full.status;
    if (!why && (status >= 4 || (status == 2 && !strstr(attempt->scenario->name, "usage"))))
        why = "fails by itself";
    if (!why && atomic_load(&bench->report->programs) != 1)
        why = "not one program is in it";
    if (why) {
        verdict = WRONG;
        show(attempt, "FAILED", &(struct trial){.fault = ""}, &counted, why);
        attempt->failures++;
    }
    there_are(attempt, ROW_ITSELF, 1);
    atomic_fetch_add(&attempt->driver->table->tallies[attempt->scenario->program][ROW_ITSELF].verdicts[verdict], 1);
    outcome_free(&counted);
    return !why;
}

static void run_scenario(struct driver *driver, const struct scenario *scenario)
{
    struct attempt attempt = {.driver = driver, .scenario = scenario, .extent = driver->extent};
    struct fault_report *report = driver->bench.report;
    long calls[FAULT_KINDS];
    long all = 0;

    if (strstr(scenario->name, "-named") && driver->extent == &whole_extent)
        attempt.extent = &short_extent;
    if (run_itself(&attempt)) {
        const long any = atomic_load(&report->any);
        attempt.bytes = atomic_load(&report->bytes);
        for (int kind = 0; kind < FAULT_KINDS; kind++) {
            calls[kind] = atomic_load(&report->calls[kind]);
            all += calls[kind];
        }
        for (int kind = 0; kind < FAULT_KINDS; kind++) {
            fail_calls(&attempt, kind, calls[kind]);
            pester(&attempt, kind, calls[kind]);
        }
        fill_disk(&attempt);
        send_signals(&attempt, any);
        if (attempt.extent->streams)
            spoil_streams(&attempt);
    }
    printf("%-32s %7ld calls %7ld bytes %7ld failed\n", scenario->name, all, attempt.bytes, attempt.failures);
    fflush(stdout);
    outcome_free(&attempt.full);
}

static bool is_chosen(const char *name, char **filters, int count)
{
    for (int i = 0; i < count; i++)
        if (filters[i][0] == '=' ? strcmp(filters[i] + 1, name) == 0 : strstr(name, filters[i]) != NULL)
            return true;
    return count == 0;
}

/* The program is the first word of the command that begins with "crm-". */
static void add_scenario(struct driver *driver, const char *name, const char *command)
{
    const char *program = strstr(command, "crm-");

    if (!program || driver->count == MAX_SCENARIOS)
        die("%s: no program is in it, or there are too many scenarios", name);
    char *program_name = strndup(program, strcspn(program, " "));
    if (!program_name)
        die("out of memory");
    struct scenario *scenario = &driver->scenarios[driver->count++];
    scenario->name = join("%s%c%s", name, '\0', command);
    scenario->command = scenario->name + strlen(name) + 1;
    scenario->program = table_program(driver->table, program_name);
    scenario->first = true;
    for (size_t i = 0; i + 1 < driver->count; i++)
        if (driver->scenarios[i].program == scenario->program)
            scenario->first = false;
    free(program_name);
}

static void read_scenarios(struct driver *driver, const char *path, char **filters, int filter_count)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;

    if (!file)
        die("%s", path);
    while (getline(&line, &room, file) > 0) {
        line[strcspn(line, "\n")] = '\0';
        char *bar = strstr(line, " | ");
        if (line[0] == '#' || !bar)
            continue;
        *bar = '\0';
        line[strcspn(line, " ")] = '\0';
        if (is_chosen(line, filters, filter_count))
            add_scenario(driver, line, bar + 3);
    }
    if (ferror(file) || !feof(file))
        die("%s", path);
    fclose(file);
    free(line);
}

/* Takes scenarios, as other processes do, until there are none. */
static _Noreturn void work(struct driver *driver, char **folders)
{
    bench_open(&driver->bench, folders[1], folders[0], folders[2], folders[3]);
    driver->bench.time_limit = driver->extent->time_limit;
    for (size_t i; (i = atomic_fetch_add(driver->next, 1)) < driver->count;)
        run_scenario(driver, &driver->scenarios[i]);
    bench_close(&driver->bench);
    exit(0);
}

/* Whether all workers came to their end. */
static bool work_together(struct driver *driver, char **folders, long jobs)
{
    bool good = true;
    int status;

    fflush(NULL);
    for (long i = 0; i < jobs; i++) {
        pid_t pid = fork();
        if (pid < 0)
            die("cannot start a process");
        if (pid == 0)
            work(driver, folders);
    }
    while (wait(&status) > 0)
        good = good && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return good;
}

/* Reads the options; what is left begins with BIN. */
static int read_options(struct driver *driver, int argc, char **argv, long *jobs, const char **table)
{
    int at = 1;

    for (; at < argc && argv[at][0] == '-'; at++)
        if (strcmp(argv[at], "--short") == 0)
            driver->extent = &short_extent;
        else if (strcmp(argv[at], "--few") == 0)
            driver->extent = &few_extent;
        else if (strcmp(argv[at], "--jobs") == 0 && at + 1 < argc)
            *jobs = strtol(argv[++at], NULL, 10);
        else if (strcmp(argv[at], "--table") == 0 && at + 1 < argc)
            *table = argv[++at];
        else
            break;
    if (argc - at >= 5 && *jobs >= 1 && *jobs <= 64)
        return at;
    fputs(
        "usage: drive [--short | --few] [--jobs N] [--table FILE] BIN INJECT SAMPLES FIXTURES SCENARIOS [FILTER ...]\n",
        stderr);
    exit(2);
}

int main(int argc, char **argv)
{
    static struct driver driver = {.extent = &whole_extent};
    long jobs = 1;
    const char *path = NULL;
    const int first = read_options(&driver, argc, argv, &jobs, &path);

    driver.table = table_new();
    driver.next = mmap(NULL, sizeof *driver.next, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (driver.next == MAP_FAILED)
        die("no memory to share");
    read_scenarios(&driver, argv[first + 4], argv + first + 5, argc - first - 5);
    const bool good = work_together(&driver, argv + first, jobs);
    FILE *file = path ? fopen(path, "we") : NULL;
    if (file)
        table_print(driver.table, file);
    if (path && (!file || fclose(file)))
        die("%s", path);
    table_print(driver.table, stdout);
    for (size_t i = 0; i < driver.count; i++)
        free(driver.scenarios[i].name);
    if (!good)
        puts("FAILED a process of this program did not come to its end: not all scenarios were tried");
    const long failed = table_sum(driver.table, WRONG) + !good;
    const long outside = table_sum(driver.table, OUTSIDE);
    const long passed =
        table_sum(driver.table, SAME) + table_sum(driver.table, REFUSED) + table_sum(driver.table, ENDED);
    if (outside)
        printf("%ld runs were ended by a library that got no memory\n", outside);
    printf("fault: %ld passed, %ld failed\n", passed, failed);
    return failed || passed == 0 ? 1 : 0;
}
