#include "core/decode/helper_process.h"

#include "core/base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define HELLO_NS (10 * VT_NS_PER_S) /* a loaded machine may take long to start a program */
#define END_NS   (VT_NS_PER_S / 2)  /* for leaving in good order */

/* Descriptors handed to the child are made above the numbers they get there, so that giving one its number
   cannot overwrite the other. */
#define HIGH_DESCRIPTOR 16

static int move_high(int fd)
{
    int high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR);
    close(fd);
    return high;
}

static void close_one(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
        *fd = -1;
    }
}

/* The child gets nothing of the environment (which may hold secrets) except what sanitizers and the dynamic
   loader need to work. */
static size_t choose_environment(char **chosen, size_t limit)
{
    static const char *const wanted[] = {
        "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=", "TSAN_OPTIONS=", "LD_LIBRARY_PATH=", "PATH="};
    size_t count = 0;
    for (char **at = environ; at && *at; at++) {
        for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
            if (strncmp(*at, wanted[i], strlen(wanted[i])) == 0 && count + 1 < limit) {
                chosen[count++] = *at;
            }
        }
    }
    chosen[count] = NULL;
    return count;
}

static int prepare_files(posix_spawn_file_actions_t *files, int socket, int slot)
{
    int failure = posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!failure) {
        failure = posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    }
    if (!failure) {
        failure = posix_spawn_file_actions_adddup2(files, socket, VT_PROTOCOL_SOCKET);
    }
    if (!failure) {
        failure = posix_spawn_file_actions_adddup2(files, slot, VT_PROTOCOL_SLOT);
    }
    if (!failure) {
        failure = posix_spawn_file_actions_addclosefrom_np(files, VT_PROTOCOL_SLOT + 1);
    }
    return failure;
}

/* Own process group: Ctrl+C in the terminal is for the program, which ends its helpers itself. */
static int prepare_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    int failure = posix_spawnattr_setsigmask(attributes, &none);
    if (!failure) {
        failure = posix_spawnattr_setsigdefault(attributes, &all);
    }
    if (!failure) {
        failure = posix_spawnattr_setpgroup(attributes, 0);
    }
    if (!failure) {
        failure = posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                           POSIX_SPAWN_SETPGROUP);
    }
    return failure;
}

static int spawn(const char *program, uint64_t memory, int socket, int slot, pid_t *pid)
{
    char limit[32];
    snprintf(limit, sizeof limit, "%" PRIu64, memory);
    char *const arguments[] = {(char *)program, limit, NULL};
    char *environment[16];
    choose_environment(environment, sizeof environment / sizeof environment[0]);
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    int failure = posix_spawn_file_actions_init(&files);
    if (failure) {
        return failure;
    }
    failure = posix_spawnattr_init(&attributes);
    if (!failure) {
        failure = prepare_files(&files, socket, slot);
        if (!failure) {
            failure = prepare_attributes(&attributes);
        }
        if (!failure) {
            failure = posix_spawn(pid, program, &files, &attributes, arguments, environment);
        }
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&files);
    return failure;
}

/* Creates what the two sides share. The child's ends are in `socket` and `slot`. */
static bool create_channel(vt_helper_process *process, int *socket, int *slot, vt_error *error)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        return vt_error_set_errno(error, errno, "cannot create a socket for the decoder helper");
    }
    process->socket = pair[0];
    *socket = move_high(pair[1]);
    int fd = vt_protocol_slot_create(VT_PROTOCOL_SLOT_BYTES, error);
    if (fd < 0) {
        return false;
    }
    *slot = move_high(fd);
    if (*socket < 0 || *slot < 0) {
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

bool vt_helper_process_start(const char *program, uint64_t memory, vt_helper_process *process,
                             vt_error *error)
{
    int socket = -1;
    int slot = -1;
    *process = VT_HELPER_PROCESS_NONE;
    bool started = create_channel(process, &socket, &slot, error);
    if (started) {
        int failure = spawn(program, memory, socket, slot, &process->pid);
        if (failure) {
            process->pid = 0;
            started = vt_error_set_errno(error, failure, "cannot start the decoder helper %s", program);
        }
    }
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
    int64_t starved_before = starved_time(process->pid);
    int64_t deadline = begun + allowed;
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
        if (vt_clock_now() >= deadline) {
            int64_t starved = starved_time(process->pid) - starved_before;
            deadline = extended_deadline(begun, allowed, starved);
            if (vt_clock_now() >= deadline) {
                return starved > allowed ? VT_EXCHANGE_STARVED : VT_EXCHANGE_TIMEOUT;
            }
        }
    }
}

static int reap(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
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
        status = reap(process->pid);
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
