/* Files are renamed, trashed, put back and deleted, and their items follow with all that is theirs. */
#include "tests/core/import/file_session.h"

#include "core/import/engine_private.h"

static void look(engine_session *session, import_record *record)
{
    session_import(session, session->pictures, &careful, record);
}

static void write_text(const engine_session *session, const char *name)
{
    files_write(files_path(session->pictures, name), "<x/>", 4);
}

/* Three pictures; a side-car of each custom, and one that may be of two files. */
static void write_pictures(engine_session *session)
{
    files_write_picture(files_path(session->pictures, "a.ppm"), 8, 8, 1);
    files_write_picture(files_path(session->pictures, "b.ppm"), 8, 8, 2);
    files_write_picture(files_path(session->pictures, "c.ppm"), 8, 8, 3);
    files_write_picture(files_path(session->pictures, "c.pgm"), 8, 8, 4);
    write_text(session, "a.ppm.xmp");
    write_text(session, "b.xmp");
    write_text(session, "c.xmp");
}

static void what_is_trashed_is_put_back_with_all_its_marks(void **state)
{
    engine_session *session = *state;
    import_record record;
    work_record works;
    write_pictures(session);
    look(session, &record);
    const int64_t ids[] = {id_of(session, "a.ppm"), id_of(session, "b.ppm"), id_of(session, "c.ppm")};
    edit(session, give_everything, ids, 1);
    int64_t items = session_items(session);

    vt_file_work *work = trash(session, ids, 3, &works);
    vt_file_work_figures figures;
    vt_file_work_get_figures(work, &figures);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_int_equal(figures.items, 3);
    assert_int_equal(figures.files, 5); /* c.xmp may be of c.pgm */
    assert_int_equal(figures.done, 5);
    assert_int_equal(figures.failed, 0);
    assert_false(is_there(session, "a.ppm") || is_there(session, "a.ppm.xmp") || is_there(session, "b.xmp"));
    assert_true(is_there(session, "c.xmp"));
    assert_false(is_shown(session, ids[0], "a.ppm"));
    assert_int_equal(session_items(session), items - 3);

    /* A new start and an import neither show nor lose them; and a new file of that name is another item. */
    files_write_picture(files_path(session->pictures, "b.ppm"), 8, 8, 77);
    vt_file_work_free(undo(session, work, &works));
    vt_file_work_get_figures(work, &figures);
    assert_int_equal(works.error.code, VT_ERROR_NONE); /* b.ppm has failed, the others are back */
    assert_true(is_there(session, "a.ppm") && is_there(session, "a.ppm.xmp") && is_there(session, "c.ppm"));
    assert_true(is_shown(session, ids[0], "a.ppm"));
    assert_true(has_everything(session, ids[0]));
    look(session, &record);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(record.figures.decoded, 1); /* the new b.ppm; nothing else was read again */
    assert_int_equal(record.figures.missing, 0);
    vt_file_work_free(work);
}

static void the_trash_outlives_the_program(void **state)
{
    engine_session *session = *state;
    import_record record;
    work_record works;
    write_pictures(session);
    look(session, &record);
    int64_t id = id_of(session, "a.ppm");
    edit(session, give_everything, &id, 1);
    vt_file_work_free(trash(session, &id, 1, &works));
    session_close(session);
    session_open(session, 4, 1, NULL);
    assert_false(is_shown(session, id, "a.ppm"));
    look(session, &record);
    assert_int_equal(record.figures.missing, 0);

    /* Whoever puts it back with a file manager finds the item as it was. */
    char *file = strdup(files_path(session->root, "data/Trash/files/a.ppm"));
    assert_int_equal(rename(file, files_path(session->pictures, "a.ppm")), 0);
    free(file);
    look(session, &record);
    assert_int_equal(record.figures.moved, 1);
    assert_int_equal(id_of(session, "a.ppm"), id);
    assert_true(is_shown(session, id, "a.ppm"));
    assert_true(has_everything(session, id));
}

