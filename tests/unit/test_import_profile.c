/* Profiles of known systems: their tables are sound, each is found by its own signature and by no other's, and header
 * rows of real exports map to the columns a reader would choose. What is left over is expected by name, and every such
 * name has its reason here. What is expected of the rows was written by reading them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "analysis/import_map.h"
#include "analysis/import_profile.h"
#include "profile_headers.h"

#define DATA "../shared/data/"
#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))
#define CELLS 256

static bool next_part(const char **text, char separator, struct slice *part)
{
    if (!*text || !**text)
        return false;
    const char *end = strchr(*text, separator);
    part->ptr = *text;
    part->len = end ? (size_t)(end - *text) : strlen(*text);
    *text = end ? end + 1 : NULL;
    return true;
}

static size_t split(const char *list, struct slice cells[CELLS])
{
    size_t count = 0;
    struct slice cell;

    while (next_part(&list, '|', &cell)) {
        assert_true(count < CELLS);
        cells[count++] = cell;
    }
    return count;
}

static const char *recognised(const char *list)
{
    struct slice cells[CELLS];
    const struct import_profile *profile = import_profile_recognise(cells, split(list, cells));

    return profile ? profile->name : "";
}

static void read_map(struct import_map *map, const struct import_profile *profile)
{
    struct error err;

    import_map_init(map);
    if (import_map_read(map, slice_from_cstr(profile->map), profile->name, &err))
        fail_msg("%s", err.text);
}

static void test_tables(void **state)
{
    (void)state;
    size_t count;
    const struct import_profile *profiles = import_profiles(&count);

    assert_true(count >= 30);
    for (size_t i = 0; i < count; i++) {
        struct import_map map;
        struct error err;
        assert_true(strlen(profiles[i].name) > 0 &&
                    strspn(profiles[i].name, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(profiles[i].name));
        assert_true(strlen(profiles[i].title) > 0);
        assert_ptr_equal(import_profile_find(slice_from_cstr(profiles[i].name)), &profiles[i]);
        read_map(&map, &profiles[i]);
        assert_int_equal(map.entity, profiles[i].entity);
        assert_int_equal(import_map_check(&map, map.entity, &err), 0);
        for (size_t r = 0; r < map.count; r++)
            for (size_t f = 0; f < map.rules[r].from_count; f++) {
                char key[VOCABULARY_KEY];
                assert_true(vocabulary_normalise(map.rules[r].from[f], key) > 0);
            }
        import_map_fini(&map);
    }
    assert_null(import_profile_find(SLICE("none")));
    assert_null(import_profile_find(SLICE("")));
    assert_null(import_profile_find(SLICE("HubSpot-contacts")));
    assert_null(import_profile_find(SLICE("hubspot")));
}

/* The names of a signature: all of `all`, and `some` of `of` from the name with the number `skip` on. */
static size_t signature_names(const struct import_signature *signature, size_t skip, unsigned some,
                              struct slice cells[CELLS])
{
    size_t count = split(signature->all, cells);
    struct slice of[CELLS];
    size_t listed = split(signature->of, of);

    for (unsigned i = 0; i < some; i++)
        cells[count++] = of[(skip + i) % listed];
    return count;
}

static void check_own(const struct import_profile *profile, const struct slice *cells, size_t count)
{
    const struct import_profile *found = import_profile_recognise(cells, count);

    if (found != profile)
        fail_msg("%s: a header with '%.*s' and %zu more is taken for %s", profile->name, SLICE_ARG(cells[0]), count - 1,
                 found ? found->name : "none");
}

/* Every choice of neighbours that satisfies a signature, and all of its names, show the profile and no other; where
 * there is but one signature, one name less does not. */
