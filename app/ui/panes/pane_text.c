/* `text:PATH`: a text file in a pane, read in the background; only the lines that are seen cost anything.
   While it is seen, a worker looks every LOOK_MS whether the file is another by now: it may lie in no watched
   folder. */
#include "app/ui/panes/pane_item.h"
#include "app/ui/panes/pane_rows.h"
#include "app/ui/panes/pane_text_file.h"
#include "app/ui/panes/pane_types.h"
#include "app/ui/panes/pane_work.h"

#include "app/ui/parts/translate.h"
#include "core/base/clock.h"
#include "core/base/json_reader.h"
#include "core/base/json_writer.h"
#include "core/base/translatable.h"

#include <qt6c/qapplication.h>
#include <qt6c/qclipboard.h>
#include <qt6c/qfont.h>
#include <qt6c/qfontdatabase.h>
#include <qt6c/qfontmetrics.h>
#include <qt6c/qlabel.h>
#include <qt6c/qscrollbar.h>
#include <qt6c/qtimer.h>
#include <qt6c/qvboxlayout.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { IDLE = 4, MARGIN = 6, TAB = 4, LINES_COPIED_MAX = 100000, WIDTH_MAX = 1 << 20, LOOK_MS = 1500 };

/* By which a file is known to be as it was. */
typedef struct stamp {
    int64_t size, mtime_ns;
    dev_t dev;
    ino_t ino;
} stamp;

typedef struct text_job {
    char *path; /* owned */
    vt_text_file file;
    bool again;   /* `known` is shown: nothing is read if the file is that still */
    stamp known;  /* of what was read */
    bool is_same; /* nothing was read */
} text_job;

typedef struct text_pane {
    vt_pane_content content; /* first */
    vt_str path;
    vt_text_file file;
    vt_pane_work *work; /* under way; NULL: nothing is */
    vt_pane_rows *rows;
    QTimer *looks;  /* of looks at the file */
    stamp known;    /* of what is shown */
    bool has_fault; /* it cannot be read any more, as the note says */
    QLabel *note;   /* above the text: what is to be known of it */
    int64_t scroll; /* of the state; -1: none */
} text_pane;

static text_pane *of(vt_pane_content *content)
{
    return (text_pane *)content;
}

/* ---- rows ---- */

static size_t row_count(const void *user)
{
    return ((const text_pane *)user)->file.count;
}

static size_t column_count(const void *user)
{
    (void)user;
    return 1;
}

/* Tabs as spaces up to the next stop. */
static void cell(const void *user, size_t row, size_t column, vt_str *text)
{
    (void)column;
    size_t length = 0;
    size_t place = 0;
    const char *line = vt_text_file_line(&((const text_pane *)user)->file, row, &length);
    for (size_t from = 0; from < length;) {
        const char *tab = memchr(line + from, '\t', length - from);
        size_t plain = (tab ? (size_t)(tab - line) : length) - from;
        vt_str_append_display(text, line + from, plain);
        place += plain;
        from += plain;
        if (tab) {
            size_t spaces = TAB - place % TAB;
            vt_str_append(text, "    ", spaces);
            place += spaces;
            from++;
        }
    }
}

/* Nobody is to believe that all is in the clipboard. */
static void say_copied(const text_pane *pane, int64_t copied, int64_t chosen)
{
    if (copied < chosen) {
        vt_str text = VT_STR_INIT;
        vt_tr_append_count(&text, "panes", "Only the first line was copied.",
                           "Only the first %n lines were copied: that is the most at once.", copied);
        vt_pane_content_say(&pane->content, text.data);
        vt_str_free(&text);
    }
}

static void copy(void *user)
{
    text_pane *pane = user;
    vt_str text = VT_STR_INIT;
    vt_selection chosen = VT_SELECTION_INIT;
    int64_t copied = 0;
    text.failed = !vt_pane_rows_chosen(pane->rows, &chosen);
    for (size_t i = 0; i < chosen.count; i++) {
        const vt_row_interval *rows = &chosen.intervals[i];
        for (int64_t row = rows->first; row < rows->last && copied < LINES_COPIED_MAX; row++, copied++) {
            size_t length = 0;
            const char *line = vt_text_file_line(&pane->file, (size_t)row, &length);
            vt_str_append(&text, line, length);
            vt_str_append(&text, "\n",
                          row + 1 == rows->last || !vt_text_file_goes_on(&pane->file, (size_t)row));
        }
    }
    if (!text.failed && copied > 0) {
        q_clipboard_set_text(q_guiapplication_clipboard(), text.data);
        say_copied(pane, copied, chosen.rows);
    }
    vt_selection_free(&chosen);
    vt_str_free(&text);
}

static const vt_pane_rows_ops rows_ops = {
    .rows = row_count, .columns = column_count, .cell = cell, .copy = copy};

/* ---- reading ---- */

static bool step(void *user, double share)
{
    vt_pane_work_report(user, share);
    return !vt_pane_work_is_cancelled(user);
}

