/* What was done to files is undone and redone after the program was ended and started again; never over
   files that have changed. */
#include "tests/core/import/file_session.h"

#include "core/base/clock.h"
#include "core/import/engine_private.h"

#include <fcntl.h>
#include <sys/stat.h>

static const char *const names[] = {"a.ppm", "b.ppm", "c.ppm"};
enum { COUNT = sizeof names / sizeof *names };

static int64_t ids[COUNT];

/* Three pictures with marks, one with a side-car. */
static engine_session *begin(void **state)
{
    engine_session *session = *state;
    import_record record;
    for (int i = 0; i < COUNT; i++) {
        files_write_picture(files_path(session->pictures, names[i]), 8, 8, (unsigned)i + 1);
    }
    files_write(files_path(session->pictures, "a.ppm.xmp"), "<x/>", 4);
    session_import(session, session->pictures, &careful, &record);
    for (int i = 0; i < COUNT; i++) {
        ids[i] = id_of(session, names[i]);
    }
    edit(session, give_everything, ids, 1);
    return session;
}

static void start_again(engine_session *session)
{
    session_close(session);
    session_open(session, 2, 1, NULL);
}

static vt_file_finished_list recall(engine_session *session)
{
    work_record works;
    const vt_file_work_listener listener = record_work(&works);
    vt_file_work *work = wait_for(session, vt_engine_recall_files(session->engine, &listener, NULL), &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_non_null(vt_file_work_recalled(work));
    assert_false(vt_file_work_can_undo(work));
    vt_file_finished_list list = *vt_file_work_recalled(work);
    vt_file_work_free(work);
    return list;
}

static vt_file_finished only(engine_session *session, vt_file_work_kind kind)
{
    vt_file_finished_list list = recall(session);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.works[0].kind, kind);
    return list.works[0];
}

/* What stands for it then; the error is in `works`. */
static vt_file_finished take_back(engine_session *session, const vt_file_finished *of, work_record *works)
{
    const vt_file_work_listener listener = record_work(works);
    vt_file_work *work =
        wait_for(session, vt_engine_undo_finished(session->engine, of, &listener, NULL), works);
    vt_file_finished kept = vt_file_work_kept(work);
    assert_int_equal(vt_file_work_can_undo(work), kept.id != 0);
    vt_file_work_free(work);
    return kept;
}

static void rename_all(engine_session *session)
{
    work_record works;
    const vt_rename_wish wish = {.pattern = "new-{n}"};
    vt_file_work_free(rename_items(session, ids, COUNT, &wish, &works));
    assert_int_equal(works.error.code, VT_ERROR_NONE);
}

static void trash_all(engine_session *session)
{
    work_record works;
    vt_file_work_free(trash(session, ids, COUNT, &works));
    assert_int_equal(works.error.code, VT_ERROR_NONE);
}

static bool all_there(const engine_session *session)
{
    return is_there(session, "a.ppm") && is_there(session, "b.ppm") && is_there(session, "c.ppm") &&
           is_there(session, "a.ppm.xmp");
}

static bool all_renamed(const engine_session *session)
{
    return is_there(session, "new-1.ppm") && is_there(session, "new-2.ppm") &&
           is_there(session, "new-3.ppm") && is_there(session, "new-1.ppm.xmp") &&
           count_files(session->pictures, "[abc]") == 0;
}

static void a_renaming_is_undone_and_redone_after_a_start(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    int64_t before = vt_clock_wall();
    rename_all(session);
    start_again(session);
    vt_file_finished last = only(session, VT_FILE_RENAME);
    assert_int_equal(last.items, 3);
    assert_int_equal(last.files, 4);
    assert_in_range(last.ended_ns, before, vt_clock_wall());
    vt_file_finished kept = take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_int_equal(kept.kind, VT_FILE_RENAME_BACK);
    assert_true(all_there(session));
    assert_true(is_shown(session, ids[0], "a.ppm"));
    assert_true(has_everything(session, ids[0]));

    start_again(session);
    last = only(session, VT_FILE_RENAME_BACK);
    assert_int_equal(last.id, kept.id);
    kept = take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_true(all_renamed(session));
    assert_int_equal(only(session, VT_FILE_RENAME).id, kept.id);
    assert_true(is_shown(session, ids[0], "new-1.ppm"));
}

