#include "app/ui/window/window.h"

#include "app/ui/library/stacks.h"
#include "app/ui/parts/dropped_paths.h"
#include "app/ui/parts/sizing.h"
#include "app/ui/parts/translate.h"
#include "app/ui/window/command_functions.h"
#include "app/ui/window/response.h"
#include "app/ui/window/watch.h"
#include "app/ui/window/window_private.h"
#include "core/base/clock.h"

#include <qt6c/qcloseevent.h>
#include <qt6c/qdragenterevent.h>
#include <qt6c/qmimedata.h>
#include <qt6c/qvboxlayout.h>

#include <stdlib.h>
#include <string.h>

enum { WIDTH_FIRST = 1280, HEIGHT_FIRST = 820, FOLDERS_WIDTH = 240, FOLDERS_WIDTH_LEAST = 120 };

/* ---- what the parts tell ---- */

static void view_changed(void *user)
{
    vt_window *window = user;
    vt_monitor_record(window->context.monitor, window->view_built, vt_library_build_time(window->library));
    int64_t waited = vt_library_take_sort_time(window->library);
    if (waited > 0) {
        vt_monitor_record(window->context.monitor, window->sorted, waited);
    }
    vt_viewer_view_changed(window->viewer);
    vt_window_show_sort(window);
    vt_window_show_group(window);
    vt_window_update_contents(window);
    vt_window_update_status(window);
    vt_commands_update(window);
    vt_window_rows_came(window);
    vt_window_resume(window);
    bool descending = false;
    vt_sort_key key = vt_library_sort_key(window->library, &descending);
    vt_log_write(&window->context.log, VT_LOG_INFO,
                 "view: items=%lld total=%lld sort=%s%s build_us=%lld group=%s groups=%u builds=%lld",
                 (long long)vt_library_count(window->library), (long long)vt_library_total(window->library),
                 vt_sort_key_name(key), descending ? " descending" : "",
                 (long long)vt_library_build_time(window->library) / 1000,
                 vt_group_by_name(vt_view_grouped_by(vt_library_view(window->library))),
                 vt_view_group_count(vt_library_view(window->library)),
                 (long long)vt_library_builds(window->library));
}

static void selection_changed(void *user)
{
    vt_window_update_status(user);
    vt_commands_update(user);
}

static void open_row(void *user, int64_t row)
{
    vt_window_open(user, row);
}

static void side_changed(void *user, int side)
{
    q_abstractslider_set_value(((vt_window *)user)->size, side);
}

static void empty_pressed(void *user)
{
    vt_window *window = user;
    if (vt_window_press_no_duplicates(window)) {
        return;
    }
    if (vt_library_is_narrowed(window->library)) {
        q_lineedit_clear(window->filter);
        vt_folder_view_choose_all(window->folders);
    } else {
        q_action_trigger(window->actions[VT_COMMAND_ADD_FOLDER]);
    }
}

static void say(void *user, const char *text)
{
    vt_window_say(user, text);
}

static void activity_changed(void *user)
{
    vt_window *window = user;
    vt_unfinished_bar_update(window->unfinished);
    if (window->changes) {
        vt_watch_refresh(window->changes); /* a folder may have been imported that was not known */
    }
    if (window->roots) {
        vt_root_dialog_refresh(window->roots);
    }
    if (window->panel && vt_activity_count(window->activity) == 0) {
        vt_activity_panel_update_failures(window->panel);
    }
    vt_window_update_contents(user);
    vt_window_update_status(user);
    vt_commands_update(user);
}

static void activity_failures(void *user)
{
    q_action_trigger(((vt_window *)user)->actions[VT_COMMAND_SHOW_FAILURES]);
}

static void activity_job_changed(void *user, int64_t id)
{
    (void)id;
    vt_performance_look(((vt_window *)user)->performance); /* while there is work: at most once a second */
}

static void activity_details(void *user)
{
    vt_window_show_activity(user);
}

static const vt_activity_ops activity_ops = {
    .show_failures = activity_failures, .changed = activity_changed, .show_details = activity_details};

/* A commit: there are new rows to show. Its numbers are for the activity line. */
static void on_database_completed(void *user, void **args)
{
    (void)args;
    vt_window_rows_changed(user);
}

static qt_subclass window_class = {
    .base = &qt_class_QMainWindow, .virtuals = &vt_window_virtuals, .instance_size = sizeof(vt_window)};

/* ---- making it ---- */

static void sidebar_chosen(void *user)
{
    vt_commands_update(user);
}

/* From the sidebar; at once, unlike what is typed. */
static void set_filter(void *user, const char *text)
{
    vt_window *window = user;
    vt_window_close_viewer(window);
    q_lineedit_set_text(window->filter, text);
    vt_library_set_filter(window->library, text);
}

