/* Files that change while they are read: once is nothing, always is an error. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/import/engine_private.h"
#include "core/import/growth.h"
#include "core/import/reading.h"
#include "tests/core/import/engine_session.h"
#include "tests/support/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WIDTH = 2000, HEIGHT = 1500 };

/* Who writes to the file while it is read. */
typedef struct writer {
    engine_session *session;
    char *path; /* owned */
    atomic_bool over;
} writer;

static int set_up(void **state)
{
    writer *at = calloc(1, sizeof *at);
    assert_non_null(at);
    at->session = session_create();
    at->path = strdup(files_path(at->session->pictures, "changing.ppm"));
    files_write_picture(at->path, WIDTH, HEIGHT, 1);
    session_open(at->session, 2, 1, NULL);
    *state = at;
    return 0;
}

static int tear_down(void **state)
{
    writer *at = *state;
    session_free(at->session);
    free(at->path);
    free(at);
    return 0;
}

/* True if this process has the file open. */
static bool is_open(const char *path)
{
    char link[PATH_MAX], target[PATH_MAX];
    bool found = false;
    DIR *folder = opendir("/proc/self/fd");
    const struct dirent *entry;
    while (folder && !found && (entry = readdir(folder))) {
        snprintf(link, sizeof link, "/proc/self/fd/%s", entry->d_name);
        ssize_t length = readlink(link, target, sizeof target - 1);
        found = length > 0 && (size_t)length == strlen(path) && memcmp(target, path, (size_t)length) == 0;
    }
    if (folder) {
        closedir(folder);
    }
    return found;
}

static void signal_helpers(writer *at, int number)
{
    pid_t pids[VT_HELPER_POOL_MAX];
    size_t count = vt_helper_pool_pids(at->session->engine->helpers, pids, VT_HELPER_POOL_MAX);
    for (size_t i = 0; i < count; i++) {
        kill(pids[i], number);
    }
}

/* Another time of change, as writing gives it. */
static void touch(const char *path, time_t second, long nanosecond)
{
    const struct timespec times[2] = {{second, nanosecond}, {second, nanosecond}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static bool read_file(writer *at, vt_reading *reading, vt_error *error)
{
    const vt_decode_request request = {.what = VT_WHAT_THUMBNAIL, .box_width = 64, .box_height = 64};
    return vt_reading_run(at->session->engine->helpers, VT_HELPER_BACKGROUND, at->path, strlen(at->path),
                          &request, -1, reading, error);
}

/* Changes the file once, while the helper that is to read it stands still. */
static void *change_once(void *user)
{
    writer *at = user;
    while (!is_open(at->path)) {
        usleep(1000);
    }
    touch(at->path, 12345, 0);
    signal_helpers(at, SIGCONT);
    return NULL;
}

static void a_file_that_changes_once_is_read_again(void **state)
{
    writer *at = *state;
    pthread_t thread;
    vt_reading reading;
    vt_error error = VT_ERROR_INIT;
    signal_helpers(at, SIGSTOP);
    assert_int_equal(pthread_create(&thread, NULL, change_once, at), 0);
    bool read = read_file(at, &reading, &error);
    pthread_join(thread, NULL);
    if (!read) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(reading.stat.st_mtim.tv_sec, 12345);
    assert_int_equal(reading.result.info.width, WIDTH);
    assert_int_equal(vt_helper_pool_read(at->session->engine->helpers).decoded, 2);
    vt_decode_result_clear(&reading.result);
}

static void *change_always(void *user)
{
    writer *at = user;
    for (long i = 0; !atomic_load(&at->over); i++) {
        touch(at->path, i / 1000, i % 1000);
    }
    return NULL;
}

static void a_file_that_changes_all_the_time_is_an_error(void **state)
{
    enum { PATIENCE = 100 };
    writer *at = *state;
    pthread_t thread;
    vt_reading reading;
    vt_error error = VT_ERROR_INIT;
    assert_int_equal(pthread_create(&thread, NULL, change_always, at), 0);
    /* The writer may have to stand by for as long as a whole reading takes, but not each time. */
    for (int i = 0; i < PATIENCE && read_file(at, &reading, &error); i++) {
        vt_decode_result_clear(&reading.result);
    }
    atomic_store(&at->over, true);
    pthread_join(thread, NULL);
    assert_int_equal(error.code, VT_ERROR_CHANGED);
    assert_non_null(strstr(error.message, "changed"));
    assert_null(reading.result.pixels.data); /* they may be of no content there ever was */
    assert_false(reading.judged);
    assert_true(read_file(at, &reading, &error)); /* and when it is left alone */
    vt_decode_result_clear(&reading.result);
}

/* Who writes a file as slowly as a disk or a network. */
typedef struct slow_writer {
    const char *path;
    const char *bytes;
    size_t count, steps;
} slow_writer;

static void append(const char *path, const char *bytes, size_t count)
{
    int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, count), count);
    close(fd);
}

