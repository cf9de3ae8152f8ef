#!/bin/sh
# One analysis by many processes, with GNU parallel: the file is dealt out in blocks of whole lines, a crm-rfm for each sums up
# its part (--partial), and one more adds the sums up (--merge). What comes out is, byte for byte, what one crm-rfm over the
# whole file writes. Every program with --partial works like this; only the name and the options change.
#
#   sh parts-parallel.sh orders.csv                                   all processors, blocks of 64 MB
#   BLOCK=10k sh parts-parallel.sh orders.csv --as-of 2026-03-31      what follows the file are options of crm-rfm
#   JOBS="-S :,worker1,worker2" sh parts-parallel.sh orders.csv       here and on two other machines (they need crm-rfm only)
#
# A record has to stand on one line, as blocks end with lines: a file that has line ends inside of quotes goes through
# `crm-import --to jsonl` first; JSON Lines have no header, so there --header is left out.
set -eu

orders=$1
shift
if ! command -v parallel >/dev/null; then
    echo "parts-parallel.sh: GNU parallel is not here (apt-get install parallel)" >&2
    exit 1
fi

# The parts go to a file first: in a pipe, nobody would notice that one of them is not there because its crm-rfm has failed.
parts=$(mktemp)
trap 'rm -f "$parts"' EXIT

# --keep-order: parts are merged in the order of the file. JSON Lines, since these can stand one behind the other.
# shellcheck disable=SC2086 # JOBS holds several words
parallel ${JOBS-} --pipe --header : --block "${BLOCK-64M}" --keep-order --halt now,fail=1 --quote \
    crm-rfm --quiet "$@" --partial --to jsonl <"$orders" >"$parts"

crm-rfm "$@" --merge "$parts"
