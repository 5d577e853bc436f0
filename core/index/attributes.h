/*
 * What few items have: a label and a title of the user's; a date, a camera and a title that the file tells.
 *
 * Rows of which none in 4096 has any of it cost nothing; else it is 16 bytes a row for what files say and 13
 * for what users give. Titles and cameras stand in the index once each, however many items share them, and
 * stay there until the index is freed.
 *
 * Threads and publishing as index.h: the writer's thread, visible after vt_index_publish.
 */
#ifndef VT_INDEX_ATTRIBUTES_H
#define VT_INDEX_ATTRIBUTES_H

#include "core/catalog/metadata_brief.h"
#include "core/index/index.h"

/* Which fields are meant; the others of a row stay as they are. */
typedef enum vt_attribute {
    VT_ATTRIBUTE_LABEL = 1 << 0,
    VT_ATTRIBUTE_TITLE = 1 << 1, /* the user's: shown before the file's, which comes back when it goes */
    VT_ATTRIBUTE_TAKEN = 1 << 2,
    VT_ATTRIBUTE_FILE_TITLE = 1 << 3,
    VT_ATTRIBUTE_CAMERA = 1 << 4,
    VT_ATTRIBUTES_OF_FILE = VT_ATTRIBUTE_TAKEN | VT_ATTRIBUTE_FILE_TITLE | VT_ATTRIBUTE_CAMERA
} vt_attribute;

typedef struct vt_item_attributes {
    int64_t item_id;
    unsigned which;                          /* vt_attribute */
    uint8_t label;                           /* as in vt_item_brief */
    int64_t taken_ns;                        /* likewise */
    const char *title, *file_title, *camera; /* UTF-8; copied */
    uint32_t title_length, file_title_length, camera_length;
} vt_item_attributes;

/* Items without a row are passed over. VT_ERROR_MEMORY, or VT_ERROR_LIMIT for a text of more than 32767
   bytes; then the items before it are in. */
bool vt_index_put_attributes(vt_index *index, const vt_item_attributes *items, size_t count, vt_error *error);

/* The attributes of the file: all of them, so that what it says no more is forgotten. */
bool vt_index_put_metadata(vt_index *index, const vt_metadata_brief *brief, vt_error *error);

/* What filters, orders and counts take for the date of the item in `row`: when it was taken, as its camera's
   clock showed it, else when the file was changed, as a local clock shows it; nanoseconds since 1970-01-01
   00:00 of that clock (so gmtime_r tells year, month and day). Constant time; not first of all on the UI
   thread (zone.h). */
int64_t vt_snapshot_date(const vt_snapshot *snapshot, uint32_t row);

/* Reads what the catalog holds of all this, and tags and albums (tags.h, albums.h), into an index whose rows
   are loaded (vt_index_load), and publishes it if there is any: a pass of its own, after the rows are shown.
   `*cancelled` (NULL allowed) is looked at every few thousand rows: VT_ERROR_CANCELLED. After a failure
   nothing more is shown before the next publish. */
bool vt_index_load_attributes(vt_index *index, vt_catalog_reader *reader, const atomic_bool *cancelled,
                              vt_error *error);

#endif
