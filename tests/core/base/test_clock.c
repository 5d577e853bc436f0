/* Times: as the system counts them, never back, whatever counter they are read from. */
#include "tests/support/check.h"

#include "core/base/clock.h"
#include "core/base/counter_clock.h"
#include "core/base/thread.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOOKS = 20000, PROCESSORS = 2, THREADS = 4 };

static int64_t system_now(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return vt_clock_nanoseconds(now);
}

/* How far a look lies outside of those at the system's clock before and after it; 0: between them. */
static int64_t outside(void)
{
    int64_t before = system_now();
    int64_t now = vt_clock_now();
    int64_t after = system_now();
    return now < before ? before - now : now > after ? now - after : 0;
}

static void it_goes_as_the_systems_clock(void **state)
{
    (void)state;
    for (int i = 0; i < LOOKS; i++) {
        assert_true(outside() <= VT_NS_PER_US);
        if (i % 100 == 0) {
            usleep(i % 3000); /* windows that are half through, and some that are over */
        }
    }
}

static void *count_steps_back(void *user)
{
    atomic_int *back = user;
    cpu_set_t all, one;
    int64_t last = vt_clock_now();
    sched_getaffinity(0, sizeof all, &all);
    for (int i = 0; i < LOOKS; i++) {
        if (i % 500 == 0) { /* to another processor, if there is one */
            CPU_ZERO(&one);
            CPU_SET(i / 500 % PROCESSORS, &one);
            (void)sched_setaffinity(0, sizeof one, &one);
        }
        int64_t now = vt_clock_now();
        atomic_fetch_add(back, (now < last) + (outside() > VT_NS_PER_US));
        last = now;
    }
    sched_setaffinity(0, sizeof all, &all);
    return NULL;
}

static void it_never_goes_back_on_whatever_processor(void **state)
{
    (void)state;
    pthread_t threads[THREADS];
    atomic_int back = 0;
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(vt_thread_start(&threads[i], "clock", count_steps_back, &back), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&back), 0);
}

static void *read_clock(void *now)
{
    *(int64_t *)now = vt_clock_now();
    return NULL;
}

static void what_one_thread_tells_another_is_not_ahead(void **state)
{
    (void)state;
    for (int i = 0; i < 200; i++) {
        int64_t inside = 0, before = vt_clock_now();
        pthread_t thread;
        assert_int_equal(vt_thread_start(&thread, "clock", read_clock, &inside), 0);
        pthread_join(thread, NULL);
        int64_t after = vt_clock_now();
        assert_true(inside >= before - VT_NS_PER_US && inside <= after + VT_NS_PER_US);
    }
}

static bool system_counts_by_it(void)
{
    char text[16] = "";
    FILE *file = fopen("/sys/devices/system/clocksource/clocksource0/current_clocksource", "re");
    if (file) {
        (void)fgets(text, sizeof text, file);
        fclose(file);
    }
    return strcmp(text, "tsc\n") == 0;
}

/* Told by the status of a process of its own: what is found out once in a process stays. */
static bool there_is_one_with(const char *environment)
{
    pid_t child = fork();
    if (child == 0) {
        execle("/proc/self/exe", "test_clock", "--is-there-one", (char *)NULL,
               (char *const[]){(char *)environment, NULL});
        _exit(2);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
    return WEXITSTATUS(status) == 0;
}

static void it_is_there_where_the_system_trusts_it(void **state)
{
    (void)state;
    if (!there_is_one_with("NOTHING=1")) {
        assert_false(system_counts_by_it());
        print_message("skipped: the system does not count time by the processor's counter here\n");
        skip();
    }
    assert_true(system_counts_by_it());
    assert_false(there_is_one_with("VITRINE_SYSTEM_CLOCK=1"));
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--is-there-one") == 0) {
        int64_t now;
        return vt_counter_clock_read(&now) ? 0 : 1;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_there_where_the_system_trusts_it),
        cmocka_unit_test(it_goes_as_the_systems_clock),
        cmocka_unit_test(it_never_goes_back_on_whatever_processor),
        cmocka_unit_test(what_one_thread_tells_another_is_not_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
