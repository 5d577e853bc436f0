/* `query:SQL`: a query of the catalog and its result in a pane (core/catalog/query.h). The text stands above
   and can be edited; Ctrl+Enter runs it. */
#include "app/ui/panes/pane_item.h"
#include "app/ui/panes/pane_rows.h"
#include "app/ui/panes/pane_types.h"
#include "app/ui/panes/pane_work.h"

#include "app/ui/parts/translate.h"
#include "core/base/translatable.h"
#include "core/catalog/query.h"
#include "core/export/csv.h"

#include <qt6c/qapplication.h>
#include <qt6c/qclipboard.h>
#include <qt6c/qfont.h>
#include <qt6c/qfontdatabase.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qkeyevent.h>
#include <qt6c/qlabel.h>
#include <qt6c/qplaintextedit.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtextcursor.h>
#include <qt6c/qvboxlayout.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IDLE = 4, MARGIN = 6, TEXT_HEIGHT = 84, BLOB_SHOWN_MAX = 32, TITLE_MAX = 60 };

/* Either a query or another order of its result. */
typedef struct query_job {
    vt_query *query; /* owned; NULL: the result is sorted */
    char *sql;       /* owned */
    vt_catalog *catalog;
    int position;
    vt_query_result *result; /* owned, unless it is sorted: then the pane waits for the end of that */
    uint32_t *order;         /* owned */
    size_t column;
    bool descending;
} query_job;

typedef struct query_pane {
    vt_pane_content content; /* first */
    vt_query_result *result; /* owned; NULL: none */
    uint32_t *order;         /* owned; rows as they are shown, NULL: as they came */
    vt_pane_work *work;
    QPlainTextEdit *text;
    QPushButton *run;
    QLabel *status;
    vt_pane_rows *rows;
} query_pane;

static query_pane *of(vt_pane_content *content)
{
    return (query_pane *)content;
}

/* ---- rows ---- */

static size_t row_count(const void *user)
{
    const query_pane *pane = user;
    return pane->result ? vt_query_result_rows(pane->result) : 0;
}

static size_t column_count(const void *user)
{
    const query_pane *pane = user;
    return pane->result ? vt_query_result_columns(pane->result) : 0;
}

static vt_query_cell cell_at(const query_pane *pane, size_t row, size_t column)
{
    return vt_query_result_cell(pane->result, pane->order ? pane->order[row] : row, column);
}

static void write_cell(const vt_query_cell *cell, vt_str *text)
{
    switch (cell->kind) {
    case VT_QUERY_NULL:
        break;
    case VT_QUERY_INTEGER:
        vt_str_appendf(text, "%lld", (long long)cell->integer);
        break;
    case VT_QUERY_REAL:
        vt_str_appendf(text, "%.10g", cell->real);
        break;
    case VT_QUERY_TEXT:
        vt_str_append_display(text, cell->text.bytes, cell->text.length);
        break;
    case VT_QUERY_BLOB:
        for (size_t i = 0; i < cell->text.length && i < BLOB_SHOWN_MAX; i++) {
            vt_str_appendf(text, "%02x", (unsigned)(unsigned char)cell->text.bytes[i]);
        }
        vt_str_append_cstr(text, cell->text.length > BLOB_SHOWN_MAX ? "\u2026" : "");
        break;
    }
}

static void cell(const void *user, size_t row, size_t column, vt_str *text)
{
    vt_query_cell at = cell_at(user, row, column);
    write_cell(&at, text);
}

static bool is_number(const void *user, size_t row, size_t column)
{
    vt_query_cell at = cell_at(user, row, column);
    return at.kind == VT_QUERY_INTEGER || at.kind == VT_QUERY_REAL;
}

static void title(const void *user, size_t column, vt_str *text)
{
    const char *name = vt_query_result_name(((const query_pane *)user)->result, column);
    vt_str_append_display(text, name, strlen(name));
}

