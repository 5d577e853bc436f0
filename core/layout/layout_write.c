/* The writing half of layout_json.h. */
#include "core/layout/base64.h"
#include "core/layout/layout_json.h"
#include "core/layout/tree_private.h"

static const char *const side_names[] = {"left", "right", "above", "below"};

typedef struct writer {
    const vt_panes *panes;
    vt_json_writer json;
    vt_str state; /* one, as base64 */
} writer;

static void write_number(writer *out, const char *key, uint64_t number)
{
    vt_json_key(&out->json, key);
    vt_json_uint(&out->json, number);
}

static void write_pane(writer *out, const vt_pane_content *pane);

static void write_node(writer *out, uint32_t at)
{
    const vt_node *nodes = out->panes->nodes, *node = &nodes[at];
    vt_json_writer *json = &out->json;
    vt_json_object_begin(json);
    write_number(out, "id", node->pane.id);
    if (node->pane.provider) {
        write_pane(out, &node->pane);
    } else {
        vt_json_key(json, "split");
        vt_json_string(json, node->axis == VT_PANE_HORIZONTAL ? "horizontal" : "vertical");
        vt_json_key(json, "ratios");
        vt_json_array_begin(json);
        for (uint32_t i = node->first; i != VT_NODE_NONE; i = nodes[i].after) {
            vt_json_double(json, nodes[i].share);
        }
        vt_json_array_end(json);
        vt_json_key(json, "children");
        vt_json_array_begin(json);
        for (uint32_t i = node->first; i != VT_NODE_NONE; i = nodes[i].after) {
            write_node(out, i);
        }
        vt_json_array_end(json);
    }
    if (node->room_after) {
        vt_json_key(json, "room");
        vt_json_string(json, "after");
    }
    vt_json_object_end(json);
}

static void write_pane(writer *out, const vt_pane_content *pane)
{
    vt_json_writer *json = &out->json;
    vt_json_key(json, "pane");
    vt_json_bytes(json, pane->provider->bytes, pane->provider->length);
    if (pane->state) {
        vt_str_clear(&out->state);
        vt_base64_append(&out->state, pane->state->bytes, pane->state->length);
        vt_json_key(json, "state");
        vt_json_bytes(json, out->state.data, out->state.length);
    }
    if (pane->group) {
        write_number(out, "group", pane->group);
    }
    if (pane->link) {
        write_number(out, "link", pane->link);
    }
    if (pane->home.beside) {
        vt_json_key(json, "home");
        vt_json_object_begin(json);
        write_number(out, "beside", pane->home.beside);
        vt_json_key(json, "side");
        vt_json_string(json, side_names[pane->home.side]);
        vt_json_key(json, "ratio");
        vt_json_double(json, pane->home.share);
        vt_json_object_end(json);
    }
}

static void write_window(writer *out, const vt_panes_window_record *window)
{
    vt_json_writer *json = &out->json;
    const int numbers[] = {window->seen.place.x, window->seen.place.y, window->seen.place.width,
                           window->seen.place.height};
    vt_json_object_begin(json);
    write_number(out, "id", window->seen.id);
    vt_json_key(json, "place");
    vt_json_array_begin(json);
    for (int i = 0; i < 4; i++) {
        vt_json_int(json, numbers[i]);
    }
    vt_json_array_end(json);
    if (window->seen.full) {
        vt_json_key(json, "full");
        vt_json_bool(json, true);
    }
    if (window->seen.maximised) {
        write_number(out, "maximised", window->seen.maximised);
    }
    vt_json_key(json, "tree");
    write_node(out, window->root);
    vt_json_object_end(json);
}

static void write_groups(writer *out)
{
    vt_json_writer *json = &out->json;
    vt_json_key(json, "groups");
    vt_json_array_begin(json);
    for (size_t i = 0; i < out->panes->group_count; i++) {
        const vt_panes_group_record *group = &out->panes->groups[i];
        vt_json_object_begin(json);
        write_number(out, "id", group->id);
        vt_json_key(json, "name");
        vt_json_bytes(json, group->name->bytes, group->name->length);
        if (group->collapsed) {
            vt_json_key(json, "collapsed");
            vt_json_bool(json, true);
        }
        vt_json_object_end(json);
    }
    vt_json_array_end(json);
}

bool vt_layout_to_json(const vt_panes *panes, vt_json_style style, vt_str *text, vt_error *error)
{
    writer out = {.panes = panes, .state = VT_STR_INIT};
    vt_json_writer *json = &out.json;
    vt_json_begin(json, vt_json_to_str, text, style);
    vt_json_object_begin(json);
    vt_json_key(json, "format");
    vt_json_string(json, "vitrine-layout");
    write_number(&out, "version", VT_LAYOUT_JSON_VERSION);
    if (panes->group_count) {
        write_groups(&out);
    }
    vt_json_key(json, "windows");
    vt_json_array_begin(json);
    for (size_t i = 0; i < panes->window_count; i++) {
        write_window(&out, &panes->windows[i]);
    }
    vt_json_array_end(json);
    vt_json_object_end(json);
    bool written = vt_json_end(json, error);
    if (written && out.state.failed) {
        written = vt_panes_no_memory(error);
    }
    vt_str_free(&out.state);
    return written;
}
