/* core/base/thread: what a thread asks of the scheduler, and what it is called. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/thread.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The slice of the calling thread as the kernel has it, in nanoseconds; 0 where it does not tell. */
static long long slice(void)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%ld/sched", syscall(SYS_gettid));
    FILE *file = fopen(path, "r");
    if (!file) {
        return 0;
    }
    char line[256];
    long long value = 0;
    while (fgets(line, sizeof line, file)) {
        if (strncmp(line, "se.slice", 8) == 0) {
            sscanf(strchr(line, ':') + 1, "%lld", &value);
        }
    }
    fclose(file);
    return value;
}

static void *tell_slice(void *user)
{
    *(long long *)user = slice();
    return NULL;
}

static void a_slice_is_the_threads_own(void **state)
{
    (void)state;
    long long usual = slice();
    if (usual == 0) {
        print_message("skipped: this kernel does not tell slices\n");
        skip();
    }
    assert_true(vt_thread_ask_slice(VT_NS_PER_MS / 2));
    if (slice() == usual) {
        print_message("skipped: this kernel does not listen to slices\n");
        skip();
    }
    assert_int_equal(slice(), VT_NS_PER_MS / 2);
    long long of_another = 0;
    pthread_t thread;
    assert_int_equal(vt_thread_start(&thread, "test", tell_slice, &of_another), 0);
    pthread_join(thread, NULL);
    assert_int_equal(of_another, usual);
}

static void *tell_name(void *name)
{
    vt_thread_name(name);
    return NULL;
}

static void check_named(const char *given, const char *called)
{
    char name[VT_THREAD_NAME_SIZE] = "";
    pthread_t thread;
    assert_int_equal(vt_thread_start(&thread, given, tell_name, name), 0);
    pthread_join(thread, NULL);
    assert_string_equal(name, called);
}

static void threads_have_names_and_their_maker_keeps_its_own(void **state)
{
    (void)state;
    char before[VT_THREAD_NAME_SIZE], after[VT_THREAD_NAME_SIZE];
    vt_thread_name(before);
    assert_string_equal(before, "test_thread");
    check_named("scan", "scan");
    check_named("", "");
    check_named("a name that is too long", "a name that is ");
    vt_thread_name(after);
    assert_string_equal(after, before);
    vt_thread_set_name("otherwise");
    vt_thread_name(after);
    assert_string_equal(after, "otherwise");
    vt_thread_set_name(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_slice_is_the_threads_own),
        cmocka_unit_test(threads_have_names_and_their_maker_keeps_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