static void opened(void *user, size_t row)
{
    query_pane *pane = user;
    size_t column = pane->result ? vt_query_result_item_column(pane->result) : SIZE_MAX;
    vt_query_cell at = {.kind = VT_QUERY_NULL};
    if (column != SIZE_MAX) {
        at = cell_at(pane, row, column);
    }
    char argument[32];
    char provider[64];
    vt_error error = VT_ERROR_INIT;
    vt_pane_item item = VT_PANE_ITEM_INIT;
    snprintf(argument, sizeof argument, "%lld", at.kind == VT_QUERY_INTEGER ? (long long)at.integer : 0LL);
    if (vt_pane_item_find(&item, pane->content.context->engine, argument, &error)) {
        vt_pane_content_opened(&pane->content, vt_pane_provider_of(&item.brief, provider));
    } else {
        q_label_set_text(pane->status,
                         column == SIZE_MAX
                             ? vt_tr("panes", "No column called item_id says which item this is.")
                             : error.message);
    }
    vt_pane_item_clear(&item);
}

static void copy(void *user)
{
    query_pane *pane = user;
    vt_str text = VT_STR_INIT;
    vt_csv csv;
    vt_csv_begin(&csv, vt_json_to_str, &text);
    for (size_t column = 0; column < column_count(pane); column++) {
        vt_csv_text(&csv, vt_query_result_name(pane->result, column));
    }
    vt_csv_end_row(&csv);
    for (size_t row = 0; row < row_count(pane); row++) {
        if (vt_pane_rows_is_chosen(pane->rows, row)) {
            for (size_t column = 0; column < column_count(pane); column++) {
                vt_str value = VT_STR_INIT;
                vt_query_cell at = cell_at(pane, row, column);
                write_cell(&at, &value);
                vt_csv_bytes(&csv, value.data, value.length);
                vt_str_free(&value);
            }
            vt_csv_end_row(&csv);
        }
    }
    if (vt_csv_end(&csv, NULL) && !text.failed) {
        q_clipboard_set_text(q_guiapplication_clipboard(), text.data);
    }
    vt_str_free(&text);
}

static const vt_pane_rows_ops rows_ops = {.rows = row_count,
                                          .columns = column_count,
                                          .cell = cell,
                                          .is_number = is_number,
                                          .title = title,
                                          .opened = opened,
                                          .copy = copy};

/* ---- running ---- */

static bool run_query(vt_pane_work *work, void *user, vt_error *error)
{
    (void)work;
    query_job *job = user;
    const vt_query_limits limits = vt_query_limits_default();
    if (!job->query) {
        job->order = vt_query_result_sort(job->result, job->column, job->descending);
        return job->order != NULL || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for sorting");
    }
    job->result = vt_query_run(job->query, job->catalog, job->sql, &limits, &job->position, error);
    return job->result != NULL;
}

static void interrupt(void *user)
{
    query_job *job = user;
    if (job->query) {
        vt_query_cancel(job->query);
    }
}

static void release(void *user)
{
    query_job *job = user;
    if (job->query) {
        vt_query_result_free(job->result);
    }
    vt_query_free(job->query);
    free(job->order);
    free(job->sql);
    free(job);
}

static void set_result(query_pane *pane, vt_query_result *result, uint32_t *order)
{
    vt_pane_rows_begin(pane->rows);
    if (result != pane->result) {
        vt_query_result_free(pane->result);
    }
    free(pane->order);
    pane->result = result;
    pane->order = order;
    vt_pane_rows_end(pane->rows);
}

static void say(query_pane *pane, const char *text, QPalette_ColorRole color)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_display(&line, text, strlen(text));
    q_label_set_text(pane->status, line.data);
    q_widget_set_foreground_role(pane->status, color);
    vt_str_free(&line);
}

static void say_count(query_pane *pane)
{
    vt_str text = VT_STR_INIT;
    int64_t rows = (int64_t)vt_query_result_rows(pane->result);
    if (vt_query_result_is_cut(pane->result)) {
        vt_tr_append_count(&text, "panes", "The first row; there are more.",
                           "The first %n rows; there are more: narrow it with WHERE.", rows);
    } else {
        vt_tr_append_count(&text, "panes", "%n row", "%n rows", rows);
    }
    say(pane, text.data, QPalette_PlaceholderText);
    vt_str_free(&text);
}

