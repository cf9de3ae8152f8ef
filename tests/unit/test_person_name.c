/* Names of persons: hand-written splits in the eight languages; that no letter is lost or invented; what is left whole
 * and why; elections of a column's order; the tables' order; anything a hostile file may hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "value/person_name_words.h"

#define NBSP "\xc2\xa0"

struct split_case {
    const char *text;
    enum name_kind kind;
    const char *prefix, *first, *middle, *last, *suffix, *nickname;
    bool reversed;
};

#define P NAME_PERSON
#define ONE NAME_ONE_WORD

static void check_part(const char *text, const char *part, struct slice got, const char *wanted)
{
    if (!slice_equal_cstr(got, wanted))
        fail_msg("'%s', %s: '%.*s', not '%s'", text, part, SLICE_ARG(got), wanted);
}

static void check_splits(const struct split_case *cases, size_t count, enum name_order order)
{
    char room[PERSON_NAME_ROOM];
    struct person_name name;

    for (size_t i = 0; i < count; i++) {
        const struct split_case *wanted = &cases[i];
        if (!person_name_split(slice_from_cstr(wanted->text), order, room, &name))
            fail_msg("'%s' is left whole: %s", wanted->text, name.reason);
        assert_null(name.reason);
        check_part(wanted->text, "prefix", name.prefix, wanted->prefix);
        check_part(wanted->text, "first", name.first, wanted->first);
        check_part(wanted->text, "middle", name.middle, wanted->middle);
        check_part(wanted->text, "last", name.last, wanted->last);
        check_part(wanted->text, "suffix", name.suffix, wanted->suffix);
        check_part(wanted->text, "nickname", name.nickname, wanted->nickname);
        if (name.kind != wanted->kind || name.reversed != wanted->reversed)
            fail_msg("'%s': kind %d, reversed %d", wanted->text, (int)name.kind, (int)name.reversed);
    }
}

/* In a column of first names first, or names that tell it themselves. */
static const struct split_case first_last[] = {
    {"John Smith", P, "", "John", "", "Smith", "", "", false},
    {"JOHN SMITH", P, "", "JOHN", "", "SMITH", "", "", false},
    {"john smith", P, "", "john", "", "smith", "", "", false},
    {"  John" NBSP "Smith\t", P, "", "John", "", "Smith", "", "", false},
    {"John   Paul  James Smith", P, "", "John", "Paul James", "Smith", "", "", false},
    {"Dr. John F. Kennedy Jr.", P, "Dr.", "John", "F.", "Kennedy", "Jr.", "", false},
    {"Martin Luther King, Jr., PhD", P, "", "Martin", "Luther", "King", "Jr., PhD", "", false},
    {"John Doe, CLU, LUTC", P, "", "John", "", "Doe", "CLU, LUTC", "", false},
    {"Henry Ford III", P, "", "Henry", "", "Ford", "III", "", false},
    {"Mary O'Brien-Jones M.D.", P, "", "Mary", "", "O'Brien-Jones", "M.D.", "", false},
    {"J. R. R. Tolkien", P, "", "J.", "R. R.", "Tolkien", "", "", false},
    {"J.R.R. Tolkien", P, "", "J.", "R.R.", "Tolkien", "", "", false},
    {"J.Smith", P, "", "J.", "", "Smith", "", "", false},
    {"John S.", P, "", "John", "", "S.", "", "", false},
    {"Robert (Bob) Smith", P, "", "Robert", "", "Smith", "", "Bob", false},
    {"William \"Bill\" Gates", P, "", "William", "", "Gates", "", "Bill", false},
    {"William “Bill” Gates", P, "", "William", "", "Gates", "", "Bill", false},
    {"John 'Jack' Kennedy", P, "", "John", "", "Kennedy", "", "Jack", false},
    {"Judge James M. Moody", P, "Judge", "James", "M.", "Moody", "", "", false},
    {"Vincent van Gogh", P, "", "Vincent", "", "van Gogh", "", "", false},
    {"John Van Dyke", P, "", "John", "", "Van Dyke", "", "", false},
    {"Ludwig Mies van der Rohe", P, "", "Ludwig", "Mies", "van der Rohe", "", "", false},
    {"Ludwig von und zu Stein", P, "", "Ludwig", "", "von und zu Stein", "", "", false},
    {"Mary St. John", P, "", "Mary", "", "St. John", "", "", false},
    {"Ben Affleck", P, "", "Ben", "", "Affleck", "", "", false},
    {"Jean-Pierre de La Tour", P, "", "Jean-Pierre", "", "de La Tour", "", "", false},
    {"Jean d’Arc", P, "", "Jean", "", "d’Arc", "", "", false},
    {"Prof. Dr. med. h.c. Anna-Lena Schmidt", P, "Prof. Dr. med. h.c.", "Anna-Lena", "", "Schmidt", "", "", false},
    {"Dipl.-Ing. Max Muster", P, "Dipl.-Ing.", "Max", "", "Muster", "", "", false},
    {"Mme Marie Curie", P, "Mme", "Marie", "", "Curie", "", "", false},
    /* two family names, only behind a Spanish or Portuguese given name */
    {"José Luis García Márquez", P, "", "José", "Luis", "García Márquez", "", "", false},
    {"Jose Garcia Marquez", P, "", "Jose", "", "Garcia Marquez", "", "", false},
    {"María del Carmen García López", P, "", "María del Carmen", "", "García López", "", "", false},
    {"María Fernanda Gómez", P, "", "María", "Fernanda", "Gómez", "", "", false},
    {"José Ortega y Gasset", P, "", "José", "", "Ortega y Gasset", "", "", false},
    {"Juan García de la Vega", P, "", "Juan", "", "García de la Vega", "", "", false},
    {"João Silva Santos", P, "", "João", "", "Silva Santos", "", "", false},
    {"Ana Paula de Souza Lima", P, "", "Ana", "Paula", "de Souza Lima", "", "", false},
    {"Luiz Inácio da Silva", P, "", "Luiz", "Inácio", "da Silva", "", "", false},
    {"Sra. D. María López", P, "Sra.", "D.", "María", "López", "", "", false},
    {"Mary Garcia Smith", P, "", "Mary", "Garcia", "Smith", "", "", false},
    {"Maria Smith Jones", P, "", "Maria", "Smith", "Jones", "", "", false},
    {"Maria E. Jones", P, "", "Maria", "E.", "Jones", "", "", false},
    /* Arabic */
    {"Khalid Al Faisal", P, "", "Khalid", "", "Al Faisal", "", "", false},
    {"Ahmad ben Husain", P, "", "Ahmad", "", "ben Husain", "", "", false},
    {"Abdul Rahman Al-Sudais", P, "", "Abdul Rahman", "", "Al-Sudais", "", "", false},
    {"محمد علي", P, "", "محمد", "", "علي", "", "", false},
    {"محمد أحمد حسن", P, "", "محمد", "أحمد", "حسن", "", "", false},
    {"الدكتور أحمد حسن", P, "الدكتور", "أحمد", "", "حسن", "", "", false},
    {"د/ محمد علي", P, "د", "محمد", "", "علي", "", "", false},
    {"محمد بن سلمان", P, "", "محمد", "", "بن سلمان", "", "", false},
    /* by a comma */
    {"Smith, John", P, "", "John", "", "Smith", "", "", true},
    {"SMITH,John A.", P, "", "John", "A.", "SMITH", "", "", true},
    {"Smith, Dr. John A., Jr.", P, "Dr.", "John", "A.", "Smith", "Jr.", "", true},
    {"Smith Jr., John", P, "", "John", "", "Smith", "Jr.", "", true},
    {"Smith, Jr., John", P, "", "John", "", "Smith", "Jr.", "", true},
    {"Smith, J.R.", P, "", "J.", "R.", "Smith", "", "", true},
    {"van der Berg, Jan", P, "", "Jan", "", "van der Berg", "", "", true},
    {"Berg, Jan van der", P, "", "Jan", "", "van der Berg", "", "", true},
    {"García Márquez, Gabriel José", P, "", "Gabriel", "José", "García Márquez", "", "", true},
    {"Müller, Hans, Dr.", P, "Dr.", "Hans", "", "Müller", "", "", true},
    {"علي، محمد", P, "", "محمد", "", "علي", "", "", true},
    {"Иванов, Иван Иванович", P, "", "Иван", "Иванович", "Иванов", "", "", true},
    /* by a patronymic or initials */
    {"Иванов Иван Иванович", P, "", "Иван", "Иванович", "Иванов", "", "", true},
    {"ИВАНОВ ИВАН ИВАНОВИЧ", P, "", "ИВАН", "ИВАНОВИЧ", "ИВАНОВ", "", "", true},
    {"Иван Иванович Иванов", P, "", "Иван", "Иванович", "Иванов", "", "", false},
    {"Абрамович Роман Аркадьевич", P, "", "Роман", "Аркадьевич", "Абрамович", "", "", true},
    {"Роман Аркадьевич Абрамович", P, "", "Роман", "Аркадьевич", "Абрамович", "", "", false},
    {"Толстая Анна Ильинична", P, "", "Анна", "Ильинична", "Толстая", "", "", true},
    {"Петренко Олена Василівна", P, "", "Олена", "Василівна", "Петренко", "", "", true},
    {"Мамедов Али Гасан оглы", P, "", "Али", "Гасан оглы", "Мамедов", "", "", true},
    {"Иванова (Петрова) Мария Ивановна", P, "", "Мария", "Ивановна", "Иванова (Петрова)", "", "", true},
    {"Салтыков Щедрин Михаил Евграфович", P, "", "Михаил", "Евграфович", "Салтыков Щедрин", "", "", true},
    {"к.т.н. Петров Пётр Петрович", P, "к.т.н.", "Пётр", "Петрович", "Петров", "", "", true},
    {"Петров Пётр Петрович, к.т.н.", P, "", "Пётр", "Петрович", "Петров", "к.т.н.", "", true},
    {"Иванов И.И.", P, "", "И.", "И.", "Иванов", "", "", true},
    {"Иванов И. И.", P, "", "И.", "И.", "Иванов", "", "", true},
    {"И.И.Иванов", P, "", "И.", "И.", "Иванов", "", "", false},
    {"Тарас Шевченко", P, "", "Тарас", "", "Шевченко", "", "", false},
    {"Достоевский Фёдор", P, "", "Фёдор", "", "Достоевский", "", "", true},
    {"Ким Анна", P, "", "Анна", "", "Ким", "", "", true},
    {"Анна Ким", P, "", "Анна", "", "Ким", "", "", false},
    /* Chinese, Korean, Japanese */
    {"王伟", P, "", "伟", "", "王", "", "", true},
    {"王小明", P, "", "小明", "", "王", "", "", true},
    {"欧阳娜娜", P, "", "娜娜", "", "欧阳", "", "", true},
    {"诸葛亮", P, "", "亮", "", "诸葛", "", "", true},
    {"李 小龙", P, "", "小龙", "", "李", "", "", true},
    {"张伟先生", P, "先生", "伟", "", "张", "", "", true},
    {"김민수", P, "", "민수", "", "김", "", "", true},
    {"남궁민수", P, "", "민수", "", "남궁", "", "", true},
    {"김 민수 님", P, "님", "민수", "", "김", "", "", true},
    {"홍길동님", P, "님", "길동", "", "홍", "", "", true},
    {"김하님", P, "", "하님", "", "김", "", "", true},
    {"김씨", ONE, "씨", "", "", "김", "", "", true},
    {"陈金殿", P, "", "金殿", "", "陈", "", "", true},
    {"田中 太郎", P, "", "太郎", "", "田中", "", "", true},
    {"たなか　たろう", P, "", "たろう", "", "たなか", "", "", true},
    {"张伟 (David)", P, "", "伟", "", "张", "", "David", true},
    /* one word */
    {"Madonna", ONE, "", "Madonna", "", "", "", "", false},
    {"Mr. Smith", ONE, "Mr.", "", "", "Smith", "", "", false},
    {"Herr Dr. von Bülow", ONE, "Herr Dr.", "", "", "von Bülow", "", "", false},
    {"г-н Иванов", ONE, "г-н", "", "", "Иванов", "", "", false},
    {"王先生", ONE, "先生", "", "", "王", "", "", true},
    {"Smith,", ONE, "", "", "", "Smith", "", "", false},
    {"Andrews, M.D.", ONE, "", "", "", "Andrews", "M.D.", "", false},
    {"Анна Петровна", ONE, "", "Анна", "Петровна", "", "", "", false},
    {"عبد الله", ONE, "", "عبد الله", "", "", "", "", false},
    {"Mr.", ONE, "", "Mr.", "", "", "", "", false},
};

