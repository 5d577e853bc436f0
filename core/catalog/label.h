/*
 * Colour labels by name: what the filter understands, and what side-cars call them (the first five are those
 * of Lightroom and darktable). Any thread.
 */
#ifndef VT_CATALOG_LABEL_H
#define VT_CATALOG_LABEL_H

#include <stddef.h>

/* "none" for 0, then "red", "yellow", ... NULL for a label that has no name, or is none. */
const char *vt_label_name(int label);

/* The label of a name in lower case (`length` bytes), -1 if there is none. "gray" is "grey". */
int vt_label_from_name(const char *name, size_t length);

/* The label of a colour's name as a file gives it, in whatever case; 0 for "", -1 for one that is no colour
   of ours. */
int vt_label_from_text(const char *name);

#endif
