#!/usr/bin/env bash
# The whole night: the exports of the day in, clean lists, scores, segments, funnel, cohorts, pipeline and one page to read
# in the morning out.
#
#   nightly.sh EXPORTS REPORTS [DAY]
#
# EXPORTS is a folder as this one; REPORTS gets a folder DAY (default: today, YYYY-MM-DD) with all results, `latest` that
# points to the last good one, and `log`. For cron, at a quarter past three:
#
#   15 3 * * *  PATH=/usr/local/bin:/usr/bin:/bin /srv/crm/nightly.sh /srv/exports /srv/reports
#
# Exit status, for whatever watches it:
#   0    all is well
#   1    there is a report, but not all is in it, or a copy of an earlier night stands in; the log says which
#   75   the night before is still at work
#   else there is no new report; `latest` is as it was
set -euo pipefail

exports=${1:?usage: nightly.sh EXPORTS REPORTS [DAY]}
reports=${2:?usage: nightly.sh EXPORTS REPORTS [DAY]}
day=${3:-$(date +%F)}
export LC_ALL=C.UTF-8
umask 077 # these are customers

mkdir -p "$reports/clean" "$reports/log"
exec 9>"$reports/lock"
flock -n 9 || { echo "nightly.sh: $reports is in use" >&2 && exit 75; }
log=$reports/log/$day
exec 3>&2 >"$log" 2>&1

clean=$reports/clean
new=$reports/$day.new
rm -rf "$new" && mkdir -p "$new/rejects"
problems=0

# Cron mails what is printed: nothing of a good night.
# shellcheck disable=SC2317 # by trap
tell() {
    local status=$?
    case $status in
    0) ;;
    1) grep PROBLEM "$log" >&3 ;;
    *) echo "nightly.sh: no report; the last of $log:" >&3 && tail -n 3 "$log" >&3 ;;
    esac
    exit "$status"
}
trap tell EXIT

say() { printf '%(%T)T %s\n' -1 "$*"; }

# problem TEXT [COPY]: goes on, with the clean copy of an earlier night if there is one.
problem() {
    problems=1
    say "PROBLEM: $1"
    [ ! -e "${2-}" ] || say "its copy of $(date -r "$2" +%F) stands in"
}

# clean ENTITY EXPORT: a clean copy. Where more than a twentieth of the export cannot be read, the copy of an earlier night
# stays: an output is the old file or the whole new one.
clean() {
    local entity=$1 export=$2 name=${2##*/}
    say "$name"
    crm-import --as "$entity" --region DE --max-rejects 5% --rejects "$new/rejects/$name.csv" -o "$clean/$name.csv" "$export" ||
        problem "$name was refused" "$clean/$name.csv"
}

# table NAME COMMAND ...: NAME.csv; where that fails, the report does without it.
table() {
    local name=$1
    shift
    say "$name"
    "$@" -o "$new/$name.csv" || problem "no $name tonight"
}

for export in "$exports"/orders-*; do clean order "$export"; done
for export in "$exports"/contacts-*; do clean contact "$export"; done
for copy in "$clean"/*.csv; do
    name=$(basename "$copy" .csv)
    [ ! -e "$copy" ] || [ -e "$exports/$name" ] || problem "$name was not delivered" "$copy"
done

table customers crm-dedupe --merge --undo-log "$new/customers.undo" "$clean"/contacts-*.csv

# who buys: a customer without a number cannot be counted, and is set aside
orders=(-q --as-of "$day" --rejects "$new/rejects/orders.csv" "$clean"/orders-*.csv)
table rfm crm-rfm --segments "$exports/segments.json" "${orders[@]}"
table segments crm-rfm --segments "$exports/segments.json" --summary "${orders[@]}"
table cohorts crm-cohort --period quarter "${orders[@]}"

# whom to call
leads=(-q --rules "$exports/rules-b2b.json" --events "$exports/lead-events.csv" --as-of "$day" "$exports/leads.csv")
table leads crm-score "${leads[@]}"
table calls crm-score --top 10 "${leads[@]}"

table funnel crm-funnel -q --steps visit,cart,checkout,order --window 14d "$exports/shop-log.csv"

deals=(--stages "$exports/stages.csv" --history "$exports/deal-stages.csv" --as-of "$day" "$exports/deals.csv")
table pipeline crm-pipeline "${deals[@]}"
table forecast crm-pipeline --report forecast "${deals[@]}"

sections=()
for name in pipeline forecast funnel segments cohorts calls; do
    [ ! -e "$new/$name.csv" ] || sections+=("$name.csv")
done
[ ${#sections[@]} != 0 ] || { say "PROBLEM: nothing to report" && exit 3; }
say report
(cd "$new" && crm-report --title "Silberkanne, $day" --as-of "$day" -o report.html "${sections[@]}")

rm -rf "${reports:?}/$day" && mv "$new" "$reports/$day"
ln -sfn "$day" "$reports/latest.new" && mv -T "$reports/latest.new" "$reports/latest"
say "done: $reports/$day/report.html"
exit "$problems"
