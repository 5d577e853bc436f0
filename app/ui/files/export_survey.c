#include "app/ui/files/export_survey.h"

#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static void look_at_folder(vt_export_question *question)
{
    struct stat facts;
    struct statvfs room;
    const char *folder = question->wish.folder;
    question->there = stat(folder, &facts) == 0 && S_ISDIR(facts.st_mode);
    question->writable = question->there && access(folder, W_OK | X_OK) == 0;
    question->room = -1;
    if (question->there && statvfs(folder, &room) == 0) {
        question->room = (int64_t)room.f_bavail * (int64_t)room.f_frsize;
    }
}

void vt_export_question_run(vt_export_question *question)
{
    vt_picture_wish pictures;
    vt_sheet_options sheet;
    look_at_folder(question);
    bool is_picture = vt_export_picture_wish(&question->wish, &pictures);
    if (is_picture || question->wish.kind == VT_EXPORT_COPY) {
        const vt_file_items items = vt_chosen_items(question->chosen);
        vt_export_look(vt_engine_catalog(question->engine), &items, question->wish.folder,
                       is_picture ? &pictures : NULL, question->cancel, &question->survey, &question->error);
        items.release(items.user);
    } else if (vt_export_sheet_wish(&question->wish, vt_chosen_count(question->chosen), &sheet)) {
        question->survey.files = (int64_t)vt_sheet_pages(&sheet);
    } else {
        question->survey.files = 1;
    }
}

void vt_export_question_free(vt_export_question *question)
{
    if (question) {
        vt_chosen_unref(question->chosen);
        vt_cancel_unref(question->cancel);
        free(question->wish.folder);
        free(question);
    }
}

static void tell_files(const vt_export_question *question, vt_str *text)
{
    char words[32];
    const vt_export_survey *survey = &question->survey;
    vt_tr_append_count(text, "export", "%n file", "%n files", survey->files);
    vt_str_append_cstr(text, ", ");
    vt_wording_size(words, sizeof words, survey->bytes);
    if (question->wish.kind == VT_EXPORT_COPY) {
        vt_str_append_cstr(text, words);
    } else {
        vt_tr_append_with(text, "export", "about %1", words);
    }
    if (survey->taken > 0) {
        vt_str_append_cstr(text, "; ");
        vt_tr_append_count(text, "export", "%n name is taken and gets a number",
                           "%n names are taken and get a number", survey->taken);
    }
    if (survey->missing > 0) {
        vt_str_append_cstr(text, "; ");
        vt_tr_append_count(text, "export", "%n file is not there", "%n files are not there", survey->missing);
    }
}

bool vt_export_question_tell(const vt_export_question *question, vt_str *text)
{
    char words[32];
    const vt_export_survey *survey = &question->survey;
    int64_t items = (int64_t)vt_chosen_count(question->chosen);
    if (!question->there) {
        vt_str_append_cstr(text, vt_tr("export", "There is no such folder"));
        return false;
    }
    if (!question->writable) {
        vt_str_append_cstr(text, vt_tr("export", "This folder cannot be written to: choose another one"));
        return false;
    }
    if (question->error.code != VT_ERROR_NONE) {
        vt_str_append_display(text, question->error.message, strlen(question->error.message));
        return false;
    }
    switch (question->wish.kind) {
    case VT_EXPORT_SHEET_PDF:
    case VT_EXPORT_SHEET_PNG:
        vt_tr_append_count(text, "export", "%n page", "%n pages", survey->files);
        break;
    case VT_EXPORT_CSV:
    case VT_EXPORT_JSON:
        vt_tr_append_count(text, "export", "A list of %n item", "A list of %n items", items);
        break;
    default:
        tell_files(question, text);
        break;
    }
    if (question->room >= 0 && survey->bytes > question->room) {
        vt_str_append_cstr(text, "; ");
        vt_wording_size(words, sizeof words, question->room);
        vt_tr_append_with(text, "export", "only %1 are free there", words);
    }
    return survey->files > 0;
}
