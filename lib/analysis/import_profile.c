/* Profiles: their list, and which one a header shows. The names of signatures are looked up in the header by hash; a
 * header's names are folded once, a signature's when it is looked at. */
#include "analysis/import_profile.h"

#include <stdint.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "analysis/import_profile_tables.h"

#define PROFILE(name, title, entity, table)             \
    {                                                   \
        name, title, entity, table##_signs, table##_map \
    }

/* clang-format off: one row a line */
static const struct import_profile profiles[] = {
    PROFILE("hubspot-contacts", "HubSpot, contacts", ENTITY_CONTACT, hubspot_contacts),
    PROFILE("hubspot-leads", "HubSpot, leads", ENTITY_LEAD, hubspot_leads),
    PROFILE("hubspot-companies", "HubSpot, companies", ENTITY_ACCOUNT, hubspot_companies),
    PROFILE("hubspot-deals", "HubSpot, deals", ENTITY_DEAL, hubspot_deals),
    PROFILE("salesforce-leads", "Salesforce, leads: Data Loader, reports", ENTITY_LEAD, salesforce_leads),
    PROFILE("salesforce-contacts", "Salesforce, contacts: Data Loader, reports", ENTITY_CONTACT, salesforce_contacts),
    PROFILE("salesforce-accounts", "Salesforce, accounts: Data Loader, reports", ENTITY_ACCOUNT, salesforce_accounts),
    PROFILE("salesforce-opportunities", "Salesforce, opportunities: Data Loader, reports", ENTITY_DEAL,
            salesforce_opportunities),
    PROFILE("salesforce-history", "Salesforce, history of opportunities: Data Loader", ENTITY_STAGE_HISTORY,
            salesforce_history),
    PROFILE("salesforce-tasks", "Salesforce, tasks: Data Loader", ENTITY_EVENT, salesforce_tasks),
    PROFILE("zoho-leads", "Zoho CRM, leads", ENTITY_LEAD, zoho_leads),
    PROFILE("zoho-contacts", "Zoho CRM, contacts", ENTITY_CONTACT, zoho_contacts),
    PROFILE("zoho-accounts", "Zoho CRM, accounts", ENTITY_ACCOUNT, zoho_accounts),
    PROFILE("zoho-deals", "Zoho CRM, deals", ENTITY_DEAL, zoho_deals),
    PROFILE("pipedrive-persons", "Pipedrive, people", ENTITY_CONTACT, pipedrive_persons),
    PROFILE("pipedrive-leads", "Pipedrive, leads", ENTITY_LEAD, pipedrive_leads),
    PROFILE("pipedrive-organizations", "Pipedrive, organizations", ENTITY_ACCOUNT, pipedrive_organizations),
    PROFILE("pipedrive-deals", "Pipedrive, deals", ENTITY_DEAL, pipedrive_deals),
    PROFILE("amocrm-deals", "amoCRM, deals: Russian, English", ENTITY_DEAL, amocrm_deals),
    PROFILE("amocrm-contacts", "amoCRM, contacts: Russian", ENTITY_CONTACT, amocrm_contacts),
    PROFILE("bitrix24-leads", "Bitrix24, leads: Russian, English", ENTITY_LEAD, bitrix24_leads),
    PROFILE("bitrix24-deals", "Bitrix24, deals: Russian, English", ENTITY_DEAL, bitrix24_deals),
    PROFILE("bitrix24-contacts", "Bitrix24, contacts: Russian, English", ENTITY_CONTACT, bitrix24_contacts),
    PROFILE("bitrix24-companies", "Bitrix24, companies: Russian, English", ENTITY_ACCOUNT, bitrix24_companies),
    PROFILE("odoo-contacts", "Odoo, contacts (res.partner)", ENTITY_CONTACT, odoo_contacts),
    PROFILE("odoo-leads", "Odoo, leads (crm.lead)", ENTITY_LEAD, odoo_leads),
    PROFILE("odoo-opportunities", "Odoo, opportunities (crm.lead)", ENTITY_DEAL, odoo_opportunities),
    PROFILE("leadsquared-leads", "LeadSquared, leads", ENTITY_LEAD, leadsquared_leads),
    PROFILE("mautic-contacts", "Mautic, contacts", ENTITY_CONTACT, mautic_contacts),
    PROFILE("google-contacts", "Google Contacts, old and current layout", ENTITY_CONTACT, google_contacts),
    PROFILE("outlook", "Outlook, Outlook.com: English", ENTITY_CONTACT, outlook),
    PROFILE("outlook-de", "Outlook: German", ENTITY_CONTACT, outlook_de),
    PROFILE("outlook-fr", "Outlook: French", ENTITY_CONTACT, outlook_fr),
    PROFILE("outlook-es", "Outlook: Spanish", ENTITY_CONTACT, outlook_es),
    PROFILE("outlook-ru", "Outlook: Russian", ENTITY_CONTACT, outlook_ru),
    PROFILE("thunderbird", "Thunderbird, address book: English", ENTITY_CONTACT, thunderbird),
    PROFILE("thunderbird-de", "Thunderbird, address book: German", ENTITY_CONTACT, thunderbird_de),
    PROFILE("shopify-orders", "Shopify, orders", ENTITY_ORDER, shopify_orders),
    PROFILE("shopify-customers", "Shopify, customers", ENTITY_CONTACT, shopify_customers),
    PROFILE("woocommerce-orders", "WooCommerce, orders of its analytics", ENTITY_ORDER, woocommerce_orders),
    PROFILE("stripe-payments", "Stripe, payments", ENTITY_ORDER, stripe_payments),
    PROFILE("stripe-customers", "Stripe, customers", ENTITY_CONTACT, stripe_customers),
};
/* clang-format on */

