#include "app/ui/parts/theme.h"

#include "app/ui/parts/style.h"

#include <qt6c/qapplication.h>
#include <qt6c/qbrush.h>
#include <qt6c/qguiapplication.h>
#include <qt6c/qpalette.h>
#include <qt6c/qstyle.h>

#include <stddef.h>

static const vt_theme *current; /* NULL before the first */

const vt_theme *vt_theme_current(void)
{
    return current ? current : vt_theme_named(VT_THEME_LIGHT);
}

QColor vt_theme_color(uint32_t rgb)
{
    return vt_theme_color_alpha(rgb, 255);
}

QColor vt_theme_color_alpha(uint32_t rgb, int alpha)
{
    return q_color_from_rgb_channels_full((int)(rgb >> 16 & 255), (int)(rgb >> 8 & 255), (int)(rgb & 255),
                                          alpha);
}

QVariant vt_theme_brush(uint32_t rgb)
{
    QColor color = vt_theme_color(rgb);
    QBrush brush;
    q_brush_init_color(&brush, &color);
    QVariant variant = qt_variant_of(QT_TYPE_BRUSH, &brush);
    q_brush_fini(&brush);
    return variant;
}

/* ---- application ---- */

/* Which colour of the theme each role of Qt's palette gets. */
typedef struct role_color {
    QPalette_ColorRole role;
    size_t offset; /* of the colour in vt_theme */
} role_color;

static const role_color roles[] = {
    {QPalette_Window, offsetof(vt_theme, window)},
    {QPalette_WindowText, offsetof(vt_theme, text)},
    {QPalette_Base, offsetof(vt_theme, base)},
    {QPalette_AlternateBase, offsetof(vt_theme, alternate)},
    {QPalette_Text, offsetof(vt_theme, text)},
    {QPalette_Button, offsetof(vt_theme, button)},
    {QPalette_ButtonText, offsetof(vt_theme, text)},
    {QPalette_BrightText, offsetof(vt_theme, danger)},
    {QPalette_Highlight, offsetof(vt_theme, selection)},
    {QPalette_HighlightedText, offsetof(vt_theme, selection_text)},
    {QPalette_PlaceholderText, offsetof(vt_theme, muted)},
    {QPalette_ToolTipBase, offsetof(vt_theme, button)},
    {QPalette_ToolTipText, offsetof(vt_theme, text)},
    {QPalette_Link, offsetof(vt_theme, accent)},
    {QPalette_Mid, offsetof(vt_theme, line)},
    {QPalette_Midlight, offsetof(vt_theme, hover)},
    {QPalette_Dark, offsetof(vt_theme, line)},
    {QPalette_Light, offsetof(vt_theme, button)},
};

static uint32_t color_at(const vt_theme *theme, size_t offset)
{
    return *(const uint32_t *)((const char *)theme + offset);
}

static void set_role(QPalette *palette, QPalette_ColorGroup group, QPalette_ColorRole role,
                     const QColor *color)
{
    QBrush brush;
    q_brush_init_color(&brush, color);
    q_palette_set_group_brush(palette, group, role, &brush);
    q_brush_fini(&brush);
}

static void apply_palette(const vt_theme *theme)
{
    QPalette palette;
    q_palette_init(&palette);
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        QColor color = vt_theme_color(color_at(theme, roles[i].offset));
        set_role(&palette, QPalette_All, roles[i].role, &color);
    }
    enum { DIM = 150, LESS_DIM = 200 }; /* of 255: at high contrast what cannot be done is to be read, too */
    static const QPalette_ColorRole dimmed[] = {QPalette_WindowText, QPalette_Text, QPalette_ButtonText};
    QColor muted = vt_theme_color_alpha(theme->muted, theme->outlines ? LESS_DIM : DIM);
    for (size_t i = 0; i < sizeof dimmed / sizeof *dimmed; i++) {
        set_role(&palette, QPalette_Disabled, dimmed[i], &muted);
    }
    q_application_set_palette(&palette);
    q_palette_fini(&palette);
}

static enum { NOT_ASKED, WANTS_LIGHT, WANTS_DARK } desktop;

/* The desktop's own palette tells by its lightness which theme it wants. Asked while ours has not taken its
   place. */
static bool desktop_is_dark(void)
{
    if (desktop != NOT_ASKED) {
        return desktop == WANTS_DARK;
    }
    QPalette palette = q_guiapplication_palette();
    const QColor *ground = q_palette_color(&palette, QPalette_Window);
    bool is_dark = q_color_lightness(ground) < 128;
    q_palette_fini(&palette);
    desktop = is_dark ? WANTS_DARK : WANTS_LIGHT;
    return is_dark;
}

bool vt_theme_desktop_changed(void)
{
    bool before = desktop_is_dark();
    QPalette none; /* nothing of it is set, so the desktop's shows through */
    q_palette_init(&none);
    q_application_set_palette(&none);
    q_palette_fini(&none);
    desktop = NOT_ASKED;
    bool changed = desktop_is_dark() != before;
    apply_palette(vt_theme_current());
    return changed;
}

void vt_theme_apply(vt_theme_choice choice)
{
    bool wants_dark = desktop_is_dark(); /* always, so that it is asked in time */
    current = vt_theme_named(choice != VT_THEME_SYSTEM ? choice
                             : wants_dark              ? VT_THEME_DARK
                                                       : VT_THEME_LIGHT);
    q_application_set_style(vt_style_create());
    apply_palette(current);
}
