#include "core/edit/show.h"

#include "core/base/ids.h"
#include "core/base/str.h"
#include "core/catalog/edit.h"
#include "core/catalog/marks.h"
#include "core/index/albums.h"
#include "core/index/attributes.h"
#include "core/index/stacks.h"
#include "core/index/tags.h"

#include <stdlib.h>
#include <string.h>

/* ---- numbers: what the change says is enough ---- */

static int number_of(vt_edit_kind kind, const vt_item_brief *item)
{
    return kind == VT_EDIT_RATING ? item->rating : item->label;
}

static bool put_number(vt_index *index, vt_edit_kind kind, int64_t id, int value, vt_error *error)
{
    if (kind == VT_EDIT_RATING) {
        return vt_index_set_rating(index, id, (uint8_t)value, error);
    }
    const vt_item_attributes item = {.item_id = id, .which = VT_ATTRIBUTE_LABEL, .label = (uint8_t)value};
    return vt_index_put_attributes(index, &item, 1, error);
}

static bool is_as_expected(const vt_snapshot *before, vt_edit_kind kind, int64_t id, int expected)
{
    uint32_t row = vt_snapshot_find(before, id);
    if (row == VT_INDEX_NO_ROW) {
        return false;
    }
    vt_item_brief item;
    vt_snapshot_item(before, row, &item);
    return number_of(kind, &item) == expected;
}

static bool show_numbers(vt_index *index, const vt_snapshot *before, const vt_change *change,
                         vt_change_direction direction, size_t skipped, vt_error *error)
{
    vt_edit_kind kind = vt_change_kind(change);
    bool back = direction == VT_CHANGE_BACK;
    for (size_t i = 0; i < vt_change_run_count(change); i++) {
        const vt_change_run *run = vt_change_run_at(change, i);
        const int64_t *ids = vt_change_ids(change, run);
        int from = back ? run->after : run->before;
        int to = back ? run->before : run->after;
        for (size_t k = 0; k < run->count; k++) {
            bool left = skipped && !is_as_expected(before, kind, ids[k], from);
            if (!left && !put_number(index, kind, ids[k], to, error)) {
                return false;
            }
        }
    }
    return true;
}

/* ---- texts and tags: read again from the catalog, for some may have been left as they were ---- */

typedef struct rereading {
    vt_index *index;
    vt_catalog_reader *reader;
    vt_error *error;
    int64_t *ids; /* of tags, or of the items of an album; owned */
    size_t count, capacity;
    size_t limit; /* of an album's last items: these are enough */
    int64_t item; /* whose tags they are */
    vt_str name;
    bool failed;
} rereading;

static bool keep(rereading *of, int64_t id)
{
    if (of->count == of->capacity) {
        size_t capacity = of->capacity ? of->capacity * 2 : 64;
        int64_t *ids = realloc(of->ids, capacity * sizeof *ids);
        if (!ids) {
            of->failed = !vt_error_set(of->error, VT_ERROR_MEMORY, "out of memory while showing an edit");
            return false;
        }
        of->ids = ids;
        of->capacity = capacity;
    }
    of->ids[of->count++] = id;
    return true;
}

static bool take_title(void *user, int64_t id, const char *title)
{
    rereading *of = user;
    const vt_item_attributes item = {
        .item_id = id, .which = VT_ATTRIBUTE_TITLE, .title = title, .title_length = (uint32_t)strlen(title)};
    of->failed = !vt_index_put_attributes(of->index, &item, 1, of->error);
    return !of->failed;
}

/* The tags that were collected are all that the item has. */
static bool put_tags(rereading *of)
{
    bool put = of->item == 0 || vt_index_set_tags(of->index, of->item, of->ids, of->count, of->error);
    of->count = 0;
    of->failed = of->failed || !put;
    return put;
}

/* Those of one item come one after the other; 0 stands for none. */
static bool take_tag_of(void *user, int64_t id, int64_t tag)
{
    rereading *of = user;
    if (id != of->item && !put_tags(of)) {
        return false;
    }
    of->item = id;
    return tag == 0 || keep(of, tag);
}

static bool reread_tags(rereading *of, const int64_t *ids, size_t count)
{
    of->item = 0;
    of->count = 0;
    return vt_marks_each_pair_of(of->reader, ids, count, take_tag_of, of, of->error) && !of->failed &&
           put_tags(of);
}

static bool reread_titles(rereading *of, const int64_t *ids, size_t count)
{
    return vt_marks_each_title_of(of->reader, ids, count, take_title, of, of->error) && !of->failed;
}

static bool take_tag(void *user, const vt_tag *tag)
{
    rereading *of = user;
    size_t length = strlen(tag->name);
    vt_str_clear(&of->name);
    vt_str_append_display(&of->name, tag->name,
                          length > VT_TAG_BYTES_MAX ? vt_utf8_cut(tag->name, VT_TAG_BYTES_MAX) : length);
    of->failed = of->name.failed || !vt_index_put_tag(of->index, tag->id, tag->parent_id, of->name.data,
                                                      of->name.length, of->error);
    return !of->failed && keep(of, tag->id);
}

