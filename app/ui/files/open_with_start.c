/* Starting programs with files, and which were started last. */
#include "app/ui/files/open_files.h"
#include "app/ui/files/open_with_private.h"
#include "app/ui/parts/question.h"
#include "app/ui/parts/translate.h"
#include "core/base/str.h"

#include <qt6c/invoke.h>
#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdlib.h>
#include <string.h>

#define RECENT_KEY "open_with/recent"

/* ---- which were used ---- */

static QSettings *open_settings(const vt_open_with *with)
{
    return with->context.use_settings
               ? q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL)
               : NULL;
}

/* Ids joined by ";", the last used first. */
void vt_open_with_read_recent(const vt_open_with *with, char *recent[VT_PROGRAMS_RECENT_MAX])
{
    QSettings *settings = open_settings(with);
    if (!settings) {
        return;
    }
    QVariant value = q_settings_value(settings, RECENT_KEY);
    char *text = q_variant_to_string(&value);
    size_t count = 0;
    for (const char *at = text ? text : ""; *at && count < VT_PROGRAMS_RECENT_MAX;) {
        size_t length = strcspn(at, ";");
        if (length) {
            recent[count] = strndup(at, length);
            count += recent[count] != NULL;
        }
        at += length + (at[length] == ';');
    }
    free(text);
    q_variant_fini(&value);
    q_settings_delete(settings);
}

static void note_recent(const vt_open_with *with, const char *id)
{
    char *recent[VT_PROGRAMS_RECENT_MAX] = {NULL};
    vt_str text = VT_STR_INIT;
    vt_open_with_read_recent(with, recent);
    vt_str_append_cstr(&text, id);
    int kept = 1;
    for (int i = 0; i < VT_PROGRAMS_RECENT_MAX; i++) {
        if (recent[i] && strcmp(recent[i], id) != 0 && kept < VT_PROGRAMS_RECENT_MAX) {
            vt_str_appendf(&text, ";%s", recent[i]);
            kept++;
        }
        free(recent[i]);
    }
    QSettings *settings = open_settings(with);
    if (settings) {
        QVariant value = qt_variant_string(text.data);
        q_settings_set_value(settings, RECENT_KEY, &value);
        q_variant_fini(&value);
        q_settings_delete(settings);
    }
    vt_str_free(&text);
}

/* ---- opening ---- */

typedef struct opening {
    vt_open_with *with;
    vt_open_files *files; /* owned */
} opening;

static void free_opening(void *user)
{
    opening *of = user;
    vt_open_files_free(of->files);
    free(of);
}

static void start_opening(opening *of);

static void say_opened(const opening *of)
{
    const vt_open_files *files = of->files;
    vt_str text = VT_STR_INIT;
    vt_str named = VT_STR_INIT;
    vt_tr_append_count(&named, "programs", "%n file opened with %1", "%n files opened with %1",
                       (int64_t)files->count);
    vt_tr_fill(&text, named.data, files->program.list[0].name);
    if (files->missing > 0) {
        vt_str_append_cstr(&text, ". ");
        vt_tr_append_count(&text, "programs", "%n is not there any more", "%n are not there any more",
                           (int64_t)files->missing);
    }
    of->with->context.say(of->with->context.user, text.data);
    vt_str_free(&named);
    vt_str_free(&text);
}

static void on_agreed(void *user, int answer, bool never_again)
{
    (void)answer;
    (void)never_again;
    opening *of = user;
    opening *agreed = of->files && !of->with->opening ? calloc(1, sizeof *agreed) : NULL;
    if (agreed) {
        *agreed = (opening){.with = of->with, .files = of->files};
        of->files = NULL; /* the box takes its own `of` with it */
        agreed->files->agreed = true;
        start_opening(agreed);
    }
}

/* Takes the files over into the box; the rest of `ended` goes when its caller returns. */
static void ask(opening *ended)
{
    opening *of = calloc(1, sizeof *of);
    if (!of) {
        return;
    }
    *of = (opening){.with = ended->with, .files = ended->files};
    ended->files = NULL;
    vt_str title = VT_STR_INIT;
    vt_str named = VT_STR_INIT;
    vt_tr_append_count(&named, "programs", "Start %1 %n time?", "Start %1 %n times?",
                       (int64_t)of->files->starts);
    vt_tr_fill(&title, named.data, of->files->program.list[0].name);
    const vt_question asked = {
        .title = vt_tr("programs", "Open with"),
        .text = title.data,
        .details = vt_tr("programs", "It takes one file at a time, so each opens a window of its own."),
        .answers = {vt_tr("programs", "Start all")},
        .refuse = vt_tr("programs", "Cancel"),
        .standard = VT_QUESTION_REFUSE};
    vt_open_with *with = of->with;
    vt_question_show(with->window, &asked, on_agreed, of, free_opening);
    vt_log_write(&with->context.log, VT_LOG_INFO, "open with: asked: %s", title.data);
    vt_str_free(&named);
    vt_str_free(&title);
}

/* `user` goes by itself afterwards, as it does if the window is gone before. */
static void take_opened(void *user)
{
    opening *of = user;
    vt_open_with *with = of->with;
    vt_error fault = VT_ERROR_INIT;
    vt_task_get_error(with->opening, &fault);
    vt_task_unref(with->opening);
    with->opening = NULL;
    vt_log_write(&with->context.log, VT_LOG_INFO,
                 "open with: %s files=%zu starts=%zu started=%zu missing=%zu%s%s",
                 of->files->program.list[0].id, of->files->count, of->files->starts, of->files->started,
                 of->files->missing, fault.code ? " error=" : "", fault.message);
    if (fault.code == VT_ERROR_NONE && vt_open_files_asks(of->files)) {
        ask(of);
    } else if (fault.code == VT_ERROR_NONE) {
        note_recent(with, of->files->program.list[0].id);
        say_opened(of);
    } else {
        with->context.fault(with->context.user, fault.message);
    }
}

static bool run_open(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    return vt_open_files_run(((opening *)user)->files, error);
}

static void open_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    opening *of = user;
    qt_post((QObject *)&of->with->root, take_opened, of, free_opening);
}

static const vt_task_ops open_ops = {"open with", run_open, open_finished, NULL};

/* Takes over `of`. */
static void start_opening(opening *of)
{
    vt_open_with *with = of->with;
    vt_error error = VT_ERROR_INIT;
    with->opening = vt_task_create(&open_ops, of, NULL);
    if (!with->opening ||
        !vt_executor_submit(with->context.executor, with->opening, VT_PRIORITY_CRITICAL, &error)) {
        vt_task_unref(with->opening);
        with->opening = NULL;
        free_opening(of);
        with->context.fault(with->context.user, error.code
                                                    ? error.message
                                                    : vt_tr("programs", "There is no memory left for that"));
    }
}

void vt_open_with_start(vt_open_with *with, const vt_program *program, vt_chosen *chosen)
{
    opening *of = with->opening ? NULL : calloc(1, sizeof *of);
    vt_open_files *files = of ? calloc(1, sizeof *files) : NULL;
    if (!files || !vt_programs_copy_one(program, &files->program, NULL)) {
        free(files);
        free(of);
        return; /* one is being started, or memory has run out */
    }
    files->catalog = vt_engine_catalog(with->context.engine);
    files->chosen = vt_chosen_ref(chosen);
    *of = (opening){.with = with, .files = files};
    start_opening(of);
}
