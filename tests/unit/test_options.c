/* Options: parsing by the table, what is said about mistakes, and --help. Edit distances are in test_base. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/options.h"
#include "base/program.h"
#include "stream/common.h"

struct target {
    bool flag;
    bool other;
    const char *text;
    char byte;
    size_t number;
    struct option_list list;
    int choice;
};

static int take_choice(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"low", "high", NULL};

    *(int *)target = option_choice(argument, words, err);
    return *(int *)target < 0 ? -1 : 0;
}

struct parse {
    struct target target;
    struct error err;
    int first;
    int count;
    char *words[16];
};

/* Words separated by blanks; "''" is an empty one. */
static int parse(struct parse *p, const char *line)
{
    static char room[256];
    struct target *t = &p->target;
    const struct option_spec specs[] = {
        {"flag", 'f', NULL, "a flag", option_true, &t->flag},
        {"other-flag", 0, NULL, "another", option_true, &t->other},
        {"text", 't', "TEXT", "a text", option_text, &t->text},
        {"byte", 'b', "C", "a byte", option_byte, &t->byte},
        {"number", 'n', "N", "a number", option_positive, &t->number},
        {"add", 'a', "ITEM", "a list", option_append, &t->list},
        {"choice", 0, "WORD", "one of some", take_choice, &t->choice},
    };
    const struct option_group group = {"All", specs, sizeof specs / sizeof *specs};
    const struct command command = {"crm-test", "[FILE ...]", "Tests.", "crm-test x", &group, 1};

    memset(p, 0, sizeof *p);
    snprintf(room, sizeof room, "crm-test %s", line);
    for (char *word = strtok(room, " "); word; word = strtok(NULL, " "))
        p->words[p->count++] = strcmp(word, "''") == 0 ? word + 2 : word;
    p->words[p->count] = NULL;
    int result = options_parse(&command, p->count, p->words, &p->first, &p->err);
    return result;
}

static void parses_all_forms(void **state)
{
    static const char *const lines[] = {
        "-f -t x -b ; -n 7 one two",
        "one --flag --text x --byte ; --number 7 two",
        "--flag --text=x --byte=; --number=7 -- one two",
        "-ftx one -b; -n7 two",
        "one two -fn 7 -tx -b ;",
    };
    struct parse p;
    (void)state;

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        assert_int_equal(parse(&p, lines[i]), 1);
        assert_true(p.target.flag);
        assert_false(p.target.other);
        assert_string_equal(p.target.text, "x");
        assert_int_equal(p.target.byte, ';');
        assert_int_equal(p.target.number, 7);
        assert_int_equal(p.count - p.first, 2);
        assert_string_equal(p.words[p.first], "one");
        assert_string_equal(p.words[p.first + 1], "two");
    }
}

static void operands_and_odd_arguments(void **state)
{
    struct parse p;
    (void)state;

    assert_int_equal(parse(&p, ""), 1);
    assert_int_equal(p.first, 1);
    assert_int_equal(parse(&p, "- x"), 1); /* a dash is standard input */
    assert_string_equal(p.words[p.first], "-");
    assert_int_equal(parse(&p, "-- --flag -f"), 1);
    assert_false(p.target.flag);
    assert_int_equal(p.count - p.first, 2);
    assert_int_equal(parse(&p, "--text ''"), 1);
    assert_string_equal(p.target.text, "");
    assert_int_equal(parse(&p, "--text="), 1);
    assert_string_equal(p.target.text, "");
    assert_int_equal(parse(&p, "--text --flag"), 1); /* an argument is whatever follows */
    assert_string_equal(p.target.text, "--flag");
    assert_false(p.target.flag);
    assert_int_equal(parse(&p, "--text=a=b"), 1);
    assert_string_equal(p.target.text, "a=b");
    assert_int_equal(parse(&p, "--text a -t b"), 1); /* the last one counts */
    assert_string_equal(p.target.text, "b");
    assert_int_equal(parse(&p, "--add x -a y --add=x"), 1);
    assert_int_equal(p.target.list.count, 3);
    assert_string_equal(p.target.list.items[0], "x");
    assert_string_equal(p.target.list.items[1], "y");
    assert_string_equal(p.target.list.items[2], "x");
    option_list_free(&p.target.list);
    assert_int_equal(p.target.list.count, 0);
    assert_int_equal(parse(&p, "--choice high"), 1);
    assert_int_equal(p.target.choice, 1);
    assert_int_equal(parse(&p, "--byte tab"), 1);
    assert_int_equal(p.target.byte, '\t');
    assert_int_equal(parse(&p, "-b \\t"), 1);
    assert_int_equal(p.target.byte, '\t');
    assert_int_equal(parse(&p, "-n 1000000000"), 1);
    assert_int_equal(p.target.number, 1000000000);
}

