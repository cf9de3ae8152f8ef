/* The vocabulary of people: contacts and leads. They have the same columns but for the first, because a lead becomes a
 * contact and keeps what was known; most systems even export both from one table.
 *
 * In each list the order is the order of preference when a file has several: work, then unqualified, then private, then
 * other. */
#include "value/vocabulary_tables.h"

static const char contact_id[] = "Контакт: ID|Person - ID|Contact Record ID|Contact No|Record ID|Record Number|"
                                 "External ID|Unique ID|Rec ID|User ID|Customer ID|Subscriber ID|Member ID|"
                                 "Datensatz-ID|ID de registro|ID do registro|ID|ID контакта|Код контакта|"
                                 "Номер контакта|联系人编号|联系人ID|客户编号|客户ID|编号|رقم جهة الاتصال|"
                                 "معرف جهة الاتصال|رقم العميل|المعرف|Kontakt-ID|Kontaktnummer|Kontakt-Nr.|"
                                 "Kundennummer|Kunden-Nr.|ID du contact|Identifiant contact|N° contact|Identifiant|"
                                 "ID de contacto|ID del contacto|Código de contacto|Identificador|ID do contato|"
                                 "Código do contato|ID do contacto|N° client|ID de cliente|ID do cliente|Código";

static const char lead_id[] = "Лид: ID|Lead Record ID|Lead Number|Lead No|Prospect ID|Prospect Number|MQL ID|"
                              "Enquiry ID|Inquiry ID|Contact ID|Record ID|Record Number|External ID|Unique ID|Rec ID|"
                              "User ID|Datensatz-ID|ID de registro|ID do registro|ID|ID лида|Номер лида|Код лида|"
                              "线索编号|线索ID|销售线索编号|潜在客户编号|潜在客户ID|编号|رقم العميل المحتمل|"
                              "معرف العميل المحتمل|المعرف|Lead-Nr.|Leadnummer|Interessenten-ID|Interessentennummer|"
                              "ID du lead|ID du prospect|Identifiant prospect|N° prospect|Identifiant|ID del lead|"
                              "ID de prospecto|ID del prospecto|ID de cliente potencial|Identificador|ID do lead|"
                              "Código do lead|ID do prospecto|Código";

static const char full_name[] = "Name|Display Name|Contact Name|Lead Name|Person Name|Customer Name|Client Name|"
                                "Contact|Contact Full Name|Contact Person|Contact's full name|First and Last Name|"
                                "Name (First Last)|Complete Name|Billing Name|Shipping Name|File As|ФИО|Полное имя|"
                                "Полное имя контакта|Имя контакта|Контактное лицо|Контакт|Имя и фамилия|"
                                "Фамилия Имя Отчество|ФИО клиента|ФИО контакта|Имя клиента|Отображаемое имя|姓名|"
                                "全名|联系人|联系人姓名|客户姓名|联络人|线索姓名|线索名称|显示名称|收货人|"
                                "الاسم الكامل|الاسم|اسم جهة الاتصال|جهة الاتصال|اسم العميل|اسم العميل المحتمل|"
                                "الاسم المعروض|Vollständiger Name|Kontaktname|Ansprechpartner|Kontakt|"
                                "Vor- und Nachname|Anzeigename|Kundenname|Nom complet|Nom du contact|Nom et prénom|"
                                "Prénom et nom|Nom affiché|Nom à afficher|Nombre completo|Nombre del contacto|"
                                "Nombre y apellidos|Nombre y apellido|Nombre de contacto|Nombre del cliente|"
                                "Nome completo|Nome do contato|Nome do contacto|Nome e sobrenome|Nome do cliente|"
                                "Nome do lead|Contato";

static const char first_name[] = "Given Name|Forename|Contact First Name|Billing First Name|Shipping First Name|"
                                 "First|FName|Имя|Имя (первое)|名|名字|الاسم الأول|الاسم الشخصي|Vorname|Vornamen|"
                                 "Rufname|Prénom|Prénoms|Prénom du contact|Nombre|Nombres|Nombre de pila|"
                                 "Primer nombre|Nome|Primeiro nome|Nome próprio";

