/* Duplicates: the search with its page, line and menu, and what is done with what it found. */
#include "app/ui/library/twins.h"
#include "app/ui/parts/translate.h"
#include "app/ui/parts/twin_words.h"
#include "app/ui/parts/wording.h"
#include "app/ui/sidebar/sidebar_twins.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/window_private.h"
#include "core/base/translatable.h"
#include "core/settings/settings_file.h"

#include <qt6c/qactiongroup.h>

#include <stdlib.h>
#include <string.h>

enum { POLL_MS = 200 };

static const unsigned distances[] = {VT_ALIKE_STRICT, VT_ALIKE_NORMAL, VT_ALIKE_LOOSE};

bool vt_window_is_searching(const vt_window *window)
{
    return window->duplicates.search != NULL;
}

/* ---- the search ---- */

static void say_end(vt_window *window, const vt_duplicate_figures *figures)
{
    vt_str text = VT_STR_INIT;
    if (figures->error.code == VT_ERROR_CANCELLED) {
        vt_str_append_cstr(&text, vt_tr("duplicates", "The search for duplicates was stopped; what was "
                                                      "known of them stays"));
    } else if (figures->error.code != VT_ERROR_NONE) {
        vt_str_append_cstr(&text, figures->error.message);
    } else {
        if (!window->duplicates.only_alike) {
            vt_tr_append_count(&text, "duplicates", "%n item is there with the same content",
                               "%n items are there with the same content", figures->members[VT_TWIN_SAME]);
            vt_str_append_cstr(&text, ", ");
        }
        vt_tr_append_count(&text, "duplicates", "%n image looks alike", "%n images look alike",
                           figures->members[VT_TWIN_ALIKE]);
        if (figures->skipped > 0) {
            vt_str_append_cstr(&text, "; ");
            vt_tr_append_count(&text, "duplicates", "%n file could not be compared",
                               "%n files could not be compared", figures->skipped);
        }
        if (figures->without_look > 0) {
            vt_str_append_cstr(&text, "; ");
            vt_tr_append_count(&text, "duplicates", "%n image has no thumbnail yet",
                               "%n images have no thumbnail yet", figures->without_look);
        }
    }
    vt_window_say(window, text.data);
    vt_str_free(&text);
}

static void end_search(vt_window *window)
{
    vt_duplicate_search_free(window->duplicates.search);
    window->duplicates.search = NULL;
    q_timer_stop(window->duplicates.poll);
    vt_sidebar_tell_twins(window->sidebar, NULL, -1);
}

static void on_poll(void *user)
{
    vt_window *window = user;
    vt_duplicate_search_get_figures(window->duplicates.search, &window->duplicates.figures);
    const vt_duplicate_figures *figures = &window->duplicates.figures;
    if (figures->over) {
        vt_log_write(&window->context.log, VT_LOG_INFO, "duplicates: same=%u alike=%u error=%d",
                     figures->members[VT_TWIN_SAME], figures->members[VT_TWIN_ALIKE],
                     (int)figures->error.code);
        end_search(window);
        if (!window->duplicates.quiet) {
            say_end(window, figures);
        }
        vt_library_rows_arrived(window->library);
        vt_commands_update(window);
    } else {
        vt_sidebar_tell_twins(window->sidebar, vt_twin_words_phase((int)figures->phase, figures->held),
                              vt_twin_words_percent(figures->done, figures->total));
    }
    if (vt_library_count(window->library) == 0) {
        vt_window_update_contents(window);
    }
}

static int sensitivity(const vt_window *window)
{
    return (int)window->context.settings.values[VT_SETTING_ALIKE];
}

/* Those that look alike are found without opening a file: nobody need be asked. */
static void start_search(vt_window *window, bool same, bool quiet)
{
    vt_error error = VT_ERROR_INIT;
    if (window->duplicates.search) {
        return;
    }
    window->duplicates.only_alike = !same;
    window->duplicates.quiet = quiet;
    window->duplicates.search =
        vt_duplicate_search_start(window->context.engine, same, true, distances[sensitivity(window)], &error);
    if (!window->duplicates.search) {
        if (!quiet) {
            vt_window_say(window, error.message);
        }
        return;
    }
    q_timer_start(window->duplicates.poll);
    on_poll(window);
    vt_commands_update(window);
}

void vt_command_find_duplicates(vt_window *window)
{
    start_search(window, true, false);
}

