#include "core/cache/tiers.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* What the three LRUs hold: a value, or a state in the last. It knows its key, so that it can move on. */
typedef struct node {
    struct node *next; /* in a list of the dead */
    vt_tier tier;      /* the LRU it is in, or is being put into */
    enum {
        STAYS,   /* the LRU gives it up for room: on to the next level */
        MOVES,   /* taken out to be put elsewhere: left alone */
        DROPPED, /* nobody wants it any more */
    } fate;
    uint64_t generation; /* of the cache when it was made: a clear ends it */
    unsigned pins;       /* of our entries */
    void *content;       /* value or state */
    size_t bytes;
    size_t key_length;
    unsigned char key[];
} node;

/* Is really a vt_lru_entry of the LRU its node names: see to_lru. */
struct vt_tiers_entry {
    char unused;
};

struct vt_tiers {
    vt_tiers_ops ops;
    pthread_mutex_t lock; /* guards everything below, and all use of the LRUs */
    vt_lru *lrus[VT_TIER_COUNT];
    node *dead;           /* to free once the lock is given back */
    uint64_t generation;  /* counts clears */
    vt_tiers_stats stats; /* what the LRUs do not count */
};

static vt_lru_entry *to_lru(const vt_tiers_entry *entry)
{
    return (vt_lru_entry *)entry;
}

static node *node_of(const vt_tiers_entry *entry)
{
    return vt_lru_value(to_lru(entry));
}

static node *new_node(const void *key, size_t key_length, void *content, size_t bytes, vt_tier tier)
{
    node *made = key_length <= SIZE_MAX - sizeof(node) ? malloc(sizeof *made + key_length) : NULL;
    if (made) {
        *made = (node){.tier = tier, .content = content, .bytes = bytes, .key_length = key_length};
        memcpy(made->key, key, key_length);
    }
    return made;
}

static void bury_locked(vt_tiers *tiers, node *gone)
{
    gone->next = tiers->dead;
    tiers->dead = gone;
}

/* What a value leaves behind, not yet in the last level; NULL: nothing. Takes its time: call it without the
   lock where somebody may wait for it. */
static node *make_state(const vt_tiers_ops *ops, const node *gone)
{
    node *saved = ops->save_state ? new_node(gone->key, gone->key_length, NULL, 1, VT_TIER_STATE) : NULL;
    if (!saved) {
        return NULL;
    }
    saved->content = ops->save_state(ops->user, gone->content, &saved->bytes);
    if (!saved->content) {
        free(saved);
        return NULL;
    }
    saved->generation = gone->generation;
    return saved;
}

/* Puts what a value has left behind, NULL: nothing, into the last level. */
static void keep_state_locked(vt_tiers *tiers, node *saved)
{
    if (!saved) {
        tiers->stats.evictions++;
        return;
    }
    /* A state that finds no room is counted as an eviction by let_go. */
    tiers->stats.states_saved +=
        vt_lru_put(tiers->lrus[VT_TIER_STATE], saved->key, saved->key_length, saved, saved->bytes, NULL);
}

/* An LRU lets go of a node; always under our lock, since every use of an LRU is. */
static void let_go(void *user, void *value)
{
    vt_tiers *tiers = user;
    node *gone = value;
    if (gone->fate == MOVES) {
        return;
    }
    if (gone->generation != tiers->generation || gone->fate == DROPPED) {
        bury_locked(tiers, gone);
    } else if (gone->tier == VT_TIER_ACTIVE) {
        gone->tier = VT_TIER_RECENT;
        tiers->stats.demotions++;
        /* If this one has no room either, it calls here again, and the value goes a level further. */
        vt_lru_put(tiers->lrus[VT_TIER_RECENT], gone->key, gone->key_length, gone, gone->bytes, NULL);
    } else {
        keep_state_locked(tiers, gone->tier == VT_TIER_RECENT ? make_state(&tiers->ops, gone) : NULL);
        bury_locked(tiers, gone);
    }
}

/* Gives the lock back, then frees what has died meanwhile: a callback may take its time, or use the cache. */
static void unlock(vt_tiers *tiers)
{
    node *dead = tiers->dead;
    tiers->dead = NULL;
    const vt_tiers_ops ops = tiers->ops;
    pthread_mutex_unlock(&tiers->lock);
    while (dead) {
        node *next = dead->next;
        void (*free_content)(void *, void *) = dead->tier == VT_TIER_STATE ? ops.free_state : ops.free_value;
        if (free_content) {
            free_content(ops.user, dead->content);
        }
        free(dead);
        dead = next;
    }
}

