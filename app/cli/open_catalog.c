#include "app/cli/open_catalog.h"

#include "app/cli/output.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/snapshot.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *vt_cli_catalog_path(const vt_arguments *arguments, vt_error *error)
{
    if (!arguments->catalog) {
        return vt_catalog_default_path(error);
    }
    char *path = strdup(arguments->catalog);
    if (!path) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    return path;
}

vt_catalog *vt_cli_open_catalog(const vt_arguments *arguments, vt_catalog_mode mode, vt_error *error)
{
    const vt_catalog_options options = {.mode = mode, .log = arguments->log};
    vt_catalog *catalog = NULL;
    char *path = vt_cli_catalog_path(arguments, error);
    if (path && access(path, F_OK) != 0) { /* not to be made by asking about it */
        char *shown = vt_path_display(path);
        vt_error_set(error, VT_ERROR_NOT_FOUND, "there is no catalog %s yet: 'vitrine import PATH' makes one",
                     shown ? shown : "");
        free(shown);
    } else if (path) {
        catalog = vt_catalog_open(path, &options, error);
    }
    free(path);
    return catalog;
}

/* In quotes, of which a path may hold some itself. */
static void append_quoted(vt_str *line, const char *path)
{
    char *shown = vt_path_display(path);
    vt_str_append_cstr(line, " '");
    for (const char *at = shown ? shown : ""; *at; at++) {
        if (*at == '\'') {
            vt_str_append_cstr(line, "'\\''");
        } else {
            vt_str_append_char(line, *at);
        }
    }
    vt_str_append_char(line, '\'');
    free(shown);
}

char *vt_cli_command_line(const vt_arguments *arguments, const char *words, const char *file)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_cstr(&line, "vitrine ");
    vt_str_append_cstr(&line, words);
    if (file) {
        append_quoted(&line, file);
    }
    if (arguments->catalog) {
        vt_str_append_cstr(&line, " --catalog");
        append_quoted(&line, arguments->catalog);
    }
    return vt_str_take(&line);
}

void vt_cli_offer_snapshot(const vt_arguments *arguments, const vt_error *error)
{
    char *path = error->code == VT_ERROR_CORRUPT ? vt_cli_catalog_path(arguments, NULL) : NULL;
    char *snapshot = path ? vt_snapshot_newest_sound(path, NULL) : NULL;
    char *restore = snapshot ? vt_cli_command_line(arguments, "restore", snapshot) : NULL;
    char *check = restore ? vt_cli_command_line(arguments, "check --repair", NULL) : NULL;
    if (check) {
        char time[VT_ITEM_TIME_SIZE];
        vt_item_time(vt_snapshot_time(snapshot), time);
        fprintf(
            stderr,
            "vitrine: this saves what can be read: %s\nvitrine: a sound snapshot of %s brings back all of "
            "then and nothing since: %s\n",
            check, time, restore);
    }
    free(check);
    free(restore);
    free(snapshot);
    free(path);
}
