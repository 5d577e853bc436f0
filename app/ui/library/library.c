#include "app/ui/library/library.h"

#include "app/ui/library/carry.h"
#include "app/ui/library/library_private.h"
#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>

/* ---- telling ---- */

void vt_library_tell_view_changed(vt_library *library)
{
    for (size_t i = 0; i < library->listener_count; i++) {
        if (library->listeners[i].view_changed) {
            library->listeners[i].view_changed(library->listeners[i].user);
        }
    }
}

void vt_library_tell_selection_changed(vt_library *library)
{
    for (size_t i = 0; i < library->listener_count; i++) {
        if (library->listeners[i].selection_changed) {
            library->listeners[i].selection_changed(library->listeners[i].user);
        }
    }
}

void vt_library_tell_items_changed(vt_library *library, const vt_item_edit *edit)
{
    for (size_t i = 0; i < library->listener_count; i++) {
        if (library->listeners[i].items_changed) {
            library->listeners[i].items_changed(library->listeners[i].user, edit);
        }
    }
}

void vt_library_tell_edit_ended(vt_library *library, const vt_edit_result *result)
{
    for (size_t i = 0; i < library->listener_count; i++) {
        if (library->listeners[i].edit_ended) {
            library->listeners[i].edit_ended(library->listeners[i].user, result);
        }
    }
}

void vt_library_tell_filter(vt_library *library, bool worked, const vt_error *error, size_t position)
{
    for (size_t i = 0; i < library->listener_count; i++) {
        const vt_library_listener *listener = &library->listeners[i];
        if (!worked && listener->filter_failed) {
            listener->filter_failed(listener->user, error, position);
        } else if (worked && listener->filter_worked) {
            listener->filter_worked(listener->user, error->code == VT_ERROR_NONE ? NULL : error, position);
        }
    }
}

/* ---- texts ---- */

/* False if nothing changed. */
bool vt_library_replace_text(char **own, const char *text, size_t length)
{
    if (strlen(*own) == length && memcmp(*own, text, length) == 0) {
        return false;
    }
    char *copy = strndup(text, length);
    if (copy) {
        free(*own);
        *own = copy;
    }
    return copy != NULL;
}

/* ---- life ---- */

vt_library *vt_library_create(vt_engine *engine, vt_executor *executor, vt_error *error)
{
    vt_library *library = calloc(1, sizeof *library);
    char *filter = strdup("");
    char *folder = strdup("");
    char *good_filter = strdup("");
    vt_overlay *overlay = vt_overlay_create();
    if (!library || !filter || !folder || !good_filter || !overlay) {
        vt_overlay_free(overlay);
        free(library);
        free(filter);
        free(good_filter);
        free(folder);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the library's view");
        return NULL;
    }
    library->overlay = overlay;
    library->engine = engine;
    library->executor = executor;
    library->filter_text = filter;
    library->good_filter = good_filter;
    library->folder = folder;
    library->sorts[0].key = VT_SORT_PATH;
    library->sort_count = 1;
    library->fold_stacks = true;
    library->selection = (vt_selection)VT_SELECTION_INIT;
    library->receiver = q_object_new(NULL);
    library->later = q_timer_new(library->receiver);
    q_timer_set_single_shot(library->later, true);
    q_timer_on_timeout(library->later, library->receiver, vt_library_on_later, library);
    vt_library_join_others(library);
    return library;
}

void vt_library_free(vt_library *library)
{
    if (!library) {
        return;
    }
    vt_library_abandon_build(library, true);
    vt_library_forget_edits(library);
    vt_library_leave_others(library);
    if (library->twins) {
        vt_task_wait(library->twins, VT_FOREVER);
    }
    q_object_delete(library->receiver); /* a result that is on its way is dropped */
    vt_task_unref(library->building);
    vt_view_release(library->view);
    vt_order_release(library->order);
    vt_overlay_free(library->overlay);
    vt_selection_free(&library->selection);
    free(library->open_stacks);
    free(library->filter_text);
    free(library->good_filter);
    free(library->folder);
    free(library);
}

static void clear_text(char *own)
{
    *own = '\0';
}

void vt_library_reset(vt_library *library)
{
    vt_library_abandon_build(library, false);
    vt_library_forget_edits(library);
    vt_overlay *overlay = vt_overlay_create();
    if (overlay) { /* else what is under way is shown until it is written */
        vt_overlay_free(library->overlay);
        library->overlay = overlay;
    }
    clear_text(library->filter_text);
    clear_text(library->good_filter);
    clear_text(library->folder);
    library->sorts[0] = (vt_sort){VT_SORT_PATH, false};
    library->sort_count = 1;
    library->group = VT_GROUP_NONE;
    library->group_descending = library->album_order = library->hurried = false;
    library->opened_folder = library->album = 0;
    library->open_count = 0;
    library->open_others = false;
    const vt_view *before = library->view;
    library->view = NULL;
    vt_selection_free(&library->selection);
    library->selection = (vt_selection)VT_SELECTION_INIT;
    library->selection_version++;
    library->lost.is_known = false;
    vt_library_tell_view_changed(library);
    vt_library_tell_selection_changed(library);
    vt_view_release(before);
    vt_order_release(library->order);
    library->order = NULL;
    library->rebuild_time = library->built_at = 0;
    library->sort_asked = library->sort_time = 0;
}

