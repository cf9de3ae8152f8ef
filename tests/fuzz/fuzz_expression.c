/* Any bytes as an expression, a line end, and a JSON record: an error or a value, never a crash; a condition agrees
 * with the value; what is printed is JSON that prints the same again; and what jansson reads of a record's first member
 * is what we print. */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "value/expression_parts.h"

enum { MOST_COLUMNS = 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth)
{
    if (!truth)
        abort();
}

/* The input of a column: every other one of CSV, the rest JSON. */
static struct expression_value input(struct run *run, struct slice record, struct slice name, size_t number)
{
    const struct expression_value whole = {.type = EXPRESSION_OBJECT, .text = record};
    struct expression_value value;

    if (number % 2 == 0 || json_member(run, &whole, name, &value) <= 0)
        return (struct expression_value){.type = EXPRESSION_STRING, .untyped = true, .text = record};
    return value;
}

static void check_value(struct expression_context *context, struct expression_value *value, int truth)
{
    struct error err;
    struct buffer text = {0};
    struct buffer again = {0};

    check(truth == expression_truth(value));
    if (expression_print(context, value, &text, &err) == 0 && value->type >= EXPRESSION_ARRAY) {
        struct expression_value printed = {.type = value->type, .text = buffer_slice(&text)};
        check(expression_print(context, &printed, &again, &err) == 0);
        check(slice_equal(buffer_slice(&text), buffer_slice(&again)));
    }
    buffer_fini(&text);
    buffer_fini(&again);
}

/* Both sides read the same record the same way. */
static void check_jansson(struct expression_context *context, struct slice record)
{
    struct expression_value value = {.type = EXPRESSION_ARRAY, .text = record};
    struct error err;
    struct buffer text = {0};
    json_t *wanted = json_loadb(record.ptr, record.len, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);

    if (!wanted)
        return;
    if (json_is_object(wanted))
        value.type = EXPRESSION_OBJECT;
    if (expression_print(context, &value, &text, &err) == 0) {
        json_t *found = json_loadb(text.data, text.len, JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
        check(found && json_equal(wanted, found));
        json_decref(found);
    } else {
        /* jansson passes over a NUL behind a number; RFC 8259 has none anywhere */
        check(strstr(err.text, "nested") != NULL || memchr(record.ptr, '\0', record.len) != NULL);
    }
    json_decref(wanted);
    buffer_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct expression_columns columns = {0};
    struct expression_context context = {.as_of = 20000};
    struct expression_value inputs[MOST_COLUMNS];
    struct expression_value value;
    struct expression *expression;
    struct error err = {.text = ""};
    struct run run = {.context = &context, .inputs = inputs, .err = &err};
    const char *bytes = (const char *)data;
    const char *end = size ? memchr(bytes, '\n', size) : NULL;
    const size_t length = end ? (size_t)(end - bytes) : size;
    const struct slice record = {bytes + length + (end != NULL), size - length - (end != NULL)};

    check_jansson(&context, record);
    if (expression_compile(&expression, (struct slice){bytes, length}, &columns, &err)) {
        check(err.text[0] && err.status == STATUS_USAGE);
    } else if (columns.count <= MOST_COLUMNS) {
        for (size_t i = 0; i < columns.count; i++)
            inputs[i] = input(&run, record, columns.names[i], i);
        int result = expression_value(expression, &context, inputs, &value, &err);
        struct expression_value kept = value;
        int truth = expression_test(expression, &context, inputs, &err);
        check((result == 0) == (truth >= 0));
        if (result == 0)
            check_value(&context, &kept, truth);
    }
    expression_free(expression);
    expression_columns_fini(&columns);
    expression_context_fini(&context);
    return 0;
}
