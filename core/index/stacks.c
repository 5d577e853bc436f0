#include "core/index/stacks.h"

#include "core/catalog/stacks.h"
#include "core/index/index_private.h"
#include "core/index/stacks_private.h"

#include <stdlib.h>

/* ---- the table of those that hold ---- */

vt_stack_table *vt_stack_table_retain(vt_stack_table *table)
{
    if (table) {
        atomic_fetch_add_explicit(&table->references, 1, memory_order_relaxed);
    }
    return table;
}

void vt_stack_table_release(vt_stack_table *table)
{
    if (table && atomic_fetch_sub_explicit(&table->references, 1, memory_order_acq_rel) == 1) {
        free(table->rows);
        free(table->stacks_of);
        free(table->by_row);
        free(table->stacks);
        free(table);
    }
}

static vt_stack_table *create_table(uint32_t members)
{
    size_t count = members ? members : 1;
    vt_stack_table *table = calloc(1, sizeof *table);
    if (!table) {
        return NULL;
    }
    atomic_init(&table->references, 1);
    table->rows = calloc(count, sizeof *table->rows);
    table->stacks_of = calloc(count, sizeof *table->stacks_of);
    table->by_row = malloc(count * sizeof *table->by_row);
    table->stacks = malloc((count / 2 + 1) * sizeof *table->stacks);
    if (!table->rows || !table->stacks_of || !table->by_row || !table->stacks) {
        vt_stack_table_release(table);
        return NULL;
    }
    return table;
}

/* Closes the stack that began at `first`, or drops it if it is none. */
static void end_stack(vt_stack_table *table, int64_t id, uint32_t first)
{
    if (table->count - first < 2) {
        table->count = first;
        return;
    }
    for (uint32_t place = first; place < table->count; place++) {
        table->stacks_of[place] = table->stack_count;
    }
    table->stacks[table->stack_count++] = (vt_index_stack){id, first, table->count - first};
}

static int compare_rows(const void *a, const void *b)
{
    uint32_t left = ((const vt_stack_row *)a)->row;
    uint32_t right = ((const vt_stack_row *)b)->row;
    return (left > right) - (left < right);
}

static vt_stack_table *make_table(const vt_stacks *stacks, const vt_piece *pieces)
{
    vt_stack_table *table = create_table(stacks->count);
    uint32_t first = 0;
    for (uint32_t i = 0; table && i < stacks->count; i++) {
        const vt_stack_member *member = &stacks->members[i];
        if (i > 0 && member->stack != stacks->members[i - 1].stack) {
            end_stack(table, stacks->members[i - 1].stack, first);
            first = table->count;
        }
        const vt_chunk *chunk = pieces[member->row >> VT_CHUNK_SHIFT].chunk;
        if (!chunk->removed[member->row & VT_CHUNK_MASK]) {
            table->rows[table->count++] = member->row;
        }
    }
    if (table) {
        end_stack(table, stacks->count ? stacks->members[stacks->count - 1].stack : 0, first);
        for (uint32_t place = 0; place < table->count; place++) {
            table->by_row[place] = (vt_stack_row){table->rows[place], place};
        }
        qsort(table->by_row, table->count, sizeof *table->by_row, compare_rows);
    }
    return table;
}

/* ---- the writer's ---- */

static void clear_members(vt_stacks *stacks)
{
    free(stacks->members);
    free(stacks->bits);
    *stacks = (vt_stacks){.newest = stacks->newest};
}

void vt_stacks_free(vt_stacks *stacks)
{
    clear_members(stacks);
    vt_stack_table_release(stacks->newest);
    stacks->newest = NULL;
}

bool vt_stacks_publish(vt_stacks *stacks, const vt_piece *pieces)
{
    if (!stacks->touched) {
        return true;
    }
    vt_stack_table *table = stacks->count ? make_table(stacks, pieces) : NULL;
    if (stacks->count && !table) {
        return false;
    }
    vt_stack_table_release(stacks->newest);
    stacks->newest = table;
    stacks->touched = false;
    return true;
}

