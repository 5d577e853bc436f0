/*
 * How long the machine itself keeps threads waiting: on each processor a thread of the highest priority that
 * is allowed sleeps for half a millisecond, again and again, and sees how late it wakes. A virtual machine
 * whose host has other guests stops for tens of milliseconds at times, and a window on it with it; a stall of
 * a window means something only beside these gaps.
 *
 *     bench_machine [SECONDS [FILE]]      10 seconds; SIGINT ends it earlier
 *
 * FILE gets a line for each gap of a millisecond or more: processor, begin and end in microseconds of
 * CLOCK_MONOTONIC. One line per figure: name, value, unit, bar.
 */
#include "core/base/clock.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { PROCESSORS_MAX = 64, GAPS_MAX = 1 << 16, USUAL_SECONDS = 10 };
static const int64_t period = VT_NS_PER_MS / 2;
static const int64_t worth_noting = VT_NS_PER_MS;

typedef struct gap {
    int64_t begin, end; /* nanoseconds */
} gap;

typedef struct watcher {
    pthread_t thread;
    int processor;
    int64_t until;
    bool real_time;
    int64_t longest;
    size_t count;
    gap gaps[GAPS_MAX];
} watcher;

static atomic_bool stopped;

static void on_signal(int number)
{
    (void)number;
    atomic_store(&stopped, true);
}

static void *watch(void *user)
{
    watcher *self = user;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((unsigned)self->processor, &set);
    pthread_setaffinity_np(pthread_self(), sizeof set, &set);
    self->real_time =
        pthread_setschedparam(pthread_self(), SCHED_FIFO, &(struct sched_param){.sched_priority = 50}) == 0;
    int64_t due = vt_clock_now();
    while (!atomic_load(&stopped) && due < self->until) {
        due += period;
        struct timespec when = {.tv_sec = due / VT_NS_PER_S, .tv_nsec = due % VT_NS_PER_S};
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, NULL);
        int64_t now = vt_clock_now();
        self->longest = now - due > self->longest ? now - due : self->longest;
        if (now - due >= worth_noting && self->count < GAPS_MAX) {
            self->gaps[self->count++] = (gap){due, now};
        }
        due = now - due > period ? now : due; /* one gap is one gap, however many periods it took */
    }
    return NULL;
}

static bool write_gaps(const char *path, watcher *const *watchers, int count)
{
    FILE *file = fopen(path, "w");
    if (!file) {
        perror(path);
        return false;
    }
    for (int i = 0; i < count; i++) {
        for (size_t k = 0; k < watchers[i]->count; k++) {
            const gap *one = &watchers[i]->gaps[k];
            fprintf(file, "%d %lld %lld\n", watchers[i]->processor, (long long)one->begin / VT_NS_PER_US,
                    (long long)one->end / VT_NS_PER_US);
        }
    }
    return fclose(file) == 0;
}

static int start_watchers(watcher **watchers, int64_t until)
{
    cpu_set_t allowed;
    int count = 0;
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return 0;
    }
    for (int i = 0; i < PROCESSORS_MAX; i++) {
        if (!CPU_ISSET((unsigned)i, &allowed)) {
            continue;
        }
        watcher *one = calloc(1, sizeof *one);
        if (!one) {
            break;
        }
        one->processor = i;
        one->until = until;
        if (pthread_create(&one->thread, NULL, watch, one) != 0) {
            free(one);
            break;
        }
        watchers[count++] = one;
    }
    return count;
}

int main(int argc, char **argv)
{
    int seconds = argc > 1 ? atoi(argv[1]) : USUAL_SECONDS;
    if (seconds <= 0 || argc > 3) {
        fprintf(stderr, "usage: bench_machine [SECONDS [FILE]]\n");
        return 2;
    }
    sigaction(SIGINT, &(struct sigaction){.sa_handler = on_signal}, NULL);
    sigaction(SIGTERM, &(struct sigaction){.sa_handler = on_signal}, NULL);
    watcher *watchers[PROCESSORS_MAX];
    int count = start_watchers(watchers, vt_clock_now() + seconds * VT_NS_PER_S);
    if (count == 0) {
        fprintf(stderr, "bench_machine: no thread could be started\n");
        return 2;
    }
    for (int i = 0; i < count; i++) {
        pthread_join(watchers[i]->thread, NULL);
        printf("machine_longest_gap_%d %.1f ms - (%zu of a millisecond or more%s)\n", watchers[i]->processor,
               (double)watchers[i]->longest / VT_NS_PER_MS, watchers[i]->count,
               watchers[i]->real_time ? "" : "; not real-time: run as root to measure the machine alone");
    }
    bool written = argc < 3 || write_gaps(argv[2], watchers, count);
    for (int i = 0; i < count; i++) {
        free(watchers[i]);
    }
    return written ? 0 : 2;
}
