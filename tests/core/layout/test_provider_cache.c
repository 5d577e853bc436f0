/* core/layout/provider_cache: where objects come from, states that come back, limits, ages, stale ones,
 * pools. */
#include "tests/support/check.h"

#include "core/layout/provider_cache.h"
#include "tests/support/random.h"

#include <stdlib.h>
#include <string.h>

#define SECOND INT64_C(1000000000)

/* A view that only knows what it shows and how far it is scrolled. */
typedef struct view {
    char provider[32];
    int scroll;
    size_t bytes;
} view;

static int alive;         /* views */
static bool refuse;       /* to make or configure any */
static char outdated[32]; /* what is shown of this is not so any more */

static void *view_create(void *user, vt_error *error)
{
    (void)user;
    if (refuse) {
        vt_error_set(error, VT_ERROR_IO, "no views today");
        return NULL;
    }
    alive++;
    return calloc(1, sizeof(view));
}

static bool view_configure(void *user, void *object, const void *data, vt_error *error)
{
    (void)user;
    (void)error;
    view *shown = object;
    assert_int_equal(shown->scroll, 0); /* a pooled one was reset */
    (void)snprintf(shown->provider, sizeof shown->provider, "%s", (const char *)data);
    return true;
}

static void view_reset(void *user, void *object)
{
    (void)user;
    memset(object, 0, sizeof(view));
}

static void view_destroy(void *user, void *object)
{
    (void)user;
    alive--;
    free(object);
}

/* Where a view is scrolled to; one at the top leaves nothing to be kept. */
static void *view_save(void *user, const void *object, size_t *length)
{
    (void)user;
    const view *shown = object;
    int *state = shown->scroll ? malloc(sizeof *state) : NULL;
    if (state) {
        *state = shown->scroll;
        *length = sizeof *state;
    }
    return state;
}

static void view_restore(void *user, void *object, const void *bytes, size_t length)
{
    (void)user;
    if (length == sizeof(int)) {
        memcpy(&((view *)object)->scroll, bytes, length);
    }
}

static size_t view_bytes(void *user, const void *object)
{
    (void)user;
    return ((const view *)object)->bytes;
}

static bool view_valid(void *user, const void *object, const char *provider)
{
    (void)user;
    assert_string_equal(((const view *)object)->provider, provider);
    return strcmp(provider, outdated) != 0;
}

static const vt_object_ops ops = {.name = "view",
                                  .create = view_create,
                                  .configure = view_configure,
                                  .reset = view_reset,
                                  .destroy = view_destroy};
static const vt_provider_type types[] = {
    {"browse", &ops, 2, view_save, view_restore, view_bytes, view_valid, NULL},
    {"image", &ops, 2, NULL, NULL, NULL, NULL, NULL},
};
static const vt_provider_limits limits = {.in_use = 100,
                                          .recent = {3, 100000},
                                          .states = {5, 100000},
                                          .recent_ns = 10 * SECOND,
                                          .state_ns = 60 * SECOND};

static vt_provider_cache *make(const vt_provider_limits *how)
{
    alive = 0;
    refuse = false;
    outdated[0] = '\0';
    vt_provider_cache *cache = vt_provider_cache_create(types, 2, how, NULL);
    assert_non_null(cache);
    return cache;
}

static void finish(vt_provider_cache *cache)
{
    vt_provider_cache_free(cache);
    assert_int_equal(alive, 0);
}

static vt_provided *get(vt_provider_cache *cache, const char *provider, int64_t now,
                        vt_provider_source source)
{
    vt_error error = VT_ERROR_INIT;
    vt_provided *provided = vt_provider_cache_acquire(cache, provider, NULL, 0, now, &error);
    if (!provided) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(vt_provided_source(provided), source);
    assert_string_equal(vt_provided_id(provided), provider);
    assert_string_equal(((view *)vt_provided_object(provided))->provider, provider);
    return provided;
}