/* ---- what came since ---- */

enum { CALM_MS = 3000 };

/* Imports are over, and for a while nothing new has come. */
static void on_calm(void *user)
{
    vt_window *window = user;
    const vt_view *view = vt_library_view(window->library);
    vt_twins_info info = {.searched = false};
    if (view) {
        vt_snapshot_twins(vt_view_snapshot(view), VT_TWIN_ALIKE, &info);
    }
    if (info.searched && info.younger > 0 && vt_activity_count(window->activity) == 0 &&
        !vt_engine_is_read_only(window->context.engine)) {
        start_search(window, false, true);
    }
}

void vt_window_rows_came(vt_window *window)
{
    q_timer_start(window->duplicates.calm);
}

void vt_command_stop_duplicates(vt_window *window)
{
    if (window->duplicates.search) {
        vt_duplicate_search_cancel(window->duplicates.search);
    }
}

void vt_command_pause_duplicates(vt_window *window)
{
    if (window->duplicates.search) {
        vt_duplicate_search_hold(window->duplicates.search, !window->duplicates.figures.held);
        on_poll(window);
    }
}

bool vt_command_is_paused(vt_window *window)
{
    return window->duplicates.search && window->duplicates.figures.held;
}

/* ---- how alike ---- */

typedef struct save_job {
    vt_settings_change change;
    vt_log log;
} save_job;

static bool save_setting(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    const save_job *job = user;
    vt_settings settings;
    return vt_settings_save(NULL, &job->change, 1, &settings, error);
}

static void setting_saved(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    if (state == VT_TASK_FAILED) {
        vt_log_write(&((save_job *)user)->log, VT_LOG_WARN, "the setting was not saved: %s", error->message);
    }
}

static const vt_task_ops save_ops = {
    .name = "setting", .run = save_setting, .finished = setting_saved, .release = free};

static void keep_setting(vt_window *window, int value)
{
    save_job *job = window->context.use_settings ? calloc(1, sizeof *job) : NULL;
    if (!job) {
        return;
    }
    *job = (save_job){{.which = VT_SETTING_ALIKE, .value = value}, window->context.log};
    vt_task *task = vt_task_create(&save_ops, job, NULL);
    if (!task) {
        free(job);
        return;
    }
    vt_executor_submit(window->context.view_executor, task, VT_PRIORITY_NORMAL, NULL);
    vt_task_unref(task);
}

/* Holds at once: what is known already is looked for again, which opens no file. */
static void choose_sensitivity(vt_window *window, int value)
{
    vt_settings settings = window->context.settings;
    if (value == sensitivity(window)) {
        return;
    }
    settings.values[VT_SETTING_ALIKE] = value;
    vt_window_take_settings(window, &settings);
    keep_setting(window, value);
    start_search(window, false, false);
}

static void on_strict(void *user, bool checked)
{
    (void)checked;
    choose_sensitivity(user, 0);
}

static void on_normal(void *user, bool checked)
{
    (void)checked;
    choose_sensitivity(user, 1);
}

static void on_loose(void *user, bool checked)
{
    (void)checked;
    choose_sensitivity(user, 2);
}

static void show_menu(vt_window *window, const QPoint *at)
{
    static const struct {
        const char *text;
        void (*chosen)(void *user, bool checked);
    } levels[] = {{VT_TR_NOOP("duplicates", "Look alike: s&trict"), on_strict},
                  {VT_TR_NOOP("duplicates", "Look alike: &normal"), on_normal},
                  {VT_TR_NOOP("duplicates", "Look alike: &loose"), on_loose}};
    static const vt_command_id commands[] = {VT_COMMAND_FIND_DUPLICATES, VT_COMMAND_PAUSE_DUPLICATES,
                                             VT_COMMAND_STOP_DUPLICATES};
    QMenu *menu = q_menu_new_empty(&window->main);
    q_widget_set_attribute(menu, Qt_WA_DeleteOnClose);
    vt_commands_update(window);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        q_widget_add_action(menu, window->actions[commands[i]]);
    }
    q_menu_add_separator(menu);
    QActionGroup *group = q_actiongroup_new(menu);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        QAction *action = q_action_new(vt_tr("duplicates", levels[i].text), menu);
        q_action_set_checkable(action, true);
        q_action_set_checked(action, sensitivity(window) == (int)i);
        q_action_set_enabled(action,
                             !window->duplicates.search && !vt_engine_is_read_only(window->context.engine));
        q_action_on_triggered(action, &window->main, levels[i].chosen, window);
        q_actiongroup_add_action(group, action);
        q_widget_add_action(menu, action);
    }
    q_menu_popup(menu, at);
}

