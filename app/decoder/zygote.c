#include "app/decoder/zygote.h"

#include "core/decode/protocol.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A copy that is a child of the program's, like its original. fork() of glibc makes children of one's own;
   what it does beyond the system call is for programs with several threads. */
static pid_t copy_process(void)
{
    return (pid_t)syscall(SYS_clone, (long)(CLONE_PARENT | SIGCHLD), 0L, 0L, 0L, 0L);
}

static void close_both(const int fds[2])
{
    for (int i = 0; i < 2; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
}

/* The copy must not be able to speak for the zygote: its socket takes that one's place. */
static bool take_places(const int fds[2])
{
    bool taken =
        dup2(fds[0], VT_PROTOCOL_SOCKET) == VT_PROTOCOL_SOCKET && dup2(fds[1], VT_PROTOCOL_SLOT) >= 0;
    close_both(fds);
    return taken;
}

vt_zygote_outcome vt_zygote_run(vt_error *error)
{
    /* Descriptors that come with requests must not get the slot's number. */
    if (dup2(STDIN_FILENO, VT_PROTOCOL_SLOT) < 0) {
        vt_error_set_errno(error, errno, "cannot reserve a descriptor");
        return VT_ZYGOTE_FAILED;
    }
    for (;;) {
        vt_wire_request request;
        int fds[2];
        int got = vt_protocol_receive(VT_PROTOCOL_SOCKET, &request, sizeof request, fds, error);
        if (got <= 0) {
            return got == 0 ? VT_ZYGOTE_ENDED : VT_ZYGOTE_FAILED;
        }
        if (request.version != VT_PROTOCOL_VERSION || request.what != VT_WHAT_FORK || fds[1] < 0) {
            close_both(fds);
            vt_error_set(error, VT_ERROR_USAGE, "the program sent what is no request (version %u, kind %u)",
                         request.version, request.what);
            return VT_ZYGOTE_FAILED;
        }
        pid_t pid = copy_process();
        int failure = errno;
        if (pid == 0) {
            if (!take_places(fds)) {
                _exit(2);
            }
            return VT_ZYGOTE_COPY;
        }
        close_both(fds);
        const vt_wire_forked reply = {
            .id = request.id, .pid = pid > 0 ? pid : 0, .failure = pid > 0 ? 0 : failure};
        if (!vt_protocol_send(VT_PROTOCOL_SOCKET, &reply, sizeof reply, -1, -1, NULL)) {
            return VT_ZYGOTE_ENDED;
        }
    }
}
