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
    .canvas = 0xe9ebef,
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
    .canvas = 0x141518,
};

bool vt_theme_choice_from_name(const char *name, vt_theme_choice *choice)
{
    static const char *const names[] = {"system", "light", "dark"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            *choice = (vt_theme_choice)i;
            return true;
        }
    }
    return false;
}

const vt_theme *vt_theme_named(vt_theme_choice light_or_dark)
{
    return light_or_dark == VT_THEME_DARK ? &dark : &light;
}
