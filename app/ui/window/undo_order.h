/*
 * In which order things were done that are remembered in different places: edits of items by the engine
 * (core/edit/history.h), and what was done to files (app/ui/files/undo_list.h). So one key undoes both, the
 * last one first. No Qt; the window's thread.
 */
#ifndef VT_UI_WINDOW_UNDO_ORDER_H
#define VT_UI_WINDOW_UNDO_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_undo_source {
    VT_UNDO_NOTHING,
    VT_UNDO_EDITS,
    VT_UNDO_FILES,
    VT_UNDO_SOURCE_COUNT
} vt_undo_source;

/* As many as both remember together; older ones are forgotten. */
#define VT_UNDO_ORDER_MAX 256

/* All zero at first. */
typedef struct vt_undo_order {
    uint8_t sources[VT_UNDO_ORDER_MAX]; /* vt_undo_source */
    size_t count;
    size_t done; /* of them; those behind were undone */
} vt_undo_order;

/* Something was done; what was undone before cannot be redone any more. */
void vt_undo_order_push(vt_undo_order *order, vt_undo_source source);

/* Whose turn it is to undo, or to redo. `has` tells of each source whether it has anything: what a source has
   forgotten by itself is forgotten here, too. */
vt_undo_source vt_undo_order_to_undo(vt_undo_order *order, const bool has[VT_UNDO_SOURCE_COUNT]);
vt_undo_source vt_undo_order_to_redo(vt_undo_order *order, const bool has[VT_UNDO_SOURCE_COUNT]);

/* The last step of `source` was undone, or the next one redone; be it not the last of all. */
void vt_undo_order_back(vt_undo_order *order, vt_undo_source source);
void vt_undo_order_forth(vt_undo_order *order, vt_undo_source source);

#endif
