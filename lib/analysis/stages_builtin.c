/* Built-in stages: the standard pipelines of systems that export deals. A stage is named as its system names it at
 * home, where there is one name for all, in English; identifiers of interfaces and what the system, or its users, call
 * the stage in other languages are aliases. Older pipelines of a system share the set where a stage took another's
 * place (Pipedrive's "Lead In"). Bitrix24's Russian text writes one name with a Latin letter in front, "Cчёт". */
#include "analysis/stages_parts.h"

#include <math.h>
#include <string.h>

enum { INCOMING = -2 };

static const struct stages_standard salesforce[] = {
    {"Prospecting", DEAL_OPEN, 10,
     "Prospektion|Interessentengewinnung|Kundenakquise|Prospection|Prospección|Prospecção|Поиск клиентов|"
     "潜在客户开发|寻找潜在客户|التنقيب"},
    {"Qualification", DEAL_OPEN, 10,
     "Qualifizierung|Qualifikation|Calificación|Cualificación|Qualificação|Квалификация|资格审查|资质审查|资格认证|"
     "التأهيل"},
    {"Needs Analysis", DEAL_OPEN, 20,
     "Bedarfsanalyse|Analyse des besoins|Análisis de necesidades|Análise de necessidades|"
     "Анализ потребностей|需求分析|تحليل الاحتياجات"},
    {"Value Proposition", DEAL_OPEN, 50,
     "Wertversprechen|Nutzenversprechen|Proposition de valeur|Propuesta de valor|Proposta de valor|"
     "Ценностное предложение|价值主张|价值建议|عرض القيمة"},
    {"Id. Decision Makers", DEAL_OPEN, 60,
     "Identify Decision Makers|Decision Makers|Entscheidungsträger identifizieren|"
     "Entscheider identifizieren|Identification des décideurs|"
     "Identificación de responsables de la toma de decisiones|Identificação dos tomadores de decisão|"
     "Определение лиц, принимающих решение|确定决策者|识别决策者|تحديد صانعي القرار"},
    {"Perception Analysis", DEAL_OPEN, 70,
     "Wahrnehmungsanalyse|Wirkungsanalyse|Analyse de la perception|Analyse des perceptions|"
     "Análisis de percepción|Análise de percepção|Анализ восприятия|认知分析|感知分析|تحليل الإدراك"},
    {"Proposal/Price Quote", DEAL_OPEN, 75,
     "Proposal and Price Quote|Angebot/Preisangebot|Angebot/Preisangabe|Proposition/Devis|"
     "Propuesta/Presupuesto|Propuesta/Cotización|Proposta/Cotação de preço|"
     "Предложение/Ценовое предложение|提案/报价|建议/报价|建议书/报价|العرض/عرض السعر"},
    {"Negotiation/Review", DEAL_OPEN, 90,
     "Negotiation and Review|Verhandlung/Überprüfung|Négociation/Révision|Négociation/Vérification|"
     "Negociación/Revisión|Negociação/Revisão|Переговоры/Пересмотр|谈判/审查|谈判/复审|谈判/复查|التفاوض/المراجعة"},
    {"Closed Won", DEAL_WON, 100,
     "Geschlossen und gewonnen|Geschlossen gewonnen|Fermée gagnée|Clôturée gagnée|Cerrada ganada|"
     "Cerrada/Ganada|Fechado e ganho|Закрыто и "
     "выиграно|Закрыта/выиграна|已结束并赢得|结束并赢得|已关闭并赢得|مغلقة/رابحة"},
    {"Closed Lost", DEAL_LOST, 0,
     "Geschlossen und verloren|Geschlossen verloren|Fermée perdue|Clôturée perdue|Cerrada perdida|"
     "Cerrada/Perdida|Fechado e perdido|Закрыто и проиграно|Закрыта/проиграна|已结束并丢失|结束但未赢得|已关闭并丢失|"
     "مغلقة/خاسرة"},
};