static void the_trash_is_undone_and_redone_after_a_start(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    trash_all(session);
    start_again(session);
    vt_file_finished last = only(session, VT_FILE_TRASH);
    assert_int_equal(last.items, 3);
    assert_int_equal(last.files, 4);
    take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_true(all_there(session));
    assert_true(is_shown(session, ids[0], "a.ppm"));
    assert_true(has_everything(session, ids[0]));
    start_again(session);
    last = only(session, VT_FILE_RESTORE);
    take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_int_equal(count_files(session->pictures, "[abc]"), 0);
    assert_false(is_shown(session, ids[0], "a.ppm"));
    only(session, VT_FILE_TRASH);
}

static void nothing_is_undone_twice(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    rename_all(session);
    vt_file_finished last = only(session, VT_FILE_RENAME);
    take_back(session, &last, &works);
    assert_int_equal(take_back(session, &last, &works).id, 0);
    assert_int_equal(works.error.code, VT_ERROR_CHANGED);
    assert_non_null(strstr(works.error.message, "was undone already"));
    assert_true(all_there(session));
}

/* Both are asked for before either has begun: the journal lets one through. */
static void two_at_once_undo_once(void **state)
{
    engine_session *session = begin(state);
    work_record first, second;
    trash_all(session);
    vt_file_finished last = only(session, VT_FILE_TRASH);
    const vt_file_work_listener one = record_work(&first);
    const vt_file_work_listener other = record_work(&second);
    vt_file_work *work = vt_engine_undo_finished(session->engine, &last, &one, NULL);
    vt_file_work *late = vt_engine_undo_finished(session->engine, &last, &other, NULL);
    wait_for(session, work, &first);
    wait_for(session, late, &second);
    assert_int_equal(first.error.code, VT_ERROR_NONE);
    assert_int_equal(second.error.code, VT_ERROR_CHANGED);
    assert_true(all_there(session));
    vt_file_work_free(work);
    vt_file_work_free(late);
    only(session, VT_FILE_RESTORE);
}

static void a_name_that_is_taken_refuses_all_names_and_can_be_tried_again(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    rename_all(session);
    files_write(files_path(session->pictures, "b.ppm"), "other", 5);
    start_again(session);
    vt_file_finished last = only(session, VT_FILE_RENAME);
    vt_file_finished kept = take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_CHANGED);
    assert_non_null(strstr(works.error.message, "b.ppm"));
    assert_int_equal(kept.id, last.id);
    assert_true(is_there(session, "new-1.ppm") && is_there(session, "new-2.ppm"));
    assert_false(is_there(session, "a.ppm") || is_there(session, "c.ppm"));
    size_t size = 0;
    char *bytes = files_read(files_path(session->pictures, "b.ppm"), &size);
    assert_int_equal(size, 5);
    free(bytes);

    assert_int_equal(unlink(files_path(session->pictures, "b.ppm")), 0);
    take_back(session, &kept, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_true(all_there(session));
}

static void a_name_that_is_taken_keeps_its_file_in_the_trash_until_it_is_free(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    trash_all(session);
    files_write(files_path(session->pictures, "b.ppm"), "other", 5);
    start_again(session);
    vt_file_finished last = only(session, VT_FILE_TRASH);
    const vt_file_work_listener listener = record_work(&works);
    vt_file_work *work =
        wait_for(session, vt_engine_undo_finished(session->engine, &last, &listener, NULL), &works);
    assert_int_equal(vt_file_work_failures(work), 1);
    assert_int_equal(vt_file_work_failure_at(work, 0).error->code, VT_ERROR_CHANGED);
    assert_int_equal(vt_file_work_kept(work).id, last.id);
    vt_file_work_free(work);
    assert_true(is_there(session, "a.ppm") && is_there(session, "c.ppm"));

    start_again(session);
    last = only(session, VT_FILE_TRASH);
    assert_int_equal(last.files, 1);
    assert_int_equal(unlink(files_path(session->pictures, "b.ppm")), 0);
    take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_true(all_there(session));
    only(session, VT_FILE_RESTORE);
}

