/* core/memory/system: /proc/meminfo and control groups of both versions, as files of ours. */
#include "tests/support/check.h"
#include "tests/support/files.h"

#include "core/memory/system.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MEMINFO "MemTotal:        8000000 kB\nMemFree:  10 kB\nMemAvailable:    5000000 kB\n"
#define TOTAL   (INT64_C(8000000) * 1024)
#define FREE    (INT64_C(5000000) * 1024)

static char *root;

static void make_folders(const char *path)
{
    char at[512];
    snprintf(at, sizeof at, "%s", root);
    size_t length = strlen(at);
    snprintf(at + length, sizeof at - length, "%s", path);
    for (char *slash = strchr(at + length + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(at, 0755);
        *slash = '/';
    }
}

static void file(const char *path, const char *text)
{
    make_folders(path);
    files_write(files_path(root, path + 1), text, strlen(text));
}

static vt_system_memory read_it(void)
{
    vt_system_memory memory;
    vt_error error = VT_ERROR_INIT;
    if (!vt_system_memory_read(root, &memory, &error)) {
        fail_msg("%s", error.message);
    }
    return memory;
}

static int setup(void **state)
{
    (void)state;
    root = files_temporary_folder();
    file("/proc/meminfo", MEMINFO);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    files_remove(root);
    return 0;
}

static void without_a_group_the_machine_counts(void **state)
{
    (void)state;
    vt_system_memory memory = read_it();
    assert_true(memory.total == TOTAL);
    assert_true(memory.available == FREE);
    assert_int_equal(memory.group_limit, 0);
    file("/proc/self/cgroup", "nonsense\n0::/app\n");
    file("/sys/fs/cgroup/app/memory.max", "max\n");
    memory = read_it();
    assert_true(memory.total == TOTAL);
    assert_int_equal(memory.group_limit, 0);
}

static void a_group_of_version_2_counts(void **state)
{
    (void)state;
    file("/proc/self/cgroup", "0::/user.slice/app.scope\n");
    file("/sys/fs/cgroup/user.slice/app.scope/memory.max", "500000000\n");
    file("/sys/fs/cgroup/user.slice/app.scope/memory.current", "450000000\n");
    vt_system_memory memory = read_it();
    assert_int_equal(memory.total, 500000000);
    assert_int_equal(memory.group_limit, 500000000);
    assert_int_equal(memory.available, 50000000);
    /* Pages of files read go first: they do not count as used. */
    file("/sys/fs/cgroup/user.slice/app.scope/memory.stat",
         "anon 1\nfile 2\ntotal_inactive_file 7\ninactive_file 100000000\n");
    assert_int_equal(read_it().available, 150000000);
    /* Usage may be over a limit that was just lowered. */
    file("/sys/fs/cgroup/user.slice/app.scope/memory.current", "700000000\n");
    assert_int_equal(read_it().available, 0);
}

static void the_smallest_limit_above_us_counts(void **state)
{
    (void)state;
    file("/proc/self/cgroup", "0::/a/b\n");
    file("/sys/fs/cgroup/a/b/memory.max", "900000000\n");
    file("/sys/fs/cgroup/a/memory.max", "300000000\n");
    file("/sys/fs/cgroup/a/memory.current", "100000000\n");
    vt_system_memory memory = read_it();
    assert_int_equal(memory.total, 300000000);
    assert_int_equal(memory.available, 200000000);
    /* More than the machine has is no limit. */
    file("/sys/fs/cgroup/a/memory.max", "9000000000000\n");
    assert_int_equal(read_it().total, 900000000);
}

static void a_group_of_version_1_counts(void **state)
{
    (void)state;
    file("/proc/self/cgroup", "5:cpu,cpuacct:/\n4:memory:/docker/1234\n0::/\n");
    file("/sys/fs/cgroup/memory/docker/1234/memory.limit_in_bytes", "400000000\n");
    file("/sys/fs/cgroup/memory/docker/1234/memory.usage_in_bytes", "150000000\n");
    file("/sys/fs/cgroup/memory/docker/1234/memory.stat", "inactive_file 3\ntotal_inactive_file 50000000\n");
    vt_system_memory memory = read_it();
    assert_int_equal(memory.total, 400000000);
    assert_int_equal(memory.available, 300000000);
    /* "No limit" is a very large number there. */
    file("/sys/fs/cgroup/memory/docker/1234/memory.limit_in_bytes", "9223372036854771712\n");
    assert_int_equal(read_it().group_limit, 0);
}

static void inside_a_container_the_mount_itself_is_asked(void **state)
{
    (void)state;
    file("/proc/self/cgroup", "4:memory:/docker/1234\n");
    file("/sys/fs/cgroup/memory/memory.limit_in_bytes", "200000000\n");
    assert_int_equal(read_it().total, 200000000);
    file("/proc/self/cgroup", "0::/\n");
    file("/sys/fs/cgroup/memory.max", "100000000\n");
    assert_int_equal(read_it().total, 100000000);
}

static void a_limit_that_is_no_number_is_none(void **state)
{
    (void)state;
    file("/proc/self/cgroup", "0::/app\n");
    static const char *const texts[] = {"", "\n", "-5\n", "99999999999999999999999\n", "0\n", "lots\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        file("/sys/fs/cgroup/app/memory.max", texts[i]);
        assert_int_equal(read_it().group_limit, 0);
    }
}

static void a_broken_meminfo_is_told(void **state)
{
    (void)state;
    vt_system_memory memory;
    vt_error error = VT_ERROR_INIT;
    static const char *const texts[] = {"", "MemTotal: 100 kB\n", "MemAvailable: 100 kB\n",
                                        "MemTotal: x\nMemAvailable: 1 kB\n",
                                        "MemTotal: 9223372036854775807 kB\nMemAvailable: 1 kB\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        file("/proc/meminfo", texts[i]);
        assert_false(vt_system_memory_read(root, &memory, &error));
        assert_int_equal(error.code, VT_ERROR_CORRUPT);
        assert_non_null(strstr(error.message, "/proc/meminfo"));
    }
    assert_false(vt_system_memory_read("/nowhere", &memory, &error));
    assert_int_equal(error.code, VT_ERROR_NOT_FOUND);
}

static void this_machine_can_be_read(void **state)
{
    (void)state;
    vt_system_memory memory;
    vt_error error = VT_ERROR_INIT;
    if (!vt_system_memory_read(NULL, &memory, &error)) {
        fail_msg("%s", error.message);
    }
    assert_true(memory.total > 16 * 1000000 && memory.available >= 0);
    assert_true(memory.available <= memory.total);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_a_group_the_machine_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_group_of_version_2_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(the_smallest_limit_above_us_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_group_of_version_1_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(inside_a_container_the_mount_itself_is_asked, setup, teardown),
        cmocka_unit_test_setup_teardown(a_limit_that_is_no_number_is_none, setup, teardown),
        cmocka_unit_test_setup_teardown(a_broken_meminfo_is_told, setup, teardown),
        cmocka_unit_test(this_machine_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
