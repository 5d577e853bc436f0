#include "core/catalog/item_row.h"

#include "core/catalog/db.h"

static int bind_fact(sqlite3_stmt *statement, int column, uint64_t value)
{
    return value ? sqlite3_bind_int64(statement, column, (sqlite3_int64)value)
                 : sqlite3_bind_null(statement, column);
}

static int bind_measure(sqlite3_stmt *statement, int column, double value)
{
    return value != 0 ? sqlite3_bind_double(statement, column, value) : sqlite3_bind_null(statement, column);
}

static int bind_media(sqlite3_stmt *statement, const vt_media_info *media)
{
    /* Binding in range never fails for numbers; collecting the bits keeps the check in one place. */
    int rc = bind_fact(statement, 9, media->width) | bind_fact(statement, 10, media->height) |
             bind_fact(statement, 11, media->triangles) | bind_fact(statement, 12, media->watertight) |
             bind_fact(statement, 16, media->orientation) | bind_fact(statement, 17, media->has_alpha) |
             bind_fact(statement, 18, media->channels) | bind_fact(statement, 19, media->bit_depth) |
             bind_fact(statement, 20, media->ascii) | bind_fact(statement, 21, media->vertices) |
             bind_fact(statement, 22, media->dropped_triangles);
    for (int i = 0; i < 3; i++) {
        rc |= bind_measure(statement, 23 + i, media->bounds_min[i]) |
              bind_measure(statement, 26 + i, media->bounds_max[i]);
    }
    return rc | bind_measure(statement, 29, media->area) | bind_measure(statement, 30, media->volume);
}

int vt_item_row_bind(sqlite3_stmt *statement, const vt_item *item)
{
    int rc = vt_db_bind_bytes(statement, 3, item->path + item->name_at, item->path_length - item->name_at);
    if (rc != SQLITE_OK) {
        return rc;
    }
    rc = sqlite3_bind_int64(statement, 1, item->id) | sqlite3_bind_int64(statement, 2, item->folder_id) |
         sqlite3_bind_int(statement, 4, item->media.kind) |
         sqlite3_bind_int(statement, 5, item->media.format) | sqlite3_bind_int(statement, 6, item->state) |
         sqlite3_bind_int64(statement, 7, item->size) | sqlite3_bind_int64(statement, 8, item->mtime_ns) |
         sqlite3_bind_int64(statement, 13, item->ctime_ns) |
         sqlite3_bind_int64(statement, 14, (sqlite3_int64)item->dev) |
         sqlite3_bind_int64(statement, 15, (sqlite3_int64)item->ino) | bind_media(statement, &item->media);
    return rc == SQLITE_OK ? rc : SQLITE_MISUSE;
}

/* A number from 0 to `limit`, 0 for any other. */
static uint64_t read_number(sqlite3_stmt *statement, int column, uint64_t limit)
{
    sqlite3_int64 value = sqlite3_column_int64(statement, column);
    return value >= 0 && (uint64_t)value <= limit ? (uint64_t)value : 0;
}

static uint8_t read_state(sqlite3_stmt *statement, int column)
{
    sqlite3_int64 value = sqlite3_column_int64(statement, column);
    return value >= 0 && value < VT_ITEM_STATE_COUNT ? (uint8_t)value : VT_ITEM_UNREAD;
}

uint8_t vt_item_row_rating(sqlite3_stmt *statement, int column)
{
    return (uint8_t)read_number(statement, column, 5);
}

void vt_item_row_read(sqlite3_stmt *statement, vt_item *item)
{
    vt_media_info *media = &item->media;
    item->id = sqlite3_column_int64(statement, 0);
    item->folder_id = sqlite3_column_int64(statement, 1);
    media->kind = (uint8_t)read_number(statement, 3, VT_KIND_SEQUENCE);
    media->format = (uint8_t)read_number(statement, 4, VT_FORMAT_COUNT - 1);
    item->state = read_state(statement, 5);
    item->size = sqlite3_column_int64(statement, 6);
    item->mtime_ns = sqlite3_column_int64(statement, 7);
    media->width = (uint32_t)read_number(statement, 8, UINT32_MAX);
    media->height = (uint32_t)read_number(statement, 9, UINT32_MAX);
    media->triangles = read_number(statement, 10, INT64_MAX);
    media->watertight = (uint8_t)read_number(statement, 11, VT_WATERTIGHT_YES);
    item->ctime_ns = sqlite3_column_int64(statement, 12);
    item->dev = (uint64_t)sqlite3_column_int64(statement, 13);
    item->ino = (uint64_t)sqlite3_column_int64(statement, 14);
    media->orientation = (uint8_t)read_number(statement, 15, 8);
    media->has_alpha = (uint8_t)read_number(statement, 16, 1);
    media->channels = (uint8_t)read_number(statement, 17, UINT8_MAX);
    media->bit_depth = (uint8_t)read_number(statement, 18, UINT8_MAX);
    media->ascii = (uint8_t)read_number(statement, 19, 1);
    media->vertices = read_number(statement, 20, INT64_MAX);
    media->dropped_triangles = (uint32_t)read_number(statement, 21, UINT32_MAX);
    for (int i = 0; i < 3; i++) {
        media->bounds_min[i] = (float)sqlite3_column_double(statement, 22 + i);
        media->bounds_max[i] = (float)sqlite3_column_double(statement, 25 + i);
    }
    media->area = sqlite3_column_double(statement, 28);
    media->volume = sqlite3_column_double(statement, 29);
}

void vt_item_row_read_brief(sqlite3_stmt *statement, vt_item_brief *item)
{
    item->id = sqlite3_column_int64(statement, 0);
    item->folder_id = sqlite3_column_int64(statement, 1);
    const char *name = sqlite3_column_blob(statement, 2);
    item->name = name ? name : "";
    item->name_length = (uint32_t)sqlite3_column_bytes(statement, 2);
    item->kind = (uint8_t)read_number(statement, 3, VT_KIND_SEQUENCE);
    item->format = (uint8_t)read_number(statement, 4, VT_FORMAT_COUNT - 1);
    item->state = read_state(statement, 5);
    item->size = sqlite3_column_int64(statement, 6);
    item->mtime_ns = sqlite3_column_int64(statement, 7);
    item->rating = vt_item_row_rating(statement, 8);
    item->width = (uint32_t)read_number(statement, 9, UINT32_MAX);
    item->height = (uint32_t)read_number(statement, 10, UINT32_MAX);
    item->triangles = read_number(statement, 11, INT64_MAX);
    item->watertight = (uint8_t)read_number(statement, 12, VT_WATERTIGHT_YES);
    item->label = 0;
    item->taken_ns = VT_TAKEN_UNKNOWN;
    item->title = item->camera = "";
    item->title_length = item->camera_length = 0;
}
