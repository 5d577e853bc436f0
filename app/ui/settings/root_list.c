#include "app/ui/settings/root_list.h"

#include <stdlib.h>
#include <string.h>

void vt_root_list_free(vt_root_list *list)
{
    for (size_t i = 0; list && i < list->count; i++) {
        free(list->lines[i].path);
    }
    if (list) {
        free(list->lines);
        free(list);
    }
}

static bool add_root(void *user, const vt_root *root)
{
    vt_root_list *list = user;
    char *path = list->count < VT_ROOT_LIST_MAX ? strdup(root->path) : NULL;
    vt_root_line *grown = path ? realloc(list->lines, (list->count + 1) * sizeof *grown) : NULL;
    if (!grown) {
        free(path);
        return false;
    }
    list->lines = grown;
    list->lines[list->count++] = (vt_root_line){
        .path = path, .watch = root->watch, .scan_at_start = root->scan_at_start, .offline = root->offline};
    return true;
}

vt_root_list *vt_root_list_read(vt_catalog *catalog, vt_error *error)
{
    vt_root_list *list = calloc(1, sizeof *list);
    if (!list) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the imported folders");
        return NULL;
    }
    vt_catalog_reader *reader = vt_catalog_reader_open(catalog, error);
    bool done = reader && vt_catalog_reader_each_root(reader, add_root, list, error);
    for (size_t i = 0; done && i < list->count; i++) {
        done = vt_roots_count(reader, list->lines[i].path, false, &list->lines[i].counts, error);
    }
    vt_catalog_reader_free(reader);
    if (!done) {
        vt_root_list_free(list);
        return NULL;
    }
    return list;
}

int vt_root_list_find(const vt_root_list *list, const char *path)
{
    for (size_t i = 0; path && i < list->count; i++) {
        if (strcmp(list->lines[i].path, path) == 0) {
            return (int)i;
        }
    }
    return -1;
}

vt_root_state vt_root_line_state(const vt_root_line *line)
{
    const vt_root_counts *counts = &line->counts;
    return line->offline                      ? VT_ROOT_OFFLINE
           : counts->items == 0               ? VT_ROOT_EMPTY
           : counts->missing == counts->items ? VT_ROOT_ALL_MISSING
           : counts->missing > 0              ? VT_ROOT_SOME_MISSING
                                              : VT_ROOT_IN_ORDER;
}
