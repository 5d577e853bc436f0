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

#define TEXT(text) VT_TR_NOOP("files", text)

/* Also for the log, where they are English. */
static const char *const doing[VT_FILE_WORK_KIND_COUNT] = {
    [VT_FILE_RENAME] = TEXT("Renaming"),           [VT_FILE_RENAME_BACK] = TEXT("Taking back names"),
    [VT_FILE_TRASH] = TEXT("Moving to the trash"), [VT_FILE_RESTORE] = TEXT("Putting back from the trash"),
    [VT_FILE_DELETE] = TEXT("Deleting"),
};

static const char *const stopped[VT_FILE_WORK_KIND_COUNT] = {
    [VT_FILE_RENAME] = TEXT("Renaming was stopped"),
    [VT_FILE_RENAME_BACK] = TEXT("Taking back names was stopped"),
    [VT_FILE_TRASH] = TEXT("Moving to the trash was stopped"),
    [VT_FILE_RESTORE] = TEXT("Putting back from the trash was stopped"),
    [VT_FILE_DELETE] = TEXT("Deleting was stopped"),
};

static const struct {
    const char *one, *many;
} did[VT_FILE_WORK_KIND_COUNT] = {
    [VT_FILE_RENAME] = {VT_TR_NOOP_COUNT("files", "%n file renamed.", "%n files renamed.")},
    [VT_FILE_RENAME_BACK] = {VT_TR_NOOP_COUNT("files", "%n file given back its old name.",
                                              "%n files given back their old names.")},
    [VT_FILE_TRASH] = {VT_TR_NOOP_COUNT("files", "%n file moved to the trash.",
                                        "%n files moved to the trash.")},
    [VT_FILE_RESTORE] = {VT_TR_NOOP_COUNT("files", "%n file put back from the trash.",
                                          "%n files put back from the trash.")},
    [VT_FILE_DELETE] = {VT_TR_NOOP_COUNT("files", "%n file deleted.", "%n files deleted.")},
};

static void show_progress(operation *of)
{
    char done[32], all[32];
    vt_str text = VT_STR_INIT;
    vt_file_work_figures figures;
    vt_file_work_get_figures(of->work, &figures);
    vt_str_append_cstr(&text, vt_tr("files", doing[figures.kind]));
    if (figures.taking_back) {
        vt_str_append_cstr(&text, vt_tr("files", ": taking back what was done\u2026"));
    } else if (figures.prepared) {
        vt_tr_append_both(&text, "files", ": %1 of %2 files",
                          vt_wording_count(done, sizeof done, figures.done),
                          vt_wording_count(all, sizeof all, figures.files));
    } else {
        vt_str_append_cstr(&text, "\u2026");
    }
    vt_file_bar_show_progress(of->files->bar, text.data, figures.done, figures.prepared ? figures.files : 0);
    vt_str_free(&text);
}

static void show_end(operation *of, const vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_file_work_figures figures;
    vt_file_work_get_figures(of->work, &figures);
    if (error && error->code == VT_ERROR_CANCELLED) {
        vt_str_append_cstr(&text, vt_tr("files", stopped[figures.kind]));
        vt_str_append_cstr(&text,
                           figures.taking_back ? vt_tr("files", ": all files have their old names.") : ".");
        vt_str_append_char(&text, ' ');
    } else if (error) {
        vt_str_append_display(&text, error->message, strlen(error->message));
        vt_str_append_cstr(
            &text, figures.taking_back ? vt_tr("files", ". All others have their old names again.") : ".");
        vt_str_append_char(&text, ' ');
    }
    if (!figures.taking_back && figures.done > 0) {
        vt_tr_append_count(&text, "files", did[figures.kind].one, did[figures.kind].many, figures.done);
    }
    if (figures.failed > 0) {
        vt_str_append_char(&text, ' ');
        vt_tr_append_count(&text, "files", "%n file could not be.", "%n files could not be.", figures.failed);
    }
    if (!text.length) {
        vt_str_append_cstr(&text, vt_tr("files", "Nothing was to be done."));
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

static void list_it(operation *of)
{
    vt_file_work_figures figures;
    vt_file_work_get_figures(of->work, &figures);
    vt_str name = VT_STR_INIT;
    if (figures.kind == VT_FILE_TRASH) {
        vt_tr_append_count(&name, "files", "Move to the trash: %n item", "Move to the trash: %n items",
                           figures.items);
    } else {
        vt_tr_append_count(&name, "files", "Rename: %n item", "Rename: %n items", figures.items);
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
        vt_file_bar_show_end(files->bar, vt_tr("files", "There is no memory left for that"), false, false);
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
