/*
 * Reading the side-cars of a file: both, if both are there (core/sidecar/sidecar_path.h), as one.
 *
 * What two side-cars say is merged by this rule. Single values (rating, label, title, notes) are those of the
 * one that was modified last, if it has the property at all, an empty one included; else those of the other.
 * Of two that were modified at the same time the one with the long name counts as the newer. Tags are united;
 * how three lists of one file become one set says core/sidecar/sidecar_tags.h. What cameras measured, dates
 * and positions: field by field, the newer's if it has it. To take a value away for good, take it out of
 * both. Where it is known what each of the two said before, core/sidecar/sidecar_news.h goes by that instead.
 *
 * A side-car with the short name that says (photoshop:SidecarForExtension, which Adobe's programs write) that
 * it is of a file with another extension is left out.
 *
 * What is not understood is left where it stands: vt_sidecar_write changes nothing else. Touches the disk and
 * opens at most two files of at most 1 MiB: not on the window's thread. Any thread otherwise.
 */
#ifndef VT_SIDECAR_SIDECAR_READ_H
#define VT_SIDECAR_SIDECAR_READ_H

#include "core/base/error.h"
#include "core/decode/metadata.h"
#include "core/sidecar/sidecar_ask.h"
#include "core/sidecar/sidecar_file.h"
#include "core/sidecar/sidecar_tags.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A bit each. */
typedef enum vt_sidecar_field {
    VT_SIDECAR_RATING = 1 << 0,
    VT_SIDECAR_LABEL = 1 << 1,
    VT_SIDECAR_TITLE = 1 << 2,
    VT_SIDECAR_NOTES = 1 << 3,
    VT_SIDECAR_TAGS = 1 << 4
} vt_sidecar_field;

typedef enum vt_sidecar_name { VT_SIDECAR_LONG, VT_SIDECAR_SHORT, VT_SIDECAR_NAMES } vt_sidecar_name;

/* What users gave. Strings are owned, never NULL, valid UTF-8 without control characters; "" in fields that
   are not known. */
typedef struct vt_sidecar_marks {
    uint32_t known; /* vt_sidecar_field */
    int rating;     /* -1 (rejected), 0 (none given) to 5 */
    char *label;    /* a colour's name, in whatever language it was given */
    char *title;
    char *notes;          /* may hold line breaks */
    vt_sidecar_tags tags; /* "place/italy/rome" */
} vt_sidecar_marks;

/* One of the two. */
typedef struct vt_sidecar_part {
    char *path; /* owned; NULL if it was not looked for, or is another file's */
    vt_sidecar_stamp stamp;
    size_t kept;            /* properties that Vitrine does not know */
    vt_sidecar_marks marks; /* what it says alone; nothing if it is not there or could not be read */
    vt_error error;         /* why it could not be read; VT_ERROR_NONE if it could, or is not there */
} vt_sidecar_part;

typedef struct vt_sidecar {
    vt_sidecar_marks marks; /* of both as one */
    vt_metadata metadata;   /* all that core/decode/xmp.h reads, with its limits */
    vt_sidecar_part part[VT_SIDECAR_NAMES];
} vt_sidecar;

/* Reads the side-cars of the file `path`, which itself is not touched; `with_short` if the short name can be
   its (vt_sidecar_path_owner). Their bytes are loaded here; what they say, `asking` tells. False and `error`
   when memory runs out or nobody could be asked (vt_sidecar_is_unasked). A side-car that cannot be read has
   its error in its part and adds nothing: VT_ERROR_CORRUPT, _EMPTY, _LIMIT, _UNSUPPORTED (no UTF-8 or
   UTF-16), _CRASHED and _TIMEOUT (of who was asked), _NOT_REGULAR, or what the system says. `sidecar` is
   filled in any case; free with vt_sidecar_free. */
bool vt_sidecar_read(const char *path, bool with_short, const vt_sidecar_asking *asking, vt_sidecar *sidecar,
                     vt_error *error);
void vt_sidecar_free(vt_sidecar *sidecar);

/* The one that was modified last, by the rule above; of none VT_SIDECAR_LONG. */
vt_sidecar_name vt_sidecar_newer(const vt_sidecar *sidecar);

#endif
