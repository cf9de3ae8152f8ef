/* Profiles of shops and of a payment service: Shopify, WooCommerce, Stripe. */
#include "analysis/import_profile_tables.h"

/* One row for each line of an order. The number of the order is in "Name", on every row; "Id" and the totals stand in
 * its first row alone. There is no key of the customer: the shop knows its customers by their e-mail addresses. */
const struct import_signature shopify_orders_signs[] = {
    {NULL, 3,
     "Financial Status|Fulfillment Status|Paid at|Fulfilled at|Lineitem quantity|Lineitem name|Lineitem price|"
     "Lineitem sku|Accepts Marketing|Discount Code",
     NULL},
    {0},
};
const char shopify_orders_map[] = PROFILE_MAP({
    "entity" : "order",
    "columns" : [
        {"name" : "order_id", "from" : ["Name"]}, {"name" : "customer_id", "from" : ["Email"]},
        {"name" : "order_date", "from" : ["Created at"]}, {"name" : "amount", "from" : ["Total"]}
    ]
});

const struct import_signature shopify_customers_signs[] = {
    {NULL, 3,
     "Accepts Email Marketing|Accepts SMS Marketing|Total Spent|Total Orders|Tax Exempt|Default Address Company|"
     "Default Address Address1|Default Address City|Default Address Province Code|Default Address Country Code|"
     "Default Address Zip|Default Address Phone",
     "Financial Status"},
    {0},
};
const char shopify_customers_map[] = PROFILE_MAP({"entity" : "contact", "columns" : []});

const struct import_signature woocommerce_orders_signs[] = {
    {"Order #|N. Revenue", 0, NULL, NULL},
    {0},
};
const char woocommerce_orders_map[] = PROFILE_MAP({
    "entity" : "order",
    "columns" : [ {"name" : "amount", "from" : ["N. Revenue"]}, {"name" : "quantity", "from" : ["Items sold"]} ]
});

/* The key of the payment: few payments have an invoice. */
const struct import_signature stripe_payments_signs[] = {
    {"id|Amount", 2,
     "Amount Refunded|Converted Amount|Converted Amount Refunded|Converted Currency|Seller Message|Captured|Card ID|"
     "Taxes On Fee|Decline Reason|Statement Descriptor",
     NULL},
    {0},
};
const char stripe_payments_map[] = PROFILE_MAP({
    "entity" : "order",
    "columns" : [
        {"name" : "order_id", "from" : ["id"]}, {"name" : "customer_id", "from" : ["Customer ID"]},
        {"name" : "order_date", "from" : [ "Created date (UTC)", "Created (UTC)" ]},
        {"name" : "amount", "from" : ["Amount"]}, {"name" : "currency", "from" : ["Currency"]}
    ]
});

const struct import_signature stripe_customers_signs[] = {
    {"id|Delinquent", 0, NULL, NULL},
    {"id|Email", 2, "Total Spend|Payment Count|Average Order|Refunded Volume|Dispute Losses|Card Last4", NULL},
    {0},
};
/* The status is that of a subscription. */
const char stripe_customers_map[] = PROFILE_MAP({
    "entity" : "contact",
    "columns" : [ {"name" : "contact_id", "from" : ["id"]}, {"name" : "lead_status", "from" : []} ]
});
