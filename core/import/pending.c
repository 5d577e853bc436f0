#include "core/import/pending.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "core/scan/folder.h"

#include <stdlib.h>
#include <string.h>

#define BUCKETS 4096

typedef struct entry {
    struct entry *next;
    int64_t due;
    bool closed, looked;
    int64_t size, mtime_ns; /* with looked: when it was looked at last */
    char path[];
} entry;

struct vt_pending {
    entry *buckets[BUCKETS];
    size_t count;
};

vt_pending *vt_pending_create(void)
{
    return calloc(1, sizeof(vt_pending));
}

void vt_pending_clear(vt_pending *pending)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        while (pending->buckets[i]) {
            entry *next = pending->buckets[i]->next;
            free(pending->buckets[i]);
            pending->buckets[i] = next;
        }
    }
    pending->count = 0;
}

void vt_pending_free(vt_pending *pending)
{
    if (pending) {
        vt_pending_clear(pending);
        free(pending);
    }
}

size_t vt_pending_count(const vt_pending *pending)
{
    return pending->count;
}

/* FNV-1a, 64 bits. */
static size_t bucket_of(const char *path)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (const char *c = path; *c; c++) {
        hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
    }
    return (size_t)(hash ^ hash >> 32) % BUCKETS;
}

bool vt_pending_add(vt_pending *pending, const char *path, bool closed, int64_t now)
{
    entry **bucket = &pending->buckets[bucket_of(path)];
    entry *at = *bucket;
    while (at && strcmp(at->path, path) != 0) {
        at = at->next;
    }
    if (!at) {
        size_t length = strlen(path);
        at = pending->count < VT_PENDING_MAX ? malloc(sizeof *at + length + 1) : NULL;
        if (!at) {
            return false;
        }
        memcpy(at->path, path, length + 1);
        at->next = *bucket;
        *bucket = at;
        pending->count++;
    }
    at->closed = closed;
    at->looked = false;
    at->due = now + (closed ? VT_PENDING_CLOSED_NS : VT_PENDING_SETTLE_NS);
    return true;
}

/* True if the file has not changed since the last look, or is not there. */
static bool has_settled(entry *at, int64_t now)
{
    struct stat facts;
    if (at->closed || !vt_place_stat(at->path, strlen(at->path), &facts)) {
        return true;
    }
    int64_t mtime = vt_clock_nanoseconds(facts.st_mtim);
    if (at->looked && at->size == facts.st_size && at->mtime_ns == mtime) {
        return true;
    }
    at->looked = true;
    at->size = facts.st_size;
    at->mtime_ns = mtime;
    at->due = now + VT_PENDING_SETTLE_NS;
    return false;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

size_t vt_pending_take(vt_pending *pending, char **paths, size_t most, int64_t now, int64_t *wait_ns)
{
    size_t count = 0;
    *wait_ns = VT_FOREVER;
    for (size_t i = 0; i < BUCKETS && pending->count > 0; i++) {
        for (entry **link = &pending->buckets[i]; *link;) {
            entry *at = *link;
            char *copy = NULL;
            if (count < most && at->due <= now && has_settled(at, now) && (copy = strdup(at->path))) {
                paths[count++] = copy;
                *link = at->next;
                free(at);
                pending->count--;
                continue;
            }
            int64_t left = at->due > now ? at->due - now : VT_PENDING_CLOSED_NS;
            *wait_ns = left < *wait_ns ? left : *wait_ns;
            link = &at->next;
        }
    }
    qsort(paths, count, sizeof *paths, by_bytes);
    return count;
}
