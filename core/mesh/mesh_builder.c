#include "core/mesh/mesh.h"

#include "core/decode/limits.h"
#include "core/mesh/mesh_private.h"
#include "core/mesh/page_size.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Equal vertices are found in an open-addressing table of vertex numbers. Its cells lie all over memory, so
   those found lately are kept in a small table before it, which stays in the processor's cache: the triangles
   around a vertex mostly follow each other soon. Corners are looked up in batches: a batch first asks the
   processor for the large table's cells, then for the positions they name, so that the waiting for memory
   overlaps. */
#define BATCH_TRIANGLES 128
#define SLOTS_MIN       1024
#define RECENT          (1 << 15)
#define NOT_FOUND       UINT32_MAX

/* Position bits of a corner, in pieces that are written and read as they are: a read of two halves just
   written would wait for both to reach the cache. */
typedef struct corner {
    uint64_t xy;
    uint32_t z;
    uint32_t hash;
    uint32_t vertex; /* NOT_FOUND: not among the recent ones */
} corner;

struct vt_mesh_builder {
    vt_mesh_limits limits;
    uint64_t dropped;

    float *positions;
    uint64_t vertex_count;
    uint64_t vertex_capacity;

    uint32_t *triangles;
    uint64_t triangle_count;
    uint64_t triangle_capacity;

    uint32_t *slots; /* vertex number + 1; 0: empty */
    uint64_t slot_count;
    unsigned slot_shift; /* 32 - log2(slot_count): the hash's upper bits choose the slot */

    uint32_t recent[RECENT]; /* by the hash's lower bits: vertex number + 1, or 0 */
    corner batch[BATCH_TRIANGLES * 3];
};

static const uint64_t vertex_bytes = 3 * sizeof(float);
static const uint64_t triangle_bytes = 3 * sizeof(uint32_t);

/* Whether the three arrays may have these sizes together. */
static bool check_memory(const vt_mesh_builder *builder, uint64_t vertices, uint64_t triangles,
                         uint64_t slots, vt_error *error)
{
    uint64_t bytes = vertices * vertex_bytes + triangles * triangle_bytes + slots * sizeof(uint32_t);
    if (bytes <= builder->limits.memory_bytes) {
        return true;
    }
    return vt_error_set(
        error, VT_ERROR_LIMIT,
        "The model needs more than the memory limit of %llu MiB after %llu triangles" VT_LIMIT_RAISE(
            VT_LIMIT_MEMORY),
        (unsigned long long)(builder->limits.memory_bytes >> 20),
        (unsigned long long)builder->triangle_count);
}

static bool out_of_memory(const vt_mesh_builder *builder, vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory after %llu triangles of the model",
                        (unsigned long long)builder->triangle_count);
}

/* Half as much again, at least `needed`, but not beyond what the memory limit leaves if that is enough. */
static uint64_t grown(uint64_t capacity, uint64_t needed)
{
    uint64_t wanted = capacity + capacity / 2;
    return wanted > needed ? wanted : needed;
}

static bool reserve_triangles(vt_mesh_builder *builder, uint64_t needed, vt_error *error)
{
    if (needed <= builder->triangle_capacity) {
        return true;
    }
    if (needed > builder->limits.triangles) {
        return vt_error_set(
            error, VT_ERROR_LIMIT,
            "The model has more triangles than the limit of %llu" VT_LIMIT_RAISE(VT_LIMIT_TRIANGLES),
            (unsigned long long)builder->limits.triangles);
    }
    uint64_t capacity = grown(builder->triangle_capacity, needed);
    capacity = capacity < builder->limits.triangles ? capacity : builder->limits.triangles;
    if (!check_memory(builder, builder->vertex_capacity, capacity, builder->slot_count, NULL)) {
        capacity = needed;
    }
    if (!check_memory(builder, builder->vertex_capacity, capacity, builder->slot_count, error)) {
        return false;
    }
    uint32_t *triangles = realloc(builder->triangles, capacity * triangle_bytes);
    if (!triangles) {
        return out_of_memory(builder, error);
    }
    builder->triangles = vt_huge_pages_under(triangles, capacity * triangle_bytes);
    builder->triangle_capacity = capacity;
    return true;
}

static bool reserve_vertices(vt_mesh_builder *builder, uint64_t needed, vt_error *error)
{
    if (needed <= builder->vertex_capacity) {
        return true;
    }
    uint64_t capacity = grown(builder->vertex_capacity, needed);
    if (!check_memory(builder, capacity, builder->triangle_capacity, builder->slot_count, NULL)) {
        capacity = needed;
    }
    if (!check_memory(builder, capacity, builder->triangle_capacity, builder->slot_count, error)) {
        return false;
    }
    float *positions = realloc(builder->positions, capacity * vertex_bytes);
    if (!positions) {
        return out_of_memory(builder, error);
    }
    builder->positions = vt_huge_pages_under(positions, capacity * vertex_bytes);
    builder->vertex_capacity = capacity;
    return true;
}

