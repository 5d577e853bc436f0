#include "core/index/chunk.h"

#include "core/index/fold.h"

#include <stdlib.h>
#include <string.h>

static bool vt_names_grow(vt_names *names)
{
    if (names->count == names->capacity) {
        size_t capacity = names->capacity ? names->capacity * 2 : 64;
        char **blocks = realloc(names->blocks, capacity * sizeof *blocks);
        if (!blocks) {
            return false;
        }
        names->blocks = blocks;
        names->capacity = capacity;
    }
    char *block = aligned_alloc(2 * VT_NAME_BLOCK, 2 * VT_NAME_BLOCK);
    if (!block) {
        return false;
    }
    names->blocks[names->count++] = block;
    names->used = 0;
    return true;
}

const char *vt_names_add(vt_names *names, const char *name, size_t length)
{
    if ((names->count == 0 || names->used + length + 1 > VT_NAME_BLOCK) && !vt_names_grow(names)) {
        return NULL;
    }
    char *copy = names->blocks[names->count - 1] + names->used;
    memcpy(copy, name, length);
    copy[length] = '\0';
    vt_fold(copy + VT_NAME_BLOCK, name, length);
    copy[VT_NAME_BLOCK + length] = '\0';
    names->used += length + 1;
    return copy;
}

void vt_names_free(vt_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->blocks[i]);
    }
    free(names->blocks);
    *names = (vt_names){0};
}
