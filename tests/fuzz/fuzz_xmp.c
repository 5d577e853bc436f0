/* XMP blocks of any bytes: what comes out must survive packing and unpacking as it is. */
#include "core/decode/xmp.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_metadata.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    vt_metadata metadata;
    bool read = vt_xmp_read(bytes, size, &metadata);
    fuzz_require(read || vt_metadata_is_empty(&metadata));
    fuzz_require_metadata(&metadata);
    return 0;
}
