/* `query:SQL`: a query of the catalog and its result in a pane (core/catalog/query.h). The text stands above
   and can be edited; Ctrl+Enter runs it. */
#include "app/ui/panes/pane_query.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/parts/translate.h"
#include "core/base/translatable.h"

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

enum { IDLE = 4, MARGIN = 6, TEXT_HEIGHT = 84, TITLE_MAX = 60, ROWS_MEASURED = 40 };

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

static vt_pane_query *of(vt_pane_content *content)
{
    return (vt_pane_query *)content;
}

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

static void set_result(vt_pane_query *pane, vt_query_result *result, uint32_t *order)
{
    vt_pane_rows_begin(pane->rows);
    if (result != pane->result) {
        vt_query_result_free(pane->result);
    }
    free(pane->order);
    pane->result = result;
    pane->order = order;
    pane->chosen = 0;
    vt_pane_rows_end(pane->rows);
    vt_pane_content_subject_changed(&pane->content);
}

static void say(vt_pane_query *pane, const char *text, QPalette_ColorRole color)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_display(&line, text, strlen(text));
    q_label_set_text(pane->status, line.data);
    q_widget_set_foreground_role(pane->status, color);
    vt_str_free(&line);
}

static void say_count(vt_pane_query *pane)
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
static void show_fault(vt_pane_query *pane, const char *sql, int position, const vt_error *error)
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

static void show_running(vt_pane_query *pane, bool running)
{
    q_abstractbutton_set_text(pane->run, running ? vt_tr("panes", "Cancel") : vt_tr("panes", "Run"));
}

/* The first end decides whether the pane has failed; later ones are told beside the text. */
static void ended(void *owner, void *user, const vt_error *error)
{
    vt_pane_query *pane = owner;
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
        /* By a screenful: Qt would ask a thousand of each column, which takes it 60 ms. Not by those that are
           seen alone: while it was loading the table may have been a line high. */
        q_headerview_set_resize_contents_precision(
            q_tableview_horizontal_header(vt_pane_rows_view(pane->rows)), ROWS_MEASURED);
        q_tableview_resize_columns_to_contents(vt_pane_rows_view(pane->rows));
        vt_pane_rows_narrow(pane->rows);
    }
    vt_pane_content_ready(&pane->content);
}

static const vt_pane_work_ops work_ops = {
    .name = "a query", .run = run_query, .interrupt = interrupt, .ended = ended, .release = release};

/* What runs reads the catalog, or the result: its end is waited for, some milliseconds at most. */
static void stop(vt_pane_query *pane)
{
    vt_pane_work_drop(pane->work, true);
    pane->work = NULL;
    show_running(pane, false);
}

static void start(vt_pane_query *pane, query_job *job)
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

static void run_text(vt_pane_query *pane, const char *sql)
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
    vt_pane_query *pane = user;
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
    vt_pane_query *pane = user;
    if (!pane->result || pane->work || column < 0 ||
        (size_t)column >= vt_query_result_columns(pane->result)) {
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
    vt_pane_query *pane = of(content);
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
    vt_pane_query *pane = of(content);
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
    char *sql = q_plaintextedit_to_plain_text(((const vt_pane_query *)content)->text);
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
    char *sql = q_plaintextedit_to_plain_text(((const vt_pane_query *)content)->text);
    *length = sql ? strlen(sql) : 0;
    return sql;
}

/* Another text than the pane began with was being worked on: its result comes instead. */
static void restore(vt_pane_content *content, const void *bytes, size_t length)
{
    vt_pane_query *pane = of(content);
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
    const vt_pane_query *pane = (const vt_pane_query *)content;
    return WIDGETS + (pane->result ? vt_query_result_bytes(pane->result) : 0);
}

static void destroy(vt_pane_content *content)
{
    vt_pane_query *pane = of(content);
    vt_pane_work_drop(pane->work, true);
    q_widget_delete(content->widget);
    vt_query_result_free(pane->result);
    free(pane->order);
    free(pane);
}

/* ---- making it ---- */

typedef struct text_edit {
    QPlainTextEdit edit; /* first */
    vt_pane_query *pane;
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

static void make_text(vt_pane_query *pane, QWidget *root, QVBoxLayout *layout)
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
    vt_pane_query *pane = calloc(1, sizeof *pane);
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
    pane->rows = vt_pane_rows_create(root, &vt_pane_query_rows, pane);
    QTableView *view = vt_pane_rows_view(pane->rows);
    QHeaderView *header = q_tableview_horizontal_header(view);
    q_headerview_set_sections_clickable(header, true);
    q_headerview_set_sort_indicator(header, -1, Qt_AscendingOrder);
    q_headerview_set_sort_indicator_shown(header, true);
    q_headerview_on_sort_indicator_changed(header, root, on_sort, pane);
    q_widget_set_accessible_name(view, vt_tr("panes", "Result of the query"));
    if (context->add_menu) {
        context->add_menu(context->user, (QWidget *)view);
        q_widget_set_context_menu_policy(view, Qt_DefaultContextMenu); /* pane_rows_menu.c has them */
    }
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
                                         .bytes = bytes,
                                         .subject = vt_pane_query_subject,
                                         .chosen = vt_pane_query_chosen};
