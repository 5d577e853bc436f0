#include "core/sidecar/sidecar_folder.h"

#include "core/base/path.h"
#include "core/sidecar/sidecar_path.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

void vt_sidecar_folder_clear(vt_sidecar_folder *around)
{
    for (size_t i = 0; i < around->count; i++) {
        free(around->names[i]);
    }
    free(around->names);
    free(around->folder);
    around->names = NULL;
    around->folder = NULL;
    around->count = around->capacity = 0;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool add_name(vt_sidecar_folder *around, const char *name)
{
    if (around->count == around->capacity) {
        size_t capacity = around->capacity ? around->capacity * 2 : 256;
        char **grown = realloc(around->names, capacity * sizeof *grown);
        if (!grown) {
            return false;
        }
        around->names = grown;
        around->capacity = capacity;
    }
    around->names[around->count] = strdup(name);
    return around->names[around->count] && ++around->count;
}

bool vt_sidecar_folder_around(vt_sidecar_folder *around, const char *path)
{
    size_t length = (size_t)(vt_path_name(path) - path);
    if (around->folder && strlen(around->folder) == length && strncmp(around->folder, path, length) == 0) {
        return true;
    }
    vt_sidecar_folder_clear(around);
    around->folder = strndup(path, length);
    DIR *folder = around->folder ? opendir(length > 0 ? around->folder : ".") : NULL;
    const struct dirent *entry = NULL;
    bool memory = around->folder != NULL;
    while (memory && folder && (entry = readdir(folder)) != NULL) {
        memory = add_name(around, entry->d_name);
    }
    if (folder) {
        closedir(folder);
    }
    if (around->count > 0) {
        qsort(around->names, around->count, sizeof *around->names, compare_names);
    }
    return memory;
}

/* Names that begin with the stem of the side-car stand together. */
size_t vt_sidecar_folder_owner(const vt_sidecar_folder *around, const char *name)
{
    size_t length = strlen(name);
    size_t stem = length > strlen(".xmp") ? length - strlen(".xmp") : 0;
    size_t first = 0, end = around->count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (strncmp(around->names[middle], name, stem) < 0) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    while (end < around->count && strncmp(around->names[end], name, stem) == 0) {
        end++;
    }
    size_t owner = end > first
                       ? vt_sidecar_path_owner(name, (const char *const *)around->names + first, end - first)
                       : VT_SIDECAR_NOBODY;
    return owner == VT_SIDECAR_NOBODY ? owner : first + owner;
}

bool vt_sidecar_folder_is_owner(const vt_sidecar_folder *around, const char *sidecar, const char *path)
{
    size_t owner = vt_sidecar_folder_owner(around, vt_path_name(sidecar));
    return owner != VT_SIDECAR_NOBODY && strcmp(around->names[owner], vt_path_name(path)) == 0;
}
