#include "app/ui/bench/window_figures.h"
#include "core/base/temporary.h"
#include "core/bench/data.h"
#include "core/bench/library.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

enum { PER_FOLDER = 60 };

bool vt_bench_library_make(const vt_bench_place *place, vt_bench_library *library, vt_error *error)
{
    char part[sizeof library->folder + 8];
    struct stat facts;
    (void)snprintf(library->folder, sizeof library->folder, "%s/window", place->folder);
    (void)snprintf(library->files, sizeof library->files, "%s/window-files", place->folder);
    (void)snprintf(library->catalog, sizeof library->catalog, "%s/library.vitrine", library->folder);
    (void)snprintf(library->thumbs, sizeof library->thumbs, "%s/library.thumbs", library->folder);
    if (stat(library->folder, &facts) == 0) {
        return true;
    }
    (void)snprintf(part, sizeof part, "%s.part", library->folder); /* it has its name once it is whole */
    vt_temporary_remove(part);
    vt_bench_import import = {.files = library->files, .library = part};
    if (!vt_bench_make_files(library->files, VT_BENCH_LIBRARY_FOLDERS * PER_FOLDER, PER_FOLDER, error) ||
        !vt_bench_import_run(&import, error)) {
        return false;
    }
    if (rename(part, library->folder) != 0) {
        int why = errno;
        return vt_error_set_errno(error, why, "cannot rename %s", part);
    }
    return true;
}
