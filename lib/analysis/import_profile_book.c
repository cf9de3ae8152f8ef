/* Profiles of address books: Google Contacts, Outlook, Thunderbird. They have a column for everything: what a word
 * means there is not what it means in a list of customers. */
#include "analysis/import_profile_tables.h"

const struct import_signature google_contacts_signs[] = {
    {NULL, 3,
     "Yomi Name|Given Name Yomi|Family Name Yomi|Group Membership|E-mail 1 - Type|Phone 1 - Type|Address 1 - Type|"
     "Address 1 - Formatted|Organization 1 - Name|Organization 1 - Title|E-mail 1 - Value|Phone 1 - Value",
     NULL},
    {NULL, 3,
     "Phonetic First Name|Phonetic Last Name|File As|Organization Title|Organization Department|"
     "E-mail 1 - Label|E-mail 1 - Value|Phone 1 - Label|Phone 1 - Value|Address 1 - Label",
     "Record ID"},
    {0},
};
const char google_contacts_map[] = PROFILE_MAP({"entity" : "contact", "columns" : []});

/* "Title" is the form of address; the categories a person is in come before keywords. */
const struct import_signature outlook_signs[] = {
    {NULL, 3,
     "Internet Free Busy|E-mail 2 Address|E-mail 3 Address|E-mail Display Name|E-mail 2 Display Name|Business Phone 2|"
     "Home Phone 2|Business Fax|Home Fax|Directory Server|Government ID Number|Organizational ID Number|"
     "Business Address PO Box|Home Address PO Box|Assistant's Phone|Manager's Name|Radio Phone|TTY/TDD Phone|"
     "Company Main Phone|Billing Information|Callback",
     "Yomi Name|Given Name Yomi|Record ID"},
    {"E-mail Address|E-mail 2 Address|E-mail 3 Address", 0, NULL, NULL},
    {0},
};
const char outlook_map[] = PROFILE_MAP({
    "entity" : "contact",
    "columns" : [
        {"name" : "name_prefix", "from" : ["Title"]}, {"name" : "job_title", "from" : ["Job Title"]},
        {"name" : "tags", "from" : [ "Categories", "Keywords" ]}
    ]
});

/* "Ort" is where the person is, "Konto" an account of his, "Beruf" a profession. */
const struct import_signature outlook_de_signs[] = {
    {NULL, 3,
     "Weitere Vornamen|Straße geschäftlich|Ort geschäftlich|Postleitzahl geschäftlich|Region geschäftlich|"
     "E-Mail 2: Adresse|E-Mail 3: Adresse|E-Mail: Angezeigter Name|Telefon geschäftlich|Telefon geschäftlich 2|"
     "Weiteres Telefon|Haupttelefon|Internet-Frei/Gebucht|Abrechnungsinformation|Reisekilometer|Regierungsnr.",
     NULL},
    {0},
};
const char outlook_de_map[] = PROFILE_MAP({
    "entity" : "contact",
    "columns" : [
        {"name" : "name_prefix", "from" : ["Anrede"]}, {"name" : "job_title", "from" : ["Position"]},
        {"name" : "city", "from" : [ "Ort geschäftlich", "Ort privat", "Weiterer Ort" ]},
        {"name" : "tags", "from" : [ "Kategorien", "Stichwörter" ]}
    ]
});

/* There are two columns "Titre": the form of address, and behind "Service", which is the department, what the person
 * does. The reader calls the second one Titre_2. "Responsable" is the person's manager. */
const struct import_signature outlook_fr_signs[] = {
    {NULL, 3,
     "Deuxième prénom|Rue (bureau)|Ville (bureau)|Code postal (bureau)|Dép/Région (bureau)|Pays/Région (bureau)|"
     "Téléphone (bureau)|Téléphone 2 (bureau)|Télécopie (bureau)|Téléphone (domicile)|Adresse de messagerie 2|"
     "Adresse de messagerie 3|Disponibilité Internet|Informations facturation|Critère de diffusion",
     NULL},
    {0},
};
const char outlook_fr_map[] = PROFILE_MAP({
    "entity" : "contact",
    "columns" : [
        {"name" : "name_prefix", "from" : ["Titre"]}, {"name" : "job_title", "from" : ["Titre_2"]},
        {"name" : "department", "from" : ["Service"]}, {"name" : "owner", "from" : []},
        {"name" : "tags", "from" : [ "Catégories", "Mots clés" ]}
    ]
});

/* Half of its names are in English. */
const struct import_signature outlook_es_signs[] = {
    {NULL, 3,
     "Calle del trabajo|Ciudad de trabajo|Código postal del trabajo|Provincia o estado de trabajo|"
     "País o región del trabajo|Teléfono del trabajo|Número de centralita de la organización|Otro código postal|"
     "Número de teletipo|Dirección de correo electrónico 2|Dirección del correo electrónico 3|"
     "Nombre de pantalla de correo electrónico",
     NULL},
    {0},
};
const char outlook_es_map[] = PROFILE_MAP({
    "entity" : "contact",
    "columns" : [
        {"name" : "name_prefix", "from" : [ "Title", "Tratamiento", "Título" ]},
        {"name" : "company", "from" : ["Organización"]}, {"name" : "job_title", "from" : [ "Puesto", "Job Title" ]},
        {"name" : "street", "from" : ["Calle del trabajo"]}, {"name" : "city", "from" : ["Ciudad de trabajo"]},
        {"name" : "region", "from" : ["Provincia o estado de trabajo"]},
        {"name" : "postal_code", "from" : ["Código postal del trabajo"]},
        {"name" : "tags", "from" : [ "Categorías", "Categories" ]}
    ]
});

const struct import_signature outlook_ru_signs[] = {
    {NULL, 3,
     "Улица (раб. адрес)|Город (раб. адрес)|Индекс (раб. адрес)|Область (раб. адрес)|Страна или регион (раб. адрес)|"
     "Улица (дом. адрес)|Телефон раб. 2|Телефон дом. 2|Телефон переносной|Основной телефон организации|"
     "Адрес эл. почты|Адрес 2 эл. почты|Краткое имя эл. почты|Сведения о доступности в Интернете",
     NULL},
    {0},
};
const char outlook_ru_map[] = PROFILE_MAP({"entity" : "contact", "columns" : []});

const struct import_signature thunderbird_signs[] = {
    {NULL, 3,
     "Screen Name|Pager Number|Primary Email|Secondary Email|Home ZipCode|Work ZipCode|Web Page 1|Web Page 2|Birth "
     "Year|"
     "Birth Month|Birth Day|Custom 1|Custom 4",
     NULL},
    {0},
};
const char thunderbird_map[] = PROFILE_MAP({"entity" : "contact", "columns" : []});

/* The birthday stands in three columns, of which "Geburtstag" is the day of the month: it cannot be taken. The English
 * "Birth Day" is known to the vocabulary. */
const struct import_signature thunderbird_de_signs[] = {
    {NULL, 3,
     "Primäre E-Mail-Adresse|Sekundäre E-Mail-Adresse|Messenger-Name|Tel. dienstlich|Tel. privat|Pager-Nummer|"
     "Mobil-Tel.-Nr.|Privat: Adresse|Dienstlich: Adresse|Arbeitstitel|Geburtsjahr|Geburtsmonat|Benutzerdef. 1",
     NULL},
    {"Geburtsjahr|Geburtsmonat|Geburtstag", 0, NULL, NULL},
    {0},
};
const char thunderbird_de_map[] =
    PROFILE_MAP({"entity" : "contact", "columns" : [ {"name" : "birth_date", "from" : []} ]});
