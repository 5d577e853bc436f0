/*
 * What is new in two side-cars of one file, told by what each of them said when it was last looked at.
 *
 * An edit here goes into one of the two, so the other one goes on saying what was before. If that one is then
 * changed by another program it is the newer, and all else that it says would look like news. So each is
 * compared with itself: a field that has changed in one of them is what that one says now; in both, what the
 * newer one says; in none of them, what was agreed. Of tags the additions and removals of both hold.
 *
 * Any thread; opens no file.
 */
#ifndef VT_SIDECAR_SIDECAR_NEWS_H
#define VT_SIDECAR_SIDECAR_NEWS_H

#include "core/sidecar/sidecar_merge.h"

/* What a side-car says, in our terms. Begin with all zero; vt_sidecar_values_free(&….values). */
typedef struct vt_sidecar_saying {
    vt_sidecar_values values;
    uint32_t readable; /* fields whose value is known to be what it says */
} vt_sidecar_saying;

/* `before` and `now` are of both names; `agreed` is what the item and both of them came to. Fills `theirs`,
   all zero at first, to be freed in any case. False and VT_ERROR_MEMORY. */
bool vt_sidecar_news(const vt_sidecar_values *agreed, const vt_sidecar_values *before,
                     const vt_sidecar_saying *now, vt_sidecar_name newer, vt_sidecar_saying *theirs,
                     vt_error *error);

/* What each is to be compared with the next time: what they say now, and in `open` fields, which were not
   settled, what they said before. `to` are two that are all zero, to be freed in any case. False and
   VT_ERROR_MEMORY. */
bool vt_sidecar_news_keep(const vt_sidecar_values *before, const vt_sidecar_saying *now, uint32_t open,
                          vt_sidecar_values *to, vt_error *error);

#endif
