#include "core/scan/scan.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/catalog/record.h"
#include "core/decode/format.h"
#include "core/scan/folder.h"
#include "core/scan/rules.h"
#include "core/scan/visited.h"
#include "core/sidecar/sidecar_path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder that waits to be visited. */
typedef struct waiting {
    struct waiting *next;
    size_t length;
    char path[]; /* `length` bytes and a NUL */
} waiting;

/* A name read from a folder, before it is looked at. */
typedef struct found {
    uint64_t ino;
    char name[NAME_MAX + 1];
} found;

struct vt_scan {
    vt_scan_options options;
    bool flat; /* nothing below the given folders */
    vt_scan_figures figures;
    vt_visited visited;
    waiting *stack; /* folders to visit, the newest first: depth before breadth keeps it short */
    uint64_t stack_count;
    size_t chunk_count;
    found chunk[VT_SCAN_CHUNK];
};

/* A folder while it is read, with whom to tell. */
typedef struct visit {
    vt_scan *scan;
    const vt_scan_visitor *visitor;
    const char *path;
    size_t length;
    int folder;
    bool complete; /* nothing that could hold a file was left out */
    vt_error *error;
} visit;

vt_scan *vt_scan_create(const vt_scan_options *options)
{
    vt_scan *scan = malloc(sizeof *scan);
    if (scan) {
        memset(scan, 0, offsetof(vt_scan, chunk));
        scan->options = *options;
    }
    return scan;
}

static void drop_stack(vt_scan *scan)
{
    while (scan->stack) {
        waiting *next = scan->stack->next;
        free(scan->stack);
        scan->stack = next;
    }
    scan->stack_count = 0;
}

void vt_scan_free(vt_scan *scan)
{
    if (scan) {
        drop_stack(scan);
        vt_visited_clear(&scan->visited);
        free(scan);
    }
}

void vt_scan_flatten(vt_scan *scan)
{
    scan->flat = true;
}

void vt_scan_get_figures(const vt_scan *scan, vt_scan_figures *figures)
{
    *figures = scan->figures;
}

static bool stopped(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_CANCELLED, "the scan was stopped");
}

static bool push(vt_scan *scan, const char *folder, size_t folder_length, const char *name, vt_error *error)
{
    size_t name_length = strlen(name);
    size_t length = vt_path_joined_length(folder, folder_length, name_length);
    if (length > VT_PATH_LENGTH_MAX) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a path is longer than %u bytes", VT_PATH_LENGTH_MAX);
    }
    if (scan->options.folders_limit && scan->stack_count >= scan->options.folders_limit) {
        return vt_error_set(error, VT_ERROR_LIMIT, "more than %llu folders wait to be visited",
                            (unsigned long long)scan->options.folders_limit);
    }
    waiting *fresh = malloc(sizeof *fresh + length + 1);
    if (!fresh) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while walking folders");
    }
    vt_path_join_to(fresh->path, folder, folder_length, name, name_length);
    fresh->path[length] = '\0';
    fresh->length = length;
    fresh->next = scan->stack;
    scan->stack = fresh;
    scan->stack_count++;
    return true;
}

/* Tells of a name in the folder (NULL: of the folder itself) that cannot be looked at. */
static bool tell_trouble(visit *at, const char *name, int reason, const char *what)
{
    vt_str path = VT_STR_INIT;
    vt_str_append(&path, at->path, at->length);
    if (name) {
        if (at->length > 0 && at->path[at->length - 1] != '/') {
            vt_str_append_char(&path, '/');
        }
        vt_str_append_cstr(&path, name);
    }
    at->complete = false;
    if (path.failed) {
        vt_str_free(&path);
        return vt_error_set(at->error, VT_ERROR_MEMORY, "out of memory while walking folders");
    }
    vt_error trouble = VT_ERROR_INIT;
    vt_error_set_errno(&trouble, reason, "cannot %s", what);
    bool on = at->visitor->trouble(at->visitor->user, path.data, path.length, &trouble) || stopped(at->error);
    vt_str_free(&path);
    return on;
}

static vt_scan_file file_of(const char *name, const struct stat *facts)
{
    return (vt_scan_file){
        .name = name,
        .name_length = (uint32_t)strlen(name),
        .special = !S_ISREG(facts->st_mode),
        .size = facts->st_size,
        .mtime_ns = vt_clock_nanoseconds(facts->st_mtim),
        .ctime_ns = vt_clock_nanoseconds(facts->st_ctim),
        .dev = facts->st_dev,
        .ino = facts->st_ino,
        .links = facts->st_nlink,
    };
}