static const struct split_case last_first[] = {
    {"Smith John", P, "", "John", "", "Smith", "", "", true},
    {"Smith John Paul", P, "", "John", "Paul", "Smith", "", "", true},
    {"Smith J.", P, "", "J.", "", "Smith", "", "", true},
    {"van der Berg Jan", P, "", "Jan", "", "van der Berg", "", "", true},
    {"Van Dyke John", P, "", "John", "", "Van Dyke", "", "", true},
    {"García Márquez Gabriel", P, "", "Gabriel", "", "García Márquez", "", "", true},
    {"García de la Vega Juan", P, "", "Juan", "", "García de la Vega", "", "", true},
    {"Dr. Müller Hans", P, "Dr.", "Hans", "", "Müller", "", "", true},
    {"Роман Айбек Нурланович", P, "", "Айбек", "Нурланович", "Роман", "", "", true},
    {"И.И. Абрамович", P, "", "И.", "И.", "Абрамович", "", "", false},
    {"Сабиров Айрат", P, "", "Айрат", "", "Сабиров", "", "", true},
    {"Иван Иванов", P, "", "Иван", "", "Иванов", "", "", false},
    {"Иванов", ONE, "", "", "", "Иванов", "", "", false},
    {"Иван", ONE, "", "Иван", "", "", "", "", false},
    {"王小明", P, "", "小明", "", "王", "", "", true},
};

