#include "app/ui/performance/profiler_page.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/performance/cells.h"

#include <qt6c/qfiledialog.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>

#define TR(text) VT_TR_NOOP("performance", text)

enum { MARGIN = 12 };

static const vt_cells_column columns[] = {
    {TR("Operation"), false, 0}, {TR("Count"), true, 90},       {TR("Total"), true, 90},
    {TR("Mean"), true, 90},      {TR("Half below"), true, 100}, {TR("99 % below"), true, 100},
    {TR("Longest"), true, 90},
};

static const struct {
    const char *button, *title, *suffix, *filter, *name;
} forms[VT_PERFORMANCE_FORMS] = {
    {TR("Figures as JSON\u2026"), TR("Write the figures as JSON"), "json", TR("JSON (*.json)"),
     "vitrine-performance.json"},
    {TR("Trace\u2026"), TR("Write a trace, for Perfetto or chrome://tracing"), "json", TR("Traces (*.json)"),
     "vitrine-trace.json"},
    {TR("Report\u2026"), TR("Write a report, for a browser"), "html", TR("Web pages (*.html)"),
     "vitrine-performance.html"},
};

typedef struct form_button {
    struct vt_profiler_page *page;
    vt_performance_form form;
} form_button;

struct vt_profiler_page {
    QWidget widget; /* first */
    vt_performance *performance;
    vt_cells *operations;
    QLabel *trace;
    form_button buttons[VT_PERFORMANCE_FORMS];
};

static void add_duration(vt_cells *cells, int64_t duration)
{
    char words[32];
    vt_cells_add(cells, vt_wording_amount(words, sizeof words, VT_BUDGET_NANOSECONDS, duration));
}

static void add_operation(vt_cells *cells, const vt_operation_summary *summary)
{
    char words[32];
    vt_cells_add(cells, vt_tr("performance", summary->name));
    vt_cells_add(cells, vt_wording_count(words, sizeof words, (int64_t)summary->count));
    add_duration(cells, summary->total);
    add_duration(cells, summary->mean);
    add_duration(cells, summary->p50);
    add_duration(cells, summary->p99);
    add_duration(cells, summary->max);
    if (summary->budget && vt_budget_check(summary->budget, summary->p99) >= VT_BUDGET_WARNING) {
        vt_cells_mark(cells);
    }
}

void vt_profiler_page_update(vt_profiler_page *page)
{
    const vt_monitor *monitor = vt_performance_monitor(page->performance);
    vt_cells_begin(page->operations);
    for (int i = 0; i < vt_monitor_operation_count(monitor); i++) {
        vt_operation_summary summary;
        vt_monitor_summarise(monitor, i, &summary);
        if (summary.count > 0) {
            add_operation(page->operations, &summary);
        }
    }
    vt_cells_end(page->operations);
    const vt_trace *trace = vt_performance_trace(page->performance);
    char words[32];
    vt_str text = VT_STR_INIT;
    if (trace) {
        int64_t kept = (int64_t)vt_trace_get_figures(trace).kept;
        vt_tr_append_with(&text, "performance", "The last %1 spans of work are kept for a trace.",
                          vt_wording_count(words, sizeof words, kept));
    }
    q_label_set_text(page->trace, text.data);
    vt_str_free(&text);
}

/* ---- files ---- */

static void on_file(void *user, const QString *file)
{
    const form_button *button = user;
    char *path = qt_string_to_utf8(file);
    if (path) {
        vt_performance_export(button->page->performance, button->form, path);
    }
    free(path);
}

void vt_profiler_page_export(vt_profiler_page *page, vt_performance_form form)
{
    form_button *button = &page->buttons[form];
    QFileDialog *dialog = q_filedialog_new(q_widget_window(&page->widget), 0); /* the page may be hidden */
    q_widget_set_window_title(dialog, vt_tr("performance", forms[button->form].title));
    q_widget_set_attribute(dialog, Qt_WA_DeleteOnClose);
    q_filedialog_set_accept_mode(dialog, QFileDialog_AcceptSave);
    q_filedialog_set_default_suffix(dialog, forms[button->form].suffix);
    q_filedialog_set_name_filter(dialog, vt_tr("performance", forms[button->form].filter));
    q_filedialog_select_file(dialog, forms[button->form].name);
    q_filedialog_on_file_selected(dialog, &button->page->widget, on_file, button);
    q_dialog_open(dialog);
}

static void on_export(void *user, bool checked)
{
    (void)checked;
    const form_button *button = user;
    vt_profiler_page_export(button->page, button->form);
}

static void on_anew(void *user, bool checked)
{
    (void)checked;
    vt_profiler_page *page = user;
    vt_monitor_clear(vt_performance_monitor(page->performance));
    vt_log_write(vt_performance_log(page->performance), VT_LOG_INFO, "performance: measures anew");
    vt_profiler_page_update(page);
}

/* ---- the page ---- */

static QPushButton *add_button(vt_profiler_page *page, QHBoxLayout *line, const char *text)
{
    QPushButton *button = q_pushbutton_new(text, &page->widget);
    q_pushbutton_set_auto_default(button, false);
    q_boxlayout_add_widget(line, button);
    return button;
}

static qt_subclass page_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_profiler_page)};

vt_profiler_page *vt_profiler_page_create(QWidgetRef parent, vt_performance *performance)
{
    vt_profiler_page *page = qt_subclass_allocate(&page_class);
    q_widget_init(&page->widget, parent);
    qt_subclass_install(&page_class, page);
    page->performance = performance;
    QVBoxLayout *layout = q_vboxlayout_new_widget(&page->widget);
    q_layout_set_contents_margins(layout, MARGIN, 10, MARGIN, MARGIN);
    page->operations = vt_cells_create(&page->widget, vt_tr("performance", "Operations"), columns,
                                       sizeof columns / sizeof *columns);
    q_boxlayout_add_widget_full(layout, vt_cells_table(page->operations), 1, 0);
    page->trace = q_label_new_empty(&page->widget);
    q_label_set_word_wrap(page->trace, true);
    q_boxlayout_add_widget(layout, page->trace);
    QHBoxLayout *line = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, line);
    q_abstractbutton_on_clicked(add_button(page, line, vt_tr("performance", "Measure anew")), &page->widget,
                                on_anew, page);
    q_boxlayout_add_stretch_full(line, 1);
    for (int i = 0; i < VT_PERFORMANCE_FORMS; i++) {
        page->buttons[i] = (form_button){page, (vt_performance_form)i};
        q_abstractbutton_on_clicked(add_button(page, line, vt_tr("performance", forms[i].button)),
                                    &page->widget, on_export, &page->buttons[i]);
    }
    return page;
}

QWidget *vt_profiler_page_widget(vt_profiler_page *page)
{
    return &page->widget;
}
