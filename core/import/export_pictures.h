/*
 * Items exported as pictures of another format and size: decoded in confined helpers, encoded here, written
 * as export_copy.h has it (whole or not there, nothing overwritten). Models are drawn at the size asked for.
 *
 * One file that cannot be read is told, and the next is gone on with; a folder that cannot be written to, or
 * a disk that is full, ends it. Several pictures are made at once, each under a temporary name; they get
 * their own in the order of the items, so that names, reports and progress are the same however many are made
 * at once. Blocks: on a thread of the caller's, which the listener is called on.
 */
#ifndef VT_IMPORT_EXPORT_PICTURES_H
#define VT_IMPORT_EXPORT_PICTURES_H

#include "core/decode/helper_pool.h"
#include "core/export/export_picture.h"
#include "core/import/engine.h"
#include "core/import/export_items.h"

#include <stdbool.h>
#include <stdint.h>

/* The side of a model's picture if none is asked for. */
#define VT_EXPORT_MODEL_SIDE 2048
#define VT_EXPORT_SIDE_MAX   8192

typedef struct vt_picture_wish {
    vt_picture_format format;
    uint32_t side; /* pixels of the longer side, never enlarged; 0: as it is */
    int quality;   /* 1 to 100 */
    bool frames;   /* all frames of a sequence; else the one that stands for it */
    bool describe; /* date, camera, title, stars, label and tags go along; else nothing does */
} vt_picture_wish;

/* The picture of one file (bytes, absolute) with its longer side at most `side` pixels (0: as it is,
   up to VT_EXPORT_SIDE_MAX). Clear
   `*result` with vt_decode_result_clear in any case. Errors as vt_reading_run. */
bool vt_export_read(vt_helper_pool *helpers, const char *path, bool model, uint32_t side, int cancel_fd,
                    vt_decode_result *result, vt_error *error);

/* `folder`: absolute, there. `jobs`: pictures made at once, fewer where they might be too large together (1
   GiB of pixels). False and `error`: VT_ERROR_CANCELLED, VT_ERROR_NO_SPACE and other faults of the folder,
   those of vt_file_list_make; what was written stays. `copied` of the progress counts bytes written.
 */
bool vt_export_pictures(const vt_catalog *catalog, vt_helper_pool *helpers, const vt_file_items *items,
                        const char *folder, const vt_picture_wish *wish, unsigned jobs, vt_cancel *cancel,
                        const vt_export_listener *listener, vt_error *error);

/* The same with an engine's helpers, as many at once as it imports, on any thread but the main one; it must
   have ended before the engine is freed. */
bool vt_engine_export_pictures(vt_engine *engine, const vt_file_items *items, const char *folder,
                               const vt_picture_wish *wish, vt_cancel *cancel,
                               const vt_export_listener *listener, vt_error *error);

/* What an export would do, before it does it. */
typedef struct vt_export_survey {
    int64_t files;   /* that would be written */
    int64_t missing; /* items, or frames, that are not there */
    int64_t taken;   /* names that would get a number, for there is a file of that name, or another item's;
                        with those of side-cars, which follow their file's */
    int64_t bytes;   /* exact for copies; an estimate for pictures */
} vt_export_survey;

/* `wish` NULL: copies. Reads the catalog and looks at the files and the folder, which may be missing. False
   and `error`: VT_ERROR_CANCELLED, those of vt_file_list_make. */
bool vt_export_look(const vt_catalog *catalog, const vt_file_items *items, const char *folder,
                    const vt_picture_wish *wish, const vt_cancel *cancel, vt_export_survey *survey,
                    vt_error *error);

#endif
