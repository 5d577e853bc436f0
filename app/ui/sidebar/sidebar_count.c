/* The rows of the sections with their counts: made on a worker, then shown, with what was open and chosen. */
#include "app/ui/sidebar/sidebar_private.h"

#include <qt6c/qmodelindex.h>

#include <stdlib.h>

enum { RECOUNT_MS = 1000 };

typedef struct count_work {
    const atomic_bool *cancelled;
    const vt_snapshot *snapshot;
    vt_saved_filters saved;
    vt_sidebar_content *content; /* the result, like the tally that it was made from */
    const vt_tally *tally;
    vt_sidebar_fold fold;
    uint32_t open[VT_SIDEBAR_SECTION_COUNT][VT_SIDEBAR_OPEN_MAX]; /* rows of `content` that were open */
    uint32_t open_count[VT_SIDEBAR_SECTION_COUNT];
} count_work;

static void *prepare_count(void *user)
{
    vt_sidebar *sidebar = user;
    count_work *work = calloc(1, sizeof *work);
    if (work) {
        work->cancelled = &sidebar->cancelled;
        work->fold = sidebar->fold;
        vt_saved_filters_copy(&sidebar->saved, &work->saved);
        sidebar->counted = vt_library_rows_version(sidebar->library);
        work->snapshot = vt_library_snapshot(sidebar->library);
    }
    return work;
}

static bool run_count(void *user, vt_error *error)
{
    count_work *work = user;
    const vt_tally *tally = vt_tally_create(work->snapshot, NULL, work->cancelled, error);
    if (!tally) {
        return false;
    }
    const vt_sidebar_source source = {tally, &work->saved, work->cancelled};
    vt_sidebar_content *content = calloc(1, sizeof *content);
    bool good = content != NULL;
    for (int i = 0; content && i < VT_SIDEBAR_SECTION_COUNT; i++) {
        content->sections[i] = (vt_sidebar_rows)VT_SIDEBAR_ROWS_INIT;
        vt_sidebar_section_get((vt_sidebar_section)i)->fill(&source, &content->sections[i]);
        good = vt_sidebar_rows_finish(&content->sections[i]) && good;
        work->open_count[i] = vt_sidebar_fold_find(&work->fold, i, &content->sections[i], work->open[i]);
    }
    for (int kind = 0; content && kind < VT_TWIN_KINDS; kind++) {
        vt_snapshot_twins(work->snapshot, (vt_twin_kind)kind, &content->twins[kind]);
    }
    if (!good || atomic_load(work->cancelled)) {
        vt_tally_release(tally);
        vt_sidebar_content_free(content);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the sidebar");
    }
    work->content = content;
    work->tally = tally;
    return true;
}

static void restore_open(vt_sidebar *sidebar, const count_work *work)
{
    for (int i = 0; i < VT_SIDEBAR_SECTION_COUNT; i++) {
        QModelIndex index = vt_sidebar_model_index(sidebar->model, (vt_sidebar_section)i, VT_SIDEBAR_NONE);
        if (q_modelindex_is_valid(&index)) {
            q_treeview_set_expanded(&sidebar->tree->view, &index, sidebar->open[i]);
        }
        for (uint32_t j = 0; j < work->open_count[i]; j++) {
            index = vt_sidebar_model_index(sidebar->model, (vt_sidebar_section)i, work->open[i][j]);
            q_treeview_set_expanded(&sidebar->tree->view, &index, true);
            vt_log_write(&sidebar->log, VT_LOG_DEBUG, "sidebar: still open: %s",
                         vt_sidebar_rows_filter(&work->content->sections[i], work->open[i][j]));
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

static void show_content(vt_sidebar *sidebar, count_work *work)
{
    vt_sidebar_choice chosen = {.count = 0};
    bool other = false;
    sidebar->quiet = true;
    vt_sidebar_read_choice(sidebar, &chosen);
    log_rows(sidebar, work->content);
    if (vt_sidebar_model_set(sidebar->model, work->content)) {
        restore_open(sidebar, work);
        other = vt_sidebar_choose_again(sidebar, &chosen);
    }
    vt_sidebar_clear_choice(&chosen);
    sidebar->quiet = false;
    work->content = NULL;
    vt_tally_release(sidebar->tally);
    sidebar->tally = work->tally;
    work->tally = NULL;
    if (other) {
        sidebar->adds = true;
        vt_sidebar_show_choice(sidebar);
    } else {
        vt_sidebar_show_chips(sidebar);
    }
    q_widget_update(q_abstractscrollarea_viewport(&sidebar->tree->view));
}

static void take_count(void *user, void *taken, const vt_error *error)
{
    (void)error; /* without memory the last counts stay */
    vt_sidebar *sidebar = user;
    count_work *work = taken;
    if (work->content) {
        show_content(sidebar, work);
    } else {
        sidebar->counted = 0;
    }
}

static void release_count(void *user)
{
    count_work *work = user;
    vt_snapshot_release(work->snapshot);
    vt_saved_filters_clear(&work->saved);
    vt_sidebar_content_free(work->content);
    vt_tally_release(work->tally);
    free(work);
}

const vt_reading_ops vt_sidebar_count_ops = {.name = "sidebar",
                                             .priority = VT_PRIORITY_NORMAL,
                                             .pause_ms = RECOUNT_MS,
                                             .prepare = prepare_count,
                                             .read = run_count,
                                             .take = take_count,
                                             .release = release_count};
