/* The reading half of layout_json.h: windows, groups, and what refers to something else by its id, which is
   resolved when all is there. */
#include "core/layout/groups.h"
#include "core/layout/layout_read_private.h"
#include "core/layout/placement.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- windows and groups ---- */

static bool read_place(vt_layout_reader *in, vt_rect *place)
{
    enum { FARTHEST = 1 << 20 };
    int64_t numbers[4] = {0};
    int count = 0;
    if (!vt_json_enter_array(&in->json)) {
        return false;
    }
    while (vt_json_next_item(&in->json)) {
        if (count == 4) {
            return vt_layout_corrupt(in, "a place is x, y, width and height");
        }
        if (!vt_json_read_int(&in->json, count < 2 ? -FARTHEST : 0, FARTHEST, &numbers[count])) {
            return false;
        }
        count++;
    }
    *place = (vt_rect){(int)numbers[0], (int)numbers[1], (int)numbers[2], (int)numbers[3]};
    return !vt_json_read_failed(&in->json) &&
           (count == 4 || vt_layout_corrupt(in, "a place is x, y, width and height"));
}

static bool read_window(vt_layout_reader *in)
{
    vt_json_text key;
    int64_t id = 0, maximised = 0;
    vt_rect place = {0};
    bool full = false;
    uint32_t root = VT_NODE_NONE;
    if (!vt_json_enter_object(&in->json)) {
        return false;
    }
    while (vt_json_next_member(&in->json, &key)) {
        if (vt_json_text_is(&key, "id")) {
            vt_layout_read_id(in, &id);
        } else if (vt_json_text_is(&key, "place")) {
            read_place(in, &place);
        } else if (vt_json_text_is(&key, "full")) {
            vt_json_read_bool(&in->json, &full);
        } else if (vt_json_text_is(&key, "maximised")) {
            vt_layout_read_id(in, &maximised);
        } else if (!vt_json_text_is(&key, "tree")) {
            vt_layout_ignore(in);
        } else if (root != VT_NODE_NONE) {
            vt_layout_corrupt(in, "a window has one tree");
        } else {
            root = vt_layout_read_node(in, 0);
        }
    }
    if (vt_json_read_failed(&in->json)) {
        return false;
    }
    if (root == VT_NODE_NONE) {
        return vt_layout_corrupt(in, "a window without a tree");
    }
    if (!vt_layout_claim_id(in, id, "window")) {
        return false;
    }
    if (in->panes->window_count == VT_PANES_WINDOWS_MAX) {
        return vt_json_refuse(&in->json, VT_ERROR_LIMIT, "more than %d windows", VT_PANES_WINDOWS_MAX);
    }
    in->maximised[in->panes->window_count] = (vt_pane_id)maximised;
    vt_node *top = &in->panes->nodes[root];
    top->share = 1;
    top->room_after = false;
    vt_panes_window_record *window = vt_panes_add_window(in->panes, (vt_pane_id)id, root);
    window->seen.place = vt_placement_fit(place, in->load->screens, in->load->screen_count);
    window->seen.full = full;
    in->report.windows_moved += !vt_rect_equal(window->seen.place, place);
    return true;
}

/* Takes `name`. */
static bool add_group(vt_layout_reader *in, int64_t id, vt_pane_text *name, bool collapsed)
{
    vt_panes *panes = in->panes;
    if (!name) {
        return vt_layout_corrupt(in, "a group without a name");
    }
    bool good = vt_layout_claim_id(in, id, "group");
    if (good && panes->group_count == VT_PANES_GROUPS_MAX) {
        good = vt_json_refuse(&in->json, VT_ERROR_LIMIT, "more than %d groups", VT_PANES_GROUPS_MAX);
    }
    for (size_t i = 0; good && i < panes->group_count; i++) {
        if (strcmp(panes->groups[i].name->bytes, name->bytes) == 0) {
            good = vt_layout_corrupt(in, "two groups with the same name");
        }
    }
    if (!good) {
        vt_pane_text_release(name);
        return false;
    }
    in->collapsed[panes->group_count] = collapsed;
    panes->groups[panes->group_count++] = (vt_panes_group_record){(vt_pane_id)id, name, false};
    if ((vt_pane_id)id >= panes->next_id) {
        panes->next_id = (vt_pane_id)id + 1;
    }
    return true;
}

static bool read_group(vt_layout_reader *in)
{
    vt_json_text key;
    int64_t id = 0;
    bool collapsed = false;
    vt_pane_text *name = NULL;
    vt_error error = VT_ERROR_INIT;
    if (!vt_json_enter_object(&in->json)) {
        return false;
    }
    while (vt_json_next_member(&in->json, &key)) {
        if (vt_json_text_is(&key, "id")) {
            vt_layout_read_id(in, &id);
        } else if (vt_json_text_is(&key, "collapsed")) {
            vt_json_read_bool(&in->json, &collapsed);
        } else if (!vt_json_text_is(&key, "name")) {
            vt_layout_ignore(in);
        } else if (vt_json_read_text(&in->json, VT_PANES_NAME_MAX, &key)) {
            vt_pane_text_release(name);
            name = vt_panes_name_create(key.bytes, key.length, "group", &error);
            if (!name) {
                vt_layout_pass_on(in, &error);
            }
        }
    }
    if (vt_json_read_failed(&in->json)) {
        vt_pane_text_release(name);
        return false;
    }
    return add_group(in, id, name, collapsed);
}

