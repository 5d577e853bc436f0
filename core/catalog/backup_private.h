/* Private to core/catalog: the part of a backup that needs no open vt_catalog. */
#ifndef VT_CATALOG_BACKUP_PRIVATE_H
#define VT_CATALOG_BACKUP_PRIVATE_H

#include "core/base/error.h"

#include <sqlite3.h>
#include <stdbool.h>

/* Copies what `from` sees now to the file `to`, by a temporary name beside it: verified, synced, renamed. */
bool vt_backup_copy(sqlite3 *from, const char *to, vt_error *error);

#endif
