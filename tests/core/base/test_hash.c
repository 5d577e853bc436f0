/* The published values of FNV-1a, and that a hash can be had in parts. */
#include "core/base/hash.h"

#include "tests/support/check.h"

static void has_the_published_values(void **state)
{
    (void)state;
    assert_true(vt_hash_add(VT_HASH_INIT, "", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(vt_hash_add(VT_HASH_INIT, "a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(vt_hash_add(VT_HASH_INIT, "foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static void goes_on_where_it_stopped(void **state)
{
    (void)state;
    uint64_t hash = vt_hash_add(vt_hash_add(VT_HASH_INIT, "foo", 3), "bar", 3);
    assert_true(hash == vt_hash_add(VT_HASH_INIT, "foobar", 6));
    assert_true(vt_hash_fold(UINT64_C(0x1234567800000000)) == UINT64_C(0x1234567812345678));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_the_published_values),
        cmocka_unit_test(goes_on_where_it_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