static void *write_slowly(void *user)
{
    const slow_writer *slow = user;
    size_t step = slow->count / slow->steps;
    for (size_t at = 0; at < slow->count; at += step) {
        usleep(50000);
        append(slow->path, slow->bytes + at, slow->count - at < step * 2 ? slow->count - at : step);
        if (slow->count - at < step * 2) {
            break;
        }
    }
    return NULL;
}

/* Imports what somebody else is still writing, beginning with nothing. */
static void import_slow(writer *at, size_t steps, import_record *record)
{
    size_t count = 0;
    char *bytes = files_read(at->path, &count);
    char *folder = strdup(files_folder(at->session->pictures, "slow"));
    char *path = strdup(files_path(folder, "slow.ppm"));
    slow_writer slow = {.path = path, .bytes = bytes, .count = count, .steps = steps};
    pthread_t thread;
    append(path, "", 0);
    assert_int_equal(pthread_create(&thread, NULL, write_slowly, &slow), 0);
    session_import(at->session, folder, NULL, record);
    pthread_join(thread, NULL);
    free(bytes);
    free(folder);
    free(path);
}

static void an_import_waits_for_a_file_that_is_being_written(void **state)
{
    writer *at = *state;
    import_record record = {0};
    import_slow(at, 20, &record);
    assert_int_equal(record.figures.failed, 0);
    assert_int_equal(record.figures.imported, 1);
}

/* Others wait, too: so not for ever, and not for good. */
static void one_that_does_not_end_is_left_to_the_next_import(void **state)
{
    writer *at = *state;
    import_record record = {0};
    import_slow(at, 120, &record);
    assert_int_equal(record.figures.failed, 1);
    assert_int_equal(session_failures(at->session), 1);
    record = (import_record){0};
    session_import(at->session, files_path(at->session->pictures, "slow"), NULL, &record);
    assert_int_equal(record.figures.failed, 0);
    assert_int_equal(record.figures.imported, 1);
    assert_int_equal(session_failures(at->session), 0);
}

/* What is as bad as it looks costs little, and what is old or no file nothing. */
static void what_does_not_grow_is_not_waited_for(void **state)
{
    writer *at = *state;
    struct stat before;
    vt_error fault = VT_ERROR_INIT;
    size_t length = strlen(at->path);
    vt_error_set(&fault, VT_ERROR_TRUNCATED, "cut off");
    append(at->path, "x", 1);
    assert_int_equal(stat(at->path, &before), 0);
    assert_false(vt_growth_wait(at->path, length, &before, -1, &fault));
    assert_int_equal(fault.code, VT_ERROR_TRUNCATED);
    /* It changed after it was read, and rests since. */
    append(at->path, "x", 1);
    assert_true(vt_growth_wait(at->path, length, &before, -1, &fault));
    /* Cancelled. */
    int cancel[2];
    assert_int_equal(pipe(cancel), 0);
    append(at->path, "x", 1);
    assert_int_equal(write(cancel[1], "", 1), 1);
    assert_false(vt_growth_wait(at->path, length, &before, cancel[0], &fault));
    close(cancel[0]);
    close(cancel[1]);
    /* Other faults, old files, no files. */
    append(at->path, "x", 1);
    vt_error_set(&fault, VT_ERROR_LIMIT, "too large");
    assert_false(vt_growth_wait(at->path, length, &before, -1, &fault));
    vt_error_set(&fault, VT_ERROR_TRUNCATED, "cut off");
    touch(at->path, 12345, 0);
    int64_t begun = vt_clock_now();
    for (int i = 0; i < 1000; i++) {
        assert_false(vt_growth_wait(at->path, length, &before, -1, &fault));
    }
    assert_true(vt_clock_now() - begun < 60 * VT_NS_PER_S); /* a thousand waits would be minutes */
    assert_int_equal(unlink(at->path), 0);
    assert_false(vt_growth_wait(at->path, length, &before, -1, &fault));
    assert_int_equal(fault.code, VT_ERROR_TRUNCATED);
}

#define READING_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        READING_TEST(a_file_that_changes_once_is_read_again),
        READING_TEST(a_file_that_changes_all_the_time_is_an_error),
        READING_TEST(an_import_waits_for_a_file_that_is_being_written),
        READING_TEST(one_that_does_not_end_is_left_to_the_next_import),
        READING_TEST(what_does_not_grow_is_not_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
