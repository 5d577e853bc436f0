#include "core/scan/scan_ahead.h"

#include "core/base/cond.h"
#include "core/base/thread.h"

#include <stdlib.h>
#include <string.h>

/* Each of files has up to VT_SCAN_CHUNK of them: a few megabytes at most. */
#define WAITING_MOST 64

typedef enum event_kind { FOLDER_BEGIN, FILES, FOLDER_END, TROUBLE } event_kind;

/* One call of a callback, with copies of all it is given. */
typedef struct event {
    struct event *next;
    event_kind kind;
    bool flag; /* whole, complete */
    vt_scan_figures figures;
    vt_error error;
    const char *path; /* in the event's own memory, as the names of the files */
    size_t length;
    size_t count;
    vt_scan_file files[];
} event;

typedef struct ahead {
    vt_scan *scan;
    pthread_mutex_t lock; /* guards what follows */
    pthread_cond_t changed;
    event *first;
    event **last;
    size_t waiting;
    bool ended;   /* the scan is through */
    bool stopped; /* nobody takes events any more */
    bool good;    /* what the scan returned */
    vt_error error;
} ahead;

/* ---- the scan's side ---- */

/* An event with room for the path and for `count` files with names of `name_bytes` together. */
static event *event_create(event_kind kind, const char *path, size_t length, size_t count, size_t name_bytes)
{
    event *made = malloc(sizeof *made + count * sizeof *made->files + length + 1 + name_bytes);
    if (made) {
        char *text = (char *)&made->files[count];
        memcpy(text, path, length);
        text[length] = '\0';
        *made = (event){.kind = kind, .error = VT_ERROR_INIT, .path = text, .length = length, .count = count};
    }
    return made;
}

/* Queues the event, waiting for room; takes it over. False when nobody wants more, and for NULL. */
static bool queue(ahead *ahead, event *made)
{
    if (!made) {
        pthread_mutex_lock(&ahead->lock);
        vt_error_set(&ahead->error, VT_ERROR_MEMORY, "out of memory while walking folders");
        pthread_mutex_unlock(&ahead->lock);
        return false;
    }
    vt_scan_get_figures(ahead->scan, &made->figures);
    pthread_mutex_lock(&ahead->lock);
    while (ahead->waiting >= WAITING_MOST && !ahead->stopped) {
        (void)vt_cond_wait_until(&ahead->changed, &ahead->lock, VT_FOREVER);
    }
    bool wanted = !ahead->stopped;
    if (wanted) {
        *ahead->last = made;
        ahead->last = &made->next;
        if (ahead->waiting++ == 0) {
            pthread_cond_signal(&ahead->changed);
        }
    }
    pthread_mutex_unlock(&ahead->lock);
    if (!wanted) {
        free(made);
    }
    return wanted;
}

static bool queue_folder(void *user, event_kind kind, const char *path, size_t length, bool flag)
{
    event *made = event_create(kind, path, length, 0, 0);
    if (made) {
        made->flag = flag;
    }
    return queue(user, made);
}

static bool folder_begin(void *user, const char *path, size_t length, bool whole)
{
    return queue_folder(user, FOLDER_BEGIN, path, length, whole);
}

static bool folder_end(void *user, const char *path, size_t length, bool complete)
{
    return queue_folder(user, FOLDER_END, path, length, complete);
}

static bool files(void *user, const char *path, size_t length, const vt_scan_file *found, size_t count)
{
    size_t name_bytes = 0;
    for (size_t i = 0; i < count; i++) {
        name_bytes += found[i].name_length + 1;
    }
    event *made = event_create(FILES, path, length, count, name_bytes);
    if (made) {
        char *name = (char *)&made->files[count] + length + 1;
        for (size_t i = 0; i < count; i++) {
            made->files[i] = found[i];
            made->files[i].name = memcpy(name, found[i].name, found[i].name_length + 1);
            name += found[i].name_length + 1;
        }
    }
    return queue(user, made);
}

static bool trouble(void *user, const char *path, size_t length, const vt_error *error)
{
    event *made = event_create(TROUBLE, path, length, 0, 0);
    if (made) {
        made->error = *error;
    }
    return queue(user, made);
}

