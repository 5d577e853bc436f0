#include "app/ui/performance/budgets_page.h"

#include "app/ui/parts/sizing.h"
#include "app/ui/parts/theme.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/performance/cells.h"
#include "core/base/clock.h"
#include "core/perf/report.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qscrollarea.h>
#include <qt6c/qvboxlayout.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ADVICE_MAX = 16, MARGIN = 12, SHOWN_MAX = VT_MONITOR_VIOLATIONS_MAX, BUDGETS_HEIGHT = 340 };

#define TR(text) VT_TR_NOOP("performance", text)

typedef struct advice_line {
    struct vt_budgets_page *page;
    const vt_advice *advice;
    QWidget *widget;
} advice_line;

struct vt_budgets_page {
    QWidget widget; /* first */
    vt_performance *performance;
    void (*trace)(void *user);
    void *user;
    vt_cells *budgets, *violations;
    QLabel *well, *none;
    advice_line advice[ADVICE_MAX];
    uint64_t told;              /* violations that are shown */
    char *companies[SHOWN_MAX]; /* owned; of the newest violations, the newest first */
};

/* ---- budgets ---- */

static const vt_cells_column budget_columns[] = {{TR("Budget"), false, 0},  {TR("Target"), true, 90},
                                                 {TR("Warning"), true, 90}, {TR("Critical"), true, 90},
                                                 {TR("Now"), true, 90},     {TR("Exceeded"), true, 80},
                                                 {TR("State"), false, 120}};

/* What a budget is about, for people; in the order of vt_budget_id. */
static const char *const titles[VT_BUDGET_COUNT] = {
    [VT_BUDGET_UI_FRAME] = TR("A frame of the window"),
    [VT_BUDGET_UI_DISPATCH] = TR("Taking in results"),
    [VT_BUDGET_UI_RESPONSE] = TR("Answer to the user"),
    [VT_BUDGET_STARTUP] = TR("Start"),
    [VT_BUDGET_FILTER] = TR("Filter"),
    [VT_BUDGET_SORT] = TR("Sorting"),
    [VT_BUDGET_PROGRESS] = TR("Between two steps of progress"),
    [VT_BUDGET_CANCEL] = TR("Cancelling"),
    [VT_BUDGET_IMPORT_ITEM_UI] = TR("Window's time for an imported item"),
    [VT_BUDGET_CARD_CONFIGURE] = TR("Filling a card"),
    [VT_BUDGET_FIRST_VIEWPORT] = TR("First screenful of cards"),
    [VT_BUDGET_MEMORY_IMPORT] = TR("Memory"),
};

static const char *const levels[VT_BUDGET_LEVEL_COUNT] = {TR("ok"), TR("slow"), TR("warning"),
                                                          TR("critical")};

typedef struct standing {
    int64_t now; /* 99 % of the operations stay below; of memory what is used */
    uint64_t count, exceeded;
} standing;

static standing stand(const vt_budgets_page *page, const vt_budget *budget)
{
    standing is = {0};
    if (budget->unit == VT_BUDGET_BYTES) {
        const vt_situation *situation = vt_performance_situation(page->performance);
        is.now = situation->memory;
        is.count = situation->memory > 0;
        is.exceeded = vt_budget_check(budget, is.now) >= VT_BUDGET_WARNING;
        return is;
    }
    const vt_monitor *monitor = vt_performance_monitor(page->performance);
    for (int i = 0; i < vt_monitor_operation_count(monitor); i++) {
        vt_operation_summary summary;
        vt_monitor_summarise(monitor, i, &summary);
        if (summary.budget == budget) {
            is.count += summary.count;
            is.now = summary.p99 > is.now ? summary.p99 : is.now;
            is.exceeded += summary.levels[VT_BUDGET_WARNING] + summary.levels[VT_BUDGET_CRITICAL];
        }
    }
    return is;
}

static void add_amount(vt_cells *cells, vt_budget_unit unit, int64_t value)
{
    char words[32];
    vt_cells_add(cells, vt_wording_amount(words, sizeof words, unit, value));
}

