#include "app/decoder/privileges.h"

#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Its own descriptors (0 to 2, socket, slot) and the two of a request, with some to spare. */
#define DESCRIPTORS 16
#define STACK_BYTES ((rlim_t)8 << 20)

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

bool vt_privileges_limit(uint64_t memory, vt_error *error)
{
    static const struct {
        __rlimit_resource_t resource;
        rlim_t value;
        const char *name;
    } limits[] = {
        {RLIMIT_CORE, 0, "core files"},           {RLIMIT_FSIZE, 0, "file size"},
        {RLIMIT_NPROC, 0, "processes"},           {RLIMIT_NOFILE, DESCRIPTORS, "open files"},
        {RLIMIT_STACK, STACK_BYTES, "the stack"}, {RLIMIT_CPU, VT_PRIVILEGES_CPU_SECONDS, "processor time"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        if (!limit(limits[i].resource, limits[i].value, limits[i].name, error)) {
            return false;
        }
    }
    /* Complaints may go to a file, which must not grow by them: then they fail, and do not hide behind a
       death by SIGXFSZ what they complain of. */
    signal(SIGXFSZ, SIG_IGN);
    return memory == 0 || limit(RLIMIT_AS, (rlim_t)memory, "address space", error);
}

static bool drop_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    return syscall(SYS_capset, &header, none) == 0;
}

bool vt_privileges_drop(bool *isolated, vt_error *error)
{
    if (prctl(PR_SET_DUMPABLE, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        !drop_capabilities()) {
        return vt_error_set_errno(error, errno, "cannot give up privileges");
    }
    /* The user namespace is only what allows the others; it comes with capabilities in it, which go too. */
    *isolated = unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0;
    if (*isolated && !drop_capabilities()) {
        return vt_error_set_errno(error, errno, "cannot give up the capabilities of a namespace");
    }
    return true;
}

bool vt_privileges_die_with_program(vt_error *error)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        return vt_error_set_errno(error, errno, "cannot be made to end with the program");
    }
    return true;
}
