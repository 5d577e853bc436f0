/*
 * The names of XMP side-cars. There are two customs: "photo.jpg.xmp" (digiKam, darktable), here the long
 * name, and "photo.xmp" (Adobe; XMP specification part 3, 1.1.6), here the short one. The long name can be of
 * one file only; the short one fits every file of that stem. Vitrine reads both and makes the long one.
 *
 * Paths are bytes. Only ".xmp" in lower case is made; any case is known again. Touches no file. Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_PATH_H
#define VT_SIDECAR_SIDECAR_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The side-car of nobody, or nobody can tell of whom. */
#define VT_SIDECAR_NOBODY SIZE_MAX

/* "photo.jpg.xmp" of "photo.jpg". Owned by the caller, free(); NULL when memory runs out. */
char *vt_sidecar_path_long(const char *path);

/* "photo.xmp" of "photo.jpg"; of a name without an extension it is the long one. As above. */
char *vt_sidecar_path_short(const char *path);

/* The name ends in ".xmp" and has something before it. */
bool vt_sidecar_path_is_sidecar(const char *path);

/* The file, among `names` of the side-car's folder, that `sidecar` (a name as well) belongs to. In this
   order: the one whose long name it is; the only one of its stem; the only camera raw file of its stem
   (Adobe's programs make short names for these alone, and write into the others); else VT_SIDECAR_NOBODY.
   Side-cars among `names` own nothing. Takes a time that grows with `count`. */
size_t vt_sidecar_path_owner(const char *sidecar, const char *const *names, size_t count);

#endif
