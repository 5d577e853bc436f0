#include "core/import/watch_private.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"
#include "core/decode/format.h"
#include "core/scan/rules.h"
#include "core/sequence/sequence_name.h"
#include "core/sidecar/sidecar_path.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

/* Roots are looked at again so often, for those that were removed and made again. */
#define ROOTS_NS (30 * VT_NS_PER_S)

/* How soon to ask again whether the index is loaded. */
#define INDEX_NS (20 * VT_NS_PER_MS)

/* How soon to ask for answers of roots that have not come yet. */
#define ANSWER_NS (20 * VT_NS_PER_MS)

/* ---- what happened ---- */

static void scan_root_of(vt_watch *watch, const char *path)
{
    vt_watched_root *root = vt_watch_root_of(watch, path);
    if (root) {
        root->scan = true;
    }
}

/* Too much happens: all roots are looked through instead. */
static void scan_all(vt_watch *watch)
{
    vt_pending_clear(watch->pending);
    for (vt_watched_root *at = watch->roots; at; at = at->next) {
        at->scan = at->wanted;
    }
}

static void note(vt_watch *watch, const char *path, bool closed)
{
    if (!vt_pending_add(watch->pending, path, closed, vt_clock_now())) {
        scan_root_of(watch, path);
    }
}

/* A file that an import would take, or a side-car. */
static bool is_wanted(const char *path)
{
    const char *name = vt_path_name(path);
    return (vt_format_of_name(name) != VT_FORMAT_UNKNOWN || vt_sidecar_path_is_sidecar(name)) &&
           vt_rules_judge(name, VT_RULE_FILE) == VT_VERDICT_TAKE;
}

static bool is_numbered(const char *path)
{
    vt_sequence_name parts;
    const char *name = vt_path_name(path);
    return is_wanted(path) && vt_sequence_name_parse(name, strlen(name), &parts, NULL);
}

static void note_rename(vt_watch *watch, const char *from, const char *to)
{
    watch->renamed_last = vt_clock_now();
    watch->renaming_frames = is_numbered(from) && is_numbered(to);
    if (watch->rename_count == 0) {
        watch->renaming_since = watch->renamed_last;
    }
    vt_rename rename = {strdup(from), strdup(to)};
    if (watch->rename_count == VT_WATCH_RENAMES_MAX || !rename.from || !rename.to) {
        free((char *)rename.from);
        free((char *)rename.to);
        return; /* its inode tells */
    }
    /* What was renamed twice comes from where it was first. */
    for (size_t i = 0; i < watch->rename_count; i++) {
        if (strcmp(watch->renames[i].to, from) == 0) {
            free((char *)watch->renames[i].to);
            free((char *)rename.from);
            watch->renames[i].to = rename.to;
            return;
        }
    }
    watch->renames[watch->rename_count++] = rename;
}

static void on_notice(void *user, const vt_notice *notice)
{
    vt_watch *watch = user;
    pthread_mutex_lock(&watch->lock);
    watch->figures.events++;
    watch->figures.overflows += notice->kind == VT_NOTICE_OVERFLOW;
    pthread_mutex_unlock(&watch->lock);
    switch (notice->kind) {
    case VT_NOTICE_BEGUN:
    case VT_NOTICE_WRITTEN:
        if (is_wanted(notice->path)) {
            note(watch, notice->path, notice->kind == VT_NOTICE_WRITTEN);
        }
        break;
    case VT_NOTICE_FOLDER:
        note(watch, notice->path, true);
        break;
    case VT_NOTICE_GONE:
        if (notice->is_folder || is_wanted(notice->path)) {
            note(watch, notice->path, true);
        }
        break;
    case VT_NOTICE_RENAMED:
        if (notice->is_folder || is_wanted(notice->from) || is_wanted(notice->path)) {
            note_rename(watch, notice->from, notice->path);
            note(watch, notice->from, true);
            note(watch, notice->path, true);
        }
        break;
    case VT_NOTICE_UNMOUNTED:
        atomic_store(&watch->refresh, true);
        break;
    case VT_NOTICE_OVERFLOW:
        vt_watch_tell(watch, "more has changed at once than the system remembers: the watched folders are "
                             "looked through");
        scan_all(watch);
        break;
    }
}

/* A folder that came cannot be watched: its root is polled from now on. */
static void give_up_watching(vt_watch *watch, const vt_error *error)
{
    for (vt_watched_root *at = watch->roots; at; at = at->next) {
        if (at->watched) {
            vt_notify_remove(watch->notify, at->path);
            at->watched = false;
            at->told = true;
            at->scan = true;
            at->next_poll = vt_clock_now() + watch->options.poll_ns;
        }
    }
    vt_watch_tell(watch, "folders are looked through every %lld s instead of being watched: %s",
                  (long long)(watch->options.poll_ns / VT_NS_PER_S), error->message);
    pthread_mutex_lock(&watch->lock);
    watch->figures.polled = watch->figures.roots - watch->figures.offline;
    watch->figures.folders = (int64_t)vt_notify_count(watch->notify);
    pthread_mutex_unlock(&watch->lock);
}

/* ---- what is done about it ---- */

