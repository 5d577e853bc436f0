#include "app/ui/performance/control_page.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "app/ui/performance/cells.h"
#include "app/ui/settings/settings_field.h"

#include <qt6c/qfontmetrics.h>
#include <qt6c/qgridlayout.h>
#include <qt6c/qgroupbox.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qitemselectionmodel.h>
#include <qt6c/qlabel.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qvboxlayout.h>

#include <stdio.h>
#include <string.h>

#define TR(text) VT_TR_NOOP("performance", text)

enum { MARGIN = 12 };

/* The settings that matter here; the dialogue of the settings has all. */
static const vt_setting shown[] = {VT_SETTING_JOBS,         VT_SETTING_MEMORY_SOFT,
                                   VT_SETTING_MEMORY_HARD,  VT_SETTING_MEMORY_PICTURES,
                                   VT_SETTING_MEMORY_PANES, VT_SETTING_LOAD_AHEAD};
enum { SHOWN = sizeof shown / sizeof *shown };

struct vt_control_page {
    QWidget widget; /* first */
    vt_performance *performance;
    vt_settings settings; /* that the fields were filled from */
    vt_settings_field fields[SHOWN];
    vt_cells *resources;
    vt_resource_id ids[VT_REGISTRY_RESOURCES_MAX]; /* of the rows */
    const char *names[VT_REGISTRY_RESOURCES_MAX];
    QLabel *memory, *work;
    QPushButton *clear, *hold;
    bool is_held;
};

/* ---- settings ---- */

static void show_settings(vt_control_page *page)
{
    const vt_settings *now = vt_performance_settings(page->performance);
    if (memcmp(now, &page->settings, sizeof *now) == 0) {
        return; /* what is being typed stays */
    }
    page->settings = *now;
    for (int i = 0; i < SHOWN; i++) {
        vt_settings_field_set(&page->fields[i], now->values[shown[i]]);
    }
}

static void on_apply(void *user, bool checked)
{
    (void)checked;
    vt_control_page *page = user;
    vt_settings_change changes[SHOWN];
    size_t count = 0;
    for (int i = 0; i < SHOWN; i++) {
        int64_t value = vt_settings_field_value(&page->fields[i]);
        if (value != page->settings.values[shown[i]]) {
            bool standard = value == vt_setting_get(shown[i])->standard;
            changes[count++] = (vt_settings_change){shown[i], standard, value};
        }
    }
    if (count > 0) {
        vt_performance_apply(page->performance, changes, count);
    }
}

static void make_settings(vt_control_page *page, QVBoxLayout *layout)
{
    QGroupBox *box = q_groupbox_new_string_widget(vt_tr("performance", "Limits"), &page->widget);
    QVBoxLayout *inner = q_vboxlayout_new_widget(box);
    QGridLayout *grid = q_gridlayout_new(NULL);
    q_boxlayout_add_layout(inner, grid);
    q_gridlayout_set_column_stretch(grid, VT_SETTINGS_COLUMN_HELP, 1);
    for (int i = 0; i < SHOWN; i++) {
        vt_settings_field_make(&page->fields[i], shown[i], box, grid, i);
    }
    QHBoxLayout *line = q_hboxlayout_new();
    q_boxlayout_add_layout(inner, line);
    q_boxlayout_add_stretch_full(line, 1);
    QPushButton *apply = q_pushbutton_new(vt_tr("performance", "Apply limits"), box);
    q_pushbutton_set_auto_default(apply, false);
    q_boxlayout_add_widget(line, apply);
    q_abstractbutton_on_clicked(apply, &page->widget, on_apply, page);
    q_boxlayout_add_widget(layout, box);
}

/* ---- memory ---- */

static const vt_cells_column resource_columns[] = {{TR("Held by"), false, 0},
                                                   {TR("Kind"), false, 150},
                                                   {TR("Holds"), true, 110},
                                                   {TR("At most"), true, 110},
                                                   {TR("Given back"), true, 110}};

