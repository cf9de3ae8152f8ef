/* Match rules: how alike values are, what an expression says of a pair, and that the pairs for which it holds are
 * found.
 */
#include "link_people.h"

#include <unistd.h>

#include "analysis/link_rules.h"
#include "analysis/link_rules_score.h"

static const struct people_field contact[] = {
    {"first_name", LINK_FIRST_NAME, 1},
    {"last_name", LINK_LAST_NAME, 1},
    {"email", LINK_EMAIL, 1},
    {"phone", LINK_PHONE, 2},
    {"company", LINK_COMPANY, 1},
    {"job_title", LINK_TEXT, 1},
    {"street", LINK_STREET, 1},
    {"city", LINK_PLACE, 1},
    {"postal_code", LINK_POSTAL_CODE, 1},
    {"born", LINK_DATE, 1},
};

static const struct people_field letters[] = {
    {"a", LINK_PLACE, 1}, {"b", LINK_PLACE, 1}, {"c", LINK_PLACE, 1}, {"d", LINK_CATEGORY, 1}};

static void parse(struct link_match_rules *rules, const char *text, const struct people *people)
{
    struct error err;

    if (link_match_rules_parse(rules, slice_from_cstr(text), &people->records, &err))
        fail_msg("%s: %s", text, err.text);
}

/* The rule, from 0, that holds for the first two rows, whichever comes first; -1: none. */
static int decide_rows(const struct link_match_rules *rules, const struct people *people)
{
    struct link_matcher matcher;
    struct error err;
    size_t one, other;

    assert_int_equal(link_matcher_init(&matcher, rules, &people->records, &err), 0);
    one = link_matcher_rule(&matcher, 0, 1);
    other = link_matcher_rule(&matcher, 1, 0);
    assert_int_equal(one, other);
    link_matcher_fini(&matcher);
    return one == LINK_MATCHERS ? -1 : (int)one;
}

static int decide(const char *text, const char *a, const char *b)
{
    const char *const rows[] = {a, b};
    struct link_match_rules rules;
    struct people people;
    int rule;

    people_make(&people, contact, COUNT_OF(contact), rows, 2);
    parse(&rules, text, &people);
    rule = decide_rows(&rules, &people);
    people_end(&people);
    return rule;
}

static void values_are_alike_by_so_many_percent(void **state)
{
    static const struct {
        enum link_kind kind;
        const char *a, *b;
        unsigned percent;
    } pairs[] = {
        {LINK_FIRST_NAME, "Bob", "Robert", 95},
        {LINK_FIRST_NAME, "J", "John", 85},
        {LINK_FIRST_NAME, "Jon", "John", 93},      /* Jaro 11/12, two letters in front */
        {LINK_FIRST_NAME, "Martha", "Marhta", 96}, /* Winkler's own example: .961 */
        {LINK_FIRST_NAME, "Peter", "Klaus", 0},
        {LINK_LAST_NAME, "Smith", "Schmidt", 90}, /* both sound XMT */
        {LINK_LAST_NAME, "Dixon", "Dickson", 90}, /* .83, both TKSN */
        {LINK_LAST_NAME, "Jones", "Johnson", 83}, /* Jaro (5/5 + 5/7 ...): .790, two letters in front .832 */
        {LINK_EMAIL, "ann.lee@acme.com", "ann.lee@acme.con", 90},
        {LINK_EMAIL, "ann.lee@acme.com", "ann.lee@beta.org", 60},
        {LINK_EMAIL, "bob@acme.com", "ann@acme.com", 30},
        {LINK_EMAIL, "bob@acme.com", "ann@beta.org", 0},
        {LINK_PHONE, "+49 30 1234567", "030 1234567", 90},
        {LINK_PHONE, "030 1234567", "030 1234568", 70},
        {LINK_PHONE, "030 1234567", "089 7654321", 0},
        {LINK_DATE, "1970-01-31", "1970-01-30", 90},
        {LINK_DATE, "1970-02-03", "1970-03-02", 90},
        {LINK_DATE, "1970-05-17", "1985-05-17", 70},
        {LINK_DATE, "1970-01-01", "1970-05-17", 60},
        {LINK_DATE, "1970-06-23", "1970-11-17", 30},
        {LINK_DATE, "1970-06-23", "1985-11-17", 0},
        {LINK_POSTAL_CODE, "10115", "10117", 70},
        {LINK_POSTAL_CODE, "10115", "10199", 50},
        {LINK_POSTAL_CODE, "10115", "80331", 0},
        {LINK_PLACE, "Berlin", "Berlim", 93}, /* Jaro 8/9, four letters in front */
        {LINK_PLACE, "Rom", "Ulk", 0},
        {LINK_STREET, "Hauptstr. 5", "Hauptstr. 7", 60},
        {LINK_STREET, "Hauptstr. 5", "Hauptstr.", 90},
        {LINK_STREET, "Hauptstr. 5", "Lindenallee 8", 0},
        {LINK_COMPANY, "Acme Berlin", "Berlin Acme Ltd", 90},
        {LINK_COMPANY, "Acme", "Zeta", 0},
        {LINK_TEXT, "sales manager", "manager, sales", 90},
        {LINK_FULL_NAME, "Lee Ann", "Ann Lee", 90},
        {LINK_DOMAIN, "acme.com", "acne.com", 90},
        {LINK_IDENTIFIER, "AB12345", "AB12346", 90},
        {LINK_NUMBER, "100", "100.5", 90},
        {LINK_NUMBER, "100", "105", 50},
        {LINK_NUMBER, "100", "150", 0},
        {LINK_COUNTRY, "DE", "FR", 0},
        {LINK_CATEGORY, "m", "mm", 0},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        struct people_values set;
        values_begin(&set, pairs[i].kind);
        const uint32_t a = values_add(&set, pairs[i].a), b = values_add(&set, pairs[i].b);
        const struct link_field field = {.kind = pairs[i].kind, .values = &set.values};

        values_weigh(&set, 2);
        assert_true(a && b && a != b);
        if (link_match_percent(&field, a, b) != pairs[i].percent ||
            link_match_percent(&field, b, a) != pairs[i].percent)
            fail_msg("%s, %s: %u, %u instead of %u", pairs[i].a, pairs[i].b, link_match_percent(&field, a, b),
                     link_match_percent(&field, b, a), pairs[i].percent);
        assert_int_equal(link_match_percent(&field, a, a), 100);
        values_end(&set);
    }
}

