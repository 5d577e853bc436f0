/*
 * A file system on which one file does not answer, as a disk that is dying or a server that is gone:
 *
 *     stalled_fs FOLDER KIND NAME
 *
 * It shows FOLDER's own files in their place, to read. What KIND names never returns for the file NAME:
 * "stat", "open" or "read"; "list" is the folder itself. Runs until it is killed or unmounted.
 */
#define FUSE_USE_VERSION 31
#include <fuse3/fuse.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int source = -1; /* the folder below the mount */
static const char *stalled_kind;
static const char *stalled_name;

static const char *name_of(const char *path)
{
    return path[1] ? path + 1 : ".";
}

/* True once whoever waits was killed: as on NFS that is the one way out. libfuse then sends a signal here. */
static bool stalls(const char *kind, const char *path)
{
    bool here = strcmp(kind, "list") == 0 ? path[1] == '\0' : strcmp(name_of(path), stalled_name) == 0;
    if (here && strcmp(stalled_kind, kind) == 0) {
        while (!fuse_interrupted()) {
            pause();
        }
        return true;
    }
    return false;
}

static void *begin(struct fuse_conn_info *connection, struct fuse_config *config)
{
    (void)connection;
    config->use_ino = 1; /* the files are the same before and after */
    config->intr = 1;
    config->direct_io = 1; /* who waits for a page that is being read cannot be killed */
    config->attr_timeout = config->entry_timeout = 0;
    return NULL;
}

static int get_attributes(const char *path, struct stat *facts, struct fuse_file_info *open)
{
    (void)open;
    if (stalls("stat", path)) {
        return -EINTR;
    }
    return fstatat(source, name_of(path), facts, AT_SYMLINK_NOFOLLOW) == 0 ? 0 : -errno;
}

static int list(const char *path, void *buffer, fuse_fill_dir_t fill, off_t offset,
                struct fuse_file_info *open, enum fuse_readdir_flags flags)
{
    (void)offset;
    (void)open;
    (void)flags;
    if (stalls("list", path)) {
        return -EINTR;
    }
    int folder = openat(source, name_of(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = folder >= 0 ? fdopendir(folder) : NULL;
    if (!stream) {
        return -errno;
    }
    struct dirent *entry;
    while ((entry = readdir(stream))) {
        struct stat facts = {.st_ino = entry->d_ino, .st_mode = (mode_t)DTTOIF(entry->d_type)};
        fill(buffer, entry->d_name, &facts, 0, 0);
    }
    closedir(stream);
    return 0;
}

static int open_file(const char *path, struct fuse_file_info *open)
{
    if (stalls("open", path)) {
        return -EINTR;
    }
    int file = openat(source, name_of(path), O_RDONLY | O_CLOEXEC);
    open->fh = (uint64_t)file;
    return file >= 0 ? 0 : -errno;
}

static int read_file(const char *path, char *bytes, size_t count, off_t offset, struct fuse_file_info *open)
{
    if (stalls("read", path)) {
        return -EINTR;
    }
    ssize_t got = pread((int)open->fh, bytes, count, offset);
    return got >= 0 ? (int)got : -errno;
}

static int close_file(const char *path, struct fuse_file_info *open)
{
    (void)path;
    return close((int)open->fh);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        (void)fprintf(stderr, "usage: stalled_fs FOLDER stat|open|read|list NAME\n");
        return 2;
    }
    static const struct fuse_operations operations = {
        .init = begin,
        .getattr = get_attributes,
        .readdir = list,
        .open = open_file,
        .read = read_file,
        .release = close_file,
    };
    source = open(argv[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC); /* before the mount hides it */
    if (source < 0) {
        perror(argv[1]);
        return 1;
    }
    stalled_kind = argv[2];
    stalled_name = argv[3];
    char *words[] = {argv[0], argv[1], "-f", "-omax_threads=16", NULL};
    return fuse_main(4, words, &operations, NULL);
}
