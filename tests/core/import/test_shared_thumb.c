/* Thumbnails that programs share: those of others stand for decoding where they are valid and large enough,
 * ours are left for others where that is wanted. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/str.h"
#include "core/base/uri.h"
#include "core/decode/thumb_origin.h"
#include "core/import/shared_thumb.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PICTURES = 4 };

static char *cache; /* $XDG_CACHE_HOME of the test that runs */

static int set_up(void **state)
{
    engine_session *session = session_create();
    cache = strdup(files_folder(session->root, "cache"));
    setenv("XDG_CACHE_HOME", cache, 1);
    unsetenv("VITRINE_SHARED_THUMBNAILS");
    session_pictures(session->pictures, PICTURES, 800, 400);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    free(cache);
    unsetenv("XDG_CACHE_HOME");
    return 0;
}

static void open_with(engine_session *session, vt_shared_thumbs_use use)
{
    const vt_engine_options options = {.with_index = true, .shared_thumbs = use};
    session_open(session, 3, 1, &options);
}

static void import_all(engine_session *session)
{
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, PICTURES);
}

/* What was asked for. */
typedef struct answer {
    int came;
    bool good, from_store;
    uint32_t width;
    uint8_t first[4];
} answer;

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    (void)error;
    answer *to = user;
    to->came++;
    if (picture) {
        to->good = true;
        to->from_store = picture->from_store;
        to->width = picture->width;
        memcpy(to->first, picture->pixels, 4);
        free(picture->pixels);
    }
}

/* The row of the picture with that number: they are not always committed in their order. */
static uint32_t row_of(engine_session *session, int number)
{
    char name[32];
    const vt_snapshot *snapshot = vt_index_snapshot(vt_engine_index(session->engine));
    uint32_t row = 0;
    vt_item_brief item = {.name_length = 0};
    snprintf(name, sizeof name, "%04d.ppm", number);
    for (; row < vt_snapshot_count(snapshot); row++) {
        vt_snapshot_item(snapshot, row, &item);
        if (item.name_length == strlen(name) && memcmp(item.name, name, item.name_length) == 0) {
            break;
        }
    }
    assert_true(row < vt_snapshot_count(snapshot));
    vt_snapshot_release(snapshot);
    return row;
}

static answer show(engine_session *session, int number, uint32_t side)
{
    answer to = {0};
    uint32_t row = row_of(session, number);
    assert_non_null(vt_engine_request_thumbnail(session->engine, row, side, on_picture, &to, NULL));
    session_wait_for(session, &to.came);
    return to;
}

static vt_str uri_of(const char *path)
{
    vt_str uri = VT_STR_INIT;
    vt_uri_from_path(path, strlen(path), &uri);
    assert_false(uri.failed);
    return uri;
}

/* Where the thumbnail of `path` belongs; free(). */
static char *place_of(const char *path, const char *folder)
{
    uint8_t name[VT_THUMB_NAME_BYTES];
    char file[37];
    vt_str uri = uri_of(path);
    vt_thumb_origin_name(uri.data, name);
    vt_thumb_origin_file(name, file);
    vt_str place = VT_STR_INIT;
    vt_str_appendf(&place, "%s/thumbnails/%s/%s", cache, folder, file);
    vt_str_free(&uri);
    return vt_str_take(&place);
}

static char *picture(engine_session *session, int number)
{
    char name[32];
    snprintf(name, sizeof name, "%04d.ppm", number);
    return strdup(files_path(session->pictures, name));
}

/* A thumbnail as another program would leave it: blue all over. */
typedef struct foreign {
    const char *of;     /* the path that its name is made from */
    const char *folder; /* NULL: "large" */
    const char *uri;    /* NULL: that of `of` */
    int64_t mtime_off;  /* seconds that its time differs by */
    int64_t size;       /* 0: not told */
    uint32_t width, height;
} foreign;