/* A level that is added or renamed must find its percentage. */
static void every_level_has_a_percentage(void **state)
{
    (void)state;
    for (unsigned k = 0; k < LINK_KINDS; k++) {
        const enum link_kind kind = (enum link_kind)k;
        const struct people_field field = {link_kind_name(kind), kind, 1};
        const unsigned exact = (unsigned)link_kind_levels(kind) - 1;
        const bool letters_alone = kind == LINK_FIRST_NAME || kind == LINK_LAST_NAME || kind == LINK_PLACE;
        const struct link_match_rules rules = {.node_count = 1};
        struct link_matcher matcher;
        struct people people;

        people_make(&people, &field, 1, NULL, 0);
        assert_int_equal(link_matcher_init(&matcher, &rules, &people.records, &people.err), 0);
        assert_int_equal(matcher.percents[0][LINK_MISSING], 0);
        assert_int_equal(matcher.percents[0][LINK_ELSE], 0);
        assert_int_equal(matcher.percents[0][exact], 100);
        for (unsigned level = 2; level < exact; level++) {
            const char *name = link_level_name(kind, level);
            const bool by_letters =
                letters_alone && (!strcmp(name, "similar") || !strcmp(name, "near") || !strcmp(name, "swapped"));
            if (matcher.percents[0][level] >= 100 || (matcher.percents[0][level] == 0) != by_letters)
                fail_msg("%s %s: %u", link_kind_name(kind), name, matcher.percents[0][level]);
        }
        assert_in_range(link_usual_threshold(kind), 50, 100);
        link_matcher_fini(&matcher);
        people_end(&people);
    }
}

static void terms_say_what_they_say(void **state)
{
    (void)state;
    assert_int_equal(decide("first_name", "Bob", "bob"), 0);
    assert_int_equal(decide("first_name", "Bob", "Robert"), -1);
    assert_int_equal(decide("first_name~", "Bob", "Robert"), 0);
    assert_int_equal(decide("first_name~95", "Bob", "Robert"), 0);
    assert_int_equal(decide("first_name~95%", "Bob", "Robert"), 0);
}

static void missing_values_are_like_nothing_unless_asked(void **state)
{
    (void)state;
    assert_int_equal(decide("first_name", "", ""), -1);
    assert_int_equal(decide("first_name?", "", ""), 0);
    assert_int_equal(decide("first_name?", "Bob", ""), 0);
    assert_int_equal(decide("first_name?", "Bob", "Ann"), -1);
    assert_int_equal(decide("first_name~1", "Bob", ""), -1);
    assert_int_equal(decide("first_name~85? & email", "J||j@x.de", "||J@X.de"), 0);
    assert_int_equal(decide("first_name~85? & email", "J||j@x.de", "Kim||J@X.de"), -1);
}

static void the_best_of_several_columns_counts(void **state)
{
    (void)state;
    assert_int_equal(decide("phone", "|||030 1234567|089 555", "|||089 555|"), 0);
    assert_int_equal(decide("phone", "|||030 1234567|", "||||030-1234567"), 0);
    assert_int_equal(decide("phone~80", "|||030 1234567|089 555", "||||+49 30 1234567"), 0);
    assert_int_equal(decide("phone~80", "|||030 1234567|089 555", "|||030 1234599|"), -1);
    assert_int_equal(decide("phone", "||||", "||||"), -1);
}

