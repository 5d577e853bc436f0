#include "core/index/index.h"

#include "core/base/thread.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* How often a cancel is looked for. */
#define CANCEL_STEP 4096
/* Ids of one stripe: with two readers, each takes every other one. */
#define STRIPE 32768
/* Ids up to here are read in stripes. Where they are more than four times as many as an index has rows,
   somebody else has numbered them, with gaps that may be endless. */
#define STRIPED_IDS_MAX (4 * (int64_t)VT_INDEX_ROWS_MAX)

/* ---- one row after the other ---- */

typedef struct vt_load {
    vt_index *index;
    const atomic_bool *cancelled;
    vt_error *error;
    vt_error fault; /* of one item; here because clearing it for each would cost as much as putting it */
    int64_t last;   /* id after which to stop */
    uint32_t seen;
    bool failed;
} vt_load;

static bool take_folder(void *user, int64_t id, const char *path, size_t length)
{
    vt_load *load = user;
    load->failed = !vt_index_add_folder(load->index, id, path, length, load->error);
    return !load->failed;
}

static bool put(vt_load *load, const vt_item_brief *items, size_t count)
{
    load->failed = !vt_index_put(load->index, items, count, &load->fault);
    if (load->fault.code == VT_ERROR_USAGE) { /* ours if a program made it, the catalog's here */
        vt_error_set(load->error, VT_ERROR_CORRUPT,
                     "the catalog contradicts itself: %.300s; run `vitrine check`", load->fault.message);
    } else if (load->failed && load->error) {
        *load->error = load->fault;
    }
    return !load->failed;
}

static bool is_cancelled(vt_load *load)
{
    if (load->cancelled && atomic_load(load->cancelled)) {
        vt_error_set(load->error, VT_ERROR_CANCELLED, "loading the library was cancelled");
        load->failed = true;
    }
    return load->failed;
}

static bool take_item(void *user, const vt_item_brief *item)
{
    vt_load *load = user;
    if (item->id > load->last || (load->seen++ % CANCEL_STEP == 0 && is_cancelled(load))) {
        return false;
    }
    return put(load, item, 1);
}

/* Items of ids beyond `after`, up to `last`. */
static bool read_stripe(vt_load *load, vt_catalog_reader *reader, int64_t after, int64_t last)
{
    load->last = last;
    return vt_catalog_reader_each_brief(reader, after, take_item, load, load->error) && !load->failed;
}

/* ---- reading ahead ---- */

/* A stripe read by the second reader, until it is that one's turn. */
typedef struct ahead {
    vt_catalog_reader *reader; /* borrowed */
    int64_t after, end;        /* of all the stripes */
    int64_t last;              /* of the stripe being read */
    vt_item_brief *items;      /* [STRIPE] */
    size_t count;
    char *names;
    size_t name_bytes, name_room;
    vt_error error;

    pthread_mutex_t lock; /* guards the two below; whose turn it is owns the rest */
    pthread_cond_t changed;
    bool full, stopping;
} ahead;

static bool keep_name(ahead *at, const vt_item_brief *item)
{
    enum { NAMES_LEAST = 4096 };
    if (!at->names || at->name_bytes + item->name_length > at->name_room) {
        size_t room = NAMES_LEAST + (at->name_bytes + item->name_length) * 2;
        char *names = realloc(at->names, room);
        if (!names) {
            return vt_error_set(&at->error, VT_ERROR_MEMORY, "out of memory while loading the library");
        }
        at->names = names;
        at->name_room = room;
    }
    memcpy(at->names + at->name_bytes, item->name, item->name_length);
    at->name_bytes += item->name_length;
    return true;
}

static bool keep_item(void *user, const vt_item_brief *item)
{
    ahead *at = user;
    if (item->id > at->last || at->count == STRIPE) {
        return false;
    }
    at->items[at->count] = *item;
    return keep_name(at, &at->items[at->count++]);
}

