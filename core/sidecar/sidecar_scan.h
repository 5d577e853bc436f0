/*
 * Where in a side-car's text the properties stand that Vitrine knows: what reading takes its texts from, and
 * what editing needs to change these places and no other. Numbers and what cameras measure are read by
 * core/decode/xmp.h.
 *
 * Format: ISO 16684-1 (XMP 1), read by expat. A property may be an attribute of an rdf:Description, an
 * element with text, or an element with an rdf:Alt, Bag or Seq of rdf:li. A text with a DOCTYPE is refused as
 * a whole, so no entity of a file's own is ever expanded; so is one that is deeper than VT_XMP_DEPTH_MAX.
 *
 * Within core/sidecar. Any thread; opens no file.
 */
#ifndef VT_SIDECAR_SIDECAR_SCAN_H
#define VT_SIDECAR_SIDECAR_SCAN_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>

#define VT_SIDECAR_BYTES_MAX  (1 << 20) /* of a side-car */
#define VT_SIDECAR_ITEMS_MAX  6000      /* rdf:li of the properties below */
#define VT_SIDECAR_PLACES_MAX 256       /* where one of the properties below stands */

typedef enum vt_sidecar_property {
    VT_SIDECAR_PROPERTY_RATING,    /* xmp:Rating */
    VT_SIDECAR_PROPERTY_LABEL,     /* xmp:Label */
    VT_SIDECAR_PROPERTY_TITLE,     /* dc:title */
    VT_SIDECAR_PROPERTY_NOTES,     /* dc:description */
    VT_SIDECAR_PROPERTY_SUBJECT,   /* dc:subject: keywords without levels */
    VT_SIDECAR_PROPERTY_DIGIKAM,   /* digiKam:TagsList: levels separated by '/' */
    VT_SIDECAR_PROPERTY_LIGHTROOM, /* lr:hierarchicalSubject: levels separated by '|' */
    VT_SIDECAR_PROPERTY_EXTENSION, /* photoshop:SidecarForExtension: of whom a short name is */
    VT_SIDECAR_PROPERTY_COUNT
} vt_sidecar_property;

/* Bytes of the text, [begin, end). */
typedef struct vt_sidecar_span {
    size_t begin, end;
} vt_sidecar_span;

/* An element: from '<' to behind the last '>', and what is between its tags. */
typedef struct vt_sidecar_element {
    vt_sidecar_span whole, content;
    bool empty_tag; /* <a/>: no content, and `content` lies behind it */
} vt_sidecar_element;

typedef struct vt_sidecar_item {
    vt_sidecar_element element;
    size_t value;    /* see vt_sidecar_scan.values */
    bool is_default; /* xml:lang="x-default" */
    bool nested;     /* holds elements: not understood */
} vt_sidecar_item;

typedef struct vt_sidecar_place {
    vt_sidecar_property property;
    bool attribute;             /* `whole` has the white space before it, `content` is between the quotes */
    vt_sidecar_element element; /* of the attribute: its spans */
    bool plain;                 /* element of nothing but text, with no attribute that changes its meaning */
    bool has_items;
    size_t first_item, item_count;
    size_t value; /* without items */
} vt_sidecar_place;

/* The prefixes that new properties have. */
typedef enum vt_sidecar_prefix {
    VT_SIDECAR_PREFIX_RDF,
    VT_SIDECAR_PREFIX_XMP,
    VT_SIDECAR_PREFIX_DC,
    VT_SIDECAR_PREFIX_DIGIKAM,
    VT_SIDECAR_PREFIX_LIGHTROOM,
    VT_SIDECAR_PREFIX_COUNT
} vt_sidecar_prefix;

typedef struct vt_sidecar_scan {
    vt_sidecar_place *places; /* in the order of the text; owned, as all here */
    size_t place_count, place_room;
    vt_sidecar_item *items;
    size_t item_count, item_room;
    vt_str values; /* NUL-terminated, clean (vt_sidecar_text_clean), each where `value` says */
    vt_sidecar_element rdf;
    bool has_description;
    vt_sidecar_element description; /* the first one */
    size_t last_child_end;          /* of `description`, 0 if it has none */
    size_t last_child_begin;
    bool bound[VT_SIDECAR_PREFIX_COUNT]; /* the prefix means there what it should */
    size_t kept;                         /* properties that are none of ours */
    bool editable;                       /* UTF-8, so that the spans are right */
} vt_sidecar_scan;

/* "xmp", and the namespace it stands for. */
const char *vt_sidecar_prefix_name(vt_sidecar_prefix prefix);
const char *vt_sidecar_prefix_namespace(vt_sidecar_prefix prefix);

/* A text that is UTF-16 is made UTF-8, into `utf8` (to be freed in any case), and `*text` and `*count` are
   that one's from then on; others stay as they are. False and `error`: VT_ERROR_CORRUPT, _MEMORY. */
bool vt_sidecar_to_utf8(const char **text, size_t *count, vt_str *utf8, vt_error *error);

/* Goes through `count` bytes, UTF-8. False and `error` (whose message begins with a verb, for the caller
   knows the path), VT_ERROR_CORRUPT, _EMPTY, _LIMIT, _UNSUPPORTED (UTF-32, or UTF-16 that was not made UTF-8)
   or _MEMORY; then there is nothing to free. Free with vt_sidecar_scan_free.
 */
bool vt_sidecar_scan_text(const char *text, size_t count, vt_sidecar_scan *scan, vt_error *error);
void vt_sidecar_scan_free(vt_sidecar_scan *scan);

/* The text at a `value`. */
const char *vt_sidecar_scan_value(const vt_sidecar_scan *scan, size_t value);

/* Of a property with one value: that value as it is to be shown, "" if it is there without one, NULL if not.
   It is the one of no particular language, else the first. `place` and `item` (both may be NULL; NULL for
   none) tell where it stands. */
const char *vt_sidecar_scan_single(const vt_sidecar_scan *scan, vt_sidecar_property property,
                                   const vt_sidecar_place **place, const vt_sidecar_item **item);

#endif
