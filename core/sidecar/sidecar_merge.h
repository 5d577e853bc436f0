/*
 * What an item has and what its side-car says, brought together: by what both had when they were last the
 * same.
 *
 * Field by field: who has changed it since then is followed; if both have, to different values, it is a
 * conflict, and nothing is changed on either side. Tags are a set, in which each side's additions and
 * removals hold, so they never are in conflict. What a side-car says in a way that Vitrine does not know (a
 * rating of -1, a label that is no colour of ours) is left alone there until the user gives a value here.
 *
 * Any thread; opens no file.
 */
#ifndef VT_SIDECAR_SIDECAR_MERGE_H
#define VT_SIDECAR_SIDECAR_MERGE_H

#include "core/base/error.h"
#include "core/sidecar/sidecar_read.h"

#include <stdbool.h>
#include <stdint.h>

#define VT_SIDECAR_ALL_FIELDS                                                                                \
    (VT_SIDECAR_RATING | VT_SIDECAR_LABEL | VT_SIDECAR_TITLE | VT_SIDECAR_NOTES | VT_SIDECAR_TAGS)

/* All zero: nothing is given. Texts are owned; NULL is as "". */
typedef struct vt_sidecar_values {
    int rating; /* 0 to 5 */
    int label;  /* a number of core/catalog/label.h, 0: none */
    char *title, *notes;
    vt_sidecar_tags tags;
} vt_sidecar_values;

void vt_sidecar_values_free(vt_sidecar_values *values);

/* Into one that is all zero. False and VT_ERROR_MEMORY, and nothing to free. */
bool vt_sidecar_values_copy(vt_sidecar_values *to, const vt_sidecar_values *from, vt_error *error);

/* The fields in which they differ. */
uint32_t vt_sidecar_values_differ(const vt_sidecar_values *a, const vt_sidecar_values *b);

/* Makes `fields` of `to` those of `from`. False and VT_ERROR_MEMORY. */
bool vt_sidecar_values_take(vt_sidecar_values *to, const vt_sidecar_values *from, uint32_t fields,
                            vt_error *error);

typedef struct vt_sidecar_merged {
    vt_sidecar_values now;    /* what the item is to have */
    vt_sidecar_values agreed; /* what to come back with next time, if nothing is written */
    uint32_t taken;           /* fields that are others now than `ours` */
    uint32_t ahead;           /* fields that the side-car does not have yet; none in conflict */
    uint32_t conflicts;       /* fields that both have changed */
} vt_sidecar_merged;

/* `agreed` is what both had, all zero at the first time; `readable` the fields of `theirs` that are known to
   be what the side-car says. Fills `merged`, to be freed in any case. False and VT_ERROR_MEMORY. */
bool vt_sidecar_merge(const vt_sidecar_values *agreed, const vt_sidecar_values *ours,
                      const vt_sidecar_values *theirs, uint32_t readable, vt_sidecar_merged *merged,
                      vt_error *error);
void vt_sidecar_merged_free(vt_sidecar_merged *merged);

#endif
