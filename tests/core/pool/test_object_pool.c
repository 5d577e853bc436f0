/* core/pool/object_pool: reuse, limits, faults of create and configure. */
#include "tests/support/check.h"

#include "core/pool/object_pool.h"

#include <stdlib.h>

typedef struct object {
    int shows;
} object;

typedef struct factory {
    int alive, resets;
    int create_allowed; /* then it fails */
} factory;

static void *create(void *user, vt_error *error)
{
    factory *self = user;
    if (self->create_allowed-- <= 0) {
        vt_error_set(error, VT_ERROR_MEMORY, "no more");
        return NULL;
    }
    self->alive++;
    return calloc(1, sizeof(object));
}

static bool configure(void *user, void *at, const void *data, vt_error *error)
{
    (void)user;
    int number = *(const int *)data;
    if (number < 0) {
        return vt_error_set(error, VT_ERROR_CORRUPT, "cannot show %d", number);
    }
    ((object *)at)->shows = number;
    return true;
}

static void reset(void *user, void *at)
{
    ((factory *)user)->resets++;
    ((object *)at)->shows = 0;
}

static void destroy(void *user, void *at)
{
    ((factory *)user)->alive--;
    free(at);
}

static const vt_object_ops object_ops = {.name = "object",
                                         .create = create,
                                         .configure = configure,
                                         .reset = reset,
                                         .destroy = destroy,
                                         .bytes = 100};
static const vt_object_ops bare_ops = {.name = "bare object", .create = create, .destroy = destroy};

static void released_objects_are_used_again(void **state)
{
    (void)state;
    factory self = {.create_allowed = 100};
    vt_object_pool *pool = vt_object_pool_create(&object_ops, &self, &(vt_object_pool_limits){3, 2}, NULL);
    assert_non_null(pool);
    object *objects[3];
    for (int i = 0; i < 3; i++) {
        objects[i] = vt_object_pool_acquire(pool, &(int){i + 10}, NULL);
        assert_non_null(objects[i]);
        assert_int_equal(objects[i]->shows, i + 10);
    }
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_object_pool_acquire(pool, &(int){1}, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);

    assert_true(vt_object_pool_release(pool, objects[0]));
    assert_int_equal(objects[0]->shows, 0);
    assert_true(vt_object_pool_release(pool, objects[1]));
    assert_false(vt_object_pool_release(pool, objects[1]));                      /* idle already */
    assert_ptr_equal(vt_object_pool_acquire(pool, &(int){7}, NULL), objects[1]); /* the last one first */
    assert_true(vt_object_pool_release(pool, objects[1]));
    assert_true(vt_object_pool_release(pool, objects[2])); /* surplus: destroyed */
    assert_int_equal(self.alive, 2);
    assert_false(vt_object_pool_release(pool, NULL));
    int stranger;
    assert_false(vt_object_pool_release(pool, &stranger)); /* none is in use */

    vt_object_pool_stats stats;
    vt_object_pool_get_stats(pool, &stats);
    assert_int_equal(stats.in_use, 0);
    assert_int_equal(stats.idle, 2);
    assert_int_equal(stats.in_use_peak, 3);
    assert_int_equal(stats.created, 3);
    assert_int_equal(stats.destroyed, 1);
    assert_int_equal(stats.acquired, 4);
    assert_int_equal(stats.reused, 1);
    assert_int_equal(stats.released, 4);
    assert_int_equal(stats.refused, 1);
    assert_int_equal(self.resets, 4);
    vt_object_pool_trim(pool, 1);
    assert_int_equal(self.alive, 1);
    vt_object_pool_free(pool);
    assert_int_equal(self.alive, 0);
    vt_object_pool_free(NULL);
}

