/* Charts: inks by WCAG's formulas (reference values from its text), scales worked out by hand, SVG that is well formed
 * as libxml2 sees it, and a map of areas whose rectangles cover what they should. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <libxml/parser.h>

#include "report/canvas_svg.h"
#include "report/chart.h"
#include "report/chart_text.h"
#include "report/text_width.h"

/* U+202E; as bytes, lest it turn this file */
static const char override[] = {'\xe2', '\x80', '\xae'};
static const char hostile[] = {'<', 'b', '>', '\xff', '\x01', '\xe2', '\x80', '\xae'};

static void contrast_is_that_of_wcag(void **state)
{
    (void)state;
    assert_true(fabs(color_contrast(0x000000, 0xffffff) - 21) < 1e-9);
    assert_true(fabs(color_contrast(0xffffff, 0x777777) - 4.48) < 0.005); /* the well-known grey that just fails */
    assert_true(fabs(color_luminance(0xff0000) - 0.2126) < 1e-9);
}

static void inks_can_be_seen(void **state)
{
    (void)state;
    for (int dark = 0; dark < 2; dark++) {
        unsigned paper = ink_color(INK_PAPER, dark);
        assert_true(color_contrast(ink_color(INK_TEXT, dark), paper) >= 7);
        assert_true(color_contrast(ink_color(INK_MUTED, dark), paper) >= 4.5);
        for (size_t i = 0; i < SERIES_INKS; i++)
            assert_true(color_contrast(ink_color(ink_series(i), dark), paper) >= 3);
        for (enum ink i = 0; i < HEAT_INKS; i++) {
            unsigned behind = ink_color(INK_HEAT + i, dark);
            assert_true(color_contrast(ink_color(INK_ON_HEAT + i, dark), behind) >= 4.5);
            if (i && dark)
                assert_true(color_luminance(behind) > color_luminance(ink_color(INK_HEAT + i - 1, dark)));
            if (i && !dark)
                assert_true(color_luminance(behind) < color_luminance(ink_color(INK_HEAT + i - 1, dark)));
        }
    }
    assert_int_equal(ink_heat(-1), INK_HEAT);
    assert_int_equal(ink_heat(0.999), INK_HEAT + HEAT_INKS - 1);
    assert_int_equal(ink_heat(7), INK_HEAT + HEAT_INKS - 1);
}

static void check_scale(double least, double greatest, double from, double to, double step)
{
    struct chart_scale scale = chart_scale(least, greatest, 5, true);

    if (fabs(scale.from - from) > 1e-9 || fabs(scale.to - to) > 1e-9 || fabs(scale.step - step) > 1e-9)
        fail_msg("%g to %g: %g to %g by %g", least, greatest, scale.from, scale.to, scale.step);
}

static void scales_have_round_steps(void **state)
{
    (void)state;
    check_scale(3, 60, 0, 60, 20);
    check_scale(0, 0.73, 0, 0.8, 0.2);
    check_scale(0, 146644.97, 0, 150000, 50000);
    check_scale(-20, 310, -100, 400, 100);
    check_scale(-7, -2, -8, 0, 2);
    check_scale(0, 0, 0, 1, 0.2);
    check_scale(NAN, NAN, 0, 1, 0.2);
    check_scale(0, 1e300, 0, 1e300, 2e299);
    check_scale(0, 1e-300, 0, 1e-300, 2e-301);
}

static void a_scale_places(void **state)
{
    struct chart_scale scale = {.from = 10, .to = 20, .near = 100, .far = 0};
    (void)state;

    assert_true(chart_place(&scale, 10) == 100);
    assert_true(chart_place(&scale, 20) == 0);
    assert_true(chart_place(&scale, 15) == 50);
}

static void text_is_as_wide_as_its_letters(void **state)
{
    (void)state;
    assert_true(text_width_estimate(SLICE(""), 10, false) == 0);
    assert_true(fabs(text_width_estimate(SLICE("00"), 10, false) - 2 * 0.556 * 1.14 * 10) < 1e-9);
    assert_true(text_width_estimate(SLICE("流失"), 10, false) == 20);
    assert_true(text_width_estimate(SLICE("e\xcc\x81"), 10, false) == text_width_estimate(SLICE("e"), 10, false));
    assert_true(text_width_estimate(SLICE("W"), 10, true) > text_width_estimate(SLICE("W"), 10, false));
    assert_true(text_width_estimate((struct slice){override, 3}, 10, false) > 30); /* shown as \u{202E} */
}

/* A figure of all kinds: names with markup, a number that is missing, a negative one. */
static void fill(struct figure *figure, struct words *words, enum figure_kind kind, size_t categories, size_t series)
{
    assert_true(figure_make(figure, words, kind, categories, series));
    figure->title = SLICE("<script>alert(\"1\")</script> & 'co'");
    figure->category_title = SLICE("step");
    figure->value_title = SLICE("share");
    for (size_t i = 0; i < categories; i++)
        figure->categories[i] = i % 3 ? (struct slice){hostile, sizeof hostile} : SLICE("العملاء \"A&B\"");
    for (size_t i = 0; i < series; i++) {
        figure->series[i].name = SLICE("</svg>");
        for (size_t j = 0; j < categories; j++)
            figure->series[i].values[j] = (j + i) % 4 == 3 ? NAN : ((double)j - 1) * 12.5 + (double)i;
    }
}

static void draw(const struct figure *figure, struct words *words, double width, struct markup *out)
{
    double height = chart_height(figure, width, true);
    struct canvas_svg svg;

    canvas_svg_begin(&svg, out,
                     &(struct svg_head){.width = width,
                                        .height = height,
                                        .title = figure->title,
                                        .description = figure_describe(figure, words),
                                        .id = "x",
                                        .alone = true});
    chart_draw(figure, &svg.canvas, words, width, height, true);
    canvas_svg_end(&svg);
}