#define PROFILE_COUNT (sizeof profiles / sizeof *profiles)

const struct import_profile *import_profiles(size_t *count)
{
    *count = PROFILE_COUNT;
    return profiles;
}

const struct import_profile *import_profile_find(struct slice name)
{
    for (size_t i = 0; i < PROFILE_COUNT; i++)
        if (slice_equal_cstr(name, profiles[i].name))
            return &profiles[i];
    return NULL;
}

/* A header, by the hashes of its names' keys. */
struct header {
    const struct slice *names;
    size_t count;
    uint64_t hashes[IMPORT_PROFILE_NAMES];
};

static void header_init(struct header *header, const struct slice *names, size_t count)
{
    char key[VOCABULARY_KEY];

    header->names = names;
    header->count = count < IMPORT_PROFILE_NAMES ? count : IMPORT_PROFILE_NAMES;
    for (size_t i = 0; i < header->count; i++)
        header->hashes[i] = XXH3_64bits(key, vocabulary_normalise(names[i], key));
}

static bool header_has(const struct header *header, struct slice name)
{
    char key[VOCABULARY_KEY];
    char other[VOCABULARY_KEY];
    size_t len = vocabulary_normalise(name, key);
    uint64_t hash = XXH3_64bits(key, len);

    for (size_t i = 0; i < header->count; i++)
        if (header->hashes[i] == hash && vocabulary_normalise(header->names[i], other) == len &&
            memcmp(other, key, len) == 0)
            return true;
    return false;
}

/* How many of a list's names the header has; *listed: how many there are. */
static unsigned header_count(const struct header *header, const char *list, unsigned *listed)
{
    unsigned found = 0;

    *listed = 0;
    while (list && *list) {
        const char *end = strchrnul(list, '|');
        found += header_has(header, (struct slice){list, (size_t)(end - list)});
        ++*listed;
        list = end + (*end == '|');
    }
    return found;
}

/* The names of a signature that the header has; 0 when it is not the signature's. */
static unsigned match(const struct header *header, const struct import_signature *signature)
{
    unsigned listed;
    unsigned all = header_count(header, signature->all, &listed);

    if (all < listed)
        return 0;
    unsigned some = header_count(header, signature->of, &listed);
    if (some < signature->some || header_count(header, signature->none, &listed) > 0)
        return 0;
    return all + some;
}

const struct import_profile *import_profile_recognise(const struct slice *names, size_t count)
{
    const struct import_profile *best = NULL;
    unsigned most = 0;
    struct header header;

    header_init(&header, names, count);
    for (size_t i = 0; i < PROFILE_COUNT; i++)
        for (const struct import_signature *signature = profiles[i].signatures; signature->all || signature->of;
             signature++) {
            unsigned found = match(&header, signature);
            if (found > most) {
                most = found;
                best = &profiles[i];
            }
        }
    return best;
}
