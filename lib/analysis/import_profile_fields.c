/* Profiles of CRM systems whose exports come with the names of fields for programs, or with their labels for people:
 * Salesforce (Data Loader, reports) and Odoo (exports that can be imported again, others). */
#include "analysis/import_profile_tables.h"

/* Fields that every record of Salesforce has; a single one of them may be in any database. */
#define SALESFORCE_FIELDS "IsDeleted|MasterRecordId|SystemModstamp|LastModifiedById|LastReferencedDate|LastViewedDate"

const struct import_signature salesforce_leads_signs[] = {
    {"IsConverted", 1, SALESFORCE_FIELDS "|ConvertedAccountId|ConvertedContactId|ConvertedOpportunityId|LeadSource",
     NULL},
    {"LastName|Company", 2, SALESFORCE_FIELDS "|ConvertedAccountId|IsUnreadByOwner", NULL},
    {"Company / Account", 1, "Lead Owner|Lead Status|Lead Source|Lead ID|Last Name|Rating", "Opportunity Name"},
    {0},
};
const char salesforce_leads_map[] = PROFILE_MAP({"entity" : "lead", "columns" : [], "empty" : ["--None--"]});

const struct import_signature salesforce_contacts_signs[] = {
    {"LastName|AccountId", 2, SALESFORCE_FIELDS "|ReportsToId|MailingStreet|MailingCity|HasOptedOutOfEmail|OwnerId",
     NULL},
    {"Last Name", 1, "Mailing State/Province|Mailing Zip/Postal Code", "Company / Account"},
    {0},
};
const char salesforce_contacts_map[] = PROFILE_MAP({"entity" : "contact", "columns" : [], "empty" : ["--None--"]});

const struct import_signature salesforce_accounts_signs[] = {
    {"Name|ParentId", 2, SALESFORCE_FIELDS "|BillingStreet|BillingCity|NumberOfEmployees|TickerSymbol", "LastName"},
    {"Name|BillingCity", 2, SALESFORCE_FIELDS "|NumberOfEmployees|AnnualRevenue|OwnerId", "LastName|Lineitem name"},
    {"Account Name|Account Owner", 1,
     "Billing State/Province|Billing Zip/Postal Code|Shipping State/Province|Shipping Zip/Postal Code",
     "Last Name|Opportunity Name"},
    {0},
};
/* The key that contacts and opportunities refer to; the number of the account is one's own, and mostly empty. */
const char salesforce_accounts_map[] = PROFILE_MAP({
    "entity" : "account",
    "columns" : [ {"name" : "account_id", "from" : [ "Id", "ID", "Account ID", "AccountId" ]} ],
    "empty" : ["--None--"]
});

const struct import_signature salesforce_opportunities_signs[] = {
    {"StageName|CloseDate", 1,
     SALESFORCE_FIELDS "|IsClosed|IsWon|ForecastCategory|ForecastCategoryName|AccountId|OwnerId|NextStep|LeadSource",
     "OpportunityId"},
    {"Opportunity Name|Stage", 1,
     "Opportunity Owner|Fiscal Period|Close Date|Probability (%)|Next Step|Account Name|Lead Source|Age", NULL},
    {0},
};
const char salesforce_opportunities_map[] = PROFILE_MAP({"entity" : "deal", "columns" : [], "empty" : ["--None--"]});

/* A record has a key of its own beside that of the opportunity. */
const struct import_signature salesforce_history_signs[] = {
    {"Id|OpportunityId|StageName|CreatedDate", 1, "SystemModstamp|CreatedById|IsDeleted", "Name|Opportunity Name"},
    {0},
};
const char salesforce_history_map[] = PROFILE_MAP({
    "entity" : "stage_history",
    "columns" : [
        {"name" : "deal_id", "from" : [ "OpportunityId", "OPPORTUNITYID" ]},
        {"name" : "stage", "from" : [ "StageName", "STAGENAME" ]},
        {"name" : "entered_at", "from" : [ "CreatedDate", "CREATEDDATE" ]}
    ]
});

/* Who it was about, what was done, and the day it was due or done. */
const struct import_signature salesforce_tasks_signs[] = {
    {"WhoId|ActivityDate", 0, NULL, NULL},
    {"WhatId|ActivityDate|Subject", 0, NULL, NULL},
    {0},
};
const char salesforce_tasks_map[] = PROFILE_MAP({
    "entity" : "event",
    "columns" : [
        {"name" : "entity_id", "from" : [ "WhoId", "WHOID", "WhatId", "WHATID" ]},
        {"name" : "event", "from" : [ "TaskSubtype", "TASKSUBTYPE", "Type", "TYPE", "Subject", "SUBJECT" ]},
        {"name" : "occurred_at", "from" : [ "ActivityDate", "ACTIVITYDATE" ]}
    ]
});

