#include "app/cli/command.h"

#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "core/base/json_writer.h"
#include "core/base/replaceable.h"
#include "core/decode/thumb_origin.h"
#ifdef VITRINE_WINDOW
#include "app/ui/ui.h"
#endif

#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef VITRINE_WINDOW
static int run_window(const vt_arguments *arguments);
static int run_snapshot(const vt_arguments *arguments);

#define VIEW_FIRST "browse"
static const vt_option snapshot_options[] = {
    {"view", 0, "VIEW", "browse, table, viewer, workspace or performance; default: " VIEW_FIRST},
    {"layout", 0, "FILE", "for --view workspace: a layout of panes (JSON) instead of the library's"},
    {"output", 'o', "FILE", "the PNG file to write"},
    {"size", 0, "WxH", "pixels of the window"},
    {"seconds", 0, "N", "for --view performance: how long to measure, while PATH is imported; default: 5"},
    {0},
};
static const vt_command window_command = {
    "", "[PATH...]", "Opens the window, and imports PATH.", 0, SIZE_MAX, NULL, run_window,
};
#endif

static const vt_option import_options[] = {
    {"retry", 0, NULL, "try files again that failed before, though they have not changed"},
    {"hidden", 0, NULL, "also names that begin with a dot"},
    {"read", 0, "N", "read N new files at most, the others when they are first shown; 0: only list them"},
    {"resume", 0, NULL, "go on with the imports that were cut off (without PATH)"},
    {"discard", 0, NULL, "forget the imports that were cut off; what they imported stays (without PATH)"},
    {"no-wait", 0, NULL, "fail when the disk is full, instead of waiting for room"},
    {"sequences", 0, "MODE",
     "numbered images as one item: careful (not photographs), eager (all alike), off; default: the setting "
     "sequences"},
    {"dry-run", 0, NULL, "only count what would be imported, and what is left out by which rule"},
    {"name", 0, "PATTERNS", "only names like these: \"*.stl; scan*; !draft\"; ! leaves out"},
    {"kind", 0, "KINDS", "only these: image, model, sequence, with commas between them"},
    {"format", 0, "FORMATS", "only these: jpeg, png, stl, ... with commas between them"},
    {"exclude", 0, "PATTERNS", "pass over folders of these names, or with a / in them of these paths"},
    {"larger", 0, "SIZE", "only files of this size or larger: 500, 20k, 3M, 1G (powers of 1000)"},
    {"smaller", 0, "SIZE", "only files of this size or smaller"},
    {"newer", 0, "DATE", "only files changed on this day or later: 2024-05-17"},
    {"limit", 'n', "N", "take in N new items at most"},
    {"batch", 0, "N", "rows of one commit, at most 384"},
    {"chunk", 0, "N", "files taken on at a time, at most 384"},
    {"memory", 0, "MB", "stay within this memory"},
    {0},
};
static const vt_option list_options[] = {
    {"sort", 's', "KEY,-KEY",
     "id, name, path, kind, format, size, date, rating, width, ...; -KEY the other way round, at most 4"},
    {"reverse", 'r', NULL, "the other way round"},
    {"limit", 'n', "N", "at most N items; 0: only the total"},
    {"columns", 0, "NAMES",
     "path,rating,tags: only these, in this order; without --csv and --json with tabs"},
    {"failed", 0, NULL, "instead of items the files that could not be read, each with the reason"},
    {"csv", 0, NULL, "comma-separated values with a header (RFC 4180)"},
    {"paths0", '0', NULL, "only paths of files, as they are, each ended by a NUL byte: for xargs -0"},
    {0},
};
static const vt_option export_options[] = {
    {"to", 't', "DIR", "where files go; made if it is not there; nothing in it is overwritten"},
    {"format", 'f', "FORMAT", "jpeg, png, webp or original (copies, with side-cars); default: original"},
    {"size", 0, "N", "pixels of the longer side at most; models are drawn so large"},
    {"quality", 0, "N", "of jpeg and webp, 1 to 100; default: 90"},
    {"frames", 0, NULL, "all frames of sequences, not only the one that stands for it"},
    {"metadata", 0, NULL, "date, camera, title, stars, label and tags go along; never the place"},
    {"sheet", 0, "FILE", "a contact sheet, too: FILE.pdf or FILE.png"},
    {"captions", 0, "LINES",
     "below the pictures of a sheet: name,title,date,rating,size or none; default: name"},
    {"list", 0, "FILE", "a list of the items, too: FILE.csv or FILE.json, as 'vitrine list' has it"},
    {"dry-run", 0, NULL, "only tell how many files of which size it would be"},
    {0},
};
static const vt_option sidecars_options[] = {
    {"status", 0, NULL, "tell what is due, in conflict or failed; the default"},
    {"write", 0, NULL, "write what the side-cars of the items lack now, whatever the settings say"},
    {"read", 0, NULL, "read them again, also those that look unchanged"},
    {"take", 0, "SIDE", "settle conflicts by what is here (ours), or by what the side-cars say (theirs)"},
    {0},
};
static const vt_option thumbnail_options[] = {
    {"output", 'o', "FILE", "the PNG file to write"},
    {"size", 0, "N", "pixels along the longer side, 1 to 1024; default: 256"},
    {0},
};
static const vt_option relink_options[] = {
    {"dry-run", 0, NULL, "only tell what would be relinked, and why"},
    {0},
};
static const vt_option duplicates_options[] = {
    {"alike", 0, NULL,
     "images that look alike (as the setting duplicates.alike says), not files of the same "
     "content"},
    {"paths0", '0', NULL,
     "only paths of all but the best of each group, each ended by a NUL byte: for xargs -0"},
    {0},
};
static const vt_option folders_options[] = {
    {"watch", 0, "on|off", "whether changes in FOLDER are taken up while a program runs; default: on"},
    {"scan", 0, "on|off", "whether FOLDER is looked through when the window opens; default: off"},
    {"forget", 0, NULL, "FOLDER is not watched any more; its items stay"},
    {0},
};
static const vt_option report_options[] = {
    {"html", 0, "FILE", "as a page with graphs for a browser; -: to stdout"},
    {0},
};
static const vt_option check_options[] = {
    {"repair", 0, NULL, "put right what can be put right without guessing"},
    {0},
};

