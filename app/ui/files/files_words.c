/* What the line at the foot says of works on files. */
#include "app/ui/files/files_private.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <string.h>

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

void vt_files_show_progress(vt_files *files, const vt_file_work *work)
{
    char done[32], all[32];
    vt_str text = VT_STR_INIT;
    vt_file_work_figures figures;
    vt_file_work_get_figures(work, &figures);
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
    vt_file_bar_show_progress(files->bar, text.data, figures.done, figures.prepared ? figures.files : 0);
    vt_str_free(&text);
}

void vt_files_show_end(vt_files *files, const vt_file_work *work, const vt_error *error)
{
    vt_str text = VT_STR_INIT;
    vt_file_work_figures figures;
    vt_file_work_get_figures(work, &figures);
    bool renames = figures.kind == VT_FILE_RENAME;
    bool renames_back = figures.kind == VT_FILE_RENAME_BACK;
    if (error && error->code == VT_ERROR_CANCELLED) {
        vt_str_append_cstr(&text, vt_tr("files", stopped[figures.kind]));
        vt_str_append_cstr(&text, !figures.taking_back ? "."
                                  : renames_back       ? vt_tr("files", ": all files keep their new names.")
                                                       : vt_tr("files", ": all files have their old names."));
        vt_str_append_char(&text, ' ');
    } else if (error) {
        bool refused = !figures.taking_back && figures.done == 0 && (renames || renames_back);
        vt_str_append_cstr(&text, refused ? vt_tr("files", "Nothing was renamed: ") : "");
        vt_str_append_display(&text, error->message, strlen(error->message));
        vt_str_append_cstr(&text, figures.taking_back && renames
                                      ? vt_tr("files", ". All others have their old names again.")
                                      : ".");
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
    vt_log_write(&files->context.log, VT_LOG_INFO,
                 "files: %s ended: items=%lld files=%lld done=%lld failed=%lld%s%s", doing[figures.kind],
                 (long long)figures.items, (long long)figures.files, (long long)figures.done,
                 (long long)figures.failed, error ? " error=" : "", error ? error->message : "");
    /* Not if it was an undo itself that could not undo all: that is no way back from it. */
    vt_file_finished kept = vt_file_work_kept(work);
    vt_file_bar_show_end(files->bar, text.data, kept.id && kept.kind == figures.kind,
                         vt_file_work_failures(work) > 0);
    vt_str_free(&text);
}
