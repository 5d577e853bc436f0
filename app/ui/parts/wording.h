/*
 * Numbers as people read them: sizes, counts, durations, dimensions. Text is UTF-8 for labels and tables.
 *
 * Each function writes at most `size` bytes including the NUL and returns `text`. No Qt; any thread. Words
 * are English, for these threads have no translator (translate.h); who shows them in the window takes
 * vt_facts_extent.
 */
#ifndef VT_UI_PARTS_WORDING_H
#define VT_UI_PARTS_WORDING_H

#include "core/decode/media.h"
#include "core/perf/budget.h"

#include <stddef.h>
#include <stdint.h>

/* The signs of the language between thousands and before decimals: ',' and '.' unless set. Once, before there
   are other threads. */
void vt_wording_set_signs(char thousands, char decimal);

/* Puts the decimal sign into the place of each point of `text`, which is numbers and units only. */
char *vt_wording_point(char *text);

/* "0.5", with so many decimals. */
char *vt_wording_decimal(char *text, size_t size, int decimals, double value);

/* "0 bytes", "812 bytes", "4.1 MB" (powers of 1000, as file managers show them). */
char *vt_wording_size(char *text, size_t size, int64_t bytes);

/* "16.7 ms", "4.1 MB": what a budget is about. */
char *vt_wording_amount(char *text, size_t size, vt_budget_unit unit, int64_t value);

/* "6,900" */
char *vt_wording_count(char *text, size_t size, int64_t count);

/* "12 s", "3 min 5 s", "2 h 10 min" */
char *vt_wording_duration(char *text, size_t size, int64_t ns);

/* "2026-11-21 06:30" in local time. */
char *vt_wording_date(char *text, size_t size, int64_t wall_ns);

/* The same of what a clock showed, as nanoseconds since 1970-01-01 00:00 of it: no time zone comes in. */
char *vt_wording_clock(char *text, size_t size, int64_t shown_ns);

/* What kind of thing and how large: "4000 x 3000" (with a multiplication sign), "1,204 triangles", "240
   frames". `triangles` is the frames of a sequence. */
char *vt_wording_extent(char *text, size_t size, vt_kind kind, uint32_t width, uint32_t height,
                        uint64_t triangles);

#endif
