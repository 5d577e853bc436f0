#include "core/base/arena.h"
#include "core/index/chunk.h"
#include "core/index/fold.h"

#include <stdlib.h>
#include <string.h>

/* Fibonacci hashing (Knuth, The Art of Computer Programming 3, 6.4): ids are nearly consecutive. */
static uint32_t slot_of(const vt_folders *folders, int64_t id)
{
    return (uint32_t)(((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (folders->slot_count - 1);
}

static void enter_slot(vt_folders *folders, uint32_t folder)
{
    uint32_t slot = slot_of(folders, vt_folders_at(folders, folder)->id);
    while (folders->slots[slot]) {
        slot = (slot + 1) & (folders->slot_count - 1);
    }
    folders->slots[slot] = folder + 1;
}

uint32_t vt_folders_find(const vt_folders *folders, int64_t id)
{
    if (folders->slot_count == 0) {
        return UINT32_MAX;
    }
    uint32_t slot = slot_of(folders, id);
    while (folders->slots[slot]) {
        if (vt_folders_at(folders, folders->slots[slot] - 1)->id == id) {
            return folders->slots[slot] - 1;
        }
        slot = (slot + 1) & (folders->slot_count - 1);
    }
    return UINT32_MAX;
}

/* Keeps the table of slots at most half full. */
static bool make_room(vt_folders *folders)
{
    uint32_t block = folders->count >> VT_FOLDER_SHIFT;
    if (!folders->blocks[block]) {
        folders->blocks[block] = malloc(VT_FOLDER_BLOCK * sizeof(vt_folder));
        if (!folders->blocks[block]) {
            return false;
        }
    }
    if (!folders->text) {
        folders->text = vt_arena_create(0);
        if (!folders->text) {
            return false;
        }
        vt_arena_leave_total(folders->text); /* the index reports it */
    }
    if (folders->count < folders->slot_count / 2) {
        return true;
    }
    uint32_t slot_count = folders->slot_count ? folders->slot_count * 2 : 1024;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return false;
    }
    free(folders->slots);
    folders->slots = slots;
    folders->slot_count = slot_count;
    for (uint32_t i = 0; i < folders->count; i++) {
        enter_slot(folders, i);
    }
    return true;
}

bool vt_folders_add(vt_folders *folders, int64_t id, const char *path, size_t length, vt_error *error)
{
    if (vt_folders_find(folders, id) != UINT32_MAX) {
        return true;
    }
    if (folders->count == VT_INDEX_FOLDERS_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "more than %u folders: split the library into two catalogs",
                            VT_INDEX_FOLDERS_MAX);
    }
    if (length > VT_PATH_LENGTH_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "the path of folder %lld is longer than %u bytes",
                            (long long)id, VT_PATH_LENGTH_MAX);
    }
    if (!make_room(folders)) {
        return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the table of %u folders", folders->count);
    }
    bool slash = length == 0 || path[length - 1] != '/';
    char *copy = vt_arena_alloc_bytes(folders->text, length + 1 + length + slash);
    if (!copy) {
        return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the paths of %u folders", folders->count);
    }
    memcpy(copy, path, length);
    copy[length] = '\0';
    char *folded = copy + length + 1;
    vt_fold(folded, path, length);
    if (slash) {
        folded[length] = '/';
    }

    folders->blocks[folders->count >> VT_FOLDER_SHIFT][folders->count & VT_FOLDER_MASK] = (vt_folder){
        .id = id,
        .path = copy,
        .folded = folded,
        .length = (uint32_t)length,
        .folded_length = (uint32_t)(length + slash),
    };
    enter_slot(folders, folders->count++);
    return true;
}

size_t vt_folders_bytes(const vt_folders *folders)
{
    size_t blocks = (folders->count + VT_FOLDER_MASK) >> VT_FOLDER_SHIFT;
    return blocks * VT_FOLDER_BLOCK * sizeof(vt_folder) + folders->slot_count * sizeof *folders->slots;
}

void vt_folders_free(vt_folders *folders)
{
    for (uint32_t i = 0; i < VT_FOLDER_BLOCKS; i++) {
        free(folders->blocks[i]);
    }
    free(folders->slots);
    vt_arena_free(folders->text);
}
