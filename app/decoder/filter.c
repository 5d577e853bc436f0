#include "app/decoder/filter.h"

#include "core/decode/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int allowed[] = {
    /* what is open */
    SCMP_SYS(read),
    SCMP_SYS(pread64),
    SCMP_SYS(lseek),
    SCMP_SYS(fstat),
    SCMP_SYS(close),
    /* memory */
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(sysinfo), /* qsort() of glibc asks how much memory there is, and believes whatever it finds */
    /* time */
    SCMP_SYS(clock_gettime),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(restart_syscall),
    /* itself: abort() needs most of these */
    SCMP_SYS(futex),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getrandom),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
};

/* Allowed for one value of one argument: (argument & mask) == value. */
static const struct {
    int call;
    unsigned argument;
    scmp_datum_t mask;
    scmp_datum_t value;
} allowed_if[] = {
    {SCMP_SYS(recvmsg), 0, ~UINT64_C(0), VT_PROTOCOL_SOCKET},
    {SCMP_SYS(sendmsg), 0, ~UINT64_C(0), VT_PROTOCOL_SOCKET},
    {SCMP_SYS(write), 0, ~UINT64_C(0), STDERR_FILENO},
    {SCMP_SYS(writev), 0, ~UINT64_C(0), STDERR_FILENO}, /* the last words of glibc */
    {SCMP_SYS(mmap), 2, PROT_EXEC, 0},
    {SCMP_SYS(mprotect), 2, PROT_EXEC, 0},
};

/* Stands for the number of the process that enters the filter, which is not known when it is computed; beyond
   all that Linux gives out. */
enum { OWN_PID = 0x7fed5eaf };

/* Fail with EPERM. fstat() of glibc is newfstatat(), which takes a path too: vt_sandbox_fstat() is not. */
static const int refused[] = {
    SCMP_SYS(open),
    SCMP_SYS(openat),
    SCMP_SYS(openat2),
    SCMP_SYS(creat),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(fstatfs),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(ioctl),
    SCMP_SYS(fcntl),
    SCMP_SYS(prlimit64),
    SCMP_SYS(getrlimit),
    SCMP_SYS(setrlimit),
    SCMP_SYS(prctl),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(uname),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getppid),
    SCMP_SYS(set_robust_list),
};

/* A clone() that every kernel refuses as invalid: signal handlers cannot be shared without memory. The filter
   answers EPERM instead, by which the trial below knows that clone() is watched, and starts no process where
   it is not. Any other clone() ends the process. */
enum { TRIAL_CLONE = CLONE_SIGHAND };

static int add_rules(scmp_filter_ctx filter)
{
    int failure = 0;
    for (size_t i = 0; i < sizeof allowed / sizeof allowed[0] && !failure; i++) {
        failure = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    }
    for (size_t i = 0; i < sizeof allowed_if / sizeof allowed_if[0] && !failure; i++) {
        failure = seccomp_rule_add(
            filter, SCMP_ACT_ALLOW, allowed_if[i].call, 1,
            SCMP_CMP64(allowed_if[i].argument, SCMP_CMP_MASKED_EQ, allowed_if[i].mask, allowed_if[i].value));
    }
    for (size_t i = 0; i < sizeof refused / sizeof refused[0] && !failure; i++) {
        failure = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
    }
    if (!failure) {
        /* Another process's id must not be reached, not even in the same group. */
        failure =
            seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, OWN_PID));
    }
    if (!failure) {
        failure = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                                   SCMP_A0(SCMP_CMP_EQ, TRIAL_CLONE));
    }
    return failure;
}

/* As computed; count 0: not, for the reason in `trouble`. */
static struct {
    struct sock_filter code[BPF_MAXINSNS];
    unsigned short count;
    vt_error trouble;
} prepared = {.trouble = VT_ERROR_INIT};

/* libseccomp hands a program out only through a descriptor. */
static bool take_program(scmp_filter_ctx filter, vt_error *error)
{
    int fd = memfd_create("vitrine-filter", MFD_CLOEXEC);
    int failure = fd < 0 ? -errno : seccomp_export_bpf(filter, fd);
    ssize_t size = failure ? -1 : pread(fd, prepared.code, sizeof prepared.code, 0);
    if (fd >= 0) {
        close(fd);
    }
    if (size <= 0 || (size_t)size >= sizeof prepared.code || (size_t)size % sizeof prepared.code[0] != 0) {
        return vt_error_set_errno(error, failure ? -failure : E2BIG, "cannot compute a system call filter");
    }
    prepared.count = (unsigned short)((size_t)size / sizeof prepared.code[0]);
    return true;
}

static bool compute(vt_error *error)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter) {
        return vt_error_set(
            error, VT_ERROR_UNSUPPORTED,
            "the kernel has no system call filter that ends the process (Linux 4.14 or newer has, unless a "
            "container's rules forbid it)");
    }
    int failure = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    /* A tree of comparisons: the kernel goes through it for every call that there is when it is entered. */
    failure = failure ? failure : seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    failure = failure ? failure : add_rules(filter);
    bool computed = failure ? vt_error_set_errno(error, -failure, "cannot compute a system call filter")
                            : take_program(filter, error);
    seccomp_release(filter);
    return computed;
}

bool vt_filter_prepare(vt_error *error)
{
    bool computed = compute(&prepared.trouble);
    if (!computed && error) {
        *error = prepared.trouble;
    }
    return computed;
}

static bool load(vt_error *error)
{
    unsigned found = 0;
    if (prepared.count == 0) {
        *error = prepared.trouble;
        return false;
    }
    for (unsigned i = 0; i < prepared.count; i++) {
        struct sock_filter *step = &prepared.code[i];
        if (BPF_CLASS(step->code) == BPF_JMP && BPF_SRC(step->code) == BPF_K && step->k == OWN_PID) {
            step->k = (uint32_t)getpid();
            found++;
        }
    }
    if (found != 1) {
        return vt_error_set(error, VT_ERROR_INTERNAL,
                            "the system call filter is not the one that was computed");
    }
    const struct sock_fprog program = {.len = prepared.count, .filter = prepared.code};
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0U, &program) != 0) {
        return vt_error_set_errno(error, errno, "the kernel refuses a system call filter");
    }
    return true;
}

static bool is_refused(long result)
{
    return result == -1 && errno == EPERM;
}

/* EPERM, and not what the kernel says by itself: so it is the filter that answers. */
static bool try_it(vt_error *error)
{
    const char *through = NULL;
    if (!is_refused(open("/etc/passwd", O_RDONLY | O_CLOEXEC))) {
        through = "open a file";
    } else if (!is_refused(socket(AF_INET, SOCK_STREAM, 0))) {
        through = "create a socket";
    } else if (!is_refused(syscall(SYS_clone, (long)TRIAL_CLONE, 0L, 0L, 0L, 0L))) {
        through = "start a process";
    } else if (syscall(SYS_tgkill, (long)getpid(), syscall(SYS_gettid), 0L) != 0) {
        return vt_error_set(error, VT_ERROR_INTERNAL,
                            "a system call filter was loaded that does not let the process end itself");
    }
    return !through ||
           vt_error_set(error, VT_ERROR_INTERNAL,
                        "a system call filter was loaded, but an attempt to %s was not stopped by it",
                        through);
}

bool vt_filter_enter(vt_error *error)
{
    return load(error) && try_it(error);
}
