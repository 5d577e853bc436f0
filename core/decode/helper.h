/*
 * Helper: one decoder process seen from the program's side. A picture that kills or stalls its decoder
 * costs that picture and nothing else.
 *
 * vt_helper_decode blocks its thread until the reply, the deadline, the cancellation or the helper's death.
 * After a death the picture is tried once more in a fresh helper; the second death is VT_ERROR_CRASHED. Where
 * that happens to one file of a format after the other, the format is out of use for a time (format_guard.h).
 * A helper is replaced after VT_HELPER_RECYCLE_IMAGES pictures or when it holds more than
 * VT_HELPER_RECYCLE_KIB, but not for views: the frames of a model that is turned share its loading.
 *
 * Side-cars go the same way. One that is changed or made gets a process that has had no other file: whatever
 * another file may have made of its process, it does not get into what is written. After a change the process
 * ends.
 *
 * Threads: a helper belongs to the thread that acquired it from the pool (helper_pool.h).
 */
#ifndef VT_DECODE_HELPER_H
#define VT_DECODE_HELPER_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/decode/image.h"
#include "core/decode/media.h"
#include "core/decode/protocol.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#define VT_HELPER_RECYCLE_IMAGES 1000
#define VT_HELPER_RECYCLE_KIB    (256u << 10)

typedef struct vt_helper vt_helper;

typedef struct vt_decode_request {
    vt_what what;       /* VT_WHAT_PROBE, VT_WHAT_THUMBNAIL or VT_WHAT_VIEW */
    vt_format hint;     /* vt_source.promised, or VT_FORMAT_UNKNOWN */
    uint32_t box_width; /* thumbnail: 1 to VT_PROTOCOL_THUMB_SIDE; view: box_width * box_height * 4 at most */
    uint32_t box_height; /* VT_PROTOCOL_VIEW_BYTES (8192 x 8192) */
    /* Views of models only, 0 otherwise; see vt_wire_request. */
    float yaw; /* radians from the default view: dragging to the right and down is positive */
    float pitch;
    float zoom;  /* 1 or 0: fits */
    float pan_x; /* share of the box */
    float pan_y;
    uint32_t flags;   /* VT_DECODE_..., see protocol.h */
    vt_region region; /* of a picture in a view; the box is for it then */
} vt_decode_request;

typedef struct vt_decode_result {
    vt_media_info info;
    vt_pixels pixels;       /* data owned by the result, NULL if none; vt_decode_result_clear */
    vt_metadata *metadata;  /* owned by the result like the pixels; NULL if nothing is known, and for views */
    vt_thumb_origin origin; /* with VT_DECODE_ORIGIN: claims of the file */
    bool answered;          /* an error is the helper's verdict on the file, not a fault on the way to it */
} vt_decode_result;

/* Decodes the file behind `fd` (regular, `size` bytes: see vt_source_open; not moved, not closed). The result
   is overwritten without being freed. `cancel_fd` (or -1) becomes readable when the caller loses interest:
   VT_ERROR_CANCELLED, the helper is killed and replaced. Errors: those of the decoders (format.h, image.h),
   VT_ERROR_CRASHED, VT_ERROR_TIMEOUT, VT_ERROR_MEMORY, VT_ERROR_INTERNAL (no helper can be started),
   VT_ERROR_BUSY (the machine gave the helper no time, or the format that the name promises is out of use).
   Messages are reasons fit to stand beside the path, they do not repeat it.
   With VT_ERROR_TRUNCATED the result may hold the upper part of the picture (image.h): clear it always. */
bool vt_helper_decode(vt_helper *helper, int fd, uint64_t size, const vt_decode_request *request,
                      int cancel_fd, vt_decode_result *result, vt_error *error);

/* Has a side-car of `count` bytes read or changed (`what`: VT_WHAT_SIDECAR, _EDIT or _MAKE, which tells
   what the bytes are; of the side-car itself those from `text_begin` on), and appends the answer to `answer`,
   as it came: to be checked by core/sidecar. `cancel_fd` as above. False and `error`: with `*answered` the
   verdict on the side-car, whose message begins with a verb; else as above, or VT_ERROR_USAGE for more than
   VT_PROTOCOL_TEXT_BYTES. For use by core/sidecar. */
bool vt_helper_sidecar(vt_helper *helper, vt_what what, const void *bytes, size_t count, size_t text_begin,
                       int cancel_fd, vt_str *answer, bool *answered, vt_error *error);

void vt_decode_result_clear(vt_decode_result *result);

/* How the present process of the helper is confined. */
vt_sandbox_level vt_helper_sandbox(const vt_helper *helper);

/* "none", "limits", "filter", "full": stable, for JSON. */
const char *vt_sandbox_level_name(vt_sandbox_level level);

/* The process behind the helper now; 0 if none runs. For tests and memory figures. */
pid_t vt_helper_pid(const vt_helper *helper);

#endif
