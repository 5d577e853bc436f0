#include "core/index/letters.h"

enum { LETTERS = 26, DIGITS = 10, OTHERS = 6, OWN = LETTERS + DIGITS + OTHERS, SHARED = 64 - OWN };

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
                     : OWN + (byte) % SHARED)
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
    for (size_t i = 0; i < length; i++) {
        letters |= UINT64_C(1) << bits[(unsigned char)text[i]];
    }
    return letters;
}

bool vt_letters_say_all(const char *text, size_t length)
{
    return length == 1 && bits[(unsigned char)text[0]] < OWN;
}
