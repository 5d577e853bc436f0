#include "core/layout/reconcile.h"

#include "core/layout/tree_private.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A pane as it is shown. */
typedef struct scene_pane {
    vt_pane_id pane, window;
    vt_rect rect;
    vt_pane_text *provider; /* shared */
} scene_pane;

struct vt_scene {
    scene_pane *panes; /* by id, once it has ended */
    size_t count, room;
    vt_pane_id windows[VT_PANES_WINDOWS_MAX];
    size_t window_count;
    vt_scene_edit *edits;
    size_t edit_room;
};

vt_scene *vt_scene_create(vt_error *error)
{
    vt_scene *scene = calloc(1, sizeof *scene);
    if (!scene) {
        vt_panes_no_memory(error);
    }
    return scene;
}

void vt_scene_free(vt_scene *scene)
{
    if (scene) {
        vt_scene_begin(scene);
        free(scene->panes);
        free(scene->edits);
        free(scene);
    }
}

void vt_scene_begin(vt_scene *scene)
{
    for (size_t i = 0; i < scene->count; i++) {
        vt_pane_text_release(scene->panes[i].provider);
    }
    scene->count = 0;
    scene->window_count = 0;
}

static bool make_room(vt_scene *scene, size_t more, vt_error *error)
{
    if (scene->room - scene->count >= more) {
        return true;
    }
    size_t room = scene->count + more + scene->count / 2;
    scene_pane *larger = realloc(scene->panes, room * sizeof *larger);
    if (!larger) {
        return vt_panes_no_memory(error);
    }
    scene->panes = larger;
    scene->room = room;
    return true;
}

bool vt_scene_add(vt_scene *scene, const vt_panes *panes, const vt_geometry_map *map, vt_error *error)
{
    const vt_panes_window_record *window = vt_panes_window_by_id(panes, map->window);
    if (!window || scene->window_count == VT_PANES_WINDOWS_MAX) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no window %" PRIu32 " any more",
                            map->window);
    }
    if (!make_room(scene, panes->pane_count, error)) {
        return false;
    }
    /* Both are in the order of the tree, so that what the map leaves out is hidden. */
    size_t placed = 0;
    for (uint32_t i = vt_panes_first_leaf(panes, window->root); i != VT_NODE_NONE;
         i = vt_panes_next_leaf(panes, i)) {
        const vt_pane_content *pane = &panes->nodes[i].pane;
        scene_pane *shown = &scene->panes[scene->count++];
        *shown = (scene_pane){pane->id, map->window, {0, 0, 0, 0}, vt_pane_text_share(pane->provider)};
        if (placed < map->pane_count && map->panes[placed].pane == pane->id) {
            vt_rect rect = map->panes[placed++].rect;
            shown->rect = vt_rect_is_empty(rect) ? (vt_rect){0, 0, 0, 0} : rect;
        }
    }
    scene->windows[scene->window_count++] = map->window;
    return true;
}

static int compare_panes(const void *a, const void *b)
{
    const scene_pane *one = a, *other = b;
    return (one->pane > other->pane) - (one->pane < other->pane);
}

void vt_scene_end(vt_scene *scene)
{
    if (scene->count > 0) {
        qsort(scene->panes, scene->count, sizeof *scene->panes, compare_panes);
    }
}

size_t vt_scene_pane_count(const vt_scene *scene)
{
    return scene->count;
}

/* ---- the difference ---- */

/* Edits by kind: each kind is counted first, then put where it belongs. */
typedef struct edit_list {
    vt_scene_edit *edits; /* NULL: only counted */
    size_t counts[VT_SCENE_KINDS];
    size_t ends[VT_SCENE_KINDS];
} edit_list;

static void put(edit_list *list, vt_scene_edit edit)
{
    list->counts[edit.kind]++;
    if (list->edits) {
        list->edits[list->ends[edit.kind]++] = edit;
    }
}

static void put_pane(edit_list *list, vt_scene_edit_kind kind, const scene_pane *pane)
{
    put(list,
        (vt_scene_edit){kind, pane->pane, pane->window, pane->rect,
                        kind == VT_SCENE_CREATE || kind == VT_SCENE_PROVIDER ? pane->provider->bytes : NULL});
}

static bool same_text(const vt_pane_text *a, const vt_pane_text *b)
{
    return a == b || (a->length == b->length && memcmp(a->bytes, b->bytes, a->length) == 0);
}

static void compare_pane(edit_list *list, const scene_pane *old, const scene_pane *now)
{
    bool elsewhere = old->window != now->window;
    bool moved = elsewhere ||
                 ((old->rect.x != now->rect.x || old->rect.y != now->rect.y) && !vt_rect_is_empty(now->rect));
    if (elsewhere || !vt_rect_equal(old->rect, now->rect)) {
        put_pane(list, moved ? VT_SCENE_MOVE : VT_SCENE_RESIZE, now);
    }
    if (!same_text(old->provider, now->provider)) {
        put_pane(list, VT_SCENE_PROVIDER, now);
    }
}

static bool has_window(const vt_scene *scene, vt_pane_id window)
{
    for (size_t i = 0; i < scene->window_count; i++) {
        if (scene->windows[i] == window) {
            return true;
        }
    }
    return false;
}

static void compare_scenes(edit_list *list, const vt_scene *before, const vt_scene *after)
{
    for (size_t i = 0; i < after->window_count; i++) {
        if (!has_window(before, after->windows[i])) {
            put(list, (vt_scene_edit){.kind = VT_SCENE_OPEN_WINDOW, .window = after->windows[i]});
        }
    }
    for (size_t i = 0; i < before->window_count; i++) {
        if (!has_window(after, before->windows[i])) {
            put(list, (vt_scene_edit){.kind = VT_SCENE_CLOSE_WINDOW, .window = before->windows[i]});
        }
    }
    size_t earlier = 0, later = 0;
    while (earlier < before->count || later < after->count) {
        const scene_pane *gone = earlier < before->count ? &before->panes[earlier] : NULL;
        const scene_pane *here = later < after->count ? &after->panes[later] : NULL;
        if (here && (!gone || here->pane < gone->pane)) {
            put_pane(list, VT_SCENE_CREATE, here);
            later++;
        } else if (gone && (!here || gone->pane < here->pane)) {
            put_pane(list, VT_SCENE_REMOVE, gone);
            earlier++;
        } else if (gone && here) {
            compare_pane(list, gone, here);
            earlier++;
            later++;
        }
    }
}

const vt_scene_edit *vt_reconcile(const vt_scene *before, vt_scene *after, size_t *count, vt_error *error)
{
    edit_list list = {0};
    *count = 0;
    compare_scenes(&list, before, after);
    size_t all = 0;
    for (int kind = 0; kind < VT_SCENE_KINDS; kind++) {
        list.ends[kind] = all;
        all += list.counts[kind];
    }
    if (!after->edits || after->edit_room < all) {
        vt_scene_edit *larger = realloc(after->edits, (all + 16) * sizeof *larger);
        if (!larger) {
            vt_panes_no_memory(error);
            return NULL;
        }
        after->edits = larger;
        after->edit_room = all + 16;
    }
    list.edits = after->edits;
    compare_scenes(&list, before, after);
    *count = all;
    return after->edits;
}