/* Multiplications spread every input bit into the upper bits, which choose the slot. */
static inline uint32_t hash_bits(uint64_t xy, uint32_t z)
{
    uint64_t hash = xy * UINT64_C(0x9e3779b97f4a7c15);
    hash ^= hash >> 32;
    hash = (hash + z) * UINT64_C(0xd6e8feb86659fd93);
    return (uint32_t)(hash >> 32);
}

static inline uint32_t bits_of(float coordinate)
{
    uint32_t bits;
    memcpy(&bits, &coordinate, sizeof bits);
    return bits;
}

static inline uint64_t bits_of_xy(const float *position)
{
    return bits_of(position[0]) | (uint64_t)bits_of(position[1]) << 32;
}

static void insert_all(vt_mesh_builder *builder)
{
    uint64_t mask = builder->slot_count - 1;
    for (uint64_t vertex = 0; vertex < builder->vertex_count; vertex++) {
        const float *position = &builder->positions[vertex * 3];
        uint64_t slot = hash_bits(bits_of_xy(position), bits_of(position[2])) >> builder->slot_shift;
        while (builder->slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        builder->slots[slot] = (uint32_t)vertex + 1;
    }
}

/* Makes the table large enough for `vertices` with a quarter of it free. */
static bool reserve_slots(vt_mesh_builder *builder, uint64_t vertices, vt_error *error)
{
    if (vertices <= builder->slot_count - builder->slot_count / 4) {
        return true;
    }
    uint64_t slot_count = builder->slot_count ? builder->slot_count : SLOTS_MIN;
    while (vertices > slot_count - slot_count / 4) {
        slot_count *= 2;
    }
    if (slot_count > UINT64_C(1) << 32) {
        return vt_error_set(error, VT_ERROR_LIMIT, "The model has more vertices than the limit of %llu",
                            (unsigned long long)VT_MESH_VERTICES_MAX);
    }
    if (!check_memory(builder, builder->vertex_capacity, builder->triangle_capacity, slot_count, error)) {
        return false;
    }
    /* The old table goes first: everything in it can be found again from the positions. */
    free(builder->slots);
    builder->slots =
        vt_huge_pages_under(calloc(slot_count, sizeof *builder->slots), slot_count * sizeof *builder->slots);
    if (!builder->slots) {
        builder->slot_count = 0;
        return out_of_memory(builder, error);
    }
    builder->slot_count = slot_count;
    builder->slot_shift = 32;
    for (uint64_t size = slot_count; size > 1; size /= 2) {
        builder->slot_shift--;
    }
    insert_all(builder);
    return true;
}

vt_mesh_builder *vt_mesh_builder_create(uint64_t expected, const vt_mesh_limits *limits, vt_error *error)
{
    vt_mesh_builder *builder = calloc(1, sizeof *builder);
    if (!builder) {
        vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for reading a model");
        return NULL;
    }
    builder->limits = *limits;
    if (builder->limits.triangles > VT_MESH_TRIANGLES_MAX) {
        builder->limits.triangles = VT_MESH_TRIANGLES_MAX;
    }
    if (expected > builder->limits.triangles) {
        expected = builder->limits.triangles;
    }
    /* A closed surface has about half as many vertices as triangles. Only a guess: a failure to reserve is
       no failure, adding will tell. */
    (void)reserve_triangles(builder, expected, NULL);
    (void)reserve_vertices(builder, expected / 2 + expected / 64, NULL);
    if (!reserve_slots(builder, expected / 2 + BATCH_TRIANGLES, error)) {
        vt_mesh_builder_free(builder);
        return NULL;
    }
    return builder;
}

void vt_mesh_builder_free(vt_mesh_builder *builder)
{
    if (!builder) {
        return;
    }
    free(builder->positions);
    free(builder->triangles);
    free(builder->slots);
    free(builder);
}

static inline bool is_at(const vt_mesh_builder *builder, uint32_t vertex, const corner *wanted)
{
    const float *position = &builder->positions[(uint64_t)vertex * 3];
    return bits_of_xy(position) == wanted->xy && bits_of(position[2]) == wanted->z;
}

static inline uint64_t first_slot(const vt_mesh_builder *builder, const corner *wanted)
{
    return wanted->hash >> builder->slot_shift;
}

/* Copies the finite triangles of `corners` into the batch; returns how many corners that makes. */
static size_t fill_batch(vt_mesh_builder *builder, const float *corners, size_t count)
{
    size_t filled = 0;
    for (size_t triangle = 0; triangle < count; triangle++, corners += 9) {
        /* x - x is 0 for finite numbers and not a number for all others. */
        float sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += corners[i] - corners[i];
        }
        if (sum != 0) {
            builder->dropped++;
            continue;
        }
        for (int i = 0; i < 9; i += 3) {
            float position[3];
            for (int axis = 0; axis < 3; axis++) {
                position[axis] = corners[i + axis] + 0.0F; /* turns -0 into 0 */
            }
            corner *to = &builder->batch[filled++];
            to->xy = bits_of_xy(position);
            to->z = bits_of(position[2]);
            to->hash = hash_bits(to->xy, to->z);
        }
    }
    return filled;
}

