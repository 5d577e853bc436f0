/*
 * Replays files through a fuzz target.
 *
 * usage: fuzz_NAME [-m COUNT] FILE...
 *
 * Each file is tried as it is, then COUNT damaged copies of it: bytes changed, cut off, removed, repeated.
 * The damage follows from its number alone, so a crash comes back with the same command.
 */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of a file, so that thousands of copies take seconds. */
#define BYTES_MAX ((size_t)16 << 20)

/* xorshift64* (Vigna, 2014). */
static uint64_t next_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static uint8_t *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = file ? malloc(BYTES_MAX) : NULL;
    if (!bytes) {
        fprintf(stderr, "%s: cannot be read\n", path);
        exit(2);
    }
    *size = fread(bytes, 1, BYTES_MAX, file);
    fclose(file);
    return bytes;
}

/* Damages `bytes`, which has 4096 bytes of room behind `size`; returns the new size. */
static size_t damage(uint8_t *bytes, size_t size, uint64_t seed)
{
    static const uint8_t telling[] = {0x00, 0x01, 0x7f, 0x80, 0xff, ' ', '\n', '-', '.', '9', 'e', 's'};
    uint64_t random = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    int steps = 1 + (int)(next_random(&random) % 8);
    for (int step = 0; step < steps && size > 1; step++) {
        /* Half of all damage is done to the header, where it matters most. */
        size_t range = next_random(&random) % 2 && size > 128 ? 128 : size;
        size_t at = next_random(&random) % range;
        size_t length = 1 + next_random(&random) % (size - at < 64 ? size - at : 64);
        switch (next_random(&random) % 6) {
        case 0:
            bytes[at] = (uint8_t)next_random(&random);
            break;
        case 1:
            bytes[at] = telling[next_random(&random) % sizeof telling];
            break;
        case 2:
            memset(bytes + at, telling[next_random(&random) % sizeof telling], length);
            break;
        case 3:
            size = next_random(&random) % 8 ? size : at + 1;
            break;
        case 4:
            memmove(bytes + at, bytes + at + length, size - at - length);
            size -= length;
            break;
        default:
            memmove(bytes + at + length, bytes + at, size - at);
            size += length;
            break;
        }
    }
    return size;
}

/* A block of the exact size, so that the address sanitizer sees every step beyond it. */
static void try_bytes(const uint8_t *bytes, size_t size)
{
    uint8_t *exact = malloc(size > 0 ? size : 1);
    if (!exact) {
        abort();
    }
    memcpy(exact, bytes, size);
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
}

static void try_file(const char *path, unsigned long copies)
{
    size_t size;
    uint8_t *bytes = read_file(path, &size);
    uint8_t *copy = malloc(size + 4096);
    if (!copy) {
        abort();
    }
    try_bytes(bytes, size);
    for (unsigned long i = 0; i < copies; i++) {
        memcpy(copy, bytes, size);
        try_bytes(copy, damage(copy, size, i));
    }
    free(copy);
    free(bytes);
    printf("%s: %lu tries\n", path, copies + 1);
}

int main(int argc, char **argv)
{
    unsigned long copies = 0;
    int first = 1;
    if (argc > 2 && strcmp(argv[1], "-m") == 0) {
        copies = strtoul(argv[2], NULL, 10);
        first = 3;
    }
    if (first >= argc) {
        fprintf(stderr, "usage: %s [-m COUNT] FILE...\n", argv[0]);
        return 2;
    }
    for (int i = first; i < argc; i++) {
        try_file(argv[i], copies);
    }
    return 0;
}
