/*
 * A change to a side-car, and the form in which it goes to the helper that makes it
 * (core/sidecar/sidecar_edit.h), together with the text that is changed. Opens no file. Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_CHANGE_H
#define VT_SIDECAR_SIDECAR_CHANGE_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is to hold; all strings are lent for the call. They are UTF-8 and become fit to be shown first
   (vt_sidecar_text_clean). NULL is as "". */
typedef struct vt_sidecar_change {
    uint32_t fields; /* vt_sidecar_field: only these are changed */
    int rating;      /* -1 to 5 */
    const char *label;
    const char *title;
    const char *notes;
    const char *const *tags; /* all that the file is to have: "place/italy/rome" */
    size_t tag_count;
} vt_sidecar_change;

/* The smallest packet, into which a change is made when there is no side-car. A constant, known to be good.
 */
const char *vt_sidecar_change_empty(void);

/* Appends `change`, and behind it the `count` bytes of the text it is for, to `to`. `to->failed` when memory
   runs out. */
void vt_sidecar_change_pack(const vt_sidecar_change *change, const void *text, size_t count, vt_str *to);

/* Reads that: `change` and `text` lie within `bytes` and are lent as long as these are, but for `*tags`,
   which is to be freed (free()). False, and nothing to free: VT_ERROR_USAGE, VT_ERROR_MEMORY; messages begin
   with a verb. */
bool vt_sidecar_change_unpack(const void *bytes, size_t count, vt_sidecar_change *change, const char ***tags,
                              const char **text, size_t *text_count, vt_error *error);

#endif
