/* Panes and splits of layout_json.h, made as they are read, children before their split, so that members may
   come in any order. */
#include "core/layout/base64.h"
#include "core/layout/layout_read_private.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#define ID_MAX (INT64_C(1) << 31) /* leaves as many again to be given out */

/* A node while its members are read. */
typedef struct draft {
    int64_t id;
    vt_pane_text *provider, *state;
    int64_t group, link;
    vt_pane_home home;
    vt_pane_axis axis;
    bool has_axis, has_ratios, has_children, room_after;
    uint32_t first, last; /* children, linked to each other */
    size_t children;
    size_t ratios_at, ratios; /* on the stack */
    size_t place;             /* in the text, for faults of the node as a whole */
} draft;

bool vt_layout_corrupt(vt_layout_reader *in, const char *words)
{
    return vt_json_refuse(&in->json, VT_ERROR_CORRUPT, "%s", words);
}

bool vt_layout_read_no_memory(vt_layout_reader *in)
{
    vt_json_refuse(&in->json, VT_ERROR_MEMORY, "out of memory for the layout of panes");
    return false;
}

bool vt_layout_pass_on(vt_layout_reader *in, const vt_error *error)
{
    return vt_json_refuse(&in->json, error->code == VT_ERROR_USAGE ? VT_ERROR_CORRUPT : error->code, "%s",
                          error->message);
}

bool vt_layout_ignore(vt_layout_reader *in)
{
    in->report.members_ignored++;
    return vt_json_skip(&in->json);
}

bool vt_layout_read_id(vt_layout_reader *in, int64_t *id)
{
    return vt_json_read_int(&in->json, 1, ID_MAX, id);
}

static bool is_taken(const vt_panes *panes, int64_t id)
{
    vt_pane_id wanted = (vt_pane_id)id;
    return vt_panes_node_of(panes, wanted) != VT_NODE_NONE || vt_panes_window_by_id(panes, wanted) ||
           vt_panes_group_by_id(panes, wanted);
}

bool vt_layout_claim_id(vt_layout_reader *in, int64_t id, const char *what)
{
    if (id == 0) {
        return vt_json_refuse(&in->json, VT_ERROR_CORRUPT, "a %s without an id", what);
    }
    if (is_taken(in->panes, id)) {
        return vt_json_refuse(&in->json, VT_ERROR_CORRUPT, "the id %" PRId64 " is there twice", id);
    }
    return true;
}

/* ---- panes and splits ---- */

static bool read_axis(vt_layout_reader *in, draft *node)
{
    vt_json_text text;
    if (!vt_json_read_text(&in->json, 32, &text)) {
        return false;
    }
    bool row = vt_json_text_is(&text, "horizontal");
    if (node->has_axis || (!row && !vt_json_text_is(&text, "vertical"))) {
        return vt_layout_corrupt(in, "a split is once \"horizontal\" or \"vertical\"");
    }
    node->has_axis = true;
    node->axis = row ? VT_PANE_HORIZONTAL : VT_PANE_VERTICAL;
    return true;
}

static bool push_ratio(vt_layout_reader *in, double ratio)
{
    if (in->ratio_count == in->ratio_room) {
        size_t room = in->ratio_room ? in->ratio_room * 2 : 64;
        double *larger = realloc(in->ratios, room * sizeof *larger);
        if (!larger) {
            return vt_layout_read_no_memory(in);
        }
        in->ratios = larger;
        in->ratio_room = room;
    }
    in->ratios[in->ratio_count++] = ratio;
    return true;
}

static bool read_ratios(vt_layout_reader *in, draft *node)
{
    double ratio = 0;
    if (node->has_ratios) {
        return vt_layout_corrupt(in, "ratios are there twice");
    }
    node->has_ratios = true;
    node->ratios_at = in->ratio_count;
    if (!vt_json_enter_array(&in->json)) {
        return false;
    }
    while (vt_json_next_item(&in->json) && vt_json_read_double(&in->json, &ratio)) {
        if (!(ratio > 0 && ratio <= 1)) {
            return vt_layout_corrupt(in, "a ratio lies above 0 and is at most 1");
        }
        if (node->ratios++ == VT_PANES_MAX) {
            return vt_json_refuse(&in->json, VT_ERROR_LIMIT, "more than %d ratios", VT_PANES_MAX);
        }
        if (!push_ratio(in, ratio)) {
            return false;
        }
    }
    return !vt_json_read_failed(&in->json);
}

