#include "core/import/export_team.h"

#include "core/base/thread.h"

#include <stdint.h>
#include <stdlib.h>

typedef struct place {
    void *job;
    bool done;
} place;

/* Places of jobs that are put and not taken: `taken` to before `put`, counted up and found modulo `room`. */
struct vt_export_team {
    void (*work)(void *user, void *job);
    void *user;
    pthread_t threads[VT_EXPORT_TEAM_MAX];
    unsigned thread_count;
    uint64_t room;
    uint64_t taken, put; /* the owner's; the others read `put` with the lock */

    pthread_mutex_t lock; /* guards what follows, and `put` */
    pthread_cond_t more, finished;
    uint64_t begun; /* jobs before it have been begun */
    bool ends;
    place places[2 * VT_EXPORT_TEAM_MAX];
};

static void *run(void *user)
{
    vt_export_team *team = user;
    pthread_mutex_lock(&team->lock);
    for (;;) {
        while (!team->ends && team->begun == team->put) {
            pthread_cond_wait(&team->more, &team->lock);
        }
        if (team->begun == team->put) {
            break;
        }
        place *at = &team->places[team->begun++ % team->room];
        pthread_mutex_unlock(&team->lock);
        team->work(team->user, at->job);
        pthread_mutex_lock(&team->lock);
        at->done = true;
        pthread_cond_signal(&team->finished);
    }
    pthread_mutex_unlock(&team->lock);
    return NULL;
}

static bool start_threads(vt_export_team *team, unsigned threads, vt_error *error)
{
    int failed = 0;
    while (!failed && team->thread_count < threads) {
        failed = vt_thread_start(&team->threads[team->thread_count], "export", run, team);
        team->thread_count += !failed;
    }
    team->room = 2 * (uint64_t)team->thread_count;
    return team->thread_count > 0 || vt_error_set_errno(error, failed, "cannot start a thread for an export");
}

vt_export_team *vt_export_team_create(unsigned threads, void (*work)(void *user, void *job), void *user,
                                      vt_error *error)
{
    vt_export_team *team = calloc(1, sizeof *team);
    if (!team) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for an export");
        return NULL;
    }
    team->work = work;
    team->user = user;
    pthread_mutex_init(&team->lock, NULL);
    pthread_cond_init(&team->more, NULL);
    pthread_cond_init(&team->finished, NULL);
    if (!start_threads(team, threads < VT_EXPORT_TEAM_MAX ? threads : VT_EXPORT_TEAM_MAX, error)) {
        vt_export_team_free(team);
        return NULL;
    }
    return team;
}

bool vt_export_team_is_empty(const vt_export_team *team)
{
    return team->put == team->taken;
}

bool vt_export_team_is_full(const vt_export_team *team)
{
    return team->put - team->taken == team->room;
}

void vt_export_team_put(vt_export_team *team, void *job)
{
    pthread_mutex_lock(&team->lock);
    team->places[team->put++ % team->room] = (place){job, false};
    pthread_cond_signal(&team->more);
    pthread_mutex_unlock(&team->lock);
}

void *vt_export_team_take(vt_export_team *team)
{
    if (team->taken == team->put) {
        return NULL;
    }
    place *oldest = &team->places[team->taken % team->room];
    pthread_mutex_lock(&team->lock);
    while (!oldest->done) {
        pthread_cond_wait(&team->finished, &team->lock);
    }
    pthread_mutex_unlock(&team->lock);
    team->taken++;
    return oldest->job;
}

void vt_export_team_free(vt_export_team *team)
{
    if (team) {
        pthread_mutex_lock(&team->lock);
        team->ends = true;
        pthread_cond_broadcast(&team->more);
        pthread_mutex_unlock(&team->lock);
        for (unsigned i = 0; i < team->thread_count; i++) {
            pthread_join(team->threads[i], NULL);
        }
        pthread_cond_destroy(&team->finished);
        pthread_cond_destroy(&team->more);
        pthread_mutex_destroy(&team->lock);
        free(team);
    }
}
