/* The pairs among a million hashes, found bucket by bucket, so that the memory looked at is small at a time.
 */
#include "core/index/radix.h"
#include "core/similar/similar_private.h"

#include <stdlib.h>

/* Fewer values than this are compared each with each: quicker than a walk over empty buckets. */
#define FEW 1024

/* Rows that are compared at a time: so many stay in registers. */
#define ROWS         4
#define ROWS_AT_ONCE 64 /* in one call */

/* How many comparisons lie between two looks at the cancel flag. */
#define LOOK_EVERY (1U << 22)

/* How many buckets lie between two reports. */
#define REPORT_EVERY 1024

/* Numbers and hashes of values, side by side in memory. */
typedef struct list {
    const uint64_t *values;
    const uint32_t *numbers;
    uint32_t count;
} list;

typedef struct joining {
    unsigned distance;
    uint32_t *parent;
    const atomic_bool *cancelled;
    uint32_t compared; /* since the flag was looked at */
    /* Each of `rows` with each of `others`. */
    void (*compare)(struct joining *at, const list *rows, const list *others);
} joining;

uint32_t vt_similar_root(uint32_t *parent, uint32_t value)
{
    while (parent[value] != value) {
        parent[value] = parent[parent[value]];
        value = parent[value];
    }
    return value;
}

static void unite(joining *at, uint32_t a, uint32_t b)
{
    a = vt_similar_root(at->parent, a);
    b = vt_similar_root(at->parent, b);
    if (a < b) {
        at->parent[b] = a;
    } else {
        at->parent[a] = b;
    }
}

/* ROWS rows at a time, without a branch: what is near is rare, and looked for again if there was any. */
static inline __attribute__((always_inline)) void compare_body(joining *at, const list *rows,
                                                               const list *others)
{
    const int beyond = (int)at->distance + 1;
    for (uint32_t first = 0; first < rows->count; first += ROWS) {
        uint64_t row[ROWS];
        int negative = 0; /* if any is near */
        for (uint32_t k = 0; k < ROWS; k++) {
            row[k] = rows->values[first + k < rows->count ? first + k : first];
        }
        for (uint32_t i = 0; i < others->count; i++) {
            for (int k = 0; k < ROWS; k++) {
                negative |= __builtin_popcountll(row[k] ^ others->values[i]) - beyond;
            }
        }
        for (uint32_t k = first; negative < 0 && k < first + ROWS && k < rows->count; k++) {
            for (uint32_t i = 0; i < others->count; i++) {
                if (__builtin_popcountll(rows->values[k] ^ others->values[i]) < beyond) {
                    unite(at, rows->numbers[k], others->numbers[i]);
                }
            }
        }
    }
}

static void compare_plain(joining *at, const list *rows, const list *others)
{
    compare_body(at, rows, others);
}

#if defined(__x86_64__)
/* The instruction that counts bits is younger than the architecture. */
__attribute__((target("popcnt"))) static void compare_popcnt(joining *at, const list *rows,
                                                             const list *others)
{
    compare_body(at, rows, others);
}
#endif

static void choose_compare(joining *at)
{
    at->compare = compare_plain;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("popcnt")) {
        at->compare = compare_popcnt;
    }
#endif
}

static list slice(const list *of, uint32_t from, uint32_t to)
{
    return (list){of->values + from, of->numbers + from, to - from};
}

/* Each of `left` with each of `right`; `within`: both are the same list, each pair once. False: cancelled. */
static bool compare_lists(joining *at, const list *left, const list *right, bool within)
{
    for (uint32_t from = 0, to; from < left->count; from = to) {
        const uint32_t most = within ? ROWS : ROWS_AT_ONCE;
        to = left->count - from > most ? from + most : left->count;
        const list rows = slice(left, from, to);
        for (uint32_t i = from; within && i + 1 < to; i++) {
            const list one = slice(left, i, i + 1);
            const list after = slice(left, i + 1, to);
            at->compare(at, &one, &after);
        }
        const list others = within ? slice(right, to, right->count) : *right;
        at->compare(at, &rows, &others);
        at->compared += (to - from) * (others.count < LOOK_EVERY ? others.count + 1 : LOOK_EVERY);
        if (at->compared > LOOK_EVERY) {
            at->compared = 0;
            if (vt_is_cancelled(at->cancelled)) {
                return false;
            }
        }
    }
    return true;
}

