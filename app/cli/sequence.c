#include "app/cli/find_item.h"
#include "app/cli/open_engine.h"
#include "app/cli/output.h"
#include "core/base/clock.h"
#include "core/import/operation.h"
#include "core/import/sequence_edit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define TURN_NS (100 * VT_NS_PER_MS)

/* What is done with an item, and what comes of it. */
typedef struct session {
    const vt_arguments *arguments;
    vt_main_loop *loop;
    vt_engine *engine;
    char *path;      /* owned; of the item, absolute */
    int64_t item_id; /* 0: a file that is no item */
    vt_kind kind;
    vt_import *import;
    bool done;
    vt_import_figures figures;
    vt_error error;
} session;

typedef struct action {
    const char *name;
    size_t words; /* with its name */
    bool imports; /* the folder, afterwards */
    bool (*start)(session *run, vt_error *error);
} action;

static void edited(void *user, const vt_error *error)
{
    session *run = user;
    run->done = true;
    if (error) {
        run->error = *error;
    }
}

static bool check_sequence(const session *run, vt_error *error)
{
    return run->kind == VT_KIND_SEQUENCE ||
           vt_error_set(error, VT_ERROR_USAGE, "%s is no sequence; 'vitrine list kind:sequence' tells them",
                        run->arguments->words[1]);
}

static bool start_split(session *run, vt_error *error)
{
    return check_sequence(run, error) &&
           vt_engine_split_sequence(run->engine, run->item_id, edited, run, error);
}

static bool start_join(session *run, vt_error *error)
{
    if (run->kind == VT_KIND_SEQUENCE) {
        return vt_error_set(error, VT_ERROR_USAGE, "%s is a sequence already", run->arguments->words[1]);
    }
    return vt_engine_join_sequence(run->engine, run->path, edited, run, error);
}

static bool start_rate(session *run, vt_error *error)
{
    vt_frame_rate rate;
    const char *text = run->arguments->words[2];
    return check_sequence(run, error) && vt_frame_rate_parse(text, strlen(text), &rate, NULL, error) &&
           vt_engine_set_frame_rate(run->engine, run->item_id, rate, edited, run, error);
}

static const action actions[] = {
    {"split", 2, true, start_split},
    {"join", 2, true, start_join},
    {"rate", 3, false, start_rate},
};

static const action *find_action(const vt_arguments *arguments, vt_error *error)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, arguments->words[0]) != 0) {
            continue;
        }
        if (arguments->word_count == actions[i].words) {
            return &actions[i];
        }
        vt_error_set(error, VT_ERROR_USAGE, "'%s' takes an item%s", actions[i].name,
                     actions[i].words == 3 ? " and a rate, such as 25 or 23.976" : "");
        return NULL;
    }
    vt_error_set(error, VT_ERROR_USAGE, "a sequence can be split, joined, or given a rate, not '%s'",
                 arguments->words[0]);
    return NULL;
}

/* A file that is no item, because it is a frame for instance, is known by its path. */
static bool find(session *run, vt_error *error)
{
    vt_item item;
    vt_error fault = VT_ERROR_INIT;
    const char *word = run->arguments->words[1];
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(run->engine), error);
    if (!reader) {
        return false;
    }
    if (vt_cli_find_item(reader, word, &item, &fault)) {
        run->path = strndup(item.path, item.path_length);
        run->item_id = item.id;
        run->kind = (vt_kind)item.media.kind;
    } else if (fault.code == VT_ERROR_NOT_FOUND) {
        run->path = vt_cli_absolute(word);
    }
    vt_catalog_reader_free(reader);
    if (!run->path) {
        return vt_error_set(error, fault.code ? fault.code : VT_ERROR_MEMORY, "%s",
                            fault.code ? fault.message : "out of memory");
    }
    return true;
}

static bool turn(void *user)
{
    session *run = user;
    if (run->import && vt_main_loop_interrupted(run->loop)) {
        vt_import_cancel(run->import);
    }
    if (vt_engine_deliver(run->engine, 0)) {
        vt_main_loop_wake(run->loop);
    }
    return !run->done;
}

static void imported(void *user, vt_import *import, const vt_import_figures *figures, const vt_error *error)
{
    (void)import;
    session *run = user;
    run->figures = *figures;
    edited(user, error);
}

/* Takes up what the files of the folder are now. */
static bool import_folder(session *run, vt_error *error)
{
    char *folder =
        strndup(run->path, vt_path_folder_length(vt_path_split(run->path, (uint32_t)strlen(run->path))));
    const char *paths[] = {folder};
    const vt_import_listener listener = {.finished = imported, .user = run};
    run->done = false;
    run->import = folder ? vt_engine_import(run->engine, paths, 1, NULL, &listener, error) : NULL;
    if (!folder) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    free(folder);
    if (!run->import) {
        return false;
    }
    vt_main_loop_run(run->loop, TURN_NS, turn, run);
    vt_import_free(run->import);
    run->import = NULL;
    return run->error.code == VT_ERROR_NONE;
}

static bool tell(const session *run, const action *what, vt_error *error)
{
    const vt_import_figures *figures = &run->figures;
    if (!run->arguments->json) {
        vt_cli_remark(run->arguments, "done%s", what->imports ? "; its folder was imported again" : "");
        return true;
    }
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "action");
    vt_json_string(&json, what->name);
    if (what->imports) {
        vt_json_key(&json, "imported");
        vt_json_int(&json, figures->imported);
        vt_json_key(&json, "updated");
        vt_json_int(&json, figures->updated);
        vt_json_key(&json, "frames");
        vt_json_int(&json, figures->frames);
    }
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static bool act(session *run, const action *what, vt_error *error)
{
    if (!find(run, error) || !what->start(run, error)) {
        return false;
    }
    vt_main_loop_run(run->loop, TURN_NS, turn, run);
    if (run->error.code != VT_ERROR_NONE || (what->imports && !import_folder(run, error))) {
        if (run->error.code != VT_ERROR_NONE) {
            *error = run->error;
        }
        return false;
    }
    return tell(run, what, error);
}

int vt_cli_sequence(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    session run = {.arguments = arguments, .error = VT_ERROR_INIT};
    const action *what = find_action(arguments, &error);
    if (!what) {
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    run.engine = vt_cli_open_engine(arguments, &(vt_cli_engine_wishes){0}, &run.loop, &error);
    int status = run.engine && act(&run, what, &error) ? VT_EXIT_DONE : vt_cli_fail(&error);
    vt_cli_close_engine(run.engine, run.loop, status);
    free(run.path);
    return status;
}
