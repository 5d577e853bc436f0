/* core/import/export_team: several threads, one order. */
#include "tests/support/check.h"

#include "core/import/export_team.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { JOBS = 200, THREADS = 4 };

typedef struct bench {
    pthread_barrier_t together; /* of THREADS works */
    atomic_int running, most, done;
} bench;

/* Some take longer than those behind them. */
static void work(void *user, void *job)
{
    bench *of = user;
    int *number = job;
    int running = atomic_fetch_add(&of->running, 1) + 1;
    int most = atomic_load(&of->most);
    while (running > most && !atomic_compare_exchange_weak(&of->most, &most, running)) {
    }
    usleep(*number % 5 == 0 ? 3000 : 100);
    *number = -*number;
    atomic_fetch_sub(&of->running, 1);
    atomic_fetch_add(&of->done, 1);
}

static void expect_order(unsigned threads)
{
    bench of = {.running = 0};
    int numbers[JOBS];
    int taken = 0;
    vt_export_team *team = vt_export_team_create(threads, work, &of, NULL);
    assert_non_null(team);
    assert_null(vt_export_team_take(team));
    for (int i = 0; i < JOBS; i++) {
        if (vt_export_team_is_full(team)) {
            int *oldest = vt_export_team_take(team);
            assert_ptr_equal(oldest, &numbers[taken]);
            assert_int_equal(*oldest, -(taken + 1));
            taken++;
        }
        numbers[i] = i + 1;
        vt_export_team_put(team, &numbers[i]);
    }
    while (!vt_export_team_is_empty(team)) {
        assert_ptr_equal(vt_export_team_take(team), &numbers[taken++]);
    }
    assert_int_equal(taken, JOBS);
    assert_int_equal(atomic_load(&of.done), JOBS);
    assert_true(atomic_load(&of.most) <= (int)threads);
    vt_export_team_free(team);
}

static void jobs_come_back_in_their_order(void **state)
{
    (void)state;
    expect_order(1);
    expect_order(THREADS);
}

static void wait_for_the_others(void *user, void *job)
{
    bench *of = user;
    (void)job;
    pthread_barrier_wait(&of->together);
}

/* Ends only if as many as there are threads are at work at the same time. */
static void they_are_done_at_once(void **state)
{
    (void)state;
    bench of;
    int job = 0;
    assert_int_equal(pthread_barrier_init(&of.together, NULL, THREADS), 0);
    vt_export_team *team = vt_export_team_create(THREADS, wait_for_the_others, &of, NULL);
    for (int i = 0; i < THREADS; i++) {
        assert_false(vt_export_team_is_full(team));
        vt_export_team_put(team, &job);
    }
    while (!vt_export_team_is_empty(team)) {
        assert_ptr_equal(vt_export_team_take(team), &job);
    }
    vt_export_team_free(team);
    vt_export_team_free(NULL);
    pthread_barrier_destroy(&of.together);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jobs_come_back_in_their_order),
        cmocka_unit_test(they_are_done_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
