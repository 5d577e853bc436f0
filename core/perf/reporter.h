/* Reporter: what a monitor has seen, as text for people and as JSON for programs. Any thread. */
#ifndef VT_PERF_REPORTER_H
#define VT_PERF_REPORTER_H

#include "core/base/json_writer.h"
#include "core/base/str.h"
#include "core/perf/monitor.h"

/* Appends a table of all operations that have records, then the budgets exceeded with what to look at. */
void vt_report_text(const vt_monitor *monitor, vt_str *out);

/* Writes one object:
   {"operations": [{"name", "count", "total_ms", "mean_ms", "min_ms", "max_ms", "p50_ms", "p95_ms", "p99_ms",
     "budget": null or {"name", "target_ms", "ok", "slow", "warning", "critical"},
     "memory": null or {"count", "total_bytes", "max_bytes"}}],
    "violations": number of records beyond a warning level} */
void vt_report_json(const vt_monitor *monitor, vt_json_writer *json);

#endif