static const char *const costs[VT_RESOURCE_COST_COUNT] = {TR("loaded ahead"), TR("cache"),
                                                          TR("can be rebuilt"), TR("needed")};

static void add_size(vt_cells *cells, int64_t bytes)
{
    char words[32];
    vt_cells_add(cells, vt_wording_amount(words, sizeof words, VT_BUDGET_BYTES, bytes));
}

static void show_memory(vt_control_page *page)
{
    const vt_resource_usage *list;
    size_t count = vt_performance_resources(page->performance, &list);
    count = count < VT_REGISTRY_RESOURCES_MAX ? count : VT_REGISTRY_RESOURCES_MAX;
    vt_cells_begin(page->resources);
    for (size_t i = 0; i < count; i++) {
        page->ids[i] = list[i].id;
        page->names[i] = list[i].name;
        vt_cells_add(page->resources, vt_tr("performance", list[i].name));
        vt_cells_add(page->resources, vt_tr("performance", costs[list[i].cost]));
        add_size(page->resources, list[i].bytes);
        if (list[i].most > 0) {
            add_size(page->resources, list[i].most);
        } else {
            vt_cells_add(page->resources, "");
        }
        add_size(page->resources, list[i].freed);
    }
    vt_cells_end(page->resources);
    int chosen = vt_cells_chosen(page->resources);
    q_widget_set_enabled(page->clear,
                         chosen >= 0 && (size_t)chosen < count && list[chosen].cost != VT_RESOURCE_FIXED);
    const vt_situation *is = vt_performance_situation(page->performance);
    char used[32], limit[32];
    vt_str form = VT_STR_INIT, text = VT_STR_INIT;
    vt_wording_amount(used, sizeof used, VT_BUDGET_BYTES, is->memory);
    vt_wording_amount(limit, sizeof limit, VT_BUDGET_BYTES, is->memory_hard);
    vt_tr_append_with(&form, "performance", "All processes together hold %1 of the %2 allowed.", used);
    const char *second = strstr(form.data, "%2");
    if (second) {
        vt_str_appendf(&text, "%.*s%s%s", (int)(second - form.data), form.data, limit, second + 2);
    }
    q_label_set_text(page->memory, is->memory > 0 ? text.data : "");
    vt_str_free(&form);
    vt_str_free(&text);
}

static void on_clear(void *user, bool checked)
{
    (void)checked;
    vt_control_page *page = user;
    int chosen = vt_cells_chosen(page->resources);
    if (chosen >= 0) {
        vt_performance_clear(page->performance, page->ids[chosen], page->names[chosen]);
    }
}

static void on_trim(void *user, bool checked)
{
    (void)checked;
    vt_performance_trim(((vt_control_page *)user)->performance);
}

static void on_chosen(void *user, const QModelIndex *current, const QModelIndex *previous)
{
    (void)previous;
    (void)current;
    show_memory(user);
}

static void make_memory(vt_control_page *page, QVBoxLayout *layout)
{
    QGroupBox *box = q_groupbox_new_string_widget(vt_tr("performance", "Memory"), &page->widget);
    QVBoxLayout *inner = q_vboxlayout_new_widget(box);
    page->resources = vt_cells_create(box, vt_tr("performance", "Who holds memory"), resource_columns,
                                      sizeof resource_columns / sizeof *resource_columns);
    q_boxlayout_add_widget_full(inner, vt_cells_table(page->resources), 1, 0);
    QHBoxLayout *line = q_hboxlayout_new();
    q_boxlayout_add_layout(inner, line);
    page->memory = q_label_new_empty(box);
    q_label_set_word_wrap(page->memory, true);
    q_boxlayout_add_widget_full(line, page->memory, 1, 0);
    page->clear = q_pushbutton_new(vt_tr("performance", "Clear this cache"), box);
    QPushButton *trim = q_pushbutton_new(vt_tr("performance", "Give back all caches"), box);
    q_pushbutton_set_auto_default(page->clear, false);
    q_pushbutton_set_auto_default(trim, false);
    q_boxlayout_add_widget(line, page->clear);
    q_boxlayout_add_widget(line, trim);
    q_abstractbutton_on_clicked(page->clear, &page->widget, on_clear, page);
    q_abstractbutton_on_clicked(trim, &page->widget, on_trim, page);
    q_itemselectionmodel_on_current_changed(
        q_abstractitemview_selection_model(vt_cells_table(page->resources)), &page->widget, on_chosen, page);
    q_boxlayout_add_widget_full(layout, box, 1, 0);
}