/* Where the fault is, the cursor goes. `position` counts bytes. */
static void show_fault(query_pane *pane, const char *sql, int position, const vt_error *error)
{
    vt_str text = VT_STR_INIT;
    if (position >= 0 && (size_t)position <= strlen(sql)) {
        unsigned line = 1, column = 1;
        int units = 0;
        for (int i = 0; i < position; i++) {
            unsigned char byte = (unsigned char)sql[i];
            bool starts = (byte & 0xc0) != 0x80;
            units += starts + (byte >= 0xf0); /* Qt counts UTF-16 */
            column = byte == '\n' ? 1 : column + starts;
            line += byte == '\n';
        }
        vt_str_appendf(&text, vt_tr("panes", "Line %u, column %u: "), line, column);
        QTextCursor cursor = q_plaintextedit_text_cursor(pane->text);
        q_textcursor_set_position(&cursor, units);
        q_plaintextedit_set_text_cursor(pane->text, &cursor);
        q_textcursor_fini(&cursor);
    }
    vt_str_append_cstr(&text, error->message);
    say(pane, text.data, QPalette_BrightText);
    vt_str_free(&text);
}

static void show_running(query_pane *pane, bool running)
{
    q_abstractbutton_set_text(pane->run, running ? vt_tr("panes", "Cancel") : vt_tr("panes", "Run"));
}

/* The first end decides whether the pane has failed; later ones are told beside the text. */
static void ended(void *owner, void *user, const vt_error *error)
{
    query_pane *pane = owner;
    query_job *job = user;
    pane->work = NULL;
    show_running(pane, false);
    if (!job->query) {
        if (!error) {
            set_result(pane, pane->result, job->order);
            job->order = NULL;
        }
        return;
    }
    if (error) {
        set_result(pane, NULL, NULL);
        show_fault(pane, job->sql, job->position, error);
    } else {
        q_headerview_set_sort_indicator(q_tableview_horizontal_header(vt_pane_rows_view(pane->rows)), -1,
                                        Qt_AscendingOrder);
        set_result(pane, job->result, NULL);
        job->result = NULL;
        say_count(pane);
        q_tableview_resize_columns_to_contents(vt_pane_rows_view(pane->rows));
    }
    vt_pane_content_ready(&pane->content);
}

static const vt_pane_work_ops work_ops = {
    .name = "a query", .run = run_query, .interrupt = interrupt, .ended = ended, .release = release};

/* What runs reads the catalog, or the result: its end is waited for, some milliseconds at most. */
static void stop(query_pane *pane)
{
    vt_pane_work_drop(pane->work, true);
    pane->work = NULL;
    show_running(pane, false);
}

static void start(query_pane *pane, query_job *job)
{
    vt_error error = VT_ERROR_INIT;
    bool is_query = job->query != NULL;
    pane->work = vt_pane_work_start(pane->content.context->executor, &work_ops, job, pane, &error);
    if (!pane->work) {
        vt_pane_content_fail(&pane->content, &error);
    } else if (is_query) {
        show_running(pane, true);
    }
}

static void run_text(query_pane *pane, const char *sql)
{
    vt_error error = VT_ERROR_INIT;
    query_job *job = calloc(1, sizeof *job);
    stop(pane);
    if (job) {
        job->query = vt_query_create();
        job->sql = strdup(sql);
        job->catalog = vt_engine_catalog(pane->content.context->engine);
        job->position = -1;
    }
    if (!job || !job->query || !job->sql) {
        if (job) {
            release(job);
        }
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory for a query");
        vt_pane_content_fail(&pane->content, &error);
        return;
    }
    say(pane, vt_tr("panes", "Asking\u2026"), QPalette_PlaceholderText);
    start(pane, job);
}

