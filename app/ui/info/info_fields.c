#include "app/ui/info/info_form_private.h"

#include "app/ui/library/edits.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qkeyevent.h>

#include <stdlib.h>

/* ---- what the user does ---- */

static void edit(vt_info_form *form, const vt_item_edit *what)
{
    vt_error error = VT_ERROR_INIT;
    if (!form->target) {
        return;
    }
    form->editing = true;
    if (!vt_library_edit_target(form->library, what, vt_edit_target_retain(form->target), &error)) {
        form->ops->say(form->user, error.message);
    }
    form->editing = false;
}

static void rated(void *user, int number)
{
    edit(user, &(vt_item_edit){.kind = VT_EDIT_RATING, .number = number});
}

static void labelled(void *user, int number)
{
    edit(user, &(vt_item_edit){.kind = VT_EDIT_LABEL, .number = number});
}

static void add_tag(void *user, const char *tag)
{
    edit(user, &(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = &tag, .tag_count = 1});
}

static void remove_tag(void *user, const char *tag)
{
    edit(user, &(vt_item_edit){.kind = VT_EDIT_REMOVE_TAGS, .tags = &tag, .tag_count = 1});
}

static void typed_tag(void *user, const char *text)
{
    vt_info_complete(((vt_info_form *)user)->reader, text);
}

static void left(void *user)
{
    vt_info_form *form = user;
    form->ops->left(form->user);
}

static const vt_tag_field_ops tag_ops = {
    .add = add_tag, .remove = remove_tag, .typed = typed_tag, .left = left};

static void commit_title(vt_info_form *form)
{
    if (q_lineedit_is_modified(form->title)) {
        char *text = q_lineedit_text(form->title);
        q_lineedit_set_modified(form->title, false);
        edit(form, &(vt_item_edit){.kind = VT_EDIT_TITLE, .text = text});
        free(text);
    }
}

static void on_title(void *user)
{
    commit_title(user);
}

static void noted(void *user, const char *text)
{
    edit(user, &(vt_item_edit){.kind = VT_EDIT_NOTE, .text = text});
}

void vt_info_form_commit(vt_info_form *form)
{
    commit_title(form);
    vt_note_field_commit(form->note);
}

typedef struct title_edit {
    QLineEdit edit; /* first */
    vt_info_form *form;
} title_edit;

/* Escape takes back what was typed. */
static void title_key(QLineEdit *self, QKeyEvent *event)
{
    vt_info_form *form = ((title_edit *)self)->form;
    if (q_keyevent_key(event) != Qt_Key_Escape) {
        q_lineedit_base_key_press_event(self, event);
        return;
    }
    q_lineedit_set_modified(self, false);
    vt_info_form_read_in(form);
    form->ops->left(form->user);
}

/* ---- showing ---- */

static void set_title(vt_info_form *form, const char *text, bool differs)
{
    if (!q_lineedit_is_modified(form->title)) {
        q_lineedit_set_text(form->title, text ? text : "");
        q_lineedit_set_placeholder_text(form->title, differs ? vt_tr("info", "Various titles")
                                                             : vt_tr("info", "No title"));
    }
}

void vt_info_form_show_marks(vt_info_form *form, const vt_shared_marks *marks)
{
    vt_mark_field_set(form->rating, marks->rating);
    vt_mark_field_set(form->label, marks->label);
    set_title(form, marks->title, marks->title_differs);
    vt_tag_field_set(form->tags, marks->tags, marks->tag_count, marks->items, marks->tags_left_out);
    vt_note_field_set(form->note, marks->note ? marks->note : "", marks->note_differs);
}

/* ---- making them ---- */

static QLabel *add_label(QWidget *page, QVBoxLayout *layout, const char *text)
{
    QLabel *label = q_label_new(text, page);
    q_widget_set_foreground_role(label, QPalette_PlaceholderText);
    q_boxlayout_add_widget(layout, label);
    return label;
}

static const QLineEditVirtuals title_virtuals = {.key_press_event = title_key};
static qt_subclass title_class = {
    .base = &qt_class_QLineEdit, .virtuals = &title_virtuals, .instance_size = sizeof(title_edit)};

void vt_info_form_make_fields(vt_info_form *form, QVBoxLayout *layout)
{
    QWidget *page = form->page;
    form->rating = vt_mark_field_create(page, VT_MARK_STARS, rated, form);
    q_boxlayout_add_widget(layout, vt_mark_field_widget(form->rating));
    form->label = vt_mark_field_create(page, VT_MARK_LABELS, labelled, form);
    q_boxlayout_add_widget(layout, vt_mark_field_widget(form->label));
    add_label(page, layout, vt_tr("info", "Title"));
    title_edit *title = qt_subclass_allocate(&title_class);
    q_lineedit_init(&title->edit, page);
    qt_subclass_install(&title_class, title);
    title->form = form;
    form->title = &title->edit;
    q_widget_set_accessible_name(form->title, vt_tr("info", "Title"));
    q_lineedit_on_editing_finished(form->title, form->title, on_title, form);
    q_boxlayout_add_widget(layout, form->title);
    add_label(page, layout, vt_tr("info", "Tags"));
    form->tags = vt_tag_field_create(page, &tag_ops, form);
    q_boxlayout_add_widget(layout, vt_tag_field_widget(form->tags));
    add_label(page, layout, vt_tr("info", "Note"));
    form->note = vt_note_field_create(page, noted, left, form);
    q_boxlayout_add_widget(layout, vt_note_field_widget(form->note));
}
