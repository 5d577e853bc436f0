/*
 * Files whose names a user gives to be written: a slip of the hand must not cost a picture. What is replaced
 * is an older file of the same kind, or an empty one; all else is left as it is, and said. Touches the disk:
 * not for the window's thread. Any thread otherwise.
 */
#ifndef VT_BASE_REPLACEABLE_H
#define VT_BASE_REPLACEABLE_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of a file as many bytes are looked at, from its start. */
#define VT_REPLACEABLE_HEAD 4096

/* A kind of file that the program writes. Lives as long as the program. */
typedef struct vt_file_kind {
    const char *name;                               /* of one, in messages: "backup of a catalog" */
    bool (*is)(const uint8_t *head, size_t length); /* by its first bytes; NULL: it has `mark` among them */
    const char *mark;
} vt_file_kind;

/* True if a file may be written at `path`: nothing is there (what else may be wrong is told by writing), or
   an empty file, or one of this kind. VT_ERROR_USAGE otherwise; VT_ERROR_NOT_REGULAR for a device, a pipe or
   a folder, which writing would replace by a file. */
bool vt_file_is_replaceable(const char *path, const vt_file_kind *kind, vt_error *error);

/* True if both are the same file, by whatever names; false if one is not there. */
bool vt_file_is_same(const char *a, const char *b);

#endif
