#include "core/import/watch.h"
#include "app/cli/open_engine.h"
#include "app/cli/output.h"
#include "core/base/clock.h"

#include <inttypes.h>
#include <stdlib.h>

#define TURN_NS     (4 * VT_NS_PER_MS)
#define INTERVAL_NS VT_NS_PER_S

typedef struct session {
    const vt_arguments *arguments;
    vt_main_loop *loop;
    vt_engine *engine;
    vt_watch *watch;
    bool told_ready;
    vt_error error; /* of the output */
} session;

/* What an import of changes did, a line each. */
static void on_changed(void *user, const vt_import_figures *figures)
{
    session *run = user;
    const struct {
        const char *key;
        int64_t value;
    } counts[] = {
        {"imported", figures->imported}, {"updated", figures->updated}, {"moved", figures->moved},
        {"missing", figures->missing},   {"offline", figures->offline}, {"failed", figures->failed},
    };
    vt_json_writer json;
    if (run->arguments->json) {
        vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_COMPACT);
        vt_json_object_begin(&json);
    }
    const char *separator = "";
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (run->arguments->json) {
            vt_json_key(&json, counts[i].key);
            vt_json_int(&json, counts[i].value);
        } else if (counts[i].value > 0) {
            printf("%s%" PRId64 " %s", separator, counts[i].value, counts[i].key);
            separator = ", ";
        }
    }
    if (run->arguments->json) {
        vt_json_object_end(&json);
        vt_json_end(&json, NULL);
    }
    putchar('\n');
    vt_cli_flush(&run->error);
}

static void on_line(void *user, const char *line)
{
    session *run = user;
    vt_cli_remark(run->arguments, "%s", line);
}

/* Once, so that whoever started it knows that from now on nothing is overlooked. */
static void tell_ready(session *run)
{
    vt_watch_figures figures;
    vt_watch_get_figures(run->watch, &figures);
    if (figures.ready && !run->told_ready) {
        run->told_ready = true;
        vt_cli_remark(run->arguments,
                      "watching %" PRId64 " imported folders (%" PRId64 " with those below, %" PRId64
                      " polled, %" PRId64 " offline); Ctrl+C ends",
                      figures.roots, figures.folders, figures.polled, figures.offline);
    }
}

static bool turn(void *user)
{
    session *run = user;
    if (vt_engine_deliver(run->engine, TURN_NS)) {
        vt_main_loop_wake(run->loop);
    }
    tell_ready(run);
    return !vt_main_loop_interrupted(run->loop) && run->error.code == VT_ERROR_NONE;
}

static int watch_folders(session *run)
{
    vt_error error = VT_ERROR_INIT;
    const vt_watch_options options = {.listener = {on_changed, on_line, run}};
    run->watch = vt_watch_create(run->engine, &options, &error);
    if (!run->watch) {
        return vt_cli_fail(&error);
    }
    vt_main_loop_run(run->loop, INTERVAL_NS / 10, turn, run);
    vt_watch_free(run->watch);
    return run->error.code == VT_ERROR_NONE ? VT_EXIT_DONE : vt_cli_fail(&run->error);
}

int vt_cli_watch(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    session run = {.arguments = arguments};
    const vt_cli_engine_wishes wishes = {.snapshots = true};
    run.engine = vt_cli_open_engine(arguments, &wishes, &run.loop, &error);
    int status = run.engine ? watch_folders(&run) : vt_cli_fail(&error);
    vt_cli_close_engine(run.engine, run.loop, status);
    return status;
}
