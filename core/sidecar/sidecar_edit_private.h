/*
 * What the two halves of editing share: single values (sidecar_edit.c) and lists of tags
 * (sidecar_edit_tags.c). Within core/sidecar.
 */
#ifndef VT_SIDECAR_SIDECAR_EDIT_PRIVATE_H
#define VT_SIDECAR_SIDECAR_EDIT_PRIVATE_H

#include "core/sidecar/sidecar_splice.h"
#include "core/sidecar/sidecar_tags.h"

#include <stdint.h>

enum { VT_SIDECAR_TEXTS = 3 }; /* label, title, notes */

/* A change as it will be read again. */
typedef struct vt_sidecar_wanted {
    uint32_t fields;
    int rating;
    vt_str text[VT_SIDECAR_TEXTS];
    vt_sidecar_tags tags;
} vt_sidecar_wanted;

typedef struct vt_sidecar_editing {
    const char *text;
    const vt_sidecar_scan *scan;
    const vt_sidecar_wanted *wanted;
    vt_sidecar_splices splices;
    vt_str fresh; /* new properties, each with `lead` before it */
    vt_str lead;  /* line break and indentation */
} vt_sidecar_editing;

/* A new property, which comes behind all others: `values` are XML, a NUL behind each; one if it is no list.
 */
void vt_sidecar_editing_add(vt_sidecar_editing *e, vt_sidecar_property property, const vt_str *values);

/* Notes the changes that make the lists of tags those that are wanted. */
bool vt_sidecar_editing_set_tags(vt_sidecar_editing *e, vt_error *error);

#endif
