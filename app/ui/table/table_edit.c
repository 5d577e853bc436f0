/* Editing in the cells: what was typed goes to all rows that were selected when typing began. */
#include "app/ui/parts/labels.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/table/table_model.h"
#include "app/ui/table/table_private.h"
#include "core/index/tags.h"

#include <qt6c/qaction.h>
#include <qt6c/qicon.h>
#include <qt6c/qmenu.h>
#include <qt6c/qpainter.h>
#include <qt6c/qpixmap.h>

#include <stdlib.h>
#include <string.h>

static bool is_typed(int column)
{
    vt_table_edit edit = vt_table_column_at(column)->edit;
    return edit == VT_TABLE_TITLE || edit == VT_TABLE_TAGS;
}

static bool may_write(const vt_table *table)
{
    bool may = !vt_engine_is_read_only(vt_library_engine(table->library));
    if (!may) {
        table->context.say(table->context.user,
                           vt_tr("column", "The library is open for reading only: nothing can be edited"));
    }
    return may;
}

void vt_table_make_current(vt_table *table, int64_t row, int column)
{
    QItemSelectionModel *model = q_abstractitemview_selection_model(&table->tall.view);
    QModelIndex index = vt_table_index(table, row, column);
    bool is_selected = vt_selection_contains(vt_library_selection(table->library), row);
    int how = is_selected ? QItemSelectionModel_NoUpdate
                          : QItemSelectionModel_ClearAndSelect | QItemSelectionModel_Rows;
    q_itemselectionmodel_set_current_index(model, &index, how);
}

void vt_table_mark(vt_table *table, vt_edit_kind kind, int number)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_library_edit(table->library, &(vt_item_edit){.kind = kind, .number = number}, false, &error)) {
        table->context.say(table->context.user, error.message);
    }
}

/* ---- labels ---- */

typedef struct label_user {
    vt_table *table;
    int label;
} label_user;

static void on_label(void *user, bool checked)
{
    (void)checked;
    const label_user *of = user;
    vt_table_mark(of->table, VT_EDIT_LABEL, of->label);
}

static QIcon dot_icon(int label)
{
    enum { SIDE = 16, INSET = 3 };
    QPixmap picture;
    QPainter painter;
    QColor clear = vt_theme_color_alpha(0, 0);
    q_pixmap_init(&picture, SIDE, SIDE);
    q_pixmap_fill(&picture, &clear);
    q_painter_init_on(&painter, (QPaintDevice *)&picture);
    vt_paint_round(&painter, q_rect_make(INSET, INSET, SIDE - 2 * INSET, SIDE - 2 * INSET), SIDE / 2 - INSET,
                   vt_label_get(label)->rgb, VT_PAINT_NO_LINE);
    q_painter_fini(&painter);
    QIcon icon;
    q_icon_init_pixmap(&icon, &picture);
    q_pixmap_fini(&picture);
    return icon;
}

static void add_label(vt_table *table, QMenu *menu, int label, int present)
{
    const char *name = label ? vt_label_get(label)->name : VT_TR_NOOP("label", "No label");
    QAction *action = q_action_new(vt_tr("label", name), menu);
    label_user *user = malloc(sizeof *user);
    if (user) {
        *user = (label_user){table, label};
        q_action_on_triggered_with(action, menu, on_label, user, &(qt_connect_options){.destroy = free});
    }
    if (label) {
        QIcon icon = dot_icon(label);
        q_action_set_icon(action, &icon);
        q_icon_fini(&icon);
    }
    q_widget_add_action(menu, action);
    if (label == present) {
        q_menu_set_active_action(menu, action);
    }
}

static void on_hidden(void *user)
{
    q_object_delete_later(user);
}

