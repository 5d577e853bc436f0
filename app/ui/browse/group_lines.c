#include "app/ui/browse/group_lines.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 64 };

/* What lies before the first group of a block. The index holds fewer rows than 32 bits count. */
typedef struct block {
    uint32_t position, slot, line;
} block;

struct vt_group_lines {
    vt_group_source source;
    block *blocks; /* owned; one for every 64 groups, and one behind the last */
    uint32_t block_count, block_capacity;
    uint32_t *exceptions; /* owned; ascending */
    size_t exception_count;
    bool all_collapsed;
    uint32_t columns;
};

/* ---- division ---- */

/*
 * Lines of `count` items, rounded up. To divide takes most of the time of a million groups, so it is done by
 * multiplying with 2^39 / columns, rounded up: exact for up to 2^24 items and less than 2^14 columns
 * (Granlund and Montgomery, Division by Invariant Integers using Multiplication, 1994, theorem 4.2).
 */
enum { SHIFT = 39 };

static uint64_t reciprocal_of(uint32_t columns)
{
    return ((UINT64_C(1) << SHIFT) + columns - 1) / columns;
}

static uint32_t lines_for(uint32_t count, uint32_t columns, uint64_t reciprocal)
{
    return (uint32_t)((count + (uint64_t)columns - 1) * reciprocal >> SHIFT);
}

/* ---- sums ---- */

