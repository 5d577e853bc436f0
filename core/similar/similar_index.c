#include "core/similar/similar_index.h"

#include "core/index/radix.h"
#include "core/similar/perceptual.h"
#include "core/similar/similar_private.h"

#include <stdlib.h>
#include <string.h>

/* How many candidates are compared between two looks at the cancel flag. */
#define LOOK_EVERY 65536

int vt_similar_masks(int radius, uint32_t masks[VT_SIMILAR_MASKS_MAX])
{
    int count = 0;
    masks[count++] = 0;
    for (int i = 0; radius >= 1 && i < VT_SIMILAR_PART_BITS; i++) {
        masks[count++] = 1U << i;
    }
    for (int i = 0; radius >= 2 && i < VT_SIMILAR_PART_BITS; i++) {
        for (int j = 0; j < i; j++) {
            masks[count++] = 1U << i | 1U << j;
        }
    }
    return count;
}

/* Items by hash; equal ones become one value. */
static bool collect_values(vt_similar_index *index, const uint64_t *hashes, const atomic_bool *cancelled,
                           vt_error *error)
{
    const uint32_t count = index->item_count;
    vt_entry *entries = malloc(((size_t)count * 2 + 1) * sizeof *entries);
    if (!entries) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an index of %u pictures", count);
    }
    for (uint32_t i = 0; i < count; i++) {
        entries[i] = (vt_entry){.key = hashes[i], .index = i};
    }
    if (!vt_radix_sort(entries, entries + count, count, cancelled)) {
        free(entries);
        return vt_error_set(error, VT_ERROR_CANCELLED, "the search for similar pictures was stopped");
    }
    for (uint32_t i = 0; i < count; i++) {
        if (i == 0 || entries[i].key != entries[i - 1].key) {
            index->values[index->value_count] = entries[i].key;
            index->first[index->value_count++] = i;
        }
        index->items[i] = entries[i].index;
    }
    index->first[index->value_count] = count;
    free(entries);
    return true;
}

static void sort_by_part(vt_similar_index *index, int part)
{
    uint32_t *starts = index->starts[part];
    for (uint32_t i = 0; i < index->value_count; i++) {
        starts[vt_similar_part(index->values[i], part) + 1]++;
    }
    for (uint32_t bucket = 0; bucket < VT_SIMILAR_BUCKETS; bucket++) {
        starts[bucket + 1] += starts[bucket];
    }
    /* Filling moves each start to the next one; then they are moved back. */
    for (uint32_t i = 0; i < index->value_count; i++) {
        index->order[part][starts[vt_similar_part(index->values[i], part)]++] = i;
    }
    memmove(starts + 1, starts, VT_SIMILAR_BUCKETS * sizeof *starts);
    starts[0] = 0;
}

static bool allocate(vt_similar_index *index, uint32_t count)
{
    const size_t slots = (size_t)count + 1;
    index->item_count = count;
    index->values = malloc(slots * sizeof *index->values);
    index->first = malloc(slots * sizeof *index->first);
    index->items = malloc(slots * sizeof *index->items);
    bool done = index->values && index->first && index->items;
    for (int part = 0; done && part < VT_SIMILAR_PARTS; part++) {
        index->starts[part] = calloc(VT_SIMILAR_BUCKETS + 1, sizeof *index->starts[part]);
        index->order[part] = malloc(slots * sizeof *index->order[part]);
        done = index->starts[part] && index->order[part];
    }
    return done;
}

vt_similar_index *vt_similar_index_create(const uint64_t *hashes, uint32_t count,
                                          const atomic_bool *cancelled, vt_error *error)
{
    vt_similar_index *index = calloc(1, sizeof *index);
    if (!index || !allocate(index, count)) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an index of %u pictures", count);
        vt_similar_index_free(index);
        return NULL;
    }
    if (!collect_values(index, hashes, cancelled, error)) {
        vt_similar_index_free(index);
        return NULL;
    }
    for (int part = 0; part < VT_SIMILAR_PARTS; part++) {
        sort_by_part(index, part);
    }
    return index;
}

void vt_similar_index_free(vt_similar_index *index)
{
    if (!index) {
        return;
    }
    for (int part = 0; part < VT_SIMILAR_PARTS; part++) {
        free(index->starts[part]);
        free(index->order[part]);
    }
    free(index->values);
    free(index->first);
    free(index->items);
    free(index);
}

uint32_t vt_similar_index_count(const vt_similar_index *index)
{
    return index->item_count;
}

