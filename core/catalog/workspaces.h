/*
 * Named workspaces (core/layout/workspace.h): their layouts as texts, the text before the last change, and
 * which one was open last. What is in the texts is not looked at here: one that is damaged is for whoever
 * opens it.
 *
 * The writer (writer.h) writes them, any reader reads them. Threads and errors as writer.h and reader.h.
 */
#ifndef VT_CATALOG_WORKSPACES_H
#define VT_CATALOG_WORKSPACES_H

#include "core/catalog/reader.h"
#include "core/catalog/writer.h"

/* Bytes of a name and of a text, VT_ERROR_LIMIT beyond them. */
#define VT_WORKSPACE_NAME_MAX  200
#define VT_WORKSPACE_BYTES_MAX (64 << 20)

/* Texts are bytes, valid during the call they are handed over in; a NUL follows the name. */
typedef struct vt_workspace_row {
    const char *name;
    const char *text;
    size_t length;
    const char *previous; /* of no bytes: there is none */
    size_t previous_length;
    bool last; /* opened at the next start */
} vt_workspace_row;

/* All of them in the order they were made. The callback returns false to stop. */
typedef bool (*vt_workspace_visitor)(void *user, const vt_workspace_row *row);
bool vt_catalog_reader_each_workspace(vt_catalog_reader *reader, vt_workspace_visitor visit, void *user,
                                      vt_error *error);

/* The row of this name, made or overwritten; `last` is not looked at. */
bool vt_catalog_writer_put_workspace(vt_catalog_writer *writer, const vt_workspace_row *row, vt_error *error);

/* Names that are not there are no error: they may have been removed meanwhile. */
bool vt_catalog_writer_remove_workspace(vt_catalog_writer *writer, const char *name, vt_error *error);
bool vt_catalog_writer_rename_workspace(vt_catalog_writer *writer, const char *name, const char *new_name,
                                        vt_error *error);
bool vt_catalog_writer_set_last_workspace(vt_catalog_writer *writer, const char *name, vt_error *error);

#endif
