/* The vocabulary of what customers do and what it costs: orders, events, spend, subscriptions, tickets, surveys. */
#include "value/vocabulary_tables.h"

/* Who it was: keys first, then what some systems (Odoo, 1C) write in place of a key. Never an e-mail column: whether an
 * address identifies a customer is for the user to say. */
/* clang-format off */
#define ALIASES_CUSTOMER_KEY \
    "Customer No|Customer Number|Customer Code|Customer Key|Customer|Client ID|" \
    "Client Number|Client Code|Client No|Buyer ID|Shopper ID|Member ID|Household Key|" \
    "User ID|Uid|Master ID|Cust ID|Cust No|Cust|Card ID|Card No|Account ID|" \
    "Account Number|Contact ID|Subscriber ID|Person ID|Partner ID|Requester ID|" \
    "Visitor ID|Client|Buyer|Код клиента|ID клиента|Номер клиента|" \
    "Идентификатор клиента|Код контрагента|ID покупателя|Код покупателя|Номер карты|" \
    "Клиент|Контрагент|Покупатель|" \
    "客户编号|客户ID|客户代码|客户号|会员编号|会员ID|会员号|用户ID|用户编号|买家ID|" \
    "客户|رقم العميل|معرف العميل|كود العميل|رقم الزبون|رقم العضوية|رقم المستخدم|" \
    "معرف المستخدم|العميل|Kundennummer|Kunden-Nr.|Kunden-ID|Kd.-Nr.|Debitor|" \
    "Debitorennummer|Kundenkonto|Kunde|ID client|N° client|Numéro client|" \
    "Numéro de client|Code client|Identifiant client|Réf. client|Référence client|" \
    "ID cliente|ID de cliente|ID del cliente|Código de cliente|Código cliente|" \
    "Código del cliente|N.º de cliente|Número de cliente|Nº cliente|Cliente|" \
    "ID do cliente|Código do cliente|Cód. cliente|Cód. do cliente|Número do cliente|" \
    "Nº do cliente"
/* clang-format on */

static const char order_id[] = "Order Number|Order No|Order #|Order Nr|Order Reference|Order Code|Order Ref|"
                               "Increment ID|Invoice No|Invoice ID|Invoice Number|Invoice|Transaction ID|"
                               "Transaction Number|Transaction No|Transaction|Receipt Number|Receipt No|"
                               "Receipt ID|Basket ID|Charge ID|Sales Order|Sales Order Number|Document Number|"
                               "Purchase ID|PO Number|Order|ID|"
                               "Номер заказа|Заказ|ID заказа|Код заказа|№ заказа|Номер документа|Номер счета|"
                               "Номер чека|Номер|Документ|Заказ клиента|"
                               "订单号|订单编号|订单ID|订单|单号|交易号|发票号|订单流水号|流水号|"
                               "رقم الطلب|معرف الطلب|رقم الطلبية|رقم الفاتورة|رقم المعاملة|الطلب|"
                               "Bestellnummer|Bestell-Nr.|Bestellung|Bestell-ID|Auftragsnummer|Auftrags-Nr.|"
                               "Auftrag|Rechnungsnummer|Rechnungs-Nr.|Belegnummer|Beleg-Nr.|N° de commande|"
                               "N° commande|Numéro de commande|ID commande|Commande|Référence de commande|"
                               "Réf. commande|N° facture|Numéro de facture|N.º de pedido|Número de pedido|"
                               "ID de pedido|ID del pedido|Pedido|N.º pedido|Número de factura|Nº factura|"
                               "Factura|ID do pedido|Número do pedido|Nº do pedido|Código do pedido|"
                               "Número da fatura|Nota fiscal|Encomenda|Nº da encomenda";

