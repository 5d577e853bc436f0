/*
 * Escape: what hostile code in the helper would try next, for the tests of the sandbox only
 * (VITRINE_TEST_HELPER). Each probe does the thing itself, as far as it does no harm.
 *
 * A file that begins with "escape:NAME ARGUMENT" runs the probe NAME, and the helper ends: by SIGSYS, or with
 * one of the two states below. Probes and arguments: read PATH, write PATH, connect PORT (on 127.0.0.1),
 * exec, ptrace PID, kill PID, memory PID, fork, descriptors, truncate (of all that is open), code, memfd,
 * limits.
 */
#ifndef VT_DECODER_ESCAPE_H
#define VT_DECODER_ESCAPE_H

#define VT_ESCAPE_THROUGH 42 /* the probe got what it wanted */
#define VT_ESCAPE_REFUSED 43 /* a system call failed */
#define VT_ESCAPE_UNKNOWN 44 /* there is no such probe */

/* `text`: what follows "escape:". Does not return. */
_Noreturn void vt_escape_try(const char *text);

#endif
