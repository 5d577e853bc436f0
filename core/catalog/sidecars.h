/*
 * What the catalog knows of side-cars: what an item and its side-car had when they were last the same, which
 * side-cars are to be looked at, what is in conflict, and what failed.
 *
 * While marking is on (vt_sidecars_mark_edits) each edit of a rating, label, title, note or tag leaves a mark
 * in its own transaction: who is killed before the side-car is written does so after the next start. A mark
 * is also what the user asks for. Items that are sequences have no side-car: no mark is made for them.
 *
 * Threads: what takes a reader, as core/catalog/reader.h; what takes a writer, as core/catalog/writer.h.
 */
#ifndef VT_CATALOG_SIDECARS_H
#define VT_CATALOG_SIDECARS_H

#include "core/base/str.h"
#include "core/catalog/reader.h"
#include "core/catalog/writer.h"
#include "core/sidecar/sidecar_merge.h"

/* What is to be done with an item's side-car. The numbers are stored in catalogs: never renumber. */
typedef enum vt_sidecar_wish {
    VT_SIDECAR_EDITED = 0, /* by an edit: written if the settings say so */
    VT_SIDECAR_WRITE = 1,  /* the user wants it now, whatever they say */
    VT_SIDECAR_READ = 2,   /* likewise, also if it looks unchanged */
    VT_SIDECAR_WISH_COUNT
} vt_sidecar_wish;

/* Size and time of both names when they were last read or written; a size of -1: it was not there. */
typedef struct vt_sidecar_seen {
    int64_t size[VT_SIDECAR_NAMES];
    int64_t mtime_ns[VT_SIDECAR_NAMES];
} vt_sidecar_seen;

bool vt_sidecar_seen_same(const vt_sidecar_seen *a, const vt_sidecar_seen *b);

typedef struct vt_sidecar_state {
    vt_str path; /* of the item */
    bool known;  /* a side-car was read or written before; else the next two are nothing */
    vt_sidecar_seen seen;
    vt_sidecar_values agreed;
    bool both; /* there were side-cars of both names: the next is what each of them said */
    vt_sidecar_values said[VT_SIDECAR_NAMES];
    vt_sidecar_values ours; /* what the user gave, side-cars said, or the picture carries in itself */
    vt_sidecar_values own;  /* what of that is the picture's alone: no side-car is to have it for that */
    bool due;               /* there is a mark: the next two */
    vt_sidecar_wish wish;
    int64_t since_ns;
} vt_sidecar_state;

/* Begin with all zero; may be filled again. VT_ERROR_NOT_FOUND for an item that is gone, is a sequence or in
   the trash. */
bool vt_sidecars_state(vt_catalog_reader *reader, int64_t id, vt_sidecar_state *state, vt_error *error);
void vt_sidecar_state_free(vt_sidecar_state *state);

/* The items of the folder `path` that may have a side-car, with what was seen of it. `name` ends in a NUL.
   False from `visit` stops, and is no error. */
typedef bool (*vt_sidecar_visitor)(void *user, int64_t id, const char *name, const vt_sidecar_seen *seen);
bool vt_sidecars_each_in_folder(vt_catalog_reader *reader, const char *path, size_t length,
                                vt_sidecar_visitor visit, void *user, vt_error *error);

/* Marks since `until_ns` or before, the oldest first, at most `most`: their items to `ids`. With `edits`
   those of edits, too. `*next_ns`: when the next is due (INT64_MAX: there is none). */
bool vt_sidecars_due(vt_catalog_reader *reader, int64_t until_ns, bool edits, int64_t *ids, size_t most,
                     size_t *count, int64_t *next_ns, vt_error *error);

typedef struct vt_sidecar_counts {
    int64_t due, asked; /* marks; of these not of edits */
    int64_t conflicts, failures;
} vt_sidecar_counts;
bool vt_sidecars_count(vt_catalog_reader *reader, vt_sidecar_counts *counts, vt_error *error);

/* Conflicts and failures for a list, by item: at most `most`. Strings are valid during the call; of a failure
   `field` is 0 and `theirs` its reason. */
typedef struct vt_sidecar_problem {
    int64_t item_id;
    const char *path;
    vt_sidecar_field field;
    const char *ours, *theirs; /* UTF-8; of ratings and labels the number */
} vt_sidecar_problem;
typedef bool (*vt_sidecar_problem_visitor)(void *user, const vt_sidecar_problem *problem);
bool vt_sidecars_each_problem(vt_catalog_reader *reader, int64_t most, vt_sidecar_problem_visitor visit,
                              void *user, vt_error *error);

/* Whether edits leave marks, from the next one on. Any thread. */
void vt_sidecars_mark_edits(vt_catalog_writer *writer, bool on);

/* What was found out about one item, and is to be written if its values still are `ours`; else it is left for
   another look. Everything is borrowed. */
typedef struct vt_sidecar_outcome {
    int64_t id;
    const vt_sidecar_state *before;
    const vt_sidecar_values *now; /* NULL: nothing could be read, and the next line but `agreed` is nothing */
    const vt_sidecar_values *agreed, *theirs;
    const vt_sidecar_values
        *said; /* of side-cars of both names, VT_SIDECAR_NAMES of them; NULL: there is one */
    uint32_t taken, conflicts;
    vt_sidecar_seen seen;
    const vt_error *failure; /* NULL: none */
    bool stored;             /* filled in, as the next */
    int made;                /* tags that were new */
} vt_sidecar_outcome;

/* One transaction. False and `error`, and nothing is written. */
bool vt_sidecars_put(vt_catalog_writer *writer, vt_sidecar_outcome *outcomes, size_t count, vt_error *error);

/* Marks items because the user asks (not VT_SIDECAR_EDITED); one that is marked by an edit keeps that and is
   due at once. Failures of these items are forgotten. */
bool vt_sidecars_ask(vt_catalog_writer *writer, const int64_t *ids, size_t count, vt_sidecar_wish wish,
                     vt_error *error);

/* Asks once more for all that failed. */
bool vt_sidecars_retry(vt_catalog_writer *writer, vt_error *error);

/* Takes away all marks: what was not written yet stays in the catalog alone. */
bool vt_sidecars_forget_due(vt_catalog_writer *writer, vt_error *error);

/* A conflict: 0 stands for all items, or all fields. */
typedef struct vt_sidecar_choice {
    int64_t item_id;
    uint32_t field; /* vt_sidecar_field */
} vt_sidecar_choice;

/* Settles conflicts by what the user gave here (then the side-car is marked to be written, whatever the
   settings say), or by what the side-car says. The items go to `*ids` (owned, free()), some perhaps twice. */
bool vt_sidecars_decide(vt_catalog_writer *writer, const vt_sidecar_choice *choices, size_t choice_count,
                        bool ours, int64_t **ids, size_t *count, vt_error *error);

#endif