static void test_splits(void **state)
{
    (void)state;
    check_splits(first_last, sizeof first_last / sizeof *first_last, NAME_FIRST_LAST);
    check_splits(last_first, sizeof last_first / sizeof *last_first, NAME_LAST_FIRST);
}

/* "Иван Иванович Иванов" may be split in a column of last names first, "John Smith" may not, when nobody said how. */
static void test_undecided(void **state)
{
    static const char *const split[] = {"Smith, John",
                                        "Иванов Иван Иванович",
                                        "Иван Иванович Иванов",
                                        "И.И. Иванов",
                                        "王小明",
                                        "Айрат Сабиров",
                                        "Mr. Smith",
                                        "Madonna",
                                        "J. R. R. Tolkien"};
    static const char *const left[] = {"John Smith",  "Smith John", "Quentin Paul",
                                       "Мурат Насыр", "محمد علي",   "Smith J."};
    char room[PERSON_NAME_ROOM];
    struct person_name name;

    (void)state;
    for (size_t i = 0; i < sizeof split / sizeof *split; i++)
        if (!person_name_split(slice_from_cstr(split[i]), NAME_UNDECIDED, room, &name))
            fail_msg("'%s' is left whole: %s", split[i], name.reason);
    for (size_t i = 0; i < sizeof left / sizeof *left; i++)
        if (person_name_split(slice_from_cstr(left[i]), NAME_UNDECIDED, room, &name))
            fail_msg("'%s' is split", left[i]);
}

