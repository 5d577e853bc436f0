#include "core/index/attributes.h"

#include "core/base/str.h"
#include "core/catalog/edit.h"
#include "core/catalog/marks.h"
#include "core/index/albums.h"
#include "core/index/tags.h"

#include <stdlib.h>
#include <string.h>

/* How often a cancel is looked for. */
#define CANCEL_STEP 4096

typedef struct loading {
    vt_index *index;
    const atomic_bool *cancelled;
    vt_error *error;
    vt_str text;  /* a title or name, fit to be shown */
    int64_t *ids; /* tags of one item, or albums and then items of one */
    size_t count, capacity;
    int64_t item;  /* whose tags those are */
    uint32_t seen; /* rows that have something */
    bool failed;
} loading;

/* Counts a row; true if loading ends here. */
static bool is_over(loading *load)
{
    if (load->seen++ % CANCEL_STEP == 0 && load->cancelled && atomic_load(load->cancelled)) {
        load->failed = !vt_error_set(load->error, VT_ERROR_CANCELLED, "loading the library was cancelled");
    }
    return load->failed;
}

static bool take_label(void *user, int64_t item_id, int64_t label)
{
    loading *load = user;
    const vt_item_attributes item = {
        .item_id = item_id, .which = VT_ATTRIBUTE_LABEL, .label = (uint8_t)label};
    load->failed = is_over(load) || !vt_index_put_attributes(load->index, &item, 1, load->error);
    return !load->failed;
}

/* What the edits let through may be shown as it is, but a catalog can come from anywhere: copies a title or a
   name into `load->text`, fit to be shown. */
static bool make_fit(loading *load, const char *text, size_t limit)
{
    size_t length = strlen(text);
    vt_str_clear(&load->text);
    vt_str_append_display(&load->text, text, length > limit ? vt_utf8_cut(text, limit) : length);
    if (load->text.failed) {
        load->failed = !vt_error_set(load->error, VT_ERROR_MEMORY, "out of memory while loading titles");
    }
    return !load->failed;
}

static bool take_title(void *user, int64_t item_id, const char *title)
{
    loading *load = user;
    if (is_over(load) || !make_fit(load, title, VT_TITLE_BYTES_MAX)) {
        return false;
    }
    const vt_item_attributes item = {.item_id = item_id,
                                     .which = VT_ATTRIBUTE_TITLE,
                                     .title = load->text.data,
                                     .title_length = (uint32_t)load->text.length};
    load->failed = !vt_index_put_attributes(load->index, &item, 1, load->error);
    return !load->failed;
}

static bool take_metadata(void *user, const vt_metadata_brief *brief)
{
    loading *load = user;
    load->failed = is_over(load) || !vt_index_put_metadata(load->index, brief, load->error);
    return !load->failed;
}

/* A tag that is too deep, and all below it, is left out: no program of ours makes one. */
static bool take_tag(void *user, const vt_tag *tag)
{
    loading *load = user;
    vt_error fault = VT_ERROR_INIT;
    if (is_over(load) || !make_fit(load, tag->name, VT_TAG_BYTES_MAX)) {
        return false;
    }
    load->failed =
        !vt_index_put_tag(load->index, tag->id, tag->parent_id, load->text.data, load->text.length, &fault) &&
        fault.code != VT_ERROR_USAGE;
    if (load->failed && load->error) {
        *load->error = fault;
    }
    return !load->failed;
}

static bool keep_id(loading *load, int64_t id)
{
    if (load->count == load->capacity) {
        size_t capacity = load->capacity ? load->capacity * 2 : 256;
        int64_t *ids = realloc(load->ids, capacity * sizeof *ids);
        if (!ids) {
            load->failed = !vt_error_set(load->error, VT_ERROR_MEMORY, "out of memory while loading tags");
            return false;
        }
        load->ids = ids;
        load->capacity = capacity;
    }
    load->ids[load->count++] = id;
    return true;
}

/* Gives the tags that were collected to their item. */
static bool put_tags(loading *load)
{
    load->failed =
        load->count > 0 && !vt_index_set_tags(load->index, load->item, load->ids, load->count, load->error);
    load->count = 0;
    return !load->failed;
}

static bool take_pair(void *user, int64_t item_id, int64_t tag_id)
{
    loading *load = user;
    bool next = item_id != load->item;
    if (is_over(load) || (next && !put_tags(load))) {
        return false;
    }
    load->item = item_id;
    return keep_id(load, tag_id);
}

static bool take_album(void *user, const vt_album *album)
{
    loading *load = user;
    load->item++; /* its place */
    if (is_over(load) || !make_fit(load, album->name, VT_TITLE_BYTES_MAX)) {
        return false;
    }
    load->failed = !vt_index_put_album(load->index, album->id, load->item, load->text.data, load->text.length,
                                       load->error);
    return !load->failed && keep_id(load, album->id);
}

static bool take_album_item(void *user, int64_t item_id)
{
    loading *load = user;
    return !is_over(load) && keep_id(load, item_id);
}

static bool load_tags(loading *load, vt_catalog_reader *reader)
{
    return vt_marks_each_tag_name(reader, take_tag, load, load->error) && !load->failed &&
           vt_marks_each_pair(reader, take_pair, load, load->error) && !load->failed && put_tags(load);
}

static bool load_albums(loading *load, vt_catalog_reader *reader)
{
    load->count = 0;
    load->item = 0;
    if (!vt_marks_each_album(reader, take_album, load, load->error) || load->failed) {
        return false;
    }
    size_t albums = load->count; /* their ids stand in front of those of the items */
    for (size_t i = 0; i < albums; i++) {
        load->count = albums;
        if (!vt_marks_each_in_album(reader, load->ids[i], take_album_item, load, load->error) ||
            load->failed ||
            !vt_index_add_to_album(load->index, load->ids[i], load->ids + albums, load->count - albums,
                                   load->error)) {
            return false;
        }
    }
    return true;
}

static bool load_all(loading *load, vt_catalog_reader *reader)
{
    vt_error *error = load->error;
    return vt_marks_each_label(reader, take_label, load, error) && !load->failed &&
           vt_marks_each_title(reader, take_title, load, error) && !load->failed &&
           vt_catalog_reader_each_metadata_brief(reader, take_metadata, load, error) && !load->failed &&
           load_tags(load, reader) && load_albums(load, reader);
}

bool vt_index_load_attributes(vt_index *index, vt_catalog_reader *reader, const atomic_bool *cancelled,
                              vt_error *error)
{
    loading load = {.index = index, .cancelled = cancelled, .error = error, .text = VT_STR_INIT};
    if (!vt_catalog_reader_begin(reader, error)) {
        return false;
    }
    bool loaded = load_all(&load, reader);
    vt_catalog_reader_end(reader);
    vt_str_free(&load.text);
    free(load.ids);
    return loaded && (load.seen == 0 || vt_index_publish(index, error));
}
