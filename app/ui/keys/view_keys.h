/*
 * Keys that the views handle themselves rather than by an action: moving, zooming, playing. They can be bound
 * anew as those of commands can; a view acts on the standard key of what was pressed. UI thread only.
 */
#ifndef VT_UI_KEYS_VIEW_KEYS_H
#define VT_UI_KEYS_VIEW_KEYS_H

#include <qt6c/qkeyevent.h>
#include <stddef.h>

typedef struct vt_view_key_row {
    const char *name;  /* in the settings */
    unsigned contexts; /* of vt_key_context */
    const char *text;  /* English: what it does */
    const char *keys;  /* as vt_command_row.keys */
    int code;          /* the Qt_Key that the view acts on */
} vt_view_key_row;

size_t vt_view_key_count(void);
/* Valid for ever. */
const vt_view_key_row *vt_view_key_get(size_t index);

/* What a view shall take this for: the standard key of what the pressed one is bound to in `contexts`, 0 if
   it is a standard key that was taken away, else the pressed key itself. `modifiers` (NULL allowed) is which
   of them the view shall see: those of a binding are not passed on; Shift and Ctrl beside a bound key are,
   since they extend a selection. */
int vt_view_key_pressed(unsigned contexts, const QKeyEvent *event, int *modifiers);

#endif
