#include "app/ui/folders/folder_view.h"

#include "app/ui/folders/folder_model.h"
#include "app/ui/parts/reading.h"
#include "app/ui/parts/translate.h"

#include <qt6c/qheaderview.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qmouseevent.h>
#include <qt6c/qtreeview.h>

#include <stdlib.h>
#include <string.h>

/* Counting again waits so long, and longer where counting takes long: a hundredth of the time is enough. */
enum { RECOUNT_MS = 150, RECOUNT_SHARE = 100, RECOUNT_MS_MAX = 2000, OPEN_MAX = 256, LOGGED_MAX = 32 };

struct vt_folder_view {
    QTreeView tree; /* first */
    vt_library *library;
    vt_folder_model *model;
    vt_log log;
    vt_reading *counting; /* owned; NULL without memory */
    uint64_t counted;     /* vt_library_rows_version of what was counted last, or is being; 0: nothing */
    bool awaited;         /* the chosen folder is of the last session: it may be gone */
    bool restoring;       /* the current row is set by us, not by the user */
    char *current;        /* owned; path of the chosen folder, "" for all items */
    char *open[OPEN_MAX]; /* owned; paths of the folders that stand open */
    size_t open_count;
};

static vt_folder_view *view_of(QTreeView *self)
{
    return (vt_folder_view *)self;
}

/* ---- counting, on a worker ---- */

typedef struct count_work {
    const vt_snapshot *snapshot;
    vt_folder_tree *tree; /* the result */
} count_work;

static void *prepare_count(void *user)
{
    vt_folder_view *view = user;
    count_work *work = calloc(1, sizeof *work);
    if (work) {
        view->counted = vt_library_rows_version(view->library);
        work->snapshot = vt_library_snapshot(view->library);
    }
    return work;
}

static bool run_count(void *user, vt_error *error)
{
    count_work *work = user;
    work->tree = vt_folder_tree_build(work->snapshot);
    return work->tree || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the folder tree");
}

static void restore_open(vt_folder_view *view)
{
    const vt_folder_tree *tree = vt_folder_model_tree(view->model);
    for (size_t i = 0; i < view->open_count; i++) {
        uint32_t node = vt_folder_tree_find(tree, view->open[i], strlen(view->open[i]));
        if (node != VT_FOLDER_NONE) {
            QModelIndex index = vt_folder_model_index(view->model, node);
            q_treeview_set_expanded(&view->tree, &index, true);
        }
    }
    uint32_t node =
        *view->current ? vt_folder_tree_find(tree, view->current, strlen(view->current)) : VT_FOLDER_ALL;
    QModelIndex index = vt_folder_model_index(view->model, node == VT_FOLDER_NONE ? VT_FOLDER_ALL : node);
    q_abstractitemview_set_current_index(&view->tree, &index);
}

/* A folder that was chosen before this program started, and is not there any more, hides nothing. */
static void give_up_awaited(vt_folder_view *view, const vt_folder_tree *tree)
{
    char *all = NULL;
    if (view->awaited && vt_folder_tree_find(tree, view->current, strlen(view->current)) == VT_FOLDER_NONE &&
        (all = strdup(""))) {
        free(view->current);
        view->current = all;
        vt_library_set_folder(view->library, "", 0);
    }
    view->awaited = view->awaited && vt_folder_tree_items(tree) == 0; /* nothing is loaded yet */
}

static void remember_open(vt_folder_view *view, const char *path, size_t length);

/* For tests, and for who looks for a fault. */
static void log_tree(const vt_folder_view *view, const vt_folder_tree *tree)
{
    uint32_t count = vt_folder_tree_count(tree);
    for (uint32_t i = 0; i < count && i < LOGGED_MAX; i++) {
        const vt_folder_node *node = vt_folder_tree_node(tree, i);
        vt_log_write(&view->log, VT_LOG_DEBUG, "folders: %.*s=%lld", (int)node->length, node->path,
                     (long long)node->items);
    }
    vt_log_write(&view->log, VT_LOG_DEBUG, "folders: all=%lld", (long long)vt_folder_tree_items(tree));
}