/* Settles the corners that are recent vertices, and asks for what the others need. */
static void look_back(vt_mesh_builder *builder, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        corner *wanted = &builder->batch[i];
        uint32_t vertex = builder->recent[wanted->hash % RECENT];
        if (vertex != 0 && is_at(builder, vertex - 1, wanted)) {
            wanted->vertex = vertex - 1;
        } else {
            wanted->vertex = NOT_FOUND;
            __builtin_prefetch(&builder->slots[first_slot(builder, wanted)], 1);
        }
    }
    for (size_t i = 0; i < count; i++) {
        const corner *wanted = &builder->batch[i];
        if (wanted->vertex == NOT_FOUND) {
            uint32_t vertex = builder->slots[first_slot(builder, wanted)];
            __builtin_prefetch(&builder->positions[(uint64_t)(vertex - (vertex != 0)) * 3]);
        }
    }
}

static inline uint32_t find_or_add(vt_mesh_builder *builder, const corner *wanted)
{
    uint64_t mask = builder->slot_count - 1;
    uint64_t slot = first_slot(builder, wanted);
    for (;;) {
        uint32_t vertex = builder->slots[slot];
        if (vertex == 0) {
            break;
        }
        if (is_at(builder, vertex - 1, wanted)) {
            return vertex - 1;
        }
        slot = (slot + 1) & mask;
    }
    uint32_t added = (uint32_t)builder->vertex_count++;
    float *position = &builder->positions[(uint64_t)added * 3];
    const uint32_t bits[3] = {(uint32_t)wanted->xy, (uint32_t)(wanted->xy >> 32), wanted->z};
    memcpy(position, bits, sizeof bits);
    builder->slots[slot] = added + 1;
    return added;
}

static bool add_batch(vt_mesh_builder *builder, const float *corners, size_t count, vt_error *error)
{
    if (!reserve_triangles(builder, builder->triangle_count + count, error) ||
        !reserve_slots(builder, builder->vertex_count + count * 3, error) ||
        !reserve_vertices(builder, builder->vertex_count + count * 3, error)) {
        return false;
    }
    size_t filled = fill_batch(builder, corners, count);
    look_back(builder, filled);
    uint32_t *to = &builder->triangles[builder->triangle_count * 3];
    for (size_t i = 0; i < filled; i++) {
        const corner *wanted = &builder->batch[i];
        uint32_t vertex = wanted->vertex;
        if (vertex == NOT_FOUND) {
            vertex = find_or_add(builder, wanted);
            builder->recent[wanted->hash % RECENT] = vertex + 1;
        }
        to[i] = vertex;
    }
    builder->triangle_count += filled / 3;
    return true;
}

bool vt_mesh_builder_add(vt_mesh_builder *builder, const float *corners, size_t count, vt_error *error)
{
    while (count > 0) {
        size_t now = count < BATCH_TRIANGLES ? count : BATCH_TRIANGLES;
        if (!add_batch(builder, corners, now, error)) {
            return false;
        }
        corners += now * 9;
        count -= now;
    }
    return true;
}

uint64_t vt_mesh_builder_triangles(const vt_mesh_builder *builder)
{
    return builder->triangle_count;
}

uint64_t vt_mesh_builder_dropped(const vt_mesh_builder *builder)
{
    return builder->dropped;
}

/* Gives back what was reserved and not used; the old array serves if there is no smaller one. */
static void *shrunk(void *array, uint64_t bytes)
{
    void *smaller = bytes > 0 ? realloc(array, bytes) : NULL;
    return smaller ? smaller : array;
}

vt_mesh *vt_mesh_builder_finish(vt_mesh_builder *builder, vt_error *error)
{
    float *positions = shrunk(builder->positions, builder->vertex_count * vertex_bytes);
    uint32_t *triangles = shrunk(builder->triangles, builder->triangle_count * triangle_bytes);
    vt_mesh *mesh = vt_mesh_take(positions, builder->vertex_count, triangles, builder->triangle_count, error);
    builder->positions = NULL;
    builder->triangles = NULL;
    vt_mesh_builder_free(builder);
    return mesh;
}
