#include "app/ui/info/info_panel.h"

#include "app/ui/info/info_reader.h"
#include "app/ui/info/info_text.h"
#include "app/ui/info/mark_field.h"
#include "app/ui/info/note_field.h"
#include "app/ui/info/tag_field.h"
#include "app/ui/parts/icons.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qfont.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qicon.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qtimer.h>
#include <qt6c/qtoolbutton.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { READ_MS = 60, MARGIN = 14, GAP = 6, WIDTH_LEAST = 240 };

struct vt_info_panel {
    QDockWidget dock; /* first */
    vt_library *library;
    const vt_info_panel_ops *ops;
    void *user;
    vt_info_reader *reader;
    QTimer *later;          /* reading, once the selection rests */
    vt_edit_target *target; /* what is shown, and edited; NULL: nothing */
    uint64_t choices;       /* of the library, when it was */
    QWidget *page, *nothing;
    QToolButton *close;
    QLabel *heading, *facts;
    vt_mark_field *rating, *label;
    QLineEdit *title;
    vt_tag_field *tags;
    vt_note_field *note;
};

/* ---- editing ---- */

static void edit(vt_info_panel *panel, const vt_item_edit *what)
{
    vt_error error = VT_ERROR_INIT;
    if (panel->target &&
        !vt_library_edit_target(panel->library, what, vt_edit_target_retain(panel->target), &error)) {
        panel->ops->say(panel->user, error.message);
    }
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
    vt_info_complete(((vt_info_panel *)user)->reader, text);
}

static void left(void *user)
{
    vt_info_panel *panel = user;
    panel->ops->left(panel->user);
}

static const vt_tag_field_ops tag_ops = {
    .add = add_tag, .remove = remove_tag, .typed = typed_tag, .left = left};

