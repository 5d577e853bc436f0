/* Shared thumbnails of any bytes: what they are said to say must be what the checks allow, and the same each
 * time. */
#include "core/decode/thumb_origin.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    vt_input input = vt_input_from_memory(bytes, size);
    vt_thumb_origin origin;
    vt_thumb_origin again;
    vt_thumb_origin_read(&input, &origin);
    vt_thumb_origin_read(&input, &again);
    bool same = memcmp(&origin, &again, sizeof origin) == 0;
    bool in_range = origin.is_told <= 1 && origin.size >= -1 && origin.size < INT64_C(1000000000000000000);
    if (!same || !in_range || (origin.is_told && origin.mtime_s < 0)) {
        abort();
    }
    return 0;
}
