/* The search for duplicates: of real files, by a real engine. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/import/duplicate_search.h"
#include "core/import/engine_private.h"
#include "core/index/twins.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <fcntl.h>
#include <jpeglib.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is searched for here is not followed by itself (test_duplicates_follow.c), which would come in
 * between. */
static void open_engine(engine_session *session)
{
    vt_settings settings = vt_settings_default();
    settings.values[VT_SETTING_TWINS_FOLLOW] = 0;
    settings.values[VT_SETTING_MEMORY_SOFT] = 8192; /* a sanitized program holds much */
    settings.values[VT_SETTING_MEMORY_HARD] = 16384;
    session_open(session, 3, 1, &(vt_engine_options){.with_index = true, .settings = &settings});
}

static int set_up(void **state)
{
    engine_session *session = session_create();
    open_engine(session);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

/* Boxes of random colours on a gradient, the same at every size: another picture for each seed. */
static unsigned char *draw(int width, int height, uint32_t seed)
{
    unsigned char *rgb = malloc((size_t)width * (size_t)height * 3);
    assert_non_null(rgb);
    for (int i = 0; i < width * height; i++) {
        memset(rgb + (size_t)i * 3, 60 + (i / width * 256 / height + i % width * 256 / width) / 4, 3);
    }
    for (int shape = 0; shape < 14; shape++) {
        uint32_t of[6];
        for (int i = 0; i < 6; i++) {
            seed = seed * 1664525U + 1013904223U;
            of[i] = seed >> 16;
        }
        int left = (int)(of[0] % 256) * width / 256;
        int top = (int)(of[1] % 256) * height / 256;
        int right = left + (int)(20 + of[2] % 90) * width / 256;
        int bottom = top + (int)(20 + of[3] % 90) * height / 256;
        for (int y = top; y < bottom && y < height; y++) {
            for (int x = left; x < right && x < width; x++) {
                unsigned char *at = rgb + ((size_t)y * (size_t)width + (size_t)x) * 3;
                at[0] = (unsigned char)of[4];
                at[1] = (unsigned char)(of[4] >> 8);
                at[2] = (unsigned char)of[5];
            }
        }
    }
    return rgb;
}

static void write_jpeg(const char *path, int width, int height, uint32_t seed, int quality)
{
    unsigned char *rgb = draw(width, height, seed);
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = (JDIMENSION)width;
    jpeg.image_height = (JDIMENSION)height;
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg_start_compress(&jpeg, TRUE);
    for (int y = 0; y < height; y++) {
        JSAMPROW row = rgb + (size_t)y * (size_t)width * 3;
        jpeg_write_scanlines(&jpeg, &row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    assert_int_equal(fclose(file), 0);
    free(rgb);
}

static const char *in(engine_session *session, const char *name)
{
    return files_path(session->pictures, name);
}

static void set_age(const char *path, time_t seconds)
{
    const struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* sea.jpg, a copy of it, a hard link to that, and it smaller and worse; two others. */
static void fill(engine_session *session)
{
    write_jpeg(in(session, "sea.jpg"), 800, 600, 7, 92);
    files_copy(in(session, "sea.jpg"), in(session, "sea copy.jpg"), 0);
    assert_int_equal(link(in(session, "sea copy.jpg"), in(session, "link.jpg")), 0);
    write_jpeg(in(session, "small.jpg"), 400, 300, 7, 60);
    write_jpeg(in(session, "hill.jpg"), 800, 600, 8, 92);
    write_jpeg(in(session, "town.jpg"), 640, 640, 9, 92);
    set_age(in(session, "sea.jpg"), 2000000000);
    set_age(in(session, "sea copy.jpg"), 1000000000);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, 6);
}

static vt_duplicate_figures search_for(engine_session *session, bool same, bool alike)
{
    vt_error error = VT_ERROR_INIT;
    vt_duplicate_search *search =
        vt_duplicate_search_start(session->engine, same, alike, VT_ALIKE_NORMAL, &error);
    if (!search) {
        fail_msg("%s", error.message);
    }
    assert_true(vt_duplicate_search_wait(search, 60 * VT_NS_PER_S));
    vt_duplicate_figures figures;
    vt_duplicate_search_get_figures(search, &figures);
    vt_duplicate_search_free(search);
    return figures;
}

static void expect_good(const vt_duplicate_figures *figures)
{
    if (figures->error.code != VT_ERROR_NONE) {
        fail_msg("%s", figures->error.message);
    }
}

static vt_twins_info info_of(engine_session *session, vt_twin_kind kind)
{
    vt_twins_info info;
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_snapshot_twins(snapshot, kind, &info);
    vt_snapshot_release(snapshot);
    return info;
}

/* That the member at `place` is this file. */
static void expect_member(engine_session *session, vt_twin_kind kind, uint32_t place, const char *name)
{
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    vt_item_brief item;
    vt_snapshot_item(snapshot, vt_snapshot_twin_row(snapshot, kind, place), &item);
    assert_string_equal(item.name, name);
    vt_snapshot_release(snapshot);
}

static void wait_until_loaded(engine_session *session)
{
    for (int i = 0; i < 10000 && !atomic_load(&session->engine->tiny_loaded); i++) {
        usleep(1000);
    }
    assert_true(atomic_load(&session->engine->tiny_loaded));
}

static void change_catalog(engine_session *session, const char *sql)
{
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(session->catalog, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void equal_files_are_found_and_hard_links_told_apart(void **state)
{
    engine_session *session = *state;
    fill(session);
    assert_false(info_of(session, VT_TWIN_SAME).searched);
    vt_duplicate_figures figures = search_for(session, true, false);
    expect_good(&figures);
    assert_int_equal(figures.members[VT_TWIN_SAME], 3);
    struct stat facts;
    assert_int_equal(stat(in(session, "sea.jpg"), &facts), 0);
    assert_int_equal(figures.bytes_read, 2 * facts.st_size); /* each file once */
    vt_twins_info info = info_of(session, VT_TWIN_SAME);
    assert_int_equal(info.members, 3);
    assert_int_equal(info.groups, 1);
    assert_int_equal(info.younger, 0);
    assert_int_equal(info.gain, facts.st_size);
    assert_false(info_of(session, VT_TWIN_ALIKE).searched);
    /* The link is the older file without "copy" in its name. */
    expect_member(session, VT_TWIN_SAME, 0, "link.jpg");
    expect_member(session, VT_TWIN_SAME, 1, "sea.jpg");
    expect_member(session, VT_TWIN_SAME, 2, "sea copy.jpg");
}

static void scaled_and_compressed_again_looks_alike(void **state)
{
    engine_session *session = *state;
    fill(session);
    vt_duplicate_figures figures = search_for(session, true, true);
    expect_good(&figures);
    assert_int_equal(figures.members[VT_TWIN_ALIKE], 4);
    assert_int_equal(info_of(session, VT_TWIN_ALIKE).groups, 1); /* hill and town are other pictures */
    expect_member(session, VT_TWIN_ALIKE, 0, "link.jpg");
    expect_member(session, VT_TWIN_ALIKE, 3, "small.jpg");
    struct stat large, small;
    assert_int_equal(stat(in(session, "sea.jpg"), &large), 0);
    assert_int_equal(stat(in(session, "small.jpg"), &small), 0);
    assert_int_equal(info_of(session, VT_TWIN_ALIKE).gain, large.st_size + small.st_size);
    assert_int_equal(figures.without_look, 0);
}

static void what_is_equal_need_not_be_told_twice(void **state)
{
    engine_session *session = *state;
    fill(session);
    assert_int_equal(unlink(in(session, "small.jpg")), 0);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    vt_duplicate_figures figures = search_for(session, true, true);
    expect_good(&figures);
    assert_int_equal(figures.members[VT_TWIN_SAME], 3);
    assert_int_equal(figures.members[VT_TWIN_ALIKE], 0);
    figures = search_for(session, false, true); /* also of a search before this one */
    expect_good(&figures);
    assert_int_equal(figures.members[VT_TWIN_ALIKE], 0);
    assert_int_equal(info_of(session, VT_TWIN_SAME).members, 3);
}

static void what_was_found_is_there_at_the_next_start(void **state)
{
    engine_session *session = *state;
    fill(session);
    vt_duplicate_figures figures = search_for(session, true, true);
    expect_good(&figures);
    vt_twins_info before = info_of(session, VT_TWIN_SAME);
    session_close(session);
    open_engine(session);
    wait_until_loaded(session);
    vt_twins_info after = info_of(session, VT_TWIN_SAME);
    assert_memory_equal(&before, &after, sizeof before);
    assert_int_equal(info_of(session, VT_TWIN_ALIKE).members, 4);
    /* What comes is counted, what goes shrinks its group. */
    write_jpeg(in(session, "new.jpg"), 300, 300, 21, 90);
    assert_int_equal(unlink(in(session, "sea.jpg")), 0);
    assert_int_equal(unlink(in(session, "link.jpg")), 0);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    after = info_of(session, VT_TWIN_SAME);
    assert_int_equal(after.members, 0);
    assert_int_equal(after.younger, 1);
    assert_int_equal(after.found_ns, before.found_ns);
    assert_int_equal(info_of(session, VT_TWIN_ALIKE).members, 2);
}

static void pictures_without_a_look_get_it_of_their_thumbnail(void **state)
{
    engine_session *session = *state;
    fill(session);
    session_close(session);
    change_catalog(session, "DELETE FROM look");
    open_engine(session);
    wait_until_loaded(session);
    vt_duplicate_figures figures = search_for(session, false, true);
    expect_good(&figures);
    assert_int_equal(figures.members[VT_TWIN_ALIKE], 4);
    assert_int_equal(figures.without_look, 0);
    session_close(session); /* the looks are kept */
    change_catalog(session, "CREATE TABLE kept AS SELECT count(*) AS looks FROM look;"
                            "CREATE TABLE proof (x INTEGER CHECK (x = 6));"
                            "INSERT INTO proof SELECT looks FROM kept; DROP TABLE kept; DROP TABLE proof;"
                            "DELETE FROM look");
    assert_int_equal(unlink(session->thumbs), 0); /* nothing to make them of */
    open_engine(session);
    wait_until_loaded(session);
    figures = search_for(session, false, true);
    expect_good(&figures);
    assert_int_equal(figures.members[VT_TWIN_ALIKE], 0);
    assert_int_equal(figures.without_look, 6);
}

static void a_file_that_changed_since_is_no_duplicate(void **state)
{
    engine_session *session = *state;
    fill(session);
    int fd = open(in(session, "sea.jpg"), O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, "x", 1, 3000), 1);
    close(fd);
    vt_duplicate_figures figures = search_for(session, true, false);
    expect_good(&figures);
    assert_int_equal(figures.skipped, 1);
    assert_int_equal(figures.members[VT_TWIN_SAME], 2); /* the hard links */
    assert_int_equal(info_of(session, VT_TWIN_SAME).gain, 0);
}

static void it_is_held_and_cancelled(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    enum { BYTES = 8 * 1024 * 1024 };
    fill(session);
    /* Large enough for many looks at the flags. */
    char *content = calloc(1, BYTES);
    assert_non_null(content);
    (void)snprintf(content, BYTES, "P6 1024 2730 255\n");
    files_write(in(session, "large.ppm"), content, BYTES);
    files_write(in(session, "large2.ppm"), content, BYTES);
    free(content);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    vt_duplicate_search *search =
        vt_duplicate_search_start(session->engine, true, true, VT_ALIKE_NORMAL, &error);
    assert_non_null(search);
    vt_duplicate_search_hold(search, true);
    assert_null(vt_duplicate_search_start(session->engine, true, true, VT_ALIKE_NORMAL, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    assert_false(vt_duplicate_search_wait(search, 300 * VT_NS_PER_MS));
    vt_duplicate_search_cancel(search);
    assert_true(vt_duplicate_search_wait(search, 60 * VT_NS_PER_S));
    vt_duplicate_figures figures;
    vt_duplicate_search_get_figures(search, &figures);
    assert_int_equal(figures.error.code, VT_ERROR_CANCELLED);
    vt_duplicate_search_free(search);
    assert_false(info_of(session, VT_TWIN_SAME).searched);
    figures = search_for(session, true, true);
    expect_good(&figures);
    assert_int_equal(figures.members[VT_TWIN_SAME], 5);
}

static void the_engine_ends_amid_it(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    fill(session);
    vt_duplicate_search *search =
        vt_duplicate_search_start(session->engine, true, true, VT_ALIKE_NORMAL, &error);
    assert_non_null(search);
    vt_duplicate_search_hold(search, true);
    vt_duplicate_search_free(search);
    session_close(session);
}

static void what_makes_no_sense_is_refused(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_duplicate_search_start(session->engine, false, false, 6, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    session_close(session);
    session_open(session, 3, 1, &(vt_engine_options){.read_only = true});
    assert_null(vt_duplicate_search_start(session->engine, true, false, 6, &error));
    assert_true(error.code == VT_ERROR_READ_ONLY || error.code == VT_ERROR_USAGE);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(equal_files_are_found_and_hard_links_told_apart),
        TEST(scaled_and_compressed_again_looks_alike),
        TEST(what_is_equal_need_not_be_told_twice),
        TEST(what_was_found_is_there_at_the_next_start),
        TEST(pictures_without_a_look_get_it_of_their_thumbnail),
        TEST(a_file_that_changed_since_is_no_duplicate),
        TEST(it_is_held_and_cancelled),
        TEST(the_engine_ends_amid_it),
        TEST(what_makes_no_sense_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