vt_tiers *vt_tiers_create(const vt_lru_limits limits[VT_TIER_COUNT], const vt_tiers_ops *ops, vt_error *error)
{
    vt_tiers *tiers = calloc(1, sizeof *tiers);
    if (!tiers) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a cache");
        return NULL;
    }
    tiers->ops = *ops;
    pthread_mutex_init(&tiers->lock, NULL);
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_COUNT; tier++) {
        tiers->lrus[tier] = vt_lru_create(&limits[tier], let_go, tiers, error);
        if (!tiers->lrus[tier]) {
            vt_tiers_free(tiers);
            return NULL;
        }
    }
    return tiers;
}

void vt_tiers_free(vt_tiers *tiers)
{
    if (!tiers) {
        return;
    }
    pthread_mutex_lock(&tiers->lock);
    tiers->generation++;
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_COUNT; tier++) {
        vt_lru_free(tiers->lrus[tier]);
    }
    unlock(tiers);
    pthread_mutex_destroy(&tiers->lock);
    free(tiers);
}

/* Marks what a level has under a key and takes it out; if it is pinned it goes with its last release. */
static bool take_out_locked(vt_tiers *tiers, vt_tier tier, const void *key, size_t key_length)
{
    vt_lru_entry *found = vt_lru_acquire(tiers->lrus[tier], key, key_length);
    if (!found) {
        return false;
    }
    ((node *)vt_lru_value(found))->fate = DROPPED;
    vt_lru_remove(tiers->lrus[tier], key, key_length);
    vt_lru_release(tiers->lrus[tier], found);
    return true;
}

static bool remove_locked(vt_tiers *tiers, const void *key, size_t key_length)
{
    bool found = false;
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_COUNT; tier++) {
        found |= take_out_locked(tiers, tier, key, key_length);
    }
    return found;
}

bool vt_tiers_put(vt_tiers *tiers, const void *key, size_t key_length, void *value, size_t bytes,
                  vt_error *error)
{
    node *fresh = new_node(key, key_length, value, bytes, VT_TIER_ACTIVE);
    pthread_mutex_lock(&tiers->lock);
    remove_locked(tiers, key, key_length);
    bool ok = fresh != NULL;
    if (ok) {
        fresh->generation = tiers->generation;
        ok = vt_lru_put(tiers->lrus[VT_TIER_ACTIVE], key, key_length, fresh, bytes, error);
        if (!ok && vt_lru_contains(tiers->lrus[VT_TIER_RECENT], key, key_length)) {
            ok = true;
            vt_error_clear(error);
        }
    } else {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory for a cache entry");
    }
    unlock(tiers);
    if (!fresh && tiers->ops.free_value) {
        tiers->ops.free_value(tiers->ops.user, value);
    }
    return ok;
}

/* What a level has under a key, as its most recently used; NULL: nothing. */
static node *look_locked(vt_tiers *tiers, vt_tier tier, const void *key, size_t key_length)
{
    vt_lru_entry *found = vt_lru_acquire(tiers->lrus[tier], key, key_length);
    node *content = found ? vt_lru_value(found) : NULL;
    vt_lru_release(tiers->lrus[tier], found);
    return content;
}

/* A recent value is wanted again. If pinned ones leave no room, the put lets it fall back to where it was. */
static void promote_locked(vt_tiers *tiers, node *wanted)
{
    wanted->fate = MOVES;
    vt_lru_remove(tiers->lrus[VT_TIER_RECENT], wanted->key, wanted->key_length);
    wanted->fate = STAYS;
    wanted->tier = VT_TIER_ACTIVE;
    tiers->stats.promotions++;
    vt_lru_put(tiers->lrus[VT_TIER_ACTIVE], wanted->key, wanted->key_length, wanted, wanted->bytes, NULL);
}

