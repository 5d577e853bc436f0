/* What an export would do: files, bytes, names that are taken. */
#include "core/base/path.h"
#include "core/import/export_private.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct looking {
    vt_catalog_reader *reader;
    const vt_picture_wish *wish;
    int folder; /* open; -1: not there */
    vt_arena *arena;
    char **names; /* of all that would be written; in the arena */
    size_t count;
    vt_export_survey *survey;
    vt_error *error;
} looking;

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a look at an export");
    return false;
}

static bool add_name(looking *at, const char *name)
{
    char *copy = vt_arena_copy(at->arena, name, strlen(name));
    if (!copy) {
        return no_memory(at->error);
    }
    at->names[at->count++] = copy;
    return true;
}

/* What the helper would give of it. */
static double pixels_of(const looking *at, const vt_item *item)
{
    double side = at->wish->side;
    if (item->media.kind == VT_KIND_MODEL) {
        side = side > 0 ? side : VT_EXPORT_MODEL_SIDE;
        return side * side;
    }
    double width = item->media.width;
    double height = item->media.height;
    double longer = width > height ? width : height;
    double scale = side > 0 && longer > side ? side / longer : 1;
    return width * height * scale * scale;
}

static bool add_entry(looking *at, const vt_file_entry *entry, double bytes, vt_str *name)
{
    if (!entry->there) {
        at->survey->missing++;
        return true;
    }
    at->survey->files++;
    at->survey->bytes += (int64_t)bytes;
    if (at->wish) {
        vt_export_picture_name(entry->path, at->wish->format, name);
    } else {
        vt_str_clear(name);
        vt_str_append_cstr(name, vt_path_name(entry->path));
    }
    return (!name->failed || no_memory(at->error)) && add_name(at, name->data);
}

static bool look_at_copies(looking *at, const vt_file_list *list, const vt_cancel *cancel, vt_str *name)
{
    bool done = true;
    for (size_t i = 0; done && i < list->entry_count; i++) {
        const vt_file_entry *entry = &list->entries[i];
        done = (!cancel || vt_cancel_check(cancel, at->error)) &&
               (entry->role == VT_FILE_ROW || add_entry(at, entry, (double)entry->size, name));
    }
    return done;
}

static bool look_at_pictures(looking *at, const vt_file_list *list, const vt_cancel *cancel, vt_str *name)
{
    bool done = true;
    for (size_t i = 0; done && i < list->item_count; i++) {
        vt_item item;
        size_t first = 0;
        size_t end = 0;
        done = (!cancel || vt_cancel_check(cancel, at->error)) &&
               vt_catalog_reader_item(at->reader, list->items[i].id, &item, at->error);
        double bytes =
            done ? vt_picture_format_estimate(at->wish->format, at->wish->quality, pixels_of(at, &item)) : 0;
        done = done &&
               vt_export_range(at->reader, list, &list->items[i], at->wish->frames, &first, &end, at->error);
        for (size_t e = first; done && e < end; e++) {
            done = !vt_export_is_file(&list->entries[e]) || add_entry(at, &list->entries[e], bytes, name);
        }
    }
    return done;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void count_taken(looking *at)
{
    if (at->count > 1) {
        qsort(at->names, at->count, sizeof *at->names, compare_names);
    }
    for (size_t i = 0; i < at->count; i++) {
        bool twice = i > 0 && strcmp(at->names[i], at->names[i - 1]) == 0;
        at->survey->taken +=
            twice || (at->folder >= 0 && faccessat(at->folder, at->names[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0);
    }
}

bool vt_export_look(const vt_catalog *catalog, const vt_file_items *items, const char *folder,
                    const vt_picture_wish *wish, const vt_cancel *cancel, vt_export_survey *survey,
                    vt_error *error)
{
    vt_file_list list;
    vt_str name = VT_STR_INIT;
    *survey = (vt_export_survey){0};
    looking at = {.wish = wish, .folder = -1, .survey = survey, .error = error};
    bool done = vt_file_list_make(&list, catalog, items, cancel, error);
    at.reader = done ? vt_catalog_reader_open(catalog, error) : NULL;
    if (at.reader) {
        at.arena = vt_arena_create(0);
        at.names = calloc(list.entry_count ? list.entry_count : 1, sizeof *at.names);
        at.folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        done = (at.arena && at.names) || no_memory(error);
        done = done && (wish ? look_at_pictures(&at, &list, cancel, &name)
                             : look_at_copies(&at, &list, cancel, &name));
    } else {
        done = false;
    }
    if (done) {
        count_taken(&at);
    }
    if (at.folder >= 0) {
        close(at.folder);
    }
    free(at.names);
    vt_arena_free(at.arena);
    vt_catalog_reader_free(at.reader);
    vt_file_list_clear(&list);
    vt_str_free(&name);
    return done;
}
