/* Care of the catalog: check, backup, restore. */
#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "core/base/path.h"
#include "core/catalog/backup.h"
#include "core/catalog/check.h"
#include "core/catalog/thumbs.h"

#include <inttypes.h>
#include <stdlib.h>

static bool print_report(const vt_check_report *report, vt_error *error)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "total");
    vt_json_uint(&json, report->total);
    vt_json_key(&json, "repaired");
    vt_json_uint(&json, report->repaired);
    vt_json_key(&json, "findings");
    vt_json_array_begin(&json);
    for (size_t i = 0; i < report->count; i++) {
        const vt_check_finding *finding = &report->findings[i];
        vt_json_object_begin(&json);
        vt_json_key(&json, "rule");
        vt_json_string(&json, finding->rule);
        vt_json_key(&json, "rows");
        vt_json_int(&json, finding->rows);
        vt_json_key(&json, "repaired");
        vt_json_bool(&json, finding->repaired);
        vt_json_key(&json, "message");
        vt_json_string(&json, finding->message);
        vt_json_object_end(&json);
    }
    vt_json_array_end(&json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static void remark_report(const vt_arguments *arguments, const vt_check_report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const vt_check_finding *finding = &report->findings[i];
        fprintf(stderr, "%s: %s%s\n", finding->rule, finding->message,
                finding->repaired ? " (repaired)" : "");
    }
    if (report->total == 0) {
        vt_cli_remark(arguments, "the catalog is sound");
    } else {
        vt_cli_remark(arguments, "%zu findings, %zu repaired", report->total, report->repaired);
    }
}

int vt_cli_check(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    bool repair = vt_arguments_value(arguments, "repair") != NULL;
    vt_check_report *report = calloc(1, sizeof *report);
    if (!report) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory");
        return vt_cli_fail(&error);
    }
    vt_catalog *catalog =
        vt_cli_open_catalog(arguments, repair ? VT_CATALOG_READ_WRITE : VT_CATALOG_READ_ONLY, &error);
    vt_thumbs *thumbs = catalog ? vt_thumbs_open(catalog, NULL, NULL) : NULL; /* without: not looked at */
    bool checked = catalog && vt_check_catalog(catalog, thumbs, repair, report, &error);
    bool sound = checked && report->repaired == report->total;
    if (checked) {
        remark_report(arguments, report);
        checked = !arguments->json || print_report(report, &error);
    }
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
    free(report);
    if (!checked) {
        return vt_cli_fail(&error);
    }
    return sound ? VT_EXIT_DONE : VT_EXIT_FAILED;
}

/* {"backup": FILE} or the like. */
static bool print_paths(const vt_arguments *arguments, const char *key, const char *path, const char *kept,
                        vt_error *error)
{
    if (!arguments->json) {
        return true;
    }
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, key);
    vt_json_string(&json, path);
    if (kept) {
        vt_json_key(&json, "kept");
        vt_json_string(&json, kept);
    }
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

int vt_cli_backup(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    const char *to = arguments->words[0];
    vt_catalog *catalog = vt_cli_open_catalog(arguments, VT_CATALOG_READ_ONLY, &error);
    bool done =
        catalog && vt_backup_write(catalog, to, &error) && print_paths(arguments, "backup", to, NULL, &error);
    vt_catalog_close(catalog);
    return done ? VT_EXIT_DONE : vt_cli_fail(&error);
}

int vt_cli_restore(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    char *kept = NULL;
    char *path = vt_cli_catalog_path(arguments, &error);
    bool done = path && vt_backup_restore(path, arguments->words[0], &kept, &arguments->log, &error);
    if (done && kept) {
        char *shown = vt_path_display(kept);
        vt_cli_remark(arguments, "the catalog that was there is kept as %s", shown ? shown : "");
        free(shown);
    }
    done = done && print_paths(arguments, "catalog", path, kept, &error);
    free(kept);
    free(path);
    return done ? VT_EXIT_DONE : vt_cli_fail(&error);
}
