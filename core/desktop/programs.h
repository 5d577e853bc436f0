/*
 * The programs of the desktop that open files of given formats, as the MIME Applications Specification has
 * them (mimeapps.list, MimeType= of desktop entries), read by libgio.
 *
 * Touches the disk, however slow that is: not for the window's thread. Any thread otherwise.
 */
#ifndef VT_DESKTOP_PROGRAMS_H
#define VT_DESKTOP_PROGRAMS_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

/* All texts are owned by the list. */
typedef struct vt_program {
    char *id;      /* "org.gnome.eog.desktop" */
    char *name;    /* in the user's language */
    char *icon;    /* name or path of its icon; NULL: none */
    char *command; /* Exec= as it stands there, field codes included */
    char *entry;   /* path of the desktop entry; NULL if it is not known */
    char *folder;  /* where it wants to run; NULL: anywhere */
    bool terminal; /* it has no window of its own */
    bool standard; /* what a double click in a file manager starts, for the first format */
} vt_program;

typedef struct vt_programs {
    vt_program *list; /* owned */
    size_t count;
} vt_programs;

/* Programs that take files of all formats of the set `formats` (1 << vt_format), the standard one of the
   first format first, then in the desktop's order; Vitrine itself is none. An empty list is no fault.
   `*programs` is overwritten; vt_programs_clear. VT_ERROR_MEMORY. */
bool vt_programs_for(unsigned formats, vt_programs *programs, vt_error *error);

/* All programs that a menu of the desktop shows and that take files, by their names. */
bool vt_programs_all(vt_programs *programs, vt_error *error);

/* Those of `ids` (NULLs are passed over) that are installed, in their order. */
bool vt_programs_of(const char *const *ids, size_t count, vt_programs *programs, vt_error *error);

/* Another list that holds one program only: a copy. */
bool vt_programs_copy_one(const vt_program *program, vt_programs *copy_of, vt_error *error);

/* Empties the list; `programs` may be all zero. */
void vt_programs_clear(vt_programs *programs);

/* The one with this id; NULL if there is none. */
const vt_program *vt_programs_find(const vt_programs *programs, const char *id);

#endif