static void run_or_cancel(void *user, bool checked)
{
    (void)checked;
    query_pane *pane = user;
    if (pane->work) {
        stop(pane);
        say(pane, vt_tr("panes", "The query was cancelled."), QPalette_PlaceholderText);
        if (pane->content.stage == VT_PANE_LOADING) {
            vt_pane_content_ready(&pane->content);
        }
        return;
    }
    char *sql = q_plaintextedit_to_plain_text(pane->text);
    if (sql) {
        run_text(pane, sql);
        vt_pane_content_titled(&pane->content);
    }
    free(sql);
}

static void on_sort(void *user, int column, Qt_SortOrder order)
{
    query_pane *pane = user;
    if (!pane->result || pane->work || column < 0 || (size_t)column >= column_count(pane)) {
        return;
    }
    query_job *job = calloc(1, sizeof *job);
    if (job) {
        job->result = pane->result;
        job->column = (size_t)column;
        job->descending = order == Qt_DescendingOrder;
        start(pane, job);
    }
}

/* ---- for the pane ---- */

static void show(vt_pane_content *content, const char *argument)
{
    query_pane *pane = of(content);
    stop(pane);
    set_result(pane, NULL, NULL);
    const char *first = "SELECT item_id, name, size FROM items ORDER BY size DESC LIMIT 100";
    q_plaintextedit_set_plain_text(pane->text, *argument ? argument : first);
    if (*argument) {
        vt_pane_content_load(content, -1);
        run_text(pane, argument);
    } else {
        say(pane, vt_tr("panes", "Ctrl+Enter runs the query. The manual tells what can be asked."),
            QPalette_PlaceholderText);
        vt_pane_content_ready(content);
    }
}

static void clear(vt_pane_content *content)
{
    query_pane *pane = of(content);
    stop(pane);
    set_result(pane, NULL, NULL);
    q_plaintextedit_set_plain_text(pane->text, "");
    q_label_set_text(pane->status, "");
    vt_pane_content_empty(content);
}

static void cancel(vt_pane_content *content)
{
    vt_error error = VT_ERROR_INIT;
    stop(of(content));
    vt_error_set(&error, VT_ERROR_CANCELLED, "the query was cancelled");
    vt_pane_content_fail(content, &error);
}

static void describe(const vt_pane_content *content, vt_str *text)
{
    char *sql = q_plaintextedit_to_plain_text(((const query_pane *)content)->text);
    if (sql && content->stage != VT_PANE_EMPTY) {
        size_t length = strlen(sql);
        size_t cut = length > TITLE_MAX ? vt_utf8_cut(sql, TITLE_MAX) : length;
        for (size_t i = 0; i < cut; i++) {
            sql[i] = sql[i] == '\n' || sql[i] == '\t' ? ' ' : sql[i];
        }
        vt_str_append_display(text, sql, cut);
        vt_str_append_cstr(text, cut < length ? "\u2026" : "");
    }
    free(sql);
}

static void *save(const vt_pane_content *content, size_t *length)
{
    char *sql = q_plaintextedit_to_plain_text(((const query_pane *)content)->text);
    *length = sql ? strlen(sql) : 0;
    return sql;
}

/* Another text than the pane began with was being worked on: its result comes instead. */
static void restore(vt_pane_content *content, const void *bytes, size_t length)
{
    query_pane *pane = of(content);
    char *sql = length <= VT_QUERY_TEXT_MAX ? strndup(bytes, length) : NULL;
    char *now = q_plaintextedit_to_plain_text(pane->text);
    if (sql && now && vt_utf8_valid(sql, strlen(sql)) && content->stage != VT_PANE_EMPTY &&
        strcmp(sql, now) != 0) {
        q_plaintextedit_set_plain_text(pane->text, sql);
        run_text(pane, sql);
    }
    free(now);
    free(sql);
}

static size_t bytes(const vt_pane_content *content)
{
    enum { WIDGETS = 128 << 10 };
    const query_pane *pane = (const query_pane *)content;
    return WIDGETS + (pane->result ? vt_query_result_bytes(pane->result) : 0);
}

static void destroy(vt_pane_content *content)
{
    query_pane *pane = of(content);
    vt_pane_work_drop(pane->work, true);
    q_widget_delete(content->widget);
    vt_query_result_free(pane->result);
    free(pane->order);
    free(pane);
}

