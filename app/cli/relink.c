#include "core/import/relink.h"
#include "app/cli/open_catalog.h"
#include "app/cli/output.h"
#include "core/base/path.h"
#include "core/base/str.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct session {
    const vt_arguments *arguments;
    bool dry_run;
    vt_relink *relink;
    vt_relink_figures figures;
    int64_t moved;
} session;

/* An absolute and clean path of a folder that need not be there any more. free(). */
static char *folder_of_the_past(const char *given, vt_error *error)
{
    vt_error none = VT_ERROR_INIT;
    char *path = vt_path_absolute(given, &none);
    if (path) {
        return path;
    }
    char *working = given[0] == '/' ? strdup("") : getcwd(NULL, 0);
    path = working ? (*working ? vt_path_join(working, given) : strdup(given)) : NULL;
    free(working);
    if (!path) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    for (size_t length = strlen(path); length > 1 && path[length - 1] == '/'; length--) {
        path[length - 1] = '\0';
    }
    return path;
}

static void print_number(vt_json_writer *json, const char *key, int64_t value)
{
    vt_json_key(json, key);
    vt_json_int(json, value);
}

static void print_parts(const session *run, vt_json_writer *json)
{
    vt_json_key(json, "in_part");
    vt_json_array_begin(json);
    for (int64_t i = 0; i < run->figures.parts; i++) {
        vt_relink_part part = vt_relink_part_at(run->relink, (size_t)i);
        vt_json_object_begin(json);
        print_number(json, "id", part.id);
        vt_json_key(json, "from");
        vt_json_string(json, part.from);
        vt_json_key(json, "to");
        vt_json_string(json, part.to);
        print_number(json, "frames_found", (int64_t)part.found);
        print_number(json, "frames", (int64_t)part.frames);
        vt_json_object_end(json);
    }
    vt_json_array_end(json);
}

static bool print_json(const session *run, vt_error *error)
{
    const vt_relink_figures *figures = &run->figures;
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    vt_json_key(&json, "dry_run");
    vt_json_bool(&json, run->dry_run);
    print_number(&json, "sought", figures->sought);
    print_number(&json, "files", figures->files);
    print_number(&json, "files_read", figures->read);
    print_number(&json, "found", figures->matches);
    print_number(&json, "moved", run->moved);
    vt_json_key(&json, "evidence");
    vt_json_object_begin(&json);
    for (vt_evidence by = 0; by < VT_EVIDENCE_COUNT; by++) {
        print_number(&json, vt_evidence_name(by), figures->by[by]);
    }
    vt_json_object_end(&json);
    vt_json_key(&json, "items");
    vt_json_array_begin(&json);
    for (int64_t i = 0; i < figures->matches; i++) {
        vt_relink_match match = vt_relink_match_at(run->relink, (size_t)i);
        vt_json_object_begin(&json);
        print_number(&json, "id", match.id);
        vt_json_key(&json, "from");
        vt_json_string(&json, match.from);
        vt_json_key(&json, "to");
        vt_json_string(&json, match.to);
        vt_json_key(&json, "evidence");
        vt_json_string(&json, vt_evidence_name(match.evidence));
        vt_json_object_end(&json);
    }
    vt_json_array_end(&json);
    vt_json_key(&json, "doubtful");
    vt_json_array_begin(&json);
    for (int64_t i = 0; i < figures->doubts; i++) {
        vt_json_string(&json, vt_relink_doubt_at(run->relink, (size_t)i).path);
    }
    vt_json_array_end(&json);
    print_parts(run, &json);
    vt_json_object_end(&json);
    return vt_json_end(&json, error) && vt_cli_flush(error);
}

static void print_path(const char *path)
{
    vt_str line = VT_STR_INIT;
    vt_str_append_display(&line, path, strlen(path));
    fputs(line.data, stdout);
    vt_str_free(&line);
}

static bool print_lines(const session *run, vt_error *error)
{
    for (int64_t i = 0; i < run->figures.matches; i++) {
        vt_relink_match match = vt_relink_match_at(run->relink, (size_t)i);
        print_path(match.from);
        fputs(" -> ", stdout);
        print_path(match.to);
        printf(" (%s)\n", vt_evidence_name(match.evidence));
    }
    for (int64_t i = 0; i < run->figures.doubts; i++) {
        fputs("cannot tell which: ", stdout);
        print_path(vt_relink_doubt_at(run->relink, (size_t)i).path);
        fputc('\n', stdout);
    }
    for (int64_t i = 0; i < run->figures.parts; i++) {
        vt_relink_part part = vt_relink_part_at(run->relink, (size_t)i);
        printf("left, only %" PRIu64 " of %" PRIu64 " frames are there: ", part.found, part.frames);
        print_path(part.from);
        fputs(" -> ", stdout);
        print_path(part.to);
        fputc('\n', stdout);
    }
    return vt_cli_flush(error);
}

static int report(const session *run)
{
    vt_error error = VT_ERROR_INIT;
    bool printed = run->arguments->json ? print_json(run, &error)
                   : run->dry_run       ? print_lines(run, &error)
                                        : true;
    if (!printed) {
        return vt_cli_fail(&error);
    }
    const vt_relink_figures *figures = &run->figures;
    vt_cli_remark(run->arguments,
                  "%" PRId64 " items are not where they were; %" PRId64 " of them found among %" PRId64
                  " files, %" PRId64 " files cannot be told apart; %" PRId64 " relinked%s",
                  figures->sought, figures->matches, figures->files, figures->doubts, run->moved,
                  run->dry_run ? " (--dry-run)" : "");
    if (figures->parts > 0) {
        vt_cli_remark(run->arguments,
                      "sequences left as they are: %" PRId64 ", of which only some frames are in the new "
                      "folder (--dry-run lists them); move the others there, too, and relink again",
                      figures->parts);
    }
    if (!run->dry_run && run->moved < figures->matches) {
        vt_cli_remark(run->arguments,
                      "%" PRId64 " were left: at their new paths are items with ratings, tags or notes",
                      figures->matches - run->moved);
    }
    return VT_EXIT_DONE;
}

static bool apply(session *run, vt_catalog *catalog, vt_error *error)
{
    if (run->dry_run) {
        return true;
    }
    vt_catalog_writer *writer = vt_catalog_writer_create(catalog, error);
    bool done = writer && vt_relink_apply(run->relink, writer, NULL, NULL, &run->moved, error);
    vt_catalog_writer_free(writer);
    return done;
}

int vt_cli_relink(const vt_arguments *arguments)
{
    vt_error error = VT_ERROR_INIT;
    session run = {.arguments = arguments, .dry_run = vt_arguments_value(arguments, "dry-run") != NULL};
    bool two = arguments->word_count == 2;
    char *old_folder = two ? folder_of_the_past(arguments->words[0], &error) : NULL;
    char *folder = old_folder || !two ? vt_path_absolute(arguments->words[two], &error) : NULL;
    vt_catalog *catalog =
        folder ? vt_cli_open_catalog(arguments, run.dry_run ? VT_CATALOG_READ_ONLY : VT_CATALOG_READ_WRITE,
                                     &error)
               : NULL;
    run.relink = catalog ? vt_relink_search(catalog, old_folder, folder, NULL, &error) : NULL;
    bool done = false;
    if (run.relink) {
        vt_relink_get_figures(run.relink, &run.figures);
        done = apply(&run, catalog, &error);
    }
    int status = done ? report(&run) : vt_cli_fail(&error);
    vt_relink_free(run.relink);
    vt_catalog_close(catalog);
    free(old_folder);
    free(folder);
    return status;
}
