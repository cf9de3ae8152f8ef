/* The vocabulary of what is sold to whom: accounts, deals, and the history of a deal's stages. */
#include "value/vocabulary_tables.h"

/* A company's telephone is one of its own: nobody's mobile or home telephone. */
static const char account_phone[] = "Phone Number|Company Phone|Main Phone|Work Phone|Business Phone|Office Phone|"
                                    "Telephone|Tel|Account Phone|Primary Phone|"
                                    "Телефон|Телефон компании|Рабочий телефон|Номер телефона|"
                                    "电话|公司电话|联系电话|电话号码|"
                                    "الهاتف|هاتف الشركة|رقم الهاتف|هاتف|"
                                    "Telefon|Telefonnummer|Telefon Firma|Telefon geschäftlich|Numéro de téléphone|"
                                    "Téléphone de l'entreprise|Teléfono|Número de teléfono|Teléfono de la empresa|"
                                    "Telefone|Número de telefone|Telefone da empresa";

/* Of the company: what is called a work e-mail is somebody's who works there. */
static const char account_email[] = "Company Email|Account Email|Organization Email|Office Email|Email компании|"
                                    "Почта компании|Общий email|公司邮箱|企业邮箱|بريد الشركة|"
                                    "البريد الإلكتروني للشركة|Firmen-E-Mail|E-Mail Firma|E-Mail der Firma|"
                                    "E-mail de l'entreprise|Email de la empresa|Correo de la empresa|"
                                    "E-mail da empresa|Email Address|Электронная почта|Почта|邮箱|电子邮箱|电子邮件|"
                                    "البريد الإلكتروني|E-Mail-Adresse|Adresse e-mail|Courriel|Correo electrónico|"
                                    "Endereço de e-mail";

static const char account_id[] = "Company ID|Organization ID|Organisation ID|Company Record ID|Account Number|"
                                 "Account No|Customer Number|Customer ID|Client ID|Record ID|Org ID|True Id|"
                                 "Datensatz-ID|ID de registro|ID do registro|ID|ID компании|Код компании|"
                                 "Код контрагента|Код клиента|ИНН|客户编号|公司编号|客户ID|公司ID|企业编号|编号|"
                                 "رقم الحساب|معرف الحساب|رقم العميل|رقم الشركة|معرف الشركة|Kundennummer|Kunden-Nr.|"
                                 "Firmen-ID|Firmennummer|Debitorennummer|Kontonummer|ID de l'entreprise|N° client|"
                                 "Code client|Numéro de compte|N° de compte|ID de la empresa|Código de cliente|"
                                 "ID de la cuenta|Número de cuenta|ID da empresa|Código do cliente|ID da conta|CNPJ";

static const char account_name[] = "Account Name|Account|Company Name|Company|Organization Name|Organisation Name|"
                                   "Organization|Organisation|Business Name|Legal Name|Site Name|Customer Name|"
                                   "Display Name|Название|Название компании|Компания|Наименование|Организация|"
                                   "Контрагент|Полное наименование|Название организации|"
                                   "名称|公司名称|客户名称|企业名称|公司|单位名称|"
                                   "الاسم|اسم الشركة|اسم الحساب|الشركة|اسم المؤسسة|اسم العميل|"
                                   "Firma|Firmenname|Unternehmen|Unternehmensname|Name des Unternehmens|Nom|"
                                   "Nom de l'entreprise|Nom de la société|Société|Entreprise|Raison sociale|"
                                   "Nom du compte|Nombre|Nombre de la empresa|Empresa|Razón social|"
                                   "Nombre de la cuenta|Nome|Nome da empresa|Nome da conta|Razão social|"
                                   "Nome fantasia";

static const char industry[] = "Sector|Branch|Line of Business|Business Type|Company Industry|Vertical|"
                               "Industry Group|Отрасль|Сфера деятельности|Вид деятельности|Индустрия|"
                               "行业|所属行业|客户行业|القطاع|الصناعة|المجال|النشاط|مجال العمل|"
                               "Branche|Industrie|Wirtschaftszweig|Secteur|Secteur d'activité|"
                               "Industrie du client|Industria|Sector de actividad|Rubro|Giro|Setor|Ramo|"
                               "Segmento de mercado|Ramo de atividade";

