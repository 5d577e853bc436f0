/*
 * Twins: items that are there more than once, as groups of rows. Of equal content, and images that look
 * alike; who finds them is core/import/duplicates.h.
 *
 * What was found is given to the index as a whole, and kept; what snapshots show is what of it still holds.
 * A member counts as long as its file is there and has the size and time it had when it was compared: one
 * that is removed, changed, missing or offline leaves its group with the next publish, and comes back with it
 * when the deletion is undone or the disk is there again. A group of less than two is none.
 *
 * Members stand by group, the best of a group first: that is the one to keep. Their number in that order is
 * their place.
 *
 * Memory: 40 bytes a member and 32 a group (as many again while snapshots of before are held), and a bit a
 * row; nothing where nothing was found. Threads: as index.h.
 */
#ifndef VT_INDEX_TWINS_H
#define VT_INDEX_TWINS_H

#include "core/base/error.h"
#include "core/catalog/twins.h"
#include "core/index/index.h"

#include <stdbool.h>
#include <stdint.h>

/* Tells versions of a content apart. */
uint64_t vt_twin_stamp(int64_t size, int64_t mtime_ns);

/* Takes the place of what was found before; items that the index does not know are left out. Copied. Not
   visible before vt_index_publish. VT_ERROR_MEMORY: then it is as before. */
bool vt_index_set_twins(vt_index *index, vt_twin_kind kind, const vt_twins_found *found, vt_error *error);

typedef struct vt_twins_info {
    bool searched;    /* ever */
    int64_t found_ns; /* as above */
    uint32_t members, groups;
    uint32_t younger; /* items that came since */
    int64_t gain;     /* bytes that are free when only the best of each group and its hard links are left */
} vt_twins_info;

typedef struct vt_twin_group {
    uint32_t first, count; /* places */
    uint32_t files;        /* different ones; less than `count`: some are hard links */
    int64_t size;          /* of the best, bytes */
    int64_t gain;          /* as above */
} vt_twin_group;

/* Logarithmic; `younger` counts removed ones, too. */
void vt_snapshot_twins(const vt_snapshot *snapshot, vt_twin_kind kind, vt_twins_info *info);

/* The place of a row, VT_INDEX_NO_ROW if it has none. Logarithmic. */
uint32_t vt_snapshot_twin_place(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t row);

/* By place: row, group, and number of the file. Constant time. */
uint32_t vt_snapshot_twin_row(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t place);
uint32_t vt_snapshot_twin_group_of(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t place);
uint32_t vt_snapshot_twin_file(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t place);

/* Constant time. */
void vt_snapshot_twin_group(const vt_snapshot *snapshot, vt_twin_kind kind, uint32_t group,
                            vt_twin_group *of);

#endif
