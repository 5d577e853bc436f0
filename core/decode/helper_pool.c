#include "core/decode/helper_pool.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/base/path.h"
#include "core/base/thread.h"
#include "core/decode/helper_private.h"

#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BACKGROUND_NICENESS 5
/* How often who waits for a helper looks whether it was cancelled. */
#define LOOK_NS (50 * VT_NS_PER_MS)

/* Places among the helpers; background ones follow. */
enum { VIEW, VISIBLE, SIDECARS, BACKGROUND, HELPERS = BACKGROUND + VT_HELPER_POOL_MAX };

struct vt_helper_pool {
    char *program;
    vt_log log;
    vt_helper_counts counts;
    vt_format_guard *guard;
    pthread_t spawner;
    vt_zygote zygote;       /* the spawner's, like the next one */
    uint64_t zygote_memory; /* what it was started with */

    pthread_mutex_t lock; /* guards all below and vt_helper.acquired */
    pthread_cond_t changed;
    vt_helper helpers[HELPERS]; /* the other fields are those of whoever has acquired it */
    unsigned workers;           /* background ones that may be acquired */
    vt_limits limits;
    vt_helper_process spare;
    uint64_t spare_memory;                   /* what it was started with */
    pid_t zygote_pid;                        /* of the zygote; 0: none runs */
    unsigned in_line[VT_HELPER_CLASS_COUNT]; /* threads that wait for a helper */
    unsigned waiting;                        /* threads that wait for a spare */
    uint64_t attempts;                       /* starts begun */
    uint64_t failed_attempt;                 /* the number of the last one that failed; 0: none */
    bool failed; /* the last start did; wait until somebody needs one before trying again */
    bool stopping;
    vt_error trouble; /* of the last failure */
    uint64_t starts;
    vt_confinement confinement; /* of the process started last */
};

/* The spare is there, and has the memory that is allowed now. */
static bool has_spare_locked(const vt_helper_pool *pool)
{
    return pool->spare.pid > 0 && pool->spare_memory == pool->limits.max_memory;
}

static bool spawner_idle_locked(const vt_helper_pool *pool)
{
    return has_spare_locked(pool) || (pool->failed && pool->waiting == 0);
}

/* Tells when the first process has been started, and whenever one is confined otherwise than those before.
   Level D is that of test builds, which nobody need be warned of. */
static void log_confinement(const vt_helper_pool *pool, const vt_confinement *before,
                            const vt_confinement *now, bool first)
{
    if (!first && before->level == now->level) {
        return;
    }
    bool lacking = now->level == VT_SANDBOX_LIMITS || now->level == VT_SANDBOX_FILTER;
    vt_log_write(&pool->log, lacking ? VT_LOG_WARN : VT_LOG_INFO, "decoders run confined at level %s%s%s",
                 vt_sandbox_level_name(now->level), now->reason[0] ? ": " : "", now->reason);
}

static void tell_zygote(vt_helper_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->zygote_pid = pool->zygote.pid;
    pthread_mutex_unlock(&pool->lock);
}

/* With `memory` bytes of address space. By a zygote, which is started if none runs; where that does not work,
   without one. */
static bool start_process(vt_helper_pool *pool, uint64_t memory, vt_helper_process *process, vt_error *error)
{
    bool started = false;
    if (pool->zygote.children >= VT_ZYGOTE_CHILDREN || pool->zygote_memory != memory) {
        vt_zygote_end(&pool->zygote);
        pool->zygote_memory = memory;
    }
    /* One that was there may have been killed by the system, short of memory: then another one. */
    bool fresh = false;
    while (!started && !fresh) {
        fresh = pool->zygote.pid == 0;
        if (fresh && !vt_zygote_start(pool->program, memory, &pool->zygote, NULL)) {
            break;
        }
        started = vt_helper_process_fork(&pool->zygote, pool->program, process, NULL);
        if (!started) {
            vt_zygote_end(&pool->zygote);
        }
    }
    tell_zygote(pool);
    return started || vt_helper_process_start(pool->program, memory, process, error);
}

/* Keeps one process ready. Lives as long as the pool, since processes die with the thread that started them.
 */