/* The first exception that is not below `group`. */
static size_t find_exception(const vt_group_lines *lines, uint32_t group)
{
    size_t low = 0;
    size_t high = lines->exception_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (lines->exceptions[middle] < group) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

bool vt_group_lines_is_collapsed(const vt_group_lines *lines, uint32_t group)
{
    size_t at = find_exception(lines, group);
    return (at < lines->exception_count && lines->exceptions[at] == group) != lines->all_collapsed;
}

/* Of up to 64 groups: how many items each has, and whether they are shown, as a bit each. */
typedef struct group_block {
    uint32_t count;
    uint32_t sizes[BLOCK];
    uint64_t shown;
} group_block;

static void read_block(const vt_group_lines *lines, uint32_t number, size_t *exception, group_block *into)
{
    uint32_t first = number * BLOCK;
    uint32_t left = lines->source.count - first;
    into->count = left < BLOCK ? left : BLOCK;
    into->shown = lines->all_collapsed ? 0 : UINT64_MAX;
    lines->source.sizes(lines->source.of, first, into->count, into->sizes);
    for (; *exception < lines->exception_count && lines->exceptions[*exception] < first + into->count;
         (*exception)++) {
        into->shown ^= UINT64_C(1) << (lines->exceptions[*exception] - first);
    }
}

static void sum_up(vt_group_lines *lines)
{
    uint64_t reciprocal = reciprocal_of(lines->columns);
    size_t exception = 0;
    block sum = {0, 0, 0};
    for (uint32_t b = 0; b < lines->block_count; b++) {
        lines->blocks[b] = sum;
        group_block groups;
        read_block(lines, b, &exception, &groups);
        for (uint32_t i = 0; i < groups.count; i++) {
            uint32_t shown = groups.shown >> i & 1 ? groups.sizes[i] : 0;
            sum.position += groups.sizes[i];
            sum.slot += shown;
            sum.line += lines_for(shown, lines->columns, reciprocal);
        }
    }
    lines->blocks[lines->block_count] = sum;
}

vt_group_lines *vt_group_lines_create(void)
{
    vt_group_lines *lines = calloc(1, sizeof *lines);
    block *blocks = calloc(1, sizeof *blocks);
    if (!lines || !blocks) {
        free(lines);
        free(blocks);
        return NULL;
    }
    lines->blocks = blocks;
    lines->block_capacity = 1;
    lines->columns = 1;
    return lines;
}

void vt_group_lines_free(vt_group_lines *lines)
{
    if (lines) {
        free(lines->blocks);
        free(lines->exceptions);
        free(lines);
    }
}

static bool make_room(vt_group_lines *lines, uint32_t blocks, const uint32_t *exceptions, size_t count)
{
    uint32_t *copy = NULL;
    if (count && !(copy = malloc(count * sizeof *copy))) {
        return false;
    }
    if (blocks > lines->block_capacity) {
        block *grown = realloc(lines->blocks, blocks * sizeof *grown);
        if (!grown) {
            free(copy);
            return false;
        }
        lines->blocks = grown;
        lines->block_capacity = blocks;
    }
    if (count) {
        memcpy(copy, exceptions, count * sizeof *copy);
    }
    free(lines->exceptions);
    lines->exceptions = copy;
    lines->exception_count = count;
    return true;
}

bool vt_group_lines_set(vt_group_lines *lines, const vt_group_source *source, const uint32_t *exceptions,
                        size_t exception_count, bool all_collapsed, int columns)
{
    uint32_t blocks = source->count / BLOCK + (source->count % BLOCK != 0);
    bool room = make_room(lines, blocks + 1, exceptions, exception_count);
    lines->source = *source;
    if (!room) {
        lines->source.count = 0;
        lines->exception_count = 0;
        blocks = 0;
    }
    lines->block_count = blocks;
    lines->all_collapsed = all_collapsed;
    lines->columns = columns > 0 ? (uint32_t)columns : 1;
    sum_up(lines);
    return room;
}

void vt_group_lines_set_columns(vt_group_lines *lines, int columns)
{
    if (columns > 0 && (uint32_t)columns != lines->columns) {
        lines->columns = (uint32_t)columns;
        sum_up(lines);
    }
}

uint32_t vt_group_lines_groups(const vt_group_lines *lines)
{
    return lines->source.count;
}

int64_t vt_group_lines_total(const vt_group_lines *lines)
{
    return lines->blocks[lines->block_count].line;
}

int64_t vt_group_lines_slots(const vt_group_lines *lines)
{
    return lines->blocks[lines->block_count].slot;
}

/* ---- looking up ---- */

/* What a search goes by: the value of a group, or of the first of a block, that must not exceed the one
   sought. */
typedef struct search {
    enum { BY_GROUP, BY_POSITION, BY_SLOT, BY_HEIGHT } by;
    int64_t sought;
    int header, line;
} search;

static int64_t measure(const search *by, int64_t group, int64_t position, int64_t slot, int64_t line)
{
    switch (by->by) {
    case BY_POSITION:
        return position;
    case BY_SLOT:
        return slot;
    case BY_HEIGHT:
        return group * by->header + line * by->line;
    default:
        return group;
    }
}

/* The last group whose measure does not exceed what is sought, the first group if there is none. Of groups
   that begin at the same slot it is the last, the only one of them that has any. */
static vt_group_place find(const vt_group_lines *lines, const search *by)
{
    uint32_t low = 0;
    uint32_t high = lines->block_count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        const block *at = &lines->blocks[middle];
        if (measure(by, (int64_t)middle * BLOCK, at->position, at->slot, at->line) <= by->sought) {
            low = middle;
        } else {
            high = middle;
        }
    }
    uint64_t reciprocal = reciprocal_of(lines->columns);
    size_t exception = find_exception(lines, low * BLOCK);
    group_block groups;
    read_block(lines, low, &exception, &groups);
    const block *sum = &lines->blocks[low];
    vt_group_place next = {low * BLOCK, sum->position, sum->slot, sum->line, 0, 0};
    vt_group_place found = next;
    for (uint32_t i = 0; i < groups.count; i++) {
        bool shown = groups.shown >> i & 1;
        next.count = groups.sizes[i];
        next.lines = shown ? lines_for(groups.sizes[i], lines->columns, reciprocal) : 0;
        if (i > 0 && measure(by, next.group, next.position, next.slot, next.line) > by->sought) {
            break;
        }
        found = next;
        next.group++;
        next.position += groups.sizes[i];
        next.slot += shown ? groups.sizes[i] : 0;
        next.line += next.lines;
    }
    return found;
}

vt_group_place vt_group_lines_at(const vt_group_lines *lines, uint32_t group)
{
    return find(lines, &(search){.by = BY_GROUP, .sought = group});
}

vt_group_place vt_group_lines_of_position(const vt_group_lines *lines, int64_t position)
{
    return find(lines, &(search){.by = BY_POSITION, .sought = position});
}

vt_group_place vt_group_lines_of_slot(const vt_group_lines *lines, int64_t slot)
{
    return find(lines, &(search){.by = BY_SLOT, .sought = slot});
}

vt_group_place vt_group_lines_at_height(const vt_group_lines *lines, int64_t y, int header, int line)
{
    return find(lines, &(search){.by = BY_HEIGHT, .sought = y, .header = header, .line = line});
}
