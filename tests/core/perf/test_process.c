/* What a process costs, read from a folder that looks like /proc, and from the real one. */
#include "tests/support/check.h"
#include "tests/support/files.h"

#include "core/perf/process.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TICK (INT64_C(1000000000) / sysconf(_SC_CLK_TCK))

static void write_file(const char *root, const char *name, const char *text)
{
    files_write(files_path(root, name), text, strlen(text));
}

static void write_thread(const char *root, const char *name, const char *comm, int user, int system)
{
    char text[256];
    snprintf(text, sizeof text, "7 (%s) S 1 1 1 0 -1 4194304 100 0 0 0 %d %d 0 0 20 0 1 0 100\n", comm, user,
             system);
    write_file(root, name, text);
}

static char *make_proc(void)
{
    char *root = files_temporary_folder();
    static const char *const folders[] = {"7",         "7/task",   "7/task/7",  "7/task/8", "7/task/9",
                                          "7/task/10", "7/task/x", "7/task/11", "20",       "21"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        files_folder(root, folders[i]);
    }
    write_thread(root, "7/task/7/stat", "vitrine", 10, 5);
    write_thread(root, "7/task/8/stat", "Thread (pooled)", 20, 1);
    write_thread(root, "7/task/9/stat", "Thread (pooled)", 30, 2);
    write_thread(root, "7/task/10/stat", "a) R 1 (b", 4, 4); /* names may hold anything */
    write_file(root, "7/task/11/stat", "no such thing");
    write_file(root, "7/statm", "5000 300 20 1 0 400 0\n");
    write_file(root, "7/io", "rchar: 99\nwchar: 1\nsyscr: 1\nsyscw: 1\nread_bytes: 4096\nwrite_bytes: 0\n");
    write_thread(root, "20/stat", "vitrine-decoder", 50, 50);
    write_file(root, "20/statm", "9 7 1 1 0 1 0\n");
    write_thread(root, "21/stat", "vitrine-decoder", 1, 0); /* whose memory and reading may not be seen */
    return root;
}

static void times_are_summed_up_by_group(void **state)
{
    (void)state;
    char *root = make_proc();
    vt_process_reading reading;
    vt_error error = VT_ERROR_INIT;
    const pid_t helpers[] = {20, 21, 22 /* has ended */};
    assert_true(vt_process_read(root, 7, helpers, 3, &reading, &error));
    assert_int_equal(reading.cpu_ns[VT_THREADS_UI], 15 * TICK);
    assert_int_equal(reading.cpu_ns[VT_THREADS_POOL], 53 * TICK);
    assert_int_equal(reading.cpu_ns[VT_THREADS_OTHER], 8 * TICK);
    assert_int_equal(reading.threads, 4);
    assert_int_equal(reading.helpers_cpu_ns, 101 * TICK);
    assert_int_equal(reading.rss, 300 * sysconf(_SC_PAGESIZE));
    assert_int_equal(reading.helpers_rss, 7 * sysconf(_SC_PAGESIZE));
    assert_int_equal(reading.read_bytes, 4096);
    files_remove(root);
}

static void a_process_that_is_gone_is_told(void **state)
{
    (void)state;
    char *root = make_proc();
    vt_process_reading reading;
    vt_error error = VT_ERROR_INIT;
    assert_false(vt_process_read(root, 8, NULL, 0, &reading, &error));
    assert_int_equal(error.code, VT_ERROR_IO);
    assert_non_null(strstr(error.message, "/8/task"));
    assert_int_equal(reading.rss, 0);
    files_remove(root);
}

static void this_process_is_read(void **state)
{
    (void)state;
    vt_process_reading reading;
    volatile double spin = 0;
    for (int i = 0; i < 30000000; i++) { /* some ticks of the clock that counts them */
        spin += i;
    }
    assert_true(spin > 0);
    assert_true(vt_process_read(NULL, getpid(), NULL, 0, &reading, NULL));
    assert_true(reading.threads >= 1);
    assert_true(reading.rss > 100000);
    assert_true(reading.cpu_ns[VT_THREADS_UI] > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_are_summed_up_by_group),
        cmocka_unit_test(a_process_that_is_gone_is_told),
        cmocka_unit_test(this_process_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
