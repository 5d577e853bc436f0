#include "core/sidecar/sidecar_path.h"

#include "core/base/path.h"
#include "core/base/str.h"

#include <string.h>
#include <strings.h>

#define SUFFIX        ".xmp"
#define SUFFIX_LENGTH (sizeof SUFFIX - 1)

/* Extensions of camera raw files. */
static const char *const raw_extensions[] = {
    "3fr", "arw", "cr2", "cr3", "crw", "dcr", "dng", "erf", "fff", "iiq", "k25", "kdc", "mef", "mos",
    "mrw", "nef", "nrw", "orf", "pef", "raf", "raw", "rw2", "rwl", "sr2", "srf", "srw", "x3f",
};

/* Bytes of a path up to its extension's dot. */
static size_t stem_length(const char *path)
{
    const char *extension = vt_path_extension(path);
    return *extension ? (size_t)(extension - path) - 1 : strlen(path);
}

static char *with_suffix(const char *path, size_t length)
{
    vt_str made = VT_STR_INIT;
    vt_str_append(&made, path, length);
    vt_str_append_cstr(&made, SUFFIX);
    return vt_str_take(&made);
}

char *vt_sidecar_path_long(const char *path)
{
    return with_suffix(path, strlen(path));
}

char *vt_sidecar_path_short(const char *path)
{
    return with_suffix(path, stem_length(path));
}

bool vt_sidecar_path_is_sidecar(const char *path)
{
    return strcasecmp(vt_path_extension(path), &SUFFIX[1]) == 0;
}

static bool is_raw(const char *name)
{
    for (size_t i = 0; i < sizeof raw_extensions / sizeof *raw_extensions; i++) {
        if (strcasecmp(vt_path_extension(name), raw_extensions[i]) == 0) {
            return true;
        }
    }
    return false;
}

size_t vt_sidecar_path_owner(const char *sidecar, const char *const *names, size_t count)
{
    if (!vt_sidecar_path_is_sidecar(sidecar)) {
        return VT_SIDECAR_NOBODY;
    }
    size_t stem = strlen(sidecar) - SUFFIX_LENGTH;
    size_t fitting = 0, raws = 0;
    size_t last = VT_SIDECAR_NOBODY, last_raw = VT_SIDECAR_NOBODY;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(names[i], sidecar, stem) != 0 || vt_sidecar_path_is_sidecar(names[i])) {
            continue;
        }
        if (names[i][stem] == '\0') {
            return i;
        }
        if (stem_length(names[i]) != stem) {
            continue;
        }
        fitting++;
        last = i;
        if (is_raw(names[i])) {
            raws++;
            last_raw = i;
        }
    }
    return fitting == 1 ? last : raws == 1 ? last_raw : VT_SIDECAR_NOBODY;
}
