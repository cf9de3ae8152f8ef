/* Completion for bash. Nothing goes through `compgen -W`, which would run what is between $( and ) in the name of a
 * column; names are quoted by readline as those of files are. bash cuts words at "=", so --from=csv is three. */
#include "base/completion_parts.h"

#include <stdio.h>
#include <string.h>

static void print_names(const struct command *command, const char *function)
{
    printf("# The columns of the first file among the operands.\n_");
    completion_identifier(command->name);
    printf("_%s()\n{\n    local i file taking='", function);
    completion_taking(command, " ");
    printf(" '\n"
           "    for ((i = 1; i < ${#COMP_WORDS[@]}; i++)); do\n"
           "        file=${COMP_WORDS[i]//[\\\\\\\"\\']/}\n"
           "        [[ $file != '~/'* ]] || file=$HOME/${file#??}\n"
           "        [[ $i == \"$COMP_CWORD\" || $file == -* || ${COMP_WORDS[i-1]} == = ]] && continue\n"
           "        [[ $taking == *\" ${COMP_WORDS[i-1]} \"* || ! -f $file ]] && continue\n"
           "        gzip -cdfq -- \"$file\"");
    completion_names_pipe();
    printf("\n        return\n    done\n}\n\n");
}

static void print_case(const struct command *command, const struct option_spec *spec)
{
    struct completion_argument argument;

    (void)command;
    if (!spec->argument)
        return;
    completion_argument(spec, &argument);
    printf("    ");
    if (spec->letter)
        printf("-%c|", spec->letter);
    printf("--%s) kind=", spec->name);
    switch (argument.kind) {
    case COMPLETE_WORDS:
        printf("words words='");
        completion_escape(argument.words, "", "'\\''");
        printf("'");
        break;
    case COMPLETE_FILES:
        printf("files");
        break;
    case COMPLETE_FOLDERS:
        printf("folders");
        break;
    case COMPLETE_COLUMN:
        printf("column");
        break;
    case COMPLETE_COLUMNS:
        printf("columns");
        break;
    case COMPLETE_NOTHING:
        printf("nothing");
        break;
    }
    printf(" ;;\n");
}

static void print_option(const struct command *command, const struct option_spec *spec)
{
    (void)command;
    printf("--%s\n", spec->name);
}

void completion_bash(const struct command *command)
{
    const bool columns = completion_has_columns(command);

    printf("# bash completion of %s, printed by %s --completion bash\n\n", command->name, command->name);
    if (columns)
        print_names(command, "columns");
    printf("_");
    completion_identifier(command->name);
    printf("()\n{\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} kind=files words= start= line\n"
           "    COMPREPLY=()\n"
           "    if [[ $word == = ]]; then\n"
           "        word=\n"
           "    elif [[ $before == = ]]; then\n"
           "        before=${COMP_WORDS[COMP_CWORD-2]}\n"
           "    fi\n"
           "    case $before in\n");
    completion_each(command, print_case);
    printf("    *)\n        [[ $word != -* ]] || kind=options words='");
    completion_each(command, print_option);
    printf("'\n        ;;\n    esac\n"
           "    word=${word#[\\\"\\']} word=${word//\\\\/}\n"
           "    case $kind in\n"
           "    nothing) return ;;\n"
           "    files) compopt -o default; return ;;\n"
           "    folders) compopt -o dirnames; return ;;\n");
    if (columns) {
        printf("    column|columns) compopt -o filenames; words=$(_");
        completion_identifier(command->name);
        printf("_columns) ;;\n");
    }
    printf("    esac\n"
           "    if [[ $kind == columns && $word == *,* ]]; then\n"
           "        start=${word%%,*},\n"
           "        word=${word##*,}\n"
           "    fi\n"
           "    while IFS= read -r line; do\n"
           "        [[ -z $line || $line != \"$word\"* ]] || COMPREPLY+=(\"$start$line\")\n"
           "    done <<<\"$words\"\n"
           "} && complete -F _");
    completion_identifier(command->name);
    printf(" %s\n", command->name);
}
