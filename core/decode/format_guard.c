#include "core/decode/format_guard.h"

#include "core/decode/format.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* One more than may happen: between the first and the last of them lies what is judged. */
enum { REMEMBERED = VT_GUARD_CRASHES + 1 };

typedef struct record {
    uint64_t read;    /* files, without those that crashed */
    uint64_t crashes; /* since the format was last put into use */
    struct {
        int64_t when;
        uint64_t read;  /* at that time */
    } last[REMEMBERED]; /* crash n is at n % REMEMBERED */
    bool out_of_use;
} record;

struct vt_format_guard {
    pthread_mutex_t lock; /* guards all below */
    record records[VT_FORMAT_COUNT];
};

vt_format_guard *vt_format_guard_create(void)
{
    vt_format_guard *guard = calloc(1, sizeof *guard);
    if (guard) {
        pthread_mutex_init(&guard->lock, NULL);
    }
    return guard;
}

void vt_format_guard_free(vt_format_guard *guard)
{
    if (guard) {
        pthread_mutex_destroy(&guard->lock);
        free(guard);
    }
}

static bool is_guarded(vt_format format)
{
    return format > VT_FORMAT_UNKNOWN && format < VT_FORMAT_COUNT;
}

void vt_format_guard_read(vt_format_guard *guard, vt_format format)
{
    if (is_guarded(format)) {
        pthread_mutex_lock(&guard->lock);
        guard->records[format].read++;
        pthread_mutex_unlock(&guard->lock);
    }
}

static bool note_crash_locked(record *r, int64_t now)
{
    size_t at = r->crashes % REMEMBERED;
    r->last[at].when = now;
    r->last[at].read = r->read;
    r->crashes++;
    if (r->out_of_use || r->crashes < REMEMBERED) {
        return false;
    }
    size_t first = r->crashes % REMEMBERED;
    uint64_t read = r->read - r->last[first].read + REMEMBERED;
    r->out_of_use = now - r->last[first].when <= VT_GUARD_NS && (uint64_t)REMEMBERED * VT_GUARD_SHARE >= read;
    return r->out_of_use;
}

bool vt_format_guard_crashed(vt_format_guard *guard, vt_format format, int64_t now)
{
    if (!is_guarded(format)) {
        return false;
    }
    pthread_mutex_lock(&guard->lock);
    bool put_out = note_crash_locked(&guard->records[format], now);
    pthread_mutex_unlock(&guard->lock);
    return put_out;
}

bool vt_format_guard_check(vt_format_guard *guard, vt_format format, vt_error *error)
{
    if (!is_guarded(format)) {
        return true;
    }
    pthread_mutex_lock(&guard->lock);
    bool out_of_use = guard->records[format].out_of_use;
    pthread_mutex_unlock(&guard->lock);
    if (out_of_use) {
        const vt_format_info *info = vt_format_get(format);
        return vt_error_set(
            error, VT_ERROR_BUSY,
            "%s files are not read for now: more than %d of them crashed the decoder within a "
            "minute; start Vitrine again to try them again",
            info ? info->name : "such", VT_GUARD_CRASHES);
    }
    return true;
}

void vt_format_guard_allow(vt_format_guard *guard, vt_format format)
{
    if (is_guarded(format)) {
        pthread_mutex_lock(&guard->lock);
        memset(&guard->records[format], 0, sizeof guard->records[format]);
        pthread_mutex_unlock(&guard->lock);
    }
}

size_t vt_format_guard_list(vt_format_guard *guard, vt_format *formats, size_t limit)
{
    size_t count = 0;
    pthread_mutex_lock(&guard->lock);
    for (int format = 1; format < VT_FORMAT_COUNT && count < limit; format++) {
        if (guard->records[format].out_of_use) {
            formats[count++] = (vt_format)format;
        }
    }
    pthread_mutex_unlock(&guard->lock);
    return count;
}
