/* How what a picture says of itself is printed: only what is known. The main thread. */
#ifndef VT_APP_CLI_METADATA_OUTPUT_H
#define VT_APP_CLI_METADATA_OUTPUT_H

#include "core/base/json_writer.h"
#include "core/decode/metadata.h"

#define VT_CLI_TAKEN_SIZE 64

/* The camera's clock in ISO 8601: "2024-05-17T13:01:02.25+02:00", without a zone if it gave none. */
void vt_cli_taken(const vt_metadata *metadata, char text[VT_CLI_TAKEN_SIZE]);

/* A member "metadata" of the open object; nothing if nothing is known. */
void vt_cli_metadata_member(vt_json_writer *json, const vt_metadata *metadata);

/* Lines for people on stdout. */
void vt_cli_metadata_lines(const vt_metadata *metadata);

#endif
