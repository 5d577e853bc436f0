#include "core/import/relink_private.h"

#include "core/import/fingerprint.h"
#include "core/scan/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool vt_relink_is_gone(const char *path, size_t length)
{
    struct stat facts;
    return !vt_place_stat(path, length, &facts) && (errno == ENOENT || errno == ENOTDIR);
}

bool vt_relink_no_memory(vt_relinking *at)
{
    return vt_error_set(&at->fault, VT_ERROR_MEMORY, "out of memory while looking for files");
}

bool vt_relink_look_at(vt_relinking *at, const char *folder, const char *name, size_t length)
{
    const vt_relink *relink = at->relink;
    size_t below = strlen(relink->folder);
    vt_str_clear(&at->path);
    vt_str_append_cstr(&at->path, folder);
    if (at->path.length > 1) {
        vt_str_append_char(&at->path, '/');
    }
    vt_str_append(&at->path, name, length);
    vt_str_clear(&at->old_path);
    if (relink->old_folder && at->path.length > below) {
        vt_str_append_cstr(&at->old_path, relink->old_folder);
        vt_str_append_cstr(&at->old_path, at->path.data + below);
    }
    return !(at->path.failed || at->old_path.failed) || vt_relink_no_memory(at);
}

/* How many of the last components two paths have in common. */
static int common_tail(const char *a, const char *b)
{
    size_t i = strlen(a);
    size_t j = strlen(b);
    int components = 0;
    while (i > 0 && j > 0 && a[i - 1] == b[j - 1]) {
        components += a[i - 1] == '/';
        i--;
        j--;
    }
    return components;
}

void vt_relink_weigh(vt_relink_choice *best, vt_sought *item, vt_evidence evidence, const char *path)
{
    int tail = common_tail(item->path, path);
    if (best->item && (evidence > best->evidence || (evidence == best->evidence && tail < best->tail))) {
        return;
    }
    bool same = best->item && evidence == best->evidence && tail == best->tail;
    best->rivals = same ? best->rivals + 1 : 0;
    *best = (vt_relink_choice){item, evidence, tail, best->rivals};
}

uint64_t vt_relink_read_fingerprint(vt_relinking *at, const vt_str *path, int64_t size)
{
    vt_place place;
    uint64_t fingerprint = 0;
    if (!vt_place_open(path->data, path->length, &place)) {
        return 0;
    }
    int fd = openat(place.folder, place.name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    struct stat facts;
    if (fd >= 0 && fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode) && facts.st_size == size) {
        fingerprint = vt_fingerprint_of(fd, size);
        at->relink->figures.read++;
    }
    if (fd >= 0) {
        close(fd);
    }
    vt_place_close(&place);
    return fingerprint;
}

bool vt_relink_add_doubt(vt_relinking *at, const char *path, int64_t items)
{
    vt_relink *relink = at->relink;
    size_t count = (size_t)relink->figures.doubts;
    if (count == relink->doubt_capacity) {
        size_t capacity = count ? count * 2 : 64;
        vt_relink_doubt *larger = realloc(relink->doubts, capacity * sizeof *larger);
        if (!larger) {
            return vt_relink_no_memory(at);
        }
        relink->doubts = larger;
        relink->doubt_capacity = capacity;
    }
    const char *copy = vt_arena_copy(relink->arena, path, strlen(path));
    relink->doubts[count] = (vt_relink_doubt){copy, items};
    relink->figures.doubts += copy != NULL;
    return copy || vt_relink_no_memory(at);
}

bool vt_relink_settle(vt_relinking *at, const vt_scan_file *file, const vt_relink_choice *best)
{
    vt_sought *item = best->item;
    if (!item) {
        return true;
    }
    if (best->rivals > 0) {
        return vt_relink_add_doubt(at, at->path.data, best->rivals + 1);
    }
    if (item->to && item->evidence < best->evidence) {
        return true; /* a copy of what was found */
    }
    if (item->to && item->evidence == best->evidence) {
        int before = common_tail(item->path, item->to);
        if (before > best->tail) {
            return true;
        }
        if (before == best->tail) {
            item->doubtful = true;
            return vt_relink_add_doubt(at, at->path.data, 1);
        }
    }
    item->doubtful = false;
    item->evidence = best->evidence;
    item->facts.mtime_ns = file->mtime_ns;
    item->facts.ctime_ns = file->ctime_ns;
    item->facts.dev = file->dev;
    item->facts.ino = file->ino;
    item->to = vt_arena_copy(at->relink->arena, at->path.data, at->path.length);
    return item->to || vt_relink_no_memory(at);
}
