/* Pictures on demand: from the store, from the file, first what is asked for first, and not at all. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/cond.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PICTURES = 12 };

/* What one request brought. */
typedef struct answer {
    int came, turn;
    int *counter; /* where to take the number of its turn; may be NULL */
    vt_media_info media;
    vt_error error;
    uint32_t width, height;
    uint8_t first[4]; /* the first pixel */
    bool good, from_store, partial;
    uint8_t last_alpha;
    char message[256]; /* of a partial picture */
} answer;

static void on_picture(void *user, vt_picture *picture, const vt_error *error)
{
    answer *to = user;
    assert_true((picture == NULL) != (error == NULL));
    to->came++;
    to->turn = to->counter ? ++*to->counter : 0;
    if (picture) {
        to->good = true;
        to->from_store = picture->from_store;
        to->partial = picture->partial;
        assert_true((picture->message != NULL) == picture->partial);
        snprintf(to->message, sizeof to->message, "%s", picture->message ? picture->message : "");
        to->last_alpha = picture->pixels[picture->stride * picture->height - 1];
        to->width = picture->width;
        to->height = picture->height;
        to->media = picture->media;
        assert_int_equal(picture->stride, (size_t)picture->width * 4);
        memcpy(to->first, picture->pixels, sizeof to->first);
        vt_picture_clear(picture);
    } else if (error) {
        to->error = *error;
    }
}

static int set_up(void **state)
{
    engine_session *session = session_create();
    session_pictures(session->pictures, PICTURES, 400, 200);
    session_open(session, 3, 1, NULL);
    import_record record;
    session_import(session, session->pictures, NULL, &record);
    assert_int_equal(record.figures.imported, PICTURES);
    *state = session;
    return 0;
}

static int tear_down(void **state)
{
    session_free(*state);
    return 0;
}

static vt_request *ask(engine_session *session, uint32_t row, uint32_t side, answer *to)
{
    vt_error error = VT_ERROR_INIT;
    vt_request *request = vt_engine_request_thumbnail(session->engine, row, side, on_picture, to, &error);
    if (!request) {
        fail_msg("%s", error.message);
    }
    return request;
}

static void thumbnails_come_from_the_store_in_the_size_asked_for(void **state)
{
    engine_session *session = *state;
    answer full = {0}, half = {0};
    ask(session, 0, 0, &full);
    ask(session, 0, 100, &half);
    session_wait_for(session, &full.came);
    session_wait_for(session, &half.came);
    assert_true(full.good && full.from_store);
    assert_int_equal(full.width, 256);
    assert_int_equal(full.height, 128);
    assert_true(half.good && half.from_store);
    assert_int_equal(half.width, 100);
    assert_int_equal(half.height, 50);
    assert_int_equal(half.first[3], 255);
    vt_engine_figures figures;
    vt_engine_get_figures(session->engine, &figures);
    assert_int_equal(figures.requests, 0);
}

static void a_lost_store_is_filled_again_on_demand(void **state)
{
    engine_session *session = *state;
    session_close(session);
    assert_int_equal(unlink(session->thumbs), 0);
    session_open(session, 3, 1, NULL);
    answer first = {0}, second = {0};
    ask(session, 3, 64, &first);
    session_wait_for(session, &first.came);
    assert_true(first.good);
    assert_false(first.from_store);
    assert_int_equal(first.width, 64);
    assert_int_equal(first.media.width, 400);
    ask(session, 3, 64, &second);
    session_wait_for(session, &second.came);
    assert_true(second.good && second.from_store);
    assert_int_equal(second.width, 64);
}

/* Beyond 256 pixels a larger one is made once, and found in the store from then on. */
static void large_ones_are_made_when_they_are_asked_for(void **state)
{
    engine_session *session = *state;
    answer first = {0}, again = {0}, between = {0}, small = {0};
    ask(session, 2, 512, &first);
    session_wait_for(session, &first.came);
    assert_true(first.good && !first.from_store);
    assert_int_equal(first.width, 400); /* as large as the picture is */
    assert_int_equal(first.height, 200);
    ask(session, 2, 512, &again);
    ask(session, 2, 300, &between);
    ask(session, 2, 0, &small);
    session_wait_for(session, &again.came);
    session_wait_for(session, &between.came);
    session_wait_for(session, &small.came);
    assert_true(again.good && again.from_store);
    assert_int_equal(again.width, 400);
    assert_true(between.good && between.from_store);
    assert_int_equal(between.width, 300);
    assert_true(small.good && small.from_store);
    assert_int_equal(small.width, 256);
    int64_t count = 0;
    int64_t bytes = 0;
    assert_true(vt_thumbs_counts(vt_engine_thumbs(session->engine), &count, &bytes, NULL));
    assert_int_equal(count, PICTURES + 1);
}

