#include "core/mesh/key_log.h"

#include "core/mesh/page_size.h"

#include <stdlib.h>
#include <string.h>

#define PARTS         VT_KEY_LOG_PARTS
#define KEY_BYTES     VT_KEY_LOG_KEY_BYTES
#define KEY_MASK      ((UINT64_C(1) << KEY_BYTES * 8) - 1)
#define ROOM_LEAST    4096
#define CHUNK_LEAST   16
#define CHUNK_MOST    2048
#define NO_CHUNK      UINT32_MAX
#define LINE          64
#define LINES_AHEAD   2 /* of a part, on their way into the cache before they are written to */
#define MARKS_PER_KEY 8
#define AHEAD         16 /* keys whose place in the table is on its way into the cache */

/* In the table of a part being reduced: its key, and these. */
#define OCCUPIED UINT64_C(0x8000000000000000)
#define REPEATED UINT64_C(0x4000000000000000)

/* Keys of one part, in chunks; all but the last are full. */
typedef struct part {
    uint8_t *at;  /* where the next key goes */
    uint8_t *end; /* of its chunk; the same as `at`: a new one is needed */
    uint32_t first, last;
    uint64_t before; /* keys in the chunks before the last */
} part;

struct vt_key_log {
    /* The chunks of all parts stand together, so that huge pages under them are full. */
    uint8_t *chunks;
    uint32_t *next;     /* [chunk_count] of the same part, or of those that are free */
    size_t chunk_bytes; /* two spare ones: the last key is written and read with eight */
    uint32_t chunk_keys;
    uint32_t chunk_count;
    uint32_t begun; /* chunks that were ever used */
    uint32_t free;
    uint64_t room;
    part parts[PARTS];

    struct mark *marks; /* for reducing */
    uint64_t marks_capacity;
    uint64_t mark_mask;
    uint64_t *shared; /* keys that share their place with others */
    uint64_t shared_capacity;
    uint64_t *table; /* of those */
    uint64_t table_capacity;
    uint64_t table_mask;
};

/* 64 places of keys: those that were met, and those that were met again. */
typedef struct mark {
    uint64_t once;
    uint64_t again;
} mark;

vt_key_log *vt_key_log_create(uint64_t keys, uint64_t bytes)
{
    vt_key_log *log = calloc(1, sizeof *log);
    if (!log) {
        return NULL;
    }
    uint64_t most = bytes / KEY_BYTES;
    log->room = (keys < most ? keys : most) + ROOM_LEAST;
    log->chunk_keys = CHUNK_LEAST;
    while (log->chunk_keys < CHUNK_MOST && log->chunk_keys * 16 < log->room / PARTS) {
        log->chunk_keys *= 2;
    }
    log->chunk_bytes = ((size_t)log->chunk_keys * KEY_BYTES + 2 + LINE - 1) / LINE * LINE;
    /* However the keys are spread, the last chunk alone of each part is not full. */
    log->chunk_count = (uint32_t)(log->room / log->chunk_keys + PARTS);
    uint64_t size = (uint64_t)log->chunk_count * log->chunk_bytes;
    /* Pages that are never written to cost nothing. */
    log->chunks = vt_small_pages_under(malloc(size), size);
    log->next = malloc(log->chunk_count * sizeof *log->next);
    if (!log->chunks || !log->next) {
        vt_key_log_free(log);
        return NULL;
    }
    vt_key_log_clear(log);
    return log;
}

void vt_key_log_free(vt_key_log *log)
{
    if (log) {
        free(log->chunks);
        free(log->next);
        free(log->marks);
        free(log->shared);
        free(log->table);
        free(log);
    }
}

static inline uint8_t *chunk_of(const vt_key_log *log, uint32_t chunk)
{
    return log->chunks + chunk * log->chunk_bytes;
}

static void set_chunk(const vt_key_log *log, part *part, uint32_t chunk, uint64_t used)
{
    part->last = chunk;
    part->at = chunk_of(log, chunk) + used * KEY_BYTES;
    part->end = chunk_of(log, chunk) + (size_t)log->chunk_keys * KEY_BYTES;
}

/* Gives the part one more chunk, the last of which is full. */
static bool extend(vt_key_log *log, part *part)
{
    uint32_t chunk = log->free;
    if (chunk != NO_CHUNK) {
        log->free = log->next[chunk];
    } else if (log->begun < log->chunk_count) {
        chunk = log->begun++;
    } else {
        return false;
    }
    log->next[chunk] = NO_CHUNK;
    if (part->last == NO_CHUNK) {
        part->first = chunk;
    } else {
        log->next[part->last] = chunk;
        part->before += log->chunk_keys;
    }
    set_chunk(log, part, chunk, 0);
    return true;
}

