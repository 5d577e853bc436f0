#include "core/layout/groups.h"

#include "core/base/str.h"
#include "core/layout/tree_private.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

vt_panes_group_record *vt_panes_group_by_id(const vt_panes *panes, vt_pane_id id)
{
    for (size_t i = 0; id != 0 && i < panes->group_count; i++) {
        if (panes->groups[i].id == id) {
            return (vt_panes_group_record *)&panes->groups[i];
        }
    }
    return NULL;
}

static vt_panes_group_record *group_or_error(const vt_panes *panes, vt_pane_id id, vt_error *error)
{
    vt_panes_group_record *group = vt_panes_group_by_id(panes, id);
    if (!group) {
        vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no group %" PRIu32 " any more", id);
    }
    return group;
}

bool vt_panes_is_hidden(const vt_panes *panes, uint32_t pane)
{
    const vt_panes_group_record *group = vt_panes_group_by_id(panes, panes->nodes[pane].pane.group);
    return group && group->collapsed;
}

static bool is_member(const vt_panes *panes, uint32_t node, vt_pane_id group)
{
    return panes->nodes[node].pane.provider && panes->nodes[node].pane.group == group;
}

static size_t members_of(const vt_panes *panes, vt_pane_id group)
{
    size_t count = 0;
    for (uint32_t i = 0; i < panes->used; i++) {
        count += is_member(panes, i, group);
    }
    return count;
}

/* ---- looking ---- */

size_t vt_panes_group_count(const vt_panes *panes)
{
    return panes->group_count;
}

bool vt_panes_group_at(const vt_panes *panes, size_t index, vt_panes_group *group)
{
    return index < panes->group_count && vt_panes_find_group(panes, panes->groups[index].id, group);
}

bool vt_panes_find_group(const vt_panes *panes, vt_pane_id id, vt_panes_group *group)
{
    const vt_panes_group_record *found = vt_panes_group_by_id(panes, id);
    if (found) {
        *group = (vt_panes_group){id, found->name->bytes, found->collapsed, members_of(panes, id)};
    }
    return found != NULL;
}

/* ---- names ---- */

static bool name_is_taken(const vt_panes *panes, const vt_pane_text *name, const vt_panes_group_record *but)
{
    for (size_t i = 0; i < panes->group_count; i++) {
        if (&panes->groups[i] != but && strcmp(panes->groups[i].name->bytes, name->bytes) == 0) {
            return true;
        }
    }
    return false;
}

/* The name as a text of its own, if it can be that of this group (NULL: of a new one). */
static vt_pane_text *accept_name(const vt_panes *panes, const char *name, const vt_panes_group_record *of,
                                 vt_error *error)
{
    vt_pane_text *text = vt_panes_name_create(name, strlen(name), "group", error);
    if (text && name_is_taken(panes, text, of)) {
        vt_error_set(error, VT_ERROR_USAGE, "there is a group '%.100s' already; choose another name", name);
        vt_pane_text_release(text);
        return NULL;
    }
    return text;
}

static bool room_for_groups(const vt_panes *panes, size_t count, vt_error *error)
{
    if (count > VT_PANES_GROUPS_MAX - panes->group_count) {
        return vt_error_set(error, VT_ERROR_LIMIT, "more than %d groups; dissolve some", VT_PANES_GROUPS_MAX);
    }
    return true;
}

bool vt_panes_group_create(vt_panes *panes, const char *name, vt_pane_id *group, vt_error *error)
{
    vt_pane_text *text = room_for_groups(panes, 1, error) ? accept_name(panes, name, NULL, error) : NULL;
    if (!text) {
        return false;
    }
    vt_panes_group_record *made = &panes->groups[panes->group_count++];
    *made = (vt_panes_group_record){.id = panes->next_id++, .name = text};
    if (group) {
        *group = made->id;
    }
    return true;
}

bool vt_panes_group_rename(vt_panes *panes, vt_pane_id group, const char *name, vt_error *error)
{
    vt_panes_group_record *found = group_or_error(panes, group, error);
    vt_pane_text *text = found ? accept_name(panes, name, found, error) : NULL;
    if (text) {
        vt_pane_text_release(found->name);
        found->name = text;
    }
    return text != NULL;
}

