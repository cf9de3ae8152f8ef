/* What can be asked of a model. */
#include "analysis/link_model.h"

#include <math.h>
#include <stdlib.h>

void link_model_fini(struct link_model *model)
{
    for (size_t f = 0; f < model->count; f++)
        free(model->fields[f].name);
    *model = (struct link_model){0};
}

const char *link_class_name(enum link_class class)
{
    static const char *const names[LINK_CLASSES] = {"same",       "moved",    "family",    "mailbox",
                                                    "colleagues", "branches", "neighbours"};

    return names[class];
}

static bool is_place(enum link_kind kind)
{
    return kind == LINK_STREET || kind == LINK_POSTAL_CODE || kind == LINK_PLACE || kind == LINK_COUNTRY;
}

enum link_source link_class_source(enum link_class class, enum link_kind kind)
{
    bool own = false;

    switch (class) {
    case LINK_SAME:
        return LINK_OF_CLASS;
    case LINK_MOVED:
        own = is_place(kind) || kind == LINK_PHONE || kind == LINK_COMPANY || kind == LINK_DOMAIN;
        return own ? LINK_OF_CLASS : LINK_OF_SAME;
    case LINK_MAILBOX:
        if (kind == LINK_EMAIL || kind == LINK_FULL_NAME)
            return LINK_OF_SENSE;
        if (is_place(kind) || kind == LINK_LAST_NAME)
            return LINK_OF_SAME;
        own = kind == LINK_PHONE || kind == LINK_CATEGORY;
        break;
    case LINK_FAMILY:
        if (kind == LINK_FULL_NAME)
            return LINK_OF_SENSE;
        own = is_place(kind) || kind == LINK_LAST_NAME || kind == LINK_PHONE || kind == LINK_COMPANY ||
              kind == LINK_CATEGORY;
        break;
    case LINK_COLLEAGUES:
        own = is_place(kind) || kind == LINK_COMPANY || kind == LINK_DOMAIN || kind == LINK_PHONE ||
              kind == LINK_EMAIL || kind == LINK_CATEGORY;
        break;
    case LINK_BRANCHES:
        own = kind == LINK_COUNTRY || kind == LINK_COMPANY || kind == LINK_DOMAIN || kind == LINK_PHONE ||
              kind == LINK_EMAIL || kind == LINK_CATEGORY;
        break;
    case LINK_NEIGHBOURS:
        own = is_place(kind) || kind == LINK_CATEGORY;
        break;
    }
    return own ? LINK_OF_CLASS : LINK_OF_CHANCE;
}

double link_match_rate(const struct link_model *model)
{
    return model->rates[LINK_SAME] + model->rates[LINK_MOVED];
}

double link_chance_rate(const struct link_model *model)
{
    double rate = 1;

    for (int c = 0; c < LINK_CLASSES; c++)
        rate -= model->rates[c];
    return fmax(rate, LINK_LEAST_CHANCE); /* rates of a handful of records are bounds, not shares */
}

double link_weight(const struct link_model *model, enum link_class class, size_t f, unsigned level)
{
    const struct link_model_field *field = &model->fields[f];

    return log2(fmax(field->levels[class][level], LINK_LEAST_CHANCE) / fmax(field->u[level], LINK_LEAST_CHANCE));
}
