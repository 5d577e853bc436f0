#include "core/catalog/lock.h"

#include "core/base/path.h"
#include "core/base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

static bool word_failure(const char *catalog_path, int lock, int reason, vt_error *error)
{
    char *shown = vt_path_display(catalog_path);
    const char *name = shown ? shown : "the catalog";
    if (reason == EWOULDBLOCK) {
        char owner[32] = "";
        ssize_t length = pread(lock, owner, sizeof owner - 1, 0);
        long process = length > 0 ? strtol(owner, NULL, 10) : 0;
        char who[48] = "";
        if (process > 0) {
            snprintf(who, sizeof who, " (process %ld)", process);
        }
        vt_error_set(error, VT_ERROR_BUSY,
                     "%s is open for writing in another Vitrine%s; close it and try again, or do it there",
                     name, who);
    } else {
        vt_error_set_errno(error, reason, "cannot write %s.lock; open the catalog for reading", name);
    }
    free(shown);
    return false;
}

int vt_lock_take(const char *catalog_path, vt_error *error)
{
    vt_str path = VT_STR_INIT;
    vt_str_append_cstr(&path, catalog_path);
    vt_str_append_cstr(&path, ".lock");
    if (path.failed) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        vt_str_free(&path);
        return -1;
    }
    int lock = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    vt_str_free(&path);
    if (lock < 0 || flock(lock, LOCK_EX | LOCK_NB) != 0) {
        word_failure(catalog_path, lock, errno, error);
        if (lock >= 0) {
            close(lock);
        }
        return -1;
    }
    char owner[32];
    int length = snprintf(owner, sizeof owner, "%ld\n", (long)getpid());
    if (ftruncate(lock, 0) != 0 || pwrite(lock, owner, (size_t)length, 0) != length) {
        /* The number is a help for the message; a full disk must not keep a catalog closed. */
        errno = 0;
    }
    return lock;
}

void vt_lock_release(int lock)
{
    if (lock >= 0) {
        close(lock);
    }
}
