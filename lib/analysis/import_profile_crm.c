/* Profiles of CRM systems that export their columns under the names on their screens: HubSpot, Zoho CRM, Pipedrive,
 * LeadSquared, Mautic. Most columns are left to the vocabulary; the rules here are for those it would take wrongly. */
#include "analysis/import_profile_tables.h"

/* HubSpot calls every key "Record ID", and so does Zoho, as "Record Id". */
const struct import_signature hubspot_contacts_signs[] = {
    {"Record ID", 2,
     "Contact owner|Lifecycle Stage|Marketing contact status|Contact Type|Associated Company|Associated Company IDs|"
     "Associated Deal|Associated Deal IDs|Associated Note|Associated Note IDs|Original Source|Original Traffic Source|"
     "Original Source Drill-Down 1|Original Source Drill-Down 2|Number of times contacted|Number of Associated Deals|"
     "Unsubscribed from all email|First Page Seen|Become a Customer Date|Additional email addresses",
     "Deal Name|Deal Stage|Company owner|Company Domain Name|Unsubscribed Mode|Created By.id"},
    {0},
};
const char hubspot_contacts_map[] = PROFILE_MAP({"entity" : "contact", "columns" : [], "empty" : ["(No value)"]});

const struct import_signature hubspot_leads_signs[] = {
    {"Record ID|Lead Name", 1, "Lead Pipeline|Lead Pipeline Stage|Lead Label|Associated Contact|Associated Contact IDs",
     "Unsubscribed Mode|Created By.id"},
    {0},
};
const char hubspot_leads_map[] = PROFILE_MAP({
    "entity" : "lead",
    "columns" : [ {"name" : "lead_status", "from" : [ "Lead Pipeline Stage", "Lead Status", "Lead Stage" ]} ],
    "empty" : ["(No value)"]
});

const struct import_signature hubspot_companies_signs[] = {
    {"Record ID|Company name", 1,
     "Company owner|Company Domain Name|Associated Contact|Associated Contact IDs|Number of Associated Contacts|"
     "Industry|Parent Company",
     "First Name|Last Name|Email|Deal Name|Contact owner"},
    {0},
};
const char hubspot_companies_map[] = PROFILE_MAP({"entity" : "account", "columns" : [], "empty" : ["(No value)"]});

const struct import_signature hubspot_deals_signs[] = {
    {"Record ID|Deal Name", 1,
     "Deal Stage|Deal owner|Pipeline|Associated Company|Associated Company IDs|Associated Contact|Associated Contact "
     "IDs",
     "Closing Date|Deal Owner.id|Sales Cycle Duration"},
    {0},
};
const char hubspot_deals_map[] = PROFILE_MAP({
    "entity" : "deal",
    "columns" : [ {
        "name" : "account_id",
        "from" : [ "Primary Associated Company ID", "Associated Company IDs (Primary)", "Associated Company IDs" ]
    } ],
    "empty" : ["(No value)"]
});

/* Zoho writes "-None-" where nothing was picked from a list, and keys of its own beside the names they belong to. */
const struct import_signature zoho_leads_signs[] = {
    {"Lead Owner", 2,
     "Lead Owner.id|Created By.id|Modified By.id|Unsubscribed Mode|Unsubscribed Time|Last Activity Time|"
     "Lead Conversion Time|Converted Account.id|Converted Contact.id|Converted Deal.id|Skype ID|No. of Employees|"
     "Modified Time",
     "Company / Account"},
    {0},
};
const char zoho_leads_map[] = PROFILE_MAP({"entity" : "lead", "columns" : [], "empty" : ["-None-"]});

const struct import_signature zoho_contacts_signs[] = {
    {"Contact Owner", 2,
     "Contact Owner.id|Created By.id|Modified By.id|Unsubscribed Mode|Unsubscribed Time|Last Activity Time|Vendor Name|"
     "Asst Phone|Mailing Zip|Skype ID|Account Name.id|Reporting To|Modified Time",
     "Mailing Zip/Postal Code|Lifecycle Stage"},
    {0},
};
const char zoho_contacts_map[] = PROFILE_MAP({"entity" : "contact", "columns" : [], "empty" : ["-None-"]});

const struct import_signature zoho_accounts_signs[] = {
    {"Account Name|Account Owner", 1,
     "Billing Code|Shipping Code|Account Owner.id|Created By.id|Modified By.id|Last Activity Time|Parent Account.id",
     "Last Name|Deal Name"},
    {0},
};
const char zoho_accounts_map[] = PROFILE_MAP({
    "entity" : "account",
    "columns" : [ {"name" : "postal_code", "from" : [ "Billing Code", "Shipping Code" ]} ],
    "empty" : ["-None-"]
});

const struct import_signature zoho_deals_signs[] = {
    {"Deal Name|Closing Date", 0, NULL, NULL},
    {"Deal Name", 2,
     "Closing Date|Deal Owner.id|Reason For Loss|Reason For Loss__s|Sales Cycle Duration|Overall Sales Duration|"
     "Account Name.id|Contact Name.id|Lead Conversion Time|Last Activity Time",
     NULL},
    {0},
};
const char zoho_deals_map[] = PROFILE_MAP({
    "entity" : "deal",
    "columns" : [
        {"name" : "account_id", "from" : [ "Account Name.id", "Account Name" ]},
        {"name" : "contact_id", "from" : [ "Contact Name.id", "Contact Name" ]}
    ],
    "empty" : ["-None-"]
});