static void commit_title(vt_info_panel *panel)
{
    if (q_lineedit_is_modified(panel->title)) {
        char *text = q_lineedit_text(panel->title);
        q_lineedit_set_modified(panel->title, false);
        edit(panel, &(vt_item_edit){.kind = VT_EDIT_TITLE, .text = text});
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

/* What was typed belongs to the items it was typed for. */
static void commit_texts(vt_info_panel *panel)
{
    commit_title(panel);
    vt_note_field_commit(panel->note);
}

/* Escape takes back what was typed. */
static void title_key(QLineEdit *self, QKeyEvent *event)
{
    vt_info_panel *panel = NULL;
    if (q_keyevent_key(event) != Qt_Key_Escape) {
        q_lineedit_base_key_press_event(self, event);
        return;
    }
    for (QWidget *at = q_widget_parent_widget(self); at; at = q_widget_parent_widget(at)) {
        if (q_object_inherits(at, "QDockWidget")) {
            panel = (vt_info_panel *)at;
        }
    }
    if (panel) {
        q_lineedit_set_modified(self, false);
        vt_info_panel_refresh(panel);
        panel->ops->left(panel->user);
    }
}

/* ---- showing ---- */

static void set_title(vt_info_panel *panel, const char *text, bool differs)
{
    if (!q_lineedit_is_modified(panel->title)) {
        q_lineedit_set_text(panel->title, text ? text : "");
        q_lineedit_set_placeholder_text(panel->title, differs ? vt_tr("info", "Various titles")
                                                              : vt_tr("info", "No title"));
    }
}

static void show_marks(vt_info_panel *panel, const vt_shared_marks *marks)
{
    vt_mark_field_set(panel->rating, marks->rating);
    vt_mark_field_set(panel->label, marks->label);
    set_title(panel, marks->title, marks->title_differs);
    vt_tag_field_set(panel->tags, marks->tags, marks->tag_count, marks->items, marks->tags_left_out);
    vt_note_field_set(panel->note, marks->note ? marks->note : "", marks->note_differs);
}

static void set_text(QLabel *label, vt_str *text)
{
    q_label_set_text(label, text->data);
    vt_str_free(text);
}

/* The row of the item that is meant alone, -1 if there are several. */
static int64_t only_row(const vt_info_panel *panel)
{
    const vt_selection *selection = vt_library_selection(panel->library);
    bool is_one = panel->target && vt_edit_target_count(panel->target) == 1;
    if (!is_one) {
        return -1;
    }
    bool is_current = selection->count != 1 || panel->ops->current_only(panel->user) || selection->rows != 1;
    return is_current ? selection->current : selection->intervals[0].first;
}

/* What the views know by themselves, at once. */
static void show_brief(vt_info_panel *panel)
{
    int64_t row = only_row(panel);
    vt_str heading = VT_STR_INIT;
    vt_str facts = VT_STR_INIT;
    if (row >= 0 && row < vt_library_count(panel->library)) {
        vt_item_brief item;
        vt_str path = VT_STR_INIT;
        vt_library_item(panel->library, row, &item);
        vt_library_path(panel->library, row, &path);
        vt_mark_field_set(panel->rating, item.rating);
        vt_str_append_display(&heading, item.name, item.name_length);
        vt_info_write_facts(&item, path.data, path.length, NULL, NULL, &facts);
        vt_str_free(&path);
    } else if (panel->target) {
        vt_info_write_count(vt_edit_target_count(panel->target), &heading);
    }
    set_text(panel->heading, &heading);
    set_text(panel->facts, &facts);
}

static void on_read(void *user, const vt_info *info)
{
    vt_info_panel *panel = user;
    vt_str facts = VT_STR_INIT;
    int64_t row = only_row(panel);
    if (info->error.code != VT_ERROR_NONE) {
        vt_info_write_error(info->error.message, &facts);
    } else if (info->is_one && row >= 0 && row < vt_library_count(panel->library)) {
        vt_item_brief item;
        vt_str path = VT_STR_INIT;
        vt_library_item(panel->library, row, &item);
        vt_library_path(panel->library, row, &path);
        vt_info_write_facts(&item, path.data, path.length, &info->metadata, &info->item.media, &facts);
        vt_str_free(&path);
    } else {
        vt_info_write_sum(info->marks.bytes, &facts);
    }
    set_text(panel->facts, &facts);
    /* What was read before an edit is older than what is shown; after it, all is read again. */
    if (info->error.code == VT_ERROR_NONE && vt_library_edits(panel->library) == 0) {
        show_marks(panel, &info->marks);
    }
}

static void on_suggested(void *user, const char *const *tags, size_t count)
{
    vt_tag_field_suggest(((vt_info_panel *)user)->tags, tags, count);
}

static const vt_info_ops info_ops = {.read = on_read, .suggested = on_suggested};

static void on_later(void *user)
{
    vt_info_panel *panel = user;
    if (panel->target) {
        vt_info_read(panel->reader, vt_edit_target_retain(panel->target));
    }
}

static void read_in(vt_info_panel *panel, int delay_ms)
{
    if (panel->reader && q_widget_is_visible(&panel->dock)) {
        q_timer_start_interval(panel->later, delay_ms);
    }
}

/* What is not known yet of other items is shown as empty; the same items stay as they are until they have
   been read again. */
static void take_target(vt_info_panel *panel, vt_edit_target *target)
{
    uint64_t choices = vt_library_choices(panel->library);
    bool same = panel->target && target && choices == panel->choices &&
                vt_edit_target_count(target) == vt_edit_target_count(panel->target);
    if (!same) {
        commit_texts(panel);
    }
    vt_edit_target_release(panel->target);
    panel->target = target;
    panel->choices = choices;
    q_widget_set_visible(panel->page, target != NULL);
    q_widget_set_visible(panel->nothing, target == NULL);
    if (target && same) {
        read_in(panel, READ_MS);
    } else if (target) {
        show_marks(panel, &(vt_shared_marks){.items = vt_edit_target_count(target)});
        show_brief(panel);
        read_in(panel, READ_MS);
    }
}

void vt_info_panel_refresh(vt_info_panel *panel)
{
    if (panel->reader && q_widget_is_visible(&panel->dock)) {
        take_target(panel, vt_library_target(panel->library, panel->ops->current_only(panel->user)));
    }
}

/* ---- what the library tells ---- */

static void selection_changed(void *user)
{
    vt_info_panel_refresh(user);
}

/* One's own edit is seen before it is written. */
static void items_changed(void *user, const vt_item_edit *edit)
{
    vt_info_panel *panel = user;
    if (!panel->target) {
        return;
    }
    switch (edit ? edit->kind : VT_EDIT_KIND_COUNT) {
    case VT_EDIT_RATING:
        vt_mark_field_set(panel->rating, edit->number);
        break;
    case VT_EDIT_LABEL:
        vt_mark_field_set(panel->label, edit->number);
        break;
    case VT_EDIT_ADD_TAGS:
    case VT_EDIT_REMOVE_TAGS:
        for (size_t i = 0; i < edit->tag_count; i++) {
            vt_tag_field_change(panel->tags, edit->tags[i], edit->kind == VT_EDIT_ADD_TAGS);
        }
        break;
    case VT_EDIT_KIND_COUNT:
        show_brief(panel);
        break;
    default:
        break;
    }
}

static void edit_ended(void *user, const vt_edit_result *result)
{
    (void)result;
    read_in(user, 0);
}

static void visibility_changed(void *user, bool visible)
{
    if (visible) {
        vt_info_panel_refresh(user);
    }
}

/* ---- making it ---- */

static QLabel *add_label(QWidget *page, QVBoxLayout *layout, const char *text)
{
    QLabel *label = q_label_new(text, page);
    q_widget_set_foreground_role(label, QPalette_PlaceholderText);
    q_boxlayout_add_widget(layout, label);
    return label;
}

static QLabel *add_text(QWidget *page, QVBoxLayout *layout, Qt_TextFormat format)
{
    QLabel *label = q_label_new_empty(page);
    q_label_set_text_format(label, format);
    q_label_set_word_wrap(label, true);
    q_label_set_text_interaction_flags(label, Qt_TextSelectableByMouse);
    q_boxlayout_add_widget(layout, label);
    return label;
}

static void make_heading(vt_info_panel *panel, QVBoxLayout *layout)
{
    panel->heading = add_text(panel->page, layout, Qt_PlainText);
    QFont font;
    q_font_init_font(&font, q_widget_font(panel->heading));
    q_font_set_bold(&font, true);
    q_widget_set_font(panel->heading, &font);
    q_font_fini(&font);
}

static const QLineEditVirtuals title_virtuals = {.key_press_event = title_key};
static qt_subclass title_class = {
    .base = &qt_class_QLineEdit, .virtuals = &title_virtuals, .instance_size = sizeof(QLineEdit)};

static void make_fields(vt_info_panel *panel, QVBoxLayout *layout)
{
    QWidget *page = panel->page;
    panel->rating = vt_mark_field_create(page, VT_MARK_STARS, rated, panel);
    q_boxlayout_add_widget(layout, vt_mark_field_widget(panel->rating));
    panel->label = vt_mark_field_create(page, VT_MARK_LABELS, labelled, panel);
    q_boxlayout_add_widget(layout, vt_mark_field_widget(panel->label));
    add_label(page, layout, vt_tr("info", "Title"));
    panel->title = qt_subclass_allocate(&title_class);
    q_lineedit_init(panel->title, page);
    qt_subclass_install(&title_class, panel->title);
    q_widget_set_accessible_name(panel->title, vt_tr("info", "Title"));
    q_lineedit_on_editing_finished(panel->title, panel->title, on_title, panel);
    q_boxlayout_add_widget(layout, panel->title);
    add_label(page, layout, vt_tr("info", "Tags"));
    panel->tags = vt_tag_field_create(page, &tag_ops, panel);
    q_boxlayout_add_widget(layout, vt_tag_field_widget(panel->tags));
    add_label(page, layout, vt_tr("info", "Note"));
    panel->note = vt_note_field_create(page, noted, left, panel);
    q_boxlayout_add_widget(layout, vt_note_field_widget(panel->note));
    panel->facts = add_text(page, layout, Qt_RichText);
}

static void make_page(vt_info_panel *panel)
{
    QScrollArea *area = q_scrollarea_new(&panel->dock);
    QWidget *inside = q_widget_new(area);
    QVBoxLayout *outer = q_vboxlayout_new_widget(inside);
    q_layout_set_contents_margins(outer, MARGIN, MARGIN, MARGIN, MARGIN);
    panel->nothing =
        (QWidget *)q_label_new(vt_tr("info", "Choose an item to see what is known of it."), inside);
    q_label_set_word_wrap((QLabel *)panel->nothing, true);
    q_widget_set_foreground_role(panel->nothing, QPalette_PlaceholderText);
    panel->page = q_widget_new(inside);
    QVBoxLayout *layout = q_vboxlayout_new_widget(panel->page);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, GAP);
    make_heading(panel, layout);
    make_fields(panel, layout);
    q_boxlayout_add_widget(outer, panel->nothing);
    q_boxlayout_add_widget(outer, panel->page);
    q_boxlayout_add_stretch_full(outer, 1);
    q_widget_set_visible(panel->page, false);
    q_scrollarea_set_widget(area, inside);
    q_scrollarea_set_widget_resizable(area, true);
    q_frame_set_frame_shape(area, QFrame_NoFrame);
    q_abstractscrollarea_set_horizontal_scroll_bar_policy(area, Qt_ScrollBarAlwaysOff);
    q_widget_set_focus_policy(area, Qt_NoFocus);
    q_widget_set_minimum_width(area, WIDTH_LEAST);
    q_dockwidget_set_widget(&panel->dock, area);
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    q_widget_hide(&((vt_info_panel *)user)->dock);
}

static void set_icon(vt_info_panel *panel)
{
    QIcon icon = vt_icon_make(VT_ICON_CLOSE);
    q_abstractbutton_set_icon(panel->close, &icon);
    q_icon_fini(&icon);
}

/* One's own: the style's buttons have icons for light grounds only. */
static void make_title_bar(vt_info_panel *panel)
{
    QWidget *bar = q_widget_new(&panel->dock);
    QHBoxLayout *layout = q_hboxlayout_new_widget(bar);
    q_layout_set_contents_margins(layout, MARGIN, GAP, GAP, 0);
    QLabel *title = q_label_new(vt_tr("info", "Item"), bar);
    q_widget_set_foreground_role(title, QPalette_PlaceholderText);
    q_boxlayout_add_widget_full(layout, title, 1, 0);
    panel->close = q_toolbutton_new(bar);
    q_toolbutton_set_auto_raise(panel->close, true);
    q_widget_set_accessible_name(panel->close, vt_tr("info", "Close the item panel"));
    q_widget_set_tool_tip(panel->close, vt_tr("info", "Close the item panel (Ctrl+I)"));
    q_widget_set_focus_policy(panel->close, Qt_NoFocus);
    q_abstractbutton_on_clicked(panel->close, &panel->dock, on_close, panel);
    q_boxlayout_add_widget(layout, panel->close);
    set_icon(panel);
    q_dockwidget_set_title_bar_widget(&panel->dock, bar);
}

static void panel_finish(void *self)
{
    vt_info_panel_stop(self);
}

static qt_subclass panel_class = {
    .base = &qt_class_QDockWidget, .instance_size = sizeof(vt_info_panel), .finish = panel_finish};

vt_info_panel *vt_info_panel_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                    const vt_info_panel_ops *ops, void *user)
{
    vt_info_panel *panel = qt_subclass_allocate(&panel_class);
    q_dockwidget_init_string_widget_windowtype(&panel->dock, vt_tr("info", "Item"), parent);
    qt_subclass_install(&panel_class, panel);
    panel->library = library;
    panel->ops = ops;
    panel->user = user;
    panel->reader =
        vt_info_reader_create(&panel->dock, vt_library_engine(library), executor, &info_ops, panel);
    if (!panel->reader) {
        q_widget_delete(&panel->dock);
        return NULL;
    }
    q_object_set_object_name((QObject *)&panel->dock, "item-panel");
    q_dockwidget_set_allowed_areas(&panel->dock, Qt_LeftDockWidgetArea | Qt_RightDockWidgetArea);
    panel->later = q_timer_new(&panel->dock);
    q_timer_set_single_shot(panel->later, true);
    q_timer_on_timeout(panel->later, &panel->dock, on_later, panel);
    make_title_bar(panel);
    make_page(panel);
    q_dockwidget_on_visibility_changed(&panel->dock, &panel->dock, visibility_changed, panel);
    vt_library_listen(library, &(vt_library_listener){.selection_changed = selection_changed,
                                                      .items_changed = items_changed,
                                                      .edit_ended = edit_ended,
                                                      .user = panel});
    return panel;
}

void vt_info_panel_stop(vt_info_panel *panel)
{
    if (panel->reader) {
        if (panel->page) {
            commit_texts(panel);
        }
        vt_info_reader_free(panel->reader);
        vt_edit_target_release(panel->target);
        panel->reader = NULL;
        panel->target = NULL;
    }
}

QDockWidget *vt_info_panel_dock(vt_info_panel *panel)
{
    return &panel->dock;
}

void vt_info_panel_edit_tags(vt_info_panel *panel)
{
    vt_tag_field_focus(panel->tags);
}

void vt_info_panel_set_theme(vt_info_panel *panel)
{
    set_icon(panel);
    if (panel->target) { /* the facts have colours of their own */
        show_brief(panel);
        read_in(panel, 0);
    }
}
