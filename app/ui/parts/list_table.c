#include "app/ui/parts/list_table.h"

#include "app/ui/parts/tall_table.h"

#include <qt6c/qevent.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qkeyevent.h>

/* Keys that elsewhere act on the library's items act on the rows here, while the table has the keyboard. */
static bool filter(QObject *self, QObject *watched, QEvent *event)
{
    (void)self;
    (void)watched;
    if (q_event_type(event) != QEvent_ShortcutOverride ||
        !(q_keyevent_matches((QKeyEvent *)event, QKeySequence_SelectAll) ||
          q_keyevent_matches((QKeyEvent *)event, QKeySequence_Copy))) {
        return false;
    }
    q_event_accept(event);
    return true;
}

static const QObjectVirtuals keys_virtuals = {.event_filter = filter};
static qt_subclass keys_class = {
    .base = &qt_class_QObject, .virtuals = &keys_virtuals, .instance_size = sizeof(QObject)};

static void keep_keys(QTableView *table)
{
    QObject *keys = qt_subclass_allocate(&keys_class);
    q_object_init(keys, table);
    qt_subclass_install(&keys_class, keys);
    q_object_install_event_filter(table, keys);
}

QTableView *vt_list_table_new(QWidgetRef parent, QAbstractItemModelRef model)
{
    QTableView *table = vt_tall_table_new(parent, model);
    q_abstractitemview_set_alternating_row_colors(table, true);
    q_abstractitemview_set_text_elide_mode(table, Qt_ElideMiddle);
    q_headerview_set_default_alignment(q_tableview_horizontal_header(table), Qt_AlignLeft | Qt_AlignVCenter);
    keep_keys(table);
    return table;
}
