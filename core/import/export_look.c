/* What an export would do: files, bytes, names that are taken. */
#include "core/base/path.h"
#include "core/export/export_names.h"
#include "core/import/export_private.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct looking {
    vt_catalog_reader *reader;
    const vt_picture_wish *wish;
    vt_export_names *names;
    vt_export_survey *survey;
    vt_error *error;
} looking;

static bool no_memory(vt_error *error)
{
    vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a look at an export");
    return false;
}

/* The name it gets; NULL without memory. `numbered`: what it is named after has a number already. */
static const char *give_name(looking *at, const char *name, bool numbered)
{
    bool taken = false;
    const char *given = vt_export_names_give(at->names, name, &taken, at->error);
    at->survey->taken += given && (taken || numbered);
    return given;
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

static bool is_there(looking *at, const vt_file_entry *entry, double bytes)
{
    at->survey->missing += !entry->there;
    at->survey->files += entry->there;
    at->survey->bytes += entry->there ? (int64_t)bytes : 0;
    return entry->there;
}

static bool add_picture(looking *at, const vt_file_entry *entry, double bytes, vt_str *name)
{
    if (!is_there(at, entry, bytes)) {
        return true;
    }
    vt_export_picture_name(entry->path, at->wish->format, name);
    return name->failed ? no_memory(at->error) : give_name(at, name->data, false) != NULL;
}

/* `*owner`: the name the last file got, which its side-cars follow; NULL: it is not there. */
static bool add_copy(looking *at, const vt_file_entry *entry, const char **owner, bool *numbered)
{
    bool sidecar = entry->role == VT_FILE_SIDECAR;
    if (!sidecar) {
        *owner = NULL;
        *numbered = false;
    } else if (!*owner) {
        at->survey->missing++; /* it is not copied without its file */
        return true;
    }
    if (!is_there(at, entry, (double)entry->size)) {
        return true;
    }
    if (!sidecar) {
        int64_t before = at->survey->taken;
        *owner = give_name(at, vt_path_name(entry->path), false);
        *numbered = at->survey->taken > before;
        return *owner != NULL;
    }
    char *name = vt_export_sidecar_name(entry, *owner);
    bool done = name ? give_name(at, name, *numbered) != NULL : no_memory(at->error);
    free(name);
    return done;
}

static bool look_at_copies(looking *at, const vt_file_list *list, const vt_cancel *cancel)
{
    bool done = true;
    bool numbered = false;
    const char *owner = NULL;
    for (size_t i = 0; done && i < list->entry_count; i++) {
        const vt_file_entry *entry = &list->entries[i];
        done = (!cancel || vt_cancel_check(cancel, at->error)) &&
               (entry->role == VT_FILE_ROW || add_copy(at, entry, &owner, &numbered));
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
            done = !vt_export_is_file(&list->entries[e]) || add_picture(at, &list->entries[e], bytes, name);
        }
    }
    return done;
}

bool vt_export_look(const vt_catalog *catalog, const vt_file_items *items, const char *folder,
                    const vt_picture_wish *wish, const vt_cancel *cancel, vt_export_survey *survey,
                    vt_error *error)
{
    vt_file_list list;
    vt_str name = VT_STR_INIT;
    *survey = (vt_export_survey){0};
    looking at = {.wish = wish, .survey = survey, .error = error};
    int to = -1;
    bool done = vt_file_list_make(&list, catalog, items, cancel, error);
    at.reader = done ? vt_catalog_reader_open(catalog, error) : NULL;
    if (at.reader) {
        to = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        at.names = vt_export_names_create(to, error);
    }
    done =
        at.names && (wish ? look_at_pictures(&at, &list, cancel, &name) : look_at_copies(&at, &list, cancel));
    vt_export_names_free(at.names);
    if (to >= 0) {
        close(to);
    }
    vt_catalog_reader_free(at.reader);
    vt_file_list_clear(&list);
    vt_str_free(&name);
    return done;
}
