#include "core/import/relink_private.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/import/fingerprint.h"
#include "core/scan/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct search {
    vt_relink *relink;
    vt_identity *identity;
    vt_candidates candidates;
    vt_str path, old_path; /* of the file that is looked at, and where it would have been */
    bool folder_gone;      /* of the items that are read: the whole folder is not there */
    bool all;              /* do not ask whether files are there: the catalog says they are not */
    vt_error fault;
} search;

static bool out_of_memory(search *at)
{
    return vt_error_set(&at->fault, VT_ERROR_MEMORY, "out of memory while looking for files");
}

/* ---- what is sought ---- */

static bool is_gone(const char *path, size_t length)
{
    struct stat facts;
    return !vt_place_stat(path, length, &facts) && (errno == ENOENT || errno == ENOTDIR);
}

static bool take_item(void *user, const vt_item *item)
{
    search *at = user;
    vt_relink *relink = at->relink;
    if (item->media.kind == VT_KIND_SEQUENCE) {
        return true; /* no file has its path: it is known again by the import of where its frames are */
    }
    if (!at->all && !at->folder_gone && !is_gone(item->path, item->path_length)) {
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
            return out_of_memory(at);
        }
        relink->sought = larger;
        relink->capacity = capacity;
    }
    const char *path = vt_arena_copy(relink->arena, item->path, item->path_length);
    relink->sought[relink->count] = (vt_sought){
        .id = item->id, .path = path, .size = item->size, .mtime_ns = item->mtime_ns, .ino = item->ino};
    relink->count += path != NULL;
    return path || out_of_memory(at);
}

