#include "core/base/thread.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void vt_thread_set_name(const char *name)
{
    (void)prctl(PR_SET_NAME, name); /* it cuts off what is too long, and cannot fail else */
}

/* A thread inherits what its maker blocks, and its name: by the time another one could give it a name it may
   have ended. */
int vt_thread_start(pthread_t *thread, const char *name, void *(*run)(void *user), void *user)
{
    sigset_t all, before;
    char own[VT_THREAD_NAME_SIZE];
    sigfillset(&all);
    vt_thread_name(own);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    vt_thread_set_name(name);
    int fault = pthread_create(thread, NULL, run, user);
    vt_thread_set_name(own);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return fault;
}

void vt_thread_name(char name[VT_THREAD_NAME_SIZE])
{
    name[0] = '\0';
    (void)prctl(PR_GET_NAME, name); /* fails for a bad address only */
}

/* struct sched_attr as its first version has it, and SCHED_FLAG_RESET_ON_FORK: linux/sched/types.h cannot
   stand beside the C library's sched.h, which knows neither. */
typedef struct scheduling {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period; /* of a usual thread the first one is the slice, in nanoseconds */
} scheduling;
enum { USUAL_POLICY = 0, RESET_ON_FORK = 1 };
_Static_assert(sizeof(scheduling) == 48, "SCHED_ATTR_SIZE_VER0");

bool vt_thread_ask_slice(int64_t slice_ns)
{
    errno = 0;
    int niceness = getpriority(PRIO_PROCESS, 0); /* of the calling thread; -1 may be one */
    if (errno != 0) {
        return false;
    }
    scheduling wanted = {.size = sizeof wanted,
                         .policy = USUAL_POLICY,
                         .flags = RESET_ON_FORK,
                         .nice = niceness,
                         .runtime = (uint64_t)slice_ns};
    return syscall(SYS_sched_setattr, 0, &wanted, 0) == 0;
}
