/* Private to core/import: what the last search for duplicates found, from the catalog into an index that was
   just loaded. */
#ifndef VT_IMPORT_TWINS_LOAD_H
#define VT_IMPORT_TWINS_LOAD_H

#include "core/catalog/reader.h"
#include "core/index/index.h"

/* Publishes if there is anything. On the thread that writes to the index. VT_ERROR_MEMORY, or as readers. */
bool vt_twins_load(vt_index *index, vt_catalog_reader *reader, vt_error *error);

#endif
