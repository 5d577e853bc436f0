/* The rows of the sections with their counts: made on a worker, then shown, with what was open and chosen. */
#include "app/ui/sidebar/sidebar_private.h"

#include <qt6c/qmodelindex.h>

#include <stdlib.h>

typedef struct count_job {
    vt_sidebar *sidebar; /* touched on the UI thread only, but for `cancelled` */
    const atomic_bool *cancelled;
    const vt_snapshot *snapshot;
    vt_saved_filters saved;
    vt_sidebar_content *content; /* the result, like the tally that it was made from */
    const vt_tally *tally;
    vt_sidebar_fold fold;
    uint32_t open[VT_SIDEBAR_SECTION_COUNT][VT_SIDEBAR_OPEN_MAX]; /* rows of `content` that were open */
    uint32_t open_count[VT_SIDEBAR_SECTION_COUNT];
} count_job;

static bool run_count(vt_task *task, void *user, vt_error *error)
{
    (void)task;
    count_job *job = user;
    const vt_tally *tally = vt_tally_create(job->snapshot, NULL, job->cancelled, error);
    if (!tally) {
        return false;
    }
    const vt_sidebar_source source = {tally, &job->saved, job->cancelled};
    vt_sidebar_content *content = calloc(1, sizeof *content);
    bool good = content != NULL;
    for (int i = 0; content && i < VT_SIDEBAR_SECTION_COUNT; i++) {
        content->sections[i] = (vt_sidebar_rows)VT_SIDEBAR_ROWS_INIT;
        vt_sidebar_section_get((vt_sidebar_section)i)->fill(&source, &content->sections[i]);
        good = vt_sidebar_rows_finish(&content->sections[i]) && good;
        job->open_count[i] = vt_sidebar_fold_find(&job->fold, i, &content->sections[i], job->open[i]);
    }
    for (int kind = 0; content && kind < VT_TWIN_KINDS; kind++) {
        vt_snapshot_twins(job->snapshot, (vt_twin_kind)kind, &content->twins[kind]);
    }
    if (!good || atomic_load(job->cancelled)) {
        vt_tally_release(tally);
        vt_sidebar_content_free(content);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the sidebar");
    }
    job->content = content;
    job->tally = tally;
    return true;
}

static void restore_open(vt_sidebar *sidebar, const count_job *job)
{
    for (int i = 0; i < VT_SIDEBAR_SECTION_COUNT; i++) {
        QModelIndex index = vt_sidebar_model_index(sidebar->model, (vt_sidebar_section)i, VT_SIDEBAR_NONE);
        if (q_modelindex_is_valid(&index)) {
            q_treeview_set_expanded(&sidebar->tree->view, &index, sidebar->open[i]);
        }
        for (uint32_t j = 0; j < job->open_count[i]; j++) {
            index = vt_sidebar_model_index(sidebar->model, (vt_sidebar_section)i, job->open[i][j]);
            q_treeview_set_expanded(&sidebar->tree->view, &index, true);
            vt_log_write(&sidebar->log, VT_LOG_DEBUG, "sidebar: still open: %s",
                         vt_sidebar_rows_filter(&job->content->sections[i], job->open[i][j]));
        }
    }
}

static void log_rows(const vt_sidebar *sidebar, const vt_sidebar_content *content)
{
    for (int i = 0; i < VT_SIDEBAR_SECTION_COUNT; i++) {
        const vt_sidebar_rows *rows = &content->sections[i];
        for (uint32_t row = 0; row < rows->count && row < VT_SIDEBAR_CHOSEN_MAX; row++) {
            vt_log_write(&sidebar->log, VT_LOG_DEBUG, "sidebar: %s: %s=%lld",
                         vt_sidebar_section_get((vt_sidebar_section)i)->name,
                         vt_sidebar_rows_filter(rows, row), (long long)rows->rows[row].count);
        }
    }
}

static void take_content(void *user)
{
    count_job *job = user;
    vt_sidebar *sidebar = job->sidebar;
    vt_task *task = sidebar->counting; /* keeps the job */
    sidebar->counting = NULL;
    if (job->content) {
        vt_sidebar_choice chosen = {.count = 0};
        bool other = false;
        sidebar->quiet = true;
        vt_sidebar_read_choice(sidebar, &chosen);
        log_rows(sidebar, job->content);
        if (vt_sidebar_model_set(sidebar->model, job->content)) {
            restore_open(sidebar, job);
            other = vt_sidebar_choose_again(sidebar, &chosen);
        }
        vt_sidebar_clear_choice(&chosen);
        sidebar->quiet = false;
        job->content = NULL;
        vt_tally_release(sidebar->tally);
        sidebar->tally = job->tally;
        job->tally = NULL;
        if (other) {
            sidebar->adds = true;
            vt_sidebar_show_choice(sidebar);
        } else {
            vt_sidebar_show_chips(sidebar);
        }
        q_widget_update(q_abstractscrollarea_viewport(&sidebar->tree->view));
    }
    vt_task_unref(task);
    if (sidebar->stale && !sidebar->stopped) {
        q_timer_start(sidebar->later);
    }
}

static void count_finished(vt_task *task, void *user, vt_task_state state, const vt_error *error)
{
    (void)task;
    (void)state;
    (void)error;
    count_job *job = user;
    qt_post((QObject *)&job->sidebar->splitter, take_content, job, NULL);
}

static void release_count(void *user)
{
    count_job *job = user;
    vt_snapshot_release(job->snapshot);
    vt_saved_filters_clear(&job->saved);
    vt_sidebar_content_free(job->content);
    vt_tally_release(job->tally);
    free(job);
}

static const vt_task_ops count_ops = {
    .name = "sidebar", .run = run_count, .finished = count_finished, .release = release_count};

void vt_sidebar_count(void *user)
{
    vt_sidebar *sidebar = user;
    if (sidebar->counting || sidebar->stopped) {
        sidebar->stale = true;
        return;
    }
    count_job *job = calloc(1, sizeof *job);
    if (!job) {
        return;
    }
    sidebar->stale = false;
    job->fold = sidebar->fold;
    job->sidebar = sidebar;
    job->cancelled = &sidebar->cancelled;
    vt_saved_filters_copy(&sidebar->saved, &job->saved);
    job->snapshot = vt_library_snapshot(sidebar->library);
    vt_task *task = vt_task_create(&count_ops, job, NULL);
    if (!task) {
        release_count(job);
        return;
    }
    sidebar->counting = task;
    if (!vt_executor_submit(sidebar->executor, task, VT_PRIORITY_NORMAL, NULL)) {
        sidebar->counting = NULL;
        vt_task_unref(task);
    }
}

void vt_sidebar_view_changed(void *user)
{
    vt_sidebar *sidebar = user;
    if (sidebar->counting) {
        sidebar->stale = true;
    } else if (!vt_sidebar_model_content(sidebar->model)) {
        vt_sidebar_count(sidebar);
    } else if (!q_timer_is_active(sidebar->later)) {
        q_timer_start(sidebar->later);
    }
}