/* Undoes the renaming but for one file, whose failure has this code, and these words. */
static void one_stays_behind(engine_session *session, vt_error_code code, const char *words)
{
    work_record works;
    start_again(session);
    vt_file_finished last = only(session, VT_FILE_RENAME);
    const vt_file_work_listener listener = record_work(&works);
    vt_file_work *work =
        wait_for(session, vt_engine_undo_finished(session->engine, &last, &listener, NULL), &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_int_equal(vt_file_work_failures(work), 1);
    assert_int_equal(vt_file_work_failure_at(work, 0).error->code, code);
    assert_non_null(strstr(vt_file_work_failure_at(work, 0).error->message, words));
    assert_non_null(strstr(vt_file_work_failure_at(work, 0).path, "new-2.ppm"));
    vt_file_work_free(work);
    assert_true(is_there(session, "a.ppm") && is_there(session, "a.ppm.xmp") && is_there(session, "c.ppm"));
    assert_false(is_there(session, "b.ppm"));
    assert_int_equal(only(session, VT_FILE_RENAME_BACK).files, 3);
}

/* Also where the system gives the inode of the one to the other. */
static void another_file_under_the_new_name_is_left_alone(void **state)
{
    engine_session *session = begin(state);
    rename_all(session);
    assert_int_equal(unlink(files_path(session->pictures, "new-2.ppm")), 0);
    files_write_picture(files_path(session->pictures, "new-2.ppm"), 9, 9, 99);
    one_stays_behind(session, VT_ERROR_CHANGED, "another file has that name by now");
    assert_true(is_there(session, "new-2.ppm"));
}

static void a_file_that_is_gone_is_told_and_the_others_go_back(void **state)
{
    engine_session *session = begin(state);
    rename_all(session);
    assert_int_equal(unlink(files_path(session->pictures, "new-2.ppm")), 0);
    one_stays_behind(session, VT_ERROR_NOT_FOUND, "new-2.ppm");
}

static void a_renaming_of_files_that_are_all_gone_is_forgotten(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    rename_all(session);
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "new-%d.ppm", i + 1);
        assert_int_equal(unlink(files_path(session->pictures, name)), 0);
    }
    assert_int_equal(unlink(files_path(session->pictures, "new-1.ppm.xmp")), 0);
    vt_file_finished last = only(session, VT_FILE_RENAME);
    assert_int_equal(take_back(session, &last, &works).id, 0);
    assert_int_equal(works.error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(recall(session).count, 0);
}

/* Where names were swapped, one that is gone would leave others without their place. */
static void swapped_names_go_back_together_or_not(void **state)
{
    engine_session *session = *state;
    import_record record;
    work_record works;
    files_write_picture(files_path(session->pictures, "1.ppm"), 8, 8, 1);
    files_write_picture(files_path(session->pictures, "2.ppm"), 8, 8, 2);
    session_import(session, session->pictures, &careful, &record);
    const int64_t swapped[] = {id_of(session, "2.ppm"), id_of(session, "1.ppm")};
    const vt_rename_wish wish = {.pattern = "{n}"};
    vt_file_work_free(rename_items(session, swapped, 2, &wish, &works));
    start_again(session);
    vt_file_finished last = only(session, VT_FILE_RENAME);
    last = take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_int_equal(id_of(session, "2.ppm"), swapped[0]);
    last = take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_int_equal(id_of(session, "1.ppm"), swapped[0]);
    assert_int_equal(unlink(files_path(session->pictures, "1.ppm")), 0);
    assert_int_equal(take_back(session, &last, &works).id, 0);
    assert_int_equal(works.error.code, VT_ERROR_NOT_FOUND);
    assert_true(is_there(session, "2.ppm"));
}

