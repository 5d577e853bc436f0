/*
 * Checking a catalog: what SQLite can see (pages, indexes, foreign keys) and what only we can (tables that
 * are not described as this program does, rows that make no sense, thumbnails of items that are gone), and
 * putting right what can be put right without guessing.
 *
 * A repair takes a snapshot first (snapshot.h), builds damaged indexes again, sets right how the tables are
 * described, and puts the rows right in one transaction. Where rows are lost it changes nothing: salvage.h is
 * for that.
 *
 * Takes time in proportion to the catalog; any thread but the UI's. Repairing needs a catalog open for
 * writing without a writer (writer.h).
 */
#ifndef VT_CATALOG_CHECK_H
#define VT_CATALOG_CHECK_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"
#include "core/catalog/thumbs.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_check_finding {
    const char *rule; /* stable name, static text: "integrity", "schema", "foreign-key", "item-kind", ... */
    int64_t rows;     /* how many rows break it; 0 where SQLite gives none */
    bool repaired;
    bool harmless;     /* a repair tidies it, but nothing is wrong with the catalog */
    char message[256]; /* UTF-8: what it means and what a repair does or did, or else what to do */
} vt_check_finding;

/* At most VT_CHECK_FINDINGS_MAX; `total` counts what did not fit, too. */
#define VT_CHECK_FINDINGS_MAX 64
typedef struct vt_check_report {
    size_t count, total, repaired;
    size_t harmless;     /* that were not repaired */
    char snapshot[4096]; /* the one made before the repair; "" if none was */
    vt_check_finding findings[VT_CHECK_FINDINGS_MAX];
} vt_check_report;

/* True if nothing is wrong any more: all findings were repaired or are harmless. */
bool vt_check_is_sound(const vt_check_report *report);

/* Fills `report`; a sound catalog has no findings. `thumbs` may be NULL: not looked at. False and `error`
   only if the check itself could not be done: findings are no error. */
bool vt_check_catalog(vt_catalog *catalog, vt_thumbs *thumbs, bool repair, vt_check_report *report,
                      vt_error *error);

#endif
