/* Relinking sequences: one item, wherever all its frames are; what is there in part is told and stays. */
#include "tests/core/import/sequence_session.h"

#include "core/import/engine_private.h"
#include "core/import/relink.h"

#include <fcntl.h>

enum { FRAMES = 12 };

static vt_relink *search(engine_session *session, const char *old_folder, const char *folder,
                         vt_relink_figures *figures)
{
    vt_error error = VT_ERROR_INIT;
    vt_relink *relink =
        vt_relink_search(vt_engine_catalog(session->engine), old_folder, folder, NULL, &error);
    if (!relink) {
        fail_msg("%s", error.message);
    }
    vt_relink_get_figures(relink, figures);
    return relink;
}

static int64_t apply(engine_session *session, vt_relink *relink)
{
    int64_t moved = -1;
    vt_error error = VT_ERROR_INIT;
    if (!vt_relink_apply(relink, session_writer(session), NULL, NULL, &moved, &error)) {
        fail_msg("%s", error.message);
    }
    vt_relink_free(relink);
    return moved;
}

static bool shot_at(engine_session *session, const char *folder, vt_item *item)
{
    char *path = strdup(files_path(folder, "shot.####.ppm"));
    vt_catalog_reader *reader = vt_catalog_reader_open(vt_engine_catalog(session->engine), NULL);
    assert_non_null(reader);
    bool found = vt_catalog_reader_item_at(reader, path, strlen(path), item, NULL);
    vt_catalog_reader_free(reader);
    free(path);
    return found;
}

/* A sequence that is known and has something of the user's; its number. */
static int64_t begin(engine_session *session)
{
    write_frames(session, 1, FRAMES);
    import(session, &careful);
    int64_t id = shot(session).item.id;
    give_everything(session_writer(session), &id, 1);
    return id;
}

typedef enum how { MOVED, COPIED, COPIED_WITH_TIMES } how;

static void bring(const engine_session *session, const char *folder, int first, int last, how way)
{
    for (int frame = first; frame <= last; frame++) {
        char name[32];
        snprintf(name, sizeof name, "shot.%04d.ppm", frame);
        char *from = strdup(frame_path(session, frame));
        const char *to = files_path(folder, name);
        if (way == MOVED) {
            assert_int_equal(rename(from, to), 0);
        } else {
            struct stat facts;
            assert_int_equal(stat(from, &facts), 0);
            files_copy(from, to, 0);
            const struct timespec times[] = {facts.st_atim, facts.st_mtim};
            assert_true(way == COPIED || utimensat(AT_FDCWD, to, times, 0) == 0);
            assert_int_equal(unlink(from), 0);
        }
        free(from);
    }
}

static void a_folder_of_frames_is_one_item(void **state)
{
    engine_session *session = *state;
    int64_t id = begin(session);
    vt_relink_figures figures;
    vt_item item;
    char *folder = strdup(files_path(session->root, "moved"));
    assert_int_equal(rename(session->pictures, folder), 0);
    vt_relink *relink = search(session, session->pictures, folder, &figures);
    assert_int_equal(figures.sought, 1);
    assert_int_equal(figures.files, FRAMES);
    assert_int_equal(figures.read, 0);
    assert_int_equal(figures.matches, 1);
    assert_int_equal(figures.by[VT_EVIDENCE_FILE], 1);
    assert_int_equal(figures.parts, 0);
    vt_relink_match match = vt_relink_match_at(relink, 0);
    assert_int_equal(match.id, id);
    assert_string_equal(match.from, files_path(session->pictures, "shot.####.ppm"));
    assert_string_equal(match.to, files_path(folder, "shot.####.ppm"));
    assert_false(shot_at(session, folder, &item)); /* a preview so far */

    assert_int_equal(apply(session, relink), 1);
    assert_true(shot_at(session, folder, &item));
    assert_int_equal(item.id, id);
    assert_int_equal(item.state, VT_ITEM_OK);
    assert_true(has_thumb(session, &item));
    assert_has_everything(session, id);
    assert_int_equal(session_items(session), 1);
    import_record record;
    session_import(session, folder, &careful, &record);
    assert_int_equal(record.figures.unchanged, 1);
    assert_int_equal(record.batches, 0);
    files_remove(folder);
}

/* Each way by which frames get elsewhere, and what tells that they are the same. */
static void each_evidence_finds_its_own(void **state)
{
    engine_session *session = *state;
    static const struct {
        how way;
        bool same_place;
        vt_evidence evidence;
    } cases[] = {
        {MOVED, false, VT_EVIDENCE_NAME},
        {COPIED_WITH_TIMES, true, VT_EVIDENCE_PLACE},
        {COPIED, false, VT_EVIDENCE_CONTENT},
    };
    int64_t id = begin(session);
    char *from = strdup(session->pictures);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[8];
        vt_item item;
        vt_relink_figures figures;
        snprintf(name, sizeof name, "to%zu", i);
        char *folder = strdup(files_folder(session->root, name));
        char *deep = strdup(cases[i].same_place ? folder : files_folder(folder, "deep"));
        engine_session at = *session;
        at.pictures = from;
        bring(&at, deep, 1, FRAMES, cases[i].way);
        vt_relink *relink = search(session, from, folder, &figures);
        assert_int_equal(figures.matches, 1);
        assert_int_equal(vt_relink_match_at(relink, 0).evidence, cases[i].evidence);
        assert_int_equal(figures.read, cases[i].evidence == VT_EVIDENCE_CONTENT);
        assert_int_equal(apply(session, relink), 1);
        assert_true(shot_at(session, deep, &item));
        assert_int_equal(item.id, id);
        assert_has_everything(session, id);
        free(from);
        free(folder);
        from = deep;
    }
    free(from);
    assert_int_equal(session_items(session), 1);
}

