/* `generate leads`: inbound leads as a marketing program exports them, and what they did.
 *
 *     lead_id,created_at,first_name,last_name,email,phone,company,job_title,industry,country,employees,annual_revenue,
 *     source,lead_status,page_views,email_opens,last_activity_at,opt_out,budget,timeline
 *
 * about 190 bytes a row. One in seven values is missing in the columns that a form does not insist on, and more of what
 * only a salesman asks (budget, timeline). Sources and job titles are written in several ways, one company in twenty
 * has a comma in its name and is therefore quoted. Of numbers, small ones are the most frequent. Dates lie before
 * 2026-01-01. As JSON Lines the same leads have numbers, true, false, and null for what is missing.
 *
 * `generate lead-events`: lead_id,event,occurred_at,channel,value in the order of time, about 48 bytes a row, over half
 * as many leads as there are rows; the density of events over leads, by rank, falls with the power -1/2. */
#include "generate.h"
#include "generate_names.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { CELL_ROOM = 96, FIRMS = 57600 };
enum { END = 1767225600 }; /* 2026-01-01 in seconds of Unix */

enum kind { TEXT, NUMBER };

enum column {
    LEAD_ID,
    CREATED_AT,
    FIRST_NAME,
    LAST_NAME,
    EMAIL,
    PHONE,
    COMPANY,
    JOB_TITLE,
    INDUSTRY,
    COUNTRY,
    EMPLOYEES,
    ANNUAL_REVENUE,
    SOURCE,
    LEAD_STATUS,
    PAGE_VIEWS,
    EMAIL_OPENS,
    LAST_ACTIVITY_AT,
    OPT_OUT,
    BUDGET,
    TIMELINE,
    COLUMNS
};

/* missing: of a hundred. */
static const struct {
    const char *name;
    enum kind kind;
    unsigned missing;
} columns[COLUMNS] = {
    [LEAD_ID] = {"lead_id", TEXT, 0},
    [CREATED_AT] = {"created_at", TEXT, 0},
    [FIRST_NAME] = {"first_name", TEXT, 5},
    [LAST_NAME] = {"last_name", TEXT, 2},
    [EMAIL] = {"email", TEXT, 3},
    [PHONE] = {"phone", TEXT, 30},
    [COMPANY] = {"company", TEXT, 15},
    [JOB_TITLE] = {"job_title", TEXT, 15},
    [INDUSTRY] = {"industry", TEXT, 15},
    [COUNTRY] = {"country", TEXT, 15},
    [EMPLOYEES] = {"employees", NUMBER, 15},
    [ANNUAL_REVENUE] = {"annual_revenue", NUMBER, 15},
    [SOURCE] = {"source", TEXT, 15},
    [LEAD_STATUS] = {"lead_status", TEXT, 5},
    [PAGE_VIEWS] = {"page_views", NUMBER, 15},
    [EMAIL_OPENS] = {"email_opens", NUMBER, 15},
    [LAST_ACTIVITY_AT] = {"last_activity_at", TEXT, 15},
    [OPT_OUT] = {"opt_out", NUMBER, 15}, /* true, false: as numbers without quotes in JSON */
    [BUDGET] = {"budget", NUMBER, 60},
    [TIMELINE] = {"timeline", TEXT, 55},
};

struct lead {
    char cells[COLUMNS][CELL_ROOM];
};

/* What is written oftener stands here oftener. */
static const char *const titles[] = {
    "Marketing Manager",
    "Marketing Manager",
    "marketing manager",
    "Sales Manager",
    "Sales Director",
    "CEO",
    "CEO & Founder",
    "Chief Executive",
    "Founder",
    "Owner",
    "owner",
    "CTO",
    "Chief Technology",
    "VP of Marketing",
    "VP Sales",
    "Vice President",
    "Head of Growth",
    "Head of IT",
    "head of operations",
    "Director of Finance",
    "Software Engineer",
    "Software Engineer",
    "Developer",
    "Data Analyst",
    "Consultant",
    "Account Executive",
    "Office Manager",
    "PROJECT MANAGER",
    "Student",
    "PhD student",
    "Trainee",
    "Assistant",
};
static const char *const industries[] = {
    "Software",      "Software", "Software", "Fintech",      "E-commerce", "E-commerce",  "Healthcare",
    "Manufacturing", "Retail",   "Retail",   "Education",    "Education",  "Hospitality", "Consulting",
    "Consulting",    "Media",    "Energy",   "Construction", "Logistics",  "Legal",       "Public sector"};
