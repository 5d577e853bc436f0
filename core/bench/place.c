#include "core/bench/place.h"

#include "core/base/temporary.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Large enough for what lies in the caches to be without weight, small enough to be made in every round. */
enum { ROWS = 100000, FILES = 240 };

static const struct {
    const char *variable, *name;
} homes[] = {
    {"XDG_CONFIG_HOME", "config"}, {"XDG_DATA_HOME", "data"},      {"XDG_CACHE_HOME", "cache"},
    {"XDG_STATE_HOME", "state"},   {"XDG_RUNTIME_DIR", "runtime"},
};

bool vt_bench_place_make(vt_bench_place *place, vt_error *error)
{
    *place = (vt_bench_place){.rows = ROWS, .files = FILES};
    if (!vt_temporary_make("vitrine-bench", place->folder, sizeof place->folder, error)) {
        return false;
    }
    for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
        char path[sizeof place->folder + 16];
        (void)snprintf(path, sizeof path, "%s/%s", place->folder, homes[i].name);
        if (mkdir(path, 0700) != 0 || setenv(homes[i].variable, path, 1) != 0) {
            int why = errno;
            vt_bench_place_remove(place);
            return vt_error_set_errno(error, why, "cannot make the folder %s", path);
        }
    }
    return true;
}

void vt_bench_place_remove(const vt_bench_place *place)
{
    (void)vt_temporary_remove(place->folder);
}
