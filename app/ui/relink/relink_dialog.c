#include "app/ui/relink/relink_dialog.h"

#include "app/ui/parts/list_table.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/base/thread.h"
#include "core/import/relink.h"
#include "core/task/cancel.h"

#include <qt6c/qabstracttablemodel.h>
#include <qt6c/qhboxlayout.h>
#include <qt6c/qheaderview.h>
#include <qt6c/qlabel.h>
#include <qt6c/qmodelindex.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qtableview.h>
#include <qt6c/qvboxlayout.h>

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN_FROM, COLUMN_TO, COLUMN_EVIDENCE, COLUMN_COUNT, EVIDENCE_WIDTH = 190 };

struct vt_relink_dialog {
    QDialog dialog; /* first */
    vt_engine *engine;
    vt_log log;
    QAbstractTableModel *model;
    QLabel *summary;
    QPushButton *apply;
    vt_relink *relink; /* what is shown; NULL: nothing */
    vt_relink_figures figures;

    /* The search; the thread writes `found` and `fault` and posts. */
    bool searching;
    pthread_t thread;
    vt_cancel *cancel;
    char *folder; /* owned */
    vt_relink *found;
    vt_error fault;
};

/* ---- the model: what was found, then what cannot be told apart, then sequences found in part ---- */

typedef struct relink_model {
    QAbstractTableModel model; /* first */
    vt_relink_dialog *dialog;
} relink_model;

static int64_t count_rows(const vt_relink_dialog *dialog)
{
    const vt_relink_figures *figures = &dialog->figures;
    return dialog->relink ? figures->matches + figures->doubts + figures->parts : 0;
}

static int row_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    const vt_relink_dialog *dialog = ((const relink_model *)self)->dialog;
    int64_t count = count_rows(dialog);
    return q_modelindex_is_valid(parent) ? 0 : count < INT_MAX ? (int)count : INT_MAX;
}

static int column_count(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : COLUMN_COUNT;
}

static const char *evidence_words(vt_evidence evidence)
{
    static const char *const words[VT_EVIDENCE_COUNT] = {
        [VT_EVIDENCE_FILE] = VT_TR_NOOP("relink", "the same file"),
        [VT_EVIDENCE_PLACE] = VT_TR_NOOP("relink", "place, size and time"),
        [VT_EVIDENCE_CONTENT] = VT_TR_NOOP("relink", "the same content"),
        [VT_EVIDENCE_NAME] = VT_TR_NOOP("relink", "name, size and time"),
        [VT_EVIDENCE_SIZE] = VT_TR_NOOP("relink", "place and size"),
    };
    return vt_tr("relink", words[evidence]);
}

/* "12 of 24 frames: it is left alone" */
static void append_part(vt_str *text, const vt_relink_part *part)
{
    char found[32], frames[32];
    vt_tr_append_both(text, "relink", "%1 of %2 frames: left alone",
                      vt_wording_count(found, sizeof found, (int64_t)part->found),
                      vt_wording_count(frames, sizeof frames, (int64_t)part->frames));
}

/* Of a row that is no sequence found in part. */
static const char *text_of(const vt_relink_dialog *dialog, int64_t row, int column)
{
    if (row >= dialog->figures.matches) {
        vt_relink_doubt doubt = vt_relink_doubt_at(dialog->relink, (size_t)(row - dialog->figures.matches));
        return column == COLUMN_TO         ? doubt.path
               : column == COLUMN_EVIDENCE ? vt_tr("relink", "cannot be told apart")
                                           : "";
    }
    vt_relink_match match = vt_relink_match_at(dialog->relink, (size_t)row);
    return column == COLUMN_FROM ? match.from
           : column == COLUMN_TO ? match.to
                                 : evidence_words(match.evidence);
}

static QVariant data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    const vt_relink_dialog *dialog = ((const relink_model *)self)->dialog;
    int64_t whole = dialog->figures.matches + dialog->figures.doubts;
    if ((role != Qt_DisplayRole && role != Qt_ToolTipRole) || index->r >= count_rows(dialog)) {
        return qt_variant_null();
    }
    vt_str text = VT_STR_INIT;
    if (index->r < whole) {
        const char *source = text_of(dialog, index->r, index->c);
        vt_str_append_display(&text, source, strlen(source));
    } else {
        vt_relink_part part = vt_relink_part_at(dialog->relink, (size_t)(index->r - whole));
        const char *path = index->c == COLUMN_FROM ? part.from : part.to;
        if (index->c == COLUMN_EVIDENCE) {
            append_part(&text, &part);
        } else {
            vt_str_append_display(&text, path, strlen(path));
        }
    }
    QVariant variant = qt_variant_string(text.data);
    vt_str_free(&text);
    return variant;
}

