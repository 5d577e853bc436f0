#include "core/sidecar/sidecar_merge.h"

#include <stdlib.h>
#include <string.h>

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a side-car");
    return false;
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

void vt_sidecar_values_free(vt_sidecar_values *values)
{
    free(values->title);
    free(values->notes);
    vt_sidecar_tags_free(&values->tags);
    *values = (vt_sidecar_values){0};
}

uint32_t vt_sidecar_values_differ(const vt_sidecar_values *a, const vt_sidecar_values *b)
{
    uint32_t fields = 0;
    fields |= a->rating != b->rating ? VT_SIDECAR_RATING : 0U;
    fields |= a->label != b->label ? VT_SIDECAR_LABEL : 0U;
    fields |= same_text(a->title, b->title) ? 0U : VT_SIDECAR_TITLE;
    fields |= same_text(a->notes, b->notes) ? 0U : VT_SIDECAR_NOTES;
    fields |= vt_sidecar_tags_same(&a->tags, &b->tags) ? 0U : VT_SIDECAR_TAGS;
    return fields;
}

static bool take_text(char **to, const char *from, vt_error *error)
{
    char *copy = from ? strdup(from) : NULL;
    if (from && !copy) {
        return no_memory(error);
    }
    free(*to);
    *to = copy;
    return true;
}

/* Adds those of `from` that are not in `except` (NULL: none). */
static bool add_tags(vt_sidecar_tags *to, const vt_sidecar_tags *from, const vt_sidecar_tags *except,
                     vt_error *error)
{
    bool done = true;
    for (size_t i = 0; done && i < from->count; i++) {
        done = (except && vt_sidecar_tags_has(except, from->list[i])) ||
               vt_sidecar_tags_add(to, from->list[i], error);
    }
    return done;
}

static bool take_tags(vt_sidecar_tags *to, const vt_sidecar_tags *from, vt_error *error)
{
    vt_sidecar_tags copy = {0};
    if (!add_tags(&copy, from, NULL, error)) {
        vt_sidecar_tags_free(&copy);
        return false;
    }
    vt_sidecar_tags_free(to);
    *to = copy;
    return true;
}

bool vt_sidecar_values_take(vt_sidecar_values *to, const vt_sidecar_values *from, uint32_t fields,
                            vt_error *error)
{
    to->rating = fields & VT_SIDECAR_RATING ? from->rating : to->rating;
    to->label = fields & VT_SIDECAR_LABEL ? from->label : to->label;
    return (!(fields & VT_SIDECAR_TITLE) || take_text(&to->title, from->title, error)) &&
           (!(fields & VT_SIDECAR_NOTES) || take_text(&to->notes, from->notes, error)) &&
           (!(fields & VT_SIDECAR_TAGS) || take_tags(&to->tags, &from->tags, error));
}

bool vt_sidecar_values_copy(vt_sidecar_values *to, const vt_sidecar_values *from, vt_error *error)
{
    *to = (vt_sidecar_values){0};
    if (vt_sidecar_values_take(to, from, VT_SIDECAR_ALL_FIELDS, error)) {
        return true;
    }
    vt_sidecar_values_free(to);
    return false;
}

/* Ours without what they have taken away, and what they have added. */
static bool merge_tags(const vt_sidecar_tags *agreed, const vt_sidecar_tags *ours,
                       const vt_sidecar_tags *theirs, vt_sidecar_tags *now, vt_error *error)
{
    vt_sidecar_tags removed = {0};
    bool done = add_tags(&removed, agreed, theirs, error) && add_tags(now, ours, &removed, error) &&
                add_tags(now, theirs, agreed, error);
    vt_sidecar_tags_free(&removed);
    return done;
}

static bool set_tags(vt_sidecar_merged *merged, const vt_sidecar_values *agreed,
                     const vt_sidecar_values *ours, const vt_sidecar_values *theirs, vt_error *error)
{
    vt_sidecar_tags now = {0};
    if (!merge_tags(&agreed->tags, &ours->tags, &theirs->tags, &now, error)) {
        vt_sidecar_tags_free(&now);
        return false;
    }
    vt_sidecar_tags_free(&merged->now.tags);
    merged->now.tags = now;
    return true;
}

bool vt_sidecar_merge(const vt_sidecar_values *agreed, const vt_sidecar_values *ours,
                      const vt_sidecar_values *theirs, uint32_t readable, vt_sidecar_merged *merged,
                      vt_error *error)
{
    *merged = (vt_sidecar_merged){0};
    uint32_t we = vt_sidecar_values_differ(agreed, ours);
    uint32_t they = vt_sidecar_values_differ(agreed, theirs) & readable;
    uint32_t apart = vt_sidecar_values_differ(ours, theirs);
    uint32_t singles = VT_SIDECAR_ALL_FIELDS & ~(uint32_t)VT_SIDECAR_TAGS;
    merged->conflicts = we & they & apart & singles;
    uint32_t follow = they & ~we & singles;
    if (!vt_sidecar_values_copy(&merged->now, ours, error) ||
        !vt_sidecar_values_copy(&merged->agreed, agreed, error) ||
        !vt_sidecar_values_take(&merged->now, theirs, follow, error) ||
        !vt_sidecar_values_take(&merged->agreed, theirs, readable & ~merged->conflicts, error) ||
        ((readable & VT_SIDECAR_TAGS) && !set_tags(merged, agreed, ours, theirs, error))) {
        return false;
    }
    merged->taken = vt_sidecar_values_differ(&merged->now, ours);
    /* What cannot be read is written only if the user has changed it. */
    uint32_t unread = we & ~readable;
    merged->ahead =
        ((vt_sidecar_values_differ(&merged->now, theirs) & readable) | unread) & ~merged->conflicts;
    return true;
}

void vt_sidecar_merged_free(vt_sidecar_merged *merged)
{
    vt_sidecar_values_free(&merged->now);
    vt_sidecar_values_free(&merged->agreed);
}
