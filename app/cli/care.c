/* Care of the catalog: check, backup, restore. */
#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "core/base/path.h"
#include "core/catalog/backup.h"
#include "core/catalog/check.h"
#include "core/catalog/salvage.h"
#include "core/catalog/snapshot.h"
#include "core/catalog/thumbs.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What a check found and did. */
typedef struct care {
    vt_check_report *report; /* owned */
    bool checked;            /* `report` is filled */
    bool salvaged;           /* so is this: */
    vt_salvage_report salvage;
    char *offer; /* a sound snapshot to restore where nothing else helps; owned */
} care;

static void print_finding(vt_json_writer *json, const vt_check_finding *finding)
{
    vt_json_object_begin(json);
    vt_json_key(json, "rule");
    vt_json_string(json, finding->rule);
    vt_json_key(json, "rows");
    vt_json_int(json, finding->rows);
    vt_json_key(json, "repaired");
    vt_json_bool(json, finding->repaired);
    vt_json_key(json, "harmless");
    vt_json_bool(json, finding->harmless);
    vt_json_key(json, "message");
    vt_json_string(json, finding->message);
    vt_json_object_end(json);
}

static void print_salvage(vt_json_writer *json, const vt_salvage_report *salvage)
{
    const struct {
        const char *key;
        int64_t number;
    } numbers[] = {
        {"rows", salvage->rows},
        {"items", salvage->items},
        {"unread_items", salvage->unread_items},
        {"lost_folders", salvage->lost_folders},
        {"unreadable_keys", salvage->unreadable_keys},
    };
    vt_json_key(json, "salvage");
    vt_json_object_begin(json);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        vt_json_key(json, numbers[i].key);
        vt_json_int(json, numbers[i].number);
    }
    vt_json_key(json, "kept");
    vt_json_string(json, salvage->kept ? salvage->kept : "");
    vt_json_object_end(json);
}

static bool print_report(const care *self, vt_error *error)
{
    const vt_check_report *report = self->report;
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "total");
    vt_json_uint(&json, report->total);
    vt_json_key(&json, "repaired");
    vt_json_uint(&json, report->repaired);
    vt_json_key(&json, "harmless");
    vt_json_uint(&json, report->harmless);
    if (report->snapshot[0]) {
        vt_json_key(&json, "snapshot");
        vt_json_string(&json, report->snapshot);
    }
    if (self->salvaged) {
        print_salvage(&json, &self->salvage);
    }
    vt_json_key(&json, "findings");
    vt_json_array_begin(&json);
    for (size_t i = 0; i < report->count; i++) {
        print_finding(&json, &report->findings[i]);
    }
    vt_json_array_end(&json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

/* A path for people, after a text. */
static void remark_path(const vt_arguments *arguments, const char *text, const char *path)
{
    char *shown = vt_path_display(path);
    vt_cli_remark(arguments, "%s %s", text, shown ? shown : "");
    free(shown);
}

static void remark_report(const vt_arguments *arguments, const care *self)
{
    const vt_check_report *report = self->report;
    if (self->salvaged) {
        fprintf(stderr,
                "salvage: the catalog was damaged; %" PRId64 " rows were brought over, of them %" PRId64
                " items, %" PRId64 " by their name only: the next import reads those again\n",
                self->salvage.rows, self->salvage.items, self->salvage.unread_items);
        if (self->salvage.lost_folders) {
            fprintf(stderr,
                    "salvage: %" PRId64 " folders have lost their path and are named /salvaged-folder-N\n",
                    self->salvage.lost_folders);
        }
        remark_path(arguments, "the damaged file is kept as", self->salvage.kept ? self->salvage.kept : "");
    }
    for (size_t i = 0; i < report->count; i++) {
        const vt_check_finding *finding = &report->findings[i];
        fprintf(stderr, "%s: %s%s\n", finding->rule, finding->message,
                finding->repaired ? " (repaired)" : "");
    }
    if (report->snapshot[0]) {
        remark_path(arguments, "before the repair the catalog was copied to", report->snapshot);
    }
    if (report->total == 0) {
        vt_cli_remark(arguments, "the catalog is sound");
    } else {
        vt_cli_remark(arguments, "%zu findings, %zu repaired%s", report->total, report->repaired,
                      vt_check_is_sound(report) ? "; the catalog is sound" : "");
    }
}

/* Opens, checks, closes: so that a salvage can take the file's place. */
static bool check_once(const vt_arguments *arguments, bool repair, care *self, vt_error *error)
{
    vt_catalog *catalog =
        vt_cli_open_catalog(arguments, repair ? VT_CATALOG_READ_WRITE : VT_CATALOG_READ_ONLY, error);
    vt_thumbs *thumbs = catalog ? vt_thumbs_open(catalog, NULL, NULL) : NULL; /* without: not looked at */
    self->checked = catalog && vt_check_catalog(catalog, thumbs, repair, self->report, error);
    vt_thumbs_close(thumbs);
    vt_catalog_close(catalog);
    return self->checked;
}

static bool lost_rows(const care *self, const vt_error *error)
{
    if (!self->checked) {
        return error->code == VT_ERROR_CORRUPT;
    }
    for (size_t i = 0; i < self->report->count; i++) {
        const vt_check_finding *finding = &self->report->findings[i];
        bool of_file = strcmp(finding->rule, "integrity") == 0 || strcmp(finding->rule, "schema") == 0;
        if (!finding->repaired && of_file) {
            return true;
        }
    }
    return false;
}

/* Where a repair cannot help: what can be read goes into a new file, which is then repaired. */
static bool salvage(const vt_arguments *arguments, const char *path, care *self, vt_error *error)
{
    vt_error why = VT_ERROR_INIT;
    self->salvaged = vt_salvage(path, &arguments->log, &self->salvage, &why);
    if (self->salvaged) {
        vt_error_clear(error);
        return check_once(arguments, true, self, error);
    }
    if (!self->checked || why.code != VT_ERROR_CORRUPT) {
        *error = why;
        self->checked = false;
    }
    return self->checked;
}

static bool run_check(const vt_arguments *arguments, bool repair, care *self, vt_error *error)
{
    char *path = vt_cli_catalog_path(arguments, error);
    bool done = path && check_once(arguments, repair, self, error);
    if (path && lost_rows(self, error)) {
        if (repair) {
            done = salvage(arguments, path, self, error);
        }
        self->offer = lost_rows(self, error) ? vt_snapshot_newest_sound(path, NULL) : NULL;
    }
    free(path);
    return done;
}

int vt_cli_check(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    care self = {.report = calloc(1, sizeof *self.report)};
    if (!self.report) {
        vt_error_set(&error, VT_ERROR_MEMORY, "out of memory");
        return vt_cli_fail(&error);
    }
    bool done = run_check(arguments, vt_arguments_value(arguments, "repair") != NULL, &self, &error);
    bool sound = done && vt_check_is_sound(self.report);
    if (done) {
        remark_report(arguments, &self);
        done = !arguments->json || print_report(&self, &error);
    }
    int status = !done ? vt_cli_fail(&error) : sound ? VT_EXIT_DONE : VT_EXIT_FAILED;
    if (self.offer) {
        char *restore = vt_cli_command_line(arguments, "restore", self.offer);
        vt_cli_remark(arguments, "a sound snapshot is there; bring it back with: %s", restore ? restore : "");
        free(restore);
    }
    free(self.offer);
    vt_salvage_report_free(&self.salvage);
    free(self.report);
    return status;
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
