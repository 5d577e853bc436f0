#include "core/scan/visited.h"

#include <stdlib.h>

#define FIRST_CAPACITY 256

static size_t slot_of(const vt_visited *visited, uint64_t dev, uint64_t ino)
{
    uint64_t hash = (ino ^ dev * UINT64_C(0x9E3779B97F4A7C15)) * UINT64_C(0xBF58476D1CE4E5B9);
    size_t at = (size_t)(hash >> 32) & (visited->capacity - 1);
    while (visited->slots[at].used && (visited->slots[at].ino != ino || visited->slots[at].dev != dev)) {
        at = (at + 1) & (visited->capacity - 1);
    }
    return at;
}

static bool grow(vt_visited *visited)
{
    vt_visited larger = {.capacity = visited->capacity ? visited->capacity * 2 : FIRST_CAPACITY,
                         .count = visited->count};
    larger.slots = calloc(larger.capacity, sizeof *larger.slots);
    if (!larger.slots) {
        return false;
    }
    for (size_t i = 0; i < visited->capacity; i++) {
        if (visited->slots[i].used) {
            larger.slots[slot_of(&larger, visited->slots[i].dev, visited->slots[i].ino)] = visited->slots[i];
        }
    }
    free(visited->slots);
    *visited = larger;
    return true;
}

vt_visit vt_visited_add(vt_visited *visited, uint64_t dev, uint64_t ino)
{
    if (visited->count * 2 >= visited->capacity && !grow(visited)) {
        return VT_VISIT_NO_MEMORY;
    }
    struct vt_folder_identity *slot = &visited->slots[slot_of(visited, dev, ino)];
    if (slot->used) {
        return VT_VISIT_AGAIN;
    }
    *slot = (struct vt_folder_identity){dev, ino, true};
    visited->count++;
    return VT_VISIT_FIRST;
}

bool vt_visited_contains(const vt_visited *visited, uint64_t dev, uint64_t ino)
{
    return visited->capacity > 0 && visited->slots[slot_of(visited, dev, ino)].used;
}

void vt_visited_clear(vt_visited *visited)
{
    free(visited->slots);
    *visited = (vt_visited){0};
}