static void make_library_page(vt_window *window)
{
    window->splitter = q_splitter_new(Qt_Horizontal, window->pages);
    window->sidebar = vt_sidebar_create(
        window->splitter, window->library, window->context.view_executor, window->context.use_settings,
        &(vt_sidebar_ops){set_filter, say, sidebar_chosen, window}, window->context.log);
    window->folders = vt_sidebar_folders(window->sidebar);
    QWidget *column = q_widget_new(window->splitter);
    QVBoxLayout *layout = q_vboxlayout_new_widget(column);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, 0);
    window->contents = q_stackedwidget_new(column);
    q_boxlayout_add_widget(layout, vt_sidebar_make_bar(window->sidebar, column));
    q_boxlayout_add_widget_full(layout, window->contents, 1, 0);
    window->grid = vt_grid_create(window->contents, window->library, window->pictures, open_row, window);
    if (window->context.synchronous) {
        vt_grid_make_cards_anew(window->grid);
    }
    vt_grid_on_side_changed(window->grid, side_changed);
    vt_grid_measure(window->grid, window->context.monitor);
    window->table =
        vt_table_create(window->contents, &(vt_table_context){.library = window->library,
                                                              .executor = window->context.view_executor,
                                                              .open = open_row,
                                                              .say = say,
                                                              .user = window,
                                                              .log = window->context.log});
    vt_table_measure(window->table, window->context.monitor);
    window->empty = vt_empty_page_create(window->contents, empty_pressed, window);
    q_stackedwidget_add_widget(window->contents, vt_grid_widget(window->grid));
    q_stackedwidget_add_widget(window->contents, vt_table_widget(window->table));
    q_stackedwidget_add_widget(window->contents, vt_empty_page_widget(window->empty));
    q_splitter_add_widget(window->splitter, vt_sidebar_widget(window->sidebar));
    q_splitter_add_widget(window->splitter, column);
    q_splitter_set_stretch_factor(window->splitter, 1, 1);
    q_splitter_set_children_collapsible(window->splitter, false);
    q_splitter_set_handle_width(window->splitter, 1);
    q_widget_set_minimum_width(vt_sidebar_widget(window->sidebar), FOLDERS_WIDTH_LEAST);
    const int sizes[] = {FOLDERS_WIDTH, WIDTH_FIRST - FOLDERS_WIDTH};
    QList list = qt_list_from(sizes, 2, sizeof *sizes);
    q_splitter_set_sizes(window->splitter, &list);
    qt_list_release(&list, sizeof *sizes);
}

static void make_centre(vt_window *window)
{
    QWidget *centre = q_widget_new(&window->main);
    QVBoxLayout *layout = q_vboxlayout_new_widget(centre);
    q_layout_set_contents_margins(layout, 0, 0, 0, 0);
    q_boxlayout_set_spacing(layout, 0);
    window->pages = q_stackedwidget_new(centre);
    make_library_page(window);
    window->viewer =
        vt_viewer_create(window->pages, window->library, &vt_window_viewer_ops, window, window->context.log);
    q_widget_set_accessible_name(vt_viewer_widget(window->viewer), vt_tr("window", "Viewer"));
    q_stackedwidget_add_widget(window->pages, window->splitter);
    q_stackedwidget_add_widget(window->pages, vt_viewer_widget(window->viewer));
    q_boxlayout_add_widget_full(layout, window->pages, 1, 0);
    q_mainwindow_set_central_widget(&window->main, centre);
}

/* What goes on, as lines at the foot; the lowest is the one that stays longest. */
static void make_work(vt_window *window)
{
    window->response = vt_response_create((QWidget *)&window->main, window->context.monitor);
    window->activity =
        vt_activity_create(&window->main, window->library, window->meter, window->context.monitor,
                           &activity_ops, window, window->context.log);
    window->work = (vt_activity_listener){.job_changed = activity_job_changed, .user = window};
    vt_activity_listen(window->activity, &window->work);
    window->unfinished = vt_unfinished_bar_create(&window->main, window->activity, window->context.engine,
                                                  say, window, window->context.log);
    vt_window_make_files(window);
    vt_foot_add(window->foot, vt_activity_widget(window->activity));
    vt_foot_add(window->foot, vt_files_bar(window->files));
    vt_foot_add(window->foot, vt_unfinished_bar_widget(window->unfinished));
    vt_task_signals_connect(vt_activity_signals(window->activity), &vt_signal_database_completed,
                            &window->main, on_database_completed, window);
}

