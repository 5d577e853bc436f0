#include "core/catalog/change_private.h"

#include "core/base/ids.h"
#include "core/catalog/sidecars_private.h"

#include <stdlib.h>
#include <string.h>

static const vt_change_ops *const ops_of[VT_EDIT_KIND_COUNT] = {
    [VT_EDIT_RATING] = &vt_change_values,
    [VT_EDIT_LABEL] = &vt_change_values,
    [VT_EDIT_TITLE] = &vt_change_values,
    [VT_EDIT_NOTE] = &vt_change_values,
    [VT_EDIT_ADD_TAGS] = &vt_change_tagging,
    [VT_EDIT_REMOVE_TAGS] = &vt_change_tagging,
    [VT_EDIT_ADD_TO_ALBUM] = &vt_change_albums,
    [VT_EDIT_REMOVE_FROM_ALBUM] = &vt_change_albums,
    [VT_EDIT_ORDER_ALBUM] = &vt_change_albums,
    [VT_EDIT_CREATE_ALBUM] = &vt_change_album_life,
    [VT_EDIT_RENAME_ALBUM] = &vt_change_album_life,
    [VT_EDIT_MOVE_ALBUM] = &vt_change_album_life,
    [VT_EDIT_DELETE_ALBUM] = &vt_change_album_life,
    [VT_EDIT_MOVE_TAG] = &vt_change_tag_tree,
    [VT_EDIT_DELETE_TAG] = &vt_change_tag_tree,
    [VT_EDIT_STACK] = &vt_change_stacks,
    [VT_EDIT_UNSTACK] = &vt_change_stacks,
    [VT_EDIT_TAKE_OUT] = &vt_change_stacks,
    [VT_EDIT_STACK_COVER] = &vt_change_stacks,
    [VT_EDIT_TAKE_SIDECAR] = &vt_change_values,
};

const char *vt_edit_kind_name(vt_edit_kind kind)
{
    static const char *const names[VT_EDIT_KIND_COUNT] = {
        [VT_EDIT_RATING] = "rating",
        [VT_EDIT_LABEL] = "label",
        [VT_EDIT_TITLE] = "title",
        [VT_EDIT_NOTE] = "note",
        [VT_EDIT_ADD_TAGS] = "add-tags",
        [VT_EDIT_REMOVE_TAGS] = "remove-tags",
        [VT_EDIT_ADD_TO_ALBUM] = "add-to-album",
        [VT_EDIT_REMOVE_FROM_ALBUM] = "remove-from-album",
        [VT_EDIT_ORDER_ALBUM] = "order-album",
        [VT_EDIT_CREATE_ALBUM] = "create-album",
        [VT_EDIT_RENAME_ALBUM] = "rename-album",
        [VT_EDIT_MOVE_ALBUM] = "move-album",
        [VT_EDIT_DELETE_ALBUM] = "delete-album",
        [VT_EDIT_MOVE_TAG] = "move-tag",
        [VT_EDIT_DELETE_TAG] = "delete-tag",
        [VT_EDIT_STACK] = "stack",
        [VT_EDIT_UNSTACK] = "unstack",
        [VT_EDIT_TAKE_OUT] = "take-out",
        [VT_EDIT_STACK_COVER] = "stack-cover",
        [VT_EDIT_TAKE_SIDECAR] = "take-sidecar",
    };
    return (unsigned)kind < VT_EDIT_KIND_COUNT ? names[kind] : "?";
}

/* Most changes hold a few words, and a history holds hundreds of changes. */
enum { TEXT_BLOCK = 512 };

/* ---- building one up ---- */

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an edit");
}

/* A copy of `text`, NULL for none. False without memory. */
static bool keep_text(vt_change *change, const char *text, const char **copy)
{
    *copy = NULL;
    if (!text || !*text) {
        return true;
    }
    if (!change->texts && !(change->texts = vt_arena_create(TEXT_BLOCK))) {
        return false;
    }
    *copy = vt_arena_copy(change->texts, text, strlen(text));
    return *copy != NULL;
}