void vt_library_share_order(vt_library *library, const vt_library *other)
{
    if (!library->order && other->order) {
        library->order = vt_order_retain(other->order);
    }
}

bool vt_library_has_order(const vt_library *library)
{
    return library->order != NULL;
}

void vt_library_listen(vt_library *library, const vt_library_listener *listener)
{
    if (library->listener_count < VT_LIBRARY_LISTENERS_MAX) {
        library->listeners[library->listener_count++] = *listener;
    }
}

/* ---- what is shown ---- */

vt_engine *vt_library_engine(vt_library *library)
{
    return library->engine;
}

int64_t vt_library_count(const vt_library *library)
{
    return library->view ? vt_view_count(library->view) : 0;
}

int64_t vt_library_total(const vt_library *library)
{
    return library->view ? vt_snapshot_item_count(vt_view_snapshot(library->view)) : 0;
}

bool vt_library_is_loading(const vt_library *library)
{
    return !library->view;
}

bool vt_library_is_building(const vt_library *library)
{
    return library->building || q_timer_is_active(library->later);
}

bool vt_library_is_narrowed(const vt_library *library)
{
    return *library->filter_text || *library->folder || library->opened_folder || library->album;
}

const vt_view *vt_library_view(const vt_library *library)
{
    return library->view;
}

uint32_t vt_library_index_row(const vt_library *library, int64_t row)
{
    return vt_view_row(library->view, (uint32_t)row);
}

void vt_library_item(const vt_library *library, int64_t row, vt_item_brief *item)
{
    uint32_t index_row = vt_library_index_row(library, row);
    vt_snapshot_item(vt_view_snapshot(library->view), index_row, item);
    vt_overlay_apply(library->overlay, index_row, item);
}

void vt_library_overlay(const vt_library *library, uint32_t index_row, vt_item_brief *item)
{
    vt_overlay_apply(library->overlay, index_row, item);
}

bool vt_library_tiny(const vt_library *library, int64_t row, vt_tinythumb *tiny)
{
    return vt_snapshot_tiny(vt_view_snapshot(library->view), vt_library_index_row(library, row), tiny);
}

void vt_library_path(const vt_library *library, int64_t row, vt_str *path)
{
    vt_snapshot_path(vt_view_snapshot(library->view), vt_library_index_row(library, row), path);
}

int64_t vt_library_row_of(const vt_library *library, int64_t item_id)
{
    if (!library->view) {
        return -1;
    }
    uint32_t row = vt_snapshot_find(vt_view_snapshot(library->view), item_id);
    uint32_t position = row == VT_INDEX_NO_ROW ? VT_INDEX_NO_ROW : vt_view_position(library->view, row);
    return position == VT_INDEX_NO_ROW ? -1 : (int64_t)position;
}

uint64_t vt_item_version(const vt_item_brief *item)
{
    return (uint64_t)item->mtime_ns * 0x9e3779b97f4a7c15u ^ (uint64_t)item->size;
}

uint64_t vt_library_question(const vt_library *library)
{
    return library->shown;
}

const vt_snapshot *vt_library_snapshot(vt_library *library)
{
    return vt_index_snapshot(vt_engine_index(library->engine));
}

uint64_t vt_library_rows_version(vt_library *library)
{
    const vt_snapshot *rows = vt_library_snapshot(library);
    uint64_t version = vt_snapshot_version(rows) + 1;
    vt_snapshot_release(rows);
    return version;
}

int64_t vt_library_build_time(const vt_library *library)
{
    return library->build_time;
}

int64_t vt_library_take_sort_time(vt_library *library)
{
    int64_t time = library->sort_time;
    library->sort_time = 0;
    return time;
}

int64_t vt_library_builds(const vt_library *library)
{
    return library->builds;
}

/* ---- what shall be shown ---- */

static bool in_album_order(const vt_library *library)
{
    return library->album && library->album_order;
}

void vt_library_set_filter(vt_library *library, const char *text)
{
    if (vt_library_replace_text(&library->filter_text, text, strlen(text))) {
        library->question++;
        vt_library_build_hurried(library);
    }
}

void vt_library_set_folder(vt_library *library, const char *path, size_t length)
{
    bool was_opened = library->opened_folder != 0;
    library->opened_folder = 0;
    if (vt_library_replace_text(&library->folder, path, length) || was_opened) {
        library->question++;
        vt_library_build_hurried(library);
    }
}

