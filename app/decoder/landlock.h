/*
 * Landlock: the process gives up the file system, and what else this kernel lets it give up that way.
 *
 * A ruleset that handles every access right and allows none: nothing can be opened, made, renamed or removed
 * any more, no TCP port used, no abstract socket reached, no process outside signalled (landlock(7)). What is
 * open already stays usable. Numbers are written out here, since headers are often older than kernels.
 */
#ifndef VT_DECODER_LANDLOCK_H
#define VT_DECODER_LANDLOCK_H

#include "core/base/error.h"

#include <stdbool.h>

/* The version of Landlock this kernel offers, from 1 on. 0 and `error`, worded for people, if none. */
int vt_landlock_version(vt_error *error);

/* Takes effect at once and for good, and tries it on "/". Needs no_new_privs. False and `error` if the kernel
   refuses or if "/" can still be opened. */
bool vt_landlock_enter(int version, vt_error *error);

#endif
