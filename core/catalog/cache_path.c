#include "core/catalog/cache_path.h"

#include "core/base/path.h"
#include "core/base/str.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a (Fowler, Noll, Vo), 64 bits: names files apart, keeps nobody out. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const unsigned char *at = (const unsigned char *)text; *at; at++) {
        hash = (hash ^ *at) * UINT64_C(1099511628211);
    }
    return hash;
}

char *vt_catalog_cache_path(const vt_catalog *catalog, const char *folder, const char *ending,
                            vt_error *error)
{
    char *cache = vt_path_xdg(VT_XDG_CACHE, error);
    if (!cache) {
        return NULL;
    }
    vt_str path = VT_STR_INIT;
    vt_str_appendf(&path, "%s/%s/%016llx.%s", cache, folder,
                   (unsigned long long)hash_of(vt_catalog_path(catalog)), ending);
    free(cache);
    char *taken = vt_str_take(&path);
    if (!taken) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    return taken;
}

bool vt_cache_make_folder_of(const char *path, vt_error *error)
{
    char *folder = strndup(path, (size_t)(vt_path_name(path) - path));
    bool done =
        folder ? vt_path_make_folders(folder, error) : vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    free(folder);
    return done;
}
