/* What a view of the library in a pane is remembered by. A state may come from a file of anybody's: what
   makes no sense in it is passed over. */
#include "app/ui/panes/pane_items.h"
#include "app/ui/table/table_order.h"

#include "core/index/group.h"

#include <stdlib.h>
#include <string.h>

enum { WORD_MAX = 256 };

static void save_order(const vt_pane_items *items, vt_json_writer *json)
{
    vt_str words = VT_STR_INIT;
    vt_table_order order;
    bool backwards = false;
    order.count = vt_library_sorts(items->library, order.sorts);
    vt_table_order_write(&order, &words);
    vt_group_by group = vt_library_group(items->library, &backwards);
    vt_json_key(json, "order");
    vt_json_string(json, words.data);
    vt_json_key(json, "group");
    vt_json_string(json, vt_group_by_name(group));
    vt_json_key(json, "backwards");
    vt_json_bool(json, backwards);
    vt_str_free(&words);
}

/* The place: as it is, or as it shall be once there is something to stand at. */
static void save_place(const vt_pane_items *items, vt_json_writer *json)
{
    int64_t id = items->has_place ? items->item : 0;
    int64_t row = vt_library_selection(items->library)->current;
    if (!items->has_place && row >= 0 && row < vt_library_count(items->library)) {
        vt_item_brief item;
        vt_library_item(items->library, row, &item);
        id = item.id;
    }
    vt_json_key(json, "item");
    vt_json_int(json, id);
    vt_json_key(json, "scroll");
    vt_json_int(json, items->has_place ? items->scroll : items->view->scroll(items));
}

void *vt_pane_items_save(const vt_pane_content *content, size_t *length)
{
    const vt_pane_items *items = (const vt_pane_items *)content;
    vt_str text = VT_STR_INIT;
    vt_json_writer json;
    char *filter = q_lineedit_text(vt_filter_box_edit(items->box));
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_COMPACT);
    vt_json_object_begin(&json);
    vt_json_key(&json, "filter");
    vt_json_string(&json, filter ? filter : "");
    save_order(items, &json);
    items->view->save(items, &json);
    save_place(items, &json);
    vt_json_object_end(&json);
    free(filter);
    bool good = vt_json_end(&json, NULL) && !text.failed;
    *length = text.length;
    if (!good) {
        vt_str_free(&text);
        return NULL;
    }
    return vt_str_take(&text);
}

/* A word as a text of its own; "" for one that is too long. */
static bool read_word(vt_json_reader *json, char word[WORD_MAX])
{
    vt_json_text text;
    word[0] = '\0';
    if (!vt_json_read_text(json, WORD_MAX - 1, &text)) {
        return false;
    }
    memcpy(word, text.bytes, text.length);
    word[text.length] = '\0';
    return true;
}

typedef struct group_read {
    vt_group_by by;
    bool is_known, backwards;
} group_read;

static void read_filter(vt_pane_items *items, vt_json_reader *json)
{
    vt_json_text text;
    if (vt_json_read_text(json, VT_FILTER_LENGTH_MAX, &text)) {
        char *filter = strndup(text.bytes, text.length);
        if (filter) {
            vt_pane_items_set_filter(items, filter);
        }
        free(filter);
    }
}

static void read_order(vt_pane_items *items, vt_json_reader *json)
{
    char word[WORD_MAX];
    vt_table_order order;
    if (read_word(json, word) && vt_table_order_read(word, &order)) {
        vt_library_set_sorts(items->library, order.sorts, order.count);
    }
}

static void read_member(vt_pane_items *items, const vt_json_text *key, vt_json_reader *json,
                        group_read *group)
{
    char word[WORD_MAX];
    if (vt_json_text_is(key, "filter")) {
        read_filter(items, json);
    } else if (vt_json_text_is(key, "order")) {
        read_order(items, json);
    } else if (vt_json_text_is(key, "group")) {
        group->is_known = read_word(json, word) && vt_group_by_from_name(word, &group->by);
    } else if (vt_json_text_is(key, "backwards")) {
        vt_json_read_bool(json, &group->backwards);
    } else if (vt_json_text_is(key, "item")) {
        vt_json_read_int(json, 0, INT64_MAX, &items->item);
    } else if (vt_json_text_is(key, "scroll")) {
        items->has_place = vt_json_read_int(json, 0, INT32_MAX, &items->scroll);
    } else if (!items->view->restore(items, key, json)) {
        vt_json_skip(json);
    }
}

void vt_pane_items_restore(vt_pane_content *content, const void *bytes, size_t length)
{
    vt_pane_items *items = (vt_pane_items *)content;
    vt_json_reader json;
    vt_json_text key;
    group_read group = {.by = VT_GROUP_NONE};
    if (content->stage != VT_PANE_LOADING && content->stage != VT_PANE_READY) {
        return;
    }
    vt_json_read_begin(&json, "the state of a pane", bytes, length);
    if (vt_json_enter_object(&json)) {
        while (vt_json_next_member(&json, &key)) {
            read_member(items, &key, &json, &group);
        }
    }
    if (group.is_known) {
        vt_library_set_group(items->library, group.by, group.backwards);
    }
    vt_json_read_end(&json, NULL);
    q_timer_start_interval(items->settle, 0);
}