static void leave(const foreign *what)
{
    uint32_t width = what->width ? what->width : 256;
    uint32_t height = what->height ? what->height : 128;
    struct stat facts;
    char number[32];
    assert_int_equal(stat(what->of, &facts), 0);
    vt_pixels pixels = {.width = width, .height = height, .stride = (size_t)width * 4};
    pixels.capacity = pixels.stride * height;
    pixels.data = malloc(pixels.capacity);
    assert_non_null(pixels.data);
    for (size_t i = 0; i < pixels.capacity; i++) {
        pixels.data[i] = i % 4 == 0 || i % 4 == 3 ? 255 : 0;
    }
    vt_blob png = {NULL, 0};
    vt_str uri = uri_of(what->of);
    assert_true(vt_thumb_encode_png(&pixels, &png, NULL));
    int64_t seconds = facts.st_mtim.tv_sec;
    snprintf(number, sizeof number, "%" PRId64, seconds + what->mtime_off);
    assert_true(vt_thumb_origin_add(&png, "Thumb::MTime", number, NULL));
    assert_true(vt_thumb_origin_add(&png, "Thumb::URI", what->uri ? what->uri : uri.data, NULL));
    if (what->size) {
        snprintf(number, sizeof number, "%lld", (long long)what->size);
        assert_true(vt_thumb_origin_add(&png, "Thumb::Size", number, NULL));
    }
    const char *folder = what->folder ? what->folder : "large";
    char *place = place_of(what->of, folder);
    char inner[64];
    snprintf(inner, sizeof inner, "thumbnails/%s", folder);
    mkdir(files_path(cache, "thumbnails"), 0700);
    mkdir(files_path(cache, inner), 0700);
    files_write(place, png.data, png.size);
    free(place);
    vt_str_free(&uri);
    free(png.data);
    free(pixels.data);
}

static bool is_blue(const answer *what)
{
    return what->good && what->first[0] > 250 && what->first[1] < 5 && what->first[2] < 5;
}

/* The engine over a store that has lost everything, so that each thumbnail must come from somewhere. */
static void open_without_store(engine_session *session, vt_shared_thumbs_use use)
{
    if (session->engine) {
        session_close(session);
    }
    unlink(session->thumbs);
    open_with(session, use);
}

static void a_valid_one_stands_for_decoding(void **state)
{
    engine_session *session = *state;
    char *path = picture(session, 0);
    open_with(session, VT_SHARED_THUMBS_READ);
    import_all(session);
    leave(&(foreign){.of = path});
    open_without_store(session, VT_SHARED_THUMBS_READ);
    answer found = show(session, 0, 0);
    assert_true(is_blue(&found));
    assert_false(found.from_store);
    assert_int_equal(found.width, 256);
    found = show(session, 0, 100); /* kept in our store, too */
    assert_true(is_blue(&found) && found.from_store);
    assert_int_equal(found.width, 100);

    open_without_store(session, VT_SHARED_THUMBS_OFF);
    found = show(session, 0, 0);
    assert_true(found.good && !is_blue(&found));

    /* A file that is away has its thumbnail all the same. */
    open_without_store(session, VT_SHARED_THUMBS_DEFAULT);
    assert_int_equal(unlink(path), 0);
    found = show(session, 0, 0);
    assert_true(is_blue(&found));
    free(path);
}

static void what_is_not_valid_is_decoded(void **state)
{
    engine_session *session = *state;
    char *path = picture(session, 0);
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    const foreign cases[] = {
        {.of = path, .mtime_off = 1},
        {.of = path, .mtime_off = -1},
        {.of = path, .uri = "file:///another.ppm"},
        {.of = path, .size = facts.st_size + 1},
        {.of = path, .width = 128, .height = 64}, /* too small for its folder */
        {.of = path, .folder = "normal"},         /* of which none is asked for */
        {.of = path, .folder = "medium"},         /* which is none */
    };
    open_with(session, VT_SHARED_THUMBS_READ);
    import_all(session);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *folder = strdup(files_path(cache, "thumbnails"));
        files_remove(folder);
        leave(&cases[i]);
        open_without_store(session, VT_SHARED_THUMBS_READ);
        answer found = show(session, 0, 0);
        if (!found.good || is_blue(&found)) {
            fail_msg("case %zu was taken", i);
        }
    }
    leave(&(foreign){.of = path, .size = facts.st_size}); /* the test can tell */
    open_without_store(session, VT_SHARED_THUMBS_READ);
    answer found = show(session, 0, 0);
    assert_true(is_blue(&found));
    free(path);
}

