/* Frames that come, go and are renamed one by one in a watched folder: the sequence is kept up, and what the
 * user decided of it stays. */
#include "tests/core/import/sequence_session.h"
#include "tests/core/import/watch_session.h"

#include <fcntl.h>

/* After the last change until the catalog has it, beside what a slow machine takes. */
#define TAKEN_UP_NS (2 * VT_NS_PER_S)

static void begin(world *w, int frames)
{
    session_open(w->session, 4, 2, NULL);
    write_frames(w->session, 1, frames);
    import(w->session, &careful);
    watch_begin(w, NULL);
}

static bool has_ranges(world *w, const char *ranges)
{
    known found;
    return read_item(w->session, "shot.####.ppm", &found) && strcmp(found.ranges, ranges) == 0;
}

static void move(const world *w, const char *from, const char *to)
{
    char *old_path = strdup(files_path(w->session->pictures, from));
    assert_int_equal(rename(old_path, files_path(w->session->pictures, to)), 0);
    free(old_path);
}

static bool is_there(world *w, const char *name)
{
    known found;
    return read_item(w->session, name, &found);
}

static void frames_come_go_and_move(void **state)
{
    world *w = *state;
    begin(w, 12);
    known before = shot(w->session);
    vt_catalog_writer *writer = session_writer(w->session);
    give_everything(writer, &before.item.id, 1);

    int64_t begun = vt_clock_now();
    write_frames(w->session, 13, 13);
    WAIT_UNTIL(w, has_ranges(w, "1-13"));
    assert_true(vt_clock_now() - begun < TAKEN_UP_NS);

    assert_int_equal(unlink(frame_path(w->session, 5)), 0);
    WAIT_UNTIL(w, has_ranges(w, "1-4,6-13"));

    move(w, "shot.0009.ppm", "shot.0020.ppm");
    WAIT_UNTIL(w, has_ranges(w, "1-4,6-8,10-13,20"));

    move(w, "shot.0020.ppm", "alone.ppm"); /* no frame any more */
    WAIT_UNTIL(w, has_ranges(w, "1-4,6-8,10-13") && is_there(w, "alone.ppm"));
    move(w, "alone.ppm", "shot.0005.ppm"); /* fills the gap; the item it was meanwhile had nothing */
    WAIT_UNTIL(w, has_ranges(w, "1-8,10-13"));
    come_to_rest(w);
    known after = shot(w->session);
    assert_int_equal(after.item.id, before.item.id);
    assert_int_equal(after.item.state, VT_ITEM_OK);
    assert_has_everything(w->session, before.item.id);
    assert_int_equal(session_items(w->session), 1); /* what was an item meanwhile is a frame again */

    files_write_picture(frame_path(w->session, 6), 32, 20, 606); /* drawn anew */
    WAIT_UNTIL(w, shot(w->session).item.mtime_ns > after.item.mtime_ns);
    assert_int_equal(shot(w->session).item.id, before.item.id);
    assert_int_equal(w->lines, 0);
}

/* A render that is written while its folder is watched: no frame is left behind as a picture of its own. */
static void a_sequence_that_is_being_written_is_one_item(void **state)
{
    world *w = *state;
    session_open(w->session, 4, 2, NULL);
    files_write_picture(files_path(w->session->pictures, "cover.ppm"), 8, 8, 1);
    import(w->session, &careful);
    watch_begin(w, NULL);
    for (int frame = 1; frame <= 8; frame++) {
        write_frames(w->session, frame, frame);
        int64_t imports = figures_of(w).imports;
        WAIT_UNTIL(w, figures_of(w).imports > imports);
        come_to_rest(w);
    }
    assert_string_equal(shot(w->session).ranges, "1-8");
    assert_int_equal(session_items(w->session), 2);
    assert_true(is_there(w, "cover.ppm"));
}

/* Pictures of a camera are numbered, too. */
static void photographs_stay_single(void **state)
{
    world *w = *state;
    begin(w, 2);
    for (int i = 1; i <= 6; i++) {
        char name[32];
        snprintf(name, sizeof name, "IMG_%04d.ppm", i);
        files_write_picture(files_path(w->session->pictures, name), 30, 20, (unsigned)i);
    }
    WAIT_UNTIL(w, is_there(w, "IMG_0006.ppm") && w->sum.imported == 6);
    come_to_rest(w);
    assert_int_equal(session_items(w->session), 8);
}

