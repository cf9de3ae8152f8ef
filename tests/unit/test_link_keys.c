/* Match keys: which records they join, against a comparison of all pairs; how values are folded; what is said. */
#include "link_people.h"
#include "link_table.h"

#include <unistd.h>

#include "analysis/link_keys.h"

struct scene {
    struct table table;
    struct link_match_keys keys;
    struct link_match_options options;
    struct link_match_count counts[LINK_MATCHERS];
    struct link_joined joined;
    struct error err;
};

static void scene_begin(struct scene *scene, const char *text, const char *keys)
{
    memset(scene, 0, sizeof *scene);
    table_make(&scene->table, text);
    if (link_match_keys_parse(&scene->keys, slice_from_cstr(keys), scene->table.names, scene->table.kept.columns,
                              &scene->err))
        fail_msg("%s: %s", keys, scene->err.text);
}

static void scene_join(struct scene *scene)
{
    assert_int_equal(link_match_keys_join(&scene->keys, &scene->table.kept, &scene->options, &scene->joined,
                                          scene->counts, &scene->err),
                     0);
}

static void scene_end(struct scene *scene)
{
    link_joined_fini(&scene->joined);
    table_free(&scene->table);
}

/* "0 1 0": the cluster of each row. */
static void assert_clusters(const char *text, const char *keys, const char *expected)
{
    char found[1024] = "";
    struct scene scene;
    size_t used = 0;

    scene_begin(&scene, text, keys);
    scene_join(&scene);
    for (size_t row = 0; row < scene.joined.rows; row++)
        used += (size_t)snprintf(found + used, sizeof found - used, "%s%u", row ? " " : "", scene.joined.cluster[row]);
    if (strcmp(found, expected) != 0)
        fail_msg("%s\n%s\n<<%s>> instead of <<%s>>", keys, text, found, expected);
    scene_end(&scene);
}

static void records_of_one_key_are_one(void **state)
{
    (void)state;
    assert_clusters("email|phone\na@x.de|1\nb@x.de|2\na@x.de|3\nc@x.de|2\n", "email", "0 1 0 2");
    assert_clusters("email|phone\na@x.de|1\nb@x.de|2\na@x.de|3\nc@x.de|2\n", "email,phone", "0 1 0 1");
    /* by way of the third */
    assert_clusters("email|phone\na@x.de|1\nb@x.de|2\na@x.de|2\n", "email,phone", "0 0 0");
    assert_clusters("email|phone\na@x.de|1\nb@x.de|2\na@x.de|2\n", "email+phone", "0 1 2");
    assert_clusters("email|phone\n|1\n|1\na@x.de|1\na@x.de|\na@x.de|1\n", "email+phone", "0 1 2 3 2");
    assert_clusters("email\n\n\n\n", "email", "");
    assert_clusters("email|x\n|1\n|1\n", "email", "0 1");
    assert_clusters("email|x\n", "email", "");
}

static void values_are_folded_by_the_name_of_their_column(void **state)
{
    (void)state;
    assert_clusters("E-mail Address\nAnn.Lee@X.de\n ann.lee@x.de \nannlee@x.de\n", "email", "0 0 1");
    assert_clusters("Phone Number\n+49 (30) 123-456\n0049 30 123456\n030 123456\n", "phone", "0 0 1");
    assert_clusters("Company\nACME, Inc.\nacme\nAcme Berlin\n", "company", "0 0 1");
    assert_clusters("website\nhttps://www.acme.com/about\nacme.com\nacme.org\n", "website", "0 0 1");
    assert_clusters("country\nGermany\nDE\nDeutschland\nFrance\n", "country", "0 0 0 1");
    assert_clusters("postal_code\nD-10115\n10115\n10117\n", "postal_code", "0 0 1");
    assert_clusters("street\nHauptstr. 5a\nHauptstraße 5 a\nHauptstr. 6\n", "street", "0 0 1");
    assert_clusters("first_name\nJosé\nJOSE\nЮрий\nYuriy\nJo\n", "first_name", "0 0 1 1 2");
    assert_clusters("x\nO'Brien\nobrien\no brien\n", "x", "0 0 1");
    /* what programs write where there is nothing is not equal to itself */
    assert_clusters("x\nn/a\nN/A\nunknown\nUnknown\nnull\nnull\n-\n-\n", "x", "0 1 2 3 4 5 6 7");
}

