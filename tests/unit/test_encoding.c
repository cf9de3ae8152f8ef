/* Encodings: what proves itself, the tables against iconv, and the judgement, on exports made here from real names and
 * cities in every encoding that holds them, and on texts that others wrote. "Right" is a guess that decodes, by iconv,
 * to the same text as the true encoding does. The names below were written down for this test; the tables do not come
 * from them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "folder.h"
#include "value/encoding.h"
#include "value/encoding_tables.h"

#define DATA "../shared/data/"
#define ARRAY_LENGTH(array) (sizeof(array) / sizeof *(array))

/* Separated by commas; all of them have a letter beyond ASCII. */
static const struct language {
    const char *name;
    const char *encodings; /* separated by blanks */
    const char *people;
} languages[] = {
    {"German", "WINDOWS-1252 ISO-8859-15 IBM850 MACINTOSH WINDOWS-1250",
     "Jürgen Müller,Sören Groß,Käthe Krüger,Björn Schäfer,Günther Weiß,Jörg Köhler,Bärbel Schröder,Anja Größmann,Ülkü "
     "Bäcker,"
     "München,Köln,Düsseldorf,Nürnberg,Saarbrücken,Göttingen,Lübeck,Gießen,Österreich,Zürich,Tübingen,"
     "Bürgermeisterstraße"},
    {"French", "WINDOWS-1252 ISO-8859-15 IBM850 MACINTOSH",
     "François Lefèvre,Hélène Béranger,Céline Desprès,Jérôme Bélanger,Zoé Hébert,Aurélie Français,Benoît Gagné,Maëlle "
     "Lacôte,"
     "Orléans,Nîmes,Besançon,Saint-Étienne,Angoulême,Béziers,Évreux,Montréal,Genève,Société Générale,Crédit Agricole"},
    {"Spanish", "WINDOWS-1252 ISO-8859-15 IBM850 MACINTOSH",
     "José Muñoz,María Núñez,Ángel Ibáñez,Verónica Peña,Raúl Gutiérrez,Sofía Hernández,Joaquín Ordóñez,Íñigo Álvarez,"
     "Málaga,Córdoba,A Coruña,Cádiz,León,Bogotá,Medellín,Asunción,Cancún,Mérida,Logroño,Compañía Española"},
    {"Portuguese", "WINDOWS-1252 ISO-8859-15 IBM850 MACINTOSH",
     "João Gonçalves,Inês Conceição,Antônio Araújo,Mônica Simões,Luís Magalhães,Patrícia Brandão,Fábio "
     "Guimarães,Cláudia Leão,"
     "São Paulo,Brasília,Goiânia,Belém,Maceió,Évora,Guarujá,Ribeirão Preto,Setúbal,Construções Irmãos"},
    {"Italian", "WINDOWS-1252 ISO-8859-15",
     "Niccolò Macrì,Nicolò Dalò,Zoè Cantù,Cefalù,Forlì,Mondovì,Patù,Società Unità,Libertà,Città di Castello,Santhià"},
    {"Swedish", "WINDOWS-1252 ISO-8859-15 IBM850 MACINTOSH",
     "Åsa Öberg,Björn Sjöström,Märta Hägglund,Göran Åkesson,Pär Lindström,Örjan Nyström,Malmö,Göteborg,Västerås,Örebro,"
     "Linköping,Jönköping,Umeå,Luleå,Växjö,Gävle,Borås"},
    {"Danish", "WINDOWS-1252 ISO-8859-15 IBM850",
     "Søren Ødegård,Bjørn Nygård,Kåre Sørensen,Jørgen Kjær,Mette "
     "Højgård,Tromsø,Ålesund,Bodø,Århus,Helsingør,Tønder,Næstved,"
     "Køge,Brønshøj,Sæby"},
    {"Finnish", "WINDOWS-1252 ISO-8859-15",
     "Väinö Hämäläinen,Pekka Mäkinen,Päivi "
     "Lehtimäki,Jyväskylä,Hämeenlinna,Seinäjoki,Riihimäki,Äänekoski,Mäntsälä,Kemijärvi"},
    {"Polish", "WINDOWS-1250 ISO-8859-2 IBM852 MAC-CENTRALEUROPE",
     "Łukasz Wójcik,Małgorzata Dąbrowska,Paweł Zieliński,Grażyna Wiśniewska,Stanisław Żak,Michał Jabłoński,Bożena "
     "Śliwińska,"
     "Kraków,Łódź,Wrocław,Poznań,Gdańsk,Rzeszów,Toruń,Częstochowa,Białystok,Świnoujście,Spółka"},
    {"Czech", "WINDOWS-1250 ISO-8859-2 IBM852 MAC-CENTRALEUROPE",
     "Jiří Dvořák,Tomáš Novák,Kateřina Svobodová,Zdeněk Černý,Lukáš Procházka,Ondřej Růžička,Vojtěch Šťastný,Anežka "
     "Němcová,"
     "Plzeň,Děčín,České Budějovice,Hradec Králové,Ústí nad Labem,Olomoučtí,Přerov,Kroměříž,Třebíč"},
    {"Slovak", "WINDOWS-1250 ISO-8859-2 IBM852",
     "Ľubomír Kováč,Mária Horváthová,Štefan Tóth,Žofia Baláž,Július Šimko,Košice,Žilina,Prešov,Banská Bystrica,Trenčín,"
     "Nové Zámky,Poľnohospodárska,Liptovský Mikuláš"},
    {"Hungarian", "WINDOWS-1250 ISO-8859-2 IBM852",
     "László Kővári,Gyöngyi Szűcs,Zoltán Erdős,Béla Török,Ágnes Kőszegi,Győző Fehér,Dezső "
     "Őry,Győr,Szeged-Kecskemét,Pécs,"
     "Székesfehérvár,Gödöllő,Hódmezővásárhely,Kőbánya,Üllői út,Fűtő Művek"},
    {"Romanian", "WINDOWS-1250 ISO-8859-2 IBM852",
     "Ştefan Popăţean,Mihăiţă Ioniţă,Răzvan Bălan,Cătălina "
     "Munteanu-Brânză,Timişoara,Iaşi,Braşov,Constanţa,Galaţi,Ploieşti,"
     "Târgu Mureş,Piteşti,Bistriţa,Bacău,Societăţi"},
    {"Croatian", "WINDOWS-1250 ISO-8859-2 IBM852",
     "Željko Jurić,Krešimir Kovačević,Đurđica Šimić,Tomislav "
     "Babić,Šibenik,Požega,Čakovec,Đakovo,Križevci,Poreč,Županja"},
    {"Slovenian", "WINDOWS-1250 ISO-8859-2",
     "Matjaž Žagar,Špela Kovač,Blaž Črnič,Boštjan Zupančič,Škofja Loka,Črnomelj,Tržič,Domžale,Ajdovščina,Brežice"},
    {"Turkish", "WINDOWS-1254 ISO-8859-9 IBM857",
     "Ayşe Yıldırım,Oğuzhan Çelik,Şükrü Özdemir,Işıl Güneş,Tuğba Şahin,İbrahim Koç,Gökçe "
     "Aydoğan,İstanbul,Eskişehir,Diyarbakır,"
     "Muğla,Şanlıurfa,Balıkesir,Kırşehir,Iğdır,Sanayi Ticaret Şirketi"},
    {"Lithuanian", "WINDOWS-1257 ISO-8859-13",
     "Jūratė Žukauskienė,Mindaugas Šimkus,Rūta Balčiūnaitė,Šarūnas "
     "Jasikevičius,Klaipėda,Šiauliai,Panevėžys,Mažeikiai,Kėdainiai,"
     "Marijampolė,Utenos įmonė,Vokiečių gatvė"},
    {"Latvian", "WINDOWS-1257 ISO-8859-13",
     "Jānis Bērziņš,Līga Kalniņa,Pēteris Ozoliņš,Ģirts Kļaviņš,Ilze "
     "Krūmiņa,Rīga,Liepāja,Jūrmala,Rēzekne,Jēkabpils,Kuldīga,"
     "Brīvības iela,Ķekava"},
    {"Estonian", "WINDOWS-1257 ISO-8859-13",
     "Jüri Mägi,Õnne Pärn,Tõnu Põld,Ülle Kütt,Märt Jõesaar,Võru,Jõhvi,Põlva,Kärdla,Põltsamaa,Jõgeva,Rüütli"},
    {"Russian", "WINDOWS-1251 KOI8-R ISO-8859-5 IBM866 IBM855 MAC-CYRILLIC",
     "Иванов Сергей,Петрова Ольга,Кузнецов Дмитрий,Смирнова Екатерина,Фёдоров Алексей,Щербакова "
     "Наталья,Москва,Санкт-Петербург,"
     "Новосибирск,Екатеринбург,Нижний Новгород,Челябинск,Ростов-на-Дону,ООО Ромашка,ЗАО СТРОЙСЕРВИС,Юность"},
    {"Ukrainian", "WINDOWS-1251 KOI8-U ISO-8859-5",
     "Олексій Шевченко,Наталія Ткаченко,Ірина Мельник,Їжакевич "
     "Євген,Київ,Харків,Львів,Запоріжжя,Вінниця,Чернівці,Івано-Франківськ,"
     "Підприємство,Кривий Ріг"},
    {"Bulgarian", "WINDOWS-1251 ISO-8859-5 IBM866",
     "Георги Димитров,Мария Иванова,Стоян Стоянов,Пламен Ангелов,Цветелина Христова,София,Пловдив,Варна,Бургас,Стара "
     "Загора,"
     "Велико Търново,Търговище,Дружество"},
    {"Serbian", "WINDOWS-1251 ISO-8859-5",
     "Милош Обреновић,Љубица Петровић,Ђорђе Јовановић,Његош Николић,Београд,Нови "
     "Сад,Ниш,Крагујевац,Суботица,Чачак,Предузеће"},
    {"Greek", "WINDOWS-1253 ISO-8859-7 CP737",
     "Γιώργος Παπαδόπουλος,Μαρία Νικολάου,Ελένη Γεωργίου,Κωνσταντίνος "
     "Δημητρίου,Αθήνα,Θεσσαλονίκη,Πάτρα,Ηράκλειο,Λάρισα,Ιωάννινα,"
     "Χανιά,ΑΝΩΝΥΜΗ ΕΤΑΙΡΕΙΑ"},
    {"Hebrew", "WINDOWS-1255 ISO-8859-8 CP862",
     "יוסי כהן,שרה לוי,משה מזרחי,רחל אברהם,דוד פרץ,תל אביב,ירושלים,חיפה,באר שבע,ראשון לציון,נתניה,חברה בעמ"},
    {"Arabic", "WINDOWS-1256 ISO-8859-6",
     "محمد العلي,فاطمة الزهراء,أحمد حسين,عبد الرحمن السعيد,خالد منصور,القاهرة,الرياض,دمشق,بغداد,الدار "
     "البيضاء,الإسكندرية,شركة التجارة"},
    {"Thai", "WINDOWS-874 TIS-620",
     "สมชาย ใจดี,สมหญิง รักไทย,วิชัย ศรีสุข,กรุงเทพมหานคร,เชียงใหม่,ขอนแก่น,นครราชสีมา,ภูเก็ต,บริษัท จำกัด,ประเทศไทย"},
    {"Vietnamese", "WINDOWS-1258 VISCII",
     "Nguyễn Văn Hùng,Trần Thị Lan,Lê Hoàng Đức,Phạm Quốc Việt,Vũ Thị Hồng Nhung,Đặng Minh Tuấn,Hà Nội,Đà Nẵng,Hải "
     "Phòng,Cần Thơ,"
     "Huế,Thành phố Hồ Chí Minh,Công ty Cổ phần"},
    {"simplified Chinese", "GB18030",
     "王伟,李娜,张秀英,刘洋,陈静,杨磊,赵敏,黄晓明,周杰,吴倩,北京,上海,广州,深圳,成都市,杭州,武汉,西安,有限责任公司,"
     "科技发展集团"},
    {"traditional Chinese", "BIG5",
     "陳怡君,林志豪,黃淑芬,張家瑋,李建宏,王美玲,吳宗翰,劉雅婷,臺北市,高雄,臺中,新竹,桃園,臺南,香港,股份有限公司,"
     "國際貿易"},
    {"Japanese", "CP932 EUC-JP ISO-2022-JP",
     "佐藤健太,鈴木花子,高橋一郎,田中さくら,伊藤大輔,渡辺ゆき,山本翔,中村美咲,東京都,大阪市,名古屋,横浜,札幌,福岡,"
     "株式会社サンプル,"
     "トヨタ自動車"},
    {"Korean", "UHC EUC-KR",
     "김민수,이영희,박지훈,최수진,정우성,강하늘,조현우,윤서연,서울특별시,부산,대구,인천,광주,대전,주식회사 "
     "한국,삼성전자"},
};

