#include "core/index/chunk.h"

#include "core/index/buffer.h"
#include "core/index/fold.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Blocks are made as many at a time as fill a huge page. */
enum { SLAB_BLOCKS = VT_HUGE_PAGE / (2 * VT_NAME_BLOCK) };
static_assert(VT_HUGE_PAGE % (2 * VT_NAME_BLOCK) == 0, "a block begins at a multiple of its size");

/* Goes on to the next block. */
static bool next_block(vt_names *names)
{
    if (names->slab_count > 0 && names->block + 1 < SLAB_BLOCKS) {
        names->block++;
        names->used = 0;
        return true;
    }
    if (names->slab_count == names->slab_capacity) {
        size_t capacity = names->slab_capacity ? names->slab_capacity * 2 : 16;
        char **slabs = realloc(names->slabs, capacity * sizeof *slabs);
        if (!slabs) {
            return false;
        }
        names->slabs = slabs;
        names->slab_capacity = capacity;
    }
    char *slab = vt_buffer_alloc(1, VT_HUGE_PAGE);
    if (!slab) {
        return false;
    }
    names->slabs[names->slab_count++] = slab;
    names->block = 0;
    names->used = 0;
    return true;
}

const char *vt_names_add(vt_names *names, const char *name, size_t length)
{
    bool full = names->slab_count == 0 || names->used + length + 1 > VT_NAME_BLOCK;
    if (full && !next_block(names)) {
        return NULL;
    }
    char *copy = names->slabs[names->slab_count - 1] + names->block * 2 * VT_NAME_BLOCK + names->used;
    memcpy(copy, name, length);
    copy[length] = '\0';
    vt_fold(copy + VT_NAME_BLOCK, name, length);
    copy[VT_NAME_BLOCK + length] = '\0';
    names->used += length + 1;
    return copy;
}

/* As many of them as have room in a block at once, and how many bytes these are. */
static uint32_t fitting(const uint16_t *lengths, uint32_t count, size_t room, size_t *bytes)
{
    uint32_t fit = 0;
    *bytes = 0;
    while (fit < count && *bytes + lengths[fit] + 1 <= room) {
        *bytes += (size_t)lengths[fit++] + 1;
    }
    return fit;
}

bool vt_names_add_run(vt_names *names, const char *text, const uint16_t *lengths, uint32_t count,
                      const char **places)
{
    while (count > 0) {
        size_t bytes = 0;
        size_t room = names->slab_count > 0 ? VT_NAME_BLOCK - names->used : 0;
        uint32_t fit = fitting(lengths, count, room, &bytes);
        if (fit == 0) { /* a name has at most half a block: it has room in a new one */
            if (!next_block(names)) {
                return false;
            }
            continue;
        }
        char *copy = names->slabs[names->slab_count - 1] + names->block * 2 * VT_NAME_BLOCK + names->used;
        memcpy(copy, text, bytes);
        vt_fold(copy + VT_NAME_BLOCK, text, bytes); /* no character goes on beyond a NUL */
        for (uint32_t i = 0; i < fit; i++) {
            places[i] = copy;
            copy += lengths[i] + 1;
        }
        names->used += bytes;
        text += bytes;
        lengths += fit;
        places += fit;
        count -= fit;
    }
    return true;
}

size_t vt_names_bytes(const vt_names *names)
{
    return names->slab_count * VT_HUGE_PAGE + names->slab_capacity * sizeof *names->slabs;
}

void vt_names_free(vt_names *names)
{
    for (size_t i = 0; i < names->slab_count; i++) {
        free(names->slabs[i]);
    }
    free(names->slabs);
    *names = (vt_names){0};
}
