/* Helpers from the program's side, with real processes: what works, and what must not spread. */
#include "support/check.h"

#include "core/base/clock.h"
#include "core/decode/helper_pool.h"
#include "core/decode/source.h"
#include "pictures.h"

#include <dirent.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>

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
#ifdef VITRINE_SANITIZED
    assert_int_equal(vt_helper_sandbox(helper), VT_SANDBOX_NONE);
#else
    assert_int_equal(vt_helper_sandbox(helper), VT_SANDBOX_LIMITS);
#endif
    vt_helper_pool_release(pool, helper);
    vt_helper_pool_figures figures = vt_helper_pool_read(pool);
    assert_int_equal(figures.decoded, 21);
    assert_int_equal(figures.crashes, 0);
    vt_helper_pool_free(pool);
    assert_int_equal(kill(pid, 0), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