static void choose_label(vt_table *table, int64_t row, int column)
{
    vt_item_brief item;
    QModelIndex index = vt_table_index(table, row, column);
    QRect cell = q_abstractitemview_visual_rect(&table->tall.view, &index);
    QPoint below = {cell.x1, cell.y2 + 1};
    QPoint where = q_widget_map_to_global_point(q_abstractscrollarea_viewport(&table->tall.view), &below);
    QMenu *menu = q_menu_new_empty(&table->tall.view);
    q_widget_set_accessible_name(menu, vt_tr("column", "Label"));
    int present = vt_table_item(table, row, &item) ? item.label : 0;
    for (int label = 0; label <= VT_LABELS; label++) {
        add_label(table, menu, label, present);
    }
    q_menu_on_about_to_hide(menu, menu, on_hidden, menu);
    q_menu_popup(menu, &where);
}

/* ---- texts ---- */

/* The tags of a row as they are typed. */
static void write_tags(const vt_table *table, int64_t row, vt_str *text)
{
    const vt_snapshot *snapshot = vt_library_snapshot(table->library);
    uint32_t count = 0;
    const uint32_t *tags = vt_snapshot_tags_of(snapshot, vt_library_index_row(table->library, row), &count);
    vt_str path = VT_STR_INIT;
    for (uint32_t i = 0; i < count; i++) {
        vt_index_tag tag;
        vt_snapshot_tag(snapshot, tags[i], &tag);
        vt_str_clear(&path);
        vt_snapshot_tag_path(snapshot, tags[i], &path);
        if (!tag.removed && !path.failed) {
            vt_tag_line_append(text, path.data);
        }
    }
    vt_str_free(&path);
    vt_snapshot_release(snapshot);
}

static void forget(vt_table *table)
{
    vt_edit_target_release(table->edit.target);
    vt_tag_line_clear(&table->edit.tags);
    table->edit.target = NULL;
    if (table->edit.reader) {
        vt_info_complete(table->edit.reader, "");
    }
}

static void close_editor(vt_table *table, bool focus)
{
    vt_cell_editor_end(table->edit.editor);
    forget(table);
    if (focus) {
        q_widget_set_focus(&table->tall.view);
    }
}

static bool edit_target(vt_table *table, const vt_item_edit *edit)
{
    vt_error error = VT_ERROR_INIT;
    bool asked =
        vt_library_edit_target(table->library, edit, vt_edit_target_retain(table->edit.target), &error);
    if (!asked) {
        table->context.say(table->context.user, error.message);
    }
    return asked;
}

static bool is_below(const char *tag, const char *upper)
{
    size_t length = strlen(upper);
    return strncmp(tag, upper, length) == 0 && tag[length] == '/';
}

/* Taking a tag away takes those below it: what of them is still in the line is given again. */
static size_t tags_to_give(const vt_tag_line *now, const vt_tag_line *before, const char *const *gone,
                           size_t gone_count, const char *tags[VT_TAG_LINE_MAX])
{
    size_t count = vt_tag_line_without(now, before, tags);
    for (size_t i = 0; i < now->count && count < VT_TAG_LINE_MAX; i++) {
        bool goes = false;
        bool is_new = false;
        for (size_t k = 0; k < gone_count; k++) {
            goes |= is_below(now->tags[i], gone[k]);
        }
        for (size_t k = 0; k < count; k++) {
            is_new |= strcmp(tags[k], now->tags[i]) == 0;
        }
        if (goes && !is_new) {
            tags[count++] = now->tags[i];
        }
    }
    return count;
}

/* What was added goes to all rows that are meant, and what was taken away is taken from all of them. */
static bool write_tag_edits(vt_table *table, const char *text)
{
    const char *gone[VT_TAG_LINE_MAX];
    const char *given[VT_TAG_LINE_MAX];
    vt_tag_line now = vt_tag_line_read(text);
    size_t gone_count = vt_tag_line_without(&table->edit.tags, &now, gone);
    size_t given_count = tags_to_give(&now, &table->edit.tags, gone, gone_count, given);
    bool good = !now.overflowed;
    if (!good) {
        table->context.say(table->context.user, vt_tr("column", "These are too many tags for one line"));
    }
    if (good && gone_count) {
        good = edit_target(
            table, &(vt_item_edit){.kind = VT_EDIT_REMOVE_TAGS, .tags = gone, .tag_count = gone_count});
    }
    if (good && given_count) {
        good = edit_target(
            table, &(vt_item_edit){.kind = VT_EDIT_ADD_TAGS, .tags = given, .tag_count = given_count});
    }
    vt_tag_line_clear(&now);
    return good;
}

