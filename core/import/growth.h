/*
 * Growth: whether a file that could not be read is one that is still being written.
 *
 * Only files changed within the last second are looked at, so a folder of broken ones costs no more than that
 * second. What grows on is left to the next import, or to the watching of its folder (watch.h).
 *
 * Blocks: on a thread of the executor.
 */
#ifndef VT_IMPORT_GROWTH_H
#define VT_IMPORT_GROWTH_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>

/* Waits until the file stops growing, at most some seconds and not beyond a cancel (`cancel_fd` as of
   vt_helper_decode). `before`: as it was when reading it failed by `fault`; all zero if it could not be
   opened. True if it is worth another try. False if it did not change, or if it does not end: `fault` then
   says so (VT_ERROR_CHANGED). */
bool vt_growth_wait(const char *path, size_t length, const struct stat *before, int cancel_fd,
                    vt_error *fault);

#endif
