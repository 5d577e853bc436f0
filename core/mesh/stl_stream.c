#include "core/mesh/stl_stream.h"

#include "core/decode/limits.h"
#include "core/mesh/stl_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct vt_stl_stream {
    vt_stl_source source;
    vt_mesh_limits limits;
    vt_stl_report report;
    vt_triangle_stream triangles;
};

/* One run: what the reader gives, cleaned, to the sink. */
typedef struct run {
    vt_stl_stream *stream;
    const vt_triangle_sink *sink;
} run;

uint64_t vt_stl_stream_expected(int fd, uint64_t size)
{
    const vt_stl_source source = {.bytes = NULL, .fd = fd, .size = size};
    return vt_stl_expected(&source);
}

static bool begin(void *user, uint64_t expected, vt_error *error)
{
    const run *run = user;
    return !run->sink->begin || run->sink->begin(run->sink->user, expected, error);
}

static inline uint32_t bits_of(float number)
{
    uint32_t bits;
    memcpy(&bits, &number, sizeof bits);
    return bits;
}

/* Whether a number is one that a stream may hold: finite (not all bits of the exponent set), and not -0. */
static inline bool is_clean(uint32_t bits)
{
    return (bits & 0x7f800000U) != 0x7f800000U && bits != 0x80000000U;
}

/* Without a branch for each: the compiler then looks at several at once. */
static bool are_clean(const float *numbers, size_t count)
{
    uint32_t unclean = 0;
    for (size_t i = 0; i < count; i++) {
        unclean |= !is_clean(bits_of(numbers[i]));
    }
    return !unclean;
}

/* Copies the finite triangles of `corners`, with 0 for -0; returns how many that are. */
static size_t clean(const float *corners, size_t count, float *to)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++, corners += 9) {
        bool finite = true;
        for (int k = 0; k < 9; k++) {
            to[kept * 9 + (size_t)k] = corners[k] + 0.0F;
            finite = finite && isfinite(corners[k]);
        }
        kept += finite;
    }
    return kept;
}

static bool take(void *user, const float *corners, size_t count, vt_error *error)
{
    const run *run = user;
    vt_stl_report *report = &run->stream->report;
    float cleaned[VT_TRIANGLE_BATCH * 9];
    size_t kept = count;
    if (!are_clean(corners, count * 9)) {
        kept = clean(corners, count, cleaned);
        corners = cleaned;
    }
    report->dropped += count - kept;
    report->triangles += kept;
    if (report->triangles > run->stream->limits.triangles) {
        return vt_error_set(
            error, VT_ERROR_LIMIT,
            "The model has more triangles than the limit of %llu" VT_LIMIT_RAISE(VT_LIMIT_TRIANGLES),
            (unsigned long long)run->stream->limits.triangles);
    }
    return kept == 0 || run->sink->take(run->sink->user, corners, kept, error);
}

static vt_triangle_sink cleaning_sink(run *run)
{
    return (vt_triangle_sink){.begin = begin, .take = take, .user = run};
}

static bool run_part(void *source, uint64_t first, uint64_t count, const vt_triangle_sink *sink,
                     vt_error *error)
{
    vt_stl_stream *stream = source;
    run run = {.stream = stream, .sink = sink};
    const vt_triangle_sink cleaning = cleaning_sink(&run);
    const vt_stl_report whole = stream->report;
    stream->report.triangles = 0;
    stream->report.dropped = 0;
    bool good = vt_stl_read_records(&stream->source, first, count, &cleaning, error);
    bool changed = stream->report.dropped > 0;
    stream->report = whole;
    if (good && changed) {
        return vt_error_set(error, VT_ERROR_CHANGED, "The model changed while it was read; try again");
    }
    return good;
}

static bool run_through(void *source, const vt_triangle_sink *sink, vt_error *error)
{
    vt_stl_stream *stream = source;
    run run = {.stream = stream, .sink = sink};
    const vt_triangle_sink cleaning = cleaning_sink(&run);
    bool good = vt_stl_read_triangles(&stream->source, &stream->limits, &cleaning, &stream->report, error) &&
                vt_stl_check_kept(&stream->report, error);
    /* Where none is left out, the number of a triangle tells its place in a binary file. */
    bool parts = good && !stream->report.ascii && stream->report.dropped == 0;
    stream->triangles.run_part = parts ? run_part : NULL;
    return good;
}

static vt_stl_stream *create(vt_stl_source source, const vt_mesh_limits *limits, vt_error *error)
{
    vt_stl_stream *stream = calloc(1, sizeof *stream);
    if (!stream) {
        vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for reading a model");
        return NULL;
    }
    stream->source = source;
    stream->limits = *limits;
    if (stream->limits.triangles > VT_MESH_TRIANGLES_MAX) {
        stream->limits.triangles = VT_MESH_TRIANGLES_MAX;
    }
    stream->triangles = (vt_triangle_stream){
        .run = run_through,
        .source = stream,
        .expected = vt_stl_expected(&stream->source),
    };
    return stream;
}

vt_stl_stream *vt_stl_stream_create(int fd, uint64_t size, const vt_mesh_limits *limits, vt_error *error)
{
    return create((vt_stl_source){.bytes = NULL, .fd = fd, .size = size}, limits, error);
}

vt_stl_stream *vt_stl_stream_create_memory(const void *bytes, size_t size, const vt_mesh_limits *limits,
                                           vt_error *error)
{
    const void *given = size > 0 ? bytes : "";
    return create((vt_stl_source){.bytes = given, .fd = -1, .size = size}, limits, error);
}

void vt_stl_stream_free(vt_stl_stream *stream)
{
    free(stream);
}

void vt_stl_stream_set_file(vt_stl_stream *stream, int fd)
{
    stream->source.fd = fd;
}

const vt_triangle_stream *vt_stl_stream_triangles(const vt_stl_stream *stream)
{
    return &stream->triangles;
}

const vt_stl_report *vt_stl_stream_report(const vt_stl_stream *stream)
{
    return &stream->report;
}
