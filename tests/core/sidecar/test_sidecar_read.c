/* Side-cars of other programs, two at once, and what is wrong with some. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_read.h"
#include "tests/core/sidecar/asking.h"
#include "tests/core/sidecar/samples.h"
#include "tests/support/files.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ALL (VT_SIDECAR_RATING | VT_SIDECAR_LABEL | VT_SIDECAR_TITLE | VT_SIDECAR_NOTES | VT_SIDECAR_TAGS)

#define PACKET(attributes, elements)                                                                         \
    "<rdf:RDF xmlns:rdf='" RDF_NAMESPACE "' xmlns:xmp='http://ns.adobe.com/xap/1.0/'"                        \
    " xmlns:dc='http://purl.org/dc/elements/1.1/'><rdf:Description " attributes ">" elements                 \
    "</rdf:Description></rdf:RDF>"

static int set_up(void **state)
{
    *state = files_temporary_folder();
    return 0;
}

static int tear_down(void **state)
{
    files_remove(*state);
    return 0;
}

static void write_at(const char *path, const char *text, long seconds)
{
    const struct timespec times[] = {{seconds, 0}, {seconds, 0}};
    files_write(path, text, strlen(text));
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void check_tags(const vt_sidecar *s, const char *const *expected, size_t count)
{
    assert_int_equal(s->marks.tags.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(s->marks.tags.list[i], expected[i]);
    }
}

static void check_fault(const char *folder, const char *text, size_t count, vt_error_code code)
{
    const char *path = files_path(folder, "a.jpg.xmp");
    vt_sidecar s;
    files_write(path, text, count);
    assert_true(vt_sidecar_read(files_path(folder, "a.jpg"), false, here(), &s, NULL));
    assert_string_equal(vt_error_code_name(s.part[VT_SIDECAR_LONG].error.code), vt_error_code_name(code));
    assert_non_null(strstr(s.part[VT_SIDECAR_LONG].error.message, "a.jpg.xmp"));
    assert_int_equal(s.marks.known, 0);
    assert_int_equal(s.marks.tags.count, 0);
    vt_sidecar_free(&s);
    size_t size;
    char *left = files_read(path, &size);
    assert_int_equal(size, count);
    assert_memory_equal(left, text, count);
    free(left);
}

static void of_digikam(void **state)
{
    static const char *const tags[] = {"Places/Germany/Berlin", "Boats"};
    vt_sidecar s;
    write_at(files_path(*state, "a.jpg.xmp"), digikam, 1000);
    assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), true, here(), &s, NULL));
    assert_int_equal(s.marks.known, ALL & ~VT_SIDECAR_NOTES);
    assert_int_equal(s.marks.rating, 3);
    assert_string_equal(s.marks.label, "Orange");
    assert_string_equal(s.marks.title, "On the Spree");
    assert_string_equal(s.marks.notes, "");
    check_tags(&s, tags, 2);
    assert_int_equal(s.part[VT_SIDECAR_LONG].kept, 3);
    assert_true(s.part[VT_SIDECAR_LONG].stamp.there);
    assert_int_equal(s.part[VT_SIDECAR_LONG].stamp.size, strlen(digikam));
    assert_false(s.part[VT_SIDECAR_SHORT].stamp.there);
    assert_int_equal(s.part[VT_SIDECAR_SHORT].error.code, VT_ERROR_NONE);
    vt_sidecar_free(&s);
}

static void of_lightroom_and_only_for_its_extension(void **state)
{
    static const char *const tags[] = {"birds/heron", "AC\u2215DC", "river"};
    vt_sidecar s;
    write_at(files_path(*state, "a.xmp"), lightroom, 1000);
    assert_true(vt_sidecar_read(files_path(*state, "a.cr2"), true, here(), &s, NULL));
    assert_int_equal(s.marks.known, ALL & ~VT_SIDECAR_TITLE);
    assert_int_equal(s.marks.rating, 5);
    assert_string_equal(s.marks.label, "Red");
    assert_string_equal(s.marks.notes, "Early & cold");
    check_tags(&s, tags, 3);
    assert_true(s.metadata.known & VT_METADATA_EXPOSURE);
    assert_int_equal(s.part[VT_SIDECAR_SHORT].kept, 3);
    vt_sidecar_free(&s);
    assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), true, here(), &s, NULL));
    assert_int_equal(s.marks.known, 0);
    assert_null(s.part[VT_SIDECAR_SHORT].path);
    vt_sidecar_free(&s);
    assert_true(vt_sidecar_read(files_path(*state, "a.cr2"), false, here(), &s, NULL));
    assert_int_equal(s.marks.known, 0);
    vt_sidecar_free(&s);
}

static void of_darktable(void **state)
{
    static const char *const tags[] = {"places/oslo"};
    vt_sidecar s;
    write_at(files_path(*state, "\xff\xfe.jpg.xmp"), darktable, 1000); /* a name that is not UTF-8 */
    assert_true(vt_sidecar_read(files_path(*state, "\xff\xfe.jpg"), true, here(), &s, NULL));
    assert_int_equal(s.marks.known, VT_SIDECAR_RATING | VT_SIDECAR_TAGS);
    assert_int_equal(s.marks.rating, -1);
    check_tags(&s, tags, 1);
    vt_sidecar_free(&s);
}