static void says_what_is_wrong(void **state)
{
    static const struct {
        const char *line, *message;
    } cases[] = {
        {"--flags", "unknown option '--flags'; did you mean '--flag'? (see --help)"},
        {"--falg", "unknown option '--falg'; did you mean '--flag'? (see --help)"},
        {"--fla", "unknown option '--fla'; did you mean '--flag'? (see --help)"},
        {"--oth", "unknown option '--oth'; did you mean '--other-flag'? (see --help)"},
        {"--numbr=5", "unknown option '--numbr=5'; did you mean '--number'? (see --help)"},
        {"--numb 5", "unknown option '--numb'; did you mean '--number'? (see --help)"},
        {"--num=5", "unknown option '--num=5'; did you mean '--number'? (see --help)"},
        {"--num", "unknown option '--num'; did you mean '--number'? (see --help)"}, /* its argument is missing too */
        {"--hel", "unknown option '--hel'; did you mean '--help'? (see --help)"},
        {"--vers", "unknown option '--vers'; did you mean '--version'? (see --help)"},
        {"--quite-another", "unknown option '--quite-another' (see --help)"},
        {"--x", "unknown option '--x' (see --help)"},
        {"-x", "unknown option '-x' (see --help)"},
        {"-fx", "unknown option '-x' (see --help)"},
        {"one -fx two", "unknown option '-x' (see --help)"},
        {"-flag", "unknown option '-l' (see --help)"},
        {"--text", "option '--text' needs an argument (see --help)"},
        {"-t", "option '-t' needs an argument (see --help)"},
        {"one -ft", "option '-t' needs an argument (see --help)"},
        {"--flag=yes", "option '--flag' takes no argument (see --help)"},
        {"--help=yes", "option '--help' takes no argument (see --help)"},
        {"--byte ab", "option '--byte': 'ab' is not one character"},
        {"--byte=", "option '--byte': '' is not one character"},
        {"-b \xc2\xa7", "option '--byte': '\xc2\xa7' is not one character"},
        {"-n 0", "option '--number': '0' is not a whole number from 1"},
        {"-n -1", "option '--number': '-1' is not a whole number from 1"},
        {"-n +1", "option '--number': '+1' is not a whole number from 1"},
        {"-n 1x", "option '--number': '1x' is not a whole number from 1"},
        {"-n ''", "option '--number': '' is not a whole number from 1"},
        {"-n 1000000001", "option '--number': '1000000001' is not a whole number from 1"},
        {"-n 99999999999999999999999", "option '--number': '99999999999999999999999' is not a whole number from 1"},
        {"--choice middle", "option '--choice': 'middle' is not one of: low, high"},
        {"--choice hig", "option '--choice': 'hig' is not one of: low, high; did you mean 'high'?"},
        {"--choice HIGH", "option '--choice': 'HIGH' is not one of: low, high; did you mean 'high'?"},
        {"--choice lwo", "option '--choice': 'lwo' is not one of: low, high; did you mean 'low'?"},
        {"--choice lo", "option '--choice': 'lo' is not one of: low, high; did you mean 'low'?"},
        {"--choice hi", "option '--choice': 'hi' is not one of: low, high; did you mean 'high'?"},
        {"--choice l", "option '--choice': 'l' is not one of: low, high"},
        {"--choice ''", "option '--choice': '' is not one of: low, high"},
        {"--choice wol", "option '--choice': 'wol' is not one of: low, high"},
        {"--completions=bash", "unknown option '--completions=bash' (see --help)"},
        {"--completion", "option '--completion' needs an argument (see --help)"},
        {"--completion tcsh", "option '--completion': 'tcsh' is not one of: bash, zsh, fish"},
        {"--completion fsh", "option '--completion': 'fsh' is not one of: bash, zsh, fish; did you mean 'fish'?"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parse p;
        assert_int_equal(parse(&p, cases[i].line), -1);
        assert_string_equal(p.err.text, cases[i].message);
        assert_int_equal(p.err.status, STATUS_USAGE);
    }
}

/* What the call prints on standard output, which is given back. */
static struct slice printed(int (*call)(void *), void *argument, int wanted, char *room, size_t size)
{
    FILE *file = tmpfile();
    int kept = dup(STDOUT_FILENO);

    assert_non_null(file);
    assert_true(kept >= 0);
    fflush(stdout);
    assert_int_equal(dup2(fileno(file), STDOUT_FILENO), STDOUT_FILENO);
    int result = call(argument);
    fflush(stdout);
    assert_int_equal(dup2(kept, STDOUT_FILENO), STDOUT_FILENO);
    close(kept);
    assert_int_equal(result, wanted);
    rewind(file);
    size_t length = fread(room, 1, size - 1, file);
    room[length] = '\0';
    fclose(file);
    return (struct slice){room, length};
}

static int call_help(void *line)
{
    struct parse p;

    return parse(&p, line);
}

static char help_line[] = "--help --unknown";
static char help_letter[] = "x -fh";
static char version_line[] = "--version";
static char version_letter[] = "-V";

static void prints_help_and_version(void **state)
{
    static const char wanted[] = "Usage: crm-test [OPTION ...] [FILE ...]\n"
                                 "Tests.\n"
                                 "\n"
                                 "All:\n"
                                 "  -f, --flag                  a flag\n"
                                 "      --other-flag            another\n"
                                 "  -t, --text TEXT             a text\n"
                                 "  -b, --byte C                a byte\n"
                                 "  -n, --number N              a number\n"
                                 "  -a, --add ITEM              a list\n"
                                 "      --choice WORD           one of some\n"
                                 "\n"
                                 "  -h, --help                  show this and exit\n"
                                 "  -V, --version               show the version and exit\n"
                                 "\n"
                                 "Example: crm-test x\n"
                                 "Manual: man crm-test\n";
    char room[4096];
    (void)state;

    printed(call_help, help_line, 0, room, sizeof room); /* what follows is not looked at */
    assert_string_equal(room, wanted);
    printed(call_help, help_letter, 0, room, sizeof room);
    assert_string_equal(room, wanted);
    printed(call_help, version_line, 0, room, sizeof room);
    assert_string_equal(room, "crm-test " CRM_VERSION "\n");
    printed(call_help, version_letter, 0, room, sizeof room);
    assert_string_equal(room, "crm-test " CRM_VERSION "\n");
}

/* The words of an option are those that it takes, and asking changes no other option. */
static void words_are_known(void **state)
{
    struct target target = {0};
    const struct option_spec choice = {"choice", 0, "WORD", "one of some", take_choice, &target.choice};
    const struct option_spec others[] = {
        {"flag", 'f', NULL, "a flag", option_true, &target.flag},
        {"text", 't', "TEXT", "a text", option_text, &target.text},
        {"byte", 'b', "C", "a byte", option_byte, &target.byte},
        {"number", 'n', "N", "a number", option_positive, &target.number},
        {"add", 'a', "ITEM", "a list", option_append, &target.list},
    };
    char words[32] = "x";
    (void)state;

    option_words(&choice, words, sizeof words);
    assert_string_equal(words, "low\nhigh");
    option_words(&choice, words, 6);
    assert_string_equal(words, "low\nh");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        strcpy(words, "x");
        option_words(&others[i], words, sizeof words);
        assert_string_equal(words, "");
    }
    assert_false(target.flag);
    assert_null(target.text);
    assert_int_equal(target.list.count, 0);
}

