/*
 * Private to core/import: which files of one folder are handed on as files, and which as sequences.
 *
 * A scan tells of a folder in chunks, a sequence is seen only in the whole: so the files of a folder are kept
 * (sequence_listing.h) until it ends. Where nothing is to be grouped they pass through at once: with
 * VT_SEQUENCE_OFF in a catalog without sequences, and beyond VT_SEQUENCE_LISTING_MAX files of one folder.
 *
 * Sequences that the catalog knows, and what the user decided, come before all rules. A file that has the
 * name of a sequence keeps that from being one. Frames that are items because they carry something of the
 * user's are handed on as files, too, and so are frames of a new sequence that were items elsewhere: if all
 * of them were, they stay files. Other items among the frames are put on the list of what the sequence
 * absorbs.
 *
 * Files given by themselves, by the user or by whoever watches the folder, tell nothing of their folder. What
 * of them may belong to a sequence has the folder be looked through in the end (due_folders.h).
 *
 * Threads: the walk's.
 */
#ifndef VT_IMPORT_FOLDER_GROUPING_H
#define VT_IMPORT_FOLDER_GROUPING_H

#include "core/import/changes.h"
#include "core/import/frames.h"
#include "core/scan/scan.h"
#include "core/sequence/sequence.h"
#include "core/task/cancel.h"

typedef struct vt_folder_grouping vt_folder_grouping;

/* What comes of a folder. False stops. */
typedef struct vt_folder_sink {
    /* At most VT_SCAN_CHUNK; lent for the call. */
    bool (*files)(void *user, const char *path, size_t length, const vt_scan_file *files, size_t count);
    /* `shown` is what stands for the frames: lent. `job` is taken over. */
    bool (*sequence)(void *user, const char *path, size_t length, const vt_scan_file *shown,
                     vt_frames_job *job);
    /* Whether a file that is new here is an item that was elsewhere. */
    bool (*was_elsewhere)(void *user, const char *path, size_t length, const vt_scan_file *file, bool *was);
    void *user;
} vt_folder_sink;

/* `reader` and `changes` are borrowed; the changes must be of the folder whenever it ends. `siblings`: files
   given by themselves may be frames of a sequence that is new. NULL and `error`. */
vt_folder_grouping *vt_folder_grouping_create(vt_catalog_reader *reader, vt_changes *changes,
                                              vt_sequence_mode mode, bool siblings, vt_error *error);
void vt_folder_grouping_free(vt_folder_grouping *grouping); /* NULL is allowed */

/* Whether `name` (NUL-terminated) in the folder `path`, which is gone, is a frame of a sequence that is
   known: then its folder is due. False and `error` if that cannot be told. */
bool vt_folder_grouping_note_gone(vt_folder_grouping *grouping, const char *path, size_t length,
                                  const char *name, size_t name_length, bool *frame, vt_error *error);

/* The next folder that is due and was not given out, free(); NULL: none. It has to be looked through, with
   nothing below it. */
char *vt_folder_grouping_due(vt_folder_grouping *grouping);

/* A folder begins. `whole` as the scan says it: of single files given by the user none is grouped. */
void vt_folder_grouping_begin(vt_folder_grouping *grouping, bool whole);

/* Files of the folder. False and `error`; or false and VT_ERROR_NONE if the sink stopped it, here and
   below. */
bool vt_folder_grouping_add(vt_folder_grouping *grouping, const char *path, size_t length,
                            const vt_scan_file *files, size_t count, const vt_folder_sink *sink,
                            vt_error *error);

/* The folder has ended: hands on what was kept. Of one that could not be read to its end (`complete` false)
   the sequences are left as they are: which frames are there is not known. `cancel` as vt_scan_options. */
bool vt_folder_grouping_end(vt_folder_grouping *grouping, const char *path, size_t length, bool complete,
                            const vt_folder_sink *sink, const vt_cancel *cancel, vt_error *error);

#endif
