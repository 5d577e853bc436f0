/* The command `export`: items leave the catalog as copies, as pictures of another format and size, as a
 * contact sheet and as a list, any of these at once. */
#include "app/cli/config.h"
#include "app/cli/export_choice.h"
#include "app/cli/find_item.h"
#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "app/ui/files/sheet_caption.h"
#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/thread.h"
#include "core/export/export_copy.h"
#include "core/import/export_pictures.h"
#include "core/queue/interrupt.h"
#ifdef VITRINE_WINDOW
#include "app/ui/ui.h"
#endif

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FAILURES_MAX = 1000, LOOK_MS = 200, QUALITY_STANDARD = 90 };

typedef struct export_failure {
    char *path, *reason; /* owned */
} export_failure;

typedef struct export_run {
    const vt_arguments *arguments;
    /* What is wanted. */
    char *folder;       /* owned; NULL: no files */
    char *sheet, *list; /* owned; files to be made, or NULL */
    bool copies, dry_run;
    vt_picture_wish wish;
    unsigned jobs; /* pictures made at once */
    unsigned captions;
    /* At work. */
    vt_catalog *catalog;
    vt_cli_choice choice;
    vt_helper_pool *helpers;
    vt_cancel *cancel;
    vt_doorbell *bell;
    atomic_bool ended;
    vt_export_progress progress; /* the thread's until it has ended */
    atomic_llong done, files;    /* of it, for the line on the terminal */
    vt_str sheet_made, list_made;
    export_failure failures[FAILURES_MAX];
    size_t failure_count;
    bool good;
    vt_error error;
} export_run;

/* ---- what is wanted ---- */

static bool choose_format(const vt_arguments *arguments, export_run *run, vt_error *error)
{
    const char *format = vt_arguments_value(arguments, "format");
    bool shaped = vt_arguments_value(arguments, "size") || vt_arguments_value(arguments, "quality") ||
                  vt_arguments_value(arguments, "frames") || vt_arguments_value(arguments, "metadata");
    run->copies = format ? strcmp(format, "original") == 0 : !shaped;
    if (format && !run->copies && !vt_picture_format_from_name(format, &run->wish.format)) {
        return vt_error_set(error, VT_ERROR_USAGE, "--format takes jpeg, png, webp or original, not '%s'",
                            format);
    }
    if (run->copies && shaped) {
        return vt_error_set(
            error, VT_ERROR_USAGE,
            "copies stay as they are: --size, --quality, --frames and --metadata need --format jpeg, "
            "png or webp");
    }
    return true;
}

