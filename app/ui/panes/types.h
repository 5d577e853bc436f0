/*
 * The kinds of content that panes can show: each has a file pane_NAME.c of this folder, and a line in the
 * table of types.c. UI thread only.
 */
#ifndef VT_UI_PANES_TYPES_H
#define VT_UI_PANES_TYPES_H

#include "app/ui/panes/content.h"

/* In the order of the menu that adds a pane; NULL behind the last. */
extern const vt_pane_type *const vt_pane_types[];

extern const vt_pane_type vt_pane_note;

/* The type of a provider id; NULL: nobody has it. `argument`, if not NULL, is set to what stands behind the
   colon. */
const vt_pane_type *vt_pane_type_of(const char *provider, const char **argument);

#endif