static const vt_option bench_options[] = {
    {"list", 0, NULL, "only tell which figures there are, their classes and what is a regression of them"},
    {"only", 0, "NAMES", "only these figures, with commas between them; FIGUREs behind it are more of them"},
    {"quick", 0, NULL, "fewer rounds and runs: for a look, not for a baseline"},
    {"runs", 0, "N", "runs of each of the rounds; default: 15, or 5 with --quick"},
    {"minutes", 0, "N", "about so long at most, by fewer rounds, three at least; 0: no limit; default: 10"},
    {"save-baseline", 0, "FILE", "keep the figures for a later --baseline; not if anything regressed"},
    {"baseline", 0, "FILE", "compare with the figures in FILE; exit status 3 if any is worse"},
    {"junit", 0, "FILE", "JUnit XML for continuous integration: a test case a figure"},
    {"output", 'o', "FILE", "what --json would print, into FILE"},
    {0},
};

static const vt_command commands[] = {
    {"import", "PATH...", "Imports folders, with all below them, and files.", 0, SIZE_MAX, import_options,
     vt_cli_import},
    {"list", "[FILTER]",
     "Lists the catalog's items. FILTER: words, kind:model, width>4000, ... (behind -- if it begins with -)",
     0, 1, list_options, vt_cli_list},
    {"export", "FILTER... | PATH...",
     "Exports items as copies, pictures, a contact sheet, a list. PATH: of the catalog, with all below it.",
     1, SIZE_MAX, export_options, vt_cli_export},
    {"sidecars", "[FILTER... | PATH...]",
     "Writes and reads XMP side-cars of items (default: all), tells of conflicts and settles them.", 0,
     SIZE_MAX, sidecars_options, vt_cli_sidecars},
    {"show", "ITEM", "Tells everything known of one item, named by its number or path.", 1, 1, NULL,
     vt_cli_show},
    {"sequence", "split|join|rate ITEM [RATE]",
     "Splits a sequence into single files, joins files numbered like ITEM, sets frames a second.", 2, 3, NULL,
     vt_cli_sequence},
    {"duplicates", "[PATH...]",
     "Lists files of the catalog that have the same content, in groups, the one to keep first.", 0, SIZE_MAX,
     duplicates_options, vt_cli_duplicates},
    {"thumbnail", "FILE", "Makes one thumbnail of a path or file URI; the catalog is not touched.", 1, 1,
     thumbnail_options, vt_cli_thumbnail},
    {"relink", "[OLD] FOLDER",
     "Looks in FOLDER for items that were below OLD, or for all that are missing, and gives them their new "
     "paths.",
     1, 2, relink_options, vt_cli_relink},
    {"watch", "", "Takes up changes in the imported folders until Ctrl+C; the window does that by itself.", 0,
     0, NULL, vt_cli_watch},
    {"folders", "[FOLDER]", "Lists the imported folders, or sets what is done with one of them.", 0, 1,
     folders_options, vt_cli_folders},
    {"check", "", "Checks the catalog.", 0, 0, check_options, vt_cli_check},
    {"backup", "FILE", "Copies the catalog to FILE, also while it is in use.", 1, 1, NULL, vt_cli_backup},
    {"restore", "FILE", "Puts the backup FILE in the place of the catalog, which is kept beside it.", 1, 1,
     NULL, vt_cli_restore},
#ifdef VITRINE_WINDOW
    {"snapshot", "[PATH...]", "Renders the real window into a picture, without a display.", 0, SIZE_MAX,
     snapshot_options, run_snapshot},
#endif
    {"bench", "[FIGURE...]",
     "Measures this program on generated data in a temporary folder, and finds what has become slower.", 0,
     SIZE_MAX, bench_options, vt_cli_bench},
    {"config", "list | get NAME | set NAME VALUE | reset NAME",
     "Tells and changes the settings: limits of files, memory, files read at once.", 1, 3, NULL,
     vt_cli_config},
    {"report", "", "What the last run of the window measured: times, and which budgets were exceeded.", 0, 0,
     report_options, vt_cli_report},
    {"diagnose", "",
     "Versions, decoders, confinement, limits, folders: what to send with a report of a fault.", 0, 0, NULL,
     vt_cli_diagnose},
};

