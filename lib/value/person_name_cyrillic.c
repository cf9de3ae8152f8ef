/* Words of names in Cyrillic script: given names in Russian, Ukrainian and of their neighbours, titles, degrees,
 * particles, signs of a company; and the endings of patronymics and family names. Folded and in bytewise order. */
#include "value/person_name_words.h"

#include <string.h>

enum {
    G = NAME_GIVEN,
    A = NAME_ALSO_FAMILY,
    TITLE = NAME_TITLE,
    TITLE_DOT = NAME_TITLE_DOT,
    SUFFIX = NAME_SUFFIX,
    CAPITALS = NAME_SUFFIX_CAPITALS,
    PARTICLE = NAME_PARTICLE,
    COMPANY = NAME_COMPANY,
    AND = NAME_AND,
    REMARK = NAME_REMARK,
    PATRONYMIC_WORD = NAME_PATRONYMIC_WORD,
};

/* clang-format off */
static const struct name_word words[] = {
    {"агата", G}, {"агафья", G}, {"агентство", COMPANY}, {"адам", G}, {"адель", G}, {"азат", G}, {"айгуль", G},
    {"айдар", G}, {"айнур", G}, {"акад", TITLE_DOT}, {"академик", TITLE}, {"алан", G}, {"алевтина", G},
    {"александр", G}, {"александра", G}, {"алексей", G}, {"алена", G}, {"али", G}, {"алина", G}, {"алиса", G},
    {"алия", G}, {"алла", G}, {"алсу", G}, {"аль", PARTICLE}, {"альберт", G}, {"альбина", G}, {"альфия", G},
    {"амина", G}, {"амир", G}, {"анастасия", G}, {"анастасія", G}, {"анатолий", G}, {"анатолій", G}, {"ангелина", G},
    {"андрей", G}, {"андрій", G}, {"анжела", G}, {"анжелика", G}, {"анна", G}, {"ано", COMPANY}, {"антон", G},
    {"антонина", G}, {"анфиса", G}, {"ао", COMPANY}, {"арина", G}, {"аристарх", G}, {"аркадий", G}, {"арман", G},
    {"армен", G}, {"арсен", G}, {"арсений", G}, {"арсентий", G}, {"артем", G}, {"артемий", G}, {"артемій", G},
    {"артур", G}, {"архип", G}, {"аслан", G}, {"ася", G}, {"афанасий", G}, {"ахмед", G}, {"багдан", G},
    {"банк", COMPANY}, {"без", REMARK}, {"белла", G}, {"бен", PARTICLE}, {"бин", PARTICLE}, {"богдан", G},
    {"богдана", G}, {"борис", G}, {"борислав", G}, {"булат", G}, {"бухгалтер", REMARK}, {"вадим", G}, {"валентин", G},
    {"валентина", G}, {"валерий", G}, {"валерия", G}, {"валерьян", G}, {"валерій", G}, {"валерія", G},
    {"ван", PARTICLE}, {"варвара", G}, {"василий", G}, {"василиса", G}, {"василь", G}, {"венера", G}, {"вениамин", G},
    {"вера", G}, {"вероника", G}, {"веста", G}, {"виктор", G}, {"виктория", G}, {"виолетта", G}, {"виталий", G},
    {"виталина", G}, {"влад", G}, {"влада", G}, {"владимир", G}, {"владислав", G}, {"владислава", G}, {"владлен", G},
    {"власта", G}, {"володимир", G}, {"всеволод", G}, {"вячеслав", G}, {"віктор", G}, {"вікторія", G}, {"віталій", G},
    {"г-жа", TITLE}, {"г-н", TITLE}, {"галина", G}, {"ганна", G}, {"гарик", G}, {"гаяне", G}, {"гбу", COMPANY},
    {"геннадий", G}, {"геннадій", G}, {"генрих", G | A}, {"георгий", G}, {"георгій", G}, {"герман", G | A},
    {"гжа", TITLE}, {"гк", COMPANY}, {"глафира", G}, {"глеб", G}, {"гн", TITLE}, {"господин", TITLE},
    {"госпожа", TITLE}, {"гоша", G}, {"гр", TITLE_DOT}, {"гражданин", TITLE}, {"гражданка", TITLE}, {"григорий", G},
    {"григорій", G}, {"группа", COMPANY}, {"гузель", G}, {"гульнара", G}, {"гуп", COMPANY}, {"гурген", G},
    {"д-р", TITLE}, {"да", PARTICLE}, {"давид", G}, {"дамир", G}, {"дана", G}, {"даниил", G}, {"данил", G},
    {"данила", G}, {"дания", G}, {"дарина", G}, {"дарья", G}, {"даря", G}, {"даша", G}, {"де", PARTICLE}, {"денис", G},
    {"дер", PARTICLE}, {"джамиля", G}, {"ди", PARTICLE}, {"диана", G}, {"дилара", G}, {"дилшод", G},
    {"дин", TITLE_DOT | CAPITALS}, {"дина", G}, {"динар", G}, {"динара", G}, {"директор", REMARK}, {"дмитрий", G},
    {"дмитро", G}, {"дмн", TITLE_DOT | CAPITALS}, {"доктор", TITLE}, {"доц", TITLE_DOT}, {"доцент", TITLE},
    {"дпн", TITLE_DOT | CAPITALS}, {"дтн", TITLE_DOT | CAPITALS}, {"дфмн", TITLE_DOT | CAPITALS},
    {"дфн", TITLE_DOT | CAPITALS}, {"дэн", TITLE_DOT | CAPITALS}, {"дюн", TITLE_DOT | CAPITALS}, {"ева", G},
    {"евгений", G}, {"евгения", G}, {"евдокия", G}, {"егор", G}, {"екатерина", G}, {"елена", G}, {"елизавета", G},
    {"елисей", G}, {"ефим", G}, {"жанна", G}, {"жора", G}, {"завод", COMPANY}, {"заказчик", REMARK}, {"зао", COMPANY},
    {"зарема", G}, {"зарина", G}, {"захар", G}, {"захарій", G}, {"зинаида", G}, {"злата", G}, {"зоя", G},
    {"зульфия", G}, {"зіновій", G}, {"и", AND}, {"ибн", PARTICLE}, {"ибрагим", G}, {"иван", G}, {"иванна", G},
    {"игнат", G}, {"игнатий", G}, {"игорь", G}, {"изабелла", G}, {"изольда", G}, {"ильдар", G}, {"ильнур", G},
    {"ильшат", G}, {"илья", G}, {"инга", G}, {"инесса", G}, {"инна", G}, {"иннокентий", G}, {"институт", COMPANY},
    {"иосиф", G}, {"ип", COMPANY}, {"ираида", G}, {"ираклий", G}, {"ирина", G}, {"иса", G}, {"искандер", G},
    {"ислам", G}, {"истома", G}, {"ия", G}, {"йосип", G}, {"казимир", G}, {"камила", G}, {"камилла", G}, {"карен", G},
    {"карим", G}, {"карина", G}, {"каролина", G}, {"катерина", G}, {"катя", G}, {"кафе", COMPANY},
    {"кизи", PATRONYMIC_WORD}, {"ким", G | A}, {"кин", TITLE_DOT | CAPITALS}, {"кира", G}, {"кирилл", G},
    {"кирило", G}, {"клавдия", G}, {"клара", G}, {"клиент", REMARK}, {"клим", G}, {"климент", G}, {"клиника", COMPANY},
    {"кмн", TITLE_DOT | CAPITALS}, {"компания", COMPANY}, {"константин", G}, {"констанция", G}, {"контакт", REMARK},
    {"корней", G}, {"корпорация", COMPANY}, {"кость", G}, {"костянтин", G}, {"кпн", TITLE_DOT | CAPITALS},
    {"кристина", G}, {"ксения", G}, {"ксенія", G}, {"ктн", TITLE_DOT | CAPITALS}, {"кузьма", G},
    {"кфмн", TITLE_DOT | CAPITALS}, {"кфн", TITLE_DOT | CAPITALS}, {"кызы", PATRONYMIC_WORD},
    {"кэн", TITLE_DOT | CAPITALS}, {"кюн", TITLE_DOT | CAPITALS}, {"ла", PARTICLE}, {"лада", G}, {"лариса", G},
    {"лев", G}, {"леонид", G}, {"леонтий", G}, {"леонід", G}, {"лера", G}, {"леся", G}, {"лея", G}, {"лидия", G},
    {"лилия", G}, {"лина", G}, {"лия", G}, {"лолита", G}, {"луиза", G}, {"лука", G}, {"лукерья", G}, {"любовь", G},
    {"любомир", G}, {"людвиг", G}, {"людмила", G}, {"лідія", G}, {"лілія", G}, {"магазин", COMPANY}, {"магомед", G},
    {"мадам", TITLE}, {"мадина", G}, {"майя", G}, {"макар", G}, {"макс", G}, {"максим", G}, {"максимилиан", G},
    {"мальвина", G}, {"марат", G}, {"маргарита", G}, {"марина", G}, {"мария", G}, {"марк", G}, {"марлен", G},
    {"марта", G}, {"мартин", G | A}, {"марфа", G}, {"марьям", G}, {"марьяна", G}, {"маряна", G}, {"марія", G},
    {"матвей", G}, {"матвій", G}, {"мбу", COMPANY}, {"менеджер", REMARK}, {"микита", G}, {"микола", G}, {"мила", G},
    {"милана", G}, {"милена", G}, {"мирон", G}, {"мирослав", G}, {"мирослава", G}, {"михаил", G}, {"михайло", G},
    {"мл", CAPITALS}, {"младший", SUFFIX}, {"мстислав", G}, {"мсье", TITLE}, {"муп", COMPANY}, {"мурат", G},
    {"муслим", G}, {"мухаммад", G}, {"надежда", G}, {"надя", G}, {"надія", G}, {"назар", G}, {"назим", G},
    {"наиль", G}, {"нао", COMPANY}, {"настя", G}, {"наталия", G}, {"наталья", G}, {"наталя", G}, {"наталія", G},
    {"наташа", G}, {"неизвестно", REMARK}, {"нелли", G}, {"нет", REMARK}, {"нету", REMARK}, {"ника", G}, {"никита", G},
    {"никифор", G}, {"никодим", G}, {"николай", G}, {"нина", G}, {"нинель", G}, {"нко", COMPANY}, {"нонна", G},
    {"нурлан", G}, {"оао", COMPANY}, {"оглу", PATRONYMIC_WORD}, {"оглы", PATRONYMIC_WORD}, {"одо", COMPANY},
    {"оксана", G}, {"октябрина", G}, {"олег", G}, {"олександр", G}, {"олександра", G}, {"олексій", G}, {"олена", G},
    {"олеся", G}, {"ольга", G}, {"онуфрий", G}, {"ооо", COMPANY}, {"орест", G}, {"остап", G}, {"отдел", COMPANY},
    {"отправитель", REMARK}, {"оғлы", PATRONYMIC_WORD}, {"павел", G}, {"павлина", G}, {"павло", G}, {"пан", TITLE},
    {"пани", TITLE}, {"пані", TITLE}, {"пао", COMPANY}, {"паулина", G}, {"петр", G}, {"петро", G}, {"платон", G},
    {"покупатель", REMARK}, {"полина", G}, {"прасковья", G}, {"предприятие", COMPANY}, {"проф", TITLE_DOT},
    {"профессор", TITLE}, {"прохор", G}, {"рада", G}, {"радик", G}, {"радмила", G}, {"радмир", G}, {"раиса", G},
    {"рамазан", G}, {"рамиль", G}, {"рафаэль", G}, {"рафик", G}, {"регина", G}, {"ренат", G}, {"рената", G},
    {"ресторан", COMPANY}, {"римма", G}, {"ринат", G}, {"роберт", G}, {"родион", G}, {"рожд", REMARK}, {"роза", G},
    {"розалия", G}, {"роман", G}, {"ростислав", G}, {"рубен", G}, {"рудольф", G}, {"руслан", G}, {"руслана", G},
    {"рустам", G}, {"рушан", G}, {"сабина", G}, {"савва", G}, {"савелий", G}, {"саида", G}, {"салават", G},
    {"самвел", G}, {"самира", G}, {"самуил", G}, {"светлана", G}, {"святослав", G}, {"світлана", G}, {"севастьян", G},
    {"семен", G}, {"семья", REMARK}, {"серафим", G}, {"серафима", G}, {"сергей", G}, {"сергій", G}, {"снежана", G},
    {"снт", COMPANY}, {"соломон", G}, {"соломія", G}, {"софия", G}, {"софья", G}, {"софія", G}, {"спартак", G},
    {"ст", CAPITALS}, {"станислав", G}, {"станіслав", G}, {"старший", SUFFIX}, {"стелла", G}, {"степан", G},
    {"стефания", G}, {"студия", COMPANY}, {"султан", G}, {"сусанна", G}, {"та", AND}, {"таисия", G}, {"тамара", G},
    {"тамила", G}, {"тарас", G}, {"тата", G}, {"татьяна", G}, {"тд", COMPANY}, {"тер", PARTICLE}, {"тест", REMARK},
    {"тетяна", G}, {"тигран", G}, {"тимофей", G}, {"тимофій", G}, {"тимур", G}, {"тихон", G}, {"тов", TITLE_DOT},
    {"товариство", COMPANY}, {"товарищ", TITLE}, {"тоо", COMPANY}, {"трофим", G}, {"тсж", COMPANY},
    {"угли", PATRONYMIC_WORD}, {"улы", PATRONYMIC_WORD}, {"ульяна", G}, {"университет", COMPANY}, {"уп", COMPANY},
    {"урожд", REMARK}, {"урожденная", REMARK}, {"устинья", G}, {"уулу", PATRONYMIC_WORD}, {"фаина", G}, {"фарид", G},
    {"фатима", G}, {"фгбу", COMPANY}, {"фгуп", COMPANY}, {"федор", G}, {"федора", G}, {"федір", G}, {"фекла", G},
    {"феликс", G}, {"филипп", G}, {"фирма", COMPANY}, {"флора", G}, {"фома", G}, {"фон", PARTICLE}, {"фонд", COMPANY},
    {"фоп", COMPANY}, {"фрида", G}, {"харитон", G}, {"холдинг", COMPANY}, {"христина", G}, {"цветана", G},
    {"центр", COMPANY}, {"чингиз", G}, {"чп", COMPANY}, {"чтуп", COMPANY}, {"чуп", COMPANY}, {"шамил", G},
    {"шамиль", G}, {"школа", COMPANY}, {"эвелина", G}, {"эдгар", G}, {"эдита", G}, {"эдуард", G}, {"элеонора", G},
    {"элина", G}, {"элла", G}, {"эль", PARTICLE}, {"эльвира", G}, {"эльдар", G}, {"эльза", G}, {"эльмира", G},
    {"эмилия", G}, {"эмиль", G}, {"эмма", G}, {"эрик", G}, {"эрнест", G}, {"эсмеральда", G}, {"юлиан", G},
    {"юлиана", G}, {"юлий", G}, {"юлия", G}, {"юлія", G}, {"юрий", G}, {"юрій", G}, {"юсуф", G}, {"ян", G}, {"яна", G},
    {"янина", G}, {"ярина", G}, {"ярослав", G}, {"ярослава", G}, {"євген", G}, {"євгеній", G}, {"євгенія", G},
    {"єлизавета", G}, {"і", AND}, {"іван", G}, {"іванна", G}, {"ігор", G}, {"ілля", G}, {"інна", G}, {"ірина", G},
    {"қызы", PATRONYMIC_WORD}, {"ұлы", PATRONYMIC_WORD},
};
/* clang-format on */