/* A picture that is no larger is stored once; a file that is away has what was stored of it. */
static void large_ones_are_made_of_what_has_more_to_show(void **state)
{
    engine_session *session = *state;
    char *folder = strdup(files_folder(session->root, "more"));
    files_write_picture(files_path(folder, "small.ppm"), 200, 100, 1);
    import_record record;
    session_import(session, folder, NULL, &record);
    answer whole = {0}, gone = {0};
    ask(session, PICTURES, 512, &whole);
    session_wait_for(session, &whole.came);
    assert_true(whole.good && whole.from_store);
    assert_int_equal(whole.width, 200);
    for (int i = 0; i < PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04d.ppm", i);
        assert_int_equal(unlink(files_path(session->pictures, name)), 0);
    }
    ask(session, 1, 512, &gone);
    session_wait_for(session, &gone.came);
    assert_true(gone.good && gone.from_store);
    assert_int_equal(gone.width, 256);
    free(folder);
}

/* An item that nobody has read gets both: the usual one with its record, the large one that was asked for. */
static void a_large_one_of_an_unread_item_brings_the_usual_one(void **state)
{
    engine_session *session = *state;
    char *folder = strdup(files_folder(session->root, "unread"));
    files_write_picture(files_path(folder, "new.ppm"), 600, 300, 1);
    import_record record;
    const vt_import_options by_name = {.read_limit = VT_IMPORT_READ_NONE};
    session_import(session, folder, &by_name, &record);
    answer large = {0}, again = {0}, small = {0};
    ask(session, PICTURES, 512, &large);
    session_wait_for(session, &large.came);
    assert_true(large.good && !large.from_store);
    assert_int_equal(large.width, 512);
    session_wait_for(session, &session->rows_changed);
    ask(session, PICTURES, 512, &again);
    ask(session, PICTURES, 256, &small);
    session_wait_for(session, &again.came);
    session_wait_for(session, &small.came);
    assert_true(again.good && again.from_store);
    assert_int_equal(again.width, 512);
    assert_true(small.good && small.from_store);
    assert_int_equal(small.width, 256);
    free(folder);
}

static void a_file_that_is_gone_gives_an_error(void **state)
{
    engine_session *session = *state;
    session_close(session);
    assert_int_equal(unlink(session->thumbs), 0);
    for (int i = 0; i < PICTURES; i++) {
        char name[32];
        snprintf(name, sizeof name, "%04d.ppm", i);
        assert_int_equal(unlink(files_path(session->pictures, name)), 0);
    }
    session_open(session, 3, 1, NULL);
    answer gone = {0};
    ask(session, 1, 0, &gone);
    session_wait_for(session, &gone.came);
    assert_false(gone.good);
    assert_int_equal(gone.error.code, VT_ERROR_NOT_FOUND);
}

