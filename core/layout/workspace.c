#include "core/layout/workspace.h"

#include "core/layout/tree_private.h"

#include <stdlib.h>
#include <string.h>

typedef struct workspace {
    vt_pane_text *name;
    vt_pane_text *text, *previous; /* the latter may be NULL */
} workspace;

struct vt_workspaces {
    vt_workspace_store store;
    workspace rows[VT_WORKSPACES_MAX];
    size_t count;
    size_t current; /* `count` or more: none */
};

vt_workspaces *vt_workspaces_create(const vt_workspace_store *store, vt_error *error)
{
    vt_workspaces *set = calloc(1, sizeof *set);
    if (!set) {
        vt_panes_no_memory(error);
        return NULL;
    }
    if (store) {
        set->store = *store;
    }
    set->current = SIZE_MAX;
    return set;
}

static void release_row(workspace *row)
{
    vt_pane_text_release(row->name);
    vt_pane_text_release(row->text);
    vt_pane_text_release(row->previous);
}

void vt_workspaces_free(vt_workspaces *set)
{
    for (size_t i = 0; set && i < set->count; i++) {
        release_row(&set->rows[i]);
    }
    free(set);
}

/* ---- looking ---- */

size_t vt_workspaces_count(const vt_workspaces *set)
{
    return set->count;
}

const char *vt_workspaces_name(const vt_workspaces *set, size_t index)
{
    return index < set->count ? set->rows[index].name->bytes : NULL;
}

const char *vt_workspaces_current(const vt_workspaces *set)
{
    return vt_workspaces_name(set, set->current);
}

/* Its number; `count`: there is none. */
static size_t find(const vt_workspaces *set, const char *name)
{
    size_t i = 0;
    while (i < set->count && strcmp(set->rows[i].name->bytes, name) != 0) {
        i++;
    }
    return i;
}

static workspace *find_row(vt_workspaces *set, const char *name, vt_error *error)
{
    size_t i = find(set, name);
    if (i == set->count) {
        vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no workspace '%.100s'", name);
        return NULL;
    }
    return &set->rows[i];
}

/* ---- telling the store ---- */

static void tell_saved(const vt_workspaces *set, const workspace *row)
{
    if (set->store.save) {
        set->store.save(set->store.user, row->name->bytes, row->text->bytes, row->text->length,
                        row->previous ? row->previous->bytes : "", row->previous ? row->previous->length : 0);
    }
}

static void make_current(vt_workspaces *set, size_t index)
{
    if (set->current != index && set->store.set_last) {
        set->store.set_last(set->store.user, set->rows[index].name->bytes);
    }
    set->current = index;
}

/* ---- changing the set ---- */

/* A name for a new row, if there is room for one. */
static vt_pane_text *accept_name(const vt_workspaces *set, const char *name, vt_error *error)
{
    if (set->count == VT_WORKSPACES_MAX) {
        vt_error_set(error, VT_ERROR_LIMIT, "there are %d workspaces already; remove some",
                     VT_WORKSPACES_MAX);
        return NULL;
    }
    if (find(set, name) < set->count) {
        vt_error_set(error, VT_ERROR_USAGE, "there is a workspace '%.100s' already; choose another name",
                     name);
        return NULL;
    }
    return vt_panes_name_create(name, strlen(name), "workspace", error);
}

/* Takes the name and the texts; false if one could not be made (`text` is NULL). */
static bool append(vt_workspaces *set, workspace row, vt_error *error)
{
    if (!row.text) {
        release_row(&row);
        return vt_panes_no_memory(error);
    }
    set->rows[set->count++] = row;
    return true;
}

bool vt_workspaces_put(vt_workspaces *set, const char *name, const char *text, size_t length,
                       const char *previous, size_t previous_length, vt_error *error)
{
    vt_pane_text *accepted = accept_name(set, name, error);
    if (!accepted) {
        return false;
    }
    workspace row = {.name = accepted, .text = vt_pane_text_create(text, length)};
    if (previous_length > 0) { /* without it the last one is all there is */
        row.previous = vt_pane_text_create(previous, previous_length);
    }
    return append(set, row, error);
}

static vt_pane_text *text_of(const vt_panes *panes, vt_error *error)
{
    vt_str json = VT_STR_INIT;
    vt_pane_text *text = NULL;
    if (vt_layout_to_json(panes, VT_JSON_COMPACT, &json, error)) {
        text = vt_pane_text_create(json.data, json.length);
        if (!text) {
            vt_panes_no_memory(error);
        }
    }
    vt_str_free(&json);
    return text;
}

