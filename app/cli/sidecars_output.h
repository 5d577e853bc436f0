/* What the command `sidecars` tells: how many are due, which are in conflict, which failed. The main thread.
 */
#ifndef VT_APP_CLI_SIDECARS_OUTPUT_H
#define VT_APP_CLI_SIDECARS_OUTPUT_H

#include "app/cli/command.h"
#include "core/catalog/sidecars.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_cli_sidecar_counts {
    const int64_t *ids; /* lent; ascending: the items it is about */
    size_t count;
    int64_t due, conflicts, failures; /* of these items; conflicts: fields */
    int64_t *in_conflict;             /* owned; items, ascending */
    size_t in_conflict_count;
    int64_t written, read; /* files; items that got a value */
    bool acted;            /* else the last two are nothing */
} vt_cli_sidecar_counts;

/* Counts anew what is due, in conflict or failed of `of->ids`. */
bool vt_cli_sidecars_look(vt_catalog_reader *reader, vt_cli_sidecar_counts *of, vt_error *error);
void vt_cli_sidecars_clear(vt_cli_sidecar_counts *of);

/* Prints the counts, and each conflict and failure. */
bool vt_cli_sidecars_tell(const vt_arguments *arguments, vt_catalog_reader *reader,
                          const vt_cli_sidecar_counts *of, vt_error *error);

#endif
