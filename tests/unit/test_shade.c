/* Shade: the ramp can be read, the table is the one the writer makes once the colours are out, and colours are only
 * where they are wanted. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "folder.h"
#include "stream/shade.h"
#include "stream/writer.h"

enum { COLUMNS = 4 };

static const struct slice names[COLUMNS] = {SLICE_INIT("cohort"), SLICE_INIT("größe"), SLICE_INIT("0"),
                                            SLICE_INIT("1")};
static const struct field rows[][COLUMNS] = {
    {{SLICE_INIT("2026-01"), FIELD_TEXT},
     {SLICE_INIT("12345678"), FIELD_NUMBER},
     {SLICE_INIT("1.0000"), FIELD_NUMBER},
     {SLICE_INIT("0.2500"), FIELD_NUMBER}},
    {{SLICE_INIT("Älteste 大\n"), FIELD_TEXT},
     {SLICE_INIT("7"), FIELD_NUMBER},
     {SLICE_INIT("0"), FIELD_NUMBER},
     {SLICE_INIT(""), FIELD_NULL}},
    {{SLICE_INIT(""), FIELD_TEXT},
     {SLICE_INIT("10"), FIELD_NUMBER},
     {SLICE_INIT(""), FIELD_NULL},
     {SLICE_INIT("0.5000"), FIELD_NUMBER}},
};
static const double shares[][COLUMNS] = {{NAN, NAN, 1, .25}, {NAN, NAN, 0, NAN}, {NAN, NAN, NAN, .5}};

/* What a sink gets; free(ptr) it. */
static struct slice written(bool shaded)
{
    struct folder folder;
    struct error err = {0};
    struct writer *writer = NULL;
    struct sink *sink;
    int failed = 0;

    folder_make(&folder);
    char *path = strdup(folder_file(&folder, "out"));
    assert_int_equal(sink_open(&sink, path, &err), 0);
    assert_int_equal(writer_new(&writer, sink, FORMAT_TABLE, 0, names, COLUMNS, &err), 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        failed |= shaded ? writer_put_shaded(writer, rows[i], shares[i], &err) : writer_put(writer, rows[i], &err);
    failed |= writer_finish(writer, &err);
    assert_int_equal(failed, 0);
    assert_int_equal(sink_finish(sink, &err), 0);
    writer_free(writer);
    sink_free(sink);
    struct slice text = file_take(path);
    free(path);
    folder_remove(&folder);
    return text;
}

/* Without escape sequences. */
static struct slice plain(struct slice text)
{
    char *out = malloc(text.len + 1);
    size_t length = 0;

    assert_non_null(out);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\033')
            while (text.ptr[i] != 'm')
                i++;
        else
            out[length++] = text.ptr[i];
    }
    return (struct slice){out, length};
}

static void is_the_table_of_the_writer(void **state)
{
    (void)state;
    struct slice colored = written(true);
    struct slice shown = plain(colored);
    struct slice table = written(false);

    assert_true(slice_equal(shown, table));
    assert_true(colored.len > shown.len);
    free((char *)(uintptr_t)colored.ptr);
    free((char *)(uintptr_t)shown.ptr);
    free((char *)(uintptr_t)table.ptr);
}

/* By hand: the blanks before a number are colored with it, those between columns are not. */
static void colors_whole_cells(void **state)
{
    (void)state;
    struct slice text = written(true);
    const char *lines = "cohort           größe       0       1\n"
                        "2026-01       12345678  \033[48;5;18;38;5;231m1.0000\033[0m  "
                        "\033[48;5;153;38;5;16m0.2500\033[0m\n"
                        "Älteste 大\\n         7  \033[48;5;231;38;5;16m     0\033[0m\n"
                        "                    10          \033[48;5;75;38;5;16m0.5000\033[0m\n";

    assert_int_equal(text.len, strlen(lines));
    assert_memory_equal(text.ptr, lines, text.len);
    free((char *)(uintptr_t)text.ptr);
}

/* The palette: 16 .. 231 are a cube of 6 x 6 x 6, with these levels of red, green and blue. */
static double luminance(unsigned char color)
{
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    static const double weights[] = {.2126, .7152, .0722};
    const int parts[] = {(color - 16) / 36, (color - 16) / 6 % 6, (color - 16) % 6};
    double sum = 0;

    assert_in_range(color, 16, 231);
    for (int i = 0; i < 3; i++) {
        double value = levels[parts[i]] / 255.;
        sum += weights[i] * (value <= .03928 ? value / 12.92 : pow((value + .055) / 1.055, 2.4));
    }
    return sum;
}

/* WCAG 2.1: the contrast ratio of text is to be 4.5 at least. */
static void can_be_read(void **state)
{
    (void)state;
    double before = 2;

    for (int i = 0; i < SHADE_STEPS; i++) {
        struct shade_colors colors = shade_colors((i + .5) / SHADE_STEPS);
        double back = luminance(colors.background);
        double front = luminance(colors.foreground);
        double contrast = (fmax(back, front) + .05) / (fmin(back, front) + .05);
        if (contrast < 4.5)
            fail_msg("step %d: contrast %.2f", i, contrast);
        assert_true(back < before); /* each step is darker */
        before = back;
    }
}

static void shares_beyond_the_ends(void **state)
{
    (void)state;
    assert_int_equal(shade_colors(-.5).background, shade_colors(0).background);
    assert_int_equal(shade_colors(7).background, shade_colors(1).background);
    assert_int_not_equal(shade_colors(0).background, shade_colors(1).background);
}

static void is_wanted(void **state)
{
    (void)state;
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    assert_false(shade_wanted(SHADE_AUTO, ends[1]));
    assert_true(shade_wanted(SHADE_ALWAYS, ends[1]));
    assert_false(shade_wanted(SHADE_NEVER, ends[1]));
    close(ends[0]);
    close(ends[1]);

    int terminal = posix_openpt(2); /* O_RDWR */
    if (terminal < 0)
        return; /* none here */
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
    assert_true(shade_wanted(SHADE_AUTO, terminal));
    setenv("NO_COLOR", "", 1);
    assert_true(shade_wanted(SHADE_AUTO, terminal));
    setenv("NO_COLOR", "1", 1);
    assert_false(shade_wanted(SHADE_AUTO, terminal));
    assert_true(shade_wanted(SHADE_ALWAYS, terminal));
    unsetenv("NO_COLOR");
    setenv("TERM", "dumb", 1);
    assert_false(shade_wanted(SHADE_AUTO, terminal));
    close(terminal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_the_table_of_the_writer),
        cmocka_unit_test(colors_whole_cells),
        cmocka_unit_test(can_be_read),
        cmocka_unit_test(shares_beyond_the_ends),
        cmocka_unit_test(is_wanted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
