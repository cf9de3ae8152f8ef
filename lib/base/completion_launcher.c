/* Completion for `crm`: its first operand is the name of a program or a word of its own; what stands behind a program
 * is completed as that program's own command line, by the script of that program. */
#include "base/completion.h"

#include <stdio.h>
#include <string.h>

#include "base/completion_parts.h"
#include "base/programs.h"

static void print_entries(const struct program_entry *entries, void (*print)(const struct program_entry *))
{
    for (; entries->name; entries++)
        print(entries);
}

static void print_word(const struct program_entry *entry)
{
    printf("%s ", entry->name);
}

static void print_described(const struct program_entry *entry)
{
    printf("        '%s:", entry->name);
    completion_escape(entry->what, "", "'\\''");
    printf("'\n");
}

static void print_bash(void)
{
    printf("# bash completion of crm, printed by crm --completion bash\n\n"
           "_crm()\n{\n    local word=${COMP_WORDS[COMP_CWORD]} program function words=\n"
           "    COMPREPLY=()\n"
           "    if ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[1]} == @(-p|--pager) ]]; then\n"
           "        COMP_WORDS=(crm \"${COMP_WORDS[@]:2}\")\n"
           "        ((COMP_CWORD -= 1))\n"
           "    fi\n"
           "    program=${COMP_WORDS[1]}\n"
           "    if ((COMP_CWORD == 1)); then\n        words='");
    print_entries(programs, print_word);
    printf("help version --pager --help --version'\n"
           "    elif [[ $program == help && $COMP_CWORD == 2 ]]; then\n        words='");
    print_entries(programs, print_word);
    print_entries(manual_pages, print_word);
    printf("'\n    else\n"
           "        function=_crm_$program\n"
           "        declare -F \"$function\" >/dev/null || _completion_loader \"crm-$program\" 2>/dev/null\n"
           "        declare -F \"$function\" >/dev/null || return\n"
           "        COMP_WORDS=(\"crm-$program\" \"${COMP_WORDS[@]:2}\")\n"
           "        ((COMP_CWORD -= 1))\n"
           "        \"$function\"\n"
           "        return\n    fi\n"
           "    [[ $word == *[!a-z-]* ]] || mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
           "} && complete -F _crm crm\n");
}

static void print_zsh(void)
{
    printf("#compdef crm\n# zsh completion of crm, printed by crm --completion zsh\n\n"
           "local -a programs pages\n"
           "programs=(\n");
    print_entries(programs, print_described);
    printf(")\npages=(\n");
    print_entries(manual_pages, print_described);
    printf(")\n"
           "if ((CURRENT > 2)) && [[ $words[2] == (-p|--pager) ]]; then\n"
           "    words[2]=()\n"
           "    ((CURRENT -= 1))\n"
           "fi\n"
           "if ((CURRENT == 2)); then\n"
           "    programs+=('help:open the manual' 'version:show the version' '--pager:show a page at a time')\n"
           "    _describe program programs\n"
           "elif [[ $words[2] == help ]]; then\n"
           "    _describe program programs -- pages\n"
           "else\n"
           "    shift words\n"
           "    ((CURRENT -= 1))\n"
           "    words[1]=crm-$words[1]\n"
           "    service=$words[1]\n"
           "    _normal\n"
           "fi\n");
}

static void print_fish_program(const struct program_entry *entry)
{
    printf("complete -c crm -n '__crm_at 1; or __crm_at 2 help' -f -a %s -d '", entry->name);
    completion_escape(entry->what, "\\", "\\'");
    printf("'\n");
}

static void print_fish_page(const struct program_entry *entry)
{
    printf("complete -c crm -n '__crm_at 2 help' -f -a %s -d '", entry->name);
    completion_escape(entry->what, "\\", "\\'");
    printf("'\n");
}

static void print_fish(void)
{
    printf("# fish completion of crm, printed by crm --completion fish\n\n"
           "# The words before the cursor, but for a --pager at their beginning.\n"
           "function __crm_words\n"
           "    set -l words (commandline -opc)\n"
           "    contains -- \"$words[2]\" -p --pager; and set -e words[2]\n"
           "    string join \\n -- $words\n"
           "end\n\n"
           "# Whether so many words stand before the cursor, and the second is this one.\n"
           "function __crm_at\n"
           "    set -l words (__crm_words)\n"
           "    test (count $words) -eq $argv[1]; and test \"$words[2]\" = \"$argv[2]\"\n"
           "end\n\n"
           "# The command line as that of the program itself.\n"
           "function __crm_program\n"
           "    set -l words (__crm_words)\n"
           "    set -l rest (string escape -- $words[3..-1])\n"
           "    complete -C \"crm-$words[2] $rest \"(commandline -ct)\n"
           "end\n\n");
    print_entries(programs, print_fish_program);
    print_entries(manual_pages, print_fish_page);
    printf("complete -c crm -n '__crm_at 1' -f -a help -d 'open the manual'\n"
           "complete -c crm -n '__crm_at 1' -s p -l pager -d 'show a page at a time'\n"
           "complete -c crm -n '__crm_at 1' -f -a version -d 'show the version'\n"
           "complete -c crm -n 'test (count (__crm_words)) -ge 2; and not __crm_at 2 help' -f -a "
           "'(__crm_program)'\n");
}

int completion_print_launcher(const char *shell, struct error *err)
{
    static void (*const print[])(void) = {print_bash, print_zsh, print_fish};
    int choice = completion_shell(shell, err);

    if (choice < 0)
        return -1;
    print[choice]();
    return options_printed(err);
}
