/* Header rows of real exports, and what is to become of their columns; for test_import_profile.c. Written by reading
 * the rows: the names in ../shared/data, and those that the makers of the systems document. */
#ifndef CRM_TESTS_PROFILE_HEADERS_H
#define CRM_TESTS_PROFILE_HEADERS_H

#include <stddef.h>

/* Why a name is left over. A name that is not here must find its column. */
struct reason {
    const char *why;
    const char *names;
};

static const struct reason reasons[] = {
    {"who did it, beside the owner", "Кем создана сделка|Кем редактирована|Кем создан контакт|Кем редактирован|"
                                     "CreatedById|LastModifiedById|Ответственный за контакт"},
    {"a deal keeps its contact's key, not his name, addresses and work",
     "Рабочий телефон|Рабочий прямой телефон|Мобильный телефон|Факс|Домашний телефон|Другой телефон|Рабочий email|"
     "Личный email|Другой email|Город|Должность|Контакт: Рабочий телефон|Контакт: Мобильный телефон|"
     "Контакт: Другой телефон|Контакт: Рабочий e-mail|Контакт: Частный e-mail|Контакт: Другой e-mail|Контакт: Имя|"
     "Контакт: Фамилия|Контакт: Отчество"},
    {"several pipelines: which one is told by the names of the stages", "Воронка|Направление"},
    {"what is bought is in orders", "Товар"},
    {"a name in a messenger", "Skype|ICQ|Jabber|Google Talk|MSN|Другой IM|Screen Name"},
    {"consent, the opposite of an opt-out", "Пользовательское соглашение|GDPR consent|Marketing contact status"},
    {"keys of other systems", "cid|uid|tid|MasterRecordId|Jigsaw|JigsawContactId|CompanyDunsNumber|DandbCompanyId|"
                              "ConvertedAccountId|ConvertedContactId|ConvertedOpportunityId|Associated Deal|"
                              "Associated Deal IDs|Сделки"},
    {"the sort of the record in its system", "Тип|Contact Type"},
    {"what the lead is about, and its worth: both become the deal's", "Название лида|Сумма|Deal - Title|Deal - Value"},
    {"detail of the source", "Original Source Drill-Down 1"},
    {"the company's, not the person's", "Annual Revenue|AnnualRevenue|NumberOfEmployees|Industry"},
    {"a score or judgement, made again by crm-score", "Lead Score|Rating"},
    {"another kind of record in the same row", "Activity - Subject*|Activity - Due date"},
    {"activity of the people who work there", "Person - Last activity date|LastActivityDate|LastViewedDate|"
                                              "LastReferencedDate|IsUnreadByOwner"},
    {"how the name is spoken", "Yomi Name|Given Name Yomi|Additional Name Yomi|Family Name Yomi|Phonetic First Name|"
                               "Phonetic Middle Name|Phonetic Last Name"},
    {"no place in a list of customers",
     "Initials|Short Name|Maiden Name|Gender|Location|Billing Information|Directory Server|Mileage|Hobby|Sensitivity|"
     "Priority|Subject|Photo|PhotoUrl|Anniversary|Language|Internet Free Busy|Custom 4|Latitude|Longitude"},
    {"not a telephone to call", "Pager|Pager Number"},
    {"the sort of the value beside it: the import reads it there",
     "E-mail 1 - Type|Phone 1 - Type|Address 1 - Type|E-mail 1 - Label|E-mail 2 - Label|E-mail 3 - Label|"
     "Phone 1 - Label"},
    {"part of an address without a column", "Address 1 - PO Box"},
    {"the system's own housekeeping", "IsDeleted|SystemModstamp|CleanStatus|EmailBouncedReason|EmailBouncedDate"},
    {"told by converted_at", "IsConverted"},
};

struct row {
    const char *where;   /* the system in real_headers.tsv */
    const char *part;    /* within the row, or NULL */
    const char *profile; /* "": none */
    const char *taken;   /* "column=name|...", in the order of the vocabulary */
    const char *further; /* "name>column|...": stand for a column for which another was taken */
    const char *left;    /* stand for nothing */
};

