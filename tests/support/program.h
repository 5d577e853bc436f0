/*
 * Runs the real build/bin/vitrine as a user would, with a home of its own, and collects what it said.
 */
#ifndef VT_TESTS_PROGRAM_H
#define VT_TESTS_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>

typedef struct program program;

typedef struct program_options {
    const char *home;           /* HOME and the XDG folders lie below it; nothing of the user's is touched */
    bool unprivileged;          /* as user 65534 if we are root, so that permissions mean something */
    const char *folder;         /* working directory; NULL: ours */
    const char *const *wrapper; /* words in front of the program, NULL-terminated: strace, prlimit; or NULL */
    const char *decoder;        /* the helper program; NULL: the one beside the program */
    const char *program;        /* another one than build/bin/vitrine; NULL: that */
    const char *const *more; /* "NAME=VALUE" for its environment, NULL-terminated, a few of them; or NULL */
} program_options;

/* What a finished run left behind; release with program_result_free. */
typedef struct program_result {
    int status;    /* exit status; 128 + N if signal N ended it; -1 if it was still running at the limit */
    char *out;     /* stdout, NUL-terminated */
    size_t length; /* of `out`, which may hold NULs */
    char *err;     /* stderr, NUL-terminated */
    long wait_ms;  /* how long program_wait waited */
} program_result;

/* Starts it with `arguments` (NULL-terminated, without argv[0]). Ends the test on failure. */
program *program_start(const program_options *options, const char *const *arguments);

/* Sends what Ctrl+C sends. */
void program_interrupt(const program *running);

/* Sends any other signal. */
void program_signal(const program *running, int signal);

/* Sends SIGKILL to the program alone, as the kernel does when memory runs out. */
void program_kill(const program *running);

/* True while it has not ended. */
bool program_running(program *running);

/* Waits for its end, at most `limit_ms`, then kills it. Frees `running`. */
program_result program_wait(program *running, long limit_ms);

/* Start and wait, with a limit of a minute. */
program_result program_run(const program_options *options, const char *const *arguments);

void program_result_free(program_result *result);

/* True if an unprivileged run can work here: we are root, setpriv is there, and user 65534 can reach the
   program. Otherwise prints the reason, for a test that then skips. */
bool program_can_drop_privileges(const char *home);

#endif