static const char middle_name[] = "Additional Name|Second Name|Middle Initial|Middle Names|Middle|MName|Patronymic|"
                                  "Отчество|中间名|الاسم الأوسط|اسم الأب|Zweiter Vorname|Weitere Vornamen|"
                                  "Deuxième prénom|Second prénom|Autres prénoms|Segundo nombre|Nome do meio|"
                                  "Segundo nome";

static const char last_name[] = "Surname|Family Name|Contact Last Name|Billing Last Name|Shipping Last Name|Last|"
                                "LName|Фамилия|姓|姓氏|اسم العائلة|الاسم الأخير|اللقب|الكنية|Nachname|Familienname|"
                                "Zuname|Nom|Nom de famille|Apellidos|Apellido|Primer apellido|Apellido paterno|"
                                "Sobrenome|Apelido|Último nome";

static const char email[] = "Work Email|Business Email|Email (Work)|Email Work|Company Email|Corporate Email|"
                            "Business Email Address|Work Email Address|Рабочий email|Рабочая почта|"
                            "Корпоративный email|Рабочий адрес электронной почты|工作邮箱|公司邮箱|企业邮箱|"
                            "البريد الإلكتروني للعمل|بريد العمل|E-Mail geschäftlich|Geschäftliche E-Mail|"
                            "E-Mail (geschäftlich)|Email professionnel|Adresse e-mail professionnelle|"
                            "Correo del trabajo|Correo corporativo|E-mail comercial|E-mail corporativo|Primary Email|"
                            "Email Address|Mail|Mail Address|Email ID|Contact Email|Email From|Primary Email Address|"
                            "Customer Email|Client Email|Lead Email|User Email|Billing Email|Email Addresses|Email 1|"
                            "Subscriber Email|Эл. почта|Основной email|Электронная почта|Почта|"
                            "Адрес электронной почты|Эл. адрес|Е-мейл|Имейл|Почта клиента|Адрес эл. почты|邮箱|"
                            "主邮箱|主要邮箱|电子邮件|电子邮箱|邮件|邮箱地址|电子邮件地址|邮件地址|البريد الإلكتروني|"
                            "عنوان البريد الإلكتروني|الإيميل|بريد إلكتروني|ايميل|E-Mail-Adresse|"
                            "Primäre E-Mail-Adresse|Mailadresse|Kontakt-E-Mail|Adresse e-mail|"
                            "Adresse e-mail principale|Courriel|Adresse de messagerie|Adresse électronique|Mél|"
                            "Adresse mail|Correo electrónico|Correo|Dirección de correo electrónico|"
                            "Dirección de correo|Email de contacto|Endereço de e-mail|E-mail principal|"
                            "Correio eletrônico|E-mail do contato|Personal Email|Home Email|Email (Home)|Email Home|"
                            "Private Email|Email (Personal)|Personal Email Address|Home Email Address|Личный email|"
                            "Частный e-mail|Личная почта|Личный адрес электронной почты|个人邮箱|私人邮箱|"
                            "البريد الشخصي|البريد الإلكتروني الشخصي|E-Mail privat|E-Mail (privat)|Email personnel|"
                            "Correo personal|E-mail pessoal|Email 2 Address|E-mail 3 Address|Secondary Email|Email 2|"
                            "Email 3|Alternate Email|Other Email|Email (Other)|Email Other|"
                            "Additional Email Addresses|Другой email|Дополнительный email|Дополнительная почта|"
                            "其他邮箱|备用邮箱|بريد إلكتروني آخر|Email (Secondary)|Sekundäre E-Mail-Adresse|"
                            "Zweite E-Mail-Adresse|E-Mail 3: Adresse|Адрес 2 эл. почты|Адрес 3 эл. почты|"
                            "Dirección del correo electrónico 3|Weitere E-Mail|E-Mail 2: Adresse|Autre email|"
                            "Otro correo|Outro e-mail";

