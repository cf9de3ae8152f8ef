/* Rule files that are built in: the checklists of two methods of selling, each point worth as much as the others. A
 * column holds a word for yes or no, or says what the answer is: "next quarter" is a timeline. What is not there
 * becomes the text "null", an empty field stays "". Money is met by a yes or by a number above 0; `< 1e15` keeps out
 * what jq takes to be above every number, a text.
 *
 * Conditions are written here as they are, and LITERAL makes a C string of them: done twice, one with the quotation
 * marks and backslashes of JSON, whose escapes are the same. */
#include <string.h>

#include "analysis/score_rules.h"

const char *const score_rules_words[] = {"bant", "champ", NULL};

#define STRING(...) #__VA_ARGS__
#define LITERAL(...) STRING(__VA_ARGS__)
#define JSON(...) LITERAL(LITERAL(__VA_ARGS__))

/* clang-format off */
#define SMALL(column) (.column | tostring | ascii_downcase)
#define YES IN("yes", "y", "true", "t", "1", "on", "x", "ja", "oui", "si", "sí", "sim", "да", "Да", "ДА", "是", "有", "نعم")
#define NO IN("no", "n", "none", "false", "f", "0", "off", "nein", "non", "nao", "não", "нет", "Нет", "НЕТ", "否", "无", "لا")
#define UNKNOWN IN("", "null", "?", "-", "unknown", "n/a", "tbd", "неизвестно", "未知", "غير معروف")

#define IS_YES(column) (SMALL(column) | YES)
#define IS_MONEY(column) IS_YES(column) or (.column > 0 and .column < 1e15)
#define IS_TOLD(column) (SMALL(column) | (NO or UNKNOWN) | not)
#define IS_KNOWN(column) (SMALL(column) | UNKNOWN | not)
/* clang-format on */

#define RULE(name, ...) "    {\"name\": \"" name "\", \"points\": 25, \"when\": " JSON(__VA_ARGS__) "}"
#define ITEM(column, ...)                                               \
    "    {\"name\": \"" #column "\", \"met\": " JSON(__VA_ARGS__) ",\n" \
                                                                  "     \"known\": " JSON(IS_KNOWN(column)) "}"

/* Lead, fit group and checklist of a method: its rules and the items of its checklist. */
#define METHOD(title, group, list, rules, items)                                                    \
    "{\"title\": \"" title "\",\n"                                                                  \
    " \"total\": {\"min\": 0, \"max\": 100},\n"                                                     \
    " \"groups\": [{\"name\": \"" group "\", \"dimension\": \"fit\", \"rules\": [\n" rules "]}],\n" \
    " \"lifecycle\": {\"stages\": {\"SQL\": \".score >= 75\"}},\n"                                  \
    " \"checklists\": [{\"name\": \"" list "\", \"required\": 3, \"items\": [\n" items "]}]}\n"
#define NEXT ",\n"

static const char bant[] = METHOD("BANT: budget, authority, need, timeline", "BANT", "bant",
                                  RULE("Budget", IS_MONEY(budget)) NEXT RULE("Authority", IS_YES(authority))
                                      NEXT RULE("Need", IS_TOLD(need)) NEXT RULE("Timeline", IS_TOLD(timeline)),
                                  ITEM(budget, IS_MONEY(budget)) NEXT ITEM(authority, IS_YES(authority))
                                      NEXT ITEM(need, IS_TOLD(need)) NEXT ITEM(timeline, IS_TOLD(timeline)));

static const char champ[] =
    METHOD("CHAMP: challenges, authority, money, prioritisation", "CHAMP", "champ",
           RULE("Challenges", IS_TOLD(challenges)) NEXT RULE("Authority", IS_YES(authority))
               NEXT RULE("Money", IS_MONEY(money)) NEXT RULE("Prioritisation", IS_TOLD(prioritisation)),
           ITEM(challenges, IS_TOLD(challenges)) NEXT ITEM(authority, IS_YES(authority))
               NEXT ITEM(money, IS_MONEY(money)) NEXT ITEM(prioritisation, IS_TOLD(prioritisation)));

const char *score_rules_builtin(const char *name)
{
    if (strcmp(name, "bant") == 0)
        return bant;
    return strcmp(name, "champ") == 0 ? champ : NULL;
}
