#include "core/index/view.h"

#include "core/base/path.h"
#include "core/index/buffer.h"
#include "core/index/chunk.h"
#include "core/index/radix.h"

#include <stdlib.h>

/* What a view and its reverse share. */
typedef struct vt_view_rows {
    atomic_uint references;
    const vt_snapshot *snapshot; /* one reference */
    uint32_t *rows;              /* ascending; owned; NULL if there are none */
    uint32_t *positions;         /* by row, ascending; owned; NULL if they were not asked for */
    uint32_t count;
    vt_sort_key key;
} vt_view_rows;

struct vt_view {
    atomic_uint references;
    vt_view_rows *rows; /* one reference */
    bool descending;
};

static void release_rows(vt_view_rows *rows)
{
    if (atomic_fetch_sub_explicit(&rows->references, 1, memory_order_acq_rel) == 1) {
        vt_snapshot_release(rows->snapshot);
        free(rows->rows);
        free(rows->positions);
        free(rows);
    }
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the list of what is shown");
}

/* Takes over a reference to `rows`. */
static const vt_view *create_view(vt_view_rows *rows, bool descending)
{
    vt_view *view = malloc(sizeof *view);
    if (!view) {
        release_rows(rows);
        return NULL;
    }
    atomic_init(&view->references, 1);
    view->rows = rows;
    view->descending = descending;
    return view;
}

/* By folder: 1 if its items are to be shown. Owned by the caller; NULL when memory runs out. */
static uint8_t *choose_folders(const vt_snapshot *snapshot, const vt_view_request *request)
{
    int64_t id = request->folder_id;
    bool deep = request->folder_deep;
    uint32_t count = vt_snapshot_folder_count(snapshot);
    uint8_t *chosen = calloc(count ? count : 1, 1);
    if (!chosen) {
        return NULL;
    }
    const char *top = request->below;
    deep |= request->below != NULL;
    for (uint32_t i = 0; i < count && !top; i++) {
        const vt_folder *folder = vt_folders_at(snapshot->folders, i);
        if (folder->id == id) {
            chosen[i] = 1;
            top = folder->path;
        }
    }
    for (uint32_t i = 0; i < count && top && deep; i++) {
        chosen[i] = vt_path_is_below(vt_folders_at(snapshot->folders, i)->path, top);
    }
    return chosen;
}

static bool keep_folder(vt_view_rows *rows, const vt_view_request *request, vt_error *error)
{
    uint8_t *chosen = choose_folders(rows->snapshot, request);
    if (!chosen) {
        return no_memory(error);
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < rows->count; i++) {
        if (chosen[vt_snapshot_folder_of(rows->snapshot, rows->rows[i])]) {
            rows->rows[kept++] = rows->rows[i];
        }
    }
    rows->count = kept;
    free(chosen);
    return true;
}

static bool note_positions(vt_view_rows *rows, vt_error *error)
{
    uint32_t count = vt_snapshot_count(rows->snapshot);
    rows->positions = vt_buffer_alloc(count, sizeof *rows->positions);
    if (!rows->positions) {
        return no_memory(error);
    }
    for (uint32_t row = 0; row < count; row++) {
        rows->positions[row] = VT_INDEX_NO_ROW;
    }
    for (uint32_t i = 0; i < rows->count; i++) {
        rows->positions[rows->rows[i]] = i;
    }
    return true;
}

static bool filter_rows(vt_view_rows *rows, const vt_view_request *request, const atomic_bool *cancelled,
                        vt_error *error)
{
    if (request->filter) {
        return vt_filter_run(request->filter, rows->snapshot, cancelled, &rows->rows, &rows->count, error);
    }
    vt_filter *all = vt_filter_compile("", 0, NULL, error);
    bool done = all && vt_filter_run(all, rows->snapshot, cancelled, &rows->rows, &rows->count, error);
    vt_filter_free(all);
    return done;
}

const vt_view *vt_view_build(const vt_snapshot *snapshot, const vt_view_request *request,
                             const atomic_bool *cancelled, vt_error *error)
{
    vt_view_rows *rows = calloc(1, sizeof *rows);
    if (!rows) {
        no_memory(error);
        return NULL;
    }
    atomic_init(&rows->references, 1);
    rows->snapshot = vt_snapshot_retain(snapshot);
    rows->key = request->key;
    bool built = filter_rows(rows, request, cancelled, error) &&
                 ((request->folder_id == 0 && !request->below) || keep_folder(rows, request, error)) &&
                 vt_sort_rows(snapshot, request->key, rows->rows, rows->count, cancelled, error) &&
                 (!request->positions || note_positions(rows, error));
    if (built && vt_is_cancelled(cancelled)) {
        built = vt_error_set(error, VT_ERROR_CANCELLED, "the new view was cancelled");
    }
    if (!built) {
        release_rows(rows);
        return NULL;
    }
    const vt_view *view = create_view(rows, request->descending);
    if (!view) {
        no_memory(error);
    }
    return view;
}

const vt_view *vt_view_reversed(const vt_view *view)
{
    atomic_fetch_add_explicit(&view->rows->references, 1, memory_order_relaxed);
    return create_view(view->rows, !view->descending);
}

const vt_view *vt_view_retain(const vt_view *view)
{
    /* The count is the one part of a view that changes; to its readers it is const. */
    atomic_fetch_add_explicit(&((vt_view *)view)->references, 1, memory_order_relaxed);
    return view;
}

void vt_view_release(const vt_view *view)
{
    vt_view *own = (vt_view *)view;
    if (own && atomic_fetch_sub_explicit(&own->references, 1, memory_order_acq_rel) == 1) {
        release_rows(own->rows);
        free(own);
    }
}

const vt_snapshot *vt_view_snapshot(const vt_view *view)
{
    return view->rows->snapshot;
}

uint32_t vt_view_count(const vt_view *view)
{
    return view->rows->count;
}

vt_sort_key vt_view_key(const vt_view *view, bool *descending)
{
    if (descending) {
        *descending = view->descending;
    }
    return view->rows->key;
}

uint32_t vt_view_row(const vt_view *view, uint32_t position)
{
    const vt_view_rows *rows = view->rows;
    return rows->rows[view->descending ? rows->count - 1 - position : position];
}

uint32_t vt_view_position(const vt_view *view, uint32_t row)
{
    const vt_view_rows *rows = view->rows;
    uint32_t position = rows->positions[row];
    return position != VT_INDEX_NO_ROW && view->descending ? rows->count - 1 - position : position;
}
