#include "app/ui/files/open_files.h"

#include "core/catalog/reader.h"
#include "core/catalog/sequences.h"
#include "core/desktop/launch.h"
#include "core/sequence/sequence_name.h"
#include "core/sequence/sequence_ranges.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for opening files");
    return false;
}

bool vt_open_files_asks(const vt_open_files *opening)
{
    return !opening->agreed && opening->starts > VT_OPEN_STARTS_ASKED;
}

/* In the place of the sequence's name in `path`. */
static bool put_first_frame(const vt_open_files *opening, vt_catalog_reader **reader,
                            const vt_item_brief *item, vt_str *path, vt_error *error)
{
    vt_sequence_row row;
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    int64_t frame = 0;
    *reader = *reader ? *reader : vt_catalog_reader_open(opening->catalog, error);
    vt_arena *arena = *reader ? vt_arena_create(0) : NULL;
    if (!arena) {
        return *reader ? no_memory(error) : false;
    }
    bool done = vt_catalog_reader_sequence(*reader, item->id, arena, &row, error) &&
                vt_sequence_ranges_parse(row.ranges, strlen(row.ranges), &ranges, NULL, error) &&
                vt_sequence_ranges_at(&ranges, 0, &frame);
    if (done) {
        const vt_frame_names *names = &row.names;
        const vt_sequence_pattern pattern = {names->prefix, names->suffix, names->prefix_length,
                                             names->suffix_length, names->width};
        path->length -= item->name_length;
        path->data[path->length] = '\0';
        done = vt_sequence_pattern_name(&pattern, frame, path, error);
    }
    vt_sequence_ranges_clear(&ranges);
    vt_arena_free(arena);
    return done;
}

static bool add_item(vt_open_files *opening, size_t at, vt_catalog_reader **reader, vt_error *error)
{
    vt_item_brief item;
    vt_str path = VT_STR_INIT;
    vt_chosen_item(opening->chosen, at, &item);
    vt_chosen_path(opening->chosen, at, &path);
    bool done = !path.failed || no_memory(error);
    if (done && item.kind == VT_KIND_SEQUENCE) {
        done = put_first_frame(opening, reader, &item, &path, error);
    }
    if (done && access(path.data, F_OK) != 0) {
        opening->missing++;
    } else if (done) {
        char *taken = vt_str_take(&path);
        done = taken || no_memory(error);
        opening->paths[opening->count] = taken;
        opening->count += taken != NULL;
    }
    vt_str_free(&path);
    return done;
}

static bool collect(vt_open_files *opening, vt_error *error)
{
    size_t count = vt_chosen_count(opening->chosen);
    vt_catalog_reader *reader = NULL;
    if (count > VT_OPEN_FILES_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "more than %d items cannot be opened at once; choose fewer", VT_OPEN_FILES_MAX);
    }
    opening->paths = calloc(count, sizeof *opening->paths);
    bool done = opening->paths || no_memory(error);
    for (size_t i = 0; done && i < count; i++) {
        done = add_item(opening, i, &reader, error);
    }
    vt_catalog_reader_free(reader);
    if (done && opening->count == 0) {
        done = vt_error_set(error, VT_ERROR_NOT_FOUND,
                            count == 1
                                ? "the file is not there any more; look for it with File > Find missing files"
                                : "none of the files is there any more; look for them with File > Find "
                                  "missing files");
    }
    return done;
}

bool vt_open_files_run(vt_open_files *opening, vt_error *error)
{
    const vt_program *program = &opening->program.list[0];
    if (!opening->paths) {
        if (!collect(opening, error)) {
            return false;
        }
        opening->starts = vt_launch_starts(program, (const char *const *)opening->paths, opening->count);
    }
    return vt_open_files_asks(opening) ||
           vt_launch(program, (const char *const *)opening->paths, opening->count, &opening->started, error);
}

void vt_open_files_free(vt_open_files *opening)
{
    if (opening) {
        for (size_t i = 0; i < opening->count; i++) {
            free(opening->paths[i]);
        }
        free(opening->paths);
        vt_programs_clear(&opening->program);
        vt_chosen_unref(opening->chosen);
        free(opening);
    }
}