static void of_two_the_newer_wins_and_tags_are_united(void **state)
{
    static const char older[] = PACKET("xmp:Rating='2' xmp:Label='Blue' dc:title='Old'",
                                       "<dc:subject><rdf:Bag><rdf:li>Berlin</rdf:li><rdf:li>old</rdf:li>"
                                       "</rdf:Bag></dc:subject><dc:description>Notes</dc:description>");
    static const char newer[] = PACKET("xmp:Rating='4' xmp:Label=''",
                                       "<dc:subject><rdf:Bag><rdf:li>new</rdf:li></rdf:Bag></dc:subject>");
    static const char *const tags[] = {"new", "Berlin", "old"};
    const char *names[] = {"a.jpg.xmp", "a.xmp"};
    for (int turn = 0; turn < 2; turn++) { /* whichever of the names it has */
        vt_sidecar s;
        write_at(files_path(*state, names[turn]), older, 1000);
        write_at(files_path(*state, names[!turn]), newer, 2000);
        assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), true, here(), &s, NULL));
        assert_int_equal(s.marks.known, ALL);
        assert_int_equal(s.marks.rating, 4);
        assert_string_equal(s.marks.label, ""); /* it says so */
        assert_string_equal(s.marks.title, "Old");
        assert_string_equal(s.marks.notes, "Notes");
        check_tags(&s, tags, 3);
        assert_int_equal(s.metadata.rating, 4);
        vt_sidecar_free(&s);
    }
    vt_sidecar s;
    write_at(files_path(*state, "a.jpg.xmp"), older, 2000); /* of the same age: the long name */
    assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), true, here(), &s, NULL));
    vt_sidecar_free(&s);
    write_at(files_path(*state, "a.xmp"), newer, 2000);
    assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), true, here(), &s, NULL));
    assert_int_equal(s.marks.rating, 2);
    vt_sidecar_free(&s);
}

static void a_word_that_is_a_level_in_the_other_side_car_is_no_tag(void **state)
{
    static const char words[] =
        PACKET("", "<dc:subject><rdf:Bag><rdf:li>Berlin</rdf:li></rdf:Bag></dc:subject>");
    static const char *const tags[] = {"Places/Germany/Berlin", "Boats"};
    vt_sidecar s;
    write_at(files_path(*state, "a.jpg.xmp"), digikam, 1000);
    write_at(files_path(*state, "a.xmp"), words, 2000);
    assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), true, here(), &s, NULL));
    check_tags(&s, tags, 2);
    vt_sidecar_free(&s);
}

static void one_that_is_broken_leaves_the_other(void **state)
{
    vt_sidecar s;
    write_at(files_path(*state, "a.jpg.xmp"), digikam, 1000);
    write_at(files_path(*state, "a.xmp"), "<x", 2000);
    assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), true, here(), &s, NULL));
    assert_int_equal(s.marks.rating, 3);
    assert_int_equal(s.part[VT_SIDECAR_LONG].error.code, VT_ERROR_NONE);
    assert_int_equal(s.part[VT_SIDECAR_SHORT].error.code, VT_ERROR_CORRUPT);
    vt_sidecar_free(&s);
}

static void utf16_is_read_as_the_same(void **state)
{
    static const char *const tags[] = {"Places/Germany/Berlin", "Boats"};
    char wide[2 * sizeof digikam] = "\xff\xfe";
    for (size_t i = 0; i < sizeof digikam - 1; i++) {
        wide[2 + 2 * i] = digikam[i];
    }
    files_write(files_path(*state, "a.jpg.xmp"), wide, sizeof wide);
    vt_sidecar s;
    assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), false, here(), &s, NULL));
    assert_int_equal(s.part[VT_SIDECAR_LONG].error.code, VT_ERROR_NONE);
    assert_int_equal(s.marks.rating, 3);
    check_tags(&s, tags, 2);
    vt_sidecar_free(&s);
}

