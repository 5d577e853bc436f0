/*
 * Reading the text of a side-car: the one place, with core/sidecar/sidecar_edit.h, where strangers' XML is
 * looked at. In the program itself neither is ever called: vitrine-decoder has them, behind vt_sidecar_serve,
 * and the program asks it (core/sidecar/sidecar_ask.h). Tests and fuzz targets call them where they are.
 *
 * Any thread; opens no file.
 */
#ifndef VT_SIDECAR_SIDECAR_PARSE_H
#define VT_SIDECAR_SIDECAR_PARSE_H

#include "core/base/error.h"
#include "core/base/str.h"
#include "core/sidecar/sidecar_ask.h"
#include "core/sidecar/sidecar_said.h"

#include <stdbool.h>
#include <stddef.h>

/* What `count` bytes say, into one that is all zero. False, and nothing to free: those of
   vt_sidecar_scan_text, VT_ERROR_LIMIT also for too many tags. */
bool vt_sidecar_parse(const char *text, size_t count, vt_sidecar_said *said, vt_error *error);

/* The helper's half of vt_sidecar_asking: appends the answer to `bytes` to `answer`. False and `error`, the
   verdict on the side-car. */
bool vt_sidecar_serve(vt_sidecar_question question, const void *bytes, size_t count, vt_str *answer,
                      vt_error *error);

/* Both halves in this process, for tests and fuzz targets: nothing is confined. */
vt_sidecar_asking vt_sidecar_asking_here(void);

#endif
