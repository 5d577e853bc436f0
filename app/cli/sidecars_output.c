#include "app/cli/sidecars_output.h"

#include "app/cli/output.h"
#include "core/base/ids.h"
#include "core/base/path.h"
#include "core/catalog/label.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for side-cars");
    return false;
}

static bool is_meant(const vt_cli_sidecar_counts *of, int64_t id)
{
    return vt_ids_contain(of->ids, of->count, id);
}

/* ---- counting ---- */

static bool count_due(vt_catalog_reader *reader, vt_cli_sidecar_counts *of, int64_t marks, vt_error *error)
{
    size_t found = 0;
    int64_t next;
    int64_t *due = calloc((size_t)marks + 1, sizeof *due);
    bool done = due || no_memory(error);
    done = done && vt_sidecars_due(reader, INT64_MAX, true, due, (size_t)marks + 1, &found, &next, error);
    for (size_t i = 0; done && i < found; i++) {
        of->due += is_meant(of, due[i]);
    }
    free(due);
    return done;
}

/* Problems come by item. */
static bool count_problem(void *user, const vt_sidecar_problem *problem)
{
    vt_cli_sidecar_counts *of = user;
    if (is_meant(of, problem->item_id)) {
        of->failures += problem->field == 0;
        of->conflicts += problem->field != 0;
        size_t last = of->in_conflict_count;
        if (problem->field && (last == 0 || of->in_conflict[last - 1] != problem->item_id)) {
            of->in_conflict[of->in_conflict_count++] = problem->item_id;
        }
    }
    return true;
}

bool vt_cli_sidecars_look(vt_catalog_reader *reader, vt_cli_sidecar_counts *of, vt_error *error)
{
    vt_sidecar_counts counts;
    vt_cli_sidecars_clear(of);
    of->due = of->conflicts = of->failures = 0;
    if (!vt_sidecars_count(reader, &counts, error)) {
        return false;
    }
    of->in_conflict = calloc((size_t)counts.conflicts + 1, sizeof *of->in_conflict);
    bool done =
        (of->in_conflict || no_memory(error)) && count_due(reader, of, counts.due, error) &&
        vt_sidecars_each_problem(reader, counts.conflicts + counts.failures, count_problem, of, error);
    if (done) {
        vt_ids_sort(of->in_conflict, of->in_conflict_count);
    }
    return done;
}

void vt_cli_sidecars_clear(vt_cli_sidecar_counts *of)
{
    free(of->in_conflict);
    of->in_conflict = NULL;
    of->in_conflict_count = 0;
}

/* ---- telling ---- */

static const char *field_name(vt_sidecar_field field)
{
    switch (field) {
    case VT_SIDECAR_RATING:
        return "rating";
    case VT_SIDECAR_LABEL:
        return "label";
    case VT_SIDECAR_TITLE:
        return "title";
    case VT_SIDECAR_NOTES:
        return "note";
    default:
        return "tags";
    }
}

/* Labels are numbers in the catalog. */
static const char *value_of(const vt_sidecar_problem *problem, const char *value)
{
    const char *label = problem->field == VT_SIDECAR_LABEL ? vt_label_name(atoi(value)) : NULL;
    return label ? label : value;
}

typedef struct telling {
    const vt_cli_sidecar_counts *of;
    vt_json_writer *json; /* NULL: as text */
} telling;

static void pair(vt_json_writer *json, const char *name, const char *value)
{
    vt_json_key(json, name);
    vt_json_string(json, value);
}

static void tell_as_json(vt_json_writer *json, const vt_sidecar_problem *problem)
{
    vt_json_object_begin(json);
    vt_json_key(json, "id");
    vt_json_int(json, problem->item_id);
    vt_json_key(json, "path");
    vt_json_bytes(json, problem->path, strlen(problem->path));
    if (problem->field) {
        pair(json, "field", field_name(problem->field));
        pair(json, "ours", value_of(problem, problem->ours));
        pair(json, "theirs", value_of(problem, problem->theirs));
    } else {
        pair(json, "failure", problem->theirs);
    }
    vt_json_object_end(json);
}

static bool tell_problem(void *user, const vt_sidecar_problem *problem)
{
    const telling *at = user;
    if (!is_meant(at->of, problem->item_id)) {
        return true;
    }
    if (at->json) {
        tell_as_json(at->json, problem);
        return true;
    }
    char *shown = vt_path_display(problem->path);
    if (problem->field) {
        printf("%s: conflict: %s is '%s' here, '%s' there\n", shown ? shown : "", field_name(problem->field),
               value_of(problem, problem->ours), value_of(problem, problem->theirs));
    } else {
        printf("%s: failed: %s\n", shown ? shown : "", problem->theirs);
    }
    free(shown);
    return true;
}

static void number(vt_json_writer *json, const char *name, int64_t value)
{
    vt_json_key(json, name);
    vt_json_int(json, value);
}

static bool tell_json(vt_catalog_reader *reader, const vt_cli_sidecar_counts *of, int64_t problems,
                      vt_error *error)
{
    vt_json_writer json;
    const telling at = {of, &json};
    vt_json_begin(&json, vt_json_to_file, stdout, VT_JSON_INDENTED);
    vt_json_object_begin(&json);
    number(&json, "items", (int64_t)of->count);
    if (of->acted) {
        number(&json, "written", of->written);
        number(&json, "read", of->read);
    }
    number(&json, "due", of->due);
    number(&json, "conflicts", of->conflicts);
    number(&json, "failures", of->failures);
    vt_json_key(&json, "problems");
    vt_json_array_begin(&json);
    bool done = vt_sidecars_each_problem(reader, problems, tell_problem, (void *)&at, error);
    vt_json_array_end(&json);
    vt_json_object_end(&json);
    return vt_json_end(&json, done ? error : NULL) && done;
}

bool vt_cli_sidecars_tell(const vt_arguments *arguments, vt_catalog_reader *reader,
                          const vt_cli_sidecar_counts *of, vt_error *error)
{
    vt_sidecar_counts counts;
    if (!vt_sidecars_count(reader, &counts, error)) {
        return false;
    }
    int64_t problems = counts.conflicts + counts.failures;
    if (arguments->json) {
        return tell_json(reader, of, problems, error) && vt_cli_flush(error);
    }
    const telling at = {of, NULL};
    if (!vt_sidecars_each_problem(reader, problems, tell_problem, (void *)&at, error)) {
        return false;
    }
    if (of->acted) {
        printf("%" PRId64 " written, %" PRId64 " read, ", of->written, of->read);
    }
    printf("%" PRId64 " due, %" PRId64 " conflicts, %" PRId64 " failures, of %zu items\n", of->due,
           of->conflicts, of->failures, of->count);
    return vt_cli_flush(error);
}
