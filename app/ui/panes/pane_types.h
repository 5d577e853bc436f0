/* Private to panes: the rows of the table in types.c, each from the file of its name. */
#ifndef VT_UI_PANES_PANE_TYPES_H
#define VT_UI_PANES_PANE_TYPES_H

#include "app/ui/panes/content.h"

extern const vt_pane_type vt_pane_browse_type;   /* pane_browse.c */
extern const vt_pane_type vt_pane_table_type;    /* pane_table.c */
extern const vt_pane_type vt_pane_image_type;    /* pane_image.c */
extern const vt_pane_type vt_pane_model_type;    /* pane_model.c */
extern const vt_pane_type vt_pane_sequence_type; /* pane_sequence.c */
extern const vt_pane_type vt_pane_text_type;     /* pane_text.c */
extern const vt_pane_type vt_pane_query_type;    /* pane_query.c */
extern const vt_pane_type vt_pane_info_type;     /* pane_info.c */
extern const vt_pane_type vt_pane_activity_type; /* pane_activity.c */
extern const vt_pane_type vt_pane_help_type;     /* pane_help.c */

#endif
