# shellcheck shell=bash disable=SC2034,SC2054
# Words for the cases of tests/limits/run.

memory=64 seconds=5

# within MIB SECONDS: the most that the next programs may take, of resident memory and of processor time.
within() {
    memory=$1 seconds=$2
}

# runs STATUS PROGRAM [ARGUMENT ...]: standard output and error go to the files out and err.
runs() {
    local wanted=$1 status wall user system peak time=$((seconds * TIMES))
    shift
    last="$*"
    (
        ulimit -v $((memory * 1024 + 4 * 1024 * 1024)) -t "$time" 2>/dev/null # a program that runs wild is stopped
        exec "$MEASURE" costs timeout -k 5 $((time * 10)) "$@"
    ) >out 2>err
    status=$?
    read -r wall user system peak status < <(tail -n 1 costs; echo "0 0 0 0 $status")
    [ "$status" = "$wanted" ] || echo "$last: status $status, not $wanted: $(head -c 300 err)"
    ((peak <= memory * 1024 || TIMES > 1)) || echo "$last: $((peak / 1024)) MiB, more than $memory (after $wall s)"
    awk -v used="$user" -v more="$system" -v most="$time" 'BEGIN { exit !(used + more <= most) }' ||
        echo "$last: $user + $system s, more than $time"
}

# same WHAT EXPECTED GOT: a short account of where two texts differ.
same() {
    cmp -s "$2" "$3" || echo "$last: $1: $(cmp "$2" "$3" 2>&1 | head -c 200); expected '$(head -c 300 "$2")', got '$(head -c 300 "$3")'"
}

# says TEXT: the message is exactly this line. gives TEXT: the output is exactly these lines. gives_file FILE.
says() {
    printf '%s\n' "$1" >expected
    same message expected err
}

gives() {
    printf '%s\n' "$1" >expected
    same output expected out
}

gives_file() {
    same output "$1" out
}

# refuses STATUS MESSAGE PROGRAM ...: it says no more than this, and writes nothing.
refuses() {
    local status=$1 message=$2
    shift 2
    runs "$status" "$@"
    says "$message"
    [ ! -s out ] || echo "$last: writes $(head -c 100 out)"
}

# many N TEXT: the text N times. lines N TEXT: on a line each. bytes N C: a character N times.
many() {
    awk -v n="$1" -v text="$2" 'BEGIN { for (i = 0; i < n; i++) printf "%s", text }'
}

lines() {
    awk -v n="$1" -v text="$2" 'BEGIN { for (i = 0; i < n; i++) print text }'
}

bytes() {
    head -c "$1" /dev/zero | tr '\0' "$2"
}

programs="rfm cohort funnel pipeline score train dedupe import"

# The columns a program needs, the key first; the values behind a key; the options; what comes out for one record of the
# key K (K stands for it). crm-train needs many records, the share of the won ones gives the intercept.
declare -A header=(
    [rfm]=customer_id,order_date,amount
    [cohort]=customer_id,order_date,amount
    [funnel]=entity_id,event,occurred_at
    [pipeline]=deal_id,stage,status,amount
    [score]=lead_id,n
    [train]=lead_id,colour,won
    [dedupe]=contact_id,email
    [import]=customer_id,order_date,amount
)
declare -A values=(
    [rfm]=,2025-01-01,5
    [cohort]=,2025-01-01,5
    [funnel]=,visit,2025-01-01
    [pipeline]=,open,open,5
    [score]=,10
    [train]=,red,won
    [dedupe]=,a@b.example
    [import]=,2025-01-01,5
)
declare -A options=(
    [rfm]=-q
    [cohort]=-q
    [funnel]='-q -s visit'
    [pipeline]=-q
    [score]='-q --keep-reasons 0 -r rules.json'
    [train]='-q -M bayes -y won'
    [dedupe]='-q -k contact_id'
    [import]='-q --as order'
)
rules='{"groups": [{"name": "N", "rules": [{"name": "Points", "value": ".n", "ranges": [{"from": 10, "points": 10}]}]}]}'
declare -A answer=(
    [rfm]='customer_id,last_date,recency_days,frequency,monetary,r,f,m,rfm_score,segment
K,2025-01-01,0,1,5,5,1,1,511,New Customers'
    [cohort]='cohort,age,size,eligible,value,rate,rate_low,rate_high,complete
2025-01,0,1,0,1,1.0000,0.2065,1.0000,false'
    [funnel]='step,entered,converted,dropped,step_rate,overall_rate,median_time,mean_time,p90_time
visit,1,1,0,,1.0000,,,'
    [pipeline]='stage,deals,amount,weighted_amount,unweighted,probability,mean_age_days,median_age_days,mean_stage_days,stalled,stalled_amount
open,1,5,,1,,,,,0,0'
    [import]='customer_id,order_date,amount
K,2025-01-01,5'
    [dedupe]='contact_id,email,cluster_id,match_probability,matched_by
K,a@b.example,1,,'
    [score]='lead_id,score
K,10'
    [train]='-0.405465'
)

