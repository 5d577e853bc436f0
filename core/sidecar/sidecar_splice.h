/*
 * A list of changes to a text, each by its place in the text as it was, made all at once. Within
 * core/sidecar. Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_SPLICE_H
#define VT_SIDECAR_SIDECAR_SPLICE_H

#include "core/base/str.h"
#include "core/sidecar/sidecar_scan.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct vt_sidecar_splice {
    vt_sidecar_span span; /* what goes; empty for a mere insertion */
    size_t at, length;    /* in `words`: what comes instead */
    size_t turn;
} vt_sidecar_splice;

/* Begin with the text, VT_STR_INIT in `words` and all else zero. */
typedef struct vt_sidecar_splices {
    const char *text; /* lent */
    size_t count;
    vt_sidecar_splice *list; /* owned, as `words` */
    size_t used, room;
    vt_str words;
    bool failed; /* memory ran out: nothing further is noted */
} vt_sidecar_splices;

void vt_sidecar_splices_free(vt_sidecar_splices *splices);

/* Notes that `span` becomes `words`. What is inserted at one place stays in the order of the calls. */
void vt_sidecar_splice_add(vt_sidecar_splices *splices, vt_sidecar_span span, const char *words);

/* An element goes, and the white space before it; or an attribute, whose span has that already. */
void vt_sidecar_splice_remove(vt_sidecar_splices *splices, vt_sidecar_span whole);

/* The element has `content` from now on, which is XML. */
void vt_sidecar_splice_content(vt_sidecar_splices *splices, const vt_sidecar_element *element,
                               const char *content);

/* Where the white space before `at` begins. */
size_t vt_sidecar_lead(const char *text, size_t at);

/* Length of the name in the start tag at `tag`, which follows the '<'. */
size_t vt_sidecar_tag_name_length(const char *text, size_t count, size_t tag);

/* Appends the text with all changes to `result`. False and VT_ERROR_MEMORY, or VT_ERROR_INTERNAL if two
   changes overlap. */
bool vt_sidecar_splices_apply(vt_sidecar_splices *splices, vt_str *result, vt_error *error);

#endif
