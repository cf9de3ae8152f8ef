/* Evaluates a table of expressions on JSON records: lines "EXPRESSION<tab>RECORD", empty ones and those that begin with
 * "#" passed over. Prints for each the value as JSON, or "error"; where the record is "-", "refused" if
 * the expression does not compile. With a second argument what is wrong is printed, too.
 * For tests/check-expression, which has jq do the same.
 *
 *     expression TABLE [-v] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "value/expression_parts.h"

/* The members of the record that the expression asks for. */
static int fill(struct run *run, struct slice record, const struct expression_columns *columns)
{
    const struct expression_value whole = {.type = EXPRESSION_OBJECT, .text = record};

    for (size_t i = 0; i < columns->count; i++) {
        int found = json_member(run, &whole, columns->names[i], &run->inputs[i]);
        if (found < 0)
            return -1;
        if (found == 0)
            run->inputs[i] = (struct expression_value){.type = EXPRESSION_NULL, .absent = true};
    }
    return 0;
}

static int evaluate(struct slice text, struct slice record, struct buffer *out, struct error *err)
{
    struct expression_columns columns = {0};
    struct expression_context context = {.as_of = 20000};
    struct expression *expression;
    struct run run = {.context = &context, .err = err};
    struct expression_value value;

    int result = expression_compile(&expression, text, &columns, err);
    if (record.len == 1) {
        result = buffer_append(out, result ? SLICE("refused") : SLICE("accepted"));
    } else if (result == 0) {
        run.inputs = xcalloc(columns.count + 1, sizeof *run.inputs);
        result = fill(&run, record, &columns);
        if (result == 0)
            result = expression_value(expression, &context, run.inputs, &value, err);
    }
    if (result == 0 && run.inputs) {
        int truth = expression_test(expression, &context, run.inputs, err);
        if (truth != (value.type > EXPRESSION_FALSE)) {
            fputs("expression_value() and expression_test() disagree\n", stderr);
            exit(1);
        }
        result = expression_print(&context, &value, out, err);
    }
    expression_free(expression);
    expression_columns_fini(&columns);
    expression_context_fini(&context);
    free(run.inputs);
    return result;
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    FILE *table = argc > 1 ? fopen(argv[1], "r") : NULL;

    if (!table) {
        fputs("usage: expression TABLE [-v]\n", stderr);
        return 2;
    }
    while ((length = getline(&line, &capacity, table)) >= 0) {
        struct buffer out = {0};
        struct error err;
        char *tab = memchr(line, '\t', (size_t)length);
        if (line[0] == '#' || !tab)
            continue;
        if (line[length - 1] == '\n')
            line[--length] = '\0';
        struct slice record = slice_from_cstr(tab + 1);
        if (evaluate((struct slice){line, (size_t)(tab - line)}, record, &out, &err) == 0)
            printf("%.*s\n", SLICE_ARG(buffer_slice(&out)));
        else
            printf("error%s%s\n", argc > 2 ? ": " : "", argc > 2 ? err.text : "");
        buffer_fini(&out);
    }
    free(line);
    return fclose(table) || fflush(stdout) ? 1 : 0;
}
