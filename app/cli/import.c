#include "app/cli/import_session.h"
#include "app/cli/open_catalog.h"
#include "app/cli/open_engine.h"
#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "app/cli/unfinished_output.h"
#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/import/unfinished.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PROGRESS_NS (100 * VT_NS_PER_MS)
#define TURN_NS     (4 * VT_NS_PER_MS)
/* Tasks that may wait: the engine hands out few at a time. */

static void on_failure(void *user, vt_import *import, const vt_failure *failure)
{
    (void)import;
    vt_import_session *run = user;
    vt_cli_keep_failure(run, failure);
    if (!run->arguments->quiet) {
        vt_str line = VT_STR_INIT;
        vt_str_append_display(&line, failure->path, failure->path_length);
        vt_cli_end_line(run);
        fprintf(stderr, "failed: %s: %s\n", line.data, failure->message);
        vt_str_free(&line);
    }
}

static void on_progress(void *user, vt_import *import, const vt_import_figures *figures)
{
    (void)import;
    vt_import_session *run = user;
    if (run->arguments->quiet || !isatty(STDERR_FILENO)) {
        return;
    }
    int64_t done =
        figures->imported + figures->updated + figures->moved + figures->unchanged + figures->failed;
    fprintf(stderr, "\r%" PRId64 " of %" PRId64 "%s, %.0f/s", done, figures->found,
            figures->scanned ? "" : "+", figures->items_per_second);
    if (figures->remaining_seconds >= 0) {
        fprintf(stderr, ", %.0f s left", figures->remaining_seconds);
    }
    fputs("\033[K", stderr);
    run->line_open = true;
}

/* Also with --quiet: who waits should know what for. */
static void on_paused(void *user, vt_import *import, const vt_error *reason)
{
    (void)import;
    vt_import_session *run = user;
    vt_cli_end_line(run);
    if (reason) {
        run->pauses++;
        run->pause_begun_ns = vt_clock_now();
        fprintf(stderr, "paused: %s: the import then goes on\n", reason->message);
    } else {
        run->paused_ns += vt_clock_now() - run->pause_begun_ns;
        fputs("there is room again: the import goes on\n", stderr);
    }
}

static void add_figures(vt_import_figures *to, const vt_import_figures *from)
{
    to->found += from->found;
    to->frames += from->frames;
    to->imported += from->imported;
    to->updated += from->updated;
    to->unchanged += from->unchanged;
    to->failed += from->failed;
    to->skipped += from->skipped;
    to->left_out += from->left_out;
    to->links += from->links;
    to->sidecars += from->sidecars;
    to->sidecars_failed += from->sidecars_failed;
    to->sidecar_conflicts += from->sidecar_conflicts;
    to->moved += from->moved;
    to->ambiguous += from->ambiguous;
    to->missing += from->missing;
    to->offline += from->offline;
    to->absent += from->absent;
    to->folders += from->folders;
    to->decoded += from->decoded;
    to->waiting += from->waiting;
    to->deferred += from->deferred;
    to->seconds += from->seconds;
    int64_t done = to->imported + to->updated + to->moved + to->unchanged + to->failed;
    to->items_per_second = to->seconds > 0 ? (double)done / to->seconds : 0;
}

static void keep_error(vt_import_session *run, const vt_error *error)
{
    if (run->error.code == VT_ERROR_NONE) {
        run->error = *error;
    }
}

static void on_finished(void *user, vt_import *import, const vt_import_figures *figures,
                        const vt_error *error)
{
    (void)import;
    vt_import_session *run = user;
    run->finished = true;
    add_figures(&run->figures, figures);
    if (error) {
        keep_error(run, error);
    }
}

static bool turn(void *user)
{
    vt_import_session *run = user;
    if (vt_main_loop_interrupted(run->loop) && !run->interrupted) {
        run->interrupted = true;
        if (run->import) {
            vt_import_interrupt(run->import);
        }
    }
    if (vt_engine_deliver(run->engine, TURN_NS)) {
        vt_main_loop_wake(run->loop);
    }
    return !run->finished;
}

/* A window has time for a snapshot afterwards; a command has only now. */
static bool turn_of_care(void *user)
{
    vt_import_session *run = user;
    turn(run);
    return vt_engine_is_caring(run->engine) && !run->interrupted;
}

static void add_path(vt_import_session *run, const char *path)
{
    char **grown = realloc(run->paths, (run->path_count + 1) * sizeof *grown);
    char *copy = strdup(path);
    if (grown) {
        run->paths = grown;
    }
    if (grown && copy) {
        run->paths[run->path_count++] = copy;
    } else {
        free(copy); /* failures of before are then not told of it */
    }
}

/* Runs the import that was started, or keeps why it was not. */
static bool run_import(vt_import_session *run, vt_import *import, const vt_error *error)
{
    if (!import) {
        keep_error(run, error);
        return false;
    }
    run->import = import;
    run->finished = false;
    vt_main_loop_run(run->loop, PROGRESS_NS, turn, run);
    run->import = NULL;
    vt_import_free(import);
    return true;
}

static vt_import_listener listener_of(vt_import_session *run)
{
    return (vt_import_listener){.item_failed = on_failure,
                                .progress = on_progress,
                                .paused = on_paused,
                                .finished = on_finished,
                                .user = run};
}

