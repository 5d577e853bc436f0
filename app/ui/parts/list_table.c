#include "app/ui/parts/list_table.h"

#include <qt6c/qheaderview.h>

QTableView *vt_list_table_new(QWidgetRef parent, QAbstractItemModelRef model)
{
    QTableView *table = q_tableview_new(parent);
    q_tableview_set_model(table, model);
    q_tableview_set_show_grid(table, false);
    q_tableview_set_word_wrap(table, false);
    q_abstractitemview_set_alternating_row_colors(table, true);
    q_abstractitemview_set_selection_behavior(table, QAbstractItemView_SelectRows);
    q_abstractitemview_set_text_elide_mode(table, Qt_ElideMiddle);
    q_widget_hide(q_tableview_vertical_header(table));
    q_headerview_set_default_alignment(q_tableview_horizontal_header(table), Qt_AlignLeft | Qt_AlignVCenter);
    return table;
}