static bool make_models(vt_window *window, vt_error *error)
{
    double ratio = q_paintdevice_device_pixel_ratio_f(q_widget_as_paintdevice(&window->main));
    window->library = vt_library_create(window->context.engine, window->context.view_executor, error);
    window->pictures = window->library ? vt_pictures_create(window->context.engine, ratio, error) : NULL;
    window->meter = window->pictures ? vt_meter_create(&window->main, window->context.log, error) : NULL;
    return window->meter != NULL;
}

static void free_models(vt_window *window)
{
    vt_performance_free(window->performance);
    vt_meter_free(window->meter);
    vt_pictures_free(window->pictures);
    vt_library_free(window->library);
}

vt_window *vt_window_create(const vt_window_context *context, vt_error *error)
{
    vt_window *window = qt_subclass_allocate(&window_class);
    q_mainwindow_init(&window->main, NULL);
    qt_subclass_install(&window_class, window);
    window->context = *context;
    window->view_built =
        vt_monitor_operation(context->monitor, VT_TR_NOOP("performance", "view built (worker)"),
                             vt_budget_get(VT_BUDGET_FILTER), NULL);
    window->sorted = vt_monitor_operation(context->monitor, VT_TR_NOOP("performance", "other order shown"),
                                          vt_budget_get(VT_BUDGET_SORT), NULL);
    if (!make_models(window, error) || !vt_window_make_performance(window, error)) {
        free_models(window);
        q_widget_delete(&window->main);
        return NULL;
    }
    q_widget_set_window_title(&window->main, "Vitrine");
    q_widget_set_accept_drops(&window->main, true);
    vt_resize_within_screen(vt_window_widget(window), WIDTH_FIRST, HEIGHT_FIRST);
    vt_window_make_status(window); /* first: parts may have something to say while they are made */
    make_centre(window);
    make_work(window);
    vt_window_make_filter_notice(window);
    if (!vt_window_make_info(window, error)) {
        vt_window_free(window);
        return NULL;
    }
    vt_window_make_duplicates(window);
    vt_window_make_workspaces(window);
    vt_commands_make(window);
    vt_window_make_open_with(window);
    vt_window_make_bar(window);
    vt_library_listen(window->library, &(vt_library_listener){.view_changed = view_changed,
                                                              .selection_changed = selection_changed,
                                                              .filter_failed = vt_window_filter_failed,
                                                              .filter_worked = vt_window_filter_worked,
                                                              .user = window});
    vt_commands_add_menus(window);
    vt_window_restore_session(window);
    vt_window_take_settings(window, &context->settings);
    vt_window_show_sort(window);
    vt_window_show_group(window);
    vt_window_update_contents(window);
    vt_window_update_status(window);
    vt_commands_update(window);
    /* Not a page that is hidden: it would take the keyboard from the filter box when it is shown. */
    q_widget_set_focus(q_stackedwidget_current_widget(window->contents));
    vt_window_watch(window);
    return window;
}

static void log_pictures(vt_window *window)
{
    vt_tiers_stats stats;
    vt_pictures_get_stats(window->pictures, &stats);
    vt_log_write(&window->context.log, VT_LOG_INFO,
                 "pictures: active_hits=%llu recent_hits=%llu rough_hits=%llu misses=%llu hit_ratio=%.3f "
                 "ahead=%lld active_bytes=%zu recent_bytes=%zu rough_bytes=%zu",
                 (unsigned long long)stats.tiers[VT_TIER_ACTIVE].hits,
                 (unsigned long long)stats.tiers[VT_TIER_RECENT].hits,
                 (unsigned long long)stats.tiers[VT_TIER_STATE].hits, (unsigned long long)stats.misses,
                 vt_tiers_hit_ratio(&stats), (long long)vt_pictures_loaded_ahead(window->pictures),
                 stats.tiers[VT_TIER_ACTIVE].bytes, stats.tiers[VT_TIER_RECENT].bytes,
                 stats.tiers[VT_TIER_STATE].bytes);
}

