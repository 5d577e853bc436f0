/* Tags and albums themselves, in their section: renamed in place, dragged below another tag, deleted. */
#include "app/ui/sidebar/sidebar_private.h"

#include "app/ui/library/edits.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <qt6c/qaction.h>
#include <qt6c/qapplication.h>
#include <qt6c/qdrag.h>
#include <qt6c/qkeysequence.h>
#include <qt6c/qmimedata.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qmouseevent.h>

#include <stdlib.h>
#include <string.h>

/* ---- what is asked of the library ---- */

/* Of a tag or an album itself: it needs no items. */
static void ask(vt_sidebar *sidebar, const vt_item_edit *edit)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_library_edit_target(sidebar->library, edit, vt_edit_target_of_items(NULL, 0), &error)) {
        sidebar->ops.say(sidebar->ops.user, error.message);
    }
}

static void move_tag(vt_sidebar *sidebar, const char *tag, const char *to)
{
    const vt_item_edit edit = {
        .kind = to ? VT_EDIT_MOVE_TAG : VT_EDIT_DELETE_TAG, .text = to, .tags = &tag, .tag_count = 1};
    vt_log_write(&sidebar->log, VT_LOG_INFO, "sidebar: tag: %s to %s", tag, to ? to : "nothing");
    ask(sidebar, &edit);
}

