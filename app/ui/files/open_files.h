/*
 * What is chosen is opened with a program: its files are collected, and the program started, on a worker.
 *
 * Of a sequence it is the first frame: programs that play sequences find the others by its number, and an
 * editor shall not open a thousand windows. What is not there is left out, and told.
 */
#ifndef VT_UI_FILES_OPEN_FILES_H
#define VT_UI_FILES_OPEN_FILES_H

#include "app/ui/files/chosen.h"
#include "core/catalog/catalog.h"
#include "core/desktop/programs.h"

#include <stdbool.h>
#include <stddef.h>

/* More than this at once is nobody's intention. */
#define VT_OPEN_FILES_MAX 10000
/* More starts than this are asked about first. */
#define VT_OPEN_STARTS_ASKED 10

typedef struct vt_open_files {
    const vt_catalog *catalog; /* borrowed; only sequences are looked up in it */
    vt_chosen *chosen;         /* owned */
    vt_programs program;       /* owned: the one */
    bool agreed;               /* the user was asked */
    /* What came of it. */
    char **paths; /* owned, like each */
    size_t count, missing;
    size_t starts;  /* that it takes; the program has not been started yet if the user has to be asked */
    size_t started; /* that were made */
} vt_open_files;

/* True if the user has to agree before anything is started, then call vt_open_files_run again. */
bool vt_open_files_asks(const vt_open_files *opening);

/* Blocks. False and `error`: VT_ERROR_NOT_FOUND (none of the files is there), VT_ERROR_LIMIT, those of
   vt_launch and of the catalog. */
bool vt_open_files_run(vt_open_files *opening, vt_error *error);
void vt_open_files_free(vt_open_files *opening); /* NULL is allowed */

#endif