/* Text from one encoding into another; false when it cannot be. */
static bool convert(struct buffer *out, const char *to, const char *from, struct slice text)
{
    iconv_t descriptor = iconv_open(to, from);
    char *in = (char *)(uintptr_t)text.ptr;
    size_t left = text.len;

    assert_true(descriptor != (iconv_t)-1);
    buffer_clear(out);
    assert_int_equal(buffer_reserve(out, text.len * 8 + 16), 0);
    char *at = out->data;
    size_t room = out->capacity;
    bool done = iconv(descriptor, &in, &left, &at, &room) != (size_t)-1 && left == 0 &&
                iconv(descriptor, NULL, NULL, &at, &room) != (size_t)-1;
    out->len = (size_t)(at - out->data);
    iconv_close(descriptor);
    return done;
}

static struct encoding_guess detect(struct slice sample, bool whole)
{
    struct encoding_guess guess;
    struct error err;

    assert_int_equal(encoding_detect(sample, whole, &guess, &err), 0);
    assert_true(guess.confidence >= 0 && guess.confidence <= 1);
    assert_true(memchr(guess.evidence, 0, sizeof guess.evidence) != NULL);
    assert_null(strchr(guess.evidence, '\n'));
    assert_true(utf8_valid(guess.evidence, strlen(guess.evidence)));
    return guess;
}

