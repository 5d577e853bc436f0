#include "core/import/offline.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/scan/folder.h"

#include <stdlib.h>
#include <string.h>

/* Files looked for; one that is there as it was tells that the library is. */
#define SAMPLE 16

typedef struct sought {
    bool any, found;
} sought;

static bool look_for(void *user, const vt_item *item)
{
    sought *of = user;
    struct stat facts;
    of->any = true;
    of->found = vt_place_stat(item->path, item->path_length, &facts) && facts.st_size == item->size &&
                (int64_t)facts.st_mtim.tv_sec * VT_NS_PER_S + facts.st_mtim.tv_nsec == item->mtime_ns;
    return !of->found;
}

bool vt_root_look(vt_catalog_reader *reader, const vt_root *root, vt_presence *presence, vt_volume *now,
                  vt_error *error)
{
    *presence = VT_PRESENCE_HERE;
    if (!vt_volume_of(root->path, now, NULL) || vt_volume_is(now, root->mount, root->volume)) {
        return true;
    }
    sought of = {0};
    if (!vt_roots_sample(reader, root->path, SAMPLE, look_for, &of, error)) {
        return false;
    }
    *presence = of.found || !of.any ? VT_PRESENCE_MOVED : VT_PRESENCE_AWAY;
    return true;
}

typedef struct entry {
    struct entry *next;
    vt_presence presence;
    char path[];
} entry;

struct vt_offline {
    vt_catalog_reader *reader; /* borrowed */
    entry *entries;
    int64_t looked_ns; /* 0: never */
    vt_error fault;    /* of the look under way */
};

vt_offline *vt_offline_create(vt_catalog_reader *reader, vt_error *error)
{
    vt_offline *offline = calloc(1, sizeof *offline);
    if (!offline) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    offline->reader = reader;
    return offline;
}

static void clear(vt_offline *offline)
{
    while (offline->entries) {
        entry *next = offline->entries->next;
        free(offline->entries);
        offline->entries = next;
    }
}

void vt_offline_free(vt_offline *offline)
{
    if (offline) {
        clear(offline);
        free(offline);
    }
}

static bool take_root(void *user, const vt_root *root)
{
    vt_offline *offline = user;
    size_t length = strlen(root->path);
    entry *fresh = malloc(sizeof *fresh + length + 1);
    if (!fresh) {
        return vt_error_set(&offline->fault, VT_ERROR_MEMORY, "out of memory");
    }
    memcpy(fresh->path, root->path, length + 1);
    vt_volume now = {0};
    bool done = vt_root_look(offline->reader, root, &fresh->presence, &now, &offline->fault);
    vt_volume_clear(&now);
    fresh->next = offline->entries;
    offline->entries = fresh;
    return done;
}

bool vt_offline_refresh(vt_offline *offline, int64_t age_ns, vt_error *error)
{
    int64_t now = vt_clock_now();
    if (offline->looked_ns && now - offline->looked_ns < age_ns) {
        return true;
    }
    clear(offline);
    vt_error_clear(&offline->fault);
    bool done = vt_catalog_reader_each_root(offline->reader, take_root, offline, &offline->fault) &&
                offline->fault.code == VT_ERROR_NONE;
    offline->looked_ns = vt_clock_now();
    if (!done && error) {
        *error = offline->fault;
    }
    return done;
}

bool vt_offline_covers(const vt_offline *offline, const char *path)
{
    bool covers = false;
    for (const entry *at = offline->entries; at && !covers; at = at->next) {
        covers = at->presence == VT_PRESENCE_AWAY && vt_path_is_below(path, at->path);
    }
    return covers;
}

bool vt_offline_knows(const vt_offline *offline, const char *path)
{
    bool knows = false;
    for (const entry *at = offline->entries; at && !knows; at = at->next) {
        knows = at->presence == VT_PRESENCE_HERE && vt_path_is_below(path, at->path);
    }
    return knows;
}
