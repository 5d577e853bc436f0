/*
 * Report: what was measured as one HTML file with graphs (inline SVG), for a browser or for somebody who asks
 * what was slow. It loads nothing, neither from the network nor from the disk; light and dark by CSS; all
 * text is escaped. Any thread, as long as its sources allow it; it takes some milliseconds, and more the more
 * there were violations: not the window's.
 */
#ifndef VT_PERF_REPORT_H
#define VT_PERF_REPORT_H

#include "core/base/replaceable.h"
#include "core/base/str.h"
#include "core/perf/graphs.h"
#include "core/perf/monitor.h"

typedef struct vt_report_fact {
    const char *key, *value; /* UTF-8; escaped */
} vt_report_fact;

typedef struct vt_report_source {
    const char *title;
    const vt_report_fact *facts; /* versions, machine, limits: at the head */
    size_t fact_count;
    vt_monitor *monitor;
    const vt_trace *trace;     /* what ran during violations; NULL: not known */
    const vt_sampler *sampler; /* NULL: no graphs */
    int64_t now;               /* the graphs' end: vt_clock_now */
    /* Words in another language: of the context "performance". NULL: English. */
    const char *(*translate)(void *user, const char *text);
    void *user; /* of `translate` */
} vt_report_source;

/* By what it writes into each. */
extern const vt_file_kind vt_report_html_kind;

/* Appends the whole file; `html->failed` if memory ran out. */
void vt_report_html(const vt_report_source *source, vt_str *html);

/* Calls `each` with every text that a report on `monitor` has translated, some of them twice: for who can
   translate on one thread only, and makes the report on another. Operations that are added later are not
   among them. */
void vt_report_each_text(const vt_monitor *monitor, void (*each)(void *user, const char *text), void *user);

/* "decode-file x12, database-insert x1": what ran during a violation, at most three kinds, by what the
   violation kept or, if that knows more, by the trace of `source`. In words if there was nothing. */
void vt_report_append_company(const vt_report_source *source, const vt_violation *of, vt_str *text);

#endif
