#include "models.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979

typedef struct point {
    double x, y, z;
} point;

/* A growing list of triangles; corners anticlockwise seen from outside. */
typedef struct mesh {
    point (*corners)[3];
    size_t count, room;
} mesh;

static void triangle(mesh *m, point a, point b, point c)
{
    if (m->count == m->room) {
        m->room = m->room ? m->room * 2 : 1024;
        m->corners = realloc(m->corners, m->room * sizeof *m->corners);
        if (!m->corners) {
            perror("make-samples");
            exit(1);
        }
    }
    m->corners[m->count][0] = a;
    m->corners[m->count][1] = b;
    m->corners[m->count][2] = c;
    m->count++;
}

static void quad(mesh *m, point a, point b, point c, point d)
{
    triangle(m, a, b, c);
    triangle(m, a, c, d);
}

static point normal(const point corners[3])
{
    point a = corners[0], b = corners[1], c = corners[2];
    point u = {b.x - a.x, b.y - a.y, b.z - a.z}, v = {c.x - a.x, c.y - a.y, c.z - a.z};
    point n = {u.y * v.z - u.z * v.y, u.z * v.x - u.x * v.z, u.x * v.y - u.y * v.x};
    double length = sqrt(n.x * n.x + n.y * n.y + n.z * n.z);
    return length > 0 ? (point){n.x / length, n.y / length, n.z / length} : (point){0, 0, 0};
}

/* A surface over a grid of `columns` x `rows` cells; `at` gives the point of column i, row j. */
typedef point (*surface)(int i, int j, const void *shape);

static void grid(mesh *m, surface at, const void *shape, int columns, int rows)
{
    for (int j = 0; j < rows; j++) {
        for (int i = 0; i < columns; i++) {
            quad(m, at(i, j, shape), at(i + 1, j, shape), at(i + 1, j + 1, shape), at(i, j + 1, shape));
        }
    }
}

/* A profile of (radius, height) pairs turned round the vertical axis; `twist` radians over its length and
   `lobes` of relative depth `wave` make it more than a pot. */
typedef struct lathe {
    const double (*profile)[2];
    int points, segments, lobes;
    double wave, twist;
} lathe;

static point lathe_at(int i, int j, const void *shape)
{
    const lathe *l = shape;
    double angle = 2 * PI * (i % l->segments) / l->segments;
    double along = (double)j / (l->points - 1);
    double r = l->profile[j][0] * (1 + l->wave * cos(l->lobes * (angle + l->twist * along)));
    return (point){r * cos(angle), r * sin(angle), l->profile[j][1]};
}

/* Closed at both ends where the profile begins and ends on the axis: those quads are triangles. */
static void turn(mesh *m, const lathe *l)
{
    for (int j = 0; j + 1 < l->points; j++) {
        for (int i = 0; i < l->segments; i++) {
            point a = lathe_at(i, j, l), b = lathe_at(i + 1, j, l), c = lathe_at(i + 1, j + 1, l),
                  d = lathe_at(i, j + 1, l);
            if (l->profile[j][0] == 0) {
                triangle(m, a, c, d);
            } else if (l->profile[j + 1][0] == 0) {
                triangle(m, a, b, d);
            } else {
                quad(m, a, b, c, d);
            }
        }
    }
}

static void make_vase(mesh *m)
{
    enum { RINGS = 30 };
    double profile[2 * RINGS + 2][2] = {{0, 0}};
    int n = 1;
    for (int k = 0; k < RINGS; k++, n++) { /* up the outside */
        double t = (double)k / (RINGS - 1);
        profile[n][0] = 22 + 13 * sin(2.6 * t + 0.3) - 9 * t * t + 8 * pow(t, 8);
        profile[n][1] = 90 * t;
    }
    for (int k = RINGS - 1; k >= 0; k--, n++) { /* down the inside, 2 thick */
        profile[n][0] = profile[k + 1][0] - 2;
        profile[n][1] = fmax(profile[k + 1][1], 3);
    }
    profile[n][0] = 0;
    profile[n++][1] = 3;
    turn(m, &(lathe){(const double(*)[2])profile, n, 45, 9, 0.055, 0.9});
}