static QVariant header_data(const QAbstractTableModel *self, int section, Qt_Orientation orientation,
                            int role)
{
    (void)self;
    static const char *const titles[COLUMN_COUNT] = {VT_TR_NOOP("relink", "Was"), VT_TR_NOOP("relink", "Is"),
                                                     VT_TR_NOOP("relink", "Known by")};
    if (orientation != Qt_Horizontal || role != Qt_DisplayRole || section < 0 || section >= COLUMN_COUNT) {
        return qt_variant_null();
    }
    return qt_variant_string(vt_tr("relink", titles[section]));
}

static const QAbstractTableModelVirtuals model_virtuals = {
    .row_count = row_count, .column_count = column_count, .data = data, .header_data = header_data};
static qt_subclass model_class = {.base = &qt_class_QAbstractTableModel,
                                  .virtuals = &model_virtuals,
                                  .instance_size = sizeof(relink_model)};

/* Takes over `relink`; NULL: nothing is shown. */
static void show(vt_relink_dialog *dialog, vt_relink *relink)
{
    q_abstractitemmodel_begin_reset_model(dialog->model);
    vt_relink_free(dialog->relink);
    dialog->relink = relink;
    dialog->figures = (vt_relink_figures){0};
    if (relink) {
        vt_relink_get_figures(relink, &dialog->figures);
    }
    q_abstractitemmodel_end_reset_model(dialog->model);
    q_widget_set_enabled(dialog->apply, dialog->figures.matches > 0);
}

static void say(vt_relink_dialog *dialog, vt_str *text)
{
    q_label_set_text(dialog->summary, text->data);
    vt_log_write(&dialog->log, VT_LOG_INFO, "relink: %s", text->data);
    vt_str_free(text);
}

/* ---- searching ---- */

static void show_found(vt_relink_dialog *dialog)
{
    char words[32], matches[32];
    vt_str text = VT_STR_INIT;
    const vt_relink_figures *figures = &dialog->figures;
    if (figures->sought == 0) {
        vt_str_append_cstr(&text, vt_tr("relink", "No item is missing."));
    } else {
        vt_tr_append_both(&text, "relink", "%1 of %2 missing items found",
                          vt_wording_count(matches, sizeof matches, figures->matches),
                          vt_wording_count(words, sizeof words, figures->sought));
        vt_str_append_char(&text, ' ');
        vt_tr_append_count(&text, "relink", "among %n file.", "among %n files.", figures->files);
        if (figures->doubts > 0) {
            vt_str_append_char(&text, ' ');
            vt_tr_append_count(&text, "relink", "%n file cannot be told apart from others and is left alone.",
                               "%n files cannot be told apart and are left alone.", figures->doubts);
        }
        if (figures->parts > 0) {
            vt_str_append_char(&text, ' ');
            vt_tr_append_count(&text, "relink", "%n sequence is there only in part and stays what it was.",
                               "%n sequences are there only in part and stay what they were.",
                               figures->parts);
        }
    }
    say(dialog, &text);
}

static void take_found(void *user)
{
    vt_relink_dialog *dialog = user;
    pthread_join(dialog->thread, NULL);
    dialog->searching = false;
    show(dialog, dialog->found);
    dialog->found = NULL;
    if (dialog->fault.code) {
        vt_str text = VT_STR_INIT;
        vt_str_append_display(&text, dialog->fault.message, strlen(dialog->fault.message));
        say(dialog, &text);
    } else {
        show_found(dialog);
    }
}

static void *search(void *user)
{
    vt_relink_dialog *dialog = user;
    char *folder = vt_path_absolute(dialog->folder, &dialog->fault);
    if (folder) {
        dialog->found =
            vt_relink_search(vt_engine_catalog(dialog->engine), NULL, folder, dialog->cancel, &dialog->fault);
    }
    free(folder);
    qt_post((QObject *)&dialog->dialog, take_found, dialog, NULL);
    return NULL;
}

void vt_relink_dialog_search(vt_relink_dialog *dialog, const char *folder)
{
    q_widget_show(&dialog->dialog);
    q_widget_raise(&dialog->dialog);
    q_widget_activate_window(&dialog->dialog);
    if (dialog->searching) {
        return;
    }
    show(dialog, NULL);
    free(dialog->folder);
    vt_cancel_unref(dialog->cancel);
    dialog->folder = strdup(folder);
    dialog->cancel = vt_cancel_create(NULL);
    vt_error_clear(&dialog->fault);
    dialog->searching =
        dialog->folder && dialog->cancel && vt_thread_start(&dialog->thread, "relink", search, dialog) == 0;
    q_label_set_text(dialog->summary, dialog->searching
                                          ? vt_tr("relink", "Looking for the files\u2026")
                                          : vt_tr("relink", "There is no memory left to look for files"));
}

