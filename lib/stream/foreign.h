/* Foreign files: workbooks, tables in HTML, address cards - recognised by their content, and read as the CSV they are
 * converted to (conversion.h) in a temporary file.
 *
 * What text is written in is found out on the way (encoding.h), because both need a look at the first bytes. */
#ifndef CRM_STREAM_FOREIGN_H
#define CRM_STREAM_FOREIGN_H

#include "stream/source.h"
#include "stream/xlsx.h"
#include "value/encoding.h"

enum foreign_kind { FOREIGN_NONE, FOREIGN_XLSX, FOREIGN_HTML, FOREIGN_VCARD };

struct foreign {
    enum foreign_kind kind;
    const char *told;             /* the encoding that was said; NULL: none */
    struct encoding_guess *guess; /* what was found; borrowed; name empty: nothing was looked for */
    struct xlsx_notes sheets;     /* of a workbook */
    struct source *source;        /* borrowed */
};

/* Makes the source give its contents in UTF-8, whatever it holds. told: the encoding, or NULL; sheet: see xlsx.h. The
 * result of the search is left in *guess, which lives as long as the source. Nothing may have been taken. */
int foreign_open(struct foreign *foreign, struct source *source, const char *told, const char *sheet,
                 struct encoding_guess *guess, struct error *err);
void foreign_fini(struct foreign *foreign);

/* "a workbook", ... "" for none. */
const char *foreign_name(enum foreign_kind kind);

#endif
