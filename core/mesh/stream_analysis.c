#include "core/mesh/stream_analysis.h"

#include "core/mesh/distinct.h"
#include "core/mesh/repeats.h"

#include <math.h>
#include <string.h>

#define CORNERS_MAX (VT_TRIANGLE_BATCH * 3)

_Static_assert(CORNERS_MAX <= VT_DISTINCT_BATCH, "the corners of a batch are a batch of keys");
_Static_assert(CORNERS_MAX <= VT_REPEATS_BATCH, "the sides of a batch are a batch of keys");

typedef struct measures {
    vt_bounds bounds;
    double origin[3];
    double twice_area;
    double six_volumes;
    double normals[3]; /* sum, each twice as long as its triangle's area */
} measures;

typedef struct analysis {
    vt_mesh_facts *facts;
    vt_stream_blocks *blocks;
    measures measures;
    vt_distinct *vertices;
    vt_repeats *edges;
    uint64_t balance; /* hashes of sides run along forwards less those backwards */

    bool first;        /* the round that measures */
    bool for_vertices; /* what this round is for besides */
    bool for_edges;
} analysis;

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for analysing a model");
}

/* Multiplications spread every bit of the coordinates over the hash. */
static inline uint64_t hash_position(const float *position)
{
    uint64_t xy;
    uint32_t z;
    memcpy(&xy, position, sizeof xy);
    memcpy(&z, position + 2, sizeof z);
    uint64_t hash = xy * UINT64_C(0x9e3779b97f4a7c15);
    hash ^= hash >> 32;
    hash = (hash + z) * UINT64_C(0xd6e8feb86659fd93);
    return hash ^ hash >> 32;
}

/* Not linear in its two vertices: along an open border, what one edge adds could be what the next takes away.
 */
static inline uint64_t hash_edge(uint64_t lower, uint64_t upper)
{
    uint64_t hash = lower * UINT64_C(0x9e3779b97f4a7c15) + upper;
    hash ^= hash >> 32;
    hash *= UINT64_C(0xd6e8feb86659fd93);
    return hash ^ hash >> 32;
}

/* What each triangle adds to the measures. */
typedef struct shares {
    double twice_area[VT_TRIANGLE_BATCH];
    double six_volumes[VT_TRIANGLE_BATCH];
    double normals[3][VT_TRIANGLE_BATCH];
} shares;

/* Each triangle by itself: the compiler computes several at once. */
static void measure_each(const measures *m, const float *corners, size_t count, shares *to)
{
    float at[9][VT_TRIANGLE_BATCH];
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < 9; k++) {
            at[k][i] = corners[i * 9 + k];
        }
    }
    for (size_t i = 0; i < count; i++) {
        double ax = at[0][i];
        double ay = at[1][i];
        double az = at[2][i];
        double ux = at[3][i] - ax;
        double uy = at[4][i] - ay;
        double uz = at[5][i] - az;
        double vx = at[6][i] - ax;
        double vy = at[7][i] - ay;
        double vz = at[8][i] - az;
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        to->twice_area[i] = sqrt(nx * nx + ny * ny + nz * nz);
        to->six_volumes[i] = (ax - m->origin[0]) * nx + (ay - m->origin[1]) * ny + (az - m->origin[2]) * nz;
        to->normals[0][i] = nx;
        to->normals[1][i] = ny;
        to->normals[2][i] = nz;
    }
}

static void measure(measures *m, const float *corners, size_t count)
{
    shares each;
    measure_each(m, corners, count, &each);
    double twice_area = 0;
    double six_volumes = 0;
    double normals[3] = {0, 0, 0};
    for (size_t i = 0; i < count; i++) {
        twice_area += each.twice_area[i];
        six_volumes += each.six_volumes[i];
        normals[0] += each.normals[0][i];
        normals[1] += each.normals[1][i];
        normals[2] += each.normals[2][i];
    }
    for (int axis = 0; axis < 3; axis++) {
        m->normals[axis] += normals[axis];
    }
    m->twice_area += twice_area;
    m->six_volumes += six_volumes;
}

/* Tetrahedra around the middle of the bounds, which was not known before, instead of around the origin. */
static double six_volumes_around_middle(const measures *m)
{
    double moved = m->six_volumes;
    for (int axis = 0; axis < 3; axis++) {
        double middle = ((double)m->bounds.low[axis] + m->bounds.high[axis]) / 2;
        moved += (m->origin[axis] - middle) * m->normals[axis];
    }
    return moved;
}

static void begin_measures(measures *m, const float *corner)
{
    for (int axis = 0; axis < 3; axis++) {
        m->bounds.low[axis] = m->bounds.high[axis] = corner[axis];
        m->origin[axis] = corner[axis];
    }
}

