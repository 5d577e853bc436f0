/* What `show` tells of a sequence beside what it tells of every item. The main thread. */
#ifndef VT_APP_CLI_SEQUENCE_OUTPUT_H
#define VT_APP_CLI_SEQUENCE_OUTPUT_H

#include "core/base/json_writer.h"
#include "core/catalog/sequences.h"

/* `row` NULL: nothing is told. */
void vt_cli_sequence_members(vt_json_writer *json, const vt_sequence_row *row);
void vt_cli_sequence_lines(const vt_sequence_row *row);

#endif