static const struct row rows[] = {
    {"amoCRM (ru) deals export", NULL, "amocrm-deals",
     "deal_id=ID|title=Название сделки|account_id=Компания|contact_id=Полное имя контакта|"
     "stage=Этап сделки|amount=Бюджет|source=Источник|owner=Ответственный|created_at=Дата создания сделки|"
     "closed_at=Дата закрытия|updated_at=Дата редактирования|tags=Теги|note=Примечание|utm_source=utm_source|"
     "utm_medium=utm_medium|utm_campaign=utm_campaign|utm_content=utm_content|utm_term=utm_term",
     "Примечание 2>note|Примечание 3>note|Примечание 4>note|Примечание 5>note|Компания контакта>account_id",
     "Кем создана сделка|Кем редактирована|Воронка|Ответственный за контакт|Рабочий телефон|Рабочий прямой телефон|"
     "Мобильный телефон|Факс|Домашний телефон|Другой телефон|Рабочий email|Личный email|Другой email|"
     "Город|Должность|Товар|Skype|ICQ|Jabber|Google Talk|MSN|Другой IM|Пользовательское соглашение|cid|"
     "uid|tid"},
    {"amoCRM (ru) deals export, second account", NULL, "amocrm-deals",
     "deal_id=ID|title=Название сделки|amount=Бюджет|owner=Ответственный", "", ""},
    {"amoCRM (ru) contacts export", NULL, "amocrm-contacts",
     "contact_id=ID|full_name=Полное имя контакта|first_name=Имя|last_name=Фамилия|email=Рабочий email|"
     "phone=Рабочий телефон|mobile=Мобильный телефон|fax=Факс|company=Название компании|"
     "job_title=Должность|website=Web|street=Адрес|owner=Ответственный|created_at=Дата создания контакта|"
     "updated_at=Дата редактирования|tags=Теги|note=Примечание 1",
     "Примечание 2>note|Примечание 3>note|Примечание 4>note|Примечание 5>note|"
     "Рабочий прямой телефон>phone|Домашний телефон>phone|Другой телефон>phone|Личный email>email|"
     "Другой email>email",
     "Тип|Кем создан контакт|Сделки|Кем редактирован"},
    {"Bitrix24 (ru) leads export", NULL, "bitrix24-leads",
     "lead_id=ID|first_name=Имя|middle_name=Отчество|last_name=Фамилия|email=Рабочий e-mail|"
     "phone=Рабочий телефон|mobile=Мобильный телефон|lead_status=Статус|created_at=Дата создания|"
     "utm_source=UTM Source|utm_medium=UTM Medium|utm_campaign=UTM Campaign",
     "Другой телефон>phone|Частный e-mail>email|Другой e-mail>email", "Название лида|Сумма"},
    {"Bitrix24 (ru) deals export", NULL, "bitrix24-deals",
     "deal_id=ID|title=Название сделки|contact_id=Контакт|stage=Стадия сделки|amount=Сумма|"
     "created_at=Дата создания|utm_source=UTM Source|utm_medium=UTM Medium|utm_campaign=UTM Campaign",
     "",
     "Направление|Контакт: Рабочий телефон|Контакт: Мобильный телефон|"
     "Контакт: Другой телефон|Контакт: Рабочий e-mail|Контакт: Частный e-mail|Контакт: Другой e-mail"},
    {"Bitrix24 (ru) \"xls\" export is an HTML <table> in UTF-8 with <meta charset>, dates DD.MM.YYYY HH:MM:SS", NULL,
     "bitrix24-deals",
     "deal_id=ID|title=Название сделки|contact_id=Контакт: ID|stage=Стадия сделки|owner=Ответственный|"
     "created_at=Дата создания|updated_at=Дата изменения|note=Комментарий",
     "Контакт>contact_id",
     "Контакт: Имя|Контакт: Фамилия|Контакт: Отчество|Контакт: Рабочий телефон|"
     "Контакт: Мобильный телефон"},
    {"HubSpot contacts export", NULL, "hubspot-contacts",
     "contact_id=Record ID|first_name=First Name|last_name=Last Name|email=Email|phone=Phone Number|"
     "company=Associated Company|source=Lead Source|owner=Contact owner|lead_status=Lead Status|"
     "lifecycle_stage=Lifecycle Stage|created_at=Create Date|updated_at=Last Modified Date",
     "", "Contact Type|Associated Deal|Associated Deal IDs"},
    {"HubSpot-style leads file, 2,049 rows", NULL, "hubspot-contacts",
     "contact_id=Record ID|full_name=Full Name|first_name=First Name|last_name=Last Name|email=Email|"
     "phone=Phone Number|company=Company Name|job_title=Job Title|city=City|country=Country/Region|"
     "source=Original Source|owner=Contact Owner|lead_status=Lead Status|lifecycle_stage=Lifecycle Stage|"
     "created_at=Create Date|updated_at=Last Modified Date|note=Notes",
     "", "Original Source Drill-Down 1|Annual Revenue|Marketing contact status|GDPR consent|Lead Score"},
    {"HubSpot companies / deals", "companies: ", "hubspot-companies",
     "account_id=Record ID|name=Company name|website=Website URL|owner=Company owner|"
     "created_at=Create Date",
     "", ""},
    {"HubSpot companies / deals", "deals: ", "hubspot-deals",
     "deal_id=Record ID|title=Deal Name|account_id=Associated Company IDs|stage=Deal Stage|amount=Amount|"
     "owner=Deal owner",
     "", ""},
    {"Pipedrive import sample (official)", NULL, "pipedrive-persons",
     "full_name=Person - Name*|first_name=Person - First name|last_name=Person - Last name|"
     "email=Person - Email (Work)|phone=Person - Phone|company=Organization - Name*|"
     "street=Organization - Address|note=Note - Content*",
     "Person - Email (Home)>email", "Deal - Title|Deal - Value|Activity - Subject*|Activity - Due date"},
    {"Pipedrive people export", NULL, "pipedrive-persons",
     "contact_id=Person - ID|full_name=Person - Name|email=Person - Email|phone=Person - Phone|"
     "company=Organization - Name",
     "", "Person - Last activity date"},
    {"Google Contacts CSV (old layout)", NULL, "google-contacts",
     "full_name=Name|name_prefix=Name Prefix|first_name=Given Name|middle_name=Additional Name|"
     "last_name=Family Name|name_suffix=Name Suffix|nickname=Nickname|email=E-mail 1 - Value|"
     "phone=Phone 1 - Value|job_title=Occupation|street=Address 1 - Street|city=Address 1 - City|"
     "region=Address 1 - Region|postal_code=Address 1 - Postal Code|country=Address 1 - Country|"
     "birth_date=Birthday|tags=Group Membership|note=Notes",
     "Address 1 - Formatted>street",
     "Yomi Name|Given Name Yomi|Additional Name Yomi|Family Name Yomi|Initials|Short Name|Maiden Name|"
     "Gender|Location|Billing Information|Directory Server|Mileage|Hobby|Sensitivity|Priority|Subject|"
     "E-mail 1 - Type|Phone 1 - Type|Address 1 - Type|Address 1 - PO Box"},
    {"Google Contacts CSV (current layout)", NULL, "google-contacts",
     "full_name=File As|name_prefix=Name Prefix|first_name=First Name|middle_name=Middle Name|"
     "last_name=Last Name|name_suffix=Name Suffix|nickname=Nickname|email=E-mail 1 - Value|"
     "phone=Phone 1 - Value|company=Organization Name|department=Organization Department|"
     "job_title=Organization Title|birth_date=Birthday|tags=Labels|note=Notes",
     "E-mail 2 - Value>email|E-mail 3 - Value>email",
     "Phonetic First Name|Phonetic Middle Name|Phonetic Last Name|Photo|E-mail 1 - Label|E-mail 2 - Label|"
     "E-mail 3 - Label|Phone 1 - Label"},
    {"Outlook.com / Outlook CSV", NULL, "outlook",
     "name_prefix=Title|first_name=First Name|middle_name=Middle Name|last_name=Last Name|"
     "name_suffix=Suffix|email=E-mail Address|phone=Primary Phone|mobile=Mobile Phone|fax=Home Fax|"
     "website=Web Page|street=Home Street|birth_date=Birthday|note=Notes",
     "E-mail 2 Address>email|E-mail 3 Address>email|Home Phone>phone|Home Phone 2>phone|"
     "Home Address>street|Home Street 2>street",
     "Initials|Gender|Anniversary|Location|Language|Internet Free Busy|Pager"},
    {"Salesforce lead (API names)", NULL, "salesforce-leads",
     "lead_id=Id|full_name=Name|name_prefix=Salutation|first_name=FirstName|last_name=LastName|"
     "email=Email|phone=Phone|mobile=MobilePhone|fax=Fax|company=Company|job_title=Title|website=Website|"
     "street=Street|city=City|region=State|postal_code=PostalCode|country=Country|source=LeadSource|"
     "owner=OwnerId|lead_status=Status|created_at=CreatedDate|updated_at=LastModifiedDate|"
     "converted_at=ConvertedDate|note=Description",
     "Address>street",
     "IsDeleted|MasterRecordId|Latitude|Longitude|PhotoUrl|Industry|Rating|AnnualRevenue|"
     "NumberOfEmployees|IsConverted|ConvertedAccountId|ConvertedContactId|ConvertedOpportunityId|"
     "IsUnreadByOwner|CreatedById|LastModifiedById|SystemModstamp|LastActivityDate|LastViewedDate|"
     "LastReferencedDate|Jigsaw|JigsawContactId|CleanStatus|CompanyDunsNumber|DandbCompanyId|"
     "EmailBouncedReason|EmailBouncedDate"},
    {"Thunderbird address book CSV", NULL, "thunderbird",
     "full_name=Display Name|first_name=First Name|last_name=Last Name|nickname=Nickname|"
     "email=Primary Email|phone=Work Phone|mobile=Mobile Number|fax=Fax Number|street=Home Address|"
     "note=Notes",
     "Secondary Email>email|Home Phone>phone", "Screen Name|Pager Number|Custom 4"},
};

