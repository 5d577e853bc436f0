#include "app/ui/files/files_private.h"

#include "app/ui/files/work_failures.h"
#include "app/ui/parts/wording.h"

#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One thing the user did, and its undo, and so on: the work that was done last can be taken back. */
typedef struct vt_operation_shown {
    vt_files *files;
    vt_file_work *work;
    struct vt_operation_shown *next;
    char name[64];
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

/* ---- words ---- */

static const char *const doing[VT_FILE_WORK_KIND_COUNT] = {
    [VT_FILE_RENAME] = "Renaming",           [VT_FILE_RENAME_BACK] = "Taking back names",
    [VT_FILE_TRASH] = "Moving to the trash", [VT_FILE_RESTORE] = "Putting back from the trash",
    [VT_FILE_DELETE] = "Deleting",
};

static const char *const did[VT_FILE_WORK_KIND_COUNT] = {
    [VT_FILE_RENAME] = "renamed",           [VT_FILE_RENAME_BACK] = "given back their old names",
    [VT_FILE_TRASH] = "moved to the trash", [VT_FILE_RESTORE] = "put back from the trash",
    [VT_FILE_DELETE] = "deleted",
};

static void show_progress(operation *of)
{
    char done[32], all[32];
    vt_str text = VT_STR_INIT;
    vt_file_work_figures figures;
    vt_file_work_get_figures(of->work, &figures);
    vt_str_append_cstr(&text, doing[figures.kind]);
    if (figures.taking_back) {
        vt_str_append_cstr(&text, ": taking back what was done\u2026");
    } else if (figures.prepared) {
        vt_str_appendf(&text, ": %s of %s files", vt_wording_count(done, sizeof done, figures.done),
                       vt_wording_count(all, sizeof all, figures.files));
    } else {
        vt_str_append_cstr(&text, "\u2026");
    }
    vt_file_bar_show_progress(of->files->bar, text.data, figures.done, figures.prepared ? figures.files : 0);
    vt_str_free(&text);
}

static void add_files(vt_str *text, int64_t count)
{
    char words[32];
    vt_str_appendf(text, "%s %s", vt_wording_count(words, sizeof words, count),
                   count == 1 ? "file" : "files");
}

static void show_end(operation *of, const vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_file_work_figures figures;
    vt_file_work_get_figures(of->work, &figures);
    if (error && error->code == VT_ERROR_CANCELLED) {
        vt_str_appendf(&text, "%s was stopped", doing[figures.kind]);
        vt_str_append_cstr(&text, figures.taking_back ? ": all files have their old names. " : ". ");
    } else if (error) {
        vt_str_append_display(&text, error->message, strlen(error->message));
        vt_str_append_cstr(&text, figures.taking_back ? ". All others have their old names again. " : ". ");
    }
    if (!figures.taking_back && figures.done > 0) {
        add_files(&text, figures.done);
        vt_str_appendf(&text, " %s.", did[figures.kind]);
    }
    if (figures.failed > 0) {
        vt_str_append_char(&text, ' ');
        add_files(&text, figures.failed);
        vt_str_append_cstr(&text, " could not be.");
    }
    if (!text.length) {
        vt_str_append_cstr(&text, "Nothing was to be done.");
    }
    vt_log_write(&of->files->context.log, VT_LOG_INFO,
                 "files: %s ended: items=%lld files=%lld done=%lld failed=%lld%s%s", doing[figures.kind],
                 (long long)figures.items, (long long)figures.files, (long long)figures.done,
                 (long long)figures.failed, error ? " error=" : "", error ? error->message : "");
    vt_file_bar_show_end(of->files->bar, text.data, vt_file_work_can_undo(of->work),
                         vt_file_work_failures(of->work) > 0);
    vt_str_free(&text);
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

static const char *name_of(vt_file_work_kind kind)
{
    return kind == VT_FILE_TRASH ? "Move to the trash" : "Rename";
}

static void list_it(operation *of)
{
    vt_file_work_figures figures;
    vt_file_work_get_figures(of->work, &figures);
    char words[32];
    snprintf(of->name, sizeof of->name, "%s: %s %s", name_of(figures.kind),
             vt_wording_count(words, sizeof words, figures.items), figures.items == 1 ? "item" : "items");
    of->listed = true;
    vt_undo_list_push(&of->files->undo, &(vt_undo_step){of->name, turn, turn, free_operation, of});
    of->files->context.made(of->files->context.user);
}

static void on_progress(void *user, vt_file_work *work)
{
    (void)work;
    operation *of = user;
    if (of->files->shown == of && !of->files->tells_export) {
        show_progress(of);
    }
}

static void on_finished(void *user, vt_file_work *work, const vt_error *error)
{
    operation *of = user;
    vt_files *files = of->files;
    of->work = work;
    of->ended = true;
    show(files, of);
    show_end(of, error);
    if (!of->listed && vt_file_work_can_undo(work)) {
        list_it(of);
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
    vt_file_work *work = vt_engine_undo_files(of->files->context.engine, before, &listener, &error);
    if (!work) {
        vt_file_bar_show_end(of->files->bar, error.message, false, false);
        return false;
    }
    of->work = work;
    of->ended = false;
    show(of->files, of);
    vt_file_work_free(before);
    show_progress(of);
    return true;
}

static operation *make_operation(vt_files *files)
{
    operation *of = calloc(1, sizeof *of);
    if (!of) {
        vt_file_bar_show_end(files->bar, "There is no memory left for that", false, false);
        return NULL;
    }
    of->files = files;
    of->next = files->operations;
    files->operations = of;
    return of;
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
    show_progress(of);
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
    if (asks_before_trash(files)) {
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

static void bar_undo(void *user)
{
    vt_files_undo(user);
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
    vt_undo_list_clear(&files->undo);
    for (operation *of = files->operations, *next; of; of = next) {
        next = of->next;
        vt_file_work_free(of->work);
        free(of);
    }
    files->operations = files->shown = NULL;
}