static void show_tree(vt_folder_view *view, vt_folder_tree *tree)
{
    const vt_folder_tree *before = vt_folder_model_tree(view->model);
    bool first = !before || vt_folder_tree_count(before) == 0;
    view->restoring = true;
    if (vt_folder_model_set_tree(view->model, tree)) {
        if (first && vt_folder_tree_child_count(tree, VT_FOLDER_NONE) == 1) {
            const vt_folder_node *root =
                vt_folder_tree_node(tree, vt_folder_tree_child(tree, VT_FOLDER_NONE, 0));
            remember_open(view, root->path, root->length);
        }
        restore_open(view);
        give_up_awaited(view, tree);
    }
    view->restoring = false;
    log_tree(view, vt_folder_model_tree(view->model));
    q_widget_update(q_abstractscrollarea_viewport(&view->tree));
}

static void take_count(void *user, void *taken, const vt_error *error)
{
    (void)error; /* without memory the last tree stays, until rows change again */
    vt_folder_view *view = user;
    count_work *work = taken;
    vt_folder_tree *tree = work->tree;
    work->tree = NULL;
    if (tree) {
        show_tree(view, tree);
    } else {
        view->counted = 0;
    }
}

static void release_count(void *user)
{
    count_work *work = user;
    vt_snapshot_release(work->snapshot);
    vt_folder_tree_free(work->tree);
    free(work);
}

static const vt_reading_ops count_ops = {.name = "folders",
                                         .priority = VT_PRIORITY_NORMAL,
                                         .pause_ms = RECOUNT_MS,
                                         .pause_share = RECOUNT_SHARE,
                                         .pause_most_ms = RECOUNT_MS_MAX,
                                         .prepare = prepare_count,
                                         .read = run_count,
                                         .take = take_count,
                                         .release = release_count};

/* Rows that changed, not a filter alone: count again, after a pause in which more may. */
static void view_changed(void *user)
{
    vt_folder_view *view = user;
    if (vt_library_rows_version(view->library) != view->counted) {
        vt_reading_begin_soon(view->counting);
    }
}

/* ---- open folders ---- */

static size_t find_open(const vt_folder_view *view, const char *path, size_t length)
{
    for (size_t i = 0; i < view->open_count; i++) {
        if (strlen(view->open[i]) == length && memcmp(view->open[i], path, length) == 0) {
            return i;
        }
    }
    return OPEN_MAX;
}

static void remember_open(vt_folder_view *view, const char *path, size_t length)
{
    if (view->open_count < OPEN_MAX && find_open(view, path, length) == OPEN_MAX) {
        char *copy = strndup(path, length);
        if (copy) {
            view->open[view->open_count++] = copy;
        }
    }
}

static void on_expanded(void *user, const QModelIndex *index)
{
    vt_folder_view *view = user;
    uint32_t node = vt_folder_model_node(index);
    if (!view->restoring && node < VT_FOLDER_ALL) {
        const vt_folder_node *folder = vt_folder_tree_node(vt_folder_model_tree(view->model), node);
        remember_open(view, folder->path, folder->length);
    }
}

static void on_collapsed(void *user, const QModelIndex *index)
{
    vt_folder_view *view = user;
    uint32_t node = vt_folder_model_node(index);
    if (view->restoring || node >= VT_FOLDER_ALL) {
        return;
    }
    const vt_folder_node *folder = vt_folder_tree_node(vt_folder_model_tree(view->model), node);
    size_t at = find_open(view, folder->path, folder->length);
    if (at != OPEN_MAX) {
        free(view->open[at]);
        view->open[at] = view->open[--view->open_count];
    }
}

/* ---- choosing ---- */

