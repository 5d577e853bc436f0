/*
 * Source: opens a file of the user's without being caught by what it may be.
 *
 * A FIFO would block, a device may act on being opened, a symbolic link may lead elsewhere, a terminal may
 * become the controlling one: the flags and the check after opening exclude all of them. Touches the disk:
 * not for the window's thread. Any thread otherwise.
 */
#ifndef VT_DECODE_SOURCE_H
#define VT_DECODE_SOURCE_H

#include "core/base/error.h"
#include "core/decode/limits.h"
#include "core/decode/media.h"

#include <stdbool.h>
#include <sys/stat.h>

typedef struct vt_source {
    int fd;             /* owned; vt_source_close */
    vt_format promised; /* by the file's name */
    struct stat stat;   /* of the open descriptor */
} vt_source;

/* Opens `path` relative to the folder `dirfd` (or AT_FDCWD) for reading. Fails with VT_ERROR_NOT_REGULAR for
   a link, folder, FIFO, socket or device, VT_ERROR_EMPTY for zero bytes, VT_ERROR_LIMIT for a file larger
   than its kind may be, VT_ERROR_NOT_FOUND, VT_ERROR_PERMISSION, VT_ERROR_IO. Messages do not repeat the
   path: whoever reports them names it. */
bool vt_source_open(int dirfd, const char *path, const vt_limits *limits, vt_source *source, vt_error *error);

/* Size, time of change and identity are still what they were at opening (VT_ERROR_CHANGED if not). */
bool vt_source_unchanged(const vt_source *source, vt_error *error);

/* Closes; a source that is closed already or whose opening failed is allowed. */
void vt_source_close(vt_source *source);

#endif
