/* Model files for tests: one of bins and one of trees, as they are written. */
#ifndef CRM_TESTS_MODEL_FILE_H
#define CRM_TESTS_MODEL_FILE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "analysis/model.h"
#include "random.h"

#define HEAD                                               \
    "{\n"                                                  \
    "  \"crm_model\": 1,\n"                                \
    "  \"method\": \"logistic\",\n"                        \
    "  \"target\": \"Converted\",\n"                       \
    "  \"positive\": \"1\",\n"                             \
    "  \"as_of\": \"2026-03-31\",\n"                       \
    "  \"rows\": 100,\n"                                   \
    "  \"yes\": 25,\n"                                     \
    "  \"measures\": {\"auc\": 0.8, \"log_loss\": 0.4},\n" \
    "  \"grades\": [\n"                                    \
    "    {\"grade\": \"A\", \"from\": 0.5},\n"             \
    "    {\"grade\": \"B\", \"from\": 0}\n"                \
    "  ],\n"
#define CALIBRATION "  \"calibration\": {\"kind\": \"platt\", \"a\": 0.9, \"b\": -0.1},\n"
#define FEATURES                                                                                              \
    "  \"intercept\": -1.5,\n"                                                                                \
    "  \"features\": [\n"                                                                                     \
    "    {\n"                                                                                                 \
    "      \"name\": \"source\",\n"                                                                           \
    "      \"kind\": \"category\",\n"                                                                         \
    "      \"information\": 0.25,\n"                                                                          \
    "      \"bins\": [\n"                                                                                     \
    "        {\"values\": [\"Web\", \"Mail\"], \"yes\": 15, \"no\": 15, \"evidence\": 1.1, \"weight\": 1},\n" \
    "        {\"other\": true, \"yes\": 10, \"no\": 60, \"evidence\": -0.7, \"weight\": 0},\n"                \
    "        {\"missing\": true, \"yes\": 0, \"no\": 0, \"evidence\": 0, \"weight\": 0}\n"                    \
    "      ]\n"                                                                                               \
    "    },\n"                                                                                                \
    "    {\n"                                                                                                 \
    "      \"name\": \"age\",\n"                                                                              \
    "      \"kind\": \"date\",\n"                                                                             \
    "      \"information\": 0.05,\n"                                                                          \
    "      \"bins\": [\n"                                                                                     \
    "        {\"below\": 20, \"yes\": 15, \"no\": 35, \"evidence\": 0.25, \"weight\": 0.5},\n"                \
    "        {\"from\": 20, \"below\": 45.5, \"yes\": 5, \"no\": 20, \"evidence\": -0.3, \"weight\": 0},\n"   \
    "        {\"from\": 45.5, \"yes\": 5, \"no\": 20, \"evidence\": -0.3, \"weight\": -1e-17},\n"             \
    "        {\"missing\": true, \"yes\": 0, \"no\": 0, \"evidence\": 0, \"weight\": 0}\n"                    \
    "      ]\n"                                                                                               \
    "    }\n"                                                                                                 \
    "  ]"
#define END "\n}\n"
#define SMALL HEAD CALIBRATION FEATURES END

#define TREES                                                                                                        \
    "{\"crm_model\": 1, \"method\": \"trees\", \"target\": \"t\", \"positive\": \"y\", \"rows\": 9, \"yes\": 4, "    \
    "\"grades\": [], \"calibration\": {\"kind\": \"none\"}, \"intercept\": 0.5, \"features\": [{\"name\": \"n\", "   \
    "\"kind\": \"number\", \"information\": 0, \"bins\": [{\"yes\": 4, \"no\": 5, \"evidence\": 0}, {\"missing\": "  \
    "true, \"yes\": 0, \"no\": 0, \"evidence\": 0}]}], \"trees\": [[{\"feature\": \"n\", \"below\": 1.5, \"left\": " \
    "1, \"right\": 2, \"missing\": \"right\", \"mean\": 0.1}, {\"leaf\": -0.25, \"mean\": -0.25}, {\"leaf\": 0.75, " \
    "\"mean\": 0.75}], [{\"leaf\": 0.125, \"mean\": 0}]]}"

static inline void assert_same_text(struct slice a, struct slice b)
{
    assert_true(slice_equal(a, b));
}

static inline void read_small(struct model *model, const char *text)
{
    struct error err;

    if (model_read(model, slice_from_cstr(text), "m.json", &err))
        fail_msg("%s", err.text);
}

#endif