/* ---- members ---- */

static void set_shown(vt_panes *panes, uint32_t pane, bool shown)
{
    vt_node *node = &panes->nodes[pane];
    if ((node->shown > 0) == shown) {
        return;
    }
    vt_panes_count_shown(panes, pane, shown ? 1 : -1);
    vt_panes_window_record *window = vt_panes_window_of(panes, pane);
    vt_panes_touch(window);
    if (!shown && window->seen.maximised == node->pane.id) {
        window->seen.maximised = 0;
    }
}

void vt_panes_expand(vt_panes *panes, vt_panes_group_record *group)
{
    group->collapsed = false;
    for (uint32_t i = 0; i < panes->used; i++) {
        if (is_member(panes, i, group->id)) {
            set_shown(panes, i, true);
        }
    }
}

static bool would_show_nothing(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_USAGE,
                        "a window would show nothing; it needs a pane outside the group");
}

bool vt_panes_set_group(vt_panes *panes, vt_pane_id pane, vt_pane_id group, vt_error *error)
{
    uint32_t node = vt_panes_pane_of(panes, pane, error);
    const vt_panes_group_record *found = group ? vt_panes_group_by_id(panes, group) : NULL;
    if (node == VT_NODE_NONE || (group && !(found = group_or_error(panes, group, error)))) {
        return false;
    }
    bool shown = !found || !found->collapsed;
    if (!shown && panes->nodes[node].shown > 0 && panes->nodes[vt_panes_root_of(panes, node)].shown == 1) {
        return would_show_nothing(error);
    }
    panes->nodes[node].pane.group = group;
    set_shown(panes, node, shown);
    return true;
}

bool vt_panes_group_collapse(vt_panes *panes, vt_pane_id group, bool collapsed, vt_error *error)
{
    vt_panes_group_record *found = group_or_error(panes, group, error);
    if (!found || found->collapsed == collapsed) {
        return found != NULL;
    }
    if (!collapsed) {
        vt_panes_expand(panes, found);
        return true;
    }
    uint32_t left[VT_PANES_WINDOWS_MAX];
    for (size_t i = 0; i < panes->window_count; i++) {
        left[i] = panes->nodes[panes->windows[i].root].shown;
    }
    for (uint32_t i = 0; i < panes->used; i++) {
        if (is_member(panes, i, group) && --left[vt_panes_window_of(panes, i) - panes->windows] == 0) {
            return would_show_nothing(error);
        }
    }
    found->collapsed = true;
    for (uint32_t i = 0; i < panes->used; i++) {
        if (is_member(panes, i, group)) {
            set_shown(panes, i, false);
        }
    }
    return true;
}

static void drop_group(vt_panes *panes, vt_panes_group_record *group)
{
    vt_pane_text_release(group->name);
    panes->group_count--;
    memmove(group, group + 1, (size_t)(&panes->groups[panes->group_count] - group) * sizeof *group);
}

bool vt_panes_group_dissolve(vt_panes *panes, vt_pane_id group, vt_error *error)
{
    vt_panes_group_record *found = group_or_error(panes, group, error);
    if (!found) {
        return false;
    }
    vt_panes_expand(panes, found);
    for (uint32_t i = 0; i < panes->used; i++) {
        if (is_member(panes, i, group)) {
            panes->nodes[i].pane.group = 0;
        }
    }
    drop_group(panes, found);
    return true;
}

bool vt_panes_group_close(vt_panes *panes, vt_pane_id group, vt_error *error)
{
    if (!group_or_error(panes, group, error)) {
        return false;
    }
    uint32_t pane = vt_panes_first_leaf(panes, panes->windows[0].root);
    while (pane != VT_NODE_NONE && is_member(panes, pane, group)) {
        pane = vt_panes_next_leaf(panes, pane);
    }
    if (pane == VT_NODE_NONE) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "every pane of the main window is in this group; one of them has to stay");
    }
    for (uint32_t i = 0; i < panes->used; i++) {
        if (is_member(panes, i, group)) {
            vt_panes_close(panes, panes->nodes[i].pane.id, NULL);
        }
    }
    drop_group(panes, vt_panes_group_by_id(panes, group));
    return true;
}

