/* Values and states of a cache as letters, and what became of them: for tests of core/cache/tiers. One cache
   at a time; one thread. */
#ifndef VT_TESTS_TIER_LETTERS_H
#define VT_TESTS_TIER_LETTERS_H

#include "tests/support/check.h"

#include "core/cache/tiers.h"

#include <stdlib.h>
#include <string.h>

/* Values and states are letters. Those freed are written down. */
static char freed[64], states_freed[64];
static size_t state_bytes;
static vt_tiers *tiers;

static inline void note(char *text, const char *letter)
{
    size_t length = strlen(text);
    text[length] = *letter;
    text[length + 1] = '\0';
}

static inline void free_value(void *user, void *value)
{
    (void)user;
    note(freed, value);
    free(value);
}

static inline char *letter(char c)
{
    char *value = malloc(1);
    assert_non_null(value);
    *value = c;
    return value;
}

/* The state of 'a' is 'A'; 'z' leaves none. */
static inline void *save_state(void *user, const void *value, size_t *bytes)
{
    (void)user;
    char c = *(const char *)value;
    *bytes = state_bytes;
    return c == 'z' ? NULL : letter((char)(c - 'a' + 'A'));
}

static inline void free_state(void *user, void *state)
{
    (void)user;
    note(states_freed, state);
    free(state);
}

static const vt_tiers_ops ops = {free_value, save_state, free_state, NULL};

static inline void make(size_t active, size_t recent, size_t states)
{
    const vt_lru_limits limits[VT_TIER_COUNT] = {{active, 100}, {recent, 100}, {states, 10}};
    freed[0] = states_freed[0] = '\0';
    state_bytes = 1;
    tiers = vt_tiers_create(limits, &ops, NULL);
    assert_non_null(tiers);
}

static inline bool put(char c, size_t bytes, vt_error *error)
{
    return vt_tiers_put(tiers, &c, 1, letter(c), bytes, error);
}

static inline vt_tiers_entry *get(char c)
{
    return vt_tiers_acquire(tiers, &c, 1);
}

/* What is under that key: its letter, the capital one for a state, '-' for nothing. */
static inline char look(char c)
{
    vt_tiers_entry *entry = get(c);
    if (!entry) {
        return '-';
    }
    bool is_state = vt_tiers_tier(entry) == VT_TIER_STATE;
    assert_int_equal(vt_tiers_value(entry) == NULL, is_state);
    assert_int_equal(vt_tiers_state(entry) != NULL, is_state);
    char found = is_state ? *(const char *)vt_tiers_state(entry) : *(char *)vt_tiers_value(entry);
    vt_tiers_release(tiers, entry);
    return found;
}

static inline vt_tiers_stats stats_now(void)
{
    vt_tiers_stats stats;
    vt_tiers_get_stats(tiers, &stats);
    return stats;
}

static inline void expect_entries(size_t active, size_t recent, size_t states)
{
    vt_tiers_stats stats = stats_now();
    assert_int_equal(stats.tiers[VT_TIER_ACTIVE].entries, active);
    assert_int_equal(stats.tiers[VT_TIER_RECENT].entries, recent);
    assert_int_equal(stats.tiers[VT_TIER_STATE].entries, states);
}

#endif
