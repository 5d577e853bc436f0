#include "app/ui/files/files_private.h"

#include "app/ui/files/work_failures.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One thing the user did, and its undo, and so on: the work that was done last can be taken back. */
typedef struct vt_operation_shown {
    vt_files *files;
    vt_file_work *work;    /* NULL: it was done before this start */
    vt_file_finished kept; /* as the journal has it: what is undone, or redone */
    struct vt_operation_shown *next;
    char name[128];
    bool listed; /* in the list of what can be undone, which then owns it */
    bool ended;
} operation;

static void free_operation(void *user)
{
    operation *of = user;
    operation **at = &of->files->operations;
    while (*at != of) {
        at = &(*at)->next;
    }
    *at = of->next;
    if (of->files->shown == of) {
        of->files->shown = NULL;
    }
    vt_file_work_free(of->work);
    free(of);
}

/* ---- works ---- */

/* What was told of before, and cannot be undone, is not needed any more. */
static void show(vt_files *files, operation *of)
{
    operation *before = files->shown;
    files->shown = of;
    files->tells_export = false;
    if (before && before != of && before->ended && !before->listed) {
        free_operation(before);
    }
}

static bool turn(void *user);

/* When it was done is said of what was done before this start: nobody has it before their eyes any more. */
static void list_it(operation *of, bool with_time)
{
    char date[32];
    vt_str name = VT_STR_INIT;
    if (of->kept.kind == VT_FILE_TRASH || of->kept.kind == VT_FILE_RESTORE) {
        vt_tr_append_count(&name, "files", "Move to the trash: %n item", "Move to the trash: %n items",
                           of->kept.items);
    } else {
        vt_tr_append_count(&name, "files", "Rename: %n item", "Rename: %n items", of->kept.items);
    }
    if (with_time) {
        vt_str_appendf(&name, " (%s)", vt_wording_date(date, sizeof date, of->kept.ended_ns));
    }
    snprintf(of->name, sizeof of->name, "%s", name.failed ? "" : name.data);
    vt_str_free(&name);
    of->listed = true;
    vt_undo_list_push(&of->files->undo, &(vt_undo_step){of->name, turn, turn, free_operation, of});
    of->files->context.made(of->files->context.user);
}

static void on_progress(void *user, vt_file_work *work)
{
    (void)work;
    operation *of = user;
    if (of->files->shown == of && !of->files->tells_export) {
        vt_files_show_progress(of->files, of->work);
    }
}

/* An undo or a redo has ended: it was done, or can be tried again, or never. */
static void turned(operation *of, const vt_file_finished *kept)
{
    vt_files *files = of->files;
    bool undone;
    if (kept->id == 0) {
        vt_undo_list_drop(&files->undo, of);
        of->listed = false;
    } else if (kept->id == of->kept.id && vt_undo_list_put_back(&files->undo, of, &undone)) {
        files->context.moved(files->context.user, !undone);
    }
}

static void on_finished(void *user, vt_file_work *work, const vt_error *error)
{
    operation *of = user;
    vt_files *files = of->files;
    vt_file_finished kept = vt_file_work_kept(work);
    of->work = work;
    of->ended = true;
    show(files, of);
    vt_files_show_end(files, work, error);
    if (of->listed) {
        turned(of, &kept);
        of->kept = kept;
    } else if (kept.id) {
        of->kept = kept;
        list_it(of, false);
    }
    files->context.changed(files->context.user);
}

/* Undoes what was done last, be it an undo. */
static bool turn(void *user)
{
    operation *of = user;
    vt_error error = VT_ERROR_INIT;
    vt_file_work *before = of->work;
    const vt_file_work_listener listener = {on_progress, on_finished, of};
    vt_file_work *work = vt_engine_undo_finished(of->files->context.engine, &of->kept, &listener, &error);
    if (!work) {
        vt_file_bar_show_end(of->files->bar, error.message, false, false);
        return false;
    }
    of->work = work;
    of->ended = false;
    show(of->files, of);
    vt_file_work_free(before);
    vt_files_show_progress(of->files, of->work);
    return true;
}