/* ---- taking out and putting back ---- */

typedef struct copy_job {
    const vt_panes *from;
    vt_panes *to;             /* has room for all */
    vt_pane_id only;          /* panes of this group; 0: all */
    bool keep_ids;            /* else new ones */
    const vt_pane_id *groups; /* the new id for each group of `from` */
} copy_job;

static vt_pane_id new_group(const copy_job *job, vt_pane_id old)
{
    const vt_panes_group_record *found = vt_panes_group_by_id(job->from, old);
    return found ? job->groups[found - job->from->groups] : 0;
}

static uint32_t copy_pane(const copy_job *job, const vt_node *from)
{
    if (job->only && from->pane.group != job->only) {
        return VT_NODE_NONE;
    }
    uint32_t made = vt_panes_add_node(job->to, job->keep_ids ? from->pane.id : 0,
                                      vt_pane_text_share(from->pane.provider));
    vt_node *node = &job->to->nodes[made];
    node->pane.state = vt_pane_text_share(from->pane.state);
    node->pane.link = from->pane.link;
    node->pane.group = new_group(job, from->pane.group);
    node->shown = !vt_panes_is_hidden(job->to, made);
    return made;
}

static void add_child(vt_panes *panes, uint32_t split, uint32_t child)
{
    vt_panes_link_after(panes, child, split, panes->nodes[split].last);
    vt_panes_count_shown(panes, split, (int32_t)panes->nodes[child].shown);
    vt_panes_merge(panes, child);
}

/* The copy of a node, linked nowhere; of a split of which one child was copied, that child. */
static uint32_t copy_tree(const copy_job *job, uint32_t node)
{
    const vt_node *from = &job->from->nodes[node];
    uint32_t made = VT_NODE_NONE;
    if (from->pane.provider) {
        made = copy_pane(job, from);
    }
    bool split = false;
    for (uint32_t i = from->first; i != VT_NODE_NONE; i = job->from->nodes[i].after) {
        uint32_t child = copy_tree(job, i);
        if (child == VT_NODE_NONE) {
            continue;
        }
        if (made != VT_NODE_NONE && !split) {
            uint32_t first = made;
            made = vt_panes_add_node(job->to, job->keep_ids ? from->pane.id : 0, NULL);
            job->to->nodes[made].axis = from->axis;
            add_child(job->to, made, first);
            split = true;
        }
        if (split) {
            add_child(job->to, made, child);
        } else {
            made = child;
        }
    }
    if (split) {
        vt_panes_normalise(job->to, made);
    }
    if (made != VT_NODE_NONE) {
        job->to->nodes[made].share = from->share;
        job->to->nodes[made].room_after = from->room_after;
    }
    return made;
}

static unsigned deepest(const vt_panes *panes)
{
    unsigned most = 0;
    for (uint32_t i = 0; i < panes->used; i++) {
        if (panes->nodes[i].pane.provider) {
            unsigned depth = vt_panes_depth_of(panes, i);
            most = depth > most ? depth : most;
        }
    }
    return most;
}

static bool too_deep(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_LIMIT, "panes would be nested more than %d deep", VT_PANES_DEPTH_MAX);
}

vt_panes *vt_panes_pick(const vt_panes *panes, vt_pane_id group, vt_error *error)
{
    const vt_panes_group_record *found = group_or_error(panes, group, error);
    if (!found) {
        return NULL;
    }
    if (members_of(panes, group) == 0) {
        vt_error_set(error, VT_ERROR_USAGE, "the group '%.100s' has no panes", found->name->bytes);
        return NULL;
    }
    vt_panes *picked = vt_panes_new(error);
    if (!picked || !vt_panes_reserve(picked, panes->used + VT_PANES_WINDOWS_MAX, error)) {
        vt_panes_free(picked);
        return NULL;
    }
    vt_pane_id groups[VT_PANES_GROUPS_MAX] = {0};
    groups[found - panes->groups] = group;
    picked->groups[picked->group_count++] =
        (vt_panes_group_record){.id = group, .name = vt_pane_text_share(found->name)};
    picked->next_id = panes->next_id;
    const copy_job job = {panes, picked, group, true, groups};
    for (size_t i = 0; i < panes->window_count; i++) {
        uint32_t root = copy_tree(&job, panes->windows[i].root);
        if (root == VT_NODE_NONE) {
            continue;
        }
        picked->nodes[root].share = 1;
        picked->nodes[root].room_after = false;
        if (picked->window_count == 0) {
            vt_panes_add_window(picked, 0, root);
        } else {
            vt_panes_insert(picked, root, picked->windows[0].root, VT_PANE_RIGHT, 0);
            vt_panes_merge(picked, root);
        }
    }
    if (deepest(picked) > VT_PANES_DEPTH_MAX) {
        too_deep(error);
        vt_panes_free(picked);
        return NULL;
    }
    return picked;
}

