/* How one item is printed: as JSON with only what it has, and as a line for people. The main thread. */
#ifndef VT_APP_CLI_ITEM_OUTPUT_H
#define VT_APP_CLI_ITEM_OUTPUT_H

#include "core/base/json_writer.h"
#include "core/catalog/record.h"

#include <stddef.h>
#include <stdio.h>

/* The members of an open object: id, path, kind, format, size, mtime, ... (core/listing) `path` is the
   whole path, NUL-terminated. */
void vt_cli_item_members(vt_json_writer *json, const vt_item_brief *item, const char *path);

/* "   17  image  1024x768  123456  /a/b.jpg" */
void vt_cli_item_line(FILE *stream, const vt_item_brief *item, const char *path);

#endif