static void a_kind_or_the_bytes_may_be_asked_for(void **state)
{
    (void)state;
    assert_clusters("x\n030-1\n(030) 1\n0301\n", "x", "0 0 1");
    assert_clusters("x\n030-1\n(030) 1\n0301\n", "x:phone", "0 0 0");
    assert_clusters("email\nA@x.de\na@x.de\n", "email=exact", "0 1");
    assert_clusters("email\nA@x.de\na@x.de\na@x.de\n", " email =exact ", "0 1 1");
    assert_clusters("email\nA@x.de\na@x.de\na@x.de\n", "email:email=exact", "0 1 1");
    assert_clusters("email\nA@x.de\na@x.de\na@x.de\n", "\"email\" =exact", "0 1 1");
    assert_clusters("x\nn/a\nn/a\n \n \n7\n07\n", "x=exact", "0 0 1 2 3 4");
    assert_clusters("born\n1970-01-31\n31.01.1970\n1.2.1970\n", "born:date", "0 0 1");
    assert_clusters("name=exact\na\na\n", "name=exact", "0 0");
    assert_clusters("x\na\nA\na\n", "x=exact,x", "0 0 0");
}

static void columns_are_named_as_people_name_them(void **state)
{
    static const struct {
        const char *keys, *header;
        size_t column;
    } names[] = {
        {"email", "a|email|E-mail Address", 1},
        {"email", "a|E-mail Address|b", 1},
        {"#2", "a|b|c", 1},
        {"\"E-mail 1\"", "a|E-mail 1|b", 1},
        {"\"a,b\"", "x|a,b|b", 1},
        {"\"say \"\"a\"\"\"", "x|say \"a\"|b", 1},
        {"\"#2\"", "a|b|#2", 2},
        {"  b  ", "a|b", 1},
        {"given", "x| given |given_name", 1},
        {"\" given \"", "given| given ", 1},
        {"имя", "x|имя", 1},
        {"first_name", "Имя|x", 0},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct link_match_keys keys;
        struct slice columns[8];
        struct error err;
        size_t count = table_cut(slice_from_cstr(names[i].header), columns);

        if (link_match_keys_parse(&keys, slice_from_cstr(names[i].keys), columns, count, &err))
            fail_msg("%s: %s", names[i].keys, err.text);
        assert_int_equal(keys.count, 1);
        assert_int_equal(keys.keys[0].count, 1);
        if (keys.keys[0].parts[0].column != names[i].column)
            fail_msg("%s in %s is %zu", names[i].keys, names[i].header, keys.keys[0].parts[0].column);
    }
}

static void what_is_wrong_is_said_with_its_place(void **state)
{
    static const struct {
        const char *keys, *message;
    } wrong[] = {
        {"", "at character 1: the name of a column is missing"},
        {"email,", "at character 7: the name of a column is missing"},
        {"email,,phone", "at character 7: the name of a column is missing"},
        {"email+", "at character 7: the name of a column is missing"},
        {"email++phone", "at character 7: the name of a column is missing"},
        {"+email", "at character 1: the name of a column is missing"},
        {"=exact", "at character 1: the name of a column is missing"},
        {"émail", "at character 1: no column 'émail'; the header is: email, phone, имя; did you mean 'email'?"},
        {"имя+emial", "at character 5: no column 'emial'; the header is: email, phone, имя; did you mean 'email'?"},
        {"zzzzzzzz", "at character 1: no column 'zzzzzzzz'; the header is: email, phone, имя"},
        {"#4", "at character 1: no column '#4'; the header is: email, phone, имя"},
        {"#0", "at character 1: no column '#0'; the header is: email, phone, имя"},
        {"email:mail",
         "at character 7: no kind 'mail'; there are: first-name, last-name, name, email, phone, date, "
         "postcode, street, place, company, organisation, domain, id, number, country, category, text; did you mean "
         "'email'?"},
        {"email=exac", "at character 6: behind a column only =exact can follow"},
        {"email = exact", "at character 7: behind a column only =exact can follow"},
        {"\"email\"=exac", "at character 8: behind a column only =exact can follow"},
        {"\"email", "at character 1: the quote is not closed"},
        {"\"email\"x", "at character 8: behind a column only =exact can follow"},
        {"email:email:email", "at character 12: behind a key comes a comma: COLUMN[:KIND][=exact][+COLUMN ...],..."},
        {"email=exact:email", "at character 12: behind a key comes a comma: COLUMN[:KIND][=exact][+COLUMN ...],..."},
        {"phone+email+#2", "at character 13: the key has the column 'phone' already"},
        {"phone+phone=exact", "at character 7: the key has the column 'phone' already"},
    };
    static const struct slice columns[] = {SLICE_INIT("email"), SLICE_INIT("phone"), SLICE_INIT("имя")};
    (void)state;

    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        struct link_match_keys keys;
        struct error err = {0};

        if (link_match_keys_parse(&keys, slice_from_cstr(wrong[i].keys), columns, 3, &err) != -1)
            fail_msg("%s is taken", wrong[i].keys);
        assert_int_equal(err.status, STATUS_USAGE);
        if (strcmp(err.text, wrong[i].message) != 0)
            fail_msg("%s: <<%s>> instead of <<%s>>", wrong[i].keys, err.text, wrong[i].message);
    }
}

