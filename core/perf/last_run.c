#include "core/perf/last_run.h"

#include "core/base/file.h"
#include "core/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { MODE = 0600, LONGEST = 16 << 20 };

static const char *const names[VT_LAST_RUN_FORMS] = {"last-run.txt", "last-run.json", "last-run.html"};

static bool find(vt_last_run_form form, bool make, vt_str *path, vt_error *error)
{
    char *folder = vt_path_xdg(VT_XDG_STATE, error);
    bool found = folder && (!make || vt_path_make_folders(folder, error));
    if (found) {
        vt_str_appendf(path, "%s/%s", folder, names[form]);
        found = !path->failed || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    free(folder);
    return found;
}

bool vt_last_run_keep(vt_last_run_form form, const vt_str *text, vt_error *error)
{
    vt_str path = VT_STR_INIT;
    bool kept = text->failed ? vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a report")
                             : find(form, true, &path, error) &&
                                   vt_file_replace(path.data, text->data, text->length, MODE, error);
    vt_str_free(&path);
    return kept;
}

static bool read_file(const char *path, vt_str *text, vt_error *error)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0 && errno == ENOENT) {
        return vt_error_set(
            error, VT_ERROR_NOT_FOUND,
            "nothing was measured yet: there is no %s; the window writes it when it is closed", path);
    }
    if (file < 0) {
        return vt_error_set_errno(error, errno, "cannot open %s", path);
    }
    bool good = vt_file_read_all(file, LONGEST, text);
    int fault = errno;
    close(file);
    if (!good && fault == EFBIG) {
        return vt_error_set(error, VT_ERROR_LIMIT, "%s is larger than any report (16 MiB): delete it", path);
    }
    return good || vt_error_set_errno(error, fault, "cannot read %s", path);
}

bool vt_last_run_read(vt_last_run_form form, vt_str *text, vt_error *error)
{
    vt_str path = VT_STR_INIT;
    bool good = find(form, false, &path, error) && read_file(path.data, text, error);
    vt_str_free(&path);
    return good;
}
