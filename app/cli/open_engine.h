/*
 * The engine of a command without a window, and the loop and executor it runs on, as the arguments and the
 * settings say. Main thread.
 */
#ifndef VT_APP_CLI_OPEN_ENGINE_H
#define VT_APP_CLI_OPEN_ENGINE_H

#include "app/cli/command.h"
#include "app/cli/main_loop.h"
#include "core/import/engine.h"

/* What a command wishes besides; all 0: nothing. */
typedef struct vt_cli_engine_wishes {
    bool snapshots;         /* of the catalog are taken after imports */
    bool read_only_if_busy; /* where another program has the catalog */
} vt_cli_engine_wishes;

/* NULL and `error` if it cannot be opened; `*loop` is to be closed in either case. */
vt_engine *vt_cli_open_engine(const vt_arguments *arguments, const vt_cli_engine_wishes *wishes,
                              vt_main_loop **loop, vt_error *error);

/* Frees both; NULL is allowed. Ends the program with `status` if something hangs in the system, and holds
   what would be freed here. */
void vt_cli_close_engine(vt_engine *engine, vt_main_loop *loop, int status);

#endif
