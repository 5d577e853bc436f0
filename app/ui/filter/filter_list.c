#include "app/ui/filter/filter_list.h"

#include "app/ui/parts/translate.h"

#include <qt6c/qframe.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qlabel.h>
#include <qt6c/qtreewidget.h>
#include <qt6c/qtreewidgetitem.h>
#include <qt6c/qvariant.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH_MIN = 380, RIGHT_WIDTH = 130, ROWS_SHOWN = 12, MARGIN = 4, COLUMN_TEXT = 0, COLUMN_RIGHT = 1 };

typedef struct kept_line {
    char *text; /* owned */
    size_t cursor;
    bool goes_on;
} kept_line;

struct vt_filter_list {
    QFrame frame; /* first */
    QTreeWidget *list;
    QLabel *hint; /* below the lines */
    vt_filter_list_clicked clicked;
    void *user;
    kept_line lines[VT_FILTER_LIST_MAX];
    int count;
};

static void forget_lines(vt_filter_list *list)
{
    while (list->count > 0) {
        free(list->lines[--list->count].text);
    }
}

static void finish(void *self)
{
    forget_lines(self);
}

void vt_filter_list_clear(vt_filter_list *list)
{
    forget_lines(list);
    q_treewidget_clear(list->list);
}

static void set_text(QTreeWidgetItem *item, int column, const char *text)
{
    QVariant value = qt_variant_string(text);
    q_treewidgetitem_set_data(item, column, Qt_DisplayRole, &value);
    q_variant_fini(&value);
}

void vt_filter_list_add(vt_filter_list *list, const vt_filter_line *line)
{
    char *text = list->count < VT_FILTER_LIST_MAX ? strdup(line->text) : NULL;
    if (!text) {
        return;
    }
    list->lines[list->count++] = (kept_line){text, line->cursor, line->goes_on};
    QTreeWidgetItem *item = q_treewidgetitem_new_treewidget_int(list->list);
    set_text(item, COLUMN_TEXT, line->label);
    set_text(item, COLUMN_RIGHT, line->right);
    QVariant right = qt_variant_int(Qt_AlignRight | Qt_AlignVCenter);
    q_treewidgetitem_set_data(item, COLUMN_RIGHT, Qt_TextAlignmentRole, &right);
    q_variant_fini(&right);
}

int vt_filter_list_count(const vt_filter_list *list)
{
    return list->count;
}

vt_filter_line vt_filter_list_line(const vt_filter_list *list, int line)
{
    const kept_line *of = &list->lines[line];
    return (vt_filter_line){
        .label = "", .right = "", .text = of->text, .cursor = of->cursor, .goes_on = of->goes_on};
}

static void set_current(vt_filter_list *list, int line)
{
    QTreeWidgetItem *item = line >= 0 ? q_treewidget_top_level_item(list->list, line) : NULL;
    q_treewidget_set_current_item(list->list, item);
    if (!item) {
        q_abstractitemview_clear_selection(list->list);
    }
}

void vt_filter_list_set_hint(vt_filter_list *list, const char *text)
{
    q_label_set_text(list->hint, text);
    q_widget_set_visible(list->hint, *text != '\0');
}

/* Within the window: an edge of the box near its right one moves it to the left. */
static void place(vt_filter_list *list, QWidget *box)
{
    const QWidget *window = q_widget_parent_widget(&list->frame);
    QPointF corner = q_widget_map_to(box, window, &(QPointF){0, q_widget_height(box) + 2});
    int top = (int)corner.yp;
    int rows = list->count < ROWS_SHOWN ? list->count : ROWS_SHOWN;
    int height = rows * q_abstractitemview_size_hint_for_row(list->list, 0) + 2 * MARGIN;
    int width = q_widget_width(box) > WIDTH_MIN ? q_widget_width(box) : WIDTH_MIN;
    int room = q_widget_width(window) - 2 * MARGIN;
    int below = q_widget_height(window) - top - MARGIN;
    width = width < room ? width : room;
    if (!q_widget_is_hidden(list->hint)) {
        int wrapped = q_widget_height_for_width(list->hint, width - 2 * MARGIN);
        q_widget_set_fixed_height(list->hint, wrapped);
        height += wrapped;
    }
    int left = (int)corner.xp + width > room ? room - width : (int)corner.xp;
    q_widget_set_geometry_xywh(&list->frame, left < MARGIN ? MARGIN : left, top, width,
                               height < below ? height : below);
}

