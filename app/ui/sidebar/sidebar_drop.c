/* What is dropped on a row of the sidebar: dragged items get the tag, rating or label, or come into the
 * album. */
#include "app/ui/sidebar/sidebar_private.h"

#include "app/ui/library/edits.h"
#include "app/ui/parts/paint.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qdragleaveevent.h>
#include <qt6c/qdragmoveevent.h>
#include <qt6c/qdropevent.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qpainter.h>
#include <qt6c/qtooltip.h>

#include <stdlib.h>
#include <string.h>

/* ---- what a row does to items ---- */

/* `tag` is a place for the path of a tag, which the edit points to. False: nothing can be dropped there. */
static bool edit_of(const vt_sidebar_rows *rows, vt_sidebar_section section, uint32_t row, vt_str *tag,
                    const char **tags, vt_item_edit *edit)
{
    int64_t id = rows->rows[row].id;
    *edit = (vt_item_edit){.number = (int)id, .album = id};
    switch (section) {
    case VT_SIDEBAR_RATINGS:
        edit->kind = VT_EDIT_RATING;
        return true;
    case VT_SIDEBAR_LABELS:
        edit->kind = VT_EDIT_LABEL;
        return true;
    case VT_SIDEBAR_ALBUMS:
        edit->kind = VT_EDIT_ADD_TO_ALBUM;
        return id != 0;
    case VT_SIDEBAR_TAGS:
        vt_sidebar_rows_path(rows, row, tag);
        *tags = tag->data;
        edit->kind = VT_EDIT_ADD_TAGS;
        edit->tags = tags;
        edit->tag_count = 1;
        return id != 0 && !tag->failed;
    default:
        return false;
    }
}

static void append_words(const vt_sidebar_rows *rows, vt_sidebar_section section, uint32_t row, int64_t items,
                         vt_str *text)
{
    vt_str form = VT_STR_INIT;
    vt_str name = VT_STR_INIT;
    if (section == VT_SIDEBAR_TAGS) {
        vt_sidebar_rows_path(rows, row, &name);
    } else {
        vt_str_append_cstr(&name, vt_sidebar_model_title(rows, section, row));
    }
    switch (section) {
    case VT_SIDEBAR_RATINGS:
        vt_tr_append_count(&form, "sidebar", "Rate %n item %1", "Rate %n items %1", items);
        break;
    case VT_SIDEBAR_LABELS:
        vt_tr_append_count(&form, "sidebar", "Label %n item %1", "Label %n items %1", items);
        break;
    case VT_SIDEBAR_ALBUMS:
        vt_tr_append_count(&form, "sidebar", "Add %n item to %1", "Add %n items to %1", items);
        break;
    default:
        vt_tr_append_count(&form, "sidebar", "Tag %n item with %1", "Tag %n items with %1", items);
        break;
    }
    if (!form.failed && !name.failed) {
        vt_tr_fill(text, form.data, name.length ? name.data : "");
    }
    vt_str_free(&name);
    vt_str_free(&form);
}

static int64_t dragged(const vt_sidebar *sidebar)
{
    int64_t rows = vt_library_selection(sidebar->library)->rows;
    return rows > 0 ? rows : 1;
}

/* ---- dragging ---- */

static vt_sidebar_tree *tree_of(QTreeView *self)
{
    return (vt_sidebar_tree *)self;
}

static void update(vt_sidebar_tree *tree)
{
    q_widget_update(q_abstractscrollarea_viewport(&tree->view));
}

static void aim_at_nothing(vt_sidebar_tree *tree)
{
    if (tree->aimed) {
        tree->aimed = false;
        q_tooltip_show_text(&(QPoint){0, 0}, "", &tree->view, &(QRect){0, 0, -1, -1}); /* hides it */
        update(tree);
    }
}

/* Only what comes from this window: a tag of this tree, or what is selected there. */
static bool is_ours(const vt_sidebar_tree *tree, QDropEventConstRef event)
{
    if (tree->dragged) {
        return true;
    }
    return q_dropevent_source(event) != NULL && vt_library_selection(tree->sidebar->library)->current >= 0 &&
           !vt_engine_is_read_only(vt_library_engine(tree->sidebar->library));
}

