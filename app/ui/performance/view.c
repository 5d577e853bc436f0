#include "app/ui/performance/view.h"

#include "app/ui/parts/translate.h"
#include "app/ui/performance/budgets_page.h"
#include "app/ui/performance/control_page.h"
#include "app/ui/performance/graphs_page.h"
#include "app/ui/performance/profiler_page.h"

#include <qt6c/qlabel.h>
#include <qt6c/qtabwidget.h>
#include <qt6c/qvboxlayout.h>

/* The pages are drawn anew at every second sample: a second apart. */
enum { SAMPLES_A_LOOK = 2 };

/* Then a message is old: 20 s. */
enum { MESSAGE_SAMPLES = 20000 / VT_PERFORMANCE_SAMPLE_MS };

struct vt_performance_view {
    QWidget widget; /* first */
    vt_performance *performance;
    vt_performance_listener listener;
    QTabWidget *tabs;
    QLabel *message;
    vt_graphs_page *graphs;
    vt_budgets_page *budgets;
    vt_control_page *control;
    vt_profiler_page *profiler;
    unsigned samples;
    unsigned message_left; /* samples until the message is put away; 0: none is shown */
};

/* Only the page that is seen. */
static void look(vt_performance_view *view)
{
    const QWidget *page = q_tabwidget_current_widget(view->tabs);
    if (page == vt_graphs_page_widget(view->graphs)) {
        vt_graphs_page_update(view->graphs);
    } else if (page == vt_budgets_page_widget(view->budgets)) {
        vt_budgets_page_update(view->budgets);
    } else if (page == vt_control_page_widget(view->control)) {
        vt_control_page_update(view->control);
    } else {
        vt_profiler_page_update(view->profiler);
    }
}

static void sampled(void *user)
{
    vt_performance_view *view = user;
    if (view->message_left > 0 && --view->message_left == 0) {
        q_widget_hide(view->message);
        vt_log_write(vt_performance_log(view->performance), VT_LOG_INFO, "performance: message put away");
    }
    if (view->samples++ % SAMPLES_A_LOOK == 0) {
        look(view);
    }
}

static void told(void *user, const char *text)
{
    vt_performance_view *view = user;
    q_label_set_text(view->message, text);
    q_widget_show(view->message);
    view->message_left = MESSAGE_SAMPLES;
    view->samples = 0; /* what was done is to be seen at once */
}

static void write_trace(void *user)
{
    vt_profiler_page_export(((vt_performance_view *)user)->profiler, VT_PERFORMANCE_TRACE);
}

static void on_tab(void *user, int at)
{
    vt_performance_view *view = user;
    look(view);
    vt_log_write(vt_performance_log(view->performance), VT_LOG_INFO, "performance: page=%d", at);
}

static void view_show(QWidget *self, QShowEvent *event)
{
    vt_performance_view *view = (vt_performance_view *)self;
    q_widget_base_show_event(self, event);
    view->samples = 0;
    vt_performance_listen(view->performance, &view->listener);
    look(view);
}

static void view_hide(QWidget *self, QHideEvent *event)
{
    vt_performance_view *view = (vt_performance_view *)self;
    vt_performance_unlisten(view->performance, &view->listener);
    q_widget_hide(view->message);
    q_widget_base_hide_event(self, event);
}

static void view_finish(void *self)
{
    vt_performance_view *view = self;
    vt_performance_unlisten(view->performance, &view->listener);
}

static const QWidgetVirtuals view_virtuals = {.show_event = view_show, .hide_event = view_hide};
static qt_subclass view_class = {.base = &qt_class_QWidget,
                                 .virtuals = &view_virtuals,
                                 .instance_size = sizeof(vt_performance_view),
                                 .finish = view_finish};

vt_performance_view *vt_performance_view_create(QWidgetRef parent, vt_performance *performance)
{
    vt_performance_view *view = qt_subclass_allocate(&view_class);
    q_widget_init(&view->widget, parent);
    qt_subclass_install(&view_class, view);
    view->performance = performance;
    view->listener = (vt_performance_listener){.sampled = sampled, .told = told, .user = view};
    QVBoxLayout *layout = q_vboxlayout_new_widget(&view->widget);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, 0);
    view->tabs = q_tabwidget_new(&view->widget);
    q_tabwidget_set_document_mode(view->tabs, true);
    q_widget_set_accessible_name(q_tabwidget_tab_bar(view->tabs), vt_tr("performance", "Pages"));
    view->graphs = vt_graphs_page_create(view->tabs, performance);
    view->budgets = vt_budgets_page_create(view->tabs, performance, write_trace, view);
    view->control = vt_control_page_create(view->tabs, performance);
    view->profiler = vt_profiler_page_create(view->tabs, performance);
    q_tabwidget_add_tab(view->tabs, vt_graphs_page_widget(view->graphs), vt_tr("performance", "&Graphs"));
    q_tabwidget_add_tab(view->tabs, vt_budgets_page_widget(view->budgets), vt_tr("performance", "&Budgets"));
    q_tabwidget_add_tab(view->tabs, vt_control_page_widget(view->control),
                        vt_tr("performance", "&Control panel"));
    q_tabwidget_add_tab(view->tabs, vt_profiler_page_widget(view->profiler),
                        vt_tr("performance", "&Profiler"));
    q_boxlayout_add_widget_full(layout, view->tabs, 1, 0);
    view->message = q_label_new_empty(&view->widget);
    q_label_set_text_format(view->message, Qt_PlainText);
    q_label_set_word_wrap(view->message, true);
    q_label_set_margin(view->message, 8);
    q_widget_hide(view->message);
    q_boxlayout_add_widget(layout, view->message);
    q_tabwidget_on_current_changed(view->tabs, &view->widget, on_tab, view);
    return view;
}

QWidget *vt_performance_view_widget(vt_performance_view *view)
{
    return &view->widget;
}

vt_performance_place vt_performance_view_place(const vt_performance_view *view)
{
    return (vt_performance_place){q_tabwidget_current_index(view->tabs),
                                  (int)vt_graphs_page_span(view->graphs)};
}

void vt_performance_view_go(vt_performance_view *view, vt_performance_place place)
{
    bool is_page = place.page >= 0 && place.page < q_tabwidget_count(view->tabs);
    bool is_span = place.span >= 0 && place.span < (int)VT_SERIES_SPANS;
    q_tabwidget_set_current_index(view->tabs, is_page ? place.page : 0);
    vt_graphs_page_set_span(view->graphs, is_span ? (vt_series_span)place.span : VT_SERIES_MINUTE);
}