static const char employees[] = "Number of Employees|No. of Employees|Employee Count|Headcount|Company Size|Size|"
                                "Employees Count|Num Employees|"
                                "Количество сотрудников|Число сотрудников|Сотрудники|Кол-во сотрудников|"
                                "Численность|员工人数|员工数|人数|公司规模|企业规模|员工总数|"
                                "عدد الموظفين|الموظفون|حجم الشركة|"
                                "Mitarbeiter|Mitarbeiterzahl|Anzahl Mitarbeiter|Anzahl der Mitarbeiter|Effectif|"
                                "Nombre d'employés|Nombre de salariés|Effectifs|Empleados|Número de empleados|"
                                "Cantidad de empleados|Funcionários|Número de funcionários|Colaboradores|"
                                "Número de empregados|Nº de funcionários";

static const char annual_revenue[] = "Revenue|Annual Sales|Turnover|Yearly Revenue|Company Revenue|Annual Turnover|"
                                     "Годовой оборот|Годовая выручка|Выручка|Оборот|Годовой доход|"
                                     "年收入|年营业额|年营收|营业额|年销售额|"
                                     "الإيرادات السنوية|الإيرادات|العائد السنوي|الدخل السنوي|"
                                     "Jahresumsatz|Umsatz|Chiffre d'affaires|Chiffre d'affaires annuel|CA annuel|"
                                     "Revenu annuel|Ingresos anuales|Facturación anual|Facturación|Ingresos|"
                                     "Receita anual|Faturamento|Faturamento anual|Receita|Volume de negócios";

static const char domain[] = "Company Domain Name|Domain Name|Company Domain|Website Domain|Email Domain|"
                             "Домен|Домен компании|域名|公司域名|"
                             "النطاق|اسم النطاق|Domäne|Domaine|Nom de domaine|Dominio|Nombre de dominio|"
                             "Nombre de dominio de la empresa|Nome de domínio";

static const struct vocabulary_column account_columns[] = {
    {"account_id", VALUE_ID, 3, "key of the company in its system", account_id},
    {"name", VALUE_TEXT, 6, "name of the company", account_name},
    {"domain", VALUE_TEXT, 4, "Internet domain of the company", domain},
    {"industry", VALUE_TEXT, 5, "line of business", industry},
    {"employees", VALUE_SIZE, 5, "number of people who work there", employees},
    {"annual_revenue", VALUE_AMOUNT, 4, "what the company turns over in a year", annual_revenue},
    {"email", VALUE_EMAIL, 1, "e-mail address of the company", account_email},
    {"email_key", VALUE_KEY, 1, "match key made from email: see KEYS", ""},
    {"phone", VALUE_PHONE, 2, "telephone of the company", account_phone},
    {"phone_key", VALUE_KEY, 1, "match key made from phone: see KEYS", ""},
    {"website", VALUE_TEXT, 1, "address of its web site", ALIASES_WEBSITE},
    {"street", VALUE_TEXT, 1, "street and number, or the whole address in one", ALIASES_STREET "|Company Address"},
    {"city", VALUE_TEXT, 1, "city or town", ALIASES_CITY "|Company City"},
    {"region", VALUE_TEXT, 1, "state, province, region", ALIASES_REGION "|Company State"},
    {"postal_code", VALUE_TEXT, 1, "postal code, with its leading zeros", ALIASES_POSTAL_CODE "|Company Zip"},
    {"country", VALUE_COUNTRY, 1, "country, as its ISO 3166-1 code where the name is known",
     ALIASES_COUNTRY "|Company Country|Office Location"},
    {"owner", VALUE_TEXT, 1, "who looks after the company",
     "Company owner|Account Owner|" ALIASES_OWNER "|Ответственный за компанию|"
     "客户负责人|Zuständiger für Unternehmen|Propriétaire de l'entreprise|"
     "Propriétaire du compte|Propietario de la empresa|Proprietário da empresa"},
    {"created_at", VALUE_DATE, 1, "when the record was made", ALIASES_CREATED "|Customer Since|Дата создания компании"},
};

static const char deal_id[] = "Opportunity ID|Deal Record ID|Deal Number|Opportunity Number|Record ID|Datensatz-ID|"
                              "ID de registro|ID do registro|ID|Seller Deal ID|ID сделки|Номер сделки|Код сделки|"
                              "商机编号|商机ID|销售机会编号|交易编号|编号|رقم الصفقة|معرف الصفقة|رقم الفرصة|"
                              "معرف الفرصة|المعرف|Deal-Nr.|Verkaufschance-ID|Opportunity-Nr.|Chancen-ID|Geschäft-ID|"
                              "ID de la transaction|ID de l'opportunité|N° opportunité|Identifiant|ID del negocio|"
                              "ID de la oportunidad|ID del trato|ID de negocio|ID do negócio|ID da oportunidade|"
                              "Código do negócio";