/* False if it cannot be: it is said why, and typing goes on. */
static bool write_typed(vt_table *table, const char *text, bool changed)
{
    if (!changed) {
        return true;
    }
    bool is_title = vt_table_column_at(table->edit.column)->edit == VT_TABLE_TITLE;
    bool good = is_title ? edit_target(table, &(vt_item_edit){.kind = VT_EDIT_TITLE, .text = text})
                         : write_tag_edits(table, text);
    if (good) {
        vt_table_model_pend((QAbstractTableModel *)q_abstractitemview_model(&table->tall.view),
                            table->edit.item, table->edit.column, text);
    }
    return good;
}

static int beside(const vt_table *table, int column, int step)
{
    int at = q_headerview_visual_index(table->header, column) + step;
    for (; at >= 0 && at < vt_table_column_count(); at += step) {
        int of = q_headerview_logical_index(table->header, at);
        if (is_typed(of) && !q_headerview_is_section_hidden(table->header, of)) {
            return of;
        }
    }
    return -1;
}

/* The first or last text cell of a row. */
static int first_typed(const vt_table *table, int step)
{
    int end = step > 0 ? 0 : vt_table_column_count() - 1;
    int column = q_headerview_logical_index(table->header, end);
    bool is_it = is_typed(column) && !q_headerview_is_section_hidden(table->header, column);
    return is_it ? column : beside(table, column, step);
}

/* Behind the last cell of a row comes the first of the next one. */
static void go_on(vt_table *table, int64_t row, int column, vt_cell_end end)
{
    int64_t count = vt_library_count(table->library);
    int step = end == VT_CELL_NEXT || end == VT_CELL_DOWN ? 1 : -1;
    if (end == VT_CELL_NEXT || end == VT_CELL_PREVIOUS) {
        int other = beside(table, column, step);
        row += other < 0 ? step : 0;
        column = other < 0 ? first_typed(table, step) : other;
    } else {
        row += step;
    }
    if (row >= 0 && row < count && column >= 0) {
        vt_table_edit_cell(table, row, column);
    }
}

static void ended(void *user, const char *text, vt_cell_end end)
{
    vt_table *table = user;
    int column = table->edit.column;
    if (!table->edit.target) {
        return;
    }
    bool good = write_typed(table, text, vt_cell_editor_is_changed(table->edit.editor));
    if (!good && end != VT_CELL_LEFT) {
        return;
    }
    int64_t row = vt_library_row_of(table->library, table->edit.item);
    close_editor(table, end != VT_CELL_LEFT);
    if (row >= 0 && end != VT_CELL_DONE && end != VT_CELL_LEFT) {
        go_on(table, row, column, end);
    }
}

static void cancelled(void *user)
{
    close_editor(user, true);
}

/* ---- completion ---- */

static void typed(void *user, const char *text, size_t cursor)
{
    const vt_table *table = user;
    size_t from = 0;
    size_t to = 0;
    vt_tag_line_at(text, cursor, &from, &to);
    from += text[from] == '"';
    char *tag = table->edit.reader && to > from ? strndup(text + from, to - from) : NULL;
    if (table->edit.reader) {
        vt_info_complete(table->edit.reader, tag ? tag : "");
    }
    free(tag);
}

static void suggested(void *user, const char *const *tags, size_t count)
{
    const vt_table *table = user;
    vt_cell_editor_suggest(table->edit.editor, tags, count);
}

/* The choice takes the place of the tag at the cursor. */
static void chosen(void *user, const char *text, size_t cursor, const char *choice)
{
    const vt_table *table = user;
    size_t from = 0;
    size_t to = 0;
    vt_str quoted = VT_STR_INIT;
    vt_str line = VT_STR_INIT;
    vt_tag_line_at(text, cursor, &from, &to);
    vt_tag_line_append(&quoted, choice);
    vt_str_append(&line, text, from);
    vt_str_append(&line, quoted.data, quoted.length);
    vt_str_append_cstr(&line, text[to] ? text + to : ", ");
    vt_cell_editor_take(table->edit.editor, line.data);
    vt_str_free(&quoted);
    vt_str_free(&line);
}