static bool read_children(vt_layout_reader *in, draft *node, unsigned depth)
{
    if (node->has_children) {
        return vt_layout_corrupt(in, "children are there twice");
    }
    node->has_children = true;
    if (!vt_json_enter_array(&in->json)) {
        return false;
    }
    if (depth == VT_PANES_DEPTH_MAX) {
        return vt_json_refuse(&in->json, VT_ERROR_LIMIT, "splits are nested more than %d deep",
                              VT_PANES_DEPTH_MAX);
    }
    while (vt_json_next_item(&in->json)) {
        uint32_t child = vt_layout_read_node(in, depth + 1);
        if (child == VT_NODE_NONE) {
            return false;
        }
        vt_node *nodes = in->panes->nodes;
        nodes[child].before = node->last;
        *(node->last == VT_NODE_NONE ? &node->first : &nodes[node->last].after) = child;
        node->last = child;
        node->children++;
    }
    return !vt_json_read_failed(&in->json);
}

static bool read_provider(vt_layout_reader *in, draft *node)
{
    vt_json_text text;
    vt_error error = VT_ERROR_INIT;
    if (!vt_json_read_text(&in->json, VT_PANES_PROVIDER_MAX, &text)) {
        return false;
    }
    if (node->provider) {
        return vt_layout_corrupt(in, "a pane shows one thing");
    }
    node->provider = vt_panes_provider_create(text.bytes, text.length, &error);
    if (!node->provider) {
        return vt_layout_pass_on(in, &error);
    }
    const vt_layout_load *load = in->load;
    in->report.providers_unknown += load->known && !load->known(load->user, node->provider->bytes);
    return true;
}

static bool read_state(vt_layout_reader *in, draft *node)
{
    vt_json_text text;
    vt_str bytes = VT_STR_INIT;
    if (!vt_json_read_text(&in->json, (VT_PANES_STATE_MAX + 2) / 3 * 4, &text)) {
        return false;
    }
    bool good = !node->state && vt_base64_decode(text.bytes, text.length, &bytes);
    if (good && !bytes.failed && bytes.length > 0) {
        node->state = vt_pane_text_create(bytes.data, bytes.length);
    }
    bool memory = !bytes.failed && (bytes.length == 0 || node->state || !good);
    bool small = bytes.length <= VT_PANES_STATE_MAX;
    vt_str_free(&bytes);
    if (!memory) {
        return vt_layout_read_no_memory(in);
    }
    return (good && small) || vt_layout_corrupt(in, "a state is base64, once, of no more than 65536 bytes");
}

static bool read_home(vt_layout_reader *in, vt_pane_home *home)
{
    static const char *const sides[] = {"left", "right", "above", "below"};
    vt_json_text text;
    int64_t id = 0;
    *home = (vt_pane_home){.side = VT_PANE_CENTRE};
    if (!vt_json_enter_object(&in->json)) {
        return false;
    }
    while (vt_json_next_member(&in->json, &text)) {
        if (vt_json_text_is(&text, "beside")) {
            vt_layout_read_id(in, &id);
        } else if (vt_json_text_is(&text, "ratio")) {
            vt_json_read_double(&in->json, &home->share);
        } else if (vt_json_text_is(&text, "side")) {
            if (vt_json_read_text(&in->json, 16, &text)) {
                for (vt_pane_side i = VT_PANE_LEFT; i < VT_PANE_CENTRE; i++) {
                    home->side = vt_json_text_is(&text, sides[i]) ? i : home->side;
                }
            }
        } else {
            vt_layout_ignore(in);
        }
    }
    home->beside = (vt_pane_id)id;
    bool good = id != 0 && home->side != VT_PANE_CENTRE && home->share > 0 && home->share < 1;
    return !vt_json_read_failed(&in->json) &&
           (good || vt_layout_corrupt(in, "a home is beside something, at a side, with a ratio"));
}

static bool read_room(vt_layout_reader *in, draft *node)
{
    vt_json_text text;
    if (!vt_json_read_text(&in->json, 16, &text)) {
        return false;
    }
    node->room_after = vt_json_text_is(&text, "after");
    return true;
}

static bool read_member(vt_layout_reader *in, draft *node, const vt_json_text *key, unsigned depth)
{
    if (vt_json_text_is(key, "id")) {
        return vt_layout_read_id(in, &node->id);
    }
    if (vt_json_text_is(key, "pane")) {
        return read_provider(in, node);
    }
    if (vt_json_text_is(key, "state")) {
        return read_state(in, node);
    }
    if (vt_json_text_is(key, "group")) {
        return vt_layout_read_id(in, &node->group);
    }
    if (vt_json_text_is(key, "link")) {
        return vt_json_read_int(&in->json, 0, VT_PANES_LINKS_MAX, &node->link);
    }
    if (vt_json_text_is(key, "home")) {
        return read_home(in, &node->home);
    }
    if (vt_json_text_is(key, "room")) {
        return read_room(in, node);
    }
    if (vt_json_text_is(key, "split")) {
        return read_axis(in, node);
    }
    if (vt_json_text_is(key, "ratios")) {
        return read_ratios(in, node);
    }
    if (vt_json_text_is(key, "children")) {
        return read_children(in, node, depth);
    }
    return vt_layout_ignore(in);
}

