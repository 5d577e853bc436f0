#include "core/sidecar/sidecar_write.h"

#include "core/base/file.h"
#include "core/base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#define TEMPORARY_SIZE 48
#define TRIES          16

typedef struct place {
    int folder;
    const char *name;
    struct stat facts; /* of what is there; only if `there` */
    bool there;
    char temporary[TEMPORARY_SIZE];
} place;

static bool fail(vt_error *error, int reason, const char *what)
{
    return vt_error_set_errno(error, reason, "%s", what);
}

static bool has_changed(vt_error *error)
{
    return vt_error_set(
        error, VT_ERROR_CHANGED,
        "was changed by another program since it was read; it was left as it is, read it again");
}

/* A name of its own, so that the side-car's may be as long as names can be. */
static int make_temporary(place *p)
{
    for (int i = 0; i < TRIES; i++) {
        unsigned long long number;
        if (getrandom(&number, sizeof number, 0) != sizeof number) {
            return -1;
        }
        snprintf(p->temporary, sizeof p->temporary, ".vitrine-%016llx.tmp", number);
        int file = openat(p->folder, p->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
                          p->there ? 0600 : 0666);
        if (file >= 0 || errno != EEXIST) {
            return file;
        }
    }
    return -1;
}

/* As the file before has them: the owner first, since a change of owner takes rights away. */
static bool keep_rights(const place *p, int file, vt_error *error)
{
    struct stat made;
    if (!p->there) {
        return true;
    }
    if (fstat(file, &made) != 0) {
        return fail(error, errno, "cannot be written");
    }
    if ((made.st_uid != p->facts.st_uid || made.st_gid != p->facts.st_gid) &&
        fchown(file, p->facts.st_uid, p->facts.st_gid) != 0) {
        return fail(error, errno, "cannot be replaced: its owner and group could not be kept");
    }
    return fchmod(file, p->facts.st_mode & 07777) == 0 ||
           fail(error, errno, "cannot be replaced: its mode could not be kept");
}

static bool fill_temporary(const place *p, int file, const vt_str *text, struct stat *written,
                           vt_error *error)
{
    bool done = vt_file_write_all(file, text->data, text->length) || fail(error, errno, "cannot be written");
    done = done && keep_rights(p, file, error);
    done = done && (fsync(file) == 0 || fail(error, errno, "cannot be written"));
    done = done && (fstat(file, written) == 0 || fail(error, errno, "cannot be written"));
    if (close(file) != 0 && done) {
        done = fail(error, errno, "cannot be written");
    }
    return done;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

/* Nobody has touched it since it was loaded. */
static bool is_untouched(const place *p)
{
    struct stat now;
    if (fstatat(p->folder, p->name, &now, AT_SYMLINK_NOFOLLOW) != 0) {
        return !p->there && errno == ENOENT;
    }
    return p->there && now.st_dev == p->facts.st_dev && now.st_ino == p->facts.st_ino &&
           now.st_size == p->facts.st_size && same_time(now.st_mtim, p->facts.st_mtim) &&
           same_time(now.st_ctim, p->facts.st_ctim);
}

static bool move_in(const place *p, vt_error *error)
{
    if (!is_untouched(p)) {
        return has_changed(error);
    }
    if (!p->there) {
        if (renameat2(p->folder, p->temporary, p->folder, p->name, RENAME_NOREPLACE) == 0) {
            return true;
        }
        if (errno == EEXIST) {
            return has_changed(error);
        }
        if (errno != EINVAL && errno != ENOSYS) { /* these: a file system that cannot do it */
            return fail(error, errno, "cannot be written");
        }
    }
    return renameat(p->folder, p->temporary, p->folder, p->name) == 0 ||
           fail(error, errno, "cannot be written");
}

static bool replace(place *p, const vt_str *text, struct stat *written, vt_error *error)
{
    /* Where the folder alone decides, a file that its owner has made read-only would go. */
    if (p->there && faccessat(p->folder, p->name, W_OK, AT_EACCESS) != 0) {
        return fail(error, errno, "may not be written");
    }
    int file = make_temporary(p);
    if (file < 0) {
        return fail(error, errno, "cannot be written into its folder");
    }
    if (!fill_temporary(p, file, text, written, error) || !move_in(p, error)) {
        unlinkat(p->folder, p->temporary, 0);
        return false;
    }
    fsync(p->folder); /* the new name; without it a power cut may bring the old side-car back */
    return true;
}

/* With the folder open. */
static bool write_in(place *p, const vt_sidecar_stamp *as_read, const vt_sidecar_change *change,
                     const vt_sidecar_asking *asking, vt_sidecar_stamp *now, vt_error *error)
{
    vt_str before = VT_STR_INIT, after = VT_STR_INIT;
    vt_sidecar_stamp found;
    bool done = vt_sidecar_load(p->folder, p->name, &before, &found, &p->facts, error);
    done = done && (vt_sidecar_stamp_same(&found, as_read) || has_changed(error));
    p->there = found.there;
    done = done && vt_sidecar_ask_changed(asking, p->there ? &before : NULL, change, &after, error);
    bool differs = done && (!p->there || after.length != before.length ||
                            memcmp(after.data, before.data, after.length) != 0);
    if (differs) {
        struct stat written;
        done = replace(p, &after, &written, error);
        if (done) {
            vt_sidecar_stamp_set(&found, &after, &written);
        }
    }
    if (done && now) {
        *now = found;
    }
    vt_str_free(&before);
    vt_str_free(&after);
    return done;
}

bool vt_sidecar_write(const char *path, const vt_sidecar_stamp *as_read, const vt_sidecar_change *change,
                      const vt_sidecar_asking *asking, vt_sidecar_stamp *now, vt_error *error)
{
    char *folder = strdup(path);
    if (!folder) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    char *slash = strrchr(folder, '/');
    if (slash) {
        slash[slash == folder] = '\0';
    }
    place p = {.name = vt_path_name(path)};
    p.folder = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool done;
    if (p.folder < 0) {
        done = fail(error, errno, "cannot be written: its folder cannot be opened");
    } else {
        done = write_in(&p, as_read, change, asking, now, error);
        close(p.folder);
    }
    free(folder);
    return done || vt_sidecar_name_file(error, path);
}
