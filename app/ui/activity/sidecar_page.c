#include "app/ui/activity/sidecar_page.h"

#include "app/ui/activity/list_reading.h"
#include "app/ui/activity/sidecar_list.h"
#include "app/ui/library/edits.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/text_list.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <qt6c/qhboxlayout.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qlabel.h>
#include <qt6c/qprogressbar.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { BAR_WIDTH = 160, BAR_STEPS = 1000 };

struct vt_sidecar_page {
    QWidget widget; /* first */
    vt_library *library;
    const vt_failures_ops *ops;
    void *user;
    vt_log log;
    vt_list_reading *reading;    /* owned; NULL without memory */
    int64_t conflicts, failures; /* of the list that is shown */
    vt_text_list *rows;
    QLabel *status;
    QProgressBar *bar;
    QPushButton *hold, *cancel, *mine, *theirs, *mine_all, *theirs_all, *retry, *show;
    vt_sidecar_list *list; /* owned */
};

/* ---- the list ---- */

static const char *title(int column)
{
    return vt_sidecar_column_title((vt_sidecar_column)column);
}

static size_t count_rows(const void *user)
{
    return ((const vt_sidecar_page *)user)->list->count;
}

static void say_cell(const void *user, size_t row, int column, vt_str *text)
{
    vt_sidecar_row_text(&((const vt_sidecar_page *)user)->list->rows[row], (vt_sidecar_column)column, text);
}

/* ---- what is shown ---- */

void vt_sidecar_page_progress(const vt_sidecars_figures *figures, vt_str *text)
{
    char words[32];
    if (!figures->running) {
        return;
    }
    vt_str form = VT_STR_INIT;
    const char *count = vt_wording_count(words, sizeof words, figures->done);
    if (figures->held) {
        vt_tr_append_with(&form, "sidecars", "Side-cars are paused: %1 of %2", count);
    } else {
        vt_tr_append_with(&form, "sidecars", "Writing side-cars: %1 of %2", count);
    }
    vt_wording_count(words, sizeof words, figures->total);
    const char *at = form.data ? strstr(form.data, "%2") : NULL;
    vt_str_append(text, form.data, at ? (size_t)(at - form.data) : form.length);
    vt_str_append_cstr(text, at ? words : "");
    vt_str_append_cstr(text, at ? at + 2 : "");
    if (figures->rate >= 0.5 && !figures->held) {
        vt_str_appendf(text, "  \u00b7  %s/s",
                       vt_wording_count(words, sizeof words, (int64_t)(figures->rate + 0.5)));
    }
    vt_str_free(&form);
}

static void separate(vt_str *text)
{
    vt_str_append_cstr(text, text->length ? "  \u00b7  " : "");
}

static void show_status(vt_sidecar_page *page, const vt_sidecars_figures *figures)
{
    vt_str text = VT_STR_INIT;
    vt_sidecar_page_progress(figures, &text);
    if (figures->conflicts > 0) {
        separate(&text);
        vt_tr_append_count(&text, "sidecars", "%n value differs here and in a side-car",
                           "%n values differ here and in side-cars", figures->conflicts);
    }
    if (figures->failures > 0) {
        separate(&text);
        vt_tr_append_count(&text, "sidecars", "%n side-car failed", "%n side-cars failed", figures->failures);
    }
    if (text.length == 0) {
        vt_str_append_cstr(&text, vt_tr("sidecars", "No side-car waits, and none is in conflict."));
    }
    q_label_set_text(page->status, text.data);
    q_widget_set_tool_tip(page->status, text.data);
    vt_str_free(&text);
    q_widget_set_visible(page->bar, figures->running);
    q_progressbar_set_range(page->bar, 0, figures->total > 0 ? BAR_STEPS : 0);
    q_progressbar_set_value(page->bar,
                            figures->total > 0 ? (int)(figures->done * BAR_STEPS / figures->total) : 0);
    q_widget_set_enabled(page->bar, !figures->held);
    q_widget_set_visible(page->hold, figures->running || figures->held);
    q_widget_set_visible(page->cancel, figures->running);
    q_abstractbutton_set_text(page->hold,
                              figures->held ? vt_tr("sidecars", "Go on") : vt_tr("sidecars", "Pause"));
}

/* The rows that are chosen, those of conflicts if `conflicts`; free(). */
static size_t chosen_rows(vt_sidecar_page *page, bool conflicts, size_t **rows)
{
    size_t chosen = 0;
    size_t count = 0;
    *rows = vt_text_list_chosen(page->rows, &chosen);
    for (size_t i = 0; i < chosen; i++) {
        size_t row = (*rows)[i];
        if (page->list->rows[row].field != 0 || !conflicts) {
            (*rows)[count++] = row;
        }
    }
    return count;
}

