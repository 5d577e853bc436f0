/* EXIF blocks of any bytes: what comes out must survive packing and unpacking as it is. */
#include "core/decode/exif.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_metadata.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    vt_metadata metadata = {0};
    size_t preview_bytes = 0;
    vt_exif_read(bytes, size, &metadata);
    fuzz_require_metadata(&metadata);
    int orientation = vt_exif_orientation(bytes, size);
    fuzz_require(orientation >= 0 && orientation <= 8);
    const uint8_t *preview = vt_exif_preview(bytes, size, &preview_bytes);
    if (preview) {
        fuzz_require(preview >= bytes && preview_bytes <= size - (size_t)(preview - bytes));
        volatile uint8_t last = preview[preview_bytes - 1]; /* for the sanitizer to see */
        (void)last;
    }
    return 0;
}
