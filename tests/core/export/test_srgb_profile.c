/* core/export/srgb_profile: another library reads it as sRGB. */
#include "tests/support/check.h"

#include "core/export/srgb_profile.h"

#include <stdlib.h>
#include <string.h>

#include <lcms2.h>

static void it_is_srgb_to_little_cms(void **state)
{
    (void)state;
    uint8_t bytes[VT_SRGB_PROFILE_BYTES];
    vt_srgb_profile_make(bytes);
    cmsHPROFILE ours = cmsOpenProfileFromMem(bytes, sizeof bytes);
    cmsHPROFILE theirs = cmsCreate_sRGBProfile();
    assert_non_null(ours);
    assert_true(cmsIsMatrixShaper(ours));
    assert_int_equal(cmsGetColorSpace(ours), cmsSigRgbData);
    assert_int_equal(cmsGetDeviceClass(ours), cmsSigDisplayClass);
    cmsHTRANSFORM transform = cmsCreateTransform(ours, TYPE_RGB_16, theirs, TYPE_RGB_16,
                                                 INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
    assert_non_null(transform);
    int most = 0;
    for (int i = 0; i < 17 * 17 * 17; i++) {
        const uint16_t from[3] = {(uint16_t)(i % 17 * 4095), (uint16_t)(i / 17 % 17 * 4095),
                                  (uint16_t)(i / 289 * 4095)};
        uint16_t to[3];
        cmsDoTransform(transform, from, to, 1);
        for (int c = 0; c < 3; c++) {
            int difference = abs((int)from[c] - (int)to[c]);
            most = difference > most ? difference : most;
        }
    }
    assert_true(most < 65535 / 255 / 2); /* less than half a step of 8 bits */
    cmsDeleteTransform(transform);
    cmsCloseProfile(theirs);
    cmsCloseProfile(ours);
}

static void its_length_and_tags_are_as_it_says(void **state)
{
    (void)state;
    char text[16];
    uint8_t bytes[VT_SRGB_PROFILE_BYTES];
    vt_srgb_profile_make(bytes);
    assert_int_equal(bytes[2] << 8 | bytes[3], VT_SRGB_PROFILE_BYTES);
    assert_int_equal(bytes[131], 10);
    size_t end = 0;
    for (int i = 0; i < 10; i++) {
        const uint8_t *row = bytes + 132 + (size_t)i * 12;
        size_t from = (size_t)row[6] << 8 | row[7];
        size_t size = (size_t)row[10] << 8 | row[11];
        assert_int_equal(from % 4, 0);
        end = from + size > end ? from + size : end;
    }
    assert_int_equal(end, sizeof bytes); /* nothing behind, nothing left over */
    cmsHPROFILE ours = cmsOpenProfileFromMem(bytes, sizeof bytes);
    assert_true(cmsGetProfileInfoASCII(ours, cmsInfoDescription, "en", "US", text, sizeof text) > 0);
    assert_string_equal(text, "sRGB");
    assert_non_null(cmsReadTag(ours, cmsSigChromaticAdaptationTag));
    assert_non_null(cmsReadTag(ours, cmsSigCopyrightTag));
    cmsCloseProfile(ours);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_srgb_to_little_cms),
        cmocka_unit_test(its_length_and_tags_are_as_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
