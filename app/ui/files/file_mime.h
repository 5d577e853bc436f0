/*
 * Files as other programs take them from the clipboard or a drag: text/uri-list (RFC 2483),
 * x-special/gnome-copied-files (Nautilus, Nemo, Thunar: "copy", then one URI a line).
 *
 * Nothing is built before somebody asks for it, so that a drag of 100,000 items begins at once. UI thread
 * only.
 */
#ifndef VT_UI_FILES_FILE_MIME_H
#define VT_UI_FILES_FILE_MIME_H

#include "core/base/str.h"

#include <qt6c/qmimedata.h>
#include <stddef.h>

/* Whose files. `path` appends one as bytes, or nothing for what is no file; `release` is called once, by the
   end of the mime data. */
typedef struct vt_mime_files {
    size_t count;
    void (*path)(void *user, size_t index, vt_str *path);
    void (*release)(void *user); /* may be NULL */
    void *user;
} vt_mime_files;

/* Owned by whoever it is given to: the clipboard, or a drag. */
QMimeData *vt_file_mime_create(const vt_mime_files *files);

#endif
