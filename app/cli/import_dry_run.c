/* `vitrine import --dry-run` */
#include "app/cli/import_session.h"
#include "app/cli/output.h"
#include "core/base/clock.h"
#include "core/decode/format.h"
#include "core/import/dry_run.h"
#include "core/queue/interrupt.h"

#include <inttypes.h>
#include <unistd.h>

#define SHOWN_NS (100 * VT_NS_PER_MS)

typedef struct counting {
    vt_import_session *session;
    vt_dry_run *run;
    vt_dry_run_figures figures;
} counting;

static bool turn(void *user)
{
    counting *at = user;
    vt_import_session *session = at->session;
    if (vt_main_loop_interrupted(session->loop) && !session->interrupted) {
        session->interrupted = true;
        vt_dry_run_cancel(at->run);
    }
    vt_engine_deliver(session->engine, 0);
    vt_dry_run_get_figures(at->run, &at->figures);
    if (!session->arguments->quiet && !at->figures.over && isatty(STDERR_FILENO)) {
        fprintf(stderr, "\r%" PRId64 " files, %" PRId64 " new\033[K", at->figures.found,
                at->figures.new_files);
        session->line_open = true;
    }
    return !at->figures.over;
}

static void print_number(vt_json_writer *json, const char *key, int64_t number)
{
    vt_json_key(json, key);
    vt_json_int(json, number);
}

static void print_left_out(const vt_dry_run_figures *figures, vt_json_writer *json)
{
    vt_json_key(json, "left_out");
    vt_json_object_begin(json);
    for (int i = VT_CHOICE_TAKE + 1; i < VT_CHOICE_VERDICT_COUNT; i++) {
        print_number(json, vt_choice_verdict_name((vt_choice_verdict)i), figures->left_out[i]);
    }
    print_number(json, "folders", figures->left_out_folders);
    print_number(json, "limit", figures->left_out_limit);
    vt_json_object_end(json);
}

static bool print_json(const vt_dry_run_figures *figures, vt_error *error)
{
    const struct {
        const char *key;
        int64_t value;
    } counts[] = {
        {"found", figures->found},
        {"new", figures->new_files},
        {"changed", figures->changed},
        {"unread", figures->unread},
        {"unchanged", figures->unchanged},
        {"moved", figures->moved},
        {"failed_before", figures->failed_before},
        {"bytes", figures->bytes},
        {"bytes_to_read", figures->bytes_to_read},
        {"frames", figures->frames},
        {"skipped", figures->skipped},
        {"links", figures->links},
        {"folders", figures->folders},
        {"troubles", figures->troubles},
    };
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        print_number(&json, counts[i].key, counts[i].value);
    }
    vt_json_key(&json, "kinds");
    vt_json_object_begin(&json);
    for (int i = 1; i < VT_KIND_COUNT; i++) {
        print_number(&json, vt_item_kind_name((uint8_t)i), figures->kinds[i]);
    }
    vt_json_object_end(&json);
    vt_json_key(&json, "formats");
    vt_json_object_begin(&json);
    for (int i = 1; i < VT_FORMAT_COUNT; i++) {
        if (figures->formats[i] > 0) {
            print_number(&json, vt_item_format_name((uint8_t)i), figures->formats[i]);
        }
    }
    vt_json_object_end(&json);
    print_left_out(figures, &json);
    vt_json_key(&json, "seconds");
    vt_json_double(&json, figures->seconds);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

/* A table of what would be done: data, so on stdout. */
static bool print_text(const vt_dry_run_figures *figures, vt_error *error)
{
    const struct {
        const char *what;
        int64_t count;
        bool always;
    } lines[] = {
        {"files found", figures->found, true},
        {"new", figures->new_files, true},
        {"already in the library", figures->unchanged, true},
        {"changed", figures->changed, false},
        {"known, to be read", figures->unread, false},
        {"moved", figures->moved, false},
        {"failed before", figures->failed_before, false},
        {"left out by name", figures->left_out[VT_CHOICE_NAME], false},
        {"left out by kind", figures->left_out[VT_CHOICE_KIND], false},
        {"too small", figures->left_out[VT_CHOICE_SMALL], false},
        {"too large", figures->left_out[VT_CHOICE_LARGE], false},
        {"too old", figures->left_out[VT_CHOICE_OLD], false},
        {"beyond the largest number", figures->left_out_limit, false},
        {"folders passed over", figures->left_out_folders, false},
        {"other files", figures->skipped, false},
        {"that cannot be looked at", figures->troubles, false},
        {"bytes to read", figures->bytes_to_read, true},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i].always || lines[i].count > 0) {
            printf("%12" PRId64 "  %s\n", lines[i].count, lines[i].what);
        }
    }
    return vt_cli_flush(error);
}

int vt_cli_dry_run(vt_import_session *run, const vt_import_options *options)
{
    const vt_arguments *arguments = run->arguments;
    vt_error error = VT_ERROR_INIT;
    counting at = {.session = run};
    at.run = vt_dry_run_start(run->engine, arguments->words, arguments->word_count, options, &error);
    if (!at.run) {
        return vt_cli_fail(&error);
    }
    vt_main_loop_run(run->loop, SHOWN_NS, turn, &at);
    vt_dry_run_free(at.run);
    vt_cli_end_line(run);
    if (run->interrupted) {
        return VT_EXIT_SIGNAL + vt_interrupt_signal();
    }
    if (at.figures.error.code != VT_ERROR_NONE) {
        return vt_cli_fail(&at.figures.error);
    }
    bool printed = arguments->json ? print_json(&at.figures, &error) : print_text(&at.figures, &error);
    return printed ? VT_EXIT_DONE : vt_cli_fail(&error);
}