static const char phone[] = "Work Phone|Business Phone|Office Phone|Phone (Work)|Phone Work|Company Phone|"
                            "Direct Phone|Work Direct Phone|Company Main Phone|Work Number|Business Phone Number|"
                            "Office Number|Work Phone Number|Office Phone Number|Рабочий телефон|"
                            "Рабочий прямой телефон|Служебный телефон|Телефон рабочий|Телефон раб.|"
                            "Основной телефон организации|办公电话|工作电话|公司电话|座机|固定电话|هاتف العمل|"
                            "هاتف المكتب|هاتف الشركة|Telefon geschäftlich|Telefon (geschäftlich)|Geschäftlich|"
                            "Tel. dienstlich|Telefon dienstlich|Dienstnummer|Telefon Büro|Telefon Firma|"
                            "Geschäftstelefon|Téléphone professionnel|Téléphone (bureau)|Téléphone bureau|"
                            "Tél. bureau|Téléphone 2 (bureau)|Téléphone société|Teléfono del trabajo|"
                            "Teléfono de trabajo|Teléfono de oficina|Número de centralita de la organización|"
                            "Telefone comercial|Telefone do trabalho|Telefone de trabalho|Phone Number|Primary Phone|"
                            "Main Phone|Telephone|Tel|Telephone Number|Phone No|Contact Phone|Contact Number|"
                            "Customer Phone|Phone 1|Billing Phone|Shipping Phone|Default Address Phone|Phone (Main)|"
                            "Phone Numbers|Landline|Landline Number|Телефон|Номер телефона|Телефон клиента|"
                            "Контактный телефон|Основной телефон|Тел.|Телефоны|电话|电话号码|联系电话|联系方式|"
                            "الهاتف|رقم الهاتف|هاتف|رقم التليفون|التليفون|تلفون|رقم التواصل|Telefon|Telefonnummer|"
                            "Rufnummer|Tel.-Nr.|Haupttelefon|Festnetz|Festnetznummer|Numéro de téléphone|"
                            "N° de téléphone|Téléphone fixe|Téléphone principal|Teléfono|Número de teléfono|"
                            "N.º de teléfono|Teléfono fijo|Teléfono principal|Teléfono de contacto|Telefone|"
                            "Número de telefone|Telefone fixo|Telefone principal|Fone|Telefone 1|Home Phone|"
                            "Home Phone Number|Phone (Home)|Phone Home|Private Phone|Personal Phone|Домашний телефон|"
                            "Частный телефон|Телефон домашний|Телефон дом.|家庭电话|住宅电话|هاتف المنزل|"
                            "Telefon privat|Telefon (privat)|Tel. privat|Privattelefon|Téléphone personnel|"
                            "Téléphone (domicile)|Téléphone domicile|Téléphone 2 (domicile)|Teléfono particular|"
                            "Teléfono de casa|Telefone residencial|Other Phone|Phone (Other)|Alternate Phone|"
                            "Secondary Phone|Phone 2|Phone Other|Car Phone|Radio Phone|Téléphone (autre)|"
                            "Téléphone (voiture)|Телефон в машине|Autotelefon|Другой телефон|Дополнительный телефон|"
                            "其他电话|备用电话|هاتف آخر|Weiteres Telefon|Telefon 2|Autre téléphone|Otro teléfono|"
                            "Outro telefone";

static const char mobile[] = "Mobile Phone|Mobile Number|Mobile Phone Number|Cell|Cell Phone|Cell Number|"
                             "Phone (Mobile)|Phone Mobile|Work Mobile|Mobile No|Business Mobile|Home Mobile|WhatsApp|"
                             "WhatsApp Number|WhatsApp Phone Number|Personal Mobile|Мобильный телефон|Мобильный|"
                             "Моб. телефон|Моб. тел.|Сотовый телефон|Сотовый|Телефон переносной|"
                             "Номер мобильного телефона|Мобильный номер|手机|手机号|手机号码|移动电话|الجوال|"
                             "رقم الجوال|الموبايل|رقم الموبايل|الهاتف المحمول|رقم الهاتف المحمول|الهاتف الجوال|"
                             "المحمول|واتساب|Mobiltelefon|Mobil|Mobilnummer|Handy|Handynummer|Mobiltelefonnummer|"
                             "Mobil-Tel.-Nr.|Handy geschäftlich|Handy privat|Mobil geschäftlich|Mobil privat|"
                             "Téléphone mobile|Téléphone portable|Portable|Tél. mobile|Tél. portable|"
                             "Numéro de portable|N° mobile|Móvil|Teléfono móvil|Celular|Teléfono celular|"
                             "Número de móvil|Número de celular|Telemóvel|Telefone celular|Telefone móvel|"
                             "Número do celular";

