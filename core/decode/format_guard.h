/*
 * Format guard: takes a format out of use whose files crash the decoder one after the other, so that a broken
 * library costs a minute and not the night.
 *
 * Out of use is a format with more than VT_GUARD_CRASHES crashes within VT_GUARD_NS that are at least one in
 * VT_GUARD_SHARE of its files read meanwhile: in a large collection ten bad files a minute are nothing
 * unusual, and no reason to refuse the thousands of good ones between them. It comes back by
 * vt_format_guard_allow, and with a new guard, that is at the next start of the program.
 *
 * A file counts for the format that its name promises: what it is was to be found out by the decoder that
 * died. Files whose name promises nothing are never refused.
 *
 * Threads: any.
 */
#ifndef VT_DECODE_FORMAT_GUARD_H
#define VT_DECODE_FORMAT_GUARD_H

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/decode/media.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_GUARD_CRASHES 10
#define VT_GUARD_NS      (60 * VT_NS_PER_S)
#define VT_GUARD_SHARE   4

typedef struct vt_format_guard vt_format_guard;

/* NULL when memory runs out. */
vt_format_guard *vt_format_guard_create(void);
void vt_format_guard_free(vt_format_guard *guard);

/* A file that promised `format` was read, whatever came of it, or crashed its decoder at `now`
   (vt_clock_now). The latter is true if this has put the format out of use. */
void vt_format_guard_read(vt_format_guard *guard, vt_format format);
bool vt_format_guard_crashed(vt_format_guard *guard, vt_format format, int64_t now);

/* False with VT_ERROR_BUSY and the reason if the format is out of use. */
bool vt_format_guard_check(vt_format_guard *guard, vt_format format, vt_error *error);

/* Puts it back into use. */
void vt_format_guard_allow(vt_format_guard *guard, vt_format format);

/* Fills `formats` with up to `limit` that are out of use and returns how many. */
size_t vt_format_guard_list(vt_format_guard *guard, vt_format *formats, size_t limit);

#endif
