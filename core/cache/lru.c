#include "core/cache/lru.h"

#include "core/base/hash.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BUCKETS = 64 }; /* a power of two */

struct vt_lru_entry {
    vt_lru_entry *chain;           /* next in its bucket, or in a list of the dead */
    vt_lru_entry *previous, *next; /* by last use; only while not pinned */
    uint64_t hash;
    unsigned pins;
    bool detached; /* no longer found; goes with its last pin */
    void *value;
    size_t bytes;
    size_t key_length;
    unsigned char key[];
};

struct vt_lru {
    vt_lru_free_value free_value;
    void *user;
    pthread_mutex_t lock; /* guards everything below */
    vt_lru_limits limits;
    vt_lru_entry **buckets;
    size_t bucket_count; /* a power of two */
    size_t found;        /* entries in the buckets */
    /* Pinned entries are not in this list, so that the last one can always be evicted: O(1). */
    vt_lru_entry *newest, *oldest;
    size_t pinned_bytes;
    vt_lru_stats stats;
};

static bool check_limits(const vt_lru_limits *limits, vt_error *error)
{
    return (limits->entries > 0 && limits->bytes > 0) ||
           vt_error_set(error, VT_ERROR_USAGE, "a cache needs room for 1 entry and 1 byte or more");
}

vt_lru *vt_lru_create(const vt_lru_limits *limits, vt_lru_free_value free_value, void *user, vt_error *error)
{
    if (!check_limits(limits, error)) {
        return NULL;
    }
    vt_lru *lru = calloc(1, sizeof *lru);
    vt_lru_entry **buckets = calloc(FIRST_BUCKETS, sizeof(vt_lru_entry *));
    if (!lru || !buckets || pthread_mutex_init(&lru->lock, NULL) != 0) {
        free(buckets);
        free(lru);
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a cache");
        return NULL;
    }
    lru->free_value = free_value;
    lru->user = user;
    lru->limits = *limits;
    lru->buckets = buckets;
    lru->bucket_count = FIRST_BUCKETS;
    return lru;
}

static vt_lru_entry **bucket_of(const vt_lru *lru, uint64_t hash)
{
    return &lru->buckets[hash & (lru->bucket_count - 1)];
}

/* The entry of that key, or NULL. */
static vt_lru_entry *find_locked(const vt_lru *lru, uint64_t hash, const void *key, size_t length)
{
    vt_lru_entry *at = *bucket_of(lru, hash);
    while (at && (at->hash != hash || at->key_length != length || memcmp(at->key, key, length) != 0)) {
        at = at->chain;
    }
    return at;
}

static void link_newest_locked(vt_lru *lru, vt_lru_entry *entry)
{
    entry->previous = NULL;
    entry->next = lru->newest;
    *(entry->next ? &entry->next->previous : &lru->oldest) = entry;
    lru->newest = entry;
}

static void unlink_locked(vt_lru *lru, vt_lru_entry *entry)
{
    *(entry->previous ? &entry->previous->next : &lru->newest) = entry->next;
    *(entry->next ? &entry->next->previous : &lru->oldest) = entry->previous;
    entry->previous = entry->next = NULL;
}

/* Puts an entry that nothing refers to any more on the list of those to free once the lock is given back. */
static void bury_locked(vt_lru *lru, vt_lru_entry *entry, vt_lru_entry **dead)
{
    lru->stats.entries--;
    lru->stats.bytes -= entry->bytes;
    entry->chain = *dead;
    *dead = entry;
}

/* Takes an entry out of the table. */
static void remove_locked(vt_lru *lru, vt_lru_entry *entry, vt_lru_entry **dead)
{
    vt_lru_entry **place = bucket_of(lru, entry->hash);
    while (*place && *place != entry) {
        place = &(*place)->chain;
    }
    *place = entry->chain;
    lru->found--;
    if (entry->pins > 0) {
        entry->detached = true;
    } else {
        unlink_locked(lru, entry);
        bury_locked(lru, entry, dead);
    }
}

static void evict_locked(vt_lru *lru, size_t entries, size_t bytes, vt_lru_entry **dead)
{
    while (lru->oldest && (lru->stats.entries > entries || lru->stats.bytes > bytes)) {
        remove_locked(lru, lru->oldest, dead);
        lru->stats.evictions++;
    }
}