static void rows_that_are_not_there_are_refused(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_engine_request_thumbnail(session->engine, PICTURES, 0, on_picture, NULL, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
}

static void images_are_reduced_to_the_box_and_models_fill_it(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    answer image = {0}, whole = {0}, model = {0}, missing = {0};
    char *path = strdup(files_path(session->pictures, "0000.ppm"));
    char *stl = strdup(files_path(session->root, "corner.stl"));
    files_write_tetrahedron(stl, 5);
    assert_non_null(
        vt_engine_request_image(session->engine, path, 100, 100, NULL, on_picture, &image, &error));
    assert_non_null(vt_engine_request_image(session->engine, path, 0, 0, NULL, on_picture, &whole, &error));
    const vt_model_view view = {.yaw = 0.5F, .zoom = 1.5F, .turning = true};
    assert_non_null(
        vt_engine_request_image(session->engine, stl, 120, 90, &view, on_picture, &model, &error));
    assert_non_null(vt_engine_request_image(session->engine, "/no/such/file.png", 9, 9, NULL, on_picture,
                                            &missing, &error));
    session_wait_for(session, &image.came);
    session_wait_for(session, &whole.came);
    session_wait_for(session, &model.came);
    session_wait_for(session, &missing.came);
    assert_true(image.good);
    assert_int_equal(image.width, 100);
    assert_int_equal(image.height, 50);
    assert_int_equal(image.media.width, 400);
    assert_true(whole.good);
    assert_int_equal(whole.width, 400);
    if (!model.good) {
        fail_msg("%s", model.error.message);
    }
    assert_int_equal(model.width, 120);
    assert_int_equal(model.height, 90);
    assert_int_equal(model.media.triangles, 4);
    assert_int_equal(missing.error.code, VT_ERROR_NOT_FOUND);
    free(path);
    free(stl);
}

static void on_histogram(void *user, vt_picture *picture, const vt_error *error)
{
    answer *to = user;
    assert_null(error);
    assert_non_null(picture->histogram);
    to->came++;
    to->width = (uint32_t)picture->histogram->counts[VT_HISTOGRAM_RED][7];
    vt_picture_clear(picture);
}

/* Pixels at hand are counted on a worker; one that is called off takes its pixels along. */
static void pixels_at_hand_are_counted(void **state)
{
    engine_session *session = *state;
    answer counted = {0}, called_off = {0};
    vt_picture pictures[2];
    for (int i = 0; i < 2; i++) {
        pictures[i] = (vt_picture){.width = 3, .height = 2, .stride = 12, .pixels = malloc(24)};
        assert_non_null(pictures[i].pixels);
        for (int at = 0; at < 24; at++) {
            pictures[i].pixels[at] = at % 4 == 3 ? 255 : 7;
        }
    }
    assert_non_null(vt_engine_request_histogram(session->engine, &pictures[0], on_histogram, &counted, NULL));
    assert_null(pictures[0].pixels); /* taken */
    vt_request_cancel(
        vt_engine_request_histogram(session->engine, &pictures[1], on_histogram, &called_off, NULL));
    session_wait_for(session, &counted.came);
    assert_int_equal(counted.width, 6);
    assert_int_equal(called_off.came, 0);
}

static void an_image_ahead_comes_after_what_is_looked_at(void **state)
{
    engine_session *session = *state;
    vt_error error = VT_ERROR_INIT;
    int counter = 0;
    answer ahead = {.counter = &counter}, looked_at = {.counter = &counter}, visible = {.counter = &counter};
    answer cancelled = {0};
    char *path = strdup(files_path(session->pictures, "0000.ppm"));
    session_close(session);
    session_open(session, 1, 1, NULL);
    vt_cancel *gate = vt_cancel_create(NULL);
    session_hold_worker(session, gate);
    assert_non_null(
        vt_engine_request_image_ahead(session->engine, path, 100, 100, on_picture, &ahead, &error));
    vt_request *called_off =
        vt_engine_request_image_ahead(session->engine, path, 50, 50, on_picture, &cancelled, &error);
    assert_non_null(called_off);
    assert_non_null(
        vt_engine_request_image(session->engine, path, 90, 90, NULL, on_picture, &looked_at, &error));
    ask(session, 1, 32, &visible);
    vt_request_cancel(called_off);
    vt_cancel_request(gate);
    session_wait_for(session, &ahead.came);
    assert_int_equal(looked_at.turn, 1);
    assert_int_equal(visible.turn, 2);
    assert_int_equal(ahead.turn, 3);
    assert_int_equal(ahead.width, 100);
    assert_int_equal(cancelled.came, 0);
    vt_cancel_unref(gate);
    free(path);
}

static void a_file_that_ends_early_gives_the_part_that_is_there(void **state)
{
    engine_session *session = *state;
    static const char *const samples[] = {"Landscapes/aurora.jpg", "Patterns/tiles.png"};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        vt_error error = VT_ERROR_INIT;
        answer most = {0}, little = {0}, whole = {0};
        size_t size;
        free(files_read(files_sample(samples[i]), &size));
        char *path = strdup(files_path(session->root, strrchr(samples[i], '/') + 1));
        files_copy(files_sample(samples[i]), path, size * 2 / 3);
        assert_non_null(
            vt_engine_request_image(session->engine, path, 200, 200, NULL, on_picture, &most, &error));
        session_wait_for(session, &most.came);
        assert_true(most.good && most.partial);
        assert_true(strlen(most.message) > 5);
        assert_int_equal(most.first[3], 255);
        assert_int_equal(most.last_alpha, 0); /* below is nothing */
        files_copy(files_sample(samples[i]), path, 300);
        assert_non_null(
            vt_engine_request_image(session->engine, path, 200, 200, NULL, on_picture, &little, &error));
        session_wait_for(session, &little.came);
        assert_false(little.good);
        assert_int_equal(little.error.code, VT_ERROR_TRUNCATED);
        files_copy(files_sample(samples[i]), path, 0);
        assert_non_null(
            vt_engine_request_image(session->engine, path, 200, 200, NULL, on_picture, &whole, &error));
        session_wait_for(session, &whole.came);
        assert_true(whole.good && !whole.partial);
        free(path);
    }
}

static void what_is_in_view_comes_first(void **state)
{
    engine_session *session = *state;
    static const uint32_t in_view[] = {7, 3, 5};
    int counter = 0;
    answer answers[PICTURES] = {0};
    session_close(session);
    session_open(session, 1, 1, NULL);
    vt_cancel *gate = vt_cancel_create(NULL);
    session_hold_worker(session, gate);
    for (uint32_t row = 0; row < PICTURES; row++) {
        answers[row].counter = &counter;
        ask(session, row, 32, &answers[row]);
    }
    vt_engine_prioritise(session->engine, in_view, 3);
    vt_cancel_request(gate);
    for (uint32_t row = 0; row < PICTURES; row++) {
        session_wait_for(session, &answers[row].came);
    }
    assert_int_equal(answers[7].turn, 1);
    assert_int_equal(answers[3].turn, 2);
    assert_int_equal(answers[5].turn, 3);
    assert_int_equal(answers[0].turn, 4); /* the others as they were asked for */
    assert_int_equal(answers[1].turn, 5);
    assert_int_equal(answers[11].turn, PICTURES);
    vt_cancel_unref(gate);
}

