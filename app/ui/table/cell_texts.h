/*
 * The texts of table cells, laid out once and then only drawn. Shaping a text is most of what painting a cell
 * costs, and the style's own way shapes it three times at every painting: to ask for its size, to elide it,
 * to draw it. What was painted lately is kept: a page of rows many times over.
 *
 * UI thread only.
 */
#ifndef VT_UI_TABLE_CELL_TEXTS_H
#define VT_UI_TABLE_CELL_TEXTS_H

#include <qt6c/qstyleoptionviewitem.h>

#include <stdbool.h>
#include <stdint.h>

/* Pixels in front of a text and behind it. */
#define VT_CELL_MARGIN 8

typedef struct vt_cell_texts vt_cell_texts;

/* NULL when memory runs out; painting does without. */
vt_cell_texts *vt_cell_texts_create(void);
void vt_cell_texts_free(vt_cell_texts *texts); /* NULL is allowed */

/* Paints a cell: its background as the style has it, then `text` (UTF-8, one line) `indent` pixels behind
   where it would begin, elided in the middle; at the right end with `at_right`. `texts` may be NULL. */
void vt_cell_texts_paint(vt_cell_texts *texts, QPainter *painter, const QStyleOptionViewItem *option,
                         const char *text, int indent, bool at_right);

/* How many texts had to be laid out so far. */
uint64_t vt_cell_texts_made(const vt_cell_texts *texts);

#endif