static void assert_guess(struct slice sample, bool whole, const char *name)
{
    struct encoding_guess guess = detect(sample, whole);

    if (strcmp(guess.name, name) != 0)
        fail_msg("'%s' instead of '%s': %s", guess.name, name, guess.evidence);
}

/* Whether the guess decodes the sample to the text that its true encoding gives. */
static bool is_right(struct slice sample, const char *guessed, const char *encoding)
{
    struct buffer right = {0}, wrong = {0};
    bool same = false;

    if (*guessed) {
        const char *name = strcmp(guessed, "ASCII") == 0 ? "UTF-8" : guessed;
        assert_true(convert(&right, "UTF-8", encoding, sample));
        same = convert(&wrong, "UTF-8", name, sample) && slice_equal(buffer_slice(&right), buffer_slice(&wrong));
    }
    buffer_fini(&right);
    buffer_fini(&wrong);
    return same;
}

static void test_marks(void **state)
{
    (void)state;
    static const struct {
        struct slice text;
        const char *name;
        size_t mark;
    } cases[] = {
        {SLICE_INIT("\xef\xbb\xbfname\n"), "UTF-8", 3},
        {SLICE_INIT("\xef\xbb\xbf"), "UTF-8", 3},
        {SLICE_INIT("\xff\xfen\0"), "UTF-16LE", 2},
        {SLICE_INIT("\xfe\xff\0n"), "UTF-16BE", 2},
        {SLICE_INIT("\xff\xfe\0\0n\0\0\0"), "UTF-32LE", 4},
        {SLICE_INIT("\0\0\xfe\xff\0\0\0n"), "UTF-32BE", 4},
        {SLICE_INIT("\x84\x31\x95\x33name"), "GB18030", 4},
        {SLICE_INIT("\xfe\xff\0\0\0n\0\0\0a\0\0\0m\0\0\0e"), "UTF-32BE", 2}, /* as Java's Data Loader writes it */
        {SLICE_INIT("name\n"), "ASCII", 0},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct encoding_guess guess = detect(cases[i].text, true);
        assert_string_equal(guess.name, cases[i].name);
        assert_int_equal(guess.mark, cases[i].mark);
        assert_true(guess.confidence > 0.98);
    }
}

