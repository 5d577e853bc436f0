#include "core/scan/notify.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"
#include "core/base/str.h"
#include "core/scan/folder.h"
#include "core/scan/rules.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#define EVENTS                                                                                               \
    (IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF |  \
     IN_UNMOUNT)
#define FLAGS       (IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK)
#define BUFFER_SIZE 65536
/* Halves of renames that wait for the other. */
#define HALVES_MAX 256

/* The first half of a rename. */
typedef struct half {
    uint32_t cookie;
    bool is_folder;
    int64_t since;
    char *path; /* owned */
} half;

struct vt_notify {
    int fd;
    size_t watches_limit, watches;
    char **paths; /* by watch descriptor, owned; NULL where there is none */
    size_t room;
    half halves[HALVES_MAX];
    size_t half_count;
};

vt_notify *vt_notify_create(size_t watches_limit, vt_error *error)
{
    vt_notify *notify = calloc(1, sizeof *notify);
    if (!notify) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    notify->watches_limit = watches_limit;
    notify->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (notify->fd < 0) {
        vt_error_set_errno(error, errno,
                           "folders cannot be watched (a limit is fs.inotify.max_user_instances)");
        free(notify);
        return NULL;
    }
    return notify;
}

void vt_notify_free(vt_notify *notify)
{
    if (notify) {
        close(notify->fd);
        for (size_t i = 0; i < notify->room; i++) {
            free(notify->paths[i]);
        }
        for (size_t i = 0; i < notify->half_count; i++) {
            free(notify->halves[i].path);
        }
        free(notify->paths);
        free(notify);
    }
}

int vt_notify_fd(const vt_notify *notify)
{
    return notify->fd;
}

bool vt_notify_has(const vt_notify *notify, const char *path)
{
    bool has = false;
    for (size_t i = 0; i < notify->room && !has; i++) {
        has = notify->paths[i] && strcmp(notify->paths[i], path) == 0;
    }
    return has;
}

size_t vt_notify_count(const vt_notify *notify)
{
    return notify->watches;
}

/* ---- watches ---- */

static bool out_of_memory(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while watching folders");
}

static bool limit_reached(vt_error *error)
{
    return vt_error_set(error, VT_ERROR_LIMIT,
                        "the system lets this program watch no more folders; raise "
                        "fs.inotify.max_user_watches (sysctl)");
}

/* Keeps the path of a watch; one that is known already keeps its own. */
static bool remember(vt_notify *notify, int watch, const char *path, vt_error *error)
{
    size_t at = (size_t)watch;
    if (at >= notify->room) {
        size_t room = notify->room ? notify->room : 256;
        while (room <= at) {
            room *= 2;
        }
        char **larger = realloc(notify->paths, room * sizeof *larger);
        if (!larger) {
            return out_of_memory(error);
        }
        memset(larger + notify->room, 0, (room - notify->room) * sizeof *larger);
        notify->paths = larger;
        notify->room = room;
    }
    if (notify->paths[at]) {
        return true;
    }
    notify->paths[at] = strdup(path);
    notify->watches += notify->paths[at] != NULL;
    return notify->paths[at] || out_of_memory(error);
}

/* `*there` is false for a folder that has gone meanwhile, or is none. */
static bool watch_one(vt_notify *notify, const char *path, bool *there, vt_error *error)
{
    *there = false;
    if (notify->watches_limit && notify->watches >= notify->watches_limit) {
        return limit_reached(error);
    }
    int watch = inotify_add_watch(notify->fd, path, EVENTS | FLAGS);
    if (watch >= 0) {
        *there = true;
        return remember(notify, watch, path, error);
    }
    if (errno == ENOSPC) {
        return limit_reached(error);
    }
    if (errno == ENOMEM) {
        return out_of_memory(error);
    }
    return true; /* not to be read, too long, or gone: nothing of it is told */
}

/* Names of folders in `path` go to `found`, each ended by a NUL, behind one another. */
static bool list_folders(const char *path, vt_str *found, vt_error *error)
{
    int folder = vt_folder_open(path, strlen(path));
    DIR *stream = folder >= 0 ? fdopendir(folder) : NULL;
    if (!stream) {
        if (folder >= 0) {
            close(folder);
        }
        return true;
    }
    const struct dirent *entry;
    while ((entry = readdir(stream)) != NULL) {
        struct stat facts;
        bool is_folder = entry->d_type == DT_DIR || (entry->d_type == DT_UNKNOWN &&
                                                     fstatat(folder, entry->d_name, &facts,
                                                             AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT) == 0 &&
                                                     S_ISDIR(facts.st_mode));
        if (is_folder && vt_rules_judge(entry->d_name, VT_RULE_FOLDER) == VT_VERDICT_TAKE) {
            char *child = vt_path_join(path, entry->d_name);
            vt_str_append(found, child ? child : "", child ? strlen(child) + 1 : 1);
            free(child);
        }
    }
    closedir(stream);
    return !found->failed || out_of_memory(error);
}