static operation *make_operation(vt_files *files)
{
    operation *of = calloc(1, sizeof *of);
    if (!of) {
        vt_file_bar_show_end(files->bar, vt_tr("files", "There is no memory left for that"), false, false);
        return NULL;
    }
    of->files = files;
    of->next = files->operations;
    files->operations = of;
    return of;
}

/* ---- what was done before this start ---- */

static void list_recalled(vt_files *files, const vt_file_finished *kept)
{
    operation *of = make_operation(files);
    if (of) {
        of->kept = *kept;
        of->ended = true;
        list_it(of, true);
    }
}

static bool was_undone(const vt_file_finished *kept)
{
    return kept->kind == VT_FILE_RENAME_BACK || kept->kind == VT_FILE_RESTORE;
}

static void recalled(void *user, vt_file_work *work, const vt_error *error)
{
    vt_files *files = user;
    const vt_file_finished_list *list = vt_file_work_recalled(work);
    size_t count = list ? list->count : 0;
    size_t undone = 0;
    for (size_t i = 0; i < count; i++) {
        if (!was_undone(&list->works[i])) {
            list_recalled(files, &list->works[i]);
        }
    }
    for (size_t i = count; i-- > 0;) { /* what was undone last is redone first */
        if (was_undone(&list->works[i])) {
            list_recalled(files, &list->works[i]);
            undone++;
        }
    }
    for (size_t i = 0; i < undone && files->undo.done > 0; i++) {
        files->undo.done--;
        files->context.moved(files->context.user, true);
    }
    vt_log_write(&files->context.log, error ? VT_LOG_WARN : VT_LOG_DEBUG,
                 "files: of before: undo=%zu redo=%zu%s%s", count - undone, undone, error ? " error=" : "",
                 error ? error->message : "");
    files->recalling = NULL;
    vt_file_work_free(work);
    files->context.changed(files->context.user);
}

/* One that only reads has nothing to undo. */
static void recall(vt_files *files)
{
    const vt_file_work_listener listener = {NULL, recalled, files};
    files->recalling = vt_engine_recall_files(files->context.engine, &listener, NULL);
}

static void started(operation *of, vt_file_work *work, const vt_error *error)
{
    vt_files *files = of->files;
    if (!work) {
        vt_file_bar_show_end(files->bar, error->message, false, false);
        free_operation(of);
        return;
    }
    of->work = work;
    show(files, of);
    vt_files_show_progress(of->files, of->work);
}

void vt_files_remove(vt_files *files, vt_chosen *chosen, bool for_ever)
{
    operation *of = make_operation(files);
    vt_error error = VT_ERROR_INIT;
    if (of) {
        const vt_file_items items = vt_chosen_items(chosen);
        const vt_file_work_listener listener = {on_progress, on_finished, of};
        vt_engine *engine = files->context.engine;
        started(of,
                for_ever ? vt_engine_delete(engine, &items, &listener, &error)
                         : vt_engine_trash(engine, &items, &listener, &error),
                &error);
    }
    vt_chosen_unref(chosen);
}

void vt_files_start_renaming(vt_files *files, vt_chosen *chosen, const vt_rename_wish *wish)
{
    operation *of = make_operation(files);
    vt_error error = VT_ERROR_INIT;
    if (of) {
        const vt_file_items items = vt_chosen_items(chosen);
        const vt_file_work_listener listener = {on_progress, on_finished, of};
        started(of, vt_engine_rename(files->context.engine, &items, wish, &listener, &error), &error);
    }
}

/* ---- what the user asks for ---- */

static bool asks_before_trash(const vt_files *files)
{
    if (!files->context.use_settings) {
        return true;
    }
    QSettings *settings =
        q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
    QVariant value = q_settings_value(settings, "files/ask_before_trash");
    bool is_number = false;
    int number = q_variant_to_int_full(&value, &is_number);
    q_variant_fini(&value);
    q_settings_delete(settings);
    return !is_number || number != 0;
}

void vt_files_trash(vt_files *files, vt_chosen *chosen)
{
    if (!chosen) {
        return;
    }
    bool whole;
    /* A stack looks like one item, and is not: that is said each time. */
    if (asks_before_trash(files) || vt_chosen_stacks(chosen, &whole) > 0) {
        vt_files_ask(files, chosen, false);
    } else {
        vt_files_remove(files, chosen, false);
    }
}

