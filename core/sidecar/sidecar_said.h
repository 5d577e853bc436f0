/*
 * What one side-car says, and the form in which that comes out of the helper that has read it.
 *
 * The helper may have been taken over by the very file: everything in that form is checked, by the rules by
 * which an honest helper makes it (core/sidecar/sidecar_parse.h). What passes is what a side-car could say.
 *
 * Plain values; any thread. Opens no file.
 */
#ifndef VT_SIDECAR_SIDECAR_SAID_H
#define VT_SIDECAR_SIDECAR_SAID_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/decode/metadata.h"
#include "core/sidecar/sidecar_tags.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_sidecar_single {
    VT_SIDECAR_SINGLE_LABEL,
    VT_SIDECAR_SINGLE_TITLE,
    VT_SIDECAR_SINGLE_NOTES,     /* may hold line breaks, as the only one */
    VT_SIDECAR_SINGLE_EXTENSION, /* of the file it is of: photoshop:SidecarForExtension */
    VT_SIDECAR_SINGLES
} vt_sidecar_single;

/* All zero: nothing. */
typedef struct vt_sidecar_said {
    char
        *single[VT_SIDECAR_SINGLES]; /* owned; NULL: it has no such property; clean (vt_sidecar_text_clean) */
    vt_sidecar_tags paths;           /* of the lists that know levels */
    vt_sidecar_tags words;           /* of dc:subject, without levels of `paths` */
    vt_metadata metadata;            /* the rating is here */
    size_t kept;                     /* properties that are none of ours */
} vt_sidecar_said;

void vt_sidecar_said_free(vt_sidecar_said *said);

/* Appends the form to `to`: `to->failed` when memory runs out. */
void vt_sidecar_said_pack(const vt_sidecar_said *said, vt_str *to);

/* Reads it, into one that is all zero. False, and nothing to free: VT_ERROR_CRASHED for what no helper in its
   right mind would say, VT_ERROR_MEMORY. Messages begin with a verb. */
bool vt_sidecar_said_unpack(const void *bytes, size_t count, vt_sidecar_said *said, vt_error *error);

#endif