static void exchanged_names_are_tried(void **state)
{
    (void)state;
    assert_int_equal(decide("first_name & last_name", "Ann|Lee", "Lee|Ann"), 0);
    assert_int_equal(decide("first_name~ & last_name~", "Martha|Lee", "Lee|Marhta"), 0);
    assert_int_equal(decide("first_name & last_name", "Martha|Lee", "Lee|Marhta"), -1);
    assert_int_equal(decide("first_name~ & last_name~ & email", "Ann|Lee|a@x.de", "Lee|Ann|a@x.de"), 0);
    assert_int_equal(decide("first_name~ & last_name~ & email", "Ann|Lee|a@x.de", "Lee|Ann|b@x.de"), -1);
    assert_int_equal(decide("first_name~ & last_name~", "Ann|Lee", "Lee|Lee"), -1);
    assert_int_equal(decide("first_name~ & last_name~", "Ann|Lee", "Lee|"), -1);
    /* an initial is no last name */
    assert_int_equal(decide("first_name~ & last_name~", "A|Lee", "Lee|Ann"), -1);
    assert_int_equal(decide("first_name~10 & last_name~10", "Ann|Lee", "Lee|Ute"), -1);
    /* nothing to exchange */
    assert_int_equal(decide("last_name & email", "Ann|Lee|a@x.de", "Lee|Ann|a@x.de"), -1);
    /* the second rule, as it is; the first, exchanged, is asked before */
    assert_int_equal(decide("first_name & last_name; email", "Ann|Lee|a@x.de", "Lee|Ann|a@x.de"), 0);
    assert_int_equal(decide("first_name & last_name; email", "Ann|Lee|a@x.de", "Lee|Ute|a@x.de"), 1);
}

static void rules_are_read_in_their_order(void **state)
{
    (void)state;
    assert_int_equal(decide("email; phone", "||a@x.de|030 111", "||a@x.de|030 111"), 0);
    assert_int_equal(decide("email; phone", "||a@x.de|030 111", "||b@x.de|030 111"), 1);
    assert_int_equal(decide("# by address\nemail # and by\n\n;;phone;\n", "||a@x.de|030 111", "||b@x.de|030 111"), 1);
    assert_int_equal(decide("one: email\ntwo: phone", "||a@x.de|030 111", "||b@x.de|030 111"), 1);
    assert_int_equal(
        decide("email |\n  phone &\n (first_name\n | last_name\n)", "A||a@x.de|030 111", "A||b@x.de|030 111"), 0);
    assert_int_equal(decide("email | phone & first_name", "A||a@x.de|030 111", "B||a@x.de|030 112"), 0);
    assert_int_equal(decide("(email | phone) & first_name", "A||a@x.de|030 111", "B||a@x.de|030 112"), -1);
    assert_int_equal(decide("#2", "x|Lee", "y|Lee"), 0);
    assert_int_equal(decide("\"last_name\"", "x|Lee", "y|Lee"), 0);
    /* other names of fields */
    assert_int_equal(decide("title~", "||||||sales manager", "||||||manager, sales"), 0);
    assert_int_equal(decide("zip", "|||||||||10115", "|||||||||D-10115"), 0);
    assert_int_equal(decide("postcode", "|||||||||10115", "|||||||||D-10115"), 0);
    assert_int_equal(decide("account", "|||||Acme", "|||||ACME Ltd"), 0);
    assert_int_equal(decide("date", "||||||||||1970-01-02", "||||||||||1970-01-02"), 0);
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    static const struct {
        const char *text, *message;
    } wrong[] = {
        {"", "there is no rule; a rule is, for one, 'first_name~ & last_name~ & email'"},
        {" ;\n# email\n", "there is no rule; a rule is, for one, 'first_name~ & last_name~ & email'"},
        {"a &", "at character 4: a field is missing"},
        {"a & | b", "at character 5: a field is missing"},
        {"| b", "at character 1: a field is missing"},
        {"()", "at character 2: a field is missing"},
        {"a & (b | c", "at character 5: the parenthesis is not closed"},
        {"a)", "at character 2: behind a term comes & or |, behind a rule ; or the end of the line"},
        {"a b", "at character 3: behind a term comes & or |, behind a rule ; or the end of the line"},
        {"a\n& b", "at character 3: a field is missing"},
        {"a~0", "at character 2: behind '~' comes a percentage, 1 to 100, or nothing for the usual one"},
        {"a~101", "at character 2: behind '~' comes a percentage, 1 to 100, or nothing for the usual one"},
        {"a~99999999999999999999", "at character 2: behind '~' comes a percentage, 1 to 100, or nothing for the usual "
                                   "one"},
        {"a ~ 85", "at character 5: behind a term comes & or |, behind a rule ; or the end of the line"},
        {"a & \"b", "at character 5: the quote is not closed"},
        {"\"a", "at character 1: the quote is not closed"},
        {"\"a\"\"\"", "at character 1: no field 'a\"\"'; there are: a, b, c, d"},
        {"a & ж & emial", "at character 5: no field 'ж'; there are: a, b, c, d"},
        {"a & #5", "at character 5: no field '#5'; there are: a, b, c, d"},
        {"email", "at character 1: no field 'email'; there are: a, b, c, d"},
        {"salesforce-contacts", "no field or set of rules 'salesforce-contacts'; sets are: salesforce-contact, "
                                "salesforce-lead, salesforce-account; did you mean 'salesforce-contact'?"},
        {"salesforce-contact", "the records have no fields for the rules 'salesforce-contact': it needs first and last "
                               "names, and e-mail, phone, street or company"},
        {"salesforce-account", "the records have no fields for the rules 'salesforce-account': it needs a company or "
                               "website with phone, street, city or postal code"},
    };
    struct people people;
    (void)state;

    people_make(&people, letters, COUNT_OF(letters), NULL, 0);
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct link_match_rules rules;
        struct error err = {0};

        if (link_match_rules_parse(&rules, slice_from_cstr(wrong[i].text), &people.records, &err) != -1)
            fail_msg("%s is taken", wrong[i].text);
        assert_int_equal(err.status, STATUS_USAGE);
        if (strcmp(err.text, wrong[i].message) != 0)
            fail_msg("%s: <<%s>> instead of <<%s>>", wrong[i].text, err.text, wrong[i].message);
    }
    people_end(&people);
}

