/*
 * What moves under the pointer: a sequence plays at its rate, a model turns as the pointer crosses it.
 *
 * One item at a time; pictures are decoded as small as they are shown, some frames ahead (player.h), and
 * nothing is kept when the pointer leaves. UI thread only.
 */
#ifndef VT_UI_BROWSE_HOVER_H
#define VT_UI_BROWSE_HOVER_H

#include "core/import/engine.h"

#include <qt6c/qobject.h>
#include <qt6c/qpixmap.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_hover vt_hover;

/* Another picture of what moves; `picture` is lent. */
typedef void (*vt_hover_show)(void *user, const QPixmap *picture);

typedef struct vt_hover_subject {
    int64_t item;     /* catalog id */
    const char *path; /* bytes; copied */
    vt_kind kind;
    uint32_t side; /* physical pixels of the square it is shown in */
    double ratio;  /* of them to those of the screen */
} vt_hover_subject;

/* `parent` becomes the context of its timers; the hover must be freed before it. NULL when memory runs out.
 */
vt_hover *vt_hover_create(QObjectRef parent, vt_engine *engine, vt_hover_show show, void *user);
void vt_hover_free(vt_hover *hover); /* NULL is allowed */

/* True if things of this kind move. */
bool vt_hover_moves(vt_kind kind);

/* Ends what moves, and begins with `subject` if the pointer rests on it for a moment. */
void vt_hover_begin(vt_hover *hover, const vt_hover_subject *subject);
/* The pointer is at this share of the width, 0 to 1. */
void vt_hover_move(vt_hover *hover, double share);
/* Nothing is under way afterwards. */
void vt_hover_end(vt_hover *hover);

/* The item that moves or is about to; 0 for none. */
int64_t vt_hover_item(const vt_hover *hover);

#endif