/* A text of NAME, or of NAME 2, NAME 3 ... */
static vt_pane_text *free_name(const vt_panes *panes, const vt_pane_text *wanted)
{
    char name[VT_PANES_NAME_MAX + 16];
    size_t cut = wanted->length > VT_PANES_NAME_MAX - 5 ? vt_utf8_cut(wanted->bytes, VT_PANES_NAME_MAX - 5)
                                                        : wanted->length;
    vt_pane_text *text = vt_pane_text_create(wanted->bytes, wanted->length);
    for (unsigned number = 2; text && name_is_taken(panes, text, NULL); number++) {
        vt_pane_text_release(text);
        int length = snprintf(name, sizeof name, "%.*s %u", (int)cut, wanted->bytes, number);
        text = vt_pane_text_create(name, (size_t)length);
    }
    return text;
}

/* Groups for those of another layout, and their ids. On failure none stays. */
static bool graft_groups(vt_panes *panes, const vt_panes *other, vt_pane_id *ids, vt_error *error)
{
    size_t before = panes->group_count;
    if (!room_for_groups(panes, other->group_count, error)) {
        return false;
    }
    for (size_t i = 0; i < other->group_count; i++) {
        vt_pane_text *name = free_name(panes, other->groups[i].name);
        if (!name) {
            while (panes->group_count > before) {
                drop_group(panes, &panes->groups[panes->group_count - 1]);
            }
            return vt_panes_no_memory(error);
        }
        ids[i] = panes->next_id++;
        panes->groups[panes->group_count++] =
            (vt_panes_group_record){ids[i], name, other->groups[i].collapsed};
    }
    return true;
}

bool vt_panes_graft(vt_panes *panes, const vt_panes *other, vt_pane_id target, vt_pane_side side,
                    vt_pane_id *first, vt_error *error)
{
    uint32_t beside = vt_panes_node_of(panes, target);
    if (beside == VT_NODE_NONE || side >= VT_PANE_CENTRE) {
        return vt_error_set(error, beside == VT_NODE_NONE ? VT_ERROR_NOT_FOUND : VT_ERROR_USAGE,
                            "panes are put at one of the four sides of a pane or split that is there");
    }
    if (panes->pane_count + other->pane_count > VT_PANES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "there would be more than %d panes; close some",
                            VT_PANES_MAX);
    }
    /* Each tree comes one or two splits deeper than the target; where the target wraps, so does what is in
     * it. */
    if (vt_panes_depth_of(panes, beside) + deepest(other) + 2 > VT_PANES_DEPTH_MAX ||
        !vt_panes_depth_allows(panes, beside, side, NULL)) {
        return too_deep(error);
    }
    vt_pane_id groups[VT_PANES_GROUPS_MAX];
    if (!vt_panes_reserve(panes, other->used + VT_PANES_WINDOWS_MAX, error) ||
        !graft_groups(panes, other, groups, error)) {
        return false;
    }
    const copy_job job = {other, panes, 0, false, groups};
    for (size_t i = 0; i < other->window_count; i++) {
        uint32_t root = copy_tree(&job, other->windows[i].root);
        if (i == 0 && first) {
            *first = panes->nodes[vt_panes_first_leaf(panes, root)].pane.id;
        }
        vt_panes_insert(panes, root, beside, side, 0);
        vt_panes_merge(panes, root);
    }
    vt_panes_window_record *window = vt_panes_window_of(panes, beside);
    window->seen.maximised = 0;
    vt_panes_touch(window);
    return true;
}
