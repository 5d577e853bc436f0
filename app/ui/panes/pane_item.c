#include "app/ui/panes/pane_item.h"

#include "app/ui/library/library.h"
#include "app/ui/viewer/failure_words.h"
#include "core/base/uri.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *vt_pane_provider_of(const vt_item_brief *item, char provider[64])
{
    const char *type = item->kind == VT_KIND_MODEL      ? "model"
                       : item->kind == VT_KIND_SEQUENCE ? "sequence"
                                                        : "image";
    snprintf(provider, 64, "%s:%lld", type, (long long)item->id);
    return provider;
}

int64_t vt_pane_item_id(const char *argument)
{
    char *end = NULL;
    errno = 0;
    long long id = strtoll(argument, &end, 10);
    bool good = errno == 0 && end != argument && *end == '\0' && id > 0;
    return good ? (int64_t)id : 0;
}

static uint32_t row_of(const vt_snapshot *snapshot, int64_t id)
{
    uint32_t row = vt_snapshot_find(snapshot, id);
    return row != VT_INDEX_NO_ROW && vt_snapshot_removed(snapshot, row) ? VT_INDEX_NO_ROW : row;
}

bool vt_pane_item_find(vt_pane_item *item, vt_engine *engine, const char *argument, vt_error *error)
{
    int64_t id = vt_pane_item_id(argument);
    vt_pane_item_clear(item);
    if (!id) {
        return vt_error_set(error, VT_ERROR_USAGE,
                            "\"%s\" names no item: open one from the cards or the table.", argument);
    }
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(engine));
    item->row = row_of(snapshot, id);
    bool found = item->row != VT_INDEX_NO_ROW;
    if (found) {
        vt_snapshot_item(snapshot, item->row, &item->brief);
        item->version = vt_item_version(&item->brief);
        vt_str_append_display(&item->name, item->brief.name, item->brief.name_length);
        item->brief.name = NULL;
        vt_snapshot_path(snapshot, item->row, &item->path);
    }
    vt_snapshot_release(snapshot);
    if (!found) {
        return vt_error_set(error, VT_ERROR_NOT_FOUND, "Item %lld is not in the library (any more).",
                            (long long)id);
    }
    return !(item->name.failed || item->path.failed) || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

bool vt_pane_item_is_same(const vt_pane_item *item, vt_engine *engine)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(engine));
    uint32_t row = item->brief.id ? row_of(snapshot, item->brief.id) : VT_INDEX_NO_ROW;
    bool same = row != VT_INDEX_NO_ROW;
    if (same) {
        vt_item_brief brief;
        vt_str path = VT_STR_INIT;
        vt_snapshot_item(snapshot, row, &brief);
        vt_snapshot_path(snapshot, row, &path);
        same = vt_item_version(&brief) == item->version && brief.kind == item->brief.kind &&
               path.length == item->path.length && memcmp(path.data, item->path.data, path.length) == 0;
        vt_str_free(&path);
    }
    vt_snapshot_release(snapshot);
    return same;
}

void vt_pane_item_clear(vt_pane_item *item)
{
    vt_str_free(&item->name);
    vt_str_free(&item->path);
    *item = (vt_pane_item)VT_PANE_ITEM_INIT;
}

vt_subject vt_pane_item_subject(const vt_pane_item *item, vt_engine *engine)
{
    vt_subject subject = {.library = NULL};
    if (item->brief.id) {
        const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(engine));
        bool is_there = row_of(snapshot, item->brief.id) != VT_INDEX_NO_ROW;
        vt_snapshot_release(snapshot);
        subject.item = is_there ? item->brief.id : 0;
        subject.count = is_there;
    }
    return subject;
}

vt_chosen *vt_pane_items_chosen(vt_engine *engine, const int64_t *ids, size_t count)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(engine));
    vt_chosen *chosen = vt_chosen_of_items(snapshot, ids, count);
    vt_snapshot_release(snapshot);
    return chosen;
}

bool vt_pane_path_of(const char *argument, size_t length, vt_str *path, vt_error *error)
{
    if (length > 0 && argument[0] == '/') {
        vt_str_append(path, argument, length);
    } else {
        char *from = vt_uri_to_path(argument, length);
        if (!from) {
            return vt_error_set(error, VT_ERROR_USAGE,
                                "\"%.*s\" is no place on this machine: give a path that begins "
                                "with / or file://.",
                                (int)(length > 200 ? 200 : length), argument);
        }
        vt_str_append_cstr(path, from);
        free(from);
    }
    return !path->failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

void vt_pane_fail_of_file(vt_pane_content *content, const vt_error *error)
{
    vt_error told = *error;
    char detail[sizeof told.message];
    if (error->code != VT_ERROR_CANCELLED) {
        vt_failure_detail(detail, sizeof detail, error);
        vt_error_set(&told, error->code, "%s: %s", vt_failure_words_of(error->code)->headline, detail);
    }
    vt_pane_content_fail(content, &told);
}
