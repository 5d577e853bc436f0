/* How one item is printed: as JSON with only what it has, as a line for people, as CSV. The main thread. */
#ifndef VT_APP_CLI_ITEM_OUTPUT_H
#define VT_APP_CLI_ITEM_OUTPUT_H

#include "core/base/json_writer.h"
#include "core/catalog/record.h"

#include <stddef.h>
#include <stdio.h>

/* The members of an open object: id, path, name, kind, format, size, mtime, width, height, ... `path` is the
   whole path, NUL-terminated. */
void vt_cli_item_members(vt_json_writer *json, const vt_item_brief *item, const char *path);

/* "   17  image  1024x768  123456  /a/b.jpg" */
void vt_cli_item_line(FILE *stream, const vt_item_brief *item, const char *path);

/* RFC 4180: names of the columns, and an item. Paths are given as the bytes they are. */
void vt_cli_item_csv_header(FILE *stream);
void vt_cli_item_csv(FILE *stream, const vt_item_brief *item, const char *path);

#endif
