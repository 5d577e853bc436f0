#include "core/mesh/distinct.h"

#include "core/mesh/key_log.h"
#include "core/mesh/key_range.h"

#include <stdlib.h>
#include <string.h>

#define RECENT (1 << 15)

struct vt_distinct {
    vt_key_log *log;
    uint64_t logged;
    uint64_t tidy_at; /* keys logged that are worth reducing, so that no more memory is used than needed */
    vt_key_range range;
    bool out_of_memory;
    uint64_t count;          /* of the rounds before */
    uint64_t recent[RECENT]; /* keys noted lately, by their lower bits: they need not be written down again */
};

vt_distinct *vt_distinct_create(uint64_t most, uint64_t bytes)
{
    vt_distinct *distinct = calloc(1, sizeof *distinct);
    if (distinct) {
        distinct->range = vt_key_range_all();
        distinct->log = vt_key_log_create(most, bytes);
        distinct->recent[0] = 1; /* no place holds a key that belongs there: 0 belongs here */
    }
    if (distinct && !distinct->log) {
        free(distinct);
        return NULL;
    }
    if (distinct) {
        /* Around each vertex of a closed surface are six triangles. */
        distinct->tidy_at = most / 4;
    }
    return distinct;
}

void vt_distinct_free(vt_distinct *distinct)
{
    if (distinct) {
        vt_key_log_free(distinct->log);
        free(distinct);
    }
}

/* Leaves each key in the log once. A log that stays half full is soon full again: then it overflows. */
static void make_room(vt_distinct *distinct)
{
    distinct->logged = vt_key_log_reduce(distinct->log);
    distinct->out_of_memory = distinct->logged == UINT64_MAX;
    distinct->range.overflowed = distinct->logged > vt_key_log_room(distinct->log) / 4 * 3;
    if (distinct->logged > distinct->tidy_at / 2) {
        distinct->tidy_at = distinct->logged * 2;
    }
}

void vt_distinct_note(vt_distinct *distinct, const uint64_t *keys, size_t count)
{
    uint64_t picked[VT_DISTINCT_BATCH];
    size_t found = vt_key_range_pick(&distinct->range, keys, count, picked);
    if (distinct->range.overflowed || distinct->out_of_memory) {
        return;
    }
    size_t fresh = 0;
    for (size_t i = 0; i < found; i++) {
        uint64_t key = picked[i];
        uint64_t *recent = &distinct->recent[key % RECENT];
        picked[fresh] = key;
        fresh += *recent != key;
        *recent = key;
    }
    uint64_t room = vt_key_log_room(distinct->log);
    uint64_t most = distinct->tidy_at < room ? distinct->tidy_at : room;
    if (distinct->logged + fresh > most) {
        make_room(distinct);
    }
    distinct->logged += fresh;
    distinct->range.overflowed |= !vt_key_log_write(distinct->log, picked, fresh);
}

bool vt_distinct_next_round(vt_distinct *distinct, bool *more)
{
    if (!distinct->range.overflowed && !distinct->out_of_memory) {
        uint64_t different = vt_key_log_count(distinct->log, NULL, NULL);
        distinct->out_of_memory = different == UINT64_MAX;
        distinct->count += different;
    }
    /* A log may be filled to three quarters with different keys. */
    *more = vt_key_range_next(&distinct->range, vt_key_log_room(distinct->log) / 4 * 3);
    distinct->logged = 0;
    vt_key_log_clear(distinct->log);
    memset(distinct->recent, 0, sizeof distinct->recent);
    distinct->recent[0] = 1;
    return !distinct->out_of_memory;
}

uint64_t vt_distinct_count(const vt_distinct *distinct)
{
    return distinct->count;
}