void vt_relink_dialog_stop(vt_relink_dialog *dialog)
{
    if (dialog->searching) {
        vt_cancel_request(dialog->cancel);
        pthread_join(dialog->thread, NULL); /* its post goes with the dialog */
        dialog->searching = false;
    }
    vt_relink_free(dialog->found); /* both read the catalog */
    vt_relink_free(dialog->relink);
    dialog->found = dialog->relink = NULL;
}

/* ---- relinking ---- */

static void relinked(void *user, int64_t moved, const vt_error *error)
{
    vt_relink_dialog *dialog = user;
    vt_str text = VT_STR_INIT;
    vt_tr_append_count(&text, "relink", "%n item has been relinked.", "%n items have been relinked.", moved);
    if (error) {
        vt_str_append_char(&text, ' ');
        vt_str_append_display(&text, error->message, strlen(error->message));
    }
    say(dialog, &text);
}

static void on_apply(void *user, bool checked)
{
    (void)checked;
    vt_relink_dialog *dialog = user;
    vt_error error = VT_ERROR_INIT;
    vt_relink *relink = dialog->relink;
    dialog->relink = NULL;
    show(dialog, NULL);
    q_label_set_text(dialog->summary, vt_tr("relink", "Relinking\u2026"));
    if (!vt_engine_relink(dialog->engine, relink, relinked, dialog, &error)) {
        vt_str text = VT_STR_INIT;
        vt_str_append_display(&text, error.message, strlen(error.message));
        say(dialog, &text);
    }
}

static void on_close(void *user, bool checked)
{
    (void)checked;
    vt_relink_dialog *dialog = user;
    if (dialog->searching) {
        vt_cancel_request(dialog->cancel);
    }
    q_widget_hide(&dialog->dialog);
}

/* ---- making it ---- */

static void dialog_finish(void *self)
{
    vt_relink_dialog *dialog = self;
    vt_relink_dialog_stop(dialog);
    vt_cancel_unref(dialog->cancel);
    free(dialog->folder);
}

static qt_subclass dialog_class = {
    .base = &qt_class_QDialog, .instance_size = sizeof(vt_relink_dialog), .finish = dialog_finish};

static QTableView *make_table(vt_relink_dialog *dialog)
{
    relink_model *model = qt_subclass_allocate(&model_class);
    q_abstracttablemodel_init(&model->model, &dialog->dialog);
    qt_subclass_install(&model_class, model);
    model->dialog = dialog;
    dialog->model = &model->model;
    QTableView *table = vt_list_table_new(&dialog->dialog, &model->model);
    QHeaderView *header = q_tableview_horizontal_header(table);
    q_headerview_set_section_resize_mode(header, COLUMN_FROM, QHeaderView_Stretch);
    q_headerview_set_section_resize_mode(header, COLUMN_TO, QHeaderView_Stretch);
    q_headerview_resize_section(header, COLUMN_EVIDENCE, EVIDENCE_WIDTH);
    return table;
}

vt_relink_dialog *vt_relink_dialog_create(QWidgetRef parent, vt_engine *engine, vt_log log)
{
    vt_relink_dialog *dialog = qt_subclass_allocate(&dialog_class);
    q_dialog_init(&dialog->dialog, parent);
    qt_subclass_install(&dialog_class, dialog);
    dialog->engine = engine;
    dialog->log = log;
    q_widget_set_window_title(&dialog->dialog, vt_tr("relink", "Find missing files"));
    vt_resize_within_screen((QWidget *)&dialog->dialog, 1000, 480);
    QVBoxLayout *layout = q_vboxlayout_new_widget(&dialog->dialog);
    dialog->summary = q_label_new("", &dialog->dialog);
    q_label_set_text_format(dialog->summary, Qt_PlainText);
    q_boxlayout_add_widget(layout, dialog->summary);
    q_boxlayout_add_widget_full(layout, make_table(dialog), 1, 0);
    QHBoxLayout *buttons = q_hboxlayout_new();
    q_boxlayout_add_layout(layout, buttons);
    q_boxlayout_add_stretch(buttons);
    dialog->apply = q_pushbutton_new(vt_tr("relink", "Relink"), &dialog->dialog);
    q_widget_set_enabled(dialog->apply, false);
    q_boxlayout_add_widget(buttons, dialog->apply);
    QPushButton *close = q_pushbutton_new(vt_tr("relink", "Close"), &dialog->dialog);
    q_boxlayout_add_widget(buttons, close);
    q_abstractbutton_on_clicked(dialog->apply, &dialog->dialog, on_apply, dialog);
    q_abstractbutton_on_clicked(close, &dialog->dialog, on_close, dialog);
    return dialog;
}