vt_change_run *vt_change_open(vt_change *change, const char *text_before, const char *text_after,
                              vt_error *error)
{
    if (change->run_count == change->run_capacity) {
        size_t capacity = change->run_capacity ? change->run_capacity * 2 : 8;
        vt_change_run *runs = realloc(change->runs, capacity * sizeof *runs);
        if (!runs) {
            no_memory(error);
            return NULL;
        }
        change->runs = runs;
        change->run_capacity = capacity;
    }
    vt_change_run *run = &change->runs[change->run_count];
    *run = (vt_change_run){.kind = change->kind, .first = change->count};
    if (!keep_text(change, text_before, &run->text_before) ||
        !keep_text(change, text_after, &run->text_after)) {
        no_memory(error);
        return NULL;
    }
    change->run_count++;
    return run;
}

vt_change_tag *vt_change_add_tag(vt_change *change, const vt_change_tag *tag, vt_error *error)
{
    if (change->tag_count == change->tag_capacity) {
        size_t capacity = change->tag_capacity ? change->tag_capacity * 2 : 8;
        vt_change_tag *tags = realloc(change->tags, capacity * sizeof *tags);
        if (!tags) {
            no_memory(error);
            return NULL;
        }
        change->tags = tags;
        change->tag_capacity = capacity;
    }
    vt_change_tag *added = &change->tags[change->tag_count];
    *added = *tag;
    if (!keep_text(change, tag->name_before, &added->name_before) ||
        !keep_text(change, tag->name_after, &added->name_after)) {
        no_memory(error);
        return NULL;
    }
    change->tag_count++;
    change->things++;
    return added;
}

static bool grow(int64_t **numbers, size_t capacity)
{
    int64_t *grown = realloc(*numbers, capacity * sizeof *grown);
    if (!grown) {
        return false;
    }
    *numbers = grown;
    return true;
}

static bool reserve(vt_change *change, bool placed, vt_error *error)
{
    if (change->count < change->capacity) {
        return true;
    }
    size_t capacity = change->capacity ? change->capacity * 2 : 64;
    if (!grow(&change->ids, capacity) ||
        (placed && (!grow(&change->before, capacity) || !grow(&change->after, capacity)))) {
        return no_memory(error);
    }
    change->capacity = capacity;
    return true;
}

bool vt_change_add(vt_change *change, int64_t id, vt_error *error)
{
    if (!reserve(change, false, error)) {
        return false;
    }
    change->ids[change->count++] = id;
    change->runs[change->run_count - 1].count++;
    return true;
}

bool vt_change_add_placed(vt_change *change, int64_t id, int64_t before, int64_t after, vt_error *error)
{
    if (!reserve(change, true, error)) {
        return false;
    }
    change->before[change->count] = before;
    change->after[change->count] = after;
    change->ids[change->count++] = id;
    change->runs[change->run_count - 1].count++;
    return true;
}

/* It may wait in a history for hours. */
static void shrink(vt_change *change)
{
    int64_t **const all[] = {&change->ids, &change->before, &change->after};
    for (size_t i = 0; change->count && i < sizeof all / sizeof *all; i++) {
        if (*all[i]) {
            grow(all[i], change->count);
            change->capacity = change->count;
        }
    }
}

/* ---- making and applying ---- */

bool vt_edit_kind_is_of_itself(vt_edit_kind kind)
{
    return kind >= VT_EDIT_CREATE_ALBUM && kind <= VT_EDIT_DELETE_TAG;
}

static bool check_tag_edit(const vt_item_edit *edit, const char *text, vt_error *error)
{
    if (edit->tag_count != 1) {
        return vt_error_set(error, VT_ERROR_USAGE, "one tag is moved or deleted at a time, not %zu",
                            edit->tag_count);
    }
    return vt_edit_check_tag(edit->tags[0], error) &&
           (edit->kind == VT_EDIT_DELETE_TAG || vt_edit_check_tag(text, error));
}

