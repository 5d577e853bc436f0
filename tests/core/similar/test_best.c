#include "tests/support/check.h"

#include "core/similar/best.h"

#include <stdlib.h>
#include <string.h>

static bool is_copy(const char *name)
{
    return vt_best_is_copy_name(name, strlen(name));
}

static void names_that_say_so_are_copies(void **state)
{
    (void)state;
    static const char *const copies[] = {
        "beach copy.jpg",  "Copy of beach.jpg", "beach - Copy (3).jpg", "beach_copy2.jpg",
        "Kopie von b.png", "beach (2).jpg",     "beach(12).jpg",        "copy"};
    static const char *const originals[] = {"beach.jpg",    "copyright.jpg",  "photocopyist.jpg", "(2).jpg",
                                            "2 beach.jpg",  "b (x).jpg",      "beach (2019).jpg", "",
                                            "photo.copy", /* an extension */
                                            "IMG_0001.JPG", "Microscopie.jpg"};
    for (size_t i = 0; i < sizeof copies / sizeof *copies; i++) {
        if (!is_copy(copies[i])) {
            fail_msg("%s is a copy", copies[i]);
        }
    }
    for (size_t i = 0; i < sizeof originals / sizeof *originals; i++) {
        if (is_copy(originals[i])) {
            fail_msg("%s is no copy", originals[i]);
        }
    }
}

static void the_first_difference_decides(void **state)
{
    (void)state;
    vt_best_item items[] = {
        {.pixels = 100, .size = 9, .mtime_ns = 1, .row = 0},
        {.pixels = 200, .size = 1, .mtime_ns = 9, .row = 1, .named_copy = true},
        {.pixels = 200, .size = 1, .mtime_ns = 5, .row = 2},
        {.pixels = 200, .size = 1, .mtime_ns = 4, .row = 3},
        {.pixels = 200, .size = 2, .mtime_ns = 4, .row = 5},
        {.pixels = 200, .size = 2, .mtime_ns = 4, .row = 4},
    };
    static const uint32_t wanted[] = {4, 5, 3, 2, 1, 0};
    qsort(items, 6, sizeof *items, vt_best_compare);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(items[i].row, wanted[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_that_say_so_are_copies),
        cmocka_unit_test(the_first_difference_decides),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