/* Without the lock: the callback may take its time, or use the cache. */
static void free_dead(const vt_lru *lru, vt_lru_entry *dead)
{
    while (dead) {
        vt_lru_entry *next = dead->chain;
        if (lru->free_value) {
            lru->free_value(lru->user, dead->value);
        }
        free(dead);
        dead = next;
    }
}

void vt_lru_free(vt_lru *lru)
{
    if (lru) {
        vt_lru_clear(lru);
        pthread_mutex_destroy(&lru->lock);
        free(lru->buckets);
        free(lru);
    }
}

/* Doubles the table when it is full. Without memory for it the chains just grow longer. */
static void grow_locked(vt_lru *lru)
{
    if (lru->found < lru->bucket_count || lru->bucket_count > SIZE_MAX / 4) {
        return;
    }
    size_t count = lru->bucket_count * 2;
    vt_lru_entry **buckets = calloc(count, sizeof(vt_lru_entry *));
    if (!buckets) {
        return;
    }
    for (size_t i = 0; i < lru->bucket_count; i++) {
        vt_lru_entry *entry = lru->buckets[i];
        while (entry) {
            vt_lru_entry *next = entry->chain;
            entry->chain = buckets[entry->hash & (count - 1)];
            buckets[entry->hash & (count - 1)] = entry;
            entry = next;
        }
    }
    free(lru->buckets);
    lru->buckets = buckets;
    lru->bucket_count = count;
}

/* Room for one more entry of `bytes`, as far as pins allow; nothing is evicted in vain. */
static bool make_room_locked(vt_lru *lru, size_t bytes, vt_lru_entry **dead, vt_error *error)
{
    if (bytes > lru->limits.bytes) {
        return vt_error_set(error, VT_ERROR_LIMIT, "a value of %zu bytes does not fit a cache of %zu bytes",
                            bytes, lru->limits.bytes);
    }
    if (lru->stats.pinned >= lru->limits.entries || lru->pinned_bytes > lru->limits.bytes - bytes) {
        return vt_error_set(error, VT_ERROR_LIMIT, "the cache is full: %zu values of %zu bytes are in use",
                            lru->stats.pinned, lru->pinned_bytes);
    }
    evict_locked(lru, lru->limits.entries - 1, lru->limits.bytes - bytes, dead);
    return true;
}

static vt_lru_entry *new_entry(const void *key, size_t key_length, void *value, size_t bytes)
{
    if (key_length > SIZE_MAX - sizeof(vt_lru_entry)) {
        return NULL;
    }
    vt_lru_entry *entry = calloc(1, sizeof *entry + key_length);
    if (entry) {
        entry->value = value;
        entry->bytes = bytes;
        entry->key_length = key_length;
        memcpy(entry->key, key, key_length);
    }
    return entry;
}

bool vt_lru_put(vt_lru *lru, const void *key, size_t key_length, void *value, size_t bytes, vt_error *error)
{
    uint64_t hash = vt_hash_fold(vt_hash_add(VT_HASH_INIT, key, key_length));
    vt_lru_entry *entry = new_entry(key, key_length, value, bytes);
    vt_lru_entry *dead = NULL;
    pthread_mutex_lock(&lru->lock);
    vt_lru_entry *old = find_locked(lru, hash, key, key_length);
    if (old) {
        remove_locked(lru, old, &dead);
    }
    bool ok = entry ? make_room_locked(lru, bytes, &dead, error)
                    : vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a cache entry");
    if (ok) {
        grow_locked(lru);
        entry->hash = hash;
        vt_lru_entry **bucket = bucket_of(lru, hash);
        entry->chain = *bucket;
        *bucket = entry;
        link_newest_locked(lru, entry);
        lru->found++;
        lru->stats.entries++;
        lru->stats.bytes += bytes;
        lru->stats.insertions++;
        lru->stats.replacements += old != NULL;
    } else {
        lru->stats.refused++;
    }
    pthread_mutex_unlock(&lru->lock);
    free_dead(lru, dead);
    if (!ok) {
        if (lru->free_value) {
            lru->free_value(lru->user, value);
        }
        free(entry);
    }
    return ok;
}

static void pin_locked(vt_lru *lru, vt_lru_entry *entry)
{
    if (entry->pins++ == 0) {
        unlink_locked(lru, entry);
        lru->stats.pinned++;
        lru->pinned_bytes += entry->bytes;
    }
}