static void fill(ahead *at, int64_t after)
{
    at->count = at->name_bytes = 0;
    at->last = after + STRIPE;
    vt_catalog_reader_each_brief(at->reader, after, keep_item, at, &at->error);
    /* Now that `names` moves no more. They lie there one behind the other. */
    const char *name = at->names;
    for (size_t i = 0; i < at->count; i++) {
        at->items[i].name = name;
        name += at->items[i].name_length;
    }
}

static void *read_ahead(void *user)
{
    ahead *at = user;
    for (int64_t after = at->after + STRIPE; after < at->end; after += 2 * (int64_t)STRIPE) {
        fill(at, after);
        pthread_mutex_lock(&at->lock);
        at->full = true;
        pthread_cond_broadcast(&at->changed);
        while (at->full && !at->stopping) {
            pthread_cond_wait(&at->changed, &at->lock);
        }
        bool stop = at->stopping || at->error.code != VT_ERROR_NONE;
        pthread_mutex_unlock(&at->lock);
        if (stop) {
            break;
        }
    }
    return NULL;
}

/* Puts the stripe that was read ahead, and lets the next one be read. */
static bool take_stripe(vt_load *load, ahead *at)
{
    pthread_mutex_lock(&at->lock);
    while (!at->full) {
        pthread_cond_wait(&at->changed, &at->lock);
    }
    pthread_mutex_unlock(&at->lock);
    bool good = at->error.code == VT_ERROR_NONE;
    if (!good && load->error) {
        *load->error = at->error;
    }
    good = good && !is_cancelled(load) && put(load, at->items, at->count);
    pthread_mutex_lock(&at->lock);
    at->full = false;
    at->stopping = !good;
    pthread_cond_broadcast(&at->changed);
    pthread_mutex_unlock(&at->lock);
    return good;
}

static bool start_ahead(ahead *at, pthread_t *thread)
{
    at->items = malloc(STRIPE * sizeof *at->items);
    if (!at->items || pthread_mutex_init(&at->lock, NULL) != 0) {
        free(at->items);
        return false;
    }
    pthread_cond_init(&at->changed, NULL);
    bool started = vt_thread_start(thread, "load", read_ahead, at) == 0;
    if (!started) {
        pthread_cond_destroy(&at->changed);
        pthread_mutex_destroy(&at->lock);
        free(at->items);
    }
    return started;
}

static void end_ahead(ahead *at, pthread_t thread)
{
    pthread_mutex_lock(&at->lock);
    at->stopping = true;
    pthread_cond_broadcast(&at->changed);
    pthread_mutex_unlock(&at->lock);
    pthread_join(thread, NULL);
    pthread_cond_destroy(&at->changed);
    pthread_mutex_destroy(&at->lock);
    free(at->items);
    free(at->names);
}

static bool read_items(vt_load *load, vt_catalog_reader *reader, vt_catalog_reader *second)
{
    ahead at = {.reader = second};
    pthread_t thread;
    bool striped = second && vt_catalog_reader_last_id(reader, &at.end, NULL) && at.end > STRIPE &&
                   at.end <= STRIPED_IDS_MAX && start_ahead(&at, &thread);
    if (!striped) { /* also where there is nothing to win, or no memory or thread for it */
        return read_stripe(load, reader, 0, INT64_MAX);
    }
    bool on = true;
    for (int64_t after = 0; on && after < at.end; after += 2 * (int64_t)STRIPE) {
        on = read_stripe(load, reader, after, after + STRIPE) &&
             (after + STRIPE >= at.end || take_stripe(load, &at));
    }
    end_ahead(&at, thread);
    return on;
}

bool vt_index_load(vt_index *index, vt_catalog_reader *reader, vt_catalog_reader *second,
                   const atomic_bool *cancelled, vt_error *error)
{
    vt_load load = {.index = index, .cancelled = cancelled, .error = error};
    if (!vt_catalog_reader_begin(reader, error)) {
        return false;
    }
    bool read = vt_catalog_reader_each_folder(reader, NULL, take_folder, &load, error) && !load.failed &&
                read_items(&load, reader, second);
    vt_catalog_reader_end(reader);
    return read && vt_index_publish(index, error);
}