static void a_folder_that_is_away_can_come_back(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    rename_all(session);
    char *away = strdup(files_path(session->root, "away"));
    vt_file_finished last = only(session, VT_FILE_RENAME);
    assert_int_equal(rename(session->pictures, away), 0);
    vt_file_finished kept = take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NOT_FOUND);
    assert_int_equal(kept.id, last.id);
    assert_int_equal(rename(away, session->pictures), 0);
    take_back(session, &kept, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_true(all_there(session));
    free(away);
}

static void an_emptied_trash_is_told_and_forgotten(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    trash_all(session);
    char *file = strdup(files_path(session->root, "data/Trash/files/a.ppm"));
    assert_int_equal(unlink(file), 0);
    start_again(session);
    vt_file_finished last = only(session, VT_FILE_TRASH);
    vt_file_finished kept = take_back(session, &last, &works);
    assert_true(is_there(session, "b.ppm") && is_there(session, "c.ppm"));
    assert_false(is_there(session, "a.ppm"));
    assert_int_equal(kept.id, last.id); /* its side-car is there still */
    files_write(file, "a later a.ppm", 13);
    last = only(session, VT_FILE_TRASH);
    assert_int_equal(last.files, 1);
    take_back(session, &last, &works);
    assert_true(is_there(session, "a.ppm.xmp"));
    assert_int_equal(access(file, F_OK), 0);
    free(file);
}

static void another_file_in_the_trash_stays_there(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    vt_file_work_free(trash(session, ids + 1, 1, &works));
    char *file = strdup(files_path(session->root, "data/Trash/files/b.ppm"));
    assert_int_equal(unlink(file), 0);
    files_write_picture(file, 9, 9, 98);
    vt_file_finished last = only(session, VT_FILE_TRASH);
    const vt_file_work_listener listener = record_work(&works);
    vt_file_work *work =
        wait_for(session, vt_engine_undo_finished(session->engine, &last, &listener, NULL), &works);
    assert_int_equal(vt_file_work_failures(work), 1);
    assert_int_equal(vt_file_work_failure_at(work, 0).error->code, VT_ERROR_CHANGED);
    assert_int_equal(vt_file_work_kept(work).id, 0);
    vt_file_work_free(work);
    assert_int_equal(access(file, F_OK), 0);
    assert_false(is_there(session, "b.ppm"));
    assert_int_equal(recall(session).count, 0);
    free(file);
}

static void another_file_is_not_trashed_by_a_redo(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    vt_file_work_free(trash(session, ids + 1, 1, &works));
    vt_file_finished last = only(session, VT_FILE_TRASH);
    vt_file_finished back = take_back(session, &last, &works);
    assert_int_equal(back.kind, VT_FILE_RESTORE);
    assert_int_equal(unlink(files_path(session->pictures, "b.ppm")), 0);
    files_write_picture(files_path(session->pictures, "b.ppm"), 9, 9, 97);
    start_again(session);
    take_back(session, &back, &works);
    assert_true(is_there(session, "b.ppm"));
    assert_int_equal(count_files(files_path(session->root, "data/Trash/files"), "b"), 0);
}

