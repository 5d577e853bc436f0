/*
 * The calls that rename, stood in for: they fail, or end the process, when a test says so. Include it in one
 * file of a program: it defines renameat2 and linkat for the whole program.
 */
#ifndef VT_TESTS_CALLS_H
#define VT_TESTS_CALLS_H

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct {
    int rename_reason;  /* what renameat2 fails with, 0: it works */
    int rename_after;   /* the calls before that which work */
    bool rename_once;   /* only the first of those that fail does */
    int link_reason;    /* the same for linkat */
    bool stop_before;   /* the process ends as renameat2 is called */
    bool stop_after;    /* the process ends when it has renamed */
    bool stop_linked;   /* the process ends between link and unlink */
    int renames, links; /* calls that worked */
} calls;

enum { STOPPED = 42 }; /* exit status */

int renameat2(int oldfd, const char *old, int newfd, const char *new, unsigned flags)
{
    if (calls.stop_before) {
        _exit(STOPPED);
    }
    if (calls.rename_reason && calls.rename_after-- <= 0) {
        errno = calls.rename_reason;
        calls.rename_reason = calls.rename_once ? 0 : calls.rename_reason;
        return -1;
    }
    int result = (int)syscall(SYS_renameat2, oldfd, old, newfd, new, flags);
    calls.renames += result == 0;
    if (calls.stop_after) {
        _exit(STOPPED);
    }
    return result;
}

int linkat(int fromfd, const char *from, int tofd, const char *to, int flags)
{
    if (calls.link_reason) {
        errno = calls.link_reason;
        return -1;
    }
    int result = (int)syscall(SYS_linkat, fromfd, from, tofd, to, flags);
    calls.links += result == 0;
    if (calls.stop_linked) {
        _exit(STOPPED);
    }
    return result;
}

#endif