static bool run(vt_pane_work *work, void *user, vt_error *error)
{
    text_job *job = user;
    struct stat facts = {0};
    (void)stat(job->path, &facts); /* what is wrong with it is told by reading */
    const stamp now = {(int64_t)facts.st_size, vt_clock_nanoseconds(facts.st_mtim), facts.st_dev,
                       facts.st_ino};
    job->is_same = job->again && now.size == job->known.size && now.mtime_ns == job->known.mtime_ns &&
                   now.dev == job->known.dev && now.ino == job->known.ino;
    job->known = now;
    return job->is_same || vt_text_file_read(&job->file, job->path, step, work, error);
}

static void release(void *user)
{
    text_job *job = user;
    vt_text_file_free(&job->file);
    free(job->path);
    free(job);
}

static void progressed(void *owner, double share)
{
    vt_pane_content_load(owner, share);
}

static void fit_column(text_pane *pane)
{
    QTableView *view = vt_pane_rows_view(pane->rows);
    QFontMetrics metrics;
    q_fontmetrics_init(&metrics, q_widget_font(view));
    int ten = q_fontmetrics_horizontal_advance(&metrics, "0000000000"); /* one alone is rounded */
    int64_t width = (int64_t)(pane->file.longest + 3) * ten / 10 + 1;
    q_fontmetrics_fini(&metrics);
    q_tableview_set_column_width(view, 0, (int)(width < WIDTH_MAX ? width : WIDTH_MAX));
}

static void show_note(text_pane *pane)
{
    vt_str words = VT_STR_INIT;
    if (pane->file.count == 0) {
        vt_str_append_cstr(&words, vt_tr("panes", "This file is empty."));
    }
    if (pane->file.is_cut) {
        vt_tr_append_count(&words, "panes", "The file is too long to be shown whole: this is its first line.",
                           "The file is too long to be shown whole: these are its first %n lines.",
                           (int64_t)pane->file.count);
    }
    if (pane->file.is_latin1) {
        vt_str_append_cstr(&words, words.length ? " " : "");
        vt_str_append_cstr(&words, vt_tr("panes", "This text is not UTF-8: it is shown as Latin-1."));
    }
    q_label_set_text(pane->note, words.length ? words.data : "");
    q_widget_set_visible(pane->note, words.length > 0);
    vt_str_free(&words);
}

static void take_scroll(text_pane *pane)
{
    if (pane->scroll >= 0) {
        vt_pane_rows_scroll(pane->rows, (size_t)pane->scroll);
    }
}

static void set_file(text_pane *pane, vt_text_file *file)
{
    vt_pane_rows_begin(pane->rows);
    vt_text_file_free(&pane->file);
    if (file) {
        pane->file = *file;
        *file = (vt_text_file){.text = NULL};
    }
    vt_pane_rows_end(pane->rows);
}

/* What was read of it stays: somebody is reading it, and a program that saves may just be putting it back. */
static void show_fault(text_pane *pane, const vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_tr_append_with(&text, "panes", "This is the text as it was: %1", error->message);
    q_label_set_text(pane->note, text.data);
    q_widget_show(pane->note);
    vt_str_free(&text);
    if (!pane->has_fault) {
        vt_log_write(&pane->content.context->log, VT_LOG_DEBUG, "pane: text lost");
    }
    pane->has_fault = true;
}

static void ended(void *owner, void *user, const vt_error *error)
{
    text_pane *pane = owner;
    text_job *job = user;
    pane->work = NULL;
    if (error && job->again) {
        pane->known = (stamp){.size = -1}; /* read as soon as that can be done */
        show_fault(pane, error);
        return;
    }
    if (error) {
        vt_pane_content_fail(&pane->content, error);
        return;
    }
    if (job->is_same) {
        return;
    }
    if (job->again) {
        pane->scroll = (int64_t)vt_pane_rows_top(pane->rows);
    }
    pane->known = job->known;
    pane->has_fault = false;
    set_file(pane, &job->file);
    fit_column(pane);
    show_note(pane);
    vt_pane_content_ready(&pane->content);
    take_scroll(pane);
    q_timer_start(pane->looks);
    vt_log_write(&pane->content.context->log, VT_LOG_DEBUG, "pane: text lines=%zu", pane->file.count);
}

static const vt_pane_work_ops work_ops = {
    .name = "a text", .run = run, .progressed = progressed, .ended = ended, .release = release};

/* What is shown stays until it is there: no progress. */
static const vt_pane_work_ops look_ops = {
    .name = "a look at a text", .run = run, .ended = ended, .release = release};

/* ---- for the pane ---- */

/* A disk that does not answer keeps its worker, not the window. */
static void forget(text_pane *pane)
{
    q_timer_stop(pane->looks);
    vt_pane_work_drop(pane->work, false);
    pane->work = NULL;
    pane->has_fault = false;
    pane->scroll = -1;
    vt_str_clear(&pane->path);
    set_file(pane, NULL);
    q_widget_hide(pane->note);
}

