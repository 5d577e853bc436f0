/* Plans of renames: what is wrong with them, chains and cycles, failures in the middle, and undoing. */
#include "tests/core/files/calls.h"
#include "tests/support/check.h"

#include "core/files/move.h"
#include "core/files/rename_plan.h"
#include "tests/support/files.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct place {
    char *root;
    vt_rename_plan *plan;
    vt_rename_journal *journal;
} place;

static int set_up(void **state)
{
    memset(&calls, 0, sizeof calls);
    place *at = calloc(1, sizeof *at);
    at->root = files_temporary_folder();
    at->plan = vt_rename_plan_create();
    at->journal = vt_rename_journal_create();
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    place *at = *state;
    memset(&calls, 0, sizeof calls);
    vt_rename_plan_free(at->plan);
    vt_rename_journal_free(at->journal);
    files_remove(at->root);
    free(at);
    return 0;
}

/* Files of these names, NULL at the end; each holds its first name. */
static void write_files(const place *at, const char *const *names)
{
    for (; *names; names++) {
        files_write(files_path(at->root, *names), *names, strlen(*names));
    }
}

static void expect_file(const place *at, const char *name, const char *text)
{
    if (!vt_move_is_there(files_path(at->root, name))) {
        fail_msg("%s is not there", name);
    }
    size_t size;
    char *found = files_read(files_path(at->root, name), &size);
    assert_string_equal(found, text);
    free(found);
}

static size_t count_files(const place *at)
{
    size_t count = 0;
    DIR *folder = opendir(at->root);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    }
    closedir(folder);
    return count;
}

static void add(const place *at, const char *old, const char *new)
{
    assert_true(
        vt_rename_plan_add(at->plan, files_path(at->root, old), new, strlen(new), VT_RENAME_FINE, NULL));
}

static void check(const place *at)
{
    assert_true(vt_rename_plan_check(at->plan, false, vt_rename_exists_on_disk, NULL, NULL));
}

static void expect_problem(const place *at, size_t entry, vt_rename_problem problem)
{
    assert_int_equal(vt_rename_plan_at(at->plan, entry).problem, problem);
}

static void carry_out(const place *at)
{
    vt_error error = VT_ERROR_INIT;
    check(at);
    if (!vt_rename_carry_out(at->plan, at->journal, NULL, NULL, &error)) {
        fail_msg("%s", error.message);
    }
}

static void undo(const place *at)
{
    vt_error error = VT_ERROR_INIT;
    if (!vt_rename_undo(at->journal, NULL, NULL, &error)) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(vt_rename_journal_count(at->journal), 0);
}

static void names_that_are_none_are_told(void **state)
{
    const place *at = *state;
    char long_name[258];
    memset(long_name, 'n', sizeof long_name);
    const struct {
        const char *name;
        size_t length;
        vt_rename_problem problem;
    } cases[] = {
        {"", 0, VT_RENAME_EMPTY},          {"a/b", 3, VT_RENAME_SLASH},
        {"a\0b", 3, VT_RENAME_NUL},        {long_name, 256, VT_RENAME_TOO_LONG},
        {long_name, 255, VT_RENAME_FINE},  {".", 1, VT_RENAME_RESERVED},
        {"..", 2, VT_RENAME_RESERVED},     {".a", 2, VT_RENAME_HIDDEN},
        {"old-8", 5, VT_RENAME_UNCHANGED}, {"\xff", 1, VT_RENAME_FINE},
    };
    enum { CASES = sizeof cases / sizeof *cases };
    for (int i = 0; i < CASES; i++) {
        char old[16];
        snprintf(old, sizeof old, "old-%d", i);
        assert_true(vt_rename_plan_add(at->plan, files_path(at->root, old), cases[i].name, cases[i].length,
                                       VT_RENAME_FINE, NULL));
    }
    check(at);
    for (size_t i = 0; i < CASES; i++) {
        expect_problem(at, i, cases[i].problem);
        vt_rename_entry entry = vt_rename_plan_at(at->plan, i);
        assert_int_equal(entry.new_length, cases[i].length);
        assert_memory_equal(entry.new_name, cases[i].name, cases[i].length);
    }
    size_t counts[VT_RENAME_PROBLEM_COUNT];
    vt_rename_plan_problems(at->plan, counts);
    assert_int_equal(counts[VT_RENAME_RESERVED], 2);
    assert_int_equal(counts[VT_RENAME_FINE], 2);
    assert_true(vt_rename_plan_check(at->plan, true, NULL, NULL, NULL)); /* hidden ones are meant so */
    expect_problem(at, 7, VT_RENAME_FINE);
    for (int i = 0; i < VT_RENAME_PROBLEM_COUNT; i++) {
        assert_true(strlen(vt_rename_problem_text((vt_rename_problem)i)) > 0);
    }
}

