/*
 * What the commands print: errors and remarks on stderr, records on stdout. The main thread.
 */
#ifndef VT_APP_CLI_OUTPUT_H
#define VT_APP_CLI_OUTPUT_H

#include "app/cli/command.h"
#include "core/base/error.h"
#include "core/base/json_writer.h"
#include "core/listing/item_list.h"

#include <stdio.h>

/* "vitrine: message" on stderr. Returns VT_EXIT_FAILED. */
int vt_cli_fail(const vt_error *error);

/* The same with the right usage of the command. Returns VT_EXIT_USAGE. */
int vt_cli_wrong_usage(const vt_command *command, const vt_error *error);

/* Usage and options of a command. */
void vt_cli_print_usage(FILE *stream, const vt_command *command);

/* A line on stderr unless --quiet. */
void vt_cli_remark(const vt_arguments *arguments, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Flushes stdout. False and `error` if what was written did not arrive (disk full, reader gone). */
bool vt_cli_flush(vt_error *error);

#endif
