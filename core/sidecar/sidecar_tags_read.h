/*
 * The tags in a side-car's text (core/sidecar/sidecar_tags.h). Within core/sidecar, and there in the helper
 * only (core/sidecar/sidecar_parse.h). Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_TAGS_READ_H
#define VT_SIDECAR_SIDECAR_TAGS_READ_H

#include "core/base/error.h"
#include "core/sidecar/sidecar_scan.h"
#include "core/sidecar/sidecar_tags.h"

#include <stdbool.h>

/* Adds the tags of the two lists that know levels, and (into a set of their own) the words of dc:subject that
   are no levels of `paths`. False and VT_ERROR_LIMIT beyond VT_SIDECAR_TAGS_MAX each, or VT_ERROR_MEMORY. */
bool vt_sidecar_tags_add_paths(vt_sidecar_tags *paths, const vt_sidecar_scan *scan, vt_error *error);
bool vt_sidecar_tags_add_words(vt_sidecar_tags *words, const vt_sidecar_tags *paths,
                               const vt_sidecar_scan *scan, vt_error *error);

/* All of one file, into an empty set; nothing to free on failure. */
bool vt_sidecar_tags_read(const vt_sidecar_scan *scan, vt_sidecar_tags *tags, vt_error *error);

#endif
