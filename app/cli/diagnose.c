#include "app/cli/config.h"
#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "app/cli/unfinished_output.h"
#include "core/base/path.h"
#include "core/catalog/reader.h"
#include "core/catalog/thumbs.h"
#include "core/decode/format.h"
#include "core/decode/helper_pool.h"
#include "core/import/engine.h"
#include "core/index/columns.h"

#ifdef VITRINE_WINDOW
#include <qt6c/string.h>
#endif

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define LINES_MAX 64

/* What is told: one key and value a line, in sections. Values are texts so that both forms print the same. */
typedef struct line {
    const char *section, *key; /* static text */
    char value[512];
} line;

typedef struct findings {
    size_t count;
    line lines[LINES_MAX];
} findings;

static void add(findings *all, const char *section, const char *key, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void add(findings *all, const char *section, const char *key, const char *format, ...)
{
    if (all->count == LINES_MAX) {
        return;
    }
    line *next = &all->lines[all->count++];
    va_list values;
    next->section = section;
    next->key = key;
    va_start(values, format);
    vsnprintf(next->value, sizeof next->value, format, values);
    va_end(values);
}

static void add_versions(findings *all)
{
    struct utsname system;
    add(all, "versions", "vitrine", "%s", VITRINE_VERSION);
#ifdef VITRINE_WINDOW
    add(all, "versions", "Qt", "%s", qt_version());
#else
    add(all, "versions", "Qt", "built without: no window");
#endif
    add(all, "versions", "compiler", "%s", __VERSION__);
    add(all, "versions", "sqlite", "%s", vt_catalog_sqlite_version());
    if (uname(&system) == 0) {
        add(all, "versions", "system", "%s %s %s", system.sysname, system.release, system.machine);
    }
    add(all, "versions", "processors", "%ld", sysconf(_SC_NPROCESSORS_ONLN));
}

static void add_decoders(findings *all)
{
    for (int format = 1; format < VT_FORMAT_COUNT; format++) {
        const vt_format_info *info = vt_format_get((vt_format)format);
        if (info) {
            add(all, "decoders", info->name, "%s (%s)", info->library, info->extensions);
        }
    }
}

static void add_confinement(findings *all, const vt_confinement *found)
{
    add(all, "helper", "sandbox", "%s", vt_sandbox_level_name(found->level));
    add(all, "helper", "level", "%c", 'A' + VT_SANDBOX_FULL - (int)found->level);
    if (found->landlock > 0) {
        add(all, "helper", "Landlock", "version %" PRIu32, found->landlock);
    } else {
        add(all, "helper", "Landlock", "not available");
    }
    add(all, "helper", "seccomp", "%s", found->filter ? "available" : "not available");
    add(all, "helper", "namespaces", "%s", found->isolated ? "network and IPC of its own" : "not allowed");
    if (found->level != VT_SANDBOX_FULL) {
        add(all, "helper", "why not full", "%s", found->reason);
    }
}

static void add_helper(findings *all, const vt_arguments *arguments, const vt_settings *settings)
{
    vt_error error = VT_ERROR_INIT;
    char *program = vt_helper_program_find(&error);
    const vt_helper_pool_options options = {
        .program = program, .workers = 1, .limits = vt_settings_limits(settings), .log = arguments->log};
    vt_helper_pool *helpers = program ? vt_helper_pool_create(&options, &error) : NULL;
    add(all, "helper", "program", "%s", program ? program : "not found");
    if (helpers) {
        const vt_confinement found = vt_helper_pool_confinement(helpers);
        add_confinement(all, &found);
    } else {
        add(all, "helper", "fault", "%s", error.message);
    }
    vt_helper_pool_free(helpers);
    free(program);
}

static void add_settings(findings *all, const vt_settings *settings)
{
    for (int i = 0; i < VT_SETTING_COUNT; i++) {
        const vt_setting_info *info = vt_setting_get((vt_setting)i);
        char value[VT_SETTING_TEXT_SIZE];
        vt_setting_format((vt_setting)i, settings->values[i], value);
        add(all, "settings", info->name, "%s%s%s%s", value, *info->unit ? " " : "", info->unit,
            settings->values[i] == info->standard ? "" : " (changed)");
    }
    int jobs = (int)settings->values[VT_SETTING_JOBS];
    add(all, "settings", "helpers", "%d, and 2 for what is looked at", vt_engine_jobs_for(jobs));
    add(all, "settings", "threads", "%u", vt_engine_workers_for(jobs));
}

static void add_folders(findings *all)
{
    static const struct {
        const char *key;
        vt_xdg folder;
    } folders[] = {{"settings", VT_XDG_CONFIG}, {"data", VT_XDG_DATA}, {"cache", VT_XDG_CACHE}};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        vt_error error = VT_ERROR_INIT;
        char *path = vt_path_xdg(folders[i].folder, &error);
        add(all, "folders", folders[i].key, "%s", path ? path : error.message);
        free(path);
    }
}