static void show_budgets(vt_budgets_page *page)
{
    vt_cells *cells = page->budgets;
    vt_cells_begin(cells);
    for (int id = 0; id < VT_BUDGET_COUNT; id++) {
        const vt_budget *budget = vt_budget_get((vt_budget_id)id);
        const standing is = stand(page, budget);
        char words[32];
        vt_cells_add(cells, vt_tr("performance", titles[id]));
        add_amount(cells, budget->unit, budget->target);
        add_amount(cells, budget->unit, budget->warning);
        add_amount(cells, budget->unit, budget->critical);
        if (is.count == 0) {
            vt_cells_add(cells, "\u2013");
            vt_cells_add(cells, "\u2013");
            vt_cells_add(cells, vt_tr("performance", "not measured"));
            continue;
        }
        add_amount(cells, budget->unit, is.now);
        snprintf(words, sizeof words, "%llu", (unsigned long long)is.exceeded);
        vt_cells_add(cells, words);
        vt_budget_level level = vt_budget_check(budget, is.now);
        vt_cells_add(cells, vt_tr("performance", levels[level]));
        if (level >= VT_BUDGET_WARNING) {
            vt_cells_mark(cells);
        }
    }
    vt_cells_end(cells);
}

/* ---- violations ---- */

static const vt_cells_column violation_columns[] = {{TR("Time"), false, 80},
                                                    {TR("Operation"), false, 190},
                                                    {TR("Took"), true, 90},
                                                    {TR("Target"), true, 90},
                                                    {TR("What ran then"), false, 0}};

static const char *translate(void *user, const char *text)
{
    (void)user;
    return vt_tr("performance", text);
}

/* What ran beside the new ones; that of the others is known, and the trace may have forgotten it. */
static void find_companies(vt_budgets_page *page, const vt_violation *list, size_t count, uint64_t total)
{
    size_t fresh = total - page->told < count ? (size_t)(total - page->told) : count;
    if (total < page->told) {
        fresh = count; /* the monitor was cleared */
    }
    for (size_t i = SHOWN_MAX - fresh; i < SHOWN_MAX; i++) {
        free(page->companies[i]);
    }
    const vt_report_source source = {.monitor = vt_performance_monitor(page->performance),
                                     .trace = vt_performance_trace(page->performance),
                                     .translate = translate};
    memmove(&page->companies[fresh], page->companies, (SHOWN_MAX - fresh) * sizeof *page->companies);
    for (size_t i = 0; i < fresh; i++) {
        vt_str text = VT_STR_INIT;
        vt_report_append_company(&source, &list[i], &text);
        page->companies[i] = vt_str_take(&text);
    }
    page->told = total;
}

static void show_violations(vt_budgets_page *page)
{
    vt_violation list[SHOWN_MAX];
    uint64_t total;
    size_t count = vt_monitor_violations(vt_performance_monitor(page->performance), list, SHOWN_MAX, &total);
    if (total == page->told && (int)count == vt_cells_rows(page->violations)) {
        return;
    }
    find_companies(page, list, count, total);
    q_widget_set_visible(vt_cells_table(page->violations), count > 0);
    q_widget_set_visible(page->none, count == 0);
    vt_cells_begin(page->violations);
    for (size_t i = 0; i < count; i++) {
        char when[32] = "";
        struct tm at;
        time_t seconds = (time_t)(list[i].wall / VT_NS_PER_S);
        if (localtime_r(&seconds, &at)) {
            strftime(when, sizeof when, "%H:%M:%S", &at);
        }
        vt_cells_add(page->violations, when);
        vt_cells_add(page->violations, vt_tr("performance", list[i].operation));
        add_amount(page->violations, VT_BUDGET_NANOSECONDS, list[i].end - list[i].begin);
        add_amount(page->violations, VT_BUDGET_NANOSECONDS, list[i].budget->target);
        vt_cells_add(page->violations, page->companies[i] ? page->companies[i] : "");
        if (list[i].level == VT_BUDGET_CRITICAL) {
            vt_cells_mark(page->violations);
        }
    }
    vt_cells_end(page->violations);
    vt_log_write(vt_performance_log(page->performance), VT_LOG_INFO, "performance: violations=%llu",
                 (unsigned long long)total);
}

/* ---- advice ---- */

static void on_act(void *user, bool checked)
{
    (void)checked;
    const advice_line *line = user;
    vt_log_write(vt_performance_log(line->page->performance), VT_LOG_INFO, "performance: acts on %s",
                 line->advice->name);
    if (line->advice->action == VT_ADVICE_TRACE) {
        line->page->trace(line->page->user);
    } else {
        vt_performance_act(line->page->performance, line->advice->action);
    }
}