static int call_completion(void *line)
{
    struct parse p;

    return parse(&p, line);
}

/* That shells understand it is for tests/check-completion; here, that nothing is left out. */
static void prints_completion(void **state)
{
    static char lines[][32] = {"--completion bash", "x --completion=zsh --unknown", "-f --completion fish"};
    static const char *const wanted[][5] = {
        {"kind=files", "--flag\n", "--other-flag\n", "    --choice) kind=words words='low\nhigh' ;;\n",
         "complete -F _crm_test crm-test\n"},
        {"#compdef crm-test\n", "'(-f --flag)'{-f,--flag}'[a flag]'", "'--other-flag[another]'",
         "'*--choice=[one of some]:WORD:(low high)'", "'*'{-n+,--number=}'[a number]:N: '"},
        {"complete -c crm-test -s f -l flag -d 'a flag'\n", "complete -c crm-test -l other-flag -d 'another'\n",
         "-l choice -x -a 'low high' -d 'one of some'\n", "-s n -l number -x -d 'a number'\n", "-s h -l help "},
    };
    char room[8192];
    (void)state;

    for (size_t shell = 0; shell < 3; shell++) {
        printed(call_completion, lines[shell], 0, room, sizeof room);
        for (size_t i = 0; i < 5; i++)
            assert_non_null(strstr(room, wanted[shell][i]));
    }
}

