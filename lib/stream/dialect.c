/* Dialect: the candidates, and which of them wins. */
#include "stream/dialect.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "stream/dialect_judge.h"

/* In the order that decides between equals. Those behind the first COMMON are taken only when none of these makes
 * a table. */
static const char delimiters[] = {',', ';', '\t', '|', '\x1f', '\x01', '^', '~', ':'};
enum { COMMON = 6 };

struct contest {
    struct slice sample;
    size_t first_cell;
    struct verdict best;
    double second; /* the score of the best one with another delimiter */
};

void dialect_note(struct dialect *dialect, double confidence, const char *format, ...)
{
    va_list args;

    if (dialect->note_count == DIALECT_NOTES)
        return;
    struct dialect_note *note = &dialect->notes[dialect->note_count++];
    note->confidence = confidence;
    va_start(args, format);
    vsnprintf(note->text, sizeof note->text, format, args);
    va_end(args);
}

/* A candidate that leaves the rows in one piece explains nothing, however regular. */
static bool better(const struct verdict *a, const struct verdict *b)
{
    if ((a->width > 1) != (b->width > 1))
        return a->width > 1;
    if (a->width == 1 && a->regular != b->regular)
        return a->regular > b->regular;
    return a->score > b->score * (1 + 1e-9);
}

static void enter(struct contest *contest, const struct csv_syntax *syntax)
{
    struct verdict verdict = dialect_judge(contest->sample, syntax, contest->first_cell);
    bool wins = contest->best.rows == 0 || better(&verdict, &contest->best);
    double loser = wins ? contest->best.score : verdict.score;

    if (loser > contest->second && (wins ? contest->best.width : verdict.width) > 1 &&
        verdict.syntax.delimiter != contest->best.syntax.delimiter)
        contest->second = loser;
    if (wins)
        contest->best = verdict;
}

/* How often cells seem to be in these quotes: the byte stands at the beginning of a line or behind a delimiter, and
 * blanks perhaps. */
static size_t count_openings(struct slice sample, char quote)
{
    const char *at = sample.ptr;
    const char *end = sample.ptr + sample.len;
    size_t count = 0;

    while ((at = memchr(at, quote, (size_t)(end - at)))) {
        const char *p = at;
        while (p > sample.ptr && p[-1] == ' ')
            p--;
        char before = p == sample.ptr ? '\n' : p[-1];
        count += before == '\n' || before == '\r' || (before && memchr(delimiters, before, sizeof delimiters));
        at++;
    }
    return count;
}

static void choose_delimiter(struct contest *contest, char quote)
{
    struct csv_syntax syntax = {.quote = quote};

    for (size_t i = 0; i < sizeof delimiters; i++) {
        if (i && !memchr(contest->sample.ptr, delimiters[i], contest->sample.len))
            continue;
        syntax.delimiter = delimiters[i];
        if (i < COMMON) {
            enter(contest, &syntax);
            continue;
        }
        if (contest->best.width > 1 && contest->best.regular * 10 >= contest->best.rows * 7)
            break;
        struct verdict rare = dialect_judge(contest->sample, &syntax, 0);
        if (rare.width > 1 && rare.rows > 1 && rare.regular * 10 >= rare.rows * 9 &&
            (contest->best.width == 1 || rare.score > contest->best.score))
            contest->best = rare;
    }
}