static void make_advice(vt_budgets_page *page, QVBoxLayout *layout)
{
    page->well = q_label_new(vt_tr("performance", "Nothing needs to be done."), &page->widget);
    q_boxlayout_add_widget(layout, page->well);
    for (size_t i = 0; i < vt_advice_count && i < ADVICE_MAX; i++) {
        advice_line *line = &page->advice[i];
        line->page = page;
        line->advice = &vt_advice_table[i];
        line->widget = q_widget_new(&page->widget);
        QHBoxLayout *row = q_hboxlayout_new_widget(line->widget);
        q_layout_set_contents_margins(row, 0, 0, 0, 0);
        QLabel *text = q_label_new(vt_tr("performance", line->advice->text), line->widget);
        q_label_set_word_wrap(text, true);
        q_boxlayout_add_widget_full(row, text, 1, 0);
        QPushButton *button = q_pushbutton_new(vt_tr("performance", line->advice->button), line->widget);
        q_pushbutton_set_auto_default(button, false);
        q_boxlayout_add_widget(row, button);
        q_abstractbutton_on_clicked(button, &page->widget, on_act, line);
        q_widget_hide(line->widget);
        q_boxlayout_add_widget(layout, line->widget);
    }
}

static void show_advice(vt_budgets_page *page)
{
    bool any = false;
    for (size_t i = 0; i < vt_advice_count && i < ADVICE_MAX; i++) {
        bool applies = vt_advice_table[i].applies(vt_performance_situation(page->performance));
        any = any || applies;
        if (applies == q_widget_is_hidden(page->advice[i].widget)) {
            q_widget_set_visible(page->advice[i].widget, applies);
            vt_log_write(vt_performance_log(page->performance), VT_LOG_INFO, "performance: advice %s %s",
                         vt_advice_table[i].name, applies ? "given" : "withdrawn");
        }
    }
    q_widget_set_visible(page->well, !any);
}

/* ---- the page ---- */

static void add_title(vt_budgets_page *page, QVBoxLayout *layout, const char *text)
{
    QLabel *label = q_label_new("", &page->widget);
    vt_str markup = VT_STR_INIT;
    vt_str_appendf(&markup, "<b>%s</b>", text);
    q_label_set_text_format(label, Qt_RichText);
    q_label_set_text(label, markup.data);
    vt_str_free(&markup);
    q_boxlayout_add_widget(layout, label);
}

static void page_finish(void *self)
{
    vt_budgets_page *page = self;
    for (size_t i = 0; i < SHOWN_MAX; i++) {
        free(page->companies[i]);
    }
}

static qt_subclass page_class = {
    .base = &qt_class_QWidget, .instance_size = sizeof(vt_budgets_page), .finish = page_finish};

vt_budgets_page *vt_budgets_page_create(QWidgetRef parent, vt_performance *performance,
                                        void (*trace)(void *user), void *user)
{
    vt_budgets_page *page = qt_subclass_allocate(&page_class);
    q_widget_init(&page->widget, parent);
    qt_subclass_install(&page_class, page);
    page->performance = performance;
    page->trace = trace;
    page->user = user;
    QVBoxLayout *layout = q_vboxlayout_new_widget(&page->widget);
    q_layout_set_contents_margins(layout, MARGIN, 10, MARGIN, MARGIN);
    add_title(page, layout, vt_tr("performance", "What can be done"));
    make_advice(page, layout);
    add_title(page, layout, vt_tr("performance", "Budgets"));
    page->budgets = vt_cells_create(&page->widget, vt_tr("performance", "Budgets"), budget_columns,
                                    sizeof budget_columns / sizeof *budget_columns);
    q_boxlayout_add_widget_full(layout, vt_cells_table(page->budgets), 3, 0);
    add_title(page, layout, vt_tr("performance", "What took too long"));
    page->violations =
        vt_cells_create(&page->widget, vt_tr("performance", "What took too long"), violation_columns,
                        sizeof violation_columns / sizeof *violation_columns);
    q_boxlayout_add_widget_full(layout, vt_cells_table(page->violations), 2, 0);
    q_widget_hide(vt_cells_table(page->violations));
    page->none = q_label_new(vt_tr("performance", "No budget was exceeded."), &page->widget);
    q_boxlayout_add_widget(layout, page->none);
    return page;
}

QWidget *vt_budgets_page_widget(vt_budgets_page *page)
{
    return &page->widget;
}

void vt_budgets_page_update(vt_budgets_page *page)
{
    show_advice(page);
    show_budgets(page);
    show_violations(page);
}