static void there_may_be_so_many_keys_and_parts(void **state)
{
    struct slice names[LINK_MATCH_PARTS + 1];
    char text[400] = "", header[64] = "abcdefghi";
    struct link_match_keys keys;
    struct error err;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(names); i++)
        names[i] = (struct slice){header + i, 1};
    for (int i = 0; i < LINK_MATCHERS; i++)
        strcat(text, i ? ",a" : "a");
    assert_int_equal(link_match_keys_parse(&keys, slice_from_cstr(text), names, COUNT_OF(names), &err), 0);
    assert_int_equal(keys.count, LINK_MATCHERS);
    strcat(text, ",a");
    assert_int_equal(link_match_keys_parse(&keys, slice_from_cstr(text), names, COUNT_OF(names), &err), -1);
    assert_string_equal(err.text, "at character 65: more than 32 keys");
    assert_int_equal(link_match_keys_parse(&keys, SLICE("a+b+c+d+e+f+g+h"), names, COUNT_OF(names), &err), 0);
    assert_int_equal(keys.keys[0].count, LINK_MATCH_PARTS);
    assert_int_equal(link_match_keys_parse(&keys, SLICE("a+b+c+d+e+f+g+h+i"), names, COUNT_OF(names), &err), -1);
    assert_string_equal(err.text, "at character 17: more than 8 columns in one key");
    /* any bytes end in a message */
    for (unsigned seed = 0; seed < 20000; seed++) {
        uint64_t random = seed;
        char bytes[12];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = "a,+:=\"# \0bc\xff"[people_draw(&random, 12)];
        if (link_match_keys_parse(&keys, (struct slice){bytes, sizeof bytes}, names, 3, &err))
            assert_int_equal(err.status, STATUS_USAGE);
    }
}

static void what_joined_a_record_is_told(void **state)
{
    struct scene scene;
    struct buffer out;
    (void)state;

    buffer_init(&out);
    scene_begin(&scene, "email|phone|x\na@x.de|1|\nb@x.de|2|\na@x.de|2|\nc@x.de|3|\n|3|\n|9|u\n", "email, #2 ,x+email");
    scene_join(&scene);
    assert_int_equal(scene.joined.matched[0], 1);
    assert_int_equal(scene.joined.matched[1], 2);
    assert_int_equal(scene.joined.matched[2], 3);
    assert_int_equal(scene.joined.matched[3], 2);
    assert_int_equal(scene.joined.matched[4], 2);
    assert_int_equal(scene.joined.matched[5], 0);
    assert_int_equal(scene.joined.count, 3);
    assert_int_equal(scene.joined.doubtful, 0);
    assert_int_equal(link_match_print_matched(&scene.keys, 3, &out), 0);
    assert_string_equal(buffer_text(&out), "email;#2");
    assert_int_equal(link_match_print_matched(&scene.keys, 0, &out), 0);
    assert_int_equal(out.len, 8);
    buffer_clear(&out);
    assert_int_equal(link_match_print(&scene.keys.keys[1], &scene.counts[1], &out), 0);
    assert_string_equal(buffer_text(&out), "#2: 6 records have it, 2 pairs in 2 groups, the largest of 2 records");
    assert_int_equal(scene.counts[0].filled, 4);
    assert_int_equal(scene.counts[2].filled, 0);
    assert_int_equal(scene.counts[2].largest, 0);
    scene_end(&scene);
    buffer_fini(&out);
}

