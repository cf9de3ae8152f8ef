/* Text widths: the advances are those of the file Helvetica.afm of the Adobe Core 14 fonts, in thousandths of an em. */
#include "report/text_width.h"

#include <utf8proc.h>

#include "base/utf8.h"

static const short advances[] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556, /* blank to 2 */
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, /* 3 to E */
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667, /* F to X */
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500, /* Y to k */
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584, /* l to ~ */
};

_Static_assert(sizeof advances / sizeof *advances == 0x7f - 0x20, "an advance for each character");

static double advance(uint32_t code)
{
    if (code >= 0x20 && code < 0x7f)
        return advances[code - 0x20] * 1.14 / 1000;
    if (code == 0xa0 || code == 0x202f || code == 0x2009)
        return 0.28;
    if (code >= 0x2190 && code < 0x2800) /* arrows, signs */
        return 1.0;
    if (utf8_invisible(code)) /* shown as \\u{202E} */
        return 5;
    int columns = utf8proc_charwidth((utf8proc_int32_t)code);
    return columns == 0 ? 0 : columns == 2 ? 1.0 : 0.62;
}

double text_width_estimate(struct slice text, double size, bool bold)
{
    double width = 0;

    for (size_t i = 0; i < text.len;) {
        size_t len = utf8_char_length(text.ptr + i, text.len - i);
        width += len ? advance(utf8_decode(text.ptr + i, len)) : 2.4; /* a byte that is none is shown as \xNN */
        i += len ? len : 1;
    }
    return width * size * (bold ? 1.07 : 1);
}
