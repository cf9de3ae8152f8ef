#!/bin/sh
# Holds crm-fields(5) to the code: the aliases, kinds and meanings in the page are those of the vocabulary, no more and no
# less; and every kind and every key is explained there.
#
#   tests/check-fields.sh [PAGE]
#
# $BUILD is the build folder (default build); it holds the tool that prints the vocabulary.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/.."
print=${BUILD:-build}/tests/tools/print_vocabulary
page=${1:-man/crm-fields.5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tab=$(printf '\t')

"$print" >"$work/all"

# The page gives the columns that leads share with contacts once.
awk -F"$tab" '$1 == "lead" && $2 != "lead_id"' "$work/all" | cut -f2- >"$work/lead"
awk -F"$tab" '$1 == "contact" && $2 != "contact_id"' "$work/all" | cut -f2- >"$work/contact"
cmp -s "$work/lead" "$work/contact" || {
    echo "check-fields: the columns of leads are not those of contacts" >&2
    exit 1
}
awk -F"$tab" '$1 != "lead" || $2 == "lead_id"' "$work/all" >"$work/code"

# Aliases: what the .No lines below each column of ALIASES list, separated by " | ". A column's own name is not listed.
awk -F"$tab" '$2 != $5 { print $1 "\t" $2 "\t" $5 }' "$work/code" >"$work/aliases.code"
awk '
    /^\.Sh / { aliases = ($0 == ".Sh ALIASES") }
    !aliases { next }
    /^\.Ss Aliases: / { entity = $3 }
    /^\.It Va / { column = $3 }
    /^\.No "/ {
        line = $0
        sub(/^\.No "/, "", line)
        sub(/( \|)?\\&"$/, "", line)
        n = split(line, alias, / \| /)
        for (i = 1; i <= n; i++)
            print entity "\t" column "\t" alias[i]
    }' "$page" >"$work/aliases.page"

# Columns: kind and meaning.
awk -F"$tab" '!seen[$1, $2]++ { print ($1 == "lead" ? "contact" : $1) "\t" $2 "\t" $3 "\t" $4 "." }' "$work/code" |
    sort >"$work/columns.code"
awk '
    function flush() { if (column) print entity "\t" column "\t" kind "\t" meaning; column = meaning = "" }
    /^\.Sh / { flush(); inside = ($0 == ".Sh COLUMNS BY ENTITY") }
    !inside { next }
    /^\.Ss / { entity = $2; sub(/,$/, "", entity) }
    /^\.It Va / { flush(); column = $3; next }
    /^\.Pq / { kind = $2; next }
    /^\.El/ { flush() }
    /^[^.]/ && column { meaning = meaning (meaning ? " " : "") $0 }' "$page" | sort >"$work/columns.page"

# Kinds: what the list of KINDS OF VALUES explains.
cut -f3 "$work/all" | sort -u >"$work/kinds.code"
awk '
    /^\.Sh / { inside = ($0 == ".Sh KINDS OF VALUES") }
    inside && /^\.It Cm / { print $3 }' "$page" | sort >"$work/kinds.page"

# Keys: what KEYS explains.
awk -F"$tab" '$3 == "key" { print $2 }' "$work/all" | sort -u >"$work/keys.code"
awk '
    /^\.Sh / { inside = ($0 == ".Sh KEYS") }
    inside && /^\.It Va / { print $3 }' "$page" | sort >"$work/keys.page"

status=0
for part in aliases columns kinds keys; do
    if ! diff "$work/$part.code" "$work/$part.page" >"$work/diff"; then
        echo "check-fields: $page differs from the vocabulary in its $part (<: code, >: page)" >&2
        cat "$work/diff" >&2
        status=1
    fi
done
exit $status
