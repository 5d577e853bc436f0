/*
 * Temporary folders: made with a name nobody can foresee and for this user only, and removed with all in
 * them. Touches the disk: not for the window's thread. Any thread otherwise.
 *
 * Whoever makes one removes it: a program that may be interrupted catches the signal (core/queue/interrupt.h)
 * and ends in good order.
 */
#ifndef VT_BASE_TEMPORARY_H
#define VT_BASE_TEMPORARY_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Makes the folder "NAME-XXXXXX" in $TMPDIR or /tmp, and writes its absolute path, at most `size` bytes with
   the NUL, to `path`; on failure that is empty. VT_ERROR_LIMIT if the path is longer; otherwise as the system
   says. */
bool vt_temporary_make(const char *name, char *path, size_t size, vt_error *error);

/* Removes the folder `path` and all in it: links themselves, not what they lead to, and nothing of another
   disk that is mounted in it. What cannot be removed stays (folders more than 256 deep, too), and all else
   goes. True if the folder is gone, or was not there; a `path` that is no folder is left alone. */
bool vt_temporary_remove(const char *path);

#endif
