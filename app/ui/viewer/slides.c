#include "app/ui/viewer/slides.h"

enum { ROUNDS = 4 };

/* Bits of half a block: two halves hold every number below `count`. */
static unsigned half_bits(uint64_t count)
{
    unsigned bits = 1;
    while (bits < 31 && (UINT64_C(1) << (2 * bits)) < count) {
        bits++;
    }
    return bits;
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t mix(uint64_t value)
{
    value += UINT64_C(0x9e3779b97f4a7c15);
    value = (value ^ (value >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94d049bb133111eb);
    return value ^ (value >> 31);
}

static uint64_t scramble(uint64_t value, unsigned bits, uint64_t seed, bool backwards)
{
    uint64_t mask = (UINT64_C(1) << bits) - 1;
    uint64_t left = value >> bits;
    uint64_t right = value & mask;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t round = (uint64_t)(backwards ? ROUNDS - 1 - i : i);
        if (backwards) {
            uint64_t before = right ^ (mix(left + (round << 40) + seed) & mask);
            right = left;
            left = before;
        } else {
            uint64_t after = left ^ (mix(right + (round << 40) + seed) & mask);
            left = right;
            right = after;
        }
    }
    return left << bits | right;
}

static uint64_t walk(uint64_t count, uint64_t seed, uint64_t value, bool backwards)
{
    unsigned bits = half_bits(count);
    do {
        value = scramble(value, bits, seed, backwards);
    } while (value >= count);
    return value;
}

uint64_t vt_slides_row_at(uint64_t count, uint64_t seed, uint64_t place)
{
    return walk(count, seed, place, false);
}

uint64_t vt_slides_place_of(uint64_t count, uint64_t seed, uint64_t row)
{
    return walk(count, seed, row, true);
}

void vt_slides_begin(vt_slides *slides, uint64_t count, uint64_t row, bool shuffled, bool loops,
                     uint64_t seed)
{
    *slides = (vt_slides){
        .count = count, .place = row, .shown = 1, .seed = seed, .shuffled = shuffled, .loops = loops};
    if (shuffled) {
        slides->place = vt_slides_place_of(count, seed, row);
    }
}

void vt_slides_went(vt_slides *slides, uint64_t row)
{
    if (!slides->shuffled && row < slides->count) {
        slides->place = row;
    }
}

bool vt_slides_next(vt_slides *slides, uint64_t *row)
{
    /* In order the end is the last row; shuffled it is when all have been there. */
    bool ended = slides->shuffled ? slides->shown >= slides->count : slides->place + 1 >= slides->count;
    if (ended && !slides->loops) {
        return false;
    }
    if (ended) {
        slides->shown = 0;
    }
    slides->place = (slides->place + 1) % slides->count;
    slides->shown++;
    *row = slides->shuffled ? vt_slides_row_at(slides->count, slides->seed, slides->place) : slides->place;
    return true;
}
