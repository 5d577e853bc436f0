/*
 * Probe: whether a folder answers at all. A disk or network that is dead does not say so:
 * who asks waits, perhaps for ever, and cannot be interrupted. So a thread is made for the question, and
 * nobody waits for it: a probe that does not end is given up, with its thread, which frees it should it ever
 * end. That is the one exception from "no detached threads".
 *
 * One thread at a time.
 */
#ifndef VT_SCAN_PROBE_H
#define VT_SCAN_PROBE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct vt_probe vt_probe;

/* Looks at a folder; may block. NULL for vt_probe_start: stat. */
typedef void (*vt_probe_look)(const char *path);

/* Begins to look at `path`. NULL if memory or threads run out. */
vt_probe *vt_probe_start(const char *path, vt_probe_look look);

/* True once it has answered. */
bool vt_probe_answered(const vt_probe *probe);

/* How long ago it began, nanoseconds. */
int64_t vt_probe_age(const vt_probe *probe);

/* NULL is allowed. */
void vt_probe_free(vt_probe *probe);

#endif
