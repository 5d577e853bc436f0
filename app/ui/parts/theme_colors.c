#include "app/ui/parts/theme_colors.h"

#include <stddef.h>
#include <string.h>

static const vt_theme light = {
    .name = "light",
    .dark = false,
    .window = 0xf5f6f8,
    .base = 0xffffff,
    .alternate = 0xf8f9fb,
    .text = 0x1c1f24,
    .muted = 0x5f6875,
    .line = 0xd9dce2,
    .button = 0xffffff,
    .well = 0xeef0f4,
    .hover = 0xf0f3f9,
    .selection = 0xd6e4ff,
    .selection_text = 0x10233f,
    .accent = 0x2463d6,
    .danger = 0xb3261e,
    .star = 0x945a00,
    .canvas = 0xe9ebef,
    .paper = 0xffffff,
    .shade = 0xeef0f4,
};

static const vt_theme dark = {
    .name = "dark",
    .dark = true,
    .window = 0x24272c,
    .base = 0x1b1d21,
    .alternate = 0x202327,
    .text = 0xe8eaed,
    .muted = 0xa2a9b4,
    .line = 0x383c44,
    .button = 0x2e3238,
    .well = 0x25282d,
    .hover = 0x2a2e35,
    .selection = 0x2c4673,
    .selection_text = 0xf2f6ff,
    .accent = 0x6ea0ff,
    .danger = 0xff9c93,
    .star = 0xffc857,
    .canvas = 0x141518,
    .paper = 0xd9dce1,
    .shade = 0xc7cbd2,
};

/* Black and white, and few colours that are not: lines and marks are seen as well as text. */
static const vt_theme high_contrast = {
    .name = "high-contrast",
    .dark = true,
    .outlines = true,
    .window = 0x000000,
    .base = 0x000000,
    .alternate = 0x101010,
    .text = 0xffffff,
    .muted = 0xe4e4e4,
    .line = 0xffffff,
    .button = 0x000000,
    .well = 0x1c1c1c,
    .hover = 0x2b2b2b,
    .selection = 0x0a4ed0,
    .selection_text = 0xffffff,
    .accent = 0x00d5ff,
    .danger = 0xffd0c8,
    .star = 0xffd75e,
    .canvas = 0x000000,
    .paper = 0xf0f0f0,
    .shade = 0xd4d4d4,
};

bool vt_theme_choice_from_name(const char *name, vt_theme_choice *choice)
{
    static const char *const names[] = {"system", "light", "dark", "high-contrast"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            *choice = (vt_theme_choice)i;
            return true;
        }
    }
    return false;
}

const vt_theme *vt_theme_named(vt_theme_choice choice)
{
    return choice == VT_THEME_HIGH_CONTRAST ? &high_contrast : choice == VT_THEME_DARK ? &dark : &light;
}