static void make_rook(mesh *m)
{
    static const double profile[][2] = {
        {0, 0},    {14, 0},    {14.5, 1},  {14.5, 4}, {13, 6},   {11.5, 7}, {11.5, 8.5},
        {10, 10},  {8.5, 14},  {7.6, 20},  {7.2, 27}, {7.4, 31}, {9.6, 33}, {9.6, 34.5},
        {8.6, 36}, {10.2, 38}, {10.6, 44}, {8, 44},   {8, 40},   {0, 39},
    };
    turn(m, &(lathe){profile, sizeof profile / sizeof *profile, 28, 0, 0, 0});
}

/* An open surface: a bowl of one layer. It has an edge, so it is not watertight. */
static void make_open_bowl(mesh *m)
{
    enum { RINGS = 14 };
    double profile[RINGS][2];
    for (int k = 0; k < RINGS; k++) {
        double angle = PI / 2 * k / (RINGS - 1);
        profile[k][0] = 40 * sin(angle);
        profile[k][1] = 28 * (1 - cos(angle));
    }
    turn(m, &(lathe){(const double(*)[2])profile, RINGS, 48, 8, 0.04, 0.5});
}

/* A spur gear with trapezoid teeth and a bore. */
static void make_gear(mesh *m)
{
    enum { TEETH = 20, STEPS = TEETH * 4 };
    static const double radius[4] = {30, 30, 36, 36}, offset[4] = {-0.30, 0.30, 0.38, 0.62};
    const double bore = 9, hub = 15, half = 5, raised = 8;
    for (int k = 0; k < STEPS; k++) {
        double r[2], a[2];
        for (int e = 0; e < 2; e++) {
            int step = k + e;
            r[e] = radius[step % 4];
            a[e] = 2 * PI * (step / 4 + offset[step % 4]) / TEETH;
        }
        double c0 = cos(a[0]), s0 = sin(a[0]), c1 = cos(a[1]), s1 = sin(a[1]);
        for (int side = 0; side < 2; side++) { /* top, then bottom mirrored */
            double z = side ? -half : half, zh = side ? -raised : raised;
            double ring[][2] = {{bore, zh}, {hub, zh}, {hub, z}, {26, z}};
            for (int e = 0; e < 3; e++) {
                point p = {ring[e][0] * c0, ring[e][0] * s0, ring[e][1]},
                      q = {ring[e + 1][0] * c0, ring[e + 1][0] * s0, ring[e + 1][1]};
                point s = {ring[e + 1][0] * c1, ring[e + 1][0] * s1, ring[e + 1][1]},
                      t = {ring[e][0] * c1, ring[e][0] * s1, ring[e][1]};
                side ? quad(m, t, s, q, p) : quad(m, p, q, s, t);
            }
            point p = {26 * c0, 26 * s0, z}, q = {r[0] * c0, r[0] * s0, z}, s = {r[1] * c1, r[1] * s1, z},
                  t = {26 * c1, 26 * s1, z};
            side ? quad(m, t, s, q, p) : quad(m, p, q, s, t);
        }
        quad(m, (point){r[0] * c0, r[0] * s0, -half}, (point){r[1] * c1, r[1] * s1, -half},
             (point){r[1] * c1, r[1] * s1, half}, (point){r[0] * c0, r[0] * s0, half});
        quad(m, (point){bore * c0, bore * s0, raised}, (point){bore * c1, bore * s1, raised},
             (point){bore * c1, bore * s1, -raised}, (point){bore * c0, bore * s0, -raised});
    }
}

typedef struct knot {
    int p, q, along, around;
    double thickness;
} knot;

static point knot_centre(const knot *k, double t)
{
    double r = 24 + 10 * cos(k->q * t);
    return (point){r * cos(k->p * t), r * sin(k->p * t), -10 * sin(k->q * t)};
}

