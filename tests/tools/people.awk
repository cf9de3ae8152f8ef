# A list of `people` persons, every fourth of them there twice with slips: the same list from every awk.
function draw(n) { seed = seed * 16807 % 2147483647; return seed % n }
function word(least,    text, length_) {
    length_ = least + draw(3)
    for (text = ""; length_-- > 0;)
        text = text substr("bdfgklmnprstvz", draw(14) + 1, 1) substr("aeiou", draw(5) + 1, 1)
    return toupper(substr(text, 1, 1)) substr(text, 2)
}
function slip(text,    at) {
    at = 2 + draw(length(text) - 1)
    return substr(text, 1, at - 1) substr("aeioulnr", draw(8) + 1, 1) substr(text, at + 1)
}
BEGIN {
    seed = 42
    print "id,first_name,last_name,email,phone,city,person"
    for (i = 0; i < 60; i++)
        first[i] = word(2)
    for (i = 1; i <= people; i++) {
        name = first[draw(60)]
        family = word(2)
        city = word(2)
        mail = tolower(name "." family "@" word(2)) ".example"
        phone = sprintf("+49 30 %07d", draw(10000000))
        print i "," name "," family "," mail "," phone "," city "," i
        if (i % 4)
            continue
        if (i % 8)
            name = slip(name)
        if (i % 3 == 0)
            family = slip(family)
        if (i % 5 == 0)
            mail = ""
        if (i % 12 == 0)
            phone = sprintf("+49 30 %07d", draw(10000000))
        print people + i "," name "," family "," mail "," phone "," city "," i
    }
}