struct ending {
    struct slice text;
    unsigned flags;
};

/* The longer before the shorter. A patronymic in -vich may also be a family name (Abramovich), one in -vna cannot. */
static const struct ending endings[] = {
    {SLICE_INIT("овна"), NAME_PATRONYMIC},         {SLICE_INIT("евна"), NAME_PATRONYMIC},
    {SLICE_INIT("ична"), NAME_PATRONYMIC},         {SLICE_INIT("івна"), NAME_PATRONYMIC},
    {SLICE_INIT("ївна"), NAME_PATRONYMIC},         {SLICE_INIT("аўна"), NAME_PATRONYMIC},
    {SLICE_INIT("еўна"), NAME_PATRONYMIC},         {SLICE_INIT("ович"), NAME_PATRONYMIC_MALE},
    {SLICE_INIT("евич"), NAME_PATRONYMIC_MALE},    {SLICE_INIT("йович"), NAME_PATRONYMIC_MALE},
    {SLICE_INIT("авіч"), NAME_PATRONYMIC_MALE},    {SLICE_INIT("евіч"), NAME_PATRONYMIC_MALE},
    {SLICE_INIT("льич"), NAME_PATRONYMIC_MALE},    {SLICE_INIT("кузьмич"), NAME_PATRONYMIC_MALE},
    {SLICE_INIT("фомич"), NAME_PATRONYMIC_MALE},   {SLICE_INIT("лукич"), NAME_PATRONYMIC_MALE},
    {SLICE_INIT("никитич"), NAME_PATRONYMIC_MALE}, {SLICE_INIT("саввич"), NAME_PATRONYMIC_MALE},
    {SLICE_INIT("улы"), NAME_PATRONYMIC},          {SLICE_INIT("ұлы"), NAME_PATRONYMIC},
    {SLICE_INIT("оглы"), NAME_PATRONYMIC},         {SLICE_INIT("кызы"), NAME_PATRONYMIC},
    {SLICE_INIT("қызы"), NAME_PATRONYMIC},         {SLICE_INIT("ов"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ова"), NAME_SURNAME_ENDING},      {SLICE_INIT("ев"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ева"), NAME_SURNAME_ENDING},      {SLICE_INIT("єв"), NAME_SURNAME_ENDING},
    {SLICE_INIT("єва"), NAME_SURNAME_ENDING},      {SLICE_INIT("їв"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ин"), NAME_SURNAME_ENDING},       {SLICE_INIT("ина"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ын"), NAME_SURNAME_ENDING},       {SLICE_INIT("ына"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ский"), NAME_SURNAME_ENDING},     {SLICE_INIT("ская"), NAME_SURNAME_ENDING},
    {SLICE_INIT("цкий"), NAME_SURNAME_ENDING},     {SLICE_INIT("цкая"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ской"), NAME_SURNAME_ENDING},     {SLICE_INIT("цкой"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ський"), NAME_SURNAME_ENDING},    {SLICE_INIT("ська"), NAME_SURNAME_ENDING},
    {SLICE_INIT("цький"), NAME_SURNAME_ENDING},    {SLICE_INIT("цька"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ко"), NAME_SURNAME_ENDING},       {SLICE_INIT("чук"), NAME_SURNAME_ENDING},
    {SLICE_INIT("юк"), NAME_SURNAME_ENDING},       {SLICE_INIT("як"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ян"), NAME_SURNAME_ENDING},       {SLICE_INIT("янц"), NAME_SURNAME_ENDING},
    {SLICE_INIT("дзе"), NAME_SURNAME_ENDING},      {SLICE_INIT("швили"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ых"), NAME_SURNAME_ENDING},       {SLICE_INIT("их"), NAME_SURNAME_ENDING},
    {SLICE_INIT("ич"), NAME_SURNAME_ENDING},
};

unsigned name_ending_cyrillic(struct slice key)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const struct slice text = endings[i].text;
        if (key.len >= text.len + (endings[i].flags & NAME_SURNAME_ENDING ? 4 : 0) &&
            key.ptr[key.len - 1] == text.ptr[text.len - 1] &&
            memcmp(key.ptr + key.len - text.len, text.ptr, text.len) == 0)
            return endings[i].flags;
    }
    return 0;
}

const struct name_table name_words_cyrillic = {words, sizeof words / sizeof *words};
