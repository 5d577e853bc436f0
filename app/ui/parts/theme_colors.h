/*
 * Colours of the window, light and dark, in one const table each. No Qt; any thread.
 */
#ifndef VT_UI_PARTS_THEME_COLORS_H
#define VT_UI_PARTS_THEME_COLORS_H

#include <stdbool.h>
#include <stdint.h>

/* 0xRRGGBB. Text on its ground has a contrast of at least 4.5 : 1 (WCAG 2.1, level AA), in HIGH_CONTRAST of
   7 : 1 (level AAA) where nothing is selected; a test computes it. */
typedef struct vt_theme {
    const char *name; /* for --theme and the settings */
    bool dark;
    bool outlines;           /* what can be used has a frame in `line`, or `accent` if it has the keyboard */
    uint32_t window;         /* ground of bars and panels */
    uint32_t base;           /* ground of grids, tables, text fields */
    uint32_t alternate;      /* every other row of a table */
    uint32_t text;           /* on window and base */
    uint32_t muted;          /* secondary text on window and base */
    uint32_t line;           /* borders and separators */
    uint32_t button;         /* ground of buttons */
    uint32_t well;           /* behind a picture that is not there yet */
    uint32_t hover;          /* ground under the mouse */
    uint32_t selection;      /* ground of what is selected */
    uint32_t selection_text; /* on it */
    uint32_t accent;         /* focus ring, progress, links */
    uint32_t danger;         /* failures */
    uint32_t star;           /* ratings, on base */
    uint32_t canvas;         /* around a picture in the viewer */
    uint32_t paper, shade;   /* behind what is transparent in a picture: squares of both in the viewer */
} vt_theme;

/* Kept as numbers in the session: new ones go to the end. */
typedef enum vt_theme_choice {
    VT_THEME_SYSTEM,
    VT_THEME_LIGHT,
    VT_THEME_DARK,
    VT_THEME_HIGH_CONTRAST,
    VT_THEME_CHOICE_COUNT
} vt_theme_choice;

/* The choice of a name ("system", "light", "dark", "high-contrast"); false for another name. */
bool vt_theme_choice_from_name(const char *name, vt_theme_choice *choice);

/* The colours of LIGHT, DARK or HIGH_CONTRAST. */
const vt_theme *vt_theme_named(vt_theme_choice choice);

#endif
