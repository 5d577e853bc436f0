#include "core/import/origin.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/identity.h"
#include "core/import/frames.h"
#include "core/scan/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* How long what was found out about volumes is believed. */
#define OFFLINE_AGE_NS VT_NS_PER_S
/* A file of more links than that has others that are there: looking for all would cost more than it tells. */
#define LINKS_MAX 4

struct vt_origins {
    vt_catalog_reader *reader; /* borrowed */
    vt_identity *identity;
    vt_offline *offline; /* borrowed */
    const vt_rename *renames;
    size_t rename_count;
    vt_sequence_claims *claims; /* NULL until frames were renamed */
    vt_arena *arena;            /* of one folder's claims; as `claims` */
    bool empty;                 /* the catalog had no item */
    vt_str old_path;
    vt_candidates found;
};

const vt_rename *vt_renames_copy(const vt_rename *renames, size_t count)
{
    vt_rename *copy = count ? calloc(count, sizeof *copy) : NULL;
    bool done = true;
    for (size_t i = 0; copy && done && i < count; i++) {
        copy[i] = (vt_rename){strdup(renames[i].from), strdup(renames[i].to)};
        done = copy[i].from && copy[i].to;
    }
    if (copy && !done) {
        vt_renames_free(copy, count);
        return NULL; /* NOLINT(clang-analyzer-unix.Malloc): it was freed just now */
    }
    return copy;
}

void vt_renames_free(const vt_rename *renames, size_t count)
{
    for (size_t i = 0; renames && i < count; i++) {
        free((char *)renames[i].from);
        free((char *)renames[i].to);
    }
    free((vt_rename *)renames);
}

vt_origins *vt_origins_create(vt_catalog_reader *reader, vt_offline *offline, vt_error *error)
{
    int64_t last = 0;
    if (!vt_catalog_reader_last_id(reader, &last, error)) {
        return NULL;
    }
    vt_origins *origins = calloc(1, sizeof *origins);
    if (!origins) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    origins->reader = reader;
    origins->offline = offline;
    origins->empty = last == 0;
    origins->old_path = (vt_str)VT_STR_INIT;
    origins->identity = vt_identity_create(reader, error);
    if (!origins->identity) {
        vt_origins_free(origins);
        return NULL;
    }
    return origins;
}

void vt_origins_free(vt_origins *origins)
{
    if (origins) {
        vt_identity_free(origins->identity);
        vt_sequence_claims_free(origins->claims);
        vt_arena_free(origins->arena);
        vt_str_free(&origins->old_path);
        free(origins);
    }
}

void vt_origins_set_renames(vt_origins *origins, const vt_rename *renames, size_t count)
{
    origins->renames = renames;
    origins->rename_count = count;
}

bool vt_origins_is_gone(vt_origins *origins, const char *path, size_t length)
{
    struct stat facts;
    if (vt_place_stat(path, length, &facts)) {
        return !S_ISREG(facts.st_mode);
    }
    if (errno != ENOENT && errno != ENOTDIR) {
        return false;
    }
    return vt_offline_refresh(origins->offline, OFFLINE_AGE_NS, NULL) &&
           !vt_offline_covers(origins->offline, path);
}

/* Of a sequence no file has its path: it is gone if none of the frames is there that may be its poster. */
static bool is_sequence_gone(vt_origins *origins, const char *path, const vt_item *item)
{
    size_t folder = vt_path_folder_length(vt_path_split(path, (uint32_t)strlen(path)));
    vt_frames_job *job = vt_frames_job_load(origins->reader, item, NULL);
    vt_str frame = VT_STR_INIT;
    bool gone = job != NULL;
    for (size_t i = 0; gone && i < job->poster_count; i++) {
        vt_str_clear(&frame);
        gone = vt_frames_path(&job->put.row.names, path, folder, job->posters[i], &frame, NULL) &&
               vt_origins_is_gone(origins, frame.data, frame.length);
    }
    vt_str_free(&frame);
    vt_frames_job_free(job);
    return gone;
}

static bool is_item_gone(vt_origins *origins, const char *path, const vt_item *item)
{
    return item->media.kind == VT_KIND_SEQUENCE ? is_sequence_gone(origins, path, item)
                                                : vt_origins_is_gone(origins, path, strlen(path));
}

