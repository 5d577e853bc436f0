#include "core/import/relink_private.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/scan/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is sought ---- */

static bool take_item(void *user, const vt_item *item)
{
    vt_relinking *at = user;
    vt_relink *relink = at->relink;
    bool is_sequence = item->media.kind == VT_KIND_SEQUENCE;
    vt_sought_frames *frames = NULL;
    if (is_sequence) { /* no file has its path */
        if (!vt_relink_frames_load(at, item, !at->all && !at->folder_gone, &frames)) {
            return false;
        }
        if (!frames) {
            return true;
        }
    } else if (!at->all && !at->folder_gone && !vt_relink_is_gone(item->path, item->path_length)) {
        return true;
    }
    if (relink->count == VT_RELINK_ITEMS_MAX) {
        return vt_error_set(&at->fault, VT_ERROR_LIMIT,
                            "more than %d items are not found; name the folder they were in",
                            VT_RELINK_ITEMS_MAX);
    }
    if (relink->count == relink->capacity) {
        size_t capacity = relink->capacity ? relink->capacity * 2 : 1024;
        vt_sought *larger = realloc(relink->sought, capacity * sizeof *larger);
        if (!larger) {
            return vt_relink_no_memory(at);
        }
        relink->sought = larger;
        relink->capacity = capacity;
    }
    const char *path = vt_arena_copy(relink->arena, item->path, item->path_length);
    relink->sought[relink->count] = (vt_sought){.id = item->id,
                                                .path = path,
                                                .size = item->size,
                                                .mtime_ns = item->mtime_ns,
                                                .ino = item->ino,
                                                .frames = frames};
    relink->count += path != NULL;
    return path || vt_relink_no_memory(at);
}

static bool take_folder(void *user, int64_t id, const char *path, size_t length)
{
    (void)id;
    vt_relinking *at = user;
    at->folder_gone = vt_relink_is_gone(path, length);
    return vt_identity_each_in_folder(at->identity, path, length, take_item, at, &at->fault) &&
           at->fault.code == VT_ERROR_NONE;
}

static int by_size(const void *a, const void *b)
{
    const vt_sought *one = a, *other = b;
    int order = (one->size > other->size) - (one->size < other->size);
    return order ? order : (one->mtime_ns > other->mtime_ns) - (one->mtime_ns < other->mtime_ns);
}

static int by_id(const void *a, const void *b)
{
    const vt_sought *one = *(vt_sought *const *)a, *other = *(vt_sought *const *)b;
    return (one->id > other->id) - (one->id < other->id);
}

static bool collect(vt_relinking *at)
{
    vt_relink *relink = at->relink;
    at->all = relink->old_folder == NULL;
    bool done = at->all ? vt_identity_each_missing(at->identity, 0, SIZE_MAX, take_item, at, &at->fault)
                        : vt_catalog_reader_each_folder(relink->reader, relink->old_folder, take_folder, at,
                                                        &at->fault);
    if (!done || at->fault.code != VT_ERROR_NONE) {
        return false;
    }
    relink->figures.sought = (int64_t)relink->count;
    relink->by_id = malloc((relink->count + 1) * sizeof *relink->by_id);
    if (!relink->by_id) {
        return vt_relink_no_memory(at);
    }
    if (relink->count > 0) {
        qsort(relink->sought, relink->count, sizeof *relink->sought, by_size);
    }
    for (size_t i = 0; i < relink->count; i++) {
        relink->by_id[i] = &relink->sought[i];
    }
    qsort(relink->by_id, relink->count, sizeof(vt_sought *), by_id);
    return true;
}

/* ---- what a file is ---- */

