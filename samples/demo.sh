#!/bin/sh
# From four exports to a report: runs the main flow on the samples, each command shown before what it prints.
# Works in a temporary copy of this folder and leaves nothing behind.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-build}
case $build in
/*) ;;
*) build=$root/$build ;;
esac
if [ ! -x "$build/bin/crm-rfm" ]; then
    echo "demo.sh: no programs in $build/bin; run make first" >&2
    exit 1
fi
PATH=$build/bin:$PATH
export PATH LC_ALL=C.UTF-8

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cp "$root"/samples/*.csv "$root"/samples/*.json "$root"/samples/*.jsonl "$root"/samples/*.vcf "$root"/samples/*.xls "$work"
cd "$work"
exec 2>&1

say() {
    printf '\n# %s\n' "$@"
}
run() {
    printf '$ %s\n' "$1"
    eval "$1"
}

echo "Silberkanne sells tea and coffee to cafés. Four systems hold its orders, each in its own way."

say "The web shop in Germany: semicolons, decimal commas, the day first, notes over two lines."
run "head -n 5 orders-shop-de.csv"

say "The office in Almaty, the mini program in China, the shop in the United States."
run "head -n 2 orders-ru.csv"
run "head -n 1 orders-cn.jsonl"
run "head -n 2 orders-us.csv"

say "All four become one table. What cannot be read is set aside, with its file, line and reason."
run "crm-import --rejects rejected.csv --output orders.csv orders-*.csv orders-cn.jsonl"
run "head -n 4 orders.csv"
run "cat rejected.csv"

say "How recent, frequent and valuable are the customers at the end of March? One order names no customer."
run "crm-rfm --as-of 2026-03-31 --rejects unnamed.csv --summary --to table orders.csv"

say "The same with the company's own segments; these are the customers to call."
run "crm-rfm -q --as-of 2026-03-31 --rejects unnamed.csv --segments segments.json orders.csv > rfm-2026-03.csv"
run "grep -e '^customer_id' -e 'Call now' rfm-2026-03.csv"

say "Where did the customers go since the end of the year?"
run "crm-rfm -q --as-of 2026-03-31 --rejects unnamed.csv --migration rfm-2025-12.csv --to table orders.csv"

say "Other files hold records, too. The CRM and the address book of a telephone: who stands there more than once?"
run "head -n 7 contacts-phone.vcf"
run "crm-import --region DE -t jsonl contacts-hubspot.csv contacts-phone.vcf | jq -r '.email_key // empty' | sort | uniq -d"

printf '\nGo on with: man %s/man/crm.7 (the ideas, and more pipelines); samples/README.md (the files used here).\n' "$root"
