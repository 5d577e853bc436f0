/* Makes the checksums of a columns file right again after somebody has changed its bytes: so that what is
   damaged gets past them to the checks behind. */
#ifndef VT_TESTS_CORE_INDEX_COLUMNS_SEAL_H
#define VT_TESTS_CORE_INDEX_COLUMNS_SEAL_H

#include "core/index/columns_private.h"

#include <string.h>

/* As far as sections can be followed; the length and what the header calls itself, too. */
static inline void columns_seal(uint8_t *bytes, size_t size)
{
    vt_columns_header header;
    if (size < sizeof header) {
        return;
    }
    memcpy(&header, bytes, sizeof header);
    vt_columns_header own;
    vt_columns_sign(&own);
    memcpy(&header, &own, offsetof(vt_columns_header, rows));
    header.bytes = size;
    header.chain = 0;
    for (size_t at = sizeof header; size - at >= sizeof(vt_columns_section);) {
        vt_columns_section section;
        memcpy(&section, bytes + at, sizeof section);
        size_t left = size - at - sizeof section;
        size_t length = section.bytes < left ? (size_t)section.bytes : left;
        section.sum = vt_columns_sum(bytes + at + sizeof section, length);
        memcpy(bytes + at, &section, sizeof section);
        header.chain = vt_columns_chain(header.chain, &section);
        at += sizeof section + length;
    }
    header.sum = vt_columns_header_sum(&header);
    memcpy(bytes, &header, sizeof header);
}

#endif