static bool read_list(vt_layout_reader *in, bool (*read_one)(vt_layout_reader *in))
{
    if (!vt_json_enter_array(&in->json)) {
        return false;
    }
    while (vt_json_next_item(&in->json) && read_one(in)) {
    }
    return !vt_json_read_failed(&in->json);
}

/* ---- the whole ---- */

/* Goes through the text once for its version: one from the future need not look like ours. */
static bool check_version(vt_layout_reader *in, const char *text, size_t length)
{
    vt_json_text key;
    int64_t version = 0;
    bool format = false;
    vt_json_read_begin(&in->json, "layout", text, length);
    if (!vt_json_enter_object(&in->json)) {
        return false;
    }
    while (vt_json_next_member(&in->json, &key)) {
        if (vt_json_text_is(&key, "version")) {
            if (vt_json_read_int(&in->json, 1, INT32_MAX, &version) && version > VT_LAYOUT_JSON_VERSION) {
                return vt_json_refuse(&in->json, VT_ERROR_VERSION,
                                      "written by a newer Vitrine (version %" PRId64 ", this one reads %d)",
                                      version, VT_LAYOUT_JSON_VERSION);
            }
        } else if (vt_json_text_is(&key, "format")) {
            format = vt_json_read_text(&in->json, 64, &key) && vt_json_text_is(&key, "vitrine-layout");
        } else {
            vt_json_skip(&in->json);
        }
    }
    if (vt_json_read_failed(&in->json)) {
        return false;
    }
    return (format && version != 0) ||
           vt_layout_corrupt(in, "this is no layout of Vitrine's: format or version is missing");
}

/* Maximised panes and groups, now that every pane is there. */
static void resolve(vt_layout_reader *in)
{
    vt_panes *panes = in->panes;
    for (uint32_t i = 0; i < panes->used; i++) {
        vt_pane_id *group = &panes->nodes[i].pane.group;
        if (*group != 0 && !vt_panes_group_by_id(panes, *group)) {
            *group = 0;
            in->report.groups_missing++;
        }
    }
    for (size_t i = 0; i < panes->group_count; i++) {
        if (in->collapsed[i] && !vt_panes_group_collapse(panes, panes->groups[i].id, true, NULL)) {
            in->report.groups_missing++;
        }
    }
    for (size_t i = 0; i < panes->window_count; i++) {
        uint32_t pane = vt_panes_node_of(panes, in->maximised[i]);
        if (pane != VT_NODE_NONE && !vt_panes_is_split(panes, pane) && panes->nodes[pane].shown > 0 &&
            vt_panes_window_of(panes, pane) == &panes->windows[i]) {
            panes->windows[i].seen.maximised = in->maximised[i];
        }
    }
}

static bool read_layout(vt_layout_reader *in, const char *text, size_t length)
{
    vt_json_text key;
    bool windows = false, groups = false;
    vt_json_read_begin(&in->json, "layout", text, length);
    if (!vt_json_enter_object(&in->json)) {
        return false;
    }
    while (vt_json_next_member(&in->json, &key)) {
        bool is_windows = vt_json_text_is(&key, "windows"), is_groups = vt_json_text_is(&key, "groups");
        if ((is_windows && windows) || (is_groups && groups)) {
            vt_layout_corrupt(in, "windows or groups are there twice");
        } else if (is_windows || is_groups) {
            windows |= is_windows;
            groups |= is_groups;
            read_list(in, is_windows ? read_window : read_group);
        } else if (vt_json_text_is(&key, "format") || vt_json_text_is(&key, "version")) {
            vt_json_skip(&in->json);
        } else {
            vt_layout_ignore(in);
        }
    }
    if (vt_json_read_failed(&in->json)) {
        return false;
    }
    return in->panes->window_count > 0 || vt_layout_corrupt(in, "a layout without windows");
}

static bool read_text(vt_layout_reader *in, const char *text, size_t length, vt_error *error)
{
    bool checked = check_version(in, text, length);
    if (!vt_json_read_end(&in->json, error) || !checked) {
        return false;
    }
    bool read = read_layout(in, text, length);
    return vt_json_read_end(&in->json, error) && read;
}

vt_panes *vt_layout_from_json(const char *text, size_t length, const vt_layout_load *load,
                              vt_layout_report *report, vt_error *error)
{
    static const vt_layout_load nothing;
    if (length > VT_LAYOUT_JSON_BYTES_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "a layout of %zu bytes; at most %d are read", length,
                     VT_LAYOUT_JSON_BYTES_MAX);
        return NULL;
    }
    vt_layout_reader *in = calloc(1, sizeof *in);
    if (!in) {
        vt_panes_no_memory(error);
        return NULL;
    }
    in->load = load ? load : &nothing;
    in->panes = vt_panes_new(error);
    vt_error fault = VT_ERROR_INIT;
    bool good = in->panes && read_text(in, text, length, error);
    if (good) {
        resolve(in);
        good =
            vt_panes_check(in->panes, &fault) || vt_error_set(error, VT_ERROR_CORRUPT, "%s", fault.message);
    }
    vt_panes *panes = in->panes;
    if (!good) {
        vt_panes_free(panes);
        panes = NULL;
    } else if (report) {
        *report = in->report;
    }
    free(in->ratios);
    free(in);
    return panes;
}