static void test_wide(void **state)
{
    (void)state;
    static const char *const names[] = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    static const char *const texts[] = {
        "id,name\n1,Müller\n", "имя,город\nИван,Москва\n", "名前,都市\n佐藤健太,東京都\n鈴木花子,大阪市\n", "id\n1\n",
        "a,b\r\n😀,🎉\r\n",
    };
    struct buffer wide = {0};
    for (size_t t = 0; t < ARRAY_LENGTH(texts); t++)
        for (size_t n = 0; n < ARRAY_LENGTH(names); n++) {
            assert_true(convert(&wide, names[n], "UTF-8", slice_from_cstr(texts[t])));
            assert_guess(buffer_slice(&wide), true, names[n]);
            for (size_t cut = 1; cut < (n < 2 ? 2 : 4); cut++)
                assert_guess((struct slice){wide.data, wide.len - cut}, false, names[n]);
        }
    buffer_fini(&wide);
    /* A NUL or two in a file of bytes make no UTF-16 of it. */
    assert_guess(SLICE("a,b,c\n1,\0,3\n"), true, "ASCII");
    assert_guess(SLICE("a,b,c\n1,2,3\n\0"), true, "ASCII");
    assert_guess(SLICE("a,b,c,d\n1,2,3,\0\0"), true, "ASCII");
}

static void test_plain(void **state)
{
    (void)state;
    static const char text[] = "name,city\nJosé,Köln\nИван,東京😀\n";
    assert_guess(SLICE(""), true, "ASCII");
    assert_guess(SLICE(""), false, "ASCII");
    assert_guess(SLICE("name\tcity\r\nJohn\tRome\032"), true, "ASCII");
    for (size_t len = 0; len < sizeof text; len++)
        assert_guess((struct slice){text, len}, false, len <= 13 ? "ASCII" : "UTF-8");
    assert_guess(SLICE("Zo\xc3\xab"), true, "UTF-8");
    /* One line in another encoding. */
    struct encoding_guess guess = detect(SLICE("José,Núñez,Peña,Málaga,M\xfcller\n"), true);
    assert_string_equal(guess.name, "UTF-8");
    assert_true(guess.confidence < 0.95);
    /* Overlong forms and surrogates are no UTF-8. */
    assert_string_not_equal(detect(SLICE("a\xc0\xaf\xed\xa0\x80z"), true).name, "UTF-8");
}

