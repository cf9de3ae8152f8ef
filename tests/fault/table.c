/* The table of all that was tried. */
#include "table.h"

#include <string.h>
#include <sys/mman.h>

static const char *const row_names[TABLE_ROWS] = {"memory",
                                                  "mapping",
                                                  "read",
                                                  "write",
                                                  "open",
                                                  "close",
                                                  "dup",
                                                  "seek",
                                                  "fsync",
                                                  "stat",
                                                  "rename",
                                                  "unlink",
                                                  "fchmod",
                                                  "mkstemp",
                                                  "thread",
                                                  "dlopen",
                                                  "atexit",
                                                  "getrandom",
                                                  "one byte a call",
                                                  "mapping lost",
                                                  "interrupted",
                                                  "disk full at",
                                                  "file limit at",
                                                  "killed",
                                                  "ended by signal",
                                                  "standard streams",
                                                  "nothing amiss"};

struct table *table_new(void)
{
    struct table *table = mmap(NULL, sizeof *table, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (table == MAP_FAILED)
        die("no memory for the table");
    return table;
}

size_t table_program(struct table *table, const char *name)
{
    for (size_t i = 0; i < TABLE_PROGRAMS; i++) {
        if (!table->programs[i][0])
            snprintf(table->programs[i], sizeof table->programs[i], "%s", name);
        if (strcmp(table->programs[i], name) == 0)
            return i;
    }
    die("too many programs");
}

long table_sum(const struct table *table, enum verdict verdict)
{
    long sum = 0;

    for (size_t i = 0; i < TABLE_PROGRAMS; i++)
        for (size_t row = 0; row < TABLE_ROWS; row++)
            sum += atomic_load(&table->tallies[i][row].verdicts[verdict]);
    return sum;
}

static void print_row(FILE *out, const char *program, const char *kind, long calls, const long *verdicts)
{
    long tried = 0;

    for (size_t i = 0; i < VERDICTS; i++)
        tried += verdicts[i];
    if (calls == 0 && tried == 0)
        return;
    fprintf(out, "%-13s %-16s %8ld %8ld %8ld %8ld %8ld %8ld %7ld\n", program, kind, calls, tried, verdicts[SAME],
            verdicts[REFUSED], verdicts[ENDED], verdicts[OUTSIDE], verdicts[WRONG]);
}

void table_print(const struct table *table, FILE *out)
{
    long all_calls = 0;
    long all[VERDICTS] = {0};

    fprintf(out, "%-13s %-16s %8s %8s %8s %8s %8s %8s %7s\n", "program", "kind", "there", "tried", "same", "refused",
            "ended", "outside", "failed");
    for (size_t i = 0; i < TABLE_PROGRAMS && table->programs[i][0]; i++)
        for (size_t row = 0; row < TABLE_ROWS; row++) {
            const struct tally *tally = &table->tallies[i][row];
            long verdicts[VERDICTS];
            for (size_t j = 0; j < VERDICTS; j++) {
                verdicts[j] = atomic_load(&tally->verdicts[j]);
                all[j] += verdicts[j];
            }
            all_calls += atomic_load(&tally->calls);
            print_row(out, table->programs[i], row_names[row], atomic_load(&tally->calls), verdicts);
        }
    print_row(out, "all", "all", all_calls, all);
}
