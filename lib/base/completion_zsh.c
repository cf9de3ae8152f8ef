/* Completion for zsh: what its _arguments is told of each option. The file is a function that is loaded when it is
 * first needed, by the name _crm-rfm. */
#include "base/completion_parts.h"

#include <stdio.h>
#include <string.h>

static void print_names(const struct command *command)
{
    printf("# The columns of the first file among the operands.\n_");
    completion_identifier(command->name);
    printf("_columns() {\n    local -a names\n    local i file\n"
           "    for ((i = 2; i <= $#words; i++)); do\n"
           "        file=${(Q)words[i]}\n"
           "        [[ $file != '~/'* ]] || file=$HOME/${file#??}\n"
           "        [[ $i == $CURRENT || $file == -* || $words[i-1] == (");
    completion_taking(command, "|");
    printf(") || ! -f $file ]] && continue\n"
           "        names=(${(f)\"$(gzip -cdfq -- $file");
    completion_names_pipe();
    printf(")\"})\n"
           "        break\n"
           "    done\n"
           "    [[ $1 != list ]] || compset -P '*,'\n"
           "    compadd \"${@[2,-1]}\" -a names\n"
           "}\n\n");
}

static void print_action(const struct command *command, const struct option_spec *spec)
{
    struct completion_argument argument;

    completion_argument(spec, &argument);
    switch (argument.kind) {
    case COMPLETE_WORDS:
        putchar('(');
        for (const char *at = argument.words; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n')) {
            char word[sizeof argument.words];
            snprintf(word, sizeof word, "%.*s", (int)strcspn(at, "\n"), at);
            printf("%s", at == argument.words ? "" : " ");
            completion_escape(word, "\\()[]:\" $`", "\\'\\''");
        }
        putchar(')');
        break;
    case COMPLETE_FILES:
        printf("_files");
        break;
    case COMPLETE_FOLDERS:
        printf("_files -/");
        break;
    case COMPLETE_COLUMN:
    case COMPLETE_COLUMNS:
        printf("{_");
        completion_identifier(command->name);
        printf("_columns %s}", argument.kind == COMPLETE_COLUMNS ? "list -S \"\"" : "one");
        break;
    case COMPLETE_NOTHING:
        putchar(' ');
        break;
    }
}

/* '*'{-f+,--from=}'[what it does]:FORMAT:(csv tsv)' : may stand again, as an option with an argument mostly may.
 * '(-q --quiet)'{-q,--quiet}'[what it does]' : once. */
static void print_option(const struct command *command, const struct option_spec *spec)
{
    const char *again = spec->argument ? "*" : "";

    printf(" \\\n    ");
    if (spec->letter && spec->argument)
        printf("'*'{-%c+,--%s=}'", spec->letter, spec->name);
    else if (spec->letter)
        printf("'(-%c --%s)'{-%c,--%s}'", spec->letter, spec->name, spec->letter, spec->name);
    else
        printf("'%s--%s%s", again, spec->name, spec->argument ? "=" : "");
    putchar('[');
    completion_escape(spec->help, "\\[]", "'\\''");
    putchar(']');
    if (spec->argument) {
        putchar(':');
        completion_escape(spec->argument, "\\:", "'\\''");
        putchar(':');
        print_action(command, spec);
    }
    putchar('\'');
}

void completion_zsh(const struct command *command)
{
    printf("#compdef %s\n# zsh completion of %s, printed by %s --completion zsh\n\n", command->name, command->name,
           command->name);
    if (completion_has_columns(command))
        print_names(command);
    printf("_arguments -s -S");
    completion_each(command, print_option);
    printf(" \\\n    '*:FILE:_files'\n");
}