/* Of the candidates those whose file is gone; `look` false: only those that are known to be missing. */
static void keep_gone(vt_origins *origins, const char *path, int64_t own_id, bool look)
{
    vt_candidates *found = &origins->found;
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        const vt_item *item = &found->items[i];
        bool possible = item->id != own_id && item->state != VT_ITEM_OFFLINE &&
                        strcmp(item->path, path) != 0 && (look || item->state == VT_ITEM_MISSING);
        if (possible && is_item_gone(origins, item->path, item)) {
            found->items[kept++] = *item;
        }
    }
    found->count = kept;
}

static vt_origin_verdict choose(const vt_origins *origins, const char *path, vt_item *item)
{
    const vt_candidates *found = &origins->found;
    const vt_item *named = NULL;
    size_t same_name = 0;
    if (found->count == 0) {
        return VT_ORIGIN_NONE;
    }
    for (size_t i = 0; i < found->count; i++) {
        if (strcmp(vt_path_name(found->items[i].path), vt_path_name(path)) == 0) {
            named = &found->items[i];
            same_name++;
        }
    }
    if (found->more || (found->count > 1 && same_name != 1)) {
        return VT_ORIGIN_AMBIGUOUS;
    }
    *item = found->count == 1 ? found->items[0] : *named;
    return VT_ORIGIN_FOUND;
}

/* The item that was seen to be renamed to `path`, the latest rename first. */
static bool find_renamed(vt_origins *origins, const char *path, vt_origin_verdict *verdict, vt_item *item,
                         vt_error *error)
{
    for (size_t i = origins->rename_count; i-- > 0 && *verdict == VT_ORIGIN_NONE;) {
        const vt_rename *seen = &origins->renames[i];
        if (!vt_path_is_below(path, seen->to)) {
            continue;
        }
        vt_str_clear(&origins->old_path);
        vt_str_append_cstr(&origins->old_path, seen->from);
        vt_str_append_cstr(&origins->old_path, path + strlen(seen->to));
        if (origins->old_path.failed) {
            return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
        vt_error fault = VT_ERROR_INIT;
        bool known = vt_catalog_reader_item_at(origins->reader, origins->old_path.data,
                                               origins->old_path.length, item, &fault);
        if (!known && fault.code != VT_ERROR_NOT_FOUND) {
            *error = fault;
            return false;
        }
        if (known && is_item_gone(origins, origins->old_path.data, item)) {
            item->path = origins->old_path.data;
            *verdict = VT_ORIGIN_FOUND;
        }
    }
    return true;
}

bool vt_origins_of_file(vt_origins *origins, const char *path, const vt_scan_file *file,
                        vt_origin_verdict *verdict, vt_item *item, vt_error *error)
{
    *verdict = VT_ORIGIN_NONE;
    if (origins->empty || !find_renamed(origins, path, verdict, item, error)) {
        return origins->empty;
    }
    if (*verdict != VT_ORIGIN_NONE) {
        return true;
    }
    if (!vt_identity_by_file(origins->identity, file->ino, file->size, file->mtime_ns, &origins->found,
                             error)) {
        return false;
    }
    keep_gone(origins, path, 0, file->links <= LINKS_MAX);
    *verdict = choose(origins, path, item);
    return true;
}

bool vt_origins_of_entry(vt_origins *origins, const char *folder, size_t length, const vt_scan_file *file,
                         vt_str *path, vt_origin_verdict *verdict, vt_item *item, vt_error *error)
{
    vt_str_clear(path);
    vt_str_append(path, folder, length);
    if (length > 0 && folder[length - 1] != '/') {
        vt_str_append_char(path, '/');
    }
    vt_str_append(path, file->name, file->name_length);
    if (path->failed) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a path");
    }
    return vt_origins_of_file(origins, path->data, file, verdict, item, error);
}

/* ---- sequences whose frames were renamed ---- */

static bool has_claims(vt_origins *origins, vt_error *error)
{
    if (!origins->arena) {
        origins->arena = vt_arena_create(0);
    }
    if (!origins->arena) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (!origins->claims) {
        origins->claims = vt_sequence_claims_create(origins->reader, error);
    }
    return origins->claims != NULL;
}

