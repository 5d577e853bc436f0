#include "app/ui/sidebar/sidebar.h"

#include "app/ui/parts/translate.h"
#include "app/ui/sidebar/sidebar_memory.h"
#include "app/ui/sidebar/sidebar_private.h"

#include <qt6c/qguiapplication.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qmodelindex.h>

#include <stdlib.h>
#include <string.h>

enum { COUNT_WIDTH = 76 };

/* ---- choosing ---- */

/* An album by itself is shown in its order. */
static void show_album(vt_sidebar *sidebar)
{
    vt_library_set_album(sidebar->library, vt_sidebar_album(sidebar, NULL));
}

void vt_sidebar_show_choice(vt_sidebar *sidebar)
{
    vt_sidebar_choice chosen = {.count = 0};
    vt_str text = VT_STR_INIT;
    vt_sidebar_read_choice(sidebar, &chosen);
    vt_sidebar_combine(chosen.sections, (const char *const *)chosen.filters, chosen.count, &text);
    char *shown = text.failed ? NULL : strdup(text.data ? text.data : "");
    if (sidebar->adds && sidebar->typed && *sidebar->typed) {
        vt_str_append_cstr(&text, chosen.count > 0 ? " " : "");
        size_t from = text.length;
        vt_sidebar_append_typed(sidebar->typed, &text);
        if (chosen.count == 0) { /* alone, it needs no brackets */
            text.length = from;
            vt_str_append_cstr(&text, sidebar->typed);
        }
    }
    vt_sidebar_clear_choice(&chosen);
    if (shown && !text.failed) {
        free(sidebar->shown);
        sidebar->shown = shown;
        vt_sidebar_show_chips(sidebar);
        show_album(sidebar);
        vt_log_write(&sidebar->log, VT_LOG_INFO, "sidebar: shows: %s", text.data ? text.data : "");
        sidebar->ops.filter(sidebar->ops.user, text.data ? text.data : "");
        sidebar->ops.chosen(sidebar->ops.user);
    } else {
        free(shown);
    }
    vt_str_free(&text);
}

/* With Ctrl (or Shift) the choice joins what is there, what was typed among it; else it takes its place. */
static void on_selection(void *user, const QItemSelection *selected, const QItemSelection *deselected)
{
    (void)selected;
    vt_sidebar *sidebar = user;
    if (!sidebar->quiet && !vt_sidebar_keep_choice(sidebar, deselected)) {
        sidebar->adds =
            (q_guiapplication_keyboard_modifiers() & (Qt_ControlModifier | Qt_ShiftModifier)) != 0;
        vt_sidebar_show_choice(sidebar);
    }
}

/* What stands behind the choice; NULL if that does not stand at the beginning any more. */
static const char *behind_choice(const vt_sidebar *sidebar, const char *text)
{
    size_t length = sidebar->shown ? strlen(sidebar->shown) : 0;
    if (length == 0 || strncmp(text, sidebar->shown, length) != 0 || (text[length] && text[length] != ' ')) {
        return NULL;
    }
    return text + length + strspn(text + length, " ");
}

void vt_sidebar_filter_edited(vt_sidebar *sidebar, const char *text)
{
    const char *behind = behind_choice(sidebar, text);
    char *typed = strdup(behind ? behind : text);
    free(sidebar->typed);
    sidebar->typed = typed;
    if (sidebar->shown && *sidebar->shown && !behind) {
        free(sidebar->shown);
        sidebar->shown = NULL;
        sidebar->quiet = true;
        q_itemselectionmodel_clear_selection(q_abstractitemview_selection_model(&sidebar->tree->view));
        sidebar->quiet = false;
        vt_sidebar_show_chips(sidebar);
        vt_library_set_album(sidebar->library, 0);
        sidebar->ops.chosen(sidebar->ops.user);
    }
}

/* ---- the chips ---- */