static const char order_date[] = "Ordered At|Order Time|Order Timestamp|Order Created At|Order Created|"
                                 "Date of Order|Order Placed|Order Placed At|Ordered On|Purchase Date|"
                                 "Purchased At|Purchase Timestamp|Order Purchase Timestamp|Transaction Date|"
                                 "Invoice Date|Invoice Time|Sale Date|Sales Date|Receipt Date|Checkout Date|"
                                 "Paid At|Paid Date|Date Paid|Payment Date|Created At|Created|Creation Date|"
                                 "Date Created|Created Date|Created Time|Created On|Date Add|Posting Date|"
                                 "Document Date|Timestamp|Datetime|Date|Time|Day|"
                                 "Дата заказа|Дата покупки|Дата продажи|Дата документа|Дата оформления|Дата счета|"
                                 "Дата оплаты|Дата чека|Дата создания|Дата|"
                                 "下单时间|下单日期|订单日期|订单时间|订单创建时间|购买日期|购买时间|交易日期|"
                                 "交易时间|付款时间|支付时间|成交时间|创建时间|日期|"
                                 "تاريخ الطلب|تاريخ الشراء|تاريخ الفاتورة|تاريخ الطلبية|تاريخ البيع|تاريخ الدفع|"
                                 "تاريخ الإنشاء|التاريخ|Bestelldatum|Bestellt am|Bestellzeit|Auftragsdatum|"
                                 "Rechnungsdatum|Kaufdatum|Belegdatum|Buchungsdatum|Datum|Erstellt am|"
                                 "Date de commande|Date de la commande|Date commande|Date d'achat|Date de facture|"
                                 "Date de facturation|Date de vente|Fecha de pedido|Fecha del pedido|"
                                 "Fecha de compra|Fecha pedido|Fecha de factura|Fecha de venta|Fecha|"
                                 "Data do pedido|Data da compra|Data de compra|Data da venda|Data do faturamento|"
                                 "Data da encomenda|Data de emissão|Data";

static const char order_amount[] = "Order Total|Order Amount|Order Value|Total Amount|Grand Total|Total Price|Total|"
                                   "Total Paid|Total Sales|Net Amount|Net Sales|Net Total|Revenue|Sales|"
                                   "Sales Amount|Sale Amount|Sales Value|Purchase Amount|Invoice Amount|"
                                   "Transaction Amount|Payment Amount|Payment Value|Line Total|Line Amount|"
                                   "Total Value|Amount Total|Spend|Price Total|Dollar Value|Monetary|Monetary Value|"
                                   "Gross Amount|Gross Sales|Subtotal|Value|"
                                   "Сумма|Сумма заказа|Сумма покупки|Итого|Сумма документа|Выручка|Стоимость заказа|"
                                   "Сумма продажи|Итоговая сумма|Сумма чека|Всего|Сумма оплаты|"
                                   "金额|订单金额|总金额|实付金额|订单总额|订单总金额|支付金额|销售额|交易金额|"
                                   "付款金额|消费金额|应付金额|合计|总价|总计|"
                                   "المبلغ|إجمالي الطلب|المجموع|الإجمالي|المبلغ الإجمالي|قيمة الطلب|قيمة الفاتورة|"
                                   "المبلغ المدفوع|Betrag|Gesamtbetrag|Gesamtsumme|Bestellwert|Rechnungsbetrag|"
                                   "Summe|Umsatz|Gesamtpreis|Auftragswert|Warenwert|Gesamt|Bruttobetrag|Nettobetrag|"
                                   "Montant|Montant total|Total TTC|Montant TTC|Montant HT|Total HT|"
                                   "Montant de la commande|Total de la commande|Chiffre d'affaires|CA|Importe|"
                                   "Importe total|Monto|Monto total|Total del pedido|Valor|Valor total|Precio total|"
                                   "Ventas|Total pedido|Total do pedido|Valor do pedido|Montante|Preço total|"
                                   "Valor da compra|Valor da venda|Receita";

/* clang-format off */
#define ALIASES_CURRENCY_SHORT \
    "Currency Code|Order Currency|Currency ISO Code|Currency Name|" \
    "Presentment Currency|Валюта|Код валюты|Валюта документа|" \
    "币种|货币|币别|العملة|رمز العملة|" \
    "Währung|Währungscode|Devise|Monnaie|Code devise|Moneda|Divisa|Código de moneda|" \
    "Moeda|Código da moeda"
/* clang-format on */

