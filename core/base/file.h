/*
 * Files: their bytes read and written without gaps, and files that are there whole or not at all. Touches the
 * disk: not for the window's thread. Any thread otherwise.
 */
#ifndef VT_BASE_FILE_H
#define VT_BASE_FILE_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Writes `count` bytes to `path`, in the place of whatever is there, by a temporary name beside it
   ("PATH.XXXXXX", gone afterwards). The file has the permissions `mode`. It is not synced: after a power
   failure it may be the old one, or empty. VT_ERROR_IO, _PERMISSION, _NO_SPACE, _MEMORY. */
bool vt_file_replace(const char *path, const void *bytes, size_t count, mode_t mode, vt_error *error);

/* The same for those who word faults themselves: 0 or an errno. With `sync` the bytes are on the disk before
   the file has its name; for the name itself the folder has to be synced. */
int vt_file_put(const char *path, const void *bytes, size_t count, mode_t mode, bool sync);

/* The permissions that new files of this process get: those of programs that do not care. Asks without
   changing the mask for a moment, as umask(2) would for all threads. */
mode_t vt_file_new_mode(void);

/* Writes all of `count` bytes to the open file. False with errno. */
bool vt_file_write_all(int file, const void *bytes, size_t count);

/* Appends all that the open file holds from where it stands. False with errno: EFBIG if `text` then is longer
   than `most` bytes, ENOMEM, or that of read(2); `text` holds what came before. */
bool vt_file_read_all(int file, size_t most, vt_str *text);

#endif
