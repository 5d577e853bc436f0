#include "core/import/changes.h"

#include "core/base/arena.h"
#include "core/import/fault.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct vt_changes {
    vt_catalog_reader *reader; /* borrowed */
    vt_arena *arena;           /* owned: `files`, `seen` and path and names */
    const char *path;          /* of the folder; NULL: none */
    size_t path_length;
    vt_known_file *files; /* by the bytes of their names */
    size_t count;
    bool *seen; /* one per file */
};

vt_changes *vt_changes_create(vt_catalog_reader *reader)
{
    vt_changes *changes = calloc(1, sizeof *changes);
    if (!changes) {
        return NULL;
    }
    changes->reader = reader;
    changes->arena = vt_arena_create(0);
    if (!changes->arena) {
        free(changes);
        return NULL;
    }
    return changes;
}

void vt_changes_free(vt_changes *changes)
{
    if (changes) {
        vt_arena_free(changes->arena);
        free(changes);
    }
}

bool vt_changes_begin(vt_changes *changes, const char *path, size_t length, vt_error *error)
{
    vt_arena_reset(changes->arena);
    changes->path = NULL;
    changes->files = NULL;
    changes->count = 0;
    changes->seen = NULL;
    vt_known_file *files;
    size_t count;
    if (!vt_catalog_reader_known_files(changes->reader, path, length, changes->arena, &files, &count,
                                       error)) {
        return false;
    }
    if (count > 0) {
        changes->seen = vt_arena_alloc(changes->arena, count * sizeof *changes->seen);
        if (!changes->seen) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while comparing a folder");
        }
        memset(changes->seen, 0, count * sizeof *changes->seen);
    }
    changes->files = files;
    changes->count = count;
    changes->path = vt_arena_copy(changes->arena, path, length);
    changes->path_length = length;
    return changes->path || vt_error_set(error, VT_ERROR_MEMORY, "out of memory while comparing a folder");
}

bool vt_changes_is_of(const vt_changes *changes, const char *path, size_t length)
{
    return changes->path && changes->path_length == length && memcmp(changes->path, path, length) == 0;
}

static bool same_content(const vt_known_file *known, const vt_scan_file *file)
{
    return known->size == file->size && known->mtime_ns == file->mtime_ns &&
           known->ctime_ns == file->ctime_ns && known->ino == file->ino;
}

const vt_known_file *vt_changes_known(const vt_changes *changes, const char *name, size_t length)
{
    return changes->count > 0 ? vt_known_file_find(changes->files, changes->count, name, length) : NULL;
}

vt_file_change vt_changes_of(vt_changes *changes, const vt_scan_file *file, const vt_known_file **known)
{
    const vt_known_file *match = vt_changes_known(changes, file->name, file->name_length);
    if (known) {
        *known = match;
    }
    if (!match) {
        return VT_FILE_CHANGE_NEW;
    }
    changes->seen[match - changes->files] = true;
    if (!same_content(match, file) || (match->failed && vt_fault_passes((vt_error_code)match->failure))) {
        return match->id ? VT_FILE_CHANGE_CONTENT : VT_FILE_CHANGE_NEW;
    }
    if (match->failed) {
        return VT_FILE_CHANGE_FAILED_BEFORE;
    }
    switch ((vt_item_state)match->state) {
    case VT_ITEM_OK:
        return VT_FILE_CHANGE_NONE;
    case VT_ITEM_MISSING:
    case VT_ITEM_OFFLINE:
        return VT_FILE_CHANGE_BACK;
    case VT_ITEM_UNREAD:
        return VT_FILE_CHANGE_UNREAD;
    default:
        return VT_FILE_CHANGE_CONTENT;
    }
}

const vt_known_file *vt_changes_next_unseen(const vt_changes *changes, size_t *at)
{
    while (*at < changes->count) {
        size_t i = (*at)++;
        const vt_known_file *file = &changes->files[i];
        if (!changes->seen[i] && !(file->id && file->state == VT_ITEM_MISSING)) {
            return file;
        }
    }
    return NULL;
}
