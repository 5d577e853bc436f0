/*
 * Case folding of names for searching and sorting.
 *
 * Only letters whose two forms are equally long in UTF-8 are folded, so folded text keeps its length and
 * every offset in it. Source: UnicodeData.txt, simple lowercase mappings, of the blocks named in fold.c. A
 * byte that is not part of a well-formed character stays as it is. Any thread.
 */
#ifndef VT_INDEX_FOLD_H
#define VT_INDEX_FOLD_H

#include <stddef.h>

/* Writes the folded form of `length` bytes to `to`, which may be `from`. */
void vt_fold(char *to, const char *from, size_t length);

/* Folds the character at `from` into `to` (room for 4 bytes): its length, 1 for a byte that is none.
   `length` is at least 1. */
size_t vt_fold_character(char *to, const char *from, size_t length);

#endif