static void test_own_signatures(void **state)
{
    (void)state;
    size_t count;
    const struct import_profile *profiles = import_profiles(&count);
    struct slice cells[CELLS];

    for (size_t i = 0; i < count; i++) {
        const struct import_signature *signature = profiles[i].signatures;
        assert_true(signature->all || signature->of);
        for (; signature->all || signature->of; signature++) {
            size_t listed = split(signature->of, cells);
            assert_true(signature->some <= listed && (listed > 0) == (signature->some > 0));
            for (size_t skip = 0; skip < (listed ? listed : 1); skip++)
                check_own(&profiles[i], cells, signature_names(signature, skip, signature->some, cells));
            check_own(&profiles[i], cells, signature_names(signature, 0, (unsigned)listed, cells));
            bool alone = signature == profiles[i].signatures && !signature[1].all && !signature[1].of;
            for (size_t skip = 0; alone && skip < listed; skip++) {
                size_t names = signature_names(signature, skip, signature->some - 1, cells);
                assert_ptr_not_equal(import_profile_recognise(cells, names), &profiles[i]);
            }
        }
    }
}

static void test_recognise(void **state)
{
    (void)state;
    static const struct {
        const char *header;
        const char *profile;
    } cases[] = {
        {"", ""},
        {"Name|Email|Phone", ""},
        {"First Name|Last Name|Email|Company|Phone|City|Country", ""},
        {"customer_id|order_date|amount", ""},
        {"Vorname|Nachname|Firma|E-Mail|Telefon|Mobil|Straße|PLZ|Ort|Land|Notiz", ""},
        {"ID|Имя|Фамилия|Телефон|Email", ""},
        {"id|name|parent_id|is_deleted", ""}, /* of any database */
        {"id|last_name|first_name|company|email|is_deleted|created_by_id", ""},
        {"order_id|customer_id|name|country_id|state_id|amount", ""},
        {"id|title|value|currency|stage_id|user_id|probability|lost_reason", ""},
        {"Opportunity ID|Stage Name|Created Date|Amount", ""},
        {"Opportunity ID|Opportunity Name|Stage Name|Created Date", ""},
        {"id|Amount|Currency|Status", ""},
        {"Name|Company|Organization Name|Labels|Photo", ""},
        {"First Name|Last Name|Title|Birthday|Home Phone|Home Fax|Notes", ""},
        {"Primary Email|Secondary Email|Birth Date|Name", ""},
        {"Record ID|First Name|Email", ""}, /* HubSpot, Zoho, or anybody */
        {"Record ID|Contact owner", ""},
        {"Record ID|Contact owner|Lifecycle Stage", "hubspot-contacts"},
        {"RECORD_ID|lifecycle-stage|\xEF\xBB\xBF"
         "Contact Owner ",
         "hubspot-contacts"},
        {"Record ID|Contact owner|Contact owner", ""}, /* one name twice is one name */
        {"Record ID|Deal Name|Deal Stage|Associated Company|Associated Company IDs", "hubspot-deals"},
        {"Record Id|Deal Owner|Amount|Deal Name|Closing Date|Stage", "zoho-deals"},
        {"Название сделки|Бюджет ", "amocrm-deals"},
        {"Название сделки|Сумма|Стадия сделки", "bitrix24-deals"},
        {"Название лида|Дата создания", "bitrix24-leads"},
        {"id|is_company|parent_id/id|name", "odoo-contacts"},
        {"E-mail Address|E-mail 2 Address|E-mail 3 Address", "outlook"},
        {"E-mail Address|E-mail 2 Address", ""},
        {"Geburtsjahr|Geburtsmonat|Geburtstag", "thunderbird-de"},
        {"\xFF\xFE|\x01", ""},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const char *found = recognised(cases[i].header);
        if (strcmp(found, cases[i].profile) != 0)
            fail_msg("'%s' is taken for '%s', expected '%s'", cases[i].header, found, cases[i].profile);
    }
    assert_null(import_profile_recognise(NULL, 0));
}

/* A million columns cost no more than a few: what stands behind the first 2048 is not looked at. */
static void test_wide_header(void **state)
{
    (void)state;
    size_t count = 1000000;
    struct slice *names = malloc(count * sizeof *names);

    assert_non_null(names);
    for (size_t i = 0; i < count; i++)
        names[i] = i % 2 ? SLICE("Name") : (struct slice){NULL, 0};
    static const struct slice three[] = {SLICE_INIT("Record ID"), SLICE_INIT("Contact owner"),
                                         SLICE_INIT("Lifecycle Stage")};
    memcpy(names + IMPORT_PROFILE_NAMES - 2, three, sizeof three);
    clock_t begin = clock();
    assert_null(import_profile_recognise(names, count));
    assert_true(clock() - begin < CLOCKS_PER_SEC); /* milliseconds */
    memcpy(names + IMPORT_PROFILE_NAMES - 3, three, sizeof three);
    assert_string_equal(import_profile_recognise(names, count)->name, "hubspot-contacts");
    free(names);
}

