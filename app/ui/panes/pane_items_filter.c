/* The filter box of panes that show items, and what is said of its text. */
#include "app/ui/panes/pane_items.h"

#include "app/ui/parts/translate.h"
#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>

enum { PAUSE_MS = 120, QUICK_MS = 5, MARGIN = 6 };

static void say_of_filter(vt_pane_items *items, const vt_error *error, QPalette_ColorRole color)
{
    vt_str text = VT_STR_INIT;
    vt_str_append_display(&text, error->message, strlen(error->message));
    q_label_set_text(items->trouble, text.data);
    q_widget_set_foreground_role(items->trouble, color);
    q_widget_show(items->trouble);
    vt_str_free(&text);
}

void vt_pane_items_filter_failed(void *user, const vt_error *error, size_t position)
{
    (void)position;
    say_of_filter(user, error, QPalette_BrightText);
}

void vt_pane_items_filter_worked(void *user, const vt_error *lacks, size_t position)
{
    (void)position;
    vt_pane_items *items = user;
    if (lacks) {
        say_of_filter(items, lacks, QPalette_WindowText);
    } else {
        q_widget_hide(items->trouble);
    }
}

/* ---- what is typed ---- */

static void apply_filter(void *user)
{
    vt_pane_items *items = user;
    q_timer_stop(items->pause);
    char *text = q_lineedit_text(vt_filter_box_edit(items->box));
    if (text) {
        vt_library_set_filter(items->library, text);
    }
    free(text);
    vt_pane_content_titled(&items->content);
}

static void on_edited(void *user, const QString *text)
{
    (void)text;
    vt_pane_items *items = user;
    if (items->setting) {
        return;
    }
    if (vt_library_build_time(items->library) < QUICK_MS * VT_NS_PER_MS) {
        apply_filter(items);
    } else {
        q_timer_start(items->pause);
    }
}

void vt_pane_items_write_filter(vt_pane_items *items, const char *text)
{
    items->setting = true;
    q_lineedit_set_text(vt_filter_box_edit(items->box), text);
    items->setting = false;
}

void vt_pane_items_set_filter(vt_pane_items *items, const char *text)
{
    vt_pane_items_write_filter(items, text);
    apply_filter(items);
}

static const vt_tally *counted(void *user)
{
    (void)user;
    return NULL;
}

static const vt_saved_filters *saved_filters(void *user)
{
    static const vt_saved_filters none;
    (void)user;
    return &none;
}

static void leave_filter(void *user)
{
    q_widget_set_focus(((vt_pane_items *)user)->content.widget); /* its proxy */
}

/* ---- making it ---- */

void vt_pane_items_make_bar(vt_pane_items *items, QVBoxLayout *layout)
{
    QWidget *root = items->content.widget;
    QHBoxLayout *bar = q_hboxlayout_new();
    items->pause = q_timer_new(root);
    q_timer_set_single_shot(items->pause, true);
    q_timer_set_interval(items->pause, PAUSE_MS);
    q_timer_on_timeout(items->pause, items->pause, apply_filter, items);
    q_layout_set_contents_margins(bar, MARGIN, MARGIN, MARGIN, MARGIN);
    q_boxlayout_set_spacing(bar, MARGIN);
    items->box = vt_filter_box_create(root, items->library, items->content.context->executor,
                                      &(vt_filter_box_ops){counted, saved_filters, leave_filter, items},
                                      false, items->content.context->log);
    QLineEdit *edit = vt_filter_box_edit(items->box);
    q_lineedit_set_placeholder_text(edit, vt_tr("panes", "Filter"));
    q_lineedit_set_clear_button_enabled(edit, true);
    q_widget_set_accessible_name(edit, vt_tr("panes", "Filter of the pane"));
    q_lineedit_on_text_changed(edit, root, on_edited, items);
    q_lineedit_on_return_pressed(edit, root, apply_filter, items);
    q_boxlayout_add_widget_full(bar, edit, 1, 0);
    if (items->view->fill_bar) {
        items->view->fill_bar(items, bar);
    }
    q_boxlayout_add_layout(layout, bar);
    items->trouble = q_label_new_empty(root);
    q_label_set_text_format(items->trouble, Qt_PlainText);
    q_label_set_word_wrap(items->trouble, true);
    q_label_set_margin(items->trouble, MARGIN);
    q_widget_hide(items->trouble);
    q_boxlayout_add_widget(layout, items->trouble);
}
