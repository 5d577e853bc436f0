/*
 * Commands of the program: a const table (commands.c) that the parser, the help and `main` read. A new
 * command is one file and one line.
 *
 * Threads: the main thread.
 */
#ifndef VT_APP_CLI_COMMAND_H
#define VT_APP_CLI_COMMAND_H

#include "core/base/log.h"

#include <stdbool.h>
#include <stddef.h>

/* Exit statuses. Scripts rely on them. */
typedef enum vt_exit {
    VT_EXIT_DONE = 0,
    VT_EXIT_FAILED = 1,      /* stderr says what, where, and what to do */
    VT_EXIT_USAGE = 2,       /* stderr says the right usage */
    VT_EXIT_REGRESSION = 3,  /* bench */
    VT_EXIT_SOME_FAILED = 4, /* done, but some items failed */
    VT_EXIT_SIGNAL = 128,    /* plus the signal's number, as shells have it: 130 for Ctrl+C, 143, 129 */
} vt_exit;

typedef struct vt_option {
    const char *name;  /* without the dashes */
    char letter;       /* "-o"; 0: none */
    const char *value; /* what it takes, for the help: "FILE"; NULL: nothing, it is a switch */
    const char *help;
} vt_option;

#define VT_OPTIONS_MAX 24

typedef struct vt_arguments vt_arguments;

typedef struct vt_command {
    const char *name;
    const char *words; /* what it takes beside options, for the help: "PATH..." */
    const char *help;
    size_t words_min, words_max;
    const vt_option *options; /* its own; ended by a NULL name; may be NULL */
    int (*run)(const vt_arguments *arguments);
} vt_command;

/* What was given on the command line. Everything is borrowed from argv. */
struct vt_arguments {
    const vt_command *command;
    const char *program; /* argv[0] */
    const char *catalog; /* --catalog; NULL: the default one */
    int jobs;            /* --jobs; 0: not given */
    bool json, quiet, help;
    const char *values[VT_OPTIONS_MAX]; /* of the command's options, in their order; NULL: not given */
    const char *const *words;           /* the rest, `word_count` of them */
    size_t word_count;
    vt_log log; /* to stderr */
};

/* The value of one of the command's own options, "" for a switch; NULL if it was not given. */
const char *vt_arguments_value(const vt_arguments *arguments, const char *option);

/* Runs what argv asks for and returns the exit status. */
int vt_cli_main(int argc, char **argv);

/* The commands, one file each (care.c holds three). */
int vt_cli_import(const vt_arguments *arguments);
int vt_cli_list(const vt_arguments *arguments);
int vt_cli_export(const vt_arguments *arguments);
int vt_cli_sidecars(const vt_arguments *arguments);
int vt_cli_show(const vt_arguments *arguments);
int vt_cli_sequence(const vt_arguments *arguments);
int vt_cli_thumbnail(const vt_arguments *arguments);
int vt_cli_check(const vt_arguments *arguments);
int vt_cli_backup(const vt_arguments *arguments);
int vt_cli_restore(const vt_arguments *arguments);
int vt_cli_config(const vt_arguments *arguments);
int vt_cli_watch(const vt_arguments *arguments);
int vt_cli_folders(const vt_arguments *arguments);
int vt_cli_relink(const vt_arguments *arguments);
int vt_cli_duplicates(const vt_arguments *arguments);
int vt_cli_bench(const vt_arguments *arguments);
int vt_cli_diagnose(const vt_arguments *arguments);
int vt_cli_report(const vt_arguments *arguments);

#endif
