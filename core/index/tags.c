#include "core/index/tags_private.h"

#include "core/index/index_private.h"

#include <stdlib.h>
#include <string.h>

static const vt_tag_row *at(const vt_tags *tags, uint32_t tag)
{
    return &tags->chunks[tag >> VT_TAG_SHIFT]->rows[tag & VT_TAG_MASK];
}

/* Fibonacci hashing, as in folders.c. */
static uint32_t slot_of(const vt_tags *tags, int64_t id)
{
    return (uint32_t)(((uint64_t)id * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & (tags->slot_count - 1);
}

uint32_t vt_tags_find(const vt_tags *tags, int64_t id)
{
    if (tags->slot_count == 0) {
        return VT_INDEX_NO_TAG;
    }
    uint32_t slot = slot_of(tags, id);
    for (; tags->slots[slot]; slot = (slot + 1) & (tags->slot_count - 1)) {
        if (at(tags, tags->slots[slot] - 1)->id == id) {
            return tags->slots[slot] - 1;
        }
    }
    return VT_INDEX_NO_TAG;
}

static void enter(vt_tags *tags, uint32_t tag)
{
    uint32_t slot = slot_of(tags, at(tags, tag)->id);
    while (tags->slots[slot]) {
        slot = (slot + 1) & (tags->slot_count - 1);
    }
    tags->slots[slot] = tag + 1;
}

/* Keeps the slots at most half full. */
static bool make_slots(vt_tags *tags)
{
    if (tags->count < tags->slot_count / 2) {
        return true;
    }
    uint32_t slot_count = tags->slot_count ? tags->slot_count * 2 : 64;
    uint32_t *slots = calloc(slot_count, sizeof *slots);
    if (!slots) {
        return false;
    }
    free(tags->slots);
    tags->slots = slots;
    tags->slot_count = slot_count;
    for (uint32_t i = 0; i < tags->count; i++) {
        enter(tags, i);
    }
    return true;
}

static void release_chunk(vt_tag_chunk *chunk)
{
    if (chunk && atomic_fetch_sub_explicit(&chunk->references, 1, memory_order_acq_rel) == 1) {
        free(chunk);
    }
}

/* The row of a tag for writing: in a copy of its chunk if it may be read by others. NULL when memory runs
   out. */
static vt_tag_row *own(vt_tags *tags, uint32_t tag)
{
    vt_tag_chunk **place = &tags->chunks[tag >> VT_TAG_SHIFT];
    tags->changed = true;
    if (tag < tags->published && atomic_load_explicit(&(*place)->references, memory_order_acquire) > 1) {
        vt_tag_chunk *copy = malloc(sizeof *copy);
        if (!copy) {
            return NULL;
        }
        memcpy(copy->rows, (*place)->rows, sizeof copy->rows);
        atomic_init(&copy->references, 1);
        release_chunk(*place);
        *place = copy;
    }
    return &(*place)->rows[tag & VT_TAG_MASK];
}

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "no memory for the tags of the library");
}

/* The number of a new tag, whose row is to be filled; VT_INDEX_NO_TAG when memory runs out. */
static uint32_t append(vt_tags *tags, int64_t id)
{
    uint32_t tag = tags->count;
    vt_tag_chunk **chunk = &tags->chunks[tag >> VT_TAG_SHIFT];
    if (!*chunk) {
        *chunk = malloc(sizeof **chunk);
        if (!*chunk) {
            return VT_INDEX_NO_TAG;
        }
        atomic_init(&(*chunk)->references, 1);
    }
    (*chunk)->rows[tag & VT_TAG_MASK] = (vt_tag_row){.id = id, .parent = VT_INDEX_NO_TAG};
    tags->count++;
    tags->changed = true;
    enter(tags, tag);
    return tag;
}

/* Whether `tag` lies below `above`, or is it. `*level`, if not NULL, is how many lie above it up to there. */
static bool is_below(const vt_tags *tags, uint32_t tag, uint32_t above, uint32_t *level)
{
    uint32_t steps = 0;
    for (; tag != VT_INDEX_NO_TAG && tag != above; steps++) {
        tag = at(tags, tag)->parent;
    }
    if (level) {
        *level = steps;
    }
    return tag != VT_INDEX_NO_TAG;
}

