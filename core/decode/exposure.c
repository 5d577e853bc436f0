#include "core/decode/exposure.h"

#include <inttypes.h>
#include <stdio.h>

/* With so many digits behind the point at most, and no zeros at its end: cameras note 1.7999. */
static void append_number(vt_str *all, const char *before, int digits, double value, const char *behind)
{
    char number[48];
    bool small = value < 0.01; /* no camera's */
    int length = snprintf(number, sizeof number, small ? "%.*g" : "%.*f", digits, value);
    while (!small && length > 1 && number[length - 1] == '0') {
        number[--length] = '\0';
    }
    if (number[length - 1] < '0' || number[length - 1] > '9') {
        number[--length] = '\0';
    }
    for (char *at = number; *at; at++) {
        *at = *at == ',' ? '.' : *at; /* as the locale has it */
    }
    vt_str_appendf(all, "%s%s%s", before, number, behind);
}

/* A fraction from a quarter of a second down. */
static void append_time(vt_str *all, double seconds)
{
    if (seconds < 0.26) {
        vt_str_appendf(all, "1/%.0f s", 1 / seconds);
    } else {
        append_number(all, "", 1, seconds, " s");
    }
}

void vt_exposure_append(vt_str *text, const vt_metadata *m)
{
    size_t start = text->length;
    if (m->known & VT_METADATA_EXPOSURE) {
        append_time(text, m->exposure);
    }
    if (m->known & VT_METADATA_F_NUMBER) {
        append_number(text, text->length > start ? "  f/" : "f/", 2, m->f_number, "");
    }
    if (m->known & VT_METADATA_ISO) {
        vt_str_appendf(text, "%sISO %" PRIu32, text->length > start ? "  " : "", m->iso);
    }
    if (m->known & VT_METADATA_FOCAL) {
        append_number(text, text->length > start ? "  " : "", 2, m->focal_mm, " mm");
    }
}
