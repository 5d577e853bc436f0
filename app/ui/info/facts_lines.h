/*
 * Labelled facts as rows of wrapped lines: labels in a column, values beside it, long ones over several
 * lines.
 *
 * A row is shaped once per text and broken into lines once per width; heights of the last few widths are
 * kept, for a layout asks for the height at several. Places are gaps between letters of values, so that text
 * can be selected. A plain object of a widget's: UI thread only.
 */
#ifndef VT_UI_INFO_FACTS_LINES_H
#define VT_UI_INFO_FACTS_LINES_H

#include "app/ui/parts/facts.h"
#include "core/base/str.h"

#include <qt6c/qfont.h>
#include <qt6c/qpainter.h>

#include <stdbool.h>
#include <stdint.h>

typedef struct vt_facts_lines vt_facts_lines;

/* Before a unit of UTF-16 of the value of a row. */
typedef struct vt_facts_place {
    size_t row;
    int at;
} vt_facts_place;

/* From one place to a later one, exclusive. */
typedef struct vt_facts_range {
    vt_facts_place from, to;
} vt_facts_range;

typedef struct vt_facts_colours { /* 0xRRGGBB */
    uint32_t label, value, alone; /* `alone`: a row without a label */
    uint32_t ground, chosen;      /* of what is selected */
} vt_facts_colours;

/* NULL when memory runs out. */
vt_facts_lines *vt_facts_lines_create(void);
void vt_facts_lines_free(vt_facts_lines *lines);

/* What is shown from now on, copied; a fact with an empty label has the whole width. False if that is so
   already, and all stays as it is. */
bool vt_facts_lines_set(vt_facts_lines *lines, const vt_fact_list *facts);
/* Another font is used from now on. */
void vt_facts_lines_set_font(vt_facts_lines *lines, const QFont *font);

size_t vt_facts_lines_count(const vt_facts_lines *lines);
int vt_facts_lines_height(vt_facts_lines *lines, int width);
void vt_facts_lines_paint(vt_facts_lines *lines, QPainter *painter, int width, const vt_facts_range *selected,
                          const vt_facts_colours *colours);

/* The place that is nearest to a point; without rows the first one. */
vt_facts_place vt_facts_lines_at(vt_facts_lines *lines, int width, double x, double y);
/* The word a place is in, and the whole value. */
vt_facts_range vt_facts_lines_word(const vt_facts_lines *lines, vt_facts_place place);
vt_facts_range vt_facts_lines_value(const vt_facts_lines *lines, size_t row);
vt_facts_range vt_facts_lines_all(const vt_facts_lines *lines);
/* From the earlier to the later one. */
vt_facts_range vt_facts_range_make(vt_facts_place a, vt_facts_place b);
bool vt_facts_range_is_empty(const vt_facts_range *range);

/* Appends it as text: a part of a value as it is, of several rows a line each, "label: value". */
void vt_facts_lines_append(const vt_facts_lines *lines, const vt_facts_range *range, vt_str *text);

/* How often rows have been broken into lines: for tests. */
int64_t vt_facts_lines_breaks(const vt_facts_lines *lines);

#endif
