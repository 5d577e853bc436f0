/* Private to core/catalog: the path of a tag, "place/italy/rome", told by its parents. */
#ifndef VT_CATALOG_TAG_PATH_H
#define VT_CATALOG_TAG_PATH_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

/* Appends the path of `tag` to `path`; nothing for an unknown one. */
bool vt_tag_path_append(sqlite3 *db, int64_t tag, vt_str *path, vt_error *error);

#endif
