/*
 * What the commands print: errors and remarks on stderr, records on stdout. The main thread.
 */
#ifndef VT_APP_CLI_OUTPUT_H
#define VT_APP_CLI_OUTPUT_H

#include "app/cli/command.h"
#include "core/base/error.h"
#include "core/base/json_writer.h"
#include "core/catalog/record.h"

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

/* "image", "model", "sequence", "unknown"; "yes", "no", "unknown"; "ok", "missing", ... */
const char *vt_cli_kind_name(uint8_t kind);
const char *vt_cli_state_name(uint8_t state);
/* "JPEG", ...; "unknown" */
const char *vt_cli_format_name(uint8_t format);

/* 2024-05-17T18:03:21Z into `text`; years beyond 9999 and before 0 as seconds. */
#define VT_CLI_TIME_SIZE 40
void vt_cli_time(int64_t ns, char text[VT_CLI_TIME_SIZE]);

#endif
