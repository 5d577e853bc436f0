/*
 * Trace: the last spans of work, each with its name, thread, begin and length, for a look at what ran beside
 * what. It holds a fixed number and forgets the oldest; written in the format that chrome://tracing and
 * Perfetto open ("Trace Event Format", complete events, "ph":"X").
 *
 * Threads: spans are noted from any thread without a lock, in some 30 ns. Writing out may run meanwhile:
 * spans that are being noted at that moment are left out.
 */
#ifndef VT_PERF_TRACE_H
#define VT_PERF_TRACE_H

#include "core/base/error.h"
#include "core/base/json_writer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Spans kept at most: 2^20, some 48 MB. */
#define VT_TRACE_SPANS_MAX ((size_t)1 << 20)

typedef struct vt_trace vt_trace;

/* Room for `spans` spans (rounded up to a power of two), 1 to VT_TRACE_SPANS_MAX. NULL and `error`:
   VT_ERROR_USAGE, VT_ERROR_MEMORY. */
vt_trace *vt_trace_create(size_t spans, vt_error *error);

/* Nobody may note spans any more. NULL is allowed. */
void vt_trace_free(vt_trace *trace);

/* Notes that `name` (static text) ran on this thread from `begin` to `end` (vt_clock_now); an end before the
   begin counts as the begin. Left out if the thread sleeps amid this for as long as the ring takes to come
   round. `trace` may be NULL. */
void vt_trace_note(vt_trace *trace, const char *name, int64_t begin, int64_t end);

typedef struct vt_trace_figures {
    uint64_t noted; /* since the begin */
    uint64_t kept;  /* of them, what is still there */
} vt_trace_figures;
vt_trace_figures vt_trace_get_figures(const vt_trace *trace);

/* What ran at some time between two moments: spans of one name together. */
typedef struct vt_trace_part {
    const char *name;
    uint64_t count;
    int64_t ns; /* within these moments, all of them together */
} vt_trace_part;

/* Fills `parts` with what ran between `begin` and `end`, the longest first, and returns how many there are,
   at most `size`. Looks at every span that is kept: some milliseconds for 2^20 of them. */
size_t vt_trace_between(const vt_trace *trace, int64_t begin, int64_t end, vt_trace_part *parts, size_t size);

/* Writes the JSON object format of the "Trace Event Format" (the document of catapult; Perfetto reads it,
 * too):
 *
 *     displayTimeUnit  "ms"
 *     traceEvents      metadata events first, then the spans
 *
 *     metadata  ph "M", name "process_name" or "thread_name", pid, tid, args.name; the process
 *               has the program's name, threads what they were called when they noted their first span
 *     spans     ph "X" (complete), name, cat (VT_TRACE_CATEGORY), pid and tid as the system numbers them, ts
 *               and dur in microseconds with decimals, ts since the first span that is kept
 *
 * Spans are in the order of their begin, and of those that begin at once the longest comes first: readers put
 * what lies within another span of its thread below it, and take those of one moment in the order of the
 * file. False and `error` (VT_ERROR_MEMORY), and nothing is written, without memory for that order: 40 bytes
 * a span. */
bool vt_trace_write(const vt_trace *trace, vt_json_writer *json, vt_error *error);

#define VT_TRACE_CATEGORY "vitrine"

#endif