static void what_was_edited_since_goes_back_with_its_new_sidecar(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    usleep(50000); /* the clock of files is coarse */
    rename_all(session);
    char *edited = strdup(files_path(session->pictures, "new-2.ppm"));
    FILE *file = fopen(edited, "ab");
    fputs("# edited", file);
    assert_int_equal(fclose(file), 0);
    files_write(files_path(session->pictures, "new-2.ppm.xmp"), "<new/>", 6);
    assert_int_equal(unlink(files_path(session->pictures, "new-1.ppm.xmp")), 0);
    files_write(files_path(session->pictures, "new-1.ppm.xmp"), "<rewritten/>", 12);
    struct statx facts;
    bool knows = statx(AT_FDCWD, edited, 0, STATX_BTIME, &facts) == 0 && (facts.stx_mask & STATX_BTIME);
    free(edited);
    vt_file_finished last = only(session, VT_FILE_RENAME);
    if (!knows) {
        puts("SKIP: this file system does not tell when a file was made");
        skip();
    }
    take_back(session, &last, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_true(all_there(session));
    assert_true(is_there(session, "b.ppm.xmp"));
    assert_int_equal(count_files(session->pictures, "new-"), 0);
    start_again(session);
    last = only(session, VT_FILE_RENAME_BACK);
    take_back(session, &last, &works);
    assert_true(all_renamed(session) && is_there(session, "new-2.ppm.xmp"));
}

static void the_newest_is_last_and_something_new_ends_what_could_be_redone(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    rename_all(session);
    vt_file_work_free(trash(session, ids, 1, &works));
    vt_file_finished_list list = recall(session);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.works[0].kind, VT_FILE_RENAME);
    assert_int_equal(list.works[1].kind, VT_FILE_TRASH);
    take_back(session, &list.works[1], &works);
    list = recall(session);
    assert_int_equal(list.works[1].kind, VT_FILE_RESTORE);
    vt_file_work_free(trash(session, ids + 2, 1, &works));
    list = recall(session);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.works[1].kind, VT_FILE_TRASH);
    start_again(session);
    take_back(session, &list.works[1], &works);
    take_back(session, &list.works[0], &works);
    assert_true(all_there(session));
}

static void only_so_many_and_so_old_ones_are_kept(void **state)
{
    engine_session *session = begin(state);
    work_record works;
    for (int i = 0; i < VT_FILE_FINISHED_MAX + 2; i++) {
        char name[32];
        snprintf(name, sizeof name, "name-%02d.ppm", i);
        const vt_rename_wish wish = {.name = name};
        vt_file_work_free(rename_items(session, ids, 1, &wish, &works));
        assert_int_equal(works.error.code, VT_ERROR_NONE);
    }
    start_again(session);
    vt_file_finished_list list = recall(session);
    assert_int_equal(list.count, VT_FILE_FINISHED_MAX);
    take_back(session, &list.works[list.count - 1], &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_true(is_there(session, "name-20.ppm"));

    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_true(vt_file_finished_list_read(
        reader, vt_clock_wall() + VT_FILE_FINISHED_AGE_NS + 60 * VT_NS_PER_S, &list, NULL));
    assert_int_equal(list.count, 0);
    vt_catalog_reader_free(reader);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up_files, tear_down)
        CASE(a_renaming_is_undone_and_redone_after_a_start),
        CASE(the_trash_is_undone_and_redone_after_a_start),
        CASE(nothing_is_undone_twice),
        CASE(two_at_once_undo_once),
        CASE(a_name_that_is_taken_refuses_all_names_and_can_be_tried_again),
        CASE(a_name_that_is_taken_keeps_its_file_in_the_trash_until_it_is_free),
        CASE(another_file_under_the_new_name_is_left_alone),
        CASE(a_file_that_is_gone_is_told_and_the_others_go_back),
        CASE(a_renaming_of_files_that_are_all_gone_is_forgotten),
        CASE(swapped_names_go_back_together_or_not),
        CASE(a_folder_that_is_away_can_come_back),
        CASE(an_emptied_trash_is_told_and_forgotten),
        CASE(another_file_in_the_trash_stays_there),
        CASE(another_file_is_not_trashed_by_a_redo),
        CASE(what_was_edited_since_goes_back_with_its_new_sidecar),
        CASE(the_newest_is_last_and_something_new_ends_what_could_be_redone),
        CASE(only_so_many_and_so_old_ones_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
