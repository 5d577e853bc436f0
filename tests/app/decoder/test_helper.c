/* Helpers from the program's side, with real processes: what works, and what must not spread. */
#include "support/check.h"

#include "core/base/clock.h"
#include "core/decode/helper_pool.h"
#include "core/decode/source.h"
#include "pictures.h"
#include "tests/app/decoder/kernel.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/stat.h>

static vt_helper_pool *new_pool(const char *program, unsigned workers, int64_t wall_ns)
{
    vt_helper_pool_options options = {
        .program = program, .workers = workers, .limits = vt_limits_default, .log = vt_log_none};
    vt_error error = VT_ERROR_INIT;
    if (wall_ns) {
        options.limits.wall_ns = wall_ns;
        options.limits.wall_ns_per_mib = 0;
    }
    vt_helper_pool *pool = vt_helper_pool_create(&options, &error);
    if (!pool) {
        fail_msg("%s", error.message);
    }
    return pool;
}

static bytes red_jpeg(uint32_t width, uint32_t height)
{
    uint8_t *pixels = malloc((size_t)width * height * 3);
    assert_non_null(pixels);
    for (size_t i = 0; i < (size_t)width * height; i++) {
        pixels[i * 3] = 200;
        pixels[i * 3 + 1] = 30;
        pixels[i * 3 + 2] = 60;
    }
    bytes file = make_jpeg(width, height, 3, pixels, 0, 0);
    free(pixels);
    return file;
}

static bool thumbnail(vt_helper *helper, const void *data, size_t size, vt_decode_result *result,
                      vt_error *error)
{
    const vt_decode_request request = {
        .what = VT_WHAT_THUMBNAIL, .hint = VT_FORMAT_JPEG, .box_width = 64, .box_height = 64};
    int fd = file_of(data, size);
    bool fine = vt_helper_decode(helper, fd, size, &request, -1, result, error);
    close(fd);
    return fine;
}

static void expect_red_thumbnail(vt_helper *helper)
{
    vt_decode_result result;
    vt_error error = VT_ERROR_INIT;
    bytes file = red_jpeg(640, 320);
    if (!thumbnail(helper, file.data, file.size, &result, &error)) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(result.info.width, 640);
    assert_int_equal(result.info.height, 320);
    assert_int_equal(result.info.format, VT_FORMAT_JPEG);
    assert_int_equal(result.pixels.width, 64);
    assert_int_equal(result.pixels.height, 32);
    check_pixel(&result.pixels, 0, 0, 200, 30, 60, 255, 3);
    check_pixel(&result.pixels, 63, 31, 200, 30, 60, 255, 3);
    vt_decode_result_clear(&result);
    free(file.data);
}

static void test_round_trip(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    for (int i = 0; i < 20; i++) {
        expect_red_thumbnail(helper);
    }
    pid_t pid = vt_helper_pid(helper);
    assert_true(pid > 0);
    expect_red_thumbnail(helper);
    assert_int_equal(vt_helper_pid(helper), pid);
    assert_int_equal(vt_helper_sandbox(helper), possible_level());
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_figures figures = vt_helper_pool_read(pool);
    assert_int_equal(figures.decoded, 21);
    assert_int_equal(figures.crashes, 0);
    vt_helper_pool_free(pool);
    assert_int_equal(kill(pid, 0), -1);
}

static void expect_failure(vt_helper *helper, const char *content, vt_error_code code, const char *says)
{
    vt_decode_result result;
    vt_error error = VT_ERROR_INIT;
    assert_false(thumbnail(helper, content, strlen(content), &result, &error));
    if (error.code != code || !strstr(error.message, says)) {
        fail_msg("%s: %s (%s)", content, vt_error_code_name(error.code), error.message);
    }
    assert_null(result.pixels.data);
    vt_decode_result_clear(&result);
}