/* Values that are no one's. */
static void a_placeholder_is_seen_and_can_be_left_out(void **state)
{
    static const struct slice except[] = {SLICE_INIT("INFO@acme.com"), SLICE_INIT("0-0-0")};
    char text[4000] = "email|phone\n";
    struct scene scene;
    struct buffer out;
    (void)state;

    for (int i = 0; i < 11; i++)
        sprintf(text + strlen(text), "info@acme.com|%d\n", i);
    for (int i = 0; i < 10; i++)
        sprintf(text + strlen(text), "%d@acme.com|000\n", i);
    buffer_init(&out);
    scene_begin(&scene, text, "email,phone,phone+email");
    scene_join(&scene);
    assert_int_equal(scene.counts[0].largest, 11);
    assert_int_equal(scene.counts[0].largest_row, 0);
    assert_int_equal(scene.counts[0].pairs, 55);
    assert_int_equal(scene.counts[1].largest, 10);
    assert_int_equal(scene.counts[1].largest_row, 11);
    assert_true(link_match_is_suspicious(&scene.counts[0], scene.joined.rows));
    assert_false(link_match_is_suspicious(&scene.counts[1], scene.joined.rows));
    assert_false(link_match_is_suspicious(&scene.counts[2], scene.joined.rows));
    assert_int_equal(link_match_warn(&scene.keys.keys[0], &scene.counts[0], &scene.table.kept, &out, &scene.err), 0);
    assert_string_equal(buffer_text(&out),
                        "11 records are one by email: 'info@acme.com'; if that is no one's, leave it "
                        "out with --except VALUE");
    buffer_clear(&out);
    scene.counts[2].largest_row = 1;
    assert_int_equal(link_match_warn(&scene.keys.keys[2], &scene.counts[2], &scene.table.kept, &out, &scene.err), 0);
    assert_string_equal(buffer_text(&out), "0 records are one by phone+email: '1' + 'info@acme.com'; if that is no "
                                           "one's, leave it out with --except VALUE");
    link_joined_fini(&scene.joined);

    scene.options.except = except;
    scene.options.except_count = 2;
    scene_join(&scene);
    assert_int_equal(scene.counts[0].filled, 10);
    assert_int_equal(scene.counts[0].pairs, 0);
    assert_int_equal(scene.counts[1].filled, 11);
    assert_int_equal(scene.counts[2].filled, 0);
    assert_int_equal(scene.joined.count, 21);
    scene_end(&scene);
    buffer_fini(&out);

    struct link_match_count count = {.largest = 1000};
    assert_false(link_match_is_suspicious(&count, 100000));
    assert_true(link_match_is_suspicious(&count, 99999));
    count.largest = 1001;
    assert_true(link_match_is_suspicious(&count, 1000000000));
}

/* The slow way: all pairs. */
struct slow {
    size_t rows, split, parts;
    enum link_mode mode;
    const unsigned char (*values)[4]; /* 0: empty */
    const unsigned char *keys;        /* a bit for each column; 0 ends */
    uint32_t cluster[128], matched[128];
    uint64_t filled[8], pairs[8];
};

static bool slow_agree(const struct slow *slow, unsigned key, size_t a, size_t b)
{
    for (unsigned c = 0; c < 4; c++)
        if ((key >> c & 1) && (!slow->values[a][c] || slow->values[a][c] != slow->values[b][c]))
            return false;
    return true;
}

static void slow_join(struct slow *slow)
{
    uint32_t label[128], count = 0;
    bool numbered[128] = {false};

    for (size_t i = 0; i < slow->rows; i++) {
        label[i] = (uint32_t)i;
        for (size_t k = 0; slow->keys[k]; k++)
            slow->filled[k] += slow_agree(slow, slow->keys[k], i, i);
    }
    for (size_t a = 0; a < slow->rows; a++)
        for (size_t b = a + 1; b < slow->rows; b++)
            for (size_t k = 0; slow->keys[k]; k++) {
                bool first_a = a < slow->split, first_b = b < slow->split;
                bool may = slow->mode == LINK_WITHIN ||
                           (slow->mode == LINK_ACROSS ? first_a != first_b : !(first_a && first_b));
                uint32_t old = label[b];
                if (!may || !slow_agree(slow, slow->keys[k], a, b))
                    continue;
                slow->pairs[k]++;
                slow->matched[a] |= 1u << k;
                slow->matched[b] |= 1u << k;
                for (size_t i = 0; i < slow->rows; i++)
                    if (label[i] == old)
                        label[i] = label[a];
            }
    for (size_t i = 0; i < slow->rows; i++) {
        if (numbered[i])
            continue;
        for (size_t j = i; j < slow->rows; j++)
            if (label[j] == label[i]) {
                slow->cluster[j] = count;
                numbered[j] = true;
            }
        count++;
    }
}