bool vt_item_edit_check(const vt_item_edit *edit, vt_error *error)
{
    const char *text = edit->text ? edit->text : "";
    switch (edit->kind) {
    case VT_EDIT_RATING:
        return (edit->number >= 0 && edit->number <= 5) ||
               vt_error_set(error, VT_ERROR_USAGE, "a rating is 0 to 5, not %d", edit->number);
    case VT_EDIT_LABEL:
        return (edit->number >= 0 && edit->number <= VT_LABEL_MAX) ||
               vt_error_set(error, VT_ERROR_USAGE, "a label is 0 to %d, not %d", VT_LABEL_MAX, edit->number);
    case VT_EDIT_TITLE:
        return vt_edit_check_text(text, strlen(text), VT_TITLE_BYTES_MAX, false, "a title", error);
    case VT_EDIT_NOTE:
        return vt_edit_check_text(text, strlen(text), VT_NOTE_BYTES_MAX, true, "a note", error);
    case VT_EDIT_ADD_TAGS:
    case VT_EDIT_REMOVE_TAGS:
        for (size_t i = 0; i < edit->tag_count; i++) {
            if (!vt_edit_check_tag(edit->tags[i], error)) {
                return false;
            }
        }
        return true;
    case VT_EDIT_ADD_TO_ALBUM:
    case VT_EDIT_REMOVE_FROM_ALBUM:
    case VT_EDIT_ORDER_ALBUM:
    case VT_EDIT_STACK:
    case VT_EDIT_UNSTACK:
    case VT_EDIT_TAKE_OUT:
    case VT_EDIT_STACK_COVER:
    case VT_EDIT_MOVE_ALBUM:
    case VT_EDIT_DELETE_ALBUM:
        return true;
    case VT_EDIT_CREATE_ALBUM:
    case VT_EDIT_RENAME_ALBUM:
        return vt_edit_check_album(text, error);
    case VT_EDIT_MOVE_TAG:
    case VT_EDIT_DELETE_TAG:
        return check_tag_edit(edit, text, error);
    case VT_EDIT_TAKE_SIDECAR:
    case VT_EDIT_KIND_COUNT:
        break;
    }
    vt_error_set(error, VT_ERROR_USAGE, "no kind of edit");
    return false;
}

/* The ids in ascending order, each once; free(). */
static int64_t *sorted_ids(const int64_t *ids, size_t *count, vt_error *error)
{
    int64_t *sorted = malloc((*count + 1) * sizeof *sorted);
    if (!sorted) {
        no_memory(error);
        return NULL;
    }
    bool ascending = true;
    for (size_t i = 0; i < *count; i++) {
        sorted[i] = ids[i];
        ascending = ascending && (i == 0 || ids[i - 1] < ids[i]);
    }
    if (!ascending) {
        vt_ids_sort(sorted, *count);
        size_t kept = 0;
        for (size_t i = 0; i < *count; i++) {
            if (kept == 0 || sorted[kept - 1] != sorted[i]) {
                sorted[kept++] = sorted[i];
            }
        }
        *count = kept;
    }
    return sorted;
}

static bool is_in_order(vt_edit_kind kind)
{
    return ops_of[kind] == &vt_change_albums || ops_of[kind] == &vt_change_stacks ||
           kind == VT_EDIT_CREATE_ALBUM;
}

static bool make_in(vt_catalog_writer *writer, vt_change *change, const vt_item_edit *edit,
                    const int64_t *ids, size_t count, vt_error *error)
{
    const vt_change_ops *ops = ops_of[edit->kind];
    sqlite3 *db = vt_catalog_writer_db(writer);
    size_t skipped = 0;
    if (!vt_edit_begin_items(writer, ids, count, error)) {
        return false;
    }
    bool done = ops->read(db, change, edit, ids, count, error) &&
                ops->write(db, change, VT_CHANGE_FORTH, &skipped, error) &&
                vt_sidecars_mark_change(writer, change, error);
    return vt_catalog_writer_end_synced(writer, done, error);
}