static const char title[] = "Deal Name|Opportunity Name|Deal Title|Opportunity|Deal|Lead title|"
                            "Potential Name|Subject|Name|Topic|Opportunity Title|"
                            "Название сделки|Название|Сделка|Наименование сделки|Тема|Наименование|"
                            "商机名称|交易名称|销售机会名称|机会名称|标题|商机|"
                            "اسم الصفقة|عنوان الصفقة|الصفقة|اسم الفرصة|الفرصة|العنوان|"
                            "Geschäft|Verkaufschance|Bezeichnung|Titel|Chance|Nom de la transaction|"
                            "Nom de l'opportunité|Transaction|Opportunité|Titre|Affaire|Nom|"
                            "Nombre del negocio|Nombre de la oportunidad|Negocio|Oportunidad|Título|"
                            "Nombre del trato|Nombre|Nome do negócio|Nome da oportunidade|Oportunidade|Nome";

static const char deal_account_id[] = "Company ID|Organization ID|Organisation ID|Associated Company IDs|"
                                      "Primary Associated Company ID|Компания: ID|Seller ID|Customer ID|Client ID|"
                                      "Account|Account Name|Company|Company Name|Organization|Organisation|"
                                      "Organization Name|Associated Company|Primary Associated Company|"
                                      "Contact's company|Customer|Client|Deal - Organization|ID компании|Компания|"
                                      "Название компании|Компания контакта|Организация|Контрагент|Клиент|客户编号|"
                                      "客户ID|公司编号|客户名称|公司|公司名称|客户|所属客户|رقم الحساب|الحساب|الشركة|"
                                      "اسم الشركة|العميل|اسم الحساب|Kundennummer|Kunden-Nr.|Firma|Unternehmen|Kunde|"
                                      "Firmenname|ID de l'entreprise|Compte|Entreprise|Société|Client (compte)|"
                                      "Nom du compte|Nom de l'entreprise|ID de la empresa|Empresa|Cuenta|"
                                      "Nombre de la empresa|Cliente|Nombre de la cuenta|ID da empresa|Conta|"
                                      "Nome da empresa|Nome da conta";

static const char deal_contact_id[] = "Primary Contact ID|Associated Contact IDs|"
                                      "Контакт: ID|Person - ID|Lead ID|MQL ID|Contact|Contact Name|Contact Person|"
                                      "Primary Contact|Associated Contact|Person|Person - Name|Contact's full name|"
                                      "ID контакта|Контакт|Основной контакт|Полное имя контакта|Контактное лицо|"
                                      "Имя контакта|联系人编号|联系人ID|联系人|联系人姓名|"
                                      "رقم جهة الاتصال|جهة الاتصال|اسم جهة الاتصال|"
                                      "Kontakt-ID|Kontakt|Ansprechpartner|Kontaktname|ID du contact|Nom du contact|"
                                      "ID del contacto|ID de contacto|Contacto|Nombre del contacto|Nombre de contacto|"
                                      "Persona de contacto|ID do contato|Contato|Nome do contato|Contacto principal|"
                                      "Pessoa de contato";

static const char stage[] = "Deal Stage|Stage Name|Opportunity Stage|Sales Stage|Lead stage|Pipeline Stage|"
                            "Stage ID|Deal Stage Name|Phase|Current Stage|"
                            "Этап сделки|Стадия сделки|Этап|Стадия|Этап воронки|Этап продажи|Этап продаж|"
                            "Стадия воронки|阶段|商机阶段|销售阶段|交易阶段|当前阶段|"
                            "المرحلة|مرحلة الصفقة|مرحلة الفرصة|مرحلة البيع|مرحلة المبيعات|"
                            "Deal-Phase|Verkaufsphase|Stufe|Vertriebsphase|Status der Phase|Deal-Stufe|Étape|"
                            "Étape de la transaction|Phase de la transaction|Étape de vente|Phase de vente|"
                            "Étape de l'opportunité|Etapa|Etapa del negocio|Fase|Etapa de la oportunidad|"
                            "Etapa de ventas|Fase de venta|Etapa del trato|Estágio|Etapa do negócio|"
                            "Fase do negócio|Etapa do funil|Fase de vendas|Estágio do negócio";