/* What kills or confuses its decoder costs that file only: the next one is fine. */
static void test_poison_is_contained(void **state)
{
    (void)state;
    static const struct {
        const char *content;
        const char *says;
    } poisons[] = {
#ifdef VITRINE_SANITIZED
        {"poison:stack", "twice"},
        {"poison:forbidden", "exit status 4"},
#else
        {"poison:stack", "Segmentation fault"},
        {"poison:forbidden", "what its confinement forbids"},
#endif
        {"poison:segv", "Segmentation fault"},
        {"poison:bus", "Bus error"},
        {"poison:illegal", "Illegal instruction"},
        {"poison:abort", "Abort"},
        {"poison:exit", "exit status 3"},
        {"poison:hog", "Abort"},
        {"poison:lie", "nonsense"},
        {"poison:flood", "nonsense"}};
    vt_helper_pool *pool = new_pool(VT_DECODER_POISON, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    size_t count = sizeof poisons / sizeof poisons[0];
    for (size_t i = 0; i < count; i++) {
        expect_failure(helper, poisons[i].content, VT_ERROR_CRASHED, poisons[i].says);
        expect_red_thumbnail(helper);
    }
    vt_helper_pool_figures figures = vt_helper_pool_read(pool);
    assert_int_equal(figures.crashes, 2 * count); /* each was tried twice */
    assert_int_equal(figures.timeouts, 0);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

static void test_time_out(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER_POISON, 1, 300 * VT_NS_PER_MS);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_INTERACTIVE);
    expect_failure(helper, "poison:loop", VT_ERROR_TIMEOUT, "0.3 s");
    assert_int_equal(vt_helper_pid(helper), 0);
    expect_failure(helper, "poison:stop", VT_ERROR_TIMEOUT, "0.3 s");
    expect_red_thumbnail(helper);
    assert_int_equal(vt_helper_pool_read(pool).timeouts, 2);
    assert_int_equal(vt_helper_pool_read(pool).crashes, 0);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

static void test_cancel(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER_POISON, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    int cancel = eventfd(1, EFD_CLOEXEC); /* readable from the start */
    int fd = file_of("poison:loop", 11);
    const vt_decode_request request = {.what = VT_WHAT_PROBE};
    vt_decode_result result;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_helper_decode(helper, fd, 11, &request, cancel, &result, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    close(fd);
    close(cancel);
    expect_red_thumbnail(helper);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

/* Who waits while another picture keeps the only helper busy can be called off. */
static void test_cancel_while_waiting_for_a_helper(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    int cancel = eventfd(1, EFD_CLOEXEC); /* readable from the start */
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_helper_pool_acquire_unless(pool, VT_HELPER_BACKGROUND, cancel, &error));
    assert_int_equal(error.code, VT_ERROR_CANCELLED);
    /* A helper that is free is had all the same: whoever decodes with it notices. */
    vt_helper_pool_release(pool, helper);
    assert_ptr_equal(vt_helper_pool_acquire_unless(pool, VT_HELPER_BACKGROUND, cancel, &error), helper);
    close(cancel);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

/* A helper killed from outside (by the system, short of memory) is replaced without anybody noticing. */
static void test_sudden_death_between_requests(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    expect_red_thumbnail(helper);
    assert_int_equal(kill(vt_helper_pid(helper), SIGKILL), 0);
    expect_red_thumbnail(helper);
    assert_int_equal(vt_helper_pool_read(pool).crashes, 1);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

static void test_bad_files_say_why(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    expect_failure(helper, "Dear diary", VT_ERROR_UNSUPPORTED, "not a JPEG file: looks like text");
    expect_failure(helper, "GIF89a\2", VT_ERROR_TRUNCATED, "GIF");
    expect_failure(helper, "poison:segv", VT_ERROR_UNSUPPORTED,
                   "text"); /* harmless outside the test's twin */
    bytes file = red_jpeg(640, 320);
    vt_decode_result result;
    vt_error error = VT_ERROR_INIT;
    assert_false(thumbnail(helper, file.data, file.size * 2 / 3, &result, &error));
    assert_int_equal(error.code, VT_ERROR_TRUNCATED);
    assert_int_equal(result.pixels.width, 64); /* the upper part */
    assert_int_equal(result.info.width, 640);
    check_pixel(&result.pixels, 30, 2, 200, 30, 60, 255, 3);
    vt_decode_result_clear(&result);
    free(file.data);
    assert_int_equal(vt_helper_pool_read(pool).crashes, 0);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

static void test_requests_that_make_no_sense(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    static const vt_decode_request requests[] = {
        {.what = VT_WHAT_THUMBNAIL},
        {.what = VT_WHAT_THUMBNAIL, .box_width = 1025, .box_height = 10},
        {.what = VT_WHAT_VIEW, .box_width = 8193, .box_height = 8192},
        {.what = VT_WHAT_VIEW, .box_width = UINT32_MAX, .box_height = UINT32_MAX},
        {.what = VT_WHAT_HELLO, .box_width = 1, .box_height = 1}};
    for (size_t i = 0; i < sizeof requests / sizeof requests[0]; i++) {
        vt_decode_result result;
        vt_error error = VT_ERROR_INIT;
        assert_false(vt_helper_decode(helper, 0, 1, &requests[i], -1, &result, &error));
        assert_int_equal(error.code, VT_ERROR_USAGE);
    }
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

static void test_view_at_full_size(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_INTERACTIVE);
    bytes file = red_jpeg(2000, 1500);
    int fd = file_of(file.data, file.size);
    const vt_decode_request request = {.what = VT_WHAT_VIEW, .box_width = 4096, .box_height = 4096};
    for (int i = 0; i < 3; i++) {
        vt_decode_result result;
        vt_error error = VT_ERROR_INIT;
        if (!vt_helper_decode(helper, fd, file.size, &request, -1, &result, &error)) {
            fail_msg("%s", error.message);
        }
        assert_int_equal(result.pixels.width, 2000);
        assert_int_equal(result.pixels.height, 1500);
        check_pixel(&result.pixels, 1999, 1499, 200, 30, 60, 255, 3);
        vt_decode_result_clear(&result);
    }
    close(fd);
    free(file.data);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

/* A tetrahedron as a binary STL file. */
static bytes tetrahedron(void)
{
    static const float corners[4][3] = {{0, 0, 0}, {10, 0, 0}, {0, 10, 0}, {0, 0, 10}};
    static const int faces[4][3] = {{0, 2, 1}, {0, 1, 3}, {0, 3, 2}, {1, 2, 3}};
    bytes file = {calloc(1, 84 + 4 * 50), 84 + 4 * 50};
    assert_non_null(file.data);
    file.data[80] = 4;
    for (size_t f = 0; f < 4; f++) {
        for (size_t c = 0; c < 3; c++) {
            memcpy(file.data + 84 + f * 50 + 12 + c * 12, corners[faces[f][c]], 12);
        }
    }
    return file;
}

static vt_decode_result draw(vt_helper *helper, int fd, size_t size, const vt_decode_request *request)
{
    vt_decode_result result;
    vt_error error = VT_ERROR_INIT;
    if (!vt_helper_decode(helper, fd, size, request, -1, &result, &error)) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(result.info.triangles, 4);
    assert_int_equal(result.info.kind, VT_KIND_MODEL);
    assert_int_equal(result.info.watertight, VT_WATERTIGHT_YES);
    return result;
}

static void test_models(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_INTERACTIVE);
    bytes file = tetrahedron();
    int fd = file_of(file.data, file.size);
    vt_decode_request request = {.what = VT_WHAT_PROBE, .hint = VT_FORMAT_STL};
    vt_decode_result probe = draw(helper, fd, file.size, &request);
    assert_null(probe.pixels.data);
    request = (vt_decode_request){.what = VT_WHAT_THUMBNAIL, .box_width = 128, .box_height = 96};
    vt_decode_result thumb = draw(helper, fd, file.size, &request);
    assert_int_equal(thumb.pixels.width, 128);
    assert_int_equal(thumb.pixels.height, 96);
    request.what = VT_WHAT_VIEW;
    vt_decode_result front = draw(helper, fd, file.size, &request);
    request.yaw = 1.0F;
    request.pitch = -0.5F;
    request.flags = VT_DECODE_TURNING;
    vt_decode_result turned = draw(helper, fd, file.size, &request);
    request.zoom = 2.0F;
    request.pan_x = 0.25F;
    vt_decode_result zoomed = draw(helper, fd, file.size, &request);
    assert_memory_not_equal(front.pixels.data, turned.pixels.data, turned.pixels.capacity);
    assert_memory_not_equal(turned.pixels.data, zoomed.pixels.data, turned.pixels.capacity);
    request = (vt_decode_request){.what = VT_WHAT_VIEW, .box_width = 128, .box_height = 96};
    vt_decode_result again = draw(helper, fd, file.size, &request);
    assert_memory_equal(front.pixels.data, again.pixels.data, again.pixels.capacity);
    vt_decode_result *all[] = {&probe, &thumb, &front, &turned, &zoomed, &again};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        vt_decode_result_clear(all[i]);
    }
    close(fd);
    free(file.data);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

/* Turning a model asks for the same file again and again: it stays loaded until the file changes. */
static void test_viewed_model_stays_loaded(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_INTERACTIVE);
    bytes file = tetrahedron();
    int fd = file_of(file.data, file.size);
    const vt_decode_request request = {.what = VT_WHAT_VIEW, .box_width = 32, .box_height = 32};
    struct stat before;
    assert_int_equal(fstat(fd, &before), 0);
    vt_decode_result first = draw(helper, fd, file.size, &request);
    /* Other content under the same identity: what is drawn shows that the file was not read again. */
    memset(file.data + 84, 0, 4 * 50);
    assert_int_equal(pwrite(fd, file.data, file.size, 0), (ssize_t)file.size);
    const struct timespec times[2] = {before.st_atim, before.st_mtim};
    assert_int_equal(futimens(fd, times), 0);
    vt_decode_result second = draw(helper, fd, file.size, &request);
    assert_memory_equal(first.pixels.data, second.pixels.data, first.pixels.capacity);
    /* Another time of change: now it is read again. */
    const struct timespec later[2] = {before.st_atim, {before.st_mtim.tv_sec + 5, 0}};
    assert_int_equal(futimens(fd, later), 0);
    vt_decode_result third;
    vt_error error = VT_ERROR_INIT;
    bool fine = vt_helper_decode(helper, fd, file.size, &request, -1, &third, &error);
    assert_true(!fine || third.info.watertight != VT_WATERTIGHT_YES);
    vt_decode_result_clear(&first);
    vt_decode_result_clear(&second);
    vt_decode_result_clear(&third);
    close(fd);
    free(file.data);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

static void test_recycling(void **state)
{
    (void)state;
    vt_helper_pool *pool = new_pool(VT_DECODER, 1, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    bytes file = red_jpeg(16, 16);
    int fd = file_of(file.data, file.size);
    const vt_decode_request request = {.what = VT_WHAT_PROBE};
    pid_t first = 0;
    for (int i = 0; i < VT_HELPER_RECYCLE_IMAGES + 1; i++) {
        vt_decode_result result;
        assert_true(vt_helper_decode(helper, fd, file.size, &request, -1, &result, NULL));
        first = first ? first : vt_helper_pid(helper);
    }
    assert_int_not_equal(vt_helper_pid(helper), first);
    assert_int_equal(vt_helper_pool_read(pool).recycles, 1);
    assert_int_equal(vt_helper_pool_read(pool).crashes, 0);
    close(fd);
    free(file.data);
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_free(pool);
}

static size_t open_descriptors(void)
{
    size_t count = 0;
    DIR *folder = opendir("/proc/self/fd");
    assert_non_null(folder);
    while (readdir(folder)) {
        count++;
    }
    closedir(folder);
    return count;
}

static void test_nothing_is_left_behind(void **state)
{
    (void)state;
    size_t before = open_descriptors();
    pid_t pids[8];
    vt_helper_pool *pool = new_pool(VT_DECODER_POISON, 2, 0);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    for (int i = 0; i < 5; i++) {
        expect_failure(helper, "poison:exit", VT_ERROR_CRASHED, "exit status");
        expect_red_thumbnail(helper);
    }
    vt_helper_pool_release(pool, helper);
    size_t running = vt_helper_pool_pids(pool, pids, 8);
    assert_true(running >= 2);
    vt_helper_pool_free(pool);
    assert_int_equal(open_descriptors(), before);
    for (size_t i = 0; i < running; i++) {
        assert_int_equal(kill(pids[i], 0), -1);
    }
}

static void *work(void *user)
{
    vt_helper_pool *pool = user;
    for (int i = 0; i < 25; i++) {
        vt_helper *helper =
            vt_helper_pool_acquire(pool, i % 5 == 0 ? VT_HELPER_INTERACTIVE : VT_HELPER_BACKGROUND);
        if (i % 10 == 3) {
            expect_failure(helper, "poison:exit", VT_ERROR_CRASHED, "exit status");
        }
        expect_red_thumbnail(helper);
        vt_helper_pool_release(pool, helper);
    }
    return NULL;
}

static void test_more_threads_than_helpers(void **state)
{
    (void)state;
    pthread_t threads[5];
    vt_helper_pool *pool = new_pool(VT_DECODER_POISON, 2, 0);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, work, pool), 0);
    }
    for (size_t i = 0; i < 5; i++) {
        pthread_join(threads[i], NULL);
    }
    vt_helper_pool_figures figures = vt_helper_pool_read(pool);
    assert_int_equal(figures.decoded, 5 * 25);
    assert_int_equal(figures.crashes, 5 * 3 * 2);
    vt_helper_pool_free(pool);
}

static void test_missing_program(void **state)
{
    (void)state;
    static const char *const programs[] = {"/nonexistent/vitrine-decoder", "/bin/true"};
    for (size_t i = 0; i < 2; i++) {
        const vt_helper_pool_options options = {
            .program = programs[i], .workers = 1, .limits = vt_limits_default, .log = vt_log_none};
        vt_error error = VT_ERROR_INIT;
        assert_null(vt_helper_pool_create(&options, &error));
        assert_int_equal(error.code, VT_ERROR_INTERNAL);
        assert_non_null(strstr(error.message, programs[i]));
    }
}

static void test_finding_the_program(void **state)
{
    (void)state;
    unsetenv("VITRINE_DECODER");
    char *found = vt_helper_program_find(NULL);
    assert_non_null(found); /* a build's tests stand beside its programs */
    assert_non_null(strstr(found, "vitrine-decoder"));
    free(found);
    setenv("VITRINE_DECODER", "/somewhere/else", 1);
    found = vt_helper_program_find(NULL);
    assert_string_equal(found, "/somewhere/else");
    free(found);
    unsetenv("VITRINE_DECODER");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_poison_is_contained),
        cmocka_unit_test(test_time_out),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_cancel_while_waiting_for_a_helper),
        cmocka_unit_test(test_sudden_death_between_requests),
        cmocka_unit_test(test_bad_files_say_why),
        cmocka_unit_test(test_requests_that_make_no_sense),
        cmocka_unit_test(test_view_at_full_size),
        cmocka_unit_test(test_models),
        cmocka_unit_test(test_viewed_model_stays_loaded),
        cmocka_unit_test(test_recycling),
        cmocka_unit_test(test_nothing_is_left_behind),
        cmocka_unit_test(test_more_threads_than_helpers),
        cmocka_unit_test(test_missing_program),
        cmocka_unit_test(test_finding_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
