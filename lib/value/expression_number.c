/* Which values are numbers: those of JSON, and in formats without types every text that is one. A value is read once,
 * and only when something asks for its number. */
#include "value/expression_parts.h"

#include <math.h>

void expression_read_number(struct expression_value *value)
{
    bool is_number = false;

    if (value->type == EXPRESSION_NUMBER) {
        if (!double_from_text(value->text, &value->number))
            value->number = NAN;
        is_number = true;
    } else if (value->type == EXPRESSION_STRING && value->untyped) {
        is_number = double_from_text(value->text, &value->number);
    }
    value->reading = is_number ? EXPRESSION_IS_NUMBER : EXPRESSION_IS_NO_NUMBER;
}

bool expression_number(struct expression_value *value, double *number)
{
    if (!expression_is_number(value))
        return false;
    *number = value->number;
    return true;
}