static list bucket_of(const vt_similar_index *index, const uint64_t *values, int part, uint32_t bucket)
{
    const uint32_t start = index->starts[part][bucket];
    return (list){values + start, index->order[part] + start, index->starts[part][bucket + 1] - start};
}

static void report(const vt_similar_options *options, uint64_t done, uint64_t total)
{
    if (options->progress) {
        options->progress(options->user, done, total);
    }
}

static int parts_to_look_at(unsigned distance)
{
    return distance < VT_SIMILAR_PARTS ? (int)distance + 1 : VT_SIMILAR_PARTS;
}

/* `values`: those of the part's order, one behind the other. */
static bool join_part(const vt_similar_index *index, const vt_similar_options *options, joining *at, int part,
                      const uint64_t *values)
{
    const uint64_t total = (uint64_t)VT_SIMILAR_BUCKETS * (uint64_t)parts_to_look_at(at->distance);
    uint32_t masks[VT_SIMILAR_MASKS_MAX];
    const int count = vt_similar_masks(vt_similar_radius(at->distance, part), masks);
    for (uint32_t bucket = 0; bucket < VT_SIMILAR_BUCKETS; bucket++) {
        const list own = bucket_of(index, values, part, bucket);
        for (int i = 0; own.count > 0 && i < count; i++) {
            if ((bucket ^ masks[i]) < bucket) {
                continue; /* that one has met this one */
            }
            const list other = bucket_of(index, values, part, bucket ^ masks[i]);
            if (!compare_lists(at, &own, &other, i == 0)) {
                return false;
            }
        }
        if (bucket % REPORT_EVERY == 0) {
            report(options, (uint64_t)part * VT_SIMILAR_BUCKETS + bucket, total);
            if (vt_is_cancelled(at->cancelled)) {
                return false;
            }
        }
    }
    return true;
}

static bool join_all(const vt_similar_index *index, const vt_similar_options *options, joining *at,
                     uint64_t *values)
{
    if (index->value_count <= FEW) {
        uint32_t numbers[FEW];
        for (uint32_t i = 0; i < index->value_count; i++) {
            numbers[i] = i;
        }
        const list all = {index->values, numbers, index->value_count};
        return compare_lists(at, &all, &all, true) && !vt_is_cancelled(at->cancelled);
    }
    for (int part = 0; part < parts_to_look_at(at->distance); part++) {
        for (uint32_t i = 0; i < index->value_count; i++) {
            values[i] = index->values[index->order[part][i]];
        }
        if (!join_part(index, options, at, part, values)) {
            return false;
        }
    }
    return true;
}

bool vt_similar_join(const vt_similar_index *index, const vt_similar_options *options, uint32_t *parent,
                     vt_error *error)
{
    joining at = {.distance = options->distance, .parent = parent, .cancelled = options->cancelled};
    uint64_t *values = malloc(((size_t)index->value_count + 1) * sizeof *values);
    if (!values) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for grouping %u pictures",
                            index->item_count);
    }
    for (uint32_t i = 0; i < index->value_count; i++) {
        parent[i] = i;
    }
    choose_compare(&at);
    bool done = join_all(index, options, &at, values);
    free(values);
    if (!done) {
        return vt_error_set(error, VT_ERROR_CANCELLED, "the search for similar pictures was stopped");
    }
    const uint64_t total = (uint64_t)VT_SIMILAR_BUCKETS * (uint64_t)parts_to_look_at(at.distance);
    report(options, total, total);
    return true;
}