/* Links the children to their split and gives them their shares. */
static void adopt(vt_layout_reader *in, uint32_t split, const draft *from)
{
    vt_panes *panes = in->panes;
    double sum = 0;
    size_t at = from->ratios_at;
    panes->nodes[split].first = from->first;
    panes->nodes[split].last = from->last;
    for (uint32_t i = from->first; i != VT_NODE_NONE; i = panes->nodes[i].after) {
        vt_node *child = &panes->nodes[i];
        child->parent = split;
        child->share = from->ratios ? in->ratios[at++] : 1;
        sum += child->share;
        panes->nodes[split].shown += child->shown;
    }
    in->report.splits_mended += from->ratios > 0 && fabs(sum - 1) > 1e-6;
    vt_panes_normalise(panes, split);
    for (uint32_t i = from->first; i != VT_NODE_NONE;) {
        uint32_t next = panes->nodes[i].after;
        bool merges = vt_panes_is_split(panes, i) && panes->nodes[i].axis == panes->nodes[split].axis;
        in->report.splits_mended += merges;
        vt_panes_merge(panes, i);
        i = next;
    }
}

static uint32_t finish_split(vt_layout_reader *in, const draft *from)
{
    if (from->provider || from->state || !from->has_axis || from->children == 0) {
        vt_layout_corrupt(in, "a node is either a pane or a split with children");
        return VT_NODE_NONE;
    }
    if (from->ratios && from->ratios != from->children) {
        vt_json_refuse(&in->json, VT_ERROR_CORRUPT, "a split of %zu children with %zu ratios", from->children,
                       from->ratios);
        return VT_NODE_NONE;
    }
    if (from->children == 1) {
        in->report.splits_mended++;
        return from->first;
    }
    uint32_t made = vt_panes_add_node(in->panes, (vt_pane_id)from->id, NULL);
    in->panes->nodes[made].axis = from->axis;
    in->panes->nodes[made].room_after = from->room_after;
    adopt(in, made, from);
    return made;
}

/* Takes the texts. */
static uint32_t finish_pane(vt_layout_reader *in, draft *from)
{
    if (in->panes->pane_count == VT_PANES_MAX) {
        vt_json_refuse(&in->json, VT_ERROR_LIMIT, "more than %d panes", VT_PANES_MAX);
        return VT_NODE_NONE;
    }
    uint32_t made = vt_panes_add_node(in->panes, (vt_pane_id)from->id, from->provider);
    vt_node *node = &in->panes->nodes[made];
    node->pane.state = from->state;
    node->pane.group = (vt_pane_id)from->group;
    node->pane.link = (unsigned)from->link;
    node->pane.home = from->home;
    node->room_after = from->room_after;
    from->provider = from->state = NULL;
    return made;
}

static uint32_t finish_node(vt_layout_reader *in, draft *from)
{
    if (vt_json_read_failed(&in->json) || !vt_layout_claim_id(in, from->id, "pane or split")) {
        return VT_NODE_NONE;
    }
    if (!vt_panes_reserve(in->panes, 1, NULL)) {
        vt_layout_read_no_memory(in);
        return VT_NODE_NONE;
    }
    bool pane = from->provider && !from->has_children && !from->has_axis && !from->has_ratios;
    return pane ? finish_pane(in, from) : finish_split(in, from);
}

/* A node, linked nowhere; VT_NODE_NONE with the reader's fault. What was made until then belongs to the
 * layout. */
uint32_t vt_layout_read_node(vt_layout_reader *in, unsigned depth)
{
    vt_json_text key;
    draft node = {.first = VT_NODE_NONE, .last = VT_NODE_NONE};
    size_t ratios = in->ratio_count;
    if (vt_json_enter_object(&in->json)) {
        while (vt_json_next_member(&in->json, &key) && read_member(in, &node, &key, depth)) {
        }
    }
    uint32_t made = finish_node(in, &node);
    in->ratio_count = ratios;
    vt_pane_text_release(node.provider);
    vt_pane_text_release(node.state);
    return made;
}
