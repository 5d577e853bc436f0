/* Private to core/import: what a relink consists of. relink_search.c finds files, relink_frames.c sequences,
   both by relink_weigh.c; relink.c tells and applies. */
#ifndef VT_IMPORT_RELINK_PRIVATE_H
#define VT_IMPORT_RELINK_PRIVATE_H

#include "core/base/arena.h"
#include "core/base/str.h"
#include "core/catalog/identity.h"
#include "core/catalog/sequences.h"
#include "core/import/relink.h"
#include "core/scan/scan.h"
#include "core/sequence/sequence_ranges.h"

/* What is known of the frames of a sequence that is sought. */
typedef struct vt_sought_frames {
    struct vt_sought *item;    /* set when all are collected */
    vt_sequence_row row;       /* in the arena */
    vt_sequence_ranges ranges; /* likewise: lent */
    uint64_t count;
    uint64_t best;      /* so many of them are at `partly` */
    const char *partly; /* in the arena; NULL: nowhere */
} vt_sought_frames;

/* An item whose file is not at its path. */
typedef struct vt_sought {
    int64_t id;
    const char *path; /* in the arena, as `to` */
    int64_t size, mtime_ns;
    uint64_t ino;
    vt_sought_frames *frames; /* of a sequence: owned by the search; NULL: it is a file */
    const char *to;           /* the file it is; NULL: not found */
    vt_evidence evidence;     /* with `to` */
    bool doubtful;            /* another file has the same evidence */
    struct {
        int64_t mtime_ns, ctime_ns;
        uint64_t dev, ino;
    } facts; /* of that file */
} vt_sought;

struct vt_relink {
    const char *old_folder, *folder; /* in the arena; old_folder may be NULL */
    vt_arena *arena;
    vt_catalog_reader *reader;
    vt_sought *sought; /* by size and time; when the search is over, the found ones first */
    size_t count, capacity;
    vt_sought **by_id; /* the same by number, while searching */
    vt_relink_doubt *doubts;
    size_t doubt_capacity;
    vt_relink_part *parts;
    vt_relink_figures figures;
};

/* A frame of the folder that is looked at, of the sequences from `shot` on that are numbered like it. */
typedef struct vt_seen_frame {
    size_t shot;
    int64_t frame;
    int64_t size, mtime_ns, ctime_ns;
    uint64_t ino;
} vt_seen_frame;

/* A search. */
typedef struct vt_relinking {
    vt_relink *relink;
    vt_identity *identity;
    vt_candidates candidates;
    vt_str path, old_path;    /* of the file that is looked at, and where it would have been */
    bool folder_gone;         /* of the items that are read: the whole folder is not there */
    bool all;                 /* do not ask whether files are there: the catalog says they are not */
    vt_sought_frames **shots; /* owned, by what is around their numbers */
    size_t shot_count, shot_capacity;
    vt_seen_frame *seen; /* of the folder that is looked at */
    size_t seen_count, seen_capacity;
    vt_error fault;
} vt_relinking;

/* The best of some items for one file: the strongest evidence, then the longest common end of their paths. */
typedef struct vt_relink_choice {
    vt_sought *item; /* NULL: none */
    vt_evidence evidence;
    int tail;
    int64_t rivals; /* with just the same to be said for them */
} vt_relink_choice;

/* relink_weigh.c. Those that return false have set `at->fault`. */
bool vt_relink_no_memory(vt_relinking *at);
bool vt_relink_is_gone(const char *path, size_t length);
/* What is looked at from now on: sets both paths. */
bool vt_relink_look_at(vt_relinking *at, const char *folder, const char *name, size_t length);
void vt_relink_weigh(vt_relink_choice *best, vt_sought *item, vt_evidence evidence, const char *path);
/* The file is the chosen item, unless a file before has as much to be said for it. */
bool vt_relink_settle(vt_relinking *at, const vt_scan_file *file, const vt_relink_choice *best);
bool vt_relink_add_doubt(vt_relinking *at, const char *path, int64_t items);
/* 0 if the file cannot be read, or has another size. */
uint64_t vt_relink_read_fingerprint(vt_relinking *at, const vt_str *path, int64_t size);

/* relink_frames.c. `*frames` is NULL if the sequence is not sought: with `look`, because all are there. */
bool vt_relink_frames_load(vt_relinking *at, const vt_item *item, bool look, vt_sought_frames **frames);
bool vt_relink_frames_sort(vt_relinking *at);
void vt_relink_frames_begin_folder(vt_relinking *at);
bool vt_relink_frames_see(vt_relinking *at, const vt_scan_file *file);
bool vt_relink_frames_end_folder(vt_relinking *at, const char *folder);
/* Lists what was found in part. */
bool vt_relink_frames_conclude(vt_relinking *at);
void vt_relink_frames_clear(vt_relinking *at);

#endif
