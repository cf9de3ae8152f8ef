/* `generate orders` and its kin: the orders of a shop, always the same ones, written in four ways, so that what is read
 * from them is the same and the time it takes can be compared:
 *
 *   orders         CSV: order_id,customer_id,order_date,amount,currency,product_id,channel; about 54 bytes a row
 *   orders-json    JSON Lines with the same names; the order_id and the amount are numbers
 *   orders-named   CSV with a product_name instead of the product_id, which is several words
 *   orders-quoted  the same, but there are commas between the words, so that each name is quoted, and of the other
 *                  fields so many are that it is 30 of 100 over all
 *
 * There is a customer for every eight and a third rows; a few buy very often and most a few times (the density of
 * orders over customers, by rank, falls with the power -1/2). Dates are the three years to 2025-12-31, in no order;
 * amounts have two decimals and a long tail. */
#include <stdio.h>
#include <string.h>

#include "generate.h"

enum { PRODUCTS = 20000, FIELDS = 7, FIELD_ROOM = 32 };

struct order {
    unsigned long long id, customer;
    const struct day *day;
    double amount;
    unsigned product;
    const char *channel;
};

static void make_order(uint64_t *state, const struct day days[CALENDAR_DAYS], uint64_t customers, struct order *order)
{
    static const char *const channels[] = {"web", "app", "store", "newsletter", "marketplace"};
    double u = random_unit(state);
    uint64_t rank = (uint64_t)(u * u * (double)customers);
    double v = random_unit(state);
    double cents = 100.0 + 12000.0 * v * v / (1.02 - v);
    uint64_t bits = random_next(state);

    /* a prime far above the number of customers scatters the ranks over the ids, each to its own */
    order->customer = rank * 2147483647u % customers;
    order->day = &days[(bits >> 8) % CALENDAR_DAYS];
    order->amount = (double)(int64_t)cents / 100.0;
    order->product = (unsigned)((bits >> 24) % PRODUCTS);
    order->channel = channels[(bits >> 48) % COUNT(channels)];
}

static int write_plain(const struct order *order)
{
    return printf("%llu,C%07llu,%04d-%02d-%02d,%.2f,EUR,P%05u,%s\n", order->id, order->customer, order->day->year,
                  order->day->month, order->day->day, order->amount, order->product, order->channel);
}

static int write_json(const struct order *order)
{
    return printf("{\"order_id\":%llu,\"customer_id\":\"C%07llu\",\"order_date\":\"%04d-%02d-%02d\",\"amount\":%.2f,"
                  "\"currency\":\"EUR\",\"product_id\":\"P%05u\",\"channel\":\"%s\"}\n",
                  order->id, order->customer, order->day->year, order->day->month, order->day->day, order->amount,
                  order->product, order->channel);
}

/* The product is a seventh of the fields: with 11 of 60 of the others, 30 of 100 are quoted. */
static int write_named(const struct order *order, uint64_t *quoting, bool quoted)
{
    static const char *const articles[] = {"Chair", "Lamp", "Desk", "Shelf", "Rug", "Mirror", "Vase", "Clock"};
    static const char *const colours[] = {"white", "black", "oak", "walnut", "blue", "green", "grey", "red"};
    char fields[FIELDS][FIELD_ROOM];
    const char *between = quoted ? "," : "";
    int failed = 0;

    snprintf(fields[0], FIELD_ROOM, "%llu", order->id);
    snprintf(fields[1], FIELD_ROOM, "C%07llu", order->customer);
    snprintf(fields[2], FIELD_ROOM, "%04d-%02d-%02d", order->day->year, order->day->month, order->day->day);
    snprintf(fields[3], FIELD_ROOM, "%.2f", order->amount);
    snprintf(fields[4], FIELD_ROOM, "EUR");
    snprintf(fields[5], FIELD_ROOM, "%s%s %s%s %05u", articles[order->product % COUNT(articles)], between,
             colours[order->product / COUNT(articles) % COUNT(colours)], between, order->product);
    snprintf(fields[6], FIELD_ROOM, "%s", order->channel);
    for (int i = 0; i < FIELDS; i++) {
        const char *mark = quoted && (i == 5 || random_below(quoting, 60) < 11) ? "\"" : "";
        failed |= printf("%s%s%s%c", mark, fields[i], mark, i + 1 < FIELDS ? ',' : '\n') < 0;
    }
    return failed ? -1 : 0;
}

int write_orders(long rows, uint64_t seed, enum order_form form)
{
    static struct day days[CALENDAR_DAYS];
    uint64_t customers = (uint64_t)rows * 3 / 25 + 1;
    uint64_t state = seed;
    uint64_t quoting = ~seed;
    struct order order;

    fill_days(days);
    if (form != ORDERS_JSON)
        printf("order_id,customer_id,order_date,amount,currency,%s,channel\n",
               form == ORDERS_PLAIN ? "product_id" : "product_name");
    for (long row = 0; row < rows; row++) {
        int written;
        make_order(&state, days, customers, &order);
        order.id = 10000000ull + (unsigned long long)row;
        if (form == ORDERS_PLAIN)
            written = write_plain(&order);
        else if (form == ORDERS_JSON)
            written = write_json(&order);
        else
            written = write_named(&order, &quoting, form == ORDERS_QUOTED);
        if (written < 0)
            return -1;
    }
    return 0;
}
