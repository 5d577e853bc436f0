/*
 * The settings' file: $XDG_CONFIG_HOME/vitrine/settings.conf. Lines "name = value"; what begins with # is a
 * comment. Only what was chosen stands in it: all else has its standard value.
 *
 * It may be edited by hand. A change keeps every line that it is not about, those that this version does not
 * understand included, and replaces the file in one step: it is there complete, as before or as after. Two
 * programs that change it at the same time take turns. Blocks on the disk: not on the window's thread, but
 * for a load before there is a window. Any thread.
 */
#ifndef VT_SETTINGS_SETTINGS_FILE_H
#define VT_SETTINGS_SETTINGS_FILE_H

#include "core/settings/settings.h"

/* More than this is no file of settings. */
#define VT_SETTINGS_FILE_BYTES_MAX 65536

/* Owned by the caller, free(); NULL and `error` as vt_path_xdg. */
char *vt_settings_default_path(vt_error *error);

/* Fills `settings`, always. False and `error` if the file (NULL: the default one) cannot be read or has a
   line that makes no sense: the first of these, by its number, with what to do. What does make sense is
   taken, the rest has its standard value. No file is no fault. */
bool vt_settings_load(const char *path, vt_settings *settings, vt_error *error);

/* Lines that are not about the table of settings but are kept in the same file: "key.view.larger = Ctrl++".
   Their names begin with VT_SETTINGS_OWN_PREFIX; what they mean is the business of whoever reads them. */
#define VT_SETTINGS_OWN_PREFIX "key."

/* Visits each of them in the order of the file; the texts are valid during the call only. False and `error`
   if the file cannot be read; no file is no fault, and neither is what vt_settings_load finds fault with. */
typedef void (*vt_settings_line_visitor)(void *user, const char *name, const char *value);
bool vt_settings_load_lines(const char *path, vt_settings_line_visitor visit, void *user, vt_error *error);

/* A line, or with the value NULL none of this name. */
typedef struct vt_settings_line {
    const char *name, *value;
} vt_settings_line;

/* Changes the file as vt_settings_save does. False and `error`: VT_ERROR_USAGE for a name that does not begin
   with the prefix or a value of several lines, else what the system says. */
bool vt_settings_save_lines(const char *path, const vt_settings_line *lines, size_t count, vt_error *error);

/* One setting gets this value or, with `reset`, the standard one. */
typedef struct vt_settings_change {
    vt_setting which;
    bool reset;
    int64_t value;
} vt_settings_change;

/* Changes the file (NULL: the default one), making it and its folder if need be. `settings` is what holds
   then; untouched on failure. False and `error`: VT_ERROR_USAGE for values out of range or that contradict
   others, else what the system says. */
bool vt_settings_save(const char *path, const vt_settings_change *changes, size_t count,
                      vt_settings *settings, vt_error *error);

#endif
