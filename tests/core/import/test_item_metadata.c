/* What the catalog has of one item, asked for from the window's thread. */
#include "tests/support/check.h"

#include "core/import/item_metadata.h"
#include "core/import/request.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>

typedef struct answer {
    int came;
    bool known;
    vt_metadata metadata;
} answer;

static void on_metadata(void *user, const vt_metadata *metadata, const vt_error *error)
{
    answer *to = user;
    assert_true((metadata == NULL) != (error == NULL));
    to->came++;
    to->known = metadata && !vt_metadata_is_empty(metadata);
    if (metadata) {
        to->metadata = *metadata;
    }
}

static int set_up(void **state)
{
    engine_session *session = session_create();
    import_record record;
    session_pictures(session->pictures, 2, 40, 20);
    session_open(session, 2, 1, NULL);
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, 2);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static void what_a_file_says_of_itself_is_found(void **state)
{
    engine_session *session = *state;
    import_record record;
    answer bare = {0}, told = {0};
    vt_error error = VT_ERROR_INIT;
    assert_non_null(vt_engine_request_metadata(session->engine, 1, on_metadata, &bare, &error));
    session_wait_for(session, &bare.came);
    assert_false(bare.known); /* a PPM has no metadata */

    const char *turned = files_sample("Landscapes/birch wood (turned by EXIF).jpg");
    session_import(session, turned, NULL, &record);
    assert_non_null(vt_engine_request_metadata(session->engine, 3, on_metadata, &told, &error));
    session_wait_for(session, &told.came);
    assert_int_equal(told.came, 1);
}

static void no_more_are_asked_for_than_the_limit(void **state)
{
    engine_session *session = *state;
    answer answers[VT_METADATA_REQUESTS_MAX] = {{0}};
    answer refused = {0};
    vt_error error = VT_ERROR_INIT;
    for (int i = 0; i < VT_METADATA_REQUESTS_MAX; i++) {
        assert_non_null(vt_engine_request_metadata(session->engine, 1, on_metadata, &answers[i], &error));
    }
    assert_null(vt_engine_request_metadata(session->engine, 1, on_metadata, &refused, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    for (int i = 0; i < VT_METADATA_REQUESTS_MAX; i++) {
        session_wait_for(session, &answers[i].came);
    }
    vt_error_clear(&error);
    assert_non_null(vt_engine_request_metadata(session->engine, 1, on_metadata, &refused, &error));
    session_wait_for(session, &refused.came);
}

static void a_cancelled_one_tells_nobody(void **state)
{
    engine_session *session = *state;
    answer cancelled = {0}, last = {0};
    vt_metadata_request *request =
        vt_engine_request_metadata(session->engine, 1, on_metadata, &cancelled, NULL);
    assert_non_null(request);
    vt_metadata_request_cancel(request);
    vt_metadata_request_cancel(NULL);
    assert_non_null(vt_engine_request_metadata(session->engine, 2, on_metadata, &last, NULL));
    session_wait_for(session, &last.came);
    assert_int_equal(cancelled.came, 0);
}

/* ---- parts of images, which come the same way ---- */

typedef struct part {
    int came;
    bool has_histogram;
    uint32_t width, height, pixels;
    vt_error error;
} part;

static void on_part(void *user, vt_picture *picture, const vt_error *error)
{
    part *to = user;
    to->came++;
    if (error) {
        to->error = *error;
        return;
    }
    to->width = picture->width;
    to->height = picture->height;
    to->has_histogram = picture->histogram != NULL;
    to->pixels = picture->histogram ? (uint32_t)picture->histogram->pixels : 0;
    vt_picture_clear(picture);
    assert_null(picture->pixels);
}

static void a_part_of_an_image_comes_by_itself(void **state)
{
    engine_session *session = *state;
    char *path = strdup(files_path(session->pictures, "0000.ppm"));
    const vt_region inside = {8, 4, 16, 10}, beyond = {30, 0, 11, 1};
    part good = {0}, bad = {0}, whole = {0};
    assert_non_null(vt_engine_request_region(session->engine, path, &inside, 16, 10, on_part, &good, NULL));
    assert_non_null(vt_engine_request_region(session->engine, path, &beyond, 11, 1, on_part, &bad, NULL));
    assert_non_null(vt_engine_request_image(session->engine, path, 40, 20, NULL, on_part, &whole, NULL));
    session_wait_for(session, &good.came);
    session_wait_for(session, &bad.came);
    session_wait_for(session, &whole.came);
    assert_int_equal(good.width, 16);
    assert_int_equal(good.height, 10);
    assert_false(good.has_histogram);
    assert_int_equal(bad.error.code, VT_ERROR_CHANGED);
    assert_true(whole.has_histogram);
    assert_int_equal(whole.pixels, 40 * 20);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_a_file_says_of_itself_is_found, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_more_are_asked_for_than_the_limit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_cancelled_one_tells_nobody, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_part_of_an_image_comes_by_itself, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
