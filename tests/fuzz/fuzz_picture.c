/* PNG and JPEG files, which have readers of ours in front of the libraries': small PNGs are unpacked at once
   (png_packed.h), and a JPEG's embedded preview may stand for it (preview.h). Whatever the bytes are, there
   is a picture that fits the box, or a reason. */
#include "core/decode/format.h"
#include "core/decode/image.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { BOX = 24 };

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static uint8_t pixels[BOX * BOX * 4];
    vt_error error = VT_ERROR_INIT;
    size_t head = size < VT_FORMAT_SNIFF_BYTES ? size : VT_FORMAT_SNIFF_BYTES;
    vt_format format = vt_format_sniff(bytes, head, size, VT_FORMAT_UNKNOWN, &error);
    if (format != VT_FORMAT_PNG && format != VT_FORMAT_JPEG) {
        require(format != VT_FORMAT_UNKNOWN || error.message[0] != '\0');
        return 0;
    }
    vt_metadata metadata = {0};
    vt_image_request request = {
        .box_width = BOX, .box_height = BOX, .limits = vt_limits_default, .metadata = &metadata};
    request.limits.max_pixels = request.limits.max_pixels_scaled = 1 << 20; /* headers may lie, not last */
    request.limits.max_scans = 16;
    vt_input input = vt_input_from_memory(bytes, size);
    vt_pixels target = {.data = pixels, .capacity = sizeof pixels};
    vt_media_info info = {0};
    if (vt_image_decode(format, &input, &request, &info, &target, &error)) {
        require(target.width >= 1 && target.height >= 1);
        require(info.width >= 1 && info.height >= 1);
    } else {
        require(error.code != VT_ERROR_NONE && error.message[0] != '\0');
    }
    require(target.width <= BOX && target.height <= BOX);
    return 0;
}
