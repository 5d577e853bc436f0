#include "app/ui/sidebar/sidebar_fold.h"

#include "core/base/hash.h"

#include <string.h>

static uint64_t key_of(int section, const vt_sidebar_rows *rows, uint32_t row)
{
    int64_t id = rows->rows[row].id;
    const char *filter = vt_sidebar_rows_filter(rows, row);
    uint64_t hash = vt_hash_add(VT_HASH_INIT, &section, sizeof section);
    return id ? vt_hash_add(hash, &id, sizeof id) : vt_hash_add(hash, filter, strlen(filter));
}

static uint32_t place_of(const vt_sidebar_fold *fold, uint64_t key)
{
    uint32_t at = 0;
    while (at < fold->count && fold->keys[at] != key) {
        at++;
    }
    return at;
}

static void remove_at(vt_sidebar_fold *fold, uint32_t at)
{
    fold->count--;
    memmove(&fold->keys[at], &fold->keys[at + 1], (fold->count - at) * sizeof *fold->keys);
}

void vt_sidebar_fold_note(vt_sidebar_fold *fold, int section, const vt_sidebar_rows *rows, uint32_t row,
                          bool open)
{
    uint64_t key = key_of(section, rows, row);
    uint32_t at = place_of(fold, key);
    if (at < fold->count) {
        remove_at(fold, at);
    }
    if (open && fold->count == VT_SIDEBAR_OPEN_MAX) {
        remove_at(fold, 0);
    }
    if (open) {
        fold->keys[fold->count++] = key;
    }
}

uint32_t vt_sidebar_fold_find(const vt_sidebar_fold *fold, int section, const vt_sidebar_rows *rows,
                              uint32_t *found)
{
    uint32_t count = 0;
    for (uint32_t row = 0; fold->count > 0 && row < rows->count && count < VT_SIDEBAR_OPEN_MAX; row++) {
        if (rows->rows[row].child_count > 0 && place_of(fold, key_of(section, rows, row)) < fold->count) {
            found[count++] = row;
        }
    }
    return count;
}