/* How long to wait because files are being renamed; 0: not at all. */
static int64_t wait_for_renames(const vt_watch *watch, int64_t now)
{
    if (watch->rename_count == 0) {
        return 0;
    }
    int64_t limit = watch->renaming_frames ? VT_WATCH_RENAMING_FRAMES_NS : VT_WATCH_RENAMING_NS;
    int64_t pause = watch->renaming_frames ? VT_WATCH_FRAMES_CALM_NS : VT_PENDING_CLOSED_NS;
    int64_t calm = watch->renamed_last + pause - now;
    int64_t patience = watch->renaming_since + limit - now;
    int64_t left = calm < patience ? calm : patience;
    return left > 0 ? left : 0;
}

static void take_pending(vt_watch *watch, vt_watch_work *work, int64_t now, int64_t *wait_ns)
{
    int64_t next = wait_for_renames(watch, now);
    if (next == 0) {
        work->count = vt_pending_take(watch->pending, work->paths, VT_WATCH_PATHS_MAX, now, &next);
    }
    *wait_ns = next < *wait_ns ? next : *wait_ns;
}

/* Takes what is due. NULL if nothing is; `*wait_ns` is when something will be. */
static vt_watch_work *take_work(vt_watch *watch, int64_t *wait_ns)
{
    vt_watch_work *work = calloc(1, sizeof *work);
    int64_t now = vt_clock_now();
    int64_t renaming = wait_for_renames(watch, now);
    *wait_ns = VT_FOREVER;
    if (!work) {
        *wait_ns = VT_NS_PER_S;
        return NULL;
    }
    /* One root at a time: one that is not there stops no other. */
    for (vt_watched_root *at = watch->roots; at; at = at->next) {
        bool polled = at->wanted && !at->watched;
        bool due = polled && at->next_poll <= now;
        due = due || (at->scan && (at->network || renaming == 0));
        if (at->wanted && due && work->count == 0 && !atomic_load(&watch->busy[at->network])) {
            char *path = strdup(at->path);
            if (path) {
                work->paths[work->count++] = path;
                work->network = at->network;
                at->scan = false;
                at->next_poll = now + watch->options.poll_ns;
            }
        }
        if (atomic_load(&watch->busy[at->network])) {
            continue; /* its end rings */
        }
        int64_t left = at->scan ? (at->network ? 0 : renaming) : at->next_poll - now;
        *wait_ns = (polled || (at->scan && at->wanted)) && left < *wait_ns ? left : *wait_ns;
    }
    work->whole = work->count > 0;
    if (!work->whole && !atomic_load(&watch->busy[false])) {
        take_pending(watch, work, now, wait_ns);
    }
    if (work->count == 0) {
        free(work);
        return NULL;
    }
    if (!work->network) {
        memcpy(work->renames, watch->renames, sizeof *work->renames * watch->rename_count);
        work->rename_count = watch->rename_count;
        watch->rename_count = 0;
    }
    return work;
}

/* Sleeps until something happens; true if the list of mounts has changed. */
static bool sleep_until(vt_watch *watch, int64_t wait_ns)
{
    struct pollfd waits[] = {
        {.fd = vt_notify_fd(watch->notify), .events = POLLIN},
        {.fd = vt_doorbell_fd(watch->bell), .events = POLLIN},
        {.fd = watch->mounts, .events = POLLPRI}, /* -1 is passed over */
    };
    struct timespec limit = {wait_ns / VT_NS_PER_S, wait_ns % VT_NS_PER_S};
    int ready = ppoll(waits, sizeof waits / sizeof *waits, &limit, NULL);
    if (ready > 0 && waits[1].revents) {
        vt_doorbell_wait(watch->bell, 0);
    }
    return ready > 0 && (waits[2].revents & (POLLPRI | POLLERR)) != 0;
}

/* Looking through the folders of a million files takes a processor for a second. At the start the window
   needs both: nothing that is found can be written before the index is loaded, anyhow. */
static void wait_for_index(vt_watch *watch)
{
    vt_engine *engine = watch->engine;
    bool ready = false;
    while (!ready && !atomic_load(&watch->stopping)) {
        pthread_mutex_lock(&engine->lock);
        ready = engine->index_ready;
        pthread_mutex_unlock(&engine->lock);
        if (!ready) {
            vt_doorbell_wait(watch->bell, INDEX_NS);
        }
    }
}

void *vt_watch_run(void *user)
{
    vt_watch *watch = user;
    int64_t roots_due = 0;
    wait_for_index(watch);
    while (!atomic_load(&watch->stopping)) {
        int64_t now = vt_clock_now();
        if (atomic_exchange(&watch->refresh, false) || now >= roots_due) {
            roots_due = now + (vt_watch_look_at_roots(watch) ? ROOTS_NS : ANSWER_NS);
        }
        int64_t wait_ns, work_ns = VT_FOREVER;
        vt_error error = VT_ERROR_INIT;
        if (!vt_notify_read(watch->notify, on_notice, watch, &wait_ns, &error)) {
            give_up_watching(watch, &error);
        }
        vt_watch_work *work = take_work(watch, &work_ns);
        if (work) {
            vt_watch_post(watch, work);
            continue;
        }
        wait_ns = work_ns < wait_ns ? work_ns : wait_ns;
        int64_t left = roots_due - vt_clock_now();
        wait_ns = left < wait_ns ? left : wait_ns;
        if (sleep_until(watch, wait_ns > 0 ? wait_ns : 0)) {
            atomic_store(&watch->refresh, true);
        }
    }
    return NULL;
}
