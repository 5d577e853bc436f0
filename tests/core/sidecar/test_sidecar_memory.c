/* Memory that runs out at any allocation is an error of its own, and nothing leaks. */
#include "tests/support/check.h"

#include "core/sidecar/sidecar_edit.h"
#include "core/sidecar/sidecar_write.h"
#include "tests/core/sidecar/asking.h"
#include "tests/core/sidecar/samples.h"
#include "tests/support/failing_memory.h"
#include "tests/support/files.h"

#include <string.h>

enum { STEPS_MAX = 20000 };

static const char *const tags[] = {"Boats", "Places/Norway/Oslo"};
static const vt_sidecar_change change = {.fields = VT_SIDECAR_RATING | VT_SIDECAR_LABEL | VT_SIDECAR_TITLE |
                                                   VT_SIDECAR_NOTES | VT_SIDECAR_TAGS,
                                         .rating = 2,
                                         .label = "L",
                                         .title = "T",
                                         .notes = "N",
                                         .tags = tags,
                                         .tag_count = 2};

static void reading_tells(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("SKIPPED: memory cannot be made to run out under a sanitizer\n");
        skip();
    }
    char *folder = files_temporary_folder();
    const char *path = files_path(folder, "a.jpg");
    files_write(files_path(folder, "a.jpg.xmp"), digikam, strlen(digikam));
    files_write(files_path(folder, "a.xmp"), darktable, strlen(darktable));
    long before = memory_in_use();
    bool whole = false;
    long n = 0;
    for (; !whole && n < STEPS_MAX; n++) {
        vt_sidecar s;
        vt_error error = VT_ERROR_INIT;
        memory_fails_after(n);
        bool done = vt_sidecar_read(path, true, here(), &s, &error);
        bool ran_out = memory_ran_out();
        memory_recovers();
        whole = done && !ran_out;
        /* Either all is known, or somebody says why it is not. */
        assert_true(done ? !ran_out || s.part[0].error.code == VT_ERROR_MEMORY ||
                               s.part[1].error.code == VT_ERROR_MEMORY || s.marks.tags.count == 3
                         : error.code == VT_ERROR_MEMORY);
        vt_sidecar_free(&s);
        assert_int_equal(memory_in_use(), before);
    }
    assert_true(whole && n > 10);
    files_remove(folder);
}

static void editing_tells(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        print_message("SKIPPED: memory cannot be made to run out under a sanitizer\n");
        skip();
    }
    long before = memory_in_use();
    bool whole = false;
    long n = 0;
    for (; !whole && n < STEPS_MAX; n++) {
        vt_str result = VT_STR_INIT;
        vt_error error = VT_ERROR_INIT;
        memory_fails_after(n);
        whole = vt_sidecar_edit(darktable, strlen(darktable), &change, &result, &error);
        memory_recovers();
        assert_true(whole || error.code == VT_ERROR_MEMORY);
        vt_str_free(&result);
        assert_int_equal(memory_in_use(), before);
    }
    assert_true(whole && n > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reading_tells),
        cmocka_unit_test(editing_tells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
