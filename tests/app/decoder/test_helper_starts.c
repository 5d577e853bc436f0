/* Where helpers come from, with real processes: copies of a zygote, which is replaced when it is gone or
   worn; and formats that are put out of use because their files end helpers one after the other. */
#include "support/check.h"

#include "core/decode/format_guard.h"
#include "core/decode/helper_pool.h"
#include "core/decode/helper_process.h"
#include "pictures.h"
#include "tests/app/decoder/kernel.h"

#include <signal.h>
#include <sys/wait.h>

static const char picture[] = "P6 2 1 255\nabcdef";

static void test_a_copy_is_a_helper_and_our_child(void **state)
{
    (void)state;
    vt_zygote zygote;
    vt_error error = VT_ERROR_INIT;
    vt_helper_process copies[2];
    assert_true(vt_zygote_start(VT_DECODER, vt_limits_default.max_memory, &zygote, &error));
    for (size_t i = 0; i < 2; i++) {
        if (!vt_helper_process_fork(&zygote, VT_DECODER, &copies[i], &error)) {
            fail_msg("%s", error.message);
        }
        assert_int_equal(copies[i].confinement.level, possible_level());
    }
    assert_int_equal(zygote.children, 2);
    assert_int_not_equal(copies[0].pid, copies[1].pid);
    /* They outlive it, and each answers for itself. */
    vt_zygote_end(&zygote);
    assert_int_equal(zygote.pid, 0);
    for (size_t i = 0; i < 2; i++) {
        int fd = file_of(picture, sizeof picture - 1);
        const vt_wire_request request = {.id = 40 + i,
                                         .version = VT_PROTOCOL_VERSION,
                                         .what = VT_WHAT_PROBE,
                                         .max_scans = vt_limits_default.max_scans,
                                         .file_bytes = sizeof picture - 1,
                                         .max_pixels = vt_limits_default.max_pixels,
                                         .max_pixels_scaled = vt_limits_default.max_pixels_scaled,
                                         .max_side = vt_limits_default.max_side};
        vt_wire_reply reply;
        assert_int_equal(
            vt_helper_process_exchange(&copies[i], &request, fd, -1, 10 * VT_NS_PER_S, -1, &reply),
            VT_EXCHANGE_ANSWERED);
        assert_int_equal(reply.id, 40 + i);
        assert_int_equal(reply.info.width, 2);
        close(fd);
        int status = 0;
        pid_t pid = copies[i].pid;
        assert_int_equal(kill(pid, SIGTERM), 0);
        assert_int_equal(waitpid(pid, &status, 0), pid); /* a child of this process's */
        assert_int_equal(WTERMSIG(status), SIGTERM);
        copies[i].pid = 0;
        vt_helper_process_kill(&copies[i]);
    }
}

static void test_what_is_no_zygote(void **state)
{
    (void)state;
    vt_zygote zygote;
    vt_helper_process process;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_zygote_start("/nonexistent/decoder", 0, &zygote, &error));
    assert_non_null(strstr(error.message, "/nonexistent/decoder"));
    assert_int_equal(zygote.socket, -1);
    /* It starts, and is gone before it is asked. */
    assert_true(vt_zygote_start("/bin/true", 0, &zygote, &error));
    assert_false(vt_helper_process_fork(&zygote, "/bin/true", &process, &error));
    assert_true(error.message[0]);
    assert_int_equal(process.pid, 0);
    assert_int_equal(zygote.children, 0);
    vt_zygote_end(&zygote);
    /* A helper takes no orders of a zygote's. */
    assert_true(vt_helper_process_start(VT_DECODER, vt_limits_default.max_memory, &process, &error));
    const vt_wire_request request = {.id = 9, .version = VT_PROTOCOL_VERSION, .what = VT_WHAT_FORK};
    vt_wire_reply reply;
    assert_int_equal(vt_helper_process_exchange(&process, &request, -1, -1, 10 * VT_NS_PER_S, -1, &reply),
                     VT_EXCHANGE_DIED);
    vt_helper_process_kill(&process);
}

static bool decode(vt_helper_pool *pool, const char *content, size_t size, vt_format hint, vt_error *error)
{
    const vt_decode_request request = {
        .what = VT_WHAT_THUMBNAIL, .hint = hint, .box_width = 8, .box_height = 8};
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    vt_decode_result result;
    int fd = file_of(content, size);
    bool fine = vt_helper_decode(helper, fd, size, &request, -1, &result, error);
    vt_decode_result_clear(&result);
    close(fd);
    vt_helper_pool_release(pool, helper);
    return fine;
}

static bool decode_picture(vt_helper_pool *pool, vt_format hint)
{
    return decode(pool, picture, sizeof picture - 1, hint, NULL);
}

static void take_line(void *user, vt_log_level level, const char *component, const char *line)
{
    (void)component;
    *(bool *)user = *(bool *)user || (level == VT_LOG_WARN && strstr(line, "are not read for now"));
}