static const char deal_status[] = "Deal Status|Opportunity Status|State|Outcome|Result|Won/Lost|Deal State|"
                                  "Статус|Статус сделки|Результат|"
                                  "状态|商机状态|赢单状态|الحالة|حالة الصفقة|حالة الفرصة|"
                                  "Zustand|Ergebnis|Statut|État|Statut de la transaction|Résultat|Estado|"
                                  "Estado del negocio|Estado del trato|Resultado|Situação|Status do negócio|"
                                  "Situação do negócio";

static const char deal_amount[] = "Deal Value|Deal Amount|Value|Opportunity Amount|Close Value|"
                                  "Expected Revenue Amount|Total|Total Amount|Sale|Budget|Price|Deal Size|Revenue|"
                                  "Sum|Amount in company currency|Deal price|"
                                  "Бюджет|Сумма|Сумма сделки|Бюджет сделки|Стоимость|Сумма договора|"
                                  "金额|商机金额|交易金额|预计金额|合同金额|预估金额|成交金额|"
                                  "المبلغ|قيمة الصفقة|القيمة|مبلغ الصفقة|قيمة الفرصة|"
                                  "Betrag|Wert|Deal-Wert|Summe|Volumen|Auftragswert|Auftragsvolumen|Montant|Valeur|"
                                  "Montant de la transaction|Montant de l'opportunité|Budget prévu|Importe|Valor|"
                                  "Monto|Cantidad|Valor del negocio|Monto del trato|Importe del negocio|"
                                  "Valor do negócio|Montante|Quantia|Valor total|Valor da oportunidade";

/* clang-format off */
#define ALIASES_CURRENCY \
    "Currency Code|Currency ISO Code|Currency Name|Transaction Currency|" \
    "Amount Currency|Deal Currency|Currency of Value|Deal - Currency of Value|" \
    "Converted Currency|Валюта|Код валюты|Валюта сделки|" \
    "币种|货币|币别|العملة|رمز العملة|" \
    "Währung|Währungscode|Devise|Monnaie|Code devise|Moneda|Divisa|Código de moneda|" \
    "Moeda|Código da moeda"
/* clang-format on */

static const char probability[] = "Win Probability|Deal Probability|Likelihood|Close Probability|Win Likelihood|"
                                  "Chance of Winning|Probability Percent|"
                                  "Вероятность|Вероятность закрытия|Вероятность сделки|Вероятность успеха|"
                                  "概率|赢单率|成交概率|可能性|赢率|"
                                  "الاحتمالية|احتمالية الإغلاق|نسبة الاحتمال|الاحتمال|"
                                  "Wahrscheinlichkeit|Abschlusswahrscheinlichkeit|Gewinnwahrscheinlichkeit|"
                                  "Probabilité|Probabilité de conclusion|Probabilité de succès|Probabilidad|"
                                  "Probabilidad de cierre|Probabilidade|Probabilidade de fechamento";

static const char expected_close[] = "Expected Close Date|Expected Closing|Expected Closing Date|Estimated Close Date|"
                                     "Est. Close Date|Forecast Close Date|Projected Close Date|Target Close Date|"
                                     "Planned Close Date|Expected Close Time|"
                                     "Предполагаемая дата закрытия|Ожидаемая дата закрытия|Плановая дата закрытия|"
                                     "План. дата закрытия|预计成交日期|预计结束日期|预计签单日期|预计关闭日期|"
                                     "预计成交时间|تاريخ الإغلاق المتوقع|تاريخ الإغلاق المتوقّع للصفقة|الإغلاق المتوقع|"
                                     "Erwartetes Abschlussdatum|Voraussichtliches Abschlussdatum|Erwarteter Abschluss|"
                                     "Geplantes Abschlussdatum|Date de clôture prévue|Date de clôture estimée|"
                                     "Clôture prévue|Date de fermeture prévue|Fecha de cierre prevista|"
                                     "Fecha prevista de cierre|Fecha de cierre esperada|Cierre previsto|"
                                     "Fecha estimada de cierre|Data de fechamento prevista|Previsão de fechamento|"
                                     "Data prevista de fechamento|Fechamento esperado|Data de fecho prevista";

