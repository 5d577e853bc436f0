/*
 * Choice: which of the files and folders that a scan comes by the user wants: names, kinds, sizes, dates, and
 * folders to pass over.
 *
 * What it leaves out stays as it is: a file that is known already is neither read again nor taken for
 * missing. The rules of names (rules.h) come before it; a path that the user gave himself is entered
 * whatever the choice says of it. A sequence is judged as one: by its name (shot_####.png), its kind and the
 * size of all its frames.
 *
 * Threads: a choice is constant once made; any number at once.
 */
#ifndef VT_SCAN_CHOICE_H
#define VT_SCAN_CHOICE_H

#include "core/base/error.h"
#include "core/decode/media.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of a list of patterns, with its NUL. */
#define VT_CHOICE_TEXT 512

/* A plain value; all 0 takes everything. */
typedef struct vt_choice_rules {
    char names[VT_CHOICE_TEXT];     /* patterns of file names (patterns.h): "*.stl; scan*" */
    char leave_out[VT_CHOICE_TEXT]; /* folders that are not entered, by name or, with a '/', by path */
    uint32_t kinds;                 /* 1 << vt_kind for each that is wanted; 0: all */
    uint32_t formats;               /* 1 << vt_format for each that is wanted; 0: all */
    int64_t size_min, size_max;     /* bytes; 0: no limit */
    int64_t newer_ns;               /* changed at or after this time, since 1970-01-01 UTC; 0: whenever */
} vt_choice_rules;

/* Why something is left out. */
typedef enum vt_choice_verdict {
    VT_CHOICE_TAKE,
    VT_CHOICE_NAME,
    VT_CHOICE_KIND, /* or its format */
    VT_CHOICE_SMALL,
    VT_CHOICE_LARGE,
    VT_CHOICE_OLD,
    VT_CHOICE_VERDICT_COUNT
} vt_choice_verdict;

typedef struct vt_choice vt_choice;

/* The rules are copied. NULL and `error`: VT_ERROR_USAGE for patterns that cannot be understood and for a
   smallest size above the largest, VT_ERROR_LIMIT, VT_ERROR_MEMORY. */
vt_choice *vt_choice_create(const vt_choice_rules *rules, vt_error *error);
void vt_choice_free(vt_choice *choice); /* NULL is allowed */

/* `name`: bytes, without folder, a NUL follows; `size` in bytes. `choice` NULL: everything is taken. */
vt_choice_verdict vt_choice_judge(const vt_choice *choice, const char *name, vt_kind kind, int64_t size,
                                  int64_t mtime_ns);

/* True if the folder `name` in the folder `path` is not to be entered. */
bool vt_choice_leaves_out(const vt_choice *choice, const char *path, size_t length, const char *name);

/* "name", "kind", "smaller", "larger", "older"; "" for VT_CHOICE_TAKE. */
const char *vt_choice_verdict_name(vt_choice_verdict verdict);

#endif