static void what_is_too_much_is_refused(void **state)
{
    struct link_rule blocks[LINK_RULES];
    struct link_match_rules rules;
    struct people people;
    struct buffer text;
    struct error err;
    size_t count;
    (void)state;

    buffer_init(&text);
    people_make(&people, letters, COUNT_OF(letters), NULL, 0);
    for (int i = 0; i < LINK_MATCHERS; i++)
        buffer_printf(&text, "a;");
    assert_int_equal(link_match_rules_parse(&rules, buffer_slice(&text), &people.records, &err), 0);
    assert_int_equal(rules.count, LINK_MATCHERS);
    buffer_printf(&text, "a");
    assert_int_equal(link_match_rules_parse(&rules, buffer_slice(&text), &people.records, &err), -1);
    assert_string_equal(err.text, "at character 65: more than 32 rules");

    buffer_clear(&text);
    for (int i = 0; i < LINK_RULE_DEPTH; i++)
        buffer_printf(&text, "(");
    buffer_printf(&text, "a");
    for (int i = 0; i < LINK_RULE_DEPTH; i++)
        buffer_printf(&text, ")");
    assert_int_equal(link_match_rules_parse(&rules, buffer_slice(&text), &people.records, &err), 0);
    buffer_clear(&text);
    for (int i = 0; i < 100000; i++)
        buffer_printf(&text, "(");
    assert_int_equal(link_match_rules_parse(&rules, buffer_slice(&text), &people.records, &err), -1);
    assert_string_equal(err.text, "at character 33: too many parentheses in parentheses");

    buffer_clear(&text);
    for (int i = 0; i < LINK_RULE_NODES; i++)
        buffer_printf(&text, "%sa", i ? "&" : "");
    assert_int_equal(link_match_rules_parse(&rules, buffer_slice(&text), &people.records, &err), -1);
    assert_non_null(strstr(err.text, "the rules are too long"));

    /* three to the sixth ways */
    parse(&rules, "(a|b|c)&(a|b|c)&(a|b|c)&(a|b|c)&(a|b|c)&(a|b|c)", &people);
    assert_int_equal(link_match_rules_block(&rules, &people.records, blocks, &count, &err), -1);
    assert_string_equal(err.text, "rule '(a|b|c)&(a|b|c)&(a|b|c)&(a|b|c)&(a|b|c)&...' has too many alternatives");
    parse(&rules, "a; b? | c", &people);
    assert_int_equal(link_match_rules_block(&rules, &people.records, blocks, &count, &err), -1);
    assert_string_equal(err.text, "rule 'b? | c' can hold without any value that is alike: it needs a field that must "
                                  "be there, without '?'");
    assert_int_equal(err.status, STATUS_USAGE);

    for (uint64_t seed = 0; seed < 20000; seed++) {
        uint64_t random = seed;
        char bytes[14];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = "abcd~&|()?;:\"# \n1\0\xff"[people_draw(&random, 19)];
        if (link_match_rules_parse(&rules, (struct slice){bytes, sizeof bytes}, &people.records, &err))
            assert_int_equal(err.status, STATUS_USAGE);
    }
    people_end(&people);
    buffer_fini(&text);
}

/* An expression at random, and what it says of a pair of which it is known where it agrees. */
enum relation { MISSING, DIFFERENT, EQUAL };

static bool write_term(struct buffer *out, uint64_t *random, const enum relation *relations)
{
    const size_t field = people_draw(random, 4);
    const bool or_missing = people_draw(random, 4) == 0;

    buffer_printf(out, "%c%s", (char)('a' + field), or_missing ? "?" : "");
    return relations[field] == EQUAL || (or_missing && relations[field] == MISSING);
}

static bool write_expression(struct buffer *out, uint64_t *random, unsigned depth, const enum relation *relations)
{
    const size_t alternatives = 1 + people_draw(random, 3);
    bool any = false;

    for (size_t i = 0; i < alternatives; i++) {
        const size_t terms = 1 + people_draw(random, 3);
        bool all = true;

        buffer_printf(out, i ? " | " : "");
        for (size_t k = 0; k < terms; k++) {
            bool holds;
            buffer_printf(out, k ? "&" : "");
            if (depth && people_draw(random, 2)) {
                buffer_printf(out, "( ");
                holds = write_expression(out, random, depth - 1, relations);
                buffer_printf(out, ")");
            } else {
                holds = write_term(out, random, relations);
            }
            all = all && holds;
        }
        any = any || all;
    }
    return any;
}

