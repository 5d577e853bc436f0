/*
 * What is written below a card: up to two lines, chosen by the user from a const table. No Qt; any thread.
 */
#ifndef VT_UI_BROWSE_CAPTIONS_H
#define VT_UI_BROWSE_CAPTIONS_H

#include "core/base/str.h"
#include "core/index/index.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_caption_line {
    VT_CAPTION_NAME,
    VT_CAPTION_DIMENSIONS, /* pixels, triangles, frames */
    VT_CAPTION_SIZE,       /* of the file */
    VT_CAPTION_DATE,       /* when the file was changed */
    VT_CAPTION_TAKEN,      /* when the picture was, by its camera's clock */
    VT_CAPTION_FOLDER,
    VT_CAPTION_RATING,
    VT_CAPTION_LABEL,
    VT_CAPTION_LINE_COUNT
} vt_caption_line;

#define VT_CAPTIONS_MAX 2

typedef struct vt_captions {
    size_t count;
    vt_caption_line lines[VT_CAPTIONS_MAX]; /* in the order they were chosen */
} vt_captions;

/* Name and dimensions. */
vt_captions vt_captions_default(void);

/* For a menu. */
const char *vt_captions_title(vt_caption_line line);

bool vt_captions_has(const vt_captions *captions, vt_caption_line line);

/* Chooses a line, or drops it if it is chosen. One too many takes the place of the one chosen first. */
void vt_captions_turn(vt_captions *captions, vt_caption_line line);

/* As text for settings, "name dimensions"; "none" for none. `size` 64 is enough. Returns `text`. */
char *vt_captions_write(const vt_captions *captions, char *text, size_t size);
/* Words that are not known are left out. */
vt_captions vt_captions_read(const char *text);

/* Appends line number `number` (below the count, top to bottom) for a row, whose columns are `item`; UTF-8,
   fit for display. */
void vt_captions_append(const vt_captions *captions, size_t number, const vt_snapshot *snapshot, uint32_t row,
                        const vt_item_brief *item, vt_str *text);

#endif