static void current_changed(QTreeView *self, const QModelIndex *current, const QModelIndex *previous)
{
    vt_folder_view *view = view_of(self);
    q_treeview_base_current_changed(self, current, previous);
    uint32_t node = vt_folder_model_node(current);
    if (view->restoring || node == VT_FOLDER_NONE) {
        return;
    }
    char *path = NULL;
    if (node == VT_FOLDER_ALL) {
        path = strdup("");
    } else {
        const vt_folder_node *folder = vt_folder_tree_node(vt_folder_model_tree(view->model), node);
        path = strndup(folder->path, folder->length);
    }
    if (path) {
        free(view->current);
        view->current = path;
        vt_library_set_folder(view->library, path, strlen(path));
    }
}

/* Beside the folders there is nothing to choose: what is shown stays marked. */
static void mouse_press(QTreeView *self, QMouseEvent *event)
{
    QPointF place = q_singlepointevent_position((QSinglePointEvent *)event);
    QPoint at = q_pointf_to_point(&place);
    QModelIndex index = q_treeview_index_at(self, &at);
    if (q_modelindex_is_valid(&index)) {
        q_treeview_base_mouse_press_event(self, event);
    }
}

static void finish(void *self)
{
    vt_folder_view *view = self;
    vt_reading_free(view->counting);
    for (size_t i = 0; i < view->open_count; i++) {
        free(view->open[i]);
    }
    free(view->current);
}

static const QTreeViewVirtuals view_virtuals = {.current_changed = current_changed,
                                                .mouse_press_event = mouse_press};
static qt_subclass view_class = {.base = &qt_class_QTreeView,
                                 .virtuals = &view_virtuals,
                                 .instance_size = sizeof(vt_folder_view),
                                 .finish = finish};

void vt_folder_view_stop(vt_folder_view *view)
{
    vt_reading_stop(view->counting);
}

vt_folder_view *vt_folder_view_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                      vt_log log)
{
    vt_folder_view *view = qt_subclass_allocate(&view_class);
    q_treeview_init(&view->tree, parent);
    qt_subclass_install(&view_class, view);
    view->library = library;
    view->log = log;
    view->current = strdup("");
    view->model = vt_folder_model_create(&view->tree);
    q_treeview_set_model(&view->tree, vt_folder_model_item_model(view->model));
    q_treeview_set_header_hidden(&view->tree, true);
    q_treeview_set_uniform_row_heights(&view->tree, true);
    q_frame_set_frame_shape(&view->tree, QFrame_NoFrame);
    q_widget_set_accessible_name(&view->tree, vt_tr("sidebar", "Folders"));
    view->counting = vt_reading_create((QObject *)&view->tree, executor, &count_ops, view);
    q_treeview_on_expanded(&view->tree, &view->tree, on_expanded, view);
    q_treeview_on_collapsed(&view->tree, &view->tree, on_collapsed, view);
    vt_library_listen(library, &(vt_library_listener){.view_changed = view_changed, .user = view});
    return view;
}

QWidget *vt_folder_view_widget(vt_folder_view *view)
{
    return (QWidget *)&view->tree;
}

void vt_folder_view_set_icons(vt_folder_view *view)
{
    vt_folder_model_set_icons(view->model);
}

const char *vt_folder_view_chosen(const vt_folder_view *view)
{
    return view->current ? view->current : "";
}

void vt_folder_view_restore(vt_folder_view *view, const char *path)
{
    char *copy = *path ? strdup(path) : NULL;
    if (copy) {
        free(view->current);
        view->current = copy;
        view->awaited = true;
        vt_library_set_folder(view->library, copy, strlen(copy));
    }
}

void vt_folder_view_choose_all(vt_folder_view *view)
{
    QModelIndex all = vt_folder_model_index(view->model, VT_FOLDER_ALL);
    q_abstractitemview_set_current_index(&view->tree, &all);
}

bool vt_folder_view_is_busy(const vt_folder_view *view)
{
    return vt_reading_is_busy(view->counting);
}