bool vt_notify_add(vt_notify *notify, const char *path, vt_error *error)
{
    vt_str waiting = VT_STR_INIT; /* paths, the last first to be visited */
    vt_str_append(&waiting, path, strlen(path) + 1);
    bool done = !waiting.failed || out_of_memory(error);
    while (done && waiting.length > 0) {
        size_t begin = waiting.length - 1;
        while (begin > 0 && waiting.data[begin - 1] != '\0') {
            begin--;
        }
        char *next = strdup(waiting.data + begin);
        waiting.length = begin;
        bool there = false;
        done = next ? watch_one(notify, next, &there, error) : out_of_memory(error);
        done = done && (!there || list_folders(next, &waiting, error));
        free(next);
    }
    vt_str_free(&waiting);
    return done;
}

void vt_notify_remove(vt_notify *notify, const char *path)
{
    for (size_t i = 0; i < notify->room; i++) {
        if (notify->paths[i] && vt_path_is_below(notify->paths[i], path)) {
            inotify_rm_watch(notify->fd, (int)i);
            free(notify->paths[i]);
            notify->paths[i] = NULL;
            notify->watches--;
        }
    }
}

/* A folder was renamed: its watches stay and have other paths. */
static bool rename_watches(vt_notify *notify, const char *from, const char *to, vt_error *error)
{
    size_t length = strlen(from);
    for (size_t i = 0; i < notify->room; i++) {
        if (!notify->paths[i] || !vt_path_is_below(notify->paths[i], from)) {
            continue;
        }
        vt_str path = VT_STR_INIT;
        vt_str_append_cstr(&path, to);
        vt_str_append_cstr(&path, notify->paths[i] + length);
        char *taken = vt_str_take(&path);
        if (!taken) {
            return out_of_memory(error);
        }
        free(notify->paths[i]);
        notify->paths[i] = taken;
    }
    return true;
}

/* ---- events ---- */

typedef struct reading {
    vt_notify *notify;
    vt_notice_visitor visit;
    void *user;
    vt_error *error; /* the first fault */
    bool failed;
} reading;

static void note_fault(reading *at, const vt_error *fault)
{
    if (!at->failed && at->error) {
        *at->error = *fault;
    }
    at->failed = true;
}

static void tell(reading *at, vt_notice_kind kind, bool is_folder, const char *path, const char *from)
{
    const vt_notice notice = {kind, is_folder, path, from};
    at->visit(at->user, &notice);
}

static void tell_gone(reading *at, size_t which)
{
    vt_notify *notify = at->notify;
    half gone = notify->halves[which];
    notify->halves[which] = notify->halves[--notify->half_count];
    if (gone.is_folder) {
        vt_notify_remove(notify, gone.path);
    }
    tell(at, VT_NOTICE_GONE, gone.is_folder, gone.path, NULL);
    free(gone.path);
}

static void keep_half(reading *at, const struct inotify_event *event, const char *path)
{
    vt_notify *notify = at->notify;
    bool is_folder = (event->mask & IN_ISDIR) != 0;
    if (notify->half_count == HALVES_MAX) {
        tell_gone(at, 0);
    }
    const half kept = {event->cookie, is_folder, vt_clock_now(), strdup(path)};
    if (kept.path) {
        notify->halves[notify->half_count++] = kept;
    } else {
        tell(at, VT_NOTICE_GONE, is_folder, path, NULL);
    }
}

/* A folder that is new here: watched, and told so that what is in it already is looked at. */
static void take_folder(reading *at, const char *path)
{
    vt_error fault = VT_ERROR_INIT;
    if (!vt_notify_add(at->notify, path, &fault)) {
        note_fault(at, &fault);
    }
    tell(at, VT_NOTICE_FOLDER, true, path, NULL);
}

