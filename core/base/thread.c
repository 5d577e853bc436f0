#include "core/base/thread.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int vt_thread_start(pthread_t *thread, void *(*run)(void *user), void *user)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before); /* a thread inherits what its maker blocks */
    int fault = pthread_create(thread, NULL, run, user);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return fault;
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
