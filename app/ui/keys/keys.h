/*
 * The keys of the window: one map (keymap.h) of all commands and of all keys that views handle, with what the
 * user has bound anew. Entries of commands come first, in the order of their ids.
 *
 * What is changed is kept in the settings' file, in lines "key.NAME = KEYS" (core/settings/settings_file.h);
 * only what differs from the standard stands there, and lines of names that this version does not know stay.
 * UI thread only; one map for the program.
 */
#ifndef VT_UI_KEYS_KEYS_H
#define VT_UI_KEYS_KEYS_H

#include "app/ui/keys/keymap.h"
#include "app/ui/keys/view_keys.h"
#include "app/ui/window/commands.h"
#include "core/base/str.h"
#include "core/task/executor.h"

/* Makes the map, with the standard keys, and frees it. False and `error`: VT_ERROR_MEMORY. */
bool vt_keys_begin(vt_error *error);
void vt_keys_end(void);

/* Valid in between. */
vt_keymap *vt_keys_map(void);

/* Takes over what the settings' file says. Before there is a window: it reads the file. False and `error` if
   it cannot be read, or a line makes no sense (the first of these); the others hold. */
bool vt_keys_load(vt_error *error);

/* Writes the keys of one entry to the file, or of all with `entry` -1, on `executor`. `done` gets NULL or
   what went wrong, later, on the UI thread, unless `context` is deleted before. False and `error` if it could
   not be begun. */
typedef void (*vt_keys_saved)(void *user, const vt_error *error);
bool vt_keys_save(ptrdiff_t entry, vt_executor *executor, QObject *context, vt_keys_saved done, void *user,
                  vt_error *error);

/* The row of the views' table that an entry stands for, NULL if it is a command. */
const vt_view_key_row *vt_keys_view_row(size_t entry);

/* What an entry does, in the language of the window and without the mark of a letter for Alt. */
void vt_keys_append_text(size_t entry, vt_str *text);
/* Where the keys of an entry that is no command hold: "In the library"; in the language of the window. */
const char *vt_keys_group(size_t entry);
/* Its present keys as this desktop writes them, several parted by " or "; "" for none. */
void vt_keys_append_shown(const char *keys, vt_str *text);

#endif