/* The line in the sidebar begins a search; while one is at work it offers what can be done about it. */
static void on_section(void *user, bool wants_menu, const QPoint *at)
{
    vt_window *window = user;
    if (wants_menu || window->duplicates.search) {
        show_menu(window, at);
    } else {
        q_action_trigger(window->actions[VT_COMMAND_FIND_DUPLICATES]);
    }
}

/* ---- the page ---- */

/* The kind that the filter asks for by itself, without further conditions. */
static bool is_asked_for(const vt_window *window, vt_twin_kind *kind)
{
    char *text = q_lineedit_text(window->filter);
    bool same = text && strcmp(text, "duplicate:same") == 0;
    bool alike = text && strcmp(text, "duplicate:alike") == 0;
    *kind = alike ? VT_TWIN_ALIKE : VT_TWIN_SAME;
    free(text);
    return same || alike;
}

static void show_none(vt_window *window, vt_twin_kind kind, const vt_twins_info *info)
{
    vt_str text = VT_STR_INIT;
    char date[48];
    vt_str_append_cstr(&text, kind == VT_TWIN_SAME
                                  ? vt_tr("duplicates", "No two files have the same content.")
                                  : vt_tr("duplicates", "No two images look alike."));
    vt_str_append_char(&text, ' ');
    vt_tr_append_with(&text, "duplicates", "As of %1.", vt_wording_date(date, sizeof date, info->found_ns));
    vt_empty_page_set(window->empty, VT_ICON_CHECK, vt_tr("duplicates", "No duplicates"), text.data,
                      vt_tr("duplicates", "Search again"));
    vt_str_free(&text);
}

bool vt_window_show_no_duplicates(vt_window *window)
{
    vt_twin_kind kind;
    vt_twins_info info;
    if (!is_asked_for(window, &kind) || !vt_library_view(window->library) ||
        vt_library_total(window->library) == 0) {
        return false;
    }
    vt_snapshot_twins(vt_view_snapshot(vt_library_view(window->library)), kind, &info);
    if (window->duplicates.search) {
        const vt_duplicate_figures *figures = &window->duplicates.figures;
        vt_str text = VT_STR_INIT;
        int percent = vt_twin_words_percent(figures->done, figures->total);
        vt_str_append_cstr(&text, vt_twin_words_phase((int)figures->phase, figures->held));
        if (percent >= 0) {
            vt_str_appendf(&text, ", %d %%", percent);
        }
        vt_empty_page_set(window->empty, VT_ICON_SEARCH, vt_tr("duplicates", "Looking for duplicates\u2026"),
                          text.data, vt_tr("duplicates", "Stop"));
        vt_str_free(&text);
        return true;
    }
    if (!info.searched) {
        vt_empty_page_set(
            window->empty, VT_ICON_SEARCH, vt_tr("duplicates", "Find duplicates"),
            vt_tr("duplicates", "Files of equal size are compared byte for byte, images by how they look. "
                                "Everything is only read: nothing is changed or deleted. You can go on "
                                "working meanwhile."),
            vt_engine_is_read_only(window->context.engine) ? "" : vt_tr("duplicates", "Find duplicates"));
        return true;
    }
    if (info.members == 0) {
        show_none(window, kind, &info);
    }
    return info.members == 0;
}

bool vt_window_press_no_duplicates(vt_window *window)
{
    vt_twin_kind kind;
    if (!is_asked_for(window, &kind)) {
        return false;
    }
    q_action_trigger(
        window->actions[window->duplicates.search ? VT_COMMAND_STOP_DUPLICATES : VT_COMMAND_FIND_DUPLICATES]);
    return true;
}

/* ---- the groups ---- */