static const char closed_at[] = "Close Date|Closed Date|Closed|Date Closed|Closing Date|Closed Time|Closed On|"
                                "Deal closed on|Won Date|Actual Close Date|Won time|Lost time|"
                                "Actual Closing Date|Closed Won Date|"
                                "Дата закрытия|Дата завершения|Закрыта|Дата закрытия сделки|"
                                "Фактическая дата закрытия|"
                                "关闭日期|成交日期|结束日期|关闭时间|成交时间|结单日期|"
                                "تاريخ الإغلاق|تاريخ إغلاق الصفقة|أغلقت في|"
                                "Abschlussdatum|Geschlossen am|Schlussdatum|Abgeschlossen am|Date de clôture|"
                                "Clôturé le|Date de fermeture|Fermé le|Fecha de cierre|Cerrado|Cerrado el|"
                                "Data de fechamento|Fechado em|Data de fecho";

static const char loss_reason[] = "Lost Reason|Closed Lost Reason|Reason for Loss|Reason Lost|Lost Reason Name|"
                                  "Loss Reason Description|Reason for Lost|"
                                  "Причина отказа|Причина проигрыша|Причина потери|Причина закрытия|"
                                  "Причина провала|输单原因|丢单原因|失败原因|流失原因|"
                                  "سبب الخسارة|سبب الفقدان|سبب الرفض|"
                                  "Verlustgrund|Grund für Verlust|Ablehnungsgrund|Absagegrund|Raison de la perte|"
                                  "Motif de perte|Motif de la perte|Raison de l'échec|Motivo de pérdida|"
                                  "Razón de pérdida|Motivo de la pérdida|Motivo perdido|Motivo da perda|"
                                  "Motivo de perda|Razão da perda";

static const struct vocabulary_column deal_columns[] = {
    {"deal_id", VALUE_ID, 8, "key of the deal in its system", deal_id},
    {"title", VALUE_TEXT, 8, "what the deal is called", title},
    {"account_id", VALUE_ID, 2, "the company it is made with: its key, or its name where no key is given",
     deal_account_id},
    {"contact_id", VALUE_ID, 2, "the person it is made with: the key, or the name where no key is given",
     deal_contact_id},
    {"stage", VALUE_TEXT, 10, "step of the sale, in the words of the system", stage},
    {"status", VALUE_TEXT, 2, "open, won or lost", deal_status},
    {"amount", VALUE_AMOUNT, 7, "what the deal is worth", deal_amount},
    {"currency", VALUE_TEXT, 1, "ISO 4217 code of the amount", ALIASES_CURRENCY},
    {"probability", VALUE_NUMBER, 8, "chance to win, as a fraction or in per cent", probability},
    {"source", VALUE_TEXT, 1, "where the deal came from", ALIASES_SOURCE "|Deal Source|Opportunity Source"},
    {"owner", VALUE_TEXT, 1, "who leads the sale",
     "Deal owner|Opportunity Owner|SR ID|" ALIASES_OWNER
     "|商机负责人|Deal-Besitzer|Propriétaire de la transaction|Propietario del negocio|"
     "Proprietário do negócio"},
    {"created_at", VALUE_DATE, 2, "when the deal was opened",
     ALIASES_CREATED "|Deal created|Opened|Open Date|Engage Date|"
                     "Дата создания сделки|Дата начала|"
                     "商机创建时间"},
    {"expected_close", VALUE_DATE, 10, "when it is expected to close", expected_close},
    {"closed_at", VALUE_DATE, 7, "when it was won or lost", closed_at},
    {"loss_reason", VALUE_TEXT, 8, "why it was lost", loss_reason},
    {"updated_at", VALUE_DATE, 0, "when the record was last changed", ALIASES_UPDATED},
    {"tags", VALUE_TEXT, 0, "labels, several in one field", "Deal Tags|Lead Tags|Теги сделки|" ALIASES_TAGS},
    {"note", VALUE_TEXT, 0, "free text", "Deal Description|Opportunity Description|" ALIASES_NOTE},
    {"utm_source", VALUE_TEXT, 0, "UTM parameter: the site or system the visit came from", ALIASES_UTM_SOURCE},
    {"utm_medium", VALUE_TEXT, 0, "UTM parameter: the kind of traffic", ALIASES_UTM_MEDIUM},
    {"utm_campaign", VALUE_TEXT, 0, "UTM parameter: the campaign", ALIASES_UTM_CAMPAIGN},
    {"utm_content", VALUE_TEXT, 0, "UTM parameter: the advertisement", ALIASES_UTM_CONTENT},
    {"utm_term", VALUE_TEXT, 0, "UTM parameter: the search term", ALIASES_UTM_TERM},
};

