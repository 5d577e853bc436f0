/* `table:FILTER`: rows of the library as a table in a pane. */
#include "app/ui/panes/pane_items.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/library/stacks.h"
#include "app/ui/table/table_view.h"
#include "core/base/translatable.h"

#include <qt6c/qmodelindex.h>
#include <qt6c/qscrollbar.h>

#include <stdlib.h>

enum { COLUMNS_MAX = 4096, IDLE = 4 };

typedef struct table_pane {
    vt_pane_items items; /* first */
    vt_table *table;
} table_pane;

static table_pane *of(vt_pane_items *items)
{
    return (table_pane *)items;
}

static QScrollBar *bar_of(const vt_pane_items *items)
{
    return q_abstractscrollarea_vertical_scroll_bar((QTableView *)items->widget);
}

static void say(void *user, const char *text)
{
    const vt_pane_items *items = user;
    vt_pane_content_say(&items->content, text);
}

static QWidget *make(vt_pane_items *items, QWidgetRef parent)
{
    const vt_pane_context *context = items->content.context;
    vt_library_fold_stacks(items->library, false);
    of(items)->table = vt_table_create(parent, &(vt_table_context){.library = items->library,
                                                                   .executor = context->executor,
                                                                   .open = vt_pane_items_open,
                                                                   .say = say,
                                                                   .user = items,
                                                                   .log = context->log});
    return vt_table_widget(of(items)->table);
}

static void stop(vt_pane_items *items)
{
    vt_table_stop(of(items)->table);
}

static void reset(vt_pane_items *items)
{
    static const QByteArray nothing;
    vt_table_restore_columns(of(items)->table, &nothing);
    q_abstractslider_set_value(bar_of(items), 0);
}

static void reveal(vt_pane_items *items, int64_t row)
{
    QTableView *view = (QTableView *)items->widget;
    QModelIndex none = q_modelindex_make();
    QModelIndex index = q_abstractitemmodel_index(q_abstractitemview_model(view), (int)row, 0, &none);
    q_abstractitemview_scroll_to(view, &index);
}

static int64_t scroll(const vt_pane_items *items)
{
    return q_abstractslider_value(bar_of(items));
}

static void scroll_to(vt_pane_items *items, int64_t value)
{
    q_abstractslider_set_value(bar_of(items), (int)value);
}

static void save(const vt_pane_items *items, vt_json_writer *json)
{
    QByteArray columns = vt_table_save_columns(((const table_pane *)items)->table);
    vt_json_key(json, "columns");
    vt_json_bytes(json, columns.ptr ? columns.ptr : "", (size_t)columns.size);
    qt_bytearray_release(&columns);
}

static bool restore(vt_pane_items *items, const vt_json_text *key, vt_json_reader *json)
{
    vt_json_text text;
    if (!vt_json_text_is(key, "columns")) {
        return false;
    }
    if (vt_json_read_text(json, COLUMNS_MAX, &text)) {
        QByteArray columns = qt_bytearray_from_bytes(text.bytes, text.length);
        vt_table_restore_columns(of(items)->table, &columns);
        qt_bytearray_release(&columns);
    }
    return true;
}

static vt_subject tell_subject(const vt_pane_content *content)
{
    vt_subject subject = vt_pane_items_subject(content);
    subject.table = ((const table_pane *)content)->table;
    return subject;
}

static const vt_pane_items_view table_view = {.name = VT_TR_NOOP("panes", "Items of the pane as a table"),
                                              .make = make,
                                              .stop = stop,
                                              .reset = reset,
                                              .reveal = reveal,
                                              .scroll = scroll,
                                              .scroll_to = scroll_to,
                                              .save = save,
                                              .restore = restore};

static void destroy(vt_pane_content *content)
{
    vt_pane_items_destroy(content);
    free(content);
}

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    table_pane *pane = calloc(1, sizeof *pane);
    if (!pane) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    if (!vt_pane_items_make(&pane->items, &vt_pane_table_type, context, &table_view, error)) {
        destroy(&pane->items.content);
        return NULL;
    }
    return &pane->items.content;
}

const vt_pane_type vt_pane_table_type = {.name = "table",
                                         .title = VT_TR_NOOP("panes", "Table"),
                                         .argument = VT_TR_NOOP("panes", "filter"),
                                         .icon = VT_ICON_TABLE,
                                         .idle = IDLE,
                                         .create = create,
                                         .show = vt_pane_items_show,
                                         .clear = vt_pane_items_clear,
                                         .destroy = destroy,
                                         .cancel = vt_pane_items_cancel,
                                         .describe = vt_pane_items_describe,
                                         .save = vt_pane_items_save,
                                         .restore = vt_pane_items_restore,
                                         .bytes = vt_pane_items_bytes,
                                         .select = vt_pane_items_select,
                                         .find = vt_pane_items_find,
                                         .subject = tell_subject,
                                         .rows_changed = vt_pane_items_rows_changed};