static size_t slow_doubtful(const struct slow *slow)
{
    size_t count = 0;

    for (uint32_t c = 0; c < slow->rows; c++) {
        size_t lists[2] = {0, 0};
        for (size_t i = 0; i < slow->rows; i++)
            lists[i >= slow->split] += slow->cluster[i] == c;
        count += slow->mode != LINK_WITHIN && (lists[0] > 1 || (slow->mode == LINK_ACROSS && lists[1] > 1));
    }
    return count;
}

static void every_mode_is_as_all_pairs_say(void **state)
{
    static const unsigned char keys[][5] = {{1}, {2}, {3, 4}, {1, 6, 8}, {15}, {5, 10, 3}};
    static const char *const texts[] = {"a", "b", "a+b,c", "a,b+c,d", "a+b+c+d", "a+c,b+d,a+b"};
    uint64_t random = 7;
    (void)state;

    for (unsigned round = 0; round < 3000; round++) {
        unsigned char values[128][4];
        size_t choice = people_draw(&random, COUNT_OF(keys)), range = 3 + people_draw(&random, 40);
        struct slow slow = {.rows = people_draw(&random, 60), .values = values, .mode = (enum link_mode)(round % 3)};
        char text[8192] = "a|b|c|d\n";
        struct scene scene;

        slow.split = people_draw(&random, slow.rows + 1);
        slow.keys = keys[choice];
        for (size_t i = 0; i < slow.rows; i++)
            for (int c = 0; c < 4; c++) {
                values[i][c] = (unsigned char)people_draw(&random, range);
                sprintf(text + strlen(text), values[i][c] ? "v%d%s" : "%.0d%s", values[i][c], c < 3 ? "|" : "\n");
            }
        slow_join(&slow);
        scene_begin(&scene, text, texts[choice]);
        scene.options.mode = slow.mode;
        scene.options.split = slow.split;
        scene_join(&scene);
        for (size_t i = 0; i < slow.rows; i++) {
            assert_int_equal(scene.joined.cluster[i], slow.cluster[i]);
            assert_int_equal(scene.joined.matched[i], slow.matched[i]);
        }
        for (size_t k = 0; slow.keys[k]; k++) {
            assert_int_equal(scene.counts[k].filled, slow.filled[k]);
            assert_int_equal(scene.counts[k].pairs, slow.pairs[k]);
        }
        assert_int_equal(scene.joined.doubtful, slow_doubtful(&slow));
        if (scene.joined.doubtful) {
            const uint32_t *two = scene.joined.doubtful_rows;
            assert_true(two[0] < two[1]);
            assert_int_equal(slow.cluster[two[0]], slow.cluster[two[1]]);
            assert_int_equal(two[0] < slow.split, two[1] < slow.split);
        }
        scene_end(&scene);
    }
}

static void two_of_a_clean_list_are_said(void **state)
{
    struct scene scene;
    (void)state;

    scene_begin(&scene, "email|phone\na|1\nb|2\nc|3\na|2\nc|9\nc|8\n", "email,phone");
    scene.options.mode = LINK_AGAINST;
    scene.options.split = 3;
    scene_join(&scene);
    assert_int_equal(scene.joined.count, 2);
    assert_int_equal(scene.joined.doubtful, 1); /* a and b of the first list; c, c of the second are welcome */
    assert_int_equal(scene.joined.doubtful_rows[0], 0);
    assert_int_equal(scene.joined.doubtful_rows[1], 1);
    link_joined_fini(&scene.joined);
    scene.options.mode = LINK_ACROSS;
    scene_join(&scene);
    assert_int_equal(scene.joined.doubtful, 2);
    assert_int_equal(scene.joined.doubtful_rows[1], 1);
    scene_end(&scene);
}