static bool find_parent(const vt_tags *tags, int64_t id, int64_t parent_id, uint32_t *parent, vt_error *error)
{
    *parent = VT_INDEX_NO_TAG;
    if (parent_id == 0) {
        return true;
    }
    *parent = vt_tags_find(tags, parent_id);
    if (*parent == VT_INDEX_NO_TAG || at(tags, *parent)->removed) {
        return vt_error_set(error, VT_ERROR_USAGE, "tag %lld is to lie below tag %lld, which is not known",
                            (long long)id, (long long)parent_id);
    }
    uint32_t tag = vt_tags_find(tags, id);
    uint32_t level = 0; /* VT_INDEX_NO_TAG, that of a new tag, is above all */
    if (is_below(tags, *parent, tag, &level)) {
        return vt_error_set(error, VT_ERROR_USAGE, "tag %lld cannot lie below itself", (long long)id);
    }
    return level < VT_INDEX_TAG_LEVELS ||
           vt_error_set(error, VT_ERROR_USAGE, "tag %lld would be deeper than %d levels", (long long)id,
                        VT_INDEX_TAG_LEVELS);
}

bool vt_index_put_tag(vt_index *index, int64_t id, int64_t parent_id, const char *name, size_t length,
                      vt_error *error)
{
    vt_tags *tags = &index->tags;
    uint32_t parent = VT_INDEX_NO_TAG;
    if (!find_parent(tags, id, parent_id, &parent, error)) {
        return false;
    }
    uint32_t tag = vt_tags_find(tags, id);
    if (length > VT_NAME_LENGTH_MAX || (tag == VT_INDEX_NO_TAG && tags->count == VT_INDEX_TAGS_MAX)) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "tag %lld is one too many or too long: at most %u tags of %u bytes",
                            (long long)id, VT_INDEX_TAGS_MAX, VT_NAME_LENGTH_MAX);
    }
    const vt_tag_row *now = tag != VT_INDEX_NO_TAG ? at(tags, tag) : NULL;
    const char *copy = now && now->length == length && memcmp(now->name, name, length) == 0
                           ? now->name
                           : vt_names_add(&tags->names, name, length);
    if (!copy || (!now && !make_slots(tags))) {
        return no_memory(error);
    }
    tag = now ? tag : append(tags, id);
    vt_tag_row *row = tag != VT_INDEX_NO_TAG ? own(tags, tag) : NULL;
    if (!row) {
        return no_memory(error);
    }
    row->parent = parent;
    row->name = copy;
    row->length = (uint16_t)length;
    row->removed = false;
    return true;
}

bool vt_index_remove_tag(vt_index *index, int64_t id, vt_error *error)
{
    vt_tags *tags = &index->tags;
    uint32_t top = vt_tags_find(tags, id);
    for (uint32_t tag = 0; top != VT_INDEX_NO_TAG && tag < tags->count; tag++) {
        if (at(tags, tag)->removed || !is_below(tags, tag, top, NULL)) {
            continue;
        }
        vt_tag_row *row = own(tags, tag);
        if (!row) {
            return no_memory(error);
        }
        row->removed = true;
    }
    return true;
}

bool vt_tags_publish(vt_tags *tags)
{
    if (!tags->changed) {
        return true;
    }
    uint32_t chunks = (tags->count + VT_TAG_MASK) >> VT_TAG_SHIFT;
    vt_tag_table *table = calloc(1, sizeof *table + chunks * sizeof(vt_tag_chunk *));
    if (!table || pthread_mutex_init(&table->lock, NULL) != 0) {
        free(table);
        return false;
    }
    atomic_init(&table->references, 1);
    table->count = tags->count;
    for (uint32_t i = 0; i < chunks; i++) {
        atomic_fetch_add_explicit(&tags->chunks[i]->references, 1, memory_order_relaxed);
        table->chunks[i] = tags->chunks[i];
    }
    vt_tag_table_release(tags->newest);
    tags->newest = table;
    tags->published = tags->count;
    tags->changed = false;
    return true;
}

vt_tag_table *vt_tag_table_retain(vt_tag_table *table)
{
    if (table) {
        atomic_fetch_add_explicit(&table->references, 1, memory_order_relaxed);
    }
    return table;
}

void vt_tag_table_release(vt_tag_table *table)
{
    if (!table || atomic_fetch_sub_explicit(&table->references, 1, memory_order_acq_rel) != 1) {
        return;
    }
    for (uint32_t i = 0; i < (table->count + VT_TAG_MASK) >> VT_TAG_SHIFT; i++) {
        release_chunk(table->chunks[i]);
    }
    vt_tag_order_free(table->order);
    pthread_mutex_destroy(&table->lock);
    free(table);
}

size_t vt_tags_bytes(const vt_tags *tags)
{
    size_t chunks = (tags->count + VT_TAG_MASK) >> VT_TAG_SHIFT;
    return chunks * sizeof(vt_tag_chunk) + tags->slot_count * sizeof *tags->slots;
}

void vt_tags_free(vt_tags *tags)
{
    for (uint32_t i = 0; i < (tags->count + VT_TAG_MASK) >> VT_TAG_SHIFT; i++) {
        release_chunk(tags->chunks[i]);
    }
    vt_tag_table_release(tags->newest);
    vt_names_free(&tags->names);
    free(tags->slots);
}
