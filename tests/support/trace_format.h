/* The "Trace Event Format" of catapult, as strictly as the readers of it do not have to be. */
#ifndef VT_TESTS_TRACE_FORMAT_H
#define VT_TESTS_TRACE_FORMAT_H

#include <stddef.h>

typedef struct trace_format_counts {
    size_t spans, processes, threads; /* complete events; names of processes, of threads */
    size_t deepest;                   /* spans within each other */
} trace_format_counts;

/* Fails the test unless `text` is one JSON object with displayTimeUnit and traceEvents, whose first `limit`
   events (all are looked at from the begin: keep it small) are metadata and complete events with fields of
   the right types, in order of time, and the spans of a thread lie within each other or beside each other. */
void trace_format_check(const char *text, size_t length, size_t limit, trace_format_counts *counts);

#endif