/* Febrl's data set 4, two lists of 5000 people. The figures are those of a count by other means. */
static void real_lists_are_joined(void **state)
{
    static char folder[] = "../shared/data/entity_resolution/febrl/";
    char paths[2][80], *files[] = {paths[0], paths[1]};
    const struct stream_options stream_options = {.progress = PROGRESS_NEVER};
    const struct link_match_options options = {.mode = LINK_ACROSS, .split = 5000};
    struct link_match_count counts[LINK_MATCHERS];
    struct link_match_keys keys;
    struct link_joined joined;
    struct slice names[11];
    struct stream *stream;
    struct record record;
    struct kept kept;
    struct error err;
    int more;
    (void)state;

    for (int i = 0; i < 2; i++)
        sprintf(paths[i], "%sdataset4%c.csv", folder, 'a' + i);
    if (access(paths[0], R_OK) || access(paths[1], R_OK)) {
        print_message("skipped: ../shared/data is absent\n");
        skip();
    }
    assert_int_equal(stream_open(&stream, files, 2, &stream_options, &err), 0);
    assert_int_equal(stream_start(stream, &err), 0);
    assert_int_equal(stream_all(stream, &err), 0);
    assert_int_equal(stream->column_count, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++)
        names[i] = stream->columns[i].name;
    kept_init(&kept, COUNT_OF(names));
    while ((more = stream_next(stream, &record, &err)) == 1)
        assert_int_equal(kept_add(&kept, &record, &err), 0);
    assert_int_equal(more, 0);
    assert_int_equal(kept.count, 10000);

    assert_int_equal(
        link_match_keys_parse(&keys, SLICE("soc_sec_id,surname+date_of_birth"), names, COUNT_OF(names), &err), 0);
    assert_int_equal(link_match_keys_join(&keys, &kept, &options, &joined, counts, &err), 0);
    assert_int_equal(counts[0].filled, 10000);
    assert_int_equal(counts[0].pairs, 4561);
    assert_int_equal(counts[0].largest, 2);
    assert_int_equal(counts[1].filled, 9561);
    assert_int_equal(counts[1].pairs, 2973);
    assert_int_equal(counts[1].largest, 4);
    link_joined_fini(&joined);
    kept_fini(&kept);
    stream_free(stream);
}

#if PEOPLE_FAULTS
static int attempt(void *context, struct error *err)
{
    static const struct slice except[] = {SLICE_INIT("x")};
    struct scene *scene = context;
    struct buffer out;
    int failed;

    scene->options = (struct link_match_options){LINK_ACROSS, 2, except, 1, NULL};
    if (link_match_keys_join(&scene->keys, &scene->table.kept, &scene->options, &scene->joined, scene->counts, err))
        return -1;
    buffer_init(&out);
    failed = link_match_warn(&scene->keys.keys[0], &scene->counts[0], &scene->table.kept, &out, err);
    buffer_fini(&out);
    if (!failed && (scene->joined.cluster[0] != 0 || scene->joined.cluster[3] != 0 || scene->joined.count != 3))
        failed = 1;
    link_joined_fini(&scene->joined);
    return failed;
}

static void memory_that_fails_is_an_error_without_a_leak(void **state)
{
    struct scene scene;
    (void)state;

    scene_begin(&scene, "email|phone|name|country\né@x|1|ü b|Österreich\nb@x|2|ñ|DE\nc|3|n|FR\né@x|4|u b|AT\n",
                "email,phone=exact,name+country");
    assert_true(faults_each(attempt, &scene) > 20);
    table_free(&scene.table);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_of_one_key_are_one),
        cmocka_unit_test(values_are_folded_by_the_name_of_their_column),
        cmocka_unit_test(a_kind_or_the_bytes_may_be_asked_for),
        cmocka_unit_test(columns_are_named_as_people_name_them),
        cmocka_unit_test(what_is_wrong_is_said_with_its_place),
        cmocka_unit_test(there_may_be_so_many_keys_and_parts),
        cmocka_unit_test(what_joined_a_record_is_told),
        cmocka_unit_test(a_placeholder_is_seen_and_can_be_left_out),
        cmocka_unit_test(every_mode_is_as_all_pairs_say),
        cmocka_unit_test(two_of_a_clean_list_are_said),
        cmocka_unit_test(real_lists_are_joined),
#if PEOPLE_FAULTS
        cmocka_unit_test(memory_that_fails_is_an_error_without_a_leak),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
