#include "core/catalog/stacks.h"

#include "core/catalog/reader_private.h"

typedef struct stack_visit {
    vt_stack_visitor visitor;
    void *user;
} stack_visit;

static bool take_member(void *context, sqlite3_stmt *row)
{
    const stack_visit *to = context;
    return to->visitor(to->user, sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1));
}

bool vt_catalog_reader_each_in_stacks(vt_catalog_reader *reader, vt_stack_visitor visit, void *user,
                                      vt_error *error)
{
    stack_visit to = {visit, user};
    return vt_catalog_reader_each_row(
        reader,
        "SELECT stack_id, item_id FROM stack_item WHERE stack_id > ? ORDER BY stack_id, position, item_id", 0,
        take_member, &to, error);
}

typedef struct place_visit {
    int64_t item;
    vt_stack_place *place;
} place_visit;

static bool take_place(void *context, sqlite3_stmt *row)
{
    place_visit *to = context;
    to->place->count++;
    if (sqlite3_column_int64(row, 1) == to->item) {
        to->place->stack = sqlite3_column_int64(row, 0);
        to->place->position = to->place->count;
    }
    return true;
}

bool vt_catalog_reader_stack_place(vt_catalog_reader *reader, int64_t item, vt_stack_place *place,
                                   vt_error *error)
{
    place_visit to = {item, place};
    *place = (vt_stack_place){0};
    if (!vt_catalog_reader_each_row(
            reader,
            "SELECT stack_id, item_id FROM stack_item JOIN item ON item.id = item_id AND item.state <> 5 "
            "WHERE stack_id = (SELECT stack_id FROM stack_item WHERE item_id = ?) ORDER BY position, item_id",
            item, take_place, &to, error)) {
        return false;
    }
    if (place->count < 2 || place->position == 0) {
        *place = (vt_stack_place){0};
    }
    return true;
}
