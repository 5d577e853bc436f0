#include "core/index/radix.h"

#include <string.h>

enum { DIGIT = 8, VALUES = 1 << DIGIT, KEY_DIGITS = 64 / DIGIT };

/* Below this many, moving neighbours is faster than counting digits. */
enum { FEW = 48 };

static void insertion_sort(vt_entry *entries, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        vt_entry entry = entries[i];
        uint32_t at = i;
        for (; at > 0 && entries[at - 1].key > entry.key; at--) {
            entries[at] = entries[at - 1];
        }
        entries[at] = entry;
    }
}

/* Turns counts into the places where each value begins. False if all entries have the same value. */
static bool counts_to_places(uint32_t counts[VALUES], uint32_t total)
{
    uint32_t place = 0;
    for (int value = 0; value < VALUES; value++) {
        uint32_t count = counts[value];
        if (count == total) {
            return false;
        }
        counts[value] = place;
        place += count;
    }
    return true;
}

bool vt_radix_sort(vt_entry *entries, vt_entry *spare, uint32_t count, const atomic_bool *cancelled)
{
    if (count <= FEW) {
        insertion_sort(entries, count);
        return true;
    }
    uint32_t counts[KEY_DIGITS][VALUES] = {0};
    for (uint32_t i = 0; i < count; i++) {
        uint64_t key = entries[i].key;
        for (int digit = 0; digit < KEY_DIGITS; digit++) {
            counts[digit][key >> (digit * DIGIT) & (VALUES - 1)]++;
        }
    }
    vt_entry *from = entries;
    vt_entry *to = spare;
    for (int digit = 0; digit < KEY_DIGITS; digit++) {
        uint32_t *places = counts[digit];
        if (!counts_to_places(places, count)) {
            continue;
        }
        if (vt_is_cancelled(cancelled)) {
            return false;
        }
        for (uint32_t i = 0; i < count; i++) {
            to[places[from[i].key >> (digit * DIGIT) & (VALUES - 1)]++] = from[i];
        }
        vt_entry *swap = from;
        from = to;
        to = swap;
    }
    if (from != entries) {
        memcpy(entries, from, count * sizeof *entries);
    }
    return true;
}

bool vt_radix_sort_packed(uint64_t *items, uint64_t *spare, uint32_t count, unsigned bits,
                          const atomic_bool *cancelled)
{
    uint64_t *from = items;
    uint64_t *to = spare;
    for (unsigned shift = 32; shift < 32 + bits; shift += DIGIT) {
        if (vt_is_cancelled(cancelled)) {
            return false;
        }
        uint32_t places[VALUES] = {0};
        for (uint32_t i = 0; i < count; i++) {
            places[from[i] >> shift & (VALUES - 1)]++;
        }
        if (!counts_to_places(places, count)) {
            continue;
        }
        for (uint32_t i = 0; i < count; i++) {
            to[places[from[i] >> shift & (VALUES - 1)]++] = from[i];
        }
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != items) {
        memcpy(items, from, count * sizeof *items);
    }
    return true;
}
