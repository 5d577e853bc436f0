/* Numbered files through the whole engine: one item, kept up as frames come and go. */
#include "tests/core/import/sequence_session.h"

static void frames_become_one_item(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 20);
    write_frames(session, 24, 30);
    files_write_picture(files_path(session->pictures, "cover.ppm"), 8, 8, 1);
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.imported, 2);
    assert_int_equal(record.figures.found, 2);
    assert_int_equal(record.figures.frames, 27);
    assert_int_equal(record.figures.decoded, 2); /* one frame is read, not all */
    assert_int_equal(session_items(session), 2);
    known sequence = shot(session);
    assert_int_equal(sequence.item.media.kind, VT_KIND_SEQUENCE);
    assert_int_equal(sequence.item.media.format, VT_FORMAT_PNM);
    assert_int_equal(sequence.item.media.width, 32);
    assert_int_equal(sequence.item.state, VT_ITEM_OK);
    assert_string_equal(sequence.ranges, "1-20,24-30");
    assert_string_equal(sequence.prefix, "shot.");
    assert_string_equal(sequence.suffix, ".ppm");
    assert_int_equal(sequence.row.names.width, 4);
    assert_int_equal(sequence.row.poster, 14); /* the one in the middle */
    assert_int_equal(sequence.row.rate_numerator, 0);
    int64_t sum = 0;
    for (int frame = 1; frame <= 30; frame++) {
        struct stat facts;
        sum += stat(frame_path(session, frame), &facts) == 0 ? facts.st_size : 0;
    }
    assert_int_equal(sequence.item.size, sum);
    assert_true(has_thumb(session, &sequence.item));
    vt_item_brief brief;
    assert_int_equal(rows(session, "shot.####.ppm", &brief), 2);
    assert_int_equal(brief.kind, VT_KIND_SEQUENCE);
    assert_int_equal(brief.triangles, 27);
    assert_untouched(session);

    /* Known is known: whoever looks for no sequences does not lose this one. */
    record = import(session, NULL);
    assert_int_equal(record.figures.unchanged, 2);
    assert_int_equal(record.batches, 0);
}

static void frames_come_and_go(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 9);
    import(session, &careful);
    known before = shot(session);
    assert_int_equal(before.row.poster, 5);

    write_frames(session, 10, 10); /* one more: nothing is read, the thumbnail stays */
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.updated, 1);
    assert_int_equal(record.figures.decoded, 0);
    known after = shot(session);
    assert_int_equal(after.item.id, before.item.id);
    assert_string_equal(after.ranges, "1-10");
    assert_int_equal(after.row.poster, 5);
    assert_int_equal(after.item.media.triangles, 10);
    assert_true(after.item.size > before.item.size);
    assert_true(has_thumb(session, &after.item));
    assert_false(has_thumb(session, &before.item));

    assert_int_equal(unlink(frame_path(session, 3)), 0);
    record = import(session, &careful);
    assert_int_equal(record.figures.decoded, 0);
    assert_string_equal(shot(session).ranges, "1-2,4-10");

    files_write_picture(frame_path(session, 7), 32, 20, 777); /* changed, but not shown */
    record = import(session, &careful);
    assert_int_equal(record.figures.updated, 1);
    assert_int_equal(record.figures.decoded, 0);

    files_write_picture(frame_path(session, 5), 32, 20, 555);
    record = import(session, &careful);
    assert_int_equal(record.figures.decoded, 1);
    after = shot(session);
    assert_true(has_thumb(session, &after.item));

    assert_int_equal(after.row.poster, 6); /* the middle of what is there now */
    assert_int_equal(unlink(frame_path(session, 6)), 0);
    record = import(session, &careful);
    assert_int_equal(record.figures.decoded, 1);
    assert_int_equal(shot(session).row.poster, 7);
    assert_untouched(session);
}

static void a_sequence_lives_as_long_as_a_frame(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 9);
    import(session, &careful);
    known before = shot(session);
    edit(session, give_three_stars, &before.item.id, 1);
    for (int frame = 1; frame <= 9; frame++) {
        assert_true(frame == 2 || unlink(frame_path(session, frame)) == 0);
    }
    import(session, &careful);
    assert_string_equal(shot(session).ranges, "2");
    assert_int_equal(shot(session).item.media.triangles, 1);
    assert_int_equal(session_items(session), 1);

    assert_int_equal(unlink(frame_path(session, 2)), 0);
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.missing, 1);
    assert_int_equal(shot(session).item.state, VT_ITEM_MISSING);
    assert_untouched(session);

    write_frames(session, 1, 9);
    import(session, &careful);
    known after = shot(session);
    assert_int_equal(after.item.id, before.item.id);
    assert_int_equal(after.item.state, VT_ITEM_OK);
    assert_int_equal(after.item.rating, 3);
    assert_string_equal(after.ranges, "1-9");
}

