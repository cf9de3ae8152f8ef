/* The tables behind vocabulary.h, and the alias lists that several entities share. Private to the vocabulary. */
#ifndef CRM_VALUE_VOCABULARY_TABLES_H
#define CRM_VALUE_VOCABULARY_TABLES_H

#include "value/vocabulary.h"

struct vocabulary_entity {
    const struct vocabulary_column *columns;
    size_t count;
    const char *prefixes; /* what stands before a column's name to say whose it is: "Person - Name"; "" for none */
    const char *hints;    /* names that are no column of ours and yet tell the entity; "" for none */
};

extern const struct vocabulary_entity vocabulary_contact, vocabulary_lead, vocabulary_account, vocabulary_deal,
    vocabulary_stage_history, vocabulary_order, vocabulary_event, vocabulary_spend, vocabulary_subscription,
    vocabulary_ticket, vocabulary_survey;

/* By enum entity; NULL for ENTITY_NONE. */
extern const struct vocabulary_entity *const vocabulary_entities[ENTITY_COUNT];

#define VOCABULARY_TABLE(columns, prefixes, hints)                    \
    {                                                                 \
        columns, sizeof(columns) / sizeof *(columns), prefixes, hints \
    }

/* clang-format off: its columns go wrong with wide characters */
#define ALIASES_OWNER                                                                                                                                         \
    "Owner ID|Owner Name|Record Owner|Assigned To|Assigned User|Responsible|"                                                                                 \
    "Responsible User|Responsible Person|Salesperson|Sales Rep|Sales Representative|"                                                                         \
    "Sales Agent|Sales Owner|Account Manager|Agent|Rep|"                                                                                                      \
    "Ответственный|Ответственный менеджер|Ответственный сотрудник|Менеджер|Продавец|" \
    "负责人|负责人姓名|所有者|归属人|跟进人|销售人员|销售负责人|业务员|销售代表|"                                            \
    "المالك|المسؤول|الموظف المسؤول|مندوب المبيعات|مسؤول المبيعات|"                                        \
    "Zuständig|Zuständiger Mitarbeiter|Besitzer|Inhaber|Eigentümer|Verantwortlicher|"                                                                      \
    "Verkäufer|Vertriebsmitarbeiter|Betreuer|Kundenbetreuer|Propriétaire|Responsable|"                                                                      \
    "Commercial|Vendeur|Assigné à|Attribué à|Propietario|Vendedor|Asignado a|"                                                                            \
    "Comercial|Proprietário|Responsável|Atribuído a|Dono"

#define ALIASES_CREATED                                                                                                                                             \
    "Created|Create Date|Created Date|Creation Date|Date of Creation|Created Time|Created On|Date Created|"                                                         \
    "Date Added|Added|Add Time|Added On|Date Entered|Entry Date|Registered|Registered At|Registration Date|"                                                        \
    "Signup Date|Signed Up At|Дата создания|Создан|Создано|Дата добавления|Дата регистрации|"                 \
    "Дата и время создания|创建时间|创建日期|建立时间|录入时间|注册时间|注册日期|添加时间|تاريخ الإنشاء|" \
    "وقت الإنشاء|تاريخ الإضافة|تاريخ التسجيل|تم الإنشاء في|Erstellt am|Erstellt|Erstellungsdatum|"                     \
    "Erstelldatum|Angelegt am|Anlagedatum|Registriert am|Date de création|Créé le|Créée le|Date d'ajout|"                                                      \
    "Date d'inscription|Fecha de creación|Fecha creación|Creado|Creado el|Fecha de alta|Fecha de registro|"                                                       \
    "Data de criação|Data criação|Criado|Criado em|Data de cadastro|Data do cadastro|Data de registro"