static bool import_words(vt_import_session *run, const vt_import_options *options)
{
    const vt_arguments *arguments = run->arguments;
    const vt_import_listener listener = listener_of(run);
    vt_error error = VT_ERROR_INIT;
    for (size_t i = 0; i < arguments->word_count; i++) {
        add_path(run, arguments->words[i]);
    }
    vt_import *import =
        vt_engine_import(run->engine, arguments->words, arguments->word_count, options, &listener, &error);
    return run_import(run, import, &error);
}

/* One after the other; one that cannot be gone on with now stays listed, and the next has its turn. */
static void resume_all(vt_import_session *run, bool no_wait)
{
    const vt_unfinished_list *list = vt_engine_unfinished(run->engine);
    const vt_import_listener listener = listener_of(run);
    size_t at = 0;
    while (at < list->count && !run->interrupted) {
        const size_t before = list->count;
        vt_unfinished *entry = &list->imports[at];
        vt_str name = VT_STR_INIT;
        vt_error error = VT_ERROR_INIT;
        vt_cli_unfinished_name(entry, &name);
        vt_cli_remark(run->arguments, "going on with the import of %s", name.data);
        vt_str_free(&name);
        for (size_t i = 0; i < entry->count; i++) {
            add_path(run, entry->paths[i]);
        }
        entry->options.no_wait = no_wait;
        vt_import *import = vt_engine_resume(run->engine, entry->id, &listener, &error);
        run->resumed += import != NULL;
        at += list->count == before;
        run_import(run, import, &error);
    }
    if (run->resumed == 0 && run->error.code == VT_ERROR_NONE) {
        vt_cli_remark(run->arguments, "no import was cut off: there is nothing to go on with");
    }
}

static void discard_all(vt_import_session *run)
{
    const vt_unfinished_list *list = vt_engine_unfinished(run->engine);
    while (list->count > 0) {
        const size_t before = list->count;
        vt_engine_discard(run->engine, list->imports[0].id);
        if (list->count == before) {
            vt_error_set(&run->error, VT_ERROR_MEMORY, "out of memory");
            return;
        }
    }
}

/* With the engine open: imports and reports. */
static int import_all(vt_import_session *run)
{
    const vt_arguments *arguments = run->arguments;
    vt_import_options options;
    vt_error error = VT_ERROR_INIT;
    if (!vt_cli_import_options(arguments, vt_engine_sequences(run->engine), &options, &error)) {
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    if (vt_arguments_value(arguments, "dry-run")) {
        return vt_cli_dry_run(run, &options);
    }
    run->begun_wall_ns = vt_clock_wall();
    if (vt_arguments_value(arguments, "discard")) {
        discard_all(run);
    } else if (vt_arguments_value(arguments, "resume")) {
        resume_all(run, options.no_wait);
    } else if (!import_words(run, &options)) {
        return vt_cli_fail(&run->error); /* there is nothing to report */
    }
    vt_main_loop_run(run->loop, PROGRESS_NS, turn_of_care, run);
    return vt_cli_report_import(run);
}

/* PATHs, or one of the options that take none. */
static bool check_words(const vt_arguments *arguments, vt_error *error)
{
    bool resume = vt_arguments_value(arguments, "resume") != NULL;
    bool discard = vt_arguments_value(arguments, "discard") != NULL;
    bool dry_run = vt_arguments_value(arguments, "dry-run") != NULL;
    if (dry_run && (resume || discard)) {
        return vt_error_set(error, VT_ERROR_USAGE, "--dry-run takes PATHs, not --resume or --discard");
    }
    if (resume && discard) {
        return vt_error_set(error, VT_ERROR_USAGE, "--resume and --discard exclude each other");
    }
    if ((resume || discard) && arguments->word_count > 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "--%s takes no PATH, there is one word too many: '%s'",
                            resume ? "resume" : "discard", arguments->words[0]);
    }
    return resume || discard || arguments->word_count > 0 ||
           vt_error_set(error, VT_ERROR_USAGE, "PATH... is missing");
}

static void free_session(vt_import_session *run)
{
    for (size_t i = 0; i < run->failure_count; i++) {
        free(run->failures[i].path);
        free(run->failures[i].reason);
    }
    for (size_t i = 0; i < run->path_count; i++) {
        free(run->paths[i]);
    }
    free(run->paths);
    free(run);
}

int vt_cli_import(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    int status = VT_EXIT_FAILED;
    if (!check_words(arguments, &error)) {
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    vt_import_session *run = calloc(1, sizeof *run);
    if (!run) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory");
        return vt_cli_fail(&error);
    }
    run->arguments = arguments;
    const vt_cli_engine_wishes wishes = {
        .snapshots = true, .read_only_if_busy = vt_arguments_value(arguments, "dry-run") != NULL};
    run->engine = vt_cli_open_engine(arguments, &wishes, &run->loop, &error);
    if (run->engine) {
        status = import_all(run);
    } else {
        vt_cli_fail(&error);
        vt_cli_offer_snapshot(arguments, &error);
    }
    vt_cli_close_engine(run->engine, run->loop, status);
    free_session(run);
    return status;
}
