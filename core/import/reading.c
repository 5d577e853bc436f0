#include "core/import/reading.h"

#include "core/decode/source.h"
#include "core/import/fingerprint.h"
#include "core/scan/folder.h"

#include <errno.h>
#include <string.h>

#define ATTEMPTS 2

static bool open_source(const char *path, size_t length, const vt_limits *limits, vt_source *source,
                        vt_error *error)
{
    vt_place place;
    if (!vt_place_open(path, length, &place)) {
        return vt_error_set_errno(error, errno, "cannot open its folder");
    }
    bool opened = vt_source_open(place.folder, place.name, limits, source, error);
    vt_place_close(&place);
    return opened;
}

static bool decode_once(vt_helper_pool *helpers, vt_helper_class helper_class, vt_source *source,
                        const vt_decode_request *request, int cancel_fd, vt_decode_result *result,
                        vt_error *error)
{
    vt_decode_request hinted = *request;
    hinted.hint = source->promised;
    vt_helper *helper = vt_helper_pool_acquire_unless(helpers, helper_class, cancel_fd, error);
    if (!helper) {
        return false;
    }
    bool decoded = vt_helper_decode(helper, source->fd, (uint64_t)source->stat.st_size, &hinted, cancel_fd,
                                    result, error);
    vt_helper_pool_release(helpers, helper);
    if (!decoded && error->code == VT_ERROR_CANCELLED) {
        return false;
    }
    vt_error changed = VT_ERROR_INIT;
    if (!vt_source_unchanged(source, &changed)) { /* whatever came of it, it is of no content that is there */
        *error = changed;
        result->answered = false;
        return false;
    }
    return decoded;
}

bool vt_reading_run(vt_helper_pool *helpers, vt_helper_class helper_class, const char *path, size_t length,
                    const vt_decode_request *request, int cancel_fd, vt_reading *reading, vt_error *error)
{
    const vt_limits limits = vt_helper_pool_limits(helpers);
    memset(reading, 0, sizeof *reading);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        vt_source source = {.fd = -1};
        vt_error_clear(error);
        if (!open_source(path, length, &limits, &source, error)) {
            return false;
        }
        reading->stat = source.stat;
        bool decoded =
            decode_once(helpers, helper_class, &source, request, cancel_fd, &reading->result, error);
        if (decoded && request->what == VT_WHAT_THUMBNAIL) {
            reading->fingerprint = vt_fingerprint_of(source.fd, source.stat.st_size);
        }
        vt_source_close(&source);
        reading->judged = reading->result.answered;
        if (decoded || error->code == VT_ERROR_TRUNCATED) {
            return decoded; /* the upper part of a picture may be there */
        }
        vt_decode_result_clear(&reading->result);
        if (error->code != VT_ERROR_CHANGED) {
            return false;
        }
    }
    return false;
}
