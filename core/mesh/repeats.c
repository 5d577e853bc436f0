#include "core/mesh/repeats.h"

#include "core/mesh/key_log.h"
#include "core/mesh/key_range.h"

#include <stdlib.h>

#define SUSPECTS_MOST 4096
#define SUSPECT_SLOTS (SUSPECTS_MOST * 4)

/* An open-addressing set of a few thousand keys; 0: empty. */
typedef struct key_set {
    uint64_t slots[SUSPECT_SLOTS];
    size_t count;
} key_set;

struct vt_repeats {
    vt_key_log *log;
    uint64_t logged;
    vt_key_range range;

    key_set suspects; /* what is kept of keys that may have come twice */
    key_set seen;     /* suspects' whole keys, in the last round */
    bool counting;    /* this is the last round */
    bool found;
};

vt_repeats *vt_repeats_create(uint64_t most, uint64_t bytes)
{
    vt_repeats *repeats = calloc(1, sizeof *repeats);
    if (repeats) {
        repeats->range = vt_key_range_all();
        repeats->log = vt_key_log_create(most, bytes);
    }
    if (repeats && !repeats->log) {
        free(repeats);
        repeats = NULL;
    }
    return repeats;
}

void vt_repeats_free(vt_repeats *repeats)
{
    if (repeats) {
        vt_key_log_free(repeats->log);
        free(repeats);
    }
}

/* The place of `key`, or the empty one where it belongs. */
static uint64_t *find(key_set *set, uint64_t key)
{
    size_t slot = (size_t)(key >> 32) % SUSPECT_SLOTS;
    while (set->slots[slot] != 0 && set->slots[slot] != key) {
        slot = (slot + 1) % SUSPECT_SLOTS;
    }
    return &set->slots[slot];
}

/* False if it is there already, or if there are too many. */
static bool add(key_set *set, uint64_t key)
{
    uint64_t *slot = find(set, key);
    if (*slot != 0 || set->count == SUSPECTS_MOST) {
        return false;
    }
    *slot = key;
    set->count++;
    return true;
}

/* What the log keeps of a key, which is never 0. */
static uint64_t kept_of(uint64_t key)
{
    return key >> 8 << 8 | 1;
}

/* More suspects than are listed are no coincidence: some of them are repeats, and one of those is enough. */
static void list_suspect(void *user, uint64_t key)
{
    vt_repeats *repeats = user;
    (void)add(&repeats->suspects, kept_of(key));
}

static void count_suspects(vt_repeats *repeats, const uint64_t *keys, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (*find(&repeats->suspects, kept_of(keys[i])) != 0) {
            repeats->found |= !add(&repeats->seen, keys[i] | (keys[i] == 0));
        }
    }
}

void vt_repeats_note(vt_repeats *repeats, const uint64_t *keys, size_t count)
{
    if (repeats->counting) {
        count_suspects(repeats, keys, count);
        return;
    }
    uint64_t picked[VT_REPEATS_BATCH];
    size_t found = vt_key_range_pick(&repeats->range, keys, count, picked);
    repeats->logged += found;
    repeats->range.overflowed |= repeats->logged > vt_key_log_room(repeats->log);
    if (!repeats->range.overflowed) {
        repeats->range.overflowed = !vt_key_log_write(repeats->log, picked, found);
    }
}

bool vt_repeats_next_round(vt_repeats *repeats, bool *more)
{
    *more = false;
    if (repeats->counting) {
        return true;
    }
    if (!repeats->range.overflowed && vt_key_log_count(repeats->log, list_suspect, repeats) == UINT64_MAX) {
        return false;
    }
    repeats->logged = 0;
    vt_key_log_clear(repeats->log);
    *more = vt_key_range_next(&repeats->range, vt_key_log_room(repeats->log));
    if (!*more) {
        repeats->counting = repeats->suspects.count > 0;
        *more = repeats->counting;
    }
    return true;
}

bool vt_repeats_found(const vt_repeats *repeats)
{
    return repeats->found;
}