vt_lru_entry *vt_lru_acquire_oldest(vt_lru *lru)
{
    pthread_mutex_lock(&lru->lock);
    vt_lru_entry *entry = lru->oldest;
    if (entry) {
        pin_locked(lru, entry);
    }
    pthread_mutex_unlock(&lru->lock);
    return entry;
}

vt_lru_entry *vt_lru_acquire(vt_lru *lru, const void *key, size_t key_length)
{
    uint64_t hash = vt_hash_fold(vt_hash_add(VT_HASH_INIT, key, key_length));
    pthread_mutex_lock(&lru->lock);
    vt_lru_entry *entry = find_locked(lru, hash, key, key_length);
    if (entry) {
        pin_locked(lru, entry);
        lru->stats.hits++;
    } else {
        lru->stats.misses++;
    }
    pthread_mutex_unlock(&lru->lock);
    return entry;
}

void *vt_lru_value(const vt_lru_entry *entry)
{
    return entry->value;
}

size_t vt_lru_value_bytes(const vt_lru_entry *entry)
{
    return entry->bytes;
}

void vt_lru_release(vt_lru *lru, vt_lru_entry *entry)
{
    if (!entry) {
        return;
    }
    vt_lru_entry *dead = NULL;
    pthread_mutex_lock(&lru->lock);
    if (--entry->pins == 0) {
        lru->stats.pinned--;
        lru->pinned_bytes -= entry->bytes;
        if (entry->detached) {
            bury_locked(lru, entry, &dead);
        } else {
            link_newest_locked(lru, entry);
            /* The limits may have been lowered while it was pinned. */
            evict_locked(lru, lru->limits.entries, lru->limits.bytes, &dead);
        }
    }
    pthread_mutex_unlock(&lru->lock);
    free_dead(lru, dead);
}

bool vt_lru_contains(vt_lru *lru, const void *key, size_t key_length)
{
    uint64_t hash = vt_hash_fold(vt_hash_add(VT_HASH_INIT, key, key_length));
    pthread_mutex_lock(&lru->lock);
    bool found = find_locked(lru, hash, key, key_length) != NULL;
    pthread_mutex_unlock(&lru->lock);
    return found;
}

bool vt_lru_remove(vt_lru *lru, const void *key, size_t key_length)
{
    uint64_t hash = vt_hash_fold(vt_hash_add(VT_HASH_INIT, key, key_length));
    vt_lru_entry *dead = NULL;
    pthread_mutex_lock(&lru->lock);
    vt_lru_entry *entry = find_locked(lru, hash, key, key_length);
    bool found = entry != NULL;
    if (found) {
        remove_locked(lru, entry, &dead);
    }
    pthread_mutex_unlock(&lru->lock);
    free_dead(lru, dead);
    return found;
}

void vt_lru_clear(vt_lru *lru)
{
    vt_lru_entry *dead = NULL;
    pthread_mutex_lock(&lru->lock);
    for (size_t i = 0; i < lru->bucket_count; i++) {
        while (lru->buckets[i]) {
            remove_locked(lru, lru->buckets[i], &dead);
        }
    }
    pthread_mutex_unlock(&lru->lock);
    free_dead(lru, dead);
}

bool vt_lru_set_limits(vt_lru *lru, const vt_lru_limits *limits, vt_error *error)
{
    if (!check_limits(limits, error)) {
        return false;
    }
    vt_lru_entry *dead = NULL;
    pthread_mutex_lock(&lru->lock);
    lru->limits = *limits;
    evict_locked(lru, limits->entries, limits->bytes, &dead);
    pthread_mutex_unlock(&lru->lock);
    free_dead(lru, dead);
    return true;
}

void vt_lru_trim(vt_lru *lru, size_t bytes)
{
    vt_lru_entry *dead = NULL;
    pthread_mutex_lock(&lru->lock);
    evict_locked(lru, SIZE_MAX, bytes, &dead);
    pthread_mutex_unlock(&lru->lock);
    free_dead(lru, dead);
}

void vt_lru_get_stats(const vt_lru *lru, vt_lru_stats *stats)
{
    pthread_mutex_t *lock = (pthread_mutex_t *)&lru->lock;
    pthread_mutex_lock(lock);
    *stats = lru->stats;
    pthread_mutex_unlock(lock);
}
