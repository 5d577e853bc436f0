/*
 * Backup and restore of a catalog, through SQLite's backup interface (never a copy of a live file).
 *
 * Any thread but the UI's.
 */
#ifndef VT_CATALOG_BACKUP_H
#define VT_CATALOG_BACKUP_H

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/catalog/catalog.h"

#include <stdbool.h>

/* Writes the last commit of `catalog` to the file `to` (an older backup there is replaced): into a temporary
   name beside it, verified, synced, then renamed, so that `to` is never half a backup. The writer may go on
   meanwhile. VT_ERROR_USAGE if `to` is a file that is no catalog, which stays as it is. */
bool vt_backup_write(const vt_catalog *catalog, const char *to, vt_error *error);

/* Puts the backup `from` in the place of the catalog `path`, which must not be open anywhere (VT_ERROR_BUSY).
   `from` is verified first, and refused if it is damaged, no catalog or newer than this program. The catalog
   that was there is kept beside as FILE.before-restore-N; its path is handed to the caller in `*kept`
   (free(); NULL if there was none; `kept` may be NULL). */
bool vt_backup_restore(const char *path, const char *from, char **kept, const vt_log *log, vt_error *error);

#endif
