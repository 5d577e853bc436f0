#include "core/queue/doorbell.h"

#include "core/base/clock.h"
#include "core/base/cond.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct vt_doorbell {
    int fd; /* eventfd: its counter is above 0 while it rings */
};

vt_doorbell *vt_doorbell_create(vt_error *error)
{
    vt_doorbell *bell = malloc(sizeof *bell);
    if (!bell) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a doorbell");
        return NULL;
    }
    bell->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (bell->fd < 0) {
        vt_error_set_errno(error, errno, "cannot make an event descriptor");
        free(bell);
        return NULL;
    }
    return bell;
}

void vt_doorbell_free(vt_doorbell *bell)
{
    if (bell) {
        close(bell->fd);
        free(bell);
    }
}

void vt_doorbell_ring(void *bell)
{
    const vt_doorbell *at = bell;
    int saved = errno; /* a signal handler must not disturb the errno of what it interrupts */
    uint64_t one = 1;
    /* Fails only when the counter is full, and then it rings already. */
    ssize_t ignored = write(at->fd, &one, sizeof one);
    (void)ignored;
    errno = saved;
}

/* Milliseconds for poll, rounded up so that it does not spin through the last one. */
static int poll_timeout(int64_t deadline)
{
    if (deadline == VT_FOREVER) {
        return -1;
    }
    int64_t left = deadline - vt_clock_now();
    if (left <= 0) {
        return 0;
    }
    int64_t ms = (left - 1) / VT_NS_PER_MS + 1;
    return ms > 1000000 ? 1000000 : (int)ms;
}

bool vt_doorbell_wait(vt_doorbell *bell, int64_t timeout)
{
    int64_t deadline = vt_deadline_after(timeout);
    for (;;) {
        uint64_t rings;
        if (read(bell->fd, &rings, sizeof rings) == sizeof rings) {
            return true;
        }
        int wait = poll_timeout(deadline);
        if (wait == 0) {
            return false;
        }
        struct pollfd poll_fd = {.fd = bell->fd, .events = POLLIN};
        if (poll(&poll_fd, 1, wait) < 0 && errno != EINTR) {
            return false;
        }
    }
}

int vt_doorbell_fd(const vt_doorbell *bell)
{
    return bell->fd;
}
