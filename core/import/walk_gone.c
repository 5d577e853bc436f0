#include "core/import/walk_private.h"

#include "core/base/path.h"
#include "core/decode/format.h"
#include "core/scan/folder.h"
#include "core/scan/rules.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool vt_walk_out_of_memory(vt_walk *at)
{
    return vt_error_set(&at->fault, VT_ERROR_MEMORY, "out of memory while importing");
}

bool vt_walk_send(vt_walk *at, vt_entry *entry)
{
    vt_import *import = at->import;
    if (!entry) {
        return vt_walk_out_of_memory(at);
    }
    if (!vt_pipeline_reserve(import->engine, import)) {
        vt_entry_free(entry);
        return false;
    }
    vt_import_entry_begun(import);
    vt_pipeline_add(import->engine, entry);
    return true;
}

/* True if there is no such file any more. One that is there but was passed over, because it is hidden for
   instance, is not missing. */
static bool is_gone(const char *path, size_t length)
{
    struct stat facts;
    if (vt_place_stat(path, length, &facts)) {
        return !S_ISREG(facts.st_mode);
    }
    return errno == ENOENT || errno == ENOTDIR;
}

/* True if what once failed at `path`, without an item of it, does not stand in the way any more. */
static bool is_over(const char *path, size_t length)
{
    struct stat facts;
    vt_place place;
    if (!vt_place_stat(path, length, &facts)) {
        return errno == ENOENT || errno == ENOTDIR;
    }
    if (!S_ISDIR(facts.st_mode)) {
        return !S_ISREG(facts.st_mode);
    }
    bool readable = vt_place_open(path, length, &place) &&
                    faccessat(place.folder, place.name, R_OK | X_OK, AT_EACCESS) == 0;
    vt_place_close(&place);
    return readable;
}

/* True if somebody saw `path` be renamed to what the walk will find there as that item. */
static bool was_renamed(const vt_walk *at, const char *path)
{
    const vt_import_options *options = &at->import->options;
    bool there = false;
    for (size_t i = 0; i < options->rename_count && !there; i++) {
        const vt_rename *seen = &options->renames[i];
        if (!vt_path_is_below(path, seen->from)) {
            continue;
        }
        vt_str now = VT_STR_INIT;
        struct stat facts;
        vt_str_append_cstr(&now, seen->to);
        vt_str_append_cstr(&now, path + strlen(seen->from));
        const char *name = vt_path_name(now.data);
        there = !now.failed && vt_format_of_name(name) != VT_FORMAT_UNKNOWN &&
                vt_rules_judge(name, VT_RULE_FILE) == VT_VERDICT_TAKE &&
                vt_place_stat(now.data, now.length, &facts) && S_ISREG(facts.st_mode);
        vt_str_free(&now);
    }
    return there;
}

static bool send_gone(vt_walk *at, vt_entry_kind kind, const char *path, size_t length,
                      const vt_known_file *file)
{
    vt_entry *entry = vt_entry_create(at->import, kind, path, length, file->name, file->name_length);
    if (!entry) {
        return vt_walk_out_of_memory(at);
    }
    entry->known_id = kind == VT_ENTRY_MISSING ? file->id : 0;
    entry->offline = vt_offline_covers(at->offline, entry->path);
    bool gone = file->id ? is_gone(entry->path, entry->item.path_length)
                         : is_over(entry->path, entry->item.path_length);
    bool known = kind == VT_ENTRY_MISSING && entry->offline && file->state == VT_ITEM_OFFLINE;
    if (!gone || known || was_renamed(at, entry->path) || (kind == VT_ENTRY_FORGET && entry->offline)) {
        vt_entry_free(entry);
        return true;
    }
    return vt_walk_send(at, entry);
}

/* An item or failure of the folder `path` that the walk did not come by: put right if it is gone. */
static bool send_if_gone(vt_walk *at, const char *path, size_t length, const vt_known_file *file)
{
    bool elsewhere = file->id && vt_visited_contains(&at->moved, 0, (uint64_t)file->id);
    return (!file->id || elsewhere || send_gone(at, VT_ENTRY_MISSING, path, length, file)) &&
           (!file->failed || elsewhere || send_gone(at, VT_ENTRY_FORGET, path, length, file));
}

bool vt_walk_send_unseen(vt_walk *at, const char *path, size_t length)
{
    size_t next = 0;
    const vt_known_file *file;
    bool on = true;
    while (on && (file = vt_changes_next_unseen(at->changes, &next))) {
        on = send_if_gone(at, path, length, file);
    }
    return on;
}

static bool note_gone_folder(void *user, int64_t id, const char *path, size_t length)
{
    (void)id;
    vt_walk *at = user;
    struct stat facts;
    if (vt_place_stat(path, length, &facts) || (errno != ENOENT && errno != ENOTDIR)) {
        return true;
    }
    vt_gone_folder *gone = malloc(sizeof *gone + length + 1);
    if (!gone) {
        return vt_walk_out_of_memory(at);
    }
    at->any_gone = true;
    memcpy(gone->path, path, length);
    gone->path[length] = '\0';
    gone->length = length;
    gone->next = at->gone;
    at->gone = gone;
    return true;
}

bool vt_walk_send_gone_folders(vt_walk *at, const char *below)
{
    bool on = vt_catalog_reader_each_folder(at->reader, below, note_gone_folder, at, &at->fault) &&
              at->fault.code == VT_ERROR_NONE;
    while (at->gone) {
        vt_gone_folder *gone = at->gone;
        at->gone = gone->next;
        on = on && vt_changes_begin(at->changes, gone->path, gone->length, &at->fault) &&
             vt_walk_send_unseen(at, gone->path, gone->length);
        free(gone);
    }
    return on;
}

bool vt_walk_settle_absent(vt_walk *at, const char *path, bool *known)
{
    size_t length = strlen(path);
    if (path[0] != '/' || length > VT_PATH_LENGTH_MAX) {
        return true; /* never a path of the catalog's */
    }
    at->any_gone = false;
    if (!vt_walk_send_gone_folders(at, path)) { /* it may have been a folder */
        return false;
    }
    *known = at->any_gone;
    uint32_t name_at = vt_path_split(path, (uint32_t)length);
    uint32_t folder = vt_path_folder_length(name_at);
    if (!vt_changes_is_of(at->changes, path, folder) &&
        !vt_changes_begin(at->changes, path, folder, &at->fault)) {
        return false;
    }
    const vt_known_file *file = vt_changes_known(at->changes, path + name_at, length - name_at);
    *known = *known || file;
    bool frame = false; /* one that is gone is missed by its sequence, also if it is an item beside it */
    if (!vt_folder_grouping_note_gone(at->grouping, path, folder, path + name_at, length - name_at, &frame,
                                      &at->fault)) {
        return false;
    }
    *known = *known || frame;
    return !file || send_if_gone(at, path, folder, file);
}
