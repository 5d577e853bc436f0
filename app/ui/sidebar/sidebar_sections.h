/*
 * The sections of the sidebar, as a const table: title and where the rows come from. A new section is a
 * function and a line. No Qt; filling is a worker's.
 */
#ifndef VT_UI_SIDEBAR_SIDEBAR_SECTIONS_H
#define VT_UI_SIDEBAR_SIDEBAR_SECTIONS_H

#include "app/ui/sidebar/saved_filters.h"
#include "app/ui/sidebar/sidebar_rows.h"
#include "core/index/tally.h"

#include <stdatomic.h>

/* In the order they are shown. */
typedef enum vt_sidebar_section {
    VT_SIDEBAR_SAVED,
    VT_SIDEBAR_TAGS,
    VT_SIDEBAR_ALBUMS,
    VT_SIDEBAR_KINDS,
    VT_SIDEBAR_FORMATS,
    VT_SIDEBAR_RATINGS,
    VT_SIDEBAR_LABELS,
    VT_SIDEBAR_DATES,
    VT_SIDEBAR_CAMERAS,
    VT_SIDEBAR_MISSING,
    VT_SIDEBAR_TWINS,
    VT_SIDEBAR_SECTION_COUNT
} vt_sidebar_section;

/* What rows are made from; borrowed for the call. */
typedef struct vt_sidebar_source {
    const vt_tally *tally;
    const vt_saved_filters *saved;
    const atomic_bool *cancelled;
} vt_sidebar_source;

typedef struct vt_sidebar_section_info {
    const char *name;  /* in the session's file: it never changes */
    const char *title; /* English */
    /* Fills `rows`, in time in proportion to them. A section without rows is not shown. */
    void (*fill)(const vt_sidebar_source *source, vt_sidebar_rows *rows);
    bool open;   /* at first */
    bool worded; /* its rows are called by our own words, which are translated when they are shown */
} vt_sidebar_section_info;

const vt_sidebar_section_info *vt_sidebar_section_get(vt_sidebar_section section);

/* The filter for rows that were chosen: within a section one of them, over sections all of them. `of` (their
   sections) and `filters` have `count` entries, those of a section together. Appends to `text`. More may be
   written behind it, which narrows it further. */
void vt_sidebar_combine(const vt_sidebar_section *of, const char *const *filters, size_t count, vt_str *text);

/* The same for what the user wrote himself: in brackets if it has an "or" outside of any. */
void vt_sidebar_append_typed(const char *typed, vt_str *text);

/* Rows of these have names of the user's, and numbers by which they are known under another one. */
bool vt_sidebar_section_is_renamed(vt_sidebar_section section);

#endif
