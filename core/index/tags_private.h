/*
 * Private to core/index: the table of tags. It is copied as rows are, in chunks of 1024 tags and only where
 * one has changed; a snapshot holds a list of chunks, which is shared until a tag changes.
 */
#ifndef VT_INDEX_TAGS_PRIVATE_H
#define VT_INDEX_TAGS_PRIVATE_H

#include "core/index/names.h"
#include "core/index/tags.h"

#include <pthread.h>
#include <stdatomic.h>

#define VT_TAG_SHIFT  10
#define VT_TAG_CHUNK  ((uint32_t)1 << VT_TAG_SHIFT)
#define VT_TAG_MASK   (VT_TAG_CHUNK - 1)
#define VT_TAG_CHUNKS (VT_INDEX_TAGS_MAX / VT_TAG_CHUNK)

typedef struct vt_tag_row {
    int64_t id;
    const char *name; /* in a name block: folded, too */
    uint32_t parent;
    uint16_t length;
    bool removed;
} vt_tag_row;

typedef struct vt_tag_chunk {
    atomic_uint references; /* the writer's, and one for each table */
    vt_tag_row rows[VT_TAG_CHUNK];
} vt_tag_chunk;

/* Immutable, but for its order, which is made once. */
typedef struct vt_tag_table {
    atomic_uint references;
    uint32_t count;
    pthread_mutex_t lock; /* guards `order` */
    vt_tag_order *order;  /* NULL until it is asked for; owned */
    vt_tag_chunk *chunks[];
} vt_tag_table;

/* The writer's. */
typedef struct vt_tags {
    vt_tag_chunk *chunks[VT_TAG_CHUNKS]; /* one reference on each */
    uint32_t count;
    uint32_t published; /* tags of the newest table */
    bool changed;       /* since then */
    uint32_t *slots;    /* number + 1 by hash of id, 0 is free; owned */
    uint32_t slot_count;
    vt_names names;
    vt_tag_table *newest; /* one reference; NULL before the first tag */
} vt_tags;

/* VT_INDEX_NO_TAG if it is not known. */
uint32_t vt_tags_find(const vt_tags *tags, int64_t id);

/* Makes what changed the newest table. False when memory runs out. */
bool vt_tags_publish(vt_tags *tags);
size_t vt_tags_bytes(const vt_tags *tags);
void vt_tags_free(vt_tags *tags);

vt_tag_table *vt_tag_table_retain(vt_tag_table *table); /* NULL is allowed */
void vt_tag_table_release(vt_tag_table *table);         /* likewise */

/* NULL when memory runs out. */
vt_tag_order *vt_tag_order_create(const vt_tag_table *table);
void vt_tag_order_free(vt_tag_order *order);

static inline const vt_tag_row *vt_tag_table_at(const vt_tag_table *table, uint32_t tag)
{
    return &table->chunks[tag >> VT_TAG_SHIFT]->rows[tag & VT_TAG_MASK];
}

#endif