struct whole_case {
    const char *text;
    enum name_kind kind;
    const char *reason;
};

static const struct whole_case wholes[] = {
    {"", NAME_WHOLE, "empty"},
    {" \t" NBSP, NAME_WHOLE, "empty"},
    {",", NAME_WHOLE, "empty"},
    {"\xff", NAME_WHOLE, "not UTF-8"},
    {"John \xc3", NAME_WHOLE, "not UTF-8"},
    {"info@x.de", NAME_NOT_A_PERSON, "an e-mail address"},
    {"ACME GmbH", NAME_NOT_A_PERSON, "a company"},
    {"acme gmbh", NAME_NOT_A_PERSON, "a company"},
    {"Acme, Inc.", NAME_NOT_A_PERSON, "a company"},
    {"Acme AG", NAME_NOT_A_PERSON, "a company"},
    {"Acme S.A.", NAME_NOT_A_PERSON, "a company"},
    {"ACME SA", NAME_WHOLE, "perhaps a company"},
    {"Sales Team", NAME_NOT_A_PERSON, "a company"},
    {"ООО Ромашка", NAME_NOT_A_PERSON, "a company"},
    {"ИП Иванов Иван Иванович", NAME_NOT_A_PERSON, "a company"},
    {"某某有限公司", NAME_NOT_A_PERSON, "a company"},
    {"주식회사 삼성", NAME_NOT_A_PERSON, "a company"},
    {"شركة النور", NAME_NOT_A_PERSON, "a company"},
    {"Müller & Söhne", NAME_WHOLE, "more than one person, or a company"},
    {"Mr. and Mrs. Smith", NAME_WHOLE, "more than one person, or a company"},
    {"Иван и Мария", NAME_WHOLE, "more than one person, or a company"},
    {"Juan y María", NAME_WHOLE, "one family name or two"},
    {"Mariano Rajoy Brey", NAME_WHOLE, "one family name or two"},
    {"Juan Martín del Potro", NAME_WHOLE, "one family name or two"},
    {"Luiz Inácio Lula da Silva", NAME_WHOLE, "one family name or two"},
    {"Роман Айбек Нурланович", NAME_WHOLE, "a patronymic or a family name"},
    {"José Vicente Pérez", NAME_WHOLE, "one family name or two"},
    {"Müller/Meier", NAME_WHOLE, "a slash"},
    {"John Smith 2", NAME_WHOLE, "digits"},
    {"John - Acme", NAME_WHOLE, "a dash"},
    {"John *Smith", NAME_WHOLE, "a character that names do not have"},
    {"Sam Smith \xf0\x9f\x98\x8a", NAME_WHOLE, "a character that names do not have"},
    {"John Smith, CEO", NAME_WHOLE, "a remark"},
    {"Familie Müller", NAME_WHOLE, "a remark"},
    {"John Smith (ACME GmbH)", NAME_WHOLE, "a remark in quotes or brackets"},
    {"Anna Schmidt (geb. Meyer)", NAME_WHOLE, "a remark in quotes or brackets"},
    {"Anna (accounting)", NAME_WHOLE, "a remark in quotes or brackets"},
    {"A (B) (C) D", NAME_WHOLE, "more than one part in quotes or brackets"},
    {"\"ACME\"", NAME_WHOLE, "nothing but what is in quotes or brackets"},
    {"John (Bob Smith", NAME_WHOLE, "quotes or brackets that do not match"},
    {"John\"Bob\" Smith", NAME_WHOLE, "quotes or brackets that do not match"},
    {"Jane Doe, Berlin", NAME_WHOLE, "a comma, but a given name before it"},
    {"John, Smith, Paul", NAME_WHOLE, "more commas than a name has"},
    {"John Smith,", NAME_WHOLE, "a comma with nothing behind it"},
    {"a b c d e f g h", NAME_WHOLE, "initials at the end"},
    {"Ann Bo Cy Dy Ek Fy Gu", NAME_WHOLE, "too many words"},
    {"A B C D E F G H I J K L M N O P Q", NAME_WHOLE, "too many words"},
    {"Smith John F.", NAME_WHOLE, "initials at the end"},
    {"Smith J.", NAME_WHOLE, "initials at the end"},
    {"John Doe Msc.Ed.", NAME_WHOLE, "an abbreviation"},
    {"King Henry", NAME_WHOLE, "a title or a given name in front"},
    {"Nguyễn Văn Anh", NAME_WHOLE, "a Vietnamese family name in front"},
    {"Роман Абрамович", NAME_WHOLE, "a patronymic or a family name"},
    {"田中実", NAME_WHOLE, "not told where the family name ends"},
    {"山田太郎", NAME_WHOLE, "not told where the family name ends"},
    {"마이클", NAME_WHOLE, "not told where the family name ends"},
    {"さくら", NAME_WHOLE, "kana without a blank"},
    {"ジョン・スミス", NAME_WHOLE, "a name in transcription"},
    {"David 王", NAME_WHOLE, "two scripts"},
};

