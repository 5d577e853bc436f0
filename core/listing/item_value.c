#include "core/listing/item_value.h"

#include "core/base/path.h"
#include "core/base/str.h"
#include "core/index/albums.h"
#include "core/index/stacks.h"
#include "core/index/tags.h"

#include <string.h>

static void set_number(vt_item_value *to, int64_t number)
{
    to->type = number > 0 ? VT_VALUE_NUMBER : VT_VALUE_NONE;
    to->number = number;
}

static void set_text(vt_item_value *to, const char *text, size_t length)
{
    to->type = text && length ? VT_VALUE_TEXT : VT_VALUE_NONE;
    to->text = text;
    to->length = length;
}

static void set_word(vt_item_value *to, const char *word)
{
    set_text(to, word, strlen(word));
}

static void get_file(const vt_listed_item *of, vt_item_column column, vt_item_value *to)
{
    const vt_item_brief *item = of->item;
    switch (column) {
    case VT_COLUMN_PATH:
        set_word(to, of->path);
        break;
    case VT_COLUMN_NAME:
        set_word(to, vt_path_name(of->path));
        break;
    case VT_COLUMN_KIND:
        set_word(to, vt_item_kind_name(item->kind));
        break;
    case VT_COLUMN_FORMAT:
        set_word(to, vt_item_format_name(item->format));
        break;
    case VT_COLUMN_STATE:
        set_word(to, vt_item_state_name(item->state));
        break;
    case VT_COLUMN_MTIME:
        vt_item_time(item->mtime_ns, to->time);
        set_word(to, to->time);
        break;
    case VT_COLUMN_SIZE:
        to->type = VT_VALUE_NUMBER; /* also 0 */
        to->number = item->size;
        break;
    default:
        to->type = VT_VALUE_NUMBER;
        to->number = item->id;
        break;
    }
}

static void get_content(const vt_item_brief *item, vt_item_column column, vt_item_value *to)
{
    bool sequence = item->kind == VT_KIND_SEQUENCE;
    switch (column) {
    case VT_COLUMN_WIDTH:
        set_number(to, item->width);
        break;
    case VT_COLUMN_HEIGHT:
        set_number(to, item->height);
        break;
    case VT_COLUMN_TRIANGLES:
        set_number(to, sequence ? 0 : (int64_t)item->triangles);
        break;
    case VT_COLUMN_FRAMES:
        set_number(to, sequence ? (int64_t)item->triangles : 0);
        break;
    case VT_COLUMN_WATERTIGHT:
        to->type = item->watertight == VT_WATERTIGHT_UNKNOWN ? VT_VALUE_NONE : VT_VALUE_BOOL;
        to->number = item->watertight == VT_WATERTIGHT_YES;
        break;
    case VT_COLUMN_CAMERA:
        set_text(to, item->camera, item->camera_length);
        break;
    case VT_COLUMN_TAKEN:
        if (item->taken_ns != VT_TAKEN_UNKNOWN) {
            vt_item_time_as(item->taken_ns, "%Y-%m-%dT%H:%M:%S", to->time);
            set_word(to, to->time);
        }
        break;
    default:
        break;
    }
}

static void get_marks(const vt_listed_item *of, vt_item_column column, vt_item_value *to)
{
    uint32_t count = 0;
    switch (column) {
    case VT_COLUMN_RATING:
        set_number(to, of->item->rating);
        break;
    case VT_COLUMN_LABEL:
        set_number(to, of->item->label);
        break;
    case VT_COLUMN_TITLE:
        set_text(to, of->item->title, of->item->title_length);
        break;
    case VT_COLUMN_TAGS:
        if (of->snapshot && vt_snapshot_tags_of(of->snapshot, of->row, &count) && count > 0) {
            to->type = VT_VALUE_TAGS;
        }
        break;
    case VT_COLUMN_ALBUMS:
        if (of->snapshot && vt_snapshot_albums_of(of->snapshot, of->row, &count) && count > 0) {
            to->type = VT_VALUE_ALBUMS;
        }
        break;
    default:
        break;
    }
}

static void get_stack(const vt_listed_item *of, vt_item_column column, vt_item_value *to)
{
    uint32_t place;
    uint32_t number = of->snapshot ? vt_snapshot_stack_of(of->snapshot, of->row, &place) : VT_INDEX_NO_STACK;
    if (number != VT_INDEX_NO_STACK) {
        vt_index_stack stack = vt_snapshot_stack(of->snapshot, number);
        set_number(to, column == VT_COLUMN_STACK ? stack.id : (int64_t)place - stack.first + 1);
    }
}

void vt_item_value_get(const vt_listed_item *of, vt_item_column column, vt_item_value *to)
{
    to->type = VT_VALUE_NONE;
    switch (column) {
    case VT_COLUMN_ID:
    case VT_COLUMN_PATH:
    case VT_COLUMN_KIND:
    case VT_COLUMN_FORMAT:
    case VT_COLUMN_SIZE:
    case VT_COLUMN_MTIME:
    case VT_COLUMN_STATE:
    case VT_COLUMN_NAME:
        get_file(of, column, to);
        break;
    case VT_COLUMN_RATING:
    case VT_COLUMN_LABEL:
    case VT_COLUMN_TITLE:
    case VT_COLUMN_TAGS:
    case VT_COLUMN_ALBUMS:
        get_marks(of, column, to);
        break;
    case VT_COLUMN_STACK:
    case VT_COLUMN_STACK_POSITION:
        get_stack(of, column, to);
        break;
    default:
        get_content(of->item, column, to);
        break;
    }
}

void vt_item_each_tag(const vt_listed_item *of, vt_word_taker take, void *to)
{
    uint32_t count = 0;
    const uint32_t *tags = vt_snapshot_tags_of(of->snapshot, of->row, &count);
    vt_str path = VT_STR_INIT;
    for (uint32_t i = 0; i < count; i++) {
        vt_index_tag tag;
        vt_snapshot_tag(of->snapshot, tags[i], &tag);
        if (!tag.removed) {
            vt_str_clear(&path);
            vt_snapshot_tag_path(of->snapshot, tags[i], &path);
            take(to, path.data, path.length);
        }
    }
    vt_str_free(&path);
}

void vt_item_each_album(const vt_listed_item *of, vt_word_taker take, void *to)
{
    uint32_t count = 0;
    const uint32_t *albums = vt_snapshot_albums_of(of->snapshot, of->row, &count);
    for (uint32_t i = 0; i < count; i++) {
        vt_index_album album;
        vt_snapshot_album(of->snapshot, albums[i], &album);
        if (!album.removed) {
            take(to, album.name, album.name_length);
        }
    }
}