static void svg_is_well_formed(void **state)
{
    static const size_t sizes[][2] = {{1, 1}, {2, 2}, {7, 3}, {70, 2}, {300, 1}, {3, 30}};
    (void)state;

    for (enum figure_kind kind = 0; kind < FIGURE_KINDS; kind++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int width = CHART_WIDTH_MIN; width < 1000; width += 300) {
                struct words words;
                struct markup out;
                struct figure figure;
                words_init(&words, NULL);
                markup_init(&out);
                fill(&figure, &words, kind, sizes[i][0], sizes[i][1]);
                draw(&figure, &words, width, &out);
                assert_false(out.failed || words.failed);
                xmlDoc *document = xmlReadMemory(out.text.data, (int)out.text.len, "a.svg", NULL,
                                                 XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
                if (!document)
                    fail_msg("%s, %zu categories: not XML", figure_kind_names[kind], sizes[i][0]);
                xmlFreeDoc(document);
                assert_null(memmem(out.text.data, out.text.len, "<script", 7));
                assert_null(memmem(out.text.data, out.text.len, "nan", 3));
                assert_null(memmem(out.text.data, out.text.len, "\"inf", 4));
                assert_null(memmem(out.text.data, out.text.len, override, 3));
                markup_fini(&out);
                words_fini(&words);
            }
    xmlCleanupParser();
}

/* Sums width x height of the rectangles with an ink of heat; their areas are as 6 to 3 to 1. */
static void a_map_covers_its_area(void **state)
{
    struct words words;
    struct markup out;
    struct figure figure;
    double areas[3] = {0};
    size_t count = 0;
    (void)state;

    words_init(&words, NULL);
    markup_init(&out);
    assert_true(figure_make(&figure, &words, FIGURE_MAP, 3, 1));
    for (size_t i = 0; i < 3; i++)
        figure.series[0].values[i] = i == 0 ? 6 : i == 1 ? 3 : 1;
    draw(&figure, &words, 632, &out); /* 600 of them drawn on */
    assert_int_equal(buffer_append_char(&out.text, '\0'), 0);
    for (const char *at = out.text.data; (at = strstr(at, "<rect class=\"f h")) && count < 3; count++) {
        double x, y, width, height;
        at += strlen("<rect class=\"f h0\"");
        assert_int_equal(
            sscanf(at, " fill=\"#%*x\" x=\"%lf\" y=\"%lf\" width=\"%lf\" height=\"%lf\"", &x, &y, &width, &height), 4);
        areas[count] = (width + 2) * (height + 2); /* there is a gap of one around each */
    }
    assert_int_equal(count, 3);
    assert_true(fabs(areas[0] - 600 * 300 * 0.6) < 600 * 300 * 0.001);
    assert_true(fabs(areas[1] - 600 * 300 * 0.3) < 600 * 300 * 0.001);
    assert_true(fabs(areas[2] - 600 * 300 * 0.1) < 600 * 300 * 0.001);
    markup_fini(&out);
    words_fini(&words);
}

static void check_bar(double value, const char *expected)
{
    struct words words;
    struct markup out;
    struct figure figure;

    words_init(&words, NULL);
    markup_init(&out);
    assert_true(figure_make(&figure, &words, FIGURE_BARS, 2, 1));
    figure.categories[0] = SLICE("a");
    figure.categories[1] = SLICE("b");
    figure.series[0].values[0] = value;
    figure.series[0].values[1] = 80;
    chart_text(&out, &figure, &words, 15, false); /* 10 cells */
    assert_int_equal(buffer_append_char(&out.text, '\0'), 0);
    *strchr(out.text.data, '\n') = '\0';
    assert_string_equal(out.text.data, expected);
    markup_fini(&out);
    words_fini(&words);
}

static void text_bars_are_of_eighths(void **state)
{
    (void)state;
    check_bar(80, "a ██████████ 80");
    check_bar(40, "a █████      40");
    check_bar(41, "a █████▏     41");
    check_bar(47, "a █████▉     47");
    check_bar(0, "a             0");
    check_bar(0.1, "a ▏           0"); /* never nothing for something */
    check_bar(NAN, "a");
}

static void text_of_all_kinds(void **state)
{
    static const size_t sizes[][2] = {{1, 1}, {2, 2}, {7, 3}, {70, 2}, {300, 1}, {3, 30}};
    (void)state;

    for (enum figure_kind kind = 0; kind < FIGURE_KINDS; kind++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (size_t width = CHART_COLUMNS_MIN; width < 200; width += 60) {
                struct words words;
                struct markup out;
                struct figure figure;
                words_init(&words, NULL);
                markup_init(&out);
                fill(&figure, &words, kind, sizes[i][0], sizes[i][1]);
                chart_text(&out, &figure, &words, width, width % 40 == 0);
                assert_false(out.failed || words.failed);
                assert_true(out.text.len > 0 && out.text.data[out.text.len - 1] == '\n');
                assert_null(memchr(out.text.data, '\x01', out.text.len));
                markup_fini(&out);
                words_fini(&words);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_that_of_wcag),
        cmocka_unit_test(inks_can_be_seen),
        cmocka_unit_test(scales_have_round_steps),
        cmocka_unit_test(a_scale_places),
        cmocka_unit_test(text_is_as_wide_as_its_letters),
        cmocka_unit_test(svg_is_well_formed),
        cmocka_unit_test(a_map_covers_its_area),
        cmocka_unit_test(text_bars_are_of_eighths),
        cmocka_unit_test(text_of_all_kinds),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
