/* core/files when memory runs out, at each allocation in turn: nothing is half done, nothing leaks. */
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include "core/files/move.h"
#include "core/files/rename_pattern.h"
#include "core/files/rename_plan.h"
#include "core/files/trash.h"
#include "tests/support/files.h"

#include <string.h>

static void need_failing_memory(void)
{
    if (!memory_can_fail()) {
        print_message("the sanitizer brings its own malloc\n");
        skip();
    }
}

static void the_trash_fails_before_it_moves(void **state)
{
    (void)state;
    need_failing_memory();
    char *root = files_temporary_folder();
    char *home = strdup(files_path(root, "Trash"));
    char *path = strdup(files_path(root, "a.png"));
    files_write(path, "mine", 4);
    bool done = false;
    long n = 0;
    for (; !done; n++) {
        vt_trashed trashed;
        vt_error error = VT_ERROR_INIT;
        long before = memory_in_use();
        memory_fails_after(n);
        done = vt_trash_move(home, path, 0, &trashed, &error);
        memory_recovers();
        if (!done) {
            assert_int_equal(error.code, VT_ERROR_MEMORY);
            assert_int_equal(memory_in_use(), before);
            assert_true(vt_move_is_there(path));
            assert_false(vt_move_is_there(files_path(home, "info/a.png.trashinfo")));
            continue;
        }
        bool back = false;
        for (long m = 0; !back; m++) {
            before = memory_in_use();
            memory_fails_after(m);
            back = vt_trash_restore(&trashed, &error);
            memory_recovers();
            assert_int_equal(memory_in_use(), before);
            assert_true(vt_move_is_there(back ? path : trashed.file));
        }
        vt_trashed_clear(&trashed);
    }
    assert_true(n > 5);
    free(home);
    free(path);
    files_remove(root);
}

/* glibc leaks a block where newlocale() lacks memory, so no letters are changed by the pattern here.
   Makes a plan by a pattern, carries it out and undoes it; false wherever memory is short. */
static bool rename_and_undo(const vt_rename_file *files, size_t count, vt_error *error)
{
    vt_rename_pattern *pattern = vt_rename_pattern_create("{name}", 6, "x", "X", NULL, error);
    vt_rename_plan *plan = vt_rename_plan_create();
    vt_rename_journal *journal = vt_rename_journal_create();
    bool made = pattern && plan && journal;
    if (!made) {
        vt_error_set(error, VT_ERROR_MEMORY, "out of memory");
    }
    bool done = made && vt_rename_pattern_plan(pattern, files, count, plan, error) &&
                vt_rename_plan_check(plan, false, NULL, NULL, error) &&
                vt_rename_carry_out(plan, journal, NULL, NULL, error);
    bool undone = done && vt_rename_undo(journal, NULL, NULL, error);
    if (done && !undone) {
        assert_int_equal(vt_rename_journal_count(journal), 2); /* one change of case, and one file stays */
        memory_recovers();
        assert_true(vt_rename_undo(journal, NULL, NULL, NULL));
    }
    vt_rename_pattern_free(pattern);
    vt_rename_plan_free(plan);
    vt_rename_journal_free(journal);
    return undone;
}

static void renaming_is_whole_or_not_at_all(void **state)
{
    (void)state;
    need_failing_memory();
    char *root = files_temporary_folder();
    char *paths[] = {strdup(files_path(root, "x")), strdup(files_path(root, "y"))};
    const vt_rename_file files[] = {{paths[0], 0}, {paths[1], 0}};
    enum { FILES = 2 };
    for (size_t i = 0; i < FILES; i++) {
        files_write(paths[i], "mine", 4);
    }
    bool done = false;
    long n = 0;
    for (; !done; n++) {
        vt_error error = VT_ERROR_INIT;
        long before = memory_in_use();
        memory_fails_after(n);
        done = rename_and_undo(files, FILES, &error);
        memory_recovers();
        assert_int_equal(memory_in_use(), before);
        assert_true(done || error.code == VT_ERROR_MEMORY);
        for (size_t i = 0; i < FILES; i++) {
            assert_true(vt_move_is_there(paths[i]));
        }
    }
    assert_true(n > 20);
    free(paths[0]);
    free(paths[1]);
    files_remove(root);
}

/* glibc remembers a locale that it had no memory for as one that is not there: ASCII still has its cases. */
static void without_a_locale_ascii_has_cases(void **state)
{
    (void)state;
    need_failing_memory();
    int refused = 0;
    vt_str name = VT_STR_INIT;
    vt_rename_pattern *pattern = NULL;
    for (long n = 0; !pattern; n++) {
        vt_error error = VT_ERROR_INIT;
        memory_fails_after(n);
        pattern = vt_rename_pattern_create("{name:upper}", 12, NULL, NULL, NULL, &error);
        memory_recovers();
        assert_true(pattern || error.code == VT_ERROR_MEMORY);
        refused += !pattern;
    }
    assert_true(refused >= 5); /* ours, and the locale's */
    vt_rename_pattern_name(pattern, &(vt_rename_file){"/f/a\xc3\xa4z", 0}, 0, &name);
    assert_string_equal(name.data, "A\xc3\xa4Z");
    vt_str_free(&name);
    vt_rename_pattern_free(pattern);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_trash_fails_before_it_moves),
        cmocka_unit_test(renaming_is_whole_or_not_at_all),
        cmocka_unit_test(without_a_locale_ascii_has_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