#define ALIASES_WEBSITE                                                                                                                                                          \
    "Website URL|Web|Web Page|Web Page 1|Homepage|Company Website|Work Website|Website Work|Website (Work)|"                                                                     \
    "Company URL|URL|Business Web Page|Website Link|Website 1 - Value|Веб-сайт|Сайт|Сайт компании|"                                                       \
    "Корпоративный сайт|Веб-страница|Адрес сайта|网站|公司网站|网址|公司网址|官网|主页|الموقع الإلكتروني|" \
    "موقع الويب|الموقع|موقع الشركة|Webseite|Webseite 1|Webadresse|Internetadresse|Internetseite|Site web|"                                              \
    "Site internet|Page Web|Site Web de l'entreprise|Sitio web|Página web|Web de la empresa|"                                                                                   \
    "Site da empresa|Página da Web"

#define ALIASES_STREET                                                                                                                                                                         \
    "Street Address|Street Address 1|Street Address Line 1|Mailing Street|Business Street|Work Street|"                                                                                        \
    "Work Address|Business Address|Billing Street|Billing Address 1|Billing Address|Address Line 1|"                                                                                           \
    "Address 1|Address 1 - Street|Contact Address|Street 1|Home Street|Home Address|Shipping Street|"                                                                                          \
    "Shipping Address 1|Shipping Address|Default Address Address1|Other Street|Other Address|Address|Addr|"                                                                                    \
    "Address 1 - Formatted|Organization - Address|Улица (раб. адрес)|Улица|Улица, дом|Рабочий адрес|"                                                    \
    "Фактический адрес|Юридический адрес|Адрес компании|Почтовый адрес|Улица (дом. адрес)|Домашний адрес|" \
    "Адрес|街道|街道地址|详细地址|通讯地址|联系地址|公司地址|收货地址|地址|الشارع|عنوان الشارع|عنوان العمل|"                       \
    "عنوان الشركة|عنوان المنزل|العنوان|Straße|Straße und Hausnummer|Straße Nr.|Straße/Hausnr.|"                                                               \
    "Straße geschäftlich|Dienstlich: Adresse|Rechnungsadresse Straße|Straße privat|Privat: Adresse|"                                                                                       \
    "Weitere Straße|Anschrift|Adresse|Rue|Rue (bureau)|Rue bureau|Adresse postale|Adresse 1|Rue (domicile)|"                                                                                  \
    "Rue domicile|Rue (autre)|Calle|Calle del trabajo|Otra calle|Dirección|Dirección postal|Domicilio|Rua|"                                                                                  \
    "Rua comercial|Endereço|Endereço comercial|Logradouro|Morada|Endereço residencial"

#define ALIASES_CITY                                                                                                                                            \
    "Town|Mailing City|Business City|Work City|Billing City|Address 1 - City|Address City|Home City|"                                                           \
    "Shipping City|Default Address City|Other City|City/Town|Town/City|Suburb|Locality|Город (раб. адрес)|"                                        \
    "Город|Населенный пункт|Город компании|Город (дом. адрес)|城市|市|所在城市|المدينة|مدينة|" \
    "Ort geschäftlich|Dienstlich: Ort|Ort|Stadt|Wohnort|Ort privat|Privat: Ort|Weiterer Ort|Ville|"                                                            \
    "Ville (bureau)|Ville bureau|Commune|Localité|Ville (domicile)|Ville domicile|Ville (autre)|Ciudad|"                                                       \
    "Población|Localidad|Ciudad de trabajo|Otra ciudad|Municipio|Cidade|Cidade comercial|Localidade"

#define ALIASES_REGION                                                                                                                                                                       \
    "State|State/Region|State/Province|State/Prov|State/County|State or Region|Province|County|"                                                                                             \
    "Mailing State|Business State|Work State|Billing State|Address 1 - Region|Address State|Home State|"                                                                                     \
    "Shipping State|Other State|Province Code|State Code|Billing Province|Shipping Province|"                                                                                                \
    "Mailing State/Province|Billing State/Province|Shipping State/Province|Default Address Province Code|"                                                                                   \
    "Регион|Область (раб. адрес)|Область|Край|Республика|Область/край|Область/регион|Область (дом. адрес)|" \
    "省|省份|省/州|州|地区|区域|所在省份|所在地区|المنطقة|الولاية|المحافظة|الولاية/المنطقة|المقاطعة|"                          \
    "Bundesland|Bundesland/Region|Kanton|Region geschäftlich|Dienstlich: Bundesland|Region privat|"                                                                                         \
    "Privat: Bundesland|Bundesland/Kanton privat|Département|Dép/Région|Dép/Région (bureau)|"                                                                                           \
    "Dép/Région (domicile)|État/Région|Provincia|Estado|Estado/Región|Estado o provincia|"                                                                                              \
    "Provincia o estado de trabajo|UF|Região|Estado/Região|Estado comercial|Distrito"