/* Headers as their makers document them, or as programs that read and write them have them: what of them must be taken,
 * and what must not be. */
struct layout {
    const char *profile;
    const char *header;
    const char *taken; /* "column=name|...", in any order */
    const char * not ; /* names that must not be taken; NULL */
};

static const struct layout layouts[] = {
    {"outlook",
     "Title|First Name|Middle Name|Last Name|Suffix|Company|Department|Job Title|Business Street|Business City|"
     "Business State|Business Postal Code|Business Country/Region|Home Street|Home City|Business Fax|Business Phone|"
     "Business Phone 2|Home Phone|Mobile Phone|Account|Anniversary|Birthday|Categories|E-mail Address|E-mail 2 Address|"
     "E-mail 2 Display Name|Gender|Internet Free Busy|Keywords|Location|Manager's Name|Notes|Profession|Web Page",
     "name_prefix=Title|job_title=Job Title|company=Company|tags=Categories|city=Business City|phone=Business Phone|"
     "email=E-mail Address|birth_date=Birthday|department=Department|name_suffix=Suffix|fax=Business Fax",
     "Account|Keywords|Location|Anniversary|Profession|Manager's Name"},
    {"outlook", "Title|First Name|Last Name|E-mail Address|E-mail 2 Address|Home Phone 2|Business Phone 2",
     "name_prefix=Title", NULL}, /* no job at all, rather than "Dr." for one */
    {"outlook-de",
     "Anrede|Vorname|Weitere Vornamen|Nachname|Suffix|Firma|Abteilung|Position|Straße geschäftlich|Ort geschäftlich|"
     "Region geschäftlich|Postleitzahl geschäftlich|Land/Region geschäftlich|Straße privat|Ort privat|"
     "Bundesland/Kanton privat|Postleitzahl privat|Fax geschäftlich|Telefon geschäftlich|Telefon Firma|Telefon privat|"
     "Mobiltelefon|Beruf|E-Mail-Adresse|E-Mail 2: Adresse|E-Mail 3: Adresse|Geburtstag|Jahrestag|Kategorien|Konto|"
     "Notizen|Ort|Stichwörter|Webseite",
     "name_prefix=Anrede|first_name=Vorname|middle_name=Weitere Vornamen|last_name=Nachname|name_suffix=Suffix|"
     "company=Firma|department=Abteilung|job_title=Position|street=Straße geschäftlich|city=Ort geschäftlich|"
     "region=Region geschäftlich|postal_code=Postleitzahl geschäftlich|country=Land/Region geschäftlich|"
     "fax=Fax geschäftlich|phone=Telefon geschäftlich|mobile=Mobiltelefon|email=E-Mail-Adresse|birth_date=Geburtstag|"
     "tags=Kategorien|note=Notizen|website=Webseite",
     "Ort|Beruf|Konto|Jahrestag"},
    {"outlook-fr",
     "Titre|Prénom|Deuxième prénom|Nom|Suffixe|Société|Service|Titre_2|Rue (bureau)|Ville (bureau)|"
     "Dép/Région (bureau)|Code postal (bureau)|Pays/Région (bureau)|Rue (domicile)|Télécopie (bureau)|"
     "Téléphone (bureau)|Téléphone 2 (bureau)|Tél. mobile|Adresse de messagerie|Adresse de messagerie 2|Anniversaire|"
     "Anniversaire de mariage ou fête|Catégories|Compte|Notes|Page Web|Profession|Responsable",
     "name_prefix=Titre|first_name=Prénom|middle_name=Deuxième prénom|last_name=Nom|name_suffix=Suffixe|"
     "company=Société|department=Service|job_title=Titre_2|street=Rue (bureau)|city=Ville (bureau)|"
     "region=Dép/Région (bureau)|postal_code=Code postal (bureau)|country=Pays/Région (bureau)|"
     "phone=Téléphone (bureau)|mobile=Tél. mobile|email=Adresse de messagerie|birth_date=Anniversaire|fax=Télécopie "
     "(bureau)",
     "Responsable|Compte|Profession|Anniversaire de mariage ou fête"},
    {"outlook-es",
     "Title|Nombre|Segundo nombre|Apellidos|Suffix|Organización|Department|Puesto|Calle del trabajo|Ciudad de trabajo|"
     "Provincia o estado de trabajo|Código postal del trabajo|País o región del trabajo|Home Street|Home City|"
     "Home State|Home Postal Code|Business Fax|Teléfono del trabajo|Número de centralita de la organización|"
     "Mobile Phone|Account|Anniversary|Birthday|Categorías|E-mail Address|Dirección de correo electrónico 2|"
     "Dirección del correo electrónico 3|Nombre de pantalla de correo electrónico|Notes|Página web",
     "name_prefix=Title|first_name=Nombre|last_name=Apellidos|company=Organización|job_title=Puesto|"
     "street=Calle del trabajo|city=Ciudad de trabajo|region=Provincia o estado de trabajo|"
     "postal_code=Código postal del trabajo|country=País o región del trabajo|phone=Teléfono del trabajo|"
     "email=E-mail Address|birth_date=Birthday",
     "Account|Anniversary|Nombre de pantalla de correo electrónico|Home Street"},
    {"outlook-ru",
     "Обращение|Имя|Отчество|Фамилия|Суффикс|Организация|Отдел|Должность|Улица (раб. адрес)|Город (раб. адрес)|"
     "Область (раб. адрес)|Индекс (раб. адрес)|Страна или регион (раб. адрес)|Улица (дом. адрес)|Город (дом. адрес)|"
     "Почтовый код (дом.)|Рабочий факс|Рабочий телефон|Телефон раб. 2|Домашний телефон|Телефон переносной|Пейджер|"
     "Основной телефон|Адрес эл. почты|Адрес 2 эл. почты|Краткое имя эл. почты|Важность|Веб-страница|Годовщина|"
     "День рождения|Заметки|Имя помощника|Категории|Руководитель|Счет",
     "name_prefix=Обращение|first_name=Имя|middle_name=Отчество|last_name=Фамилия|name_suffix=Суффикс|"
     "company=Организация|department=Отдел|street=Улица (раб. адрес)|city=Город (раб. адрес)|"
     "region=Область (раб. адрес)|postal_code=Индекс (раб. адрес)|country=Страна или регион (раб. адрес)|"
     "phone=Рабочий телефон|mobile=Телефон переносной|email=Адрес эл. почты|birth_date=День рождения|fax=Рабочий факс",
     "Годовщина|Имя помощника|Счет|Пейджер"},
    {"thunderbird",
     "First Name|Last Name|Display Name|Nickname|Primary Email|Secondary Email|Screen Name|Work Phone|Home Phone|"
     "Birth Year|Birth Month|Birth Day|Custom 1|Notes",
     "nickname=Nickname|email=Primary Email|phone=Work Phone", "Birth Day|Birth Month|Birth Year|Screen Name"},
    {"thunderbird-de",
     "Vorname|Nachname|Anzeigename|Spitzname|Primäre E-Mail-Adresse|Sekundäre E-Mail-Adresse|Messenger-Name|"
     "Tel. dienstlich|Tel. privat|Fax-Nummer|Pager-Nummer|Mobil-Tel.-Nr.|Privat: Adresse|Privat: Adresse 2|Privat: Ort|"
     "Privat: Bundesland|Privat: PLZ|Privat: Land|Dienstlich: Adresse|Dienstlich: Adresse 2|Dienstlich: Ort|"
     "Dienstlich: Bundesland|Dienstlich: PLZ|Dienstlich: Land|Arbeitstitel|Abteilung|Organisation|Webseite 1|"
     "Webseite 2|Geburtsjahr|Geburtsmonat|Geburtstag|Benutzerdef. 1|Notizen",
     "full_name=Anzeigename|nickname=Spitzname|email=Primäre E-Mail-Adresse|phone=Tel. dienstlich|fax=Fax-Nummer|"
     "mobile=Mobil-Tel.-Nr.|street=Dienstlich: Adresse|city=Dienstlich: Ort|region=Dienstlich: Bundesland|"
     "postal_code=Dienstlich: PLZ|country=Dienstlich: Land|job_title=Arbeitstitel|company=Organisation|"
     "website=Webseite 1",
     "Geburtstag|Geburtsjahr|Pager-Nummer"},
    {"salesforce-contacts",
     "Id|IsDeleted|MasterRecordId|AccountId|LastName|FirstName|Salutation|Name|MailingStreet|MailingCity|Phone|Fax|"
     "MobilePhone|Email|Title|Department|LeadSource|Birthdate|OwnerId|HasOptedOutOfEmail|HasOptedOutOfFax|DoNotCall|"
     "CreatedDate|LastModifiedDate|SystemModstamp",
     "contact_id=Id|name_prefix=Salutation|job_title=Title|department=Department|birth_date=Birthdate|"
     "opt_out=HasOptedOutOfEmail|fax=Fax",
     "HasOptedOutOfFax|DoNotCall|AccountId"},
    {"salesforce-contacts",
     "Salutation|First Name|Last Name|Title|Mailing Street|Mailing City|Mailing State/Province|"
     "Mailing Zip/Postal Code|Mailing Country|Phone|Mobile|Fax|Email|Account Owner|Account Name",
     "name_prefix=Salutation|job_title=Title|region=Mailing State/Province|postal_code=Mailing Zip/Postal Code|"
     "company=Account Name",
     NULL},
    {"salesforce-leads",
     "Lead Owner|First Name|Last Name|Title|Company / Account|Email|Lead Source|Street|Rating|Lead Status|Create Date",
     "owner=Lead Owner|company=Company / Account|job_title=Title|lead_status=Lead Status", "Rating"},
    {"salesforce-opportunities",
     "Opportunity Owner|Account Name|Opportunity Name|Stage|Fiscal Period|Amount|Expected Revenue|Probability (%)|Age|"
     "Close Date|Created Date|Next Step|Lead Source|Type",
     "title=Opportunity Name|amount=Amount|probability=Probability (%)|closed_at=Close Date", "Expected Revenue|Type"},
    {"salesforce-history",
     "Id|OpportunityId|CreatedById|CreatedDate|StageName|Amount|ExpectedRevenue|CloseDate|Probability|"
     "ForecastCategory|SystemModstamp|IsDeleted",
     "deal_id=OpportunityId|stage=StageName|entered_at=CreatedDate", "Id"},
    {"salesforce-tasks", "Id|WhoId|WhatId|Subject|ActivityDate|Status|Priority|OwnerId|TaskSubtype|CreatedDate",
     "entity_id=WhoId|event=TaskSubtype|occurred_at=ActivityDate", "Id|CreatedDate"},
    {"zoho-contacts",
     "Record Id|Contact Owner.id|Contact Owner|Lead Source|First Name|Last Name|Account Name.id|Account Name|"
     "Vendor Name|Email|Title|Department|Phone|Home Phone|Asst Phone|Email Opt Out|Mailing Zip|Secondary Email|"
     "Unsubscribed Mode",
     "contact_id=Record Id|owner=Contact Owner|company=Account Name|opt_out=Email Opt Out|postal_code=Mailing Zip|"
     "job_title=Title",
     "Asst Phone|Unsubscribed Mode|Contact Owner.id"},
    {"zoho-accounts", "Record Id|Account Owner|Account Name|Phone|Billing Street|Billing Code|Shipping Code|Industry",
     "name=Account Name|postal_code=Billing Code|owner=Account Owner", NULL},
    {"zoho-deals",
     "Record Id|Deal Owner|Amount|Deal Name|Closing Date|Account Name.id|Account Name|Stage|Probability (%)|"
     "Contact Name.id|Contact Name|Created Time|Reason For Loss",
     "account_id=Account Name.id|contact_id=Contact Name.id|closed_at=Closing Date|loss_reason=Reason For Loss", NULL},
    {"pipedrive-leads",
     "Lead - ID|Lead - Title|Lead - Value|Lead - Owner|Lead - Contact person|Lead - Organization|Person - Email|"
     "Lead - Labels",
     "lead_id=Lead - ID|full_name=Lead - Contact person|company=Lead - Organization|note=Lead - Title|tags=Lead - "
     "Labels",
     "Lead - Value"},
    {"pipedrive-deals",
     "Deal - ID|Deal - Title|Deal - Stage|Deal - Status|Deal - Owner|Deal - Value|Deal - Currency of value|"
     "Organization - Name|Deal - Organization|Deal - Expected close date|Deal - Contact person|Deal - Won time|"
     "Deal - Lost reason|Deal - Deal created|Deal - Last stage change",
     "deal_id=Deal - ID|title=Deal - Title|amount=Deal - Value|currency=Deal - Currency of value|"
     "account_id=Deal - Organization|contact_id=Deal - Contact person|expected_close=Deal - Expected close date|"
     "closed_at=Deal - Won time|created_at=Deal - Deal created|loss_reason=Deal - Lost reason",
     "Deal - Last stage change"},
    {"odoo-contacts",
     "id|name|is_company|parent_id/id|title|function|email|phone|street|street2|city|state_id/id|zip|country_id/id|"
     "category_id/id|user_id/id|vat|comment",
     "contact_id=id|name_prefix=title|job_title=function|company=parent_id/id|region=state_id/id|"
     "country=country_id/id|owner=user_id/id|tags=category_id/id|note=comment",
     "vat|is_company"},
    {"odoo-opportunities",
     "id|name|partner_id|email_from|phone|stage_id|expected_revenue|probability|date_deadline|user_id|create_date|"
     "date_closed|lost_reason_id|write_date|tag_ids|description|medium_id/name|campaign_id",
     "deal_id=id|title=name|account_id=partner_id|stage=stage_id|amount=expected_revenue|expected_close=date_deadline|"
     "closed_at=date_closed|owner=user_id|loss_reason=lost_reason_id|updated_at=write_date|tags=tag_ids|"
     "note=description|utm_medium=medium_id/name|utm_campaign=campaign_id",
     NULL},
    {"bitrix24-leads",
     "ID|Stage|Lead Name|Salutation|First name|Second name|Last name|Created|Source|Work Phone|Work E-mail|"
     "Responsible person|Status information|Company Name",
     "lead_id=ID|lead_status=Stage|name_prefix=Salutation|middle_name=Second name|owner=Responsible person",
     "Lead Name"},
    {"bitrix24-companies",
     "ID|Название компании|Тип компании|Сфера деятельности|Кол-во сотрудников|Годовой оборот|Рабочий телефон|"
     "Рабочий e-mail|Корпоративный сайт|Ответственный|Дата создания|Комментарий",
     "account_id=ID|name=Название компании|industry=Сфера деятельности|employees=Кол-во сотрудников|"
     "annual_revenue=Годовой оборот|phone=Рабочий телефон|email=Рабочий e-mail|website=Корпоративный сайт|"
     "owner=Ответственный|created_at=Дата создания",
     "Тип компании"},
    {"amocrm-deals",
     "ID|Lead title|Sale|Responsible user|Lead stage|Pipeline|Contact's full name|Contact's company|Lead tags",
     "title=Lead title|amount=Sale|owner=Responsible user|stage=Lead stage|contact_id=Contact's full name|"
     "account_id=Contact's company|tags=Lead tags",
     NULL},
    {"shopify-orders",
     "Name|Email|Financial Status|Paid at|Fulfillment Status|Accepts Marketing|Currency|Subtotal|Shipping|Taxes|Total|"
     "Created at|Lineitem quantity|Lineitem name|Lineitem price|Lineitem sku|Billing Name|Id|Source",
     "order_id=Name|customer_id=Email|order_date=Created at|amount=Total|product_id=Lineitem sku|"
     "quantity=Lineitem quantity|unit_price=Lineitem price|currency=Currency",
     "Id|Paid at|Subtotal"},
    {"shopify-customers",
     "Customer ID|First Name|Last Name|Email|Accepts Email Marketing|Default Address Company|"
     "Default Address Address1|Default Address City|Default Address Province Code|Default Address Country Code|"
     "Default Address Zip|Default Address Phone|Phone|Accepts SMS Marketing|Total Spent|Total Orders|Note|Tags",
     "contact_id=Customer ID|company=Default Address Company|street=Default Address Address1|"
     "country=Default Address Country Code|postal_code=Default Address Zip|phone=Phone",
     "Accepts Email Marketing|Accepts SMS Marketing"},
    {"stripe-payments",
     "id|Created date (UTC)|Amount|Amount Refunded|Currency|Captured|Converted Amount|Converted Currency|Fee|Status|"
     "Card ID|Customer ID|Customer Email|Invoice ID",
     "order_id=id|customer_id=Customer ID|amount=Amount|currency=Currency|order_date=Created date (UTC)",
     "Invoice ID|Card ID|Converted Amount|Customer Email"},
    {"stripe-customers", "id|Description|Email|Name|Created (UTC)|Delinquent|Status|Total Spend|Payment Count",
     "contact_id=id|full_name=Name|created_at=Created (UTC)", "Status|Delinquent"},
};

#endif
