/* The built-in files that warm the helper up: they must be of what they stand for, and all formats. */
#include "support/check.h"

#include "app/decoder/warmup.h"
#include "core/decode/format.h"

#include <string.h>

static void every_format_has_a_sample(void **state)
{
    (void)state;
    for (int format = 1; format < VT_FORMAT_COUNT; format++) {
        bool found = false;
        for (size_t i = 0; i < vt_warmup_sample_count; i++) {
            found = found || vt_warmup_samples[i].format == (vt_format)format;
        }
        if (vt_format_get((vt_format)format) && !found) {
            fail_msg("no sample warms up %s", vt_format_get((vt_format)format)->name);
        }
    }
}

static void samples_are_what_they_stand_for(void **state)
{
    (void)state;
    for (size_t i = 0; i < vt_warmup_sample_count; i++) {
        const vt_warmup_sample *sample = &vt_warmup_samples[i];
        vt_error error = VT_ERROR_INIT;
        assert_int_equal(vt_format_sniff(sample->bytes, sample->count, sample->count, sample->format, &error),
                         sample->format);
    }
}

static void all_samples_are_decoded(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    if (!vt_warmup(&error)) {
        fail_msg("%s", error.message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_has_a_sample),
        cmocka_unit_test(samples_are_what_they_stand_for),
        cmocka_unit_test(all_samples_are_decoded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
