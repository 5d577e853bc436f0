/*
 * Which of several files that show the same is the one to keep.
 *
 * The rule, the first difference decides: the most pixels; a name that does not say it is a copy; the oldest
 * file; the largest file; the one the catalog has known longest. The same for everybody, so that nobody has
 * to guess: it is shown as the first of its group.
 *
 * Threads: any.
 */
#ifndef VT_SIMILAR_BEST_H
#define VT_SIMILAR_BEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct vt_best_item {
    uint64_t pixels; /* 0: none */
    int64_t size;    /* bytes */
    int64_t mtime_ns;
    uint32_t row;    /* the lower, the longer known */
    bool named_copy; /* vt_best_is_copy_name */
} vt_best_item;

/* Whether a file name says that it is a copy: the word "copy" or what other desktops write for it ("Kopie",
   "copie", "copia", "kopia", "kopio"), or a number in brackets at its end, before the extension. */
bool vt_best_is_copy_name(const char *name, size_t length);

/* Below 0 if `a` is to be kept rather than `b`; never 0 for different rows. For qsort. */
int vt_best_compare(const void *a, const void *b);

#endif
