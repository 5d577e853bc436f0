/* What the user gave to an item, as `show` tells it. Main thread. */
#ifndef VT_CLI_MARKS_OUTPUT_H
#define VT_CLI_MARKS_OUTPUT_H

#include "core/base/json_writer.h"
#include "core/catalog/marks_survey.h"

/* Reads the marks of one item; vt_shared_marks_free. */
bool vt_cli_marks_read(vt_catalog_reader *reader, int64_t item_id, vt_shared_marks *marks, vt_error *error);

/* Members "label", "title", "note" and "tags", those that there are. The rating is the item's. */
void vt_cli_marks_members(vt_json_writer *json, const vt_shared_marks *marks);

/* The same as lines on stdout. */
void vt_cli_marks_lines(const vt_shared_marks *marks);

#endif