static const char company[] = "Company Name|Organization|Organisation|Organization Name|Organisation Name|"
                              "Account Name|Account|Associated Company|Primary Associated Company|Business Name|"
                              "Employer|Employer Name|Organization 1 - Name|Company / Account|Contact's company|"
                              "Billing Company|Default Address Company|Parent Customer|Related Company|Компания|"
                              "Название компании|Название организации|Организация|Компания контакта|"
                              "Наименование компании|Наименование организации|Контрагент|Фирма|Юридическое лицо|"
                              "Место работы|公司|公司名称|企业名称|单位|单位名称|客户名称|所属客户|所属公司|工作单位|"
                              "组织|الشركة|اسم الشركة|المؤسسة|المنظمة|جهة العمل|اسم المؤسسة|الحساب|اسم الحساب|Firma|"
                              "Unternehmen|Firmenname|Unternehmensname|Name des Unternehmens|Arbeitgeber|Société|"
                              "Entreprise|Nom de l'entreprise|Nom de la société|Compte|Nom du compte|Raison sociale|"
                              "Empresa|Nombre de la empresa|Compañía|Nombre de empresa|Nombre de la cuenta|"
                              "Razón social|Organización|Nome da empresa|Companhia|Organização|Razão social|"
                              "Nome da conta";

static const char job_title[] = "Position|Role|Contact Job Title|Organization 1 - Title|Organization Title|"
                                "Business Title|Designation|Job|Job Position|Job Title/Position|Function|Job Role|"
                                "Occupation|Title|Должность|Должность контакта|Позиция|职位|职务|岗位|职称|"
                                "المسمى الوظيفي|الوظيفة|المنصب|الصفة الوظيفية|Berufsbezeichnung|Stellenbezeichnung|"
                                "Jobtitel|Arbeitstitel|Funktion|Beruf|Fonction|Poste|Intitulé du poste|"
                                "Titre du poste|Titre|Profession|Cargo|Puesto|Puesto de trabajo|Título del trabajo|"
                                "Título|Cargo/Função|Função|Título do cargo|Profissão";

static const char lead_status[] = "Status|Lead State|Lead Stage|Contact Status|Status Name|Prospect Status|"
                                  "Lead Stage Name|Prospect Stage|"
                                  "Статус|Статус лида|Стадия|Стадия лида|Этап лида|Статус клиента|"
                                  "状态|线索状态|客户状态|跟进状态|线索阶段|"
                                  "الحالة|حالة العميل المحتمل|حالة العميل|مرحلة العميل|"
                                  "Lead-Phase|Status des Leads|Statut|Statut du lead|Statut du prospect|"
                                  "Estado del lead|Estado de prospecto|Estado del prospecto|"
                                  "Estado del cliente potencial|Estatus|Status do lead|Situação|Estado do lead|"
                                  "Situação do lead";

static const char lifecycle_stage[] = "Lifecycle|Customer Lifecycle Stage|Customer Stage|"
                                      "Contact Stage|Этап жизненного цикла|Стадия жизненного цикла|Жизненный цикл|"
                                      "生命周期阶段|生命周期|客户阶段|"
                                      "مرحلة دورة الحياة|دورة الحياة|"
                                      "Lifecycle-Phase|Lebenszyklusphase|Lebenszyklus|Phase du cycle de vie|"
                                      "Cycle de vie|Étape du cycle de vie|Etapa del ciclo de vida|Ciclo de vida|"
                                      "Estágio do ciclo de vida|Fase do ciclo de vida|Etapa do ciclo de vida";

static const char converted_at[] = "Converted Date|Conversion Date|Date Converted|Convert Date|Converted Time|"
                                   "Converted On|Became a Customer Date|"
                                   "Дата конверсии|Дата конвертации|Дата преобразования|"
                                   "转化时间|转换时间|转化日期|转换日期|成交时间|"
                                   "تاريخ التحويل|تاريخ التحول|"
                                   "Konvertiert am|Konvertierungsdatum|Umgewandelt am|Date de conversion|"
                                   "Converti le|Fecha de conversión|Convertido el|Data de conversão|Convertido em|"
                                   "Data da conversão";

