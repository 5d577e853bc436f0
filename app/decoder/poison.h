/*
 * Poison: makes the helper misbehave, so that tests can show that the program survives it.
 *
 * Only the test programs vitrine-decoder-poison and -unconfined (compiled with VITRINE_TEST_HELPER) have it.
 * A file whose first bytes are "poison:" and one of segv, bus, illegal, abort, stack, exit, loop, stop, hog,
 * lie, flood, forbidden strikes when it is sniffed; one that begins with "escape:" tries to get out
 * (escape.h). A side-car that begins so strikes when it is read, and one that has "edit-poison:" somewhere
 * when it is changed. What follows "forge:" at its beginning, or "edit-forge:", is then the answer about it.
 */
#ifndef VT_DECODER_POISON_H
#define VT_DECODER_POISON_H

#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef VITRINE_TEST_HELPER
void vt_poison_strike(const uint8_t *head, size_t count);
/* True if `answer` was forged. */
bool vt_poison_sidecar(bool edit, const char *text, size_t count, vt_str *answer);
#else
static inline void vt_poison_strike(const uint8_t *head, size_t count)
{
    (void)head;
    (void)count;
}

static inline bool vt_poison_sidecar(bool edit, const char *text, size_t count, vt_str *answer)
{
    (void)edit;
    (void)text;
    (void)count;
    (void)answer;
    return false;
}
#endif

#endif
