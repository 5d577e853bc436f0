/* Opening the catalog for commands that need no engine. The main thread. */
#ifndef VT_APP_CLI_OPEN_CATALOG_H
#define VT_APP_CLI_OPEN_CATALOG_H

#include "app/cli/command.h"
#include "core/base/error.h"
#include "core/catalog/catalog.h"

/* The file --catalog names, or the default one: owned by the caller, free(). NULL and `error`. */
char *vt_cli_catalog_path(const vt_arguments *arguments, vt_error *error);

/* A command that is offered for typing: "vitrine restore 'FILE' --catalog 'FILE'", quoted for a shell, and
   about the same catalog as the one under way. `file` may be NULL. Free(); NULL when memory runs out. */
char *vt_cli_command_line(const vt_arguments *arguments, const char *words, const char *file);

/* Where `error` says that the catalog is damaged: which sound snapshot there is, of when, and how to bring it
   back, on stderr. */
void vt_cli_offer_snapshot(const vt_arguments *arguments, const vt_error *error);

/* NULL and `error` as vt_catalog_open; one that is not there yet is told with what to do about it. */
vt_catalog *vt_cli_open_catalog(const vt_arguments *arguments, vt_catalog_mode mode, vt_error *error);

#endif
