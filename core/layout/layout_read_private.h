/* The reader of layout_json.h while it reads; shared by its two files. */
#ifndef VT_LAYOUT_LAYOUT_READ_PRIVATE_H
#define VT_LAYOUT_LAYOUT_READ_PRIVATE_H

#include "core/base/json_reader.h"
#include "core/layout/layout_json.h"
#include "core/layout/tree_private.h"

typedef struct vt_layout_reader {
    vt_json_reader json;
    vt_panes *panes;
    const vt_layout_load *load;
    vt_layout_report report;
    double *ratios; /* a stack: those of a split, above those of the splits around it */
    size_t ratio_count, ratio_room;
    bool collapsed[VT_PANES_GROUPS_MAX];
    vt_pane_id maximised[VT_PANES_WINDOWS_MAX];
} vt_layout_reader;

/* ---- faults: each returns false ---- */

bool vt_layout_corrupt(vt_layout_reader *in, const char *words);
bool vt_layout_read_no_memory(vt_layout_reader *in);
/* What another function found wrong with the value read last. */
bool vt_layout_pass_on(vt_layout_reader *in, const vt_error *error);

/* Passes over a member nobody knows, and counts it. */
bool vt_layout_ignore(vt_layout_reader *in);

bool vt_layout_read_id(vt_layout_reader *in, int64_t *id);
/* False with a fault if the id is missing or there already. */
bool vt_layout_claim_id(vt_layout_reader *in, int64_t id, const char *what);

/* A node with all below it, linked to nothing above; VT_NODE_NONE with the reader's fault. What was made
   until then belongs to the layout. */
uint32_t vt_layout_read_node(vt_layout_reader *in, unsigned depth);

#endif
