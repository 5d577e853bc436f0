#include "core/index/tiny.h"

#include "core/index/chunk.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define WORDS (VT_TINYTHUMB_BYTES / 8)
/* Codes that are handed to the index at a time while loading. */
#define LOAD_STEP 4096

/* The first word is 0 while there is no code, or one is being written: its lowest byte, the shape, never is.
 */
typedef struct tiny_block {
    atomic_uint_least64_t words[VT_CHUNK_ROWS][WORDS];
} tiny_block;

struct vt_tiny_column {
    pthread_mutex_t lock; /* held by whoever writes words or adds a block */
    _Atomic(tiny_block *) blocks[VT_INDEX_ROWS_MAX / VT_CHUNK_ROWS]; /* owned; added, never taken away */
    atomic_size_t bytes;
};

vt_tiny_column *vt_tiny_column_create(void)
{
    vt_tiny_column *column = calloc(1, sizeof *column);
    if (column && pthread_mutex_init(&column->lock, NULL) != 0) {
        free(column);
        return NULL;
    }
    return column;
}

void vt_tiny_column_free(vt_tiny_column *column)
{
    if (!column) {
        return;
    }
    for (size_t i = 0; i < sizeof column->blocks / sizeof *column->blocks; i++) {
        free(atomic_load_explicit(&column->blocks[i], memory_order_relaxed));
    }
    pthread_mutex_destroy(&column->lock);
    free(column);
}

size_t vt_tiny_column_bytes(const vt_tiny_column *column)
{
    return sizeof *column + atomic_load_explicit(&column->bytes, memory_order_relaxed);
}

static tiny_block *block_of_locked(vt_tiny_column *column, uint32_t row)
{
    _Atomic(tiny_block *) *place = &column->blocks[row >> VT_CHUNK_SHIFT];
    tiny_block *block = atomic_load_explicit(place, memory_order_relaxed);
    if (!block) {
        block = calloc(1, sizeof *block);
        if (block) {
            atomic_fetch_add_explicit(&column->bytes, sizeof *block, memory_order_relaxed);
            atomic_store_explicit(place, block, memory_order_release);
        }
    }
    return block;
}

/* Readers that meet a row in the midst of this see a first word of 0 before or after what they read. */
static void write_locked(atomic_uint_least64_t *words, const vt_tinythumb *tiny)
{
    uint64_t values[WORDS];
    memcpy(values, tiny->bytes, sizeof values);
    atomic_store_explicit(&words[0], 0, memory_order_relaxed);
    for (int i = 1; i < WORDS; i++) {
        /* A reader that sees the new value sees the 0, too. */
        atomic_store_explicit(&words[i], values[i], memory_order_release);
    }
    atomic_store_explicit(&words[0], values[0], memory_order_release);
}

bool vt_snapshot_tiny(const vt_snapshot *snapshot, uint32_t row, vt_tinythumb *tiny)
{
    const tiny_block *block =
        atomic_load_explicit(&snapshot->tiny->blocks[row >> VT_CHUNK_SHIFT], memory_order_acquire);
    if (!block) {
        return false;
    }
    const atomic_uint_least64_t *words = block->words[row & VT_CHUNK_MASK];
    uint64_t values[WORDS];
    for (int i = 0; i < WORDS; i++) {
        values[i] = atomic_load_explicit(&words[i], memory_order_acquire);
    }
    if (values[0] == 0 || atomic_load_explicit(&words[0], memory_order_relaxed) != values[0]) {
        return false;
    }
    memcpy(tiny->bytes, values, sizeof tiny->bytes);
    return vt_tinythumb_is_set(tiny);
}

/* The row of `id`, mostly the one behind `last`. */
static uint32_t find(const vt_snapshot *snapshot, uint32_t last, int64_t id)
{
    uint32_t next = last + 1;
    if (next < snapshot->count && vt_snapshot_chunk(snapshot, next)->id[next & VT_CHUNK_MASK] == id) {
        return next;
    }
    return vt_snapshot_find(snapshot, id);
}

bool vt_index_put_tiny(vt_index *index, const vt_tiny *tinies, size_t count, vt_tiny_known known,
                       vt_error *error)
{
    const vt_snapshot *snapshot = vt_index_snapshot(index);
    vt_tiny_column *column = snapshot->tiny;
    uint32_t row = VT_INDEX_NO_ROW;
    bool done = true;
    pthread_mutex_lock(&column->lock);
    for (size_t i = 0; done && i < count; i++) {
        uint32_t found = find(snapshot, row, tinies[i].item_id);
        if (found == VT_INDEX_NO_ROW || !vt_tinythumb_is_set(&tinies[i].code)) {
            continue;
        }
        row = found;
        tiny_block *block = block_of_locked(column, row);
        done = block || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for tiny thumbnails");
        if (done && (known == VT_TINY_REPLACE ||
                     !atomic_load_explicit(&block->words[row & VT_CHUNK_MASK][0], memory_order_relaxed))) {
            write_locked(block->words[row & VT_CHUNK_MASK], &tinies[i].code);
        }
    }
    pthread_mutex_unlock(&column->lock);
    vt_snapshot_release(snapshot);
    return done;
}

typedef struct loading {
    vt_index *index;
    const atomic_bool *cancelled;
    vt_error *error;
    vt_tiny *tinies; /* [LOAD_STEP] */
    size_t count;
    bool failed;
} loading;

static bool hand_over(loading *load)
{
    if (load->cancelled && atomic_load(load->cancelled)) {
        load->failed =
            !vt_error_set(load->error, VT_ERROR_CANCELLED, "loading tiny thumbnails was cancelled");
    } else {
        load->failed = !vt_index_put_tiny(load->index, load->tinies, load->count, VT_TINY_KEEP, load->error);
    }
    load->count = 0;
    return !load->failed;
}

static bool take(void *user, const vt_tiny *tiny)
{
    loading *load = user;
    load->tinies[load->count++] = *tiny;
    return load->count < LOAD_STEP || hand_over(load);
}

bool vt_index_load_tiny(vt_index *index, vt_catalog_reader *reader, const atomic_bool *cancelled,
                        vt_error *error)
{
    loading load = {.index = index, .cancelled = cancelled, .error = error};
    load.tinies = malloc(LOAD_STEP * sizeof *load.tinies);
    if (!load.tinies) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for tiny thumbnails");
    }
    bool done =
        vt_catalog_reader_each_tiny(reader, 0, take, &load, error) && !load.failed && hand_over(&load);
    free(load.tinies);
    return done;
}
