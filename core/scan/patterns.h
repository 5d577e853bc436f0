/*
 * Patterns of names, as people write them: "*.stl; scan*; !draft".
 *
 * Separated by semicolons; spaces around them are left out. `*` stands for any text, `?` for one character,
 * `[a-z]` and `[!a-z]` for one of a set or none of it. A leading `!` takes away what the others took; with
 * nothing but such ones, all else is taken. Upper and lower case of ASCII letters are equal; other bytes
 * stand for themselves, so that names need not be text. Matching takes time in proportion to name and
 * pattern, whatever the pattern.
 *
 * Threads: constant once made; any number at once.
 */
#ifndef VT_SCAN_PATTERNS_H
#define VT_SCAN_PATTERNS_H

#include "core/base/error.h"

#include <stdbool.h>
#include <stddef.h>

#define VT_PATTERNS_MAX 64

typedef enum vt_patterns_how {
    VT_PATTERNS_PART, /* one without * ? [ is looked for anywhere in the name */
    VT_PATTERNS_WHOLE /* it must be the whole name */
} vt_patterns_how;

typedef struct vt_patterns vt_patterns;

/* `text` is copied; NULL and "" have no pattern. NULL and `error`: VT_ERROR_USAGE that quotes what cannot be
   understood, VT_ERROR_LIMIT beyond VT_PATTERNS_MAX, VT_ERROR_MEMORY. */
vt_patterns *vt_patterns_create(const char *text, vt_patterns_how how, vt_error *error);
void vt_patterns_free(vt_patterns *patterns); /* NULL is allowed */

size_t vt_patterns_count(const vt_patterns *patterns);
/* True if one of them contains a '/': then it is about a path. */
bool vt_patterns_have_path(const vt_patterns *patterns);

/* True if `name` (bytes) is taken; without any pattern every name is. */
bool vt_patterns_match(const vt_patterns *patterns, const char *name, size_t length);

/* True if one that is about a path (`of_path`), or one that is not, takes `name`; "!" takes away. Without any
   of that sort: false. A path pattern that does not begin with '/' fits at any depth. */
bool vt_patterns_hit(const vt_patterns *patterns, const char *name, size_t length, bool of_path);

#endif