/* Writes the hashes of the sides that are run along forwards, and adds up the balance of all; counts
   degenerate triangles, whose sides are no edges. Returns how many hashes there are. */
static size_t hash_sides(analysis *a, const uint64_t *vertices, size_t triangles, uint64_t *forwards)
{
    size_t found = 0;
    uint64_t balance = 0;
    uint64_t degenerate = 0;
    for (size_t i = 0; i < triangles; i++) {
        const uint64_t *corner = &vertices[i * 3];
        if (corner[0] == corner[1] || corner[1] == corner[2] || corner[2] == corner[0]) {
            degenerate++;
            continue;
        }
        for (int side = 0; side < 3; side++) {
            uint64_t from = corner[side];
            uint64_t to = corner[side == 2 ? 0 : side + 1];
            bool forward = from < to;
            /* All bits of those that run backwards: no branch to be foreseen wrongly. */
            uint64_t backward = (uint64_t)forward - 1;
            uint64_t swap = (from ^ to) & backward;
            uint64_t key = hash_edge(from ^ swap, to ^ swap);
            balance += (key ^ backward) - backward;
            /* Written over by the next if it does not count. */
            forwards[found] = key;
            found += forward;
        }
    }
    if (a->first) {
        a->balance += balance;
        a->facts->degenerate += degenerate;
    }
    return found;
}

static bool take(void *user, const float *corners, size_t count, vt_error *error)
{
    analysis *a = user;
    uint64_t vertices[CORNERS_MAX] = {0};
    uint64_t forwards[CORNERS_MAX + 1];
    for (size_t i = 0; i < count * 3; i++) {
        vertices[i] = hash_position(&corners[i * 3]);
    }
    if (a->first && a->facts->triangles == 0) {
        begin_measures(&a->measures, corners);
    }
    if (a->first) {
        a->facts->triangles += count;
        if (!vt_stream_blocks_add(a->blocks, corners, count)) {
            return out_of_memory(error);
        }
        measure(&a->measures, corners, count);
    }
    if (a->for_vertices) {
        vt_distinct_note(a->vertices, vertices, count * 3);
    }
    if (a->for_edges) {
        size_t sides = hash_sides(a, vertices, count, forwards);
        vt_repeats_note(a->edges, forwards, sides);
    }
    return true;
}

/* Says what the next round is for; neither if there is none. */
static bool plan_next_round(analysis *a, vt_error *error)
{
    a->first = false;
    /* An edge without its counterpart needs no search for others. */
    a->for_edges = a->for_edges && a->balance == 0;
    if ((a->for_vertices && !vt_distinct_next_round(a->vertices, &a->for_vertices)) ||
        (a->for_edges && !vt_repeats_next_round(a->edges, &a->for_edges))) {
        return out_of_memory(error);
    }
    return true;
}

static void conclude(analysis *a)
{
    vt_mesh_facts *facts = a->facts;
    for (uint64_t block = 0; block < a->blocks->count; block++) {
        vt_bounds_widen(&a->measures.bounds, a->blocks->bounds[block].low, 2);
    }
    memcpy(facts->bounds_min, a->measures.bounds.low, sizeof facts->bounds_min);
    memcpy(facts->bounds_max, a->measures.bounds.high, sizeof facts->bounds_max);
    facts->area = a->measures.twice_area / 2;
    facts->volume = six_volumes_around_middle(&a->measures) / 6;
    facts->vertices = vt_distinct_count(a->vertices);
    bool closed = a->balance == 0 && !vt_repeats_found(a->edges);
    facts->open_edges = !closed;
    facts->watertight = closed && facts->triangles > facts->degenerate;
}

bool vt_stream_analyse(const vt_triangle_stream *stream, uint64_t memory, vt_mesh_facts *facts,
                       vt_stream_blocks *blocks, vt_error *error)
{
    *facts = (vt_mesh_facts){.triangles = 0};
    analysis a = {.facts = facts, .blocks = blocks, .first = true, .for_vertices = true, .for_edges = true};
    a.vertices = vt_distinct_create(stream->expected * 3, memory * 3 / 8);
    /* Half of all sides are run along forwards. */
    a.edges = vt_repeats_create(stream->expected * 3 / 2, memory * 7 / 16);
    bool good = (a.vertices && a.edges) || out_of_memory(error);
    const vt_triangle_sink sink = {.take = take, .user = &a};
    while (good && (a.for_vertices || a.for_edges)) {
        good = stream->run(stream->source, &sink, error) && plan_next_round(&a, error);
    }
    if (good) {
        conclude(&a);
    }
    vt_distinct_free(a.vertices);
    vt_repeats_free(a.edges);
    return good;
}
