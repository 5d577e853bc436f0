/* What a decoder that has been taken over may answer: after the check, every number is in its range, every
   text ends and is UTF-8, and what the program would copy lies within the slot. */
#include "core/base/str.h"
#include "core/decode/protocol.h"
#include "tests/fuzz/fuzz.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_info(const vt_media_info *info)
{
    require(info->kind <= VT_KIND_SEQUENCE && info->format < VT_FORMAT_COUNT && info->orientation <= 8);
    require(info->has_alpha <= 1 && info->channels <= 4 && info->bit_depth <= 32 && info->ascii <= 1);
    require(info->watertight <= VT_WATERTIGHT_YES && isfinite(info->area) && isfinite(info->volume));
    for (int axis = 0; axis < 3; axis++) {
        require(isfinite(info->bounds_min[axis]) && isfinite(info->bounds_max[axis]));
    }
}

static void check_reply(const vt_wire_request *request, size_t slot_bytes, const vt_wire_reply *reply)
{
    vt_metadata metadata;
    require(reply->id == request->id && reply->status < VT_ERROR_COUNT && reply->sandbox <= VT_SANDBOX_FULL);
    require((reply->width == 0) == (reply->height == 0));
    require((uint64_t)reply->width * reply->height * 4 <= slot_bytes);
    require(reply->width == 0 || request->what == VT_WHAT_THUMBNAIL || request->what == VT_WHAT_VIEW);
    require(request->box_width == 0 || reply->width <= request->box_width);
    require(request->box_height == 0 || reply->height <= request->box_height);
    require((reply->bytes > 0) == (vt_what_is_sidecar(request->what) && reply->status == VT_ERROR_NONE));
    require(reply->bytes <= VT_PROTOCOL_SLOT_BYTES);
    require(memchr(reply->message, '\0', sizeof reply->message) != NULL);
    require(vt_metadata_unpack(&metadata, reply->metadata, reply->metadata_bytes));
    check_info(&reply->info);
    if (request->what == VT_WHAT_HELLO) {
        const vt_confinement told = vt_protocol_confinement(reply);
        require(told.level <= VT_SANDBOX_FULL && memchr(told.reason, '\0', sizeof told.reason) != NULL);
    }
}

/* The first byte chooses the request, the others are the reply, as far as they go. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const vt_wire_request requests[] = {
        {.id = 1, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_HELLO},
        {.id = 1, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_PROBE},
        {.id = 1,
         .version = VT_PROTOCOL_VERSION,
         .what = VT_WHAT_THUMBNAIL,
         .box_width = 256,
         .box_height = 256},
        {.id = 1, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_VIEW, .box_width = 2000, .box_height = 50},
        {.id = 1, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_SIDECAR}};
    if (size == 0) {
        return 0;
    }
    const vt_wire_request *request = &requests[bytes[0] % (sizeof requests / sizeof requests[0])];
    size_t slot_bytes = request->what == VT_WHAT_VIEW ? (size_t)2000 * 50 * 4 : VT_PROTOCOL_SLOT_BYTES;
    vt_wire_reply reply = {.id = 0};
    size_t count = size - 1 < sizeof reply ? size - 1 : sizeof reply;
    memcpy(&reply, bytes + 1, count);
    vt_error error = VT_ERROR_INIT;
    if (vt_protocol_check_reply(request, slot_bytes, &reply, &error)) {
        check_reply(request, slot_bytes, &reply);
    } else {
        require(error.code == VT_ERROR_CRASHED && error.message[0] != '\0');
    }
    return 0;
}
