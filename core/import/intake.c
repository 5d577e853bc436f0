#include "core/import/intake.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/decode/format.h"
#include "core/import/frames.h"

#include <stdlib.h>
#include <string.h>

vt_intake_chunk *vt_intake_create(vt_import *import, bool deferred, size_t longest)
{
    size_t room = longest + 1 > VT_INTAKE_PATH_BYTES ? longest + 1 : VT_INTAKE_PATH_BYTES;
    vt_intake_chunk *chunk = malloc(sizeof *chunk + room);
    if (!chunk) {
        return NULL;
    }
    chunk->next = NULL;
    chunk->import = import;
    chunk->deferred = deferred;
    chunk->begun_ns = vt_clock_now();
    chunk->count = chunk->path_bytes = 0;
    chunk->most = VT_INTAKE_ITEMS;
    chunk->path_room = room;
    chunk->has_origins = false;
    return chunk;
}

void vt_intake_free(vt_intake_chunk *chunk)
{
    for (size_t i = 0; chunk && i < chunk->count; i++) {
        vt_frames_job_free(chunk->frames[i]);
    }
    free(chunk);
}

bool vt_intake_add(vt_intake_chunk *chunk, const char *folder, size_t length, const vt_scan_file *file,
                   vt_frames_job *frames)
{
    size_t whole = vt_path_joined_length(folder, length, file->name_length);
    if (chunk->count == chunk->most || whole + 1 > chunk->path_room - chunk->path_bytes) {
        return false;
    }
    char *path = chunk->paths + chunk->path_bytes;
    size_t name_at = vt_path_join_to(path, folder, length, file->name, file->name_length);
    path[whole] = '\0';
    chunk->path_bytes += whole + 1;
    vt_format format = vt_format_of_name(file->name);
    chunk->items[chunk->count] = (vt_item){
        .path = path,
        .path_length = (uint32_t)whole,
        .name_at = (uint32_t)name_at,
        .size = file->size,
        .mtime_ns = file->mtime_ns,
        .ctime_ns = file->ctime_ns,
        .dev = file->dev,
        .ino = file->ino,
        .state = VT_ITEM_UNREAD,
        /* What the name promises, so that it can be filtered and shown before it is read. */
        .media = {.kind = (uint8_t)(format ? vt_format_get(format)->kind : VT_KIND_UNKNOWN),
                  .format = (uint8_t)format},
    };
    chunk->frames[chunk->count] = frames;
    chunk->sequences[chunk->count] = frames ? &frames->put : NULL;
    if (frames) {
        vt_frames_describe(frames, &chunk->items[chunk->count].media);
    }
    chunk->origins[chunk->count] = (vt_origin){0};
    chunk->outcomes[chunk->count++] = VT_OUTCOME_NONE;
    return true;
}

bool vt_intake_was_read(const vt_item *known)
{
    return known->state != VT_ITEM_UNREAD && known->state != VT_ITEM_FAILED &&
           (known->media.width || known->media.triangles);
}

bool vt_intake_add_moved(vt_intake_chunk *chunk, const char *folder, size_t length, const vt_scan_file *file,
                         vt_frames_job *frames, const vt_item *known)
{
    size_t used = chunk->path_bytes;
    size_t whole = vt_path_joined_length(folder, length, file->name_length) + 1;
    if (whole > chunk->path_room - used || known->path_length + 1 > chunk->path_room - used - whole ||
        !vt_intake_add(chunk, folder, length, file, frames)) {
        return false;
    }
    vt_item *item = &chunk->items[chunk->count - 1];
    char *old_path = chunk->paths + chunk->path_bytes;
    memcpy(old_path, known->path, known->path_length);
    old_path[known->path_length] = '\0';
    chunk->path_bytes += known->path_length + 1;
    if (vt_intake_was_read(known)) {
        item->media = known->media;
        item->state = VT_ITEM_OK;
    }
    chunk->has_origins = true;
    chunk->origins[chunk->count - 1] =
        (vt_origin){.id = known->id, .path = old_path, .path_length = known->path_length};
    return true;
}

int64_t vt_intake_moved_unread(const vt_intake_chunk *chunk)
{
    int64_t unread = 0;
    for (size_t i = 0; i < chunk->count; i++) {
        unread += chunk->outcomes[i] == VT_OUTCOME_MOVED && chunk->items[i].state == VT_ITEM_UNREAD;
    }
    return unread;
}