static const char product_id[] = "SKU|Product Code|Product Number|Product No|Item ID|Item Number|Item Code|"
                                 "Item No|Item SKU|Stock Code|Article Number|Article ID|Article No|Lineitem sku|"
                                 "Product SKU|ASIN|Variant SKU|UPC|EAN|Product|Product Name|Item Name|"
                                 "Lineitem name|Item|Артикул|Код товара|ID товара|Номенклатура|Код номенклатуры|"
                                 "Товар|Наименование товара|Номенклатура.Код|"
                                 "商品编号|产品编号|商品编码|商品ID|产品ID|货号|商品SKU|产品编码|商品名称|"
                                 "产品名称|商品|产品|رقم المنتج|معرف المنتج|كود المنتج|رمز المنتج|المنتج|"
                                 "رقم الصنف|اسم المنتج|Artikelnummer|Artikel-Nr.|Art.-Nr.|Produktnummer|"
                                 "Produkt-ID|Artikel|Produkt|Artikelbezeichnung|Référence produit|"
                                 "Référence article|Réf. produit|Code produit|Code article|ID produit|Produit|"
                                 "Article|Código de producto|Código de artículo|ID de producto|ID del producto|"
                                 "Referencia|Código del producto|Producto|Artículo|Código do produto|"
                                 "ID do produto|Cód. produto|Produto";

static const char quantity[] = "Qty|Quantity Ordered|Qty Ordered|Order Quantity|Units|Units Sold|Item Quantity|"
                               "Lineitem quantity|Count|Pieces|Number of Items|Item Count|Items|CDs|"
                               "Number of CDs|Quantity Sold|"
                               "Количество|Кол-во|Количество товара|Кол|Шт|"
                               "数量|购买数量|商品数量|订购数量|件数|"
                               "الكمية|العدد|كمية|Menge|Anzahl|Stück|Stückzahl|Bestellmenge|Quantité|Qté|"
                               "Quantité commandée|Nombre d'articles|Cantidad|Cant.|Unidades|Quantidade|Qtd|"
                               "Qtde|Quant.";

static const char unit_price[] = "Price|Price per Unit|Price Each|Item Price|Unit Cost|Lineitem price|"
                                 "Product Price|Sales Price|List Price|Unit Amount|"
                                 "Цена|Цена за единицу|Цена товара|Цена за шт.|"
                                 "单价|价格|商品单价|商品价格|售价|"
                                 "سعر الوحدة|السعر|سعر المنتج|سعر القطعة|"
                                 "Einzelpreis|Stückpreis|Preis|Artikelpreis|Preis pro Stück|Prix unitaire|Prix|PU|"
                                 "P.U. HT|Prix unitaire HT|Precio unitario|Precio|Precio por unidad|"
                                 "Preço unitário|Preço|Valor unitário|Preço por unidade";

static const char order_channel[] = "Sales Channel|Order Channel|Order Source|Order Type|Sales Channel Name|Store|"
                                    "Store Name|Shop|Shop Name|Marketplace|Source Name|Source|Platform|"
                                    "Канал|Канал продаж|Источник заказа|Магазин|Склад|"
                                    "渠道|销售渠道|订单来源|来源|店铺|店铺名称|平台|"
                                    "القناة|قناة البيع|قناة المبيعات|المتجر|"
                                    "Kanal|Verkaufskanal|Vertriebskanal|Vertriebsweg|Filiale|Canal|Canal de vente|"
                                    "Boutique|Magasin|Canal de venta|Canal de ventas|Tienda|Canal de vendas|"
                                    "Canal de venda|Loja";

static const struct vocabulary_column order_columns[] = {
    {"order_id", VALUE_ID, 10, "key of the order, invoice or receipt", order_id},
    {"customer_id", VALUE_ID, 3, "key of the customer", ALIASES_CUSTOMER_KEY},
    {"order_date", VALUE_DATE, 14, "when it was ordered", order_date},
    {"amount", VALUE_AMOUNT, 8, "what was paid for the order, or for the line", order_amount},
    {"currency", VALUE_TEXT, 1, "ISO 4217 code of the amount", ALIASES_CURRENCY_SHORT},
    {"product_id", VALUE_ID, 6, "key of the product: its article number, or its name where no number is given",
     product_id},
    {"quantity", VALUE_NUMBER, 8, "pieces in the line; negative when they came back", quantity},
    {"unit_price", VALUE_AMOUNT, 10, "price of one piece", unit_price},
    {"channel", VALUE_TEXT, 2, "shop, marketplace or other way it was sold", order_channel},
};

