/* What must hold for metadata, wherever it was read. */
#ifndef VT_TESTS_FUZZ_FUZZ_METADATA_H
#define VT_TESTS_FUZZ_FUZZ_METADATA_H

#include "core/decode/metadata.h"

#include <stdlib.h>
#include <string.h>

static inline void fuzz_require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static inline void fuzz_require_metadata(const vt_metadata *metadata)
{
    uint8_t bytes[VT_METADATA_PACKED_MAX];
    vt_metadata back;
    size_t size = vt_metadata_pack(metadata, bytes);
    fuzz_require(size <= sizeof bytes && vt_metadata_unpack(&back, bytes, size));
    fuzz_require(memcmp(&back, metadata, sizeof back) == 0);
}

#endif
