#include "core/import/watch_private.h"

#include "core/base/clock.h"
#include "core/base/path.h"
#include "core/import/errand.h"
#include "core/import/remember.h"

#include <stdlib.h>
#include <string.h>

/* ---- items go offline and come back: an errand ---- */

typedef struct flip {
    bool offline;
    size_t count, room;
    struct {
        int64_t id;
        vt_item_state state;
    } * items; /* that changed; owned */
    char path[];
} flip;

static void note_item(void *user, int64_t id, vt_item_state state)
{
    flip *what = user;
    if (what->count == what->room) {
        size_t room = what->room ? what->room * 2 : 1024;
        void *larger = realloc(what->items, room * sizeof *what->items);
        if (!larger) {
            return; /* shown as it was until the next start */
        }
        what->items = larger;
        what->room = room;
    }
    what->items[what->count].id = id;
    what->items[what->count++].state = state;
}

static bool put_states(vt_engine *engine, const void *what, const vt_snapshot *before, vt_error *error)
{
    const flip *done = what;
    bool put = true;
    for (size_t i = 0; put && i < done->count; i++) {
        put = vt_writer_put_state(engine, before, done->items[i].id, done->items[i].state, error);
    }
    return put;
}

static bool run_flip(vt_engine *engine, void *user, vt_error *error)
{
    flip *what = user;
    uint32_t first, count;
    if (!vt_roots_set_offline(engine->catalog_writer, what->path, what->offline, note_item, what, error)) {
        return false;
    }
    vt_writer_publish(engine, put_states, what, &first, &count);
    vt_engine_tell_rows_changed(engine);
    return true;
}

static void release_flip(void *user)
{
    free(((flip *)user)->items);
    free(user);
}

static const vt_errand_ops flip_ops = {"volume", run_flip, NULL, release_flip};

static void set_away(vt_watch *watch, vt_watched_root *root, bool away)
{
    size_t length = strlen(root->path);
    flip *what = calloc(1, sizeof *what + length + 1);
    if (!what) {
        return;
    }
    what->offline = away;
    memcpy(what->path, root->path, length + 1);
    if (vt_errand_post(watch->engine, &flip_ops, what, NULL)) {
        root->away = away;
        char *shown = vt_path_display(root->path);
        vt_watch_tell(watch,
                      away ? "%s: the volume is not attached or does not answer; its items are offline"
                           : "%s: the volume is back",
                      shown ? shown : "");
        free(shown);
    }
}

/* ---- which roots there are ---- */

vt_watched_root *vt_watch_root_of(vt_watch *watch, const char *path)
{
    vt_watched_root *found = NULL;
    for (vt_watched_root *at = watch->roots; at && !found; at = at->next) {
        found = vt_path_is_below(path, at->path) ? at : NULL;
    }
    return found;
}

static vt_watched_root *find(vt_watch *watch, const char *path)
{
    vt_watched_root *at = watch->roots;
    while (at && strcmp(at->path, path) != 0) {
        at = at->next;
    }
    return at;
}

static vt_watched_root *add(vt_watch *watch, const vt_root *root)
{
    size_t length = strlen(root->path);
    vt_watched_root *fresh = calloc(1, sizeof *fresh + length + 1);
    if (fresh) {
        memcpy(fresh->path, root->path, length + 1);
        fresh->away = root->offline;
        fresh->scan = root->scan_at_start && !watch->started;
        fresh->next = watch->roots;
        watch->roots = fresh;
    }
    return fresh;
}

/* Begins to watch, or goes on; where that cannot be, the root is looked through from time to time. */
static void watch_root(vt_watch *watch, vt_watched_root *root)
{
    vt_error error = VT_ERROR_INIT;
    if (root->told || vt_notify_has(watch->notify, root->path)) {
        return;
    }
    bool allowed = !root->network && vt_notify_add(watch->notify, root->path, &error);
    root->watched = allowed && vt_notify_has(watch->notify, root->path); /* the folder may be gone */
    root->next_poll = vt_clock_now() + watch->options.poll_ns;
    if (allowed) {
        return;
    }
    vt_notify_remove(watch->notify, root->path);
    char *shown = vt_path_display(root->path);
    vt_watch_tell(watch, "%s is looked through every %lld s instead of being watched: %s", shown ? shown : "",
                  (long long)(watch->options.poll_ns / VT_NS_PER_S),
                  root->network ? "a network disk tells no changes" : error.message);
    root->told = true;
    free(shown);
}

