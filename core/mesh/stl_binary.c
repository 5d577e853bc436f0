#include "core/mesh/stl_private.h"

#include "core/decode/limits.h"

#include <endian.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_BYTES                                                                                          \
    (256 * 1024) /* so few that they are still in the second cache when they are handed over */
/* Whole batches, so that those of a file are the same wherever reading begins. */
#define BLOCK_RECORDS (BLOCK_BYTES / VT_STL_RECORD_BYTES / VT_TRIANGLE_BATCH * VT_TRIANGLE_BATCH)
#define PROBE_RECORDS 64

/* The nine coordinates of a record; its normal and attributes are left out. */
static inline void take_corners(const uint8_t *record, float corners[9])
{
    uint32_t words[9];
    memcpy(words, record + 12, sizeof words);
    for (int i = 0; i < 9; i++) {
        words[i] = le32toh(words[i]);
    }
    memcpy(corners, words, sizeof words);
}

/* Whether the coordinates could be somebody's model rather than other content taken for floats: bytes of
   anything else spread over all exponents. */
static bool is_plausible(const float corners[9])
{
    for (int i = 0; i < 9; i++) {
        float size = fabsf(corners[i]);
        if (size != 0 && !(size > 1e-25F && size < 1e25F)) {
            return false;
        }
    }
    return true;
}

/* For a file whose size contradicts its count: do at least half of the first records look like triangles? */
static bool probe_records(const vt_stl_source *source, uint64_t present, bool *plausible, vt_error *error)
{
    uint8_t records[PROBE_RECORDS * VT_STL_RECORD_BYTES];
    size_t count = present < PROBE_RECORDS ? (size_t)present : PROBE_RECORDS;
    if (!vt_stl_source_read(source, VT_STL_HEADER_BYTES, records, count * VT_STL_RECORD_BYTES, error)) {
        return false;
    }
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        float corners[9];
        take_corners(records + i * VT_STL_RECORD_BYTES, corners);
        good += is_plausible(corners);
    }
    *plausible = good * 2 >= count;
    return true;
}

/* How many records to read: the declared number if they are there, else what is there. */
static bool settle_count(const vt_stl_source *source, vt_stl_report *report, uint64_t *count, vt_error *error)
{
    uint32_t declared;
    if (source->size < VT_STL_HEADER_BYTES) {
        report->truncated = true;
        return vt_error_set(error, VT_ERROR_TRUNCATED,
                            "The STL file has %llu bytes and is cut off before its first triangle",
                            (unsigned long long)source->size);
    }
    if (!vt_stl_source_read(source, 80, &declared, sizeof declared, error)) {
        return false;
    }
    report->declared = le32toh(declared);
    uint64_t present = (source->size - VT_STL_HEADER_BYTES) / VT_STL_RECORD_BYTES;
    bool plausible = true;
    if (present != report->declared && present > 0 && !probe_records(source, present, &plausible, error)) {
        return false;
    }
    if (!plausible) {
        return vt_error_set(error, VT_ERROR_UNSUPPORTED,
                            "Not an STL file: its size contradicts its triangle count of %llu, and its "
                            "content looks like something else",
                            (unsigned long long)report->declared);
    }
    report->truncated = report->declared > present;
    /* Programs that write while they compute leave 0 behind if they are stopped. */
    *count = report->declared == 0 || report->truncated ? present : report->declared;
    return true;
}

static bool hand_over(const vt_triangle_sink *sink, const uint8_t *records, size_t count, vt_error *error)
{
    float corners[VT_TRIANGLE_BATCH * 9];
    while (count > 0) {
        size_t now = count < VT_TRIANGLE_BATCH ? count : VT_TRIANGLE_BATCH;
        for (size_t i = 0; i < now; i++) {
            take_corners(records + i * VT_STL_RECORD_BYTES, &corners[i * 9]);
        }
        if (!sink->take(sink->user, corners, now, error)) {
            return false;
        }
        records += now * VT_STL_RECORD_BYTES;
        count -= now;
    }
    return true;
}

bool vt_stl_read_records(const vt_stl_source *source, uint64_t first, uint64_t count,
                         const vt_triangle_sink *sink, vt_error *error)
{
    size_t block_records = count < BLOCK_RECORDS ? (size_t)count : BLOCK_RECORDS;
    if (block_records == 0) {
        return true;
    }
    uint8_t *block = malloc(block_records * VT_STL_RECORD_BYTES);
    if (!block) {
        return vt_error_set(error, VT_ERROR_MEMORY, "Out of memory for reading a model");
    }
    bool good = true;
    for (uint64_t done = 0; good && done < count;) {
        size_t now = count - done < block_records ? (size_t)(count - done) : block_records;
        good = vt_stl_source_read(source, VT_STL_HEADER_BYTES + (first + done) * VT_STL_RECORD_BYTES, block,
                                  now * VT_STL_RECORD_BYTES, error) &&
               hand_over(sink, block, now, error);
        done += now;
    }
    free(block);
    return good;
}

bool vt_stl_read_binary(const vt_stl_source *source, const vt_mesh_limits *limits,
                        const vt_triangle_sink *sink, vt_stl_report *report, vt_error *error)
{
    uint64_t count = 0;
    report->solids = 1;
    if (!settle_count(source, report, &count, error)) {
        return false;
    }
    if (count > limits->triangles) {
        return vt_error_set(
            error, VT_ERROR_LIMIT,
            "The model has %llu triangles, more than the limit of %llu" VT_LIMIT_RAISE(VT_LIMIT_TRIANGLES),
            (unsigned long long)count, (unsigned long long)limits->triangles);
    }
    return (!sink->begin || sink->begin(sink->user, count, error)) &&
           vt_stl_read_records(source, 0, count, sink, error);
}