/* ---- background work ---- */

static void show_work(vt_control_page *page)
{
    const vt_situation *is = vt_performance_situation(page->performance);
    page->is_held = is->imports && is->held;
    q_label_set_text(page->work, !is->imports ? vt_tr("performance", "No import is at work.")
                                 : is->held   ? vt_tr("performance", "Imports are paused.")
                                              : vt_tr("performance", "Imports are at work."));
    q_abstractbutton_set_text(page->hold, page->is_held ? vt_tr("performance", "Go on with background work")
                                                        : vt_tr("performance", "Pause background work"));
    q_widget_set_enabled(page->hold, is->imports);
}

static void on_hold(void *user, bool checked)
{
    (void)checked;
    vt_control_page *page = user;
    vt_performance_hold(page->performance, !page->is_held);
}

static void make_work(vt_control_page *page, QVBoxLayout *layout)
{
    QGroupBox *box = q_groupbox_new_string_widget(vt_tr("performance", "Background work"), &page->widget);
    QHBoxLayout *line = q_hboxlayout_new_widget(box);
    page->work = q_label_new_empty(box);
    q_boxlayout_add_widget_full(line, page->work, 1, 0);
    page->hold = q_pushbutton_new(vt_tr("performance", "Pause background work"), box);
    q_pushbutton_set_auto_default(page->hold, false);
    q_boxlayout_add_widget(line, page->hold);
    q_abstractbutton_on_clicked(page->hold, &page->widget, on_hold, page);
    q_boxlayout_add_widget(layout, box);
}

/* ---- the page ---- */

/* Explanations beside the fields where there is room; else they are the fields' tool tips. */
static void page_resize(QWidget *self, QResizeEvent *event)
{
    enum { WITH_HELP = 640, WITH_HELP_LINES = 32 };
    const vt_control_page *page = (const vt_control_page *)self;
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, q_widget_font(self));
    bool room = q_widget_width(self) >= WITH_HELP &&
                q_widget_height(self) >= WITH_HELP_LINES * q_fontmetrics_height(&metrics);
    q_fontmetrics_fini(&metrics);
    for (int i = 0; i < SHOWN; i++) {
        q_widget_set_visible(page->fields[i].help, room);
        q_widget_set_tool_tip(page->fields[i].value, vt_tr("settings", vt_setting_get(shown[i])->help));
    }
    q_widget_base_resize_event(self, event);
}

static const QWidgetVirtuals page_virtuals = {.resize_event = page_resize};
static qt_subclass page_class = {
    .base = &qt_class_QWidget, .virtuals = &page_virtuals, .instance_size = sizeof(vt_control_page)};

vt_control_page *vt_control_page_create(QWidgetRef parent, vt_performance *performance)
{
    vt_control_page *page = qt_subclass_allocate(&page_class);
    q_widget_init(&page->widget, parent);
    qt_subclass_install(&page_class, page);
    page->performance = performance;
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        page->settings.values[i] = -1; /* other than any: shown at the first look */
    }
    QVBoxLayout *layout = q_vboxlayout_new_widget(&page->widget);
    q_layout_set_contents_margins(layout, MARGIN, 10, MARGIN, MARGIN);
    make_work(page, layout);
    make_settings(page, layout);
    make_memory(page, layout);
    return page;
}

QWidget *vt_control_page_widget(vt_control_page *page)
{
    return &page->widget;
}

void vt_control_page_update(vt_control_page *page)
{
    show_settings(page);
    show_memory(page);
    show_work(page);
}
