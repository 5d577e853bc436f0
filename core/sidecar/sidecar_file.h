/*
 * A side-car on the disk: how it is opened, and how a later look tells whether it is still the same. Touches
 * the disk. Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_FILE_H
#define VT_SIDECAR_SIDECAR_FILE_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

/* What a side-car was when it was read. All zero: there was none. Size and hash decide whether it has
   changed; the others let somebody who only calls stat see that there is nothing new. */
typedef struct vt_sidecar_stamp {
    bool there;
    uint64_t device, inode;
    int64_t size;
    int64_t mtime_ns;
    uint64_t hash; /* XXH3, 64 bits, of the whole content */
} vt_sidecar_stamp;

/* The content is the same, or there is none in both cases. */
bool vt_sidecar_stamp_same(const vt_sidecar_stamp *a, const vt_sidecar_stamp *b);

/* Of a file with this content and these facts. */
void vt_sidecar_stamp_set(vt_sidecar_stamp *stamp, const vt_str *text, const struct stat *facts);

/* Appends to `text` what the file `name` of `folder` (a descriptor, or AT_FDCWD) holds, and fills `stamp` and
   `facts` (may be NULL). No file is no fault: then `stamp` says so. Symbolic links are not followed. False
   and `error`, whose message begins with a verb: VT_ERROR_NOT_REGULAR, _LIMIT for more than
   VT_SIDECAR_BYTES_MAX, _MEMORY, or what the system says. */
bool vt_sidecar_load(int folder, const char *name, vt_str *text, vt_sidecar_stamp *stamp, struct stat *facts,
                     vt_error *error);

/* "the side-car PATH " before the message of `error`; returns false. */
bool vt_sidecar_name_file(vt_error *error, const char *path);

#endif