static int call_common_help(void *unused)
{
    struct common common = COMMON_INIT;
    struct option_group groups[1 + COMMON_GROUPS];
    const struct option_spec long_ones[] = {
        COMMON_AS_OF(&common),
        COMMON_TZ(&common),
        {"just-fits-in-a-row", 0, "N", "on its row", option_text, &common.tz},
        {"has-a-line-for-itself", 0, "N", "below it", option_text, &common.tz},
    };
    const struct command command = {"crm-test", "", "Tests.", "x", groups, 1 + COMMON_GROUPS};
    char program[] = "crm-test";
    char help[] = "--help";
    char *words[] = {program, help, NULL};
    struct error err;
    int first;

    (void)unused;
    groups[0] = (struct option_group){"Long", long_ones, sizeof long_ones / sizeof *long_ones};
    common_groups(&common, groups + 1);
    return options_parse(&command, 2, words, &first, &err);
}

static int call_long_help(void *unused)
{
    const struct option_spec specs[] = {
        {"long", 'l', "TEXT", "one two three four five six seven eight nine ten, and on", option_text, NULL},
        {"unbroken", 0, NULL, "a-word-that-is-longer-than-there-is-room-for-in-the-line", option_true, NULL},
    };
    const struct option_group group = {"All", specs, sizeof specs / sizeof *specs};
    const struct command command = {"crm-test", "", "Tests.", "x", &group, 1};
    char program[] = "crm-test";
    char help[] = "--help";
    char *words[] = {program, help, NULL};
    struct error err;
    int first;

    (void)unused;
    return options_parse(&command, 2, words, &first, &err);
}

/* On a terminal of 64 columns, a line goes on below at its column; a word is not broken; elsewhere lines are whole. */
static void help_fits_the_terminal(void **state)
{
    const struct winsize size = {.ws_row = 24, .ws_col = 64};
    int terminal = posix_openpt(O_RDWR | O_NOCTTY);
    int kept = dup(STDOUT_FILENO);
    char room[4096];
    (void)state;

    assert_true(terminal >= 0 && kept >= 0);
    assert_int_equal(grantpt(terminal), 0);
    assert_int_equal(unlockpt(terminal), 0);
    int inside = open(ptsname(terminal), O_RDWR | O_NOCTTY);
    assert_int_equal(ioctl(inside, TIOCSWINSZ, &size), 0);
    fflush(stdout);
    assert_int_equal(dup2(inside, STDOUT_FILENO), STDOUT_FILENO);
    int result = call_long_help(NULL);
    assert_int_equal(dup2(kept, STDOUT_FILENO), STDOUT_FILENO);
    ssize_t length = read(terminal, room, sizeof room - 1);
    close(inside);
    close(kept);
    close(terminal);
    assert_int_equal(result, 0);
    assert_true(length > 0);
    room[length] = '\0';
    assert_non_null(strstr(room, "\n  -l, --long TEXT             one two three four five six seven\r\n"
                                 "                              eight nine ten, and on\r\n"
                                 "      --unbroken              a-word-that-is-longer-than-there-is-room-for-in"
                                 "-the-line\r\n"));
    printed(call_long_help, NULL, 0, room, sizeof room);
    assert_non_null(strstr(room, "  one two three four five six seven eight nine ten, and on\n"));
}

