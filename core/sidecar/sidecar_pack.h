/*
 * Numbers and texts one behind the other, in which what is asked and answered about side-cars goes between
 * the program and its helper: numbers little-endian, texts with their length before and a NUL behind them.
 *
 * Reading trusts nothing: what is not there, or is no text, sets `failed`, and all that follows is 0 or "".
 * Within core/sidecar. Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_PACK_H
#define VT_SIDECAR_SIDECAR_PACK_H

#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `bytes`: 1 to 8. */
void vt_sidecar_put_number(vt_str *to, uint64_t value, int bytes);
void vt_sidecar_put_text(vt_str *to, const char *text);

typedef struct vt_sidecar_unpacker {
    const char *at; /* lent */
    size_t left;
    bool failed;
} vt_sidecar_unpacker;

uint64_t vt_sidecar_get_number(vt_sidecar_unpacker *from, int bytes);

/* Inside the bytes, so lent as long as they are; UTF-8, NUL-terminated, without a NUL in it. Never NULL. */
const char *vt_sidecar_get_text(vt_sidecar_unpacker *from);

#endif
