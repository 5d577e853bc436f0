#include "app/decoder/sandbox.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

/* Its own descriptors (0 to 2, socket, slot, memory figure) and the two of a request, with some to spare. */
#define DESCRIPTORS 16

static bool limit(__rlimit_resource_t resource, rlim_t value, const char *name, vt_error *error)
{
    struct rlimit now;
    if (getrlimit(resource, &now) == 0 && now.rlim_max < value) {
        value = now.rlim_max; /* whoever started the program was stricter */
    }
    const struct rlimit limits = {.rlim_cur = value, .rlim_max = value};
    if (setrlimit(resource, &limits) != 0) {
        return vt_error_set_errno(error, errno, "cannot limit %s", name);
    }
    return true;
}

static bool set_limits(uint64_t memory, vt_error *error)
{
    if (memory > 0 && !limit(RLIMIT_AS, (rlim_t)memory, "address space", error)) {
        return false;
    }
    return limit(RLIMIT_CORE, 0, "core files", error) && limit(RLIMIT_FSIZE, 0, "file size", error) &&
           limit(RLIMIT_NPROC, 0, "processes", error) &&
           limit(RLIMIT_NOFILE, DESCRIPTORS, "open files", error);
}

vt_sandbox_level vt_sandbox_enter(uint64_t memory, vt_error *error)
{
    /* Fires when the thread that started this process ends: the program keeps that thread for life. */
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        vt_error_set_errno(error, errno, "cannot give up privileges");
        return VT_SANDBOX_NONE;
    }
#ifdef VITRINE_SANITIZED
    (void)memory;
    (void)set_limits;
    return VT_SANDBOX_NONE;
#else
    return set_limits(memory, error) ? VT_SANDBOX_LIMITS : VT_SANDBOX_NONE;
#endif
}
