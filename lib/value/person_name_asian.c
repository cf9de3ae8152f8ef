/* Names in Chinese characters, kana and Hangul: the family name stands first, of one or two characters.
 *
 * Without a blank, a Chinese name is split when its first character is a common family name, or its first two a
 * compound one; a Korean name likewise. Two characters that begin Japanese names (田中) could be a Chinese family name
 * and a character of the given name: such names stay whole. With a blank the writer has split them. */
#include "value/person_name_words.h"

#include <string.h>

#include "base/utf8.h"

/* Each character is one family name. */
static const char chinese_single[] =
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭萧田董潘袁蔡蒋"
    "蔣"
    "余于杜叶葉程魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付傅方邹鄒熊白孟秦邱侯江尹薛闫閆段雷龙龍黎史"
    "陶"
    "贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔向汤湯常温溫康施文牛樊葛邢安齐齊易乔喬伍庞龐颜顏倪庄莊聂聶章鲁魯岳翟申殷詹"
    "欧歐"
    "耿关關兰蘭焦俞左柳甘祝包宁寧尚符舒阮柯纪紀梅童凌毕畢单單季裴霍涂成苗谷盛曲翁冉骆駱蓝藍路游辛欧靳管柴蒙鲍鮑华華喻祁"
    "蒲房滕"
    "屈饶饒解牟艾尤阳陽时時穆农農司卓古吉缪繆简簡车車项項连連芦蘆麦麥褚娄婁窦竇戚岑景党黨宫宮费費卜冷晏席卫衛";

static const struct slice chinese_compound[] = {
    SLICE_INIT("欧阳"), SLICE_INIT("歐陽"), SLICE_INIT("司马"), SLICE_INIT("司馬"), SLICE_INIT("上官"),
    SLICE_INIT("诸葛"), SLICE_INIT("諸葛"), SLICE_INIT("司徒"), SLICE_INIT("夏侯"), SLICE_INIT("皇甫"),
    SLICE_INIT("尉迟"), SLICE_INIT("公孙"), SLICE_INIT("公孫"), SLICE_INIT("慕容"), SLICE_INIT("令狐"),
    SLICE_INIT("端木"), SLICE_INIT("轩辕"), SLICE_INIT("长孙"), SLICE_INIT("宇文"), SLICE_INIT("东方"),
    SLICE_INIT("東方"), SLICE_INIT("独孤"), SLICE_INIT("南宫"), SLICE_INIT("闻人"), SLICE_INIT("澹台"),
    SLICE_INIT("淳于"), SLICE_INIT("申屠"), SLICE_INIT("太史"), SLICE_INIT("呼延"), SLICE_INIT("西门"),
};

/* Begin Japanese family names of two characters whose first is a Chinese one. */
static const struct slice japanese[] = {
    SLICE_INIT("田中"), SLICE_INIT("高橋"), SLICE_INIT("林田"), SLICE_INIT("石川"), SLICE_INIT("石井"),
    SLICE_INIT("金子"), SLICE_INIT("安藤"), SLICE_INIT("武田"), SLICE_INIT("高木"), SLICE_INIT("村上"),
    SLICE_INIT("吉田"), SLICE_INIT("古川"), SLICE_INIT("安田"), SLICE_INIT("金田"), SLICE_INIT("江口"),
    SLICE_INIT("石田"), SLICE_INIT("石原"), SLICE_INIT("高田"), SLICE_INIT("高野"), SLICE_INIT("白石"),
    SLICE_INIT("成田"), SLICE_INIT("岡田"), SLICE_INIT("黒田"), SLICE_INIT("馬場"), SLICE_INIT("吉川"),
    SLICE_INIT("吉村"), SLICE_INIT("安部"), SLICE_INIT("安倍"), SLICE_INIT("宮本"), SLICE_INIT("武藤"),
    SLICE_INIT("江藤"), SLICE_INIT("梅田"), SLICE_INIT("古田"), SLICE_INIT("方波"), SLICE_INIT("谷口"),
    SLICE_INIT("谷川"), SLICE_INIT("石橋"), SLICE_INIT("高山"), SLICE_INIT("高島"), SLICE_INIT("田村"),
    SLICE_INIT("田口"), SLICE_INIT("田代"), SLICE_INIT("田辺"), SLICE_INIT("田島"), SLICE_INIT("黄川"),
    SLICE_INIT("杉山"), SLICE_INIT("松本"), SLICE_INIT("関口"), SLICE_INIT("秦野"), SLICE_INIT("金井"),
    SLICE_INIT("向井"), SLICE_INIT("白井"), SLICE_INIT("武井"), SLICE_INIT("安井"), SLICE_INIT("高井"),
    SLICE_INIT("福田"), SLICE_INIT("柳田"), SLICE_INIT("柳沢"), SLICE_INIT("夏目"), SLICE_INIT("易永"),
};