/* ---- beginning ---- */

static const vt_cell_editor_ops editor_ops = {
    .ended = ended, .cancelled = cancelled, .typed = typed, .chosen = chosen};
static const vt_info_ops reader_ops = {.suggested = suggested};

void vt_table_make_editor(vt_table *table)
{
    table->edit.editor =
        vt_cell_editor_create(q_abstractscrollarea_viewport(&table->tall.view), &editor_ops, table);
    table->edit.reader =
        vt_info_reader_create(&table->tall.view, vt_library_engine(table->library), table->context.executor,
                              &reader_ops, table); /* NULL without memory: nothing is completed then */
}

static void begin_typing(vt_table *table, int64_t row, int column, const vt_item_brief *item)
{
    const vt_table_column *of = vt_table_column_at(column);
    vt_str text = VT_STR_INIT;
    vt_str name = VT_STR_INIT;
    if (of->edit == VT_TABLE_TAGS) {
        write_tags(table, row, &text);
        table->edit.tags = vt_tag_line_read(text.data);
    } else {
        vt_str_append(&text, item->title, item->title_length);
    }
    vt_tr_append_with(&name, "column", "Edit %1", vt_tr("column", of->title));
    table->edit.target = vt_library_target(table->library, false);
    table->edit.item = item->id;
    table->edit.column = column;
    if (table->edit.target && !text.failed && !table->edit.tags.overflowed) {
        vt_table_place_editor(table);
        vt_cell_editor_begin(table->edit.editor, name.data, text.data, of->edit == VT_TABLE_TAGS);
    } else {
        table->context.say(
            table->context.user,
            vt_tr("column", "These tags do not fit into one line: edit them in the item panel"));
        forget(table);
    }
    vt_str_free(&text);
    vt_str_free(&name);
}

void vt_table_edit_cell(vt_table *table, int64_t row, int column)
{
    vt_item_brief item;
    vt_table_end_edit(table);
    if (!vt_table_item(table, row, &item) || !may_write(table)) {
        return;
    }
    vt_table_make_current(table, row, column);
    QModelIndex index = vt_table_index(table, row, column);
    q_abstractitemview_scroll_to_full(&table->tall.view, &index, QAbstractItemView_EnsureVisible);
    if (is_typed(column)) {
        begin_typing(table, row, column, &item);
    } else if (vt_table_column_at(column)->edit == VT_TABLE_LABEL) {
        choose_label(table, row, column);
    }
}

void vt_table_edit_current(vt_table *table)
{
    QModelIndex current = q_abstractitemview_current_index(&table->tall.view);
    if (!q_modelindex_is_valid(&current)) {
        return;
    }
    int column = current.c;
    vt_table_edit edit = vt_table_column_at(column)->edit;
    if (q_headerview_is_section_hidden(table->header, column) ||
        (edit != VT_TABLE_LABEL && !is_typed(column))) {
        column = first_typed(table, 1);
    }
    if (column < 0) { /* none is shown */
        column = vt_table_column_of_word("title", strlen("title"));
        q_headerview_set_section_hidden(table->header, column, false);
    }
    vt_table_edit_cell(table, current.r, column);
}

void vt_table_place_editor(vt_table *table)
{
    if (!table->edit.target) {
        return;
    }
    int64_t row = vt_library_row_of(table->library, table->edit.item);
    if (row < 0 || q_headerview_is_section_hidden(table->header, table->edit.column)) {
        vt_table_end_edit(table); /* it is not shown any more; what was typed was meant for it */
        return;
    }
    QModelIndex index = vt_table_index(table, row, table->edit.column);
    vt_cell_editor_place(table->edit.editor, q_abstractitemview_visual_rect(&table->tall.view, &index));
}

void vt_table_end_edit(vt_table *table)
{
    char *text = table->edit.target ? vt_cell_editor_text(table->edit.editor) : NULL;
    if (text) {
        write_typed(table, text, vt_cell_editor_is_changed(table->edit.editor));
        close_editor(table, true);
    }
    free(text);
}