/* What a plan makes of a header, as import.h says: a column is taken by the profile's rule, else by the best alias
 * among the names that no rule speaks of. */
struct outcome {
    char taken[8192];
    char further[8192];
    char left[8192];
};

static void add(char text[8192], const char *format, ...)
{
    size_t len = strlen(text);
    va_list arguments;

    va_start(arguments, format);
    int added = vsnprintf(text + len, 8192 - len, format, arguments);
    va_end(arguments);
    assert_true(added >= 0 && (size_t)added < 8192 - len);
}

static bool spoken_of(const struct import_map *map, struct slice name)
{
    for (size_t r = 0; r < map->count; r++)
        for (size_t f = 0; f < map->rules[r].from_count; f++)
            if (slice_equal(map->rules[r].from[f], name))
                return true;
    return false;
}

static size_t taken_for(const struct import_map *map, size_t column, const struct vocabulary_column *canonical,
                        const struct slice *names, size_t count)
{
    const struct import_rule *rule = import_map_find(map, slice_from_cstr(canonical->name));
    size_t best = SIZE_MAX;
    unsigned best_rank = VOCABULARY_NO_RANK;

    for (size_t f = 0; rule && f < rule->from_count; f++)
        for (size_t i = 0; i < count; i++)
            if (slice_equal(names[i], rule->from[f]))
                return i;
    for (size_t i = 0; i < count && !(rule && rule->from_count == 0); i++) {
        size_t found;
        unsigned rank;
        if (vocabulary_find(map->entity, names[i], &found, &rank) && found == column && rank < best_rank &&
            !spoken_of(map, names[i])) {
            best = i;
            best_rank = rank;
        }
    }
    return best;
}

static void map_header(const struct import_profile *profile, const struct slice *names, size_t count,
                       struct outcome *outcome)
{
    bool taken[CELLS] = {false};
    struct import_map map;
    size_t columns_count;

    read_map(&map, profile);
    const struct vocabulary_column *columns = vocabulary_columns(map.entity, &columns_count);
    outcome->taken[0] = '\0';
    outcome->further[0] = '\0';
    outcome->left[0] = '\0';
    for (size_t c = 0; c < columns_count; c++) {
        size_t i = taken_for(&map, c, &columns[c], names, count);
        if (i == SIZE_MAX)
            continue;
        taken[i] = true;
        add(outcome->taken, "%s%s=%.*s", *outcome->taken ? "|" : "", columns[c].name, SLICE_ARG(names[i]));
    }
    for (size_t i = 0; i < count; i++) {
        size_t found;
        if (taken[i])
            continue;
        if (vocabulary_find(map.entity, names[i], &found, NULL))
            add(outcome->further, "%s%.*s>%s", *outcome->further ? "|" : "", SLICE_ARG(names[i]), columns[found].name);
        else
            add(outcome->left, "%s%.*s", *outcome->left ? "|" : "", SLICE_ARG(names[i]));
    }
    import_map_fini(&map);
}

static bool listed(const char *list, struct slice name)
{
    struct slice entry;

    while (next_part(&list, '|', &entry))
        if (slice_equal(entry, name))
            return true;
    return false;
}

static void check_reasons(const struct row *row)
{
    const char *left = row->left;
    struct slice name;

    while (next_part(&left, '|', &name)) {
        size_t found = 0;
        for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++)
            found += listed(reasons[i].names, name);
        if (found != 1)
            fail_msg("%s: '%.*s' is left over for %zu reasons", row->where, SLICE_ARG(name), found);
    }
}

