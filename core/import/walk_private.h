/*
 * Private to core/import: what the walk of an import consists of. walk.c: its way from folder to folder;
 * walk_take.c: what becomes of a file or sequence it comes by; walk_gone.c: what it did not come by.
 *
 * One thread: the import's own. The scan is ahead of it on another (scan_ahead.h).
 */
#ifndef VT_IMPORT_WALK_PRIVATE_H
#define VT_IMPORT_WALK_PRIVATE_H

#include "core/base/str.h"
#include "core/import/changes.h"
#include "core/import/folder_grouping.h"
#include "core/import/intake.h"
#include "core/import/offline.h"
#include "core/import/operation_private.h"
#include "core/import/origin.h"
#include "core/scan/scan_ahead.h"
#include "core/scan/visited.h"

/* A folder of the catalog that is not on the disk any more. */
typedef struct vt_gone_folder {
    struct vt_gone_folder *next;
    size_t length;
    char path[];
} vt_gone_folder;

typedef struct vt_walk {
    vt_import *import;
    vt_catalog_reader *reader;
    vt_changes *changes;
    vt_scan *scan;
    vt_scan_figures seen; /* what the scan had come by when it found what is looked at */
    vt_folder_grouping *grouping;
    vt_offline *offline;
    vt_origins *origins;
    vt_visited moved; /* numbers of items that were found elsewhere, and so are not missing */
    vt_str path;      /* of the file that is looked at */
    vt_gone_folder *gone;
    char **absent; /* given paths that are gone, to be settled after those that are there; owned */
    size_t absent_count;
    bool any_gone;                     /* some folder was */
    struct vt_sidecar_visit *sidecars; /* to be looked at in the end; the last that was noted first */
    int64_t sidecars_before;           /* that the scan had seen when the folder was begun */
    bool whole;                        /* all files of the present folder follow */
    vt_intake_chunk *chunk;            /* being filled; NULL: none */
    int64_t reads_left;                /* of the import's limit */
    int64_t items_left;                /* of the new ones it may take in */
    int64_t to_read;                   /* taken in by name, to be read after the walk */
    vt_error fault;                    /* why a callback stopped the walk, if it was not cancelled */
} vt_walk;

/* Says so in `at->fault`; false. */
bool vt_walk_out_of_memory(vt_walk *at);

/* Sends an entry on, waiting for room; takes it over. False when cancelled, and for NULL: out of memory. */
bool vt_walk_send(vt_walk *at, vt_entry *entry);

/* An entry for what was found. `frames` NULL: a file; else of the sequence that `file` stands for: taken
   over, also when this fails. NULL when memory runs out. */
vt_entry *vt_walk_entry(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                        vt_frames_job *frames, vt_file_change change, const vt_known_file *known);

/* A new file, or with `frames`, which are taken over, a new sequence. What was an item elsewhere is taken in
   as that; else it is to be read at once while there is room for it, after the walk, or later. */
bool vt_walk_take_new(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                      vt_frames_job *frames);

/* A sequence that has other frames than before. If they are those of an older sequence, which were seen to be
   renamed and not all at one time, it is that one from now on: then it is `*taken`, and `frames` taken over.
 */
bool vt_walk_take_grown(vt_walk *at, const char *path, size_t length, const vt_scan_file *file,
                        vt_frames_job *frames, const vt_known_file *known, bool *taken);

/* Whether a file that is new here is an item that was elsewhere. */
bool vt_walk_was_elsewhere(vt_walk *at, const char *path, size_t length, const vt_scan_file *file, bool *was);

/* Items that this import took in before it was cut off, for its limit. False and `at->fault`. */
bool vt_walk_count_before(vt_walk *at);

/* The chunk that is being filled, if any, goes to the writer. False when cancelled. */
bool vt_walk_hand_on_chunk(vt_walk *at);

/* What the catalog knows of the folder that was begun last and the walk did not see: put right if it is gone.
 */
bool vt_walk_send_unseen(vt_walk *at, const char *path, size_t length);

/* Folders at and below `below` that the walk could not come by because they are gone, with all in them. */
bool vt_walk_send_gone_folders(vt_walk *at, const char *below);

/* Puts right what the catalog knows of the path `path` that may be gone, and below. True with `*known` set if
   it knows of it. */
bool vt_walk_settle_absent(vt_walk *at, const char *path, bool *known);

#endif