static const struct stages_standard hubspot[] = {
    {"Appointment Scheduled", DEAL_OPEN, 20,
     "Termin vereinbart|Termin geplant|Rendez-vous planifié|Rendez-vous programmé|Cita programada|"
     "Cita agendada|Compromisso agendado|Встреча назначена|已安排约会|已预约|تم تحديد موعد"},
    {"Qualified To Buy", DEAL_OPEN, 40,
     "Für Kauf qualifiziert|Für den Kauf qualifiziert|Qualifié pour l'achat|Qualifié pour acheter|"
     "Calificado para comprar|Cualificado para comprar|Qualificado para comprar|Готов к покупке|有资格购买|"
     "مؤهل للشراء"},
    {"Presentation Scheduled", DEAL_OPEN, 60,
     "Präsentation vereinbart|Präsentation geplant|Présentation planifiée|Présentation programmée|"
     "Presentación programada|Presentación agendada|Apresentação agendada|Презентация назначена|已安排演示|"
     "تم تحديد موعد العرض"},
    {"Decision Maker Bought-In", DEAL_OPEN, 80,
     "Entscheidungsträger hat zugestimmt|Entscheidungsträger zugestimmt|Entscheidungsträger eingebracht|"
     "Décideur convaincu|Propuesta aceptada|Tomador de decisão envolvido|"
     "Лицо, принимающее решение, согласно|决策者已认同|وافق صانع القرار"},
    {"Contract Sent", DEAL_OPEN, 90,
     "Vertrag gesendet|Vertrag verschickt|Contrat envoyé|Contrato enviado|Договор отправлен|已发送合同|合同已发送|"
     "تم إرسال العقد"},
    {"Closed Won", DEAL_WON, 100,
     "Abgeschlossen und gewonnen|Fermé gagné|Conclu gagné|Cierre ganado|Negócio fechado|Fechado ganho|"
     "Закрыто и выиграно|已赢单|赢单|مغلقة رابحة"},
    {"Closed Lost", DEAL_LOST, 0,
     "Abgeschlossen und verloren|Fermé perdu|Conclu perdu|Cierre perdido|Negócio perdido|Fechado perdido|"
     "Закрыто и проиграно|已输单|丢单|مغلقة خاسرة"},
};

static const struct stages_standard pipedrive[] = {
    {"Qualified", DEAL_OPEN, -1,
     "Lead In|Qualifiziert|Qualifié|Calificado|Cualificado|Qualificado|Квалифицирован|已认证|已确认资格|مؤهل"},
    {"Contact Made", DEAL_OPEN, -1,
     "Kontakt aufgenommen|Kontakt hergestellt|Contact établi|Contact pris|Contacto realizado|"
     "Contacto hecho|Contacto establecido|Contato feito|Contato realizado|Контакт установлен|已联系|"
     "تم الاتصال"},
    {"Demo Scheduled", DEAL_OPEN, -1,
     "Meeting Scheduled|Needs Defined|Demo vereinbart|Demo geplant|Vorführung geplant|Démo planifiée|"
     "Démonstration planifiée|Démonstration programmée|Demo programada|Demostración programada|"
     "Demostración agendada|Demo agendada|Demonstração agendada|Демонстрация назначена|"
     "Назначена демонстрация|已安排演示|تم تحديد موعد العرض"},
    {"Proposal Made", DEAL_OPEN, -1,
     "Angebot gemacht|Angebot erstellt|Angebot unterbreitet|Proposition faite|Proposition effectuée|"
     "Propuesta realizada|Propuesta hecha|Proposta feita|Proposta realizada|Предложение сделано|"
     "Сделано предложение|已提供方案|已提交方案|تم تقديم العرض"},
    {"Negotiations Started", DEAL_OPEN, -1,
     "Verhandlungen begonnen|Verhandlung begonnen|Verhandlungen gestartet|Négociations commencées|"
     "Négociations entamées|Négociation commencée|Negociaciones iniciadas|Negociación iniciada|"
     "Negociações iniciadas|Negociação iniciada|Начаты переговоры|Переговоры начаты|开始谈判|谈判已开始|"
     "بدأت المفاوضات"},
};

