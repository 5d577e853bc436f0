#include "app/ui/parts/number_field.h"

#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/qlineedit.h>
#include <qt6c/qpoint.h>
#include <qt6c/qrect.h>
#include <qt6c/qtooltip.h>
#include <qt6c/runtime.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { TOLD_MS = 10000, TIP_BELOW = 16 /* of the place it is given, by Qt */ };

/* Above what any field takes; what is longer is not larger for us. */
#define VALUE_CAP ((int64_t)1 << 40)

/* As the field itself would show it, without its unit. NULL without memory. */
static char *most_as_shown(const QSpinBox *box)
{
    return q_spinbox_text_from_value(box, q_spinbox_maximum(box));
}

/* Where the unit begins that may stand behind the number. */
static size_t length_without_suffix(const QSpinBox *box, const char *text)
{
    size_t length = strlen(text);
    char *suffix = q_spinbox_suffix(box);
    size_t tail = suffix ? strlen(suffix) : 0;
    if (tail && tail <= length && memcmp(text + length - tail, suffix, tail) == 0) {
        length -= tail;
    }
    free(suffix);
    return length;
}

/* Nothing but digits, blanks and what parts thousands, and above the maximum. */
static bool is_too_large(const QSpinBox *box, const char *text)
{
    int64_t value = 0;
    size_t length = length_without_suffix(box, text);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= '0' && c <= '9') {
            value = value < VALUE_CAP ? value * 10 + (c - '0') : value;
        } else if (!strchr(" .,'", c) && c < 0x80) {
            return false;
        }
    }
    return value > q_spinbox_maximum(box);
}

static bool is_too_large_qs(const QSpinBox *box, const QString *text)
{
    char *bytes = qt_string_to_utf8(text);
    bool too_large = bytes && is_too_large(box, bytes);
    free(bytes);
    return too_large;
}

static QValidator_State validate(const QSpinBox *self, QString *input, int *pos)
{
    QValidator_State state = q_spinbox_base_validate(self, input, pos);
    return state == QValidator_Invalid && is_too_large_qs(self, input) ? QValidator_Intermediate : state;
}

/* The field is left, or Return pressed. */
static void fixup(const QSpinBox *self, QString *input)
{
    char *most = is_too_large_qs(self, input) ? most_as_shown(self) : NULL;
    if (!most) {
        q_spinbox_base_fixup(self, input);
        return;
    }
    vt_str text = VT_STR_INIT;
    char *suffix = q_spinbox_suffix(self);
    vt_str_appendf(&text, "%s%s", most, suffix ? suffix : "");
    if (!text.failed) {
        qt_string_release(input);
        *input = qt_string_from_utf8(text.data);
    }
    vt_str_free(&text);
    free(suffix);
    free(most);
}

/* Beside the field: what stands below it can still be clicked. */
static void on_text(void *user, const QString *shown)
{
    QSpinBox *box = user;
    if (!q_widget_has_focus(box)) {
        return;
    }
    vt_str text = VT_STR_INIT; /* empty: hides what was told before */
    if (is_too_large_qs(box, shown)) {
        char *most = most_as_shown(box);
        vt_tr_append_with(&text, "number", "%1 at most: this is what will be taken", most ? most : "");
        free(most);
    }
    QPoint beside = {q_widget_width(box), -TIP_BELOW};
    beside = q_widget_map_to_global_point(box, &beside);
    q_tooltip_show_text_full(&beside, text.data ? text.data : "", box, &(QRect){0, 0, -1, -1}, TOLD_MS);
    vt_str_free(&text);
}

static const QSpinBoxVirtuals field_virtuals = {.validate = validate, .fixup = fixup};
static qt_subclass field_class = {
    .base = &qt_class_QSpinBox, .virtuals = &field_virtuals, .instance_size = sizeof(QSpinBox)};

QSpinBox *vt_number_field_new(QWidgetRef parent)
{
    QSpinBox *box = qt_subclass_allocate(&field_class);
    q_spinbox_init(box, parent);
    qt_subclass_install(&field_class, box);
    q_lineedit_on_text_changed(q_abstractspinbox_line_edit(box), box, on_text, box);
    return box;
}