static void check_row(const struct row *row, const struct slice *names, size_t count)
{
    const struct import_profile *profile = import_profile_recognise(names, count);
    struct outcome outcome;

    assert_non_null(profile);
    assert_string_equal(profile->name, row->profile);
    map_header(profile, names, count, &outcome);
    if (strcmp(outcome.taken, row->taken) != 0 || strcmp(outcome.further, row->further) != 0 ||
        strcmp(outcome.left, row->left) != 0)
        fail_msg("%s:\n  taken %s\n  expected %s\n  further %s\n  expected %s\n  left %s\n  expected %s", row->where,
                 outcome.taken, row->taken, outcome.further, row->further, outcome.left, row->left);
    check_reasons(row);
}

static bool starts_with(struct slice text, const char *start)
{
    return text.len >= strlen(start) && memcmp(text.ptr, start, strlen(start)) == 0;
}

/* The names in a row of real_headers.tsv, without what its collector remarks in between. */
static size_t row_cells(const char *row, struct slice cells[CELLS])
{
    static const char *const remarks[] = {" (with trailing", " (a subset", " (subset"};
    size_t count = 0;
    struct slice cell;

    while (next_part(&row, '|', &cell)) {
        if (starts_with(cell, "...") || starts_with(cell, "then "))
            continue;
        for (size_t i = 0; i < ARRAY_LENGTH(remarks); i++) {
            const char *remark = memmem(cell.ptr, cell.len, remarks[i], strlen(remarks[i]));
            if (remark)
                cell.len = (size_t)(remark - cell.ptr);
        }
        assert_true(count < CELLS);
        cells[count++] = cell;
    }
    return count;
}

static FILE *open_data(const char *path)
{
    char full[512];
    snprintf(full, sizeof full, DATA "%s", path);
    FILE *file = fopen(full, "r");
    if (!file)
        print_message("%s is absent\n", full);
    return file;
}

static size_t check_line(char *line)
{
    size_t checked = 0;

    line[strcspn(line, "\n")] = '\0';
    char *system_end = strchr(line, '\t');
    char *header = strrchr(line, '\t');
    assert_non_null(system_end);
    *system_end = '\0';
    for (size_t i = 0; i < ARRAY_LENGTH(rows); i++) {
        struct slice cells[CELLS];
        char copy[8192];
        char *part = header + 1;
        if (strcmp(rows[i].where, line) != 0)
            continue;
        if (rows[i].part) {
            part = strstr(header, rows[i].part);
            assert_non_null(part);
            part += strlen(rows[i].part);
        }
        snprintf(copy, sizeof copy, "%s", part);
        char *end = strstr(copy, " ; ");
        if (end)
            *end = '\0';
        check_row(&rows[i], cells, row_cells(copy, cells));
        checked++;
    }
    return checked;
}

static void test_real_headers(void **state)
{
    (void)state;
    FILE *file = open_data("contacts/headers/real_headers.tsv");
    char line[8192];
    size_t checked = 0;

    if (!file)
        skip();
    assert_non_null(fgets(line, sizeof line, file)); /* the header of the table itself */
    while (fgets(line, sizeof line, file)) {
        size_t found = check_line(line);
        if (found == 0)
            fail_msg("nothing is expected of '%s'", line);
        checked += found;
    }
    fclose(file);
    assert_int_equal(checked, ARRAY_LENGTH(rows));
}