static const char entity_id[] = "Entity|User ID|User|Uid|Customer ID|Client ID|Contact ID|Lead ID|Deal ID|"
                                "Case ID|Account ID|Person ID|Session ID|Visitor ID|Visitor|Distinct ID|"
                                "Device ID|Anonymous ID|User Pseudo ID|Fullvisitor ID|Profile ID|Subject ID|"
                                "Path ID|MQL ID|Prospect ID|Master ID|"
                                "ID пользователя|ID клиента|Код клиента|ID посетителя|ID лида|ID сделки|"
                                "Пользователь|Идентификатор|"
                                "用户ID|用户编号|客户ID|客户编号|访客ID|会员ID|用户|"
                                "معرف المستخدم|رقم المستخدم|رقم العميل|معرف العميل|المستخدم|"
                                "Benutzer-ID|Nutzer-ID|Kunden-ID|Kundennummer|Besucher-ID|ID utilisateur|"
                                "ID client|ID visiteur|Utilisateur|ID de usuario|ID de cliente|ID del usuario|"
                                "Usuario|ID de visitante|ID do usuário|ID do cliente|ID do visitante|"
                                "ID do utilizador";

static const char event[] = "Event Name|Event Type|Action|Activity|Activity Type|Activity Name|Step|"
                            "Interaction|Event Action|Touchpoint|Touch|"
                            "Событие|Тип события|Название события|Действие|Активность|Шаг|Тип активности|"
                            "事件|事件名称|事件类型|行为|动作|活动类型|"
                            "الحدث|اسم الحدث|نوع الحدث|الإجراء|النشاط|"
                            "Ereignis|Ereignisname|Ereignistyp|Aktion|Aktivität|Schritt|Événement|"
                            "Nom de l'événement|Type d'événement|Activité|Evento|Nombre del evento|"
                            "Tipo de evento|Acción|Actividad|Nome do evento|Ação|Atividade";

static const char occurred_at[] = "Occurred|Occurred On|Event Time|Event Date|Event Timestamp|Timestamp|Event At|"
                                  "Datetime|Time|Activity Date|Activity Time|Server Time|Client Event Time|"
                                  "Touch Time|Visit Time|Start Time|Date|Ts|Created At|"
                                  "Дата события|Время события|Дата и время|Время|Дата|Дата визита|"
                                  "事件时间|发生时间|时间|时间戳|日期|访问时间|"
                                  "وقت الحدث|تاريخ الحدث|الوقت|التاريخ|الطابع الزمني|"
                                  "Zeitpunkt|Ereigniszeit|Ereignisdatum|Zeitstempel|Zeit|Datum|Datum/Uhrzeit|"
                                  "Date de l'événement|Heure|Horodatage|Date et heure|Fecha del evento|Fecha|"
                                  "Fecha y hora|Hora|Marca de tiempo|Data do evento|Data|Data e hora|"
                                  "Carimbo de data/hora";

/* clang-format off */
#define ALIASES_MARKETING_CHANNEL \
    "Marketing Channel|Channel Name|Channel Grouping|Default Channel Grouping|" \
    "Channel Group|UTM Source|Traffic Source|Source / Medium|Source|Platform|" \
    "Ad Platform|Network|Publisher|Medium|UTM Medium|" \
    "Канал|Рекламный канал|Источник|Источник трафика|Площадка|Рекламная система|" \
    "渠道|推广渠道|营销渠道|来源|媒体|平台|" \
    "القناة|قناة التسويق|المصدر|المنصة|" \
    "Kanal|Marketingkanal|Quelle|Plattform|Werbekanal|Canal|Canal marketing|" \
    "Plateforme|Régie|Canal de marketing|Fuente|Plataforma|Fonte|Origem"
/* clang-format on */

/* clang-format off */
#define ALIASES_CAMPAIGN \
    "Campaign Name|Campaign ID|UTM Campaign|Ad Campaign|Marketing Campaign|" \
    "Campaign Title|Кампания|Название кампании|Рекламная кампания|" \
    "广告系列|活动|推广计划|营销活动|广告活动|计划名称|活动名称|" \
    "الحملة|اسم الحملة|الحملة الإعلانية|" \
    "Kampagne|Kampagnenname|Werbekampagne|Campagne|Nom de la campagne|" \
    "Campagne publicitaire|Campaña|Nombre de la campaña|Campanha|Nome da campanha"
/* clang-format on */

static const char event_value[] = "Event Value|Revenue|Amount|Conversion Value|Goal Value|Points|Purchase Value|"
                                  "Ценность|Значение|Сумма|Ценность события|"
                                  "价值|金额|事件价值|转化价值|"
                                  "القيمة|قيمة الحدث|المبلغ|"
                                  "Wert|Ereigniswert|Conversion-Wert|Betrag|Valeur|Valeur de l'événement|Montant|"
                                  "Valor|Valor del evento|Importe|Valor do evento|Valor da conversão";

