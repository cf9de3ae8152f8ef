/* Completion for fish: a line for each option. */
#include "base/completion_parts.h"

#include <stdio.h>
#include <string.h>

static void print_names(const struct command *command)
{
    printf("# The columns of the first file among the operands.\nfunction __");
    completion_identifier(command->name);
    printf("_columns\n    set -l before\n    for word in (commandline -op)\n"
           "        set -l file (string replace -r '^~/' $HOME/ -- $word)\n"
           "        if not string match -q -- '-*' $file; and test -f $file; and not contains -- \"$before\"");
    completion_taking(command, " ");
    printf("\n            gzip -cdfq -- $file");
    completion_names_pipe();
    printf("\n            return\n        end\n        set before $word\n    end\nend\n\n");
}

static void print_option(const struct command *command, const struct option_spec *spec)
{
    struct completion_argument argument;

    completion_argument(spec, &argument);
    printf("complete -c %s", command->name);
    if (spec->letter)
        printf(" -s %c", spec->letter);
    printf(" -l %s", spec->name);
    switch (argument.kind) {
    case COMPLETE_WORDS:
        printf(" -x -a '");
        for (char *at = argument.words; (at = strchr(at, '\n')); at++)
            *at = ' ';
        completion_escape(argument.words, "\\", "\\'");
        printf("'");
        break;
    case COMPLETE_FILES:
        printf(" -r -F");
        break;
    case COMPLETE_FOLDERS:
        printf(" -x -a '(__fish_complete_directories)'");
        break;
    case COMPLETE_COLUMN:
    case COMPLETE_COLUMNS:
        printf(" -x -a '(%s__", argument.kind == COMPLETE_COLUMNS ? "__fish_complete_list , " : "");
        completion_identifier(command->name);
        printf("_columns)'");
        break;
    case COMPLETE_NOTHING:
        printf(spec->argument ? " -x" : "");
        break;
    }
    printf(" -d '");
    completion_escape(spec->help, "\\", "\\'");
    printf("'\n");
}

void completion_fish(const struct command *command)
{
    printf("# fish completion of %s, printed by %s --completion fish\n\n", command->name, command->name);
    if (completion_has_columns(command))
        print_names(command);
    completion_each(command, print_option);
}