/* Files whose headers show a profile, or none. */
static void test_data_sets(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *profile;
    } files[] = {
        {"contacts/roundcube/Csv2vcard/gmail.csv", "google-contacts"},
        {"contacts/roundcube/Csv2vcard/outlook.csv", "outlook"},
        {"contacts/roundcube/Csv2vcard/all.csv", "outlook"},
        {"contacts/roundcube/Csv2vcard/tb_plain.csv", "thunderbird"},
        {"contacts/roundcube/Csv2vcard/email.csv", ""},
        {"contacts/google/gpcsolutions_outlook_header.csv", "outlook"},
        {"contacts/mautic/fakeleaddata.csv", "mautic-contacts"},
        {"contacts/mautic/10contacts.csv", ""},
        {"contacts/mautic/fakecompanydata.csv", ""},
        {"contacts/salesforce_dataloader/accountData.csv", "salesforce-accounts"},
        {"contacts/salesforce_dataloader/opportunityData.csv", "salesforce-opportunities"},
        {"contacts/salesforce_dataloader/insertAccountCsv.csv", ""},
        {"scoring/xeducation_Leads.csv", "leadsquared-leads"},
        {"scoring/xeducation_Lead_Scoring_alt.csv", "leadsquared-leads"},
        {"crm_pipeline/maven/sales_pipeline.csv", ""},
        {"crm_pipeline/maven/accounts.csv", ""},
        {"crm_pipeline/olist/olist_closed_deals_dataset.csv", ""},
        {"rfm/rfm_data_orders.csv", ""},
    };
    size_t checked = 0;

    for (size_t i = 0; i < ARRAY_LENGTH(files); i++) {
        FILE *file = open_data(files[i].path);
        char line[8192];
        if (!file)
            continue;
        assert_non_null(fgets(line, sizeof line, file));
        fclose(file);
        line[strcspn(line, "\r\n")] = '\0';
        for (char *p = line; *p; p++) /* none of them has a comma or a bar in a name; quotes do not count */
            *p = *p == ',' ? '|' : *p;
        const char *found = recognised(line);
        if (strcmp(found, files[i].profile) != 0)
            fail_msg("%s is taken for '%s', expected '%s'", files[i].path, found, files[i].profile);
        checked++;
    }
    if (checked == 0)
        skip();
}

static bool was_taken(const struct outcome *outcome, struct slice name)
{
    const char *rest = outcome->taken;
    struct slice entry;

    while (next_part(&rest, '|', &entry)) {
        const char *mark = memchr(entry.ptr, '=', entry.len);
        assert_non_null(mark);
        if (slice_equal((struct slice){mark + 1, (size_t)(entry.ptr + entry.len - mark - 1)}, name))
            return true;
    }
    return false;
}

static void test_layouts(void **state)
{
    (void)state;
    for (size_t i = 0; i < ARRAY_LENGTH(layouts); i++) {
        struct slice names[CELLS];
        size_t count = split(layouts[i].header, names);
        const struct import_profile *profile = import_profile_recognise(names, count);
        const char *rest = layouts[i].taken;
        struct outcome outcome;
        struct slice entry;
        assert_non_null(profile);
        assert_string_equal(profile->name, layouts[i].profile);
        map_header(profile, names, count, &outcome);
        while (next_part(&rest, '|', &entry))
            if (!listed(outcome.taken, entry))
                fail_msg("%s: expected %.*s; taken is %s", profile->name, SLICE_ARG(entry), outcome.taken);
        rest = layouts[i].not ;
        while (next_part(&rest, '|', &entry)) {
            assert_true(listed(layouts[i].header, entry));
            if (was_taken(&outcome, entry))
                fail_msg("%s: '%.*s' is taken: %s", profile->name, SLICE_ARG(entry), outcome.taken);
        }
    }
}

/* What systems write in place of nothing. */
static void test_empty_words(void **state)
{
    (void)state;
    static const struct {
        const char *profile;
        const char *word; /* NULL: none */
    } cases[] = {
        {"leadsquared-leads", "Select"},  {"zoho-leads", "-None-"},        {"zoho-deals", "-None-"},
        {"salesforce-leads", "--None--"}, {"hubspot-deals", "(No value)"}, {"salesforce-accounts", "--None--"},
        {"pipedrive-deals", NULL},        {"amocrm-deals", "не закрыта"},  {"google-contacts", NULL},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        const struct import_profile *profile = import_profile_find(slice_from_cstr(cases[i].profile));
        struct import_map map;
        assert_non_null(profile);
        read_map(&map, profile);
        assert_int_equal(map.empty_count, cases[i].word ? 1 : 0);
        if (cases[i].word)
            assert_true(import_map_is_empty(&map, slice_from_cstr(cases[i].word)));
        import_map_fini(&map);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tables),      cmocka_unit_test(test_own_signatures), cmocka_unit_test(test_recognise),
        cmocka_unit_test(test_wide_header), cmocka_unit_test(test_real_headers),   cmocka_unit_test(test_data_sets),
        cmocka_unit_test(test_layouts),     cmocka_unit_test(test_empty_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