static void take_back(void *user, size_t number)
{
    vt_sidebar *sidebar = user;
    vt_sidebar_choice chosen = {.count = 0};
    vt_sidebar_read_choice(sidebar, &chosen);
    if (number < chosen.count) {
        QModelIndex index =
            vt_sidebar_model_index(sidebar->model, chosen.sections[number], chosen.rows[number]);
        sidebar->quiet = true;
        q_itemselectionmodel_select(q_abstractitemview_selection_model(&sidebar->tree->view), &index,
                                    QItemSelectionModel_Deselect | QItemSelectionModel_Rows);
        sidebar->quiet = false;
        sidebar->adds = true;
        vt_sidebar_show_choice(sidebar);
    }
    vt_sidebar_clear_choice(&chosen);
}

static void take_all_back(void *user)
{
    vt_sidebar *sidebar = user;
    sidebar->quiet = true;
    q_itemselectionmodel_clear_selection(q_abstractitemview_selection_model(&sidebar->tree->view));
    sidebar->quiet = false;
    sidebar->adds = true;
    vt_sidebar_show_choice(sidebar);
}

void vt_sidebar_choose_nothing(vt_sidebar *sidebar)
{
    take_all_back(sidebar);
}

static const vt_choice_bar_ops bar_ops = {take_back, take_all_back};

QWidget *vt_sidebar_make_bar(vt_sidebar *sidebar, QWidgetRef parent)
{
    sidebar->bar = vt_choice_bar_create(parent, &bar_ops, sidebar);
    return vt_choice_bar_widget(sidebar->bar);
}

int64_t vt_sidebar_album(vt_sidebar *sidebar, vt_str *name)
{
    const vt_sidebar_content *content = vt_sidebar_model_content(sidebar->model);
    vt_sidebar_choice chosen = {.count = 0};
    int64_t album = 0;
    vt_sidebar_read_choice(sidebar, &chosen);
    if (chosen.count == 1 && chosen.sections[0] == VT_SIDEBAR_ALBUMS) {
        const vt_sidebar_rows *rows = &content->sections[VT_SIDEBAR_ALBUMS];
        album = rows->rows[chosen.rows[0]].id;
        if (name) {
            vt_str_append_cstr(name, vt_sidebar_rows_title(rows, chosen.rows[0]));
        }
    }
    vt_sidebar_clear_choice(&chosen);
    return album;
}

/* A click anywhere on a section's line opens or closes it. */
static void on_clicked(void *user, const QModelIndex *index)
{
    vt_sidebar *sidebar = user;
    vt_sidebar_section section;
    uint32_t row;
    if (vt_sidebar_model_at(index, &section, &row) && row == VT_SIDEBAR_NONE) {
        QModelIndex first = vt_sidebar_model_index(sidebar->model, section, VT_SIDEBAR_NONE);
        q_treeview_set_expanded(&sidebar->tree->view, &first,
                                !q_treeview_is_expanded(&sidebar->tree->view, &first));
    }
    vt_sidebar_press_twins(sidebar, index);
}

static void note_open(vt_sidebar *sidebar, const QModelIndex *index, bool open)
{
    vt_sidebar_section section;
    uint32_t row;
    if (sidebar->quiet || !vt_sidebar_model_at(index, &section, &row)) {
        return;
    }
    if (row != VT_SIDEBAR_NONE) {
        const vt_sidebar_rows *rows = &vt_sidebar_model_content(sidebar->model)->sections[section];
        vt_sidebar_fold_note(&sidebar->fold, (int)section, rows, row, open);
        vt_log_write(&sidebar->log, VT_LOG_DEBUG, "sidebar: %s %s", open ? "opened" : "closed",
                     vt_sidebar_rows_filter(rows, row));
    } else {
        sidebar->open[section] = open;
        vt_log_write(&sidebar->log, VT_LOG_DEBUG, "sidebar: %s %s", open ? "opened" : "closed",
                     vt_sidebar_section_get(section)->name);
        if (sidebar->keeps) {
            vt_sidebar_save_open(sidebar->open);
        }
    }
}

static void on_expanded(void *user, const QModelIndex *index)
{
    note_open(user, index, true);
}

static void on_collapsed(void *user, const QModelIndex *index)
{
    note_open(user, index, false);
}

/* ---- saved filters ---- */

