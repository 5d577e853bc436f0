#include "core/scan/probe.h"

#include "core/base/clock.h"
#include "core/base/thread.h"
#include "core/scan/folder.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct vt_probe {
    atomic_int references; /* the owner's and the thread's */
    atomic_bool answered;
    pthread_t thread;
    int64_t begun_ns;
    vt_probe_look look;
    char path[];
};

static void unref(vt_probe *probe)
{
    if (atomic_fetch_sub(&probe->references, 1) == 1) {
        free(probe);
    }
}

static void look_by_stat(const char *path)
{
    struct stat facts;
    vt_place_stat(path, strlen(path), &facts);
}

static void *run(void *user)
{
    vt_probe *probe = user;
    probe->look(probe->path);
    atomic_store(&probe->answered, true);
    unref(probe);
    return NULL;
}

vt_probe *vt_probe_start(const char *path, vt_probe_look look)
{
    size_t length = strlen(path);
    vt_probe *probe = calloc(1, sizeof *probe + length + 1);
    if (!probe) {
        return NULL;
    }
    atomic_init(&probe->references, 2);
    probe->begun_ns = vt_clock_now();
    probe->look = look ? look : look_by_stat;
    memcpy(probe->path, path, length + 1);
    if (vt_thread_start(&probe->thread, "probe", run, probe) != 0) {
        free(probe);
        return NULL;
    }
    return probe;
}

bool vt_probe_answered(const vt_probe *probe)
{
    return atomic_load(&probe->answered);
}

int64_t vt_probe_age(const vt_probe *probe)
{
    return vt_clock_now() - probe->begun_ns;
}

void vt_probe_free(vt_probe *probe)
{
    if (!probe) {
        return;
    }
    if (vt_probe_answered(probe)) {
        pthread_join(probe->thread, NULL);
    } else {
        pthread_detach(probe->thread);
    }
    unref(probe);
}
