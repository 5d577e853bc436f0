#include "core/import/growth.h"

#include "core/base/clock.h"
#include "core/scan/folder.h"

#include <poll.h>

#define FRESH_NS    VT_NS_PER_S       /* changed so lately, it may be being written */
#define PATIENCE_NS (3 * VT_NS_PER_S) /* others wait for this thread, too */
#define LOOK_MS     125
#define CALM_LOOKS  2 /* the same so often: it has stopped growing */

/* What a file says that is not whole. */
static bool may_be_unfinished(vt_error_code code)
{
    return code == VT_ERROR_TRUNCATED || code == VT_ERROR_CORRUPT || code == VT_ERROR_EMPTY ||
           code == VT_ERROR_UNSUPPORTED || code == VT_ERROR_CHANGED;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_size == b->st_size && a->st_ino == b->st_ino &&
           vt_clock_nanoseconds(a->st_mtim) == vt_clock_nanoseconds(b->st_mtim);
}

static bool is_fresh(const struct stat *facts)
{
    int64_t age = vt_clock_wall() - vt_clock_nanoseconds(facts->st_mtim);
    return S_ISREG(facts->st_mode) && age > -FRESH_NS && age < FRESH_NS;
}

/* False if it was cancelled. */
static bool wait_a_little(int cancel_fd)
{
    struct pollfd cancelled = {.fd = cancel_fd, .events = POLLIN}; /* -1: only the time */
    return poll(&cancelled, 1, LOOK_MS) <= 0 || cancelled.revents == 0;
}

bool vt_growth_wait(const char *path, size_t length, const struct stat *before, int cancel_fd,
                    vt_error *fault)
{
    struct stat last;
    if (!may_be_unfinished(fault->code) || !vt_place_stat(path, length, &last) || !is_fresh(&last)) {
        return false;
    }
    bool changed = before->st_ino != 0 && !is_same(before, &last);
    int64_t patience = vt_clock_now() + PATIENCE_NS;
    for (int calm = 0; calm < CALM_LOOKS;) {
        struct stat now;
        if (!wait_a_little(cancel_fd) || !vt_place_stat(path, length, &now)) {
            return false;
        }
        bool same = is_same(&last, &now);
        changed |= !same;
        calm = same ? calm + 1 : 0;
        last = now;
        if (calm < CALM_LOOKS && vt_clock_now() > patience) {
            vt_error_set(fault, VT_ERROR_CHANGED,
                         "the file is still being written; import it again when that has ended");
            return false;
        }
    }
    return changed; /* or nobody writes to it: then it is as bad as it looks */
}
