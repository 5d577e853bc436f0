/* An export as the window tells of it: dialogue, line, outcome. One at a time. */
#include "app/ui/files/export_dialog.h"
#include "app/ui/files/files_private.h"
#include "app/ui/files/work_failures.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <string.h>

static void show_progress(void *user, int64_t done, int64_t total)
{
    const vt_files *files = user;
    char first[32], second[32];
    vt_str text = VT_STR_INIT;
    vt_tr_append_both(&text, "files", "Exporting: %1 of %2", vt_wording_count(first, sizeof first, done),
                      vt_wording_count(second, sizeof second, total));
    if (files->tells_export) {
        vt_file_bar_show_progress(files->bar, text.data, done, total);
    }
    vt_str_free(&text);
}

static void on_finished(void *user, const vt_error *error)
{
    vt_files *files = user;
    char words[32];
    vt_str text = VT_STR_INIT;
    vt_export_job *job = files->exporting;
    int64_t failed = vt_export_failed(job);
    files->exporting = NULL;
    files->exported = job;
    files->tells_export = true;
    if (error && error->code == VT_ERROR_CANCELLED) {
        vt_str_append_cstr(&text, vt_tr("files", "The export was stopped."));
        vt_str_append_char(&text, ' ');
    } else if (error) {
        vt_str_append_display(&text, error->message, strlen(error->message));
        vt_str_append_cstr(&text, ". ");
    }
    vt_tr_append_with(&text, "files", "%1 exported.",
                      vt_wording_count(words, sizeof words, vt_export_done(job)));
    if (failed > 0) {
        vt_str_append_char(&text, ' ');
        vt_tr_append_with(&text, "files", "%1 could not be.", vt_wording_count(words, sizeof words, failed));
    }
    vt_file_bar_show_end(files->bar, text.data, false, failed > 0);
    vt_log_write(&files->context.log, VT_LOG_INFO, "export ended: done=%lld failed=%lld%s%s",
                 (long long)vt_export_done(job), (long long)failed, error ? " error=" : "",
                 error ? error->message : "");
    vt_log_write(&files->context.log, VT_LOG_DEBUG, "export: told: %s", text.data);
    vt_str_free(&text);
}

static void export_wanted(void *user, vt_chosen *chosen, const vt_export_wish *wish)
{
    vt_files *files = user;
    vt_error error = VT_ERROR_INIT;
    const vt_export_ops ops = {show_progress, on_finished, files};
    vt_export_free(files->exported);
    files->exported = NULL;
    files->exporting =
        vt_export_start(files->context.engine, files->context.executor, chosen, wish, &ops, &error);
    files->tells_export = true;
    if (files->exporting) {
        vt_file_bar_show_progress(files->bar, vt_tr("files", "Exporting\u2026"), 0, 0);
    } else {
        vt_file_bar_show_end(files->bar, error.message, false, false);
    }
}

void vt_files_export(vt_files *files, vt_chosen *chosen, vt_chosen *all)
{
    if (!chosen || files->exporting) {
        vt_chosen_unref(chosen); /* the line tells that one is under way */
        vt_chosen_unref(all);
        return;
    }
    if (!files->export_dialog) {
        const vt_export_dialog_context context = {.engine = files->context.engine,
                                                  .executor = files->context.executor,
                                                  .use_settings = files->context.use_settings,
                                                  .wanted = export_wanted,
                                                  .user = files,
                                                  .log = files->context.log};
        files->export_dialog = vt_export_dialog_create(files->window, &context);
    }
    vt_export_dialog_show(files->export_dialog, chosen, all);
}

static vt_file_failure failure_at(const void *user, size_t at)
{
    const vt_export_failure *failures = user;
    return (vt_file_failure){failures[at].path, &failures[at].error};
}

void vt_files_show_export_failures(const vt_files *files)
{
    size_t count = 0;
    if (files->exported) {
        const vt_export_failure *failures = vt_export_failures(files->exported, &count);
        vt_work_failures_show(files->window, vt_export_failed(files->exported), count, failure_at, failures);
    }
}
