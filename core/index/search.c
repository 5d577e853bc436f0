#include "core/index/search.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>

enum { LANES = 16 };

const char *vt_search(const char *text, size_t length, const char *sought, size_t sought_length)
{
    if (sought_length == 1) {
        return memchr(text, sought[0], length);
    }
    if (sought_length == 0 || length < sought_length) {
        return memmem(text, length, sought, sought_length);
    }
    const __m128i first = _mm_set1_epi8(sought[0]);
    const __m128i last = _mm_set1_epi8(sought[sought_length - 1]);
    size_t at = 0;
    for (; at + LANES + sought_length - 1 <= length; at += LANES) {
        __m128i heads = _mm_loadu_si128((const __m128i *)(text + at));
        __m128i tails = _mm_loadu_si128((const __m128i *)(text + at + sought_length - 1));
        __m128i both = _mm_and_si128(_mm_cmpeq_epi8(heads, first), _mm_cmpeq_epi8(tails, last));
        for (unsigned places = (unsigned)_mm_movemask_epi8(both); places; places &= places - 1) {
            const char *place = text + at + __builtin_ctz(places);
            if (memcmp(place + 1, sought + 1, sought_length - 2) == 0) {
                return place;
            }
        }
    }
    /* Fewer places than lanes are left: of a short text, a tag's name, these are all. */
    for (; at + sought_length <= length; at++) {
        if (text[at] == sought[0] && text[at + sought_length - 1] == sought[sought_length - 1] &&
            memcmp(text + at + 1, sought + 1, sought_length - 2) == 0) {
            return text + at;
        }
    }
    return NULL;
}
#else
const char *vt_search(const char *text, size_t length, const char *sought, size_t sought_length)
{
    return memmem(text, length, sought, sought_length);
}
#endif