static void test_wholes(void **state)
{
    char room[PERSON_NAME_ROOM];
    static char longer[PERSON_NAME_LENGTH + 2];
    struct person_name name;

    (void)state;
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
        if (person_name_split(slice_from_cstr(wholes[i].text), NAME_FIRST_LAST, room, &name))
            fail_msg("'%s' is split: '%.*s' '%.*s'", wholes[i].text, SLICE_ARG(name.first), SLICE_ARG(name.last));
        if (name.kind != wholes[i].kind || strcmp(name.reason, wholes[i].reason) != 0)
            fail_msg("'%s': %d, %s", wholes[i].text, (int)name.kind, name.reason);
        assert_int_equal(name.prefix.len + name.first.len + name.middle.len + name.last.len + name.suffix.len +
                             name.nickname.len,
                         0);
    }
    memset(longer, 'a', sizeof longer);
    longer[4] = ' ';
    assert_true(person_name_split((struct slice){longer, PERSON_NAME_LENGTH}, NAME_FIRST_LAST, room, &name));
    assert_int_equal(name.last.len, PERSON_NAME_LENGTH - 5);
    assert_false(person_name_split((struct slice){longer, PERSON_NAME_LENGTH + 1}, NAME_FIRST_LAST, room, &name));
    assert_string_equal(name.reason, "too long for a name");
}

/* How often each byte of letters comes: ASCII letters, and of the rest what is neither quote nor dash nor blank. */
static void count_letters(struct slice text, int counts[256], int by)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80 || c == '.' || c == '-')
            counts[c] += by;
    }
}

/* Nothing lost, nothing added: the letters of the parts are those of the text. */
static void assert_lossless(struct slice text, const struct person_name *name)
{
    int counts[256] = {0};

    count_letters(text, counts, 1);
    count_letters(name->prefix, counts, -1);
    count_letters(name->first, counts, -1);
    count_letters(name->middle, counts, -1);
    count_letters(name->last, counts, -1);
    count_letters(name->suffix, counts, -1);
    count_letters(name->nickname, counts, -1);
    for (size_t c = 0; c < 256; c++)
        if (counts[c])
            fail_msg("'%.*s' is not the sum of its parts", SLICE_ARG(text));
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void test_nothing_is_lost(void **state)
{
    static const char *const pieces[] = {
        "John",     "Smith",     "van",    "der",    "de",         "la",       "Dr.",
        "Jr.",      "PhD",       "María",  "García", "(Bob)",      "\"Bill\"", "von",
        "und",      "zu",        "J.",     "A.B.",   "O'Brien",    "Иванов",   "Иван",
        "Иванович", "И.И.",      "оглы",   "г-н",    "Анна-Мария", "محمد",     "عبد",
        "بن",       "Abdul",     "y",      "Mc",     "III",        "Prof.",    "Müller-Lüdenscheidt",
        "к.т.н.",   "St.",       "Carmen", "Nguyen", "王",         "小明",     "先生",
        "CLU",      "(Петрова)", "X"};
    static const char *const between[] = {" ", " ", " ", " ", "  ", ", ", ","};
    char room[PERSON_NAME_ROOM];
    struct person_name name;
    uint32_t seed = 7;
    unsigned split = 0;

    (void)state;
    for (unsigned round = 0; round < 200000; round++) {
        char text[256];
        size_t length = 0;
        for (unsigned count = 1 + next_random(&seed) % 6; count; count--) {
            const char *piece = pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)];
            const char *gap = length ? between[next_random(&seed) % (sizeof between / sizeof *between)] : "";
            memcpy(text + length, gap, strlen(gap));
            length += strlen(gap);
            memcpy(text + length, piece, strlen(piece));
            length += strlen(piece);
        }
        struct slice whole = {text, length};
        if (!person_name_split(whole, (enum name_order)(round % 3), room, &name))
            continue;
        split++;
        assert_lossless(whole, &name);
        assert_true(name.first.len || name.last.len);
        assert_true(name.kind == NAME_PERSON ? name.first.len && name.last.len : !name.first.len != !name.last.len);
    }
    assert_true(split > 20000);
}