static void *run_spawner(void *user)
{
    vt_helper_pool *pool = user;
    vt_thread_set_name("helpers");
    pthread_mutex_lock(&pool->lock);
    while (!pool->stopping) {
        if (spawner_idle_locked(pool)) {
            pthread_cond_wait(&pool->changed, &pool->lock);
            continue;
        }
        uint64_t attempt = ++pool->attempts;
        uint64_t memory = pool->limits.max_memory;
        vt_helper_process outdated = pool->spare;
        pool->spare = VT_HELPER_PROCESS_NONE;
        pthread_mutex_unlock(&pool->lock);
        vt_helper_process_kill(&outdated);
        vt_helper_process process;
        vt_error error = VT_ERROR_INIT;
        bool started = start_process(pool, memory, &process, &error);
        pthread_mutex_lock(&pool->lock);
        pool->failed = !started;
        if (started) {
            log_confinement(pool, &pool->confinement, &process.confinement, pool->starts == 0);
            pool->spare = process;
            pool->spare_memory = memory;
            pool->confinement = process.confinement;
            pool->starts++;
        } else {
            pool->failed_attempt = attempt;
            pool->trouble = error;
            vt_log_write(&pool->log, VT_LOG_ERROR, "%s", error.message);
        }
        pthread_cond_broadcast(&pool->changed);
    }
    pthread_mutex_unlock(&pool->lock);
    vt_zygote_end(&pool->zygote);
    return NULL;
}

/* Only an attempt that began after the call counts as its failure: one under way may have met a program that
   has been replaced since. */
bool vt_helper_pool_take_process(vt_helper_pool *pool, vt_helper_process *process, uint64_t *memory,
                                 vt_error *error)
{
    pthread_mutex_lock(&pool->lock);
    uint64_t before = pool->attempts;
    pool->waiting++;
    pthread_cond_broadcast(&pool->changed);
    while (!has_spare_locked(pool) && pool->failed_attempt <= before && !pool->stopping) {
        pthread_cond_wait(&pool->changed, &pool->lock);
    }
    pool->waiting--;
    bool taken = has_spare_locked(pool);
    if (taken) {
        *process = pool->spare;
        *memory = pool->spare_memory;
        pool->spare = VT_HELPER_PROCESS_NONE;
        pthread_cond_broadcast(&pool->changed);
    } else if (error) {
        *error = pool->trouble;
        error->code = VT_ERROR_INTERNAL;
    }
    pthread_mutex_unlock(&pool->lock);
    return taken;
}

static void destroy(vt_helper_pool *pool)
{
    pthread_cond_destroy(&pool->changed);
    pthread_mutex_destroy(&pool->lock);
    vt_format_guard_free(pool->guard);
    free(pool->program);
    free(pool);
}

/* Gives the first process to the viewer: from then on it is known that the program works. */
static bool try_start(vt_helper_pool *pool, vt_error *error)
{
    vt_helper *viewer = &pool->helpers[VIEW];
    if (!vt_helper_pool_take_process(pool, &viewer->process, &viewer->memory, error)) {
        return false;
    }
    atomic_store(&viewer->pid, viewer->process.pid);
    atomic_store(&viewer->sandbox, (int)viewer->process.confinement.level);
    return true;
}

vt_helper_pool *vt_helper_pool_create(const vt_helper_pool_options *options, vt_error *error)
{
    if (options->workers < 1 || options->workers > VT_HELPER_POOL_MAX || !options->program) {
        vt_error_set(error, VT_ERROR_USAGE, "a pool has 1 to %d helpers, not %u", VT_HELPER_POOL_MAX,
                     options->workers);
        return NULL;
    }
    vt_helper_pool *pool = calloc(1, sizeof *pool);
    if (!pool) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        return NULL;
    }
    pool->limits = options->limits;
    pool->log = vt_log_for(&options->log, "decode");
    pool->workers = options->workers;
    pool->spare = VT_HELPER_PROCESS_NONE;
    pool->zygote = VT_ZYGOTE_NONE;
    pool->program = strdup(options->program);
    pthread_mutex_init(&pool->lock, NULL);
    if (!vt_cond_init(&pool->changed)) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        pthread_mutex_destroy(&pool->lock);
        free(pool->program);
        free(pool);
        return NULL;
    }
    pool->guard = vt_format_guard_create();
    for (int i = 0; i < HELPERS; i++) {
        vt_helper_init(&pool->helpers[i], pool, &pool->counts, pool->guard,
                       i < BACKGROUND ? 0 : BACKGROUND_NICENESS);
    }
    if (!pool->program || !pool->guard || pthread_create(&pool->spawner, NULL, run_spawner, pool) != 0) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for the decoder helpers");
        destroy(pool);
        return NULL;
    }
    if (!try_start(pool, error)) {
        vt_helper_pool_free(pool);
        return NULL;
    }
    return pool;
}