/* As it was, down to the inode: a volume that was not there. */
static void frames_that_are_back_are_not_read_again(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 6);
    import(session, &careful);
    char *aside = strdup(files_path(session->root, "aside"));
    assert_int_equal(rename(session->pictures, aside), 0);
    files_folder(session->root, "pictures");
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.missing, 1);
    assert_int_equal(rmdir(session->pictures), 0);
    assert_int_equal(rename(aside, session->pictures), 0);
    free(aside);
    record = import(session, &careful);
    assert_int_equal(record.figures.decoded, 0);
    known after = shot(session);
    assert_int_equal(after.item.state, VT_ITEM_OK);
    assert_int_equal(after.row.poster, 4);
    assert_true(after.row.poster_ctime_ns != 0);
    assert_true(has_thumb(session, &after.item));
}

static void items_become_frames(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 6);
    import_record record = import(session, NULL);
    assert_int_equal(record.figures.imported, 6);
    known rated;
    assert_true(read_item(session, "shot.0004.ppm", &rated));
    edit(session, give_three_stars, &rated.item.id, 1);

    record = import(session, &careful);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(session_items(session), 2); /* what carries something stays, beside the sequence */
    known after;
    assert_true(read_item(session, "shot.0004.ppm", &after));
    assert_int_equal(after.item.id, rated.item.id);
    assert_int_equal(after.item.rating, 3);
    assert_int_equal(after.item.state, VT_ITEM_OK);
    assert_string_equal(shot(session).ranges, "1-6");
    assert_int_equal(rows(session, NULL, NULL), 2);
    assert_untouched(session);

    /* It is kept up as any file is. */
    files_write_picture(frame_path(session, 4), 30, 20, 44);
    record = import(session, &careful);
    assert_int_equal(record.figures.updated, 2);
    assert_true(read_item(session, "shot.0004.ppm", &after));
    assert_int_equal(after.item.media.width, 30);
    assert_int_equal(after.item.rating, 3);
    assert_int_equal(session_items(session), 2);
    assert_untouched(session);
}

static void frames_that_carry_the_same_give_it_to_the_sequence(void **state)
{
    engine_session *session = *state;
    int64_t ids[5];
    write_frames(session, 1, 5);
    import(session, NULL);
    for (int i = 0; i < 5; i++) {
        char name[32];
        known item;
        snprintf(name, sizeof name, "shot.%04d.ppm", i + 1);
        assert_true(read_item(session, name, &item));
        ids[i] = item.item.id;
    }
    edit(session, give_everything, ids, 5);
    assert_int_equal(in_album(session), 5);
    import(session, &careful);
    assert_int_equal(session_items(session), 1);
    assert_has_everything(session, shot(session).item.id);
    assert_int_equal(in_album(session), 1);
    vt_item_brief brief = {0};
    assert_int_equal(rows(session, "shot.####.ppm", &brief), 1);
    assert_int_equal(brief.rating, 4);
}

/* ---- which frame is shown ---- */

static void black_and_broken_frames_are_not_shown(void **state)
{
    engine_session *session = *state;
    for (int frame = 1; frame <= 9; frame++) {
        write_grey(session, frame, frame == 3 ? 90 : 12);
    }
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.failed, 0);
    assert_int_equal(shot(session).row.poster, 3); /* a quarter of the way; the middle is black */

    write_grey(session, 3, 0);
    import(session, &careful);
    assert_int_equal(shot(session).row.poster, 5); /* all are black: the middle after all */

    files_write(frame_path(session, 5), "P6 no picture", 13);
    write_grey(session, 7, 200);
    import(session, &careful);
    assert_int_equal(shot(session).row.poster, 7);
    assert_int_equal(session_failures(session), 0);
}

static void a_sequence_that_cannot_be_read_is_a_failure(void **state)
{
    engine_session *session = *state;
    for (int frame = 1; frame <= 5; frame++) {
        files_write(frame_path(session, frame), "P6 no picture", 13);
    }
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(session_failures(session), 1);
    assert_int_equal(session_items(session), 0);
    record = import(session, &careful);
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(record.figures.decoded, 0); /* not tried again */
    assert_int_equal(session_failures(session), 1);

    char *path = strdup(files_path(session->pictures, "shot.####.ppm"));
    const vt_import_options retry = {.retry_failures = true, .sequences = VT_SEQUENCE_CAREFUL};
    session_import(session, path, &retry, &record); /* as the list of failures asks for it */
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(record.figures.decoded, 1);
    assert_int_equal(session_failures(session), 1);
    write_frames(session, 1, 5);
    session_import(session, path, &retry, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(session_failures(session), 0);
    assert_string_equal(shot(session).ranges, "1-5");
    free(path);
}

/* ---- corners ---- */

static void a_file_of_that_name_has_precedence(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 6);
    files_write_picture(files_path(session->pictures, "shot.####.ppm"), 9, 9, 1);
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.imported, 7);
    assert_int_equal(shot(session).item.media.kind, VT_KIND_IMAGE);
    assert_untouched(session);
}