bool vt_key_log_write(vt_key_log *log, const uint64_t *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        part *part = &log->parts[keys[i] >> 56];
        if (part->at == part->end && !extend(log, part)) {
            return false;
        }
        uint64_t kept = keys[i] >> 8;
        memcpy(part->at, &kept, sizeof kept); /* the next key is written over the upper two bytes */
        part->at += KEY_BYTES;
        __builtin_prefetch(part->at + LINES_AHEAD * LINE, 1);
    }
    return true;
}

void vt_key_log_clear(vt_key_log *log)
{
    log->begun = 0;
    log->free = NO_CHUNK;
    for (size_t i = 0; i < PARTS; i++) {
        log->parts[i] = (part){.first = NO_CHUNK, .last = NO_CHUNK};
    }
}

uint64_t vt_key_log_room(const vt_key_log *log)
{
    return log->room;
}

/* An array for so many elements, which is made anew if it is too small. */
static bool reserve(void **array, uint64_t *capacity, uint64_t count, size_t size)
{
    if (count > *capacity) {
        free(*array);
        *array = malloc(count * size);
        *capacity = *array ? count : 0;
    }
    return *array != NULL;
}

static bool make_empty(void **array, uint64_t *capacity, uint64_t count, size_t size)
{
    if (!reserve(array, capacity, count, size)) {
        return false;
    }
    memset(*array, 0, count * size);
    return true;
}

static bool clear_marks(vt_key_log *log, uint64_t keys)
{
    uint64_t count = LINE / sizeof *log->marks;
    while (count * 64 < keys * MARKS_PER_KEY) {
        count *= 2;
    }
    log->mark_mask = count - 1;
    return make_empty((void **)&log->marks, &log->marks_capacity, count, sizeof *log->marks);
}

/* A table for so many keys, a third of it free at least. */
static bool clear_table(vt_key_log *log, uint64_t keys)
{
    uint64_t count = LINE;
    while (count < keys + keys / 2) {
        count *= 2;
    }
    log->table_mask = count - 1;
    return make_empty((void **)&log->table, &log->table_capacity, count, sizeof *log->table);
}

static inline uint64_t read_key(const uint8_t *from)
{
    uint64_t key;
    memcpy(&key, from, sizeof key);
    return key & KEY_MASK;
}

static inline mark *mark_of(const vt_key_log *log, uint64_t key)
{
    return &log->marks[key >> 6 & log->mark_mask];
}

static inline uint64_t bit_of(uint64_t key)
{
    return UINT64_C(1) << (key & 63);
}

static inline uint64_t first_slot(const vt_key_log *log, uint64_t key)
{
    return (key * UINT64_C(0x9e3779b97f4a7c15)) >> 32 & log->table_mask;
}

/* The place of `key` in the table, or the empty one where it belongs. */
static inline uint64_t *find_slot(const vt_key_log *log, uint64_t key)
{
    uint64_t slot = first_slot(log, key);
    while (log->table[slot] != 0 && (log->table[slot] & KEY_MASK) != key) {
        slot = (slot + 1) & log->table_mask;
    }
    return &log->table[slot];
}

/* Keys of the part's chunk, and where they begin. */
static inline uint64_t keys_in(const vt_key_log *log, const part *part, uint32_t chunk, uint8_t **keys)
{
    *keys = chunk_of(log, chunk);
    return chunk == part->last ? (uint64_t)(part->at - *keys) / KEY_BYTES : log->chunk_keys;
}

/* Marks the place of each key of the part. Returns how many came to one that was marked. */
static uint64_t mark_part(const vt_key_log *log, const part *part)
{
    uint64_t again = 0;
    for (uint32_t chunk = part->first; chunk != NO_CHUNK; chunk = log->next[chunk]) {
        uint8_t *keys;
        uint64_t count = keys_in(log, part, chunk, &keys);
        for (uint64_t i = 0; i < count; i++) {
            uint64_t key = read_key(keys + i * KEY_BYTES);
            mark *mark = mark_of(log, key);
            uint64_t met = mark->once & bit_of(key);
            mark->once |= bit_of(key);
            mark->again |= met;
            again += met != 0;
        }
    }
    return again;
}

/* Whether the key shares its place with another one, maybe its equal. */
static inline bool is_shared(const vt_key_log *log, uint64_t key)
{
    return (mark_of(log, key)->again & bit_of(key)) != 0;
}

/* Notes a key in the table. Whether it was not there. */
static inline bool is_new(const vt_key_log *log, uint64_t key)
{
    uint64_t *slot = find_slot(log, key);
    bool found = *slot != 0;
    *slot |= found ? REPEATED : key | OCCUPIED;
    return !found;
}

/* Where the keys that are left go: over those that were read. */
typedef struct cursor {
    uint8_t *to;
    uint32_t chunk;
    uint64_t used; /* keys of the chunk */
    uint64_t before;
} cursor;

