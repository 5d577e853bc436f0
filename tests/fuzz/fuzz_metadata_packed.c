/* The form in which metadata leaves a helper, as a helper that was taken over might write it: what is
   accepted must be what the program itself would have written. */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/fuzz_metadata.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    vt_metadata metadata;
    uint8_t again[VT_METADATA_PACKED_MAX];
    if (vt_metadata_unpack(&metadata, bytes, size)) {
        fuzz_require(vt_metadata_pack(&metadata, again) == size &&
                     (size == 0 || memcmp(again, bytes, size) == 0));
    } else {
        fuzz_require(vt_metadata_is_empty(&metadata));
    }
    return 0;
}
