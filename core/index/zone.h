/*
 * Moments as a clock on the wall shows them: what sorts and counts days beside the dates that cameras write,
 * which know no time zone. localtime_r for each of a million rows would take a quarter of a second; here the
 * changes of the local time zone from 1900 to 2200 are looked up once, and a moment costs 2 ns.
 *
 * The time zone is that of the first call (some 3 ms: not on the UI thread). Any thread.
 */
#ifndef VT_INDEX_ZONE_H
#define VT_INDEX_ZONE_H

#include <stdint.h>

/* Nanoseconds from 1970-01-01 00:00 to what a local clock shows at `moment_ns` (nanoseconds since 1970-01-01
   UTC), counted as if no hour were ever skipped or repeated. */
int64_t vt_zone_clock(int64_t moment_ns);

#endif
