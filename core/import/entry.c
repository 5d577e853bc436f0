#include "core/import/entry.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/decode/reduce.h"
#include "core/import/engine_private.h"
#include "core/import/frames.h"
#include "core/import/look.h"
#include "core/import/reading.h"

#include <stdlib.h>
#include <string.h>

vt_entry *vt_entry_create(vt_import *import, vt_entry_kind kind, const char *folder, size_t folder_length,
                          const char *name, size_t name_length)
{
    size_t length = name ? vt_path_joined_length(folder, folder_length, name_length) : folder_length;
    if (length > VT_PATH_LENGTH_MAX) {
        return NULL; /* the scan goes no deeper */
    }
    vt_entry *entry = malloc(sizeof *entry + length + 1);
    if (!entry) {
        return NULL;
    }
    memset(entry, 0, sizeof *entry);
    entry->import = import;
    entry->kind = kind;
    if (name) {
        vt_path_join_to(entry->path, folder, folder_length, name, name_length);
    } else {
        memcpy(entry->path, folder, folder_length);
    }
    entry->path[length] = '\0';
    entry->item.path = entry->path;
    entry->item.path_length = (uint32_t)length;
    entry->item.name_at = vt_path_split(entry->path, (uint32_t)length);
    return entry;
}

void vt_entry_free(vt_entry *entry)
{
    if (entry) {
        free(entry->thumb.data);
        free(entry->metadata);
        vt_frames_job_free(entry->frames);
        free((char *)entry->origin.path);
        free(entry);
    }
}

void vt_entry_set_stat(vt_entry *entry, const struct stat *facts)
{
    entry->item.size = facts->st_size;
    entry->item.mtime_ns = vt_clock_nanoseconds(facts->st_mtim);
    entry->item.ctime_ns = vt_clock_nanoseconds(facts->st_ctim);
    entry->item.dev = facts->st_dev;
    entry->item.ino = facts->st_ino;
}

void vt_entry_set_file(vt_entry *entry, const vt_scan_file *file)
{
    entry->item.size = file->size;
    entry->item.mtime_ns = file->mtime_ns;
    entry->item.ctime_ns = file->ctime_ns;
    entry->item.dev = file->dev;
    entry->item.ino = file->ino;
}

void vt_entry_set_frames(vt_entry *entry, vt_frames_job *frames)
{
    entry->frames = frames;
    entry->item.size = frames->size;
    entry->item.mtime_ns = frames->mtime_ns;
    entry->item.ctime_ns = frames->ctime_ns;
    entry->item.dev = 0;
    entry->item.ino = frames->digest;
}

static void take_thumbnail(vt_entry *entry, const vt_pixels *pixels)
{
    vt_pixels small = {0};
    if (pixels->width > VT_STORED_SIDE || pixels->height > VT_STORED_SIDE) {
        if (!vt_pixels_reduce(pixels, VT_STORED_SIDE, &small, NULL)) {
            return; /* it is made on demand */
        }
        pixels = &small;
    }
    entry->tiny = vt_tinythumb_encode(pixels);
    entry->look = entry->item.media.kind == VT_KIND_IMAGE ? vt_look_of(pixels) : (vt_look){0};
    if (vt_thumb_encode(pixels, &entry->thumb, NULL)) {
        entry->thumb_width = (uint16_t)pixels->width;
        entry->thumb_height = (uint16_t)pixels->height;
    } else {
        entry->thumb = (vt_blob){0};
    }
    free(small.data);
}

void vt_entry_set_origin(vt_entry *entry, const vt_item *item)
{
    char *path = strndup(item->path, item->path_length);
    if (path) {
        free((char *)entry->origin.path);
        entry->origin = (vt_origin){.id = item->id, .path = path, .path_length = item->path_length};
    }
}

void vt_entry_take_reading(vt_entry *entry, vt_reading *reading)
{
    entry->item.media = reading->result.info;
    if (entry->frames) {
        vt_frames_describe(entry->frames, &entry->item.media);
    }
    entry->item.state = VT_ITEM_OK;
    entry->item.fingerprint = reading->fingerprint;
    entry->kind = VT_ENTRY_ITEM;
    entry->was_read = true;
    entry->metadata = reading->result.metadata;
    reading->result.metadata = NULL; /* the entry's now */
    if (reading->result.pixels.data && reading->result.pixels.width > 0) {
        take_thumbnail(entry, &reading->result.pixels);
    }
}

void vt_entry_take_fault(vt_entry *entry, const vt_error *error)
{
    if (error->code == VT_ERROR_NOT_FOUND) { /* removed since the scan saw it */
        entry->kind = entry->known_id ? VT_ENTRY_MISSING : VT_ENTRY_NOTHING;
    } else {
        entry->kind = VT_ENTRY_FAILURE;
        entry->error = *error;
    }
}

vt_failure vt_entry_failure(const vt_entry *entry, int64_t now_ns)
{
    return (vt_failure){
        .path = entry->path,
        .path_length = entry->item.path_length,
        .code = entry->error.code,
        .message = entry->error.message,
        .size = entry->item.size,
        .mtime_ns = entry->item.mtime_ns,
        .ctime_ns = entry->item.ctime_ns,
        .ino = entry->item.ino,
        .failed_ns = now_ns,
    };
}