static const struct stages_standard zoho[] = {
    {"Qualification", DEAL_OPEN, 10,
     "Qualifizierung|Qualifikation|Calificación|Cualificación|Qualificação|Квалификация|资质审查|资格审查|资格认证|"
     "التأهيل"},
    {"Needs Analysis", DEAL_OPEN, 20,
     "Bedarfsanalyse|Analyse des besoins|Análisis de necesidades|Análise de necessidades|"
     "Анализ потребностей|需求分析|تحليل الاحتياجات"},
    {"Value Proposition", DEAL_OPEN, 40,
     "Wertversprechen|Nutzenversprechen|Proposition de valeur|Propuesta de valor|Proposta de valor|"
     "Ценностное предложение|价值主张|价值建议|عرض القيمة"},
    {"Identify Decision Makers", DEAL_OPEN, 60,
     "Id. Decision Makers|Entscheidungsträger identifizieren|Entscheider identifizieren|"
     "Identification des décideurs|Identifier les décideurs|"
     "Identificar a los responsables de la toma de decisiones|Identificar tomadores de decisão|"
     "Определение лиц, принимающих решение|确定决策者|识别决策者|تحديد صانعي القرار"},
    {"Proposal/Price Quote", DEAL_OPEN, 75,
     "Angebot/Preisangebot|Proposition/Devis|Propuesta/Presupuesto|Propuesta/Cotización|"
     "Proposta/Cotação de preço|Предложение/Ценовое предложение|提案/报价|建议/报价|العرض/عرض السعر"},
    {"Negotiation/Review", DEAL_OPEN, 90,
     "Verhandlung/Überprüfung|Négociation/Révision|Negociación/Revisión|Negociação/Revisão|"
     "Переговоры/Пересмотр|谈判/审查|谈判/复审|التفاوض/المراجعة"},
    {"Closed Won", DEAL_WON, 100,
     "Abgeschlossen gewonnen|Geschlossen gewonnen|Fermé gagné|Clôturé gagné|Cerrado ganado|Fechado ganho|"
     "Закрыто и выиграно|成交|已赢得|مغلقة رابحة"},
    {"Closed Lost", DEAL_LOST, 0,
     "Abgeschlossen verloren|Geschlossen verloren|Fermé perdu|Clôturé perdu|Cerrado perdido|"
     "Fechado perdido|Закрыто и проиграно|已丢失|مغلقة خاسرة"},
    {"Closed Lost to Competition", DEAL_LOST, 0,
     "Closed-Lost to Competition|An Wettbewerber verloren|Perdu face à la concurrence|"
     "Perdido ante la competencia|Perdido para a concorrência|Проиграно конкурентам|因竞争丢失|"
     "خسارة لصالح المنافسين"},
};

static const struct stages_standard amocrm[] = {
    {"Неразобранное", DEAL_OPEN, INCOMING, "Incoming leads|Unsorted|Leads entrantes|Leads de entrada"},
    {"Первичный контакт", DEAL_OPEN, -1, "Initial contact|Contacto inicial|Contato inicial"},
    {"Переговоры", DEAL_OPEN, -1, "Discussions|Negotiation|Negociación|Negociação"},
    {"Принимают решение", DEAL_OPEN, -1,
     "Decision making|Making a decision|Toma de decisiones|Toma de decisión|Tomada de decisão"},
    {"Согласование договора", DEAL_OPEN, -1,
     "Contract discussion|Discusión de contrato|Discusión del contrato|Discussão de contrato|"
     "Discussão do contrato"},
    {"Успешно реализовано", DEAL_WON, 100, "Closed - won|Logrado con éxito|Ganado|Fechado - ganho|Ganho"},
    {"Закрыто и не реализовано", DEAL_LOST, 0, "Closed - lost|Ventas perdidas|Perdido|Fechado - perdido"},
};

static const struct stages_standard kommo[] = {
    {"Incoming leads", DEAL_OPEN, INCOMING, "Unsorted|Неразобранное|Leads entrantes|Leads de entrada"},
    {"Initial contact", DEAL_OPEN, -1, "Первичный контакт|Contacto inicial|Contato inicial"},
    {"Offer made", DEAL_OPEN, -1, "Сделано предложение|Oferta realizada|Oferta hecha|Oferta feita"},
    {"Negotiation", DEAL_OPEN, -1, "Discussions|Переговоры|Negociación|Negociação"},
    {"Closed - won", DEAL_WON, 100, "Успешно реализовано|Logrado con éxito|Ganado|Fechado - ganho|Ganho"},
    {"Closed - lost", DEAL_LOST, 0, "Закрыто и не реализовано|Ventas perdidas|Perdido|Fechado - perdido"},
};

