#include "core/index/rank_bits.h"

#include <stdlib.h>

enum { BLOCK_WORDS = 8, BLOCK_BITS = 64 * BLOCK_WORDS };

/* Byte i of the result: how many bits are set in bytes 0 to i. */
static uint64_t byte_sums(uint64_t word)
{
    word -= word >> 1 & UINT64_C(0x5555555555555555);
    word = (word & UINT64_C(0x3333333333333333)) + (word >> 2 & UINT64_C(0x3333333333333333));
    word = (word + (word >> 4)) & UINT64_C(0x0f0f0f0f0f0f0f0f);
    return word * UINT64_C(0x0101010101010101);
}

static uint32_t ones(uint64_t word)
{
    return (uint32_t)(byte_sums(word) >> 56);
}

static uint32_t select_in_word(uint64_t word, uint32_t number)
{
    uint64_t sums = byte_sums(word);
    uint32_t byte = 0;
    while ((sums >> 8 * byte & 0xff) <= number) {
        byte++;
    }
    number -= byte ? (uint32_t)(sums >> 8 * (byte - 1) & 0xff) : 0;
    uint32_t bit = 8 * byte;
    for (word >>= bit; number || !(word & 1); bit++, word >>= 1) {
        number -= word & 1;
    }
    return bit;
}

static uint32_t block_count(const vt_rank_bits *bits)
{
    return bits->size / BLOCK_BITS + 1;
}

bool vt_rank_bits_create(vt_rank_bits *bits, uint32_t size)
{
    *bits = (vt_rank_bits){.size = size};
    size_t blocks = block_count(bits);
    bits->words = calloc(blocks * BLOCK_WORDS, sizeof *bits->words);
    bits->before = malloc((blocks + 1) * sizeof *bits->before);
    if (!bits->words || !bits->before) {
        vt_rank_bits_free(bits);
        return false;
    }
    return true;
}

void vt_rank_bits_free(vt_rank_bits *bits)
{
    free(bits->words);
    free(bits->before);
    *bits = (vt_rank_bits){0};
}

void vt_rank_bits_count(vt_rank_bits *bits)
{
    uint32_t blocks = block_count(bits);
    bits->count = 0;
    for (uint32_t i = 0; i < blocks; i++) {
        bits->before[i] = bits->count;
        for (uint32_t k = 0; k < BLOCK_WORDS; k++) {
            bits->count += ones(bits->words[i * BLOCK_WORDS + k]);
        }
    }
    bits->before[blocks] = bits->count;
}

uint32_t vt_rank_bits_rank(const vt_rank_bits *bits, uint32_t place)
{
    uint32_t rank = bits->before[place / BLOCK_BITS];
    for (uint32_t i = place / BLOCK_BITS * BLOCK_WORDS; i < place / 64; i++) {
        rank += ones(bits->words[i]);
    }
    uint64_t below = (UINT64_C(1) << (place & 63)) - 1;
    return rank + ones(bits->words[place / 64] & below);
}

uint32_t vt_rank_bits_select(const vt_rank_bits *bits, uint32_t number)
{
    uint32_t low = 0;
    uint32_t high = block_count(bits);
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (bits->before[middle] <= number) {
            low = middle;
        } else {
            high = middle;
        }
    }
    number -= bits->before[low];
    uint32_t word = low * BLOCK_WORDS;
    for (uint32_t in = ones(bits->words[word]); in <= number; in = ones(bits->words[word])) {
        number -= in;
        word++;
    }
    return word * 64 + select_in_word(bits->words[word], number);
}