/* Anything may come: no read beyond the text, no write beyond the room. */
static void test_anything(void **state)
{
    static const char bytes[] = "aAzé.,-'\"()[]/&@ \t\n0中王김ИиЁ\xff\xc3\xe2\x80\xf0\x9f·・د،";
    uint32_t seed = 11;

    (void)state;
    for (unsigned round = 0; round < 200000; round++) {
        const size_t length = next_random(&seed) % 40;
        char *text = malloc(length ? length : 1);
        char *room = malloc(PERSON_NAME_ROOM);
        struct person_name name;
        struct name_election election = {0};
        assert_non_null(text);
        assert_non_null(room);
        for (size_t i = 0; i < length; i++)
            text[i] = bytes[next_random(&seed) % (sizeof bytes - 1)];
        struct slice slice = {text, length};
        if (person_name_split(slice, (enum name_order)(round % 3), room, &name))
            assert_true(name.first.len || name.last.len);
        else
            assert_non_null(name.reason);
        name_election_add(&election, slice, 1);
        (void)name_order_of_header(slice);
        free(text);
        free(room);
    }
}

static enum name_order elect(const char *const *texts, enum name_order header, struct name_election *election)
{
    *election = (struct name_election){0};
    for (uint64_t line = 2; *texts; texts++, line++)
        name_election_add(election, slice_from_cstr(*texts), line);
    return name_election_result(election, header);
}

static void test_elections(void **state)
{
    struct name_election election;

    (void)state;
    assert_int_equal(elect((const char *const[]){NULL}, NAME_UNDECIDED, &election), NAME_UNDECIDED);
    assert_int_equal(elect((const char *const[]){"", " ", NULL}, NAME_LAST_FIRST, &election), NAME_LAST_FIRST);
    assert_int_equal(elect((const char *const[]){"Mary Miller", "Jennifer Stone", "Jacqueline Parker", NULL},
                           NAME_UNDECIDED, &election),
                     NAME_FIRST_LAST);
    assert_int_equal(election.first_last, 3);
    assert_int_equal(election.first_last_example.line, 2);
    assert_string_equal(election.first_last_example.value.text, "Mary Miller");
    assert_int_equal(
        elect((const char *const[]){"Miller Mary", "Stone Jennifer", "Parker Karen", NULL}, NAME_FIRST_LAST, &election),
        NAME_LAST_FIRST);
    assert_int_equal(election.last_first, 3);
    assert_int_equal(election.last_first_example.line, 2);
    /* four of five decide, three of four do not */
    assert_int_equal(
        elect((const char *const[]){"Mary Miller", "Karen Stone", "Susan Wright", "Peter Wright", "Wright Karen", NULL},
              NAME_UNDECIDED, &election),
        NAME_FIRST_LAST);
    assert_int_equal(elect((const char *const[]){"Mary Miller", "Karen Stone", "Susan Wright", "Wright Karen", NULL},
                           NAME_UNDECIDED, &election),
                     NAME_UNDECIDED);
    assert_int_equal(elect((const char *const[]){"Mary Miller", "Karen Stone", "Susan Wright", "Wright Karen", NULL},
                           NAME_LAST_FIRST, &election),
                     NAME_LAST_FIRST);
    /* silent ones, commas, companies decide nothing */
    assert_int_equal(elect((const char *const[]){"Smith, Mary", "Xyz Abc", "ACME GmbH", "a@b.de", "王小明",
                                                 "Scott Martin", "\xff", NULL},
                           NAME_UNDECIDED, &election),
                     NAME_UNDECIDED);
    assert_int_equal(election.comma, 1);
    assert_int_equal(election.silent, 2);
    assert_int_equal(election.not_names, 3);
    assert_int_equal(election.east_asian, 1);
    assert_int_equal(elect((const char *const[]){"Иванов Иван Иванович", "Сидорова А.Б.", "Петров Пётр", NULL},
                           NAME_UNDECIDED, &election),
                     NAME_LAST_FIRST);
    assert_int_equal(election.last_first, 3);
    assert_int_equal(elect((const char *const[]){"Иван Иванович Иванов", "А.Б. Сидорова", "Пётр Петров", NULL},
                           NAME_LAST_FIRST, &election),
                     NAME_FIRST_LAST);
}

