#include "core/decode/helper_spawn.h"

#include "core/decode/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Descriptors handed to the child are made above the numbers they get there, so that giving one its number
   cannot overwrite the other. */
#define HIGH_DESCRIPTOR 16

int vt_helper_move_high(int fd)
{
    int high = fcntl(fd, F_DUPFD_CLOEXEC, HIGH_DESCRIPTOR);
    close(fd);
    return high;
}

bool vt_helper_socketpair(int *ours, int *theirs, vt_error *error)
{
    int pair[2];
    *ours = *theirs = -1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        return vt_error_set_errno(error, errno, "cannot create a socket for the decoder helper");
    }
    *ours = pair[0];
    *theirs = vt_helper_move_high(pair[1]);
    if (*theirs < 0) {
        return vt_error_set_errno(error, errno, "cannot create descriptors for the decoder helper");
    }
    return true;
}

/* The C library then wishes for huge pages under what it allocates (glibc 2.35 or newer): the
   coefficients of a progressive photograph are tens of megabytes, and to have them put in place page by page
   took longer than to decode them. */
static char huge_pages[] = "GLIBC_TUNABLES=glibc.malloc.hugetlb=1";

/* The child gets nothing of the environment (which may hold secrets) except what sanitizers and the dynamic
   loader need to work. */
static size_t choose_environment(char **chosen, size_t limit)
{
    static const char *const wanted[] = {
        "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=", "TSAN_OPTIONS=", "LD_LIBRARY_PATH=", "PATH="};
    size_t count = 0;
    chosen[count++] = huge_pages;
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
    if (!failure && slot >= 0) {
        failure = posix_spawn_file_actions_adddup2(files, slot, VT_PROTOCOL_SLOT);
    }
    if (!failure) {
        int behind = slot >= 0 ? VT_PROTOCOL_SLOT + 1 : VT_PROTOCOL_SOCKET + 1;
        failure = posix_spawn_file_actions_addclosefrom_np(files, behind);
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

static int spawn(const char *program, char *const *arguments, int socket, int slot, pid_t *pid)
{
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

bool vt_helper_spawn(const char *program, uint64_t memory, const char *role, int socket, int slot, pid_t *pid,
                     vt_error *error)
{
    char limit[32];
    snprintf(limit, sizeof limit, "%" PRIu64, memory);
    char *const arguments[] = {(char *)program, limit, (char *)role, NULL};
    int failure = spawn(program, arguments, socket, slot, pid);
    if (failure) {
        *pid = 0;
        return vt_error_set_errno(error, failure, "cannot start the decoder helper %s", program);
    }
    return true;
}

int vt_helper_reap(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}
