#include "core/import/dispatch.h"

#include "core/import/operation_private.h"

/* ---- entries that wait ---- */

enum { LIST_IMPORT, LIST_IDLE, LISTS };

static void append_locked(struct vt_waiting_list *list, vt_entry *entry)
{
    entry->next = NULL;
    if (list->last) {
        list->last->next = entry;
    } else {
        list->first = entry;
    }
    list->last = entry;
}

static void put_back_locked(struct vt_waiting_list *list, vt_entry *entry)
{
    entry->next = list->first;
    list->first = entry;
    if (!list->last) {
        list->last = entry;
    }
}

static struct vt_waiting_list *list_of(vt_engine *engine, const vt_entry *entry)
{
    if (atomic_load(&entry->import->held)) {
        return &entry->import->parked;
    }
    return &engine->waiting[entry->import->options.idle ? LIST_IDLE : LIST_IMPORT];
}

void vt_dispatch_append_locked(vt_engine *engine, vt_entry *entry)
{
    engine->in_flight -= atomic_load(&entry->import->held); /* parked */
    append_locked(list_of(engine, entry), entry);
}

/* Whether one more file of its import may be decoded beside those that are. */
static bool may_be_next_locked(const vt_entry *entry)
{
    int most = entry->import->options.wishes.workers;
    return most == 0 || entry->import->decoding < most;
}

/* The link to the first entry of a list that may be decoded now, NULL: there is none; `*before`: the entry in
   front of it. Passes over what waits because of wishes only. */
static vt_entry **find_entry_locked(struct vt_waiting_list *list, vt_entry **before)
{
    *before = NULL;
    for (vt_entry **at = &list->first; *at; at = &(*at)->next) {
        if (may_be_next_locked(*at)) {
            return at;
        }
        *before = *at;
    }
    return NULL;
}

static bool entries_wait_locked(const vt_engine *engine)
{
    vt_entry *before;
    vt_engine *of = (vt_engine *)engine;
    return find_entry_locked(&of->waiting[LIST_IMPORT], &before) ||
           find_entry_locked(&of->waiting[LIST_IDLE], &before);
}

/* Only when entries_wait_locked. */
static vt_entry *take_entry_locked(vt_engine *engine)
{
    vt_entry *before;
    struct vt_waiting_list *list = &engine->waiting[LIST_IMPORT];
    vt_entry **at = find_entry_locked(list, &before);
    if (!at) {
        list = &engine->waiting[LIST_IDLE];
        at = find_entry_locked(list, &before);
    }
    vt_entry *entry = *at;
    *at = entry->next;
    if (list->last == entry) {
        list->last = before;
    }
    entry->next = NULL;
    return entry;
}

void vt_dispatch_park_locked(vt_engine *engine, vt_import *import)
{
    for (int i = 0; i < LISTS; i++) {
        vt_entry *at = engine->waiting[i].first;
        engine->waiting[i] = (struct vt_waiting_list){NULL, NULL};
        while (at) {
            vt_entry *next = at->next;
            bool of_import = at->import == import;
            engine->in_flight -= of_import;
            append_locked(of_import ? &import->parked : &engine->waiting[i], at);
            at = next;
        }
    }
}

void vt_dispatch_unpark_locked(vt_engine *engine, vt_import *import)
{
    struct vt_waiting_list *list = &engine->waiting[import->options.idle ? LIST_IDLE : LIST_IMPORT];
    for (vt_entry *at = import->parked.first; at;) {
        vt_entry *next = at->next;
        engine->in_flight++; /* beyond the limit for a while: nothing is taken on meanwhile */
        append_locked(list, at);
        at = next;
    }
    import->parked = (struct vt_waiting_list){NULL, NULL};
}

void vt_dispatch_sweep(vt_engine *engine, const vt_import *import)
{
    vt_entry *swept = NULL;
    pthread_mutex_lock(&engine->lock);
    for (int i = 0; i < LISTS; i++) {
        vt_entry *at = engine->waiting[i].first;
        engine->waiting[i] = (struct vt_waiting_list){NULL, NULL};
        while (at) {
            vt_entry *next = at->next;
            if (at->import == import) {
                at->next = swept;
                swept = at;
            } else {
                append_locked(&engine->waiting[i], at);
            }
            at = next;
        }
    }
    pthread_mutex_unlock(&engine->lock);
    while (swept) {
        vt_entry *next = swept->next;
        vt_pipeline_drop(engine, swept);
        swept = next;
    }
}

/* ---- who may begin ---- */

/* Thumbnails that wait and for which no slot is on its way. */
typedef struct demand {
    size_t visible, nearby;
    bool reserve_used; /* a visible one has, or is about to have, the helper that is kept for one */
} demand;

static demand demand_locked(const vt_engine *engine)
{
    size_t visible = vt_priority_queue_waiting(engine->wanted, VT_PRIORITY_CRITICAL);
    size_t nearby = vt_priority_queue_waiting(engine->wanted, VT_PRIORITY_HIGH);
    size_t idle = (size_t)engine->slots_idle;
    size_t of_visible = idle < visible ? idle : visible;
    size_t of_nearby = idle - of_visible < nearby ? idle - of_visible : nearby;
    return (demand){visible - of_visible, nearby - of_nearby, engine->slots_visible > 0 || of_visible > 0};
}

/* Background helpers in use. */
static int background_locked(const vt_engine *engine, const demand *waits)
{
    return engine->decoding + engine->slots - (waits->reserve_used ? 1 : 0);
}

static bool may_begin_visible_locked(const vt_engine *engine)
{
    return engine->decoding + engine->slots < engine->jobs + 1;
}

