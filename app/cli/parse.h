/* The parser of the command line: options before and after words, "--name VALUE" and "--name=VALUE", "--"
   ends options. Any thread. */
#ifndef VT_APP_CLI_PARSE_H
#define VT_APP_CLI_PARSE_H

#include "app/cli/command.h"
#include "core/base/error.h"

/* The options that every command takes. Ended by a NULL name. */
extern const vt_option vt_cli_common_options[];

/* Reads `count` words of `argv` behind the command's name into `arguments`, whose command is set. Words are
   moved to the front of `argv`. False and VT_ERROR_USAGE, worded for the user. With --help the number of
   words is not checked. */
bool vt_cli_parse(vt_arguments *arguments, char **argv, size_t count, vt_error *error);

/* Reads a whole decimal number from `least` to `most`; false and VT_ERROR_USAGE that names `option`. */
bool vt_cli_number(const char *text, const char *option, long least, long most, long *number,
                   vt_error *error);

#endif
