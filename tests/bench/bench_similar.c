/*
 * Similar pictures among a million (core/similar): making the index, one search, all groups, each beside
 * comparing each with each in the same run (a sample of it, as the whole would take an hour), and the hash of
 * a thumbnail.
 *
 * A line per figure: "name value unit bar [remark]". Processor times, the median of five runs. A twentieth of
 * the pictures has a neighbour 0 to 6 places away; it ends with status 2 if one is not found, with 1 if a bar
 * is missed.
 */
#include "core/base/clock.h"
#include "core/similar/perceptual.h"
#include "core/similar/similar_index.h"

#include <stdio.h>
#include <stdlib.h>

enum { COUNT = 1000000, PLANTED = 50000, RUNS = 5, SEARCHES = 2000, SAMPLE = 200, SIDE = 256 };

static uint64_t next_random(void)
{
    static uint64_t state = 1;
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void check(bool right, const char *what)
{
    if (!right) {
        (void)fprintf(stderr, "bench_similar: %s\n", what);
        exit(2);
    }
}

static int compare_times(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;
    return (*left > *right) - (*left < *right);
}

static double median_ms(int64_t times[RUNS])
{
    const int middle = RUNS / 2;
    qsort(times, RUNS, sizeof *times, compare_times);
    return (double)times[middle] / VT_NS_PER_MS;
}

static void fill(uint64_t *hashes)
{
    for (uint32_t i = 0; i < COUNT; i++) {
        hashes[i] = next_random();
    }
    for (uint32_t i = 0; i < PLANTED; i++) {
        uint64_t mask = 0;
        while (vt_perceptual_distance(mask, 0) < i % 7) {
            mask |= UINT64_C(1) << (next_random() % 64);
        }
        hashes[2 * i + 1] = hashes[2 * i] ^ mask;
    }
}

/* Milliseconds of comparing one with all, as plainly as it can be written. */
static double compare_with_all(const uint64_t *hashes)
{
    uint64_t near = 0;
    int64_t start = vt_clock_thread_cpu();
    for (uint32_t i = 0; i < SAMPLE; i++) {
        for (uint32_t k = 0; k < COUNT; k++) {
            near += vt_perceptual_distance(hashes[i], hashes[k]) <= 6;
        }
    }
    double ms = (double)(vt_clock_thread_cpu() - start) / VT_NS_PER_MS / SAMPLE;
    check(near >= SAMPLE, "comparing each with all did not even find itself");
    return ms;
}

static double measure_create(const uint64_t *hashes)
{
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        vt_similar_index *index = vt_similar_index_create(hashes, COUNT, NULL, NULL);
        times[run] = vt_clock_thread_cpu() - start;
        check(index != NULL, "no index");
        vt_similar_index_free(index);
    }
    return median_ms(times);
}

/* Of one search. */
static double measure_find(const vt_similar_index *index, const uint64_t *hashes, unsigned distance)
{
    int64_t times[RUNS];
    for (int run = 0; run < RUNS; run++) {
        int64_t start = vt_clock_thread_cpu();
        for (uint32_t i = 0; i < SEARCHES; i++) {
            vt_similar_match match;
            uint32_t found = 0;
            check(vt_similar_index_find(index, hashes[2 * i], distance, NULL, &match, 1, &found, NULL) &&
                      found >= (i % 7 <= distance ? 2 : 1),
                  "a neighbour was not found");
        }
        times[run] = vt_clock_thread_cpu() - start;
    }
    return median_ms(times) / SEARCHES;
}

static double measure_groups(const vt_similar_index *index, unsigned distance)
{
    int64_t times[RUNS];
    uint32_t planted = 0;
    for (uint32_t i = 0; i < PLANTED; i++) {
        planted += i % 7 <= distance;
    }
    for (int run = 0; run < RUNS; run++) {
        const vt_similar_options options = {.distance = distance};
        vt_similar_groups groups;
        int64_t start = vt_clock_thread_cpu();
        check(vt_similar_index_group(index, &options, &groups, NULL), "no groups");
        times[run] = vt_clock_thread_cpu() - start;
        check(groups.count >= planted, "a group was not found");
        vt_similar_groups_clear(&groups);
    }
    return median_ms(times);
}

static double measure_hash(void)
{
    int64_t times[RUNS];
    uint8_t *pixels = malloc((size_t)SIDE * SIDE * 4);
    check(pixels != NULL, "out of memory");
    for (size_t i = 0; i < (size_t)SIDE * SIDE * 4; i++) {
        pixels[i] = (uint8_t)(i % 4 == 3 ? 255 : next_random());
    }
    const vt_perceptual_picture picture = {pixels, SIDE, SIDE, (size_t)SIDE * 4, VT_PERCEPTUAL_BGRA};
    for (int run = 0; run < RUNS; run++) {
        vt_perceptual result;
        int64_t start = vt_clock_thread_cpu();
        check(vt_perceptual_hash(&picture, &result, NULL), "no hash");
        times[run] = vt_clock_thread_cpu() - start;
    }
    free(pixels);
    return median_ms(times);
}

int main(void)
{
    static const struct {
        unsigned distance;
        int bar; /* ms; 0: none */
    } groupings[] = {{0, 500}, {3, 500}, {6, 1000}, {10, 0}};
    int missed = 0;
    uint64_t *hashes = malloc((size_t)COUNT * sizeof *hashes);
    check(hashes != NULL, "out of memory");
    fill(hashes);
    const double all = compare_with_all(hashes);
    const double created = measure_create(hashes);
    vt_similar_index *index = vt_similar_index_create(hashes, COUNT, NULL, NULL);
    check(index != NULL, "no index");
    const double hash = measure_hash();
    const double bytes = (double)vt_similar_index_bytes(index) / COUNT;
    printf("similar_hash_256 %.3f ms <=1 (of a thumbnail)\n", hash);
    printf("similar_compare_with_all %.2f ms - (one with a million)\n", all);
    printf("similar_index_create %.0f ms <=500\n", created);
    printf("similar_index_memory %.1f B <=34 (an item)\n", bytes);
    const double find = measure_find(index, hashes, 6);
    printf("similar_find_6 %.4f ms <=0.2 (%.0f times as fast as comparing with all)\n", find, all / find);
    missed += hash > 1 || created > 500 || bytes > 34 || find > 0.2;
    for (size_t i = 0; i < sizeof groupings / sizeof *groupings; i++) {
        const double ms = measure_groups(index, groupings[i].distance);
        char bar[16] = "-";
        if (groupings[i].bar) {
            (void)snprintf(bar, sizeof bar, "<=%d", groupings[i].bar);
            missed += ms > groupings[i].bar;
        }
        printf("similar_groups_%u %.0f ms %s (each with each: %.0f times as long)\n", groupings[i].distance,
               ms, bar, all * COUNT / 2 / ms);
    }
    vt_similar_index_free(index);
    free(hashes);
    return missed > 0;
}