static void moved_to(reading *at, const struct inotify_event *event, const char *path)
{
    vt_notify *notify = at->notify;
    bool is_folder = (event->mask & IN_ISDIR) != 0;
    for (size_t i = 0; i < notify->half_count; i++) {
        if (notify->halves[i].cookie != event->cookie) {
            continue;
        }
        half from = notify->halves[i];
        notify->halves[i] = notify->halves[--notify->half_count];
        vt_error fault = VT_ERROR_INIT;
        if (is_folder && !rename_watches(notify, from.path, path, &fault)) {
            note_fault(at, &fault);
        }
        tell(at, VT_NOTICE_RENAMED, is_folder, path, from.path);
        free(from.path);
        return;
    }
    if (is_folder) {
        take_folder(at, path);
    } else {
        tell(at, VT_NOTICE_WRITTEN, false, path, NULL);
    }
}

/* What concerns the watched folder itself. */
static void folder_event(reading *at, const struct inotify_event *event)
{
    vt_notify *notify = at->notify;
    size_t watch = (size_t)event->wd;
    const char *path = notify->paths[watch];
    if (event->mask & IN_UNMOUNT) {
        tell(at, VT_NOTICE_UNMOUNTED, true, path, NULL);
    } else if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF)) {
        /* Of a folder within a tree the parent tells, and its path is the new one by now; of the tree's own
           nobody else does. */
        char *copy = access(path, F_OK) != 0 && errno == ENOENT ? strdup(path) : NULL;
        if (copy) {
            vt_notify_remove(notify, copy);
            tell(at, VT_NOTICE_GONE, true, copy, NULL);
        }
        free(copy);
    }
    if (event->mask & IN_IGNORED && notify->paths[watch]) {
        free(notify->paths[watch]);
        notify->paths[watch] = NULL;
        notify->watches--;
    }
}

static void take_event(reading *at, const struct inotify_event *event)
{
    vt_notify *notify = at->notify;
    if (event->mask & IN_Q_OVERFLOW) {
        tell(at, VT_NOTICE_OVERFLOW, false, NULL, NULL);
        return;
    }
    if (event->wd < 0 || (size_t)event->wd >= notify->room || !notify->paths[event->wd]) {
        return; /* of a watch that was removed */
    }
    if (event->len == 0) {
        folder_event(at, event);
        return;
    }
    bool is_folder = (event->mask & IN_ISDIR) != 0;
    if (is_folder && vt_rules_judge(event->name, VT_RULE_FOLDER) != VT_VERDICT_TAKE) {
        return;
    }
    char *path = vt_path_join(notify->paths[event->wd], event->name);
    if (!path) {
        vt_error fault = VT_ERROR_INIT;
        out_of_memory(&fault);
        note_fault(at, &fault);
        return;
    }
    if (event->mask & IN_MOVED_FROM) {
        keep_half(at, event, path);
    } else if (event->mask & IN_MOVED_TO) {
        moved_to(at, event, path);
    } else if (event->mask & IN_DELETE) {
        tell(at, VT_NOTICE_GONE, is_folder, path, NULL);
    } else if (is_folder && (event->mask & IN_CREATE)) {
        take_folder(at, path);
    } else if (event->mask & IN_CREATE) {
        tell(at, VT_NOTICE_BEGUN, false, path, NULL);
    } else if (event->mask & IN_CLOSE_WRITE) {
        tell(at, VT_NOTICE_WRITTEN, false, path, NULL);
    }
    free(path);
}

bool vt_notify_read(vt_notify *notify, vt_notice_visitor visit, void *user, int64_t *wait_ns, vt_error *error)
{
    char buffer[BUFFER_SIZE] __attribute__((aligned(__alignof__(struct inotify_event))));
    reading at = {notify, visit, user, error, false};
    ssize_t count;
    while ((count = read(notify->fd, buffer, sizeof buffer)) > 0) {
        for (const char *next = buffer; next < buffer + count;) {
            const struct inotify_event *event = (const struct inotify_event *)(const void *)next;
            take_event(&at, event);
            next += sizeof *event + event->len;
        }
    }
    int64_t now = vt_clock_now();
    *wait_ns = VT_FOREVER;
    for (size_t i = 0; i < notify->half_count;) {
        int64_t left = notify->halves[i].since + VT_NOTIFY_PAIR_NS - now;
        if (left <= 0) {
            tell_gone(&at, i);
            continue;
        }
        *wait_ns = left < *wait_ns ? left : *wait_ns;
        i++;
    }
    return !at.failed;
}
