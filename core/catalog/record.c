#include "core/catalog/record.h"

vt_item_brief vt_item_brief_of(const vt_item *item)
{
    return (vt_item_brief){
        .id = item->id,
        .folder_id = item->folder_id,
        .name = item->path + item->name_at,
        .name_length = item->path_length - item->name_at,
        .width = item->media.width,
        .height = item->media.height,
        .size = item->size,
        .mtime_ns = item->mtime_ns,
        .triangles = item->media.triangles,
        .kind = item->media.kind,
        .format = item->media.format,
        .state = item->state,
        .watertight = item->media.watertight,
        .rating = item->rating,
        .taken_ns = VT_TAKEN_UNKNOWN,
        .title = "",
        .camera = "",
    };
}

bool vt_item_same_content(const vt_item *a, const vt_item *b)
{
    return a->size == b->size && a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns && a->ino == b->ino;
}

uint32_t vt_path_split(const char *path, uint32_t length)
{
    uint32_t at = length;
    while (at > 0 && path[at - 1] != '/') {
        at--;
    }
    return at;
}

uint32_t vt_path_folder_length(uint32_t name_at)
{
    return name_at > 1 ? name_at - 1 : name_at;
}
