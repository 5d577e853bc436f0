/*
 * Private to core/index: the table of albums, and their lists of rows. Albums are few: their table is copied
 * whole when one changes. A list is written behind the count of every table that shows it, so appending to it
 * copies nothing; any other change makes a new one.
 */
#ifndef VT_INDEX_ALBUMS_PRIVATE_H
#define VT_INDEX_ALBUMS_PRIVATE_H

#include "core/index/albums.h"
#include "core/index/names.h"

#include <stdatomic.h>

typedef struct vt_album_list {
    atomic_uint references; /* the writer's, and one for each table */
    uint32_t used;          /* writer's */
    uint32_t capacity;
    uint32_t rows[];
} vt_album_list;

typedef struct vt_album_row {
    int64_t id;
    int64_t place;
    const char *name;    /* in a name block: folded, too */
    vt_album_list *list; /* one reference; NULL: empty */
    uint32_t count;      /* rows of it */
    uint16_t length;
    bool removed;
} vt_album_row;

typedef struct vt_album_table {
    atomic_uint references;
    uint32_t count;
    vt_album_row rows[];
} vt_album_table;

/* The writer's. */
typedef struct vt_albums {
    vt_album_row *rows; /* owned */
    uint32_t count, capacity;
    bool changed; /* since the newest table */
    vt_names names;
    vt_album_table *newest; /* one reference; NULL before the first album */
} vt_albums;

/* Makes what changed the newest table. False when memory runs out. */
bool vt_albums_publish(vt_albums *albums);
size_t vt_albums_bytes(const vt_albums *albums);
void vt_albums_free(vt_albums *albums);

vt_album_table *vt_album_table_retain(vt_album_table *table); /* NULL is allowed */
void vt_album_table_release(vt_album_table *table);           /* likewise */

#endif