void vt_library_set_sorts(vt_library *library, const vt_sort *sorts, unsigned count)
{
    bool same = count == library->sort_count && !in_album_order(library);
    for (unsigned i = 0; same && i < count; i++) {
        same = sorts[i].key == library->sorts[i].key && sorts[i].descending == library->sorts[i].descending;
    }
    if (!same && count > 0 && count <= VT_SORT_KEYS_MAX) {
        memcpy(library->sorts, sorts, count * sizeof *sorts);
        library->sort_count = count;
        library->album_order = false;
        library->question++;
        library->sort_asked = library->sort_asked ? library->sort_asked : vt_clock_now();
        if (!vt_library_turn_round(library)) {
            vt_library_build_now(library);
        }
    }
}

unsigned vt_library_sorts(const vt_library *library, vt_sort sorts[VT_SORT_KEYS_MAX])
{
    if (in_album_order(library)) {
        sorts[0] = (vt_sort){.key = VT_SORT_ALBUM};
        return 1;
    }
    memcpy(sorts, library->sorts, library->sort_count * sizeof *sorts);
    return library->sort_count;
}

void vt_library_set_sort(vt_library *library, vt_sort_key key, bool descending)
{
    if (key != VT_SORT_ALBUM) {
        vt_library_set_sorts(library, &(vt_sort){key, descending}, 1);
    } else if (library->album && !library->album_order) {
        library->album_order = true;
        library->question++;
        vt_library_build_now(library);
    }
}

vt_sort_key vt_library_usual_sort(const vt_library *library, bool *descending)
{
    *descending = library->sorts[0].descending;
    return library->sorts[0].key;
}

void vt_library_set_album(vt_library *library, int64_t album)
{
    if (album != library->album) {
        library->album = album;
        library->question++;
        library->album_order = album != 0;
        vt_library_build_hurried(library);
    }
}

int64_t vt_library_album(const vt_library *library)
{
    return library->album;
}

vt_sort_key vt_library_sort_key(const vt_library *library, bool *descending)
{
    vt_sort sorts[VT_SORT_KEYS_MAX];
    (void)vt_library_sorts(library, sorts);
    if (descending) {
        *descending = sorts[0].descending;
    }
    return sorts[0].key;
}

void vt_library_set_group(vt_library *library, vt_group_by by, bool descending)
{
    if (by != library->group || descending != library->group_descending) {
        library->group = by;
        library->group_descending = descending;
        library->question++;
        vt_library_build_now(library);
    }
}

vt_group_by vt_library_group(const vt_library *library, bool *descending)
{
    if (descending) {
        *descending = library->group_descending;
    }
    return library->group;
}

void vt_library_open_folder(vt_library *library, int64_t folder_id)
{
    if (folder_id != library->opened_folder) {
        library->opened_folder = folder_id;
        vt_library_build_hurried(library);
    }
}

int64_t vt_library_opened_folder(const vt_library *library)
{
    return library->opened_folder;
}

/* ---- selection ---- */

const vt_selection *vt_library_selection(const vt_library *library)
{
    return &library->selection;
}

uint64_t vt_library_choices(const vt_library *library)
{
    return library->choices;
}

void vt_library_choose(vt_library *library, int64_t row, bool toggle, bool extend)
{
    if (row >= 0 && row < vt_library_count(library)) {
        vt_selection_choose(&library->selection, row, toggle, extend);
        library->selection_version++;
        library->choices++;
        vt_library_tell_selection_changed(library);
    }
}

void vt_library_choose_rows(vt_library *library, int64_t first, int64_t last, bool toggle, bool extend)
{
    if (first >= 0 && first < last && last <= vt_library_count(library)) {
        vt_selection_choose_rows(&library->selection, first, last, toggle, extend);
        library->selection_version++;
        vt_library_tell_selection_changed(library);
    }
}

void vt_library_select_all(vt_library *library)
{
    vt_selection_add(&library->selection, 0, vt_library_count(library));
    library->selection_version++;
    library->choices++;
    vt_library_tell_selection_changed(library);
}

void vt_library_select_inverse(vt_library *library)
{
    if (vt_selection_invert(&library->selection, vt_library_count(library))) {
        library->selection_version++;
        library->choices++;
        vt_library_tell_selection_changed(library);
    }
}

void vt_library_select_none(vt_library *library)
{
    vt_selection_clear(&library->selection);
    library->selection_version++;
    library->choices++;
    vt_library_tell_selection_changed(library);
}

void vt_library_select(vt_library *library, const vt_selection *selection)
{
    vt_selection copy = VT_SELECTION_INIT;
    if (vt_selection_copy(selection, &copy)) {
        vt_selection_free(&library->selection);
        library->selection = copy;
        library->selection_version++;
        library->choices++;
        vt_library_tell_selection_changed(library);
    }
}
