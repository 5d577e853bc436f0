/*
 * Lines of a grouped grid: which group and which item stand how far down, for any number of groups.
 *
 * Each group is a header and its items in lines of so many columns; a collapsed one is only its header. Sums
 * are kept for every 64th group, the rest is counted again each time: a million groups cost 192 KiB, and are
 * summed up in about a millisecond when the number of columns changes (tests/bench/bench_groups.c).
 *
 * Items have two numbers: the position in the view, and the slot, which leaves out what is collapsed. Slots
 * that are seen at once follow each other; positions need not.
 *
 * No Qt; one thread.
 */
#ifndef VT_UI_BROWSE_GROUP_LINES_H
#define VT_UI_BROWSE_GROUP_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_group_lines vt_group_lines;

/* Where the sizes of groups come from; must stay as it is until the next vt_group_lines_set. */
typedef struct vt_group_source {
    uint32_t count; /* groups */
    void (*sizes)(const void *of, uint32_t first, uint32_t count, uint32_t *sizes);
    const void *of; /* borrowed */
} vt_group_source;

/* One group as it is laid out. */
typedef struct vt_group_place {
    uint32_t group;
    int64_t position; /* of its first item */
    int64_t slot;     /* of its first item, or of the next one that is shown if it is collapsed */
    int64_t line;     /* lines before it; headers do not count */
    uint32_t count;   /* items */
    uint32_t lines;   /* of items; 0 if it is collapsed */
} vt_group_place;

/* NULL when memory runs out. */
vt_group_lines *vt_group_lines_create(void);
void vt_group_lines_free(vt_group_lines *lines); /* NULL is allowed */

/* Other groups. `exceptions`: `exception_count` groups in ascending order, copied, that are collapsed while
   all others are not, or the other way round if `all_collapsed`. False when memory runs out: there are no
   groups then. */
bool vt_group_lines_set(vt_group_lines *lines, const vt_group_source *source, const uint32_t *exceptions,
                        size_t exception_count, bool all_collapsed, int columns);

/* Another number of columns. Linear in the number of groups; nothing happens if it is the same. */
void vt_group_lines_set_columns(vt_group_lines *lines, int columns);

uint32_t vt_group_lines_groups(const vt_group_lines *lines);
bool vt_group_lines_is_collapsed(const vt_group_lines *lines, uint32_t group);
int64_t vt_group_lines_total(const vt_group_lines *lines); /* lines of items */
int64_t vt_group_lines_slots(const vt_group_lines *lines);

/* The group itself, the one that holds a position, the one that holds a slot (smaller than the number of
   slots). Logarithmic. */
vt_group_place vt_group_lines_at(const vt_group_lines *lines, uint32_t group);
vt_group_place vt_group_lines_of_position(const vt_group_lines *lines, int64_t position);
vt_group_place vt_group_lines_of_slot(const vt_group_lines *lines, int64_t slot);

/* The last group that begins at or above `y`, if each has a header of that height and lines of that height.
 */
vt_group_place vt_group_lines_at_height(const vt_group_lines *lines, int64_t y, int header, int line);

#endif
