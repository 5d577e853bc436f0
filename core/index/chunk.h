/*
 * The inside of the index: chunks of rows, name blocks, the folder table and snapshots. Only core/index
 * includes this; what others may know is in index.h.
 *
 * Who may touch what: the writer fills rows behind the count of the newest snapshot, and chunks that no
 * snapshot holds; readers read rows below the count of their snapshot. The two never meet, so no column needs
 * an atomic but the letters, where rows share words; the hand-over is the lock of vt_index_publish and
 * vt_index_snapshot.
 */
#ifndef VT_INDEX_CHUNK_H
#define VT_INDEX_CHUNK_H

#include "core/index/index.h"
#include "core/index/letters.h"
#include "core/index/names.h"
#include "core/index/sets.h"
#include "core/index/twins.h"
#include "core/index/vocabulary.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#define VT_CHUNK_SHIFT 12
#define VT_CHUNK_ROWS  ((uint32_t)1 << VT_CHUNK_SHIFT)
#define VT_CHUNK_MASK  (VT_CHUNK_ROWS - 1)
_Static_assert(VT_CHUNK_ROWS == VT_LETTERS_ROWS, "a row of letters for each row");

typedef struct vt_chunk {
    atomic_uint references; /* the writer's, and one for each snapshot */
    bool scattered;         /* some row was renamed: its name stands elsewhere than between its neighbours' */
    int64_t id[VT_CHUNK_ROWS];
    int64_t size[VT_CHUNK_ROWS];
    int64_t mtime[VT_CHUNK_ROWS];
    const char *name[VT_CHUNK_ROWS]; /* in a name block */
    vt_letter_slices letters;        /* of the folded names */
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

/* Writes what may change in a row: all but its id, name, folder, and whether it was removed. */
void vt_chunk_set(vt_chunk *chunk, uint32_t at, const vt_item_brief *item);

/*
 * What most rows do not have stands beside the chunks, in blocks of as many rows that exist only where a row
 * has some of it: what the file says of itself, and what the user gave (his rating excepted, which most
 * orders and filters ask for). They are changed as chunks are: whoever changes a block that a snapshot holds
 * copies that block, and no other.
 */
typedef struct vt_file_block {
    atomic_uint references;
    int64_t taken[VT_CHUNK_ROWS];   /* VT_TAKEN_UNKNOWN: it is not known */
    uint32_t camera[VT_CHUNK_ROWS]; /* numbers of the vocabularies, 0 for none */
    uint32_t title[VT_CHUNK_ROWS];
} vt_file_block;

typedef struct vt_user_block {
    atomic_uint references;
    uint32_t title[VT_CHUNK_ROWS]; /* before the file's */
    uint32_t tags[VT_CHUNK_ROWS];  /* numbers of sets (sets.h), 0 for the empty one */
    uint32_t albums[VT_CHUNK_ROWS];
    uint8_t label[VT_CHUNK_ROWS];
} vt_user_block;

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

/* The folders by their paths, made when they are first asked for (folder_order.h). */
typedef struct vt_folder_order vt_folder_order;
typedef struct vt_order_cache {
    pthread_mutex_t lock;   /* guards what follows */
    vt_folder_order *order; /* one reference; NULL: none yet */
} vt_order_cache;

vt_order_cache *vt_order_cache_create(void); /* NULL when memory runs out */
void vt_order_cache_free(vt_order_cache *cache);

/* What the index and its snapshots share: it only grows. */
typedef struct vt_tables {
    vt_folders folders;
    vt_vocabulary titles, cameras;
    vt_tiny_column *tiny;
    vt_order_cache *order;
} vt_tables;

/* What is shared until it changes; a snapshot has one reference on each. */
typedef struct vt_shared {
    struct vt_tag_table *tags;     /* NULL before the first tag */
    struct vt_album_table *albums; /* likewise */
    vt_sets *tag_sets, *album_sets;
    struct vt_twin_table *twins[VT_TWIN_KINDS]; /* NULL where nobody searched */
    struct vt_stack_table *stacks;              /* NULL: there are none */
} vt_shared;

/* A chunk of rows, and what stands beside it. */
typedef struct vt_piece {
    vt_chunk *chunk;
    vt_file_block *file; /* NULL where no row has any of it */
    vt_user_block *user; /* likewise */
} vt_piece;

struct vt_snapshot {
    atomic_uint references;
    uint32_t count;
    uint32_t removed; /* of them */
    uint32_t folder_count;
    uint32_t title_count, camera_count;
    uint64_t version;
    const vt_tables *tables;   /* the index's */
    const vt_folders *folders; /* of them */
    vt_tiny_column *tiny;      /* the index's */
    struct vt_tag_table *tags; /* vt_shared */
    struct vt_album_table *albums;
    vt_sets *tag_sets, *album_sets;
    uint32_t tag_set_count, album_set_count;
    struct vt_twin_table *twins[VT_TWIN_KINDS];
    struct vt_stack_table *stacks;
    vt_piece pieces[]; /* one reference on each chunk and block */
};

/* One reference on each chunk and block, and on what is shared, is taken. NULL when memory runs out. */
vt_snapshot *vt_snapshot_create(const vt_piece *pieces, uint32_t count, uint32_t removed,
                                const vt_tables *tables, const vt_shared *shared, uint64_t version);

/* Drop a reference; the last one frees. NULL is allowed. */
void vt_file_block_release(vt_file_block *block);
void vt_user_block_release(vt_user_block *block);
void vt_piece_release(const vt_piece *piece); /* all three */

/* Drops a reference; the last one frees. NULL is allowed. */
void vt_chunk_release(vt_chunk *chunk);

/* The row of `id` among the first `count`, VT_INDEX_NO_ROW if there is none. */
uint32_t vt_pieces_find(const vt_piece *pieces, uint32_t count, int64_t id);

/* How many of them have an id below `id`. */
uint32_t vt_pieces_before(const vt_piece *pieces, uint32_t count, int64_t id);

static inline uint32_t vt_chunks_for(uint32_t rows)
{
    return (rows + VT_CHUNK_MASK) >> VT_CHUNK_SHIFT;
}

static inline const vt_chunk *vt_snapshot_chunk(const vt_snapshot *snapshot, uint32_t row)
{
    return snapshot->pieces[row >> VT_CHUNK_SHIFT].chunk;
}

/* The block of a row, NULL if none of its rows has any of that. */
static inline const vt_file_block *vt_snapshot_file_block(const vt_snapshot *snapshot, uint32_t row)
{
    return snapshot->pieces[row >> VT_CHUNK_SHIFT].file;
}

static inline const vt_user_block *vt_snapshot_user_block(const vt_snapshot *snapshot, uint32_t row)
{
    return snapshot->pieces[row >> VT_CHUNK_SHIFT].user;
}

#endif
