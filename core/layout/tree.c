#include "core/layout/tree_private.h"

#include "core/base/str.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool vt_panes_no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the layout of panes");
    return false;
}

/* ---- texts ---- */

vt_pane_text *vt_pane_text_create(const void *bytes, size_t length)
{
    vt_pane_text *text = malloc(sizeof *text + length + 1);
    if (text) {
        atomic_init(&text->users, 1);
        text->length = length;
        if (length) {
            memcpy(text->bytes, bytes, length);
        }
        text->bytes[length] = '\0';
    }
    return text;
}

vt_pane_text *vt_pane_text_share(vt_pane_text *text)
{
    if (text) {
        atomic_fetch_add_explicit(&text->users, 1, memory_order_relaxed);
    }
    return text;
}

void vt_pane_text_release(vt_pane_text *text)
{
    if (text && atomic_fetch_sub_explicit(&text->users, 1, memory_order_acq_rel) == 1) {
        free(text);
    }
}

static bool is_line(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)bytes[i] < 0x20 || bytes[i] == 0x7F) {
            return false;
        }
    }
    return vt_utf8_valid(bytes, length);
}

vt_pane_text *vt_panes_provider_create(const char *provider, size_t length, vt_error *error)
{
    const char *colon = memchr(provider, ':', length);
    if (length > VT_PANES_PROVIDER_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "a provider id of %zu bytes; at most %d are allowed", length,
                     VT_PANES_PROVIDER_MAX);
        return NULL;
    }
    if (!colon || colon == provider || !is_line(provider, length)) {
        vt_error_set(
            error, VT_ERROR_USAGE,
            "'%.60s' is no provider id: it has the form NAME:REST, in UTF-8 without control characters",
            is_line(provider, length) ? provider : "(bytes)");
        return NULL;
    }
    vt_pane_text *text = vt_pane_text_create(provider, length);
    if (!text) {
        vt_panes_no_memory(error);
    }
    return text;
}

vt_pane_text *vt_panes_name_create(const char *name, size_t length, const char *what, vt_error *error)
{
    if (length == 0 || length > VT_PANES_NAME_MAX || !is_line(name, length)) {
        vt_error_set(error, VT_ERROR_USAGE,
                     "the name of a %s is 1 to %d bytes of UTF-8 without control characters", what,
                     VT_PANES_NAME_MAX);
        return NULL;
    }
    vt_pane_text *text = vt_pane_text_create(name, length);
    if (!text) {
        vt_panes_no_memory(error);
    }
    return text;
}

/* ---- nodes ---- */

bool vt_panes_reserve(vt_panes *panes, uint32_t nodes, vt_error *error)
{
    uint32_t in_use = panes->used - panes->free_count;
    if (!vt_id_map_reserve(&panes->ids, in_use + nodes)) {
        return vt_panes_no_memory(error);
    }
    if (panes->free_count + panes->room - panes->used >= nodes) {
        return true;
    }
    uint32_t room = panes->room ? panes->room * 2 : 8;
    while (room - in_use < nodes) {
        room *= 2;
    }
    vt_node *larger = realloc(panes->nodes, room * sizeof *larger);
    if (!larger) {
        return vt_panes_no_memory(error);
    }
    panes->nodes = larger;
    panes->room = room;
    return true;
}

uint32_t vt_panes_add_node(vt_panes *panes, vt_pane_id id, vt_pane_text *provider)
{
    uint32_t node = panes->free;
    if (node != VT_NODE_NONE) {
        panes->free = panes->nodes[node].after;
        panes->free_count--;
    } else {
        node = panes->used++;
    }
    if (id == 0) {
        id = panes->next_id++;
    } else if (id >= panes->next_id) {
        panes->next_id = id + 1;
    }
    panes->nodes[node] = (vt_node){.pane = {.id = id, .provider = provider},
                                   .parent = VT_NODE_NONE,
                                   .before = VT_NODE_NONE,
                                   .after = VT_NODE_NONE,
                                   .first = VT_NODE_NONE,
                                   .last = VT_NODE_NONE,
                                   .shown = provider != NULL,
                                   .share = 1};
    panes->pane_count += provider != NULL;
    vt_id_map_put(&panes->ids, id, node);
    return node;
}

void vt_panes_drop_node(vt_panes *panes, uint32_t node)
{
    vt_node *gone = &panes->nodes[node];
    vt_id_map_remove(&panes->ids, gone->pane.id);
    panes->pane_count -= gone->pane.provider != NULL;
    vt_pane_text_release(gone->pane.provider);
    vt_pane_text_release(gone->pane.state);
    *gone = (vt_node){.after = panes->free};
    panes->free = node;
    panes->free_count++;
}

uint32_t vt_panes_node_of(const vt_panes *panes, vt_pane_id id)
{
    return vt_id_map_get(&panes->ids, id);
}

bool vt_panes_is_split(const vt_panes *panes, uint32_t node)
{
    return panes->nodes[node].pane.provider == NULL;
}