/* An edit may have made tags, and undoing it may have taken them away: all of them, then (0.1 s at 100,000).
 */
static bool reread_tree(rereading *of, const vt_snapshot *before)
{
    of->count = 0;
    if (!vt_marks_each_tag_name(of->reader, take_tag, of, of->error) || of->failed) {
        return false;
    }
    vt_ids_sort(of->ids, of->count);
    for (uint32_t i = 0; i < vt_snapshot_tag_count(before); i++) {
        vt_index_tag tag;
        vt_snapshot_tag(before, i, &tag);
        bool there = vt_ids_contain(of->ids, of->count, tag.id);
        if (!tag.removed && !there && !vt_index_remove_tag(of->index, tag.id, of->error)) {
            return false;
        }
    }
    return true;
}

static bool makes_tags(const vt_change *change)
{
    if (vt_edit_kind_is_of_itself(vt_change_kind(change))) {
        return true;
    }
    for (size_t i = 0; i < vt_change_run_count(change); i++) {
        if (vt_change_run_at(change, i)->made > 0) {
            return true;
        }
    }
    return false;
}

static bool reread(rereading *of, const vt_snapshot *before, const vt_change *change)
{
    bool tags = vt_change_kind(change) != VT_EDIT_TITLE;
    if (tags && makes_tags(change) && !reread_tree(of, before)) {
        return false;
    }
    for (size_t i = 0; i < vt_change_run_count(change); i++) {
        const vt_change_run *run = vt_change_run_at(change, i);
        const int64_t *ids = vt_change_ids(change, run);
        if (!(tags ? reread_tags(of, ids, run->count) : reread_titles(of, ids, run->count))) {
            return false;
        }
    }
    return true;
}

/* ---- albums: what they hold, in its order ---- */

static bool take_item(void *user, int64_t id)
{
    return keep(user, id);
}

static bool take_last_item(void *user, int64_t id)
{
    rereading *of = user;
    return keep(of, id) && of->count < of->limit;
}

/* Whether `added`, the last items of the album as it is, are the only new ones: then what a large album holds
   already need not be read. */
static bool are_appended(const rereading *of, const vt_snapshot *before, int64_t album, size_t added)
{
    uint32_t number = vt_snapshot_find_album(before, album);
    if (number == VT_INDEX_NO_ALBUM || of->count != added) {
        return false;
    }
    for (size_t i = 0; i < of->count; i++) {
        uint32_t row = vt_snapshot_find(before, of->ids[i]);
        uint32_t count = 0;
        const uint32_t *albums = row == VT_INDEX_NO_ROW ? NULL : vt_snapshot_albums_of(before, row, &count);
        for (uint32_t k = 0; k < count; k++) {
            if (albums[k] == number) {
                return false;
            }
        }
    }
    return true;
}

static bool append_new(rereading *of, const vt_snapshot *before, int64_t album, size_t added, bool *done)
{
    of->count = 0;
    of->limit = added;
    if (added == 0 || !vt_marks_each_last_in_album(of->reader, album, take_last_item, of, of->error) ||
        of->failed) {
        return added == 0;
    }
    *done = are_appended(of, before, album, added);
    for (size_t i = 0; *done && i < of->count / 2; i++) { /* the last came first */
        int64_t id = of->ids[i];
        of->ids[i] = of->ids[of->count - 1 - i];
        of->ids[of->count - 1 - i] = id;
    }
    return !*done || vt_index_add_to_album(of->index, album, of->ids, of->count, of->error);
}

/* An album that is gone by now is nothing to be shown. */
static bool reread_album(rereading *of, const vt_snapshot *before, const vt_change *change,
                         vt_change_direction direction)
{
    int64_t album = vt_change_album(change);
    bool done = false;
    if (vt_snapshot_find_album(before, album) == VT_INDEX_NO_ALBUM) {
        return true;
    }
    if (vt_change_kind(change) == VT_EDIT_ADD_TO_ALBUM && direction == VT_CHANGE_FORTH &&
        !append_new(of, before, album, vt_change_count(change), &done)) {
        return false;
    }
    of->count = 0;
    return done || (vt_marks_each_in_album(of->reader, album, take_item, of, of->error) && !of->failed &&
                    vt_index_set_album_items(of->index, album, of->ids, of->count, of->error));
}

/* ---- albums themselves ---- */

static bool put_album(void *user, const vt_album *album)
{
    rereading *of = user;
    of->failed = !vt_index_put_album(of->index, album->id, (int64_t)of->count, album->name,
                                     strlen(album->name), of->error) ||
                 !keep(of, album->id);
    return !of->failed;
}

/* They are few: all their names and places are read again. */
static bool reread_albums(rereading *of, const vt_snapshot *before, const vt_change *change)
{
    int64_t album = vt_change_album(change);
    bool there = false;
    of->count = 0;
    if (!vt_marks_each_album(of->reader, put_album, of, of->error) || of->failed) {
        return false;
    }
    for (size_t i = 0; i < of->count; i++) {
        there = there || of->ids[i] == album;
    }
    if (!there) {
        return vt_snapshot_find_album(before, album) == VT_INDEX_NO_ALBUM ||
               vt_index_remove_album(of->index, album, of->error);
    }
    of->count = 0;
    return vt_change_kind(change) == VT_EDIT_RENAME_ALBUM || vt_change_kind(change) == VT_EDIT_MOVE_ALBUM ||
           (vt_marks_each_in_album(of->reader, album, take_item, of, of->error) && !of->failed &&
            vt_index_set_album_items(of->index, album, of->ids, of->count, of->error));
}

