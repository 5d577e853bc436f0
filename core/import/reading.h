/*
 * Reading one file of the user's: opened with care, decoded in a helper, and the same afterwards as before.
 *
 * Blocks: on a thread of the executor.
 */
#ifndef VT_IMPORT_READING_H
#define VT_IMPORT_READING_H

#include "core/base/error.h"
#include "core/decode/helper_pool.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

typedef struct vt_reading {
    struct stat stat;        /* of the file that was decoded; all zero if it could not be opened */
    vt_decode_result result; /* vt_decode_result_clear, always; pixels on success, and perhaps those of the
                                upper part with VT_ERROR_TRUNCATED (core/decode/image.h) */
    uint64_t fingerprint;    /* of the content (fingerprint.h), with a thumbnail; 0: none was taken */
    bool judged;             /* the error is the decoder's verdict on the file: vt_decode_result.answered */
} vt_reading;

/* Decodes the file `path` (absolute, any length). A file that changes meanwhile is read once more, then it is
   VT_ERROR_CHANGED. `request->hint` is filled in. `cancel_fd` as of vt_helper_decode. Other errors: those of
   vt_source_open and vt_helper_decode; messages are reasons, they do not repeat the path. */
bool vt_reading_run(vt_helper_pool *helpers, vt_helper_class helper_class, const char *path, size_t length,
                    const vt_decode_request *request, int cancel_fd, vt_reading *reading, vt_error *error);

#endif