/* The absolute path of a file that is to be made in a folder that is there. */
static bool choose_file(const char *value, const char *option, const char *const *extensions, char **path,
                        vt_error *error)
{
    if (!value) {
        return true;
    }
    const char *extension = vt_path_extension(value);
    for (const char *const *at = extensions; *at; at++) {
        if (strcasecmp(extension, *at) == 0) {
            *path = vt_cli_absolute(value);
            return *path || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
    }
    return vt_error_set(error, VT_ERROR_USAGE, "%s takes a file that ends in .%s or .%s, not '%s'", option,
                        extensions[0], extensions[1], value);
}

static bool choose_captions(const vt_arguments *arguments, export_run *run, vt_error *error)
{
    const char *captions = vt_arguments_value(arguments, "captions");
    return vt_sheet_lines_read(captions ? captions : "name", &run->captions, error);
}

static bool understand(const vt_arguments *arguments, export_run *run, vt_error *error)
{
    static const char *const sheets[] = {"pdf", "png", NULL};
    static const char *const lists[] = {"csv", "json", NULL};
    const char *to = vt_arguments_value(arguments, "to");
    const char *size = vt_arguments_value(arguments, "size");
    const char *quality = vt_arguments_value(arguments, "quality");
    long side = 0;
    long level = QUALITY_STANDARD;
    if ((size && !vt_cli_number(size, "--size", 1, VT_EXPORT_SIDE_MAX, &side, error)) ||
        (quality && !vt_cli_number(quality, "--quality", 1, 100, &level, error)) ||
        !choose_format(arguments, run, error) || !choose_captions(arguments, run, error) ||
        !choose_file(vt_arguments_value(arguments, "sheet"), "--sheet", sheets, &run->sheet, error) ||
        !choose_file(vt_arguments_value(arguments, "list"), "--list", lists, &run->list, error)) {
        return false;
    }
    run->wish.side = (uint32_t)side;
    run->wish.quality = (int)level;
    run->wish.frames = vt_arguments_value(arguments, "frames") != NULL;
    run->wish.describe = vt_arguments_value(arguments, "metadata") != NULL;
    run->dry_run = vt_arguments_value(arguments, "dry-run") != NULL;
    if (!to && !run->sheet && !run->list) {
        return vt_error_set(error, VT_ERROR_USAGE, "--to DIR is missing (or --sheet FILE, or --list FILE)");
    }
    run->folder = to ? vt_cli_absolute(to) : NULL;
    return !to || run->folder || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

/* ---- the thread ---- */

static void take_progress(void *user, const vt_export_progress *progress)
{
    export_run *run = user;
    run->progress = *progress;
    atomic_store(&run->done, progress->done + progress->failed);
    atomic_store(&run->files, progress->files);
}

static void take_failure(void *user, const char *path, const vt_error *error)
{
    export_run *run = user;
    if (run->failure_count < FAILURES_MAX) {
        export_failure kept = {strdup(path), strdup(error->message)};
        if (kept.path && kept.reason) {
            run->failures[run->failure_count++] = kept;
        } else {
            free(kept.path);
            free(kept.reason);
        }
    }
}

static bool export_files(export_run *run)
{
    const vt_file_items items = vt_cli_choice_items(&run->choice);
    const vt_export_listener listener = {take_progress, take_failure, run};
    return run->copies
               ? vt_export_items(run->catalog, &items, run->folder, run->cancel, &listener, &run->error)
               : vt_export_pictures(run->catalog, run->helpers, &items, run->folder, &run->wish, run->jobs,
                                    run->cancel, &listener, &run->error);
}

/* The folder of a file that is to be made; the caller's, free(). */
static char *folder_of(const char *path)
{
    size_t length = (size_t)(vt_path_name(path) - path);
    return length > 1 ? strndup(path, length - 1) : strdup("/");
}

static bool write_list(export_run *run)
{
    vt_str temporary = VT_STR_INIT;
    const vt_item_columns all = vt_item_columns_all();
    const vt_listed_rows rows = vt_cli_choice_rows(&run->choice);
    bool json = strcasecmp(vt_path_extension(run->list), "json") == 0;
    char *folder = folder_of(run->list);
    int file = folder ? vt_export_begin(folder, &temporary, &run->error) : -1;
    FILE *stream = file >= 0 ? fdopen(file, "w") : NULL;
    bool done = stream && vt_item_list_write(stream, json ? VT_ITEM_LIST_JSON : VT_ITEM_LIST_CSV, &rows, &all,
                                             run->cancel, &run->error);
    if (stream && fclose(stream) != 0 && done) {
        done = vt_error_set_errno(&run->error, errno, "cannot write %s", run->list);
    }
    if (file >= 0 && !done) {
        unlink(temporary.data);
    }
    done = done &&
           vt_export_finish(temporary.data, folder, vt_path_name(run->list), &run->list_made, &run->error);
    free(folder);
    vt_str_free(&temporary);
    return done;
}

#ifdef VITRINE_WINDOW
static void take_sheet_failure(void *user, const char *path, const vt_error *error)
{
    export_run *run = user;
    run->progress.failed++;
    take_failure(user, path, error);
}

static bool make_sheet(export_run *run)
{
    char *folder = folder_of(run->sheet);
    const vt_file_items items = vt_cli_choice_items(&run->choice);
    const vt_ui_sheet sheet = {.snapshot = run->choice.snapshot,
                               .captions = run->captions,
                               .catalog = run->catalog,
                               .helpers = run->helpers,
                               .jobs = run->jobs,
                               .items = &items,
                               .folder = folder,
                               .path = run->sheet,
                               .cancel = run->cancel,
                               .failed = take_sheet_failure,
                               .user = run};
    bool done = folder && vt_ui_make_sheet(&sheet, &run->sheet_made, &run->error);
    free(folder);
    return done;
}
#else
static bool make_sheet(export_run *run)
{
    return vt_error_set(&run->error, VT_ERROR_UNSUPPORTED,
                        "contact sheets need Qt, without which this program was built");
}
#endif

static void *work(void *user)
{
    export_run *run = user;
    run->good = (!run->folder || export_files(run)) && (!run->sheet || make_sheet(run)) &&
                (!run->list || write_list(run));
    atomic_store(&run->ended, true);
    vt_doorbell_ring(run->bell);
    return NULL;
}

/* ---- the main thread ---- */

static void show_line(const export_run *run)
{
    if (isatty(STDERR_FILENO) && !run->arguments->quiet) {
        fprintf(stderr, "\r%lld of %lld\033[K", (long long)atomic_load(&run->done),
                (long long)atomic_load(&run->files));
    }
}

/* Ctrl+C stops the thread, which leaves no half file. */
static bool run_thread(export_run *run)
{
    pthread_t thread;
    vt_interrupt interrupt;
    vt_interrupt_begin(&interrupt, run->bell); /* before there is a half file that could be left */
    int failed = vt_thread_start(&thread, "export", work, run);
    if (failed) {
        vt_interrupt_end(&interrupt);
        return vt_error_set_errno(&run->error, failed, "cannot start a thread for the export");
    }
    while (!atomic_load(&run->ended)) {
        vt_doorbell_wait(run->bell, LOOK_MS * VT_NS_PER_MS);
        if (vt_interrupt_requested()) {
            vt_cancel_request(run->cancel);
        }
        show_line(run);
    }
    pthread_join(thread, NULL);
    vt_interrupt_end(&interrupt);
    if (isatty(STDERR_FILENO) && !run->arguments->quiet) {
        fputs("\r\033[K", stderr);
    }
    return run->good;
}

static bool start_helpers(export_run *run)
{
    char *program = vt_helper_program_find(&run->error);
    const vt_settings settings = vt_cli_settings(run->arguments);
    int jobs = run->arguments->jobs ? run->arguments->jobs : (int)settings.values[VT_SETTING_JOBS];
    run->jobs = (unsigned)vt_engine_jobs_for(jobs);
    const vt_helper_pool_options options = {.program = program,
                                            .workers = run->jobs,
                                            .limits = vt_settings_limits(&settings),
                                            .log = run->arguments->log};
    run->helpers = program ? vt_helper_pool_create(&options, &run->error) : NULL;
    free(program);
    return run->helpers != NULL;
}

/* A folder that is not there yet is made, if the one above it is. */
static bool make_folder(const export_run *run, vt_error *error)
{
    if (!run->folder || mkdir(run->folder, 0777) == 0 || errno == EEXIST) {
        return true;
    }
    return vt_error_set_errno(error, errno, "cannot make the folder %s", run->folder);
}

static bool look(export_run *run, vt_export_survey *survey)
{
    const vt_file_items items = vt_cli_choice_items(&run->choice);
    *survey = (vt_export_survey){0};
    return !run->folder || vt_export_look(run->catalog, &items, run->folder, run->copies ? NULL : &run->wish,
                                          NULL, survey, &run->error);
}

static void number(vt_json_writer *json, const char *name, int64_t value)
{
    vt_json_key(json, name);
    vt_json_int(json, value);
}

static bool tell_look(export_run *run, const vt_export_survey *survey)
{
    if (!run->arguments->json) {
        printf("%zu items: %" PRId64 " files, %s%" PRId64 " bytes, %" PRId64 " names taken, %" PRId64
               " not there\n",
               run->choice.count, survey->files, run->copies ? "" : "about ", survey->bytes, survey->taken,
               survey->missing);
        return vt_cli_flush(&run->error);
    }
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    number(&json, "items", (int64_t)run->choice.count);
    number(&json, "files", survey->files);
    number(&json, "bytes", survey->bytes);
    number(&json, "taken", survey->taken);
    number(&json, "missing", survey->missing);
    vt_json_object_end(&json);
    return vt_json_end(&json, &run->error) && vt_cli_flush(&run->error);
}

static void tell_file(vt_json_writer *json, const char *name, const vt_str *path)
{
    if (path->length) {
        vt_json_key(json, name);
        vt_json_bytes(json, path->data, path->length);
    }
}

static bool tell_json(const export_run *run, vt_error *error)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    number(&json, "items", (int64_t)run->choice.count);
    number(&json, "exported", run->progress.done);
    number(&json, "failed", run->progress.failed);
    number(&json, "bytes", run->progress.copied);
    tell_file(&json, "sheet", &run->sheet_made);
    tell_file(&json, "list", &run->list_made);
    vt_json_key(&json, "failures");
    vt_json_array_begin(&json);
    for (size_t i = 0; i < run->failure_count; i++) {
        vt_json_object_begin(&json);
        vt_json_key(&json, "path");
        vt_json_string(&json, run->failures[i].path);
        vt_json_key(&json, "reason");
        vt_json_string(&json, run->failures[i].reason);
        vt_json_object_end(&json);
    }
    vt_json_array_end(&json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

/* Under which name: that which was asked for may have been taken. */
static void remark_made(const export_run *run, const char *what, const vt_str *path)
{
    char *shown = path->length ? vt_path_display(path->data) : NULL;
    if (shown) {
        vt_cli_remark(run->arguments, "the %s is %s", what, shown);
    }
    free(shown);
}

static int report(const export_run *run)
{
    vt_error error = VT_ERROR_INIT;
    bool stopped = !run->good && run->error.code == VT_ERROR_CANCELLED;
    for (size_t i = 0; i < run->failure_count; i++) {
        char *shown = vt_path_display(run->failures[i].path);
        vt_cli_remark(run->arguments, "%s: %s", shown ? shown : "", run->failures[i].reason);
        free(shown);
    }
    if (!run->good && !stopped) {
        vt_cli_fail(&run->error);
    }
    if (run->folder || run->progress.failed > 0 || stopped) {
        vt_cli_remark(run->arguments, "%s%" PRId64 " files exported, %" PRId64 " failed",
                      stopped ? "stopped: " : "", run->progress.done, run->progress.failed);
    }
    remark_made(run, "contact sheet", &run->sheet_made);
    remark_made(run, "list", &run->list_made);
    if (run->arguments->json && !tell_json(run, &error)) {
        return vt_cli_fail(&error);
    }
    if (stopped) {
        return VT_EXIT_SIGNAL + vt_interrupt_signal();
    }
    if (!run->good) {
        return VT_EXIT_FAILED;
    }
    return run->progress.failed > 0 ? VT_EXIT_SOME_FAILED : VT_EXIT_DONE;
}

static bool begin(export_run *run)
{
    const vt_arguments *arguments = run->arguments;
    run->catalog = vt_cli_open_catalog(arguments, VT_CATALOG_READ_ONLY, &run->error);
    if (!run->catalog ||
        !vt_cli_choose(run->catalog, arguments->words, arguments->word_count, &run->choice, &run->error)) {
        return false;
    }
    run->cancel = vt_cancel_create(NULL);
    run->bell = vt_doorbell_create(&run->error);
    bool reads = (run->folder && !run->copies) || run->sheet;
    return run->cancel && run->bell && (run->dry_run || !reads || start_helpers(run)) &&
           (run->dry_run || make_folder(run, &run->error));
}

static int run_all(export_run *run)
{
    vt_export_survey survey;
    if (!begin(run)) {
        return run->error.code == VT_ERROR_USAGE ? vt_cli_wrong_usage(run->arguments->command, &run->error)
                                                 : vt_cli_fail(&run->error);
    }
    if (run->choice.count == 0) {
        vt_cli_remark(run->arguments, "no item is chosen by that");
    }
    if (run->dry_run) {
        return look(run, &survey) && tell_look(run, &survey) ? VT_EXIT_DONE : vt_cli_fail(&run->error);
    }
#ifdef VITRINE_WINDOW
    void *painting = run->sheet ? vt_ui_begin_painting(run->arguments->program) : NULL;
    run_thread(run);
    vt_ui_end_painting(painting);
#else
    run_thread(run);
#endif
    return report(run);
}

int vt_cli_export(const vt_arguments *arguments)
{
    export_run *run = calloc(1, sizeof *run);
    vt_error error = VT_ERROR_INIT;
    if (!run) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory");
        return vt_cli_fail(&error);
    }
    run->arguments = arguments;
    run->sheet_made = run->list_made = (vt_str)VT_STR_INIT;
    int status = understand(arguments, run, &run->error)
                     ? run_all(run)
                     : vt_cli_wrong_usage(arguments->command, &run->error);
    vt_helper_pool_free(run->helpers);
    vt_cli_choice_clear(&run->choice);
    vt_catalog_close(run->catalog);
    vt_doorbell_free(run->bell);
    vt_cancel_unref(run->cancel);
    for (size_t i = 0; i < run->failure_count; i++) {
        free(run->failures[i].path);
        free(run->failures[i].reason);
    }
    vt_str_free(&run->sheet_made);
    vt_str_free(&run->list_made);
    free(run->folder);
    free(run->sheet);
    free(run->list);
    free(run);
    return status;
}