typedef enum answer { ANSWER_PENDING, ANSWER_CAME, ANSWER_NEVER } answer;

/* Whether the root can be looked at without waiting for ever. One look is one question. */
static answer ask(vt_watch *watch, vt_watched_root *root)
{
    if (!root->probe) {
        root->probe = vt_probe_start(root->path, watch->options.probe);
        return root->probe ? ANSWER_PENDING : ANSWER_CAME;
    }
    if (vt_probe_answered(root->probe)) {
        vt_probe_free(root->probe);
        root->probe = NULL;
        return ANSWER_CAME;
    }
    return vt_probe_age(root->probe) < watch->options.answer_ns ? ANSWER_PENDING : ANSWER_NEVER;
}

/* Whether the root is away. False if that cannot be said. */
static bool is_away(vt_watch *watch, const vt_root *root, vt_watched_root *own, bool *away)
{
    vt_presence presence;
    vt_volume now = {0};
    vt_error error = VT_ERROR_INIT;
    bool looked = vt_root_look(watch->reader, root, &presence, &now, &error);
    if (looked) {
        own->network = now.network;
        *away = presence == VT_PRESENCE_AWAY;
    }
    if (looked && presence == VT_PRESENCE_MOVED) {
        vt_remember_volume(watch->engine, root->path, &now);
    }
    vt_volume_clear(&now);
    return looked;
}

static bool look_at_root(void *user, const vt_root *root)
{
    vt_watch *watch = user;
    vt_watched_root *own = find(watch, root->path);
    if (!own) {
        own = add(watch, root);
    }
    if (!own) {
        return true; /* at the next look */
    }
    own->seen = true;
    answer answered = ask(watch, own);
    watch->pending_answers += answered == ANSWER_PENDING;
    bool away = answered == ANSWER_NEVER;
    if (answered == ANSWER_PENDING || (!away && !is_away(watch, root, own, &away))) {
        return true;
    }
    if (away != own->away) {
        set_away(watch, own, away);
    }
    bool wanted = root->watch && !away;
    if (own->wanted && !wanted) {
        vt_notify_remove(watch->notify, own->path);
        own->watched = false;
    } else if (wanted) {
        watch_root(watch, own);
    }
    own->wanted = wanted;
    return true;
}

static void drop_unseen(vt_watch *watch)
{
    for (vt_watched_root **link = &watch->roots; *link;) {
        vt_watched_root *at = *link;
        if (at->seen) {
            link = &at->next;
            continue;
        }
        vt_notify_remove(watch->notify, at->path);
        *link = at->next;
        vt_probe_free(at->probe);
        free(at);
    }
}

bool vt_watch_look_at_roots(vt_watch *watch)
{
    vt_error error = VT_ERROR_INIT;
    vt_watch_figures figures = {0};
    watch->pending_answers = 0;
    for (vt_watched_root *at = watch->roots; at; at = at->next) {
        at->seen = false;
    }
    if (vt_catalog_reader_each_root(watch->reader, look_at_root, watch, &error)) {
        drop_unseen(watch);
    } else {
        vt_log_write(&watch->engine->log, VT_LOG_WARN, "imported folders cannot be watched: %s",
                     error.message);
    }
    for (const vt_watched_root *at = watch->roots; at; at = at->next) {
        figures.roots++;
        figures.offline += at->away;
        figures.polled += at->wanted && !at->watched;
    }
    watch->started = true; /* roots that come later are no start */
    pthread_mutex_lock(&watch->lock);
    watch->figures.roots = figures.roots;
    watch->figures.offline = figures.offline;
    watch->figures.polled = figures.polled;
    watch->figures.folders = (int64_t)vt_notify_count(watch->notify);
    watch->figures.ready = watch->figures.ready || watch->pending_answers == 0;
    pthread_mutex_unlock(&watch->lock);
    return watch->pending_answers == 0;
}
