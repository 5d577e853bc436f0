/* Private to core/catalog: the rules about rows that a check applies, in the order in which they are
 * repaired, and what it makes of the tables themselves. */
#ifndef VT_CATALOG_CHECK_PRIVATE_H
#define VT_CATALOG_CHECK_PRIVATE_H

#include "core/base/error.h"

#include <sqlite3.h>
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

/* check_schema.c: compares each table and index behind `db` with those of a catalog that this program makes
   of the same `version`; what is there beside them is nobody's. `told` is called for each that differs. With
   `writable` descriptions that differ are set right, if the rows then agree with them; a table or index that
   is lost is not brought back. `*right`: all are as they should be now. False and `error` if that cannot be
   told. */
typedef void (*vt_schema_finding)(void *user, const char *message, bool repaired);
bool vt_check_schema(sqlite3 *db, sqlite3 *writable, int version, vt_schema_finding told, void *user,
                     bool *right, vt_error *error);

#endif