/* Background work, if memory allows. */
static bool may_begin_locked(vt_engine *engine, const demand *waits)
{
    int running = background_locked(engine, waits);
    if (running >= engine->jobs) {
        return false;
    }
    engine->held = !vt_governor_may_start(engine->governor, running);
    return !engine->held;
}

bool vt_dispatch_is_stuck_locked(const vt_engine *engine)
{
    demand waits = demand_locked(engine);
    if (waits.visible > 0 && may_begin_visible_locked(engine)) {
        return true;
    }
    return !engine->held && (waits.nearby > 0 || entries_wait_locked(engine)) &&
           background_locked(engine, &waits) < engine->jobs;
}

/* ---- handing out ---- */

static bool submit(vt_engine *engine, vt_task *task, vt_priority priority)
{
    vt_error error = VT_ERROR_INIT;
    return task && vt_executor_submit(engine->executor, task, priority, &error);
}

/* One more slot. With the lock held; given up meanwhile. False if the executor has no room. */
static bool begin_slot(vt_engine *engine, vt_priority priority)
{
    bool first = engine->slots++ == 0;
    engine->slots_idle++;
    engine->tasks++;
    pthread_mutex_unlock(&engine->lock);
    if (first) {
        pthread_cond_signal(&engine->beat); /* memory is sampled while there is work */
    }
    vt_task *task = vt_request_slot_create(engine);
    bool accepted = submit(engine, task, priority);
    vt_task_unref(task); /* of one that was not accepted nothing is told */
    pthread_mutex_lock(&engine->lock);
    if (!accepted) {
        engine->slots--;
        engine->slots_idle--;
        engine->tasks--;
    }
    return accepted;
}

/* The next entry. With the lock held; given up meanwhile. False if the executor has no room. */
static bool begin_entry(vt_engine *engine)
{
    vt_entry *entry = take_entry_locked(engine);
    const vt_import *import = entry->import;
    bool cancelled = vt_import_is_cancelled(import);
    bool accepted = true;
    if (!cancelled) {
        engine->decoding++;
        entry->import->decoding++;
        engine->tasks++;
        bool idle = import->options.idle; /* the import may be over as soon as the task runs */
        pthread_mutex_unlock(&engine->lock);
        vt_task *task = vt_combined_task_create(engine, entry);
        accepted = submit(engine, task, idle ? VT_PRIORITY_LOW : VT_PRIORITY_NORMAL);
        if (task && !accepted) {
            vt_combined_task_disown(task);
        }
        vt_task_unref(task);
        pthread_mutex_lock(&engine->lock);
        if (accepted) {
            return true;
        }
        engine->decoding--;
        entry->import->decoding--;
        engine->tasks--;
        cancelled = vt_import_is_cancelled(import); /* the sweep did not see it */
    }
    if (cancelled) {
        pthread_mutex_unlock(&engine->lock);
        vt_pipeline_drop(engine, entry);
        pthread_mutex_lock(&engine->lock);
        return true;
    }
    engine->in_flight -= atomic_load(&import->held); /* since it was taken */
    put_back_locked(list_of(engine, entry), entry);
    return accepted;
}

/* The most urgent piece of work. False if there is none, or none may begin. */
static bool begin_next(vt_engine *engine)
{
    demand waits = demand_locked(engine);
    if (waits.visible > 0 && may_begin_visible_locked(engine)) {
        return begin_slot(engine, VT_PRIORITY_CRITICAL);
    }
    bool entries = entries_wait_locked(engine);
    if ((waits.nearby == 0 && !entries) || !may_begin_locked(engine, &waits)) {
        return false;
    }
    return waits.nearby > 0 ? begin_slot(engine, VT_PRIORITY_HIGH) : begin_entry(engine);
}

void vt_dispatch(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    if (!engine->dispatching) { /* whoever is at it looks again before it leaves */
        engine->dispatching = true;
        while (begin_next(engine)) {
        }
        engine->dispatching = false;
        if (vt_dispatch_is_stuck_locked(engine)) {
            pthread_cond_signal(&engine->beat); /* the pulse tries again */
        }
    }
    pthread_mutex_unlock(&engine->lock);
}

/* ---- ends ---- */

static void task_ended(vt_engine *engine)
{
    vt_dispatch(engine);
    vt_pulse_task_ended(engine);
}

void vt_dispatch_entry_decoded(vt_engine *engine, const vt_entry *entry)
{
    pthread_mutex_lock(&engine->lock);
    entry->import->decoding--;
    pthread_mutex_unlock(&engine->lock);
}

void vt_dispatch_entry_ended(vt_engine *engine)
{
    pthread_mutex_lock(&engine->lock);
    engine->decoding--;
    pthread_mutex_unlock(&engine->lock);
    task_ended(engine);
}

vt_request *vt_dispatch_take(vt_engine *engine, vt_helper_class *helper_class)
{
    pthread_mutex_lock(&engine->lock);
    vt_priority_entry *place = vt_priority_queue_pop(engine->wanted);
    vt_request *request = place ? vt_request_of_place(place) : NULL;
    bool visible = request && vt_priority_entry_level(place) == VT_PRIORITY_CRITICAL;
    *helper_class = visible ? VT_HELPER_VISIBLE : VT_HELPER_BACKGROUND;
    if (request) {
        engine->slots_idle--;
        engine->slots_visible += visible;
    }
    pthread_mutex_unlock(&engine->lock);
    return request;
}

void vt_dispatch_slot_ended(vt_engine *engine, bool took, vt_helper_class helper_class)
{
    pthread_mutex_lock(&engine->lock);
    engine->slots--;
    if (!took) {
        engine->slots_idle--;
    } else {
        engine->slots_visible -= helper_class == VT_HELPER_VISIBLE;
    }
    pthread_mutex_unlock(&engine->lock);
    task_ended(engine);
}