static void broken_ones_are_told_and_left_alone(void **state)
{
    static const char laughs[] = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
                                 "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>]>" PACKET("xmp:Label='&c;'", "&c;");
    static const char undeclared[] = PACKET("xmp:Rating='3'", "<a:b/>");
    static const char twice[] = PACKET("xmp:Rating='3' xmp:Rating='4'", "");
    static const char bytes[] = PACKET("xmp:Label='\xff'", "");
    check_fault(*state, "", 0, VT_ERROR_EMPTY);
    check_fault(*state, "\0\0\0", 3, VT_ERROR_EMPTY);
    check_fault(*state, "rating 5", 8, VT_ERROR_CORRUPT);
    check_fault(*state, "<html/>", 7, VT_ERROR_CORRUPT);
    check_fault(*state, laughs, sizeof laughs - 1, VT_ERROR_CORRUPT);
    check_fault(*state, undeclared, sizeof undeclared - 1, VT_ERROR_CORRUPT);
    check_fault(*state, twice, sizeof twice - 1, VT_ERROR_CORRUPT);
    check_fault(*state, bytes, sizeof bytes - 1, VT_ERROR_CORRUPT);
    char wide[2 * sizeof digikam] = "\xff\xfe";
    for (size_t i = 0; i < sizeof digikam - 1; i++) {
        wide[2 + 2 * i] = digikam[i];
    }
    check_fault(*state, wide + 2, sizeof wide - 2, VT_ERROR_UNSUPPORTED); /* without its mark */
    check_fault(*state, "\xff\xfe\0\0<\0\0\0", 8, VT_ERROR_UNSUPPORTED);  /* UTF-32 */
    check_fault(*state, "\xff\xfe\x3c\xd8<\0", 6, VT_ERROR_CORRUPT);      /* half a character */
    for (size_t cut = 1; cut + 25 < sizeof digikam; cut += 37) {          /* before the last end tag */
        check_fault(*state, digikam, cut, VT_ERROR_CORRUPT);
    }
}

static void limits_are_told(void **state)
{
    enum { LARGE = 10 << 20, DEEP = 64, MANY = VT_SIDECAR_TAGS_MAX + 1 };
    char *text = calloc(1, LARGE + 1);
    assert_non_null(text);
    memset(text, ' ', LARGE);
    memcpy(text, digikam, sizeof digikam - 1);
    check_fault(*state, text, LARGE, VT_ERROR_LIMIT);
    check_fault(*state, text, VT_SIDECAR_BYTES_MAX + 1, VT_ERROR_LIMIT);
    char *at = text;
    for (int i = 0; i < DEEP; i++) {
        at += sprintf(at, "<a>");
    }
    check_fault(*state, text, strlen(text), VT_ERROR_LIMIT);
    at = text + sprintf(text,
                        "<r:RDF xmlns:r='%s' xmlns:d='http://purl.org/dc/elements/1.1/'><r:Description>"
                        "<d:subject><r:Bag>",
                        RDF_NAMESPACE);
    for (int i = 0; i < MANY; i++) {
        at += sprintf(at, "<r:li>t%d</r:li>", i);
    }
    sprintf(at, "</r:Bag></d:subject></r:Description></r:RDF>");
    check_fault(*state, text, strlen(text), VT_ERROR_LIMIT);
    free(text);
}

static void what_is_no_file_is_not_read(void **state)
{
    vt_sidecar s;
    const char *path = files_path(*state, "a.jpg.xmp");
    const char *target = files_path(*state, "target");
    files_write(target, digikam, strlen(digikam));
    assert_int_equal(symlink(target, path), 0);
    for (int i = 0; i < 3; i++) {
        assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), false, here(), &s, NULL));
        assert_int_equal(s.part[VT_SIDECAR_LONG].error.code, VT_ERROR_NOT_REGULAR);
        assert_int_equal(s.marks.known, 0);
        vt_sidecar_free(&s);
        path = files_path(*state, "a.jpg.xmp");
        assert_int_equal(remove(path), 0);
        assert_int_equal(i == 0 ? mkfifo(path, 0600) : mkdir(path, 0700), 0);
    }
}

static void controls_and_marks_of_direction_do_not_come_through(void **state)
{
    static const char text[] =
        PACKET("xmp:Label=' a&#9;b&#x202e; c '",
               "<dc:title>&#10; One&#13;two </dc:title><dc:description>a&#10;b</dc:description>");
    vt_sidecar s;
    write_at(files_path(*state, "a.jpg.xmp"), text, 1000);
    assert_true(vt_sidecar_read(files_path(*state, "a.jpg"), false, here(), &s, NULL));
    assert_string_equal(s.marks.label, "a b  c");
    assert_string_equal(s.marks.title, "One two");
    assert_string_equal(s.marks.notes, "a\nb");
    vt_sidecar_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(of_digikam, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_lightroom_and_only_for_its_extension, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_darktable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(of_two_the_newer_wins_and_tags_are_united, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_word_that_is_a_level_in_the_other_side_car_is_no_tag, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(one_that_is_broken_leaves_the_other, set_up, tear_down),
        cmocka_unit_test_setup_teardown(utf16_is_read_as_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_ones_are_told_and_left_alone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(limits_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_file_is_not_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(controls_and_marks_of_direction_do_not_come_through, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
