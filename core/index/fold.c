#include "core/index/fold.h"

#include "core/base/str.h"

#include <stdint.h>
#include <string.h>

/* Code points `first`, `first + step`, ... `last` fold to the one `distance` further. */
typedef struct fold_range {
    uint16_t first, last;
    uint8_t step;
    int16_t distance;
} fold_range;

/* Ascending, without overlap. */
static const fold_range ranges[] = {
    {0x00C0, 0x00D6, 1, 32},   /* Latin-1 */
    {0x00D8, 0x00DE, 1, 32},   /**/
    {0x0100, 0x012E, 2, 1},    /* Latin Extended-A; the dotted I is longer than i */
    {0x0132, 0x0136, 2, 1},    /**/
    {0x0139, 0x0147, 2, 1},    /**/
    {0x014A, 0x0176, 2, 1},    /**/
    {0x0178, 0x0178, 1, -121}, /**/
    {0x0179, 0x017D, 2, 1},    /**/
    {0x01CD, 0x01DB, 2, 1},    /* Latin Extended-B: the pairs that stand side by side */
    {0x01DE, 0x01EE, 2, 1},    /**/
    {0x01F8, 0x021E, 2, 1},    /**/
    {0x0222, 0x0232, 2, 1},    /**/
    {0x0246, 0x024E, 2, 1},    /**/
    {0x0386, 0x0386, 1, 38},   /* Greek */
    {0x0388, 0x038A, 1, 37},   /**/
    {0x038C, 0x038C, 1, 64},   /**/
    {0x038E, 0x038F, 1, 63},   /**/
    {0x0391, 0x03A1, 1, 32},   /**/
    {0x03A3, 0x03AB, 1, 32},   /**/
    {0x03C2, 0x03C2, 1, 1},    /* the sigma at the end of a word is a sigma */
    {0x0400, 0x040F, 1, 80},   /* Cyrillic */
    {0x0410, 0x042F, 1, 32},   /**/
    {0x0460, 0x0480, 2, 1},    /**/
    {0x048A, 0x04BE, 2, 1},    /**/
    {0x04C0, 0x04C0, 1, 15},   /**/
    {0x04C1, 0x04CD, 2, 1},    /**/
    {0x04D0, 0x052E, 2, 1},    /**/
    {0x0531, 0x0556, 1, 48},   /* Armenian */
    {0x1E00, 0x1E94, 2, 1},    /* Latin Extended Additional */
    {0x1EA0, 0x1EFE, 2, 1},    /**/
    {0xFF21, 0xFF3A, 1, 32},   /* Fullwidth Latin */
};

static unsigned fold_code_point(unsigned code)
{
    size_t low = 0;
    size_t high = sizeof ranges / sizeof ranges[0];
    while (low < high) {
        size_t middle = (low + high) / 2;
        const fold_range *range = &ranges[middle];
        if (code > range->last) {
            low = middle + 1;
        } else if (code < range->first) {
            high = middle;
        } else {
            return (code - range->first) % range->step == 0 ? (unsigned)((int)code + range->distance) : code;
        }
    }
    return code;
}

static char fold_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

size_t vt_fold_character(char *to, const char *from, size_t length)
{
    if ((unsigned char)from[0] < 0x80) {
        to[0] = fold_ascii(from[0]);
        return 1;
    }
    unsigned code = 0;
    size_t bytes = vt_utf8_decode(from, length, &code);
    if (bytes == 0) {
        to[0] = from[0];
        return 1;
    }
    unsigned folded = fold_code_point(code);
    if (folded == code) {
        memmove(to, from, bytes);
    } else {
        vt_utf8_encode(folded, to); /* as long as it was: so the table is made */
    }
    return bytes;
}

/* Eight ASCII characters at once: a byte from 'A' to 'Z' has its bit 0x20 set. No sum carries into the next
   byte, because all bytes are below 0x80. */
static uint64_t fold_eight(uint64_t bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t from_a = bytes + ones * (0x80 - 'A');
    uint64_t beyond_z = bytes + ones * (0x80 - 'Z' - 1);
    return bytes | ((from_a & ~beyond_z & ones * 0x80) >> 2);
}

void vt_fold(char *to, const char *from, size_t length)
{
    size_t at = 0;
    while (at < length) {
        uint64_t bytes = 0;
        if (length - at >= sizeof bytes) {
            memcpy(&bytes, from + at, sizeof bytes);
            if ((bytes & UINT64_C(0x8080808080808080)) == 0) {
                bytes = fold_eight(bytes);
                memcpy(to + at, &bytes, sizeof bytes);
                at += sizeof bytes;
                continue;
            }
        }
        if ((unsigned char)from[at] < 0x80) {
            to[at] = fold_ascii(from[at]);
            at++;
        } else {
            at += vt_fold_character(to + at, from + at, length - at);
        }
    }
}
