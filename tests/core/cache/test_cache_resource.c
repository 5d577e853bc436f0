/* core/cache/resource: caches on the list of who holds what, and what they give back. */
#include "tests/support/check.h"

#include "core/cache/resource.h"

static int freed;

static void count_freed(void *user, void *value)
{
    (void)user;
    (void)value;
    freed++;
}

static void an_lru_gives_back_its_oldest(void **state)
{
    (void)state;
    freed = 0;
    vt_lru *lru = vt_lru_create(&(vt_lru_limits){100, 1000}, count_freed, NULL, NULL);
    int value;
    for (int i = 0; i < 10; i++) {
        assert_true(vt_lru_put(lru, &i, sizeof i, &value, 10, NULL));
    }
    vt_registry *registry = vt_registry_create(NULL);
    vt_resource resource = vt_lru_resource(lru, "pictures", 3);
    assert_int_equal(resource.cost, VT_RESOURCE_CACHE);
    assert_int_equal(resource.priority, 3);
    assert_true(vt_registry_add(registry, &resource, NULL) != 0);
    assert_int_equal(vt_registry_bytes(registry), 100);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 25), 30);
    assert_int_equal(freed, 3);
    assert_false(vt_lru_contains(lru, &(int){2}, sizeof(int)));
    assert_true(vt_lru_contains(lru, &(int){3}, sizeof(int)));
    vt_lru_entry *entry = vt_lru_acquire(lru, &(int){3}, sizeof(int));
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, INT64_MAX), 60);
    assert_int_equal(vt_registry_bytes(registry), 10); /* in use */
    vt_lru_release(lru, entry);
    vt_registry_free(registry);
    vt_lru_free(lru);
}

static void tiers_give_back_values(void **state)
{
    (void)state;
    freed = 0;
    const vt_lru_limits limits[VT_TIER_COUNT] = {{2, 100}, {2, 100}, {2, 100}};
    vt_tiers *tiers = vt_tiers_create(limits, &(vt_tiers_ops){.free_value = count_freed}, NULL);
    int value;
    for (int i = 0; i < 4; i++) {
        assert_true(vt_tiers_put(tiers, &i, sizeof i, &value, 10, NULL));
    }
    vt_registry *registry = vt_registry_create(NULL);
    vt_resource resource = vt_tiers_resource(tiers, "panes", 0);
    assert_true(vt_registry_add(registry, &resource, NULL) != 0);
    assert_int_equal(vt_registry_bytes(registry), 40);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, 15), 20);
    assert_int_equal(vt_registry_clean_up(registry, VT_RESOURCE_CACHE, INT64_MAX), 20);
    assert_int_equal(freed, 4);
    vt_registry_free(registry);
    vt_tiers_free(tiers);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_lru_gives_back_its_oldest),
        cmocka_unit_test(tiers_give_back_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