static int *scroll_of(vt_provided *provided)
{
    return &((view *)vt_provided_object(provided))->scroll;
}

static vt_provider_stats stats_of(vt_provider_cache *cache)
{
    vt_provider_stats stats;
    vt_provider_cache_get_stats(cache, &stats);
    return stats;
}

static void test_three_levels(void **state)
{
    (void)state;
    vt_provider_cache *cache = make(&limits);
    char name[16];
    for (int i = 0; i < 6; i++) { /* three stay alive, of three the state is kept */
        (void)snprintf(name, sizeof name, "browse:%d", i);
        vt_provided *provided = get(cache, name, i, VT_PROVIDER_FRESH);
        *scroll_of(provided) = 100 + i;
        vt_provider_cache_release(cache, provided, i);
    }
    vt_provider_stats stats = stats_of(cache);
    assert_int_equal(stats.recent, 3);
    assert_int_equal(stats.states, 3);
    assert_int_equal(stats.in_use, 0);
    assert_int_equal(stats.created, 4); /* those that fell out were used again */
    assert_int_equal(stats.reused, 2);
    assert_int_equal(alive, 4);
    vt_provided *recent = get(cache, "browse:5", 10, VT_PROVIDER_RECENT);
    assert_int_equal(*scroll_of(recent), 105);
    vt_provided *restored = get(cache, "browse:0", 10, VT_PROVIDER_RESTORED);
    assert_int_equal(*scroll_of(restored), 100);
    assert_int_equal(stats_of(cache).states, 2); /* it is an object again */
    size_t length = 0;
    int *saved = vt_provided_save(restored, &length);
    assert_int_equal(length, sizeof *saved);
    assert_int_equal(*saved, 100);
    free(saved);
    vt_provider_cache_release(cache, recent, 11);
    vt_provider_cache_release(cache, restored, 11);
    vt_provider_cache_release(cache, NULL, 11);
    finish(cache);
    vt_provider_cache_free(NULL);
}

static void test_a_given_state(void **state)
{
    (void)state;
    vt_provider_cache *cache = make(&limits);
    const int scroll = 77;
    vt_provided *provided = vt_provider_cache_acquire(cache, "browse:a", &scroll, sizeof scroll, 1, NULL);
    assert_non_null(provided);
    assert_int_equal(vt_provided_source(provided), VT_PROVIDER_GIVEN);
    assert_int_equal(*scroll_of(provided), 77);
    *scroll_of(provided) = 78;
    vt_provider_cache_release(cache, provided, 1);
    /* What is known here is newer. */
    provided = vt_provider_cache_acquire(cache, "browse:a", &scroll, sizeof scroll, 2, NULL);
    assert_int_equal(*scroll_of(provided), 78);
    vt_provider_cache_release(cache, provided, 2);
    /* Bytes that make no sense. */
    provided = vt_provider_cache_acquire(cache, "browse:b", "x", 1, 2, NULL);
    assert_int_equal(*scroll_of(provided), 0);
    vt_provider_cache_release(cache, provided, 2);
    finish(cache);
}

/* Two panes that show the same have a view each, and each finds its own again. */
static void test_several_panes_show_the_same(void **state)
{
    (void)state;
    vt_provider_cache *cache = make(&limits);
    vt_provided *shown[3];
    for (int i = 0; i < 3; i++) {
        shown[i] = get(cache, "browse:a", 1, VT_PROVIDER_FRESH);
        *scroll_of(shown[i]) = i + 1;
    }
    assert_ptr_not_equal(vt_provided_object(shown[0]), vt_provided_object(shown[1]));
    vt_provider_cache_release(cache, shown[1], 2);
    vt_provided *again = get(cache, "browse:a", 3, VT_PROVIDER_RECENT);
    assert_int_equal(*scroll_of(again), 2);
    vt_provider_cache_release(cache, again, 3);
    vt_provider_cache_release(cache, shown[0], 3);
    vt_provider_cache_release(cache, shown[2], 3);
    assert_int_equal(stats_of(cache).recent, 3);
    finish(cache);
}