static vt_sought *find_id(const vt_relink *relink, int64_t id)
{
    size_t low = 0;
    size_t high = relink->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (relink->by_id[middle]->id < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < relink->count && relink->by_id[low]->id == id ? relink->by_id[low] : NULL;
}

/* The first that is not before size and time. */
static size_t find_size(const vt_relink *relink, int64_t size, int64_t mtime_ns)
{
    const vt_sought wanted = {.size = size, .mtime_ns = mtime_ns};
    size_t low = 0;
    size_t high = relink->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_size(&relink->sought[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void weigh_by_time(vt_relinking *at, const vt_scan_file *file, vt_relink_choice *best)
{
    vt_relink *relink = at->relink;
    for (size_t i = find_size(relink, file->size, file->mtime_ns);
         i < relink->count && relink->sought[i].size == file->size &&
         relink->sought[i].mtime_ns == file->mtime_ns;
         i++) {
        vt_sought *item = &relink->sought[i];
        if (item->frames) {
            continue; /* it is no file */
        }
        if (item->ino == file->ino) {
            vt_relink_weigh(best, item, VT_EVIDENCE_FILE, at->path.data);
        } else if (relink->old_folder && strcmp(item->path, at->old_path.data) == 0) {
            vt_relink_weigh(best, item, VT_EVIDENCE_PLACE, at->path.data);
        } else if (strcmp(vt_path_name(item->path), file->name) == 0) {
            vt_relink_weigh(best, item, VT_EVIDENCE_NAME, at->path.data);
        }
    }
}

/* Files of a size that is sought, but of another time: copied without it. */
static bool weigh_by_content(vt_relinking *at, const vt_scan_file *file, vt_relink_choice *best)
{
    vt_relink *relink = at->relink;
    size_t first = find_size(relink, file->size, INT64_MIN);
    if (file->size <= 0 || first == relink->count || relink->sought[first].size != file->size) {
        return true;
    }
    uint64_t fingerprint = vt_relink_read_fingerprint(at, &at->path, file->size);
    if (fingerprint &&
        !vt_identity_by_content(at->identity, file->size, fingerprint, &at->candidates, &at->fault)) {
        return false;
    }
    for (size_t i = 0; fingerprint && i < at->candidates.count; i++) {
        vt_sought *item = find_id(relink, at->candidates.items[i].id);
        if (item && !item->frames) {
            vt_relink_weigh(best, item, VT_EVIDENCE_CONTENT, at->path.data);
        }
    }
    best->rivals += best->item && at->candidates.more;
    vt_item there;
    if (best->item || !relink->old_folder ||
        !vt_catalog_reader_item_at(relink->reader, at->old_path.data, at->old_path.length, &there, NULL)) {
        return true;
    }
    vt_sought *item = find_id(relink, there.id);
    uint64_t known = 0;
    if (item && !item->frames && item->size == file->size &&
        vt_identity_fingerprint(at->identity, item->id, &known, &at->fault) && known == 0) {
        vt_relink_weigh(best, item, VT_EVIDENCE_SIZE, at->path.data);
    }
    return at->fault.code == VT_ERROR_NONE;
}

/* ---- the walk ---- */

static bool folder_begin(void *user, const char *path, size_t length, bool whole)
{
    (void)path;
    (void)length;
    (void)whole;
    vt_relink_frames_begin_folder(user);
    return true;
}

static bool folder_end(void *user, const char *path, size_t length, bool complete)
{
    (void)length;
    return !complete || vt_relink_frames_end_folder(user, path);
}

/* What cannot be looked at is not found. */
static bool trouble(void *user, const char *path, size_t length, const vt_error *error)
{
    (void)user;
    (void)path;
    (void)length;
    (void)error;
    return true;
}

static bool look_at(vt_relinking *at, const char *folder, const vt_scan_file *file)
{
    if (!vt_relink_look_at(at, folder, file->name, file->name_length)) {
        return false;
    }
    vt_relink_choice best = {0};
    weigh_by_time(at, file, &best);
    return (best.item || weigh_by_content(at, file, &best)) && vt_relink_settle(at, file, &best) &&
           vt_relink_frames_see(at, file);
}

static bool files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    (void)length;
    vt_relinking *at = user;
    bool on = true;
    for (size_t i = 0; i < count && on; i++) {
        at->relink->figures.files++;
        on = found[i].special || look_at(at, path, &found[i]);
    }
    return on;
}

static bool walk(vt_relinking *at, const vt_cancel *cancel)
{
    const vt_scan_visitor visitor = {folder_begin, files, folder_end, trouble, at};
    const vt_scan_options options = {.hidden = true, .cancel = cancel};
    vt_error stopped = VT_ERROR_INIT;
    vt_scan *scan = vt_scan_create(&options);
    if (!scan) {
        return vt_relink_no_memory(at);
    }
    bool done = vt_scan_walk(scan, at->relink->folder, &visitor, &stopped);
    vt_scan_free(scan);
    if (!done && at->fault.code == VT_ERROR_NONE) {
        at->fault = stopped;
    }
    return done;
}

/* ---- the result ---- */

static int by_new_path(const void *a, const void *b)
{
    const vt_sought *one = a, *other = b;
    bool first = one->to && !one->doubtful;
    bool second = other->to && !other->doubtful;
    return first != second ? (first ? -1 : 1) : !first ? 0 : strcmp(one->to, other->to);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const vt_relink_doubt *)a)->path, ((const vt_relink_doubt *)b)->path);
}