static void renaming_keeps_the_items_and_is_undone(void **state)
{
    engine_session *session = *state;
    import_record record;
    work_record works;
    write_pictures(session);
    look(session, &record);
    const int64_t ids[] = {id_of(session, "a.ppm"), id_of(session, "b.ppm")};
    edit(session, give_everything, ids, 1);
    const vt_rename_wish wish = {.pattern = "holiday-{n:2}"};
    vt_file_work *work = rename_items(session, ids, 2, &wish, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_true(is_there(session, "holiday-01.ppm") && is_there(session, "holiday-01.ppm.xmp"));
    assert_true(is_there(session, "holiday-02.ppm") && is_there(session, "holiday-02.xmp"));
    assert_int_equal(id_of(session, "holiday-01.ppm"), ids[0]);
    assert_int_equal(id_of(session, "a.ppm"), 0);
    assert_true(is_shown(session, ids[0], "holiday-01.ppm"));
    assert_true(has_everything(session, ids[0]));
    look(session, &record);
    assert_int_equal(record.figures.decoded, 0);
    assert_int_equal(record.figures.imported, 0);
    assert_int_equal(record.figures.missing, 0);

    vt_file_work *back = undo(session, work, &works);
    assert_true(is_there(session, "a.ppm") && is_there(session, "a.ppm.xmp") && is_there(session, "b.xmp"));
    assert_true(is_shown(session, ids[0], "a.ppm"));
    vt_file_work_free(undo(session, back, &works)); /* done once more */
    assert_int_equal(id_of(session, "holiday-02.ppm"), ids[1]);
    vt_file_work_free(back);
    vt_file_work_free(work);
}

static void names_are_swapped(void **state)
{
    engine_session *session = *state;
    import_record record;
    work_record works;
    files_write_picture(files_path(session->pictures, "1.ppm"), 8, 8, 1);
    files_write_picture(files_path(session->pictures, "2.ppm"), 8, 8, 2);
    look(session, &record);
    const int64_t ids[] = {id_of(session, "2.ppm"), id_of(session, "1.ppm")};
    const vt_rename_wish wish = {.pattern = "{n}"};
    vt_file_work_free(rename_items(session, ids, 2, &wish, &works));
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_int_equal(id_of(session, "1.ppm"), ids[0]);
    assert_int_equal(id_of(session, "2.ppm"), ids[1]);
    look(session, &record);
    assert_int_equal(record.figures.decoded, 0);
}

static void names_that_cannot_be_are_refused_before_anything_is_touched(void **state)
{
    engine_session *session = *state;
    import_record record;
    work_record works;
    write_pictures(session);
    look(session, &record);
    const int64_t ids[] = {id_of(session, "a.ppm"), id_of(session, "b.ppm")};
    const vt_rename_wish same = {.pattern = "same"};
    vt_file_work_free(rename_items(session, ids, 2, &same, &works));
    assert_int_equal(works.error.code, VT_ERROR_USAGE);
    const vt_rename_wish taken = {.name = "c.ppm"};
    vt_file_work_free(rename_items(session, ids, 1, &taken, &works));
    assert_int_equal(works.error.code, VT_ERROR_USAGE);
    assert_non_null(strstr(works.error.message, "another file has that name"));
    assert_true(is_there(session, "a.ppm") && is_there(session, "b.ppm"));
}

static void a_renaming_that_fails_is_taken_back_as_a_whole(void **state)
{
    enum { COUNT = 300 }; /* several transactions */
    engine_session *session = *state;
    import_record record;
    work_record works;
    int64_t ids[COUNT];
    session_pictures(session->pictures, COUNT, 4, 4);
    session_import(session, session->pictures, NULL, &record); /* no sequence */
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04d.ppm", i);
        ids[i] = id_of(session, name);
    }
    assert_int_equal(unlink(files_path(session->pictures, "0250.ppm")), 0);
    const vt_rename_wish wish = {.pattern = "new-{n:4}"};
    vt_file_work *work = rename_items(session, ids, COUNT, &wish, &works);
    vt_file_work_figures figures;
    vt_file_work_get_figures(work, &figures);
    assert_int_equal(works.error.code, VT_ERROR_NOT_FOUND);
    assert_non_null(strstr(works.error.message, "0250.ppm"));
    assert_true(figures.taking_back);
    assert_false(vt_file_work_can_undo(work));
    assert_int_equal(count_files(session->pictures, "new-"), 0);
    assert_int_equal(count_files(session->pictures, "0"), COUNT - 1);
    assert_int_equal(id_of(session, "0007.ppm"), ids[7]);
    assert_true(is_shown(session, ids[7], "0007.ppm"));
    vt_file_work_free(work);
}

static void a_renaming_that_is_stopped_is_taken_back(void **state)
{
    enum { COUNT = 300 };
    engine_session *session = *state;
    import_record record;
    work_record works;
    int64_t ids[COUNT];
    session_pictures(session->pictures, COUNT, 4, 4);
    session_import(session, session->pictures, NULL, &record); /* no sequence */
    for (int i = 0; i < COUNT; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04d.ppm", i);
        ids[i] = id_of(session, name);
    }
    const vt_rename_wish wish = {.pattern = "new-{n:4}"};
    const vt_file_items items = items_of(ids, COUNT);
    const vt_file_work_listener listener = record_work(&works);
    vt_file_work *work = vt_engine_rename(session->engine, &items, &wish, &listener, NULL);
    session_wait_for(session, &works.progress);
    vt_file_work_cancel(work);
    wait_for(session, work, &works);
    assert_int_equal(works.error.code, VT_ERROR_CANCELLED);
    assert_int_equal(count_files(session->pictures, "new-"), 0);
    assert_int_equal(count_files(session->pictures, "0"), COUNT);
    assert_false(vt_engine_is_moving_files(session->engine));
    vt_file_work_free(work);
}