static void saved_changed(vt_sidebar *sidebar)
{
    if (sidebar->keeps) {
        vt_sidebar_save_filters(&sidebar->saved);
    }
    vt_reading_begin(sidebar->counting);
}

bool vt_sidebar_save_filter(vt_sidebar *sidebar, const char *name, const char *text)
{
    if (!vt_saved_filters_put(&sidebar->saved, name, text)) {
        return false;
    }
    sidebar->open[VT_SIDEBAR_SAVED] = true;
    vt_log_write(&sidebar->log, VT_LOG_INFO, "sidebar: saved: %s: %s", name, text);
    saved_changed(sidebar);
    return true;
}

/* The saved filter that is the line `i` of what is chosen; its number, or -1. */
static ptrdiff_t find_saved(const vt_sidebar *sidebar, const vt_sidebar_choice *chosen, size_t i)
{
    for (size_t k = 0; chosen->sections[i] == VT_SIDEBAR_SAVED && k < sidebar->saved.count; k++) {
        if (strcmp(sidebar->saved.list[k].text, chosen->filters[i]) == 0) {
            return (ptrdiff_t)k;
        }
    }
    return -1;
}

bool vt_sidebar_has_saved_chosen(vt_sidebar *sidebar)
{
    vt_sidebar_choice chosen = {.count = 0};
    bool any = false;
    vt_sidebar_read_choice(sidebar, &chosen);
    for (size_t i = 0; i < chosen.count && !any; i++) {
        any = find_saved(sidebar, &chosen, i) >= 0;
    }
    vt_sidebar_clear_choice(&chosen);
    return any;
}

bool vt_sidebar_forget_filter(vt_sidebar *sidebar)
{
    vt_sidebar_choice chosen = {.count = 0};
    bool forgot = false;
    vt_sidebar_read_choice(sidebar, &chosen);
    for (size_t i = 0; i < chosen.count; i++) {
        ptrdiff_t at = find_saved(sidebar, &chosen, i);
        if (at >= 0) {
            vt_log_write(&sidebar->log, VT_LOG_INFO, "sidebar: forgotten: %s", sidebar->saved.list[at].name);
            vt_saved_filters_remove(&sidebar->saved, sidebar->saved.list[at].name);
            forgot = true;
        }
    }
    vt_sidebar_clear_choice(&chosen);
    if (forgot) {
        saved_changed(sidebar);
    }
    return forgot;
}

/* ---- life ---- */

/* Rows may have changed: not by a filter, which is what most views are made for. */
static void view_changed(void *user)
{
    vt_sidebar *sidebar = user;
    if (vt_library_rows_version(sidebar->library) != sidebar->counted) {
        vt_reading_begin_soon(sidebar->counting);
    }
}

void vt_sidebar_stop(vt_sidebar *sidebar)
{
    atomic_store(&sidebar->cancelled, true);
    vt_folder_view_stop(sidebar->folders);
    vt_reading_stop(sidebar->counting);
}

static void finish(void *self)
{
    vt_sidebar *sidebar = self;
    atomic_store(&sidebar->cancelled, true);
    vt_reading_free(sidebar->counting);
    vt_saved_filters_clear(&sidebar->saved);
    vt_tally_release(sidebar->tally);
    free(sidebar->shown);
    free(sidebar->typed);
}

static qt_subclass sidebar_class = {
    .base = &qt_class_QSplitter, .instance_size = sizeof(vt_sidebar), .finish = finish};