static void test_escapes(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *text;
    } cases[] = {
        {"ISO-2022-JP", "名前,東京都\n"},
        {"ISO-2022-KR", "이름,서울\n"},
        {"ISO-2022-CN", "姓名,北京\n"},
        {"ISO-2022-JP-3", "ｶﾅ,名前\n"},
    };
    struct buffer text = {0};
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_true(convert(&text, cases[i].name, "UTF-8", slice_from_cstr(cases[i].text)));
        assert_true(is_right(buffer_slice(&text), detect(buffer_slice(&text), true).name, cases[i].name));
    }
    buffer_fini(&text);
    assert_guess(SLICE("\033[31mred\033[0m\n"), true, "ASCII");
}

/* Every byte of every table is what iconv makes of it. */
static void test_tables(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (size_t i = 0; i < encoding_charsets_count; i++)
        for (unsigned byte = 128; byte < 256; byte++) {
            char c = (char)byte;
            unsigned expected = 0xfffd;
            if (convert(&text, "UTF-16LE", encoding_charsets[i].name, (struct slice){&c, 1}) && text.len == 2)
                expected = (unsigned char)text.data[0] | (unsigned)(unsigned char)text.data[1] << 8;
            if (expected < 0xa0)
                expected = 0xfffd;
            if (encoding_charsets[i].high[byte - 128] != expected)
                fail_msg("%s %02x", encoding_charsets[i].name, byte);
        }
    buffer_fini(&text);
}

static const struct encoding_language *find_language(const char *code)
{
    const struct encoding_language *const lists[] = {encoding_latin, encoding_central, encoding_script};
    const size_t counts[] = {encoding_latin_count, encoding_central_count, encoding_script_count};
    for (size_t list = 0; list < ARRAY_LENGTH(lists); list++)
        for (size_t i = 0; i < counts[list]; i++)
            if (strncmp(lists[list][i].code, code, 2) == 0)
                return &lists[list][i];
    return NULL;
}

/* Each row of costs is a distribution: the probabilities add up to one, less what is not listed. */
static void check_row(const char *row, size_t len)
{
    double sum = 0, probability = 0;
    for (size_t i = 0; i < len; i++) {
        if (encoding_is_cost(row[i])) {
            probability = 1;
            for (unsigned half = encoding_cost(row[i]); half; half--)
                probability *= 0.70710678118654752;
        } else if (((unsigned char)row[i] & 0xc0) != 0x80) {
            sum += probability;
        }
    }
    if (sum < 0.75 || sum > 1.2)
        fail_msg("%.*s adds up to %f", (int)len, row, sum);
}

static void test_languages(void **state)
{
    (void)state;
    size_t readings = 0;
    for (size_t i = 0; i < encoding_charsets_count; i++) {
        for (const char *code = encoding_charsets[i].languages; *code;
             code += strcspn(code, " "), code += *code == ' ') {
            if (*code == '|')
                continue;
            const struct encoding_language *language = find_language(code);
            readings++;
            if (!language)
                fail_msg("%s: no language %.2s", encoding_charsets[i].name, code);
            size_t letters = 0;
            for (const char *row = language->text; *row; row += strcspn(row, " "), row += *row == ' ', letters++)
                check_row(row, strcspn(row, " "));
            assert_in_range(letters, 20, ENCODING_LETTERS);
        }
    }
    assert_in_range(readings, encoding_charsets_count, 320);
    assert_in_range(encoding_charsets_count, 1, 48);
    for (size_t i = 0; i < encoding_asian_count; i++)
        check_row(encoding_asian[i].text, strlen(encoding_asian[i].text));
}

/* An export with `names` people among rows that are ASCII, in UTF-8. random picks them. */
static void write_export(struct buffer *out, const char *people, size_t names, uint32_t *random)
{
    size_t count = 1, rows = names * 3 < 30 ? 30 : names * 3;
    for (const char *p = people; *p; p++)
        count += *p == ',';
    buffer_clear(out);
    assert_int_equal(buffer_printf(out, "Id,Name,City,Email,Phone,Amount,Created\r\n"), 0);
    for (size_t row = 0; row < rows; row++) {
        const char *name = "John Smith";
        size_t len = strlen(name);
        if (row % 3 == 1 && row / 3 < names) {
            *random = *random * 1664525u + 1013904223u;
            name = people;
            for (size_t skip = (*random >> 8) % count; skip; skip--)
                name = strchr(name, ',') + 1;
            len = strcspn(name, ",");
        }
        assert_int_equal(buffer_printf(out,
                                       "%zu,%.*s,Springfield,user%zu@example.com,+49 30 %zu,%zu.50,2026-03-0%zu\r\n",
                                       1000 + row, (int)len, name, row, 300000 + row * 7919, row * 13 + 5, row % 9 + 1),
                         0);
    }
}