vt_tiers_entry *vt_tiers_acquire(vt_tiers *tiers, const void *key, size_t key_length)
{
    pthread_mutex_lock(&tiers->lock);
    node *recent = look_locked(tiers, VT_TIER_RECENT, key, key_length);
    if (recent && recent->pins == 0) {
        promote_locked(tiers, recent);
    }
    vt_lru_entry *found = NULL;
    vt_tier tier = VT_TIER_ACTIVE;
    while (tier < VT_TIER_COUNT && !(found = vt_lru_acquire(tiers->lrus[tier], key, key_length))) {
        tier++;
    }
    if (found) {
        ((node *)vt_lru_value(found))->pins++;
        bool was_recent = recent && tier != VT_TIER_STATE;
        tiers->stats.tiers[was_recent ? VT_TIER_RECENT : tier].hits++;
    } else {
        tiers->stats.misses++;
    }
    unlock(tiers);
    return (vt_tiers_entry *)found;
}

vt_tier vt_tiers_tier(const vt_tiers_entry *entry)
{
    return node_of(entry)->tier;
}

void *vt_tiers_value(const vt_tiers_entry *entry)
{
    const node *held = node_of(entry);
    return held->tier == VT_TIER_STATE ? NULL : held->content;
}

const void *vt_tiers_state(const vt_tiers_entry *entry)
{
    const node *held = node_of(entry);
    return held->tier == VT_TIER_STATE ? held->content : NULL;
}

void vt_tiers_release(vt_tiers *tiers, vt_tiers_entry *entry)
{
    if (entry) {
        pthread_mutex_lock(&tiers->lock);
        node *held = node_of(entry);
        held->pins--;
        vt_lru_release(tiers->lrus[held->tier], to_lru(entry));
        unlock(tiers);
    }
}

bool vt_tiers_demote(vt_tiers *tiers, const void *key, size_t key_length)
{
    pthread_mutex_lock(&tiers->lock);
    const node *found = look_locked(tiers, VT_TIER_ACTIVE, key, key_length);
    bool active = found && found->pins == 0;
    if (active) {
        vt_lru_remove(tiers->lrus[VT_TIER_ACTIVE], key, key_length); /* and let_go puts it one level down */
    }
    unlock(tiers);
    return active;
}

bool vt_tiers_retire(vt_tiers *tiers, const void *key, size_t key_length)
{
    bool retired = false;
    pthread_mutex_lock(&tiers->lock);
    /* By way of the level between, as if there were no room in either. */
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_STATE; tier++) {
        const node *found = look_locked(tiers, tier, key, key_length);
        if (found && found->pins == 0) {
            vt_lru_remove(tiers->lrus[tier], key, key_length);
            retired = true;
        }
    }
    unlock(tiers);
    return retired;
}

bool vt_tiers_remove(vt_tiers *tiers, const void *key, size_t key_length)
{
    pthread_mutex_lock(&tiers->lock);
    bool found = remove_locked(tiers, key, key_length);
    unlock(tiers);
    return found;
}

void vt_tiers_clear(vt_tiers *tiers)
{
    pthread_mutex_lock(&tiers->lock);
    tiers->generation++;
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_COUNT; tier++) {
        vt_lru_clear(tiers->lrus[tier]);
    }
    unlock(tiers);
}

static size_t bytes_locked(const vt_tiers *tiers, vt_tier tier)
{
    vt_lru_stats stats;
    vt_lru_get_stats(tiers->lrus[tier], &stats);
    return stats.bytes;
}

static size_t value_bytes_locked(const vt_tiers *tiers)
{
    return bytes_locked(tiers, VT_TIER_ACTIVE) + bytes_locked(tiers, VT_TIER_RECENT);
}

/* The recent value that was not used for the longest becomes a state, which is made without the lock: a
   thread that wants a value never waits for that. False if none is left that nobody uses. */
static bool retire_oldest(vt_tiers *tiers)
{
    pthread_mutex_lock(&tiers->lock);
    vt_lru_entry *entry = vt_lru_acquire_oldest(tiers->lrus[VT_TIER_RECENT]);
    node *held = entry ? vt_lru_value(entry) : NULL;
    if (held) {
        held->pins++;
    }
    unlock(tiers);
    if (!held) {
        return false;
    }
    node *saved = make_state(&tiers->ops, held);
    pthread_mutex_lock(&tiers->lock);
    bool stays = --held->pins > 0; /* somebody uses it by now */
    bool dropped = held->fate == DROPPED || held->generation != tiers->generation;
    if (!stays && !dropped) {
        held->fate = DROPPED;
        vt_lru_remove(tiers->lrus[VT_TIER_RECENT], held->key, held->key_length);
        keep_state_locked(tiers, saved);
    } else if (saved) {
        bury_locked(tiers, saved);
    }
    vt_lru_release(tiers->lrus[VT_TIER_RECENT], entry);
    unlock(tiers);
    return true;
}