#define ALIASES_POSTAL_CODE                                                                                                                                         \
    "Postcode|Zip|Zip Code|Zip/Postal Code|Zip/Postcode|Postcode/Zip|Postal/Zip Code|Mailing Postal Code|"                                                          \
    "Mailing Zip|Mailing Zip/Postal Code|Business Postal Code|Business Zip|Work Postal Code|Work Zip|"                                                              \
    "Work ZipCode|Billing Postal Code|Billing Zip|Address 1 - Postal Code|Address Zip|Home Postal Code|"                                                            \
    "Home Zip|Home ZipCode|Shipping Postal Code|Shipping Zip|Other Postal Code|Other Zip|"                                                                          \
    "Billing Zip/Postal Code|Shipping Zip/Postal Code|Default Address Zip|Индекс (раб. адрес)|Индекс|"                                          \
    "Почтовый индекс|Индекс (дом. адрес)|Почтовый код (дом.)|邮编|邮政编码|邮递区号|الرمز البريدي|" \
    "الرقم البريدي|PLZ|Postleitzahl|Postleitzahl geschäftlich|Dienstlich: PLZ|Postleitzahl privat|"                                                    \
    "Privat: PLZ|Weitere Postleitzahl|Code postal|Code postal (bureau)|Code postal bureau|CP|"                                                                      \
    "Code postal (domicile)|Code postal domicile|Código postal|Código postal de trabajo|"                                                                         \
    "Código postal del trabajo|CEP|CEP comercial|Cód. postal"

#define ALIASES_COUNTRY                                                                                                                                                 \
    "Country/Region|Country/Territory|Country Name|Country Code|Mailing Country|Business Country|"                                                                      \
    "Business Country/Region|Work Country|Billing Country|Address 1 - Country|Address Country|Home Country|"                                                            \
    "Home Country/Region|Shipping Country|Other Country|Other Country/Region|Default Address Country Code|"                                                             \
    "Nation|Страна или регион (раб. адрес)|Страна|Страна/регион|Страна или регион (дом. адрес)|国家|" \
    "国家/地区|国别|الدولة|البلد|الدولة/المنطقة|بلد|Land|Land/Region|Land/Region geschäftlich|"                                       \
    "Land geschäftlich|Dienstlich: Land|Land/Region privat|Privat: Land|Pays|Pays/Région|"                                                                            \
    "Pays/Région (bureau)|Pays bureau|Pays/Région (domicile)|País|País/Región|País o región de trabajo|"                                                         \
    "País o región del trabajo|País/Região|País/Região comercial"

#define ALIASES_SOURCE                                                                                                            \
    "Lead Source|Original Source|Original Traffic Source|Source Name|Latest Source|"                                              \
    "Traffic Source|Contact Source|Origin|Lead Origin|Source Channel|Referral Source|"                                            \
    "Campaign Source|Источник|Источник лида|Источник сделки|Источник контакта|" \
    "Источник обращения|Источник клиента|Источник рекламы|"                        \
    "来源|线索来源|客户来源|商机来源|联系人来源|来源渠道|获客渠道|"                                    \
    "المصدر|مصدر العميل|مصدر العميل المحتمل|مصدر الفرصة|مصدر الصفقة|"        \
    "Quelle|Lead-Quelle|Herkunft|Leadquelle der Chance|Ursprüngliche Quelle|Origine|"                                            \
    "Origine du prospect|Source du lead|Source du prospect|Provenance|"                                                           \
    "Source d'origine|Fuente|Origen|Fuente del lead|Origen del prospecto|"                                                        \
    "Fuente original|Origen del lead|Origem|Fonte|Origem do lead|Fonte do lead|"                                                  \
    "Fonte original"

