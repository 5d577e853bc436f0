#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/roots.h"

#include <stdlib.h>
#include <string.h>

typedef struct listing {
    const vt_arguments *arguments;
    vt_json_writer json;
    size_t count;
} listing;

static bool print_root(void *user, const vt_root *root)
{
    listing *of = user;
    of->count++;
    if (of->arguments->json) {
        const struct {
            const char *key;
            bool value;
        } flags[] = {{"watch", root->watch}, {"scan", root->scan_at_start}, {"offline", root->offline}};
        vt_json_object_begin(&of->json);
        vt_json_key(&of->json, "path");
        vt_json_string(&of->json, root->path);
        vt_json_key(&of->json, "volume");
        vt_json_string(&of->json, root->volume);
        for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
            vt_json_key(&of->json, flags[i].key);
            vt_json_bool(&of->json, flags[i].value);
        }
        vt_json_object_end(&of->json);
        return true;
    }
    vt_str shown = VT_STR_INIT;
    vt_str_append_display(&shown, root->path, strlen(root->path));
    printf("%s%s%s%s\n", shown.data, root->watch ? "" : " (not watched)",
           root->scan_at_start ? " (looked through at the start)" : "", root->offline ? " (offline)" : "");
    vt_str_free(&shown);
    return true;
}

static bool list(const vt_arguments *arguments, vt_error *error)
{
    listing of = {.arguments = arguments};
    vt_catalog *catalog = vt_cli_open_catalog(arguments, VT_CATALOG_READ_ONLY, error);
    vt_catalog_reader *reader = catalog ? vt_catalog_reader_open(catalog, error) : NULL;
    if (reader && arguments->json) {
        vt_json_begin(&of.json, vt_json_to_file, stdout, VT_JSON_INDENTED);
        vt_json_object_begin(&of.json);
        vt_json_key(&of.json, "folders");
        vt_json_array_begin(&of.json);
    }
    bool done = reader && vt_catalog_reader_each_root(reader, print_root, &of, error);
    if (done && arguments->json) {
        vt_json_array_end(&of.json);
        vt_json_object_end(&of.json);
        done = vt_json_end(&of.json, error);
    } else if (done && of.count == 0) {
        vt_cli_remark(arguments, "no folder is imported: 'vitrine import FOLDER' does that");
    }
    vt_catalog_reader_free(reader);
    vt_catalog_close(catalog);
    return done && vt_cli_flush(error);
}

/* "on", "off": 1, 0; not given: -1. False and `error` for anything else. */
static bool read_switch(const vt_arguments *arguments, const char *option, int *value, vt_error *error)
{
    const char *text = vt_arguments_value(arguments, option);
    *value = !text ? -1 : strcmp(text, "on") == 0 ? 1 : strcmp(text, "off") == 0 ? 0 : -2;
    return *value != -2 ||
           vt_error_set(error, VT_ERROR_USAGE, "--%s takes on or off, not '%s'", option, text);
}

/* The folder need not be there any more: then its path counts as it stands. */
static bool change(const vt_arguments *arguments, int watch, int scan, vt_error *error)
{
    vt_error none = VT_ERROR_INIT;
    char *path = vt_path_absolute(arguments->words[0], &none);
    vt_catalog *catalog = vt_cli_open_catalog(arguments, VT_CATALOG_READ_WRITE, error);
    vt_catalog_writer *writer = catalog ? vt_catalog_writer_create(catalog, error) : NULL;
    const char *named = path ? path : arguments->words[0];
    bool done =
        writer && (vt_arguments_value(arguments, "forget") ? vt_roots_forget(writer, named, error)
                                                           : vt_roots_set(writer, named, watch, scan, error));
    if (!done && error->code == VT_ERROR_NOT_FOUND && writer) {
        vt_error_set(error, VT_ERROR_NOT_FOUND,
                     "%s is no folder that was imported; 'vitrine folders' lists those", arguments->words[0]);
    }
    vt_catalog_writer_free(writer);
    vt_catalog_close(catalog);
    free(path);
    return done;
}

int vt_cli_folders(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    int watch, scan;
    if (!read_switch(arguments, "watch", &watch, &error) || !read_switch(arguments, "scan", &scan, &error)) {
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    bool forgets = vt_arguments_value(arguments, "forget") != NULL;
    if (forgets && (watch >= 0 || scan >= 0)) {
        vt_error_set(&error, VT_ERROR_USAGE,
                     "--forget ends what --watch and --scan set up: give it, or them");
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    bool changes = watch >= 0 || scan >= 0 || forgets;
    if (changes != (arguments->word_count == 1)) {
        vt_error_set(&error, VT_ERROR_USAGE,
                     changes ? "FOLDER is missing" : "say what is to be done with the folder");
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    bool done = !changes || change(arguments, watch, scan, &error);
    done = done && ((changes && !arguments->json) || list(arguments, &error)); /* JSON: as they are now */
    return done ? VT_EXIT_DONE : vt_cli_fail(&error);
}