static const struct vocabulary_column event_columns[] = {
    {"entity_id", VALUE_ID, 5, "key of the person, company or deal it happened to", entity_id},
    {"event", VALUE_TEXT, 12, "what happened", event},
    {"occurred_at", VALUE_DATE, 8, "when it happened", occurred_at},
    {"channel", VALUE_TEXT, 2, "marketing channel of the touch", ALIASES_MARKETING_CHANNEL},
    {"campaign", VALUE_TEXT, 2, "campaign of the touch", ALIASES_CAMPAIGN},
    {"value", VALUE_AMOUNT, 2, "what the event is worth", event_value},
};

static const char spend_date[] = "Day|Reporting Starts|Report Date|Spend Date|Cost Date|Week|Month|Period|"
                                 "Reporting Date|Дата|День|Дата расхода|Период|"
                                 "日期|时间|天|التاريخ|اليوم|"
                                 "Datum|Tag|Jour|Début des rapports|Fecha|Día|Inicio del informe|Data|"
                                 "Início dos relatórios";

static const char cost[] = "Spend|Amount Spent|Costs|Total Cost|Ad Spend|Spent|Ad Cost|Total Spend|Expense|"
                           "Media Cost|Budget Spent|Расход|Расходы|Затраты|Потрачено|Стоимость|Всего расход|"
                           "花费|消费|费用|成本|消耗|广告费用|"
                           "التكلفة|المبلغ المنفق|الإنفاق|الكلفة|"
                           "Kosten|Ausgaben|Werbekosten|Ausgegebener Betrag|Coût|Dépenses|Montant dépensé|"
                           "Coûts|Coste|Costo|Gasto|Importe gastado|Inversión|Custo|Gastos|Valor gasto|"
                           "Valor usado|Investimento|Montante gasto";

static const char impressions[] = "Impr.|Impression|Views|Ad Impressions|Imps|"
                                  "Показы|Показов|Количество показов|"
                                  "展示次数|展现量|曝光量|展示量|展现|曝光|"
                                  "مرات الظهور|الظهور|عدد مرات الظهور|"
                                  "Impressionen|Einblendungen|Sichtkontakte|Nombre d'impressions|Affichages|"
                                  "Impresiones|Impressões";

static const char clicks[] = "Click|Link Clicks|Total Clicks|Clicks (all)|Ad Clicks|"
                             "Клики|Переходы|Количество кликов|"
                             "点击|点击次数|点击量|点击数|"
                             "النقرات|عدد النقرات|نقرات الرابط|"
                             "Klicks|Link-Klicks|Clics|Clics sur un lien|Clics en el enlace|Cliques|"
                             "Cliques no link";

static const struct vocabulary_column spend_columns[] = {
    {"date", VALUE_DATE, 3, "day the money was spent, or first day of the period", spend_date},
    {"channel", VALUE_TEXT, 3, "marketing channel", ALIASES_MARKETING_CHANNEL},
    {"campaign", VALUE_TEXT, 3, "campaign", ALIASES_CAMPAIGN},
    {"cost", VALUE_AMOUNT, 10, "what was spent", cost},
    {"impressions", VALUE_NUMBER, 12, "how often the advertisement was shown", impressions},
    {"clicks", VALUE_NUMBER, 10, "how often it was clicked", clicks},
};

static const char plan[] = "Plan Name|Plan ID|Subscription Plan|Product|Product Name|Price ID|Tariff|"
                           "Package|Tier|Subscription|"
                           "План|Тариф|Тарифный план|Подписка|Название тарифа|"
                           "套餐|方案|订阅计划|产品|版本|"
                           "الخطة|الباقة|خطة الاشتراك|الاشتراك|"
                           "Tarif|Abonnement|Abo|Paket|Forfait|Formule|Offre|Plan de suscripción|"
                           "Suscripción|Tarifa|Producto|Plano|Assinatura|Pacote|Plano de assinatura";

static const char subscription_amount[] =
    "MRR|Plan Amount|Monthly Amount|Price|Recurring Amount|Subscription Amount|Fee|"
    "Total|Value|Monthly Price|Unit Amount|"
    "Сумма|Стоимость|Абонентская плата|Цена|"
    "金额|费用|价格|订阅金额|月费|"
    "المبلغ|قيمة الاشتراك|السعر|"
    "Betrag|Preis|Monatsbetrag|Gebühr|Montant|Prix|Montant mensuel|Importe|Precio|"
    "Cuota|Monto|Valor|Preço|Mensalidade";