/* What lies there may be anything. */
static void hostile_ones_do_no_harm(void **state)
{
    engine_session *session = *state;
    char *path = picture(session, 0);
    open_with(session, VT_SHARED_THUMBS_READ);
    import_all(session);
    leave(&(foreign){.of = path});
    char *place = place_of(path, "large");
    size_t size = 0;
    char *bytes = files_read(place, &size);
    for (int i = 0; i < 6; i++) {
        unlink(place);
        switch (i) {
        case 0:
            files_write(place, "no picture at all", 17);
            break;
        case 1:
            files_write(place, bytes, size / 2);
            break;
        case 2: /* a link to somewhere */
            assert_int_equal(symlink(path, place), 0);
            break;
        case 3: /* a pipe that nobody writes to */
            assert_int_equal(mkfifo(place, 0600), 0);
            break;
        case 4: /* kills the helper that reads it */
            files_write(place, "poison:segv", 11);
            break;
        default:
            files_write(place, "", 0);
        }
        open_without_store(session, VT_SHARED_THUMBS_READ);
        answer found = show(session, 0, 0);
        assert_true(found.good && !is_blue(&found));
    }
    unlink(place);
    free(bytes);
    free(place);
    free(path);
}

static void larger_ones_serve_large_cards(void **state)
{
    engine_session *session = *state;
    char *path = picture(session, 0);
    open_with(session, VT_SHARED_THUMBS_READ);
    import_all(session);
    leave(&(foreign){.of = path}); /* 256 is not enough for 512 */
    leave(&(foreign){.of = path, .folder = "x-large", .width = 512, .height = 256});
    open_without_store(session, VT_SHARED_THUMBS_READ);
    answer found = show(session, 0, 512);
    assert_true(is_blue(&found));
    assert_int_equal(found.width, 512);
    char *large = place_of(path, "large");
    assert_int_equal(unlink(large), 0);
    open_without_store(session, VT_SHARED_THUMBS_READ);
    found = show(session, 0, 0);
    assert_true(is_blue(&found));
    assert_int_equal(found.width, 256);
    free(large);
    free(path);
}

static int files_in(const char *folder)
{
    char inner[64];
    snprintf(inner, sizeof inner, "thumbnails/%s", folder);
    DIR *entries = opendir(files_path(cache, inner));
    int count = 0;
    const struct dirent *entry = NULL;
    while (entries && (entry = readdir(entries)) != NULL) {
        count += entry->d_name[0] != '.';
    }
    if (entries) {
        closedir(entries);
    }
    return count;
}

static mode_t mode_of(const char *path)
{
    struct stat facts;
    assert_int_equal(stat(path, &facts), 0);
    return facts.st_mode & 07777;
}

static void ours_are_left_for_others_if_that_is_wanted(void **state)
{
    engine_session *session = *state;
    open_with(session, VT_SHARED_THUMBS_READ);
    import_all(session);
    show(session, 0, 512);
    assert_int_equal(access(files_path(cache, "thumbnails"), F_OK), -1);
    session_close(session);
    unlink(session->catalog);
    unlink(session->thumbs);

    files_write(files_path(session->pictures, "broken.png"), "\x89PNG\r\n\x1a\n....", 12);
    setenv("VITRINE_SHARED_THUMBNAILS", "write", 1);
    mode_t mask = umask(0);
    open_with(session, VT_SHARED_THUMBS_DEFAULT);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, PICTURES);
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(files_in("large"), PICTURES);
    assert_int_equal(files_in("fail/vitrine-" VITRINE_VERSION), 1);
    show(session, 0, 512);
    assert_int_equal(files_in("x-large"), 1);
    umask(mask);
    char *path = picture(session, 0);
    char *place = place_of(path, "large");
    assert_int_equal(mode_of(place), 0600);
    assert_int_equal(mode_of(files_path(cache, "thumbnails")), 0700);
    assert_int_equal(mode_of(files_path(cache, "thumbnails/large")), 0700);

    /* And they are valid: for us, too. */
    setenv("VITRINE_SHARED_THUMBNAILS", "read", 1);
    open_without_store(session, VT_SHARED_THUMBS_DEFAULT);
    assert_int_equal(unlink(path), 0);
    answer found = show(session, 0, 0);
    assert_true(found.good && !found.from_store);
    assert_int_equal(found.width, 256);
    setenv("VITRINE_SHARED_THUMBNAILS", "off", 1);
    open_without_store(session, VT_SHARED_THUMBS_DEFAULT);
    found = show(session, 0, 0);
    assert_false(found.good);
    unsetenv("VITRINE_SHARED_THUMBNAILS");
    free(place);
    free(path);
}