/* The other ways to quote, where the usual one leaves rows in pieces or quotes nothing. */
static void choose_quote(struct contest *contest, bool delimiter_known)
{
    const struct verdict usual = contest->best;
    struct csv_syntax syntax = usual.syntax;

    if (usual.malformed && usual.backslashed) {
        syntax.escape = ESCAPE_BACKSLASH;
        struct verdict other = dialect_judge(contest->sample, &syntax, 0);
        if (other.malformed * 2 < usual.malformed && other.width > 1)
            contest->best = other;
    }
    if (contest->best.malformed > 1) {
        syntax.escape = ESCAPE_NONE;
        struct verdict other = dialect_judge(contest->sample, &syntax, 0);
        if (other.malformed == 0 && other.width == usual.width && other.regular > contest->best.regular &&
            other.regular * 10 >= other.rows * 9 && usual.doubled == 0)
            contest->best = other;
    }
    syntax.escape = ESCAPE_DOUBLED;
    if (contest->best.malformed > 1 && contest->best.quoted_rows * 4 < contest->best.malformed) {
        syntax.quote = QUOTE_NONE;
        struct verdict other = dialect_judge(contest->sample, &syntax, 0);
        if (other.width >= usual.width && other.regular * 10 >= other.rows * 9)
            contest->best = other;
    }
    size_t single = count_openings(contest->sample, '\'');
    if (single > 1 && single > usual.quoted_cells) {
        struct contest other = {contest->sample, 0, {.rows = 0}, 0};
        if (usual.syntax.trim || delimiter_known)
            enter(&other, &(struct csv_syntax){usual.syntax.delimiter, '\'', ESCAPE_DOUBLED, usual.syntax.trim});
        else
            choose_delimiter(&other, '\'');
        if (other.best.quoted_cells > contest->best.quoted_cells && other.best.malformed <= usual.malformed &&
            (other.best.score > contest->best.score || other.best.regular > contest->best.regular))
            contest->best = other.best;
    }
}

/* Whether each delimiter has a blank behind it: the first rows tell. */
static bool is_spaced(struct slice sample, const struct verdict *verdict)
{
    struct cutter cutter = {.text = sample, .syntax = verdict->syntax};
    struct cut_row row;
    size_t spaced = 0;
    size_t tight = 0;

    if (verdict->width < 2 || verdict->syntax.delimiter == ' ' || verdict->syntax.delimiter == '\t')
        return false;
    for (size_t rows = 0; rows < 1000 && cut_next(&cutter, &row); rows++)
        for (size_t i = 1; i < row.kept; i++) {
            struct slice text = row.cells[i].text;
            bool blank = !row.cells[i].quoted && text.len && text.ptr[0] == ' ';
            spaced += blank;
            tight += !blank && (text.len || row.cells[i].quoted);
        }
    return spaced > tight * 20 && spaced > 1;
}

/* "sep=;", for spreadsheets, in quotes or not. */
static bool read_sep_line(struct slice sample, char *delimiter)
{
    size_t len = 0;

    while (len < sample.len && sample.ptr[len] != '\n' && sample.ptr[len] != '\r')
        len++;
    struct slice line = {sample.ptr, len};
    if (line.len == 7 && line.ptr[0] == '"' && line.ptr[6] == '"') {
        line.ptr++;
        line.len -= 2;
    }
    if (line.len != 5 || strncasecmp(line.ptr, "sep=", 4) != 0)
        return false;
    *delimiter = line.ptr[4];
    return true;
}

static const char *name_of(char delimiter)
{
    static const struct {
        char delimiter;
        const char *name;
    } names[] = {
        {'\t', "tabs"}, {' ', "blanks"}, {'\x1f', "the control character 1F"}, {'\x01', "the control character 01"}};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].delimiter == delimiter)
            return names[i].name;
    return NULL;
}

/* told: the delimiter was; it is no finding. */
static void describe_syntax(struct dialect *dialect, const struct verdict *verdict, bool told)
{
    const char *name = name_of(dialect->delimiter);

    if (dialect->delimiter != ',' && name && !told)
        dialect_note(dialect, dialect->confidence, "fields are separated by %s", name);
    else if (dialect->delimiter != ',' && !told)
        dialect_note(dialect, dialect->confidence, "fields are separated by '%c'", dialect->delimiter);
    if (dialect->trim)
        dialect_note(dialect, 0.95, "a blank follows each '%c'; blanks around fields are no part of them",
                     dialect->delimiter);
    if (dialect->quote == '\'')
        dialect_note(dialect, 0.9, "fields are quoted with ' instead of \"");
    if (dialect->quote == QUOTE_NONE && dialect->delimiter != ' ')
        dialect_note(dialect, 0.8, "quotes are text: nothing is quoted");
    if (dialect->escape == ESCAPE_BACKSLASH)
        dialect_note(dialect, 0.95, "a quote within a quoted field has a backslash before it, in %zu row%s",
                     verdict->backslashed, verdict->backslashed == 1 ? "" : "s");
    if (dialect->escape == ESCAPE_NONE)
        dialect_note(dialect, 0.7, "quotes within quoted fields are written as they are, not doubled");
}

