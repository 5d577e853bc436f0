#include "core/bench/place.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Large enough for what lies in the caches to be without weight, small enough to be made in every round. */
enum { ROWS = 100000, FILES = 240, OPEN_MAX_FOLDERS = 16 };

static const struct {
    const char *variable, *name;
} homes[] = {
    {"XDG_CONFIG_HOME", "config"}, {"XDG_DATA_HOME", "data"},      {"XDG_CACHE_HOME", "cache"},
    {"XDG_STATE_HOME", "state"},   {"XDG_RUNTIME_DIR", "runtime"},
};

bool vt_bench_place_make(vt_bench_place *place, vt_error *error)
{
    const char *temporary = getenv("TMPDIR");
    *place = (vt_bench_place){.rows = ROWS, .files = FILES};
    int length = snprintf(place->folder, sizeof place->folder, "%s/vitrine-bench-XXXXXX",
                          temporary && *temporary ? temporary : "/tmp");
    if (length >= (int)sizeof place->folder - 1) {
        return vt_error_set(error, VT_ERROR_LIMIT,
                            "the path in TMPDIR is too long for the benchmark's folder");
    }
    if (!mkdtemp(place->folder)) {
        int why = errno;
        return vt_error_set_errno(
            error, why, "cannot make the benchmark's folder %s (TMPDIR names another place)", place->folder);
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

static int remove_entry(const char *path, const struct stat *facts, int type, struct FTW *at)
{
    (void)facts;
    (void)type;
    (void)at;
    (void)remove(path);
    return 0;
}

void vt_bench_remove_folder(const char *folder)
{
    (void)nftw(folder, remove_entry, OPEN_MAX_FOLDERS, FTW_DEPTH | FTW_PHYS);
}

void vt_bench_place_remove(const vt_bench_place *place)
{
    vt_bench_remove_folder(place->folder);
}
