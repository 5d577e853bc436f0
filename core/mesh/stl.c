#include "core/mesh/stl.h"

#include "core/mesh/stl_private.h"

#include <endian.h>
#include <errno.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* How much of the file's start is looked at to tell its form. */
#define PROBE_BYTES 1024

bool vt_stl_source_read(const vt_stl_source *source, uint64_t offset, void *to, size_t count, vt_error *error)
{
    if (source->bytes) {
        memcpy(to, source->bytes + offset, count);
        return true;
    }
    size_t done = 0;
    while (done < count) {
        ssize_t got = pread(source->fd, (char *)to + done, count - done, (off_t)(offset + done));
        if (got > 0) {
            done += (size_t)got;
        } else if (got == 0) {
            uint64_t reached = offset + done;
            return vt_error_set(error, VT_ERROR_CHANGED,
                                "The file became shorter while it was read (%llu of %llu bytes); try again",
                                (unsigned long long)reached, (unsigned long long)source->size);
        } else if (errno != EINTR) {
            return vt_error_set_errno(error, errno, "Reading the model failed");
        }
    }
    return true;
}

bool vt_stl_check_kept(const vt_stl_report *report, vt_error *error)
{
    if (report->triangles > 0) {
        return true;
    }
    if (report->dropped > 0) {
        return vt_error_set(error, VT_ERROR_CORRUPT,
                            "None of the %llu triangles has coordinates that are finite numbers",
                            (unsigned long long)report->dropped);
    }
    if (report->truncated) {
        return vt_error_set(error, VT_ERROR_TRUNCATED, "The STL file is cut off before its first triangle");
    }
    return vt_error_set(error, VT_ERROR_CORRUPT, "The STL file holds no triangle");
}

/* Letters, spaces and bytes of UTF-8: what a text file is made of, and binary triangles are not. */
static bool looks_like_text(const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bool space = bytes[i] >= '\t' && bytes[i] <= '\r';
        if ((bytes[i] < ' ' && !space) || bytes[i] == 0x7f) {
            return false;
        }
    }
    return true;
}

static bool starts_with_solid(const uint8_t *bytes, size_t count)
{
    static const char solid[] = "solid";
    static const char byte_order_mark[] = "\xef\xbb\xbf";
    size_t at = 0;
    if (count >= 3 && memcmp(bytes, byte_order_mark, 3) == 0) {
        at = 3;
    }
    while (at < count && (bytes[at] == ' ' || (bytes[at] >= '\t' && bytes[at] <= '\r'))) {
        at++;
    }
    return count - at >= sizeof solid - 1 &&
           strncasecmp((const char *)bytes + at, solid, sizeof solid - 1) == 0;
}

typedef enum stl_form { FORM_BINARY, FORM_TEXT, FORM_OTHER_TEXT } stl_form;

static bool tell_form(const vt_stl_source *source, stl_form *form, vt_error *error)
{
    uint8_t probe[PROBE_BYTES];
    size_t count = source->size < sizeof probe ? (size_t)source->size : sizeof probe;
    if (!vt_stl_source_read(source, 0, probe, count, error)) {
        return false;
    }
    bool size_fits = false;
    if (count >= VT_STL_HEADER_BYTES) {
        uint32_t declared;
        memcpy(&declared, probe + 80, sizeof declared);
        declared = le32toh(declared);
        size_fits = source->size == VT_STL_HEADER_BYTES + (uint64_t)declared * VT_STL_RECORD_BYTES;
    }
    if (size_fits || !looks_like_text(probe, count)) {
        *form = FORM_BINARY;
    } else {
        *form = starts_with_solid(probe, count) ? FORM_TEXT : FORM_OTHER_TEXT;
    }
    return true;
}

bool vt_stl_read_triangles(const vt_stl_source *source, const vt_mesh_limits *limits,
                           const vt_triangle_sink *sink, vt_stl_report *report, vt_error *error)
{
    *report = (vt_stl_report){.solids = 0};
    if (source->size == 0) {
        return vt_error_set(error, VT_ERROR_EMPTY, "The STL file is empty");
    }
    if (source->size > limits->file_bytes) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "The STL file is larger than the file size limit of %llu MiB",
                            (unsigned long long)(limits->file_bytes >> 20));
    }
    stl_form form;
    if (!tell_form(source, &form, error)) {
        return false;
    }
    switch (form) {
    case FORM_BINARY:
        return vt_stl_read_binary(source, limits, sink, report, error);
    case FORM_TEXT:
        return vt_stl_read_text(source, sink, report, error);
    case FORM_OTHER_TEXT:
        break;
    }
    return vt_error_set(error, VT_ERROR_UNSUPPORTED,
                        "Not an STL file: text that does not begin with \"solid\"");
}

uint64_t vt_stl_expected(const vt_stl_source *source)
{
    stl_form form;
    if (source->size < VT_STL_HEADER_BYTES || !tell_form(source, &form, NULL)) {
        return 0;
    }
    return form == FORM_BINARY ? (source->size - VT_STL_HEADER_BYTES) / VT_STL_RECORD_BYTES
                               : source->size / VT_STL_FACET_BYTES;
}

/* A mesh being built from a file. */
typedef struct building {
    const vt_mesh_limits *limits;
    vt_mesh_builder *builder; /* NULL until the number of triangles is known */
} building;

static bool begin_building(void *user, uint64_t expected, vt_error *error)
{
    building *b = user;
    b->builder = vt_mesh_builder_create(expected, b->limits, error);
    return b->builder != NULL;
}

static bool take_for_building(void *user, const float *corners, size_t count, vt_error *error)
{
    building *b = user;
    return vt_mesh_builder_add(b->builder, corners, count, error);
}

static vt_mesh *read_mesh(const vt_stl_source *source, const vt_mesh_limits *limits, vt_stl_report *report,
                          vt_error *error)
{
    vt_stl_report unwanted = {.solids = 0};
    report = report ? report : &unwanted;
    building b = {.limits = limits};
    const vt_triangle_sink sink = {.begin = begin_building, .take = take_for_building, .user = &b};
    bool good = vt_stl_read_triangles(source, limits, &sink, report, error);
    if (b.builder) {
        report->triangles = vt_mesh_builder_triangles(b.builder);
        report->dropped = vt_mesh_builder_dropped(b.builder);
    }
    if (good && vt_stl_check_kept(report, error)) {
        return vt_mesh_builder_finish(b.builder, error);
    }
    vt_mesh_builder_free(b.builder);
    return NULL;
}

vt_mesh *vt_stl_read_fd(int fd, uint64_t size, const vt_mesh_limits *limits, vt_stl_report *report,
                        vt_error *error)
{
    vt_stl_source source = {.bytes = NULL, .fd = fd, .size = size};
    return read_mesh(&source, limits, report, error);
}

vt_mesh *vt_stl_read_memory(const void *bytes, size_t size, const vt_mesh_limits *limits,
                            vt_stl_report *report, vt_error *error)
{
    vt_stl_source source = {.bytes = size > 0 ? bytes : (const void *)"", .fd = -1, .size = size};
    return read_mesh(&source, limits, report, error);
}