bool vt_workspaces_add(vt_workspaces *set, const char *name, const vt_panes *panes, vt_error *error)
{
    vt_pane_text *text = text_of(panes, error);
    vt_pane_text *accepted = text ? accept_name(set, name, error) : NULL;
    if (!accepted) {
        vt_pane_text_release(text);
        return false;
    }
    set->rows[set->count++] = (workspace){.name = accepted, .text = text};
    tell_saved(set, &set->rows[set->count - 1]);
    make_current(set, set->count - 1);
    return true;
}

bool vt_workspaces_save(vt_workspaces *set, const vt_panes *panes, vt_error *error)
{
    if (set->current >= set->count) {
        return vt_error_set(error, VT_ERROR_USAGE, "no workspace is open; give this layout a name first");
    }
    vt_pane_text *text = text_of(panes, error);
    if (!text) {
        return false;
    }
    workspace *row = &set->rows[set->current];
    if (text->length == row->text->length && memcmp(text->bytes, row->text->bytes, text->length) == 0) {
        vt_pane_text_release(text);
        return true;
    }
    vt_pane_text_release(row->previous);
    row->previous = row->text;
    row->text = text;
    tell_saved(set, row);
    return true;
}

vt_panes *vt_workspaces_open(vt_workspaces *set, const char *name, const vt_layout_load *load,
                             vt_workspace_report *report, vt_error *error)
{
    vt_workspace_report seen = {.previous = false};
    workspace *row = find_row(set, name, error);
    if (!row) {
        return NULL;
    }
    vt_panes *panes = vt_layout_from_json(row->text->bytes, row->text->length, load, &seen.layout, &seen.why);
    if (!panes && row->previous) {
        panes = vt_layout_from_json(row->previous->bytes, row->previous->length, load, &seen.layout, NULL);
        seen.previous = true;
    }
    if (!panes) {
        vt_error_set(error, seen.why.code, "%s", seen.why.message);
        return NULL;
    }
    if (seen.previous) { /* or saving would keep the broken one as the one before */
        vt_pane_text_release(row->text);
        row->text = row->previous;
        row->previous = NULL;
    }
    make_current(set, (size_t)(row - set->rows));
    if (report) {
        *report = seen;
    }
    return panes;
}

bool vt_workspaces_duplicate(vt_workspaces *set, const char *name, const char *copy, vt_error *error)
{
    const workspace *row = find_row(set, name, error);
    vt_pane_text *accepted = row ? accept_name(set, copy, error) : NULL;
    if (!accepted) {
        return false;
    }
    set->rows[set->count] = (workspace){accepted, vt_pane_text_share(row->text), NULL};
    tell_saved(set, &set->rows[set->count++]);
    return true;
}

bool vt_workspaces_rename(vt_workspaces *set, const char *name, const char *new_name, vt_error *error)
{
    workspace *row = find_row(set, name, error);
    if (!row || strcmp(name, new_name) == 0) {
        return row != NULL;
    }
    if (find(set, new_name) < set->count) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "there is a workspace '%.100s' already; choose another name", new_name);
    }
    vt_pane_text *accepted = vt_panes_name_create(new_name, strlen(new_name), "workspace", error);
    if (!accepted) {
        return false;
    }
    vt_pane_text *old = row->name;
    row->name = accepted;
    if (set->store.rename) {
        set->store.rename(set->store.user, old->bytes, accepted->bytes);
    }
    vt_pane_text_release(old);
    return true;
}

bool vt_workspaces_remove(vt_workspaces *set, const char *name, vt_error *error)
{
    workspace *row = find_row(set, name, error);
    if (!row) {
        return false;
    }
    size_t index = (size_t)(row - set->rows);
    if (index == set->current) {
        return vt_error_set(error, VT_ERROR_USAGE, "the workspace '%.100s' is open; open another one first",
                            name);
    }
    workspace gone = *row;
    set->count--;
    memmove(row, row + 1, (set->count - index) * sizeof *row);
    if (set->current != SIZE_MAX && set->current > index) {
        set->current--;
    }
    if (set->store.remove) {
        set->store.remove(set->store.user, gone.name->bytes);
    }
    release_row(&gone);
    return true;
}

/* ---- linked panes ---- */

size_t vt_panes_linked(const vt_panes *panes, vt_pane_id pane, vt_pane_id *ids, size_t most)
{
    uint32_t node = vt_panes_node_of(panes, pane);
    unsigned link = node == VT_NODE_NONE ? 0 : panes->nodes[node].pane.link;
    size_t count = 0;
    for (uint32_t i = 0; link != 0 && i < panes->used; i++) {
        if (i != node && panes->nodes[i].pane.provider && panes->nodes[i].pane.link == link) {
            if (count < most) {
                ids[count] = panes->nodes[i].pane.id;
            }
            count++;
        }
    }
    return count;
}