static const size_t sizes[] = {1, 3, 10, 100};
#define ROUNDS 4

struct score {
    size_t right[ARRAY_LENGTH(sizes)];
    size_t all[ARRAY_LENGTH(sizes)];
};

static void check_exports(const struct language *language, const char *encoding, struct score *score, bool verbose)
{
    struct buffer utf8 = {0}, text = {0};
    uint32_t random = 2026;
    for (size_t s = 0; s < ARRAY_LENGTH(sizes); s++) {
        size_t right = 0;
        for (int round = 0; round < ROUNDS; round++) {
            write_export(&utf8, language->people, sizes[s], &random);
            if (!convert(&text, encoding, "UTF-8", buffer_slice(&utf8)))
                fail_msg("%s does not hold %s", encoding, language->name);
            struct encoding_guess guess = detect(buffer_slice(&text), true);
            bool good = is_right(buffer_slice(&text), guess.name, encoding);
            right += good;
            if (!good && verbose)
                print_message("%s in %s, %zu names: %s\n", language->name, encoding, sizes[s], guess.evidence);
        }
        score->right[s] += right;
        score->all[s] += ROUNDS;
    }
    buffer_fini(&utf8);
    buffer_fini(&text);
}

/* One name may read well in two encodings; three seldom do; ten must not. */
static void test_exports(void **state)
{
    (void)state;
    static const double wanted[] = {0.93, 0.98, 1, 1};
    bool verbose = getenv("ENCODING_VERBOSE") != NULL;
    struct score score = {0};
    for (size_t i = 0; i < ARRAY_LENGTH(languages); i++)
        for (const char *p = languages[i].encodings; *p; p += strcspn(p, " "), p += *p == ' ') {
            char encoding[32];
            snprintf(encoding, sizeof encoding, "%.*s", (int)strcspn(p, " "), p);
            check_exports(&languages[i], encoding, &score, verbose);
        }
    for (size_t s = 0; s < ARRAY_LENGTH(sizes); s++) {
        if (verbose)
            print_message("%zu names: %zu of %zu right\n", sizes[s], score.right[s], score.all[s]);
        if ((double)score.right[s] < wanted[s] * (double)score.all[s])
            fail_msg("%zu names: %zu of %zu right", sizes[s], score.right[s], score.all[s]);
    }
}

/* One letter in a megabyte, and what an export has beside letters. */
static void test_few(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *encoding;
    } cases[] = {
        {"Jürgen Müller", "WINDOWS-1252"},
        {"Begoña Muñoz", "WINDOWS-1252"},
        {"100 €", "WINDOWS-1252"},
        {"it’s – “so”", "WINDOWS-1252"},
        {"Łukasz", "WINDOWS-1250"},
        {"Dvořák", "WINDOWS-1250"},
        {"Иванов", "WINDOWS-1251"},
        {"ИВАНОВ", "KOI8-R"},
        {"Иванов", "KOI8-R"},
        {"Oğuz", "WINDOWS-1254"},
        {"北京", "GB18030"},
        {"東京都", "CP932"},
        {"ﾔﾏﾀﾞ ﾀﾛｳ", "CP932"},
        {"서울", "UHC"},
        {"Acme®", "WINDOWS-1252"},
        {"£ 100", "WINDOWS-1252"},
        {"25 °C", "WINDOWS-1252"},
        {"Müller|Köln|5", "WINDOWS-1252"},
        {"New\u00a0York", "WINDOWS-1252"},
    };
    struct buffer text = {0}, word = {0};
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_true(convert(&word, cases[i].encoding, "UTF-8", slice_from_cstr(cases[i].text)));
        buffer_clear(&text);
        while (text.len < ENCODING_SAMPLE - 100)
            assert_int_equal(
                buffer_append(&text, SLICE("1001,John Smith,Springfield,john@example.com,+1 555 0100\r\n")), 0);
        assert_int_equal(buffer_append(&text, buffer_slice(&word)), 0);
        assert_int_equal(buffer_append(&text, SLICE(",Springfield\r\n")), 0);
        struct encoding_guess guess = detect(buffer_slice(&text), true);
        if (!is_right(buffer_slice(&text), guess.name, cases[i].encoding))
            fail_msg("%s in %s: %s", cases[i].text, cases[i].encoding, guess.evidence);
    }
    /* Behind the first megabyte nothing is looked at. */
    buffer_clear(&text);
    while (text.len < ENCODING_SAMPLE)
        assert_int_equal(buffer_append_char(&text, 'a'), 0);
    assert_int_equal(buffer_append_char(&text, '\xfc'), 0);
    assert_guess(buffer_slice(&text), true, "ASCII");
    buffer_fini(&text);
    buffer_fini(&word);
}

