# The tables of one benchmark, of what results.jq gives.
def right($width): tostring | ($width - length) * " " + .;
def left($width): tostring | . + ($width - length) * " ";
def zeros($width): tostring | ($width - length) * "0" + .;
def fixed($digits):
    if . == null then "-"
    else (. * pow(10; $digits) | round | zeros($digits + 1)) | if $digits > 0 then .[:-$digits] + "." + .[-$digits:] else . end end;
def spread:
    if . == null then "-"
    else (if .most < 10 then 2 elif .most < 100 then 1 else 0 end) as $digits
        | "\(.median | fixed($digits)) (\(.least | fixed($digits))-\(.most | fixed($digits)))" end;
def unit: if .rival != "-" then "x" elif .measure == "peak" then "MiB" elif .measure == "error" then "" else "s" end;

(reduce .programs[] as $of ({"-": "-"}; .[$of.program] = $of.label)) as $called
| (if .load > 0.5 then "", "The machine was busy: load \(.load). The ratios hold better than the seconds." else empty end),
  "",
  "the programs are those of \(if .build == "fast" then "make fast" else "make" end)",
  (["program" | left(34)] + (["rows", "wall s", "CPU s", "rows/s", "ns/row", "peak MiB"] | map(right(11))) | join("")),
  (.programs[] | (.wall_seconds.median) as $wall
    | (.label | left(34))
      + ([.rows, ($wall | fixed(4)), (.cpu_seconds.median | fixed(4)),
          (if .rows > 0 and $wall > 0 then .rows / $wall | fixed(0) else "-" end),
          (if .rows > 0 then $wall * 1e9 / .rows | fixed(1) else "-" end),
          (.peak_kib.median / 1024 | fixed(1))] | map(right(11)) | join(""))),
  (if .ratios == [] then empty else
    "",
    "ratios: median (least-most) of \(.rounds) rounds; times by row",
    (("program" | left(28)) + ("x rival" | left(32)) + (["wall", "CPU", "memory"] | map(left(20)) | join(""))),
    (.ratios[] | ($called[.program] | left(28)) + ("x " + $called[.rival] | left(32))
        + ([.wall, .cpu, .peak] | map(spread | left(20)) | join("") | sub(" +$"; ""))
        + (if .error then "  error \(.error.median | fixed(2))" else "" end))
  end),
  (if .targets == [] then empty else
    "",
    (.targets[] | unit as $unit
        | "target: \($called[.program] // .program), \(.measure)\(if .rival == "-" then "" else " x \($called[.rival] // .rival)" end): "
          + "at most \(.at_most)\(if $unit == "x" or $unit == "" then "" else " " + $unit end); "
          + (if .met == null then "not measured" else "\(.found | fixed(4)), \(if .met then "met" else "NOT MET" end)" end))
  end)
