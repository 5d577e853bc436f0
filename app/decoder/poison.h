/*
 * Poison: makes the helper misbehave, so that tests can show that the program survives it.
 *
 * Only the test programs vitrine-decoder-poison and -unconfined (compiled with VITRINE_TEST_HELPER) have it.
 * A file whose first bytes are "poison:" and one of segv, bus, illegal, abort, stack, exit, loop, stop, hog,
 * lie, flood, forbidden strikes when it is sniffed; one that begins with "escape:" tries to get out
 * (escape.h).
 */
#ifndef VT_DECODER_POISON_H
#define VT_DECODER_POISON_H

#include <stddef.h>
#include <stdint.h>

#ifdef VITRINE_TEST_HELPER
void vt_poison_strike(const uint8_t *head, size_t count);
#else
static inline void vt_poison_strike(const uint8_t *head, size_t count)
{
    (void)head;
    (void)count;
}
#endif

#endif