/* All frames get another name at once, as programs that rename do it. */
static void a_sequence_that_is_renamed_keeps_its_item(void **state)
{
    world *w = *state;
    begin(w, 12);
    known before = shot(w->session);
    give_everything(session_writer(w->session), &before.item.id, 1);
    for (int frame = 1; frame <= 12; frame++) {
        char from[32];
        char to[32];
        snprintf(from, sizeof from, "shot.%04d.ppm", frame);
        snprintf(to, sizeof to, "take.%04d.ppm", frame);
        move(w, from, to);
        usleep(20000); /* as a loop in a shell does it */
    }
    known after = {0};
    WAIT_UNTIL(w, read_item(w->session, "take.####.ppm", &after));
    come_to_rest(w);
    assert_true(read_item(w->session, "take.####.ppm", &after));
    assert_int_equal(after.item.id, before.item.id);
    assert_string_equal(after.ranges, "1-12");
    assert_has_everything(w->session, before.item.id);
    assert_int_equal(session_items(w->session), 1);
}

/* Waits between two renames until what one has done was taken up. */
static void wait_for_import(world *w)
{
    int64_t imports = figures_of(w).imports;
    WAIT_UNTIL(w, figures_of(w).imports > imports);
    come_to_rest(w);
}

static void rename_frames(world *w, int first, int last, const char *to, int pause_us)
{
    for (int frame = first; frame <= last; frame++) {
        char from[32];
        char name[64];
        snprintf(from, sizeof from, "shot.%04d.ppm", frame);
        snprintf(name, sizeof name, to, frame);
        move(w, from, name);
        usleep((useconds_t)pause_us);
    }
}

static void expect_moved_to(world *w, const char *name, int64_t id, const char *ranges)
{
    known after = {0};
    WAIT_UNTIL(w, read_item(w->session, name, &after) && strcmp(after.ranges, ranges) == 0 &&
                      after.item.id == id);
    come_to_rest(w);
    assert_true(read_item(w->session, name, &after));
    assert_int_equal(after.item.id, id);
    assert_int_equal(after.item.state, VT_ITEM_OK);
    assert_string_equal(after.ranges, ranges);
    assert_has_everything(w->session, id);
    assert_int_equal(session_items(w->session), 1);
}

/* More frames than renames are told to one import, for longer than other renames may take. */
static void a_long_rename_is_taken_up_as_one(void **state)
{
    world *w = *state;
    begin(w, 400);
    known before = shot(w->session);
    give_everything(session_writer(w->session), &before.item.id, 1);
    int64_t imports = figures_of(w).imports;
    rename_frames(w, 1, 400, "take.%04d.ppm", 4000);
    expect_moved_to(w, "take.####.ppm", before.item.id, "1-400");
    assert_int_equal(figures_of(w).imports, imports + 1);
}

/* With pauses, so that every few frames are an import of their own. */
static void a_rename_in_pieces_ends_as_the_item_it_was(void **state)
{
    world *w = *state;
    begin(w, 12);
    known before = shot(w->session);
    give_everything(session_writer(w->session), &before.item.id, 1);
    rename_frames(w, 1, 4, "take.%04d.ppm", 0);
    wait_for_import(w);
    rename_frames(w, 5, 8, "take.%04d.ppm", 0);
    wait_for_import(w);
    known between;
    assert_true(read_item(w->session, "take.####.ppm", &between));
    assert_string_equal(between.ranges, "1-8");
    assert_true(has_ranges(w, "9-12"));
    rename_frames(w, 9, 12, "take.%04d.ppm", 0);
    expect_moved_to(w, "take.####.ppm", before.item.id, "1-12");
}

static void a_move_in_pieces_ends_as_the_item_it_was(void **state)
{
    world *w = *state;
    assert_int_equal(mkdir(files_path(w->session->pictures, "other"), 0777), 0);
    begin(w, 6);
    known before = shot(w->session);
    give_everything(session_writer(w->session), &before.item.id, 1);
    rename_frames(w, 1, 3, "other/shot.%04d.ppm", 0);
    wait_for_import(w);
    rename_frames(w, 4, 6, "other/shot.%04d.ppm", 0);
    expect_moved_to(w, "other/shot.####.ppm", before.item.id, "1-6");
}

