/* Profiles of amoCRM and Bitrix24, which export in the language of their screens: Russian mostly, English sometimes.
 * Dates are written 31.12.2026 there, which the dots say. */
#include "analysis/import_profile_tables.h"

const struct import_signature amocrm_deals_signs[] = {
    {NULL, 3,
     "Название сделки|Бюджет|Дата создания сделки|Кем создана сделка|Кем редактирована|Этап сделки|Воронка|"
     "Полное имя контакта|Компания контакта|Ответственный за контакт",
     "Стадия сделки"},
    {"Название сделки|Бюджет", 0, NULL, "Стадия сделки"},
    {"Lead title", 2, "Sale|Lead stage|Pipeline|Contact's full name|Contact's company|Responsible user|Lead tags",
     NULL},
    {0},
};
/* The day of closing of an open deal is "not closed", where other systems leave it empty. */
const char amocrm_deals_map[] = PROFILE_MAP({"entity" : "deal", "columns" : [], "empty" : ["не закрыта"]});

const struct import_signature amocrm_contacts_signs[] = {
    {"Полное имя контакта", 2,
     "Кем создан контакт|Дата создания контакта|Кем редактирован|Сделки|Рабочий прямой телефон|Название компании|"
     "Примечание 1|Тип",
     "Название сделки|Этап сделки"},
    {0},
};
const char amocrm_contacts_map[] = PROFILE_MAP({"entity" : "contact", "columns" : []});

/* The name of a lead is what it is about ("Form on the site"), not who it is. */
const struct import_signature bitrix24_leads_signs[] = {
    {"Название лида", 0, NULL, NULL},
    {"Lead Name|Responsible person", 1, "Status information|Source information|Second name|Work E-mail|Stage|Status",
     "Record ID|Deal name"},
    {0},
};
const char bitrix24_leads_map[] = PROFILE_MAP({
    "entity" : "lead",
    "columns" : [
        {"name" : "full_name", "from" : []},
        {"name" : "lead_status", "from" : [ "Стадия", "Статус", "Stage", "Status" ]}
    ]
});

const struct import_signature bitrix24_deals_signs[] = {
    {"Стадия сделки", 1,
     "Название сделки|Направление|Воронка|Контакт|Контакт: ID|Контакт: Имя|Контакт: Рабочий телефон|Компания|Сумма|"
     "Тип сделки",
     "Этап сделки"},
    {"Deal name|Responsible person", 1, "Deal stage|Stage|Pipeline|Contact: ID|Contact|Deal type", "Record ID"},
    {0},
};
const char bitrix24_deals_map[] = PROFILE_MAP({"entity" : "deal", "columns" : []});

const struct import_signature bitrix24_contacts_signs[] = {
    {"Фамилия", 2,
     "Тип контакта|Рабочий e-mail|Частный e-mail|Другой e-mail|Доступен для всех|Участвует в экспорте контактов",
     "Название лида|Название сделки|Полное имя контакта"},
    {"Last name|Responsible person", 1, "Contact type|Included in export|Second name|Work E-mail",
     "Lead Name|Deal name"},
    {0},
};
const char bitrix24_contacts_map[] = PROFILE_MAP({"entity" : "contact", "columns" : []});

/* The work e-mail is the company's here. */
const struct import_signature bitrix24_companies_signs[] = {
    {"Название компании", 2,
     "Тип компании|Сфера деятельности|Кол-во сотрудников|Годовой оборот|Рабочий e-mail|Рабочий телефон",
     "Фамилия|Название лида|Название сделки|Полное имя контакта"},
    {"Company Name|Responsible person", 1, "Company type|Employees|Annual revenue|Banking details",
     "Last name|Lead Name|Deal name"},
    {0},
};
const char bitrix24_companies_map[] = PROFILE_MAP(
    {"entity" : "account", "columns" : [ {"name" : "email", "from" : [ "Рабочий e-mail", "Work E-mail" ]} ]});
