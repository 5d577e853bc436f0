/* The words of the item panel. Facts are lines of markup, in which texts of files stand as they are. UI
   thread only (colours of the theme). */
#ifndef VT_UI_INFO_INFO_TEXT_H
#define VT_UI_INFO_INFO_TEXT_H

#include "core/base/str.h"
#include "core/catalog/record.h"
#include "core/decode/metadata.h"

#include <stddef.h>

/* "12 items" */
void vt_info_write_count(size_t count, vt_str *text);

/* What is known of one item: `metadata` and `media` NULL until they have been read. */
void vt_info_write_facts(const vt_item_brief *item, const char *path, size_t path_length,
                         const vt_metadata *metadata, const vt_media_info *media, vt_str *text);

/* What several files hold together. */
void vt_info_write_sum(int64_t bytes, vt_str *text);

void vt_info_write_error(const char *message, vt_str *text);

#endif