static void a_cancelled_request_says_nothing(void **state)
{
    engine_session *session = *state;
    answer cancelled[3] = {0}, last = {0};
    session_close(session);
    session_open(session, 1, 1, NULL);
    vt_cancel *gate = vt_cancel_create(NULL);
    session_hold_worker(session, gate);
    vt_request *waiting = ask(session, 0, 0, &cancelled[0]);
    vt_request_cancel(waiting);
    waiting = ask(session, 1, 0, &cancelled[1]);
    vt_request *answered = ask(session, 2, 0, &cancelled[2]);
    vt_cancel_request(gate);
    vt_executor_wait_idle(session->executor, VT_FOREVER);
    vt_request_cancel(answered); /* its answer waits for delivery */
    vt_request_cancel(waiting);
    ask(session, 3, 0, &last);
    session_wait_for(session, &last.came);
    assert_int_equal(cancelled[0].came + cancelled[1].came + cancelled[2].came, 0);
    vt_cancel_unref(gate);
}

static void requests_are_bounded_and_the_engine_can_be_freed_with_them(void **state)
{
    engine_session *session = *state;
    answer *answers = calloc(VT_REQUESTS_MAX, sizeof *answers);
    assert_non_null(answers);
    vt_error error = VT_ERROR_INIT;
    for (int i = 0; i < VT_REQUESTS_MAX; i++) {
        ask(session, (uint32_t)(i % PICTURES), 32, &answers[i]);
    }
    assert_null(vt_engine_request_thumbnail(session->engine, 0, 32, on_picture, &answers[0], &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    session_close(session);
    for (int i = 0; i < VT_REQUESTS_MAX; i++) {
        assert_int_equal(answers[i].came, 0);
    }
    free(answers);
}

static void a_request_is_served_amid_an_import(void **state)
{
    engine_session *session = *state;
    enum { LINKS = 1000 };
    char *many = strdup(files_folder(session->root, "many"));
    files_write_picture(files_path(many, "first.ppm"), 1000, 800, 1);
    for (int i = 0; i < LINKS; i++) {
        char name[32];
        snprintf(name, sizeof name, "%05d.ppm", i);
        assert_int_equal(link(files_path(many, "first.ppm"), files_path(many, name)), 0);
    }
    vt_error error = VT_ERROR_INIT;
    import_record record = {0};
    answer thumbnail = {0}, image = {0};
    vt_import_listener listener = session_listener(&record);
    const char *path = many;
    vt_import *import = vt_engine_import(session->engine, &path, 1, NULL, &listener, &error);
    assert_non_null(import);
    session_wait_for(session, &record.batches);
    ask(session, 0, 0, &thumbnail);
    assert_non_null(vt_engine_request_image(session->engine, files_path(many, "first.ppm"), 90, 90, NULL,
                                            on_picture, &image, &error));
    session_wait_for(session, &thumbnail.came);
    session_wait_for(session, &image.came);
    assert_true(thumbnail.good && image.good);
    assert_int_equal(record.finished, 0); /* they did not wait for its end */
    vt_import_free(import);
    free(many);
}

#define REQUEST_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        REQUEST_TEST(thumbnails_come_from_the_store_in_the_size_asked_for),
        REQUEST_TEST(a_lost_store_is_filled_again_on_demand),
        REQUEST_TEST(large_ones_are_made_when_they_are_asked_for),
        REQUEST_TEST(large_ones_are_made_of_what_has_more_to_show),
        REQUEST_TEST(a_large_one_of_an_unread_item_brings_the_usual_one),
        REQUEST_TEST(a_file_that_is_gone_gives_an_error),
        REQUEST_TEST(rows_that_are_not_there_are_refused),
        REQUEST_TEST(images_are_reduced_to_the_box_and_models_fill_it),
        REQUEST_TEST(pixels_at_hand_are_counted),
        REQUEST_TEST(an_image_ahead_comes_after_what_is_looked_at),
        REQUEST_TEST(a_file_that_ends_early_gives_the_part_that_is_there),
        REQUEST_TEST(what_is_in_view_comes_first),
        REQUEST_TEST(a_cancelled_request_says_nothing),
        REQUEST_TEST(requests_are_bounded_and_the_engine_can_be_freed_with_them),
        REQUEST_TEST(a_request_is_served_amid_an_import),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
