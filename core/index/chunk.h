/*
 * The inside of the index: chunks of rows, name blocks, the folder table and snapshots. Only core/index
 * includes this; what others may know is in index.h.
 *
 * Who may touch what: the writer fills rows behind the count of the newest snapshot, and chunks that no
 * snapshot holds; readers read rows below the count of their snapshot. The two never meet, so no column needs
 * an atomic; the hand-over is the lock of vt_index_publish and vt_index_snapshot.
 */
#ifndef VT_INDEX_CHUNK_H
#define VT_INDEX_CHUNK_H

#include "core/index/index.h"

#include <stdatomic.h>
#include <stdint.h>

#define VT_CHUNK_SHIFT 12
#define VT_CHUNK_ROWS  ((uint32_t)1 << VT_CHUNK_SHIFT)
#define VT_CHUNK_MASK  (VT_CHUNK_ROWS - 1)

typedef struct vt_chunk {
    atomic_uint references; /* the writer's, and one for each snapshot */
    bool scattered;         /* some row was renamed: its name stands elsewhere than between its neighbours' */
    int64_t id[VT_CHUNK_ROWS];
    int64_t size[VT_CHUNK_ROWS];
    int64_t mtime[VT_CHUNK_ROWS];
    const char *name[VT_CHUNK_ROWS]; /* in a name block */
    uint32_t folder[VT_CHUNK_ROWS];  /* folder number */
    uint32_t width[VT_CHUNK_ROWS];
    uint32_t height[VT_CHUNK_ROWS];
    uint32_t triangles[VT_CHUNK_ROWS];
    uint16_t name_length[VT_CHUNK_ROWS];
    uint8_t kind[VT_CHUNK_ROWS];
    uint8_t format[VT_CHUNK_ROWS];
    uint8_t state[VT_CHUNK_ROWS];
    uint8_t watertight[VT_CHUNK_ROWS];
    uint8_t rating[VT_CHUNK_ROWS];
    uint8_t removed[VT_CHUNK_ROWS]; /* 0 or 1 */
} vt_chunk;

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

/*
 * Folders. A number is for good, and so is what stands there: the table only grows, in blocks that never
 * move.
 */
#define VT_FOLDER_SHIFT  12
#define VT_FOLDER_BLOCK  ((uint32_t)1 << VT_FOLDER_SHIFT)
#define VT_FOLDER_MASK   (VT_FOLDER_BLOCK - 1)
#define VT_FOLDER_BLOCKS (VT_INDEX_FOLDERS_MAX / VT_FOLDER_BLOCK)

typedef struct vt_folder {
    int64_t id;
    const char *path;   /* a NUL follows */
    const char *folded; /* with a '/' at its end, so that "cars/" finds the folder itself, too */
    uint32_t length;
    uint32_t folded_length;
} vt_folder;

typedef struct vt_folders {
    vt_folder
        *blocks[VT_FOLDER_BLOCKS]; /* owned; written once each, before their first folder is published */
    uint32_t count;                /* writer's */
    uint32_t *slots;               /* writer's: folder number + 1 by hash of id, 0 is free; owned */
    uint32_t slot_count;           /* a power of two, or 0 */
    struct vt_arena *text;         /* writer's: paths */
} vt_folders;

bool vt_folders_add(vt_folders *folders, int64_t id, const char *path, size_t length, vt_error *error);

/* UINT32_MAX if it is not known. Writer's thread. */
uint32_t vt_folders_find(const vt_folders *folders, int64_t id);
size_t vt_folders_bytes(const vt_folders *folders);
void vt_folders_free(vt_folders *folders);

static inline const vt_folder *vt_folders_at(const vt_folders *folders, uint32_t folder)
{
    return &folders->blocks[folder >> VT_FOLDER_SHIFT][folder & VT_FOLDER_MASK];
}

/* Tiny thumbnails by row (tiny.h): the index's, seen by all its snapshots. */
typedef struct vt_tiny_column vt_tiny_column;

vt_tiny_column *vt_tiny_column_create(void);      /* NULL when memory runs out */
void vt_tiny_column_free(vt_tiny_column *column); /* NULL is allowed */
size_t vt_tiny_column_bytes(const vt_tiny_column *column);

struct vt_snapshot {
    atomic_uint references;
    uint32_t count;
    uint32_t removed; /* of them */
    uint32_t folder_count;
    uint64_t version;
    const vt_folders *folders; /* the index's */
    vt_tiny_column *tiny;      /* the index's */
    vt_chunk *chunks[];        /* one reference on each */
};

/* One reference on each chunk is taken. NULL when memory runs out. */
vt_snapshot *vt_snapshot_create(vt_chunk *const *chunks, uint32_t count, uint32_t removed,
                                const vt_folders *folders, vt_tiny_column *tiny, uint64_t version);

/* Drops a reference; the last one frees. NULL is allowed. */
void vt_chunk_release(vt_chunk *chunk);

/* The row of `id` among the first `count`, VT_INDEX_NO_ROW if there is none. */
uint32_t vt_chunks_find(vt_chunk *const *chunks, uint32_t count, int64_t id);

static inline uint32_t vt_chunks_for(uint32_t rows)
{
    return (rows + VT_CHUNK_MASK) >> VT_CHUNK_SHIFT;
}

static inline const vt_chunk *vt_snapshot_chunk(const vt_snapshot *snapshot, uint32_t row)
{
    return snapshot->chunks[row >> VT_CHUNK_SHIFT];
}

#endif