static const char opt_out[] = "Email Opt Out|Opted Out|Opted Out of Email|Has Opted Out Of Email|Unsubscribed|"
                              "Unsubscribed from all email|Do Not Email|Do Not Contact|Do Not Mail|DNC|"
                              "Email Opted Out|Unsubscribe|Marketing Opt Out|Do not allow Emails|"
                              "Do not allow Bulk Emails|Do Not Bulk Email|Do Not Send Email|No Email|hs_email_optout|"
                              "Blacklisted|Is Blacklisted|Blacklist|Отписан|Отписан от рассылки|Отказ от рассылки|"
                              "Не беспокоить|Не писать|Отписался|Отписка|退订|已退订|邮件退订|拒收邮件|谢绝联系|"
                              "إلغاء الاشتراك|ألغى الاشتراك|عدم الاتصال|رفض المراسلة|Abgemeldet|Werbesperre|"
                              "Keine E-Mails|E-Mail-Abmeldung|Kontaktsperre|Keine Werbung|Désabonné|Désinscrit|"
                              "Ne pas contacter|Refus email|Opposition e-mail|No contactar|Dado de baja|"
                              "Baja de correo|No enviar correo|Descadastrado|Não contatar|Não enviar e-mail|"
                              "Cancelou inscrição|Não contactar";

static const char tags[] = ALIASES_TAGS "|Теги контакта|Теги лида";

static const char note[] = ALIASES_NOTE "|Lead Description|Contact Notes";

static const char owner[] =
    "Contact owner|Lead Owner|" ALIASES_OWNER "|Ответственный за контакт|Ответственный за лид|客户负责人|"
    "Zuständiger für Kontakt|Kontakt-Besitzer|Propriétaire du contact|"
    "Propriétaire du lead|Propietario del contacto|Proprietário do contato";

static const char created_at[] =
    ALIASES_CREATED "|First Contact Date|First Seen|Person - Created|Дата создания контакта|Дата создания лида";

static const char name_prefix[] = "Salutation|Honorific|Honorific Prefix|Courtesy Title|Personal Title|Prefix|"
                                  "Обращение|Титул|称谓|尊称|اللقب التشريفي|صيغة المخاطبة|Anrede|Titel|"
                                  "Akademischer Titel|Civilité|Formule de politesse|Tratamiento|Saludo|Prefijo|"
                                  "Tratamento|Forma de tratamento|Pronome de tratamento|Saudação|Prefixo";
static const char name_suffix[] = "Suffix|Honorific Suffix|Суффикс|Суффикс имени|后缀|姓名后缀|اللاحقة|لاحقة الاسم|"
                                  "Namenszusatz|Namenssuffix|Suffixe|Sufijo|Sufixo";
static const char nickname[] = "Nick|Known As|Preferred Name|Псевдоним|Прозвище|Никнейм|昵称|绰号|اسم الشهرة|"
                               "الاسم المستعار|Spitzname|Surnom|Apodo|Sobrenombre|Apelido informal|Alcunha";
static const char other_emails[] = "Additional Emails|All Emails|Дополнительные email|Все email|其他邮箱列表|"
                                   "更多邮箱|عناوين بريد إلكتروني أخرى|Weitere E-Mails|Weitere E-Mail-Adressen|"
                                   "Autres adresses e-mail|Otros correos|Outros e-mails";
static const char other_phones[] = "Additional Phones|Additional Phone Numbers|Other Phone Numbers|All Phones|"
                                   "Дополнительные телефоны|Другие телефоны|Все телефоны|其他电话号码|更多电话|"
                                   "أرقام هاتف أخرى|Weitere Telefone|Weitere Telefonnummern|Autres téléphones|"
                                   "Otros teléfonos|Outros telefones";
