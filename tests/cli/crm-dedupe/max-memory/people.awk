# 1 of 5 is of somebody who is there already; the notes are large and not compared
BEGIN {
    n = split("Anna,Boris,Clara,David,Emma,Frank,Greta,Hans,Ida,Jonas,Karla,Lukas,Maria,Nils,Olga,Paul", first, ",")
    m = split("Adler,Becker,Conrad,Dorn,Engel,Fuchs,Graf,Hahn,Iser,Jung,Klein,Lang,Moser,Neu,Otto,Pohl,Quast,Roth,Stein", last, ",")
    print "id,first_name,last_name,email,phone,city,notes"
}
{
    p = $1 % 5 ? $1 : $1 - 3
    f = first[p * 7 % n + 1]; l = last[p * 13 % m + 1]
    note = $1 % 9 ? sprintf("%0400d", $1) : "\"line " $1 ", one\nline two \""
    printf "%d,%s,%s%s,%s.%s%d@mail.example,+49301%06d,%s,%s\n", $1, f, l, p != $1 && p % 2 ? "s" : "", tolower(f), tolower(l), p, p * 7919 % 1000000, p % 3 ? "Ulm" : "Bonn", note
}
