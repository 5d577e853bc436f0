/* app/ui/parts/theme_colors: text can be read on every ground it stands on, in both themes. */
#include "tests/support/check.h"

#include "app/ui/parts/theme_colors.h"

#include <math.h>
#include <string.h>

/* Contrast of small text, and of marks and borders that carry meaning: WCAG 2.1, 1.4.3 and 1.4.11. */
static const double text_contrast = 4.5;
static const double mark_contrast = 3.0;

/* Relative luminance of an sRGB colour, as WCAG 2.1 defines it. */
static double luminance(uint32_t rgb)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double value = (double)(rgb >> (16 - 8 * i) & 255) / 255;
        sum += weights[i] * (value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(uint32_t a, uint32_t b)
{
    double light = fmax(luminance(a), luminance(b));
    double dark = fmin(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

static void check(const vt_theme *theme, const char *what, uint32_t front, uint32_t ground, double least)
{
    double found = contrast(front, ground);
    if (found < least) {
        fail_msg("%s: %s has a contrast of %.2f, less than %.1f", theme->name, what, found, least);
    }
}

static void check_theme(const vt_theme *theme)
{
    check(theme, "black on paper", 0x000000, theme->paper, text_contrast);
    check(theme, "black on the shade of paper", 0x000000, theme->shade, text_contrast);
    check(theme, "text on window", theme->text, theme->window, text_contrast);
    check(theme, "text on base", theme->text, theme->base, text_contrast);
    check(theme, "text on alternate", theme->text, theme->alternate, text_contrast);
    check(theme, "text on button", theme->text, theme->button, text_contrast);
    check(theme, "text on hover", theme->text, theme->hover, text_contrast);
    check(theme, "text on canvas", theme->text, theme->canvas, text_contrast);
    check(theme, "muted on window", theme->muted, theme->window, text_contrast);
    check(theme, "muted on base", theme->muted, theme->base, text_contrast);
    check(theme, "muted on hover", theme->muted, theme->hover, text_contrast);
    check(theme, "muted on canvas", theme->muted, theme->canvas, text_contrast);
    check(theme, "selection text", theme->selection_text, theme->selection, text_contrast);
    check(theme, "danger on window", theme->danger, theme->window, text_contrast);
    check(theme, "danger on base", theme->danger, theme->base, text_contrast);
    check(theme, "danger on selection", theme->danger, theme->selection, text_contrast);
    check(theme, "danger on hover", theme->danger, theme->hover, text_contrast);
    check(theme, "star on base", theme->star, theme->base, text_contrast);
    check(theme, "danger on well", theme->danger, theme->well, mark_contrast);
    check(theme, "accent on base", theme->accent, theme->base, mark_contrast);
    check(theme, "accent on selection", theme->accent, theme->selection, mark_contrast);
}

static void the_measure_is_right(void **state)
{
    (void)state;
    assert_true(fabs(contrast(0x000000, 0xffffff) - 21) < 1e-9);
    assert_true(fabs(contrast(0x777777, 0x777777) - 1) < 1e-9);
    assert_true(fabs(contrast(0x767676, 0xffffff) - 4.54) < 0.01); /* the known darkest grey that passes */
}

static void text_can_be_read_in_both_themes(void **state)
{
    (void)state;
    check_theme(vt_theme_named(VT_THEME_LIGHT));
    check_theme(vt_theme_named(VT_THEME_DARK));
}

/* WCAG 2.1: 1.4.6 (level AAA) asks 7 : 1 of text, 1.4.11 asks 3 : 1 of marks. White on black has 21 : 1, so
   that a selection that stands out from black leaves the text on it a little less than 7. */
static void high_contrast_has_more(void **state)
{
    (void)state;
    const vt_theme *theme = vt_theme_named(VT_THEME_HIGH_CONTRAST);
    check_theme(theme);
    const uint32_t grounds[] = {theme->window, theme->base, theme->alternate, theme->button,
                                theme->hover,  theme->well, theme->canvas};
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        check(theme, "text", theme->text, grounds[i], 7);
        check(theme, "muted text", theme->muted, grounds[i], 7);
        check(theme, "a failure", theme->danger, grounds[i], 7);
        check(theme, "a line", theme->line, grounds[i], mark_contrast);
    }
    check(theme, "what is selected", theme->selection, theme->window, mark_contrast);
    check(theme, "what is selected", theme->selection, theme->base, mark_contrast);
    assert_true(theme->outlines);
    assert_string_equal(theme->name, "high-contrast");
}

static void themes_are_what_they_are_called(void **state)
{
    (void)state;
    const vt_theme *light = vt_theme_named(VT_THEME_LIGHT);
    const vt_theme *dark = vt_theme_named(VT_THEME_DARK);
    assert_string_equal(light->name, "light");
    assert_string_equal(dark->name, "dark");
    assert_false(light->dark);
    assert_true(dark->dark);
    assert_true(luminance(light->base) > 0.5);
    assert_true(luminance(dark->base) < 0.1);
}

static void choices_have_names(void **state)
{
    (void)state;
    vt_theme_choice choice = VT_THEME_LIGHT;
    assert_true(vt_theme_choice_from_name("dark", &choice));
    assert_int_equal(choice, VT_THEME_DARK);
    assert_true(vt_theme_choice_from_name("system", &choice));
    assert_int_equal(choice, VT_THEME_SYSTEM);
    assert_true(vt_theme_choice_from_name("light", &choice));
    assert_int_equal(choice, VT_THEME_LIGHT);
    assert_true(vt_theme_choice_from_name("high-contrast", &choice));
    assert_int_equal(choice, VT_THEME_HIGH_CONTRAST);
    assert_true(vt_theme_choice_from_name("light", &choice));
    assert_false(vt_theme_choice_from_name("pink", &choice));
    assert_false(vt_theme_choice_from_name("", &choice));
    assert_int_equal(choice, VT_THEME_LIGHT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_measure_is_right),   cmocka_unit_test(text_can_be_read_in_both_themes),
        cmocka_unit_test(high_contrast_has_more), cmocka_unit_test(themes_are_what_they_are_called),
        cmocka_unit_test(choices_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
