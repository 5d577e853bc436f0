#include "app/cli/find_item.h"

#include "core/base/arena.h"
#include "core/base/path.h"
#include "core/catalog/sequences.h"
#include "core/sequence/sequence_name.h"
#include "core/sequence/sequence_ranges.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The number that all of `text` is; 0 if it is none: ids begin at 1. */
static int64_t number_of(const char *text)
{
    char *end;
    if (text[0] < '0' || text[0] > '9') {
        return 0;
    }
    long long number = strtoll(text, &end, 10);
    return *end == '\0' ? number : 0;
}

char *vt_cli_absolute(const char *path)
{
    char *there = vt_path_absolute(path, NULL);
    if (there || path[0] == '/') {
        return there ? there : strdup(path);
    }
    char *here = getcwd(NULL, 0);
    char *joined = here ? vt_path_join(here, path) : NULL;
    free(here);
    return joined;
}

/* True if the sequence has the frame, and not only a name that fits. */
static bool has_frame(vt_catalog_reader *reader, int64_t sequence_id, int64_t frame)
{
    vt_arena *arena = vt_arena_create(0);
    vt_sequence_row row;
    vt_sequence_ranges ranges = VT_SEQUENCE_RANGES_INIT;
    bool has = arena && vt_catalog_reader_sequence(reader, sequence_id, arena, &row, NULL) &&
               vt_sequence_ranges_parse(row.ranges, strlen(row.ranges), &ranges, NULL, NULL) &&
               vt_sequence_ranges_contain(&ranges, frame);
    vt_sequence_ranges_clear(&ranges);
    vt_arena_free(arena);
    return has;
}

/* Frames have no rows of their own: their sequence stands under the name that they have in common, of which
   only the number of its digits is not known. */
static bool find_sequence_of(vt_catalog_reader *reader, const char *path, vt_item *item)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    vt_sequence_name parts;
    if (!vt_sequence_name_parse(name, strlen(name), &parts, NULL)) {
        return false;
    }
    bool found = false;
    bool padded = vt_sequence_name_is_padded(name, &parts);
    for (uint32_t width = parts.digits_length; width > 0 && !found; width--) {
        vt_sequence_pattern pattern = vt_sequence_pattern_of(name, &parts, width);
        vt_str sequence = VT_STR_INIT;
        vt_str_append(&sequence, path, (size_t)(name - path));
        vt_sequence_pattern_append_hashes(&pattern, &sequence);
        found = !sequence.failed &&
                vt_catalog_reader_item_at(reader, sequence.data, sequence.length, item, NULL) &&
                item->media.kind == VT_KIND_SEQUENCE && has_frame(reader, item->id, parts.number);
        vt_str_free(&sequence);
        if (padded) {
            break; /* its digits are all there are */
        }
    }
    return found;
}

bool vt_cli_find_item(vt_catalog_reader *reader, const char *word, vt_item *item, vt_error *error)
{
    int64_t id = number_of(word);
    if (id > 0) {
        return vt_catalog_reader_item(reader, id, item, error);
    }
    char *path = vt_cli_absolute(word);
    if (!path) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    vt_error fault = VT_ERROR_INIT;
    bool found = vt_catalog_reader_item_at(reader, path, strlen(path), item, &fault) ||
                 (fault.code == VT_ERROR_NOT_FOUND && find_sequence_of(reader, path, item));
    if (!found && error) {
        *error = fault;
    }
    free(path);
    return found;
}
