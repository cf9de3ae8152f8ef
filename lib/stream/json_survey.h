/* JSON survey: the columns that the first records have. */
#ifndef CRM_STREAM_JSON_SURVEY_H
#define CRM_STREAM_JSON_SURVEY_H

#include "stream/json_record.h"

/* Takes note of the members of a valid object. 0 or -1: memory, or (STATUS_DATA) more than JSON_COLUMNS with flatten.
 */
int json_survey_add(struct json_record *record, const struct reader *reader, struct slice object, struct error *err);

/* Makes the columns of what was seen, in order of first appearance, each node before its children. 0 or -1, as above.
 */
int json_survey_end(struct json_record *record, struct reader *reader, struct error *err);

/* The columns of rows: the values of a valid array. An empty one becomes "column_3", a repeated one "name_2". 0 or -1,
 * as above. */
int json_survey_header(struct json_record *record, struct reader *reader, struct slice array, struct error *err);

#endif
