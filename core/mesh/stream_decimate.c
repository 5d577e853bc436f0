#include "core/mesh/stream_decimate.h"

#include "core/mesh/decimate.h"
#include "core/mesh/mesh_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TARGET_MIN 1000
/* The grid is finer than wished for, and what it leaves is decimated as a mesh; but no finer than that. */
#define SURPLUS   16
#define SLOTS_MIN (1 << 16)
#define RECENT    4096 /* cells found lately, by the lower bits of their number */

typedef struct cell {
    double sum[3];
    uint32_t count;
} cell;

/* A place in the table of cells, or among the recent ones. */
typedef struct slot {
    uint64_t number; /* of the cell in the grid + 1; 0: empty */
    uint32_t index;  /* in `cells` */
} slot;

typedef struct clustering {
    float low[3];
    double scale; /* cells per model unit */
    uint32_t resolution;
    uint64_t most; /* triangles */
    bool too_many;

    slot *slots;
    uint64_t slot_count; /* a power of two */
    cell *cells;
    uint32_t cell_count;
    uint32_t cell_capacity;
    uint32_t *triangles; /* [triangle_count][3] of cells */
    uint64_t triangle_count;
    uint64_t triangle_capacity;
    slot recent[RECENT];
} clustering;

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for a coarser model");
}