static double confidence_of(const struct contest *contest)
{
    const struct verdict *best = &contest->best;

    if (best->rows == 0 || best->width < 2)
        return 0.5;
    double regular = (double)best->regular / (double)best->rows;
    double lead = best->score > 0 ? 1 - contest->second / best->score / 2 : 0.5;
    return regular * (lead > 0.5 ? lead : 0.5);
}

static void decide_syntax(struct contest *contest, const struct dialect_given *given, char told)
{
    char delimiter = given->placed ? ',' : given->delimiter ? given->delimiter : told;
    char quote = given->quote ? given->quote : delimiter == ' ' ? QUOTE_NONE : '"';
    bool quote_known = given->placed || given->quote || delimiter == ' ';
    struct verdict blanks;

    if (delimiter)
        enter(contest, &(struct csv_syntax){.delimiter = delimiter, .quote = quote});
    else
        choose_delimiter(contest, quote);
    if (!quote_known)
        choose_quote(contest, delimiter);
    if (!delimiter && contest->best.width < 2 && dialect_aligned(contest->sample, &blanks))
        contest->best = blanks;
    if (!given->placed && is_spaced(contest->sample, &contest->best)) {
        struct csv_syntax syntax = contest->best.syntax;
        syntax.trim = true;
        contest->best = dialect_judge(contest->sample, &syntax, 0);
        if (!quote_known)
            choose_quote(contest, true);
    }
}

/* A byte that occurs nowhere, so that each row is one field; 0 when all candidates occur. */
static char absent_delimiter(struct slice sample)
{
    for (size_t i = 0; i < COMMON; i++)
        if (!memchr(sample.ptr, delimiters[i], sample.len))
            return delimiters[i];
    return '\0';
}

struct dialect dialect_find(struct slice sample, bool whole, const struct dialect_given *given)
{
    struct dialect dialect = {.has_header = true, .header_rows = 1};
    struct contest contest = {.first_cell = given->placed};
    char told = 0;

    while (!whole && sample.len && sample.ptr[sample.len - 1] != '\n' && sample.ptr[sample.len - 1] != '\r')
        sample.len--;
    sample = utf8_without_mark(sample);
    contest.sample = sample;
    if (!given->placed)
        read_sep_line(sample, &told);
    decide_syntax(&contest, given, told);
    const struct verdict *best = &contest.best;
    dialect.delimiter = best->syntax.delimiter;
    dialect.quote = best->syntax.quote;
    dialect.escape = best->syntax.escape;
    dialect.trim = best->syntax.trim;
    dialect.confidence = given->delimiter || given->placed || told ? 1 : confidence_of(&contest);
    dialect_table(sample, best, contest.first_cell, given->no_preamble, &dialect);
    char absent = absent_delimiter(sample);
    bool loose = best->width < 3 || best->regular * 2 < best->rows;
    if (dialect.columns == 1 && dialect.consistent < dialect.records && loose && absent && dialect.confidence < 1) {
        /* the header is one name: what would separate is part of the text */
        dialect = dialect_find(sample, whole,
                               &(struct dialect_given){.delimiter = absent, .no_preamble = given->no_preamble});
        dialect.confidence = 0.5;
        dialect_note(&dialect, 0.5, "nothing separates the header: each line is one field");
        return dialect;
    }
    if (!given->placed && dialect.columns > 1)
        describe_syntax(&dialect, best, given->delimiter);
    return dialect;
}

struct dialect dialect_detect(struct slice sample, bool whole)
{
    return dialect_find(sample, whole, &(struct dialect_given){0});
}

void dialect_apply(const struct dialect *dialect, struct reader_options *options)
{
    options->delimiter = dialect->delimiter;
    options->quote = dialect->quote;
    options->escape = dialect->escape;
    options->trim = dialect->trim;
    options->skip_lines = dialect->skip_lines;
    options->no_header = !dialect->has_header;
    options->header_rows = dialect->header_rows;
    options->drop_names = dialect->drop_names;
    options->lenient_rows = true;
}
