/* Private to the command `import`: what it knows while it runs (import.c), and what it says at the end
   (import_report.c). The main thread. */
#ifndef VT_APP_CLI_IMPORT_SESSION_H
#define VT_APP_CLI_IMPORT_SESSION_H

#include "app/cli/command.h"
#include "app/cli/main_loop.h"
#include "core/import/operation.h"

/* Failures told one by one; all are in the catalog. */
#define VT_CLI_FAILURES_MAX 1000

typedef struct vt_import_session_failure {
    char *path, *reason; /* owned */
} vt_import_session_failure;

typedef struct vt_import_session {
    const vt_arguments *arguments;
    vt_main_loop *loop;
    vt_engine *engine;
    vt_import *import; /* the one under way; NULL: none */
    char **paths;      /* owned, like their texts: what was given, or what is gone on with */
    size_t path_count;
    int64_t begun_wall_ns;
    bool interrupted, finished, line_open;
    vt_import_figures figures; /* of all that have finished */
    int64_t pauses, paused_ns; /* because the disk was full; when the last one began, or how long all took */
    int64_t pause_begun_ns;
    size_t resumed;
    vt_error error; /* the first fault, if any */
    vt_import_session_failure failures[VT_CLI_FAILURES_MAX];
    size_t failure_count;
} vt_import_session;

/* Copies it, as long as there is room. */
void vt_cli_keep_failure(vt_import_session *run, const vt_failure *from);

/* Wipes the line of progress off the terminal. */
void vt_cli_end_line(vt_import_session *run);

/* import_options.c: what the command line says. `sequences` unless it says otherwise. False and
   VT_ERROR_USAGE. */
bool vt_cli_import_options(const vt_arguments *arguments, vt_sequence_mode sequences,
                           vt_import_options *options, vt_error *error);

/* import_dry_run.c: counts what an import would do, prints it, and returns the exit status. */
int vt_cli_dry_run(vt_import_session *run, const vt_import_options *options);

/* Prints what became of it, and returns the exit status. */
int vt_cli_report_import(vt_import_session *run);

#endif