/* clang-format off */
#define ALIASES_DEAL_KEY \
    "Opportunity ID|Deal Record ID|Record ID|Lead ID|Case ID|Deal|" \
    "Opportunity|ID сделки|Номер сделки|Сделка|" \
    "商机编号|商机ID|交易编号|" \
    "رقم الصفقة|معرف الصفقة|رقم الفرصة|الصفقة|" \
    "Deal-Nr.|Verkaufschance-ID|Opportunity-Nr.|Geschäft-ID|ID de la transaction|" \
    "ID de l'opportunité|ID del negocio|ID de la oportunidad|ID do negócio|" \
    "ID da oportunidade"
/* clang-format on */

static const char history_stage[] = "Stage Name|Deal Stage|New Stage|To Stage|New Value|Stage To|Activity|New Status|"
                                    "Status|Этап|Стадия|Новый этап|Новая стадия|Этап сделки|Стадия сделки|"
                                    "Значение после|阶段|新阶段|商机阶段|变更后阶段|"
                                    "المرحلة|المرحلة الجديدة|مرحلة الصفقة|"
                                    "Phase|Neue Phase|Deal-Phase|Stufe|Étape|Nouvelle étape|Nouvelle phase|Etapa|"
                                    "Nueva etapa|Fase|Etapa del negocio|Estágio|Nova etapa|Etapa do negócio|Nova fase";

static const char entered_at[] = "Entered|Entered On|Entered Date|Date Entered|Entered Stage|Entered Stage At|"
                                 "Stage Entered At|Stage Date|Stage Change Date|Changed At|Changed On|Change Date|"
                                 "Edit Date|Moved At|Transition Date|Timestamp|Last Stage Change Date|Date|"
                                 "Created Date|Created At|Дата перехода|Дата изменения этапа|Дата входа в этап|"
                                 "Дата изменения стадии|Дата смены этапа|Дата и время|Дата|"
                                 "进入时间|进入阶段时间|变更时间|阶段变更时间|变更日期|"
                                 "تاريخ الدخول|تاريخ تغيير المرحلة|تاريخ التغيير|التاريخ|"
                                 "Eingetreten am|Wechsel am|Phasenwechsel am|Datum|Datum des Phasenwechsels|"
                                 "Date d'entrée|Date de changement d'étape|Entré le|Date de passage|"
                                 "Fecha de entrada|Fecha de cambio|Fecha de cambio de etapa|Fecha|Data de entrada|"
                                 "Data da mudança|Data de mudança de etapa|Data";

static const struct vocabulary_column stage_history_columns[] = {
    {"deal_id", VALUE_ID, 8, "key of the deal", ALIASES_DEAL_KEY},
    {"stage", VALUE_TEXT, 8, "the stage it came into", history_stage},
    {"entered_at", VALUE_DATE, 10, "when it came into the stage", entered_at},
};

const struct vocabulary_entity vocabulary_account =
    VOCABULARY_TABLE(account_columns,
                     "Organization|Organisation|Company|Account|"
                     "Компания|Организация|公司|客户|"
                     "الشركة|Firma|Unternehmen|Entreprise|Société|Empresa",
                     "Company owner|Account Owner|Type|Parent ID|Year Established|Subsidiary Of|SIC|"
                     "NAICS|Ownership|Ticker Symbol|"
                     "КПП|ОГРН|注册资本|统一社会信用代码|"
                     "السجل التجاري|Handelsregister|SIRET|SIREN|CIF|NIF");

const struct vocabulary_entity vocabulary_deal =
    VOCABULARY_TABLE(deal_columns,
                     "Deal|Opportunity|Сделка|商机|"
                     "الصفقة|Geschäft|Verkaufschance|Transaction|Opportunité|Negocio|Oportunidad|"
                     "Oportunidade",
                     "Pipeline|Deal Owner|Deal Type|Is Closed|Is Won|Forecast Category|Next Step|"
                     "Expected Revenue|Воронка|Направление|Кем создана сделка|Кем редактирована|"
                     "Дата создания сделки|Deal created|Weighted Value|"
                     "销售流程|商机类型|商机负责人|"
                     "خط المبيعات|Engage Date|Won Date|SR ID|SDR ID");

const struct vocabulary_entity vocabulary_stage_history =
    VOCABULARY_TABLE(stage_history_columns, "Deal|Opportunity|Сделка|商机",
                     "From Stage|Old Stage|Old Value|Previous Stage|Stage From|"
                     "Прежний этап|Предыдущий этап|Значение до|"
                     "原阶段");
