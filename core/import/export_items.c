#include "core/import/export_items.h"

#include "core/base/path.h"
#include "core/export/export_copy.h"
#include "core/import/export_private.h"
#include "core/sidecar/sidecar_path.h"

#include <stdlib.h>
#include <string.h>

char *vt_export_sidecar_name(const vt_file_entry *entry, const char *owner)
{
    const char *name = vt_path_name(owner);
    return entry->long_name ? vt_sidecar_path_long(name) : vt_sidecar_path_short(name);
}

static bool copy_entry(const vt_file_entry *entry, const char *folder, vt_str *owner, const vt_cancel *cancel,
                       int64_t *copied, vt_error *error)
{
    if (entry->role != VT_FILE_SIDECAR) {
        vt_str_clear(owner);
        return vt_export_copy(entry->path, folder, vt_path_name(entry->path), cancel, owner, copied, error);
    }
    char *name = vt_export_sidecar_name(entry, owner->data);
    bool done = name ? vt_export_copy(entry->path, folder, name, cancel, NULL, copied, error)
                     : vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a copy");
    free(name);
    return done;
}

static bool copy_all(const vt_file_list *list, const char *folder, const vt_cancel *cancel,
                     const vt_export_listener *listener, vt_error *error)
{
    vt_export_progress progress = {.bytes = list->bytes};
    vt_str owner = VT_STR_INIT; /* the copy of the file before */
    bool on = true;
    for (size_t i = 0; i < list->entry_count; i++) {
        progress.files += list->entries[i].role != VT_FILE_ROW;
    }
    for (size_t i = 0; on && i < list->entry_count; i++) {
        const vt_file_entry *entry = &list->entries[i];
        vt_error fault = VT_ERROR_INIT;
        if (entry->role == VT_FILE_ROW || (entry->role == VT_FILE_SIDECAR && !owner.length)) {
            progress.failed += entry->role == VT_FILE_SIDECAR; /* as the file it belongs to */
            continue;
        }
        if (copy_entry(entry, folder, &owner, cancel, &progress.copied, &fault)) {
            progress.done++;
        } else if (fault.code == VT_ERROR_CANCELLED || fault.code == VT_ERROR_NO_SPACE) {
            on = vt_error_set(error, fault.code, "%s", fault.message);
        } else {
            progress.failed++;
            listener->failed(listener->user, entry->path, &fault);
        }
        if (listener->progress) {
            listener->progress(listener->user, &progress);
        }
    }
    vt_str_free(&owner);
    return on;
}

bool vt_export_items(const vt_catalog *catalog, const vt_file_items *items, const char *folder,
                     const vt_cancel *cancel, const vt_export_listener *listener, vt_error *error)
{
    vt_file_list list;
    bool done = vt_file_list_make(&list, catalog, items, cancel, error) &&
                copy_all(&list, folder, cancel, listener, error);
    vt_file_list_clear(&list);
    return done;
}
