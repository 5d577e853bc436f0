#include "app/cli/config.h"
#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "core/base/file.h"
#include "core/base/path.h"
#include "core/base/replaceable.h"
#include "core/base/uri.h"
#include "core/decode/helper_pool.h"
#include "core/decode/thumb_origin.h"
#include "core/decode/thumbcodec.h"
#include "core/import/reading.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_SIDE 256

/* With the permissions that other new files have. */
static bool write_file(const char *path, const vt_blob *blob, vt_error *error)
{
    return vt_file_replace(path, blob->data, blob->size, vt_file_new_mode(), error);
}

/* A reason that does not name the file gets its name. */
static bool name_file(vt_error *error, const char *path)
{
    char *shown = vt_path_display(path);
    vt_error reason = *error;
    vt_error_set(error, reason.code, "%s: %.400s", shown ? shown : "", reason.message);
    free(shown);
    return false;
}

static bool make(const vt_arguments *arguments, const char *path, uint32_t side, const char *output,
                 vt_error *error)
{
    char *program = vt_helper_program_find(error);
    const vt_settings settings = vt_cli_settings(arguments);
    const vt_helper_pool_options options = {
        .program = program, .workers = 1, .limits = vt_settings_limits(&settings), .log = arguments->log};
    vt_helper_pool *helpers = program ? vt_helper_pool_create(&options, error) : NULL;
    free(program);
    if (!helpers) {
        return false;
    }
    const vt_decode_request request = {.what = VT_WHAT_THUMBNAIL, .box_width = side, .box_height = side};
    vt_reading reading;
    vt_blob blob = {NULL, 0};
    bool done =
        (vt_reading_run(helpers, VT_HELPER_BACKGROUND, path, strlen(path), &request, -1, &reading, error) &&
         vt_thumb_encode_png(&reading.result.pixels, &blob, error) &&
         vt_thumb_origin_add(&blob, VT_THUMB_SOFTWARE_KEY, VT_THUMB_SOFTWARE, error)) ||
        name_file(error, path);
    done = done && write_file(output, &blob, error);
    free(blob.data);
    vt_decode_result_clear(&reading.result);
    vt_helper_pool_free(helpers);
    return done;
}

static bool print_json(const char *output, vt_error *error)
{
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "thumbnail");
    vt_json_string(&json, output);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

/* The path of a file named by its path or, as file managers may, by its URI; free(). A symbolic link that the
   user names is followed; below folders they are not. */
static char *find_file(const char *word, vt_error *error)
{
    if (strncmp(word, "file:", 5) != 0 || access(word, F_OK) == 0) {
        return vt_path_absolute(word, error);
    }
    char *named = vt_uri_to_path(word, strlen(word));
    if (!named) {
        vt_error_set(error, VT_ERROR_USAGE, "%s is no URI of a file on this machine; give its path", word);
        return NULL;
    }
    char *path = vt_path_absolute(named, error);
    free(named);
    return path;
}

/* The thumbnail must take the place neither of the file that it is made of nor of another picture. Programs
   that ask for one name an empty file. */
static bool may_write(const char *path, const char *output, vt_error *error)
{
    if (!vt_file_is_same(path, output)) {
        return vt_file_is_replaceable(output, &vt_thumb_picture_kind, error);
    }
    vt_error_set(error, VT_ERROR_USAGE,
                 "the thumbnail would replace the file it is made of; name another one after -o");
    return name_file(error, path);
}

int vt_cli_thumbnail(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    const char *output = vt_arguments_value(arguments, "output");
    const char *size = vt_arguments_value(arguments, "size");
    long side = DEFAULT_SIDE;
    if (!output) {
        vt_error_set(&error, VT_ERROR_USAGE, "-o FILE is missing");
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    if (size && !vt_cli_number(size, "--size", 1, VT_THUMB_MAX_SIDE, &side, &error)) {
        return vt_cli_wrong_usage(arguments->command, &error);
    }
    char *path = find_file(arguments->words[0], &error);
    bool done = path && may_write(path, output, &error) &&
                make(arguments, path, (uint32_t)side, output, &error) &&
                (!arguments->json || print_json(output, &error));
    free(path);
    return done ? VT_EXIT_DONE : vt_cli_fail(&error);
}