/* The folder of `path` is `folder`. */
static bool is_in(const char *path, const char *folder, size_t length)
{
    size_t name_at = vt_path_split(path, (uint32_t)strlen(path));
    return vt_path_folder_length((uint32_t)name_at) == length && memcmp(path, folder, length) == 0;
}

/* Puts the path of the sequence that the catalog has the file `path` as a frame of into `old_path`; leaves
   that empty if it is none. */
static bool find_sequence_of(vt_origins *origins, const char *path, vt_error *error)
{
    vt_sequence_claim *claims;
    size_t count = 0;
    int64_t frame;
    const char *name = vt_path_name(path);
    uint32_t length = vt_path_folder_length(vt_path_split(path, (uint32_t)strlen(path)));
    vt_str_clear(&origins->old_path);
    vt_arena_reset(origins->arena);
    if (!vt_sequence_claims_of(origins->claims, path, length, origins->arena, &claims, &count, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const vt_sequence_pattern pattern = vt_frames_pattern(&claims[i].names);
        if (claims[i].kept == VT_SEQUENCE_KEPT_KNOWN &&
            vt_sequence_pattern_matches(&pattern, name, strlen(name), &frame)) {
            vt_str_append(&origins->old_path, path, (size_t)(name - path));
            vt_sequence_pattern_append_hashes(&pattern, &origins->old_path);
            break;
        }
    }
    return !origins->old_path.failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

/* The sequence that the file `from` was a frame of, if it is older than the item `id` and has none any more.
   `*last`: the one that was looked at last; it is not looked at twice in a row. */
static bool judge_frame(vt_origins *origins, const char *from, int64_t id, int64_t *last,
                        vt_origin_verdict *verdict, vt_item *item, vt_error *error)
{
    vt_error fault = VT_ERROR_INIT;
    if (!find_sequence_of(origins, from, error)) {
        return false;
    }
    if (origins->old_path.length == 0) {
        return true;
    }
    if (!vt_catalog_reader_item_at(origins->reader, origins->old_path.data, origins->old_path.length, item,
                                   &fault)) {
        if (fault.code != VT_ERROR_NOT_FOUND) {
            *error = fault;
        }
        return fault.code == VT_ERROR_NOT_FOUND;
    }
    bool possible = item->id != *last && item->media.kind == VT_KIND_SEQUENCE && (!id || item->id < id);
    *last = item->id;
    if (possible && is_sequence_gone(origins, origins->old_path.data, item)) {
        item->path = origins->old_path.data;
        *verdict = VT_ORIGIN_FOUND;
    }
    return true;
}

bool vt_origins_of_frames(vt_origins *origins, const char *folder, size_t length, const vt_frame_names *names,
                          int64_t id, vt_origin_verdict *verdict, vt_item *item, vt_error *error)
{
    const vt_sequence_pattern pattern = vt_frames_pattern(names);
    int64_t last = 0;
    *verdict = VT_ORIGIN_NONE;
    if (origins->empty || origins->rename_count == 0) {
        return true;
    }
    if (!has_claims(origins, error)) {
        return false;
    }
    for (size_t i = origins->rename_count; i-- > 0 && *verdict == VT_ORIGIN_NONE;) {
        const vt_rename *seen = &origins->renames[i];
        const char *name = vt_path_name(seen->to);
        int64_t frame;
        if (is_in(seen->to, folder, length) &&
            vt_sequence_pattern_matches(&pattern, name, strlen(name), &frame) &&
            !judge_frame(origins, seen->from, id, &last, verdict, item, error)) {
            return false;
        }
    }
    return true;
}

/* ---- what a file holds ---- */

bool vt_origins_of_content(vt_origins *origins, const char *path, int64_t id, int64_t size,
                           uint64_t fingerprint, vt_origin_verdict *verdict, vt_item *item, vt_error *error)
{
    *verdict = VT_ORIGIN_NONE;
    if (fingerprint == 0) {
        return true;
    }
    if (!vt_identity_by_content(origins->identity, size, fingerprint, &origins->found, error)) {
        return false;
    }
    keep_gone(origins, path, id, true);
    *verdict = choose(origins, path, item);
    return true;
}