/* ---- all kinds ---- */

/* All of them: an edit may merge stacks that it does not name. */
static bool show_stacks(vt_index *index, const vt_catalog *catalog, vt_error *error)
{
    bool any;
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, error);
    bool shown = reader && vt_index_read_stacks(index, reader, &any, error);
    vt_catalog_reader_free(reader);
    return shown;
}

static bool read_kind(rereading *of, const vt_snapshot *before, const vt_change *change,
                      vt_change_direction direction)
{
    switch (vt_change_kind(change)) {
    case VT_EDIT_ADD_TO_ALBUM:
    case VT_EDIT_REMOVE_FROM_ALBUM:
    case VT_EDIT_ORDER_ALBUM:
        return reread_album(of, before, change, direction);
    case VT_EDIT_CREATE_ALBUM:
    case VT_EDIT_RENAME_ALBUM:
    case VT_EDIT_MOVE_ALBUM:
    case VT_EDIT_DELETE_ALBUM:
        return reread_albums(of, before, change);
    default:
        return reread(of, before, change);
    }
}

static bool show_read(vt_index *index, const vt_catalog *catalog, const vt_snapshot *before,
                      const vt_change *change, vt_change_direction direction, vt_error *error)
{
    rereading of = {.index = index, .error = error, .name = VT_STR_INIT};
    of.reader = vt_catalog_reader_open(catalog, error);
    bool shown = of.reader && read_kind(&of, before, change, direction);
    vt_catalog_reader_free(of.reader);
    vt_str_free(&of.name);
    free(of.ids);
    return shown;
}

bool vt_edit_show(vt_index *index, const vt_catalog *catalog, const vt_snapshot *before,
                  const vt_change *change, vt_change_direction direction, size_t skipped, vt_error *error)
{
    switch (vt_change_kind(change)) {
    case VT_EDIT_RATING:
    case VT_EDIT_LABEL:
        return show_numbers(index, before, change, direction, skipped, error);
    case VT_EDIT_NOTE: /* no column */
        return true;
    case VT_EDIT_STACK:
    case VT_EDIT_UNSTACK:
    case VT_EDIT_TAKE_OUT:
    case VT_EDIT_STACK_COVER:
        return show_stacks(index, catalog, error);
    case VT_EDIT_TAKE_SIDECAR: /* its runs stand behind one another, an item each */
        return vt_change_count(change) == 0 ||
               vt_edit_show_items(index, catalog, before, vt_change_ids(change, vt_change_run_at(change, 0)),
                                  vt_change_count(change), false, error);
    default:
        return show_read(index, catalog, before, change, direction, error);
    }
}

/* ---- items that something else has changed ---- */

static bool reread_numbers(rereading *of, int64_t id)
{
    vt_item item;
    vt_item_marks marks;
    vt_error fault = VT_ERROR_INIT;
    if (!vt_catalog_reader_item(of->reader, id, &item, &fault) ||
        !vt_marks_item(of->reader, id, &marks, &fault)) {
        return fault.code == VT_ERROR_NOT_FOUND || vt_error_set(of->error, fault.code, "%s", fault.message);
    }
    int label = marks.label;
    vt_item_marks_free(&marks);
    return put_number(of->index, VT_EDIT_RATING, id, item.rating, of->error) &&
           put_number(of->index, VT_EDIT_LABEL, id, label, of->error);
}

static bool show_these(vt_index *index, const vt_catalog *catalog, const vt_snapshot *before,
                       const int64_t *ids, size_t count, bool made, bool tags_only, vt_error *error)
{
    rereading of = {.index = index, .error = error, .name = VT_STR_INIT};
    of.reader = vt_catalog_reader_open(catalog, error);
    bool shown = of.reader && (!made || reread_tree(&of, before)) &&
                 (tags_only || reread_titles(&of, ids, count)) && reread_tags(&of, ids, count);
    for (size_t i = 0; shown && !tags_only && i < count; i++) {
        shown = reread_numbers(&of, ids[i]);
    }
    vt_catalog_reader_free(of.reader);
    vt_str_free(&of.name);
    free(of.ids);
    return shown;
}

bool vt_edit_show_items(vt_index *index, const vt_catalog *catalog, const vt_snapshot *before,
                        const int64_t *ids, size_t count, bool made, vt_error *error)
{
    return show_these(index, catalog, before, ids, count, made, false, error);
}

bool vt_edit_show_tags(vt_index *index, const vt_catalog *catalog, const vt_snapshot *before,
                       const int64_t *ids, size_t count, bool made, vt_error *error)
{
    return show_these(index, catalog, before, ids, count, made, true, error);
}