static void all_frames_of_a_sequence_go_and_come_back(void **state)
{
    engine_session *session = *state;
    import_record record;
    work_record works;
    write_frames(session, 1, 30);
    look(session, &record);
    int64_t id = shot(session).item.id;
    edit(session, give_everything, &id, 1);
    const vt_rename_wish wish = {.pattern = "take_{n:2}"};
    vt_file_work *work = rename_items(session, &id, 1, &wish, &works);
    assert_int_equal(works.error.code, VT_ERROR_NONE);
    assert_int_equal(count_files(session->pictures, "take_01."), 30);
    assert_true(is_there(session, "take_01.0007.ppm"));
    assert_true(is_shown(session, id, "take_01.####.ppm"));
    look(session, &record);
    assert_int_equal(record.figures.imported, 0);
    assert_int_equal(record.figures.missing, 0);
    assert_int_equal(id_of(session, "take_01.####.ppm"), id);
    vt_file_work_free(undo(session, work, &works));
    vt_file_work_free(work);
    assert_int_equal(shot(session).item.id, id);

    work = trash(session, &id, 1, &works);
    assert_int_equal(count_files(session->pictures, "shot"), 0);
    assert_false(is_shown(session, id, "shot.####.ppm"));
    vt_file_work_free(undo(session, work, &works));
    assert_int_equal(count_files(session->pictures, "shot"), 30);
    assert_true(is_shown(session, id, "shot.####.ppm"));
    assert_int_equal(shot(session).item.id, id);
    assert_string_equal(shot(session).prefix, "shot.");
    assert_true(has_everything(session, id));
    vt_file_work_free(work);
}

static void deleting_is_for_ever(void **state)
{
    engine_session *session = *state;
    import_record record;
    work_record works;
    write_pictures(session);
    look(session, &record);
    const int64_t ids[] = {id_of(session, "a.ppm"), id_of(session, "b.ppm")};
    const vt_file_items items = items_of(ids, 2);
    const vt_file_work_listener listener = record_work(&works);
    assert_int_equal(unlink(files_path(session->pictures, "b.ppm")), 0);
    vt_file_work *work =
        wait_for(session, vt_engine_delete(session->engine, &items, &listener, NULL), &works);
    assert_false(is_there(session, "a.ppm") || is_there(session, "a.ppm.xmp"));
    assert_int_equal(id_of(session, "a.ppm"), 0);
    assert_false(is_shown(session, ids[0], "a.ppm"));

    /* What could not be deleted is told, and its side-car stays. */
    assert_int_equal(vt_file_work_failures(work), 1);
    assert_non_null(strstr(vt_file_work_failure_at(work, 0).path, "b.ppm"));
    assert_int_equal(vt_file_work_failure_at(work, 0).error->code, VT_ERROR_NOT_FOUND);
    assert_true(is_there(session, "b.xmp"));
    assert_false(vt_file_work_can_undo(work));
    assert_null(vt_engine_undo_files(session->engine, work, &listener, NULL));
    vt_file_work_free(work);
}

static void a_catalog_that_is_read_only_touches_no_file(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    work_record works;
    session_close(session);
    session_open(session, 2, 1, &(vt_engine_options){.read_only = true, .with_index = true});
    const int64_t id = 1;
    const vt_file_items items = items_of(&id, 1);
    const vt_file_work_listener listener = record_work(&works);
    assert_null(vt_engine_trash(session->engine, &items, &listener, &error));
    assert_int_equal(error.code, VT_ERROR_READ_ONLY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_trashed_is_put_back_with_all_its_marks, set_up_files,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_trash_outlives_the_program, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(renaming_keeps_the_items_and_is_undone, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(names_are_swapped, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(names_that_cannot_be_are_refused_before_anything_is_touched,
                                        set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(a_renaming_that_fails_is_taken_back_as_a_whole, set_up_files,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_renaming_that_is_stopped_is_taken_back, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(all_frames_of_a_sequence_go_and_come_back, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(deleting_is_for_ever, set_up_files, tear_down),
        cmocka_unit_test_setup_teardown(a_catalog_that_is_read_only_touches_no_file, set_up_files, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
