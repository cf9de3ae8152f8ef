/* Writes an orders CSV as a shop's export looks, the same for the same arguments on every machine.
 *
 *     generate ROWS [SEED]
 *
 * Columns order_id,customer_id,order_date,amount,currency,product_id,channel; about 54 bytes a row. There is a customer
 * for every eight and a third rows; a few buy very often and most a few times (the density of orders over customers, by
 * rank, falls with the power -1/2). Dates are the three years to 2025-12-31, in no order; amounts have two decimals and
 * a long tail. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS = 1096, PRODUCTS = 20000 };

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014), in Vigna's form. */
static uint64_t random_next(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Uniform in [0, 1): 53 bits, exact in a double. */
static double random_unit(uint64_t *state)
{
    return (double)(random_next(state) >> 11) * 0x1p-53;
}

struct day_text {
    char text[32];
};

/* The days from 2023-01-01 to 2025-12-31 as text. */
static void fill_days(struct day_text days[DAYS])
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    size_t count = 0;

    for (int year = 2023; year <= 2025; year++)
        for (int month = 0; month < 12; month++)
            for (int day = 1; day <= lengths[month] + (month == 1 && year == 2024); day++)
                snprintf(days[count++].text, sizeof days->text, "%04d-%02d-%02d", year, month + 1, day);
}

int main(int argc, char **argv)
{
    static const char *const channels[] = {"web", "app", "store", "newsletter", "marketplace"};
    static struct day_text days[DAYS];
    char *end;
    long rows = argc == 2 || argc == 3 ? strtol(argv[1], &end, 10) : 0;

    if (rows < 1 || rows > 1000000000 || *end) {
        fputs("usage: generate ROWS [SEED]\n", stderr);
        return 2;
    }
    uint64_t state = argc == 3 ? strtoull(argv[2], NULL, 10) : 1;
    uint64_t customers = (uint64_t)rows * 3 / 25 + 1;
    fill_days(days);
    puts("order_id,customer_id,order_date,amount,currency,product_id,channel");
    for (long row = 0; row < rows; row++) {
        double u = random_unit(&state);
        uint64_t rank = (uint64_t)(u * u * (double)customers);
        /* a prime far above the number of customers scatters the ranks over the ids, each to its own */
        uint64_t customer = rank * 2147483647u % customers;
        double v = random_unit(&state);
        double cents = 100.0 + 12000.0 * v * v / (1.02 - v);
        uint64_t bits = random_next(&state);
        if (printf("%ld,C%07llu,%s,%.2f,EUR,P%05u,%s\n", 10000000 + row, (unsigned long long)customer,
                   days[(bits >> 8) % DAYS].text, (double)(int64_t)cents / 100.0, (unsigned)((bits >> 24) % PRODUCTS),
                   channels[(bits >> 48) % 5]) < 0)
            break;
    }
    if (fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "generate: %s\n", strerror(errno));
        return 4;
    }
    return 0;
}
