/* Writes a CSV file as a system's export looks, the same for the same arguments on every machine.
 *
 *     generate orders[-json|-named|-quoted]|contacts[-clean]|people[:YEARS]|leads[-json]|lead-events|events ROWS [SEED]
 *
 * orders, orders-json, orders-named, orders-quoted: the same orders of a shop in four ways; see generate_orders.c.
 *
 * contacts: people of fourteen countries under the column names that a CRM gives, about 180 bytes a row. Telephone
 * numbers are written as people write them, national or international; countries in several words; birthdays with the
 * day first; sums with a comma for the thousands, and therefore quoted; some notes have quotes, commas and line breaks.
 *
 * contacts-clean: of the same contacts what a good import makes of the columns whose values it changes. It comes from
 * the parts that a value is put together from, not from reading the value, and so is a check of whoever reads it.
 *
 * people: contacts one in five of which is of a person who is there already, and a column that tells whose it is; see
 * generate_entry.c. YEARS, which may have a fraction, lie between one record of a person and the next: people:0.5 are
 * half a year, and decide how much has changed. Without them it is a guess, see generate_change.c.
 *
 * leads, leads-json, lead-events: who asked for something, as CSV or JSON Lines, and what they did; see
 * generate_leads.c.
 *
 * events: what visitors of a shop do, in the order of time; see generate_events.c. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate.h"

void fill_days(struct day days[CALENDAR_DAYS])
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    size_t count = 0;

    for (int year = 2023; year <= 2025; year++)
        for (int month = 0; month < 12; month++)
            for (int day = 1; day <= lengths[month] + (month == 1 && year == 2024); day++)
                days[count++] = (struct day){year, month + 1, day};
}

/* A few beginnings of national numbers from each numbering plan: behind them any digits may follow, so many, the first
 * of them 2 to 5. */
struct country {
    const char *code; /* ISO 3166-1 */
    const char *names[3];
    const char *calling, *trunk;
    const char *areas[4];
    unsigned area_rest;
    const char *mobiles[4];
    unsigned mobile_rest;
    bool mobile_trunk; /* the trunk prefix stands before mobile numbers, too */
    bool zeros;        /* 00 is dialled for abroad, and written for + */
};

/* clang-format off */
static const struct country countries[] = {
    {"US", {"United States", "USA", "US"}, "1", "",
     {"212", "312", "415", "617"}, 7, {"206", "303", "404", "702"}, 7, false, false},
    {"GB", {"United Kingdom", "UK", "Great Britain"}, "44", "0",
     {"121", "161", "131", "141"}, 7, {"7712", "7802", "7912", "7402"}, 6, true, true},
    {"DE", {"Germany", "Deutschland", "DE"}, "49", "0",
     {"30", "89", "40", "221"}, 7, {"170", "171", "172", "175"}, 7, true, true},
    {"FR", {"France", "FR", "FRANCE"}, "33", "0",
     {"142", "472", "556", "388"}, 6, {"612", "668", "671", "620"}, 6, true, true},
    {"ES", {"Spain", "España", "ES"}, "34", "",
     {"912", "932", "954", "963"}, 6, {"612", "655", "699", "677"}, 6, false, true},
    {"IT", {"Italy", "Italia", "IT"}, "39", "",
     {"02", "06", "011", "051"}, 7, {"320", "333", "347", "338"}, 7, false, true},
    {"NL", {"Netherlands", "The Netherlands", "Nederland"}, "31", "0",
     {"20", "10", "70", "30"}, 7, {"61", "62", "64", "65"}, 7, true, true},
    {"PL", {"Poland", "Polska", "PL"}, "48", "",
     {"22", "12", "61", "71"}, 7, {"501", "602", "691", "604"}, 6, false, true},
    {"BR", {"Brazil", "Brasil", "BR"}, "55", "0",
     {"11", "21", "31", "41"}, 8, {"119", "219", "319", "419"}, 8, true, false},
    {"RU", {"Russia", "Россия", "Russian Federation"}, "7", "8",
     {"495", "812", "343", "383"}, 7, {"903", "916", "921", "926"}, 7, true, false},
    {"CN", {"China", "中国", "CN"}, "86", "0",
     {"10", "21", "20", "25"}, 8, {"138", "139", "150", "186"}, 8, false, true},
    {"IN", {"India", "IN", "INDIA"}, "91", "0",
     {"22", "11", "80", "44"}, 8, {"98", "97", "99", "94"}, 8, true, true},
    {"AU", {"Australia", "AU", "AUSTRALIA"}, "61", "0",
     {"29", "38", "73", "89"}, 7, {"412", "413", "438", "402"}, 6, true, false},
    {"JP", {"Japan", "日本", "JP"}, "81", "0",
     {"33", "35", "66", "52"}, 7, {"90", "80", "70", "90"}, 8, true, false},
};
/* clang-format on */

struct phone {
    char written[48], clean[40];
};

/* How people write a number. C is the calling code, T the trunk prefix, A the area, N the number in it, S and D with
 * blanks and dashes; the rest is as it stands. The oftener a writing stands here, the oftener it occurs. */