uint32_t vt_panes_pane_of(const vt_panes *panes, vt_pane_id id, vt_error *error)
{
    uint32_t node = vt_panes_node_of(panes, id);
    if (node == VT_NODE_NONE || vt_panes_is_split(panes, node)) {
        vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no pane %" PRIu32 " any more", id);
        return VT_NODE_NONE;
    }
    return node;
}

uint32_t vt_panes_root_of(const vt_panes *panes, uint32_t node)
{
    while (panes->nodes[node].parent != VT_NODE_NONE) {
        node = panes->nodes[node].parent;
    }
    return node;
}

unsigned vt_panes_depth_of(const vt_panes *panes, uint32_t node)
{
    unsigned depth = 0;
    while ((node = panes->nodes[node].parent) != VT_NODE_NONE) {
        depth++;
    }
    return depth;
}

uint32_t vt_panes_first_leaf(const vt_panes *panes, uint32_t node)
{
    while (vt_panes_is_split(panes, node)) {
        node = panes->nodes[node].first;
    }
    return node;
}

uint32_t vt_panes_next_leaf(const vt_panes *panes, uint32_t node)
{
    while (node != VT_NODE_NONE && panes->nodes[node].after == VT_NODE_NONE) {
        node = panes->nodes[node].parent;
    }
    return node == VT_NODE_NONE ? VT_NODE_NONE : vt_panes_first_leaf(panes, panes->nodes[node].after);
}

/* ---- windows ---- */

/* One count for all layouts, so that a version says which content is meant, whoever holds it. */
void vt_panes_touch(vt_panes_window_record *window)
{
    static atomic_uint_fast64_t versions;
    window->seen.version = atomic_fetch_add_explicit(&versions, 1, memory_order_relaxed) + 1;
}

vt_panes_window_record *vt_panes_window_of(vt_panes *panes, uint32_t node)
{
    uint32_t root = vt_panes_root_of(panes, node);
    size_t at = 0;
    while (at + 1 < panes->window_count && panes->windows[at].root != root) {
        at++;
    }
    return &panes->windows[at];
}

vt_panes_window_record *vt_panes_window_by_id(const vt_panes *panes, vt_pane_id id)
{
    for (size_t i = 0; i < panes->window_count; i++) {
        if (panes->windows[i].seen.id == id) {
            return (vt_panes_window_record *)&panes->windows[i];
        }
    }
    return NULL;
}

vt_panes_window_record *vt_panes_add_window(vt_panes *panes, vt_pane_id id, uint32_t root)
{
    if (id == 0) {
        id = panes->next_id++;
    } else if (id >= panes->next_id) {
        panes->next_id = id + 1;
    }
    vt_panes_window_record *window = &panes->windows[panes->window_count++];
    *window = (vt_panes_window_record){.seen = {.id = id}, .root = root};
    vt_panes_touch(window);
    return window;
}

void vt_panes_drop_window(vt_panes *panes, vt_panes_window_record *window)
{
    size_t at = (size_t)(window - panes->windows);
    panes->window_count--;
    memmove(window, window + 1, (panes->window_count - at) * sizeof *window);
}

/* ---- life ---- */

vt_panes *vt_panes_new(vt_error *error)
{
    vt_panes *panes = calloc(1, sizeof *panes);
    if (!panes) {
        vt_panes_no_memory(error);
        return NULL;
    }
    panes->free = VT_NODE_NONE;
    panes->next_id = 1;
    return panes;
}

vt_panes *vt_panes_create(const char *provider, vt_pane_id *pane, vt_error *error)
{
    vt_pane_text *text = vt_panes_provider_create(provider, strlen(provider), error);
    vt_panes *panes = text ? vt_panes_new(error) : NULL;
    if (!panes || !vt_panes_reserve(panes, 1, error)) {
        vt_pane_text_release(text);
        vt_panes_free(panes);
        return NULL;
    }
    uint32_t node = vt_panes_add_node(panes, 0, text);
    vt_panes_add_window(panes, 0, node);
    if (pane) {
        *pane = panes->nodes[node].pane.id;
    }
    return panes;
}

vt_panes *vt_panes_clone(const vt_panes *panes, vt_error *error)
{
    vt_panes *clone = malloc(sizeof *clone);
    vt_node *nodes = malloc((panes->used ? panes->used : 1) * sizeof *nodes);
    vt_id_map ids = {0};
    if (!clone || !nodes || !vt_id_map_reserve(&ids, panes->used)) {
        free(clone);
        free(nodes);
        vt_panes_no_memory(error);
        return NULL;
    }
    *clone = *panes;
    clone->nodes = nodes;
    clone->room = panes->used ? panes->used : 1;
    clone->ids = ids;
    if (panes->used) {
        memcpy(nodes, panes->nodes, panes->used * sizeof *nodes);
    }
    for (uint32_t i = 0; i < panes->used; i++) {
        if (nodes[i].pane.id != 0) {
            vt_pane_text_share(nodes[i].pane.provider);
            vt_pane_text_share(nodes[i].pane.state);
            vt_id_map_put(&clone->ids, nodes[i].pane.id, i);
        }
    }
    for (size_t i = 0; i < clone->group_count; i++) {
        vt_pane_text_share(clone->groups[i].name);
    }
    return clone;
}

