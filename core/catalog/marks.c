#include "core/catalog/marks.h"

#include "core/catalog/db.h"
#include "core/catalog/edit.h"
#include "core/catalog/reader_private.h"

#include <stdlib.h>
#include <string.h>

/* The paths of all tags that hang at the top. Names have no control characters, so char(1) in the place of
 * the slash sorts a tag in front of what lies below it, and that in front of the next. A ring of tags, which
 * only a damaged catalog has, hangs nowhere; the limit is for a damaged one, too. */
#define TAG_PATHS                                                                                            \
    "path (id, parent_id, name, text, level) AS ("                                                           \
    "SELECT id, 0, name, name, 1 FROM tag WHERE parent_id IS NULL UNION ALL "                                \
    "SELECT tag.id, path.id, tag.name, text || '/' || tag.name, level + 1 "                                  \
    "FROM path JOIN tag ON tag.parent_id = path.id WHERE level < 64)"
#define TREE_ORDER " ORDER BY replace(text, '/', char(1))"

typedef struct visit_context {
    union {
        vt_tag_visitor tag;
        vt_album_visitor album;
        vt_item_visitor item;
        vt_pair_visitor pair;
        vt_title_visitor title;
    } visit;
    void *user;
} visit_context;

static const char *text_at(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

static bool visit_tag(void *context, sqlite3_stmt *row)
{
    const visit_context *self = context;
    const vt_tag tag = {
        .id = sqlite3_column_int64(row, 0),
        .parent_id = sqlite3_column_int64(row, 1),
        .name = text_at(row, 2),
        .path = text_at(row, 3),
        .level = sqlite3_column_int(row, 4),
        .items = sqlite3_column_int64(row, 5),
        .items_all = sqlite3_column_int64(row, 6),
    };
    return self->visit.tag(self->user, &tag);
}

static bool visit_item(void *context, sqlite3_stmt *row)
{
    const visit_context *self = context;
    return self->visit.item(self->user, sqlite3_column_int64(row, 0));
}

static bool visit_pair(void *context, sqlite3_stmt *row)
{
    const visit_context *self = context;
    return self->visit.pair(self->user, sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1));
}

static bool visit_title(void *context, sqlite3_stmt *row)
{
    const visit_context *self = context;
    return self->visit.title(self->user, sqlite3_column_int64(row, 0), text_at(row, 1));
}

static bool visit_album(void *context, sqlite3_stmt *row)
{
    const visit_context *self = context;
    const vt_album album = {
        .id = sqlite3_column_int64(row, 0),
        .name = text_at(row, 1),
        .created_ns = sqlite3_column_int64(row, 2),
        .items = sqlite3_column_int64(row, 3),
    };
    return self->visit.album(self->user, &album);
}

bool vt_marks_each_tag(vt_catalog_reader *reader, vt_tag_visitor visit, void *user, vt_error *error)
{
    visit_context context = {.visit.tag = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader,
        "WITH RECURSIVE " TAG_PATHS ", "
        "above (tag, id) AS (SELECT id, id FROM tag UNION "
        "SELECT above.tag, tag.parent_id FROM above JOIN tag ON tag.id = above.id WHERE parent_id IS NOT "
        "NULL), "
        "own AS (SELECT tag_id, count(*) AS items FROM item_tag GROUP BY tag_id), "
        "every AS (SELECT above.id, count(DISTINCT item_id) AS items FROM above JOIN item_tag ON tag_id = "
        "tag "
        "GROUP BY above.id) "
        "SELECT path.id, parent_id, name, text, level, coalesce(own.items, 0), coalesce(every.items, 0) "
        "FROM path LEFT JOIN own ON tag_id = path.id LEFT JOIN every ON every.id = path.id" TREE_ORDER,
        0, visit_tag, &context, error);
}

/* A recursive query gives its rows level by level. */
bool vt_marks_each_tag_name(vt_catalog_reader *reader, vt_tag_visitor visit, void *user, vt_error *error)
{
    visit_context context = {.visit.tag = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader,
        "WITH RECURSIVE path (id, parent_id, name, level) AS ("
        "SELECT id, 0, name, 1 FROM tag WHERE parent_id IS NULL UNION ALL "
        "SELECT tag.id, path.id, tag.name, level + 1 FROM path JOIN tag ON tag.parent_id = path.id "
        "WHERE level < 64) SELECT id, parent_id, name, '', level, 0, 0 FROM path",
        0, visit_tag, &context, error);
}