void vt_filter_list_show(vt_filter_list *list, QWidget *box)
{
    if (list->count == 0) {
        vt_filter_list_hide(list);
        return;
    }
    set_current(list, -1);
    place(list, box);
    q_widget_show(&list->frame);
    q_widget_raise(&list->frame);
}

void vt_filter_list_hide(vt_filter_list *list)
{
    q_widget_hide(&list->frame);
}

void vt_filter_list_raise(vt_filter_list *list)
{
    q_widget_raise(&list->frame);
}

bool vt_filter_list_is_shown(const vt_filter_list *list)
{
    return !q_widget_is_hidden(&list->frame);
}

int vt_filter_list_current(const vt_filter_list *list)
{
    QTreeWidgetItem *item = q_treewidget_current_item(list->list);
    return item ? q_treewidget_index_of_top_level_item(list->list, item) : -1;
}

void vt_filter_list_move(vt_filter_list *list, int by)
{
    int line = vt_filter_list_current(list);
    line = line < 0 && by < 0 ? list->count - 1 : line + by;
    if (by == 1 || by == -1) {
        line = line < 0 || line >= list->count ? -1 : line; /* none: what was typed */
    } else {
        line = line < 0 ? 0 : line >= list->count ? list->count - 1 : line;
    }
    set_current(list, line);
}

static void on_clicked(void *user, QTreeWidgetItem *item, int column)
{
    (void)column;
    vt_filter_list *list = user;
    list->clicked(list->user, q_treewidget_index_of_top_level_item(list->list, item));
}

static qt_subclass list_class = {
    .base = &qt_class_QFrame, .instance_size = sizeof(vt_filter_list), .finish = finish};

vt_filter_list *vt_filter_list_create(QWidget *window, vt_filter_list_clicked clicked, void *user)
{
    vt_filter_list *list = qt_subclass_allocate(&list_class);
    q_frame_init(&list->frame, window);
    qt_subclass_install(&list_class, list);
    list->clicked = clicked;
    list->user = user;
    q_widget_hide(&list->frame);
    q_frame_set_frame_shape(&list->frame, QFrame_StyledPanel);
    q_widget_set_auto_fill_background(&list->frame, true);
    q_widget_set_focus_policy(&list->frame, Qt_NoFocus);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&list->frame);
    q_layout_set_contents_margins(layout, 1, MARGIN - 1, 1, MARGIN - 1);
    q_layout_set_spacing(layout, 0);
    list->list = q_treewidget_new(&list->frame);
    q_treewidget_set_column_count(list->list, 2);
    q_widget_set_accessible_name(list->list, vt_tr("filter", "Suggestions"));
    q_widget_set_focus_policy(list->list, Qt_NoFocus);
    q_treeview_set_header_hidden(list->list, true);
    q_treeview_set_root_is_decorated(list->list, false);
    q_treeview_set_uniform_row_heights(list->list, true);
    q_abstractitemview_set_text_elide_mode(list->list, Qt_ElideMiddle);
    q_frame_set_frame_shape(list->list, QFrame_NoFrame);
    q_abstractscrollarea_set_horizontal_scroll_bar_policy(list->list, Qt_ScrollBarAlwaysOff);
    QHeaderView *header = q_treeview_header(list->list);
    q_headerview_set_stretch_last_section(header, false);
    q_headerview_set_section_resize_mode(header, COLUMN_TEXT, QHeaderView_Stretch);
    q_headerview_resize_section(header, COLUMN_RIGHT, RIGHT_WIDTH);
    q_boxlayout_add_widget(layout, list->list);
    list->hint = q_label_new_empty(&list->frame);
    q_label_set_text_format(list->hint, Qt_PlainText);
    q_label_set_word_wrap(list->hint, true);
    q_label_set_margin(list->hint, 2 * MARGIN);
    q_widget_hide(list->hint);
    q_boxlayout_add_widget(layout, list->hint);
    q_treewidget_on_item_clicked(list->list, &list->frame, on_clicked, list);
    return list;
}
