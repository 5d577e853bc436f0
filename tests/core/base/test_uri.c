/* Paths to URIs and back, whatever their bytes. */
#include "tests/support/check.h"

#include "core/base/uri.h"

#include <stdlib.h>
#include <string.h>

static void expect_path(const char *uri, const char *path)
{
    char *found = vt_uri_to_path(uri, strlen(uri));
    if (path) {
        assert_non_null(found);
        assert_string_equal(found, path);
    } else {
        assert_null(found);
    }
    free(found);
}

static void reads_local_uris(void **state)
{
    (void)state;
    expect_path("file:///home/ada/a.jpg", "/home/ada/a.jpg");
    expect_path("file://localhost/a%20b", "/a b");
    expect_path("file:///%ff%C3%A9", "/\xff\xc3\xa9");
}

static void refuses_others(void **state)
{
    (void)state;
    expect_path("http://example.org/a", NULL);
    expect_path("file://host/a", NULL);
    expect_path("file:///a%2", NULL);
    expect_path("file:///a%zz", NULL);
    expect_path("file:///a%00b", NULL);
    expect_path("file://", NULL);
    expect_path("", NULL);
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    char path[257] = "/";
    for (int i = 1; i < 256; i++) {
        path[i] = (char)i;
    }
    vt_str uri = VT_STR_INIT;
    vt_uri_from_path(path, 256, &uri);
    assert_true(vt_utf8_valid(uri.data, uri.length));
    expect_path(uri.data, path);
    vt_str_free(&uri);
}

/* Byte for byte what GLib makes of that path (gio info). */
static void writes_what_other_programs_write(void **state)
{
    (void)state;
    static const char path[] = "/a;b=c&d$e@f!g(h)i*j+k,l:m~n\"o#p<q>r[s]t^u`v{w|x}y'z \xc3\xa9";
    vt_str uri = VT_STR_INIT;
    vt_uri_from_path(path, strlen(path), &uri);
    assert_string_equal(uri.data,
                        "file:///a%3Bb=c&d$e@f!g(h)i*j+k,l:m~n%22o%23p%3Cq%3Er%5Bs%5Dt%5Eu%60v%7Bw%7Cx"
                        "%7Dy'z%20%C3%A9");
    vt_str_free(&uri);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_local_uris),
        cmocka_unit_test(refuses_others),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(writes_what_other_programs_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
