/*
 * Fuzzing: every tests/fuzz/fuzz_*.c offers the one function that libFuzzer calls with bytes of all kinds
 * (llvm.org/docs/LibFuzzer.html). Without libFuzzer, replay.c calls it with files and with damaged copies of
 * them, so that found inputs and a few thousand mutations are tried by every build.
 */
#ifndef VT_TESTS_FUZZ_FUZZ_H
#define VT_TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Must come back, with 0, whatever the bytes are. `bytes` is lent for the call. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#endif