static void expressions_are_what_logic_says(void **state)
{
    uint64_t random = 3;
    (void)state;

    for (unsigned round = 0; round < 3000; round++) {
        char rows[2][64] = {"", ""};
        const char *const both[] = {rows[0], rows[1]};
        enum relation relations[4];
        struct link_match_rules rules;
        struct people people;
        struct buffer text;
        struct error err;

        for (size_t f = 0; f < 4; f++) {
            relations[f] = (enum relation)people_draw(&random, 3);
            sprintf(rows[0] + strlen(rows[0]), "%sv", f ? "|" : "");
            sprintf(rows[1] + strlen(rows[1]), "%s%s", f ? "|" : "",
                    relations[f] == EQUAL       ? "v"
                    : relations[f] == DIFFERENT ? "other"
                                                : "");
        }
        buffer_init(&text);
        const bool holds = write_expression(&text, &random, 3, relations);
        people_make(&people, letters, COUNT_OF(letters), both, 2);
        if (link_match_rules_parse(&rules, buffer_slice(&text), &people.records, &err))
            assert_non_null(strstr(err.text, "the rules are too long"));
        else if ((decide_rows(&rules, &people) == 0) != holds)
            fail_msg("%.*s of %s and %s is not %d", SLICE_ARG(buffer_slice(&text)), rows[0], rows[1], holds);
        people_end(&people);
        buffer_fini(&text);
    }
}

/* All pairs by the matcher, joined the slow way. */
static void join_slowly(const struct link_match_rules *rules, const struct link_records *records, uint32_t *cluster,
                        uint32_t *matched, uint64_t *pairs)
{
    struct link_matcher matcher;
    uint32_t label[128], count = 0;
    struct error err;

    assert_int_equal(link_matcher_init(&matcher, rules, records, &err), 0);
    for (uint32_t i = 0; i < records->count; i++) {
        label[i] = i;
        matched[i] = 0;
        cluster[i] = UINT32_MAX;
    }
    for (uint32_t a = 0; a < records->count; a++)
        for (uint32_t b = a + 1; b < records->count; b++) {
            const size_t rule = link_may_pair(records, a, b) ? link_matcher_rule(&matcher, a, b) : LINK_MATCHERS;
            const uint32_t old = label[b];

            if (rule == LINK_MATCHERS)
                continue;
            pairs[rule]++;
            matched[a] |= 1u << rule;
            matched[b] |= 1u << rule;
            for (size_t i = 0; i < records->count; i++)
                label[i] = label[i] == old ? label[a] : label[i];
        }
    for (size_t i = 0; i < records->count; i++) {
        if (cluster[i] != UINT32_MAX)
            continue;
        for (size_t k = i; k < records->count; k++)
            cluster[k] = label[k] == label[i] ? count : cluster[k];
        count++;
    }
    link_matcher_fini(&matcher);
}

static void every_pair_of_equal_values_is_found(void **state)
{
    static const char *const texts[] = {
        "a", "a & b", "a; b & c", "(a | b) & (c | d)", "a & b?; c", "d & c & b & a", "a & d? | b & (c | d & a)"};
    static const size_t threads[] = {1, 2, 4};
    uint64_t random = 11;
    (void)state;

    for (unsigned round = 0; round < 300; round++) {
        const size_t rows = people_draw(&random, 90), range = 3 + people_draw(&random, 20);
        uint32_t cluster[128], matched[128];
        uint64_t pairs[LINK_MATCHERS] = {0};
        struct link_match_rules rules;
        struct people people;

        people_begin(&people, letters, COUNT_OF(letters));
        for (size_t i = 0; i < rows; i++) {
            char row[64] = "";
            for (int f = 0; f < 4; f++) {
                const size_t value = people_draw(&random, range);
                sprintf(row + strlen(row), value ? "%sv%zu" : "%s%.0zu", f ? "|" : "", value);
            }
            people_add(&people, row);
        }
        assert_int_equal(people_fill(&people, (enum link_mode)(round % 3), rows / 3, 1), 0);
        parse(&rules, texts[round % COUNT_OF(texts)], &people);
        join_slowly(&rules, &people.records, cluster, matched, pairs);
        for (size_t t = 0; t < COUNT_OF(threads); t++) {
            struct link_match_found found;
            struct link_joined joined;
            if (link_match_rules_join(&rules, &people.records, 1000, threads[t], &joined, &found, &people.err))
                fail_msg("%s", people.err.text);
            for (size_t i = 0; i < rows; i++) {
                assert_int_equal(joined.cluster[i], cluster[i]);
                assert_int_equal(joined.matched[i], matched[i]);
            }
            assert_memory_equal(found.pairs, pairs, sizeof pairs);
            assert_true(found.lost_pairs == 0);
            link_joined_fini(&joined);
        }
        people_end(&people);
    }
}

