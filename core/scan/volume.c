#include "core/scan/volume.h"

#include "core/base/path.h"
#include "core/base/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define UUIDS "/dev/disk/by-uuid"
/* Longer lists of mounts are cut: what follows is on none of them. */
#define MOUNTS_BYTES_MAX ((size_t)16 * 1024 * 1024)

/* File systems whose other end may be gone, and whose changes from elsewhere inotify does not tell. */
static const char *const network_types[] = {
    "nfs",       "nfs4",       "cifs",        "smb3",  "smbfs",       "afs",      "9p",   "ceph",
    "glusterfs", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2", "virtiofs", "coda", "lustre"};

/* Fields of a line, in its own bytes. */
typedef struct mount {
    unsigned major, minor;
    char *root, *point, *type, *source;
} mount;

/* Undoes \040 and the like in place. */
static void unescape(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        bool octal = from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] >= '0' &&
                     from[2] <= '7' && from[3] >= '0' && from[3] <= '7';
        if (octal) {
            *to++ = (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0'));
            from += 3;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

/* "36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/sda1 rw": false for a line that is not so. */
static bool read_line(char *line, mount *into)
{
    enum { MAJOR_MINOR = 2, ROOT, POINT, OPTIONS };
    char *rest = NULL;
    char *field = strtok_r(line, " ", &rest);
    for (int number = 0; field && number <= OPTIONS; number++) {
        if (number == MAJOR_MINOR && sscanf(field, "%u:%u", &into->major, &into->minor) != 2) {
            return false;
        }
        into->root = number == ROOT ? field : into->root;
        into->point = number == POINT ? field : into->point;
        field = strtok_r(NULL, " ", &rest);
    }
    while (field && strcmp(field, "-") != 0) { /* optional fields, as many as there are */
        field = strtok_r(NULL, " ", &rest);
    }
    into->type = field ? strtok_r(NULL, " ", &rest) : NULL;
    into->source = into->type ? strtok_r(NULL, " ", &rest) : NULL;
    if (!into->source) {
        return false;
    }
    unescape(into->root);
    unescape(into->point);
    unescape(into->source);
    return true;
}

/* Appends the UUID of a block device; false if none is known. */
static bool append_uuid(const mount *at, vt_str *identity)
{
    dev_t device = makedev(at->major, at->minor);
    struct stat facts;
    if (at->major == 0) { /* btrfs and others make up a number; their source is the device */
        if (strncmp(at->source, "/dev/", 5) != 0 || stat(at->source, &facts) != 0 ||
            !S_ISBLK(facts.st_mode)) {
            return false;
        }
        device = facts.st_rdev;
    }
    DIR *folder = opendir(UUIDS);
    const struct dirent *entry = NULL;
    bool found = false;
    while (folder && !found && (entry = readdir(folder)) != NULL) {
        found = entry->d_name[0] != '.' && fstatat(dirfd(folder), entry->d_name, &facts, 0) == 0 &&
                S_ISBLK(facts.st_mode) && facts.st_rdev == device;
        if (found) {
            vt_str_appendf(identity, "uuid:%s", entry->d_name);
        }
    }
    if (folder) {
        closedir(folder);
    }
    return found;
}

static bool is_network(const char *type)
{
    bool network = false;
    for (size_t i = 0; i < sizeof network_types / sizeof *network_types; i++) {
        network = network || strcmp(type, network_types[i]) == 0;
    }
    return network;
}

static bool take(const mount *at, vt_volume *volume, vt_error *error)
{
    vt_str identity = VT_STR_INIT;
    if (!append_uuid(at, &identity)) {
        vt_str_append_cstr(&identity, at->type);
        vt_str_append_char(&identity, ':');
        vt_str_append_display(&identity, at->source, strlen(at->source));
    }
    if (strcmp(at->root, "/") != 0) {
        vt_str_append_char(&identity, '#');
        vt_str_append_display(&identity, at->root, strlen(at->root));
    }
    volume->identity = vt_str_take(&identity);
    volume->mount = strdup(at->point);
    volume->network = is_network(at->type);
    return (volume->identity && volume->mount) || vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
}

bool vt_volume_in(const char *mounts, const char *path, vt_volume *volume, vt_error *error)
{
    *volume = (vt_volume){0};
    char *copy = strdup(mounts);
    if (!copy) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    mount best = {0};
    char *rest = NULL;
    for (char *line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        mount at = {0};
        /* The longest is the nearest, and of several at one place the last lies on top. */
        if (read_line(line, &at) && vt_path_is_below(path, at.point) &&
            (!best.point || strlen(at.point) >= strlen(best.point))) {
            best = at;
        }
    }
    bool done = best.point ? take(&best, volume, error)
                           : vt_error_set(error, VT_ERROR_IO,
                                          "the list of mounts (" VT_VOLUME_MOUNTS
                                          ") names no file system for this path");
    free(copy);
    return done;
}

static char *read_mounts(vt_error *error)
{
    vt_str text = VT_STR_INIT;
    int file = open(VT_VOLUME_MOUNTS, O_RDONLY | O_CLOEXEC);
    char part[8192];
    ssize_t count = file < 0 ? -1 : 1;
    while (count > 0 && text.length < MOUNTS_BYTES_MAX) {
        count = read(file, part, sizeof part);
        vt_str_append(&text, part, count > 0 ? (size_t)count : 0);
    }
    if (count < 0) {
        vt_error_set_errno(error, errno, "cannot read the list of mounts " VT_VOLUME_MOUNTS);
        vt_str_free(&text);
    } else if (text.failed) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    if (file >= 0) {
        close(file);
    }
    return count < 0 ? NULL : vt_str_take(&text);
}

bool vt_volume_of(const char *path, vt_volume *volume, vt_error *error)
{
    *volume = (vt_volume){0};
    char *mounts = read_mounts(error);
    bool done = mounts && vt_volume_in(mounts, path, volume, error);
    free(mounts);
    return done;
}

void vt_volume_clear(vt_volume *volume)
{
    free(volume->mount);
    free(volume->identity);
    *volume = (vt_volume){0};
}

bool vt_volume_is(const vt_volume *now, const char *mount, const char *identity)
{
    if (strcmp(now->mount, mount) != 0) {
        return false;
    }
    return strcmp(mount, "/") == 0 || strcmp(now->identity, identity) == 0;
}
