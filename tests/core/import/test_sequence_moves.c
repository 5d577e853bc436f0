/* Sequences that move keep their item, as files do. */
#include "tests/core/import/sequence_session.h"

#define MOVED "sub/shot.####.ppm"

static known moved_shot(engine_session *session)
{
    known found;
    assert_true(read_item(session, MOVED, &found));
    return found;
}

/* Gives the frames to the folder `sub`; they are moved, or copied with what was there left. */
static void take_frames(engine_session *session, int last, bool copy)
{
    char *folder = strdup(files_folder(session->pictures, "sub"));
    for (int frame = 1; frame <= last; frame++) {
        char name[32];
        snprintf(name, sizeof name, "shot.%04d.ppm", frame);
        char *from = strdup(frame_path(session, frame));
        if (copy) {
            files_copy(from, files_path(folder, name), 0);
        } else {
            assert_int_equal(rename(from, files_path(folder, name)), 0);
        }
        free(from);
    }
    free(folder);
}

static void frames_that_move_keep_their_item(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 8);
    import(session, &careful);
    write_frames(session, 9, 9); /* the poster's fingerprint is known with the size of before */
    import(session, &careful);
    known before = shot(session);
    edit(session, give_everything, &before.item.id, 1);
    take_frames(session, 9, false);
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.moved, 1);
    assert_int_equal(record.figures.imported, 0);
    known after = moved_shot(session);
    assert_int_equal(after.item.id, before.item.id);
    assert_int_equal(after.item.state, VT_ITEM_OK);
    assert_string_equal(after.ranges, "1-9");
    assert_true(has_thumb(session, &after.item));
    assert_has_everything(session, after.item.id);
    assert_int_equal(session_items(session), 1);
    assert_untouched(session);
}

static void a_folder_of_frames_moves_unread(void **state)
{
    engine_session *session = *state;
    files_folder(session->pictures, "old");
    write_frames(session, 1, 9);
    char *old_folder = strdup(files_path(session->pictures, "old"));
    char *new_folder = strdup(files_path(session->pictures, "sub"));
    take_frames(session, 9, false);
    assert_int_equal(rmdir(old_folder), 0);
    assert_int_equal(rename(new_folder, old_folder), 0);
    import(session, &careful);
    known before;
    assert_true(read_item(session, "old/shot.####.ppm", &before));
    edit(session, give_everything, &before.item.id, 1);
    assert_int_equal(rename(old_folder, new_folder), 0); /* the files themselves are as they were */
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.moved, 1);
    assert_int_equal(record.figures.decoded, 0);
    known after = moved_shot(session);
    assert_int_equal(after.item.id, before.item.id);
    assert_int_equal(after.row.poster, before.row.poster);
    assert_true(after.row.poster_ctime_ns == before.row.poster_ctime_ns);
    assert_true(has_thumb(session, &after.item));
    assert_has_everything(session, after.item.id);
    assert_untouched(session);
    free(new_folder);
    free(old_folder);
}

static void a_copied_sequence_is_another(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 9);
    import(session, &careful);
    known before = shot(session);
    take_frames(session, 9, true);
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.moved, 0);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(shot(session).item.id, before.item.id);
    assert_int_not_equal(moved_shot(session).item.id, before.item.id);
    assert_int_equal(session_items(session), 2);
    assert_untouched(session);
}

/* Frames that were single items, with what the user gave to one of them. */
static void items_that_move_stay_items(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 9);
    import(session, NULL);
    assert_int_equal(session_items(session), 9);
    known third, after;
    assert_true(read_item(session, "shot.0003.ppm", &third));
    edit(session, give_everything, &third.item.id, 1);
    take_frames(session, 9, false);
    import(session, &careful);
    assert_true(read_item(session, "sub/shot.0003.ppm", &after));
    assert_int_equal(after.item.state, VT_ITEM_OK);
    assert_int_equal(after.item.id, third.item.id);
    assert_has_everything(session, third.item.id);
}

/* The user wants single files: that holds where they go, also for what comes there later. */
static void what_was_split_stays_split_where_it_goes(void **state)
{
    engine_session *session = *state;
    known moved;
    write_frames(session, 1, 9);
    import(session, &careful);
    split(session, shot(session).item.id);
    import(session, &careful);
    assert_int_equal(session_items(session), 9);
    take_frames(session, 9, false);
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.moved, 9);
    files_write_picture(files_path(session->pictures, "sub/shot.0010.ppm"), 32, 20, 10);
    import(session, &careful);
    assert_int_equal(session_items(session), 10);
    assert_false(read_item(session, MOVED, &moved));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sequence_test(frames_that_move_keep_their_item),
        sequence_test(a_folder_of_frames_moves_unread),
        sequence_test(a_copied_sequence_is_another),
        sequence_test(items_that_move_stay_items),
        sequence_test(what_was_split_stays_split_where_it_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
