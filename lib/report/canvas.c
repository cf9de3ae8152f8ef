/* Inks and the calls that all backends share.
 *
 * The first four series are colours of Okabe and Ito ("Color Universal Design", 2008), the pale ones darkened; the
 * others were chosen to be as far as possible from all before them, as those see them who lack one kind of cone
 * (Machado, Oliveira and Fernandes 2009; the least distance in CIELAB is 10). Each has a contrast of 3 with the paper,
 * light or dark (WCAG 2.1, 1.4.11). Heat is the blue of ColorBrewer (Brewer and Harrower 2002): one hue, so that more
 * is darker, or on a dark page lighter; what stands on it is black or white, whichever has more contrast. */
#include "report/canvas.h"

#include <math.h>

#include "base/utf8.h"

unsigned ink_color(enum ink ink, bool dark)
{
    static const unsigned series[2][SERIES_INKS] = {
        {0x0072b2, 0xd55e00, 0x00896a, 0xb25a8f, 0x1b1f24, 0x8800ff, 0x6b4423, 0x112288},
        {0x56b4e9, 0xf28c45, 0x2fc79f, 0xe39ac6, 0x8f5cff, 0xf0e442, 0xd6336c, 0xa05a94},
    };
    static const unsigned heat[HEAT_INKS] = {0xf0f6fc, 0xdeebf7, 0xc6dbef, 0x9ecae1, 0x6baed6,
                                             0x4292c6, 0x2171b5, 0x08519c, 0x08306b};
    static const unsigned others[2][INK_SERIES] = {
        {0x1b1f24, 0x57606a, 0xd8dee4, 0xffffff, 0xc9d4e0},
        {0xe6edf3, 0x9aa5b1, 0x343b44, 0x12161b, 0x39465a},
    };

    if (ink < INK_SERIES)
        return others[dark][ink];
    if (ink < INK_HEAT)
        return series[dark][ink - INK_SERIES];
    if (ink < INK_ON_HEAT)
        return dark ? heat[HEAT_INKS - 1 - (ink - INK_HEAT)] : heat[ink - INK_HEAT];
    unsigned behind = ink_color(ink - INK_ON_HEAT + INK_HEAT, dark);
    return color_contrast(behind, 0x000000) > color_contrast(behind, 0xffffff) ? 0x000000 : 0xffffff;
}

enum ink ink_series(size_t series)
{
    return (enum ink)(INK_SERIES + series % SERIES_INKS);
}

enum ink ink_heat(double share)
{
    double step = floor(share * HEAT_INKS);
    int index = step >= HEAT_INKS ? HEAT_INKS - 1 : step > 0 ? (int)step : 0;

    return (enum ink)(INK_HEAT + index);
}

double color_luminance(unsigned color)
{
    static const double weights[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;

    for (int i = 0; i < 3; i++) {
        double part = (color >> (16 - 8 * i) & 0xff) / 255.0;
        sum += weights[i] * (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double color_contrast(unsigned one, unsigned other)
{
    double a = color_luminance(one), b = color_luminance(other);

    return a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05);
}

void canvas_rectangle(struct canvas *canvas, double x, double y, double width, double height, enum ink ink)
{
    if (width > 0 && height > 0)
        canvas->backend->rectangle(canvas, x, y, width, height, ink);
}

void canvas_line(struct canvas *canvas, double x1, double y1, double x2, double y2, double thickness, enum ink ink)
{
    const struct point points[] = {{x1, y1}, {x2, y2}};

    canvas->backend->line(canvas, points, 2, thickness, 0, ink);
}

void canvas_text(struct canvas *canvas, double x, double y, const struct text_style *style, struct slice text)
{
    if (text.len)
        canvas->backend->text(canvas, x, y, style, text);
}

double canvas_text_width(struct canvas *canvas, double size, struct slice text)
{
    return text.len ? canvas->backend->text_width(canvas, size, false, text) : 0;
}

void canvas_text_within(struct canvas *canvas, double x, double y, double width, const struct text_style *style,
                        struct slice text)
{
    char room[256];
    size_t len = 0, best = 0;

    if (canvas->backend->text_width(canvas, style->size, style->bold, text) <= width) {
        canvas_text(canvas, x, y, style, text);
        return;
    }
    while (len < text.len) {
        size_t step = utf8_char_length(text.ptr + len, text.len - len);
        len += step ? step : 1;
        if (len + 3 > sizeof room)
            break;
        memcpy(room, text.ptr, len);
        memcpy(room + len, "\xe2\x80\xa6", 3);
        if (canvas->backend->text_width(canvas, style->size, style->bold, (struct slice){room, len + 3}) > width)
            break;
        best = len;
    }
    if (best == 0)
        return;
    memcpy(room, text.ptr, best);
    memcpy(room + best, "\xe2\x80\xa6", 3);
    canvas_text(canvas, x, y, style, (struct slice){room, best + 3});
}
