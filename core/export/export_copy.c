#include "core/export/export_copy.h"

#include "core/base/file.h"
#include "core/base/path.h"
#include "core/files/move.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Between two looks at the cancel token. */
#define STEP_BYTES ((size_t)4 * 1024 * 1024)
#define TEMPORARY  ".vitrine-export-XXXXXX"

static bool no_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a copy");
}

/* Of a full disk the advice says what the system's text would say once more. */
static bool fault(vt_error *error, int reason, const char *what, const char *path)
{
    char *shown = vt_path_display(path);
    const char *name = shown ? shown : "a file";
    if (reason == ENOSPC || reason == EDQUOT) {
        vt_error_set(error, VT_ERROR_NO_SPACE,
                     "cannot %s %s: the disk is full; make room on it, or choose another folder", what, name);
    } else {
        vt_error_set_errno(error, reason, "cannot %s %s", what, name);
    }
    free(shown);
    return false;
}

int vt_export_begin(const char *folder, vt_str *temporary, vt_error *error)
{
    vt_str_clear(temporary);
    vt_str_appendf(temporary, "%s/" TEMPORARY, folder);
    if (temporary->failed) {
        no_memory(error);
        return -1;
    }
    int file = mkostemp(temporary->data, O_CLOEXEC);
    if (file < 0) {
        fault(error, errno, "write to", folder);
    } else {
        fchmod(file, vt_file_new_mode()); /* mkostemp makes what only its owner may read */
    }
    return file;
}

bool vt_export_number_name(const char *name, unsigned number, vt_str *out)
{
    char between[16] = "";
    const char *extension = vt_path_extension(name);
    size_t tail = *extension ? strlen(extension) + 1 : 0;
    if (number > 1) {
        snprintf(between, sizeof between, " (%u)", number);
    }
    size_t room = NAME_MAX - strlen(between);
    tail = tail < room / 2 ? tail : 0;
    size_t stem = strlen(name) - tail;
    stem = stem > room - tail ? vt_utf8_cut(name, room - tail) : stem;
    vt_str_clear(out);
    vt_str_append(out, name, stem);
    vt_str_append_cstr(out, between);
    vt_str_append_cstr(out, name + strlen(name) - tail);
    return !out->failed;
}

bool vt_export_finish(const char *temporary, const char *folder, const char *name, vt_str *made,
                      vt_error *error)
{
    vt_str wanted = VT_STR_INIT;
    char *path = NULL;
    int reason = EEXIST;
    for (unsigned number = 1; reason == EEXIST && number <= VT_EXPORT_NAMES_MAX; number++) {
        free(path);
        path = vt_export_number_name(name, number, &wanted) ? vt_path_join(folder, wanted.data) : NULL;
        reason = path ? vt_move(AT_FDCWD, temporary, AT_FDCWD, path) : ENOMEM;
    }
    if (!reason && made) {
        vt_str_append_cstr(made, path);
    }
    free(path);
    vt_str_free(&wanted);
    if (!reason) {
        return true;
    }
    unlink(temporary);
    return reason == EEXIST ? vt_error_set(error, VT_ERROR_LIMIT, "%s holds %d files of the name %s already",
                                           folder, VT_EXPORT_NAMES_MAX, name)
                            : fault(error, reason, "write to", folder);
}

/* Without copy_file_range: between file systems, or where the kernel does not know it. */
static ssize_t copy_by_hand(int from, int to, char *buffer)
{
    ssize_t count = read(from, buffer, STEP_BYTES);
    return count <= 0 || vt_file_write_all(to, buffer, (size_t)count) ? count : -1;
}

static bool copy_bytes(int from, int to, const char *path, const char *folder, const vt_cancel *cancel,
                       int64_t *copied, vt_error *error)
{
    char *buffer = NULL;
    bool done = true;
    for (ssize_t count = 1; done && count > 0;) {
        if (cancel && !vt_cancel_check(cancel, error)) {
            done = false;
            break;
        }
        count = buffer ? -1 : copy_file_range(from, NULL, to, NULL, STEP_BYTES, 0);
        if (!buffer && count < 0 && (errno == ENOSPC || errno == EDQUOT)) {
            done = fault(error, errno, "write to", folder);
            break;
        }
        /* Some file systems of the kernel's own give 0 for files that have something to read. */
        if (count <= 0) {
            buffer = buffer ? buffer : malloc(STEP_BYTES);
            if (!buffer) {
                done = no_memory(error);
                break;
            }
            count = copy_by_hand(from, to, buffer);
        }
        if (count < 0) {
            bool reads = errno == EIO || errno == EISDIR;
            done = fault(error, errno, reads ? "copy" : "write to", reads ? path : folder);
        } else if (copied) {
            *copied += count;
        }
    }
    free(buffer);
    return done;
}

static bool copy_open(int from, const struct stat *facts, const char *path, const char *folder,
                      const char *name, const vt_cancel *cancel, vt_str *made, int64_t *copied,
                      vt_error *error)
{
    vt_str temporary = VT_STR_INIT;
    int to = vt_export_begin(folder, &temporary, error);
    if (to >= 0) {
        fchmod(to, facts->st_mode & 0777); /* before there is anything that others might not read */
    }
    bool done = to >= 0 && copy_bytes(from, to, path, folder, cancel, copied, error);
    if (done) {
        const struct timespec times[2] = {facts->st_atim, facts->st_mtim};
        futimens(to, times); /* where the file system has neither, the content is what counts */
    }
    if (to >= 0 && close(to) != 0 && done) {
        done = fault(error, errno, "write to", folder);
    }
    if (to >= 0 && !done) {
        unlink(temporary.data);
    }
    done = done && vt_export_finish(temporary.data, folder, name, made, error);
    vt_str_free(&temporary);
    return done;
}

bool vt_export_copy(const char *path, const char *folder, const char *name, const vt_cancel *cancel,
                    vt_str *made, int64_t *copied, vt_error *error)
{
    struct stat facts;
    int from = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (from < 0) {
        return fault(error, errno, "copy", path);
    }
    bool done = false;
    if (fstat(from, &facts) != 0) {
        fault(error, errno, "copy", path);
    } else if (!S_ISREG(facts.st_mode)) {
        vt_error_set(error, VT_ERROR_NOT_REGULAR, "cannot copy %s: it is no file", path);
    } else {
        done = copy_open(from, &facts, path, folder, name, cancel, made, copied, error);
    }
    close(from);
    return done;
}
