# Of the results of all benchmarks: the machine, the rivals, and the targets.
def left($width): tostring | . + ($width - length) * " ";
def right($width): tostring | ($width - length) * " " + .;
def rounded: if . == null then "-" else (. * 10000 | round) / 10000 end;

"crm \(.crm) on \(.machine.processor), \(.machine.cores) cores, \(.machine.memory_kib / 1048576 * 10 | round / 10) GiB, \(.machine.system)",
([.versions | to_entries[] | "\(.key) \(.value)"] | join(", ")),
([.benchmarks[].absent[]] | unique | if . == [] then empty else "absent: " + join(", ") end),
"",
(("benchmark" | left(10)) + ("rows" | right(9)) + ("load" | right(6)) + "  " + ("build" | left(7)) + ("program" | left(27)) + ("x rival" | left(25)) + ("measure" | left(9)) + ("at most" | right(9)) + ("found" | right(10))),
(.benchmarks[] | . as $benchmark
    | (reduce .programs[] as $of ({}; .[$of.program] = $of.label)) as $called
    | .targets[]
    | ($benchmark | (.benchmark | left(10)) + (.programs[0].rows | right(9)) + (.load | right(6))) + "  " + ($benchmark.build // "-" | left(7)) + ($called[.program] // .program | left(27))
      + (if .rival == "-" then "" else "x " + ($called[.rival] // .rival) end | left(25))
      + (.measure | left(9)) + (.at_most | right(9)) + (.found | rounded | right(10))
      + "  " + (if .met == null then "not measured" elif .met then "met" else "NOT MET" end))
