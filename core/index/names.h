/* Private to core/index: where names stand. */
#ifndef VT_INDEX_NAMES_H
#define VT_INDEX_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Names stand in blocks in the order of the rows, a NUL after each, so that one search runs over thousands
 * of them. A block holds the names as they are and, VT_NAME_BLOCK further, the same folded. It begins at a
 * multiple of its size: the block of a name is found by masking its address.
 */
#define VT_NAME_BLOCK      ((size_t)64 * 1024)
#define VT_NAME_LENGTH_MAX ((uint32_t)32767)

typedef struct vt_names {
    char **slabs; /* of several blocks each; owned, as are the slabs */
    size_t slab_count, slab_capacity;
    size_t block; /* the one being filled, of the last slab */
    size_t used;  /* of it */
} vt_names;

/* Copies a name of at most VT_NAME_LENGTH_MAX bytes and folds it; NULL when memory runs out. */
const char *vt_names_add(vt_names *names, const char *name, size_t length);

/* The same for `count` names that stand in `text` one behind the other, a NUL after each; where they are put
   goes to `places`. False when memory runs out. */
bool vt_names_add_run(vt_names *names, const char *text, const uint16_t *lengths, uint32_t count,
                      const char **places);
size_t vt_names_bytes(const vt_names *names);
void vt_names_free(vt_names *names);

static inline const char *vt_name_folded(const char *name)
{
    return name + VT_NAME_BLOCK;
}

static inline uintptr_t vt_name_block(const char *name)
{
    return (uintptr_t)name / (2 * VT_NAME_BLOCK);
}

#endif