/* Odoo keeps people and companies in one table; "title" is the form of address there. */
const struct import_signature odoo_contacts_signs[] = {
    {"name", 2,
     "is_company|company_type|parent_id/id|country_id/id|state_id/id|category_id/id|commercial_partner_id|"
     "property_payment_term_id",
     "stage_id|stage_id/id|email_from|partner_name|contact_name"},
    {"is_company", 1, "parent_id|country_id|state_id|category_id|company_type|function|street2|vat",
     "stage_id|stage_id/id|email_from|partner_name|contact_name"},
    {"Is a Company", 1,
     "Name|Display Name|Complete Name|Related Company|Job Position|Tax ID|Street2|Salesperson|Reference", "Stage"},
    {0},
};
const char odoo_contacts_map[] = PROFILE_MAP({
    "entity" : "contact",
    "columns" : [
        {"name" : "contact_id", "from" : [ "id", "External ID", "ID" ]},
        {"name" : "name_prefix", "from" : [ "title", "title/id", "title/name", "Title" ]},
        {"name" : "job_title", "from" : [ "function", "Job Position" ]}, {
            "name" : "company",
            "from" :
                [ "parent_id", "parent_id/name", "parent_id/id", "Related Company", "company_name", "Company Name" ]
        },
        {"name" : "region", "from" : [ "state_id", "state_id/name", "state_id/id", "State" ]}, {
            "name" : "country",
            "from" : [ "country_id", "country_id/name", "country_id/code", "country_id/id", "Country" ]
        },
        {"name" : "owner", "from" : [ "user_id", "user_id/name", "user_id/id", "Salesperson" ]},
        {"name" : "tags", "from" : [ "category_id", "category_id/name", "category_id/id", "Tags" ]},
        {"name" : "note", "from" : [ "comment", "Notes" ]},
        {"name" : "created_at", "from" : [ "create_date", "Created on" ]}
    ]
});

/* One table holds leads and opportunities: with stages it is one of opportunities. */
const struct import_signature odoo_leads_signs[] = {
    {"email_from", 1, "contact_name|partner_name|team_id|team_id/id|function|user_id|user_id/id",
     "stage_id|stage_id/id|stage_id/name"},
    {0},
};
const char odoo_leads_map[] = PROFILE_MAP({
    "entity" : "lead",
    "columns" : [
        {"name" : "lead_id", "from" : ["id"]}, {"name" : "full_name", "from" : ["contact_name"]},
        {"name" : "company", "from" : ["partner_name"]}, {"name" : "email", "from" : ["email_from"]},
        {"name" : "job_title", "from" : ["function"]},
        {"name" : "region", "from" : [ "state_id", "state_id/name", "state_id/id" ]},
        {"name" : "country", "from" : [ "country_id", "country_id/name", "country_id/code", "country_id/id" ]},
        {"name" : "owner", "from" : [ "user_id", "user_id/name", "user_id/id" ]},
        {"name" : "source", "from" : [ "source_id", "source_id/name", "source_id/id" ]},
        {"name" : "tags", "from" : [ "tag_ids", "tag_ids/name", "tag_ids/id" ]},
        {"name" : "utm_medium", "from" : [ "medium_id", "medium_id/name", "medium_id/id" ]},
        {"name" : "utm_campaign", "from" : [ "campaign_id", "campaign_id/name", "campaign_id/id" ]},
        {"name" : "created_at", "from" : ["create_date"]}, {"name" : "note", "from" : ["description"]}
    ]
});

/* What others call the expected revenue is the amount times the probability; here it is the amount. */
#define ODOO_OPPORTUNITY                                                                                       \
    "expected_revenue|planned_revenue|date_deadline|date_closed|team_id|team_id/id|email_from|lost_reason_id|" \
    "partner_id|partner_id/id|partner_name|user_id/id"

const struct import_signature odoo_opportunities_signs[] = {
    {"stage_id", 2, ODOO_OPPORTUNITY, "is_company"},
    {"stage_id/id", 2, ODOO_OPPORTUNITY, "is_company"},
    {"stage_id/name", 2, ODOO_OPPORTUNITY, "is_company"},
    {"Opportunity|Stage", 1, "Expected Revenue|Expected Closing|Sales Team|Salesperson", "Opportunity Owner|Deal Name"},
    {0},
};
const char odoo_opportunities_map[] = PROFILE_MAP({
    "entity" : "deal",
    "columns" : [
        {"name" : "deal_id", "from" : [ "id", "External ID", "ID" ]},
        {"name" : "title", "from" : [ "name", "Opportunity" ]}, {
            "name" : "account_id",
            "from" : [ "partner_id", "partner_id/id", "partner_id/name", "Customer", "partner_name", "Company Name" ]
        },
        {"name" : "contact_id", "from" : [ "contact_name", "Contact Name" ]},
        {"name" : "stage", "from" : [ "stage_id/name", "stage_id", "stage_id/id", "Stage" ]},
        {"name" : "amount", "from" : [ "expected_revenue", "planned_revenue", "Expected Revenue" ]},
        {"name" : "expected_close", "from" : [ "date_deadline", "Expected Closing" ]},
        {"name" : "closed_at", "from" : [ "date_closed", "Closed Date" ]},
        {"name" : "owner", "from" : [ "user_id/name", "user_id", "user_id/id", "Salesperson" ]},
        {"name" : "source", "from" : [ "source_id/name", "source_id", "source_id/id", "Source" ]},
        {"name" : "loss_reason", "from" : [ "lost_reason_id/name", "lost_reason_id", "lost_reason", "Lost Reason" ]},
        {"name" : "created_at", "from" : [ "create_date", "Created on" ]},
        {"name" : "updated_at", "from" : [ "write_date", "Last Updated on" ]},
        {"name" : "tags", "from" : [ "tag_ids/name", "tag_ids", "tag_ids/id", "Tags" ]},
        {"name" : "note", "from" : [ "description", "Notes" ]},
        {"name" : "utm_medium", "from" : [ "medium_id/name", "medium_id", "medium_id/id", "Medium" ]},
        {"name" : "utm_campaign", "from" : [ "campaign_id/name", "campaign_id", "campaign_id/id", "Campaign" ]}
    ]
});