struct header_case {
    const char *header;
    enum name_order order;
};

static const struct header_case headers[] = {
    {"", NAME_UNDECIDED},
    {"Name", NAME_UNDECIDED},
    {"Full Name", NAME_UNDECIDED},
    {"Last Name", NAME_UNDECIDED},
    {"First Name", NAME_UNDECIDED},
    {"Имя", NAME_UNDECIDED},
    {"Nom complet", NAME_UNDECIDED},
    {"Contact", NAME_UNDECIDED},
    {"ФИО", NAME_LAST_FIRST},
    {"Ф.И.О. клиента", NAME_LAST_FIRST},
    {"ПІБ", NAME_LAST_FIRST},
    {"姓名", NAME_LAST_FIRST},
    {"Last Name, First Name", NAME_LAST_FIRST},
    {"Name (Last, First)", NAME_LAST_FIRST},
    {"Name (First Last)", NAME_FIRST_LAST},
    {"first_last", NAME_FIRST_LAST},
    {"First and Last Name", NAME_FIRST_LAST},
    {"Nachname, Vorname", NAME_LAST_FIRST},
    {"Name, Vorname", NAME_LAST_FIRST},
    {"Vorname Name", NAME_UNDECIDED},
    {"Vorname Nachname", NAME_FIRST_LAST},
    {"Фамилия Имя", NAME_LAST_FIRST},
    {"Имя и фамилия", NAME_FIRST_LAST},
    {"Прізвище, ім'я", NAME_LAST_FIRST},
    {"NOM Prénom", NAME_LAST_FIRST},
    {"Prénom et nom", NAME_FIRST_LAST},
    {"Apellidos, Nombre", NAME_LAST_FIRST},
    {"Nombre y apellidos", NAME_FIRST_LAST},
    {"Nome e sobrenome", NAME_FIRST_LAST},
};

static void test_headers(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        enum name_order order = name_order_of_header(slice_from_cstr(headers[i].header));
        if (order != headers[i].order)
            fail_msg("'%s': %d, not %d", headers[i].header, (int)order, (int)headers[i].order);
    }
}

/* Takes the quoted field at *at; *at moves behind it. */
static struct slice quoted_field(char **at)
{
    char *open = strchr(*at, '"');
    char *close = open ? strchr(open + 1, '"') : NULL;

    if (!close)
        return (struct slice){NULL, 0};
    *at = close + 1;
    return (struct slice){open + 1, (size_t)(close - open - 1)};
}

/* Real customers: the parts stand beside the whole name in the file, and any way they are written together they come
 * back; what is left whole are single names that look like something else. */
static void test_real_customers(void **state)
{
    FILE *file = fopen("../shared/data/rfm/rfm_data_orders.csv", "r");
    struct name_election forward = {0};
    struct name_election backward = {0};
    char line[512];
    char text[512];
    char room[PERSON_NAME_ROOM];
    unsigned names = 0;
    unsigned left = 0;

    (void)state;
    if (!file) {
        print_message("skipped: ../shared/data is absent\n");
        return;
    }
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        char *at = line;
        struct slice whole = quoted_field(&at);
        struct slice first = quoted_field(&at);
        struct slice last = quoted_field(&at);
        struct person_name name;
        names++;
        name_election_add(&forward, whole, names);
        if (!person_name_split(whole, NAME_FIRST_LAST, room, &name)) {
            left++;
            continue;
        }
        assert_true(slice_equal(name.first, first) && slice_equal(name.last, last));
        int length = snprintf(text, sizeof text, "%.*s, %.*s", SLICE_ARG(last), SLICE_ARG(first));
        assert_true(person_name_split((struct slice){text, (size_t)length}, NAME_UNDECIDED, room, &name));
        assert_true(slice_equal(name.first, first) && slice_equal(name.last, last));
        length = snprintf(text, sizeof text, "%.*s %.*s", SLICE_ARG(last), SLICE_ARG(first));
        name_election_add(&backward, (struct slice){text, (size_t)length}, names);
        if (person_name_split((struct slice){text, (size_t)length}, NAME_LAST_FIRST, room, &name))
            assert_true(slice_equal(name.first, first) && slice_equal(name.last, last));
    }
    fclose(file);
    assert_int_equal(names, 4906);
    assert_true(left < names / 100);
    assert_int_equal(name_election_result(&forward, NAME_UNDECIDED), NAME_FIRST_LAST);
    assert_int_equal(name_election_result(&backward, NAME_UNDECIDED), NAME_LAST_FIRST);
}

/* Common names by hand, over all letters, so that a table out of order does not pass: a binary search would miss some.
 */
