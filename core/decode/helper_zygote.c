#include "core/decode/helper_zygote.h"

#include "core/base/clock.h"
#include "core/decode/helper_spawn.h"
#include "core/decode/protocol.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The first copy waits for the loading and warming up, on a machine that may be busy. */
#define PATIENCE_MS 10000

bool vt_zygote_start(const char *program, uint64_t memory, vt_zygote *zygote, vt_error *error)
{
    int theirs = -1;
    *zygote = VT_ZYGOTE_NONE;
    bool started = vt_helper_socketpair(&zygote->socket, &theirs, error) &&
                   vt_helper_spawn(program, memory, VT_PROTOCOL_ZYGOTE, theirs, -1, &zygote->pid, error);
    if (theirs >= 0) {
        close(theirs);
    }
    if (!started) {
        vt_zygote_end(zygote);
    }
    return started;
}

/* True once the socket has something to say, if only that the other side is gone. */
static bool wait_readable(int socket)
{
    struct pollfd watched = {.fd = socket, .events = POLLIN};
    int64_t deadline = vt_clock_now() + (int64_t)PATIENCE_MS * VT_NS_PER_MS;
    int ready;
    do {
        int64_t left = (deadline - vt_clock_now()) / VT_NS_PER_MS;
        ready = poll(&watched, 1, left > 0 ? (int)left : 0);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

static void close_any(const int fds[2])
{
    for (int i = 0; i < 2; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
}

bool vt_zygote_fork(vt_zygote *zygote, int socket, int slot, pid_t *pid, vt_error *error)
{
    const vt_wire_request request = {
        .id = zygote->children + 1, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_FORK};
    vt_wire_forked reply;
    int fds[2];
    *pid = 0;
    if (!vt_protocol_send(zygote->socket, &request, sizeof request, socket, slot, error)) {
        return false;
    }
    if (!wait_readable(zygote->socket)) {
        return vt_error_set(error, VT_ERROR_TIMEOUT, "the decoder helper's zygote does not answer");
    }
    int got = vt_protocol_receive(zygote->socket, &reply, sizeof reply, fds, NULL);
    close_any(fds);
    if (got != 1 || reply.id != request.id) {
        return vt_error_set(error, VT_ERROR_INTERNAL, "the decoder helper's zygote has ended");
    }
    if (reply.pid <= 0) {
        return vt_error_set(error, VT_ERROR_INTERNAL, "the decoder helper cannot be copied: %s",
                            strerror(reply.failure));
    }
    *pid = reply.pid;
    zygote->children++;
    return true;
}

void vt_zygote_end(vt_zygote *zygote)
{
    if (zygote->pid > 0) {
        kill(zygote->pid, SIGKILL); /* it has nothing to put in order */
        vt_helper_reap(zygote->pid);
    }
    if (zygote->socket >= 0) {
        close(zygote->socket);
    }
    *zygote = VT_ZYGOTE_NONE;
}