static void set_use(engine_session *session, int64_t use)
{
    vt_error error = VT_ERROR_INIT;
    vt_settings settings = vt_settings_default();
    settings.values[VT_SETTING_SHARED_THUMBS] = use;
    assert_true(vt_engine_apply_settings(session->engine, &settings, &error));
}

static void the_setting_holds_from_the_next_file_on(void **state)
{
    enum { OFF, READ, WRITE };
    engine_session *session = *state;
    open_with(session, VT_SHARED_THUMBS_DEFAULT);
    import_all(session);
    assert_int_equal(access(files_path(cache, "thumbnails"), F_OK), -1);
    set_use(session, WRITE);
    show(session, 0, 512);
    assert_int_equal(files_in("x-large"), 1);
    set_use(session, READ);
    show(session, 1, 512);
    assert_int_equal(files_in("x-large"), 1);

    char *path = picture(session, 0);
    leave(&(foreign){.of = path});
    open_without_store(session, VT_SHARED_THUMBS_DEFAULT);
    set_use(session, OFF);
    answer found = show(session, 0, 0);
    assert_true(found.good && !is_blue(&found));
    open_without_store(session, VT_SHARED_THUMBS_DEFAULT);
    set_use(session, OFF);
    set_use(session, READ);
    found = show(session, 0, 0);
    assert_true(is_blue(&found));
    free(path);
}

static void what_the_environment_says_wins_if_it_makes_sense(void **state)
{
    enum { OFF, READ, WRITE };
    engine_session *session = *state;
    setenv("VITRINE_SHARED_THUMBNAILS", "read", 1);
    open_with(session, VT_SHARED_THUMBS_DEFAULT);
    import_all(session);
    set_use(session, WRITE);
    show(session, 0, 512);
    assert_int_equal(files_in("x-large"), 0);
    setenv("VITRINE_SHARED_THUMBNAILS", "always", 1);
    open_without_store(session, VT_SHARED_THUMBS_DEFAULT);
    set_use(session, WRITE);
    show(session, 0, 512);
    assert_int_equal(files_in("x-large"), 1);
    unsetenv("VITRINE_SHARED_THUMBNAILS");
    open_without_store(session, VT_SHARED_THUMBS_OFF); /* as does what the engine was created with */
    set_use(session, WRITE);
    show(session, 1, 512);
    assert_int_equal(files_in("x-large"), 1);
}

static void thumbnails_have_no_thumbnails(void **state)
{
    engine_session *session = *state;
    char *path = picture(session, 0);
    leave(&(foreign){.of = path});
    open_with(session, VT_SHARED_THUMBS_WRITE);
    import_record record;
    session_import(session, files_path(cache, "thumbnails"), NULL, &record);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(files_in("large"), 1);
    free(path);
}

/* A cache that cannot be written costs thumbnails for others, and no import. */
static void a_cache_that_cannot_be_written_stops_nothing(void **state)
{
    engine_session *session = *state;
    files_write(files_path(cache, "thumbnails"), "in the way", 10);
    open_with(session, VT_SHARED_THUMBS_WRITE);
    import_all(session);
    answer found = show(session, 1, 512);
    assert_true(found.good);
}

#define SHARED_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SHARED_TEST(a_valid_one_stands_for_decoding),
        SHARED_TEST(what_is_not_valid_is_decoded),
        SHARED_TEST(hostile_ones_do_no_harm),
        SHARED_TEST(larger_ones_serve_large_cards),
        SHARED_TEST(ours_are_left_for_others_if_that_is_wanted),
        SHARED_TEST(the_setting_holds_from_the_next_file_on),
        SHARED_TEST(what_the_environment_says_wins_if_it_makes_sense),
        SHARED_TEST(thumbnails_have_no_thumbnails),
        SHARED_TEST(a_cache_that_cannot_be_written_stops_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
