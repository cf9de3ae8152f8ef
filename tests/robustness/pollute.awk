# Writes the table in each of its ways; called by generate. A way is a set of globals that begin() sets to those of the
# clean file and that are changed before the rows are written.

function value(row, column,    day, product) {
    day = (row * 7) % 28 + 1
    product = products[row % 8 + 1]
    if (column == 1)
        return sprintf("2025-%02d-%02d", row % 12 + 1, day)
    if (column == 2)
        return sprintf("%02d:%02d", row % 24, (row * 13) % 60)
    if (column == 3)
        return (row * 5) % 17 + 1
    if (column == 4)
        return sprintf("P-%05d", row * 37)
    if (column == 5)
        return sprintf("%d.%02d", (row * 31) % 190 + 4, (row * 17) % 100)
    if (column == 6)
        return product
    if (column == 7)
        return row % 5 == 0 ? product " \"" sizes[row % 3 + 1] "\", boxed" : row % 7 == 0 ? "Caf\303\251 " product : "A " product " of size " row
    if (column == 8)
        return "https://shop.example/" tolower(product) "/" row
    return row % 9 == 0 ? "first line\nsecond line" : row % 4 == 0 ? "" : row % 6 == 0 ? "he said \"yes\"" : "call again, then write"
}

# Without anything that needs quotes under any of the delimiters.
function plain(text) {
    gsub(/["'\n,;:|\t]/, "", text)
    return text
}

function begin(name) {
    close(csv); close(json)
    csv = folder "/" name ".csv"; json = folder "/" name ".json"
    printf "" >csv; printf "" >json
    D = ","; Q = "\""; escape = "\"\""; L = "\r\n"; rows = 80; header = 1; columns = 9; quote_all = 0; strip = 0; tail = ""
    last_end = 1
    ways++
}

function text_of(row, column,    text) {
    text = row == 0 ? names[column] : cell[row, column]
    return strip ? plain(text) : text
}

# A cell as it is written.
function written(text) {
    if (Q == "" || !(quote_all || index(text, D) || index(text, Q) || text ~ /[\n\r]/ || (D == ", " && text ~ /,/)))
        return text
    if (escape == "\"\"")
        gsub(Q, Q Q, text)
    else if (escape == "\\")
        gsub(Q, "\\" Q, text)
    return Q text Q
}

function json_of(text) {
    gsub(/\\/, "\\\\", text); gsub(/"/, "\\\"", text); gsub(/\n/, "\\n", text); gsub(/\t/, "\\t", text)
    return "\"" text "\""
}

function line_of(row,    i, line) {
    for (i = 1; i <= columns; i++)
        line = line (i > 1 ? D : "") written(text_of(row, i))
    return line
}

function expect(row,    i, line) {
    for (i = 1; i <= columns; i++)
        line = line (i > 1 ? "," : "") json_of(text_of(row, i))
    print "[" line "]" >json
}

# The rows from..to, 0 being the header.
function write_rows(from, to,    row) {
    for (row = from; row <= to; row++) {
        printf "%s%s%s", line_of(row), tail, (row == to && !last_end ? "" : L) >csv
        expect(row)
    }
}

function table() {
    if (!header)
        print "null" >json
    write_rows(header ? 0 : 1, rows)
}

# One row is written by hand, and read as the cells that the caller has put into odd[1..count].
function odd_row(at, line, count,    i, want) {
    write_rows(0, at - 1)
    printf "%s%s", line, L >csv
    for (i = 1; i <= count; i++)
        want = want (i > 1 ? "," : "") json_of(odd[i])
    print "[" want "]" >json
    write_rows(at + 1, 80)
}

function commas(count,    text) {
    while (count-- > 0)
        text = text ","
    return text
}

function without_delimiter(at, column,    i, line, n) {
    begin("row_" at "_delimiter_less_" column)
    for (i = 1; i <= columns; i++) {
        if (i == column + 1) {
            odd[n] = odd[n] text_of(at, i)
            line = line plain(text_of(at, i))
            continue
        }
        odd[++n] = text_of(at, i)
        line = line (i > 1 ? D : "") written(text_of(at, i))
    }
    odd_row(at, line, n)
}

function with_delimiter(at, column,    i, line, n) {
    begin("row_" at "_delimiter_more_" column)
    for (i = 1; i <= columns; i++) {
        odd[++n] = text_of(at, i)
        line = line (i > 1 ? D : "") written(text_of(at, i))
        if (i == column) {
            odd[++n] = ""
            line = line D
        }
    }
    odd_row(at, line, n)
}

function with_quote(at, column,    i, line) {
    begin("row_" at "_quote_" column)
    for (i = 1; i <= columns; i++) {
        odd[i] = (i == column ? "\"" : "") text_of(at, i)
        line = line (i > 1 ? D : "") (i == column ? "\"" text_of(at, i) : written(text_of(at, i)))
    }
    odd_row(at, line, columns)
}

function other_delimiter(at, delimiter, name,    i, line) {
    begin("row_" at "_delimiter_" name)
    for (i = 1; i <= columns; i++) {
        odd[i] = text_of(at, i)
        line = line (i > 1 ? delimiter : "") written(text_of(at, i))
    }
    odd_row(at, line, columns)
}

function delimiter(name, bytes, whole) {
    begin("delimiter_" name); D = bytes; quote_all = whole; table()
}

function wrapped(at,    text) {
    begin("row_" at "_wrapped")
    write_rows(0, at - 1)
    text = line_of(at)
    gsub(/"/, "\"\"", text)
    printf "\"%s\"%s", text, L >csv
    expect(at)
    write_rows(at + 1, 80)
}

function whole_table_ways() {
    begin("clean"); table()
    begin("header_only"); rows = 0; table()
    begin("one_row"); rows = 1; table()
    begin("one_column"); columns = 1; table()
    begin("no_header"); header = 0; table()
    begin("quoted_all"); quote_all = 1; table()
    begin("no_quotes"); Q = ""; strip = 1; table()
    begin("quote_single"); Q = "'"; escape = "\"\""; table()
    begin("escape_backslash"); escape = "\\"; table()
    begin("escape_none"); escape = ""; table()
    begin("end_lf"); L = "\n"; table()
    begin("end_cr"); L = "\r"; table()
    begin("end_missing"); last_end = 0; table()
    begin("end_double"); table(); printf "%s", L >csv
    begin("end_control_z"); table(); printf "\032" >csv
    begin("end_mixed"); write_rows(0, 20); L = "\n"; write_rows(21, 50); L = "\r"; write_rows(51, 80)
    begin("tail_delimiter"); tail = ","; table()
    begin("tail_delimiter_rows"); write_rows(0, 0); tail = ","; write_rows(1, 80)
    begin("tail_delimiters"); tail = ",,,"; table()
    delimiter("tab", "\t", 0)
    delimiter("semicolon", ";", 0)
    delimiter("pipe", "|", 0)
    delimiter("colon", ":", 1)
    delimiter("caret", "^", 0)
    delimiter("unit_separator", "\037", 0)
    delimiter("comma_blank", ", ", 0)
    delimiter("comma_blank_quoted", ", ", 1)
    begin("delimiter_told"); printf "sep=;%s", L >csv; D = ";"; table()
}

function around_ways(    i) {
    begin("header_repeated_2"); write_rows(0, 0); printf "%s%s", line_of(0), L >csv; write_rows(1, 80)
    begin("header_two_rows")
    printf "%s%s", "When,,,Item,,,,Remarks,", L >csv
    for (i = 1; i <= 9; i++)
        odd[i] = (i <= 3 ? "When " : i <= 7 ? "Item " : "Remarks ") names[i]
    for (i = 1; i <= 9; i++)
        printf "%s%s", (i > 1 ? "," : "["), json_of(odd[i]) >json
    print "]" >json
    printf "%s%s", line_of(0), L >csv
    write_rows(1, 80)
    begin("preamble_3"); printf "Sales report%sfor the north%sall shops%s", L, L, L >csv; table()
    begin("preamble_3_blank"); printf "Sales report%sfor the north%sall shops%s%s", L, L, L, L >csv; table()
    begin("preamble_3_delimited"); for (i = 0; i < 3; i++) printf "PREAMBLE%s%s", commas(8), L >csv; table()
    begin("preamble_3_delimited_blank")
    for (i = 0; i < 3; i++) printf "PREAMBLE%s%s", commas(8), L >csv
    printf "%s%s", commas(8), L >csv; table()
    begin("preamble_comments"); printf "# made by a program, version 3%s# at noon%s", L, L >csv; table()
    begin("preamble_blank"); printf "%s%s", L, L >csv; table()
    begin("footer_3"); table(); for (i = 0; i < 3; i++) printf "FOOTNOTE%s", L >csv
    begin("footer_3_blank"); table(); printf "%s", L >csv; for (i = 0; i < 3; i++) printf "FOOTNOTE%s", L >csv
    begin("footer_3_delimited"); table(); for (i = 0; i < 3; i++) printf "FOOTNOTE%s%s", commas(8), L >csv
    begin("footer_3_delimited_blank")
    table(); printf "%s%s", commas(8), L >csv; for (i = 0; i < 3; i++) printf "FOOTNOTE%s%s", commas(8), L >csv
    begin("footer_total"); table(); printf "Total,,712,,%s.50%s%s", 8127, commas(4), L >csv
    begin("footer_count"); table(); printf "(80 rows)%s", L >csv
    begin("footer_prose"); table(); printf "-- end of report --%s", L >csv
    begin("rows_of_delimiters")
    write_rows(0, 30); printf "%s%s%s%s", commas(8), L, commas(8), L >csv; write_rows(31, 80); printf "%s%s", commas(8), L >csv
    begin("blank_lines"); write_rows(0, 30); printf "%s%s", L, L >csv; write_rows(31, 80)
    begin("concatenated"); write_rows(0, 40); printf "%s%s", line_of(0), L >csv; write_rows(41, 80)
    begin("concatenated_bom"); write_rows(0, 40); printf "\357\273\277%s%s", line_of(0), L >csv; write_rows(41, 80)
    begin("second_table"); table(); for (i = 1; i <= 10; i++) {
        printf "%s,x%d,%d%s", "shop", i, i, L >csv
        printf "[\"shop\",\"x%d\",\"%d\"]\n", i, i >json
    }
    begin("all_wrapped"); quote_whole()
}

function quote_whole(    row, text) {
    for (row = 0; row <= 80; row++) {
        text = line_of(row)
        gsub(/"/, "\"\"", text)
        printf "\"%s\"%s", text, L >csv
        expect(row)
    }
}

function row_ways(    i, at) {
    split("1 2 40 80", at, " ")
    for (i = 1; i <= 4; i++) {
        without_delimiter(at[i], 3)
        with_delimiter(at[i], 2)
        with_delimiter(at[i], 9)
        with_quote(at[i], 4)
        with_quote(at[i], 9)
        other_delimiter(at[i], ";", "semicolon")
        wrapped(at[i])
        begin("row_" at[i] "_end_lf"); write_rows(0, at[i] - 1); L = "\n"; write_rows(at[i], at[i]); L = "\r\n"; write_rows(at[i] + 1, 80)
        begin("row_" at[i] "_short"); for (columns = 1; columns <= 5; columns++) odd[columns] = text_of(at[i], columns)
        columns = 9
        odd_row(at[i], odd[1] "," odd[2] "," odd[3] "," odd[4] "," odd[5], 5)
    }
}

BEGIN {
    split("DATE TIME Qty PRODUCTID Price ProductType ProductDescription URL Comments", names, " ")
    split("Lamp Chair Kettle Rug Mirror Clock Shelf Vase", products, " ")
    split("S M XL", sizes, " ")
    for (row = 1; row <= 80; row++)
        for (column = 1; column <= 9; column++)
            cell[row, column] = value(row, column)
    whole_table_ways()
    around_ways()
    row_ways()
}