static void *run_scan(void *user)
{
    ahead *ahead = user;
    const vt_scan_visitor visitor = {folder_begin, files, folder_end, trouble, ahead};
    vt_error error = VT_ERROR_INIT;
    bool good = vt_scan_go_on(ahead->scan, &visitor, &error);
    pthread_mutex_lock(&ahead->lock);
    ahead->good = good;
    if (ahead->error.code == VT_ERROR_NONE) {
        ahead->error = error;
    }
    ahead->ended = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    return NULL;
}

/* ---- the taker's side ---- */

/* The next event, which the caller frees; NULL at the end. */
static event *take(ahead *ahead)
{
    pthread_mutex_lock(&ahead->lock);
    while (!ahead->first && !ahead->ended) {
        (void)vt_cond_wait_until(&ahead->changed, &ahead->lock, VT_FOREVER);
    }
    event *taken = ahead->first;
    if (taken) {
        ahead->first = taken->next;
        if (!ahead->first) {
            ahead->last = &ahead->first;
        }
        /* Half empty: the scan has something to do when it is woken. */
        if (--ahead->waiting == WAITING_MOST / 2) {
            pthread_cond_signal(&ahead->changed);
        }
    }
    pthread_mutex_unlock(&ahead->lock);
    return taken;
}

static bool tell(const event *event, const vt_scan_visitor *visitor)
{
    switch (event->kind) {
    case FOLDER_BEGIN:
        return visitor->folder_begin(visitor->user, event->path, event->length, event->flag);
    case FILES:
        return visitor->files(visitor->user, event->path, event->length, event->files, event->count);
    case FOLDER_END:
        return visitor->folder_end(visitor->user, event->path, event->length, event->flag);
    case TROUBLE:
        return visitor->trouble(visitor->user, event->path, event->length, &event->error);
    }
    return false;
}

/* Tells of all there is, until a callback wants no more. */
static bool tell_all(ahead *ahead, const vt_scan_visitor *visitor, vt_scan_figures *figures)
{
    bool on = true;
    event *next;
    while (on && (next = take(ahead)) != NULL) {
        *figures = next->figures;
        on = tell(next, visitor);
        free(next);
    }
    pthread_mutex_lock(&ahead->lock);
    ahead->stopped = true;
    pthread_cond_signal(&ahead->changed);
    pthread_mutex_unlock(&ahead->lock);
    return on;
}

static bool init(ahead *ahead, vt_scan *scan)
{
    *ahead = (struct ahead){.scan = scan, .error = VT_ERROR_INIT};
    ahead->last = &ahead->first;
    if (pthread_mutex_init(&ahead->lock, NULL) != 0) {
        return false;
    }
    if (!vt_cond_init(&ahead->changed)) {
        pthread_mutex_destroy(&ahead->lock);
        return false;
    }
    return true;
}

static void clear(ahead *ahead)
{
    while (ahead->first) {
        event *next = ahead->first->next;
        free(ahead->first);
        ahead->first = next;
    }
    pthread_cond_destroy(&ahead->changed);
    pthread_mutex_destroy(&ahead->lock);
}

bool vt_scan_ahead_walk(vt_scan *scan, const char *path, const vt_scan_visitor *visitor,
                        vt_scan_figures *figures, vt_error *error)
{
    ahead ahead;
    pthread_t thread;
    bool on = vt_scan_begin(scan, path, visitor, error);
    vt_scan_get_figures(scan, figures);
    if (!on || vt_scan_is_through(scan)) {
        return on;
    }
    if (!init(&ahead, scan)) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory while walking folders");
    }
    int failed = vt_thread_start(&thread, "scan", run_scan, &ahead);
    if (failed != 0) {
        clear(&ahead);
        return vt_error_set_errno(error, failed, "no thread for walking folders");
    }
    on = tell_all(&ahead, visitor, figures);
    pthread_join(thread, NULL);
    vt_scan_get_figures(scan, figures);
    if (!on) {
        vt_error_set(error, VT_ERROR_CANCELLED, "the scan was stopped");
    } else if (!ahead.good && error) {
        *error = ahead.error;
    }
    on = on && ahead.good;
    clear(&ahead);
    return on;
}