static void test_ages(void **state)
{
    (void)state;
    vt_provider_cache *cache = make(&limits);
    vt_provided *a = get(cache, "browse:a", 0, VT_PROVIDER_FRESH),
                *b = get(cache, "browse:b", 0, VT_PROVIDER_FRESH);
    vt_provided *used = get(cache, "browse:c", 0, VT_PROVIDER_FRESH);
    *scroll_of(a) = 1; /* b is at its top */
    vt_provider_cache_release(cache, a, 0);
    vt_provider_cache_release(cache, b, 5 * SECOND);
    assert_int_equal(vt_provider_cache_clean(cache, 10 * SECOND - 1), 0);
    assert_int_equal(vt_provider_cache_clean(cache, 10 * SECOND), 1);
    assert_int_equal(stats_of(cache).states, 1);
    assert_int_equal(stats_of(cache).recent, 1);
    assert_int_equal(vt_provider_cache_clean(cache, 100 * SECOND), 2); /* b, and the state of a */
    vt_provider_stats stats = stats_of(cache);
    assert_int_equal(stats.states, 0); /* b left none */
    assert_int_equal(stats.retired, 2);
    assert_int_equal(stats.expired, 1);
    assert_int_equal(stats.in_use, 1); /* what is in use is never too old */
    vt_provider_cache_release(cache, used, 100 * SECOND);
    finish(cache);

    vt_provider_limits forever = limits;
    forever.recent_ns = forever.state_ns = 0;
    cache = make(&forever);
    vt_provider_cache_release(cache, get(cache, "browse:a", 0, VT_PROVIDER_FRESH), 0);
    assert_int_equal(vt_provider_cache_clean(cache, INT64_MAX), 0);
    finish(cache);
}

static bool is_browse_a(void *user, const char *provider)
{
    (void)user;
    return strcmp(provider, "browse:a") == 0;
}

static void test_stale_ones(void **state)
{
    (void)state;
    vt_provider_cache *cache = make(&limits);
    vt_provided *a = get(cache, "browse:a", 1, VT_PROVIDER_FRESH);
    *scroll_of(a) = 5;
    vt_provider_cache_release(cache, a, 1);
    (void)snprintf(outdated, sizeof outdated, "browse:a"); /* found when it is wanted */
    a = get(cache, "browse:a", 2, VT_PROVIDER_FRESH);
    assert_int_equal(*scroll_of(a), 0);
    assert_int_equal(stats_of(cache).invalidated, 1);
    outdated[0] = '\0';
    vt_provider_cache_release(cache, a, 2);
    /* Declared: one that is unseen goes, one in use when it is released, others not. */
    vt_provided *one = get(cache, "browse:a", 3, VT_PROVIDER_RECENT),
                *two = get(cache, "browse:a", 3, VT_PROVIDER_FRESH);
    vt_provided *other = get(cache, "browse:b", 3, VT_PROVIDER_FRESH);
    vt_provider_cache_release(cache, other, 3);
    vt_provider_cache_release(cache, two, 3);
    assert_int_equal(vt_provider_cache_invalidate(cache, is_browse_a, NULL, false), 2);
    assert_int_equal(stats_of(cache).recent, 1);
    assert_int_equal(vt_provider_cache_invalidate(cache, is_browse_a, NULL, false), 0);
    vt_provider_cache_release(cache, one, 4);
    assert_int_equal(stats_of(cache).recent, 1);
    /* States are about views, not about what is in them: they go only if that is asked for. */
    a = get(cache, "browse:a", 5, VT_PROVIDER_FRESH);
    *scroll_of(a) = 9;
    vt_provider_cache_release(cache, a, 5);
    assert_int_equal(vt_provider_cache_clean(cache, 20 * SECOND), 2);
    assert_int_equal(vt_provider_cache_invalidate(cache, is_browse_a, NULL, false), 0);
    assert_int_equal(stats_of(cache).states, 1);
    assert_int_equal(vt_provider_cache_invalidate(cache, is_browse_a, NULL, true), 1);
    assert_int_equal(stats_of(cache).states, 0);
    finish(cache);
}

