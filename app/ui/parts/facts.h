/*
 * Facts: what is known of an item, as labelled lines for people: the file, what the camera noted, a model's
 * measures.
 *
 * Text is UTF-8, one line each, in the units people use and the language of the window; file names are made
 * displayable. No Qt; UI thread only.
 */
#ifndef VT_UI_PARTS_FACTS_H
#define VT_UI_PARTS_FACTS_H

#include "core/catalog/record.h"
#include "core/decode/media.h"
#include "core/decode/metadata.h"

#include <stddef.h>

#define VT_FACTS_MAX 32

typedef struct vt_fact {
    const char *label; /* in the language of the window; lives as long as the program */
    char *text;        /* owned by the list */
} vt_fact;

typedef struct vt_fact_list {
    vt_fact facts[VT_FACTS_MAX];
    size_t count;
} vt_fact_list;

/* What there is to tell of; each may be NULL. */
typedef struct vt_fact_source {
    const vt_item_brief *item;
    const char *path; /* bytes */
    size_t path_length;
    const vt_metadata *metadata;
    const vt_media_info *media; /* as the file was decoded now: a model's measures */
} vt_fact_source;

/* Fills `list`, which is empty. What memory does not suffice for is left out. */
void vt_facts_build(const vt_fact_source *source, vt_fact_list *list);

/* The list is empty then. */
void vt_facts_clear(vt_fact_list *list);

/* As vt_wording_extent, in the language of the window. Returns `text`. */
char *vt_facts_extent(char *text, size_t size, vt_kind kind, uint32_t width, uint32_t height,
                      uint64_t triangles);

/* "1/200 s  f/2.8  ISO 100  50 mm"; "" if the camera noted none of it. Returns `text`. */
char *vt_facts_exposure(char *text, size_t size, const vt_metadata *metadata);

#endif