bool vt_marks_each_tag_of(vt_catalog_reader *reader, int64_t item_id, vt_tag_visitor visit, void *user,
                          vt_error *error)
{
    visit_context context = {.visit.tag = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader,
        "WITH RECURSIVE " TAG_PATHS " SELECT id, parent_id, name, text, level, 0, 0 FROM path "
        "WHERE id IN (SELECT tag_id FROM item_tag WHERE item_id = ?1)" TREE_ORDER,
        item_id, visit_tag, &context, error);
}

bool vt_marks_each_tagged(vt_catalog_reader *reader, int64_t tag_id, vt_item_visitor visit, void *user,
                          vt_error *error)
{
    visit_context context = {.visit.item = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader,
        "WITH RECURSIVE below (id) AS (VALUES (?1) UNION "
        "SELECT tag.id FROM below JOIN tag ON tag.parent_id = below.id) "
        "SELECT DISTINCT item_id FROM below JOIN item_tag ON tag_id = id ORDER BY item_id",
        tag_id, visit_item, &context, error);
}

bool vt_marks_each_pair(vt_catalog_reader *reader, vt_pair_visitor visit, void *user, vt_error *error)
{
    visit_context context = {.visit.pair = visit, .user = user};
    return vt_catalog_reader_each_row(reader, "SELECT item_id, tag_id FROM item_tag ORDER BY item_id, tag_id",
                                      0, visit_pair, &context, error);
}

bool vt_marks_each_album(vt_catalog_reader *reader, vt_album_visitor visit, void *user, vt_error *error)
{
    visit_context context = {.visit.album = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader,
        "SELECT id, name, created_ns, (SELECT count(*) FROM album_item WHERE album_id = album.id) "
        "FROM album ORDER BY position, id",
        0, visit_album, &context, error);
}

bool vt_marks_each_in_album(vt_catalog_reader *reader, int64_t album_id, vt_item_visitor visit, void *user,
                            vt_error *error)
{
    visit_context context = {.visit.item = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader, "SELECT item_id FROM album_item WHERE album_id = ?1 ORDER BY position, item_id", album_id,
        visit_item, &context, error);
}

bool vt_marks_each_last_in_album(vt_catalog_reader *reader, int64_t album_id, vt_item_visitor visit,
                                 void *user, vt_error *error)
{
    visit_context context = {.visit.item = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader, "SELECT item_id FROM album_item WHERE album_id = ?1 ORDER BY position DESC, item_id DESC",
        album_id, visit_item, &context, error);
}

/* A label that no program of ours writes is none. */
#define LABEL_SQL "label IS NOT NULL AND label BETWEEN 1 AND 15"
_Static_assert(VT_LABEL_MAX == 15, "the statements name the last label by number");

bool vt_marks_each_label(vt_catalog_reader *reader, vt_pair_visitor visit, void *user, vt_error *error)
{
    visit_context context = {.visit.pair = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader, "SELECT id, label FROM item INDEXED BY item_by_label WHERE " LABEL_SQL " ORDER BY id", 0,
        visit_pair, &context, error);
}

bool vt_marks_each_title(vt_catalog_reader *reader, vt_title_visitor visit, void *user, vt_error *error)
{
    visit_context context = {.visit.title = visit, .user = user};
    return vt_catalog_reader_each_row(
        reader, "SELECT id, title FROM item INDEXED BY item_by_title WHERE title IS NOT NULL ORDER BY id", 0,
        visit_title, &context, error);
}

typedef struct item_context {
    vt_item_marks *marks;
    bool found, copied;
} item_context;

static bool copy_marks(void *context, sqlite3_stmt *row)
{
    item_context *self = context;
    self->found = true;
    self->marks->label = sqlite3_column_int(row, 0);
    self->marks->title = strdup(text_at(row, 1));
    self->marks->note = strdup(text_at(row, 2));
    self->copied = self->marks->title && self->marks->note;
    return false;
}

bool vt_marks_item(vt_catalog_reader *reader, int64_t item_id, vt_item_marks *marks, vt_error *error)
{
    *marks = (vt_item_marks){0};
    item_context context = {.marks = marks};
    if (!vt_catalog_reader_each_row(reader,
                                    "SELECT CASE WHEN " LABEL_SQL " THEN label ELSE 0 END, title, "
                                    "(SELECT text FROM note WHERE item_id = id) FROM item WHERE id = ?1",
                                    item_id, copy_marks, &context, error)) {
        return false;
    }
    if (!context.found) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "the catalog has no item %lld", (long long)item_id);
    }
    if (!context.copied) {
        vt_item_marks_free(marks);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    return true;
}

void vt_item_marks_free(vt_item_marks *marks)
{
    free(marks->title);
    free(marks->note);
    *marks = (vt_item_marks){0};
}
