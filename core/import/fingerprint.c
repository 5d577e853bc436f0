#include "core/import/fingerprint.h"

#include <errno.h>
#include <stddef.h>
#include <unistd.h>
/* The hash in this file, not by a call into a library: it is all the program uses of it. */
#define XXH_INLINE_ALL
#include <xxhash.h>

/* Reads just `count` bytes at `offset`. */
static bool read_part(int fd, int64_t offset, size_t count, char *bytes)
{
    size_t done = 0;
    while (done < count) {
        ssize_t got = pread(fd, bytes + done, count - done, offset + (int64_t)done);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        done += (size_t)got;
    }
    return true;
}

uint64_t vt_fingerprint_of(int fd, int64_t size)
{
    enum { PART = VT_FINGERPRINT_PART, PARTS = 3 };
    char bytes[PART];
    const bool whole = size <= (int64_t)PART * PARTS;
    const int64_t starts[PARTS] = {0, whole ? PART : size / 2 - PART / 2, whole ? 2 * PART : size - PART};
    uint64_t hash = (uint64_t)size;
    for (int i = 0; i < PARTS && starts[i] < size; i++) {
        int64_t left = size - starts[i];
        size_t count = left < PART ? (size_t)left : PART;
        if (!read_part(fd, starts[i], count, bytes)) {
            return 0;
        }
        hash = XXH3_64bits_withSeed(bytes, count, hash);
    }
    return hash ? hash : 1;
}
