/*
 * Finding bytes in bytes: what the filter does with every name of the library.
 *
 * Looks at 16 places at a time for the first and the last byte of what is sought and compares the rest only
 * where both stand ("generic SIMD", W. Muła, SIMD-friendly algorithms for substring searching). Any thread.
 */
#ifndef VT_INDEX_SEARCH_H
#define VT_INDEX_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The first place of `sought` in `text`, NULL if there is none. Reads no byte outside of `text`. No bytes
   sought are found at once. */
const char *vt_search(const char *text, size_t length, const char *sought, size_t sought_length);

/* A text of one byte or more to be sought in many short ones; borrowed. */
typedef struct vt_sought {
    const char *bytes;
    size_t length;
    uint64_t inner, inner_mask; /* up to eight bytes behind the first one */
#ifdef __SSE2__
    __m128i first, last;
#endif
} vt_sought;

/* Where it could begin, of a text that is looked at in one go. */
enum { VT_SOUGHT_PLACES = 32 };

static inline vt_sought vt_sought_make(const char *bytes, size_t length)
{
    vt_sought sought = {.bytes = bytes, .length = length};
    size_t inner = length - 1 < sizeof sought.inner ? length - 1 : sizeof sought.inner;
    memcpy(&sought.inner, bytes + 1, inner);
    memset(&sought.inner_mask, 0xFF, inner);
#ifdef __SSE2__
    sought.first = _mm_set1_epi8(bytes[0]);
    sought.last = _mm_set1_epi8(bytes[length - 1]);
#endif
    return sought;
}

#ifdef __SSE2__
/* A bit for each of the next 16 places that has the first byte there and the last one where it must be. */
static inline uint32_t vt_sought_places(const vt_sought *sought, const char *text)
{
    __m128i heads = _mm_loadu_si128((const __m128i *)text);
    __m128i tails = _mm_loadu_si128((const __m128i *)(text + sought->length - 1));
    return (uint32_t)_mm_movemask_epi8(
        _mm_and_si128(_mm_cmpeq_epi8(heads, sought->first), _mm_cmpeq_epi8(tails, sought->last)));
}

/* The first and the last byte are there. Nine bytes may be read. */
static inline bool vt_sought_is_at(const vt_sought *sought, const char *place)
{
    uint64_t there;
    memcpy(&there, place + 1, sizeof there);
    bool is = ((there ^ sought->inner) & sought->inner_mask) == 0;
    if (sought->length > 1 + sizeof there) {
        is = is && memcmp(place + 1 + sizeof there, sought->bytes + 1 + sizeof there,
                          sought->length - 1 - sizeof there) == 0;
    }
    return is;
}
#endif

/* True if it is in the short `text`, as names are, of which `readable` bytes and maybe some of what is behind
   it may be read. Without a call, and for most texts without a branch that could be guessed wrongly: for
   something that is in many of them. */
static inline bool vt_sought_is_in(const vt_sought *sought, const char *text, size_t length, size_t readable)
{
#ifdef __SSE2__
    if (readable >= VT_SOUGHT_PLACES + sizeof sought->inner + sought->length &&
        length < VT_SOUGHT_PLACES + sought->length) {
        uint32_t found = vt_sought_places(sought, text) | vt_sought_places(sought, text + 16) << 16;
        size_t places = length < sought->length ? 0 : length - sought->length + 1;
        found &= (uint32_t)((UINT64_C(1) << places) - 1);
        if (sought->length <= 2) {
            return found != 0;
        }
        /* There is one such place at most in nearly every text: nothing to be guessed about it. */
        bool is =
            (found != 0) &
            vt_sought_is_at(sought, text + __builtin_ctz(found | UINT32_C(1) << (VT_SOUGHT_PLACES - 1)));
        if ((found & (found - 1)) && !is) {
            do {
                found &= found - 1;
                is = found && vt_sought_is_at(sought, text + __builtin_ctz(found));
            } while (found && !is);
        }
        return is;
    }
#endif
    (void)readable;
    return vt_search(text, length, sought->bytes, sought->length) != NULL;
}

#endif