/* Pipedrive puts the kind of record before each name, so that one table can hold several kinds. What it is a table of
 * shows by what only one kind has. The sample of its import is about people, with a deal each. */
const struct import_signature pipedrive_persons_signs[] = {
    {"Person - Name", 1,
     "Person - ID|Person - First name|Person - Last name|Person - Email|Person - Phone|Person - Email (Work)|"
     "Person - Phone (Work)|Person - Owner|Person - Organization|Person - Labels|Organization - Name",
     "Deal - ID|Deal - Stage|Deal - Status|Lead - Title"},
    {"Person - Last name", 1, "Person - Email|Person - Phone|Person - Email (Work)|Person - Phone (Work)",
     "Deal - ID|Deal - Stage|Deal - Status|Lead - Title"},
    {0},
};
const char pipedrive_persons_map[] = PROFILE_MAP({"entity" : "contact", "columns" : []});

/* The title of a lead is what it is about, not what somebody does: a note. */
const struct import_signature pipedrive_leads_signs[] = {
    {"Lead - Title", 0, NULL, "Deal - ID|Deal - Stage|Deal - Status"},
    {0},
};
const char pipedrive_leads_map[] = PROFILE_MAP({
    "entity" : "lead",
    "columns" : [
        {"name" : "lead_id", "from" : ["Lead - ID"]},
        {"name" : "full_name", "from" : [ "Lead - Contact person", "Person - Name" ]},
        {"name" : "company", "from" : [ "Lead - Organization", "Organization - Name" ]},
        {"name" : "job_title", "from" : ["Person - Job title"]},
        {"name" : "created_at", "from" : ["Lead - Lead created"]}, {"name" : "note", "from" : ["Lead - Title"]},
        {"name" : "tags", "from" : [ "Lead - Labels", "Lead - Label" ]}
    ]
});

const struct import_signature pipedrive_organizations_signs[] = {
    {"Organization - Name", 1,
     "Organization - ID|Organization - Owner|Organization - Address|Organization - People|Organization - Labels|"
     "Organization - Label|Organization - Open deals|Organization - Won deals|Organization - Closed deals|"
     "Organization - Organization created|Organization - Last activity date|Organization - Next activity date",
     "Person - Name|Person - Email|Person - Phone|Deal - Title|Lead - Title"},
    {0},
};
const char pipedrive_organizations_map[] = PROFILE_MAP({
    "entity" : "account",
    "columns" : [
        {"name" : "created_at", "from" : ["Organization - Organization created"]},
        {"name" : "street", "from" : [ "Organization - Address", "Organization - Full/combined address of Address" ]},
        {"name" : "city", "from" : ["Organization - City/town/village/locality of Address"]},
        {"name" : "region", "from" : ["Organization - State/county of Address"]},
        {"name" : "postal_code", "from" : ["Organization - ZIP/Postal code of Address"]},
        {"name" : "country", "from" : ["Organization - Country of Address"]}
    ]
});

const struct import_signature pipedrive_deals_signs[] = {
    {"Deal - Title", 1,
     "Deal - ID|Deal - Stage|Deal - Status|Deal - Owner|Deal - Pipeline|Deal - Currency of value|Deal - Deal created|"
     "Deal - Won time|Deal - Lost time|Deal - Lost reason|Deal - Expected close date|Deal - Organization|"
     "Deal - Contact person",
     NULL},
    {0},
};
const char pipedrive_deals_map[] = PROFILE_MAP({
    "entity" : "deal",
    "columns" : [
        {"name" : "deal_id", "from" : ["Deal - ID"]},
        {"name" : "stage", "from" : [ "Deal - Stage", "Deal - Stage (pipeline)" ]},
        {"name" : "account_id", "from" : [ "Organization - ID", "Deal - Organization", "Organization - Name" ]},
        {"name" : "contact_id", "from" : [ "Person - ID", "Deal - Contact person", "Person - Name" ]}, {
            "name" : "closed_at",
            "from" : [ "Deal - Deal closed on", "Deal - Closed on", "Deal - Won time", "Deal - Lost time" ]
        }
    ]
});

/* LeadSquared writes "Select" where nothing was picked from a list. Its other exports refer to leads by "Prospect ID".
 */
const struct import_signature leadsquared_leads_signs[] = {
    {"Prospect ID", 2,
     "Lead Number|Lead Origin|Lead Stage|Lead Quality|Last Notable Activity|Page Views Per Visit|TotalVisits|"
     "Total Time Spent on Website|Do Not Email|Do Not Call",
     NULL},
    {"Lead Number", 2, "Last Notable Activity|Page Views Per Visit|TotalVisits|Total Time Spent on Website", NULL},
    {0},
};
const char leadsquared_leads_map[] = PROFILE_MAP({
    "entity" : "lead",
    "columns" : [ {"name" : "lead_id", "from" : [ "Prospect ID", "Lead Number" ]} ],
    "empty" : ["Select"]
});

/* "Title" is the form of address in Mautic. */
const struct import_signature mautic_contacts_signs[] = {
    {"firstname|lastname|points", 1, "address1|zipcode|facebook|last_active|date_identified|position", "Record ID"},
    {0},
};
const char mautic_contacts_map[] = PROFILE_MAP({
    "entity" : "contact",
    "columns" : [
        {"name" : "name_prefix", "from" : [ "title", "Title" ]},
        {"name" : "job_title", "from" : [ "position", "Position" ]}
    ]
});