static const char *const writings[] = {
    "+C A S", "+C A S", "+C A S", "+CAN",   "+CAN",   "+C-A-D", "00C A S", "+C (T)A S",
    "TA S",   "TA S",   "TA S",   "(TA) D", "(TA) D", "TAN",    "TA/D",    "TA-D x12",
};

/* Digits in groups of four behind what is left: 5550123 is 555 0123 with a blank. */
static char *put_groups(char *to, const char *digits, char separator)
{
    size_t length = strlen(digits);

    for (size_t i = 0; i < length; i++) {
        if (i && (length - i) % 4 == 0)
            *to++ = separator;
        *to++ = digits[i];
    }
    return to;
}

static const char *choose_writing(uint64_t *state, const struct country *country, bool mobile)
{
    const char *writing = writings[random_below(state, COUNT(writings))];

    if (writing[0] == '0' && !country->zeros)
        return "+C A-D";
    if (strchr(writing, 'x') && mobile)
        return "TA.D";
    if (strstr(writing, "(T)") && *country->trunk != '0')
        return "+C (A) S";
    return writing;
}

static void make_phone(uint64_t *state, const struct country *country, bool mobile, struct phone *phone)
{
    const char *area = (mobile ? country->mobiles : country->areas)[random_below(state, 4)];
    const char *trunk = mobile && !country->mobile_trunk ? "" : country->trunk;
    const char *writing = choose_writing(state, country, mobile);
    unsigned length = mobile ? country->mobile_rest : country->area_rest;
    char *to = phone->written;
    char digits[12];

    for (unsigned i = 0; i < length; i++)
        digits[i] = (char)('0' + (i ? random_below(state, 10) : 2 + random_below(state, 4)));
    digits[length] = '\0';
    snprintf(phone->clean, sizeof phone->clean, "+%s%s%s%s", country->calling, area, digits,
             strchr(writing, 'x') ? " ext. 12" : "");
    for (; *writing; writing++) {
        switch (*writing) {
        case 'C':
            to = stpcpy(to, country->calling);
            break;
        case 'T':
            to = stpcpy(to, trunk);
            break;
        case 'A':
            to = stpcpy(to, area);
            break;
        case 'N':
            to = stpcpy(to, digits);
            break;
        case 'S':
        case 'D':
            to = put_groups(to, digits, *writing == 'S' ? ' ' : '-');
            break;
        default:
            *to++ = *writing;
        }
    }
    *to = '\0';
}

struct contact {
    char full_name[40], email[80], company[40], city[24], budget[24], note[120];
    const char *country_name, *country_code;
    struct phone phone, mobile;
    struct day created, born;
    unsigned second; /* of the day */
    char email_clean[80];
};

/* A word that no language has, with a capital. */
static void make_word(uint64_t *state, unsigned syllables, char *to)
{
    static const char *const parts[] = {"ba", "be", "do", "el",  "fa",  "gri", "ha", "il",  "jo",  "ka", "lo", "ma",
                                        "ne", "or", "pi", "qua", "rel", "su",  "ti", "uva", "vin", "wo", "xe", "zan"};
    char *first = to;

    for (unsigned i = 0; i < syllables; i++)
        to = stpcpy(to, parts[random_below(state, COUNT(parts))]);
    *first = (char)(*first - 'a' + 'A');
}

static void lower(char *to, const char *from)
{
    while ((*to++ = (char)(*from >= 'A' && *from <= 'Z' ? *from - 'A' + 'a' : *from)))
        from++;
}

static void make_person(uint64_t *state, struct contact *contact)
{
    static const char *const legal[] = {"Ltd", "GmbH", "Inc.", "S.A.", "& Co", "Group"};
    char first[16];
    char last[16];
    char firm[16];
    char domain[24];

    make_word(state, 2, first);
    make_word(state, 3, last);
    make_word(state, 3, firm);
    make_word(state, 3, contact->city);
    snprintf(contact->full_name, sizeof contact->full_name, "%s %s", first, last);
    snprintf(contact->company, sizeof contact->company, "%s %s", firm, legal[random_below(state, COUNT(legal))]);
    lower(domain, firm);
    snprintf(contact->email_clean, sizeof contact->email_clean, "%s.%s@%s.example", first, last, domain);
    snprintf(contact->email, sizeof contact->email, "%s.%s@%s.example", first, last,
             random_below(state, 8) ? domain : firm);
}

static void make_note(uint64_t *state, char *note, size_t room)
{
    char word[16];

    *note = '\0';
    make_word(state, 3, word);
    switch (random_below(state, 20)) {
    case 0:
        snprintf(note, room, "\"asked for \"\"%s\"\", twice\"", word);
        break;
    case 1:
        snprintf(note, room, "\"met at %s, call again\nin the new year\"", word);
        break;
    case 2:
    case 3:
    case 4:
        snprintf(note, room, "met at %s", word);
    }
}

