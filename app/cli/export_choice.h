/* Which items the words of a command line mean: paths of items or folders of the catalog, or a filter. The
   main thread. */
#ifndef VT_APP_CLI_EXPORT_CHOICE_H
#define VT_APP_CLI_EXPORT_CHOICE_H

#include "core/catalog/catalog.h"
#include "core/import/file_list.h"
#include "core/index/index.h"
#include "core/listing/item_list.h"

#include <stddef.h>

typedef struct vt_cli_choice {
    vt_index *index;             /* owned */
    const vt_snapshot *snapshot; /* retained */
    uint32_t *rows;              /* owned; in the order of paths */
    size_t count;
} vt_cli_choice;

/* Words that are paths (they begin with "/" or "." or are there) mean the items of these paths and all below
   them; else the words together are one filter. False and `error`: VT_ERROR_USAGE for a wrong filter or for
   both in one, VT_ERROR_NOT_FOUND for a path of which the catalog has nothing. Clear `*choice` in any case.
 */
bool vt_cli_choose(const vt_catalog *catalog, const char *const *words, size_t count, vt_cli_choice *choice,
                   vt_error *error);
void vt_cli_choice_clear(vt_cli_choice *choice);

/* The same for those who work with them; lent as long as `choice`. */
vt_file_items vt_cli_choice_items(vt_cli_choice *choice);
vt_listed_rows vt_cli_choice_rows(vt_cli_choice *choice);

#endif
