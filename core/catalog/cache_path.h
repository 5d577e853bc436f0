/*
 * Where that lies which can be made anew from a catalog: in the cache folder, under a name made of the path
 * of the catalog, so that no two catalogs share one. Any thread.
 */
#ifndef VT_CATALOG_CACHE_PATH_H
#define VT_CATALOG_CACHE_PATH_H

#include "core/base/error.h"
#include "core/catalog/catalog.h"

#include <stdbool.h>

/* $XDG_CACHE_HOME/vitrine/FOLDER/<hash of the catalog's path>.ENDING; its folder may not be there yet. Owned
   by the caller, free(). NULL and `error`. */
char *vt_catalog_cache_path(const vt_catalog *catalog, const char *folder, const char *ending,
                            vt_error *error);

/* Makes the folder of the file at `path`, and those above it (touches the disk). */
bool vt_cache_make_folder_of(const char *path, vt_error *error);

#endif