static void make_contact(uint64_t *state, const struct day days[CALENDAR_DAYS], struct contact *contact)
{
    const struct country *country = &countries[random_below(state, COUNT(countries))];
    double v = random_unit(state);
    unsigned cents = (unsigned)(5000.0 + 90000.0 * v / (1.01 - v));

    make_person(state, contact);
    contact->country_code = country->code;
    contact->country_name = country->names[random_below(state, COUNT(country->names))];
    contact->phone = contact->mobile = (struct phone){0};
    if (random_below(state, 10))
        make_phone(state, country, false, &contact->phone);
    if (random_below(state, 5) > 1)
        make_phone(state, country, true, &contact->mobile);
    contact->created = days[random_below(state, CALENDAR_DAYS)];
    contact->second = random_below(state, 86400);
    contact->born = days[random_below(state, CALENDAR_DAYS)];
    contact->born.year -= 20 + 4 * (int)random_below(state, 12); /* leap years stay leap years: none is 1900 */
    if (cents < 100000)
        snprintf(contact->budget, sizeof contact->budget, "%u.%02u", cents / 100, cents % 100);
    else
        snprintf(contact->budget, sizeof contact->budget, "\"%u,%03u.%02u\"", cents / 100000, cents / 100 % 1000,
                 cents % 100);
    make_note(state, contact->note, sizeof contact->note);
}

static int write_contacts(long rows, uint64_t state, bool clean)
{
    static struct day days[CALENDAR_DAYS];
    struct contact c;

    fill_days(days);
    puts(clean ? "contact_id,email,phone,mobile,country,birth_date,created_at"
               : "Contact ID,Full Name,Email,Phone Number,Mobile Phone,Company,City,Country,Created "
                 "At,Birthday,Budget,Note");
    for (long row = 0; row < rows; row++) {
        make_contact(&state, days, &c);
        char created[32];
        snprintf(created, sizeof created, "%04d-%02d-%02dT%02u:%02u:%02uZ", c.created.year, c.created.month,
                 c.created.day, c.second / 3600, c.second / 60 % 60, c.second % 60);
        int written = clean ? printf("K%08ld,%s,%s,%s,%s,%04d-%02d-%02d,%s\n", row, c.email_clean, c.phone.clean,
                                     c.mobile.clean, c.country_code, c.born.year, c.born.month, c.born.day, created)
                            : printf("K%08ld,%s,%s,%s,%s,%s,%s,%s,%s,%02d.%02d.%04d,%s,%s\n", row, c.full_name, c.email,
                                     c.phone.written, c.mobile.written, c.company, c.city, c.country_name, created,
                                     c.born.day, c.born.month, c.born.year, c.budget, c.note);
        if (written < 0)
            return -1;
    }
    return 0;
}

/* Whether it is "people" or "people:YEARS". */
static bool read_years(const char *kind, double *years)
{
    char *end = NULL;

    *years = YEARS_UNTOLD;
    if (strcmp(kind, "people") == 0)
        return true;
    if (strncmp(kind, "people:", 7) != 0)
        return false;
    *years = strtod(kind + 7, &end);
    return end > kind + 7 && !*end && *years >= 0 && *years <= 50;
}

enum { UNKNOWN_KIND = 1 };

/* 0, -1 if it could not be written, or UNKNOWN_KIND. */
static int write_kind(const char *kind, long rows, uint64_t seed)
{
    static const char *const orders[] = {
        [ORDERS_PLAIN] = "orders",
        [ORDERS_JSON] = "orders-json",
        [ORDERS_NAMED] = "orders-named",
        [ORDERS_QUOTED] = "orders-quoted",
    };
    double years;

    for (size_t form = 0; form < COUNT(orders); form++)
        if (strcmp(kind, orders[form]) == 0)
            return write_orders(rows, seed, (enum order_form)form);
    if (strcmp(kind, "contacts") == 0 || strcmp(kind, "contacts-clean") == 0)
        return write_contacts(rows, seed, kind[8] == '-');
    if (strcmp(kind, "leads") == 0 || strcmp(kind, "leads-json") == 0)
        return write_leads(rows, seed, kind[5] == '-');
    if (strcmp(kind, "lead-events") == 0)
        return write_lead_events(rows, seed);
    if (strcmp(kind, "events") == 0)
        return write_events(rows, seed);
    return read_years(kind, &years) ? write_people(rows, seed, years) : UNKNOWN_KIND;
}

int main(int argc, char **argv)
{
    char *end = NULL;
    long rows = argc == 3 || argc == 4 ? strtol(argv[2], &end, 10) : 0;
    uint64_t seed = argc == 4 ? strtoull(argv[3], NULL, 10) : 1;
    int failed;

    if (rows < 1 || rows > 1000000000 || *end) {
        fputs("usage: generate KIND ROWS [SEED]\n", stderr);
        return 2;
    }
    failed = write_kind(argv[1], rows, seed);
    if (failed == UNKNOWN_KIND) {
        fprintf(
            stderr,
            "generate: '%s' is not one of: orders, orders-json, orders-named, orders-quoted, contacts, contacts-clean, "
            "people, people:YEARS (0 to 50), leads, leads-json, lead-events, events\n",
            argv[1]);
        return 2;
    }
    if (failed || fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "generate: %s\n", strerror(errno));
        return 4;
    }
    return 0;
}