/* The pairs that people make of themselves, each of which a rule must find among all others. */
static void pairs_of_people_are_found(void **state)
{
    static const char *const rows[] = {
        "Robert|Smith|bob@acme.com",    "Bob|Smyth|bob@acme.com",
        "Ann|Lee|ann@acme.com",         "Lee|Ann||||",
        "Jürgen|Müller||030 1234567",   "Juergen|Muller||+49 30 1234567",
        "Maria|Garcia|||0171 555 1234", "M|Garcia||0171 5551234",
        "Karl|Johnson|||||||Berlin",    "Carl|Johnsen|||||||Berlin",
        "Petra|Schulz|x@y.de|089 111",  "Otto|Weber|o@w.de|089 222",
        "Olga|Ivanova|||||||Perm",      "Ольга|Иванова|||||||Perm",
    };
    struct link_match_found found;
    struct link_match_rules rules;
    struct link_joined joined;
    struct people people;
    (void)state;

    people_make(&people, contact, COUNT_OF(contact), rows, COUNT_OF(rows));
    parse(&rules,
          "by mail: first_name~ & last_name~ & email; first_name & last_name\nfirst_name~ & last_name~80 & "
          "phone~; \"same city\": first_name~ & last_name~ & city~",
          &people);
    assert_int_equal(link_match_rules_join(&rules, &people.records, 1000, 2, &joined, &found, &people.err), 0);
    for (size_t i = 0; i + 1 < COUNT_OF(rows); i += 2) {
        const bool together = joined.cluster[i] == joined.cluster[i + 1];
        if (together != (i != 10))
            fail_msg("%s, %s", rows[i], rows[i + 1]);
    }
    assert_int_equal(joined.count, 8);
    assert_int_equal(joined.matched[0], 1);
    assert_int_equal(joined.matched[3], 2);
    assert_int_equal(joined.matched[6], 4);
    assert_int_equal(joined.matched[9], 8);
    assert_int_equal(joined.matched[11], 0);

    struct buffer out;
    buffer_init(&out);
    assert_int_equal(link_match_rules_print(&rules, 15, &out), 0);
    assert_int_equal(buffer_append_char(&out, 0), 0);
    assert_string_equal(out.data, "by mail;first_name & last_name;first_name~ & last_name~80 & phone~;same city");
    buffer_fini(&out);
    link_joined_fini(&joined);
    people_end(&people);
}

static void pairs_of_blocks_that_are_too_large_are_counted(void **state)
{
    struct link_match_found found;
    struct link_match_rules rules;
    struct link_joined joined;
    struct people people;
    (void)state;

    people_begin(&people, letters, COUNT_OF(letters));
    for (int i = 0; i < 50; i++)
        people_add(&people, "info|x|y|z");
    assert_int_equal(people_fill(&people, LINK_WITHIN, 0, 1), 0);
    parse(&rules, "a", &people);
    assert_int_equal(link_match_rules_join(&rules, &people.records, 10, 1, &joined, &found, &people.err), 0);
    assert_int_equal(found.looked_at, 5 * 45);
    assert_true(found.lost_pairs == 50 * 49 / 2.0 - 5 * 45);
    link_joined_fini(&joined);
    assert_int_equal(link_match_rules_join(&rules, &people.records, 50, 1, &joined, &found, &people.err), 0);
    assert_int_equal(joined.count, 1);
    assert_int_equal(found.pairs[0], 50 * 49 / 2);
    link_joined_fini(&joined);
    people_end(&people);
}

/* The equation of the standard rule, case by case. */
static void the_standard_rule_of_contacts_is_known(void **state)
{
    static const struct {
        const char *a, *b;
        int rule;
    } pairs[] = {
        /* first, last, email, phone, phone, company, title, street, city, postal code */
        {"Bob|Smith||||Acme|sales manager", "Robert|Smyth||||ACME Inc.|manager, sales", 0},
        {"Bob|Smith||||Acme|sales manager", "Robert|Smyth||||Zeta|manager, sales", -1},
        {"Bob|Smith||||Acme|sales manager", "Robert|Smyth||||ACME Inc.|janitor", -1},
        {"Bob|Smith||||Acme|", "Robert|Smyth||||ACME Inc.|", -1},
        {"Bob|Smith|b@x.de", "Robert|Smyth|B@x.de", 1},
        {"Bob|Smith|b@x.de", "|Smith|B@x.de", 1}, /* a missing name does not matter here */
        {"Bob|Smith|b@x.de", "||B@x.de", 1},
        {"Bob|Smith|b@x.de", "Ute|Smith|B@x.de", -1},
        {"Bob|Smith|b@x.de", "Bob|Smith|c@x.de", -1},
        {"Bob|Smith||030 1234567||Acme", "Bob|Smith||+49 30 1234567||Acme Ltd", 2},
        {"Bob|Smith|||||| Hauptstr. 5|Berlin", "Bob|Smith||||||Hauptstraße 5|Berlin", 3},
        {"Bob|Smith|||||| Hauptstr. 5||10115", "Bob|Smith||||||Hauptstraße 5||10115", 3},
        {"Bob|Smith|||||| Hauptstr. 5||10115", "Bob|Smith||||||Hauptstraße 5||10116", -1},
        {"Bob|Smith|||||| Hauptstr. 5|Berlin", "Bob|Smith||||||Hauptstraße 7|Berlin", -1},
        {"Bob|Smith|||||| Hauptstr. 5|Berlin", "Bob|Smith||||||Hauptstraße 5|Hamburg", -1},
        {"Bob|Smith|||||sales manager|Hauptstr. 5", "Bob|Smith|||||manager, sales|Hauptstraße 5", 4},
        {"Bob|Smith||030 1234567", "Bob|Smith|||+49 30 1234567", 6},
        {"Smith|Bob||030 1234567", "Bob|Smith|||+49 30 1234567", 6}, /* exchanged */
        {"|Smith||030 1234567", "Bob|Smith|||+49 30 1234567", -1},
        {"Bob|Smith", "Bob|Smith", -1},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const int rule = decide("salesforce-contact", pairs[i].a, pairs[i].b);
        if (rule != pairs[i].rule)
            fail_msg("%s, %s: %d instead of %d", pairs[i].a, pairs[i].b, rule, pairs[i].rule);
        assert_int_equal(decide(" salesforce-lead\n", pairs[i].a, pairs[i].b), rule);
    }
    assert_null(link_match_preset(SLICE("salesforce")));
    assert_null(link_match_preset(SLICE("")));
}