# What is behind the first record of a program, if it needs more: crm-train 40 won and 60 lost leads in all.
rest_of() {
    [ "$1" != train ] || awk -v more="${2-}" 'BEGIN { for (i = 1; i < 100; i++) print "l" i "," (i < 30 || i > 84 ? "red" : "blue") "," (i < 40 ? "won" : "lost") more }'
}

# crm PROGRAM STATUS FILE [OPTION ...]: with the options it needs.
crm() {
    local program=$1 status=$2
    shift 2
    [ "$program" != score ] || printf '%s\n' "$rules" >rules.json
    # shellcheck disable=SC2086 # several words
    runs "$status" "crm-$program" ${options[$program]} "$@"
}

# answers PROGRAM KEY: the output is that for one record of this key.
answers() {
    printf '%s\n' "${answer[$1]}" | key=$2 awk '{ sub(/^K/, ENVIRON["key"]); print }' >expected
    case $1 in
    score) cut -d, -f"1,$(head -n 1 out | tr , '\n' | grep -nx score | cut -d: -f1)" out >got ;;
    train) jq '.intercept * 1e6 | round / 1e6' out >got ;;
    *) cp out got ;;
    esac
    same output expected got
}

# little N BYTES: a number in little-endian bytes.
little() {
    local value=$1 text='' i
    for ((i = 0; i < $2; i++)); do
        printf -v text '%s\\x%02x' "$text" $((value & 255))
        ((value >>= 8))
    done
    printf '%b' "$text"
}

# archive FILE NAME CONTENTS-FILE ...: a zip archive. gzip packs the parts: its checksum and its stream are those of zip.
archive() {
    local to=$1 at=0 count=0 name contents packed crc head
    shift
    : >"$to"
    : >directory
    while (($#)); do
        name=$1 contents=$2
        shift 2
        gzip -9nc "$contents" >part.gz
        packed=$(($(stat -c %s part.gz) - 18)) # without gzip's head of 10 bytes and its end of 8
        crc=$(tail -c 8 part.gz | od -An -tu4 -N4)
        head=$({ little 20 2 && little 0 2 && little 8 2 && little 0 4 && little $((crc)) 4 && little "$packed" 4 &&
            little "$(stat -c %s "$contents")" 4 && little ${#name} 2 && little 0 2; } | od -An -v -tx1 | tr -d '\n' | sed 's/ /\\x/g')
        {
            printf 'PK\003\004%b%s' "$head" "$name"
            tail -c +11 part.gz | head -c "$packed"
        } >>"$to"
        {
            printf 'PK\001\002\024\0%b' "$head"
            little 0 10
            little "$at" 4
            printf %s "$name"
        } >>directory
        at=$(stat -c %s "$to")
        ((count += 1))
    done
    {
        cat directory
        printf 'PK\005\006\0\0\0\0'
        little "$count" 2
        little "$count" 2
        little "$(stat -c %s directory)" 4
        little "$at" 4
        little 0 2
    } >>"$to"
}

# workbook FILE SHEET-FILE [TEXTS-FILE]: an .xlsx with one sheet.
workbook() {
    local xml='<?xml version="1.0"?>' package=http://schemas.openxmlformats.org/package/2006
    local office=http://schemas.openxmlformats.org/officeDocument/2006/relationships
    printf '%s<Types xmlns="%s/content-types"/>' "$xml" $package >types
    printf '%s<Relationships xmlns="%s/relationships"><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' \
        "$xml" $package $office >relations
    printf '%s<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="%s"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>' \
        "$xml" $office >book
    printf '%s<Relationships xmlns="%s/relationships"><Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>' \
        "$xml" $package $office $office >links
    set -- "$1" "$2" ${3+xl/sharedStrings.xml "$3"}
    archive "$1" '[Content_Types].xml' types _rels/.rels relations xl/workbook.xml book xl/_rels/workbook.xml.rels links \
        xl/worksheets/sheet1.xml "$2" "${@:3}"
}

sheet_begin='<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>email</t></is></c></row>'
sheet_end='</sheetData></worksheet>'
texts_begin='<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