static const char *last_level(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The tag or album at `index`; its row goes to `row`, and of a tag its path to `path`. */
static bool at(vt_sidebar *sidebar, const QModelIndex *index, vt_sidebar_section *section, uint32_t *row,
               vt_str *path)
{
    const vt_sidebar_content *content = vt_sidebar_model_content(sidebar->model);
    if (!content || !vt_sidebar_model_at(index, section, row) || *row == VT_SIDEBAR_NONE ||
        !vt_sidebar_section_is_renamed(*section) || content->sections[*section].rows[*row].id == 0) {
        return false;
    }
    if (*section == VT_SIDEBAR_TAGS) {
        vt_sidebar_rows_path(&content->sections[*section], *row, path);
    }
    return !path->failed;
}

static bool may_write(vt_sidebar *sidebar)
{
    return !vt_engine_is_read_only(vt_library_engine(sidebar->library));
}

/* ---- names ---- */

static void rename_tag(vt_sidebar *sidebar, vt_str *path, const char *name)
{
    vt_str to = VT_STR_INIT;
    vt_str_append(&to, path->data, (size_t)(last_level(path->data) - path->data));
    vt_str_append_cstr(&to, name);
    if (!to.failed && strcmp(to.data, path->data) != 0) {
        move_tag(sidebar, path->data, to.data);
    }
    vt_str_free(&to);
}

bool vt_sidebar_rename(void *user, const QModelIndex *index, const char *name)
{
    vt_sidebar *sidebar = user;
    vt_sidebar_section section;
    uint32_t row;
    vt_str path = VT_STR_INIT;
    bool good = *name && at(sidebar, index, &section, &row, &path);
    if (good && section == VT_SIDEBAR_TAGS) {
        rename_tag(sidebar, &path, name);
    } else if (good) {
        int64_t album = vt_sidebar_model_content(sidebar->model)->sections[section].rows[row].id;
        ask(sidebar, &(vt_item_edit){.kind = VT_EDIT_RENAME_ALBUM, .album = album, .text = name});
    }
    vt_str_free(&path);
    return good;
}

static bool at_current(vt_sidebar *sidebar, vt_sidebar_section *section, uint32_t *row, vt_str *path)
{
    QModelIndex index = q_abstractitemview_current_index(&sidebar->tree->view);
    return may_write(sidebar) && at(sidebar, &index, section, row, path);
}

static void edit_name(vt_sidebar *sidebar)
{
    QModelIndex index = q_abstractitemview_current_index(&sidebar->tree->view);
    index = q_modelindex_sibling_at_column(&index, 0);
    q_abstractitemview_edit(&sidebar->tree->view, &index);
}

static void delete_at_current(vt_sidebar *sidebar)
{
    vt_sidebar_section section;
    uint32_t row;
    vt_str path = VT_STR_INIT;
    bool good = at_current(sidebar, &section, &row, &path);
    if (good && section == VT_SIDEBAR_TAGS) {
        move_tag(sidebar, path.data, NULL);
    } else if (good) {
        int64_t album = vt_sidebar_model_content(sidebar->model)->sections[section].rows[row].id;
        ask(sidebar, &(vt_item_edit){.kind = VT_EDIT_DELETE_ALBUM, .album = album});
    }
    vt_str_free(&path);
}

/* ---- keys ---- */

bool vt_sidebar_takes_key(vt_sidebar *sidebar, int key)
{
    vt_sidebar_section section;
    uint32_t row;
    vt_str path = VT_STR_INIT;
    bool takes = (key == Qt_Key_F2 || key == Qt_Key_Delete) && at_current(sidebar, &section, &row, &path);
    vt_str_free(&path);
    return takes;
}

void vt_sidebar_do_key(vt_sidebar *sidebar, int key)
{
    if (key == Qt_Key_F2) {
        edit_name(sidebar);
    } else {
        delete_at_current(sidebar);
    }
}

/* ---- the menu ---- */

static void on_rename(void *user, bool checked)
{
    (void)checked;
    edit_name(user);
}

static void on_delete(void *user, bool checked)
{
    (void)checked;
    delete_at_current(user);
}

static void add_line(vt_sidebar *sidebar, QMenu *menu, const char *text, const char *key,
                     void (*run)(void *user, bool checked))
{
    QAction *action = q_action_new(text, menu);
    QKeySequence keys;
    q_keysequence_init_text(&keys, key);
    q_action_set_shortcut(action, &keys);
    q_action_set_shortcut_context(action, Qt_WidgetShortcut); /* shown here; the tree has the key itself */
    q_keysequence_fini(&keys);
    q_action_on_triggered(action, &sidebar->splitter, run, sidebar);
    q_widget_add_action(menu, action);
}

void vt_sidebar_add_tag_menu(vt_sidebar *sidebar, QMenu *menu, const QModelIndex *index)
{
    vt_sidebar_section section;
    uint32_t row;
    vt_str path = VT_STR_INIT;
    vt_str form = VT_STR_INIT;
    vt_str text = VT_STR_INIT;
    if (may_write(sidebar) && at(sidebar, index, &section, &row, &path) && section == VT_SIDEBAR_TAGS) {
        int64_t items = vt_sidebar_model_content(sidebar->model)->sections[section].rows[row].count;
        vt_tr_append_count(&form, "sidebar", "Delete the tag \u201c%1\u201d (%n item)",
                           "Delete the tag \u201c%1\u201d (%n items)", items);
        vt_tr_fill(&text, form.data, path.data);
        add_line(sidebar, menu, vt_tr("sidebar", "Rename the tag"), "F2", on_rename);
        add_line(sidebar, menu, text.data, "Del", on_delete);
        QAction *line = q_action_new("", menu);
        q_action_set_separator(line, true);
        q_widget_add_action(menu, line);
    }
    vt_str_free(&path);
    vt_str_free(&form);
    vt_str_free(&text);
}

/* ---- dragging a tag ---- */

bool vt_sidebar_dropped_path(const vt_sidebar_tree *tree, vt_sidebar_section section, uint32_t row,
                             vt_str *to)
{
    const vt_sidebar_content *content = vt_sidebar_model_content(tree->sidebar->model);
    const char *tag = tree->dragged;
    size_t length = strlen(tag);
    if (section != VT_SIDEBAR_TAGS) {
        return false;
    }
    if (row != VT_SIDEBAR_NONE && content->sections[section].rows[row].id == 0) {
        return false; /* "No tag" */
    }
    if (row != VT_SIDEBAR_NONE) {
        vt_sidebar_rows_path(&content->sections[section], row, to);
        if (to->failed ||
            (strncmp(to->data, tag, length) == 0 && (to->data[length] == '\0' || to->data[length] == '/'))) {
            return false; /* itself, or what lies below it */
        }
        vt_str_append_char(to, '/');
    }
    vt_str_append_cstr(to, last_level(tag));
    return !to->failed && strcmp(to->data, tag) != 0;
}

void vt_sidebar_drop_tag(vt_sidebar_tree *tree, vt_sidebar_section section, uint32_t row)
{
    vt_str to = VT_STR_INIT;
    if (vt_sidebar_dropped_path(tree, section, row, &to)) {
        move_tag(tree->sidebar, tree->dragged, to.data);
    }
    vt_str_free(&to);
}

static void start_drag(vt_sidebar_tree *tree, const char *path)
{
    tree->dragged = strdup(path);
    if (tree->dragged) {
        QDrag *drag = q_drag_new(&tree->view); /* Qt's, like its data: gone after the drop */
        QMimeData *data = q_mimedata_new();
        q_mimedata_set_text(data, path);
        q_drag_set_mime_data(drag, data);
        q_drag_exec_full(drag, Qt_MoveAction);
    }
    free(tree->dragged);
    tree->dragged = NULL;
}

void vt_sidebar_press(vt_sidebar_tree *tree, QMouseEvent *event)
{
    QPointF place = q_singlepointevent_position(event);
    const QPoint pixel = {(int)place.xp, (int)place.yp};
    QModelIndex index = q_treeview_index_at(&tree->view, &pixel);
    vt_sidebar_section section = VT_SIDEBAR_SAVED;
    uint32_t row;
    vt_str path = VT_STR_INIT;
    bool plain = q_singlepointevent_button(event) == Qt_LeftButton && (int)q_inputevent_modifiers(event) == 0;
    free(tree->pressed);
    tree->pressed = NULL;
    if (plain && may_write(tree->sidebar) && at(tree->sidebar, &index, &section, &row, &path) &&
        section == VT_SIDEBAR_TAGS) {
        tree->pressed = strdup(path.data);
        tree->pressed_at = pixel;
    }
    vt_str_free(&path);
}

bool vt_sidebar_move(vt_sidebar_tree *tree, QMouseEvent *event)
{
    QPointF place = q_singlepointevent_position(event);
    int way = abs((int)place.xp - tree->pressed_at.xp) + abs((int)place.yp - tree->pressed_at.yp);
    if (!tree->pressed || !((int)q_singlepointevent_buttons(event) & Qt_LeftButton)) {
        return false;
    }
    if (way >= q_application_start_drag_distance()) {
        char *path = tree->pressed;
        tree->pressed = NULL;
        start_drag(tree, path);
        free(path);
    }
    return true;
}
