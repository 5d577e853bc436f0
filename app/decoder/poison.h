/*
 * Poison: makes the helper misbehave, so that tests can show that the program survives it.
 *
 * Only the test program vitrine-decoder-poison (compiled with VITRINE_TEST_HELPER) has it. A file whose first
 * bytes are "poison:" and one of segv, abort, exit, loop, hog, lie, flood strikes when it is sniffed.
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
