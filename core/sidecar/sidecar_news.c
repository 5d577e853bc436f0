#include "core/sidecar/sidecar_news.h"

#include <string.h>

/* A word that is a level of a tag both have is no tag of its own (core/sidecar/sidecar_tags.h). */
static bool is_level(const vt_sidecar_tags *agreed, const char *tag)
{
    return !strchr(tag, '/') && !vt_sidecar_tags_has(agreed, tag) && vt_sidecar_tags_has_level(agreed, tag);
}

/* Agreed ones that neither has taken away, then what each has added. */
static bool take_tags(const vt_sidecar_tags *agreed, const vt_sidecar_values *before,
                      const vt_sidecar_saying *now, vt_sidecar_tags *to, vt_error *error)
{
    bool done = true;
    for (size_t i = 0; done && i < agreed->count; i++) {
        const char *tag = agreed->list[i];
        bool removed = false;
        for (int k = 0; k < VT_SIDECAR_NAMES; k++) {
            removed = removed || (vt_sidecar_tags_has(&before[k].tags, tag) &&
                                  !vt_sidecar_tags_has(&now[k].values.tags, tag));
        }
        done = removed || vt_sidecar_tags_add(to, tag, error);
    }
    for (int k = 0; k < VT_SIDECAR_NAMES; k++) {
        const vt_sidecar_tags *tags = &now[k].values.tags;
        for (size_t i = 0; done && i < tags->count; i++) {
            const char *tag = tags->list[i];
            done = vt_sidecar_tags_has(&before[k].tags, tag) || is_level(agreed, tag) ||
                   vt_sidecar_tags_add(to, tag, error);
        }
    }
    return done;
}

bool vt_sidecar_news(const vt_sidecar_values *agreed, const vt_sidecar_values *before,
                     const vt_sidecar_saying *now, vt_sidecar_name newer, vt_sidecar_saying *theirs,
                     vt_error *error)
{
    const uint32_t singles = VT_SIDECAR_ALL_FIELDS & ~(uint32_t)VT_SIDECAR_TAGS;
    const vt_sidecar_name order[VT_SIDECAR_NAMES] = {VT_SIDECAR_NAMES - 1 - newer, newer};
    bool done = vt_sidecar_values_take(&theirs->values, agreed, singles, error);
    theirs->readable = VT_SIDECAR_ALL_FIELDS;
    for (int i = 0; done && i < VT_SIDECAR_NAMES; i++) {
        const vt_sidecar_saying *one = &now[order[i]];
        uint32_t changed = vt_sidecar_values_differ(&before[order[i]], &one->values) & singles;
        done = vt_sidecar_values_take(&theirs->values, &one->values, changed, error);
        theirs->readable = (theirs->readable & ~changed) | (one->readable & changed);
    }
    return done && take_tags(&agreed->tags, before, now, &theirs->values.tags, error);
}

bool vt_sidecar_news_keep(const vt_sidecar_values *before, const vt_sidecar_saying *now, uint32_t open,
                          vt_sidecar_values *to, vt_error *error)
{
    bool done = true;
    for (int k = 0; done && k < VT_SIDECAR_NAMES; k++) {
        done = vt_sidecar_values_take(&to[k], &before[k], open, error) &&
               vt_sidecar_values_take(&to[k], &now[k].values, VT_SIDECAR_ALL_FIELDS & ~open, error);
    }
    return done;
}