static void update_buttons(vt_sidecar_page *page)
{
    size_t *rows;
    bool writes = !vt_engine_is_read_only(vt_library_engine(page->library));
    bool conflicts = chosen_rows(page, true, &rows) > 0 && writes;
    free(rows);
    bool any = chosen_rows(page, false, &rows) > 0;
    free(rows);
    bool several = page->list->conflicts > 0 && writes;
    q_widget_set_enabled(page->mine, conflicts);
    q_widget_set_enabled(page->theirs, conflicts);
    q_widget_set_enabled(page->mine_all, several);
    q_widget_set_enabled(page->theirs_all, several);
    q_widget_set_enabled(page->retry, page->list->count > page->list->conflicts && writes);
    q_widget_set_enabled(page->show, any);
}

/* ---- reading ---- */

static void *create_list(void)
{
    return calloc(1, sizeof(vt_sidecar_list));
}

static void free_list(void *list)
{
    vt_sidecar_list_free(list);
}

static bool add_problem(void *user, const vt_sidecar_problem *problem)
{
    return vt_sidecar_list_add(user, problem);
}

static bool read_list(vt_catalog_reader *reader, void *list, vt_error *error)
{
    return vt_sidecars_each_problem(reader, VT_SIDECAR_LIST_MAX, add_problem, list, error);
}

/* The log has the error, and what could be read is shown. */
static void take_list(void *user, void *list, const vt_error *error)
{
    (void)error;
    vt_sidecar_page *page = user;
    vt_text_list_begin_change(page->rows);
    vt_sidecar_list_free(page->list);
    page->list = list;
    vt_text_list_end_change(page->rows);
    update_buttons(page);
    vt_log_write(&page->log, VT_LOG_INFO, "sidecar list: conflicts=%zu failures=%zu", page->list->conflicts,
                 page->list->count - page->list->conflicts);
}

static const vt_list_reading_ops reading_ops = {
    .create = create_list, .free = free_list, .read = read_list, .take = take_list};

void vt_sidecar_page_update(vt_sidecar_page *page)
{
    vt_sidecars_figures figures;
    vt_engine_get_sidecars(vt_library_engine(page->library), &figures);
    show_status(page, &figures);
    /* What is decided elsewhere in between has the same numbers, and is told by the next change. */
    if (figures.conflicts != page->conflicts || figures.failures != page->failures) {
        page->conflicts = figures.conflicts;
        page->failures = figures.failures;
        vt_list_reading_begin(page->reading);
    }
}

void vt_sidecar_page_stop(vt_sidecar_page *page)
{
    vt_list_reading_stop(page->reading);
}

/* ---- what the user does ---- */

static void tell(vt_sidecar_page *page, bool done, const vt_error *error)
{
    if (!done) {
        page->ops->say(page->user, error->message);
    }
}

/* Theirs are an edit of what is here, which can be undone. */
static void settle(vt_sidecar_page *page, const vt_sidecar_choice *choices, size_t count, bool ours)
{
    vt_error error = VT_ERROR_INIT;
    tell(page,
         ours ? vt_engine_decide_sidecars(vt_library_engine(page->library), choices, count, true, &error)
              : vt_library_take_sidecars(page->library, choices, count, &error),
         &error);
}

static void decide(vt_sidecar_page *page, bool ours)
{
    size_t *rows;
    size_t count = chosen_rows(page, true, &rows);
    vt_sidecar_choice *choices = rows ? calloc(count + 1, sizeof *choices) : NULL;
    for (size_t i = 0; choices && i < count; i++) {
        const vt_sidecar_row *row = &page->list->rows[rows[i]];
        choices[i] = (vt_sidecar_choice){row->item_id, row->field};
    }
    if (choices && count > 0) {
        settle(page, choices, count, ours);
    }
    free(choices);
    free(rows);
}

static void decide_all(vt_sidecar_page *page, bool ours)
{
    const vt_sidecar_choice all = {0, 0};
    settle(page, &all, 1, ours);
}

static void on_mine(void *user, bool checked)
{
    (void)checked;
    decide(user, true);
}

static void on_theirs(void *user, bool checked)
{
    (void)checked;
    decide(user, false);
}

static void on_mine_all(void *user, bool checked)
{
    (void)checked;
    decide_all(user, true);
}

static void on_theirs_all(void *user, bool checked)
{
    (void)checked;
    decide_all(user, false);
}

static void on_retry(void *user, bool checked)
{
    (void)checked;
    vt_sidecar_page *page = user;
    vt_error error = VT_ERROR_INIT;
    tell(page, vt_engine_retry_sidecars(vt_library_engine(page->library), &error), &error);
}

static void on_show(void *user, bool checked)
{
    (void)checked;
    vt_sidecar_page *page = user;
    size_t *rows;
    if (chosen_rows(page, false, &rows) > 0) {
        page->ops->show_in_file_manager(page->user, page->list->rows[rows[0]].path);
    }
    free(rows);
}

static void on_hold(void *user, bool checked)
{
    (void)checked;
    vt_sidecar_page *page = user;
    vt_sidecars_figures figures;
    vt_engine *engine = vt_library_engine(page->library);
    vt_engine_get_sidecars(engine, &figures);
    vt_engine_hold_sidecars(engine, !figures.held);
    vt_sidecar_page_update(page);
}