static void half_of_the_frames_stay_what_they_were(void **state)
{
    engine_session *session = *state;
    int64_t id = begin(session);
    vt_relink_figures figures;
    vt_item item;
    char *folder = strdup(files_folder(session->root, "half"));
    bring(session, folder, 1, FRAMES / 2, MOVED);
    vt_relink *relink = search(session, session->pictures, folder, &figures);
    assert_int_equal(figures.sought, 1);
    assert_int_equal(figures.matches, 0);
    assert_int_equal(figures.doubts, 0);
    assert_int_equal(figures.parts, 1);
    vt_relink_part part = vt_relink_part_at(relink, 0);
    assert_int_equal(part.id, id);
    assert_string_equal(part.from, files_path(session->pictures, "shot.####.ppm"));
    assert_string_equal(part.to, files_path(folder, "shot.####.ppm"));
    assert_int_equal(part.found, FRAMES / 2);
    assert_int_equal(part.frames, FRAMES);
    assert_int_equal(apply(session, relink), 0);
    assert_true(shot_at(session, session->pictures, &item));
    assert_has_everything(session, id);

    /* A frame that was lost: of what is left nothing is guessed either. */
    bring(session, folder, FRAMES / 2 + 1, FRAMES - 1, MOVED);
    assert_int_equal(unlink(frame_path(session, FRAMES)), 0);
    relink = search(session, session->pictures, folder, &figures);
    assert_int_equal(figures.parts, 1);
    assert_int_equal(vt_relink_part_at(relink, 0).found, FRAMES - 1);
    vt_relink_free(relink);

    /* The rest follows: now it is whole, and more has been drawn since. */
    files_write_picture(frame_path(session, FRAMES), 32, 20, FRAMES);
    bring(session, folder, FRAMES, FRAMES, MOVED);
    files_write_picture(files_path(folder, "shot.0013.ppm"), 32, 20, 13);
    relink = search(session, session->pictures, folder, &figures);
    assert_int_equal(figures.parts, 0);
    assert_int_equal(apply(session, relink), 1);
    assert_true(shot_at(session, folder, &item));
    assert_int_equal(item.id, id);
    import_record record;
    session_import(session, folder, &careful, &record);
    assert_int_equal(record.figures.updated, 1);
    assert_true(shot_at(session, folder, &item));
    assert_int_equal(item.media.triangles, FRAMES + 1);
    free(folder);
}

static void what_is_missing_is_found_without_its_old_folder(void **state)
{
    engine_session *session = *state;
    int64_t id = begin(session);
    vt_relink_figures figures;
    vt_item item;
    char *folder = strdup(files_folder(session->root, "new"));
    char *elsewhere = strdup(files_folder(folder, "other"));
    bring(session, folder, 1, FRAMES, MOVED);
    for (int frame = 1; frame <= 3; frame++) { /* names alike, and nothing else */
        char name[32];
        snprintf(name, sizeof name, "shot.%04d.ppm", frame);
        files_write_picture(files_path(elsewhere, name), 9, 9, 1);
    }
    import_record record = import(session, &careful);
    assert_int_equal(record.figures.missing, 1);
    vt_relink *relink = search(session, NULL, folder, &figures);
    assert_int_equal(figures.sought, 1);
    assert_int_equal(figures.matches, 1);
    assert_int_equal(figures.parts, 0);
    assert_int_equal(apply(session, relink), 1);
    assert_true(shot_at(session, folder, &item));
    assert_int_equal(item.id, id);
    assert_int_equal(item.state, VT_ITEM_OK);
    free(elsewhere);
    free(folder);
}

/* Two copies of all frames: which is it? */
static void copies_are_left_alone(void **state)
{
    engine_session *session = *state;
    begin(session);
    vt_relink_figures figures;
    char *folder = strdup(files_folder(session->root, "new"));
    char *one = strdup(files_folder(folder, "one"));
    char *other = strdup(files_folder(folder, "other"));
    for (int frame = 1; frame <= FRAMES; frame++) {
        char name[32];
        snprintf(name, sizeof name, "shot.%04d.ppm", frame);
        char *from = strdup(frame_path(session, frame));
        files_copy(from, files_path(one, name), 0);
        files_copy(from, files_path(other, name), 0);
        assert_int_equal(unlink(from), 0);
        free(from);
    }
    vt_relink *relink = search(session, session->pictures, folder, &figures);
    assert_int_equal(figures.matches, 0);
    assert_int_equal(figures.doubts, 2);
    assert_int_equal(apply(session, relink), 0);
    free(other);
    free(one);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        sequence_test(a_folder_of_frames_is_one_item),
        sequence_test(each_evidence_finds_its_own),
        sequence_test(half_of_the_frames_stay_what_they_were),
        sequence_test(what_is_missing_is_found_without_its_old_folder),
        sequence_test(copies_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
