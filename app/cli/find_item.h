/* Finding the item that a word of the command line names: its number or its path. The main thread. */
#ifndef VT_APP_CLI_FIND_ITEM_H
#define VT_APP_CLI_FIND_ITEM_H

#include "core/base/error.h"
#include "core/catalog/reader.h"

/* The absolute path that `path` means, also of a file that is not there any more. Free(); NULL when memory
   runs out. */
char *vt_cli_absolute(const char *path);

/* The path of a frame finds its sequence. `item->path` is valid until the reader hands out another path.
   Errors as the reader's. */
bool vt_cli_find_item(vt_catalog_reader *reader, const char *word, vt_item *item, vt_error *error);

#endif
