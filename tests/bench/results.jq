# From the lines that the harness tells, the figures of one benchmark. Each figure of a program is the median of its rounds,
# each ratio the median of the ratios of the rounds, with the least and the most of them. Wall and CPU time are divided by
# the rows before the ratio is taken, so that a program that got fewer rows can be compared; memory is not.
def number: tonumber? // null;
def spread:
    map(select(. != null)) | sort
    | if length == 0 then null
      else {median: ((.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2), least: .[0], most: .[-1]} end;

[split("\n")[] | select(. != "") | split("\t")] as $lines
| def of(kind): $lines[] | select(.[0] == kind);
  reduce of("program") as $of ({}; .[$of[1]] = {label: $of[2], rows: ($of[3] | number), bytes: ($of[4] | number), rounds: []})
| reduce of("time") as $of (.; .[$of[1]].rounds += [{wall: ($of[2] | number), cpu: ($of[3] | number), peak: ($of[4] | number)}])
| reduce of("error") as $of (.; if .[$of[1]] then .[$of[1]].error = ($of[2] | number) else . end)
| . as $program
| def divided($ours; $theirs): if $ours == null or ($theirs // 0) == 0 then null else $ours / $theirs end;
  # of the two programs, whose rounds are the same ones
  def ratio($ours; $rival; measure; $by_rows):
    $program[$ours] as $a | $program[$rival] as $b
    | (if $by_rows and $a.rows != $b.rows then divided($b.rows; $a.rows) else 1 end) as $factor
    | [range($a.rounds | length) as $i
       | divided($a.rounds[$i] | measure; $b.rounds[$i] | measure) | if . == null then null else . * $factor end]
    | spread;
  def ratios($ours; $rival):
    {wall: ratio($ours; $rival; .wall; true), cpu: ratio($ours; $rival; .cpu; true), peak: ratio($ours; $rival; .peak; false)}
    + ([{median: divided($program[$ours].error; $program[$rival].error)} | select(.median != null)] | if . == [] then {} else {error: .[0]} end);
  def absolute($ours; $measure):
    $program[$ours] as $a
    | if $measure == "error" then $a.error
      else [$a.rounds[] | .[$measure]] | spread.median | if $measure == "peak" then . / 1024 else . end end;
{
    benchmark: (first(of("benchmark"))[1]),
    date: (first(of("benchmark"))[2]),
    load: (first(of("benchmark"))[3] | number),
    build: (first(of("benchmark"))[4]),
    rounds: ([$program[].rounds | length] | max),
    absent: [of("absent")[1]],
    programs: [of("program")[1] as $name | $program[$name] | {program: $name, label: .label, rows, bytes,
        wall_seconds: ([.rounds[].wall] | spread), cpu_seconds: ([.rounds[].cpu] | spread), peak_kib: ([.rounds[].peak] | spread)}
        + (if .error == null then {} else {error} end)],
    ratios: [of("pair") | select($program[.[1]] and $program[.[2]]) | {program: .[1], rival: .[2]} + ratios(.[1]; .[2])],
    targets: [of("target") | {program: .[1], rival: .[2], measure: .[3], at_most: (.[4] | number)}
        | .found = (if $program[.program] == null then null
                    elif .rival == "-" then absolute(.program; .measure)
                    elif $program[.rival] then ratios(.program; .rival)[.measure].median
                    else null end)
        | .met = (if .found == null then null else .found <= .at_most end)]
}