static bool start_reading(text_pane *pane, bool again, vt_error *error)
{
    text_job *job = calloc(1, sizeof *job);
    char *path = strndup(pane->path.data, pane->path.length);
    if (!job || !path) {
        free(job);
        free(path);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a text");
    }
    *job = (text_job){.path = path, .again = again, .known = pane->known};
    pane->work =
        vt_pane_work_start(pane->content.context->executor, again ? &look_ops : &work_ops, job, pane, error);
    return pane->work != NULL;
}

static void show(vt_pane_content *content, const char *argument)
{
    text_pane *pane = of(content);
    vt_error error = VT_ERROR_INIT;
    forget(pane);
    if (!vt_pane_path_of(argument, strlen(argument), &pane->path, &error)) {
        vt_pane_content_fail(content, &error);
        return;
    }
    vt_pane_content_load(content, -1);
    if (!start_reading(pane, false, &error)) {
        vt_pane_content_fail(content, &error);
    }
}

static void look(void *user)
{
    text_pane *pane = user;
    if (!pane->work && pane->content.stage == VT_PANE_READY && q_widget_is_visible(pane->content.widget)) {
        (void)start_reading(pane, true, NULL); /* else at the next look */
    }
}

static void clear(vt_pane_content *content)
{
    forget(of(content));
    vt_pane_content_empty(content);
}

static void cancel(vt_pane_content *content)
{
    vt_error error = VT_ERROR_INIT;
    vt_pane_work_drop(of(content)->work, false);
    of(content)->work = NULL;
    vt_error_set(&error, VT_ERROR_CANCELLED, "reading this text was cancelled");
    vt_pane_content_fail(content, &error);
}

static void describe(const vt_pane_content *content, vt_str *text)
{
    const text_pane *pane = (const text_pane *)content;
    const char *slash = strrchr(pane->path.data, '/');
    const char *name = slash ? slash + 1 : pane->path.data;
    vt_str_append_display(text, name, strlen(name));
}

static void *save(const vt_pane_content *content, size_t *length)
{
    const text_pane *pane = (const text_pane *)content;
    char text[32];
    int64_t at = content->stage == VT_PANE_READY ? (int64_t)vt_pane_rows_top(pane->rows) : pane->scroll;
    int count = snprintf(text, sizeof text, "%lld", (long long)(at > 0 ? at : 0));
    *length = (size_t)count;
    return strdup(text);
}

static void restore(vt_pane_content *content, const void *bytes, size_t length)
{
    char text[32];
    if (length < sizeof text && content->stage != VT_PANE_EMPTY) {
        memcpy(text, bytes, length);
        text[length] = '\0';
        long long at = strtoll(text, NULL, 10);
        of(content)->scroll = at > 0 && at < INT32_MAX ? at : 0;
        take_scroll(of(content));
    }
}

static size_t bytes(const vt_pane_content *content)
{
    enum { WIDGETS = 64 << 10 };
    const vt_text_file *file = &((const text_pane *)content)->file;
    return WIDGETS + file->length + file->count * sizeof *file->lines;
}

static void destroy(vt_pane_content *content)
{
    text_pane *pane = of(content);
    vt_pane_work_drop(pane->work, false);
    q_widget_delete(content->widget);
    vt_text_file_free(&pane->file);
    vt_str_free(&pane->path);
    free(pane);
}

static void set_font(QWidgetRef view)
{
    QFont font = q_fontdatabase_system_font(QFontDatabase_FixedFont);
    q_widget_set_font(view, &font);
    q_font_fini(&font);
}

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    text_pane *pane = calloc(1, sizeof *pane);
    if (!pane) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a pane");
        return NULL;
    }
    QWidget *root = q_widget_new(NULL);
    vt_pane_content_init(&pane->content, &vt_pane_text_type, context, root);
    pane->path = (vt_str)VT_STR_INIT;
    pane->scroll = -1;
    QVBoxLayout *layout = q_vboxlayout_new_widget(root);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, 0);
    pane->note = q_label_new_empty(root);
    q_label_set_text_format(pane->note, Qt_PlainText);
    q_label_set_word_wrap(pane->note, true);
    q_label_set_margin(pane->note, MARGIN);
    q_widget_set_foreground_role(pane->note, QPalette_PlaceholderText);
    q_widget_hide(pane->note);
    pane->looks = q_timer_new(root);
    q_timer_set_interval(pane->looks, LOOK_MS);
    q_timer_on_timeout(pane->looks, root, look, pane);
    pane->rows = vt_pane_rows_create(root, &rows_ops, pane);
    set_font(vt_pane_rows_view(pane->rows));
    q_widget_set_accessible_name(vt_pane_rows_view(pane->rows), vt_tr("panes", "Text of the pane"));
    q_boxlayout_add_widget(layout, pane->note);
    q_boxlayout_add_widget_full(layout, vt_pane_rows_view(pane->rows), 1, 0);
    return &pane->content;
}

const vt_pane_type vt_pane_text_type = {.name = "text",
                                        .title = VT_TR_NOOP("panes", "Text"),
                                        .argument = VT_TR_NOOP("panes", "path of a file"),
                                        .icon = VT_ICON_TABLE,
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