/* No line of the help that all programs share is wider than a terminal, and what is said begins in one column. */
static void help_is_aligned(void **state)
{
    char room[8192];
    int options = 0;
    (void)state;

    printed(call_common_help, NULL, 0, room, sizeof room);
    assert_non_null(strstr(room, "\n      --just-fits-in-a-row N  on its row\n"));
    assert_non_null(strstr(room, "\n      --has-a-line-for-itself N\n                              below it\n"));
    for (char *line = strtok(room, "\n"); line; line = strtok(NULL, "\n")) {
        assert_true(strlen(line) <= 100);
        if (strncmp(line, "  ", 2) != 0)
            continue;
        options += line[6] == '-';
        if (strlen(line) <= 30 || strncmp(line + 28, "  ", 2) != 0) { /* a long one: what it does is on the next line */
            line = strtok(NULL, "\n");
            assert_memory_equal(line, "                              ", 30);
        }
        assert_true(line[29] == ' ' && line[30] != ' ');
    }
    assert_true(options >= 14);
}

static void common_options_are_read(void **state)
{
    struct common common = COMMON_INIT;
    struct option_group groups[COMMON_GROUPS];
    const struct command command = {"crm-test", "", "Tests.", "x", groups, COMMON_GROUPS};
    struct stream_options options;
    struct error err;
    int first;
    const char *const given[] = {"crm-test",      "--from=tsv",         "-t", "table", "-d",       "tab",
                                 "--no-progress", "--max-rejects=2.5%", "-v", "-o",    "out.file", "--rejects=bad.csv"};
    char *words[sizeof given / sizeof *given + 1] = {NULL};
    (void)state;

    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        words[i] = strdup(given[i]);
    common_groups(&common, groups);
    assert_int_equal(options_parse(&command, sizeof given / sizeof *given, words, &first, &err), 1);
    assert_int_equal(common.from, FORMAT_TSV);
    assert_int_equal(common.to, FORMAT_TABLE);
    assert_int_equal(common.delimiter, '\t');
    assert_int_equal(common.progress, PROGRESS_NEVER);
    assert_true(common.limit.percent && common.limit.value == 2.5);
    assert_true(common.verbose);
    assert_false(common.quiet);
    assert_string_equal(common.output, "out.file");
    common_stream_options(&common, &options);
    assert_int_equal(options.reader.format, FORMAT_TSV);
    assert_int_equal(options.reader.delimiter, '\t');
    assert_false(options.reader.lenient_header);
    assert_string_equal(options.rejects, "bad.csv");
    assert_true(options.verbose);
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        free(words[i]);
}

static void common_options_refuse(void **state)
{
    static const char *const cases[][2] = {
        {"--from=table", "option '--from': 'table' is not one of: csv, tsv, jsonl, json"},
        {"--to=auto", "option '--to': 'auto' is not one of: csv, tsv, jsonl, json, table"},
        {"-d\"", "option '--delimiter': a quote or a line end cannot separate fields"},
        {"-d\n", "option '--delimiter': a quote or a line end cannot separate fields"},
        {"-d;;", "option '--delimiter': ';;' is not one character"},
        {"--max-rejects=101%",
         "option '--max-rejects': '101%' is neither a number of records nor a percentage (100, 2.5%)"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct common common = COMMON_INIT;
        struct option_group groups[COMMON_GROUPS];
        const struct command command = {"crm-test", "", "Tests.", "x", groups, COMMON_GROUPS};
        char *words[] = {strdup("crm-test"), strdup(cases[i][0]), NULL};
        struct error err;
        int first;
        common_groups(&common, groups);
        assert_int_equal(options_parse(&command, 2, words, &first, &err), -1);
        assert_string_equal(err.text, cases[i][1]);
        assert_int_equal(err.status, STATUS_USAGE);
        free(words[0]);
        free(words[1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_all_forms),        cmocka_unit_test(operands_and_odd_arguments),
        cmocka_unit_test(says_what_is_wrong),      cmocka_unit_test(prints_help_and_version),
        cmocka_unit_test(help_is_aligned),         cmocka_unit_test(help_fits_the_terminal),
        cmocka_unit_test(common_options_are_read), cmocka_unit_test(common_options_refuse),
        cmocka_unit_test(words_are_known),         cmocka_unit_test(prints_completion),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