static inline slot *slot_of(slot *slots, uint64_t slot_count, uint64_t number)
{
    uint64_t mask = slot_count - 1;
    uint64_t at = ((number * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & mask;
    while (slots[at].number != 0 && slots[at].number != number) {
        at = (at + 1) & mask;
    }
    return &slots[at];
}

static bool grow_slots(clustering *c)
{
    uint64_t count = c->slot_count ? c->slot_count * 2 : SLOTS_MIN;
    slot *slots = calloc(count, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (uint64_t i = 0; i < c->slot_count; i++) {
        if (c->slots[i].number != 0) {
            *slot_of(slots, count, c->slots[i].number) = c->slots[i];
        }
    }
    free(c->slots);
    c->slots = slots;
    c->slot_count = count;
    return true;
}

/* Room for one more, half as much again if there is none. */
static bool reserve(void **array, uint64_t count, uint64_t *capacity, size_t size)
{
    if (count < *capacity) {
        return true;
    }
    uint64_t more = *capacity + *capacity / 2 + 1024;
    void *larger = realloc(*array, more * size);
    if (larger) {
        *array = larger;
        *capacity = more;
    }
    return larger != NULL;
}

/* The index of the cell with this number, which is made if there is none; UINT32_MAX when memory runs out. */
static uint32_t find_cell(clustering *c, uint64_t number)
{
    slot *recent = &c->recent[number % RECENT];
    if (recent->number == number) {
        return recent->index;
    }
    if (c->cell_count >= c->slot_count / 2 && !grow_slots(c)) {
        return UINT32_MAX;
    }
    slot *found = slot_of(c->slots, c->slot_count, number);
    if (found->number == 0) {
        uint64_t capacity = c->cell_capacity;
        if (!reserve((void **)&c->cells, c->cell_count, &capacity, sizeof *c->cells)) {
            return UINT32_MAX;
        }
        c->cell_capacity = (uint32_t)capacity;
        c->cells[c->cell_count] = (cell){.count = 0};
        *found = (slot){.number = number, .index = c->cell_count++};
    }
    *recent = *found;
    return found->index;
}

static inline uint64_t number_of(const clustering *c, const float *position)
{
    uint64_t number = 0;
    for (int axis = 0; axis < 3; axis++) {
        uint64_t step = (uint64_t)(((double)position[axis] - c->low[axis]) * c->scale);
        number = number * c->resolution + (step < c->resolution ? step : c->resolution - 1);
    }
    return number + 1;
}

static bool take_triangle(clustering *c, const float *corners)
{
    uint32_t cells[3];
    for (int corner = 0; corner < 3; corner++) {
        const float *position = &corners[(size_t)corner * 3];
        uint32_t index = find_cell(c, number_of(c, position));
        if (index == UINT32_MAX) {
            return false;
        }
        cell *cell = &c->cells[index];
        for (int axis = 0; axis < 3; axis++) {
            cell->sum[axis] += position[axis];
        }
        cell->count++;
        cells[corner] = index;
    }
    if (cells[0] == cells[1] || cells[1] == cells[2] || cells[2] == cells[0]) {
        return true;
    }
    if (c->triangle_count == c->most) {
        c->too_many = true;
        return false;
    }
    if (!reserve((void **)&c->triangles, c->triangle_count, &c->triangle_capacity, sizeof cells)) {
        return false;
    }
    memcpy(&c->triangles[c->triangle_count++ * 3], cells, sizeof cells);
    return true;
}

static bool take(void *user, const float *corners, size_t count, vt_error *error)
{
    clustering *c = user;
    for (size_t i = 0; i < count; i++) {
        if (!take_triangle(c, &corners[i * 9])) {
            return out_of_memory(error);
        }
    }
    return true;
}

static void begin_grid(clustering *c, const float low[3], const float high[3], uint32_t resolution)
{
    double side = 0;
    for (int axis = 0; axis < 3; axis++) {
        side = fmax(side, (double)high[axis] - low[axis]);
    }
    memcpy(c->low, low, sizeof c->low);
    c->resolution = resolution;
    c->scale = side > 0 ? resolution / side : 0;
    c->too_many = false;
    c->cell_count = 0;
    c->triangle_count = 0;
    memset(c->recent, 0, sizeof c->recent);
    if (c->slots) {
        memset(c->slots, 0, c->slot_count * sizeof *c->slots);
    }
}

/* The mesh of what is left; takes the triangles over. */
static vt_mesh *make_mesh(clustering *c, vt_error *error)
{
    float *positions = malloc((uint64_t)c->cell_count * 3 * sizeof *positions + 1);
    if (!positions) {
        out_of_memory(error);
        return NULL;
    }
    for (uint32_t i = 0; i < c->cell_count; i++) {
        for (int axis = 0; axis < 3; axis++) {
            positions[(uint64_t)i * 3 + axis] = (float)(c->cells[i].sum[axis] / c->cells[i].count);
        }
    }
    vt_mesh *mesh = vt_mesh_take(positions, c->cell_count, c->triangles, c->triangle_count, error);
    c->triangles = NULL;
    return mesh;
}

/* Lays coarser and coarser grids until one leaves few enough triangles. */
static vt_mesh *cluster(clustering *c, const vt_triangle_stream *stream, const float low[3],
                        const float high[3], uint64_t wanted, vt_error *error)
{
    const vt_triangle_sink sink = {.take = take, .user = c};
    c->most = wanted * SURPLUS;
    bool good = false;
    for (uint32_t resolution = (uint32_t)sqrt((double)wanted) + 1; !good; resolution /= 2) {
        begin_grid(c, low, high, resolution);
        vt_error trouble = VT_ERROR_INIT;
        good = stream->run(stream->source, &sink, &trouble);
        if (!good && !c->too_many) {
            if (error) {
                *error = trouble;
            }
            return NULL;
        }
    }
    return make_mesh(c, error);
}

vt_mesh *vt_stream_decimate(const vt_triangle_stream *stream, const float low[3], const float high[3],
                            uint64_t triangles, vt_error *error)
{
    if (triangles < TARGET_MIN) {
        vt_error_set(error, VT_ERROR_USAGE, "A coarser model needs at least %d triangles", TARGET_MIN);
        return NULL;
    }
    clustering *c = calloc(1, sizeof *c);
    if (!c) {
        out_of_memory(error);
        return NULL;
    }
    vt_mesh *fine = cluster(c, stream, low, high, triangles, error);
    free(c->slots);
    free(c->cells);
    free(c->triangles);
    free(c);
    vt_mesh *coarse = fine ? vt_mesh_decimate(fine, triangles, error) : NULL;
    vt_mesh_free(fine);
    return coarse;
}