static vt_helper_pool *new_pool(const char *program, bool *warned)
{
    const vt_helper_pool_options options = {.program = program,
                                            .workers = 1,
                                            .limits = vt_limits_default,
                                            .log = {.sink = take_line, .user = warned, .level = VT_LOG_WARN}};
    vt_error error = VT_ERROR_INIT;
    vt_helper_pool *pool = vt_helper_pool_create(&options, &error);
    if (!pool) {
        fail_msg("%s", error.message);
    }
    return pool;
}

/* The zygote is the last in the list; 0 while there is none. */
static pid_t zygote_of(vt_helper_pool *pool)
{
    pid_t pids[8];
    size_t count = vt_helper_pool_pids(pool, pids, 8);
    return count > 0 ? pids[count - 1] : 0;
}

static void test_killed_zygote_is_replaced(void **state)
{
    (void)state;
    bool warned = false;
    vt_helper_pool *pool = new_pool(VT_DECODER, &warned);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    vt_helper_pool_release(pool, helper);
    assert_true(decode_picture(pool, VT_FORMAT_PNM));
    for (int i = 0; i < 3; i++) {
        pid_t zygote = zygote_of(pool);
        assert_int_equal(kill(zygote, SIGKILL), 0);
        /* The spare may still be of the old one: two deaths need a new one. */
        for (int k = 0; k < 2; k++) {
            assert_int_equal(kill(vt_helper_pid(helper), SIGKILL), 0);
            assert_true(decode_picture(pool, VT_FORMAT_PNM));
        }
        assert_int_not_equal(zygote_of(pool), zygote);
    }
    vt_helper_pool_free(pool);
}

/* All copies of a zygote share their addresses: a file that guesses at them by crashing gets few guesses. */
static void test_worn_zygote_is_replaced(void **state)
{
    (void)state;
    bool warned = false;
    vt_helper_pool *pool = new_pool(VT_DECODER, &warned);
    vt_helper *helper = vt_helper_pool_acquire(pool, VT_HELPER_BACKGROUND);
    vt_helper_pool_release(pool, helper);
    assert_true(decode_picture(pool, VT_FORMAT_PNM));
    pid_t first = zygote_of(pool);
    for (int i = 0; i < VT_ZYGOTE_CHILDREN + 2; i++) {
        assert_int_equal(kill(vt_helper_pid(helper), SIGKILL), 0);
        assert_true(decode_picture(pool, VT_FORMAT_PNM));
    }
    assert_int_not_equal(zygote_of(pool), first);
    assert_true(vt_helper_pool_read(pool).starts >= VT_ZYGOTE_CHILDREN + 2);
    vt_helper_pool_free(pool);
}

static void test_format_out_of_use(void **state)
{
    (void)state;
    static const char poison[] = "poison:segv";
    bool warned = false;
    vt_helper_pool *pool = new_pool(VT_DECODER_POISON, &warned);
    vt_error error = VT_ERROR_INIT;
    vt_format formats[VT_FORMAT_COUNT];
    assert_true(decode_picture(pool, VT_FORMAT_PNM));
    for (int i = 0; i <= VT_GUARD_CRASHES; i++) {
        assert_false(warned);
        assert_int_equal(vt_helper_pool_out_of_use(pool, formats, VT_FORMAT_COUNT), 0);
        vt_error_clear(&error);
        assert_false(decode(pool, poison, sizeof poison - 1, VT_FORMAT_GIF, &error));
        assert_int_equal(error.code, VT_ERROR_CRASHED);
    }
    assert_true(warned);
    uint64_t crashes = vt_helper_pool_read(pool).crashes;
    assert_int_equal(crashes, 2 * (VT_GUARD_CRASHES + 1));
    /* From here on no helper sees a file of that name, good or bad, and the message says why. */
    vt_error_clear(&error);
    assert_false(decode(pool, picture, sizeof picture - 1, VT_FORMAT_GIF, &error));
    assert_int_equal(error.code, VT_ERROR_BUSY);
    assert_non_null(strstr(error.message, "GIF files are not read for now"));
    assert_false(decode(pool, poison, sizeof poison - 1, VT_FORMAT_GIF, &error));
    assert_int_equal(vt_helper_pool_read(pool).crashes, crashes);
    /* Others are read as before. */
    assert_true(decode_picture(pool, VT_FORMAT_PNM));
    assert_int_equal(vt_helper_pool_out_of_use(pool, formats, VT_FORMAT_COUNT), 1);
    assert_int_equal(formats[0], VT_FORMAT_GIF);
    vt_helper_pool_allow(pool, VT_FORMAT_GIF);
    assert_true(decode_picture(pool, VT_FORMAT_GIF));
    assert_int_equal(vt_helper_pool_out_of_use(pool, formats, VT_FORMAT_COUNT), 0);
    vt_helper_pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_copy_is_a_helper_and_our_child),
        cmocka_unit_test(test_what_is_no_zygote),
        cmocka_unit_test(test_killed_zygote_is_replaced),
        cmocka_unit_test(test_worn_zygote_is_replaced),
        cmocka_unit_test(test_format_out_of_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
