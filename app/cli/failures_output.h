/* What the catalog knows of files that could not be taken in: as lines for people, JSON, or paths. The main
   thread. */
#ifndef VT_APP_CLI_FAILURES_OUTPUT_H
#define VT_APP_CLI_FAILURES_OUTPUT_H

#include "app/cli/command.h"
#include "core/base/error.h"
#include "core/catalog/reader.h"

/* Prints all failures, newest first, as --json, --paths0 and --limit of `arguments` say; `limit`: at most so
   many. */
bool vt_cli_failures_print(vt_catalog_reader *reader, const vt_arguments *arguments, long limit,
                           vt_error *error);

/* Prints the failure of the file that `word` names by its path. `*found`: there is one. */
bool vt_cli_failures_show(vt_catalog_reader *reader, const vt_arguments *arguments, const char *word,
                          bool *found, vt_error *error);

#endif