static point knot_at(int i, int j, const void *shape)
{
    const knot *k = shape;
    double t = 2 * PI * (j % k->along) / k->along, angle = 2 * PI * (i % k->around) / k->around;
    point c = knot_centre(k, t), ahead = knot_centre(k, t + 1e-4);
    double tx = ahead.x - c.x, ty = ahead.y - c.y, tz = ahead.z - c.z;
    /* A frame around the tangent: away from the axis of the torus, and across. */
    double ox = c.x + ahead.x, oy = c.y + ahead.y, oz = c.z + ahead.z;
    double bx = ty * oz - tz * oy, by = tz * ox - tx * oz, bz = tx * oy - ty * ox;
    double nx = by * tz - bz * ty, ny = bz * tx - bx * tz, nz = bx * ty - by * tx;
    double lb = sqrt(bx * bx + by * by + bz * bz), ln = sqrt(nx * nx + ny * ny + nz * nz);
    double u = k->thickness * cos(angle) / ln, v = k->thickness * sin(angle) / lb;
    return (point){c.x + nx * u + bx * v, c.y + ny * u + by * v, c.z + nz * u + bz * v};
}

static void make_torus_knot(mesh *m)
{
    grid(m, knot_at, &(knot){2, 3, 150, 14, 6.0}, 14, 150);
}

/* A tower of turning hexagons, each floor a little smaller. */
static void make_tower(mesh *m)
{
    enum { FLOORS = 26 };
    double profile[2 * FLOORS + 2][2] = {{0, 0}};
    int n = 1;
    for (int k = 0; k < FLOORS; k++) {
        double r = 20 - 13 * pow((double)k / FLOORS, 1.4);
        profile[n][0] = r;
        profile[n++][1] = 4 * k;
        profile[n][0] = r * 0.94;
        profile[n++][1] = 4 * k + 3.4;
    }
    profile[n][0] = 0;
    profile[n++][1] = 4 * FLOORS;
    turn(m, &(lathe){(const double(*)[2])profile, n, 36, 3, 0.13, 2.4});
}

static bool write_binary(const char *path, const mesh *m)
{
    FILE *file = fopen(path, "wb");
    if (!file) {
        return false;
    }
    char header[80] = "binary STL of the Vitrine sample library";
    uint32_t count = (uint32_t)m->count; /* the format is little-endian, as are the machines we build on */
    fwrite(header, 1, sizeof header, file);
    fwrite(&count, sizeof count, 1, file);
    for (size_t i = 0; i < m->count; i++) {
        point n = normal(m->corners[i]);
        float values[12] = {(float)n.x, (float)n.y, (float)n.z};
        for (int k = 0; k < 3; k++) {
            values[3 + k * 3] = (float)m->corners[i][k].x;
            values[4 + k * 3] = (float)m->corners[i][k].y;
            values[5 + k * 3] = (float)m->corners[i][k].z;
        }
        fwrite(values, sizeof *values, 12, file);
        fwrite("\0", 1, 2, file);
    }
    bool good = !ferror(file);
    return fclose(file) == 0 && good;
}

static bool write_ascii(const char *path, const mesh *m)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        return false;
    }
    fprintf(file, "solid sample\n");
    for (size_t i = 0; i < m->count; i++) {
        point n = normal(m->corners[i]);
        fprintf(file, "facet normal %.4g %.4g %.4g\n outer loop\n", n.x, n.y, n.z);
        for (int k = 0; k < 3; k++) {
            fprintf(file, "  vertex %.6g %.6g %.6g\n", m->corners[i][k].x, m->corners[i][k].y,
                    m->corners[i][k].z);
        }
        fprintf(file, " endloop\nendfacet\n");
    }
    fprintf(file, "endsolid sample\n");
    bool good = !ferror(file);
    return fclose(file) == 0 && good;
}

bool write_models(const char *folder)
{
    static const struct {
        const char *name;
        void (*make)(mesh *m);
        bool (*write)(const char *path, const mesh *m);
    } models[] = {
        {"gear.stl", make_gear, write_binary},
        {"torus knot.stl", make_torus_knot, write_binary},
        {"vase.stl", make_vase, write_binary},
        {"tower.stl", make_tower, write_binary},
        {"rook (text).stl", make_rook, write_ascii},
        {"open bowl (not watertight).stl", make_open_bowl, write_binary},
    };
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        char path[4096];
        mesh m = {0};
        snprintf(path, sizeof path, "%s/%s", folder, models[i].name);
        models[i].make(&m);
        bool good = models[i].write(path, &m);
        free(m.corners);
        if (!good) {
            perror(path);
            return false;
        }
    }
    return true;
}
