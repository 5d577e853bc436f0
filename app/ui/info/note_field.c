#include "app/ui/info/note_field.h"

#include "app/ui/parts/translate.h"

#include <qt6c/qkeyevent.h>
#include <qt6c/qplaintextedit.h>
#include <qt6c/qtextdocument.h>

#include <stdlib.h>
#include <string.h>

enum { HEIGHT = 84 };

struct vt_note_field {
    QPlainTextEdit edit; /* first */
    char *shown;         /* owned; what was there before typing */
    bool differs;
    void (*changed)(void *user, const char *text);
    void (*left)(void *user);
    void *user;
};

static bool is_modified(vt_note_field *field)
{
    return q_textdocument_is_modified(q_plaintextedit_document(&field->edit));
}

static void show(vt_note_field *field)
{
    q_plaintextedit_set_plain_text(&field->edit, field->shown ? field->shown : "");
    q_plaintextedit_set_placeholder_text(&field->edit, field->differs ? vt_tr("info", "Various notes")
                                                                      : vt_tr("info", "No note"));
}

void vt_note_field_commit(vt_note_field *field)
{
    if (is_modified(field)) {
        char *text = q_plaintextedit_to_plain_text(&field->edit);
        q_textdocument_set_modified_full(q_plaintextedit_document(&field->edit), false);
        if (text && (field->differs || strcmp(text, field->shown ? field->shown : "") != 0)) {
            free(field->shown);
            field->shown = strdup(text);
            field->differs = false;
            field->changed(field->user, text);
        }
        free(text);
    }
}

static void focus_out(QPlainTextEdit *self, QFocusEvent *event)
{
    q_plaintextedit_base_focus_out_event(self, event);
    vt_note_field_commit((vt_note_field *)self);
}

static void key_press(QPlainTextEdit *self, QKeyEvent *event)
{
    vt_note_field *field = (vt_note_field *)self;
    int key = q_keyevent_key(event);
    bool control = (int)q_inputevent_modifiers(event) & Qt_ControlModifier;
    if (key == Qt_Key_Escape) {
        show(field);
        field->left(field->user);
    } else if (control && (key == Qt_Key_Return || key == Qt_Key_Enter)) {
        vt_note_field_commit(field);
        field->left(field->user);
    } else {
        q_plaintextedit_base_key_press_event(self, event);
    }
}

static void field_finish(void *self)
{
    free(((vt_note_field *)self)->shown);
}

static const QPlainTextEditVirtuals field_virtuals = {.focus_out_event = focus_out,
                                                      .key_press_event = key_press};
static qt_subclass field_class = {.base = &qt_class_QPlainTextEdit,
                                  .virtuals = &field_virtuals,
                                  .instance_size = sizeof(vt_note_field),
                                  .finish = field_finish};

vt_note_field *vt_note_field_create(QWidgetRef parent, void (*changed)(void *user, const char *text),
                                    void (*left)(void *user), void *user)
{
    vt_note_field *field = qt_subclass_allocate(&field_class);
    q_plaintextedit_init(&field->edit, parent);
    qt_subclass_install(&field_class, field);
    field->changed = changed;
    field->left = left;
    field->user = user;
    q_widget_set_accessible_name(&field->edit, vt_tr("info", "Note"));
    q_widget_set_fixed_height(&field->edit, HEIGHT);
    q_plaintextedit_set_tab_changes_focus(&field->edit, true);
    show(field);
    return field;
}

QWidget *vt_note_field_widget(vt_note_field *field)
{
    return (QWidget *)&field->edit;
}

void vt_note_field_set(vt_note_field *field, const char *text, bool differs)
{
    if (is_modified(field)) {
        return;
    }
    if (field->shown && strcmp(field->shown, text) == 0 && field->differs == differs) {
        return; /* the cursor stays where it is */
    }
    free(field->shown);
    field->shown = strdup(text);
    field->differs = differs;
    show(field);
}