static void test_bytes_grow_while_in_use(void **state)
{
    (void)state;
    vt_provider_cache *cache = make(&limits);
    static const char *const names[] = {"browse:a", "browse:b"};
    for (int i = 0; i < 2; i++) {
        vt_provided *provided = get(cache, names[i], 1, VT_PROVIDER_FRESH);
        ((view *)vt_provided_object(provided))->bytes = 60000;
        *scroll_of(provided) = i + 1;
        vt_provider_cache_release(cache, provided, 1);
    }
    vt_provider_stats stats = stats_of(cache); /* two are more than 100,000 */
    assert_int_equal(stats.recent, 1);
    assert_int_equal(stats.states, 1);
    assert_in_range(stats.recent_bytes, 60000, 61000);
    vt_provided *provided = get(cache, "browse:b", 2, VT_PROVIDER_RECENT);
    ((view *)vt_provided_object(provided))->bytes = 200000; /* more than fits at all: its state remains */
    vt_provider_cache_release(cache, provided, 2);
    assert_int_equal(stats_of(cache).recent, 0);
    assert_int_equal(*scroll_of(provided = get(cache, "browse:b", 3, VT_PROVIDER_RESTORED)), 2);
    vt_provider_cache_release(cache, provided, 3);
    /* Pressure: objects go, states stay. */
    assert_true(vt_provider_cache_trim(cache, SIZE_MAX) > 0);
    stats = stats_of(cache);
    assert_int_equal(stats.recent, 0);
    assert_int_equal(stats.states, 2);
    assert_int_equal(alive, 0);
    finish(cache);
}

static void test_room_can_change(void **state)
{
    (void)state;
    vt_provider_cache *cache = make(&limits);
    static const char *const names[] = {"browse:a", "browse:b"};
    for (int i = 0; i < 2; i++) {
        vt_provided *provided = get(cache, names[i], 1, VT_PROVIDER_FRESH);
        ((view *)vt_provided_object(provided))->bytes = 40000;
        *scroll_of(provided) = i + 1;
        vt_provider_cache_release(cache, provided, 1);
    }
    assert_int_equal(stats_of(cache).recent, 2);
    vt_provider_cache_set_room(cache, 50000);
    assert_int_equal(stats_of(cache).recent, 1);
    assert_int_equal(stats_of(cache).states, 1);
    vt_provider_cache_set_room(cache, 1000000);
    vt_provided *provided = get(cache, "browse:a", 2, VT_PROVIDER_RESTORED); /* what was seen is not lost */
    assert_int_equal(*scroll_of(provided), 1);
    ((view *)vt_provided_object(provided))->bytes = 300000; /* more than there was room for at first */
    vt_provider_cache_release(cache, provided, 2);
    assert_int_equal(stats_of(cache).recent, 2);
    vt_provider_cache_set_room(cache, 0); /* the least there is */
    assert_int_equal(stats_of(cache).recent, 0);
    finish(cache);
}