static void add_unfinished(findings *all, const vt_catalog *catalog)
{
    vt_error error = VT_ERROR_INIT;
    vt_unfinished_list list;
    vt_str text = VT_STR_INIT;
    if (!vt_unfinished_list_read(catalog, &list, &error)) {
        add(all, "catalog", "imports", "%s", error.message);
        return;
    }
    for (size_t i = 0; i < list.count; i++) {
        vt_str_append_cstr(&text, i ? "; " : "");
        vt_cli_unfinished_name(&list.imports[i], &text);
    }
    add(all, "catalog", "imports", "%zu under way or cut off%s%s", list.count, list.count ? ": " : "",
        text.data);
    vt_str_free(&text);
    vt_unfinished_list_free(&list);
}

/* What a start would take the rows from. */
static void add_columns(findings *all, const vt_catalog *catalog, vt_catalog_reader *reader)
{
    char *path = vt_columns_path(catalog, NULL);
    vt_columns_info info = {0};
    if (path) {
        vt_columns_look(catalog, reader, path, &info);
    }
    if (info.usable) {
        add(all, "catalog", "columns", "%" PRIu32 " rows in %" PRId64 " bytes, the next start uses them: %s",
            info.rows, info.bytes, path);
    } else if (info.bytes > 0) {
        add(all, "catalog", "columns", "%" PRId64 " bytes, not used, %s: %s", info.bytes,
            info.why_not.message, path);
    } else {
        add(all, "catalog", "columns", "none; a window leaves them at its end, from %u items on: %s",
            VT_COLUMNS_ROWS_MIN, path ? path : "");
    }
    free(path);
}

static void add_catalog(findings *all, const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    vt_catalog *catalog = vt_cli_open_catalog(arguments, VT_CATALOG_READ_ONLY, &error);
    vt_catalog_reader *reader = catalog ? vt_catalog_reader_open(catalog, &error) : NULL;
    vt_catalog_counts counts;
    if (catalog) {
        add(all, "catalog", "file", "%s", vt_catalog_path(catalog));
        add(all, "catalog", "version", "%d of %d", vt_catalog_version(catalog), vt_catalog_newest_version());
        add(all, "catalog", "log", "%s", vt_catalog_uses_wal(catalog) ? "write-ahead" : "rollback journal");
    }
    if (reader && vt_catalog_reader_counts(reader, &counts, &error)) {
        add(all, "catalog", "items", "%" PRId64 " (%" PRId64 " images, %" PRId64 " models)", counts.items,
            counts.images, counts.models);
        add(all, "catalog", "missing", "%" PRId64, counts.missing);
        add(all, "catalog", "failures", "%" PRId64, counts.failures);
    } else {
        add(all, "catalog", "fault", "%s", error.message);
    }
    if (catalog) {
        add_unfinished(all, catalog);
    }
    if (reader) {
        add_columns(all, catalog, reader);
    }
    vt_thumbs *thumbs = catalog ? vt_thumbs_open(catalog, NULL, NULL) : NULL;
    int64_t count, bytes;
    if (thumbs && vt_thumbs_counts(thumbs, &count, &bytes, NULL)) {
        add(all, "catalog", "thumbnails", "%" PRId64 " in %" PRId64 " bytes: %s", count, bytes,
            vt_thumbs_path(thumbs));
    }
    vt_thumbs_close(thumbs);
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
}

static bool print_json(const findings *all, vt_error *error)
{
    vt_json_writer json;
    const char *section = NULL;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    for (size_t i = 0; i < all->count; i++) {
        if (!section || strcmp(all->lines[i].section, section) != 0) {
            if (section) {
                vt_json_object_end(&json);
            }
            section = all->lines[i].section;
            vt_json_key(&json, section);
            vt_json_object_begin(&json);
        }
        vt_json_key(&json, all->lines[i].key);
        vt_json_string(&json, all->lines[i].value);
    }
    if (section) {
        vt_json_object_end(&json);
    }
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static bool print_text(const findings *all, vt_error *error)
{
    const char *section = NULL;
    for (size_t i = 0; i < all->count; i++) {
        const line *at = &all->lines[i];
        if (!section || strcmp(at->section, section) != 0) {
            printf("%s%s\n", section ? "\n" : "", at->section);
            section = at->section;
        }
        char *value = vt_path_display(at->value);
        printf("  %-22s %s\n", at->key, value ? value : "");
        free(value);
    }
    return vt_cli_flush(error);
}

int vt_cli_diagnose(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    findings *all = calloc(1, sizeof *all);
    if (!all) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory");
        return vt_cli_fail(&error);
    }
    const vt_settings settings = vt_cli_settings(arguments);
    add_versions(all);
    add_decoders(all);
    add_helper(all, arguments, &settings);
    add_settings(all, &settings);
    add_folders(all);
    add_catalog(all, arguments);
    bool printed = arguments->json ? print_json(all, &error) : print_text(all, &error);
    free(all);
    return printed ? VT_EXIT_DONE : vt_cli_fail(&error);
}
