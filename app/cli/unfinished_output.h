/* What the commands say of imports that were cut off. The main thread. */
#ifndef VT_APP_CLI_UNFINISHED_OUTPUT_H
#define VT_APP_CLI_UNFINISHED_OUTPUT_H

#include "core/base/json_writer.h"
#include "core/base/str.h"
#include "core/import/unfinished.h"

/* An array of objects: when each began, and its paths. */
void vt_cli_unfinished_array(vt_json_writer *json, const vt_unfinished_list *list);

/* "FOLDER" or "FOLDER and 2 more", as text for people. */
void vt_cli_unfinished_name(const vt_unfinished *import, vt_str *text);

#endif
