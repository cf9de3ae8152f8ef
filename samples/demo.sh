#!/bin/sh
# From four exports to a report, and from leads to the calls of the morning: runs the main flow on the samples, each command shown before what it prints.
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

say "Other files hold records, too: the CRM, and the address book of a telephone. Who stands there more than once?"
run "head -n 7 contacts-phone.vcf"
run "crm-import -q --region DE contacts-hubspot.csv contacts-phone.vcf | crm-dedupe --clusters --to jsonl |
    jq -r '[.cluster_id, .match_probability, .first_name, .last_name, .email] | @tsv'"

say "The members of a club, entered in three offices for years: typing errors, nicknames, other alphabets, families."
run "grep -e vera@ -e Черешнина -e xiaomei club-members.csv | cut -d';' -f1-6,9,11"

say "One record each, with a log that can take the merge back."
run "crm-import -q --region DE --output members.csv club-members.csv"
run "crm-dedupe --merge --undo-log undo.log --output club.csv members.csv"
run "cut -d, -f1-4,6,8,10,13,20- club.csv | grep -e contact_id -e vera@ -e xiaomei"
run "crm-dedupe --undo undo.log club.csv | cmp - members.csv && echo the same bytes"

say "How sure is it? Of the pairs that were joined, those to look at; and why they were joined."
run "crm-dedupe --pairs --explain --below 0.97 --to jsonl members.csv | tail -n 3 |
    jq -r '\"\\(.match_probability): \\(.first_name_1) \\(.last_name_1) = \\(.first_name_2) \\(.last_name_2)\", .explanation'"

say "And how good, where somebody has written down who is who? (The column Person; it is not compared.)"
run "crm-dedupe -d ';' --truth Person club-members.csv --to table | head -n 4"

say "Which readers of the newsletter are in the list of the club? Two clean lists, one to one."
run "crm-import -q --as contact --output newsletter.csv club-newsletter.csv"
run "crm-dedupe --link newsletter.csv --pairs club-master.csv | cut -d, -f1,3,5-8 | head -n 6"

say "Leads, and what they did. Rules give points for both; newer doings count more. Whom to call on Monday?"
run "head -n 3 lead-events.csv"
run "jq -c '.groups[2].rules[0,2]' rules-b2b.json"
run "crm-score -q --rules rules-b2b.json --events lead-events.csv --as-of 2026-10-31 --top 5 leads.csv |
    cut -d, -f1,5,6,16,19,20,27"

say "Why that score? All that gave points, or took them."
run "crm-score -q --rules rules-b2b.json --events lead-events.csv --as-of 2026-10-31 --explain --where '.lead_id == \"L-101\"' \\
    --to table leads.csv | grep -v ' 0$'"

say "Leads of the past: what do those who became customers have in common? Two columns know the outcome, and are left out."
run "head -n 4 leads-past.csv"
run "crm-train --target converted --drop created_at --report report.csv --output model.json leads-past.csv"

say "How good is it, on leads that it has not seen? Tenths of the leads, the best first."
run "grep -e section -e decile report.csv | cut -d, -f1-6,11-12"

say "The same for the leads of today: how likely is it, and why?"
run "crm-score -q --model model.json --top 5 leads.csv | cut -d, -f1,5,6,19,22-"

say "Learned from 2024 and 2025, judged by 2026."
run "crm-train -q --target converted --drop created_at --where '.created_at < \"2026-01-01\"' --output model.json leads-past.csv"
run "crm-score -q --model model.json --where '.created_at >= \"2026-01-01\"' --backtest converted leads-past.csv |
    grep -e section -e summary | cut -d, -f1-2,4-6,8-10"

say "Where do visitors of the shop stay behind, and how long does a step take?"
run "crm-funnel --steps visit,cart,checkout,order --window 14d --unit minutes --to table shop-log.csv"

say "Do telephones order less, or is that chance? (p_adjusted below 0.05: hardly chance.)"
run "crm-funnel --steps visit,cart,order --by device --report compare shop-log.csv | cut -d, -f1-4,7,10,15"

say "Who left something in the cart in the last ten days of April, for a reminder?"
run "crm-funnel --steps visit,cart,order --dropped cart --where '.occurred_at >= \"2026-04-20\"' shop-log.csv"

say "Deals: what is open at the end of March, what is it worth, and where is it stuck?"
run "crm-pipeline --stages stages.csv --history deal-stages.csv --as-of 2026-03-31 --to table deals.csv"

say "What is to come? One deal should have been closed by now."
run "crm-pipeline --stages stages.csv --as-of 2026-03-31 --report forecast deals.csv | grep -e month -e overdue -e 2026-0[456] |
    cut -d, -f1-7"

say "Who brings deals that are won?"
run "crm-pipeline --stages stages.csv --report winrate --by source --total deals.csv | cut -d, -f1-5,6-8,12"

say "Of the customers who first bought in a quarter, which share buys in later ones?"
run "crm-cohort -q --period quarter --as-of 2026-03-31 --rejects unnamed.csv --layout matrix --to table orders.csv"

say "What has a customer brought after so many months? (In the last line the mean, of those that have had the time.)"
run "crm-cohort -q --measure ltv --cohort-period quarter --as-of 2026-03-31 --rejects unnamed.csv --ages 7 --mean weighted \\
    --layout matrix --to table orders.csv"

printf '\nGo on with: man %s/man/crm.7 (the ideas, and more pipelines); samples/README.md (the files used here).\n' "$root"