void vt_window_group_duplicates(vt_window *window, const char *filter)
{
    vt_group_by wanted = strstr(filter, "duplicate:same")    ? VT_GROUP_SAME
                         : strstr(filter, "duplicate:alike") ? VT_GROUP_ALIKE
                                                             : VT_GROUP_NONE;
    bool backwards = false;
    vt_group_by now = vt_library_group(window->library, &backwards);
    vt_twin_kind kind;
    if (wanted != VT_GROUP_NONE && now != wanted) {
        if (!vt_group_twins(now, &kind)) {
            window->duplicates.before = now;
            window->duplicates.before_backwards = backwards;
        }
        window->duplicates.switched = true;
        vt_library_set_group(window->library, wanted, false);
        vt_window_show_group(window);
    } else if (wanted == VT_GROUP_NONE && window->duplicates.switched) {
        window->duplicates.switched = false;
        if (vt_group_twins(now, &kind)) { /* else the user has chosen another one himself */
            vt_library_set_group(window->library, window->duplicates.before,
                                 window->duplicates.before_backwards);
            vt_window_show_group(window);
        }
    }
}

vt_group_by vt_window_own_group(const vt_window *window, bool *backwards)
{
    vt_twin_kind kind;
    vt_group_by by = vt_library_group(window->library, backwards);
    if (window->duplicates.switched && vt_group_twins(by, &kind)) {
        *backwards = window->duplicates.before_backwards;
        return window->duplicates.before;
    }
    return by;
}

/* ---- what is done with them ---- */

static void say_selected(vt_window *window, const vt_twin_result *result)
{
    vt_str text = VT_STR_INIT;
    if (result->selected == 0) {
        vt_str_append_cstr(&text, result->work == VT_TWIN_SELECT_ALL
                                      ? vt_tr("duplicates", "Nothing that is shown is there twice: choose "
                                                            "Duplicates in the sidebar first")
                                      : vt_tr("duplicates", "The chosen item has no duplicates that could "
                                                            "be selected"));
    } else {
        vt_tr_append_count(&text, "duplicates", "%n duplicate is selected; the best of each group is not",
                           "%n duplicates are selected; the best of each group is not", result->selected);
    }
    vt_window_say(window, text.data);
    vt_str_free(&text);
}

static void say_given(vt_window *window, const vt_twin_result *result)
{
    vt_str text = VT_STR_INIT;
    if (result->groups == 0) {
        vt_str_append_cstr(&text, vt_tr("duplicates", "The chosen items have no duplicates"));
    } else if (result->gifts == 0) {
        vt_str_append_cstr(&text, vt_tr("duplicates", "The kept ones have all ratings and tags already"));
    } else {
        return; /* the edits tell it */
    }
    vt_window_say(window, text.data);
    vt_str_free(&text);
}

static void on_done(void *user, const vt_twin_result *result)
{
    vt_window *window = user;
    vt_log_write(&window->context.log, VT_LOG_INFO, "duplicates: work=%d selected=%lld groups=%u gifts=%zu",
                 (int)result->work, (long long)result->selected, result->groups, result->gifts);
    if (result->error) {
        vt_window_say(window, result->error->message);
    } else if (result->work == VT_TWIN_GIVE) {
        say_given(window, result);
    } else {
        say_selected(window, result);
    }
}

static void do_work(vt_window *window, vt_twin_work work)
{
    vt_subject subject = vt_window_subject(window);
    if (subject.library) {
        vt_library_do_twins(subject.library, window->context.view_executor, work, on_done, window);
    }
}

void vt_command_select_duplicates(vt_window *window)
{
    do_work(window, VT_TWIN_SELECT_ALL);
}

void vt_command_keep_this(vt_window *window)
{
    do_work(window, VT_TWIN_SELECT_OTHERS);
}

void vt_command_give_kept(vt_window *window)
{
    do_work(window, VT_TWIN_GIVE);
}

/* ---- life ---- */

void vt_window_make_duplicates(vt_window *window)
{
    window->duplicates.poll = q_timer_new(&window->main);
    q_timer_set_interval(window->duplicates.poll, POLL_MS);
    q_timer_on_timeout(window->duplicates.poll, &window->main, on_poll, window);
    window->duplicates.calm = q_timer_new(&window->main);
    q_timer_set_single_shot(window->duplicates.calm, true);
    q_timer_set_interval(window->duplicates.calm, CALM_MS);
    q_timer_on_timeout(window->duplicates.calm, &window->main, on_calm, window);
    vt_sidebar_on_twins(window->sidebar, on_section, window);
}

void vt_window_stop_duplicates(vt_window *window)
{
    vt_duplicate_search_free(window->duplicates.search);
    window->duplicates.search = NULL;
    if (window->duplicates.poll) {
        q_timer_stop(window->duplicates.poll);
        q_timer_stop(window->duplicates.calm);
    }
}