static void prewarmed_objects_cost_no_creation(void **state)
{
    (void)state;
    factory self = {.create_allowed = 4};
    vt_object_pool *pool = vt_object_pool_create(&bare_ops, &self, &(vt_object_pool_limits){6, 5}, NULL);
    assert_true(vt_object_pool_prewarm(pool, 3, NULL));
    assert_int_equal(self.alive, 3);
    void *object = vt_object_pool_acquire(pool, NULL, NULL);
    vt_object_pool_stats stats;
    vt_object_pool_get_stats(pool, &stats);
    assert_int_equal(stats.reused, 1);
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_object_pool_prewarm(pool, 6, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    vt_error_clear(&error);
    assert_false(vt_object_pool_prewarm(pool, 5, &error)); /* the factory gives out */
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    vt_object_pool_get_stats(pool, &stats);
    assert_int_equal(stats.idle, 3); /* what was made stays */
    assert_true(vt_object_pool_release(pool, object));
    vt_object_pool_free(pool);
    assert_int_equal(self.alive, 0);
}

static void faults_are_passed_on(void **state)
{
    (void)state;
    factory self = {.create_allowed = 1};
    vt_object_pool *pool = vt_object_pool_create(&object_ops, &self, &(vt_object_pool_limits){6, 5}, NULL);
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_object_pool_acquire(pool, &(int){-1}, &error));
    assert_int_equal(error.code, VT_ERROR_CORRUPT);
    vt_object_pool_stats stats;
    vt_object_pool_get_stats(pool, &stats);
    assert_int_equal(stats.idle, 1); /* back in the pool */
    void *object = vt_object_pool_acquire(pool, &(int){1}, &error);
    assert_non_null(object);
    assert_null(vt_object_pool_acquire(pool, &(int){1}, &error));
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    vt_object_pool_get_stats(pool, &stats);
    assert_int_equal(stats.refused, 2);
    vt_object_pool_release(pool, object);
    vt_object_pool_free(pool);
    assert_int_equal(self.alive, 0);
}

static void limits_must_make_sense(void **state)
{
    (void)state;
    const vt_object_pool_limits cases[] = {{0, 0}, {2, 3}};
    for (int i = 0; i < 2; i++) {
        vt_error error = VT_ERROR_INIT;
        assert_null(vt_object_pool_create(&object_ops, NULL, &cases[i], &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    /* No idle ones: every release destroys. */
    factory self = {.create_allowed = 5};
    vt_object_pool *pool = vt_object_pool_create(&object_ops, &self, &(vt_object_pool_limits){1, 0}, NULL);
    void *object = vt_object_pool_acquire(pool, &(int){1}, NULL);
    assert_true(vt_object_pool_release(pool, object));
    assert_int_equal(self.alive, 0);
    assert_non_null(object = vt_object_pool_acquire(pool, &(int){1}, NULL));
    vt_object_pool_release(pool, object);
    vt_object_pool_free(pool);
}

/* What the tables say of one, for each that is alive in any pool. */
static void all_pools_are_weighed_together(void **state)
{
    (void)state;
    factory self = {.create_allowed = 20};
    const vt_object_pool_limits limits = {.live = 4, .idle = 2};
    const int number = 1;
    size_t before = vt_object_pool_total();
    vt_object_pool *one = vt_object_pool_create(&object_ops, &self, &limits, NULL);
    vt_object_pool *other = vt_object_pool_create(&object_ops, &self, &limits, NULL);
    vt_object_pool *bare = vt_object_pool_create(&bare_ops, &self, &limits, NULL);
    assert_true(vt_object_pool_prewarm(one, 2, NULL));
    assert_true(vt_object_pool_prewarm(bare, 2, NULL)); /* nobody knows what these hold */
    assert_int_equal(vt_object_pool_total() - before, 200);
    void *object = vt_object_pool_acquire(other, &number, NULL);
    assert_non_null(object);
    assert_int_equal(vt_object_pool_total() - before, 300);
    vt_object_pool_trim(one, 1);
    assert_true(vt_object_pool_release(other, object));
    assert_int_equal(vt_object_pool_total() - before, 200);
    vt_object_pool_free(one);
    vt_object_pool_free(other);
    vt_object_pool_free(bare);
    assert_int_equal(vt_object_pool_total(), before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(released_objects_are_used_again),
        cmocka_unit_test(prewarmed_objects_cost_no_creation),
        cmocka_unit_test(faults_are_passed_on),
        cmocka_unit_test(limits_must_make_sense),
        cmocka_unit_test(all_pools_are_weighed_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
