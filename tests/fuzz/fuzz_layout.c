/* Layouts of any text: each is refused with words, or is a whole one, which tiles a window, can be changed,
   and comes back as it was saved. */
#include "core/layout/geometry.h"
#include "core/layout/layout_json.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static void require(bool condition)
{
    if (!condition) {
        abort();
    }
}

static void check_saved(const vt_panes *panes)
{
    vt_str text = VT_STR_INIT, again = VT_STR_INIT;
    require(vt_layout_to_json(panes, VT_JSON_COMPACT, &text, NULL));
    vt_panes *loaded = vt_layout_from_json(text.data, text.length, NULL, NULL, NULL);
    require(loaded && vt_layout_to_json(loaded, VT_JSON_COMPACT, &again, NULL));
    require(text.length == again.length);
    vt_panes_free(loaded);
    vt_str_free(&text);
    vt_str_free(&again);
}

static void check_geometry(const vt_panes *panes)
{
    const vt_geometry_style style = {.divider = 3, .header = 20};
    const vt_rect area = {0, 0, 997, 601};
    vt_geometry *geometry = vt_geometry_create(&style, NULL);
    vt_panes_window window;
    require(geometry != NULL);
    for (size_t i = 0; vt_panes_window_at(panes, i, &window); i++) {
        const vt_geometry_map *map = vt_geometry_get(geometry, panes, window.id, area, NULL);
        require(map != NULL);
        int64_t covered = 0;
        for (size_t k = 0; k < map->pane_count; k++) {
            covered += vt_rect_area(vt_rect_intersection(map->panes[k].rect, area));
        }
        for (size_t k = 0; k < map->divider_count; k++) {
            covered += vt_rect_area(vt_rect_intersection(map->dividers[k].rect, area));
        }
        require(covered == vt_rect_area(area));
    }
    vt_geometry_free(geometry);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    /* A copy of its own, so that a sanitizer sees a step beyond its end. */
    char *text = malloc(size ? size : 1);
    require(text != NULL);
    if (size) {
        memcpy(text, bytes, size);
    }
    const vt_rect screen = {0, 0, 1920, 1080};
    const vt_layout_load load = {.screens = &screen, .screen_count = 1};
    vt_error error = VT_ERROR_INIT;
    vt_panes *panes = vt_layout_from_json(text, size, &load, NULL, &error);
    if (!panes) {
        require(error.code != VT_ERROR_NONE && error.message[0]);
    } else {
        require(vt_panes_check(panes, NULL));
        check_saved(panes);
        check_geometry(panes);
        vt_pane_id pane = vt_panes_next_pane(panes, 0);
        vt_panes_split(panes, pane, VT_PANE_BELOW, "p:new", NULL, NULL);
        vt_panes_close(panes, pane, NULL);
        require(vt_panes_check(panes, NULL));
    }
    vt_panes_free(panes);
    free(text);
    return 0;
}