/* The active value that was not used for the longest becomes a recent one. False if none is left that nobody
   uses. */
static bool demote_oldest(vt_tiers *tiers)
{
    pthread_mutex_lock(&tiers->lock);
    vt_lru_entry *entry = vt_lru_acquire_oldest(tiers->lrus[VT_TIER_ACTIVE]);
    if (entry) {
        const node *held = vt_lru_value(entry);
        vt_lru_remove(tiers->lrus[VT_TIER_ACTIVE], held->key, held->key_length);
        vt_lru_release(tiers->lrus[VT_TIER_ACTIVE], entry); /* and let_go puts it one level down */
    }
    unlock(tiers);
    return entry != NULL;
}

static size_t value_bytes(vt_tiers *tiers)
{
    pthread_mutex_lock(&tiers->lock);
    size_t bytes = value_bytes_locked(tiers);
    pthread_mutex_unlock(&tiers->lock);
    return bytes;
}

size_t vt_tiers_trim(vt_tiers *tiers, size_t bytes)
{
    size_t before = value_bytes(tiers), now = before;
    size_t goal = before > bytes ? before - bytes : 0;
    /* One at a time: who draws asks for values meanwhile. */
    while (now > goal && (retire_oldest(tiers) || demote_oldest(tiers))) {
        now = value_bytes(tiers);
    }
    return before > now ? before - now : 0;
}

static bool is_above(vt_tiers *tiers, vt_tier tier, const vt_lru_limits *limit)
{
    vt_lru_stats stats;
    pthread_mutex_lock(&tiers->lock);
    vt_lru_get_stats(tiers->lrus[tier], &stats);
    pthread_mutex_unlock(&tiers->lock);
    return stats.bytes > limit->bytes || stats.entries > limit->entries;
}

bool vt_tiers_set_limits(vt_tiers *tiers, const vt_lru_limits limits[VT_TIER_COUNT], vt_error *error)
{
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_COUNT; tier++) {
        if (limits[tier].entries == 0 || limits[tier].bytes == 0) {
            return vt_error_set(error, VT_ERROR_USAGE, "a cache needs room for an entry and a byte");
        }
    }
    /* Down a level first what no longer fits, then out of the next; the limits then find little to do. */
    while (is_above(tiers, VT_TIER_ACTIVE, &limits[VT_TIER_ACTIVE]) && demote_oldest(tiers)) {
    }
    while (is_above(tiers, VT_TIER_RECENT, &limits[VT_TIER_RECENT]) && retire_oldest(tiers)) {
    }
    bool ok = true;
    pthread_mutex_lock(&tiers->lock);
    for (int tier = VT_TIER_COUNT - 1; tier >= 0; tier--) {
        ok = vt_lru_set_limits(tiers->lrus[tier], &limits[tier], error) && ok;
    }
    unlock(tiers);
    return ok;
}

void vt_tiers_get_stats(vt_tiers *tiers, vt_tiers_stats *stats)
{
    pthread_mutex_lock(&tiers->lock);
    *stats = tiers->stats;
    for (vt_tier tier = VT_TIER_ACTIVE; tier < VT_TIER_COUNT; tier++) {
        vt_lru_stats lru;
        vt_lru_get_stats(tiers->lrus[tier], &lru);
        stats->tiers[tier].entries = lru.entries;
        stats->tiers[tier].bytes = lru.bytes;
        stats->tiers[tier].pinned = lru.pinned;
    }
    unlock(tiers);
}

double vt_tiers_hit_ratio(const vt_tiers_stats *stats)
{
    uint64_t alive = stats->tiers[VT_TIER_ACTIVE].hits + stats->tiers[VT_TIER_RECENT].hits;
    uint64_t asked = alive + stats->tiers[VT_TIER_STATE].hits + stats->misses;
    return asked > 0 ? (double)alive / (double)asked : 0;
}
