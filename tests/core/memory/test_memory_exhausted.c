/* core/memory when memory has run out: creation fails cleanly, and all else works without any. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "core/memory/governor.h"

#define MB VT_MEMORY_MB

static int64_t held = 260 * MB;

static int64_t used(void *user)
{
    (void)user;
    return held;
}

static bool no_system(void *user, vt_system_memory *memory)
{
    (void)user;
    (void)memory;
    return false;
}

static int64_t give_back(void *user, int64_t bytes)
{
    (void)user;
    held -= bytes;
    return bytes;
}

static void clean_ups_need_no_memory(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
    vt_error error = VT_ERROR_INIT;
    memory_fails_after(0);
    vt_registry *registry = vt_registry_create(&error);
    memory_recovers();
    assert_null(registry);
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    registry = vt_registry_create(NULL);
    assert_non_null(registry);
    vt_governor_options options = {.registry = registry, .used = used, .system = no_system};
    vt_error_clear(&error);
    memory_fails_after(0);
    vt_governor *governor = vt_governor_create(&options, &error);
    memory_recovers();
    assert_null(governor);
    assert_int_equal(error.code, VT_ERROR_MEMORY);
    governor = vt_governor_create(&options, NULL);
    assert_non_null(governor);

    vt_resource resource = {.name = "cache", .cost = VT_RESOURCE_CACHE, .clean_up = give_back};
    long before = memory_in_use();
    memory_fails_after(0);
    for (int i = 0; i < VT_REGISTRY_RESOURCES_MAX; i++) {
        resource.priority = -i; /* in the wrong order, so that they are sorted */
        vt_registry_add(registry, &resource, NULL);
    }
    bool sampled = vt_governor_sample(governor, 1);
    memory_recovers();
    assert_true(sampled);
    assert_true(held < 200 * MB);
    assert_int_equal(memory_in_use(), before);
    vt_governor_free(governor);
    vt_registry_free(registry);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_ups_need_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