static const char period[] = "Interval|Billing Period|Billing Interval|Billing Cycle|Billing Frequency|"
                             "Frequency|Term|Plan Interval|"
                             "Период|Период оплаты|Периодичность|Расчетный период|"
                             "周期|计费周期|付款周期|订阅周期|"
                             "الفترة|دورة الفوترة|فترة الفوترة|"
                             "Zeitraum|Abrechnungszeitraum|Laufzeit|Abrechnungsintervall|Période|"
                             "Période de facturation|Fréquence|Périodicité|Periodo|Período de facturación|"
                             "Frecuencia|Ciclo de facturación|Ciclo de cobrança|Período de faturamento|"
                             "Frequência";

static const char started_at[] = "Start|Start Date|Started|Started On|Start Time|Subscription Start|"
                                 "Subscription Start Date|Start (UTC)|Start Date (UTC)|Valid From|Activation Date|"
                                 "Activated At|Begin Date|Created|Created At|"
                                 "Дата начала|Начало|Дата подписки|Дата подключения|Дата активации|"
                                 "Начало подписки|开始时间|开始日期|生效日期|订阅日期|开通时间|起始日期|"
                                 "تاريخ البدء|تاريخ البداية|بداية الاشتراك|"
                                 "Beginn|Startdatum|Beginn am|Vertragsbeginn|Gestartet am|Gültig ab|Début|"
                                 "Date de début|Date de souscription|Commencé le|Inicio|Fecha de inicio|"
                                 "Fecha de alta|Fecha inicio|Data de início|Data início|Data de adesão";

static const char ended_at[] = "End|End Date|Ended|Ended On|Ended At (UTC)|Cancelled At|Canceled At|"
                               "Canceled At (UTC)|Cancellation Date|Cancel Date|Cancelled|Canceled|Churned At|"
                               "Churn Date|Expiry Date|Expiration Date|Valid To|Valid Until|Termination Date|"
                               "Subscription End|Дата окончания|Окончание|Дата отмены|Дата отключения|"
                               "Дата завершения|Конец подписки|"
                               "结束时间|结束日期|到期时间|到期日期|取消时间|取消日期|"
                               "تاريخ الانتهاء|تاريخ النهاية|تاريخ الإلغاء|نهاية الاشتراك|"
                               "Ende|Enddatum|Vertragsende|Gekündigt am|Kündigungsdatum|Gültig bis|Beendet am|"
                               "Fin|Date de fin|Date de résiliation|Date d'expiration|Résilié le|Fecha de fin|"
                               "Fecha de baja|Fecha de cancelación|Fecha fin|Fecha de vencimiento|Fim|Término|"
                               "Data de término|Data de cancelamento|Data fim|Data de vencimento";

static const struct vocabulary_column subscription_columns[] = {
    {"customer_id", VALUE_ID, 3, "key of the customer", ALIASES_CUSTOMER_KEY},
    {"plan", VALUE_TEXT, 10, "what is subscribed to", plan},
    {"amount", VALUE_AMOUNT, 2, "what is paid each period", subscription_amount},
    {"period", VALUE_TEXT, 6, "how often it is paid: month, year", period},
    {"started_at", VALUE_DATE, 6, "first day", started_at},
    {"ended_at", VALUE_DATE, 8, "last day; empty while it runs", ended_at},
};

static const char ticket_id[] = "Ticket Number|Ticket No|Ticket #|Ticket|Case ID|Case Number|Case|Issue ID|"
                                "Issue Key|Request ID|Incident Number|Conversation ID|ID|"
                                "Номер обращения|ID обращения|Номер заявки|ID тикета|Номер тикета|Обращение|"
                                "Тикет|Заявка|工单号|工单编号|工单ID|案例编号|故障票号|服务单号|"
                                "رقم التذكرة|معرف التذكرة|رقم البلاغ|التذكرة|رقم الحالة|"
                                "Ticketnummer|Ticket-Nr.|Fallnummer|Vorgangsnummer|Vorgang|N° de ticket|"
                                "N° ticket|Numéro de ticket|ID du ticket|N° de requête|N.º de ticket|"
                                "ID del ticket|N.º de caso|Número de caso|Número do chamado|ID do chamado|"
                                "Chamado|Protocolo|Número do ticket|ID do ticket";

