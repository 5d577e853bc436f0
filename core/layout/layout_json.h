/*
 * Layouts as JSON, saved and restored, version 1:
 *
 *     {"format": "vitrine-layout", "version": 1,
 *      "groups": [{"id": 9, "name": "Maps", "collapsed": true}],
 *      "windows": [{"id": 1, "place": [0, 0, 800, 600], "full": false, "maximised": 4,
 *                   "tree": {"id": 2, "split": "horizontal", "ratios": [0.25, 0.75],
 *                            "children": [{"id": 3, "pane": "browse:|", "state": "c2Nyb2xs", "group": 9,
 * "link": 1},
 *                                         {"id": 4, "pane": "image:7", "room": "after"}]}}]}
 *
 * Members that have their usual value (no group, no state, not collapsed) are left out. States are base64
 * (RFC 4648). "room" tells to which side a pane's room goes when it is closed, "home" where a detached pane
 * came from.
 *
 * Tolerant: unknown members are passed over, providers nobody knows stay (their panes say so), groups that
 * are not there are forgotten, splits of one child or of the same direction within each other are put right,
 * windows that stand on no screen come back onto one (placement.h). Strict: what is no JSON, has no panes,
 * ids or names twice, ratios that are not above 0, are no numbers, or not as many as children, more panes,
 * depth or bytes than tree.h allows, or a newer version (VT_ERROR_VERSION) is refused as a whole, with line
 * and column.
 *
 * One thread at a time for a layout; reading needs none of the window's, so it can be done ahead.
 */
#ifndef VT_LAYOUT_LAYOUT_JSON_H
#define VT_LAYOUT_LAYOUT_JSON_H

#include "core/base/json_writer.h"
#include "core/base/str.h"
#include "core/layout/tree.h"

#define VT_LAYOUT_JSON_VERSION 1

/* Longer texts are refused unread. */
#define VT_LAYOUT_JSON_BYTES_MAX (64 << 20)

/* How a layout is restored; all zero is allowed. */
typedef struct vt_layout_load {
    const vt_rect *screens; /* where windows may stand; lent for the call */
    size_t screen_count;    /* 0: wherever they were */
    /* True if a provider id can be shown; NULL: all can. */
    bool (*known)(void *user, const char *provider);
    void *user;
} vt_layout_load;

/* What had to be put right. */
typedef struct vt_layout_report {
    size_t members_ignored;   /* unknown ones */
    size_t providers_unknown; /* panes that cannot be shown here */
    size_t windows_moved;
    size_t splits_mended;
    size_t groups_missing; /* panes whose group is not there, or was collapsed and had to be expanded */
} vt_layout_report;

/* Appends the layout to `text`. False and `error` (VT_ERROR_MEMORY). */
bool vt_layout_to_json(const vt_panes *panes, vt_json_style style, vt_str *text, vt_error *error);

/* NULL and `error` if the text is refused. `load` and `report` may be NULL. */
vt_panes *vt_layout_from_json(const char *text, size_t length, const vt_layout_load *load,
                              vt_layout_report *report, vt_error *error);

#endif