/* A folder that was come by: to be visited later. */
static bool take_folder(visit *at, const char *name)
{
    vt_scan *scan = at->scan;
    if (scan->flat) {
        return true;
    }
    if (vt_choice_leaves_out(scan->options.choice, at->path, at->length, name)) {
        scan->figures.left_out++;
        return true;
    }
    return push(scan, at->path, at->length, name, at->error);
}

/* Decides about a name whose stat is known; true with `*file` filled if it is to be given to the visitor. */
static bool is_file(visit *at, const char *name, const struct stat *facts, vt_scan_file *file)
{
    vt_scan *scan = at->scan;
    if (S_ISLNK(facts->st_mode)) {
        scan->figures.links++;
        return false;
    }
    if (S_ISDIR(facts->st_mode)) {
        return false;
    }
    if (scan->options.own && vt_own_files_contain(scan->options.own, facts->st_dev, facts->st_ino)) {
        scan->figures.skipped++;
        return false;
    }
    *file = file_of(name, facts);
    return true;
}

static int by_inode(const void *a, const void *b)
{
    const found *one = a, *other = b;
    return one->ino < other->ino ? -1 : one->ino > other->ino;
}

/* Looks at the collected names, in the order of their inodes since that is how they lie on the disk. */
static bool flush(visit *at)
{
    vt_scan *scan = at->scan;
    vt_scan_file files[VT_SCAN_CHUNK];
    size_t count = 0;
    qsort(scan->chunk, scan->chunk_count, sizeof *scan->chunk, by_inode);
    for (size_t i = 0; i < scan->chunk_count; i++) {
        const char *name = scan->chunk[i].name;
        struct stat facts;
        scan->figures.stats++;
        if (fstatat(at->folder, name, &facts, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) != 0) {
            if (errno != ENOENT && !tell_trouble(at, name, errno, "look at")) {
                return false;
            }
            continue; /* removed since it was listed: as if it had never been there */
        }
        if (S_ISDIR(facts.st_mode)) { /* the file system gave no type, and the folder has a file's name */
            if (!take_folder(at, name)) {
                return false;
            }
        } else if (is_file(at, name, &facts, &files[count])) {
            count++;
        }
    }
    scan->chunk_count = 0;
    scan->figures.files += (int64_t)count;
    return count == 0 || at->visitor->files(at->visitor->user, at->path, at->length, files, count) ||
           stopped(at->error);
}

/* The type of an entry that the file system leaves open. */
static unsigned char type_of(visit *at, const struct dirent *entry)
{
    struct stat facts;
    if (entry->d_type != DT_UNKNOWN) {
        return entry->d_type;
    }
    at->scan->figures.stats++;
    if (fstatat(at->folder, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) != 0) {
        return DT_UNKNOWN;
    }
    return IFTODT(facts.st_mode);
}

static bool take_entry(visit *at, const struct dirent *entry)
{
    vt_scan *scan = at->scan;
    const char *name = entry->d_name;
    bool promising = vt_format_of_name(name) != VT_FORMAT_UNKNOWN;
    /* With a file's name the stat to come tells the type: one look is enough. */
    unsigned char type = promising ? entry->d_type : type_of(at, entry);
    if (type == DT_LNK) {
        scan->figures.links++;
        return true;
    }
    vt_verdict verdict = vt_rules_judge(name, type == DT_DIR ? VT_RULE_FOLDER : VT_RULE_FILE);
    if (verdict == VT_VERDICT_JUNK || (verdict == VT_VERDICT_HIDDEN && !scan->options.hidden)) {
        scan->figures.skipped++;
        return true;
    }
    if (type == DT_DIR) {
        return take_folder(at, name);
    }
    if (!promising) {
        scan->figures.skipped++;
        scan->figures.sidecars += vt_sidecar_path_is_sidecar(name);
        return true;
    }
    found *next = &scan->chunk[scan->chunk_count++];
    next->ino = entry->d_ino;
    memcpy(next->name, name, strlen(name) + 1);
    return scan->chunk_count < VT_SCAN_CHUNK || flush(at);
}

static bool is_dot(const char *name)
{
    return name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0'));
}

/* Reads the names of an open folder. `stream` stays the caller's. */
static bool read_names(visit *at, DIR *stream)
{
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (!entry) {
            return errno == 0 || tell_trouble(at, NULL, errno, "read the folder");
        }
        if (is_dot(entry->d_name)) {
            continue;
        }
        if (!vt_cancel_check(at->scan->options.cancel, at->error) || !take_entry(at, entry)) {
            return false;
        }
    }
}