static const char fax[] = "Fax Number|Fax No|Business Fax|Work Fax|Fax (Work)|Company Fax|Факс|Рабочий факс|"
                          "Номер факса|传真|传真号码|工作传真|فاكس|الفاكس|رقم الفاكس|Telefax|Faxnummer|"
                          "Fax geschäftlich|Fax (geschäftlich)|Télécopie|Télécopieur|Télécopie (bureau)|"
                          "Numéro de fax|Número de telefax|Fax del trabajo|Fax comercial|Home Fax|Fax (Home)|"
                          "Домашний факс|Fax privat|Fax (privat)|Télécopie (domicile)|Fax residencial|Other Fax|"
                          "Fax (Other)|Другой факс|Weiteres Fax|Télécopie (autre)|Otro fax|Outro fax";
static const char department[] = "Dept|Department Name|Organization Department|Organization 1 - Department|Отдел|"
                                 "Подразделение|Департамент|部门|所属部门|القسم|الإدارة|Abteilung|"
                                 "Département (société)|Departamento";
static const char birth_date[] = "Birthday|Date of Birth|DOB|Born|День рождения|Дата рождения|生日|出生日期|"
                                 "تاريخ الميلاد|يوم الميلاد|Geburtstag|Geburtsdatum|Geboren am|Date de naissance|"
                                 "Anniversaire|Fecha de nacimiento|Cumpleaños|Data de nascimento|Aniversário";
static const char landing_page[] = "Landing Page URL|Landing URL|First Page Seen|First Page|Entry Page|Entrance Page|"
                                   "Conversion Page|Page URL|Посадочная страница|Страница входа|Целевая страница|"
                                   "落地页|着陆页|落地页网址|صفحة الهبوط|صفحة الوصول|Zielseite|Einstiegsseite|"
                                   "Page d'atterrissage|Page de destination|Página de destino|Página de entrada|"
                                   "Página de aterrizaje";

/* clang-format off: one row a line */
#define PERSON_COLUMNS                                                                                              \
    {"full_name", VALUE_NAME, 4, "the whole name as it is written", full_name},                                     \
        {"name_prefix", VALUE_TEXT, 2, "title or salutation before the name", name_prefix},                         \
        {"first_name", VALUE_TEXT, 4, "given name", first_name},                                                    \
        {"middle_name", VALUE_TEXT, 3, "further given name, or patronymic", middle_name},                           \
        {"last_name", VALUE_TEXT, 4, "family name", last_name},                                                     \
        {"name_suffix", VALUE_TEXT, 2, "what stands behind the name: Jr., III, PhD", name_suffix},                  \
        {"nickname", VALUE_TEXT, 2, "the name the person is called by", nickname},                                  \
        {"email", VALUE_EMAIL, 4, "e-mail address; work before private before other", email},                       \
        {"email_key", VALUE_KEY, 1, "match key made from email: see KEYS", ""},                                     \
        {"other_emails", VALUE_EMAILS, 1, "further e-mail addresses, joined by \"; \"", other_emails},              \
        {"phone", VALUE_PHONE, 3, "telephone; work before private before other", phone},                            \
        {"phone_key", VALUE_KEY, 1, "match key made from phone, else mobile: see KEYS", ""},                        \
        {"mobile", VALUE_PHONE, 3, "mobile telephone", mobile},                                                     \
        {"other_phones", VALUE_PHONES, 1, "further telephone numbers, joined by \"; \"", other_phones},             \
        {"fax", VALUE_PHONE, 1, "fax number", fax},                                                                 \
        {"company", VALUE_TEXT, 3, "name of the company the person works for", company},                            \
        {"department", VALUE_TEXT, 1, "department of the company", department},                                     \
        {"job_title", VALUE_TEXT, 3, "what the person does there", job_title},                                      \
        {"website", VALUE_TEXT, 1, "address of a web site", ALIASES_WEBSITE},                                       \
        {"street", VALUE_TEXT, 1, "street and number, or the whole address in one", ALIASES_STREET},                \
        {"city", VALUE_TEXT, 1, "city or town", ALIASES_CITY},                                                      \
        {"region", VALUE_TEXT, 1, "state, province, region", ALIASES_REGION},                                       \
        {"postal_code", VALUE_TEXT, 1, "postal code, with its leading zeros", ALIASES_POSTAL_CODE},                 \
        {"country", VALUE_COUNTRY, 1, "country, as its ISO 3166-1 code where the name is known", ALIASES_COUNTRY},  \
        {"birth_date", VALUE_DATE, 2, "day of birth", birth_date},                                                  \
        {"source", VALUE_TEXT, 1, "where the person first came from", ALIASES_SOURCE},                              \
        {"owner", VALUE_TEXT, 1, "who looks after the record", owner},                                              \
        {"lead_status", VALUE_TEXT, 3, "state of the work on the lead, in the words of the system", lead_status},   \
        {"lifecycle_stage", VALUE_TEXT, 3, "stage in the life cycle: see LIFECYCLE STAGES", lifecycle_stage},       \
        {"created_at", VALUE_DATE, 1, "when the record was made", created_at},                                      \
        {"updated_at", VALUE_DATE, 1, "when the record was last changed", ALIASES_UPDATED},                         \
        {"converted_at", VALUE_DATE, 4, "when the lead became a contact and a deal", converted_at},                 \
        {"opt_out", VALUE_BOOLEAN, 2, "true when the person must not be written to", opt_out},                      \
        {"tags", VALUE_TEXT, 1, "labels, several in one field", tags}, {"note", VALUE_TEXT, 1, "free text", note},  \
        {"landing_page", VALUE_URL, 1, "address of the first page seen; UTM parameters are read from it",           \
         landing_page},                                                                                             \
        {"utm_source", VALUE_TEXT, 1, "UTM parameter: the site or system the visit came from", ALIASES_UTM_SOURCE}, \
        {"utm_medium", VALUE_TEXT, 1, "UTM parameter: the kind of traffic", ALIASES_UTM_MEDIUM},                    \
        {"utm_campaign", VALUE_TEXT, 1, "UTM parameter: the campaign", ALIASES_UTM_CAMPAIGN},                       \
        {"utm_content", VALUE_TEXT, 1, "UTM parameter: the advertisement", ALIASES_UTM_CONTENT},                    \
    {                                                                                                               \
        "utm_term", VALUE_TEXT, 1, "UTM parameter: the search term", ALIASES_UTM_TERM                               \
    }