void vt_panes_free(vt_panes *panes)
{
    if (!panes) {
        return;
    }
    for (uint32_t i = 0; i < panes->used; i++) {
        vt_pane_text_release(panes->nodes[i].pane.provider);
        vt_pane_text_release(panes->nodes[i].pane.state);
    }
    for (size_t i = 0; i < panes->group_count; i++) {
        vt_pane_text_release(panes->groups[i].name);
    }
    vt_id_map_free(&panes->ids);
    free(panes->nodes);
    free(panes);
}

/* ---- looking ---- */

size_t vt_panes_pane_count(const vt_panes *panes)
{
    return panes->pane_count;
}

size_t vt_panes_window_count(const vt_panes *panes)
{
    return panes->window_count;
}

static void show_window(const vt_panes *panes, const vt_panes_window_record *record, vt_panes_window *window)
{
    *window = record->seen;
    window->root = panes->nodes[record->root].pane.id;
}

bool vt_panes_window_at(const vt_panes *panes, size_t index, vt_panes_window *window)
{
    if (index >= panes->window_count) {
        return false;
    }
    show_window(panes, &panes->windows[index], window);
    return true;
}

bool vt_panes_find_window(const vt_panes *panes, vt_pane_id id, vt_panes_window *window)
{
    const vt_panes_window_record *record = vt_panes_window_by_id(panes, id);
    if (record) {
        show_window(panes, record, window);
    }
    return record != NULL;
}

static vt_pane_id id_of(const vt_panes *panes, uint32_t node)
{
    return node == VT_NODE_NONE ? 0 : panes->nodes[node].pane.id;
}

bool vt_panes_find(const vt_panes *panes, vt_pane_id id, vt_panes_node *node)
{
    uint32_t found = vt_panes_node_of(panes, id);
    if (found == VT_NODE_NONE) {
        return false;
    }
    const vt_node *from = &panes->nodes[found];
    *node = (vt_panes_node){.id = id,
                            .parent = id_of(panes, from->parent),
                            .window = vt_panes_window_of((vt_panes *)panes, found)->seen.id,
                            .next = id_of(panes, from->after),
                            .first = id_of(panes, from->first),
                            .axis = from->axis,
                            .share = from->share,
                            .shown = from->shown > 0,
                            .group = from->pane.group,
                            .link = from->pane.link};
    if (from->pane.provider) {
        node->provider = from->pane.provider->bytes;
        node->provider_length = from->pane.provider->length;
    }
    if (from->pane.state) {
        node->state = (const unsigned char *)from->pane.state->bytes;
        node->state_length = from->pane.state->length;
    }
    return true;
}

vt_pane_id vt_panes_next_pane(const vt_panes *panes, vt_pane_id pane)
{
    if (pane == 0) {
        return id_of(panes, vt_panes_first_leaf(panes, panes->windows[0].root));
    }
    uint32_t node = vt_panes_node_of(panes, pane);
    if (node == VT_NODE_NONE) {
        return 0;
    }
    uint32_t next = vt_panes_next_leaf(panes, node);
    if (next == VT_NODE_NONE) {
        size_t window = (size_t)(vt_panes_window_of((vt_panes *)panes, node) - panes->windows) + 1;
        next = window < panes->window_count ? vt_panes_first_leaf(panes, panes->windows[window].root)
                                            : VT_NODE_NONE;
    }
    return id_of(panes, next);
}

/* ---- panes ---- */

static bool replace(vt_pane_text **place, vt_pane_text *text)
{
    vt_pane_text_release(*place);
    *place = text;
    return true;
}

bool vt_panes_set_provider(vt_panes *panes, vt_pane_id pane, const char *provider, vt_error *error)
{
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    vt_pane_text *text =
        node == VT_NODE_NONE ? NULL : vt_panes_provider_create(provider, strlen(provider), error);
    return text && replace(&panes->nodes[node].pane.provider, text);
}

bool vt_panes_set_state(vt_panes *panes, vt_pane_id pane, const void *bytes, size_t length, vt_error *error)
{
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    if (node == VT_NODE_NONE) {
        return false;
    }
    if (length > VT_PANES_STATE_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "the state of a pane has %zu bytes; at most %d are kept",
                            length, VT_PANES_STATE_MAX);
    }
    vt_pane_text *text = length ? vt_pane_text_create(bytes, length) : NULL;
    if (length && !text) {
        return vt_panes_no_memory(error);
    }
    return replace(&panes->nodes[node].pane.state, text);
}

bool vt_panes_set_link(vt_panes *panes, vt_pane_id pane, unsigned link, vt_error *error)
{
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    if (node == VT_NODE_NONE) {
        return false;
    }
    if (link > VT_PANES_LINKS_MAX) {
        return vt_error_set(error, VT_ERROR_USAGE, "links between panes have numbers from 1 to %d",
                            VT_PANES_LINKS_MAX);
    }
    panes->nodes[node].pane.link = link;
    return true;
}
