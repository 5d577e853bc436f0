/* Which single files have their folder be looked through. */
#include "tests/core/import/sequence_session.h"

#include "core/import/due_folders.h"

typedef struct asking {
    vt_catalog_reader *reader;
    vt_sequence_claims *claims;
} asking;

static asking ask(engine_session *session)
{
    asking by = {.reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL)};
    assert_non_null(by.reader);
    by.claims = vt_sequence_claims_create(by.reader, NULL);
    assert_non_null(by.claims);
    return by;
}

static void end(asking *by)
{
    vt_sequence_claims_free(by->claims);
    vt_catalog_reader_free(by->reader);
}

/* Whether the folder of the pictures is due because of `name`. */
static bool makes_due(engine_session *session, const char *name, vt_sequence_mode mode, bool siblings,
                      bool came)
{
    asking by = ask(session);
    vt_error error = VT_ERROR_INIT;
    bool frame = false;
    vt_due_folders *folders = vt_due_folders_create(by.claims, mode, siblings);
    assert_non_null(folders);
    const char *path = session->pictures;
    assert_true(vt_due_folders_note(folders, path, strlen(path), name, strlen(name), came, &frame, &error));
    assert_true(vt_due_folders_note(folders, path, strlen(path), name, strlen(name), came, &frame, &error));
    char *due = vt_due_folders_next(folders);
    assert_int_equal(due != NULL, frame);
    assert_true(!due || strcmp(due, path) == 0);
    assert_null(vt_due_folders_next(folders)); /* once, however often it is asked for */
    free(due);
    vt_due_folders_free(folders);
    end(&by);
    return frame;
}

static void neighbours_make_a_frame(void **state)
{
    engine_session *session = *state;
    const vt_sequence_mode mode = VT_SEQUENCE_CAREFUL;
    write_frames(session, 9, 9);
    files_write_picture(files_path(session->pictures, "bare9.ppm"), 8, 8, 1);
    files_write_picture(files_path(session->pictures, "IMG_0001.ppm"), 8, 8, 1);
    files_folder(session->pictures, "dir.0001.ppm");
    assert_true(makes_due(session, "shot.0010.ppm", mode, true, true));
    assert_true(makes_due(session, "shot.0008.ppm", mode, true, true));
    assert_true(makes_due(session, "bare10.ppm", mode, true, true));
    assert_false(makes_due(session, "shot.0011.ppm", mode, true, true));
    assert_false(makes_due(session, "shot.0010.ppm", mode, false, true)); /* nobody asked for new ones */
    assert_false(makes_due(session, "shot.0010.ppm", mode, true, false)); /* it is gone */
    assert_false(makes_due(session, "shot.0010.ppm", VT_SEQUENCE_OFF, true, true));
    assert_false(makes_due(session, "IMG_0002.ppm", mode, true, true));
    assert_false(makes_due(session, "dir.0002.ppm", mode, true, true)); /* a folder is no neighbour */
    assert_false(makes_due(session, "plain.ppm", mode, true, true));
    assert_false(makes_due(session, "shot.0000.ppm", mode, true, true)); /* there is no frame before it */
    assert_false(makes_due(session, "shot.9223372036854775807.ppm", mode, true, true));
    assert_true(makes_due(session, "IMG_0002.ppm", VT_SEQUENCE_EAGER, true, true));
    assert_false(makes_due(session, "part0002.stl", VT_SEQUENCE_EAGER, true, true));
}

static void what_the_catalog_knows_goes_before(void **state)
{
    engine_session *session = *state;
    write_frames(session, 1, 6);
    import(session, &careful);
    assert_true(makes_due(session, "shot.0100.ppm", VT_SEQUENCE_OFF, false, true));
    assert_true(makes_due(session, "shot.0003.ppm", VT_SEQUENCE_OFF, false, false));
    assert_false(makes_due(session, "shot.03.ppm", VT_SEQUENCE_OFF, false, true));

    split(session, shot(session).item.id);
    assert_false(makes_due(session, "shot.0007.ppm", VT_SEQUENCE_EAGER, true, true));

    join(session, frame_path(session, 1));
    assert_true(makes_due(session, "shot.0007.ppm", VT_SEQUENCE_OFF, true, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sequence_test(neighbours_make_a_frame),
        sequence_test(what_the_catalog_knows_goes_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