void vt_window_free(vt_window *window)
{
    if (!window) {
        return;
    }
    vt_window_stop_following(window);
    vt_window_stop_looking(window);
    vt_window_stop_duplicates(window);
    vt_window_stop_workspaces(window);
    vt_filter_box_stop(window->filter_box);
    if (window->palette) {
        vt_palette_stop(window->palette);
    }
    vt_sidebar_stop(window->sidebar);
    vt_open_with_stop(window->open_with);
    vt_files_stop(window->files);
    vt_table_stop(window->table);
    if (window->info) {
        vt_info_panel_stop(window->info);
    }
    if (window->panel) {
        vt_activity_panel_stop(window->panel);
    }
    if (window->settings) {
        vt_settings_dialog_stop(window->settings);
    }
    if (window->roots) {
        vt_root_dialog_stop(window->roots);
    }
    if (window->intake) {
        vt_intake_dialog_stop(window->intake);
    }
    if (window->relink) {
        vt_relink_dialog_stop(window->relink);
    }
    log_pictures(window);
    vt_library *library = window->library, *viewing = window->viewing.library;
    vt_pictures *pictures = window->pictures;
    vt_meter *meter = window->meter;
    vt_performance *performance = window->performance;
    vt_edit_target *album_items = window->album_items;
    vt_pictures_listen(pictures, NULL, NULL);
    window->meter = NULL;
    /* The widgets first: they use what is freed after them. */
    q_timer_stop(window->filter_pause);
    q_timer_stop(window->edit_rest);
    vt_viewer_hide(window->viewer);
    q_widget_hide(&window->main);
    window->performance = NULL;
    vt_meter_free(meter);
    bool leaves = performance && window->context.use_settings;
    q_widget_delete(&window->main);
    if (leaves) {
        vt_performance_leave(performance);
    }
    vt_performance_free(performance);
    vt_pictures_free(pictures);
    vt_edit_target_release(album_items);
    vt_library_free(viewing);
    vt_library_free(library);
}

void vt_window_take_settings(vt_window *window, const vt_settings *settings)
{
    window->context.settings = *settings;
    vt_grid_load_ahead(window->grid, settings->values[VT_SETTING_LOAD_AHEAD] != 0);
    vt_library_act_on_whole_stacks(window->library, settings->values[VT_SETTING_STACKS] == 0);
    vt_viewer_take_settings(window->viewer, settings);
    vt_performance_take_settings(window->performance, settings);
}

/* ---- for the application ---- */

void vt_window_when_painted(vt_window *window, void (*painted)(void *user), void *user)
{
    window->painted = painted;
    window->painted_user = user;
}

QWidget *vt_window_widget(vt_window *window)
{
    return (QWidget *)&window->main;
}

void vt_window_delivered(vt_window *window, int64_t ns)
{
    vt_activity_delivered(window->activity, ns);
}

void vt_window_index_loaded(vt_window *window, const vt_error *error)
{
    window->index_loaded = true;
    window->failed_to_load = error != NULL;
    if (error) {
        window->load_error = *error;
        vt_window_update_contents(window);
    } else {
        vt_window_rows_changed(window);
        vt_window_follow_changes(window);
    }
}

void vt_window_rows_changed(vt_window *window)
{
    vt_library_rows_arrived(window->library);
    vt_window_viewing_rows_changed(window);
    if (window->workspace.view) {
        vt_workspace_view_rows_changed(window->workspace.view);
    }
}

void vt_window_trouble(vt_window *window, const vt_error *error)
{
    vt_window_say(window, error->message);
}

void vt_window_import(vt_window *window, const char *const *paths, size_t count)
{
    vt_error error = VT_ERROR_INIT;
    const vt_import_options options = {.sequences = vt_engine_sequences(window->context.engine)};
    if (!vt_activity_import(window->activity, paths, count, &options, &error)) {
        vt_window_say(window, error.message);
    }
}

void vt_window_tell(vt_window *window, const char *text)
{
    vt_window_say(window, text);
}

void vt_window_set_view(vt_window *window, vt_window_view view)
{
    window->view = view;
    vt_library_fold_stacks(window->library, view == VT_WINDOW_BROWSE);
    vt_window_close_viewer(window);
    vt_window_show_workspace(window, false);
    vt_window_update_contents(window);
    q_widget_set_enabled(window->size, view == VT_WINDOW_BROWSE);
    q_widget_set_focus(q_stackedwidget_current_widget(window->contents));
    vt_commands_update(window);
}

bool vt_window_open_first(vt_window *window)
{
    if (vt_library_count(window->library) == 0) {
        return false;
    }
    int64_t current = vt_library_selection(window->library)->current;
    vt_window_open(window, current >= 0 ? current : 0);
    return true;
}

bool vt_window_is_settled(vt_window *window)
{
    vt_engine_figures figures;
    vt_engine_get_figures(window->context.engine, &figures);
    if (window->failed_to_load) {
        return true;
    }
    bool viewer_waits = window->viewer_open && !vt_viewer_is_complete(window->viewer);
    return window->index_loaded && vt_activity_count(window->activity) == 0 && figures.requests == 0 &&
           !viewer_waits && !vt_library_is_loading(window->library) &&
           !vt_library_is_building(window->library) && !vt_folder_view_is_busy(window->folders) &&
           !vt_sidebar_is_busy(window->sidebar);
}

bool vt_window_has_failed(const vt_window *window)
{
    return window->failed_to_load;
}

vt_grid_figures vt_window_grid_figures(vt_window *window)
{
    return vt_grid_get_figures(window->grid);
}
