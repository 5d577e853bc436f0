/* The start of the program: a new process each time, as somebody starts it, until its first cards are
 * painted. */
#include "app/ui/bench/window_figures.h"
#include "core/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATIENCE_S = 60, LOOK_MS = 1000 };

/* What the window's log says then (run_window.c). */
static const char painted[] = "start: cards_after_ms=";

typedef struct bench {
    vt_bench_library library;
    char program[PATH_MAX];
} bench;

static bool start_begin(const vt_bench_place *place, void **state, vt_error *error)
{
    bench *self = calloc(1, sizeof *self);
    if (!self) {
        return vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    *state = self;
    ssize_t length = readlink("/proc/self/exe", self->program, sizeof self->program - 1);
    int why = errno;
    if (length < 0) {
        vt_error_set_errno(error, why, "cannot tell where this program is");
    } else if (vt_bench_library_make(place, &self->library, error)) {
        return true;
    }
    free(self);
    return false;
}

_Noreturn static void run_program(const bench *self, int log)
{
    char *const arguments[] = {(char *)self->program, (char *)"--catalog", (char *)self->library.catalog,
                               NULL};
    setenv("QT_QPA_PLATFORM", "offscreen", 1);
    setenv("VITRINE_LOG", "info", 1);
    dup2(log, STDERR_FILENO);
    execv(self->program, arguments);
    _exit(EXIT_FAILURE);
}

/* Reads its log until the line has come; the rest of it is not waited for. */
static bool wait_for_cards(int log, vt_error *error)
{
    char text[16384];
    size_t length = 0;
    int64_t until = vt_clock_now() + PATIENCE_S * VT_NS_PER_S;
    struct pollfd wanted = {.fd = log, .events = POLLIN};
    while (vt_clock_now() < until) {
        if (poll(&wanted, 1, LOOK_MS) <= 0) {
            continue;
        }
        ssize_t got = read(log, text + length, sizeof text - 1 - length);
        if (got <= 0) {
            return vt_error_set(error, VT_ERROR_CRASHED, "the window ended before it showed anything");
        }
        length += (size_t)got;
        text[length] = '\0';
        if (strstr(text, painted)) {
            return true;
        }
        if (length > sizeof text / 2) { /* the line may stand across the border */
            memmove(text, text + length - sizeof painted, sizeof painted);
            length = sizeof painted;
        }
    }
    return vt_error_set(error, VT_ERROR_TIMEOUT, "the window showed nothing within %d s", PATIENCE_S);
}

/* It writes until its end: nobody reading must not stop it. */
static void end_program(pid_t program, int log)
{
    char rest[4096];
    kill(program, SIGINT);
    while (read(log, rest, sizeof rest) > 0) {
    }
    while (waitpid(program, NULL, 0) < 0 && errno == EINTR) {
    }
}

static bool start_once(bench *self, vt_bench_timer *timer, vt_error *error)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        int why = errno;
        return vt_error_set_errno(error, why, "cannot make a pipe");
    }
    vt_bench_timer_begin(timer);
    pid_t program = fork();
    if (program == 0) {
        run_program(self, ends[1]);
    }
    int why = errno;
    close(ends[1]);
    bool done = program > 0 && wait_for_cards(ends[0], error);
    vt_bench_timer_end(timer);
    if (program > 0) {
        end_program(program, ends[0]);
    } else {
        vt_error_set_errno(error, why, "cannot start a process");
    }
    close(ends[0]);
    return done;
}

static bool run_start(void *state, vt_bench_timer *timer, unsigned times, vt_error *error)
{
    bool done = true;
    for (unsigned i = 0; i < times && done; i++) {
        done = start_once(state, timer, error);
    }
    return done;
}

static void start_end(void *state)
{
    free(state);
}

const vt_bench_figure vt_bench_start_figures[] = {
    {"start", "from the program's start to the first cards, by the clock", VT_BENCH_RESPONSE, VT_BENCH_WALL,
     NULL, 1, 3, start_begin, run_start, start_end},
    {0},
};
