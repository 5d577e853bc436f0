/*
 * XMP side-cars at work: read when an import, or a watched folder, comes by one that is new or has changed;
 * written some seconds after an edit (VT_SIDECAR_DELAY_NS), if the settings say so.
 *
 * Both go by what item and side-car had when they were last the same (core/sidecar/sidecar_merge.h): a value
 * that only one side has changed follows, and what both have changed stays as it is on both sides and is
 * listed as a conflict until the user decides. A side-car that is gone changes nothing here. An edit leaves a
 * mark in its own transaction (core/catalog/sidecars.h), so nothing is forgotten by a program that dies. What
 * fails is listed with its reason, and is tried again when the user wants it.
 *
 * A sequence has no side-car, for there is no name for it: who reads XMP goes by the name of one file. Beside
 * the first frame it would give the sequence's stars and tags to that frame alone; by the pattern of its
 * names (shot.####.png.xmp) nobody would look for it, and it would be nobody's once the sequence is split or
 * gets frames of another width. What is given to a sequence is in the catalog and its backups.
 *
 * Reading is done by the thread of the import; writing by one of the engine's own, an item after the other,
 * VT_SIDECAR_BATCH to a transaction. It opens the user's files, so nothing waits for it.
 *
 * The bytes of a side-car (at most 1 MiB) are loaded and written here; what they say, and what changed ones
 * are, a helper tells (core/sidecar/sidecar_ask.h).
 *
 * Threads: the main thread (engine.h); nothing here takes longer because there are more items.
 */
#ifndef VT_IMPORT_SIDECARS_H
#define VT_IMPORT_SIDECARS_H

#include "core/catalog/sidecars.h"
#include "core/edit/target.h"
#include "core/import/engine.h"

/* The setting `sidecars`. */
typedef enum vt_sidecar_use { VT_SIDECARS_OFF, VT_SIDECARS_ON_READ, VT_SIDECARS_ON_WRITE } vt_sidecar_use;

#define VT_SIDECAR_DELAY_NS (2 * VT_NS_PER_S)
#define VT_SIDECAR_BATCH    64

typedef struct vt_sidecars_figures {
    int64_t due;       /* to be looked at, those the settings hold back included */
    int64_t conflicts; /* fields of items */
    int64_t failures;  /* items */
    int64_t done;      /* since it was last idle */
    int64_t total;     /* done and still to do */
    int64_t written;   /* files, since the start */
    int64_t read;      /* items that got a value from a side-car, since the start; not of imports */
    double rate;       /* items a second, of the present run; 0: not known */
    bool running;      /* something is to do now, held or not */
    bool idle;         /* nothing is, and all that was asked for has been taken up */
    bool held;
} vt_sidecars_figures;

void vt_engine_get_sidecars(vt_engine *engine, vt_sidecars_figures *figures);

/* Asks for the side-cars of the items of `target` to be written now, whatever the settings say, or read
   again; takes over `target`, also when it fails. False and `error`: VT_ERROR_READ_ONLY, VT_ERROR_LIMIT,
   VT_ERROR_MEMORY. */
bool vt_engine_ask_sidecars(vt_engine *engine, vt_edit_target *target, vt_sidecar_wish wish, vt_error *error);

/* As vt_sidecars_decide; `choices` are copied. Errors as above. */
bool vt_engine_decide_sidecars(vt_engine *engine, const vt_sidecar_choice *choices, size_t count, bool ours,
                               vt_error *error);

/* Tries again what failed; or leaves all that was not written yet. Errors as above. */
bool vt_engine_retry_sidecars(vt_engine *engine, vt_error *error);
bool vt_engine_cancel_sidecars(vt_engine *engine, vt_error *error);

/* Nothing is written or read until it goes on. */
void vt_engine_hold_sidecars(vt_engine *engine, bool hold);

#endif
