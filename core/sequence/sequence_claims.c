#include "core/sequence/sequence_claims.h"

#include <string.h>

int vt_sequence_compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
    int order = memcmp(a, b, a_length < b_length ? a_length : b_length);
    return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

static int compare_claim(const vt_sequence_claim *claim, const vt_sequence_numbered *name)
{
    int order = vt_sequence_compare_bytes(claim->names.prefix, claim->names.prefix_length, name->name,
                                          name->parts.digits_at);
    if (order != 0) {
        return order;
    }
    size_t suffix_at = (size_t)name->parts.digits_at + name->parts.digits_length;
    return vt_sequence_compare_bytes(claim->names.suffix, claim->names.suffix_length, name->name + suffix_at,
                                     name->parts.length - suffix_at);
}

vt_sequence_claim_range vt_sequence_find_claims(const vt_sequence_options *options,
                                                const vt_sequence_numbered *name)
{
    size_t low = 0;
    size_t high = options->claim_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_claim(&options->claims[middle], name) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    vt_sequence_claim_range found = {options->claims + low, 0};
    while (low + found.count < options->claim_count && compare_claim(&found.first[found.count], name) == 0) {
        found.count++;
    }
    return found;
}

void vt_sequence_claim_widths(vt_sequence_claim_range claims, vt_sequence_numbered *names, size_t count)
{
    for (size_t c = 0; c < claims.count; c++) {
        const vt_sequence_claim *claim = claims.first + c;
        for (size_t i = 0; claim->kept == VT_SEQUENCE_KEPT_KNOWN && i < count; i++) {
            uint32_t digits = names[i].parts.digits_length;
            if (digits == claim->names.width || (digits > claim->names.width && !names[i].padded)) {
                names[i].width = (uint8_t)claim->names.width;
            }
        }
    }
}

const vt_sequence_claim *vt_sequence_claim_of(vt_sequence_claim_range claims, uint32_t width)
{
    const vt_sequence_claim *found = NULL;
    for (size_t c = 0; c < claims.count; c++) {
        const vt_sequence_claim *claim = claims.first + c;
        if (claim->kept == VT_SEQUENCE_KEPT_KNOWN && claim->names.width == width) {
            return claim;
        }
        if (claim->kept != VT_SEQUENCE_KEPT_KNOWN && (!found || claim->kept == VT_SEQUENCE_KEPT_SPLIT)) {
            found = claim;
        }
    }
    return found;
}
