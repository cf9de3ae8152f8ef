/* Shade: the ramp goes from white over blue to dark blue: one hue, darker with every step, which those who do not tell
 * colours apart see as well. */
#include "stream/shade.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/options.h"
#include "base/terminal.h"

int option_shade(void *target, const char *argument, struct error *err)
{
    static const char *const words[] = {"auto", "always", "never", NULL};
    int choice = option_choice(argument, words, err);

    *(enum shade_when *)target = (enum shade_when)choice;
    return choice < 0 ? -1 : 0;
}

bool shade_wanted(enum shade_when when, int descriptor)
{
    const char *refused = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    if (when != SHADE_AUTO)
        return when == SHADE_ALWAYS;
    return !(refused && *refused) && !(terminal && strcmp(terminal, "dumb") == 0) && terminal_shown(descriptor);
}

struct shade_colors shade_colors(double share)
{
    static const unsigned char ramp[SHADE_STEPS] = {231, 195, 159, 153, 117, 111, 75, 69, 33, 27, 21, 18};
    enum { BLACK = 16, WHITE = 231, FIRST_DARK = 9 };
    double step = floor(share * SHADE_STEPS);
    int index = step >= SHADE_STEPS ? SHADE_STEPS - 1 : step > 0 ? (int)step : 0;

    return (struct shade_colors){ramp[index], index < FIRST_DARK ? BLACK : WHITE};
}
