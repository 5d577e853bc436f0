#include "core/catalog/known_list.h"

#include <string.h>

static vt_known_file *append_known(vt_known_list *list)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 64;
        vt_known_file *files = vt_arena_alloc(list->arena, capacity * sizeof *files);
        if (!files) {
            return NULL;
        }
        if (list->count) {
            memcpy(files, list->files, list->count * sizeof *files);
        }
        list->files = files;
        list->capacity = capacity;
    }
    return &list->files[list->count++];
}

bool vt_known_list_read(sqlite3_stmt *row, bool failed, vt_known_list *list)
{
    const char *name = sqlite3_column_blob(row, 0);
    uint32_t length = (uint32_t)sqlite3_column_bytes(row, 0);
    char *copy = vt_arena_copy(list->arena, name ? name : "", length);
    vt_known_file *file = copy ? append_known(list) : NULL;
    if (!file) {
        return false;
    }
    *file = (vt_known_file){
        .name = copy,
        .name_length = length,
        .failed = failed,
        .state = failed ? VT_ITEM_FAILED : VT_ITEM_UNREAD,
        .size = sqlite3_column_int64(row, 1),
        .mtime_ns = sqlite3_column_int64(row, 2),
        .ctime_ns = sqlite3_column_int64(row, 3),
        .ino = (uint64_t)sqlite3_column_int64(row, 4),
    };
    if (failed) {
        const char *code = (const char *)sqlite3_column_text(row, 5);
        file->failure = (uint8_t)vt_error_code_from_name(code ? code : "");
    } else {
        file->id = sqlite3_column_int64(row, 5);
        int state = sqlite3_column_int(row, 6);
        file->state = state >= 0 && state < VT_ITEM_STATE_COUNT ? (uint8_t)state : VT_ITEM_UNREAD;
    }
    return true;
}

static int compare_names(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order ? order : (a_length > b_length) - (a_length < b_length);
}

bool vt_known_list_merge(const vt_known_list *items, const vt_known_list *failures, vt_known_list *merged)
{
    size_t i = 0;
    size_t f = 0;
    while (i < items->count || f < failures->count) {
        int order = i == items->count ? 1 : -1;
        if (i < items->count && f < failures->count) {
            order = compare_names(items->files[i].name, items->files[i].name_length, failures->files[f].name,
                                  failures->files[f].name_length);
        }
        vt_known_file *file = append_known(merged);
        if (!file) {
            return false;
        }
        *file = order < 0 ? items->files[i] : failures->files[f];
        if (order == 0) {
            file->id = items->files[i].id;
            file->state = items->files[i].state;
        }
        i += order <= 0;
        f += order >= 0;
    }
    return true;
}

const vt_known_file *vt_known_file_find(const vt_known_file *files, size_t count, const char *name,
                                        size_t length)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_names(files[middle].name, files[middle].name_length, name, length);
        if (order == 0) {
            return &files[middle];
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}