void vt_files_delete(vt_files *files, vt_chosen *chosen)
{
    if (chosen) {
        vt_files_ask(files, chosen, true);
    }
}

static void rename_wanted(void *user, vt_chosen *chosen, const vt_rename_wish *wish)
{
    vt_files_start_renaming(user, chosen, wish);
}

void vt_files_rename(vt_files *files, vt_chosen *chosen)
{
    if (!chosen) {
        return;
    }
    if (!files->rename) {
        files->rename = vt_rename_dialog_create(files->window, files->context.engine, rename_wanted, files,
                                                files->context.log);
    }
    vt_rename_dialog_show(files->rename, chosen);
}

void vt_files_tell(vt_files *files, const char *text)
{
    vt_file_bar_show_end(files->bar, text, false, false);
}

vt_undo_list *vt_files_undo_list(vt_files *files)
{
    return &files->undo;
}

/* One after the other: what is under way cannot be taken back yet. */
void vt_files_undo(vt_files *files)
{
    if (!vt_engine_is_moving_files(files->context.engine)) {
        if (vt_undo_list_undo(&files->undo)) {
            files->context.moved(files->context.user, true);
        }
        files->context.changed(files->context.user);
    }
}

void vt_files_redo(vt_files *files)
{
    if (!vt_engine_is_moving_files(files->context.engine)) {
        if (vt_undo_list_redo(&files->undo)) {
            files->context.moved(files->context.user, false);
        }
        files->context.changed(files->context.user);
    }
}

/* ---- the line ---- */

static void bar_cancel(void *user)
{
    const vt_files *files = user;
    if (files->exporting) {
        vt_export_cancel(files->exporting);
    } else if (files->shown) {
        vt_file_work_cancel(files->shown->work);
    }
}

/* Undoes what the line tells of, which may be an undo. */
static void bar_undo(void *user)
{
    vt_files *files = user;
    if (files->shown && vt_undo_list_is_next(&files->undo, files->shown)) {
        vt_files_redo(files);
    } else {
        vt_files_undo(files);
    }
}

static vt_file_failure failure_of_work(const void *user, size_t at)
{
    return vt_file_work_failure_at(user, at);
}

static void bar_failures(void *user)
{
    const vt_files *files = user;
    if (files->tells_export) {
        vt_files_show_export_failures(files);
    } else if (files->shown) {
        vt_file_work_figures figures;
        vt_file_work_get_figures(files->shown->work, &figures);
        vt_work_failures_show(files->window, figures.failed, vt_file_work_failures(files->shown->work),
                              failure_of_work, files->shown->work);
    }
}

static const vt_file_bar_ops bar_ops = {bar_cancel, bar_undo, bar_failures};

/* ---- life ---- */

static qt_subclass files_class = {.base = &qt_class_QWidget, .instance_size = sizeof(vt_files)};

vt_files *vt_files_create(QWidgetRef parent, const vt_files_context *context)
{
    vt_files *files = qt_subclass_allocate(&files_class);
    q_widget_init(&files->root, parent);
    qt_subclass_install(&files_class, files);
    q_widget_hide(&files->root);
    files->window = parent.QWidget_;
    files->context = *context;
    files->bar = vt_file_bar_create(parent, &bar_ops, files);
    recall(files);
    return files;
}

QWidget *vt_files_bar(vt_files *files)
{
    return vt_file_bar_widget(files->bar);
}

void vt_files_stop(vt_files *files)
{
    files->stopped = true;
    vt_export_free(files->exporting ? files->exporting : files->exported);
    files->exporting = files->exported = NULL;
    if (files->counting) {
        vt_task_wait(files->counting, VT_FOREVER);
    }
    if (files->rename) {
        vt_rename_dialog_stop(files->rename);
    }
    if (files->export_dialog) {
        vt_export_dialog_stop(files->export_dialog);
    }
    vt_file_work_free(files->recalling);
    files->recalling = NULL;
    vt_undo_list_clear(&files->undo);
    for (operation *of = files->operations, *next; of; of = next) {
        next = of->next;
        vt_file_work_free(of->work);
        free(of);
    }
    files->operations = files->shown = NULL;
}
