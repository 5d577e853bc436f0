#include "core/mesh/analysis.h"

#include "core/mesh/analysis_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Edges are matched vertex by vertex: each triangle side is noted at the lower of its two vertices as the
 * upper vertex and a bit for the direction, by counting sort. A vertex has about three such notes, so pairs
 * are found at once. A mesh with more sides than fit the buffer is gone through in ranges of vertices.
 */
#define SIDES_MAX    (UINT64_C(32) << 20)
#define BACKWARDS    UINT32_C(0x80000000)
#define SHORT_BUCKET 24 /* up to here, insertion sort */

typedef struct edges {
    const uint32_t *triangles;
    uint64_t triangle_count;
    uint64_t vertex_count;
    uint32_t *starts; /* [vertex_count + 1]: first counts, then where a vertex's sides begin and later end */
    uint32_t *sides;  /* of the vertices in the range at hand */
} edges;

static bool is_degenerate(const uint32_t corners[3])
{
    return corners[0] == corners[1] || corners[1] == corners[2] || corners[2] == corners[0];
}

static void measure(const vt_mesh *mesh, vt_mesh_facts *facts)
{
    const float *positions = vt_mesh_positions(mesh);
    const uint32_t *triangles = vt_mesh_triangles(mesh);
    double middle[3];
    for (int axis = 0; axis < 3; axis++) {
        middle[axis] = ((double)facts->bounds_min[axis] + facts->bounds_max[axis]) / 2;
    }
    double twice_area = 0;
    double six_volumes = 0;
    for (uint64_t i = 0; i < facts->triangles; i++) {
        const float *a = &positions[(uint64_t)triangles[i * 3] * 3];
        const float *b = &positions[(uint64_t)triangles[i * 3 + 1] * 3];
        const float *c = &positions[(uint64_t)triangles[i * 3 + 2] * 3];
        double ax = a[0] - middle[0];
        double ay = a[1] - middle[1];
        double az = a[2] - middle[2];
        double ux = (double)b[0] - a[0];
        double uy = (double)b[1] - a[1];
        double uz = (double)b[2] - a[2];
        double vx = (double)c[0] - a[0];
        double vy = (double)c[1] - a[1];
        double vz = (double)c[2] - a[2];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        twice_area += sqrt(nx * nx + ny * ny + nz * nz);
        six_volumes += ax * nx + ay * ny + az * nz;
    }
    facts->area = twice_area / 2;
    facts->volume = six_volumes / 6;
}

/* Counts the sides noted at each vertex, into starts[vertex]; returns how many triangles are degenerate. */
static uint64_t count_sides(edges *edges)
{
    uint64_t degenerate = 0;
    for (uint64_t i = 0; i < edges->triangle_count; i++) {
        const uint32_t *corners = &edges->triangles[i * 3];
        if (is_degenerate(corners)) {
            degenerate++;
            continue;
        }
        for (int side = 0; side < 3; side++) {
            uint32_t from = corners[side];
            uint32_t to = corners[side == 2 ? 0 : side + 1];
            edges->starts[from < to ? from : to]++;
        }
    }
    return degenerate;
}

/* Sorts a vertex's sides by their upper vertex. */
static int compare_sides(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left & ~BACKWARDS;
    uint32_t b = *(const uint32_t *)right & ~BACKWARDS;
    return (a > b) - (a < b);
}

static void sort_sides(uint32_t *sides, size_t count)
{
    if (count > SHORT_BUCKET) {
        qsort(sides, count, sizeof *sides, compare_sides);
        return;
    }
    for (size_t i = 1; i < count; i++) {
        uint32_t side = sides[i];
        size_t at = i;
        for (; at > 0 && (sides[at - 1] & ~BACKWARDS) > (side & ~BACKWARDS); at--) {
            sides[at] = sides[at - 1];
        }
        sides[at] = side;
    }
}

/* Edges among one vertex's sides that do not belong to exactly two triangles in opposite directions. */
static uint64_t count_open(uint32_t *sides, size_t count)
{
    sort_sides(sides, count);
    uint64_t open = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && ((sides[end] ^ sides[i]) & ~BACKWARDS) == 0) {
            end++;
        }
        open += !(end - i == 2 && sides[i] != sides[i + 1]);
        i = end;
    }
    return open;
}