static inline void leave(const vt_key_log *log, cursor *cursor, uint64_t key)
{
    if (cursor->used == log->chunk_keys) {
        cursor->chunk = log->next[cursor->chunk];
        cursor->to = chunk_of(log, cursor->chunk);
        cursor->used = 0;
        cursor->before += log->chunk_keys;
    }
    /* What is left never overtakes what is read, but its two bytes more would. */
    memcpy(cursor->to, &key, KEY_BYTES);
    cursor->to += KEY_BYTES;
    cursor->used++;
}

/* Leaves each key of a part that is not empty once, and gives the chunks back that this empties. */
static void sift_part(vt_key_log *log, part *part)
{
    cursor cursor = {.to = chunk_of(log, part->first), .chunk = part->first};
    for (uint32_t chunk = part->first; chunk != NO_CHUNK; chunk = log->next[chunk]) {
        uint8_t *keys;
        uint64_t count = keys_in(log, part, chunk, &keys);
        for (uint64_t i = 0; i < count; i++) {
            uint64_t key = read_key(keys + i * KEY_BYTES);
            if (!is_shared(log, key) || is_new(log, key)) {
                leave(log, &cursor, key);
            }
        }
    }
    if (cursor.chunk != part->last) {
        log->next[part->last] = log->free;
        log->free = log->next[cursor.chunk];
        log->next[cursor.chunk] = NO_CHUNK;
    }
    part->before = cursor.before;
    set_chunk(log, part, cursor.chunk, cursor.used);
}

static uint64_t keys_of(const vt_key_log *log, const part *part)
{
    return part->last == NO_CHUNK
               ? 0
               : part->before + (uint64_t)(part->at - chunk_of(log, part->last)) / KEY_BYTES;
}

/* Prepares for going through a part again if keys share their places: `shared` of them at most; 0 if none. */
static bool begin_part(vt_key_log *log, const part *part, uint64_t *shared)
{
    uint64_t count = keys_of(log, part);
    if (!clear_marks(log, count)) {
        return false;
    }
    uint64_t again = mark_part(log, part);
    /* At a place with several keys all but one came to it again. */
    *shared = again < count / 2 ? again * 2 : count;
    if (again == 0) {
        *shared = 0;
    }
    return *shared == 0 || clear_table(log, *shared);
}

/* Writes down the keys that share their places, and returns how many. */
static uint64_t list_shared(const vt_key_log *log, const part *part)
{
    uint64_t found = 0;
    for (uint32_t chunk = part->first; chunk != NO_CHUNK; chunk = log->next[chunk]) {
        uint8_t *keys;
        uint64_t count = keys_in(log, part, chunk, &keys);
        for (uint64_t i = 0; i < count; i++) {
            uint64_t key = read_key(keys + i * KEY_BYTES);
            /* Written over by the next if it does not count: no branch to be foreseen wrongly. */
            log->shared[found] = key;
            found += is_shared(log, key);
        }
    }
    return found;
}

/* Keys of the part that are equal to one before them. */
static bool count_repeated(vt_key_log *log, const part *part, uint64_t *repeated)
{
    uint64_t most;
    *repeated = 0;
    if (!begin_part(log, part, &most)) {
        return false;
    }
    if (most == 0) {
        return true;
    }
    if (!reserve((void **)&log->shared, &log->shared_capacity, most + 1 + AHEAD, sizeof *log->shared)) {
        return false;
    }
    uint64_t found = list_shared(log, part);
    memset(&log->shared[found], 0, AHEAD * sizeof *log->shared);
    for (uint64_t i = 0; i < found; i++) {
        __builtin_prefetch(&log->table[first_slot(log, log->shared[i + AHEAD])], 1);
        *repeated += !is_new(log, log->shared[i]);
    }
    return true;
}

uint64_t vt_key_log_count(vt_key_log *log, void (*visit)(void *user, uint64_t key), void *user)
{
    uint64_t different = 0;
    for (uint64_t number = 0; number < PARTS; number++) {
        uint64_t repeated;
        if (!count_repeated(log, &log->parts[number], &repeated)) {
            return UINT64_MAX;
        }
        different += keys_of(log, &log->parts[number]) - repeated;
        for (uint64_t slot = 0; visit && repeated > 0 && slot <= log->table_mask; slot++) {
            if (log->table[slot] & REPEATED) {
                visit(user, number << 56 | (log->table[slot] & KEY_MASK) << 8);
            }
        }
    }
    return different;
}

uint64_t vt_key_log_reduce(vt_key_log *log)
{
    uint64_t different = 0;
    for (size_t i = 0; i < PARTS; i++) {
        uint64_t shared;
        if (!begin_part(log, &log->parts[i], &shared)) {
            return UINT64_MAX;
        }
        if (shared > 0) {
            sift_part(log, &log->parts[i]);
        }
        different += keys_of(log, &log->parts[i]);
    }
    return different;
}
