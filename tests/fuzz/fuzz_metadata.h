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
    uint8_t again[VT_METADATA_PACKED_MAX];
    fuzz_require(vt_metadata_pack(&back, again) == size && memcmp(again, bytes, size) == 0);
}

#endif