static void names_that_are_given_twice_or_taken_are_told(void **state)
{
    const place *at = *state;
    write_files(at, (const char *const[]){"a", "b", "c", "d", "taken", "same", NULL});
    assert_int_equal(link(files_path(at->root, "c"), files_path(at->root, "second")), 0);
    add(at, "a", "x");
    add(at, "b", "x");
    add(at, "c", "second"); /* the same file, but a name of its own */
    add(at, "d", "taken");
    add(at, "e", "a"); /* a goes away */
    add(at, "f", "same");
    add(at, "same", "same");
    check(at);
    static const vt_rename_problem expected[] = {VT_RENAME_TWICE,  VT_RENAME_TWICE, VT_RENAME_EXISTS,
                                                 VT_RENAME_EXISTS, VT_RENAME_FINE,  VT_RENAME_TWICE,
                                                 VT_RENAME_TWICE};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        expect_problem(at, i, expected[i]);
    }
    add(at, "a", "y"); /* a file twice */
    check(at);
    expect_problem(at, 0, VT_RENAME_TWICE);
    expect_problem(at, 7, VT_RENAME_TWICE);
}

static void a_plan_with_problems_is_not_carried_out(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    write_files(at, (const char *const[]){"a", "b", "taken", NULL});
    add(at, "a", "fine");
    add(at, "b", "taken");
    assert_false(vt_rename_carry_out(at->plan, at->journal, NULL, NULL, &error)); /* never checked */
    assert_int_equal(error.code, VT_ERROR_USAGE);
    check(at);
    assert_false(vt_rename_carry_out(at->plan, at->journal, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(error.message, "another file has that name"));
    expect_file(at, "a", "a");
    assert_int_equal(calls.renames, 0);
    assert_false(vt_rename_plan_add(at->plan, "relative", "x", 1, VT_RENAME_FINE, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

/* Chains in both orders of names, a cycle of two and one of three, a change of case, and one that stays. */
static void chains_and_cycles_lose_nothing(void **state)
{
    const place *at = *state;
    static const char *const pairs[][2] = {
        {"a", "b"},       {"b", "c"},         {"c", "d"},           {"z", "y"},           {"y", "x"},
        {"p", "q"},       {"q", "p"},         {"1", "2"},           {"2", "3"},           {"3", "1"},
        {"Case", "case"}, {"stays", "stays"}, {"\xfe\xff", "\xff"}, {"\xff", "\xfe\xff"},
    };
    enum { PAIRS = sizeof pairs / sizeof *pairs };
    for (int i = 0; i < PAIRS; i++) {
        write_files(at, (const char *const[]){pairs[i][0], NULL});
        add(at, pairs[i][0], pairs[i][1]);
    }
    files_write(files_path(at->root, ".vitrine-rename-1"), "left over", 9); /* is in nobody's way */
    carry_out(at);
    for (int i = 0; i < PAIRS; i++) {
        expect_file(at, pairs[i][1], pairs[i][0]);
    }
    assert_int_equal(count_files(at), PAIRS + 1);
    /* 13 that move, and one rename more for each of three cycles and the change of case. */
    assert_int_equal(vt_rename_journal_count(at->journal), 17);
    undo(at);
    for (int i = 0; i < PAIRS; i++) {
        expect_file(at, pairs[i][0], pairs[i][0]);
    }
    expect_file(at, ".vitrine-rename-1", "left over");
    assert_int_equal(count_files(at), PAIRS + 1);
}

static void many_files_move_up_by_one(void **state)
{
    const place *at = *state;
    enum { FILES = 500 };
    for (int i = 0; i < FILES; i++) {
        char old[16], new[16];
        snprintf(old, sizeof old, "%d", i);
        snprintf(new, sizeof new, "%d", i + 1);
        write_files(at, (const char *const[]){old, NULL});
        add(at, old, new);
    }
    carry_out(at);
    assert_int_equal(calls.renames, FILES); /* the end goes first: no temporary names */
    expect_file(at, "1", "0");
    expect_file(at, "500", "499");
    assert_int_equal(count_files(at), FILES);
    undo(at);
    expect_file(at, "0", "0");
    assert_int_equal(count_files(at), FILES);
}

static void a_file_that_vanished_takes_everything_back(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    write_files(at, (const char *const[]){"a", "b", "c", "p", "q", NULL});
    add(at, "p", "q");
    add(at, "q", "p");
    add(at, "b", "c");
    add(at, "c", "d");
    add(at, "a", "z");
    add(at, "gone", "there");
    check(at);
    assert_false(vt_rename_carry_out(at->plan, at->journal, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(error.message, "gone"));
    assert_int_equal(vt_rename_journal_count(at->journal), 0);
    static const char *const names[] = {"a", "b", "c", "p", "q"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        expect_file(at, names[i], names[i]);
    }
    assert_int_equal(count_files(at), 5);
    assert_true(calls.renames > 0); /* it had begun */
}

/* What is taken back works again. */
static void fail_once_after(int renames)
{
    memset(&calls, 0, sizeof calls);
    calls.rename_reason = EACCES;
    calls.rename_after = renames;
    calls.rename_once = true;
}

/* Wherever the disk fails, all is as it was. */
static void a_failure_at_any_step_takes_everything_back(void **state)
{
    const place *at = *state;
    write_files(at, (const char *const[]){"a", "b", "p", "q", "Case", NULL});
    add(at, "a", "b");
    add(at, "b", "c");
    add(at, "p", "q");
    add(at, "q", "p");
    add(at, "Case", "case");
    check(at);
    vt_error error = VT_ERROR_INIT;
    int failures = 0;
    for (fail_once_after(failures); !vt_rename_carry_out(at->plan, at->journal, NULL, NULL, &error);
         fail_once_after(++failures)) {
        assert_int_equal(error.code, VT_ERROR_PERMISSION);
        assert_int_equal(vt_rename_journal_count(at->journal), 0);
        expect_file(at, "a", "a");
        expect_file(at, "b", "b");
        expect_file(at, "p", "p");
        expect_file(at, "q", "q");
        expect_file(at, "Case", "Case");
        assert_int_equal(count_files(at), 5);
    }
    assert_int_equal(failures, 7);
    /* And so for undoing. */
    failures = 0;
    for (fail_once_after(failures); !vt_rename_undo(at->journal, NULL, NULL, &error);
         fail_once_after(++failures)) {
        assert_int_equal(vt_rename_journal_count(at->journal), 7);
        expect_file(at, "c", "b");
        expect_file(at, "q", "p");
        assert_int_equal(count_files(at), 5);
    }
    assert_int_equal(failures, 7);
    expect_file(at, "a", "a");
    expect_file(at, "q", "q");
}

static void a_name_taken_meanwhile_is_not_overwritten(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    write_files(at, (const char *const[]){"a", "b", NULL});
    add(at, "a", "x");
    add(at, "b", "y");
    check(at);
    write_files(at, (const char *const[]){"y", NULL});
    assert_false(vt_rename_carry_out(at->plan, at->journal, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    expect_file(at, "a", "a");
    expect_file(at, "b", "b");
    expect_file(at, "y", "y");
    assert_int_equal(unlink(files_path(at->root, "y")), 0);
    carry_out(at);
    write_files(at,
                (const char *const[]){"b", NULL}); /* the old name is taken: undoing is refused as a whole */
    assert_false(vt_rename_undo(at->journal, NULL, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    assert_int_equal(vt_rename_journal_count(at->journal), 2);
    expect_file(at, "x", "a");
    expect_file(at, "y", "b");
    expect_file(at, "b", "b");
}

/* What a caller keeps, and when it interferes. */
typedef struct notes {
    char text[2048];
    int left;          /* notes until one fails; -1: none does */
    const char *steal; /* a name that somebody takes when that note fails */
} notes;

static bool note(void *user, vt_rename_moment moment, const vt_rename_step *step, vt_error *error)
{
    notes *to = user;
    size_t used = strlen(to->text);
    snprintf(to->text + used, sizeof to->text - used, "%c%s>%s ", moment == VT_RENAME_BEFORE ? '?' : '!',
             strrchr(step->from, '/') + 1, strrchr(step->to, '/') + 1);
    if (to->left-- != 0) {
        return true;
    }
    if (to->steal) {
        files_write(to->steal, "stolen", 6);
    }
    return vt_error_set(error, VT_ERROR_NO_SPACE, "cannot keep the journal");
}

static void each_step_is_noted_before_and_after(void **state)
{
    const place *at = *state;
    write_files(at, (const char *const[]){"p", "q", NULL});
    add(at, "p", "q");
    add(at, "q", "p");
    check(at);
    notes kept = {.left = -1};
    assert_true(vt_rename_carry_out(at->plan, at->journal, note, &kept, NULL));
    assert_string_equal(kept.text, "?p>.vitrine-rename-1 !p>.vitrine-rename-1 ?q>p !q>p "
                                   "?.vitrine-rename-1>q !.vitrine-rename-1>q ");
    vt_rename_step step = vt_rename_journal_at(at->journal, 1);
    assert_string_equal(step.from, files_path(at->root, "q"));
    assert_string_equal(step.to, files_path(at->root, "p"));
    kept = (notes){.left = -1};
    assert_true(vt_rename_undo(at->journal, note, &kept, NULL));
    assert_string_equal(kept.text, "?q>.vitrine-rename-1 !q>.vitrine-rename-1 ?p>q !p>q "
                                   "?.vitrine-rename-1>p !.vitrine-rename-1>p ");
}

static void a_note_that_fails_stops_and_takes_back(void **state)
{
    const place *at = *state;
    write_files(at, (const char *const[]){"a", "b", NULL});
    add(at, "a", "x");
    add(at, "b", "y");
    check(at);
    for (int left = 0; left < 4; left++) {
        notes kept = {.left = left};
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_rename_carry_out(at->plan, at->journal, note, &kept, &error));
        assert_int_equal(error.code, VT_ERROR_NO_SPACE);
        assert_int_equal(vt_rename_journal_count(at->journal), 0);
        expect_file(at, "a", "a");
        expect_file(at, "b", "b");
    }
}

static void what_cannot_be_taken_back_is_told_and_kept(void **state)
{
    const place *at = *state;
    vt_error error = VT_ERROR_INIT;
    write_files(at, (const char *const[]){"a", "b", "c", NULL});
    add(at, "a", "x");
    add(at, "b", "y");
    add(at, "c", "z");
    check(at);
    char *stolen = strdup(files_path(at->root, "a"));
    notes kept = {.left = 4, .steal = stolen}; /* before c */
    assert_false(vt_rename_carry_out(at->plan, at->journal, note, &kept, &error));
    assert_int_equal(error.code, VT_ERROR_NO_SPACE);
    assert_non_null(strstr(error.message, "1 renamed files could not be taken back"));
    assert_non_null(strstr(error.message, "cannot keep the journal"));
    expect_file(at, "a", "stolen");
    expect_file(at, "x", "a");
    expect_file(at, "b", "b");
    assert_int_equal(vt_rename_journal_count(at->journal), 1);
    assert_int_equal(unlink(stolen), 0);
    undo(at);
    expect_file(at, "a", "a");
    free(stolen);
}

/* A later process has only what was noted; the last step may or may not have happened. */
static void a_journal_from_notes_is_undone(void **state)
{
    const place *at = *state;
    for (int happened = 0; happened < 2; happened++) {
        char *paths[4];
        static const char *const names[] = {"a", "x", "b", "y"};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            paths[i] = strdup(files_path(at->root, names[i]));
        }
        unlink(paths[0]); /* of the turn before */
        unlink(paths[2]);
        files_write(paths[1], "a", 1);
        files_write(paths[happened ? 3 : 2], "b", 1);
        assert_true(vt_rename_journal_add(at->journal, &(vt_rename_step){paths[0], paths[1], true}, NULL));
        assert_true(vt_rename_journal_add(at->journal, &(vt_rename_step){paths[2], paths[3], false}, NULL));
        undo(at);
        expect_file(at, "a", "a");
        expect_file(at, "b", "b");
        assert_int_equal(count_files(at), 2);
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            free(paths[i]);
        }
    }
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(names_that_are_none_are_told),
        CASE(names_that_are_given_twice_or_taken_are_told),
        CASE(a_plan_with_problems_is_not_carried_out),
        CASE(chains_and_cycles_lose_nothing),
        CASE(many_files_move_up_by_one),
        CASE(a_file_that_vanished_takes_everything_back),
        CASE(a_failure_at_any_step_takes_everything_back),
        CASE(a_name_taken_meanwhile_is_not_overwritten),
        CASE(each_step_is_noted_before_and_after),
        CASE(a_note_that_fails_stops_and_takes_back),
        CASE(what_cannot_be_taken_back_is_told_and_kept),
        CASE(a_journal_from_notes_is_undone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