static void the_standard_rule_of_accounts_is_known(void **state)
{
    static const struct people_field account[] = {
        {"name", LINK_ORGANISATION, 1},       {"website", LINK_DOMAIN, 1}, {"phone", LINK_PHONE, 1},
        {"street", LINK_STREET, 1},           {"city", LINK_PLACE, 1},     {"region", LINK_PLACE, 1},
        {"postal_code", LINK_POSTAL_CODE, 1},
    };
    static const struct {
        const char *a, *b;
        int rule;
    } pairs[] = {
        {"Acme|||Hauptstr. 5", "ACME Ltd|||Hauptstraße 5", 0},
        {"Acme||||Perm|PK", "ACME Ltd||||Perm|PK", 1},
        {"Acme||||Perm|PK", "ACME Ltd||||Perm|", -1},
        {"Acme||||||10115", "ACME Ltd||||||10115", 2},
        {"Acme||030 1234567", "ACME Ltd||+49 30 1234567", 3},
        {"Acme|acme.com|030 1234567", "Zeta|www.acme.com|030 1234567", 4},
        {"Acme|acme.com||Hauptstr. 5", "Zeta|www.acme.com||Hauptstr. 5", 5},
        {"Acme|acme.com", "Acme|acme.com", -1},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(pairs); i++) {
        const char *const rows[] = {pairs[i].a, pairs[i].b};
        struct link_match_rules rules;
        struct people people;

        people_make(&people, account, COUNT_OF(account), rows, 2);
        parse(&rules, "salesforce-account", &people);
        assert_int_equal(rules.count, 6);
        if (decide_rows(&rules, &people) != pairs[i].rule)
            fail_msg("%s, %s: %d instead of %d", pairs[i].a, pairs[i].b, decide_rows(&rules, &people), pairs[i].rule);
        people_end(&people);
    }
}

static void rules_of_a_preset_without_their_fields_are_left_out(void **state)
{
    static const struct people_field fields[] = {{"last_name", LINK_LAST_NAME, 1}, {"email", LINK_EMAIL, 1}};
    static const char *const rows[] = {"Lee|a@x.de", "Lee|a@x.de"};
    struct link_match_rules rules;
    struct people people;
    (void)state;

    people_make(&people, fields, 2, rows, 2);
    parse(&rules, "salesforce-contact", &people);
    assert_int_equal(rules.count, 1);
    assert_int_equal(rules.left_out, 6);
    assert_true(slice_equal_cstr(rules.rules[0].name, "name+email"));
    assert_int_equal(decide_rows(&rules, &people), 0);
    people_end(&people);

    people_make(&people, contact, 4, NULL, 0); /* up to the telephone: of alternatives one is left */
    parse(&rules, "salesforce-contact", &people);
    assert_int_equal(rules.count, 2);
    people_end(&people);
    people_make(&people, contact, 7, NULL, 0); /* and the street: (city | zip | phone) is phone */
    parse(&rules, "salesforce-contact", &people);
    assert_int_equal(rules.count, 7);
    people_end(&people);
}

/* The number of a person: of "rec-223-dup-0" 223. */
static int person_of(struct slice id)
{
    return id.len > 4 ? atoi(id.ptr + (*id.ptr == ' ') + 4) : -1;
}

