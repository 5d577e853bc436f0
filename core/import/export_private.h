/* Private to core/import: which of an item's files leave, and by what name. */
#ifndef VT_IMPORT_EXPORT_PRIVATE_H
#define VT_IMPORT_EXPORT_PRIVATE_H

#include "core/base/str.h"
#include "core/catalog/reader.h"
#include "core/import/export_pictures.h"
#include "core/import/file_list.h"

/* The entries [*first, *end) of `item` that a picture export may take; those that are side-cars or no files
   are among them. Of a sequence whose cover is wanted, it is the one frame. False and `error`. */
bool vt_export_range(vt_catalog_reader *reader, const vt_file_list *list, const vt_file_item *item,
                     bool frames, size_t *first, size_t *end, vt_error *error);

static inline bool vt_export_is_file(const vt_file_entry *entry)
{
    return entry->role == VT_FILE_OWN || entry->role == VT_FILE_FRAME;
}

/* "aurora.png" of "/a/aurora.jpg"; replaces what `name` holds. */
void vt_export_picture_name(const char *path, vt_picture_format format, vt_str *name);

/* The name a side-car gets beside `owner`, its file's copy (export_items.c). free(); NULL without memory. */
char *vt_export_sidecar_name(const vt_file_entry *entry, const char *owner);

#endif
