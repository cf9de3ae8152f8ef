#!/usr/bin/env bash
# What bash completes: complete.bash SCRIPT-FOLDER WORD ..., the last word being the one at the cursor, possibly empty. Prints
# the candidates, or "files" or "folders" where that is left to readline.
# shellcheck disable=SC1090 # the script is made by the program
folder=$1
shift
compopt() {
    case $2 in
    default) echo files ;;
    dirnames) echo folders ;;
    esac
}
_completion_loader() {
    source "$folder/$1.bash"
}
source "$folder/$1.bash"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
function=$(complete -p "$1") && function=${function#*-F }
"${function%% *}"
printf '%s\n' ${COMPREPLY[@]+"${COMPREPLY[@]}"}
