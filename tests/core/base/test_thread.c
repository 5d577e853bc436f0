/* core/base/thread: what a thread asks of the scheduler. */
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
    assert_int_equal(vt_thread_start(&thread, tell_slice, &of_another), 0);
    pthread_join(thread, NULL);
    assert_int_equal(of_another, usual);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_slice_is_the_threads_own)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
