#include "app/ui/sidebar/saved_filters.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static size_t place_of(const vt_saved_filters *saved, const char *name, bool *found)
{
    size_t at = 0;
    while (at < saved->count && strcasecmp(saved->list[at].name, name) < 0) {
        at++;
    }
    *found = at < saved->count && strcasecmp(saved->list[at].name, name) == 0;
    return at;
}

bool vt_saved_filters_put(vt_saved_filters *saved, const char *name, const char *text)
{
    bool found;
    size_t at = place_of(saved, name, &found);
    if (!*name || !*text || (!found && saved->count == VT_SAVED_FILTERS_MAX)) {
        return false;
    }
    vt_saved_filter fresh = {strdup(name), strdup(text)};
    if (!fresh.name || !fresh.text) {
        free(fresh.name);
        free(fresh.text);
        return false;
    }
    if (found) {
        free(saved->list[at].name);
        free(saved->list[at].text);
    } else {
        memmove(&saved->list[at + 1], &saved->list[at], (saved->count - at) * sizeof *saved->list);
        saved->count++;
    }
    saved->list[at] = fresh;
    return true;
}

void vt_saved_filters_remove(vt_saved_filters *saved, const char *name)
{
    bool found;
    size_t at = place_of(saved, name, &found);
    if (found) {
        free(saved->list[at].name);
        free(saved->list[at].text);
        saved->count--;
        memmove(&saved->list[at], &saved->list[at + 1], (saved->count - at) * sizeof *saved->list);
    }
}

const vt_saved_filter *vt_saved_filters_find(const vt_saved_filters *saved, const char *name)
{
    bool found;
    size_t at = place_of(saved, name, &found);
    return found ? &saved->list[at] : NULL;
}

bool vt_saved_filters_copy(const vt_saved_filters *saved, vt_saved_filters *copy)
{
    copy->count = 0;
    for (size_t i = 0; i < saved->count; i++) {
        if (!vt_saved_filters_put(copy, saved->list[i].name, saved->list[i].text)) {
            vt_saved_filters_clear(copy);
            return false;
        }
    }
    return true;
}

void vt_saved_filters_clear(vt_saved_filters *saved)
{
    for (size_t i = 0; i < saved->count; i++) {
        free(saved->list[i].name);
        free(saved->list[i].text);
    }
    saved->count = 0;
}