vt_change *vt_change_make(vt_catalog_writer *writer, const vt_item_edit *edit, const int64_t *ids,
                          size_t count, vt_error *error)
{
    if (!vt_item_edit_check(edit, error)) {
        return NULL;
    }
    size_t distinct = count;
    int64_t *sorted = sorted_ids(ids, &distinct, error);
    vt_change *change = sorted ? calloc(1, sizeof *change) : NULL;
    if (!change) {
        free(sorted);
        no_memory(error);
        return NULL;
    }
    change->kind = edit->kind;
    change->album = edit->album;
    bool of_tag = edit->kind == VT_EDIT_MOVE_TAG || edit->kind == VT_EDIT_DELETE_TAG;
    bool in_order = is_in_order(edit->kind);
    bool done = !of_tag || keep_text(change, edit->tags[0], &change->path) || no_memory(error);
    if (in_order && distinct != count) {
        done =
            vt_error_set(error, VT_ERROR_USAGE, "an item stands twice among those for an album or a stack");
    }
    done = done && make_in(writer, change, edit, in_order ? ids : sorted, distinct, error);
    free(sorted);
    if (!done) {
        vt_change_free(change);
        return NULL;
    }
    shrink(change);
    return change;
}

bool vt_change_apply(vt_catalog_writer *writer, const vt_change *change, vt_change_direction direction,
                     size_t *skipped, vt_error *error)
{
    *skipped = 0;
    if (!vt_catalog_writer_begin_synced(writer, error)) {
        return false;
    }
    bool done =
        ops_of[change->kind]->write(vt_catalog_writer_db(writer), change, direction, skipped, error) &&
        vt_sidecars_mark_change(writer, change, error);
    return vt_catalog_writer_end_synced(writer, done, error);
}

void vt_change_free(vt_change *change)
{
    if (change) {
        free(change->ids);
        free(change->before);
        free(change->after);
        free(change->runs);
        free(change->tags);
        vt_arena_free(change->texts);
        free(change);
    }
}

/* ---- reading one ---- */

int64_t vt_change_album(const vt_change *change)
{
    return change->album;
}

const char *vt_change_name(const vt_change *change)
{
    const vt_change_run *run = &change->runs[0]; /* that of an album; others may have none */
    switch (change->kind) {
    case VT_EDIT_CREATE_ALBUM:
        return run->text_after;
    case VT_EDIT_RENAME_ALBUM:
    case VT_EDIT_DELETE_ALBUM:
        return run->text_before;
    default:
        return change->path;
    }
}

vt_edit_kind vt_change_kind(const vt_change *change)
{
    return change->kind;
}

size_t vt_change_count(const vt_change *change)
{
    return change->things + change->count;
}

size_t vt_change_bytes(const vt_change *change)
{
    size_t each = sizeof *change->ids * (change->before ? 3 : 1);
    return sizeof *change + change->capacity * each + change->run_capacity * sizeof *change->runs +
           change->tag_capacity * sizeof *change->tags + (change->texts ? vt_arena_bytes(change->texts) : 0);
}

size_t vt_change_run_count(const vt_change *change)
{
    return change->run_count;
}

const vt_change_run *vt_change_run_at(const vt_change *change, size_t run)
{
    return &change->runs[run];
}

const int64_t *vt_change_ids(const vt_change *change, const vt_change_run *run)
{
    return change->ids + run->first;
}

bool vt_change_number(const vt_change *change, vt_change_direction direction, int64_t id, int *number)
{
    for (size_t i = 0; i < change->run_count; i++) {
        const vt_change_run *run = &change->runs[i];
        if (vt_ids_contain(vt_change_ids(change, run), run->count, id)) {
            *number = direction == VT_CHANGE_BACK ? run->before : run->after;
            return true;
        }
    }
    return false;
}
