/* `note:WORDS`: the words, large, in the middle of the pane. A label for what is around it. */
#include "app/ui/panes/types.h"

#include "app/ui/parts/theme.h"
#include "core/base/translatable.h"

#include <qt6c/qfont.h>
#include <qt6c/qlabel.h>

#include <stdlib.h>
#include <string.h>

enum { SHORT = 40 }; /* letters that are shown large */

typedef struct note {
    vt_pane_content content; /* first */
    char *words;             /* owned; NULL: none */
} note;

static vt_pane_content *note_create(const vt_pane_context *context, vt_error *error)
{
    note *made = calloc(1, sizeof *made);
    if (!made) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a note");
        return NULL;
    }
    QLabel *label = q_label_new_empty(NULL);
    q_label_set_text_format(label, Qt_PlainText);
    q_label_set_alignment(label, Qt_AlignCenter);
    q_label_set_word_wrap(label, true);
    q_label_set_margin(label, 12);
    q_widget_set_auto_fill_background(label, true);
    q_widget_set_background_role(label, QPalette_Base);
    q_widget_set_minimum_size(label, 1, 1);
    vt_pane_content_init(&made->content, &vt_pane_note, context, (QWidget *)label);
    return &made->content;
}

static void note_show(vt_pane_content *content, const char *argument)
{
    note *is = (note *)content;
    QLabel *label = (QLabel *)content->widget;
    free(is->words);
    is->words = strdup(argument);
    QFont font;
    q_font_init(&font);
    q_font_set_point_size_f(&font, q_font_point_size_f(&font) * (strlen(argument) <= SHORT ? 1.8 : 1.0));
    q_widget_set_font(label, &font);
    q_font_fini(&font);
    q_label_set_text(label, argument);
    vt_pane_content_ready(content);
}

static void note_clear(vt_pane_content *content)
{
    note *is = (note *)content;
    free(is->words);
    is->words = NULL;
    q_label_set_text((QLabel *)content->widget, "");
    vt_pane_content_empty(content);
}

static void note_destroy(vt_pane_content *content)
{
    q_widget_delete(content->widget);
    free(((note *)content)->words);
    free(content);
}

static void note_describe(const vt_pane_content *content, vt_str *text)
{
    const note *is = (const note *)content;
    vt_str_append_display(text, is->words ? is->words : "", is->words ? strlen(is->words) : 0);
}

const vt_pane_type vt_pane_note = {.name = "note",
                                   .title = VT_TR_NOOP("panes", "Note"),
                                   .argument = VT_TR_NOOP("panes", "Words"),
                                   .icon = VT_ICON_NOTE,
                                   .idle = 16,
                                   .create = note_create,
                                   .show = note_show,
                                   .clear = note_clear,
                                   .destroy = note_destroy,
                                   .describe = note_describe};
