/* Private to core/catalog: the rules about rows that a check applies, in the order in which they are
 * repaired. */
#ifndef VT_CATALOG_CHECK_PRIVATE_H
#define VT_CATALOG_CHECK_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct vt_check_rule {
    const char *name;
    const char *count;    /* a query for the number of rows that break it */
    const char *repair;   /* statements that put that right without guessing; NULL: nothing does */
    const char *broken;   /* after the number of rows */
    const char *advice;   /* where it is not repaired; then follows what a repair does */
    const char *repaired; /* what a repair does */
    bool harmless;
} vt_check_rule;

extern const vt_check_rule vt_check_rules[];
extern const size_t vt_check_rule_count;

#endif
