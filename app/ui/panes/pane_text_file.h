/*
 * A text file as lines, on whichever thread. Of one that is very long only the beginning is read. What says
 * that it is UTF-16 is taken for that, what else is not UTF-8 for Latin-1, what is no text is refused. No Qt.
 */
#ifndef VT_UI_PANES_PANE_TEXT_FILE_H
#define VT_UI_PANES_PANE_TEXT_FILE_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What is read of a file at most: bytes, and lines, each of which costs the table that shows them 8 bytes and
   some nanoseconds of the window's thread. */
#define VT_TEXT_FILE_MAX  ((size_t)64 << 20)
#define VT_TEXT_LINES_MAX 1000000
/* Bytes of a line; what is longer goes on in the next one. */
#define VT_TEXT_LINE_MAX 1000

typedef struct vt_text_file {
    char *text; /* owned; UTF-8, whatever the file has */
    size_t length;
    uint32_t *lines; /* owned; where each begins, and one more: the end */
    size_t count;    /* of lines */
    size_t longest;  /* characters of the longest */
    bool is_latin1;
    bool is_cut; /* the file goes on */
} vt_text_file;

/* Between chunks; `share` of what is read of the file has been. False: stop, with VT_ERROR_CANCELLED. */
typedef bool (*vt_text_file_step)(void *user, double share);

/* False and `error`, nothing to be freed: VT_ERROR_NOT_FOUND, VT_ERROR_PERMISSION, VT_ERROR_NOT_REGULAR,
   VT_ERROR_UNSUPPORTED (no text), VT_ERROR_IO, VT_ERROR_MEMORY, VT_ERROR_CANCELLED. */
bool vt_text_file_read(vt_text_file *file, const char *path, vt_text_file_step step, void *user,
                       vt_error *error);
void vt_text_file_free(vt_text_file *file);

/* A line without what ends it; not terminated. */
const char *vt_text_file_line(const vt_text_file *file, size_t line, size_t *length);
/* True if it was too long: the next one is the same line of the file. */
bool vt_text_file_goes_on(const vt_text_file *file, size_t line);

#endif
