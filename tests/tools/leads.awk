# Leads with an outcome that hangs on some of their columns, for tests: always the same for the same variables.
#
#   awk -v leads=600 -v seed=1 -v form=csv -f leads.awk        form: csv or jsonl
#
# The log-odds of `converted` are -1.6, of a referral 1.4 and of a cold list 1.5 less, of Software .8, of 50 to 499
# employees .7, of a budget of 5000 and more .9, of a newsletter .5. Known only afterwards are offer_sent (yes for nine of
# ten that converted) and lead_status. One lead in forty has no outcome yet.
function draw() {
    state = (state * 16807) % 2147483647 # S. K. Park and K. W. Miller, Communications of the ACM 31 (1988)
    return state / 2147483647
}
function pick(text,   words) {
    return words[1 + int(draw() * split(text, words, " "))]
}
function two(number) {
    return sprintf("%02d", number)
}
# "name": value, or value and comma
function put(name, value, plain) {
    if (form != "jsonl")
        line = line (line == "" ? "" : ",") value
    else
        line = line (line == "" ? "{" : ", ") "\"" name "\": " (plain ? (value == "" ? "null" : value) : "\"" value "\"")
}
BEGIN {
    state = 20260101 + 7919 * seed
    names = "lead_id created_at source industry employees budget newsletter country offer_sent lead_status converted"
    if (form != "jsonl") {
        header = names
        gsub(/ /, ",", header)
        print header
    }
    for (i = 1; i <= leads; i++) {
        source = pick("Website Website Website Referral Webinar Webinar Cold_list Cold_list")
        industry = pick("Software Software Retail Retail Consulting Education Education")
        if (draw() < .02)
            industry = "Zoo"
        employees = draw() < .1 ? "" : int(exp(1 + 6 * draw()))
        budget = draw() < .3 ? "" : 100 * int(1 + 99 * draw())
        newsletter = draw() < .4 ? "yes" : "no"
        odds = -1.6 + (source == "Referral" ? 1.4 : source == "Cold_list" ? -1.5 : 0) + (industry == "Software" ? .8 : 0)
        odds += (employees >= 50 && employees < 500 ? .7 : 0) + (budget >= 5000 ? .9 : 0) + (newsletter == "yes" ? .5 : 0)
        won = draw() < 1 / (1 + exp(-odds))
        offer = draw() < .9 ? won : !won && draw() < .1
        gsub(/_/, " ", source)
        line = ""
        put("lead_id", "L-" (i + 100000 * seed))
        put("created_at", "2025-" two(1 + int(12 * (i - 1) / leads)) "-" two(1 + int(28 * draw())))
        put("source", source)
        put("industry", industry)
        put("employees", employees, 1)
        put("budget", budget, 1)
        put("newsletter", newsletter)
        put("country", "DE")
        put("offer_sent", offer ? "yes" : "no")
        open = i % 40 == 0
        put("lead_status", open ? "Open" : won ? "Closed" : draw() < .5 ? "Working" : "Closed")
        put("converted", open ? "" : won ? "yes" : "no")
        print line (form == "jsonl" ? "}" : "")
    }
}
