/* Words of names in Arabic script, folded as name_fold() does, in bytewise order. Given names are family names, too:
 * the father's, the grandfather's. */
#include "value/person_name_words.h"

enum {
    G = NAME_GIVEN,
    A = NAME_ALSO_FAMILY,
    TITLE = NAME_TITLE,
    TITLE_DOT = NAME_TITLE_DOT,
    PARTICLE = NAME_PARTICLE,
    SERVANT = NAME_SERVANT,
    COMPANY = NAME_COMPANY,
    AND = NAME_AND,
};

/* clang-format off */
static const struct name_word words[] = {
    {"ا", TITLE_DOT}, {"ابراهيم", G | A}, {"ابن", PARTICLE}, {"ابو", PARTICLE}, {"احمد", G | A}, {"اسامه", G | A},
    {"استاذ", TITLE}, {"استاذه", TITLE}, {"اسماء", G | A}, {"اسماعيل", G | A}, {"ال", PARTICLE}, {"الاستاذ", TITLE},
    {"الاستاذه", TITLE}, {"الانسه", TITLE}, {"البروفيسور", TITLE}, {"الحاج", TITLE}, {"الحاجه", TITLE},
    {"الدكتور", TITLE}, {"الدكتوره", TITLE}, {"السيد", TITLE_DOT}, {"السيده", TITLE}, {"الشيخ", TITLE},
    {"المهندس", TITLE}, {"المهندسه", TITLE}, {"امل", G | A}, {"امير", G | A}, {"امينه", G | A}, {"انس", G | A},
    {"ايمان", G | A}, {"ايمن", G | A}, {"بدر", G | A}, {"بشري", G | A}, {"بلال", G | A}, {"بن", PARTICLE},
    {"بنت", PARTICLE}, {"بنك", COMPANY}, {"بو", PARTICLE}, {"جامعه", COMPANY}, {"جلال", G | A}, {"جمال", G | A},
    {"جميله", G | A}, {"حسن", G | A}, {"حسين", G | A}, {"حمد", G | A}, {"حمزه", G | A}, {"حنان", G | A},
    {"خالد", G | A}, {"خديجه", G | A}, {"خليل", G | A}, {"د", TITLE_DOT}, {"دانا", G | A}, {"دكتور", TITLE},
    {"دكتوره", TITLE}, {"دينا", G | A}, {"رامي", G | A}, {"رانيا", G | A}, {"رشيد", G | A}, {"رنا", G | A},
    {"ريم", G | A}, {"ريما", G | A}, {"زياد", G | A}, {"زيد", G | A}, {"زينب", G | A}, {"ساره", G | A},
    {"سالم", G | A}, {"سامي", G | A}, {"سعاد", G | A}, {"سعيد", G | A}, {"سلمي", G | A}, {"سليمان", G | A},
    {"سمير", G | A}, {"سميره", G | A}, {"شركه", COMPANY}, {"شريف", G | A}, {"شيماء", G | A}, {"صلاح", G | A},
    {"طارق", G | A}, {"طلال", G | A}, {"عائشه", G | A}, {"عادل", G | A}, {"عاطف", G | A}, {"عبد", SERVANT},
    {"عثمان", G | A}, {"عصام", G | A}, {"علي", G | A}, {"عماد", G | A}, {"عمار", G | A}, {"عمر", G | A},
    {"غاده", G | A}, {"فارس", G | A}, {"فاطمه", G | A}, {"فندق", COMPANY}, {"فهد", G | A}, {"فيصل", G | A},
    {"كريم", G | A}, {"كمال", G | A}, {"لبني", G | A}, {"ليلي", G | A}, {"لينا", G | A}, {"م", TITLE_DOT},
    {"مؤسسه", COMPANY}, {"ماجد", G | A}, {"مجموعه", COMPANY}, {"محمد", G | A}, {"محمود", G | A}, {"مدرسه", COMPANY},
    {"مروان", G | A}, {"مريم", G | A}, {"مستشفي", COMPANY}, {"مصطفي", G | A}, {"مصنع", COMPANY}, {"مطعم", COMPANY},
    {"مكتب", COMPANY}, {"منصور", G | A}, {"مني", G | A}, {"مها", G | A}, {"مهندس", TITLE}, {"مهندسه", TITLE},
    {"نادر", G | A}, {"ناديه", G | A}, {"ناصر", G | A}, {"نبيل", G | A}, {"نجلاء", G | A}, {"نوال", G | A},
    {"نور", G | A}, {"هاني", G | A}, {"هبه", G | A}, {"هدي", G | A}, {"هشام", G | A}, {"هند", G | A}, {"و", AND},
    {"وائل", G | A}, {"وفاء", G | A}, {"وليد", G | A}, {"ياسر", G | A}, {"ياسمين", G | A}, {"يحيي", G | A},
    {"يوسف", G | A},
};
/* clang-format on */

const struct name_table name_words_arabic = {words, sizeof words / sizeof *words};