static bool take_folder(void *user, int64_t id, const char *path, size_t length)
{
    (void)id;
    search *at = user;
    at->folder_gone = is_gone(path, length);
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

static bool collect(search *at)
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
        return out_of_memory(at);
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

/* The best of some items for one file: the strongest evidence, then the longest common end of their paths. */
typedef struct choice {
    vt_sought *item; /* NULL: none */
    vt_evidence evidence;
    int tail;
    int64_t rivals; /* with just the same to be said for them */
} choice;

static void weigh(choice *best, vt_sought *item, vt_evidence evidence, const char *path)
{
    int tail = common_tail(item->path, path);
    if (best->item && (evidence > best->evidence || (evidence == best->evidence && tail < best->tail))) {
        return;
    }
    bool same = best->item && evidence == best->evidence && tail == best->tail;
    best->rivals = same ? best->rivals + 1 : 0;
    *best = (choice){item, evidence, tail, best->rivals};
}

static void weigh_by_time(search *at, const vt_scan_file *file, choice *best)
{
    vt_relink *relink = at->relink;
    for (size_t i = find_size(relink, file->size, file->mtime_ns);
         i < relink->count && relink->sought[i].size == file->size &&
         relink->sought[i].mtime_ns == file->mtime_ns;
         i++) {
        vt_sought *item = &relink->sought[i];
        if (item->ino == file->ino) {
            weigh(best, item, VT_EVIDENCE_FILE, at->path.data);
        } else if (relink->old_folder && strcmp(item->path, at->old_path.data) == 0) {
            weigh(best, item, VT_EVIDENCE_PLACE, at->path.data);
        } else if (strcmp(vt_path_name(item->path), file->name) == 0) {
            weigh(best, item, VT_EVIDENCE_NAME, at->path.data);
        }
    }
}

/* The fingerprint of the file at the path that is looked at; 0 if it cannot be read. */
static uint64_t read_fingerprint(search *at, int64_t size)
{
    vt_place place;
    uint64_t fingerprint = 0;
    if (!vt_place_open(at->path.data, at->path.length, &place)) {
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

/* Files of a size that is sought, but of another time: copied without it. */
static bool weigh_by_content(search *at, const vt_scan_file *file, choice *best)
{
    vt_relink *relink = at->relink;
    size_t first = find_size(relink, file->size, INT64_MIN);
    if (file->size <= 0 || first == relink->count || relink->sought[first].size != file->size) {
        return true;
    }
    uint64_t fingerprint = read_fingerprint(at, file->size);
    if (fingerprint &&
        !vt_identity_by_content(at->identity, file->size, fingerprint, &at->candidates, &at->fault)) {
        return false;
    }
    for (size_t i = 0; fingerprint && i < at->candidates.count; i++) {
        vt_sought *item = find_id(relink, at->candidates.items[i].id);
        if (item) {
            weigh(best, item, VT_EVIDENCE_CONTENT, at->path.data);
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
    if (item && item->size == file->size &&
        vt_identity_fingerprint(at->identity, item->id, &known, &at->fault) && known == 0) {
        weigh(best, item, VT_EVIDENCE_SIZE, at->path.data);
    }
    return at->fault.code == VT_ERROR_NONE;
}

static bool add_doubt(search *at, const char *path, int64_t items)
{
    vt_relink *relink = at->relink;
    size_t count = (size_t)relink->figures.doubts;
    if (count == relink->doubt_capacity) {
        size_t capacity = count ? count * 2 : 64;
        vt_relink_doubt *larger = realloc(relink->doubts, capacity * sizeof *larger);
        if (!larger) {
            return out_of_memory(at);
        }
        relink->doubts = larger;
        relink->doubt_capacity = capacity;
    }
    const char *copy = vt_arena_copy(relink->arena, path, strlen(path));
    relink->doubts[count] = (vt_relink_doubt){copy, items};
    relink->figures.doubts += copy != NULL;
    return copy || out_of_memory(at);
}

/* The file is the chosen item, unless a file before has as much to be said for it. */
static bool settle(search *at, const vt_scan_file *file, const choice *best)
{
    vt_sought *item = best->item;
    if (!item) {
        return true;
    }
    if (best->rivals > 0) {
        return add_doubt(at, at->path.data, best->rivals + 1);
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
            return add_doubt(at, at->path.data, 1);
        }
    }
    item->doubtful = false;
    item->evidence = best->evidence;
    item->facts.mtime_ns = file->mtime_ns;
    item->facts.ctime_ns = file->ctime_ns;
    item->facts.dev = file->dev;
    item->facts.ino = file->ino;
    item->to = vt_arena_copy(at->relink->arena, at->path.data, at->path.length);
    return item->to || out_of_memory(at);
}

/* ---- the walk ---- */

static bool folder_begin(void *user, const char *path, size_t length, bool whole)
{
    (void)user;
    (void)path;
    (void)length;
    (void)whole;
    return true;
}

static bool folder_end(void *user, const char *path, size_t length, bool complete)
{
    (void)user;
    (void)path;
    (void)length;
    (void)complete;
    return true;
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

static bool look_at(search *at, const char *folder, const vt_scan_file *file)
{
    const vt_relink *relink = at->relink;
    size_t below = strlen(relink->folder);
    vt_str_clear(&at->path);
    vt_str_append_cstr(&at->path, folder);
    if (at->path.length > 1) {
        vt_str_append_char(&at->path, '/');
    }
    vt_str_append(&at->path, file->name, file->name_length);
    vt_str_clear(&at->old_path);
    if (relink->old_folder && at->path.length > below) {
        vt_str_append_cstr(&at->old_path, relink->old_folder);
        vt_str_append_cstr(&at->old_path, at->path.data + below);
    }
    if (at->path.failed || at->old_path.failed) {
        return out_of_memory(at);
    }
    choice best = {0};
    weigh_by_time(at, file, &best);
    return (best.item || weigh_by_content(at, file, &best)) && settle(at, file, &best);
}

static bool files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    (void)length;
    search *at = user;
    bool on = true;
    for (size_t i = 0; i < count && on; i++) {
        at->relink->figures.files++;
        on = found[i].special || look_at(at, path, &found[i]);
    }
    return on;
}

static bool walk(search *at, const vt_cancel *cancel)
{
    const vt_scan_visitor visitor = {folder_begin, files, folder_end, trouble, at};
    const vt_scan_options options = {.hidden = true, .cancel = cancel};
    vt_error stopped = VT_ERROR_INIT;
    vt_scan *scan = vt_scan_create(&options);
    if (!scan) {
        return out_of_memory(at);
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

static bool conclude(search *at)
{
    vt_relink *relink = at->relink;
    bool done = true;
    for (size_t i = 0; done && i < relink->count; i++) {
        const vt_sought *item = &relink->sought[i];
        if (item->to && item->doubtful) {
            done = add_doubt(at, item->to, 1);
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

static bool run(search *at, const vt_cancel *cancel)
{
    at->identity = vt_identity_create(at->relink->reader, &at->fault);
    return at->identity && collect(at) && (at->relink->count == 0 || walk(at, cancel)) && conclude(at);
}

vt_relink *vt_relink_search(vt_catalog *catalog, const char *old_folder, const char *folder,
                            const vt_cancel *cancel, vt_error *error)
{
    search at = {.path = VT_STR_INIT, .old_path = VT_STR_INIT, .fault = VT_ERROR_INIT};
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
        out_of_memory(&at);
    } else {
        relink->reader = vt_catalog_reader_open(catalog, &at.fault);
        done = relink->reader && run(&at, cancel);
    }
    vt_identity_free(at.identity);
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