/* A sample that ends anywhere, inside a character, too. */
static void test_cut(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *encoding;
    } cases[] = {
        {"姓名,城市\n王伟,北京\n李娜,上海市\n张秀英,广州\n刘洋,深圳\n", "GB18030"},
        {"名前,都市\n佐藤健太,東京都\n鈴木花子,大阪市\n高橋一郎,横浜\n", "CP932"},
        {"名前,都市\n佐藤健太,東京都\n鈴木花子,大阪市\n高橋一郎,横浜\n", "EUC-JP"},
        {"이름,도시\n김민수,서울특별시\n이영희,부산\n박지훈,대구\n", "UHC"},
        {"姓名,城市\n陳怡君,臺北市\n林志豪,高雄\n黃淑芬,臺中\n", "BIG5"},
        {"имя,город\nИванов,Москва\nПетрова,Новосибирск\n", "WINDOWS-1251"},
    };
    struct buffer text = {0};
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        assert_true(convert(&text, cases[i].encoding, "UTF-8", slice_from_cstr(cases[i].text)));
        for (size_t len = 20; len <= text.len; len++)
            assert_guess((struct slice){text.data, len}, false, cases[i].encoding);
    }
    buffer_fini(&text);
}

/* A report says what it saw. */
static void test_evidence(void **state)
{
    (void)state;
    struct buffer text = {0};
    assert_true(convert(&text, "WINDOWS-1251", "UTF-8", SLICE("id;name\n1;Иванов\n2;Смирнова\n")));
    struct encoding_guess guess = detect(buffer_slice(&text), true);
    assert_string_equal(guess.name, "WINDOWS-1251");
    assert_true(strncmp(guess.evidence, "as WINDOWS-1251 the words look Russian: 'Иванов'; next best ", 63) == 0);
    assert_true(*guess.second && strcmp(guess.second, guess.name) != 0);
    assert_true(strstr(guess.evidence, guess.second) != NULL);
    assert_true(guess.confidence > 0.8);
    struct encoding_guess again = detect(buffer_slice(&text), true); /* nothing is remembered */
    assert_memory_equal(&guess, &again, sizeof guess);
    /* A letter alone is next to no evidence. */
    assert_true(detect(SLICE("a,\xe9,c\n"), true).confidence < 0.9);
    /* Bytes without a character cannot be in the text, and are no reason to be sure. */
    assert_true(detect(SLICE("M\xfcller,K\xf6ln,\x81\n"), true).confidence < 0.7);
    buffer_fini(&text);
}

static void test_noise(void **state)
{
    (void)state;
    enum { SIZE = 20000 };
    static char noise[SIZE];
    static const unsigned lowest[] = {0, 0x20, 0x80, 0xa0, 0xc0};
    uint32_t random = 1;
    for (size_t kind = 0; kind < ARRAY_LENGTH(lowest); kind++)
        for (size_t size = 200; size <= SIZE; size *= 10) {
            for (size_t i = 0; i < size; i++) {
                random = random * 1664525u + 1013904223u;
                noise[i] = (char)(lowest[kind] + (random >> 16) % (256 - lowest[kind]));
                if (kind > 1 && (random >> 8) % 12 == 0)
                    noise[i] = ' ';
            }
            struct encoding_guess guess = detect((struct slice){noise, size}, true);
            if (*guess.name)
                fail_msg("noise from %x on, %zu bytes: %s", lowest[kind], size, guess.evidence);
            assert_true(guess.confidence == 0);
        }
}

/* Nothing that bytes can be ends in anything but a guess. */
static void test_any_bytes(void **state)
{
    (void)state;
    static char long_run[3000];
    char two[2];
    for (unsigned first = 128; first < 256; first++)
        for (unsigned second = first % 16; second < 256; second += 16) {
            two[0] = (char)first;
            two[1] = (char)second;
            detect((struct slice){two, 1 + second % 2}, second & 16);
        }
    for (unsigned byte = 128; byte < 256; byte += 3) {
        memset(long_run, (int)byte, sizeof long_run);
        detect((struct slice){long_run, sizeof long_run}, true);
    }
    detect(SLICE("\xff\xfe"), true);
    detect(SLICE("\xfe"), false);
    detect(SLICE("\xef\xbb"), false);
    detect(SLICE("\0"), true);
    detect(SLICE("\0\0\0\0"), true);
}

