/* Results as JUnit XML, which continuous integration reads: a test case a figure. A regression is a failure,
   a figure that could not be measured an error. Any thread. */
#ifndef VT_BENCH_JUNIT_H
#define VT_BENCH_JUNIT_H

#include "core/base/replaceable.h"
#include "core/base/str.h"
#include "core/bench/suite.h"

extern const vt_file_kind vt_junit_kind;

/* Appends the document. Check `xml->failed`. */
void vt_junit_write(const vt_bench_result *results, size_t count, vt_str *xml);

#endif