/* ---- making it ---- */

typedef struct text_edit {
    QPlainTextEdit edit; /* first */
    query_pane *pane;
} text_edit;

static void text_key(QPlainTextEdit *self, QKeyEvent *event)
{
    int key = q_keyevent_key(event);
    bool control = (int)q_keyevent_modifiers(event) & Qt_ControlModifier;
    if (control && (key == Qt_Key_Return || key == Qt_Key_Enter)) {
        run_or_cancel(((text_edit *)self)->pane, false);
    } else {
        q_plaintextedit_base_key_press_event(self, event);
    }
}

static const QPlainTextEditVirtuals text_virtuals = {.key_press_event = text_key};
static qt_subclass text_class = {
    .base = &qt_class_QPlainTextEdit, .virtuals = &text_virtuals, .instance_size = sizeof(text_edit)};

static void make_text(query_pane *pane, QWidget *root, QVBoxLayout *layout)
{
    text_edit *edit = qt_subclass_allocate(&text_class);
    q_plaintextedit_init(&edit->edit, root);
    qt_subclass_install(&text_class, edit);
    edit->pane = pane;
    pane->text = &edit->edit;
    QFont font = q_fontdatabase_system_font(QFontDatabase_FixedFont);
    q_widget_set_font(pane->text, &font);
    q_font_fini(&font);
    q_widget_set_fixed_height(pane->text, TEXT_HEIGHT);
    q_plaintextedit_set_tab_changes_focus(pane->text, true);
    q_widget_set_accessible_name(pane->text, vt_tr("panes", "Query"));
    QHBoxLayout *line = q_hboxlayout_new();
    q_boxlayout_set_spacing(line, MARGIN);
    pane->status = q_label_new_empty(root);
    q_label_set_text_format(pane->status, Qt_PlainText);
    q_label_set_word_wrap(pane->status, true);
    pane->run = q_pushbutton_new(vt_tr("panes", "Run"), root);
    q_widget_set_tool_tip(pane->run, vt_tr("panes", "Run the query (Ctrl+Enter)"));
    q_abstractbutton_on_clicked(pane->run, root, run_or_cancel, pane);
    q_boxlayout_add_widget_full(line, pane->status, 1, 0);
    q_boxlayout_add_widget(line, pane->run);
    q_boxlayout_add_widget(layout, pane->text);
    q_boxlayout_add_layout(layout, line);
}

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    query_pane *pane = calloc(1, sizeof *pane);
    if (!pane) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    QWidget *root = q_widget_new(NULL);
    vt_pane_content_init(&pane->content, &vt_pane_query_type, context, root);
    QVBoxLayout *layout = q_vboxlayout_new_widget(root);
    q_layout_set_contents_margins(layout, MARGIN, MARGIN, MARGIN, 0);
    q_boxlayout_set_spacing(layout, MARGIN);
    make_text(pane, root, layout);
    pane->rows = vt_pane_rows_create(root, &rows_ops, pane);
    QTableView *view = vt_pane_rows_view(pane->rows);
    QHeaderView *header = q_tableview_horizontal_header(view);
    q_headerview_set_sections_clickable(header, true);
    q_headerview_set_sort_indicator(header, -1, Qt_AscendingOrder);
    q_headerview_set_sort_indicator_shown(header, true);
    q_headerview_on_sort_indicator_changed(header, root, on_sort, pane);
    q_widget_set_accessible_name(view, vt_tr("panes", "Result of the query"));
    q_boxlayout_add_widget_full(layout, view, 1, 0);
    return &pane->content;
}

const vt_pane_type vt_pane_query_type = {.name = "query",
                                         .title = VT_TR_NOOP("panes", "Query"),
                                         .argument = VT_TR_NOOP("panes", "SELECT over the library"),
                                         .icon = VT_ICON_SEARCH,
                                         .idle = IDLE,
                                         .create = create,
                                         .show = show,
                                         .clear = clear,
                                         .destroy = destroy,
                                         .cancel = cancel,
                                         .describe = describe,
                                         .save = save,
                                         .restore = restore,
                                         .bytes = bytes};
