#include "app/cli/output.h"
#include "app/cli/parse.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/decode/helper_pool.h"
#include "core/decode/thumbcodec.h"
#include "core/import/reading.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEFAULT_SIDE 256

static bool write_all(int file, const uint8_t *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes += written;
        count -= (size_t)written;
    }
    return true;
}

/* Writes `blob` to `path` by a temporary name beside it: the file is there complete or not at all. */
static bool write_file(const char *path, const vt_blob *blob, vt_error *error)
{
    vt_str temporary = VT_STR_INIT;
    vt_str_appendf(&temporary, "%s.XXXXXX", path);
    if (temporary.failed) {
        vt_str_free(&temporary);
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    mode_t mask = umask(0);
    umask(mask);
    int file = mkostemp(temporary.data, O_CLOEXEC);
    bool made = file >= 0;
    bool written = made && write_all(file, blob->data, blob->size) && fchmod(file, 0666 & ~mask) == 0;
    int reason = errno;
    if (made && close(file) != 0 && written) {
        written = false;
        reason = errno;
    }
    if (written && rename(temporary.data, path) != 0) {
        written = false;
        reason = errno;
    }
    if (made && !written) {
        unlink(temporary.data);
    }
    vt_str_free(&temporary);
    if (!written) {
        char *shown = vt_path_display(path);
        vt_error_set_errno(error, reason, "cannot write %s", shown ? shown : "the thumbnail");
        free(shown);
    }
    return written;
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

static bool make(const char *path, uint32_t side, const char *output, const vt_log *log, vt_error *error)
{
    char *program = vt_helper_program_find(error);
    const vt_helper_pool_options options = {
        .program = program, .workers = 1, .limits = vt_limits_default, .log = *log};
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
         vt_thumb_encode_png(&reading.result.pixels, &blob, error)) ||
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
    /* A symbolic link that the user names is followed; below folders they are not. */
    char *path = vt_path_absolute(arguments->words[0], &error);
    bool done = path && make(path, (uint32_t)side, output, &arguments->log, &error) &&
                (!arguments->json || print_json(output, &error));
    free(path);
    return done ? VT_EXIT_DONE : vt_cli_fail(&error);
}
