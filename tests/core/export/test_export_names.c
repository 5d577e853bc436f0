/* The names an export will give are those it gives: each is compared with the copy that follows. */
#include "tests/support/failing_memory.h"

#include "tests/support/check.h"

#include "core/base/path.h"
#include "core/export/export_copy.h"
#include "core/export/export_names.h"
#include "tests/support/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
    char *root, *source, *to; /* owned */
    int folder;
} here;

static int set_up(void **state)
{
    (void)state;
    here.root = files_temporary_folder();
    here.source = strdup(files_path(here.root, "source"));
    here.to = strdup(files_folder(here.root, "to"));
    files_write(here.source, "x", 1);
    here.folder = open(here.to, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    close(here.folder);
    files_remove(here.root);
    free(here.source);
    free(here.to);
    return 0;
}

/* How many of `wanted` are promised a number, each under the name that the copy has then. */
static int promise_and_copy(const char *const *wanted, size_t count)
{
    const char *promised[16];
    int taken = 0;
    vt_export_names *names = vt_export_names_create(here.folder, NULL);
    for (size_t i = 0; i < count; i++) {
        bool numbered = false;
        promised[i] = vt_export_names_give(names, wanted[i], &numbered, NULL);
        assert_int_equal(numbered, strcmp(promised[i], wanted[i]) != 0);
        taken += numbered;
    }
    for (size_t i = 0; i < count; i++) {
        vt_str made = VT_STR_INIT;
        assert_true(vt_export_copy(here.source, here.to, wanted[i], NULL, &made, NULL, NULL));
        assert_string_equal(vt_path_name(made.data), promised[i]);
        vt_str_free(&made);
    }
    vt_export_names_free(names);
    return taken;
}

static void what_is_promised_is_given(void **state)
{
    (void)state;
    static const char *const wanted[] = {"a.png", "b.png", "a.png", "a (2).png", "a.png", "c", "c"};
    files_write(files_path(here.to, "b.png"), "", 0);
    files_write(files_path(here.to, "b (2).png"), "", 0);
    assert_int_equal(symlink("/no/such/file", files_path(here.to, "c")), 0);
    /* b (3), a (2), a (2) (2), for its own name was given away, a (3), c (2), c (3) */
    assert_int_equal(promise_and_copy(wanted, 7), 6);
}

static void many_names_and_no_folder(void **state)
{
    (void)state;
    vt_export_names *names = vt_export_names_create(-1, NULL);
    int taken = 0;
    for (int i = 0; i < 4000; i++) {
        bool numbered = false;
        char name[32];
        snprintf(name, sizeof name, "%d.png", i % 1000);
        assert_non_null(vt_export_names_give(names, name, &numbered, NULL));
        taken += numbered;
    }
    vt_export_names_free(names);
    assert_int_equal(taken, 3000);
}

static void numbers_that_are_used_up_are_told(void **state)
{
    (void)state;
    bool numbered = false;
    vt_export_names *names = vt_export_names_create(-1, NULL);
    for (int i = 0; i < VT_EXPORT_NAMES_MAX; i++) {
        assert_non_null(vt_export_names_give(names, "a", &numbered, NULL));
    }
    assert_string_equal(vt_export_names_give(names, "a", &numbered, NULL), "a");
    assert_true(numbered);
    vt_export_names_free(names);
}

/* Asks for so many names that the table grows. */
static bool ask_for_many(vt_error *error)
{
    bool numbered = false;
    vt_export_names *names = vt_export_names_create(-1, error);
    bool good = names != NULL;
    for (int i = 0; good && i < 300; i++) {
        const char name[] = {'a', (char)('0' + i / 100), (char)('0' + i / 10 % 10), (char)('0' + i % 10), 0};
        good = vt_export_names_give(names, name, &numbered, error) != NULL;
    }
    vt_export_names_free(names);
    return good;
}

static void without_memory_it_says_so(void **state)
{
    (void)state;
    if (!memory_can_fail()) {
        return;
    }
    for (long n = 0;; n++) {
        vt_error error = VT_ERROR_INIT;
        long before = memory_in_use();
        memory_fails_after(n);
        bool good = ask_for_many(&error);
        memory_recovers();
        assert_int_equal(memory_in_use(), before);
        if (good) {
            assert_true(n > 3);
            return;
        }
        assert_int_equal(error.code, VT_ERROR_MEMORY);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_promised_is_given, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_names_and_no_folder, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers_that_are_used_up_are_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_memory_it_says_so, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
