#include "core/layout/id_map.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_MIN = 16 };

/* Ids are counted up: a multiplication scatters them (Knuth, 6.4). */
static uint32_t place_of(const vt_id_map *map, uint32_t id)
{
    return (uint32_t)(id * UINT32_C(2654435769)) >> 7 & (map->room - 1);
}

static uint32_t find(const vt_id_map *map, uint32_t id)
{
    uint32_t at = place_of(map, id);
    while (map->places[at].id != 0 && map->places[at].id != id) {
        at = (at + 1) & (map->room - 1);
    }
    return at;
}

bool vt_id_map_reserve(vt_id_map *map, uint32_t count)
{
    if (count <= map->room / 2) {
        return true;
    }
    vt_id_map larger = {.room = ROOM_MIN};
    while (larger.room / 2 < count) {
        if (larger.room > UINT32_MAX / 4) {
            return false;
        }
        larger.room *= 2;
    }
    larger.places = calloc(larger.room, sizeof *larger.places);
    if (!larger.places) {
        return false;
    }
    for (uint32_t i = 0; i < map->room; i++) {
        if (map->places[i].id != 0) {
            vt_id_map_put(&larger, map->places[i].id, map->places[i].number);
        }
    }
    free(map->places);
    *map = larger;
    return true;
}

void vt_id_map_put(vt_id_map *map, uint32_t id, uint32_t number)
{
    struct vt_id_map_place *place = &map->places[find(map, id)];
    map->count += place->id == 0;
    *place = (struct vt_id_map_place){id, number};
}

uint32_t vt_id_map_get(const vt_id_map *map, uint32_t id)
{
    if (map->room == 0 || id == 0) {
        return VT_ID_MAP_NONE;
    }
    const struct vt_id_map_place *place = &map->places[find(map, id)];
    return place->id == 0 ? VT_ID_MAP_NONE : place->number;
}

void vt_id_map_remove(vt_id_map *map, uint32_t id)
{
    if (vt_id_map_get(map, id) == VT_ID_MAP_NONE) {
        return;
    }
    uint32_t hole = find(map, id);
    map->places[hole].id = 0;
    map->count--;
    /* Those behind the hole that would not be found across it move into it. */
    for (uint32_t at = (hole + 1) & (map->room - 1); map->places[at].id != 0;
         at = (at + 1) & (map->room - 1)) {
        uint32_t home = place_of(map, map->places[at].id);
        if (((at - home) & (map->room - 1)) >= ((at - hole) & (map->room - 1))) {
            map->places[hole] = map->places[at];
            map->places[at].id = 0;
            hole = at;
        }
    }
}

void vt_id_map_clear(vt_id_map *map)
{
    if (map->places) {
        memset(map->places, 0, map->room * sizeof *map->places);
    }
    map->count = 0;
}

void vt_id_map_free(vt_id_map *map)
{
    free(map->places);
    *map = (vt_id_map){0};
}