static bool conclude(vt_relinking *at)
{
    vt_relink *relink = at->relink;
    bool done = vt_relink_frames_conclude(at);
    for (size_t i = 0; done && i < relink->count; i++) {
        const vt_sought *item = &relink->sought[i];
        if (item->to && item->doubtful) {
            done = vt_relink_add_doubt(at, item->to, 1);
        } else if (item->to) {
            relink->figures.matches++;
            relink->figures.by[item->evidence]++;
        }
    }
    if (relink->count > 0) {
        qsort(relink->sought, relink->count, sizeof *relink->sought, by_new_path);
    }
    if (relink->figures.doubts > 0) {
        qsort(relink->doubts, (size_t)relink->figures.doubts, sizeof *relink->doubts, by_path);
    }
    free(relink->by_id);
    relink->by_id = NULL;
    return done;
}

static bool run(vt_relinking *at, const vt_cancel *cancel)
{
    at->identity = vt_identity_create(at->relink->reader, &at->fault);
    return at->identity && collect(at) && vt_relink_frames_sort(at) &&
           (at->relink->count == 0 || walk(at, cancel)) && conclude(at);
}

vt_relink *vt_relink_search(vt_catalog *catalog, const char *old_folder, const char *folder,
                            const vt_cancel *cancel, vt_error *error)
{
    vt_relinking at = {.path = VT_STR_INIT, .old_path = VT_STR_INIT, .fault = VT_ERROR_INIT};
    struct stat facts;
    if (!vt_place_stat(folder, strlen(folder), &facts) || !S_ISDIR(facts.st_mode)) {
        char *shown = vt_path_display(folder);
        vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no folder %s to look in", shown ? shown : "");
        free(shown);
        return NULL;
    }
    vt_relink *relink = calloc(1, sizeof *relink);
    at.relink = relink;
    if (relink) {
        relink->arena = vt_arena_create(0);
    }
    bool done = relink && relink->arena;
    if (done) {
        relink->folder = vt_arena_copy(relink->arena, folder, strlen(folder));
        relink->old_folder = old_folder ? vt_arena_copy(relink->arena, old_folder, strlen(old_folder)) : NULL;
        done = relink->folder && (relink->old_folder || !old_folder);
    }
    if (!done) {
        vt_relink_no_memory(&at);
    } else {
        relink->reader = vt_catalog_reader_open(catalog, &at.fault);
        done = relink->reader && run(&at, cancel);
    }
    vt_identity_free(at.identity);
    vt_relink_frames_clear(&at);
    vt_str_free(&at.path);
    vt_str_free(&at.old_path);
    if (!done) {
        vt_relink_free(relink);
        relink = NULL;
        if (error) {
            *error = at.fault;
        }
    }
    return relink;
}