static const char ticket_status[] = "Ticket Status|State|Case Status|Stage|Ticket State|"
                                    "Статус|Статус обращения|Состояние|Статус заявки|"
                                    "状态|工单状态|处理状态|الحالة|حالة التذكرة|حالة الطلب|"
                                    "Zustand|Statut|État|Statut du ticket|Estado|Estado del ticket|Estado del caso|"
                                    "Situação|Status do chamado|Status do ticket";

static const char priority[] = "Ticket Priority|Urgency|Severity|Case Priority|Importance|"
                               "Приоритет|Важность|Срочность|"
                               "优先级|紧急程度|优先程度|"
                               "الأولوية|الأهمية|Priorität|Dringlichkeit|Priorité|Urgence|Prioridad|Urgencia|"
                               "Prioridade";

static const char opened_at[] =
    "Opened|Opened On|Open Date|Opened Date|Date Opened|Date/Time Opened|Open Time|"
    "Reported At|Submitted At|" ALIASES_CREATED "|Date|Дата обращения|Дата открытия|Открыто|Дата заявки|Время создания|"
    "提交时间|打开时间|报修时间|工单创建时间|"
    "تاريخ الفتح|تاريخ فتح التذكرة|"
    "Eröffnet am|Geöffnet am|Eingangsdatum|Date d'ouverture|Ouvert le|"
    "Fecha de apertura|Abierto el|Fecha apertura|Data de abertura|Aberto em|"
    "Data abertura";

static const char first_response_at[] = "First Response|First Responded At|First Response Date|First Reply At|"
                                        "First Replied At|First Reply|First Response On|First Agent Response At|"
                                        "Agent Responded At|Date of First Response|Initial Response|"
                                        "Дата первого ответа|Первый ответ|Время первого ответа|"
                                        "首次响应时间|首次回复时间|首次响应|"
                                        "تاريخ أول رد|أول رد|وقت أول رد|"
                                        "Erste Antwort am|Erste Antwort|Erstantwort|Erste Reaktion|Première réponse|"
                                        "Date de première réponse|Première réponse le|Primera respuesta|"
                                        "Fecha de primera respuesta|Primeira resposta|Data da primeira resposta";

static const char ticket_closed_at[] = "Closed|Closed On|Closed Date|Closed Time|Close Date|Date Closed|"
                                       "Date/Time Closed|Resolved At|Resolved|Resolved Time|Resolved Date|"
                                       "Resolution Date|Solved At|Solved|Completed At|"
                                       "Дата закрытия|Закрыто|Дата решения|Решено|"
                                       "关闭时间|解决时间|完成时间|关闭日期|"
                                       "تاريخ الإغلاق|تاريخ الحل|أغلقت في|"
                                       "Geschlossen am|Gelöst am|Abgeschlossen am|Erledigt am|Fermé le|Date de clôture|"
                                       "Résolu le|Date de résolution|Fecha de cierre|Cerrado el|Resuelto el|"
                                       "Fecha de resolución|Data de fechamento|Fechado em|Resolvido em|"
                                       "Data de resolução|Data de encerramento";

static const struct vocabulary_column ticket_columns[] = {
    {"ticket_id", VALUE_ID, 10, "key of the ticket in its system", ticket_id},
    {"customer_id", VALUE_ID, 3, "key of the customer", ALIASES_CUSTOMER_KEY},
    {"status", VALUE_TEXT, 2, "state of the work, in the words of the system", ticket_status},
    {"priority", VALUE_TEXT, 6, "how urgent it is, in the words of the system", priority},
    {"opened_at", VALUE_DATE, 6, "when it was asked", opened_at},
    {"first_response_at", VALUE_DATE, 10, "when somebody first answered", first_response_at},
    {"closed_at", VALUE_DATE, 4, "when it was closed; empty while it is open", ticket_closed_at},
};

static const char survey_score[] = "Rating|NPS|NPS Score|CSAT|CSAT Score|CES|Likelihood to Recommend|Satisfaction|"
                                   "Satisfaction Rating|Satisfaction Score|Grade|Survey Score|"
                                   "Оценка|Балл|Баллы|Рейтинг|Индекс лояльности|"
                                   "评分|得分|分数|满意度|推荐分|"
                                   "التقييم|الدرجة|النتيجة|درجة الرضا|"
                                   "Bewertung|Punkte|Punktzahl|Note|Zufriedenheit|Évaluation|Satisfaction client|"
                                   "Note de satisfaction|Puntuación|Calificación|Valoración|Nota|Satisfacción|"
                                   "Pontuação|Avaliação|Satisfação";