/* The encoding a file of the reference texts is named after. */
static const char *true_encoding(const char *name, char *buffer, size_t size)
{
    static const char *const known[][2] = {
        {"uhc", "UHC"},
        {"shift_jis", "CP932"},
        {"ibm852", "IBM852"},
        {"ibm855", "IBM855"},
        {"ibm866", "IBM866"},
        {"iso-8859-1.", "ISO-8859-1"},
        {"test_latin1", "ISO-8859-1"},
        {"example-latin1", "ISO-8859-1"},
    };
    for (size_t i = 0; i < ARRAY_LENGTH(known); i++)
        if (strncmp(name, known[i][0], strlen(known[i][0])) == 0)
            return known[i][1];
    snprintf(buffer, size, "%.*s", (int)strcspn(name, "."), name);
    return buffer;
}

static void check_reference(const char *folder_path, size_t *right, size_t *all)
{
    DIR *dir = opendir(folder_path);
    if (!dir)
        return;
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char path[600], buffer[64];
        const char *name = entry->d_name;
        if (*name == '.' || strncmp(name, "utf", 3) == 0 || strstr(name, "utf8") || strstr(name, "utf16") ||
            strncmp(name, "csv-with", 8) == 0 || strncmp(name, "example-line", 12) == 0 || !strchr(name, '.'))
            continue;
        const char *encoding = true_encoding(name, buffer, sizeof buffer);
        snprintf(path, sizeof path, "%s/%s", folder_path, name);
        struct slice text = file_take(path);
        struct encoding_guess guess = detect(text, true);
        bool good = is_right(text, guess.name, encoding);
        *right += good;
        ++*all;
        if (!good)
            print_message("%s: %s\n", path, guess.evidence);
        free((char *)(uintptr_t)text.ptr);
    }
    closedir(dir);
}

static void test_reference(void **state)
{
    (void)state;
    static const char *const folders[] = {"ar", "bg", "cs", "da", "de", "el", "en", "eo", "es", "et", "fi",
                                          "fr", "ga", "he", "hr", "hu", "it", "ja", "ko", "lt", "lv", "mt",
                                          "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh"};
    size_t right = 0, all = 0;
    for (size_t i = 0; i < ARRAY_LENGTH(folders); i++) {
        char path[256];
        snprintf(path, sizeof path, DATA "encoding/uchardet_freedesktop/%s", folders[i]);
        check_reference(path, &right, &all);
    }
    check_reference(DATA "encoding/openrefine", &right, &all);
    check_reference(DATA "encoding/csvkit", &right, &all);
    if (!all) {
        print_message("skipped: ../shared/data is absent\n");
        skip();
    }
    assert_int_equal(right, all);
}

static void test_reference_csv(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        const char *encoding;
    } files[] = {
        {DATA "contacts/salesforce_dataloader/accountData.csv", "WINDOWS-1252"},
        {DATA "contacts/salesforce_dataloader/csvtext_BOM_UTF32BE.csv", "UTF-32BE"},
        {DATA "contacts/salesforce_dataloader/csvtext_BOM_UTF32LE.csv", "UTF-32LE"},
        {DATA "csv/rust-csv/uspop-latin1.csv", "WINDOWS-1252"},
        {DATA "csv/csvkit/test_latin1.csv", "WINDOWS-1252"},
        {DATA "csv/csvkit/null_byte.csv", "ASCII"},
        {DATA "csv/rust-csv/bench/worldcitiespop.csv", "UTF-8"},
        {DATA "csv/tabulator/special/latin1.csv", "WINDOWS-1252"},
    };
    FILE *probe = fopen(files[0].path, "rb");
    if (!probe) {
        print_message("skipped: ../shared/data is absent\n");
        skip();
    }
    fclose(probe);
    for (size_t i = 0; i < ARRAY_LENGTH(files); i++) {
        struct slice text = file_take(files[i].path);
        assert_guess(text, true, files[i].encoding);
        free((char *)(uintptr_t)text.ptr);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks),     cmocka_unit_test(test_wide),          cmocka_unit_test(test_plain),
        cmocka_unit_test(test_escapes),   cmocka_unit_test(test_tables),        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_exports),   cmocka_unit_test(test_few),           cmocka_unit_test(test_cut),
        cmocka_unit_test(test_evidence),  cmocka_unit_test(test_noise),         cmocka_unit_test(test_any_bytes),
        cmocka_unit_test(test_reference), cmocka_unit_test(test_reference_csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