static const char korean_single[] = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구나민"
                                    "진지엄채원천방공현함변염여추도소석선설";

static const struct slice korean_compound[] = {SLICE_INIT("남궁"), SLICE_INIT("황보"), SLICE_INIT("제갈"),
                                               SLICE_INIT("사공"), SLICE_INIT("선우"), SLICE_INIT("서문"),
                                               SLICE_INIT("독고"), SLICE_INIT("동방")};

/* Forms of address behind a name, the longer first. */
static const struct slice titles[] = {
    SLICE_INIT("先生"),   SLICE_INIT("女士"),   SLICE_INIT("小姐"),   SLICE_INIT("太太"),   SLICE_INIT("老师"),
    SLICE_INIT("老師"),   SLICE_INIT("教授"),   SLICE_INIT("博士"),   SLICE_INIT("医生"),   SLICE_INIT("醫生"),
    SLICE_INIT("律师"),   SLICE_INIT("律師"),   SLICE_INIT("经理"),   SLICE_INIT("經理"),   SLICE_INIT("总监"),
    SLICE_INIT("主任"),   SLICE_INIT("同志"),   SLICE_INIT("さん"),   SLICE_INIT("さま"),   SLICE_INIT("様"),
    SLICE_INIT("선생님"), SLICE_INIT("교수님"), SLICE_INIT("박사님"), SLICE_INIT("대표님"), SLICE_INIT("님"),
    SLICE_INIT("씨"),
};

static const struct slice companies[] = {
    SLICE_INIT("公司"),   SLICE_INIT("集团"), SLICE_INIT("集團"), SLICE_INIT("有限"),     SLICE_INIT("会社"),
    SLICE_INIT("會社"),   SLICE_INIT("大学"), SLICE_INIT("大學"), SLICE_INIT("银行"),     SLICE_INIT("銀行"),
    SLICE_INIT("学校"),   SLICE_INIT("學校"), SLICE_INIT("医院"), SLICE_INIT("醫院"),     SLICE_INIT("病院"),
    SLICE_INIT("工厂"),   SLICE_INIT("工廠"), SLICE_INIT("商店"), SLICE_INIT("协会"),     SLICE_INIT("協會"),
    SLICE_INIT("中心"),   SLICE_INIT("酒店"), SLICE_INIT("科技"), SLICE_INIT("주식회사"), SLICE_INIT("회사"),
    SLICE_INIT("대학교"), SLICE_INIT("은행"), SLICE_INIT("병원"),
};

static bool refuse(struct person_name *out, enum name_kind kind, const char *reason)
{
    out->kind = kind;
    out->reason = reason;
    return false;
}

/* The bytes of the first `count` characters, the text's length when there are fewer. */
static size_t bytes_of(struct slice text, size_t count)
{
    size_t used = 0;

    while (count-- && used < text.len)
        used += utf8_char_length(text.ptr + used, text.len - used);
    return used;
}

static size_t characters_in(struct slice text)
{
    size_t count = 0;

    for (size_t used = 0; used < text.len; used += utf8_char_length(text.ptr + used, text.len - used))
        count++;
    return count;
}