/* clang-format on */

static const struct vocabulary_column contact_columns[] = {
    {"contact_id", VALUE_ID, 3, "key of the contact in its system", contact_id},
    PERSON_COLUMNS,
};

static const struct vocabulary_column lead_columns[] = {
    {"lead_id", VALUE_ID, 3, "key of the lead in its system", lead_id},
    PERSON_COLUMNS,
};

static const char person_prefixes[] = "Person|People|Contact|Primary Contact|Lead|Prospect|"
                                      "Контакт|Контактное лицо|Лид|联系人|线索|جهة الاتصال|عميل محتمل|"
                                      "Kontakt|Ansprechpartner|Contacto|Contato|Interessent";

const struct vocabulary_entity vocabulary_contact =
    VOCABULARY_TABLE(contact_columns, person_prefixes,
                     "Contact owner|Contact Type|Marketing contact status|Associated Deal|"
                     "Associated Deal IDs|Nickname|Birthday|Name Prefix|Name Suffix|Salutation|"
                     "Contact ID|Кем создан контакт|Дата создания контакта|Сделки|Дата рождения|"
                     "День рождения|生日|تاريخ الميلاد|"
                     "Geburtstag|Geburtsdatum|Anrede|Date de naissance|Fecha de nacimiento|"
                     "Data de nascimento");

const struct vocabulary_entity vocabulary_lead =
    VOCABULARY_TABLE(lead_columns, person_prefixes,
                     "Lead ID|Lead Number|Lead Owner|Lead Name|Lead Stage|Lead Quality|Lead Origin|"
                     "Lead Profile|Lead Type|Is Converted|Converted|Converted Account Id|"
                     "Converted Contact Id|Converted Opportunity Id|Converted Account|"
                     "Converted Contact|Converted Deal|Prospect ID|MQL ID|Rating|Landing Page ID|"
                     "Название лида|Статус лида|Стадия лида|Дата создания лида|Кем создан лид|"
                     "Ответственный за лид|线索编号|线索状态|线索名称|线索阶段|销售线索|线索负责人|"
                     "حالة العميل المحتمل|العميل المحتمل|رقم العميل المحتمل|"
                     "Leadstatus|Lead-Phase|Lead-Nr.|Leadnummer|Statut du lead|Statut du prospect|"
                     "Estado del lead|Status do lead");
