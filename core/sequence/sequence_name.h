/*
 * Names of frames: "shot_v002.0101.exr" is frame 101 of "shot_v002.####.exr".
 *
 * The frame number is the last run of ASCII digits before the extension, wherever it stands there:
 * "name-0001-left.exr" has one. Passed over are runs that number something else: a version ("v002"), a size
 * ("1920x1080"), a quantity with its unit ("1080p", "16bit", "4k"). There are no negative numbers: a minus
 * is a separator, as every program that writes frames uses it. Names are bytes; bytes that are not ASCII
 * never count as digits.
 *
 * A number is written as printf's "%0WIDTHd" writes it: at least `width` digits, more where they do not
 * suffice (9999 is followed by 10000). Width 1 is unpadded: 9, 10, 11.
 *
 * Threads: no state, any thread.
 */
#ifndef VT_SEQUENCE_SEQUENCE_NAME_H
#define VT_SEQUENCE_SEQUENCE_NAME_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes; NAME_MAX of Linux. */
#define VT_SEQUENCE_NAME_MAX 255

/* Where the parts of one name stand, in bytes: prefix, digits, suffix. The suffix holds the extension. */
typedef struct vt_sequence_name {
    int64_t number;
    uint8_t length;        /* of the whole name */
    uint8_t digits_at;     /* length of the prefix */
    uint8_t digits_length; /* 1 or more */
    uint8_t extension_at;  /* behind the last dot; `length` if there is none, or the name begins with it */
} vt_sequence_name;

/* What the names of a sequence have in common. Plain; the bytes are borrowed. */
typedef struct vt_sequence_pattern {
    const char *prefix, *suffix; /* no NUL follows */
    uint32_t prefix_length, suffix_length;
    uint32_t width; /* digits at least; 1: unpadded */
} vt_sequence_pattern;

/* False and `error`: VT_ERROR_NOT_FOUND (no frame number in it), VT_ERROR_LIMIT (a number of 2^63 or more, or
   a name that is too long), VT_ERROR_USAGE (no name of a file: empty, or with a slash or NUL). Allocates
   nothing, and without `error` it words nothing: for a folder with many names. */
bool vt_sequence_name_parse(const char *name, size_t length, vt_sequence_name *parts, vt_error *error);

/* True if the digits of `name` begin with a 0 that pads them. */
bool vt_sequence_name_is_padded(const char *name, const vt_sequence_name *parts);

/* The pattern around the number of `name`, which must outlive it. `width`: 1 to VT_SEQUENCE_NAME_MAX. */
vt_sequence_pattern vt_sequence_pattern_of(const char *name, const vt_sequence_name *parts, uint32_t width);

/* Appends the name of `frame`. False and `error`: VT_ERROR_USAGE (negative), VT_ERROR_LIMIT (longer than a
   name can be), VT_ERROR_MEMORY. */
bool vt_sequence_pattern_name(const vt_sequence_pattern *pattern, int64_t frame, vt_str *out,
                              vt_error *error);

/* True, and the frame, if `name` is one of the pattern's names. */
bool vt_sequence_pattern_matches(const vt_sequence_pattern *pattern, const char *name, size_t length,
                                 int64_t *frame);

/* The pattern for people: "name.####.png", one # a digit. Bytes as in the names (vt_str_append_display makes
   text of them). Memory: see vt_str. */
void vt_sequence_pattern_append_hashes(const vt_sequence_pattern *pattern, vt_str *out);

/* The pattern for other programs: "name.%04d.png", "%d" if unpadded; a percent sign of the name is doubled.
 */
void vt_sequence_pattern_append_printf(const vt_sequence_pattern *pattern, vt_str *out);

#endif
