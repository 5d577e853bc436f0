/*
 * Which keys run what: a list of entries, each with the keys it has now, and the conflicts between them.
 *
 * A key is written as Qt writes it in files: "Ctrl+Shift+P", "PgDown", "F1", "+"; several are parted by "; ".
 * Each text given is brought into one form first (order of modifiers, capitals), so equal keys are equal
 * texts. An entry holds in contexts, a set of bits; the same key in two entries is a conflict only if they
 * share one. No Qt; one thread at a time.
 */
#ifndef VT_UI_KEYS_KEYMAP_H
#define VT_UI_KEYS_KEYMAP_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes that a key, and all keys of an entry, take at most with their NUL; and how many keys these are. */
#define VT_KEY_SIZE       40
#define VT_KEYS_SIZE      200
#define VT_KEYS_PER_ENTRY 4

/* Where a key holds. */
typedef enum vt_key_context {
    VT_KEYS_CARDS = 1 << 0,
    VT_KEYS_TABLE = 1 << 1,
    VT_KEYS_IMAGE = 1 << 2, /* in the viewer, as the next two */
    VT_KEYS_MODEL = 1 << 3,
    VT_KEYS_SEQUENCE = 1 << 4,
    VT_KEYS_LIBRARY = VT_KEYS_CARDS | VT_KEYS_TABLE,
    VT_KEYS_VIEWER = VT_KEYS_IMAGE | VT_KEYS_MODEL | VT_KEYS_SEQUENCE,
    VT_KEYS_WORKSPACE = 1 << 5, /* whatever its panes show */
    VT_KEYS_EVERYWHERE = VT_KEYS_LIBRARY | VT_KEYS_VIEWER | VT_KEYS_WORKSPACE
} vt_key_context;

/* Static texts. */
typedef struct vt_keymap_entry {
    const char *name;  /* in the settings */
    unsigned contexts; /* of vt_key_context */
    const char *keys;  /* the standard ones */
} vt_keymap_entry;

typedef struct vt_keymap vt_keymap;

/* All entries with their standard keys. `entries` is copied, its texts are borrowed. NULL and `error`:
   VT_ERROR_MEMORY, VT_ERROR_USAGE if a standard key makes no sense. */
vt_keymap *vt_keymap_create(const vt_keymap_entry *entries, size_t count, vt_error *error);
void vt_keymap_free(vt_keymap *map);

size_t vt_keymap_count(const vt_keymap *map);
/* The entry of this name, or -1. */
ptrdiff_t vt_keymap_named(const vt_keymap *map, const char *name);

/* The keys it has now, "" for none; valid until it is changed. */
const char *vt_keymap_keys(const vt_keymap *map, size_t entry);
bool vt_keymap_is_standard(const vt_keymap *map, size_t entry);

/* Gives an entry these keys instead of its own. False and VT_ERROR_USAGE, with nothing changed, if one is no
   key or they are too many. Conflicts are not looked for: a file may have them. */
bool vt_keymap_set(vt_keymap *map, size_t entry, const char *keys, vt_error *error);
/* Adds one. Already there: true, nothing changes. */
bool vt_keymap_add(vt_keymap *map, size_t entry, const char *key, vt_error *error);
/* Not there: nothing changes. */
void vt_keymap_remove(vt_keymap *map, size_t entry, const char *key);
void vt_keymap_reset(vt_keymap *map, size_t entry);

/* The first other entry from `from` on that has `key` where `entry` would, or -1. */
ptrdiff_t vt_keymap_conflict(const vt_keymap *map, size_t entry, const char *key, size_t from);
/* Adds `key`, and takes it from all that it would conflict with. As vt_keymap_add. */
bool vt_keymap_take_over(vt_keymap *map, size_t entry, const char *key, vt_error *error);

/* The first entry that has `key` in one of `contexts`, or -1. */
ptrdiff_t vt_keymap_find(const vt_keymap *map, unsigned contexts, const char *key);

/* One key in the one form. False and VT_ERROR_USAGE for what is no key. */
bool vt_key_normalize(const char *text, size_t length, char key[VT_KEY_SIZE], vt_error *error);

/* The keys of a list, one after the other: the start of the first and its length; false after the last.
   `*rest` is the list at first and moves on. */
bool vt_keys_next(const char **rest, const char **key, size_t *length);

/* Whether a list holds `key`, both in the one form. */
bool vt_keys_hold(const char *keys, const char *key);

#endif