static void test_tables(void **state)
{
    static const char *const latin[] = {"aaron", "zulema",  "zoe",      "maria",  "john",     "jean-pierre", "francois",
                                        "bjorn", "ana",     "mohammed", "olga",   "wolfgang", "xavier",      "ximena",
                                        "yves",  "quentin", "uwe",      "ursula", "hannah",   "irina",       "karen",
                                        "nils",  "pablo",   "rosa",     "tobias", "vera",     "ewan"};
    static const char *const cyrillic[] = {"иван", "мария", "алексей", "яна",   "юрий", "петр",   "ольга", "дарья",
                                           "ян",   "агата", "олена",   "євген", "ігор", "дмитро", "зоя",   "хрусталь"};

    (void)state;
    for (size_t i = 0; i < sizeof latin / sizeof *latin; i++)
        if (!(name_find(&name_given_latin, latin[i]) & NAME_GIVEN) != (strcmp(latin[i], "ewan") == 0))
            fail_msg("%s", latin[i]);
    for (size_t i = 0; i < sizeof cyrillic / sizeof *cyrillic; i++)
        if (!(name_find(&name_words_cyrillic, cyrillic[i]) & NAME_GIVEN) != (strcmp(cyrillic[i], "хрусталь") == 0))
            fail_msg("%s", cyrillic[i]);
    assert_true(name_find(&name_family_latin, "garcia") & NAME_FAMILY);
    assert_true(name_find(&name_family_latin, "zuniga") & NAME_FAMILY);
    assert_true(name_find(&name_words_latin, "gmbh") & NAME_COMPANY);
    assert_true(name_find(&name_words_latin, "zur") & NAME_PARTICLE);
    assert_true(name_find(&name_words_arabic, "محمد") & NAME_GIVEN);
    assert_int_equal(name_find(&name_given_latin, ""), 0);
    assert_int_equal(name_find(&name_given_latin, "zzz"), 0);
    assert_true(name_ending_cyrillic(SLICE("ивановна")) & NAME_PATRONYMIC);
    assert_true(name_ending_cyrillic(SLICE("иванов")) & NAME_SURNAME_ENDING);
    assert_int_equal(name_ending_cyrillic(SLICE("ов")), 0);
}

/* The one look-up for all tables against a binary search in each. */
static void test_known_words(void **state)
{
    const struct name_table *const tables[] = {&name_given_latin, &name_family_latin, &name_words_latin,
                                               &name_words_cyrillic, &name_words_arabic};
    const size_t table_count = sizeof tables / sizeof *tables;
    size_t words = 0;

    (void)state;
    for (size_t t = 0; t < table_count; t++)
        for (size_t i = 0; i < tables[t]->count; i++, words++) {
            const char *key = tables[t]->words[i].key;
            unsigned flags = 0;
            for (size_t other = 0; other < table_count; other++)
                flags |= name_find(tables[other], key);
            assert_true(flags & tables[t]->words[i].flags);
            assert_int_equal(name_known(slice_from_cstr(key)), flags);
            if (i)
                assert_true(strcmp(tables[t]->words[i - 1].key, key) < 0);
        }
    assert_true(words > 2000 && words < 4096); /* the hash table has 8192 places */
    assert_int_equal(name_known(SLICE("zzz")), 0);
    assert_int_equal(name_known(SLICE("annaa")), 0);
    assert_int_equal(name_known((struct slice){"annalena", 4}), name_find(&name_given_latin, "anna"));
}

static void test_folding(void **state)
{
    static const char *const pairs[][2] = {{"José", "jose"},     {"MÜLLER", "muller"},  {"Weiß", "weiss"},
                                           {"Ph.D.", "phd"},     {"O’Brien", "obrien"}, {"Фёдор", "федор"},
                                           {"ЄВГЕН", "євген"},   {"أحمد", "احمد"},      {"Nguyễn", "nguyen"},
                                           {"Łukasz", "lukasz"}, {"Ægir", "aegir"},     {"Ţepeş", "tepes"}};
    char key[64];

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        size_t length = name_fold(slice_from_cstr(pairs[i][0]), key, sizeof key);
        assert_int_equal(length, strlen(pairs[i][1]));
        assert_string_equal(key, pairs[i][1]);
    }
    assert_int_equal(name_fold(SLICE("abcdefgh"), key, 8), 0);
    assert_int_equal(name_fold(SLICE("a\xff"), key, sizeof key), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_splits),          cmocka_unit_test(test_undecided),      cmocka_unit_test(test_wholes),
        cmocka_unit_test(test_nothing_is_lost), cmocka_unit_test(test_anything),       cmocka_unit_test(test_elections),
        cmocka_unit_test(test_headers),         cmocka_unit_test(test_real_customers), cmocka_unit_test(test_tables),
        cmocka_unit_test(test_folding),         cmocka_unit_test(test_known_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
