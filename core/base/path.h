/*
 * Paths as bytes. Nothing here assumes UTF-8 or touches the file system except where it says so. Any thread.
 */
#ifndef VT_BASE_PATH_H
#define VT_BASE_PATH_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* The part after the last '/', inside `path`; the whole path if there is none. Never NULL. */
const char *vt_path_name(const char *path);

/* The part of the name after its last '.', inside `path`; "" if there is none or the dot comes first. */
const char *vt_path_extension(const char *path);

/* `folder` + '/' + `name`, one slash between them. Owned by the caller, free(); NULL when memory runs out. */
char *vt_path_join(const char *folder, const char *name);

/* The same for bytes of known lengths, without an allocation: how many bytes the joined path has, and writing
   it (no NUL) to `to`, which has that room; returns where the name begins in it. An empty folder adds no
   slash. */
size_t vt_path_joined_length(const char *folder, size_t folder_length, size_t name_length);
size_t vt_path_join_to(char *to, const char *folder, size_t folder_length, const char *name,
                       size_t name_length);

/* Absolute, without "." and "..", symbolic links resolved as far as the path exists (touches the file
   system). Owned by the caller, free(). NULL and `error` if the path does not exist or cannot be reached. */
char *vt_path_absolute(const char *path, vt_error *error);

/* True if `path` is `folder` or lies below it; both absolute and clean. */
bool vt_path_is_below(const char *path, const char *folder);

/* < 0, 0, > 0 by their bytes, but for '/', which comes before all others: so a folder is followed by all that
   is below it. Any thread. */
int vt_path_compare(const char *a, size_t a_length, const char *b, size_t b_length);

/* The path as text for messages: valid UTF-8, no control characters. Owned by the caller, free(). */
char *vt_path_display(const char *path);

/* mkdir -p with mode 0700 (XDG base directory specification). */
bool vt_path_make_folders(const char *folder, vt_error *error);

/* The XDG folders, "/vitrine" included: environment variable if absolute, else the fallback below $HOME. */
typedef enum vt_xdg { VT_XDG_CONFIG, VT_XDG_DATA, VT_XDG_CACHE, VT_XDG_STATE } vt_xdg;
/* Owned by the caller, free(); NULL and `error` if neither the variable nor $HOME is set. Reads environ. */
char *vt_path_xdg(vt_xdg which, vt_error *error);

#endif
