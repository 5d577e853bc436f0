/* Names of side-cars, and whose they are. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_path.h"

#include <stdlib.h>
#include <string.h>

#define NOBODY VT_SIDECAR_NOBODY

static void check_names(const char *path, const char *full, const char *brief)
{
    char *made = vt_sidecar_path_long(path);
    assert_string_equal(made, full);
    free(made);
    made = vt_sidecar_path_short(path);
    assert_string_equal(made, brief);
    free(made);
}

static void a_file_has_two_names(void **state)
{
    (void)state;
    check_names("/a.b/photo.jpg", "/a.b/photo.jpg.xmp", "/a.b/photo.xmp");
    check_names("/a.b/photo", "/a.b/photo.xmp", "/a.b/photo.xmp");
    check_names(".hidden", ".hidden.xmp", ".hidden.xmp");
    check_names("a.tar.gz", "a.tar.gz.xmp", "a.tar.xmp");
    check_names("\xff\xfe \n.jpg", "\xff\xfe \n.jpg.xmp", "\xff\xfe \n.xmp");
}

static void what_ends_in_xmp_is_one(void **state)
{
    (void)state;
    assert_true(vt_sidecar_path_is_sidecar("/x/a.xmp"));
    assert_true(vt_sidecar_path_is_sidecar("a.jpg.XMP"));
    assert_false(vt_sidecar_path_is_sidecar(".xmp"));
    assert_false(vt_sidecar_path_is_sidecar("a.xmp.jpg"));
    assert_false(vt_sidecar_path_is_sidecar("/a.xmp/b"));
}

static void it_belongs_to_one_file_or_to_nobody(void **state)
{
    (void)state;
    static const char *const pair[] = {"photo.jpg", "photo.raw", "photo.xmp", "photo.jpg.xmp", "other.jpg"};
    assert_int_equal(vt_sidecar_path_owner("photo.jpg.xmp", pair, 5), 0);
    assert_int_equal(vt_sidecar_path_owner("photo.raw.xmp", pair, 5), 1);
    assert_int_equal(vt_sidecar_path_owner("photo.xmp", pair, 5), 1); /* the raw file's */
    assert_int_equal(vt_sidecar_path_owner("other.xmp", pair, 5), 4);
    assert_int_equal(vt_sidecar_path_owner("other.XMP", pair, 5), 4);
    assert_int_equal(vt_sidecar_path_owner("pho.xmp", pair, 5), NOBODY);
    assert_int_equal(vt_sidecar_path_owner("photo.jpg", pair, 5), NOBODY);
    static const char *const pictures[] = {"a.jpg", "a.png", "b.NEF", "b.dng", "b.jpg", "c", "c.jpg"};
    assert_int_equal(vt_sidecar_path_owner("a.xmp", pictures, 7), NOBODY);
    assert_int_equal(vt_sidecar_path_owner("b.xmp", pictures, 7), NOBODY); /* two raw files */
    assert_int_equal(vt_sidecar_path_owner("b.xmp", pictures, 3), 2);
    assert_int_equal(vt_sidecar_path_owner("c.xmp", pictures, 7), 5); /* its long name */
    assert_int_equal(vt_sidecar_path_owner("c.xmp", pictures, 0), NOBODY);
    static const char *const bytes[] = {"\xff\xc3.jpg", "\xff\xc3(.jpg"};
    assert_int_equal(vt_sidecar_path_owner("\xff\xc3.xmp", bytes, 2), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_has_two_names),
        cmocka_unit_test(what_ends_in_xmp_is_one),
        cmocka_unit_test(it_belongs_to_one_file_or_to_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