static void append_move(const vt_sidebar_tree *tree, vt_str *text)
{
    vt_str to = VT_STR_INIT;
    if (vt_sidebar_dropped_path(tree, tree->section, tree->row, &to)) {
        vt_tr_append_with(text, "sidebar", "Move the tag to %1", to.data);
    }
    vt_str_free(&to);
}

/* The words stand beside the row, where the pointer does not hide them. */
static void say_what(vt_sidebar_tree *tree, const vt_sidebar_rows *rows, const QRect *line)
{
    vt_str words = VT_STR_INIT;
    if (tree->dragged) {
        append_move(tree, &words);
    } else {
        append_words(rows, tree->section, tree->row, dragged(tree->sidebar), &words);
    }
    if (words.length > 0) {
        QWidget *viewport = q_abstractscrollarea_viewport(&tree->view);
        QPoint at = {q_widget_width(viewport) + 4, line->y1 - 16};
        QPoint there = q_widget_map_to_global_point(viewport, &at);
        q_tooltip_show_text_full(&there, words.data, viewport, &(QRect){0, 0, -1, -1}, 60000);
        vt_log_write(&tree->sidebar->log, VT_LOG_DEBUG, "sidebar: drop would: %s", words.data);
    }
    vt_str_free(&words);
}

/* Whether the row takes what is dragged: a tag, or items. */
static bool takes(const vt_sidebar_tree *tree, const vt_sidebar_content *content, vt_sidebar_section section,
                  uint32_t row)
{
    vt_str path = VT_STR_INIT;
    const char *tags = NULL;
    vt_item_edit edit;
    bool good = tree->dragged ? vt_sidebar_dropped_path(tree, section, row, &path)
                              : row != VT_SIDEBAR_NONE &&
                                    edit_of(&content->sections[section], section, row, &path, &tags, &edit);
    vt_str_free(&path);
    return good;
}

/* True if something can be dropped at this place. */
static bool aim(vt_sidebar_tree *tree, QPointF at)
{
    const vt_sidebar_content *content = vt_sidebar_model_content(tree->sidebar->model);
    const QPoint pixel = {(int)at.xp, (int)at.yp};
    QModelIndex index = q_treeview_index_at(&tree->view, &pixel);
    vt_sidebar_section section;
    uint32_t row;
    if (!content || !vt_sidebar_model_at(&index, &section, &row) || !takes(tree, content, section, row)) {
        aim_at_nothing(tree);
        return false;
    }
    if (!tree->aimed || tree->section != section || tree->row != row) {
        tree->aimed = true;
        tree->section = section;
        tree->row = row;
        QRect line = q_treeview_visual_rect(&tree->view, &index);
        say_what(tree, &content->sections[section], &line);
        update(tree);
    }
    return true;
}

static void drag_enter(QTreeView *self, QDragEnterEvent *event)
{
    if (is_ours(tree_of(self), event)) {
        q_dropevent_set_drop_action(event, tree_of(self)->dragged ? Qt_MoveAction : Qt_CopyAction);
        q_event_accept(event); /* which row it is over is told next */
    } else {
        q_event_ignore(event);
    }
}

static void drag_move(QTreeView *self, QDragMoveEvent *event)
{
    vt_sidebar_tree *tree = tree_of(self);
    if (is_ours(tree, event) && aim(tree, q_dropevent_position(event))) {
        q_dropevent_set_drop_action(event, tree->dragged ? Qt_MoveAction : Qt_CopyAction);
        q_event_accept(event);
    } else {
        q_event_ignore(event);
    }
}

static void drag_leave(QTreeView *self, QDragLeaveEvent *event)
{
    (void)event;
    aim_at_nothing(tree_of(self));
}

static void drop_items(vt_sidebar_tree *tree)
{
    vt_sidebar *sidebar = tree->sidebar;
    const vt_sidebar_content *content = vt_sidebar_model_content(sidebar->model);
    vt_str tag = VT_STR_INIT;
    const char *tags = NULL;
    vt_item_edit edit;
    vt_error error = VT_ERROR_INIT;
    if (edit_of(&content->sections[tree->section], tree->section, tree->row, &tag, &tags, &edit) &&
        !vt_library_edit(sidebar->library, &edit, false, &error)) {
        sidebar->ops.say(sidebar->ops.user, error.message);
    }
    vt_log_write(&sidebar->log, VT_LOG_INFO, "sidebar: dropped: %lld on %s", (long long)dragged(sidebar),
                 vt_sidebar_rows_filter(&content->sections[tree->section], tree->row));
    vt_str_free(&tag);
}

