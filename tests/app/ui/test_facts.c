/* app/ui/parts/facts: what is told of an item. */
#include "tests/support/check.h"

#include "app/ui/parts/facts.h"
#include "core/base/clock.h"

#include <stdlib.h>
#include <string.h>

static const char *text_of(const vt_fact_list *list, const char *label)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->facts[i].label, label) == 0) {
            return list->facts[i].text;
        }
    }
    return NULL;
}

static void expect(const vt_fact_list *list, const char *label, const char *text)
{
    const char *found = text_of(list, label);
    if (!found || strcmp(found, text) != 0) {
        fail_msg("%s: \"%s\" where \"%s\" was expected", label, found ? found : "nothing", text);
    }
}

static void expect_exposure(double seconds, double f_number, double focal, const char *text)
{
    char words[160];
    vt_metadata metadata = {0};
    vt_metadata_set_number(&metadata, VT_METADATA_EXPOSURE, seconds);
    vt_metadata_set_number(&metadata, VT_METADATA_F_NUMBER, f_number);
    vt_metadata_set_number(&metadata, VT_METADATA_FOCAL, focal);
    assert_string_equal(vt_facts_exposure(words, sizeof words, &metadata), text);
}

static void exposures_read_as_on_the_camera(void **state)
{
    (void)state;
    expect_exposure(0.00025, 1.7999, 4.25, "1/4000 s  f/1.8  4.25 mm");
    expect_exposure(0.25, 0.95, 23, "1/4 s  f/0.95  23 mm");
    expect_exposure(1 / 3.0, 2.8, 1200, "0.3 s  f/2.8  1200 mm");
    expect_exposure(0.76923, 11, 6.8600001, "0.8 s  f/11  6.86 mm");
    expect_exposure(30, 22, 100, "30 s  f/22  100 mm");
    expect_exposure(2.5, 1e-3, 1e-3, "2.5 s  f/0.001  0.001 mm");
}

static void the_orientation_says_how_it_was_turned(void **state)
{
    (void)state;
    static const char *const turns[] = {NULL, "not turned", "mirrored left and right", "turned by 180\u00b0"};
    for (uint8_t orientation = 0; orientation < 12; orientation++) {
        const vt_media_info media = {.kind = VT_KIND_IMAGE, .orientation = orientation};
        vt_fact_list list = {.count = 0};
        vt_facts_build(&(vt_fact_source){.media = &media}, &list);
        assert_true((text_of(&list, "Orientation") != NULL) == (orientation >= 1 && orientation <= 8));
        if (orientation >= 1 && orientation <= 3) {
            expect(&list, "Orientation", turns[orientation]);
        }
        vt_facts_clear(&list);
    }
}

static void a_description_of_several_lines_is_one_text(void **state)
{
    (void)state;
    vt_metadata metadata = {0};
    vt_metadata_set(&metadata, VT_METADATA_DESCRIPTION, "One.\nTwo.", 9);
    vt_fact_list list = {.count = 0};
    vt_facts_build(&(vt_fact_source){.metadata = &metadata}, &list);
    expect(&list, "Description", "One. Two.");
    vt_facts_clear(&list);
}

static void a_picture_tells_its_file_and_its_camera(void **state)
{
    (void)state;
    setenv("TZ", "UTC", 1);
    const vt_item_brief item = {.kind = VT_KIND_IMAGE,
                                .format = VT_FORMAT_JPEG,
                                .width = 4000,
                                .height = 3000,
                                .size = 4120000,
                                .mtime_ns = INT64_C(1700000000) * VT_NS_PER_S};
    vt_metadata metadata = {0};
    vt_metadata_set_taken(&metadata, "2024:05:17 13:01:02", 19);
    vt_metadata_set_offset(&metadata, "+02:00", 6);
    vt_metadata_set(&metadata, VT_METADATA_CAMERA, "NIKON D850", 10);
    vt_metadata_set(&metadata, VT_METADATA_KEYWORDS, "sea", 3);
    vt_metadata_add(&metadata, VT_METADATA_KEYWORDS, "sun", 3);
    vt_metadata_set_number(&metadata, VT_METADATA_EXPOSURE, 0.005);
    vt_metadata_set_number(&metadata, VT_METADATA_F_NUMBER, 2.8);
    vt_metadata_set_number(&metadata, VT_METADATA_ISO, 100);
    vt_metadata_set_position(&metadata, -33.5, 151.25);
    vt_fact_list list = {.count = 0};
    static const char path[] = "/home/me/sea\xff.jpg";
    vt_facts_build(
        &(vt_fact_source){.item = &item, .path = path, .path_length = sizeof path - 1, .metadata = &metadata},
        &list);
    expect(&list, "Folder", "/home/me");
    assert_non_null(strstr(text_of(&list, "Name"), "sea")); /* with a sign for what is no text */
    expect(&list, "Format", "JPEG, 4000 \u00d7 3000, 12.0 megapixels");
    expect(&list, "Size", "4.1 MB");
    expect(&list, "Changed", "2023-11-14 22:13");
    expect(&list, "Taken", "2024-05-17 13:01:02 +02:00");
    expect(&list, "Camera", "NIKON D850");
    expect(&list, "Exposure", "1/200 s  f/2.8  ISO 100");
    expect(&list, "Position", "33.50000\u00b0 S, 151.25000\u00b0 E");
    expect(&list, "Keywords", "sea, sun");
    assert_null(text_of(&list, "Lens"));
    vt_facts_clear(&list);
    assert_int_equal(list.count, 0);
}

static void a_model_tells_its_measures(void **state)
{
    (void)state;
    vt_media_info media = {.kind = VT_KIND_MODEL,
                           .watertight = VT_WATERTIGHT_YES,
                           .triangles = 12,
                           .vertices = 8,
                           .bounds_max = {10, 20, 30},
                           .area = 2200,
                           .volume = 6000};
    vt_fact_list list = {.count = 0};
    vt_facts_build(&(vt_fact_source){.media = &media}, &list);
    expect(&list, "X \u00d7 Y \u00d7 Z", "10 \u00d7 20 \u00d7 30 units");
    expect(&list, "Triangles", "12");
    expect(&list, "Vertices", "8");
    expect(&list, "Surface", "2200 square units");
    expect(&list, "Volume", "6000 cubic units");
    expect(&list, "Watertight", "yes");
    assert_null(text_of(&list, "Left out"));
    vt_facts_clear(&list);
    media.watertight = VT_WATERTIGHT_NO;
    media.dropped_triangles = 3;
    vt_facts_build(&(vt_fact_source){.media = &media}, &list);
    assert_null(text_of(&list, "Volume")); /* an open surface has none */
    expect(&list, "Left out", "3");
    vt_facts_clear(&list);
}

static void what_is_not_known_is_not_told(void **state)
{
    (void)state;
    vt_fact_list list = {.count = 0};
    const vt_metadata nothing = {0};
    char text[64] = "x";
    vt_facts_build(&(vt_fact_source){.metadata = &nothing}, &list);
    assert_int_equal(list.count, 0);
    assert_string_equal(vt_facts_exposure(text, sizeof text, &nothing), "");
    vt_facts_clear(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exposures_read_as_on_the_camera),
        cmocka_unit_test(the_orientation_says_how_it_was_turned),
        cmocka_unit_test(a_description_of_several_lines_is_one_text),
        cmocka_unit_test(a_picture_tells_its_file_and_its_camera),
        cmocka_unit_test(a_model_tells_its_measures),
        cmocka_unit_test(what_is_not_known_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
