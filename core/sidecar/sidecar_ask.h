/*
 * Having side-cars read and changed by somebody who has nothing to lose: the program hands over their bytes
 * and gets back what they say, or the bytes they are to have. It never looks into them itself.
 *
 * What comes back is checked here and believed no further than that. What a side-car says must be what one
 * could say (core/sidecar/sidecar_said.h). Bytes to be written must be text of an allowed size; more cannot
 * be checked without reading them as XML, so each change is made by a process that has had no other file:
 * whatever a side-car makes of that process, it comes into no file but itself.
 *
 * Any thread, each with an asking of its own; blocks.
 */
#ifndef VT_SIDECAR_SIDECAR_ASK_H
#define VT_SIDECAR_SIDECAR_ASK_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/sidecar/sidecar_change.h"
#include "core/sidecar/sidecar_said.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum vt_sidecar_question {
    VT_SIDECAR_SAYS_WHAT, /* bytes: the text; answer: vt_sidecar_said_pack */
    VT_SIDECAR_CHANGED,   /* bytes: vt_sidecar_change_pack; answer: the text as it is to be */
    VT_SIDECAR_MADE       /* the same without a text, of which there is none yet */
} vt_sidecar_question;

/* Whom to ask: vt_sidecar_asking_helper, or in tests vt_sidecar_asking_here. A value. */
typedef struct vt_sidecar_asking {
    /* Appends the answer to `bytes`, of which those from `text_begin` on are the side-car, to `answer`. False
       and `error`: with `*answered` the verdict on the side-car, whose message begins with a verb; else what
       stood in the way. */
    bool (*ask)(void *user, vt_sidecar_question question, const vt_str *bytes, size_t text_begin,
                vt_str *answer, bool *answered, vt_error *error);
    void *user;
} vt_sidecar_asking;

/* What `text` says, into one that is all zero. False, and nothing to free, with a message that begins with a
   verb: VT_ERROR_CORRUPT, _EMPTY, _LIMIT, _UNSUPPORTED; _CRASHED, also for nonsense, and _TIMEOUT, which are
   verdicts as well; VT_ERROR_MEMORY; or vt_sidecar_is_unasked. */
bool vt_sidecar_ask_what(const vt_sidecar_asking *asking, const vt_str *text, vt_sidecar_said *said,
                         vt_error *error);

/* Sets `result` to `text` with `change` made, or if that is NULL to a new side-car with it: see
   vt_sidecar_edit. As above, and VT_ERROR_USAGE. */
bool vt_sidecar_ask_changed(const vt_sidecar_asking *asking, const vt_str *text,
                            const vt_sidecar_change *change, vt_str *result, vt_error *error);

/* The error is none of the side-car's: nobody could be asked, because there is no helper (VT_ERROR_INTERNAL)
   or no time for one (VT_ERROR_BUSY), or because it was not wanted any more (VT_ERROR_CANCELLED). */
bool vt_sidecar_is_unasked(const vt_error *error);

#endif
