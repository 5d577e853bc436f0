/* Stars within the components that similar_join.c finds. */
#include "core/index/radix.h"
#include "core/similar/perceptual.h"
#include "core/similar/similar_private.h"

#include <stdlib.h>
#include <string.h>

/* An item of a component. */
typedef struct candidate {
    uint64_t hash;
    uint64_t quality;
    uint32_t item;
    uint32_t root;
} candidate;

typedef struct grouping {
    const vt_similar_index *index;
    const vt_similar_options *options;
    uint32_t *parent;
    uint32_t *sizes; /* items of the component with this root */
    candidate *candidates;
    uint32_t count;
    vt_similar_groups *groups;
} grouping;

static bool allocate(grouping *at)
{
    const size_t slots = (size_t)at->index->value_count + 1;
    at->parent = malloc(slots * sizeof *at->parent);
    at->sizes = calloc(slots, sizeof *at->sizes);
    return at->parent && at->sizes;
}

/* Items that are alone in their component are in no group. */
static bool collect(grouping *at)
{
    const vt_similar_index *index = at->index;
    size_t count = 0;
    for (uint32_t value = 0; value < index->value_count; value++) {
        uint32_t root = vt_similar_root(at->parent, value);
        at->sizes[root] += index->first[value + 1] - index->first[value];
    }
    for (uint32_t value = 0; value < index->value_count; value++) {
        count += at->parent[value] == value && at->sizes[value] > 1 ? at->sizes[value] : 0;
    }
    at->candidates = malloc((count + 1) * sizeof *at->candidates);
    at->groups->groups = calloc(count / 2 + 1, sizeof *at->groups->groups);
    at->groups->members = calloc(count + 1, sizeof *at->groups->members);
    if (!at->candidates || !at->groups->groups || !at->groups->members) {
        return false;
    }
    for (uint32_t value = 0; value < index->value_count; value++) {
        uint32_t root = vt_similar_root(at->parent, value);
        for (uint32_t i = index->first[value]; at->sizes[root] > 1 && i < index->first[value + 1]; i++) {
            uint32_t item = index->items[i];
            at->candidates[at->count++] =
                (candidate){.hash = index->values[value],
                            .quality = at->options->quality ? at->options->quality[item] : 0,
                            .item = item,
                            .root = root};
        }
    }
    return true;
}

static int compare_candidates(const void *a, const void *b)
{
    const candidate *x = a;
    const candidate *y = b;
    if (x->root != y->root) {
        return x->root < y->root ? -1 : 1;
    }
    if (x->quality != y->quality) {
        return x->quality > y->quality ? -1 : 1;
    }
    return (x->item > y->item) - (x->item < y->item);
}

/* Nearest first; those of one distance stay in the order in which they are. */
static void sort_members(vt_similar_match *members, uint32_t count, vt_similar_match *spare)
{
    uint32_t places[VT_SIMILAR_DISTANCE_MAX + 2] = {0};
    for (uint32_t i = 0; i < count; i++) {
        places[members[i].distance + 1]++;
    }
    for (int i = 0; i <= VT_SIMILAR_DISTANCE_MAX; i++) {
        places[i + 1] += places[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        spare[places[members[i].distance]++] = members[i];
    }
    memcpy(members, spare, count * sizeof *members);
}

/* Takes the star of the first candidate out of `of`, best first; returns how many are left, in order. */
static uint32_t take_star(grouping *at, candidate *of, uint32_t count)
{
    vt_similar_groups *groups = at->groups;
    vt_similar_match *members = groups->members + groups->member_count;
    const uint64_t hash = of[0].hash;
    uint32_t taken = 0;
    uint32_t left = 0;
    for (uint32_t i = 0; i < count; i++) {
        unsigned distance = vt_perceptual_distance(of[i].hash, hash);
        if (distance <= at->options->distance) {
            members[taken++] = (vt_similar_match){.item = of[i].item, .distance = distance};
        } else {
            of[left++] = of[i];
        }
    }
    if (taken > 1) {
        groups->groups[groups->count++] = (vt_similar_group){.first = groups->member_count, .count = taken};
        groups->member_count += taken;
    }
    return left;
}

static bool find_stars(grouping *at)
{
    for (uint32_t start = 0, end; start < at->count; start = end) {
        for (end = start; end < at->count && at->candidates[end].root == at->candidates[start].root;) {
            end++;
        }
        for (uint32_t left = end - start; left > 0;) {
            if (vt_is_cancelled(at->options->cancelled)) {
                return false;
            }
            left = take_star(at, at->candidates + start, left);
        }
    }
    return true;
}

/* What a group is sorted by. */
typedef struct rank {
    uint64_t quality;
    uint32_t item;
    vt_similar_group group;
} rank;

static int compare_ranks(const void *a, const void *b)
{
    const rank *x = a;
    const rank *y = b;
    if (x->quality != y->quality) {
        return x->quality > y->quality ? -1 : 1;
    }
    return (x->item > y->item) - (x->item < y->item);
}

static bool sort_groups(grouping *at)
{
    vt_similar_groups *groups = at->groups;
    rank *ranks = malloc(((size_t)groups->count + 1) * sizeof *ranks);
    vt_similar_match *spare = malloc(((size_t)groups->member_count + 1) * sizeof *spare);
    bool done = ranks && spare;
    for (uint32_t i = 0; done && i < groups->count; i++) {
        const vt_similar_group group = groups->groups[i];
        const uint32_t best = groups->members[group.first].item;
        ranks[i] = (rank){at->options->quality ? at->options->quality[best] : 0, best, group};
    }
    if (done) {
        qsort(ranks, groups->count, sizeof *ranks, compare_ranks);
    }
    for (uint32_t i = 0; done && i < groups->count; i++) {
        const vt_similar_group group = ranks[i].group;
        groups->groups[i] = group;
        /* The best stays first even before an equal one: it comes first in its distance, 0. */
        sort_members(groups->members + group.first, group.count, spare);
    }
    free(ranks);
    free(spare);
    return done;
}

static bool group_all(grouping *at, vt_error *error)
{
    if (!allocate(at)) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for grouping %u pictures",
                            at->index->item_count);
    }
    if (!vt_similar_join(at->index, at->options, at->parent, error)) {
        return false;
    }
    bool collected = collect(at);
    if (collected) {
        qsort(at->candidates, at->count, sizeof *at->candidates, compare_candidates);
    }
    if (collected && !find_stars(at)) {
        return vt_error_set(error, VT_ERROR_CANCELLED, "the search for similar pictures was stopped");
    }
    if (!collected || !sort_groups(at)) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for grouping %u pictures",
                            at->index->item_count);
    }
    return true;
}

bool vt_similar_index_group(const vt_similar_index *index, const vt_similar_options *options,
                            vt_similar_groups *groups, vt_error *error)
{
    grouping at = {.index = index, .options = options, .groups = groups};
    *groups = (vt_similar_groups){0};
    if (options->distance > VT_SIMILAR_DISTANCE_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "a distance of %u is more than the %d that are searched",
                            options->distance, VT_SIMILAR_DISTANCE_MAX);
    }
    bool done = group_all(&at, error);
    free(at.parent);
    free(at.sizes);
    free(at.candidates);
    if (!done) {
        vt_similar_groups_clear(groups);
    }
    return done;
}

void vt_similar_groups_clear(vt_similar_groups *groups)
{
    free(groups->groups);
    free(groups->members);
    *groups = (vt_similar_groups){0};
}