size_t vt_similar_index_bytes(const vt_similar_index *index)
{
    size_t slots = (size_t)index->item_count + 1;
    return slots * (sizeof *index->values + (2 + VT_SIMILAR_PARTS) * sizeof(uint32_t)) +
           (size_t)VT_SIMILAR_PARTS * (VT_SIMILAR_BUCKETS + 1) * sizeof(uint32_t) + sizeof *index;
}

/* One search: what was found so far. */
typedef struct finding {
    const vt_similar_index *index;
    uint64_t hash;
    unsigned distance;
    const atomic_bool *cancelled;
    uint32_t until_look;
    bool stopped;
    vt_entry *found; /* distance and item */
    size_t count, capacity;
    bool out_of_memory;
} finding;

static void add_items(finding *at, uint32_t value, unsigned distance)
{
    const vt_similar_index *index = at->index;
    const size_t more = index->first[value + 1] - index->first[value];
    if (!at->found || at->count + more > at->capacity) {
        size_t capacity = (at->count + more) * 2;
        vt_entry *grown = realloc(at->found, capacity * sizeof *grown);
        if (!grown) {
            at->out_of_memory = true;
            return;
        }
        at->found = grown;
        at->capacity = capacity;
    }
    for (uint32_t i = index->first[value]; i < index->first[value + 1]; i++) {
        uint32_t item = index->items[i];
        at->found[at->count++] = (vt_entry){.key = (uint64_t)distance << 32 | item, .index = item};
    }
}

/* A value may be met by several parts: it counts for the first one that leads to it. */
static bool met_before(const finding *at, uint64_t value, int part)
{
    for (int earlier = 0; earlier < part; earlier++) {
        uint32_t differ = vt_similar_part(value ^ at->hash, earlier);
        if (__builtin_popcount(differ) <= vt_similar_radius(at->distance, earlier)) {
            return true;
        }
    }
    return false;
}

static void find_in_bucket(finding *at, int part, uint32_t bucket)
{
    const vt_similar_index *index = at->index;
    const uint32_t end = index->starts[part][bucket + 1];
    for (uint32_t i = index->starts[part][bucket]; i < end && !at->stopped && !at->out_of_memory; i++) {
        uint32_t value = index->order[part][i];
        unsigned distance = vt_perceptual_distance(index->values[value], at->hash);
        if (at->until_look-- == 0) {
            at->until_look = LOOK_EVERY;
            at->stopped = vt_is_cancelled(at->cancelled);
        }
        if (distance <= at->distance && !met_before(at, index->values[value], part)) {
            add_items(at, value, distance);
        }
    }
}

static int compare_found(const void *a, const void *b)
{
    const vt_entry *x = a;
    const vt_entry *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

bool vt_similar_index_find(const vt_similar_index *index, uint64_t hash, unsigned distance,
                           const atomic_bool *cancelled, vt_similar_match *matches, uint32_t room,
                           uint32_t *count, vt_error *error)
{
    finding at = {.index = index, .hash = hash, .distance = distance, .cancelled = cancelled};
    *count = 0;
    if (distance > VT_SIMILAR_DISTANCE_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "a distance of %u is more than the %d that are searched",
                            distance, VT_SIMILAR_DISTANCE_MAX);
    }
    for (int part = 0; part < VT_SIMILAR_PARTS; part++) {
        int radius = vt_similar_radius(distance, part);
        uint32_t masks[VT_SIMILAR_MASKS_MAX];
        int masks_count = radius < 0 ? 0 : vt_similar_masks(radius, masks);
        for (int i = 0; i < masks_count; i++) {
            find_in_bucket(&at, part, vt_similar_part(hash, part) ^ masks[i]);
        }
    }
    if (at.stopped || at.out_of_memory) {
        free(at.found);
        return at.stopped
                   ? vt_error_set(error, VT_ERROR_CANCELLED, "the search for similar pictures was stopped")
                   : vt_error_set(error, VT_ERROR_MEMORY, "out of memory for what is similar to a picture");
    }
    if (at.count > 0) {
        qsort(at.found, at.count, sizeof *at.found, compare_found);
    }
    *count = (uint32_t)at.count;
    for (uint32_t i = 0; i < at.count && i < room; i++) {
        matches[i] =
            (vt_similar_match){.item = at.found[i].index, .distance = (uint32_t)(at.found[i].key >> 32)};
    }
    free(at.found);
    return true;
}