static const struct stages_standard bitrix24[] = {
    {"Новая", DEAL_OPEN, -1, "NEW|Новая сделка|Neu|Nouveau|Nueva|Nuevo|Novo|Nova|新建|جديد|جديدة"},
    {"Подготовка документов", DEAL_OPEN, -1,
     "PREPARATION|Create papers|Document preparation|Preparing documents|Dokumente vorbereiten|"
     "Préparation des documents|Preparación de documentos|Preparação de documentos|准备文件|准备文档|"
     "إعداد المستندات"},
    {"Счёт на предоплату", DEAL_OPEN, -1,
     "PREPAYMENT_INVOICE|Cчёт на предоплату|Invoice|Rechnung|Facture|Factura|Fatura|预付款发票|发票|فاتورة"},
    {"В работе", DEAL_OPEN, -1,
     "EXECUTING|In progress|In Bearbeitung|En cours|En progreso|En curso|Em andamento|进行中|قيد التنفيذ"},
    {"Финальный счёт", DEAL_OPEN, -1,
     "FINAL_INVOICE|Final invoice|Endabrechnung|Schlussrechnung|Facture finale|Factura final|Fatura final|"
     "最终发票|الفاتورة النهائية"},
    {"Сделка успешна", DEAL_WON, 100,
     "WON|Deal won|Auftrag gewonnen|Deal gewonnen|Transaction gagnée|Negociación ganada|Negócio ganho|赢单|"
     "成交|صفقة رابحة"},
    {"Сделка провалена", DEAL_LOST, 0,
     "LOSE|Deal lost|Auftrag verloren|Deal verloren|Transaction perdue|Negociación perdida|"
     "Negócio perdido|输单|丢单|صفقة خاسرة"},
    {"Анализ причины провала", DEAL_LOST, 0,
     "APOLOGY|Analyze failure|Failure analysis|Analyse des Misserfolgs|Analyse de l'échec|"
     "Análisis de fallo|Análise de falha|分析失败原因|失败分析|تحليل الفشل"},
};

const char *const stages_builtin_names[] = {"salesforce", "hubspot", "pipedrive", "zoho",
                                            "amocrm",     "kommo",   "bitrix24",  NULL};

static const struct stages_builtin sets[] = {
    {"salesforce", salesforce, sizeof salesforce / sizeof *salesforce, false},
    {"hubspot", hubspot, sizeof hubspot / sizeof *hubspot, false},
    {"pipedrive", pipedrive, sizeof pipedrive / sizeof *pipedrive, false},
    {"zoho", zoho, sizeof zoho / sizeof *zoho, false},
    {"amocrm", amocrm, sizeof amocrm / sizeof *amocrm, false},
    {"kommo", kommo, sizeof kommo / sizeof *kommo, false},
    {"bitrix24", bitrix24, sizeof bitrix24 / sizeof *bitrix24, true},
};

const struct stages_builtin *stages_builtin_find(const char *name)
{
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strcmp(sets[i].name, name) == 0)
            return &sets[i];
    return NULL;
}

bool stages_is_builtin(const char *name)
{
    return stages_builtin_find(name) != NULL;
}

int stages_fill_builtin(struct stages *stages, const struct stages_builtin *set, struct error *err)
{
    size_t holder;

    stages->builtin = set;
    for (size_t i = 0; i < set->count; i++) {
        const struct stages_standard *item = &set->items[i];
        const struct stage stage = {
            .name = slice_from_cstr(item->name),
            .status = item->status,
            .probability = item->percent < 0 ? NAN : item->percent / 100.0,
            .limit_days = NAN,
            .incoming = item->percent == INCOMING,
            .listed = true,
        };
        if (stages_add(stages, &stage, err) || stages_add_name(stages, stage.name, i, &holder, err))
            return -1;
        for (const char *alias = item->aliases; *alias;) {
            size_t len = strcspn(alias, "|");
            if (stages_add_name(stages, (struct slice){alias, len}, i, &holder, err))
                return -1;
            alias += len + (alias[len] == '|');
        }
    }
    return 0;
}
