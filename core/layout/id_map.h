/*
 * From ids to numbers: a hash table with linear probing, where what is removed leaves no mark (D. Knuth, The
 * Art of Computer Programming 3, 6.4, algorithm R). O(1) on average. Ids are 1 or more. One thread at a time.
 */
#ifndef VT_LAYOUT_ID_MAP_H
#define VT_LAYOUT_ID_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VT_ID_MAP_NONE UINT32_MAX

/* A value; all zero is an empty one. Fields are private. */
typedef struct vt_id_map {
    struct vt_id_map_place {
        uint32_t id; /* 0: free */
        uint32_t number;
    } * places;
    uint32_t room; /* a power of two, or 0 */
    uint32_t count;
} vt_id_map;

/* Makes room for `count` ids in all, so that putting them cannot fail. False when memory runs out. */
bool vt_id_map_reserve(vt_id_map *map, uint32_t count);

/* Sets the number of an id, for which there is room. */
void vt_id_map_put(vt_id_map *map, uint32_t id, uint32_t number);

/* VT_ID_MAP_NONE for an id that is not here. */
uint32_t vt_id_map_get(const vt_id_map *map, uint32_t id);

/* An id that is not here is allowed. */
void vt_id_map_remove(vt_id_map *map, uint32_t id);

/* Forgets all ids and keeps the room. */
void vt_id_map_clear(vt_id_map *map);

void vt_id_map_free(vt_id_map *map);

#endif
