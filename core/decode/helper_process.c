#include "core/decode/helper_process.h"

#include "core/base/clock.h"
#include "core/decode/helper_spawn.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <unistd.h>

#define HELLO_NS (10 * VT_NS_PER_S) /* a loaded machine may take long to start a program */
/* So long a helper may take before it is asked for how much of that it did not get the processor. */
#define ASK_AFTER_NS (VT_NS_PER_S / 10)
#define END_NS       (VT_NS_PER_S / 2) /* for leaving in good order */

static void close_one(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

/* Creates what the two sides share. The child's ends are in `socket` and `slot`. */
static bool create_channel(vt_helper_process *process, int *socket, int *slot, vt_error *error)
{
    if (!vt_helper_socketpair(&process->socket, socket, error)) {
        return false;
    }
    int fd = vt_protocol_slot_create(VT_PROTOCOL_SLOT_BYTES, error);
    if (fd < 0) {
        return false;
    }
    *slot = vt_helper_move_high(fd);
    if (*slot < 0) {
        return vt_error_set_errno(error, errno, "cannot create descriptors for the decoder helper");
    }
    void *mapped = mmap(NULL, VT_PROTOCOL_SLOT_BYTES, PROT_READ, MAP_SHARED, *slot, 0);
    if (mapped == MAP_FAILED) {
        return vt_error_set_errno(error, errno, "cannot map the decoder helper's slot");
    }
    process->slot = mapped;
    return true;
}

static bool say_hello(vt_helper_process *process, const char *program, vt_error *error)
{
    const vt_wire_request hello = {.id = 1, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_HELLO};
    vt_wire_reply reply;
    vt_exchange outcome = vt_helper_process_exchange(process, &hello, -1, -1, HELLO_NS, -1, &reply);
    if (outcome != VT_EXCHANGE_ANSWERED ||
        !vt_protocol_check_reply(&hello, VT_PROTOCOL_SLOT_BYTES, &reply, NULL)) {
        return vt_error_set(error, VT_ERROR_INTERNAL,
                            "the decoder helper %s does not answer; reinstall Vitrine", program);
    }
    process->confinement = vt_protocol_confinement(&reply);
    return true;
}

/* By the zygote, or, if that is NULL, by executing the program. */
static bool start(vt_zygote *zygote, const char *program, uint64_t memory, vt_helper_process *process,
                  vt_error *error)
{
    int socket = -1;
    int slot = -1;
    *process = VT_HELPER_PROCESS_NONE;
    bool started = create_channel(process, &socket, &slot, error) &&
                   (zygote ? vt_zygote_fork(zygote, socket, slot, &process->pid, error)
                           : vt_helper_spawn(program, memory, NULL, socket, slot, &process->pid, error));
    close_one(&socket);
    close_one(&slot);
    if (started) {
        process->pidfd = pidfd_open(process->pid, 0);
        started = say_hello(process, program, error);
    }
    if (!started) {
        vt_helper_process_kill(process);
    }
    return started;
}

bool vt_helper_process_start(const char *program, uint64_t memory, vt_helper_process *process,
                             vt_error *error)
{
    return start(NULL, program, memory, process, error);
}

bool vt_helper_process_fork(vt_zygote *zygote, const char *program, vt_helper_process *process,
                            vt_error *error)
{
    return start(zygote, program, 0, process, error);
}

/* Milliseconds until `deadline` for poll(), rounded up so that it is not asked again in vain. */
static int poll_time(int64_t deadline)
{
    int64_t left = deadline - vt_clock_now();
    if (left <= 0) {
        return 0;
    }
    int64_t milliseconds = (left + VT_NS_PER_MS - 1) / VT_NS_PER_MS;
    return milliseconds > 3600000 ? 3600000 : (int)milliseconds;
}

static vt_exchange receive(const vt_helper_process *process, vt_wire_reply *reply)
{
    int fds[2];
    int got = vt_protocol_receive(process->socket, reply, sizeof *reply, fds, NULL);
    bool clean = fds[0] < 0 && fds[1] < 0; /* an honest helper sends no descriptors */
    close_one(&fds[0]);
    close_one(&fds[1]);
    return got == 1 && clean ? VT_EXCHANGE_ANSWERED : VT_EXCHANGE_DIED;
}

/* Nanoseconds for which the helper could have run but got no processor, since it was started: the second
   number of /proc/PID/schedstat (proc(5), sched-stats). 0 if it cannot be asked. */
static int64_t starved_time(pid_t pid)
{
    char path[64];
    long long waited = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/schedstat", (int)pid);
    FILE *file = fopen(path, "re");
    if (file && fscanf(file, "%*s %lld", &waited) != 1) {
        waited = 0;
    }
    if (file) {
        fclose(file);
    }
    return waited;
}

/* On a busy machine a helper may hardly have run: it gets the time that it did not have, but never more than
   STARVED_SHARE times what is allowed. */
static int64_t extended_deadline(int64_t begun, int64_t allowed, int64_t starved)
{
    enum { STARVED_SHARE = 4 };
    int64_t most = (STARVED_SHARE - 1) * allowed;
    return begun + allowed + (starved < most ? starved : most);
}

vt_exchange vt_helper_process_exchange(const vt_helper_process *process, const vt_wire_request *request,
                                       int fd1, int fd2, int64_t allowed, int cancel_fd, vt_wire_reply *reply)
{
    int64_t begun = vt_clock_now();
    int64_t starved_before = -1; /* not asked yet: most answers come before it is worth asking */
    int64_t deadline = begun + (allowed < ASK_AFTER_NS ? allowed : ASK_AFTER_NS);
    if (!vt_protocol_send(process->socket, request, sizeof *request, fd1, fd2, NULL)) {
        return VT_EXCHANGE_DIED;
    }
    /* poll() passes over negative descriptors. */
    struct pollfd watched[] = {{.fd = process->socket, .events = POLLIN},
                               {.fd = cancel_fd, .events = POLLIN},
                               {.fd = process->pidfd, .events = POLLIN}};
    for (;;) {
        int ready = poll(watched, 3, poll_time(deadline));
        if (ready < 0 && errno != EINTR) {
            return VT_EXCHANGE_DIED;
        }
        if (ready > 0 && watched[0].revents) {
            return receive(process, reply);
        }
        if (ready > 0 && watched[1].revents) {
            return VT_EXCHANGE_CANCELLED;
        }
        if (ready > 0 && watched[2].revents) {
            return receive(process, reply); /* dead, perhaps after it had answered */
        }
        if (vt_clock_now() >= deadline && starved_before < 0) {
            starved_before = starved_time(process->pid);
            deadline = begun + allowed;
        } else if (vt_clock_now() >= deadline) {
            int64_t starved = starved_time(process->pid) - starved_before;
            deadline = extended_deadline(begun, allowed, starved);
            if (vt_clock_now() >= deadline) {
                return starved > allowed ? VT_EXCHANGE_STARVED : VT_EXCHANGE_TIMEOUT;
            }
        }
    }
}

static void release(vt_helper_process *process)
{
    close_one(&process->socket);
    close_one(&process->pidfd);
    if (process->slot) {
        munmap((void *)process->slot, VT_PROTOCOL_SLOT_BYTES);
    }
    *process = VT_HELPER_PROCESS_NONE;
}

int vt_helper_process_kill(vt_helper_process *process)
{
    int status = 0;
    if (process->pid > 0) {
        kill(process->pid, SIGKILL);
        status = vt_helper_reap(process->pid);
    }
    release(process);
    return status;
}

void vt_helper_process_end(vt_helper_process *process)
{
    close_one(&process->socket); /* a helper that hears the end leaves */
    if (process->pid > 0 && process->pidfd >= 0) {
        struct pollfd death = {.fd = process->pidfd, .events = POLLIN};
        int64_t deadline = vt_clock_now() + END_NS;
        while (poll(&death, 1, poll_time(deadline)) < 0 && errno == EINTR) {
        }
    }
    vt_helper_process_kill(process);
}
