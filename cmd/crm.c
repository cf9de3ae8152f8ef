/* crm: an overview of the programs, and a way to start each and to open its manual.
 *
 * All it does is to become another program: `crm rfm ...` is crm-rfm, from the folder that crm itself is in or else by
 * PATH, with the words behind it as they are. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/completion.h"
#include "base/options.h"
#include "base/pager.h"
#include "base/program.h"
#include "base/programs.h"

static void print_list(const char *title, const struct program_entry *entries)
{
    printf("\n%s:\n", title);
    for (; entries->name; entries++)
        printf("  %-10s %s\n", entries->name, entries->what);
}

static int print_overview(struct error *err)
{
    printf("Usage: crm [-p] PROGRAM [ARGUMENT ...]\n"
           "       crm help [PROGRAM | PAGE]\n"
           "Start one of the programs for customer data, or open its manual.\n");
    print_list("Programs (crm rfm is crm-rfm; all show their options with --help)", programs);
    print_list("Other pages of the manual", manual_pages);
    printf("\n  -p, --pager    show what PROGRAM writes a page at a time (PAGER, else less)\n"
           "  -h, --help     show this and exit; so does help alone\n"
           "  -V, --version  show the version and exit; so does version\n"
           "\nExample: crm import orders-*.csv | crm rfm --summary --to table\nManual: man crm\n");
    return options_printed(err);
}

static int open_manual(const char *name, struct error *err)
{
    char page[64] = "crm";
    const char *section = strcmp(name, "crm") == 0 ? "7" : NULL;

    if (!section)
        snprintf(page, sizeof page, "crm-%s", strncmp(name, "crm-", 4) == 0 ? name + 4 : name);
    if (section)
        execlp("man", "man", section, page, (char *)NULL);
    else
        execlp("man", "man", page, (char *)NULL);
    return error_errno(err, "man cannot be started (crm-rfm --help shows the options of crm-rfm)");
}

/* Comes back only when there is no such program, or it cannot be started. */
static int start(const char *name, char **argv, struct error *err)
{
    char program[64];
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - sizeof program - 1);
    char *slash = length > 0 ? memrchr(path, '/', (size_t)length) : NULL;

    snprintf(program, sizeof program, "crm-%s", name);
    argv[0] = program;
    if (slash) {
        strcpy(slash + 1, program);
        execv(path, argv);
    }
    if (!slash || errno == ENOENT)
        execvp(program, argv);
    if (errno != ENOENT)
        return error_errno(err, "%s", program);
    const char *likely = programs_likely(name);
    return error_set(err, STATUS_USAGE,
                     likely ? "no program '%s'; did you mean '%s'?" : "no program '%s' (see crm help)", name, likely);
}

static int run(int argc, char **argv, struct error *err)
{
    static const struct command command = {"crm", "[-p] PROGRAM [ARGUMENT ...]", "", "", NULL, 0};
    char version[] = "--version";
    const bool page = argc > 1 && (strcmp(argv[1], "-p") == 0 || strcmp(argv[1], "--pager") == 0);
    int first;

    argc -= page;
    argv += page;
    const char *word = argc > 1 ? argv[1] : "help";

    if (strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0 || (strcmp(word, "help") == 0 && argc < 3))
        return print_overview(err);
    if (strcmp(word, "help") == 0)
        return open_manual(argv[2], err);
    if (strcmp(word, "--completion") == 0 && argc == 3)
        return completion_print_launcher(argv[2], err);
    if (strcmp(word, "version") == 0)
        argv[1] = version;
    if (argv[1][0] == '-')
        return options_parse(&command, 2, argv, &first, err);
    if (!*word || strchr(word, '/') || strlen(word) > 40)
        return error_set(err, STATUS_USAGE, "'%s' is not the name of a program (see crm help)", word);
    return page && pager_begin(err) ? -1 : start(word, argv + 1, err);
}

int main(int argc, char **argv)
{
    struct error err;

    program_begin_launcher("crm");
    int done = run(argc, argv, &err);
    return done < 0 ? program_fail(&err) : STATUS_OK;
}
