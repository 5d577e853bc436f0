/* "Move 3 items to the trash?": asked in a box that nothing waits for, once the size is added up on a worker.
 */
#include "app/ui/files/files_private.h"
#include "app/ui/parts/question.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/wording.h"

#include <qt6c/invoke.h>
#include <qt6c/qsettings.h>
#include <qt6c/qvariant.h>

#include <stdlib.h>
#include <string.h>

typedef struct question {
    vt_files *files;
    vt_chosen *chosen; /* owned */
    bool for_ever;
    int64_t bytes;
    char *first; /* owned: the name of the first item */
} question;

static void free_question(void *user)
{
    question *of = user;
    vt_chosen_unref(of->chosen);
    free(of->first);
    free(of);
}

static void remember_not_to_ask(const question *of)
{
    if (!of->files->context.use_settings) {
        return;
    }
    QSettings *settings =
        q_settings_new_scope(QSettings_IniFormat, QSettings_UserScope, "vitrine", "vitrine", NULL);
    QVariant value = qt_variant_int(0);
    q_settings_set_value(settings, "files/ask_before_trash", &value);
    q_variant_fini(&value);
    q_settings_delete(settings);
}

static void on_answer(void *user, int answer, bool never_again)
{
    (void)answer;
    question *of = user;
    if (never_again) {
        remember_not_to_ask(of);
    }
    vt_files_remove(of->files, vt_chosen_ref(of->chosen), of->for_ever);
}

static void add_title(const question *of, vt_str *title)
{
    size_t count = vt_chosen_count(of->chosen);
    if (count == 1) {
        vt_str name = VT_STR_INIT;
        vt_str_append_display(&name, of->first, strlen(of->first));
        vt_tr_append_with(title, "files",
                          of->for_ever ? VT_TR_NOOP("files", "Delete \u201c%1\u201d for ever?")
                                       : VT_TR_NOOP("files", "Move \u201c%1\u201d to the trash?"),
                          name.data);
        vt_str_free(&name);
    } else if (of->for_ever) {
        vt_tr_append_count(title, "files", "Delete %n item for ever?", "Delete %n items for ever?",
                           (int64_t)count);
    } else {
        vt_tr_append_count(title, "files", "Move %n item to the trash?", "Move %n items to the trash?",
                           (int64_t)count);
    }
}

/* What stands as one card is more than that. */
static void add_stacks(const question *of, vt_str *more)
{
    bool whole;
    int64_t stacks = vt_chosen_stacks(of->chosen, &whole);
    if (stacks > 0 && whole) {
        vt_tr_append_count(
            more, "files", "%n closed stack is among them, with all that it shows when it is opened.",
            "%n closed stacks are among them, with all that they show when they are opened.", stacks);
    } else if (stacks > 0) {
        vt_tr_append_count(more, "files", "Of %n closed stack only the cover; what is inside stays.",
                           "Of %n closed stacks only the covers; what is inside stays.", stacks);
    }
    if (stacks > 0) {
        vt_str_append_char(more, '\n');
    }
}

static void add_more(const question *of, vt_str *more)
{
    char words[32];
    add_stacks(of, more);
    vt_tr_append_with(
        more, "files",
        of->for_ever
            ? VT_TR_NOOP("files",
                         "%1, side-cars and ratings, tags and notes included. This cannot be undone.")
            : VT_TR_NOOP("files", "%1. Side-cars go along. Undo puts everything back; once Vitrine is "
                                  "closed, the desktop's trash does."),
        vt_wording_size(words, sizeof words, of->bytes));
}

static void show_question(question *of)
{
    vt_str title = VT_STR_INIT;
    vt_str more = VT_STR_INIT;
    const char *action = of->for_ever ? vt_tr("files", "Delete for ever") : vt_tr("files", "Move to trash");
    add_title(of, &title);
    add_more(of, &more);
    bool whole;
    bool stacks = vt_chosen_stacks(of->chosen, &whole) > 0; /* of stacks it is asked always */
    const vt_question asked = {.title = action,
                               .text = title.data,
                               .details = more.data,
                               .answers = {action},
                               .refuse = vt_tr("files", "Keep"),
                               .standard = of->for_ever ? VT_QUESTION_REFUSE : 0,
                               .warns = of->for_ever,
                               .never_again =
                                   of->for_ever || stacks ? NULL : vt_tr("files", "Do not ask again")};
    vt_files *files = of->files;
    vt_question_show(files->window, &asked, on_answer, of, free_question);
    vt_log_write(&files->context.log, VT_LOG_INFO, "files: asked: %s %s", title.data, more.data);
    vt_str_free(&title);
    vt_str_free(&more);
}

/* ---- adding up, on a worker ---- */

static bool run_sum(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    (void)error;
    question *of = user;
    vt_item_brief item;
    for (size_t i = 0; i < vt_chosen_count(of->chosen); i++) {
        vt_chosen_item(of->chosen, i, &item);
        of->bytes += item.size > 0 ? item.size : 0;
        if (i == 0) {
            of->first = strndup(item.name, item.name_length);
        }
    }
    return true;
}

static void take_sum(void *user)
{
    question *of = user;
    vt_files *files = of->files;
    vt_task_unref(files->counting);
    files->counting = NULL;
    if (of->first) {
        show_question(of);
    } else {
        free_question(of);
    }
}

static void sum_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    question *of = user;
    qt_post((QObject *)&of->files->root, take_sum, of, NULL);
}

static const vt_task_ops sum_ops = {"sum", run_sum, sum_finished, NULL};

void vt_files_ask(vt_files *files, vt_chosen *chosen, bool for_ever)
{
    question *of = files->counting ? NULL : calloc(1, sizeof *of);
    if (!of) {
        vt_chosen_unref(chosen);
        return;
    }
    *of = (question){.files = files, .chosen = chosen, .for_ever = for_ever};
    vt_task *task = vt_task_create(&sum_ops, of, NULL);
    files->counting = task;
    if (!task || !vt_executor_submit(files->context.executor, task, VT_PRIORITY_CRITICAL, NULL)) {
        vt_task_unref(task);
        files->counting = NULL;
        free_question(of);
    }
}
