/* The tables behind import_profile.h: of each profile its signatures and its map. Private to the profiles. */
#ifndef CRM_ANALYSIS_IMPORT_PROFILE_TABLES_H
#define CRM_ANALYSIS_IMPORT_PROFILE_TABLES_H

#include "analysis/import_profile.h"

/* JSON as it is, for readers. */
#define PROFILE_MAP(...) #__VA_ARGS__

#define PROFILE_DECLARE(name)                            \
    extern const struct import_signature name##_signs[]; \
    extern const char name##_map[]

/* CRM systems: import_profile_crm.c */
PROFILE_DECLARE(hubspot_contacts);
PROFILE_DECLARE(hubspot_leads);
PROFILE_DECLARE(hubspot_companies);
PROFILE_DECLARE(hubspot_deals);
PROFILE_DECLARE(zoho_leads);
PROFILE_DECLARE(zoho_contacts);
PROFILE_DECLARE(zoho_accounts);
PROFILE_DECLARE(zoho_deals);
PROFILE_DECLARE(pipedrive_persons);
PROFILE_DECLARE(pipedrive_leads);
PROFILE_DECLARE(pipedrive_organizations);
PROFILE_DECLARE(pipedrive_deals);
PROFILE_DECLARE(leadsquared_leads);
PROFILE_DECLARE(mautic_contacts);

/* CRM systems with names of fields for programs beside those for people: import_profile_fields.c */
PROFILE_DECLARE(salesforce_leads);
PROFILE_DECLARE(salesforce_contacts);
PROFILE_DECLARE(salesforce_accounts);
PROFILE_DECLARE(salesforce_opportunities);
PROFILE_DECLARE(salesforce_history);
PROFILE_DECLARE(salesforce_tasks);
PROFILE_DECLARE(odoo_contacts);
PROFILE_DECLARE(odoo_leads);
PROFILE_DECLARE(odoo_opportunities);

/* CRM systems in Russian and English: import_profile_russian.c */
PROFILE_DECLARE(amocrm_deals);
PROFILE_DECLARE(amocrm_contacts);
PROFILE_DECLARE(bitrix24_leads);
PROFILE_DECLARE(bitrix24_deals);
PROFILE_DECLARE(bitrix24_contacts);
PROFILE_DECLARE(bitrix24_companies);

/* Address books: import_profile_book.c */
PROFILE_DECLARE(google_contacts);
PROFILE_DECLARE(outlook);
PROFILE_DECLARE(outlook_de);
PROFILE_DECLARE(outlook_fr);
PROFILE_DECLARE(outlook_es);
PROFILE_DECLARE(outlook_ru);
PROFILE_DECLARE(thunderbird);
PROFILE_DECLARE(thunderbird_de);

/* Shops and payments: import_profile_shop.c */
PROFILE_DECLARE(shopify_orders);
PROFILE_DECLARE(shopify_customers);
PROFILE_DECLARE(woocommerce_orders);
PROFILE_DECLARE(stripe_payments);
PROFILE_DECLARE(stripe_customers);

#endif