void vt_helper_pool_free(vt_helper_pool *pool)
{
    if (!pool) {
        return;
    }
    for (int i = 0; i < HELPERS; i++) {
        vt_helper_finish(&pool->helpers[i]);
    }
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
    pthread_join(pool->spawner, NULL);
    vt_helper_process_kill(&pool->spare);
    destroy(pool);
}

/* One that runs, before one whose process must be started. */
static vt_helper *find_background_locked(vt_helper_pool *pool)
{
    vt_helper *idle = NULL;
    for (unsigned i = BACKGROUND; i < BACKGROUND + pool->workers; i++) {
        vt_helper *helper = &pool->helpers[i];
        if (!helper->acquired && atomic_load(&helper->pid) > 0) {
            return helper;
        }
        idle = idle || helper->acquired ? idle : helper;
    }
    return idle;
}

static vt_helper *find_free_locked(vt_helper_pool *pool, vt_helper_class helper_class)
{
    if (helper_class == VT_HELPER_BACKGROUND) {
        bool yields = pool->in_line[VT_HELPER_VISIBLE] > 0 || pool->in_line[VT_HELPER_INTERACTIVE] > 0;
        return yields ? NULL : find_background_locked(pool);
    }
    if (helper_class == VT_HELPER_SIDECARS) {
        vt_helper *own = &pool->helpers[SIDECARS];
        return own->acquired ? NULL : own;
    }
    vt_helper *kept = &pool->helpers[helper_class == VT_HELPER_INTERACTIVE ? VIEW : VISIBLE];
    return kept->acquired ? find_background_locked(pool) : kept;
}

static bool is_readable(int fd)
{
    struct pollfd asked = {.fd = fd, .events = POLLIN};
    return fd >= 0 && poll(&asked, 1, 0) > 0;
}

vt_helper *vt_helper_pool_acquire_unless(vt_helper_pool *pool, vt_helper_class helper_class, int cancel_fd,
                                         vt_error *error)
{
    vt_helper *helper;
    bool cancelled = false, waited = false;
    pthread_mutex_lock(&pool->lock);
    while (!(helper = find_free_locked(pool, helper_class)) && !(cancelled = is_readable(cancel_fd))) {
        waited = true;
        pool->in_line[helper_class]++;
        /* No wait is for a condition and a descriptor at once: look at the descriptor now and then. */
        vt_cond_wait_until(&pool->changed, &pool->lock,
                           cancel_fd < 0 ? VT_FOREVER : vt_deadline_after(LOOK_NS));
        pool->in_line[helper_class]--;
    }
    if (helper) {
        helper->acquired = true;
        helper->limits = pool->limits;
    }
    if (waited) {
        pthread_cond_broadcast(&pool->changed); /* others may have let this one go first */
    }
    pthread_mutex_unlock(&pool->lock);
    if (cancelled) {
        vt_error_set(error, VT_ERROR_CANCELLED, "cancelled");
    }
    return helper;
}

vt_helper *vt_helper_pool_acquire(vt_helper_pool *pool, vt_helper_class helper_class)
{
    return vt_helper_pool_acquire_unless(pool, helper_class, -1, NULL);
}

static bool is_surplus_locked(const vt_helper_pool *pool, const vt_helper *helper)
{
    return helper >= &pool->helpers[BACKGROUND + pool->workers];
}

void vt_helper_pool_release(vt_helper_pool *pool, vt_helper *helper)
{
    pthread_mutex_lock(&pool->lock);
    while (is_surplus_locked(pool, helper) && helper->process.pid > 0) {
        pthread_mutex_unlock(&pool->lock); /* still acquired: nobody else has it */
        vt_helper_finish(helper);
        pthread_mutex_lock(&pool->lock);
    }
    helper->acquired = false;
    pthread_mutex_unlock(&pool->lock);
    pthread_cond_broadcast(&pool->changed); /* who wakes finds the lock free */
}

