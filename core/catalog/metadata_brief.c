#include "core/catalog/metadata_brief.h"

#include "core/catalog/reader_private.h"

#include <string.h>

vt_metadata_brief vt_metadata_brief_of(int64_t item_id, const vt_metadata *metadata)
{
    vt_metadata_brief brief = {
        .item_id = item_id,
        .taken_ns = metadata->known & VT_METADATA_TAKEN ? metadata->taken_ns : VT_TAKEN_UNKNOWN,
        .camera = vt_metadata_get(metadata, VT_METADATA_CAMERA),
        .title = vt_metadata_get(metadata, VT_METADATA_TITLE),
    };
    brief.camera_length = (uint32_t)strlen(brief.camera);
    brief.title_length = (uint32_t)strlen(brief.title);
    return brief;
}

typedef struct visit {
    vt_metadata_brief_visitor visitor;
    void *user;
    vt_metadata checked; /* what is not plain goes through its checks */
} visit;

/* Text as a program of ours writes it, and nearly all of it is: ASCII without control characters. */
static bool is_plain(const char *text, size_t length, size_t limit)
{
    bool plain = length <= limit;
    for (size_t i = 0; plain && i < length; i++) {
        plain = text[i] >= ' ' && text[i] < '\x7F';
    }
    return plain && (length == 0 || (text[0] != ' ' && text[length - 1] != ' '));
}

/* A text of the row. False if it needs to be checked. */
static bool read_text(sqlite3_stmt *row, int column, vt_metadata_text field, const char **text,
                      uint32_t *length)
{
    const char *bytes = (const char *)sqlite3_column_text(row, column);
    *text = bytes ? bytes : "";
    *length = bytes ? (uint32_t)sqlite3_column_bytes(row, column) : 0;
    return is_plain(*text, *length, vt_metadata_text_limit(field));
}

static bool take_row(void *context, sqlite3_stmt *row)
{
    visit *to = context;
    vt_metadata_brief brief = {.item_id = sqlite3_column_int64(row, 0), .taken_ns = VT_TAKEN_UNKNOWN};
    vt_metadata *checked = &to->checked;
    bool plain = read_text(row, 2, VT_METADATA_CAMERA, &brief.camera, &brief.camera_length);
    plain = read_text(row, 3, VT_METADATA_TITLE, &brief.title, &brief.title_length) && plain;
    if (!plain) {
        memset(checked, 0, sizeof *checked);
        vt_metadata_set(checked, VT_METADATA_CAMERA, brief.camera, brief.camera_length);
        vt_metadata_set(checked, VT_METADATA_TITLE, brief.title, brief.title_length);
        brief = vt_metadata_brief_of(brief.item_id, checked);
    }
    checked->known = 0;
    if (sqlite3_column_type(row, 1) != SQLITE_NULL) {
        vt_metadata_set_taken_ns(checked, sqlite3_column_int64(row, 1));
    }
    brief.taken_ns = checked->known & VT_METADATA_TAKEN ? checked->taken_ns : VT_TAKEN_UNKNOWN;
    return to->visitor(to->user, &brief);
}

bool vt_catalog_reader_each_metadata_brief(vt_catalog_reader *reader, vt_metadata_brief_visitor visitor,
                                           void *user, vt_error *error)
{
    visit to = {.visitor = visitor, .user = user};
    return vt_catalog_reader_each_row(reader,
                                      "SELECT item_id, taken_ns, camera, title FROM metadata WHERE "
                                      "item_id > ?1 AND coalesce(taken_ns, camera, title) IS NOT NULL "
                                      "ORDER BY item_id",
                                      INT64_MIN, take_row, &to, error);
}