/* Febrl's data set 1: 500 people, each twice, the second time with mistakes. */
static void real_people_are_found(void **state)
{
    static char path[] = "../shared/data/entity_resolution/febrl/dataset1.csv", *files[] = {path};
    const struct stream_options options = {.progress = PROGRESS_NEVER};
    struct field fields[11], others[11];
    struct link_match_found found;
    struct link_match_rules rules;
    struct link_records records;
    struct link_joined joined;
    struct slice names[11];
    struct link_matcher matcher;
    size_t right = 0, wrong = 0, holding = 0;
    struct stream *stream;
    struct link_plan plan;
    struct record record;
    struct kept kept;
    struct error err;
    (void)state;

    if (access(path, R_OK)) {
        print_message("skipped: ../shared/data is absent\n");
        skip();
    }
    assert_int_equal(stream_open(&stream, files, 1, &options, &err), 0);
    assert_int_equal(stream_start(stream, &err), 0);
    assert_int_equal(stream_all(stream, &err), 0);
    assert_int_equal(stream->column_count, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        names[i] = stream->columns[i].name;
    kept_init(&kept, COUNT_OF(names));
    while (stream_next(stream, &record, &err) == 1)
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    assert_int_equal(kept.count, 1000);
    link_records_init(&records, LINK_WITHIN);
    assert_int_equal(link_plan_recognise(&plan, LINK_CONTACT, names, &kept, 0, NULL, &err), 0);
    assert_int_equal(link_records_fill(&records, &plan, &kept, 1, &err), 0);
    if (link_match_rules_parse(&rules,
                               SLICE("given_name~ & surname~ & (date_of_birth~ | soc_sec_id~ | address_1~ & "
                                     "postcode~); date_of_birth~ & soc_sec_id~"),
                               &records, &err))
        fail_msg("%s", err.text);
    assert_int_equal(link_match_rules_join(&rules, &records, 1000, 2, &joined, &found, &err), 0);
    for (size_t a = 0; a < kept.count; a++)
        for (size_t b = a + 1; b < kept.count; b++)
            if (joined.cluster[a] == joined.cluster[b]) {
                kept_fields(&kept, a, fields);
                kept_fields(&kept, b, others);
                if (person_of(fields[0].text) == person_of(others[0].text))
                    right++;
                else
                    wrong++;
            }
    if (wrong > 0 || right < 475)
        fail_msg("%zu of 500 pairs right, %zu wrong", right, wrong);
    /* of all pairs for which a rule holds, blocks may hide one in a hundred */
    assert_int_equal(link_matcher_init(&matcher, &rules, &records, &err), 0);
    for (uint32_t a = 0; a < kept.count; a++)
        for (uint32_t b = a + 1; b < kept.count; b++)
            holding += link_matcher_rule(&matcher, a, b) != LINK_MATCHERS;
    link_matcher_fini(&matcher);
    if ((found.pairs[0] + found.pairs[1]) * 100 < holding * 99)
        fail_msg("%zu pairs found of %zu", (size_t)(found.pairs[0] + found.pairs[1]), holding);
    link_joined_fini(&joined);
    link_records_fini(&records);
    link_plan_fini(&plan);
    kept_fini(&kept);
    stream_free(stream);
}

#if PEOPLE_FAULTS
static int attempt(void *context, struct error *err)
{
    struct people *people = context;
    struct link_match_rules rules;
    struct link_match_found found;
    struct link_joined joined;
    int wrong;

    if (link_match_rules_parse(&rules, SLICE("salesforce-contact"), &people->records, err) ||
        link_match_rules_join(&rules, &people->records, 100, 1, &joined, &found, err))
        return -1;
    wrong = joined.count != 3 || joined.cluster[1] != 0;
    link_joined_fini(&joined);
    return wrong;
}

static void memory_that_fails_is_an_error_without_a_leak(void **state)
{
    static const char *const rows[] = {"Bob|Smith|b@x.de", "Robert|Smyth|b@x.de", "Ann|Lee|b@x.de", "Kim|Park|k@x.de"};
    struct people people;
    (void)state;

    people_begin(&people, contact, COUNT_OF(contact));
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        people_add(&people, rows[i]);
    assert_int_equal(people_fill(&people, LINK_AGAINST, 1, 1), 0);
    assert_true(faults_each(attempt, &people) > 20);
    people_end(&people);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_alike_by_so_many_percent),
        cmocka_unit_test(every_level_has_a_percentage),
        cmocka_unit_test(terms_say_what_they_say),
        cmocka_unit_test(missing_values_are_like_nothing_unless_asked),
        cmocka_unit_test(the_best_of_several_columns_counts),
        cmocka_unit_test(exchanged_names_are_tried),
        cmocka_unit_test(rules_are_read_in_their_order),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        cmocka_unit_test(what_is_too_much_is_refused),
        cmocka_unit_test(expressions_are_what_logic_says),
        cmocka_unit_test(every_pair_of_equal_values_is_found),
        cmocka_unit_test(pairs_of_people_are_found),
        cmocka_unit_test(pairs_of_blocks_that_are_too_large_are_counted),
        cmocka_unit_test(the_standard_rule_of_contacts_is_known),
        cmocka_unit_test(the_standard_rule_of_accounts_is_known),
        cmocka_unit_test(rules_of_a_preset_without_their_fields_are_left_out),
        cmocka_unit_test(real_people_are_found),
#if PEOPLE_FAULTS
        cmocka_unit_test(memory_that_fails_is_an_error_without_a_leak),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
