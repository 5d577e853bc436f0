/*
 * The names that files of an export will get, before one of them is written: what export_copy.h does about
 * names that are taken, gone through without a file being made. A name is taken if the folder has it, or if
 * an earlier file of the same export got it, by itself or with a number.
 *
 * Blocks: looks at the folder once a name. Threads: one at a time, not the window's.
 */
#ifndef VT_EXPORT_EXPORT_NAMES_H
#define VT_EXPORT_EXPORT_NAMES_H

#include "core/base/error.h"

#include <stdbool.h>

typedef struct vt_export_names vt_export_names;

/* `folder`: open, borrowed until the names are freed; -1 if it is not there. NULL and VT_ERROR_MEMORY. */
vt_export_names *vt_export_names_create(int folder, vt_error *error);
void vt_export_names_free(vt_export_names *names); /* NULL is allowed */

/* The name that the next file gets which asks for `name`; lent until vt_export_names_free. `*numbered`: it is
   another one. One whose numbers are used up (VT_EXPORT_NAMES_MAX) is told as it was asked for, and as
   numbered. NULL and VT_ERROR_MEMORY. */
const char *vt_export_names_give(vt_export_names *names, const char *name, bool *numbered, vt_error *error);

#endif
