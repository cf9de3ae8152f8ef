#!/usr/bin/env zsh
# What zsh completes: complete.zsh SCRIPT-FOLDER LINE. A second zsh on a pseudo-terminal is sent the line and a tab; there,
# compadd is a function that prints what it is given to offer, between two lines "----".
emulate -R zsh
zmodload zsh/zpty
export COMPLETION_FOLDER=$1
setup=$(mktemp) || exit 1
trap 'rm -f $setup' EXIT
cat >$setup <<'END'
PROMPT=
fpath=($COMPLETION_FOLDER $fpath)
autoload -Uz compinit
compinit -D -u
bindkey '^M' undefined
bindkey '^J' undefined
bindkey '^I' complete-word
mark() { print -r -- ---- }
compprefuncs=(mark)
comppostfuncs=(mark exit)
zstyle ':completion:*' insert-tab false
compadd() {
    if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
        builtin compadd "$@"
        return
    fi
    typeset -a __hits
    builtin compadd -A __hits "$@"
    (($#__hits)) && print -rl -- $IPREFIX${^__hits}
    builtin compadd "$@"
}
print ready
END
zpty shell zsh -f -i
zpty -w shell "source $setup"
repeat 8; do
    zpty -r shell line || exit 2
    [[ $line == ready* ]] && break
done
zpty -w -n shell "$2"$'\t'
while zpty -r shell line; do
    print -rn -- $line
done | tr -d '\r' | awk '/----$/ { if (++marks == 2) exit; next } marks'
exit 0