static void make_tree(vt_sidebar *sidebar)
{
    sidebar->tree = vt_sidebar_tree_create(sidebar);
    sidebar->model = vt_sidebar_model_create(&sidebar->tree->view);
    q_treeview_set_model(&sidebar->tree->view, vt_sidebar_model_item_model(sidebar->model));
    q_treeview_set_header_hidden(&sidebar->tree->view, true);
    q_treeview_set_uniform_row_heights(&sidebar->tree->view, true);
    q_treeview_set_expands_on_double_click(&sidebar->tree->view, false);
    q_abstractitemview_set_selection_mode(&sidebar->tree->view, QAbstractItemView_ExtendedSelection);
    q_abstractitemview_set_selection_behavior(&sidebar->tree->view, QAbstractItemView_SelectRows);
    q_frame_set_frame_shape(&sidebar->tree->view, QFrame_NoFrame);
    q_abstractscrollarea_set_horizontal_scroll_bar_policy(&sidebar->tree->view, Qt_ScrollBarAlwaysOff);
    q_widget_set_accessible_name(&sidebar->tree->view, vt_tr("sidebar", "Sections"));
    QHeaderView *header = q_treeview_header(&sidebar->tree->view);
    q_headerview_set_stretch_last_section(header, false);
    q_headerview_set_minimum_section_size(header, 24);
    q_headerview_set_section_resize_mode(header, 0, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, 1, QHeaderView_Fixed);
    q_headerview_resize_section(header, 1, COUNT_WIDTH);
    q_itemselectionmodel_on_selection_changed(q_abstractitemview_selection_model(&sidebar->tree->view),
                                              &sidebar->splitter, on_selection, sidebar);
    q_abstractitemview_on_clicked(&sidebar->tree->view, &sidebar->splitter, on_clicked, sidebar);
    vt_sidebar_prepare_twins(sidebar);
    q_abstractitemview_set_edit_triggers(&sidebar->tree->view, QAbstractItemView_NoEditTriggers);
    vt_sidebar_model_on_renamed(sidebar->model, vt_sidebar_rename, sidebar);
    q_treeview_on_expanded(&sidebar->tree->view, &sidebar->splitter, on_expanded, sidebar);
    q_treeview_on_collapsed(&sidebar->tree->view, &sidebar->splitter, on_collapsed, sidebar);
}

vt_sidebar *vt_sidebar_create(QWidgetRef parent, vt_library *library, vt_executor *executor, bool keeps,
                              const vt_sidebar_ops *ops, vt_log log)
{
    vt_sidebar *sidebar = qt_subclass_allocate(&sidebar_class);
    q_splitter_init(&sidebar->splitter, Qt_Vertical, parent);
    qt_subclass_install(&sidebar_class, sidebar);
    sidebar->library = library;
    sidebar->keeps = keeps;
    sidebar->ops = *ops;
    sidebar->log = log;
    for (int i = 0; i < VT_SIDEBAR_SECTION_COUNT; i++) {
        sidebar->open[i] = vt_sidebar_section_get((vt_sidebar_section)i)->open;
    }
    if (keeps) {
        vt_sidebar_load_open(sidebar->open);
        vt_sidebar_load_filters(&sidebar->saved);
    }
    sidebar->folders = vt_folder_view_create(&sidebar->splitter, library, executor, log);
    make_tree(sidebar);
    q_splitter_add_widget(&sidebar->splitter, vt_folder_view_widget(sidebar->folders));
    q_splitter_add_widget(&sidebar->splitter, &sidebar->tree->view);
    q_splitter_set_stretch_factor(&sidebar->splitter, 0, 1);
    q_splitter_set_stretch_factor(&sidebar->splitter, 1, 1);
    q_splitter_set_children_collapsible(&sidebar->splitter, false);
    q_splitter_set_handle_width(&sidebar->splitter, 1);
    sidebar->counting =
        vt_reading_create((QObject *)&sidebar->splitter, executor, &vt_sidebar_count_ops, sidebar);
    vt_library_listen(library, &(vt_library_listener){.view_changed = view_changed, .user = sidebar});
    return sidebar;
}

QWidget *vt_sidebar_widget(vt_sidebar *sidebar)
{
    return (QWidget *)&sidebar->splitter;
}

vt_folder_view *vt_sidebar_folders(vt_sidebar *sidebar)
{
    return sidebar->folders;
}

QWidget *vt_sidebar_sections(vt_sidebar *sidebar)
{
    return (QWidget *)&sidebar->tree->view;
}

const vt_tally *vt_sidebar_tally(const vt_sidebar *sidebar)
{
    return sidebar->tally;
}

const vt_saved_filters *vt_sidebar_saved(const vt_sidebar *sidebar)
{
    return &sidebar->saved;
}

bool vt_sidebar_is_busy(const vt_sidebar *sidebar)
{
    return vt_reading_is_busy(sidebar->counting);
}
