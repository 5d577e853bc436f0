#include "app/decoder/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* From include/uapi/linux/landlock.h and the system call tables, where all architectures agree on these. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_restrict_self  446
#endif
#define CREATE_RULESET_VERSION          1U
#define RESTRICT_SELF_LOG_SAME_EXEC_OFF 1U

/* struct landlock_ruleset_attr as of version 6. Older kernels accept it as long as what they do not know is
   zero. */
typedef struct ruleset {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
} ruleset;

/* What each version added to those before it. */
static const struct {
    int version;
    ruleset adds;
} rights[] = {
    {1, {.files = 0x1fff}},            /* from EXECUTE (bit 0) to MAKE_SYM (bit 12) */
    {2, {.files = UINT64_C(1) << 13}}, /* REFER: to link or rename across folders */
    {3, {.files = UINT64_C(1) << 14}}, /* TRUNCATE */
    {4, {.network = 3}},               /* BIND_TCP, CONNECT_TCP */
    {5, {.files = UINT64_C(1) << 15}}, /* IOCTL_DEV */
    {6, {.scopes = 3}},                /* ABSTRACT_UNIX_SOCKET, SIGNAL */
};

/* The first version whose kernel writes refusals into the audit log, unless told not to. */
enum { LOGS_SINCE = 7 };

int vt_landlock_version(vt_error *error)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, (size_t)0, CREATE_RULESET_VERSION);
    if (version > 0) {
        return (int)version;
    }
    switch (version < 0 ? errno : ENOSYS) {
    case ENOSYS:
        vt_error_set(error, VT_ERROR_UNSUPPORTED, "the kernel has no Landlock (Linux 5.13 or newer has)");
        break;
    case EOPNOTSUPP:
        vt_error_set(error, VT_ERROR_UNSUPPORTED,
                     "Landlock is switched off; add it to the kernel's parameter lsm=");
        break;
    default:
        vt_error_set_errno(error, errno, "Landlock is not allowed here, perhaps by a container's rules");
    }
    return 0;
}

static bool can_open_root(void)
{
    int fd = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        close(fd);
    }
    return fd >= 0;
}

bool vt_landlock_enter(int version, vt_error *error)
{
    ruleset all = {0};
    for (size_t i = 0; i < sizeof rights / sizeof rights[0] && rights[i].version <= version; i++) {
        all.files |= rights[i].adds.files;
        all.network |= rights[i].adds.network;
        all.scopes |= rights[i].adds.scopes;
    }
    int fd = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0U);
    if (fd < 0) {
        return vt_error_set_errno(error, errno, "the kernel refuses a Landlock ruleset");
    }
    /* The trial below is a refusal that nobody has to read about. */
    unsigned flags = version >= LOGS_SINCE ? RESTRICT_SELF_LOG_SAME_EXEC_OFF : 0;
    long entered = syscall(SYS_landlock_restrict_self, fd, flags);
    int failure = errno;
    close(fd);
    if (entered != 0) {
        return vt_error_set_errno(error, failure, "the kernel refuses to enter a Landlock ruleset");
    }
    if (can_open_root()) {
        return vt_error_set(error, VT_ERROR_INTERNAL, "Landlock was entered, but files can still be opened");
    }
    return true;
}