static void drop(QTreeView *self, QDropEvent *event)
{
    vt_sidebar_tree *tree = tree_of(self);
    if (!is_ours(tree, event) || !aim(tree, q_dropevent_position(event))) {
        aim_at_nothing(tree);
        q_event_ignore(event);
        return;
    }
    if (tree->dragged) {
        vt_sidebar_drop_tag(tree, tree->section, tree->row);
    } else {
        drop_items(tree);
    }
    aim_at_nothing(tree);
    q_dropevent_set_drop_action(event, tree->dragged ? Qt_MoveAction : Qt_CopyAction);
    q_event_accept(event);
}

/* ---- keys and the mouse ---- */

static bool tree_event(QTreeView *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_ShortcutOverride &&
        vt_sidebar_takes_key(tree_of(self)->sidebar, q_keyevent_key((QKeyEvent *)event))) {
        q_event_accept(event);
        return true;
    }
    return q_abstractitemview_base_event(self, event);
}

static void key_press(QTreeView *self, QKeyEvent *event)
{
    int key = q_keyevent_key(event);
    if (vt_sidebar_takes_key(tree_of(self)->sidebar, key)) {
        vt_sidebar_do_key(tree_of(self)->sidebar, key);
    } else {
        q_treeview_base_key_press_event(self, event);
    }
}

static void mouse_press(QTreeView *self, QMouseEvent *event)
{
    q_treeview_base_mouse_press_event(self, event);
    vt_sidebar_press(tree_of(self), event);
}

static void mouse_move(QTreeView *self, QMouseEvent *event)
{
    if (!vt_sidebar_move(tree_of(self), event)) {
        q_treeview_base_mouse_move_event(self, event);
    }
}

static void finish(void *self)
{
    vt_sidebar_tree *tree = self;
    free(tree->pressed);
    free(tree->dragged);
}

/* ---- what is aimed at has a frame ---- */

static void paint(QTreeView *self, QPaintEvent *event)
{
    const vt_sidebar_tree *tree = tree_of(self);
    q_treeview_base_paint_event(self, event);
    QModelIndex index = vt_sidebar_model_index(tree->sidebar->model, tree->section, tree->row);
    if (!tree->aimed || !q_modelindex_is_valid(&index)) {
        return;
    }
    QWidget *viewport = q_abstractscrollarea_viewport(&tree->view);
    QRect line = q_treeview_visual_rect(&tree->view, &index);
    line.x1 = 2;
    line.x2 = q_widget_width(viewport) - 3;
    QPainter painter;
    q_painter_init_on(&painter, q_widget_as_paintdevice(viewport));
    vt_paint_round(&painter, line, 5, VT_PAINT_NO_FILL, vt_theme_current()->accent);
    line = q_rect_adjusted(&line, 1, 1, -1, -1);
    vt_paint_round(&painter, line, 4, VT_PAINT_NO_FILL, vt_theme_current()->accent);
    q_painter_fini(&painter);
}

static const QTreeViewVirtuals tree_virtuals = {.event = tree_event,
                                                .key_press_event = key_press,
                                                .mouse_press_event = mouse_press,
                                                .mouse_move_event = mouse_move,
                                                .paint_event = paint,
                                                .drag_enter_event = drag_enter,
                                                .drag_move_event = drag_move,
                                                .drag_leave_event = drag_leave,
                                                .drop_event = drop};
static qt_subclass tree_class = {.base = &qt_class_QTreeView,
                                 .virtuals = &tree_virtuals,
                                 .instance_size = sizeof(vt_sidebar_tree),
                                 .finish = finish};

vt_sidebar_tree *vt_sidebar_tree_create(vt_sidebar *sidebar)
{
    vt_sidebar_tree *tree = qt_subclass_allocate(&tree_class);
    q_treeview_init(&tree->view, &sidebar->splitter);
    qt_subclass_install(&tree_class, tree);
    tree->sidebar = sidebar;
    q_widget_set_accept_drops(&tree->view, true);
    q_widget_set_accept_drops(q_abstractscrollarea_viewport(&tree->view), true);
    return tree;
}