size_t vt_stacks_bytes(const vt_stacks *stacks)
{
    const vt_stack_table *table = stacks->newest;
    size_t bytes = stacks->count * sizeof *stacks->members + stacks->bit_rows / 8;
    return bytes + (table ? stacks->count * (2 * sizeof(uint32_t) + sizeof(vt_stack_row)) +
                                table->stack_count * sizeof(vt_index_stack)
                          : 0);
}

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "no memory for stacks");
    return false;
}

bool vt_index_set_stacks(vt_index *index, const vt_stacked *members, uint32_t count, vt_error *error)
{
    vt_stacks fresh = {.newest = index->stacks.newest, .touched = true};
    if (count) {
        fresh.members = malloc(count * sizeof *fresh.members);
        fresh.bits = calloc((size_t)index->count / 64 + 1, sizeof *fresh.bits);
        fresh.bit_rows = index->count;
        if (!fresh.members || !fresh.bits) {
            clear_members(&fresh);
            return no_memory(error);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t row = vt_pieces_find(index->pieces, index->count, members[i].item);
        if (row != VT_INDEX_NO_ROW) {
            fresh.bits[row / 64] |= UINT64_C(1) << (row & 63);
            fresh.members[fresh.count++] = (vt_stack_member){members[i].stack, row};
        }
    }
    clear_members(&index->stacks);
    index->stacks = fresh;
    return true;
}

typedef struct reading {
    vt_stacked *members; /* owned */
    uint32_t count, capacity;
    bool no_memory;
} reading;

static bool take_member(void *user, int64_t stack, int64_t item)
{
    reading *of = user;
    if (of->count == of->capacity) {
        uint32_t capacity = of->capacity ? of->capacity * 2 : 64;
        vt_stacked *grown = realloc(of->members, capacity * sizeof *grown);
        if (!grown) {
            of->no_memory = true;
            return false;
        }
        of->members = grown;
        of->capacity = capacity;
    }
    of->members[of->count++] = (vt_stacked){stack, item};
    return true;
}

bool vt_index_read_stacks(vt_index *index, vt_catalog_reader *reader, bool *any, vt_error *error)
{
    reading of = {0};
    *any = false;
    bool done = vt_catalog_reader_each_in_stacks(reader, take_member, &of, error) &&
                (!of.no_memory || no_memory(error));
    if (done && (of.count || index->stacks.count)) {
        *any = true;
        done = vt_index_set_stacks(index, of.members, of.count, error);
    }
    free(of.members);
    return done;
}

/* ---- for readers ---- */

uint32_t vt_snapshot_stack_count(const vt_snapshot *snapshot)
{
    return snapshot->stacks ? snapshot->stacks->stack_count : 0;
}

vt_index_stack vt_snapshot_stack(const vt_snapshot *snapshot, uint32_t stack)
{
    return snapshot->stacks->stacks[stack];
}

uint32_t vt_snapshot_stack_row(const vt_snapshot *snapshot, uint32_t place)
{
    return snapshot->stacks->rows[place];
}

uint32_t vt_snapshot_stack_of(const vt_snapshot *snapshot, uint32_t row, uint32_t *place)
{
    const vt_stack_table *table = snapshot->stacks;
    const vt_stack_row wanted = {row, 0};
    const vt_stack_row *found =
        table && table->count ? bsearch(&wanted, table->by_row, table->count, sizeof wanted, compare_rows)
                              : NULL;
    if (found && place) {
        *place = found->place;
    }
    return found ? table->stacks_of[found->place] : VT_INDEX_NO_STACK;
}

static int compare_stacks(const void *a, const void *b)
{
    int64_t left = ((const vt_index_stack *)a)->id;
    int64_t right = ((const vt_index_stack *)b)->id;
    return (left > right) - (left < right);
}

uint32_t vt_snapshot_find_stack(const vt_snapshot *snapshot, int64_t id)
{
    const vt_stack_table *table = snapshot->stacks;
    const vt_index_stack wanted = {.id = id};
    const vt_index_stack *found =
        table && table->stack_count
            ? bsearch(&wanted, table->stacks, table->stack_count, sizeof wanted, compare_stacks)
            : NULL;
    return found ? (uint32_t)(found - table->stacks) : VT_INDEX_NO_STACK;
}
