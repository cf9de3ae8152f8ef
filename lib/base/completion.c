/* Completion: what all three scripts need. What an option's argument is follows from its name in --help (FILE, COL,
 * COL,..., net|count|drop: what is in capitals stands for something, what is not is a word to type) and from what its
 * `take` function says when it is asked. */
#include "base/completion.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/completion_parts.h"

/* Arguments that are files without being called so. */
static const char *const called_files[] = {"LOG", "MASTER", "MODEL", "OTHER", "PREVIOUS"};

static bool is_word(struct slice piece)
{
    bool letter = false;

    for (size_t i = 0; i < piece.len; i++) {
        char c = piece.ptr[i];
        if (!islower((unsigned char)c) && !isdigit((unsigned char)c) && c != '-')
            return false;
        letter = letter || islower((unsigned char)c);
    }
    return letter;
}

/* The words in "first|last|STEP". */
static void words_of_name(const char *name, char *words, size_t size)
{
    size_t used = 0;

    *words = '\0';
    for (const char *at = name; *at && used < size;) {
        const struct slice piece = {at, strcspn(at, "|")};
        if (is_word(piece)) {
            int printed = snprintf(words + used, size - used, "%s%.*s", used ? "\n" : "", (int)piece.len, piece.ptr);
            used += printed < 0 ? size : (size_t)printed;
        }
        at += piece.len + (at[piece.len] == '|');
    }
}

static enum completion_kind kind_of_name(const char *name)
{
    if (strncmp(name, "COL", 3) == 0 && !strchr(name, '='))
        return strstr(name, ",...") ? COMPLETE_COLUMNS : COMPLETE_COLUMN;
    if (strcmp(name, "FOLDER") == 0)
        return COMPLETE_FOLDERS;
    if (strstr(name, "FILE"))
        return COMPLETE_FILES;
    for (size_t i = 0; i < sizeof called_files / sizeof *called_files; i++)
        if (strcmp(name, called_files[i]) == 0)
            return COMPLETE_FILES;
    return COMPLETE_NOTHING;
}

void completion_argument(const struct option_spec *spec, struct completion_argument *argument)
{
    argument->words[0] = '\0';
    argument->kind = spec->argument ? kind_of_name(spec->argument) : COMPLETE_NOTHING;
    if (!spec->argument || argument->kind != COMPLETE_NOTHING)
        return;
    option_words(spec, argument->words, sizeof argument->words);
    if (!argument->words[0])
        words_of_name(spec->argument, argument->words, sizeof argument->words);
    if (argument->words[0])
        argument->kind = COMPLETE_WORDS;
}

void completion_each(const struct command *command, void (*print)(const struct command *, const struct option_spec *))
{
    static const struct option_spec always[] = {
        {"help", 'h', NULL, "show the options and exit", NULL, NULL},
        {"version", 'V', NULL, "show the version and exit", NULL, NULL},
    };

    for (size_t g = 0; g < command->group_count; g++)
        for (size_t i = 0; i < command->groups[g].count; i++)
            print(command, &command->groups[g].specs[i]);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        print(command, &always[i]);
}

bool completion_has_columns(const struct command *command)
{
    for (size_t g = 0; g < command->group_count; g++)
        for (size_t i = 0; i < command->groups[g].count; i++) {
            const char *name = command->groups[g].specs[i].argument;
            enum completion_kind kind = name ? kind_of_name(name) : COMPLETE_NOTHING;
            if (kind == COMPLETE_COLUMN || kind == COMPLETE_COLUMNS)
                return true;
        }
    return false;
}

void completion_escape(const char *text, const char *escaped, const char *quote)
{
    for (; *text; text++)
        if (*text == '\'')
            fputs(quote, stdout);
        else
            printf(strchr(escaped, *text) ? "\\%c" : "%c", *text);
}

void completion_identifier(const char *name)
{
    for (; *name; name++)
        putchar(*name == '-' ? '_' : *name);
}

void completion_taking(const struct command *command, const char *before)
{
    for (size_t g = 0; g < command->group_count; g++)
        for (size_t i = 0; i < command->groups[g].count; i++) {
            const struct option_spec *spec = &command->groups[g].specs[i];
            if (spec->argument && spec->letter)
                printf("%s-%c", before, spec->letter);
            if (spec->argument)
                printf("%s--%s", before, spec->name);
        }
}

/* Names that hold control characters, or an escape in JSON (which becomes one here), are not offered: what a file
 * contains must not drive the terminal. No apostrophe and no two backslashes in a row, for the sake of all shells. */
void completion_names_pipe(void)
{
    fputs(" 2>/dev/null | head -c 65536 | LC_ALL=C awk '\n"
          "function tell(name) { if (name != \"\" && name !~ /[[:cntrl:]]/ && name !~ /\\302[\\200-\\237]/) print name "
          "}\n"
          "function header(line,   i, c, mark, most, copy, count, quoted, name) {\n"
          "    for (i = 1; i <= 4; i++) {\n"
          "        c = substr(\",;|\\t\", i, 1)\n"
          "        copy = line\n"
          "        if ((count = gsub(\"[\" c \"]\", \"\", copy)) > most) { most = count; mark = c }\n"
          "    }\n"
          "    for (i = 1; i <= length(line); i++) {\n"
          "        c = substr(line, i, 1)\n"
          "        if (c == \"\\\"\") quoted = !quoted\n"
          "        else if (c == mark && !quoted) { tell(name); name = \"\" }\n"
          "        else name = name c\n"
          "    }\n"
          "    tell(name)\n"
          "}\n"
          "function members(text,   i, c, depth, inside, escaped, name) {\n"
          "    for (i = 1; i <= length(text); i++) {\n"
          "        c = substr(text, i, 1)\n"
          "        if (inside && escaped) escaped = 0\n"
          "        else if (inside && c == sprintf(\"%c\", 92)) { escaped = 1; name = name \"\\001\" }\n"
          "        else if (c == \"\\\"\") { inside = !inside; if (inside) name = \"\" }\n"
          "        else if (inside) name = name c\n"
          "        else if (c == \"{\") depth++\n"
          "        else if (c == \"}\" && !--depth) return\n"
          "        else if (c == \":\" && depth == 1) tell(name)\n"
          "    }\n"
          "}\n"
          "NR == 1 { sub(/^\\357\\273\\277/, \"\"); sub(/\\r$/, \"\") }\n"
          "NR == 1 && !/^[ \\t]*[[{]/ { header($0); exit }\n"
          "{ text = text $0 }\n"
          "END { members(text) }'",
          stdout);
}

int completion_shell(const char *shell, struct error *err)
{
    static const char *const shells[] = {"bash", "zsh", "fish", NULL};
    int choice = option_choice(shell, shells, err);

    if (choice < 0)
        error_prefix(err, "option '--completion': ");
    return choice;
}

int completion_print(const struct command *command, const char *shell, struct error *err)
{
    static void (*const print[])(const struct command *) = {completion_bash, completion_zsh, completion_fish};
    int choice = completion_shell(shell, err);

    if (choice < 0)
        return -1;
    print[choice](command);
    return options_printed(err);
}
