/* What this kernel allows, asked without the helper: a test must not believe the helper's excuse. */
#ifndef VT_TESTS_DECODER_KERNEL_H
#define VT_TESTS_DECODER_KERNEL_H

#include "core/decode/protocol.h"

#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The level that helpers must reach here; prints why it is not the highest. */
static inline vt_sandbox_level possible_level(void)
{
#ifdef VITRINE_SANITIZED
    printf("sanitized helpers are not confined\n");
    return VT_SANDBOX_NONE;
#else
    enum { LANDLOCK_CREATE_RULESET = 444, RULESET_VERSION = 1 };
    const uint32_t action = SECCOMP_RET_KILL_PROCESS;
    if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) != 0) {
        printf("this kernel allows no system call filter\n");
        return VT_SANDBOX_LIMITS;
    }
    if (syscall(LANDLOCK_CREATE_RULESET, NULL, (size_t)0, RULESET_VERSION) <= 0) {
        printf("this kernel has no Landlock, or forbids it\n");
        return VT_SANDBOX_FILTER;
    }
    return VT_SANDBOX_FULL;
#endif
}

#endif