static bool begins_with_one_of(struct slice text, const struct slice *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text.len >= list[i].len && memcmp(text.ptr, list[i].ptr, list[i].len) == 0)
            return true;
    return false;
}
#define BEGINS_WITH(text, list) begins_with_one_of(text, list, sizeof(list) / sizeof *(list))

static bool is_company(struct slice text)
{
    for (size_t i = 0; i < sizeof companies / sizeof *companies; i++)
        if (memmem(text.ptr, text.len, companies[i].ptr, companies[i].len))
            return true;
    return false;
}

/* Takes a form of address off the end. One of one character could be the end of a given name (김하님). */
static struct slice take_title(struct slice *text)
{
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
        const struct slice title = titles[i];
        if (text->len > title.len && memcmp(text->ptr + text->len - title.len, title.ptr, title.len) == 0) {
            if (characters_in(title) == 1 && characters_in((struct slice){text->ptr, text->len - title.len}) == 2)
                break;
            text->len -= title.len;
            return (struct slice){text->ptr + text->len, title.len};
        }
    }
    return (struct slice){NULL, 0};
}

/* The characters of the family name at the start of a name without blanks; 0: not to be told. */
static size_t family_length(struct slice text, unsigned scripts)
{
    const bool hangul = scripts == SCRIPT_HANGUL;
    const size_t first = bytes_of(text, 1);
    const size_t characters = characters_in(text);

    if (hangul ? BEGINS_WITH(text, korean_compound) : BEGINS_WITH(text, chinese_compound))
        return characters == 2 || characters > 4 ? 0 : 2;
    if (characters < 2 || characters > 3 || (!hangul && characters > 2 && BEGINS_WITH(text, japanese)))
        return 0;
    return memmem(hangul ? korean_single : chinese_single, (hangul ? sizeof korean_single : sizeof chinese_single) - 1,
                  text.ptr, first)
               ? 1
               : 0;
}

static bool split_one(struct slice text, unsigned scripts, struct person_name *out)
{
    const size_t characters = characters_in(text);

    if (scripts != SCRIPT_HAN && scripts != SCRIPT_HANGUL)
        return refuse(out, NAME_WHOLE, "kana without a blank");
    if (out->prefix.len && (characters == 1 || (characters == 2 && BEGINS_WITH(text, chinese_compound)))) {
        out->last = text; /* 王先生 */
        out->kind = NAME_ONE_WORD;
        return true;
    }
    const size_t family = family_length(text, scripts);
    if (family == 0)
        return refuse(out, NAME_WHOLE, "not told where the family name ends");
    const size_t length = bytes_of(text, family);
    out->last = (struct slice){text.ptr, length};
    out->first = (struct slice){text.ptr + length, text.len - length};
    return true;
}

bool name_split_east_asian(const struct name_words *words, struct person_name *out)
{
    const unsigned here = SCRIPT_HAN | SCRIPT_KANA | SCRIPT_HANGUL;

    if (words->scripts & ~here)
        return refuse(out, NAME_WHOLE, "two scripts");
    for (size_t i = 0; i < words->count; i++)
        if (is_company(words->word[i].text))
            return refuse(out, NAME_NOT_A_PERSON, "a company");
    if (words->segments || words->count == 0 || words->count > 3)
        return refuse(out, NAME_WHOLE, "not told where the family name ends");
    struct slice part[3];
    size_t count = words->count;
    for (size_t i = 0; i < count; i++)
        part[i] = words->word[i].text;
    for (size_t i = 0; i < sizeof titles / sizeof *titles && count > 1 && !out->prefix.len; i++)
        if (slice_equal(part[count - 1], titles[i]))
            out->prefix = part[--count];
    if (!out->prefix.len)
        out->prefix = take_title(&part[count - 1]);
    out->reversed = true;
    if (count == 1)
        return split_one(part[0], words->scripts, out);
    if (count > 2)
        return refuse(out, NAME_WHOLE, "not told where the family name ends");
    out->last = part[0];
    out->first = part[1];
    return true;
}