static const char answered_at[] = "Answered|Answered On|Responded At|Response Date|Responded|Response Time|"
                                  "Survey Date|Submitted At|Submit Date|Submit Date (UTC)|Submission Date|"
                                  "Completed At|Completion Date|Date Submitted|Timestamp|Created At|Date|"
                                  "Дата ответа|Дата опроса|Дата оценки|Дата заполнения|Отметка времени|Дата|"
                                  "回答时间|提交时间|答题时间|评价时间|填写时间|日期|"
                                  "تاريخ الإجابة|تاريخ الرد|تاريخ الاستبيان|تاريخ التقييم|التاريخ|"
                                  "Beantwortet am|Antwortdatum|Umfragedatum|Zeitstempel|Datum|Répondu le|"
                                  "Date de réponse|Date de l'enquête|Horodateur|Fecha de respuesta|Respondido el|"
                                  "Fecha de la encuesta|Marca temporal|Fecha|Data da resposta|Respondido em|"
                                  "Data da pesquisa|Carimbo de data/hora|Data";

static const char comment[] = "Comments|Feedback|Remarks|Verbatim|Answer|Response|Reason|Open Feedback|"
                              "Feedback Comment|Review|Text|"
                              "Комментарий|Отзыв|Ответ|Пожелания|"
                              "评论|反馈|意见|评价|备注|评价内容|留言|"
                              "التعليق|تعليق|الملاحظات|ملاحظات|الرأي|"
                              "Kommentar|Kommentare|Anmerkung|Rückmeldung|Freitext|Commentaire|Commentaires|"
                              "Avis|Remarque|Réponse|Comentario|Comentarios|Opinión|Respuesta|Observaciones|"
                              "Opinião|Resposta";

static const struct vocabulary_column survey_columns[] = {
    {"customer_id", VALUE_ID, 3, "key of the customer", ALIASES_CUSTOMER_KEY},
    {"score", VALUE_NUMBER, 10, "the answer as a number, on the scale of the survey", survey_score},
    {"answered_at", VALUE_DATE, 8, "when it was answered", answered_at},
    {"comment", VALUE_TEXT, 4, "what was written", comment},
};

const struct vocabulary_entity vocabulary_order =
    VOCABULARY_TABLE(order_columns, "Order|Заказ|订单|الطلب|Bestellung|Commande|Pedido",
                     "Amount Refunded|Refunded Amount|Statement Descriptor|Captured|Customer Email|Financial "
                     "Status|Fulfillment Status|Fulfilled at|Lineitem name|Shipping Method|"
                     "Payment Method|Discount Amount|Discount Code|Taxes|Shipping|"
                     "Способ оплаты|Способ доставки|"
                     "支付方式|طريقة الدفع|Zahlungsart|Versandart|Mode de paiement|Forma de pago|"
                     "Forma de pagamento");

const struct vocabulary_entity vocabulary_event =
    VOCABULARY_TABLE(event_columns, "Event", "Event ID|Session ID|Page URL|Referrer|Event Properties|Insert ID");

const struct vocabulary_entity vocabulary_spend =
    VOCABULARY_TABLE(spend_columns, "",
                     "CPC|CPM|CTR|Reach|Ad Group|Ad Set Name|Ad Name|Avg. CPC|"
                     "Охват");

const struct vocabulary_entity vocabulary_subscription =
    VOCABULARY_TABLE(subscription_columns, "Subscription",
                     "Subscription ID|Current Period Start (UTC)|Current Period End (UTC)|"
                     "Trial Start (UTC)|Trial End (UTC)|Cancel At Period End|"
                     "ID подписки|订阅ID|رقم الاشتراك|"
                     "Abo-Nr.");

const struct vocabulary_entity vocabulary_ticket = VOCABULARY_TABLE(
    ticket_columns, "Ticket|Case|Тикет|Обращение", "Requester|Assignee|Resolution Time|SLA|Satisfaction Rating");

const struct vocabulary_entity vocabulary_survey =
    VOCABULARY_TABLE(survey_columns, "Survey|Response",
                     "Question|Survey Name|Survey ID|Response ID|NPS Category|"
                     "Вопрос|问题");