static void on_cancel(void *user, bool checked)
{
    (void)checked;
    vt_sidecar_page *page = user;
    vt_error error = VT_ERROR_INIT;
    vt_engine *engine = vt_library_engine(page->library);
    vt_engine_hold_sidecars(engine, false);
    tell(page, vt_engine_cancel_sidecars(engine, &error), &error);
}

static void choice_changed(void *user)
{
    update_buttons(user);
}

/* ---- making it ---- */

static void page_finish(void *self)
{
    vt_sidecar_page *page = self;
    vt_list_reading_free(page->reading);
    vt_sidecar_list_free(page->list);
}

static qt_subclass page_class = {
    .base = &qt_class_QWidget, .instance_size = sizeof(vt_sidecar_page), .finish = page_finish};

static const vt_text_list_ops list_ops = {.columns = VT_SIDECAR_COLUMN_COUNT,
                                          .title = title,
                                          .count = count_rows,
                                          .say = say_cell,
                                          .choice_changed = choice_changed};

static void make_table(vt_sidecar_page *page)
{
    page->rows = vt_text_list_create(&page->widget, vt_tr("sidecars", "Conflicts and failures of side-cars"),
                                     &list_ops, page);
    QHeaderView *header = q_tableview_horizontal_header(vt_text_list_table(page->rows));
    q_headerview_set_section_resize_mode(header, VT_SIDECAR_COLUMN_FILE, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, VT_SIDECAR_COLUMN_WHAT, QHeaderView_ResizeToContents);
    q_headerview_set_section_resize_mode(header, VT_SIDECAR_COLUMN_OURS, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, VT_SIDECAR_COLUMN_THEIRS, QHeaderView_Stretch);
}

static QPushButton *add_button(vt_sidecar_page *page, QHBoxLayout *line, const char *text,
                               void (*callback)(void *, bool))
{
    QPushButton *button = q_pushbutton_new(text, &page->widget);
    q_boxlayout_add_widget(line, button);
    q_abstractbutton_on_clicked(button, &page->widget, callback, page);
    return button;
}

static void make_status(vt_sidecar_page *page, QVBoxLayout *layout)
{
    QHBoxLayout *line = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, line);
    page->status = q_label_new_empty(&page->widget);
    q_label_set_text_format(page->status, Qt_PlainText);
    vt_set_size_policy(page->status, QSizePolicy_Ignored, QSizePolicy_Preferred);
    q_boxlayout_add_widget_full(line, page->status, 1, 0);
    page->bar = q_progressbar_new(&page->widget);
    q_progressbar_set_text_visible(page->bar, false);
    q_widget_set_fixed_width(page->bar, BAR_WIDTH);
    q_boxlayout_add_widget(line, page->bar);
    page->hold = add_button(page, line, vt_tr("sidecars", "Pause"), on_hold);
    q_widget_set_accessible_name(page->hold, vt_tr("sidecars", "Pause side-cars"));
    page->cancel = add_button(page, line, vt_tr("sidecars", "Cancel"), on_cancel);
    q_widget_set_accessible_name(page->cancel, vt_tr("sidecars", "Cancel side-cars"));
    q_widget_set_tool_tip(page->cancel,
                          vt_tr("sidecars", "What was not written yet stays in the library alone"));
}

static void make_buttons(vt_sidecar_page *page, QVBoxLayout *layout)
{
    QHBoxLayout *line = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, line);
    page->mine = add_button(page, line, vt_tr("sidecars", "Keep mine"), on_mine);
    page->theirs = add_button(page, line, vt_tr("sidecars", "Take theirs"), on_theirs);
    page->mine_all = add_button(page, line, vt_tr("sidecars", "Keep all of mine"), on_mine_all);
    page->theirs_all = add_button(page, line, vt_tr("sidecars", "Take all of theirs"), on_theirs_all);
    q_boxlayout_add_stretch(line);
    page->retry = add_button(page, line, vt_tr("sidecars", "Try failed again"), on_retry);
    page->show = add_button(page, line, vt_tr("sidecars", "Show in file manager"), on_show);
}

vt_sidecar_page *vt_sidecar_page_create(QWidgetRef parent, vt_library *library, vt_executor *executor,
                                        const vt_failures_ops *ops, void *user, vt_log log)
{
    vt_sidecar_page *page = qt_subclass_allocate(&page_class);
    q_widget_init(&page->widget, parent);
    qt_subclass_install(&page_class, page);
    page->library = library;
    page->ops = ops;
    page->user = user;
    page->log = log;
    page->list = calloc(1, sizeof *page->list);
    page->reading =
        vt_list_reading_create((QObject *)&page->widget, vt_engine_catalog(vt_library_engine(library)),
                               executor, &reading_ops, page);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&page->widget);
    q_layout_set_contents_margins(layout, 12, 6, 12, 6);
    make_status(page, layout);
    make_table(page);
    q_boxlayout_add_widget_full(layout, vt_text_list_table(page->rows), 1, 0);
    make_buttons(page, layout);
    update_buttons(page);
    vt_sidecar_page_update(page);
    return page;
}

QWidget *vt_sidecar_page_widget(vt_sidecar_page *page)
{
    return &page->widget;
}