void vt_helper_pool_set_workers(vt_helper_pool *pool, unsigned workers)
{
    pthread_mutex_lock(&pool->lock);
    pool->workers = workers < 1 ? 1 : workers > VT_HELPER_POOL_MAX ? VT_HELPER_POOL_MAX : workers;
    for (unsigned i = BACKGROUND + pool->workers; i < HELPERS; i++) {
        vt_helper *helper = &pool->helpers[i];
        if (!helper->acquired && helper->process.pid > 0) {
            helper->acquired = true;
            pthread_mutex_unlock(&pool->lock);
            vt_helper_pool_release(pool, helper);
            pthread_mutex_lock(&pool->lock);
        }
    }
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->lock);
}

void vt_helper_pool_set_limits(vt_helper_pool *pool, const vt_limits *limits)
{
    pthread_mutex_lock(&pool->lock);
    pool->limits = *limits;
    pthread_cond_broadcast(&pool->changed); /* the spare may have to go */
    pthread_mutex_unlock(&pool->lock);
}

vt_limits vt_helper_pool_limits(vt_helper_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    vt_limits limits = pool->limits;
    pthread_mutex_unlock(&pool->lock);
    return limits;
}

size_t vt_helper_pool_pids(vt_helper_pool *pool, pid_t *pids, size_t limit)
{
    size_t count = 0;
    pthread_mutex_lock(&pool->lock);
    for (int i = 0; i < HELPERS && count < limit; i++) {
        pid_t pid = atomic_load(&pool->helpers[i].pid);
        if (pid > 0) {
            pids[count++] = pid;
        }
    }
    const pid_t others[] = {pool->spare.pid, pool->zygote_pid};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i] > 0 && count < limit) {
            pids[count++] = others[i];
        }
    }
    pthread_mutex_unlock(&pool->lock);
    return count;
}

vt_helper_pool_figures vt_helper_pool_read(vt_helper_pool *pool)
{
    pid_t pids[HELPERS + 2];
    vt_helper_pool_figures figures = {
        .crashes = atomic_load(&pool->counts.crashes),
        .timeouts = atomic_load(&pool->counts.timeouts),
        .recycles = atomic_load(&pool->counts.recycles),
        .decoded = atomic_load(&pool->counts.decoded),
        .running = (unsigned)vt_helper_pool_pids(pool, pids, HELPERS + 2),
    };
    pthread_mutex_lock(&pool->lock);
    figures.starts = pool->starts;
    figures.sandbox = pool->confinement.level;
    figures.workers = pool->workers;
    for (int i = 0; i < HELPERS; i++) {
        figures.acquired += pool->helpers[i].acquired;
    }
    for (int i = 0; i < VT_HELPER_CLASS_COUNT; i++) {
        figures.waiting += pool->in_line[i];
    }
    pthread_mutex_unlock(&pool->lock);
    return figures;
}

vt_confinement vt_helper_pool_confinement(vt_helper_pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    vt_confinement confinement = pool->confinement;
    pthread_mutex_unlock(&pool->lock);
    return confinement;
}

void vt_helper_pool_tell_out_of_use(vt_helper_pool *pool, const vt_error *reason)
{
    vt_log_write(&pool->log, VT_LOG_WARN, "%s", reason->message);
}

size_t vt_helper_pool_out_of_use(vt_helper_pool *pool, vt_format *formats, size_t limit)
{
    return vt_format_guard_list(pool->guard, formats, limit);
}

void vt_helper_pool_allow(vt_helper_pool *pool, vt_format format)
{
    vt_format_guard_allow(pool->guard, format);
}

static char *own_folder(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    if (length <= 0) {
        return NULL;
    }
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    *(slash ? slash : path) = '\0';
    return strdup(path);
}

char *vt_helper_program_find(vt_error *error)
{
    /* Beside the program, where an installation keeps programs nobody calls, and from a build's tests. */
    static const char *const places[] = {"vitrine-decoder", "../libexec/vitrine/vitrine-decoder",
                                         "../bin/vitrine-decoder"};
    const char *named = getenv("VITRINE_DECODER");
    if (named && named[0]) {
        char *copy = strdup(named);
        if (!copy) {
            vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
        }
        return copy;
    }
    char *folder = own_folder();
    for (size_t i = 0; folder && i < sizeof places / sizeof places[0]; i++) {
        char *path = vt_path_join(folder, places[i]);
        if (path && access(path, X_OK) == 0) {
            free(folder);
            return path;
        }
        free(path);
    }
    vt_error_set(error, VT_ERROR_NOT_FOUND,
                 "the decoder helper vitrine-decoder is not in %s; reinstall Vitrine",
                 folder ? folder : "the program's folder");
    free(folder);
    return NULL;
}
