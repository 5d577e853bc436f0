#include "core/index/letters.h"

#include <stdatomic.h>

enum {
    LETTERS = 26,
    DIGITS = 10,
    OTHERS = 6,
    OWN = LETTERS + DIGITS + OTHERS,
    PAIRS = 16, /* that share bits; a power of two */
    SHARED = 64 - OWN - PAIRS
};

/* The bit of a byte. */
#define LETTER(byte) ((byte) - 'a')
#define DIGIT(byte)  (LETTERS + (byte) - '0')
#define OTHER(byte)                                                                                          \
    ((byte) == '_'   ? OWN - 6                                                                               \
     : (byte) == '-' ? OWN - 5                                                                               \
     : (byte) == '.' ? OWN - 4                                                                               \
     : (byte) == ' ' ? OWN - 3                                                                               \
     : (byte) == '(' ? OWN - 2                                                                               \
     : (byte) == ')' ? OWN - 1                                                                               \
                     : OWN + PAIRS + (byte) % SHARED)
#define BIT(byte)                                                                                            \
    ((byte) >= 'a' && (byte) <= 'z'   ? LETTER(byte)                                                         \
     : (byte) >= '0' && (byte) <= '9' ? DIGIT(byte)                                                          \
                                      : OTHER(byte))
#define BITS_4(byte)  BIT(byte), BIT((byte) + 1), BIT((byte) + 2), BIT((byte) + 3)
#define BITS_16(byte) BITS_4(byte), BITS_4((byte) + 4), BITS_4((byte) + 8), BITS_4((byte) + 12)
#define BITS_64(byte) BITS_16(byte), BITS_16((byte) + 16), BITS_16((byte) + 32), BITS_16((byte) + 48)

static const uint8_t bits[256] = {BITS_64(0), BITS_64(64), BITS_64(128), BITS_64(192)};

uint64_t vt_letters(const char *text, size_t length)
{
    uint64_t letters = 0;
    unsigned before = UINT32_MAX; /* digits are below ten */
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        unsigned digit = byte - (unsigned)'0';
        uint64_t is_pair = (digit < 10) & (before < 10);
        letters |= UINT64_C(1) << bits[byte] | is_pair << (OWN + ((5 * before + digit) & (PAIRS - 1)));
        before = digit;
    }
    return letters;
}

bool vt_letters_say_all(const char *text, size_t length)
{
    return length == 1 && bits[(unsigned char)text[0]] < OWN;
}

static void flip(vt_letter_slices *slices, int letter, uint32_t row)
{
    _Atomic uint64_t *word = &slices->slices[letter][row / 64];
    uint64_t flipped = atomic_load_explicit(word, memory_order_relaxed) ^ UINT64_C(1) << (row & 63);
    atomic_store_explicit(word, flipped, memory_order_relaxed);
}

void vt_letters_change(vt_letter_slices *slices, uint32_t row, uint64_t before, uint64_t now)
{
    for (uint64_t left = before ^ now; left; left &= left - 1) {
        flip(slices, __builtin_ctzll(left), row);
    }
}

/* Rows become columns: squares of 32 bits change places across the diagonal, then those of 16 in each, and so
   on (H. S. Warren, Hacker's Delight, 7-3). */
static void transpose(uint64_t square[64])
{
    uint64_t mask = UINT64_C(0x00000000FFFFFFFF);
    for (unsigned side = 32; side; side /= 2, mask ^= mask << side) {
        for (unsigned at = 0; at < 64; at = ((at | side) + 1) & ~side) {
            uint64_t moved = ((square[at] >> side) ^ square[at | side]) & mask;
            square[at | side] ^= moved;
            square[at] ^= moved << side;
        }
    }
}

void vt_letters_fill(vt_letter_slices *slices, uint32_t first, uint64_t letters[64])
{
    transpose(letters);
    for (unsigned letter = 0; letter < 64; letter++) {
        atomic_store_explicit(&slices->slices[letter][first / 64], letters[letter], memory_order_relaxed);
    }
}

void vt_letters_keep(const vt_letter_slices *slices, uint64_t letters, uint64_t rows[VT_LETTERS_WORDS])
{
    for (; letters; letters &= letters - 1) {
        const _Atomic uint64_t *slice = slices->slices[__builtin_ctzll(letters)];
        for (unsigned word = 0; word < VT_LETTERS_WORDS; word++) {
            rows[word] &= atomic_load_explicit(&slice[word], memory_order_relaxed);
        }
    }
}