static void a_frame_given_by_itself_is_there_already(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 6);
    import(session, &careful);
    import_record record;
    session_import(session, frame_path(session, 2), &careful, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_int_equal(record.figures.imported, 0);
    assert_int_equal(record.figures.unchanged, 1);
    assert_int_equal(record.batches, 0);
    assert_int_equal(session_items(session), 1);

    /* One that came, and one that went, as whoever watches the folder tells of them. */
    files_write_picture(files_path(files_folder(session->pictures, "below"), "deep.ppm"), 8, 8, 1);
    write_frames(session, 7, 7);
    session_import(session, frame_path(session, 7), NULL, &record);
    assert_int_equal(record.figures.updated, 1);
    assert_string_equal(shot(session).ranges, "1-7");
    char *gone = strdup(frame_path(session, 2));
    assert_int_equal(unlink(gone), 0);
    session_import(session, gone, &(vt_import_options){.retry_failures = true}, &record);
    assert_int_equal(record.error.code, VT_ERROR_NONE);
    assert_string_equal(shot(session).ranges, "1,3-7");
    assert_int_equal(session_items(session), 1); /* nothing below was looked at */
    free(gone);

    files_write_picture(files_path(session->pictures, "other.0001.ppm"), 8, 8, 1);
    session_import(session, files_path(session->pictures, "other.0001.ppm"), &careful, &record);
    assert_int_equal(record.figures.imported, 1);
}

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    answer *to = user;
    to->came++;
    if (picture) {
        assert_int_equal(picture->width, 32);
        free(picture->pixels);
    } else {
        to->error = *error;
    }
}

static void see(engine_session *session)
{
    answer done = {0};
    assert_non_null(vt_engine_request_thumbnail(session->engine, 0, 0, on_picture, &done, NULL));
    session_wait_for(session, &done.came);
    assert_int_equal(done.error.code, VT_ERROR_NONE);
}

static void a_listed_sequence_is_read_when_it_is_shown(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 6);
    const vt_import_options list_only = {.read_limit = VT_IMPORT_READ_NONE, .sequences = VT_SEQUENCE_CAREFUL};
    import_record record = import(session, &list_only);
    assert_int_equal(record.figures.decoded, 0);
    assert_int_equal(record.figures.deferred, 1);
    known listed = shot(session);
    assert_int_equal(listed.item.state, VT_ITEM_UNREAD);
    assert_int_equal(listed.item.media.kind, VT_KIND_SEQUENCE);
    assert_string_equal(listed.ranges, "1-6");
    see(session);
    session_wait_for(session, &session->rows_changed);
    known read = shot(session);
    assert_int_equal(read.item.state, VT_ITEM_OK);
    assert_int_equal(read.item.id, listed.item.id);
    assert_int_equal(read.row.poster, 4);
    assert_true(read.row.poster_ctime_ns != 0);
    assert_true(has_thumb(session, &read.item));
    record = import(session, &careful);
    assert_int_equal(record.figures.unchanged, 1);
    assert_int_equal(record.batches, 0);

    /* A store that was lost is filled again. */
    session_close(session);
    assert_int_equal(unlink(session->thumbs), 0);
    session_open(session, 4, 1, NULL);
    session_wait_for(session, &session->index_loaded);
    see(session);
    assert_true(has_thumb(session, &read.item));
}

static void what_was_listed_is_read_by_the_next_import(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 6);
    import(session,
           &(vt_import_options){.read_limit = VT_IMPORT_READ_NONE, .sequences = VT_SEQUENCE_CAREFUL});
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.decoded, 1);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(shot(session).item.state, VT_ITEM_OK);
    assert_untouched(session);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sequence_test(frames_become_one_item),
        sequence_test(frames_come_and_go),
        sequence_test(a_sequence_lives_as_long_as_a_frame),
        sequence_test(frames_that_are_back_are_not_read_again),
        sequence_test(items_become_frames),
        sequence_test(frames_that_carry_the_same_give_it_to_the_sequence),
        sequence_test(black_and_broken_frames_are_not_shown),
        sequence_test(a_sequence_that_cannot_be_read_is_a_failure),
        sequence_test(a_file_of_that_name_has_precedence),
        sequence_test(a_frame_given_by_itself_is_there_already),
        sequence_test(a_listed_sequence_is_read_when_it_is_shown),
        sequence_test(what_was_listed_is_read_by_the_next_import),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