/* Turns the counts of the vertices from `first` on into places in the buffer, as many vertices as fit;
   returns the vertex behind the last. */
static uint64_t plan_range(edges *edges, uint64_t first, uint64_t capacity)
{
    uint64_t used = 0;
    uint64_t vertex = first;
    for (; vertex < edges->vertex_count; vertex++) {
        uint32_t count = edges->starts[vertex];
        if (used + count > capacity) {
            break;
        }
        edges->starts[vertex] = (uint32_t)used;
        used += count;
    }
    return vertex;
}

/* Afterwards starts[vertex] is where the vertex's sides end. */
static void fill_range(edges *edges, uint64_t first, uint64_t behind)
{
    for (uint64_t i = 0; i < edges->triangle_count; i++) {
        const uint32_t *corners = &edges->triangles[i * 3];
        if (is_degenerate(corners)) {
            continue;
        }
        for (int side = 0; side < 3; side++) {
            uint32_t from = corners[side];
            uint32_t to = corners[side == 2 ? 0 : side + 1];
            uint32_t lower = from < to ? from : to;
            uint32_t upper = from < to ? to | BACKWARDS : from;
            if (lower >= first && lower < behind) {
                edges->sides[edges->starts[lower]++] = upper;
            }
        }
    }
}

/* Sides the buffer must hold: all of them, or a part, but never less than the busiest vertex has. */
static uint64_t choose_capacity(const edges *edges, uint64_t sides_max)
{
    uint64_t total = 0;
    uint64_t busiest = 0;
    for (uint64_t vertex = 0; vertex < edges->vertex_count; vertex++) {
        total += edges->starts[vertex];
        busiest = edges->starts[vertex] > busiest ? edges->starts[vertex] : busiest;
    }
    uint64_t capacity = total < sides_max ? total : sides_max;
    return capacity > busiest ? capacity : busiest;
}

static uint64_t count_open_edges(edges *edges, uint64_t capacity)
{
    uint64_t open = 0;
    for (uint64_t first = 0; first < edges->vertex_count;) {
        uint64_t behind = plan_range(edges, first, capacity);
        fill_range(edges, first, behind);
        uint32_t start = 0;
        for (uint64_t vertex = first; vertex < behind; vertex++) {
            uint32_t end = edges->starts[vertex];
            open += count_open(edges->sides + start, end - start);
            start = end;
        }
        first = behind;
    }
    return open;
}

static bool check_edges(edges *edges, uint64_t sides_max, vt_mesh_facts *facts, vt_error *error)
{
    bool good = false;
    edges->starts = calloc(edges->vertex_count + 1, sizeof *edges->starts);
    if (edges->starts) {
        facts->degenerate = count_sides(edges);
        uint64_t capacity = choose_capacity(edges, sides_max);
        edges->sides = malloc((capacity + 1) * sizeof *edges->sides);
        if (edges->sides) {
            facts->open_edges = count_open_edges(edges, capacity);
            facts->watertight = facts->open_edges == 0 && facts->triangles > facts->degenerate;
            good = true;
        }
    }
    free(edges->starts);
    free(edges->sides);
    return good ||
           vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for the edges of a model of %llu triangles",
                        (unsigned long long)facts->triangles);
}

bool vt_mesh_analyse_within(const vt_mesh *mesh, uint64_t sides_max, vt_mesh_facts *facts, vt_error *error)
{
    *facts = (vt_mesh_facts){
        .triangles = vt_mesh_triangle_count(mesh),
        .vertices = vt_mesh_vertex_count(mesh),
    };
    vt_mesh_bounds(mesh, facts->bounds_min, facts->bounds_max);
    measure(mesh, facts);
    edges edges = {
        .triangles = vt_mesh_triangles(mesh),
        .triangle_count = facts->triangles,
        .vertex_count = facts->vertices,
    };
    return check_edges(&edges, sides_max, facts, error);
}

bool vt_mesh_analyse(const vt_mesh *mesh, vt_mesh_facts *facts, vt_error *error)
{
    return vt_mesh_analyse_within(mesh, SIDES_MAX, facts, error);
}