/* Where what commands do begins, if their words leave room. */
#define HELP_COLUMN 22

static void print_help(FILE *stream)
{
    fputs("usage: vitrine [PATH...]             the window\n"
          "       vitrine COMMAND [ARGUMENT...]\n\ncommands:\n",
          stream);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        char left[80];
        snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].words);
        bool fits = strlen(left) <= HELP_COLUMN;
        fprintf(stream, "  %-*s %s", HELP_COLUMN, left, fits ? "" : "\n");
        fprintf(stream, "%*s%s\n", fits ? 0 : HELP_COLUMN + 3, "", commands[i].help);
    }
    fputs("\n'vitrine COMMAND --help' tells its options.\n"
          "Exit status: 0 done, 1 failed, 2 wrong usage, 3 slower than the baseline (bench), 4 done but some "
          "items failed,\n130 stopped by Ctrl+C, 143 by SIGTERM, 129 by SIGHUP.\n",
          stream);
}

static void log_to_stderr(void *user, vt_log_level level, const char *component, const char *line)
{
    (void)user;
    fprintf(stderr, "vitrine: %s: %s: %s\n", vt_log_level_name(level), component, line);
}

/* $VITRINE_LOG (error, warning, info, debug) says how much is told on stderr. */
static vt_log_level log_level(const vt_arguments *arguments)
{
    const char *wanted = getenv("VITRINE_LOG");
    for (vt_log_level level = VT_LOG_ERROR; wanted && level <= VT_LOG_DEBUG; level++) {
        if (strcmp(wanted, vt_log_level_name(level)) == 0) {
            return level;
        }
    }
    return arguments->quiet ? VT_LOG_ERROR : VT_LOG_WARN;
}

#ifdef VITRINE_WINDOW
static vt_ui_options window_options(const vt_arguments *arguments)
{
    return (vt_ui_options){arguments->catalog,    arguments->jobs,    arguments->words,
                           arguments->word_count, arguments->program, arguments->log};
}

static int run_window(const vt_arguments *arguments)
{
    const vt_ui_options options = window_options(arguments);
    return vt_ui_run_window(&options);
}

static int tell_snapshot(const vt_ui_snapshot_options *options)
{
    vt_error error = VT_ERROR_INIT;
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "output");
    vt_json_string(&json, options->output);
    vt_json_key(&json, "view");
    vt_json_string(&json, options->view);
    vt_json_object_end(&json);
    return vt_json_end(&json, &error) && vt_cli_flush(&error) ? VT_EXIT_DONE : vt_cli_fail(&error);
}

