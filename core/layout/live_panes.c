#include "core/layout/live_panes.h"

#include "core/layout/id_map.h"
#include "core/layout/tree_private.h"

#include <stdlib.h>
#include <string.h>

typedef struct entry {
    vt_pane_id pane;
    bool live;
    bool visible;     /* in the turn that is told */
    uint64_t told_at; /* turn */
    uint64_t seen_at; /* turn when it was visible last; 0: never */
} entry;

struct vt_live_panes {
    size_t spare;
    entry *entries;
    uint32_t count, room;
    vt_id_map numbers; /* of entries, by pane */
    uint64_t turn;
    vt_pane_id *changes; /* those that wake from its beginning, those that sleep from its end */
    uint32_t *unseen;    /* live ones, while it is decided which sleep */
    uint32_t change_room;
    vt_live_stats stats;
};

vt_live_panes *vt_live_panes_create(size_t spare, vt_error *error)
{
    vt_live_panes *set = calloc(1, sizeof *set);
    if (!set) {
        vt_panes_no_memory(error);
        return NULL;
    }
    set->spare = spare;
    return set;
}

void vt_live_panes_free(vt_live_panes *set)
{
    if (set) {
        vt_id_map_free(&set->numbers);
        free(set->entries);
        free(set->changes);
        free(set->unseen);
        free(set);
    }
}

void vt_live_panes_begin(vt_live_panes *set)
{
    set->turn++;
}

static bool make_room(vt_live_panes *set, uint32_t more, vt_error *error)
{
    if (!vt_id_map_reserve(&set->numbers, set->count + more)) {
        return vt_panes_no_memory(error);
    }
    if (set->room - set->count >= more) {
        return true;
    }
    uint32_t room = set->count + more + set->count / 2;
    entry *larger = realloc(set->entries, room * sizeof *larger);
    if (!larger) {
        return vt_panes_no_memory(error);
    }
    set->entries = larger;
    set->room = room;
    return true;
}

bool vt_live_panes_see(vt_live_panes *set, const vt_panes *panes, const vt_geometry_map *map, vt_rect clip,
                       vt_error *error)
{
    const vt_panes_window_record *window = vt_panes_window_by_id(panes, map->window);
    if (!window) {
        return true;
    }
    if (!make_room(set, panes->pane_count, error)) {
        return false;
    }
    size_t placed = 0;
    for (uint32_t i = vt_panes_first_leaf(panes, window->root); i != VT_NODE_NONE;
         i = vt_panes_next_leaf(panes, i)) {
        vt_pane_id pane = panes->nodes[i].pane.id;
        uint32_t number = vt_id_map_get(&set->numbers, pane);
        if (number == VT_ID_MAP_NONE) {
            number = set->count++;
            set->entries[number] = (entry){.pane = pane};
            vt_id_map_put(&set->numbers, pane, number);
        }
        entry *told = &set->entries[number];
        told->told_at = set->turn;
        told->visible = false;
        if (placed < map->pane_count && map->panes[placed].pane == pane) {
            told->visible = !vt_rect_is_empty(vt_rect_intersection(map->panes[placed++].rect, clip));
        }
    }
    return true;
}

/* Those that were not told any more are closed. */
static void forget_closed(vt_live_panes *set)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        const entry *told = &set->entries[i];
        if (told->told_at != set->turn) {
            vt_id_map_remove(&set->numbers, told->pane);
            continue;
        }
        if (kept != i) {
            set->entries[kept] = *told;
            vt_id_map_put(&set->numbers, told->pane, kept);
        }
        kept++;
    }
    set->count = kept;
}

static int compare_seen(const void *a, const void *b, void *context)
{
    const entry *entries = context, *one = &entries[*(const uint32_t *)a],
                *other = &entries[*(const uint32_t *)b];
    if (one->seen_at != other->seen_at) {
        return one->seen_at < other->seen_at ? 1 : -1;
    }
    return one->pane < other->pane ? -1 : 1;
}

static bool room_for_changes(vt_live_panes *set, vt_error *error)
{
    if (set->change_room >= set->count && set->changes) {
        return true;
    }
    uint32_t room = set->count + 16;
    vt_pane_id *changes = malloc(room * sizeof *changes);
    uint32_t *unseen = malloc(room * sizeof *unseen);
    if (!changes || !unseen) {
        free(changes);
        free(unseen);
        return vt_panes_no_memory(error);
    }
    free(set->changes);
    free(set->unseen);
    set->changes = changes;
    set->unseen = unseen;
    set->change_room = room;
    return true;
}

bool vt_live_panes_end(vt_live_panes *set, vt_live_change *change, vt_error *error)
{
    *change = (vt_live_change){0};
    if (!room_for_changes(set, error)) {
        return false;
    }
    forget_closed(set);
    uint32_t unseen = 0, visible = 0, first_asleep = set->change_room;
    for (uint32_t i = 0; i < set->count; i++) {
        entry *told = &set->entries[i];
        if (told->visible) {
            visible++;
            told->seen_at = set->turn;
            if (!told->live) {
                told->live = true;
                set->changes[change->wake_count++] = told->pane;
            }
        } else if (told->live) {
            set->unseen[unseen++] = i;
        }
    }
    if (unseen > set->spare) {
        qsort_r(set->unseen, unseen, sizeof *set->unseen, compare_seen, set->entries);
        while (unseen > set->spare) {
            entry *last = &set->entries[set->unseen[--unseen]];
            last->live = false;
            set->changes[--first_asleep] = last->pane;
        }
    }
    change->wake = set->changes;
    change->sleep = set->changes + first_asleep;
    change->sleep_count = set->change_room - first_asleep;
    set->stats.panes = set->count;
    set->stats.visible = visible;
    set->stats.live = visible + unseen;
    set->stats.woken += change->wake_count;
    set->stats.slept += change->sleep_count;
    return true;
}

bool vt_live_panes_is_live(const vt_live_panes *set, vt_pane_id pane)
{
    uint32_t number = vt_id_map_get(&set->numbers, pane);
    return number != VT_ID_MAP_NONE && set->entries[number].live;
}

void vt_live_panes_set_spare(vt_live_panes *set, size_t spare)
{
    set->spare = spare;
}

void vt_live_panes_get_stats(const vt_live_panes *set, vt_live_stats *stats)
{
    *stats = set->stats;
}
