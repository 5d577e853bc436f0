/* IPTC segments of any bytes: what comes out must survive packing and unpacking as it is. */
#include "core/decode/iptc.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_metadata.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    vt_metadata metadata = {0};
    vt_iptc_read(bytes, size, &metadata);
    fuzz_require_metadata(&metadata);
    return 0;
}