static bool check_snapshot(const vt_arguments *arguments, vt_ui_snapshot_options *options, vt_error *error)
{
    static const char *const views[] = {VIEW_FIRST, "table", "viewer", "workspace", "performance"};
    enum { SECONDS_FIRST = 5, SECONDS_MAX = 600 };
    const char *size = vt_arguments_value(arguments, "size");
    const char *seconds = vt_arguments_value(arguments, "seconds");
    long measured = SECONDS_FIRST;
    bool known = false;
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        known = known || strcmp(options->view, views[i]) == 0;
    }
    char after;
    if (!options->output) {
        return vt_error_set(error, VT_ERROR_USAGE, "-o FILE is missing");
    }
    if (!known) {
        return vt_error_set(error, VT_ERROR_USAGE, "there is no view '%s'", options->view);
    }
    if (options->layout && strcmp(options->view, "workspace") != 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "--layout belongs to --view workspace");
    }
    if (seconds && strcmp(options->view, "performance") != 0) {
        return vt_error_set(error, VT_ERROR_USAGE, "--seconds belongs to --view performance");
    }
    if (size && (sscanf(size, "%ux%u%c", &options->width, &options->height, &after) != 2 ||
                 options->width - 1 >= 16384 || options->height - 1 >= 16384)) {
        return vt_error_set(error, VT_ERROR_USAGE, "--size takes WxH, such as 1280x800, not '%s'", size);
    }
    if (seconds && !vt_cli_number(seconds, "--seconds", 1, SECONDS_MAX, &measured, error)) {
        return false;
    }
    options->seconds = (int)measured;
    return true;
}

static int run_snapshot(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    const char *view = vt_arguments_value(arguments, "view");
    vt_ui_snapshot_options options = {.window = window_options(arguments),
                                      .view = view ? view : VIEW_FIRST,
                                      .layout = vt_arguments_value(arguments, "layout"),
                                      .output = vt_arguments_value(arguments, "output")};
    if (!check_snapshot(arguments, &options, &error)) {
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    if (!vt_file_is_replaceable(options.output, &vt_thumb_picture_kind, &error)) {
        return vt_cli_fail(&error);
    }
    int status = vt_ui_run_snapshot(&options);
    return status == VT_EXIT_DONE && arguments->json ? tell_snapshot(&options) : status;
}
#endif

static const vt_command *find_command(const char *name)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

static int run_command(const vt_command *command, const char *program, char **argv, size_t count)
{
    vt_arguments arguments = {.command = command, .program = program};
    vt_error error = VT_ERROR_INIT;
    if (!vt_cli_parse(&arguments, argv, count, &error)) {
        return vt_cli_wrong_usage(command, &error);
    }
    if (arguments.help) {
        vt_cli_print_usage(stdout, command);
        return vt_cli_flush(&error) ? VT_EXIT_DONE : vt_cli_fail(&error);
    }
    arguments.log = (vt_log){log_to_stderr, NULL, "vitrine", log_level(&arguments)};
    return command->run(&arguments);
}

int vt_cli_main(int argc, char **argv)
{
    vt_error error = VT_ERROR_INIT;
    signal(SIGPIPE, SIG_IGN); /* a reader of ours that ends is an error like others, told and clean */
    signal(SIGXFSZ, SIG_IGN); /* a limit on the size of files is told like a full disk */
    const char *first = argc > 1 ? argv[1] : "";
    if (strcmp(first, "--version") == 0) {
        puts("vitrine " VITRINE_VERSION);
        return vt_cli_flush(&error) ? VT_EXIT_DONE : vt_cli_fail(&error);
    }
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0) {
        print_help(stdout);
        return vt_cli_flush(&error) ? VT_EXIT_DONE : vt_cli_fail(&error);
    }
    const vt_command *command = find_command(first);
    if (command) {
        return run_command(command, argv[0], argv + 2, (size_t)argc - 2);
    }
#ifdef VITRINE_WINDOW
    return run_command(&window_command, argv[0], argv + 1, (size_t)argc - (argc > 0));
#else
    if (first[0]) {
        fprintf(stderr, "vitrine: there is no command '%s', and this build has no window\n\n", first);
    }
    print_help(stderr);
    return VT_EXIT_USAGE;
#endif
}