/* What came in pieces was given something meanwhile: neither is lost. */
static void a_sequence_with_marks_gives_way_to_none(void **state)
{
    world *w = *state;
    begin(w, 12);
    known before = shot(w->session);
    give_everything(session_writer(w->session), &before.item.id, 1);
    rename_frames(w, 1, 8, "take.%04d.ppm", 0);
    wait_for_import(w);
    known take;
    assert_true(read_item(w->session, "take.####.ppm", &take));
    give_three_stars(session_writer(w->session), &take.item.id, 1);
    rename_frames(w, 9, 12, "take.%04d.ppm", 0);
    known after = {0};
    WAIT_UNTIL(w, read_item(w->session, "take.####.ppm", &after) && strcmp(after.ranges, "1-12") == 0);
    come_to_rest(w);
    assert_int_equal(after.item.id, take.item.id);
    assert_int_equal(after.item.rating, 3);
    assert_int_equal(shot(w->session).item.state, VT_ITEM_MISSING);
    assert_has_everything(w->session, before.item.id);
}

static void what_was_split_stays_split(void **state)
{
    world *w = *state;
    begin(w, 6);
    split(w->session, shot(w->session).item.id);
    WAIT_UNTIL(w, is_there(w, "shot.0001.ppm"));
    write_frames(w->session, 7, 8);
    WAIT_UNTIL(w, is_there(w, "shot.0007.ppm") && is_there(w, "shot.0008.ppm"));
    come_to_rest(w);
    assert_false(is_there(w, "shot.####.ppm"));
    assert_int_equal(session_items(w->session), 8);
    assert_int_equal(unlink(frame_path(w->session, 3)), 0);
    known third;
    WAIT_UNTIL(w, read_item(w->session, "shot.0003.ppm", &third) && third.item.state == VT_ITEM_MISSING);
    assert_int_equal(session_items(w->session), 8);
}

/* What becomes a frame by a new name: an item with something of the user's stays one, beside its sequence. */
static void items_that_become_frames(void **state)
{
    world *w = *state;
    session_open(w->session, 4, 2, NULL);
    write_frames(w->session, 1, 6);
    files_write_picture(files_path(w->session->pictures, "plain.ppm"), 32, 20, 70);
    files_write_picture(files_path(w->session->pictures, "rated.ppm"), 32, 20, 80);
    import(w->session, &careful);
    watch_begin(w, NULL);
    known rated, after;
    assert_true(read_item(w->session, "rated.ppm", &rated));
    give_three_stars(session_writer(w->session), &rated.item.id, 1);
    move(w, "plain.ppm", "shot.0007.ppm");
    move(w, "rated.ppm", "shot.0008.ppm");
    WAIT_UNTIL(w, has_ranges(w, "1-8"));
    come_to_rest(w);
    assert_true(read_item(w->session, "shot.0008.ppm", &after));
    assert_int_equal(after.item.id, rated.item.id);
    assert_int_equal(after.item.rating, 3);
    assert_int_equal(after.item.state, VT_ITEM_OK);
    assert_int_equal(session_items(w->session), 2); /* the other one has nothing to be kept for */
    assert_false(is_there(w, "plain.ppm"));
    assert_false(is_there(w, "rated.ppm"));

    /* Its sequence misses it, too. */
    assert_int_equal(unlink(frame_path(w->session, 8)), 0);
    WAIT_UNTIL(w, has_ranges(w, "1-7"));
    WAIT_UNTIL(w, read_item(w->session, "shot.0008.ppm", &after) && after.item.state == VT_ITEM_MISSING);
    assert_int_equal(after.item.rating, 3);
}

#define watch_test(name) cmocka_unit_test_setup_teardown(name, watch_set_up, watch_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        watch_test(frames_come_go_and_move),
        watch_test(a_sequence_that_is_being_written_is_one_item),
        watch_test(photographs_stay_single),
        watch_test(a_sequence_that_is_renamed_keeps_its_item),
        watch_test(what_was_split_stays_split),
        watch_test(items_that_become_frames),
        watch_test(a_long_rename_is_taken_up_as_one),
        watch_test(a_rename_in_pieces_ends_as_the_item_it_was),
        watch_test(a_move_in_pieces_ends_as_the_item_it_was),
        watch_test(a_sequence_with_marks_gives_way_to_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
