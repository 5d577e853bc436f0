#include "app/cli/failures_output.h"

#include "app/cli/find_item.h"
#include "app/cli/output.h"
#include "core/base/json_writer.h"
#include "core/base/str.h"
#include "core/listing/item_list.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

typedef struct failures {
    bool as_json, as_paths;
    vt_json_writer json;
    int64_t limit; /* printed at most */
    int64_t total;
    const char *wanted; /* the only path that is printed; NULL: all */
    size_t wanted_length;
} failures;

static void print_members(vt_json_writer *json, const vt_failure *failure, const char *path)
{
    char time[VT_ITEM_TIME_SIZE];
    vt_item_time(failure->failed_ns, time);
    vt_json_key(json, "path");
    vt_json_string(json, path);
    vt_json_key(json, "state");
    vt_json_string(json, "failed");
    vt_json_key(json, "reason");
    vt_json_string(json, failure->message);
    vt_json_key(json, "tried");
    vt_json_string(json, time);
}

static void print_lines(const vt_failure *failure)
{
    char time[VT_ITEM_TIME_SIZE];
    vt_str path = VT_STR_INIT;
    vt_item_time(failure->failed_ns, time);
    vt_str_append_display(&path, failure->path, failure->path_length);
    printf("path        %s\nstate       failed\nreason      %s\ntried       %s\n", path.data ? path.data : "",
           failure->message, time);
    vt_str_free(&path);
}

static bool print_one(void *user, const vt_failure *failure)
{
    failures *all = user;
    if (all->total++ >= all->limit) {
        return true;
    }
    if (all->as_paths) {
        fwrite(failure->path, 1, failure->path_length, stdout);
        putchar('\0');
    } else if (all->as_json) {
        char *path = strndup(failure->path, failure->path_length);
        vt_json_object_begin(&all->json);
        print_members(&all->json, failure, path ? path : "");
        vt_json_object_end(&all->json);
        free(path);
    } else {
        vt_str line = VT_STR_INIT;
        vt_str_append_display(&line, failure->path, failure->path_length);
        printf("%s: %s\n", line.data ? line.data : "", failure->message);
        vt_str_free(&line);
    }
    return true;
}

bool vt_cli_failures_print(vt_catalog_reader *reader, const vt_arguments *arguments, long limit,
                           vt_error *error)
{
    failures all = {
        .as_json = arguments->json,
        .as_paths = vt_arguments_value(arguments, "paths0") != NULL,
        .limit = limit,
    };
    if (all.as_json) {
        vt_json_begin(&all.json, vt_json_to_file, stdout, VT_JSON_INDENTED);
        vt_json_object_begin(&all.json);
        vt_json_key(&all.json, "failures");
        vt_json_array_begin(&all.json);
    }
    bool done = vt_catalog_reader_each_failure(reader, 0, print_one, &all, error);
    if (all.as_json) {
        vt_json_array_end(&all.json);
        vt_json_key(&all.json, "total");
        vt_json_int(&all.json, all.total);
        vt_json_object_end(&all.json);
        done = vt_json_end(&all.json, done ? error : NULL) && done;
    } else if (done && !all.as_paths) {
        printf("%" PRId64 " failed\n", all.total);
    }
    return done && vt_cli_flush(error);
}

static bool print_wanted(void *user, const vt_failure *failure)
{
    failures *all = user;
    if (failure->path_length != all->wanted_length ||
        memcmp(failure->path, all->wanted, all->wanted_length) != 0) {
        return true;
    }
    all->total = 1;
    if (all->as_json) {
        vt_json_begin(&all->json, vt_json_to_file, stdout, VT_JSON_INDENTED);
        vt_json_object_begin(&all->json);
        print_members(&all->json, failure, all->wanted);
        vt_json_object_end(&all->json);
    } else {
        print_lines(failure);
    }
    return false;
}

bool vt_cli_failures_show(vt_catalog_reader *reader, const vt_arguments *arguments, const char *word,
                          bool *found, vt_error *error)
{
    char *path = vt_cli_absolute(word);
    *found = false;
    if (!path) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    failures all = {.as_json = arguments->json, .wanted = path, .wanted_length = strlen(path)};
    bool done = vt_catalog_reader_each_failure(reader, 0, print_wanted, &all, error);
    *found = done && all.total > 0;
    if (*found) {
        done = (!all.as_json || vt_json_end(&all.json, error)) && vt_cli_flush(error);
    }
    free(path);
    return done;
}