static const char *const countries[] = {
    "United States", "United States", "United States", "United States", "United Kingdom", "United Kingdom",
    "Germany",       "Germany",       "France",        "Netherlands",   "Spain",          "Italy",
    "Canada",        "India",         "India",         "Brazil",        "Australia",      "Japan"};
static const char *const sources[] = {"Organic Search", "Organic Search", "organic search", "Paid Search",
                                      "Paid Search",    "paid search",    "Referral",       "referral",
                                      "Webinar",        "Trade Show",     "Newsletter",     "Social",
                                      "Social",         "SOCIAL",         "Cold List"};
static const char *const statuses[] = {"New",     "New",       "New",       "New",        "Working",
                                       "Working", "Qualified", "Nurturing", "Unqualified"};
static const char *const timelines[] = {"now",          "this month", "this quarter", "this quarter",
                                        "next quarter", "next year",  "just looking"};
static const char *const mailboxes[] = {"gmail", "gmail", "gmail", "gmail", "yahoo", "outlook", "hotmail", "gmx"};
static const char *const legal[] = {" Ltd", " GmbH", " Inc", " SA", " Group", "", "", "", ""};

#define CHOOSE(state, list) ((list)[random_below(state, COUNT(list))])

/* 10 is as likely as 100: `decades` of them. */
static uint64_t spread_number(uint64_t *state, unsigned decades)
{
    uint64_t scale = 1;

    for (unsigned i = random_below(state, decades); i > 0; i--)
        scale *= 10;
    return scale + random_below(state, 9 * scale);
}

/* ASCII letters and digits of a name, in small letters. */
static char *put_mailbox(char *to, const char *name)
{
    for (; *name; name++) {
        if (*name >= 'A' && *name <= 'Z')
            *to++ = (char)(*name - 'A' + 'a');
        else if ((*name >= 'a' && *name <= 'z') || (*name >= '0' && *name <= '9'))
            *to++ = *name;
    }
    return to;
}

static void put_time(char *cell, const char *format, uint64_t before)
{
    time_t seconds = (time_t)(END - 1 - (int64_t)before);
    struct tm parts;

    gmtime_r(&seconds, &parts);
    strftime(cell, CELL_ROOM, format, &parts);
}

static void make_company(uint64_t *state, struct lead *lead, char domain[NAME_ROOM])
{
    names_word(random_below(state, FIRMS), domain);
    if (random_below(state, 20) == 0)
        snprintf(lead->cells[COMPANY], CELL_ROOM, "%s, Inc.", domain);
    else
        snprintf(lead->cells[COMPANY], CELL_ROOM, "%s%s", domain, CHOOSE(state, legal));
    snprintf(lead->cells[INDUSTRY], CELL_ROOM, "%s", CHOOSE(state, industries));
    snprintf(lead->cells[COUNTRY], CELL_ROOM, "%s", CHOOSE(state, countries));
    uint64_t employees = spread_number(state, 5);
    snprintf(lead->cells[EMPLOYEES], CELL_ROOM, "%llu", (unsigned long long)employees);
    snprintf(lead->cells[ANNUAL_REVENUE], CELL_ROOM, "%llu.00",
             (unsigned long long)employees * (50 + random_below(state, 200)) * 1000);
}

static void make_person(uint64_t *state, const struct names *names, struct lead *lead)
{
    const char *first = names->first[names_first(names, state)];
    const char *last = names->last[names_last(names, state)];
    bool free = random_below(state, 10) < 3;
    char domain[NAME_ROOM];
    char *to = lead->cells[EMAIL];

    make_company(state, lead, domain);
    snprintf(lead->cells[FIRST_NAME], CELL_ROOM, "%s", first);
    snprintf(lead->cells[LAST_NAME], CELL_ROOM, "%s", last);
    to = put_mailbox(to, first);
    *to++ = '.';
    to = put_mailbox(to, last);
    if (free)
        to += sprintf(to, "%u", random_below(state, 100));
    *to++ = '@';
    strcpy(put_mailbox(to, free ? CHOOSE(state, mailboxes) : domain), ".example");
    snprintf(lead->cells[PHONE], CELL_ROOM, "+1 %u 555%04u", 200 + random_below(state, 800),
             random_below(state, 10000));
    snprintf(lead->cells[JOB_TITLE], CELL_ROOM, "%s", CHOOSE(state, titles));
}

