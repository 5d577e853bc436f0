/*
 * Filter: which system calls the process may still make (seccomp, through libseccomp).
 *
 * Allowed is what decoding and answering need: to read what is open, send and receive on the one socket, get
 * and return memory, tell the time, end. What libraries try although they can do without (open, stat, socket,
 * ioctl and the like) fails with EPERM. Everything else, and every system call of another architecture, ends
 * the process at once: SIGSYS.
 */
#ifndef VT_DECODER_FILTER_H
#define VT_DECODER_FILTER_H

#include "core/base/error.h"

#include <stdbool.h>

/* Computes the filter, for this process and its copies: most of the work of entering it. False and `error` if
   the kernel has no such filters; entering it then fails with the same words. */
bool vt_filter_prepare(vt_error *error);

/* Takes effect at once and for good, and tries it: to open, to create a socket, to start a process must fail
   as the filter wants it, and the process must be able to end itself. Needs no_new_privs and a single thread.
   False and `error`, worded for people, if the kernel refuses or a trial gets through. */
bool vt_filter_enter(vt_error *error);

#endif