#define ALIASES_UPDATED                                                                                                                                                          \
    "Updated|Last Modified Date|Last Modified|Last Modified At|Last Modified Time|Modified|"                                                                                     \
    "Modified At|Modified Date|Modified Time|Modified On|Date Modified|Last Updated|Last Updated At|"                                                                            \
    "Last Updated On|Last Update|Update Time|Updated On|Update Date|Дата изменения|"                                                                                \
    "Дата редактирования|Дата обновления|Дата модификации|Изменен|Обновлен|Последнее изменение|" \
    "Дата последнего изменения|更新时间|修改时间|更新日期|修改日期|最后修改时间|最近更新时间|"                                \
    "最后更新时间|تاريخ التحديث|تاريخ التعديل|آخر تحديث|آخر تعديل|وقت التحديث|Geändert am|Geändert|"                   \
    "Änderungsdatum|Aktualisiert am|Zuletzt geändert|Zuletzt geändert am|Letzte Änderung|"                                                                                   \
    "Letzte Aktualisierung|Date de modification|Modifié le|Mis à jour le|Dernière modification|"                                                                              \
    "Date de mise à jour|Dernière mise à jour|Fecha de modificación|Modificado|Última modificación|"                                                                       \
    "Fecha de actualización|Actualizado|Última actualización|Data de modificação|"                                                                                          \
    "Data de atualização|Modificado em|Atualizado em|Última atualização|Última modificação"

#define ALIASES_TAGS                                                                                                                                                 \
    "Tag|Labels|Label|Keywords|Group Membership|Categories|Segments|Groups|Lists|Теги|Тег|Метки|Метка|"                                             \
    "Группы|Категории|标签|客户标签|分组|الوسوم|العلامات|الوسم|التصنيفات|الفئات|Schlagwörter|Schlagworte|" \
    "Stichwörter|Kategorien|Gruppen|Étiquettes|Mots-clés|Étiquette|Libellés|Etiquetas|Etiqueta|"                                                                \
    "Categorías|Marcadores|Marcações"

#define ALIASES_NOTE                                                                                                                                                                                       \
    "Notes|Comment|Comments|Description|Remarks|Remark|Memo|Note - Content|Additional Information|"                                                                                                        \
    "Internal Notes|Message|Примечание|Примечания|Примечание 1|Комментарий|Заметка|Заметки|Описание|"                                       \
    "Текст примечания|Дополнительная информация|备注|说明|描述|备注信息|附注|ملاحظات|ملاحظة|الملاحظات|تعليق|تعليقات|" \
    "الوصف|Notiz|Notizen|Bemerkung|Bemerkungen|Kommentar|Beschreibung|Anmerkung|Anmerkungen|Remarque|"                                                                                                \
    "Remarques|Commentaire|Commentaires|Notes internes|Notas|Nota|Comentario|Comentarios|Observaciones|"                                                                                                   \
    "Descripción|Observação|Observações|Descrição|Anotações"

#define ALIASES_UTM_SOURCE \
    "UTM-источник|UTM来源|广告来源|مصدر UTM|UTM-Quelle|Source UTM|Fuente UTM|Origem UTM|Fonte UTM"

#define ALIASES_UTM_MEDIUM "UTM-канал|UTM媒介|广告媒介|وسيط UTM|UTM Kanal|Support UTM|Medio UTM|Mídia UTM|Meio UTM"

#define ALIASES_UTM_CAMPAIGN                                                                                                \
    "UTM Campaign Name|UTM-кампания|UTM活动|UTM广告系列|حملة UTM|UTM-Kampagne|Campagne UTM|Campaña UTM|" \
    "Campanha UTM"

#define ALIASES_UTM_CONTENT \
    "UTM-содержание|UTM-объявление|UTM内容|محتوى UTM|UTM-Inhalt|Contenu UTM|Contenido UTM|Conteúdo UTM"

#define ALIASES_UTM_TERM                                                                                                            \
    "UTM Keyword|UTM-ключевое слово|UTM-термин|UTM关键词|كلمة UTM|UTM-Begriff|UTM-Suchbegriff|Terme UTM|" \
    "Término UTM|Termo UTM"

/* clang-format on */

#endif
