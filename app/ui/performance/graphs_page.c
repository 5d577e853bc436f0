#include "app/ui/performance/graphs_page.h"

#include "app/ui/parts/translate.h"
#include "app/ui/performance/graph.h"

#include <qt6c/qboxlayout.h>
#include <qt6c/qcombobox.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qresizeevent.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qvboxlayout.h>

enum { GAP = 10, MARGIN = 12, COLUMNS_MAX = 4, COLUMN_WIDTH = 330 };

typedef struct board {
    QWidget widget; /* first */
    vt_graph *graphs[VT_GRAPH_COUNT];
} board;

struct vt_graphs_page {
    QWidget widget; /* first */
    board *board;
    QComboBox *span;
    vt_performance *performance;
    vt_graph_data data; /* all graphs paint from it, one after the other */
};

/* ---- the board ---- */

static int columns_of(int width)
{
    int columns = (width - 2 * MARGIN + GAP) / (COLUMN_WIDTH + GAP);
    return columns < 1 ? 1 : columns > COLUMNS_MAX ? COLUMNS_MAX : columns;
}

static void arrange(board *on)
{
    int width = q_widget_width(&on->widget);
    int columns = columns_of(width);
    int each = (width - 2 * MARGIN - (columns - 1) * GAP) / columns;
    for (int i = 0; i < VT_GRAPH_COUNT; i++) {
        const QRect at = q_rect_make(MARGIN + i % columns * (each + GAP),
                                     MARGIN + i / columns * (VT_GRAPH_HEIGHT + GAP), each, VT_GRAPH_HEIGHT);
        q_widget_set_geometry(vt_graph_widget(on->graphs[i]), &at);
    }
    int rows = (VT_GRAPH_COUNT + columns - 1) / columns;
    q_widget_set_minimum_height(&on->widget, 2 * MARGIN + rows * (VT_GRAPH_HEIGHT + GAP) - GAP);
}

static void board_resize(QWidget *self, QResizeEvent *event)
{
    (void)event;
    arrange((board *)self);
}

static const QWidgetVirtuals board_virtuals = {.resize_event = board_resize};
static qt_subclass board_class = {
    .base = &qt_class_QWidget, .virtuals = &board_virtuals, .instance_size = sizeof(board)};

static board *make_board(QWidgetRef parent, vt_graphs_page *page)
{
    board *made = qt_subclass_allocate(&board_class);
    q_widget_init(&made->widget, parent);
    qt_subclass_install(&board_class, made);
    for (int i = 0; i < VT_GRAPH_COUNT; i++) {
        made->graphs[i] = vt_graph_create(&made->widget, page->performance, i, &page->data);
    }
    q_widget_set_minimum_width(&made->widget, VT_GRAPH_WIDTH_MIN + 2 * MARGIN);
    arrange(made);
    return made;
}

/* ---- the page ---- */

static void on_span(void *user, int at)
{
    vt_graphs_page *page = user;
    for (int i = 0; i < VT_GRAPH_COUNT; i++) {
        vt_graph_set_span(page->board->graphs[i], (vt_series_span)at);
    }
    vt_log_write(vt_performance_log(page->performance), VT_LOG_INFO, "performance: span=%d", at);
}

static void make_head(vt_graphs_page *page, QVBoxLayout *layout)
{
    QHBoxLayout *head = q_hboxlayout_new();
    q_layout_set_contents_margins(head, MARGIN, 8, MARGIN, 0);
    q_boxlayout_set_spacing(head, 8);
    q_boxlayout_add_layout(layout, head);
    QLabel *label = q_label_new(vt_tr("performance", "T&ime shown"), &page->widget);
    page->span = q_combobox_new(&page->widget);
    static const char *const spans[VT_SERIES_SPANS] = {VT_TR_NOOP("performance", "The last minute"),
                                                       VT_TR_NOOP("performance", "The last ten minutes"),
                                                       VT_TR_NOOP("performance", "Since this was opened")};
    const char *words[VT_SERIES_SPANS];
    for (int i = 0; i < VT_SERIES_SPANS; i++) {
        words[i] = vt_tr("performance", spans[i]);
    }
    QList list = qt_string_list_from(words, VT_SERIES_SPANS);
    q_combobox_add_items(page->span, &list);
    qt_string_list_release(&list);
    q_widget_set_accessible_name(page->span, vt_tr("performance", "Time shown"));
    q_label_set_buddy(label, page->span);
    q_combobox_on_current_index_changed(page->span, &page->widget, on_span, page);
    q_boxlayout_add_widget(head, label);
    q_boxlayout_add_widget(head, page->span);
    q_boxlayout_add_stretch_full(head, 1);
}

static qt_subclass page_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_graphs_page)};

vt_graphs_page *vt_graphs_page_create(QWidgetRef parent, vt_performance *performance)
{
    vt_graphs_page *page = qt_subclass_allocate(&page_class);
    q_widget_init(&page->widget, parent);
    qt_subclass_install(&page_class, page);
    page->performance = performance;
    QVBoxLayout *layout = q_vboxlayout_new_widget(&page->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, 0);
    QScrollArea *area = q_scrollarea_new(&page->widget);
    page->board = make_board(area, page);
    make_head(page, layout);
    q_scrollarea_set_widget(area, &page->board->widget);
    q_scrollarea_set_widget_resizable(area, true);
    q_frame_set_frame_shape(area, QFrame_NoFrame);
    q_widget_set_accessible_name(area, vt_tr("performance", "Graphs"));
    q_boxlayout_add_widget_full(layout, area, 1, 0);
    return page;
}

QWidget *vt_graphs_page_widget(vt_graphs_page *page)
{
    return &page->widget;
}

void vt_graphs_page_update(vt_graphs_page *page)
{
    for (int i = 0; i < VT_GRAPH_COUNT; i++) {
        vt_graph_update(page->board->graphs[i]);
    }
}

vt_series_span vt_graphs_page_span(const vt_graphs_page *page)
{
    return (vt_series_span)q_combobox_current_index(page->span);
}

void vt_graphs_page_set_span(vt_graphs_page *page, vt_series_span span)
{
    q_combobox_set_current_index(page->span, (int)span);
}
