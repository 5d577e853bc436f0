/* The command `sidecars`: XMP side-cars of items are written, read, or told of, and conflicts with them
 * settled. */
#include "core/import/sidecars.h"
#include "app/cli/export_choice.h"
#include "app/cli/open_catalog.h"
#include "app/cli/open_engine.h"
#include "app/cli/output.h"
#include "app/cli/sidecars_output.h"
#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/queue/interrupt.h"

#include <stdlib.h>
#include <string.h>

#define TURN_NS (100 * VT_NS_PER_MS)

typedef enum act { STATUS, WRITE, READ, TAKE_OURS, TAKE_THEIRS } act;

typedef struct session {
    const vt_arguments *arguments;
    act act;
    vt_main_loop *loop;
    vt_engine *engine;   /* NULL: the catalog is only read */
    vt_catalog *catalog; /* owned; of STATUS */
    vt_catalog_reader *reader;
    int64_t *ids; /* owned; ascending */
    vt_cli_sidecar_counts found;
    bool stopped;
} session;

static bool understand(const vt_arguments *arguments, act *what, vt_error *error)
{
    const char *take = vt_arguments_value(arguments, "take");
    bool write = vt_arguments_value(arguments, "write") != NULL;
    bool read = vt_arguments_value(arguments, "read") != NULL;
    bool status = vt_arguments_value(arguments, "status") != NULL;
    if (write + read + status + (take != NULL) > 1) {
        return vt_error_set(error, VT_ERROR_USAGE, "only one of --status, --write, --read and --take");
    }
    if (take && strcmp(take, "ours") != 0 && strcmp(take, "theirs") != 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "--take takes ours or theirs, not '%s'", take);
    }
    *what = write ? WRITE : read ? READ : take ? strcmp(take, "ours") == 0 ? TAKE_OURS : TAKE_THEIRS : STATUS;
    return true;
}

/* ---- which items ---- */

static bool choose(session *run, const vt_catalog *catalog, vt_error *error)
{
    static const char *const all[] = {""};
    vt_cli_choice choice;
    size_t words = run->arguments->word_count;
    bool done =
        vt_cli_choose(catalog, words ? run->arguments->words : all, words ? words : 1, &choice, error);
    const vt_file_items items = vt_cli_choice_items(&choice);
    run->ids = done ? malloc((items.count + 1) * sizeof *run->ids) : NULL;
    for (size_t i = 0; run->ids && i < items.count; i++) {
        run->ids[i] = items.at(items.user, i);
    }
    vt_ids_sort(run->ids, run->ids ? items.count : 0);
    run->found.ids = run->ids;
    run->found.count = run->ids ? items.count : 0;
    vt_cli_choice_clear(&choice);
    return done && (run->ids || vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars"));
}

/* ---- at work ---- */

static bool ask(session *run, vt_error *error)
{
    vt_sidecar_wish wish = run->act == WRITE ? VT_SIDECAR_WRITE : VT_SIDECAR_READ;
    vt_edit_target *target = vt_edit_target_of_items(run->ids, run->found.count);
    return vt_engine_ask_sidecars(run->engine, target, wish, error);
}

static bool decide(session *run, vt_error *error)
{
    size_t count = run->found.in_conflict_count;
    vt_sidecar_choice *choices = calloc(count + 1, sizeof *choices);
    if (!choices) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars");
    }
    for (size_t i = 0; i < count; i++) {
        choices[i].item_id = run->found.in_conflict[i];
    }
    bool done = vt_engine_decide_sidecars(run->engine, choices, count, run->act == TAKE_OURS, error);
    free(choices);
    return done;
}

static bool turn(void *user)
{
    session *run = user;
    vt_sidecars_figures figures;
    if (vt_main_loop_interrupted(run->loop)) {
        run->stopped = true;
        return false;
    }
    if (vt_engine_deliver(run->engine, 0)) {
        vt_main_loop_wake(run->loop);
    }
    vt_engine_get_sidecars(run->engine, &figures);
    return !figures.idle;
}

static bool open_engine(session *run, vt_error *error)
{
    run->engine = vt_cli_open_engine(run->arguments, &(vt_cli_engine_wishes){0}, &run->loop, error);
    return run->engine && (!vt_engine_is_read_only(run->engine) ||
                           vt_error_set(error, VT_ERROR_READ_ONLY,
                                        "the catalog is open for reading only; close the window first"));
}

/* What has been asked for and is not done when Ctrl+C comes is in the catalog, and is done by the next who
   opens it. */
static bool work(session *run, vt_error *error)
{
    vt_sidecars_figures figures;
    bool takes = run->act == TAKE_OURS || run->act == TAKE_THEIRS;
    if (takes && !vt_cli_sidecars_look(run->reader, &run->found, error)) {
        return false;
    }
    if (run->found.count > 0 && !(takes ? decide : ask)(run, error)) {
        return false;
    }
    if (run->found.count > 0) {
        vt_main_loop_run(run->loop, TURN_NS, turn, run);
    }
    vt_engine_get_sidecars(run->engine, &figures);
    run->found.acted = true;
    run->found.written = figures.written;
    run->found.read = figures.read;
    return true;
}

static bool run_all(session *run, vt_error *error)
{
    const vt_catalog *catalog = NULL;
    if (run->act == STATUS) {
        catalog = run->catalog = vt_cli_open_catalog(run->arguments, VT_CATALOG_READ_ONLY, error);
    } else if (open_engine(run, error)) {
        catalog = vt_engine_catalog(run->engine);
    }
    run->reader = catalog ? vt_catalog_reader_open(catalog, error) : NULL;
    return run->reader && choose(run, catalog, error) && (run->act == STATUS || work(run, error)) &&
           vt_cli_sidecars_look(run->reader, &run->found, error) &&
           vt_cli_sidecars_tell(run->arguments, run->reader, &run->found, error);
}

int vt_cli_sidecars(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    session run = {.arguments = arguments};
    if (!understand(arguments, &run.act, &error)) {
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    int status = VT_EXIT_DONE;
    if (!run_all(&run, &error)) {
        status = error.code == VT_ERROR_USAGE ? vt_cli_wrong_usage(arguments->command, &error)
                                              : vt_cli_fail(&error);
    } else if (run.stopped) {
        status = VT_EXIT_SIGNAL + vt_interrupt_signal();
    } else if (run.found.conflicts + run.found.failures > 0) {
        status = VT_EXIT_SOME_FAILED;
    }
    vt_cli_sidecars_clear(&run.found);
    vt_catalog_reader_free(run.reader);
    vt_cli_close_engine(run.engine, run.loop, status);
    vt_catalog_close(run.catalog);
    free(run.ids);
    return status;
}
