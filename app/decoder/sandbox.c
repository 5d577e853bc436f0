#include "app/decoder/sandbox.h"

#include "app/decoder/filter.h"
#include "app/decoder/landlock.h"
#include "app/decoder/privileges.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef SYS_fstat
int vt_sandbox_fstat(int fd, struct stat *stat)
{
    _Static_assert(sizeof(void *) == 8, "here the kernel's struct stat is that of the library");
    return (int)syscall(SYS_fstat, fd, stat);
}
#else
#error "find out how this architecture examines a descriptor without a path, and allow it in filter.c"
#endif

#if defined VITRINE_SANITIZED || defined VITRINE_TEST_UNCONFINED

/* Also what the tests' twin without confinement does (CMakeLists.txt): it shows what the tests would see if a
   sandbox had holes, and what confinement costs. */
bool vt_sandbox_prepare(bool *isolated, vt_error *error)
{
    *isolated = false;
    return vt_privileges_die_with_program(error);
}

bool vt_sandbox_enter(uint64_t memory, bool isolated, vt_confinement *reached, vt_error *error)
{
    (void)memory;
    *reached = (vt_confinement){.level = VT_SANDBOX_NONE, .isolated = isolated};
    (void)snprintf(reached->reason, sizeof reached->reason, "this build of the helper is made for tests");
    return vt_privileges_die_with_program(error);
}

#else

static void add_reason(vt_confinement *reached, const vt_error *trouble)
{
    size_t length = strlen(reached->reason);
    (void)snprintf(reached->reason + length, sizeof reached->reason - length, "%s%s", length > 0 ? "; " : "",
                   trouble->message);
}

bool vt_sandbox_prepare(bool *isolated, vt_error *error)
{
    (void)vt_filter_prepare(NULL); /* where it fails, entering it tells why */
    return vt_privileges_drop(isolated, error) && vt_privileges_die_with_program(error);
}

bool vt_sandbox_enter(uint64_t memory, bool isolated, vt_confinement *reached, vt_error *error)
{
    *reached = (vt_confinement){.level = VT_SANDBOX_LIMITS, .isolated = isolated};
    if (!vt_privileges_die_with_program(error) || !vt_privileges_limit(memory, error)) {
        return false;
    }
    vt_error trouble = VT_ERROR_INIT;
    int version = vt_landlock_version(&trouble);
    bool without_files = version > 0 && vt_landlock_enter(version, &trouble);
    reached->landlock = (uint32_t)version;
    if (!without_files) {
        add_reason(reached, &trouble);
    }
    /* Last: nothing of the above would get through it. */
    if (vt_filter_enter(&trouble)) {
        reached->filter = true;
        reached->level = without_files ? VT_SANDBOX_FULL : VT_SANDBOX_FILTER;
    } else {
        add_reason(reached, &trouble);
    }
    return true;
}

#endif
