/*
 * Completion of a filter: what can stand where the cursor is, and the text with that put in.
 *
 * Offered are words that begin with what was typed before the cursor: keys ("kind:"), values of keys that
 * have a fixed set ("model"), and tags, albums, cameras and folders of the library, also if a later word of
 * their name begins so ("tag:rome" offers place/Rome). A word without a key, of two letters or more, is
 * completed to tags, albums and cameras, too, and gets their key. Upper and lower case alike.
 *
 * Threads: any but the UI's (3 to 15 ms with 100,000 tags).
 */
#ifndef VT_INDEX_COMPLETE_H
#define VT_INDEX_COMPLETE_H

#include "core/base/error.h"
#include "core/index/index.h"
#include "core/index/tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_COMPLETIONS_MAX 20

typedef enum vt_completion_kind {
    VT_COMPLETION_KEY,   /* "kind": a value is to follow */
    VT_COMPLETION_VALUE, /* of a fixed set */
    VT_COMPLETION_TAG,
    VT_COMPLETION_ALBUM,
    VT_COMPLETION_CAMERA,
    VT_COMPLETION_FOLDER
} vt_completion_kind;

typedef struct vt_completion {
    vt_completion_kind kind;
    char *label;   /* UTF-8, for the list: "kind:", "model", "place/Rome"; owned */
    char *text;    /* the whole filter with the choice put in, quoted where it must be; owned */
    size_t cursor; /* where the cursor belongs in `text`: behind a key's colon, else behind what follows a
                      value */
    bool counted;  /* `items` is known: there was a tally, and it knew of this one */
    uint32_t items;
} vt_completion;

typedef struct vt_completions {
    vt_completion items[VT_COMPLETIONS_MAX];
    unsigned count;
    size_t start, end; /* the bytes of the text that a choice replaces */
} vt_completions;

/* `text` of `length` bytes of UTF-8, of which `cursor` stand before the cursor. Keys and fixed values stand
   in the order of their table; names that begin with what was typed before those that have it further on;
   among equals those with more items, if there is a `tally` (NULL is allowed; of any snapshot of the same
   index), else the shorter ones. `completions` is filled in: vt_completions_clear. No completion is no error;
   false: VT_ERROR_MEMORY. */
bool vt_complete(const vt_snapshot *snapshot, const vt_tally *tally, const char *text, size_t length,
                 size_t cursor, vt_completions *completions, vt_error *error);

void vt_completions_clear(vt_completions *completions);

#endif