static bool visit_open_folder(visit *at, DIR *stream)
{
    vt_scan *scan = at->scan;
    struct stat facts;
    if (fstat(at->folder, &facts) != 0) {
        return tell_trouble(at, NULL, errno, "look at the folder");
    }
    switch (vt_visited_add(&scan->visited, facts.st_dev, facts.st_ino)) {
    case VT_VISIT_AGAIN:
        return true;
    case VT_VISIT_NO_MEMORY:
        return vt_error_set(at->error, VT_ERROR_MEMORY, "out of memory while walking folders");
    case VT_VISIT_FIRST:
        break;
    }
    scan->figures.folders++;
    scan->chunk_count = 0;
    bool on = at->visitor->folder_begin(at->visitor->user, at->path, at->length, true) || stopped(at->error);
    on = on && read_names(at, stream) && flush(at);
    on = on && (at->visitor->folder_end(at->visitor->user, at->path, at->length, at->complete) ||
                stopped(at->error));
    return on;
}

static bool visit_folder(vt_scan *scan, const waiting *folder, const vt_scan_visitor *visitor,
                         vt_error *error)
{
    visit at = {scan, visitor, folder->path, folder->length, -1, true, error};
    if (!vt_cancel_check(scan->options.cancel, error)) {
        return false;
    }
    at.folder = vt_folder_open(folder->path, folder->length);
    if (at.folder < 0) {
        /* Removed, or replaced by a file or link, since it was listed. */
        bool gone = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
        return gone || tell_trouble(&at, NULL, errno, "open the folder");
    }
    DIR *stream = fdopendir(at.folder);
    if (!stream) {
        int reason = errno;
        close(at.folder);
        return tell_trouble(&at, NULL, reason, "read the folder");
    }
    bool on = visit_open_folder(&at, stream);
    closedir(stream);
    return on;
}

/* A single file that the user named: its folder is told, but not as complete. */
static bool visit_file(vt_scan *scan, const char *path, const struct stat *facts,
                       const vt_scan_visitor *visitor, vt_error *error)
{
    uint32_t name_at = vt_path_split(path, (uint32_t)strlen(path));
    uint32_t length = vt_path_folder_length(name_at);
    char *folder = strndup(path, length);
    if (!folder) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while walking folders");
    }
    visit at = {scan, visitor, folder, length, -1, false, error};
    vt_scan_file file;
    bool on = true;
    if (vt_format_of_name(path + name_at) == VT_FORMAT_UNKNOWN) {
        scan->figures.skipped++;
    } else if (is_file(&at, path + name_at, facts, &file)) {
        scan->figures.files++;
        on = (visitor->folder_begin(visitor->user, folder, length, false) &&
              visitor->files(visitor->user, folder, length, &file, 1) &&
              visitor->folder_end(visitor->user, folder, length, false)) ||
             stopped(error);
    }
    free(folder);
    return on;
}

bool vt_scan_begin(vt_scan *scan, const char *path, const vt_scan_visitor *visitor, vt_error *error)
{
    struct stat facts;
    size_t length = strlen(path);
    scan->figures.stats++;
    if (!vt_place_stat(path, length, &facts)) {
        visit at = {scan, visitor, path, length, -1, false, error};
        return tell_trouble(&at, NULL, errno, "open");
    }
    if (!S_ISDIR(facts.st_mode)) {
        return visit_file(scan, path, &facts, visitor, error);
    }
    bool on = push(scan, path, length, "", error);
    if (on && scan->stack->length > 1 && scan->stack->path[scan->stack->length - 1] == '/') {
        scan->stack->path[--scan->stack->length] = '\0'; /* push put a slash before the empty name */
    }
    return on;
}

bool vt_scan_is_through(const vt_scan *scan)
{
    return !scan->stack;
}

bool vt_scan_go_on(vt_scan *scan, const vt_scan_visitor *visitor, vt_error *error)
{
    bool on = true;
    while (on && scan->stack) {
        waiting *folder = scan->stack;
        scan->stack = folder->next;
        scan->stack_count--;
        on = visit_folder(scan, folder, visitor, error);
        free(folder);
    }
    drop_stack(scan);
    return on;
}

bool vt_scan_walk(vt_scan *scan, const char *path, const vt_scan_visitor *visitor, vt_error *error)
{
    return vt_scan_begin(scan, path, visitor, error) && vt_scan_go_on(scan, visitor, error);
}