static void test_refusals(void **state)
{
    (void)state;
    vt_provider_limits two = limits;
    two.in_use = 2;
    vt_provider_cache *cache = make(&two);
    vt_error error = VT_ERROR_INIT;
    static const char *const unknown[] = {"movie:a", "brows:a", "browse", "", ":a"};
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        assert_null(vt_provider_cache_acquire(cache, unknown[i], NULL, 0, 1, &error));
        assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    }
    vt_provided *a = get(cache, "browse:a", 1, VT_PROVIDER_FRESH),
                *b = get(cache, "image:b", 1, VT_PROVIDER_FRESH);
    assert_null(vt_provider_cache_acquire(cache, "browse:c", NULL, 0, 1, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_provider_cache_release(cache, b, 1);
    refuse = true;
    assert_null(vt_provider_cache_acquire(cache, "browse:c", NULL, 0, 1, &error));
    assert_int_equal(error.code, VT_ERROR_IO);
    assert_false(vt_provider_cache_prewarm(cache, "browse", 1, &error));
    assert_int_equal(error.code, VT_ERROR_IO);
    refuse = false;
    assert_true(vt_provider_cache_prewarm(cache, "browse", 1, NULL));
    assert_false(vt_provider_cache_prewarm(cache, "movie", 1, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    vt_provided *c = get(cache, "browse:c", 1, VT_PROVIDER_FRESH);
    assert_int_equal(stats_of(cache).reused, 1); /* made ahead */
    vt_provider_cache_release(cache, a, 1);
    vt_provider_cache_release(cache, c, 1);
    finish(cache);
    const vt_provider_type twice[] = {types[0], types[0]};
    assert_null(vt_provider_cache_create(twice, 2, &limits, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_provider_limits none = limits;
    none.recent.entries = 0;
    assert_null(vt_provider_cache_create(types, 2, &none, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

/* Whatever panes do: limits are kept, states come back as they were, nothing is lost or freed twice. */
static void test_many_random_steps(void **state)
{
    (void)state;
    enum { PROVIDERS = 24, SHOWN = 10 };
    vt_provider_cache *cache = make(&limits);
    vt_provided *shown[SHOWN] = {NULL};
    int64_t now = 0;
    char name[16];
    for (int step = 0; step < 50000; step++) {
        now += (int64_t)(random_next() % 1000) * SECOND / 1000;
        unsigned place = random_next() % SHOWN;
        vt_provider_cache_release(cache, shown[place], now);
        unsigned provider = random_next() % PROVIDERS;
        (void)snprintf(name, sizeof name, "browse:%u", provider);
        shown[place] = vt_provider_cache_acquire(cache, name, NULL, 0, now, NULL);
        assert_non_null(shown[place]);
        int scroll = *scroll_of(shown[place]);
        assert_true(scroll == 0 || scroll / 1000 == (int)provider + 1);
        assert_true((vt_provided_source(shown[place]) == VT_PROVIDER_FRESH) == (scroll == 0));
        *scroll_of(shown[place]) = (int)((provider + 1) * 1000 + random_next() % 1000);
        ((view *)vt_provided_object(shown[place]))->bytes = random_next() % 50000;
        switch (random_next() % 50) {
        case 0:
            vt_provider_cache_trim(cache, random_next() % 100000);
            break;
        case 1:
            vt_provider_cache_invalidate(cache, is_browse_a, NULL, random_next() % 2);
            break;
        case 2:
            vt_provider_cache_clean(cache, now);
            break;
        default:
            break;
        }
        vt_provider_stats stats = stats_of(cache);
        assert_true(stats.recent <= limits.recent.entries && stats.recent_bytes <= limits.recent.bytes);
        assert_true(stats.states <= limits.states.entries && stats.state_bytes <= limits.states.bytes);
        assert_true((size_t)alive <= SHOWN + limits.recent.entries + types[0].idle);
    }
    for (int i = 0; i < SHOWN; i++) {
        vt_provider_cache_release(cache, shown[i], now);
    }
    finish(cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_three_levels),
                                       cmocka_unit_test(test_a_given_state),
                                       cmocka_unit_test(test_several_panes_show_the_same),
                                       cmocka_unit_test(test_ages),
                                       cmocka_unit_test(test_stale_ones),
                                       cmocka_unit_test(test_bytes_grow_while_in_use),
                                       cmocka_unit_test(test_room_can_change),
                                       cmocka_unit_test(test_refusals),
                                       cmocka_unit_test(test_many_random_steps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
