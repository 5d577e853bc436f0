/*
 * What the files of items say of themselves, as far as lists show it: date, camera, title. Read in a pass of
 * its own, because most items of most libraries say nothing, and those are not looked through.
 *
 * Threads and errors as reader.h.
 */
#ifndef VT_CATALOG_METADATA_BRIEF_H
#define VT_CATALOG_METADATA_BRIEF_H

#include "core/catalog/reader.h"

typedef struct vt_metadata_brief {
    int64_t item_id;
    int64_t taken_ns;   /* vt_item_brief; VT_TAKEN_UNKNOWN if it is not known */
    const char *camera; /* UTF-8 without control characters; "" if it is not known */
    uint32_t camera_length;
    const char *title; /* likewise; the file's, not the user's */
    uint32_t title_length;
} vt_metadata_brief;

/* The brief of what was just read of a file, borrowing its texts. */
vt_metadata_brief vt_metadata_brief_of(int64_t item_id, const vt_metadata *metadata);

/* Items whose files say one of these, ascending by id. The texts are valid during the callback, which returns
   false to stop; the call then returns true. */
typedef bool (*vt_metadata_brief_visitor)(void *user, const vt_metadata_brief *brief);
bool vt_catalog_reader_each_metadata_brief(vt_catalog_reader *reader, vt_metadata_brief_visitor visit,
                                           void *user, vt_error *error);

#endif
