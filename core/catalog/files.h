/*
 * Private to core/catalog: the files beside a catalog (copies, snapshots, what was put aside), and putting a
 * finished file in the place of another so that a program killed at any moment leaves one of the two.
 *
 * Names: FILE.unfinished-PID while a file is written, FILE.snapshot-TIME, FILE.before-vN-TIME and the like
 * when it is complete; TIME is UTC, YYYYMMDD-HHMMSS. Any thread.
 */
#ifndef VT_CATALOG_FILES_H
#define VT_CATALOG_FILES_H

#include "core/base/error.h"
#include "core/base/log.h"

#include <stdbool.h>
#include <stdint.h>

/* "YYYYMMDD-HHMMSS" and a NUL. */
#define VT_FILES_TIME_SIZE 16

/* The moment `ns` (since 1970-01-01 UTC) as TIME; years outside 0 to 9999 give the nearest end. */
void vt_files_time(int64_t ns, char text[VT_FILES_TIME_SIZE]);

/* The inverse, exact to the second: false if `text` is no TIME from its first to its last byte. */
bool vt_files_read_time(const char *text, int64_t *ns);

/* `path` + `suffix` + TIME; free(). NULL and VT_ERROR_MEMORY. */
char *vt_files_stamped(const char *path, const char *suffix, int64_t ns, vt_error *error);

/* The name under which this process writes what becomes `path`; free(). NULL and VT_ERROR_MEMORY. A leftover
   of that name is removed. */
char *vt_files_temporary(const char *path, vt_error *error);

/* Syncs `temporary`, gives it the name `path` (in the same folder) and syncs the folder: afterwards either
   the old file or the whole new one has the name, at power loss, too. On failure `temporary` is still there.
 */
bool vt_files_publish(const char *temporary, const char *path, vt_error *error);

/* Gives the catalog `path` and its logs a second name PATH + `suffix` + N, under which they stay when the
   first is given to another file; free(). NULL and `error`. */
char *vt_files_keep_aside(const char *path, const char *suffix, vt_error *error);

/* Removes what processes that are gone left of copies of `path`. Call it with the lock of `path` held. What
   cannot be removed is told in the log only: it harms nobody. */
void vt_files_remove_unfinished(const char *path, const vt_log *log);

/* Calls `visit` with the name of each file in the folder of `path` that begins with the name of `path` and
   `suffix`, and with what follows in it. False and `error` if the folder cannot be read. */
typedef bool (*vt_files_visitor)(void *user, const char *path, const char *rest);
bool vt_files_each(const char *path, const char *suffix, vt_files_visitor visit, void *user, vt_error *error);

/* The folder of `path`, "." if it names none; free(). NULL when memory runs out. */
char *vt_files_folder(const char *path);

#endif