static void make_lead(uint64_t *state, const struct names *names, long number, struct lead *lead)
{
    snprintf(lead->cells[LEAD_ID], CELL_ROOM, "L%08ld", number);
    put_time(lead->cells[CREATED_AT], "%Y-%m-%dT%H:%M:%SZ", random_below(state, 3 * 365 * 86400));
    make_person(state, names, lead);
    snprintf(lead->cells[SOURCE], CELL_ROOM, "%s", CHOOSE(state, sources));
    snprintf(lead->cells[LEAD_STATUS], CELL_ROOM, "%s", CHOOSE(state, statuses));
    snprintf(lead->cells[PAGE_VIEWS], CELL_ROOM, "%llu", (unsigned long long)spread_number(state, 3) - 1);
    snprintf(lead->cells[EMAIL_OPENS], CELL_ROOM, "%llu", (unsigned long long)spread_number(state, 2) - 1);
    put_time(lead->cells[LAST_ACTIVITY_AT], "%Y-%m-%d", spread_number(state, 3) * 86400 / 2);
    snprintf(lead->cells[OPT_OUT], CELL_ROOM, "%s", random_below(state, 8) ? "false" : "true");
    snprintf(lead->cells[BUDGET], CELL_ROOM, "%llu", (unsigned long long)spread_number(state, 3) * 100);
    snprintf(lead->cells[TIMELINE], CELL_ROOM, "%s", CHOOSE(state, timelines));
    for (unsigned i = 0; i < COLUMNS; i++)
        if (random_below(state, 100) < columns[i].missing)
            lead->cells[i][0] = '\0';
}

/* No value has a quotation mark, a backslash or a control character in it. */
static int put_lead(const struct lead *lead, bool json)
{
    int failed = 0;

    for (unsigned i = 0; i < COLUMNS && failed >= 0; i++) {
        const char *cell = lead->cells[i];
        if (json) {
            const char *mark = *cell && columns[i].kind == TEXT ? "\"" : "";
            failed = printf("%c\"%s\":%s%s%s", i ? ',' : '{', columns[i].name, mark, *cell ? cell : "null", mark);
        } else {
            const char *mark = strchr(cell, ',') ? "\"" : "";
            failed = printf("%s%s%s%s", i ? "," : "", mark, cell, mark);
        }
    }
    return failed < 0 || puts(json ? "}" : "") < 0 ? -1 : 0;
}

int write_leads(long rows, uint64_t state, bool json)
{
    static struct names names;
    struct lead lead;

    names_fill(&names);
    for (unsigned i = 0; i < COLUMNS && !json; i++)
        printf("%s%s", columns[i].name, i + 1 < COLUMNS ? "," : "\n");
    for (long row = 0; row < rows; row++) {
        make_lead(&state, &names, row, &lead);
        if (put_lead(&lead, json))
            return -1;
    }
    return 0;
}

int write_lead_events(long rows, uint64_t state)
{
    static const struct {
        const char *name, *channel;
    } events[] = {{"email_open", "email"}, {"email_open", "email"},  {"email_open", "email"}, {"email_click", "email"},
                  {"page_view", "web"},    {"page_view", "web"},     {"page_view", "web"},    {"page_view", "app"},
                  {"page_view", "web"},    {"pricing_page", "web"},  {"download", "web"},     {"webinar", "web"},
                  {"demo_request", "web"}, {"unsubscribe", "email"}, {"calculator", "web"}};
    uint64_t leads = (uint64_t)rows / 2 + 1;

    puts("lead_id,event,occurred_at,channel,value");
    for (long row = 0; row < rows; row++) {
        double u = random_unit(&state);
        unsigned event = random_below(&state, COUNT(events));
        /* a prime far above the number of leads scatters the ranks over the ids, each to its own */
        uint64_t lead = (uint64_t)(u * u * (double)leads) * 2147483647u % leads;
        char moment[CELL_ROOM];
        char value[24] = "";

        put_time(moment, "%Y-%m-%dT%H:%M:%SZ", (uint64_t)(rows - row) * 400 * 86400 / (uint64_t)rows);
        if (event + 1 == COUNT(events))
            snprintf(value, sizeof value, "%llu", (unsigned long long)spread_number(&state, 4));
        if (printf("L%08llu,%s,%s,%s,%s\n", (unsigned long long)lead, events[event].name, moment, events[event].channel,
                   value) < 0)
            return -1;
    }
    return 0;
}
