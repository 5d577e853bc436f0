/*
 * What keeping memory in bounds costs: one sample of the governor, heap given back to the system, and a look
 * into the three-level cache. And whether a memory pool would pay for the nodes of an LRU: blocks of an
 * entry's size from core/base/mempool beside malloc, as a full cache takes and frees them. One line per
 * figure: name, value, unit, bar ("-": none, it is there to be compared). Times are processor time of this
 * thread; the best of some rounds in which the peers take turns. Exit code 1 if a bar is missed.
 */
#include "core/base/clock.h"
#include "core/base/mempool.h"
#include "core/cache/tiers.h"
#include "core/memory/governor.h"
#include "core/perf/rss.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

/* An LRU entry takes 64 of them, and its key 8 (core/cache/lru.c). */
enum { NODE_BYTES = 72, NODES = 20000, CHANGES = 2000000, ROUNDS = 5, SAMPLES = 200, LOOKS = 1000000 };

static int missed;

/* `at_most`: the bar, 0 for none. */
static void print(const char *name, double value, const char *unit, double at_most)
{
    if (at_most > 0) {
        printf("%s %.2f %s <=%.2f\n", name, value, unit, at_most);
        missed += value > at_most;
    } else {
        printf("%s %.2f %s -\n", name, value, unit);
    }
}

/* The smaller of two figures, of which the first may not be there yet. */
static double best(double so_far, double value)
{
    return so_far == 0 || value < so_far ? value : so_far;
}

static uint32_t random_state = 1;

static uint32_t random_number(void)
{
    random_state = random_state * 1664525 + 1013904223;
    return random_state >> 8;
}

/* Either of the two, behind the same calls: the cost of the branch is in both. */
static void *take(vt_mempool *pool)
{
    return pool ? vt_mempool_alloc(pool) : malloc(NODE_BYTES);
}

static void give(vt_mempool *pool, void *block)
{
    if (pool) {
        vt_mempool_release(pool, block);
    } else {
        free(block);
    }
}

/* A cache that is full: one goes, one comes; the oldest, or anyone. Nanoseconds per change. */
static double churn(vt_mempool *pool, void **nodes, bool in_order)
{
    for (size_t i = 0; i < NODES; i++) {
        nodes[i] = take(pool);
    }
    int64_t start = vt_clock_thread_cpu();
    for (size_t i = 0; i < CHANGES; i++) {
        size_t at = in_order ? i % NODES : random_number() % NODES;
        give(pool, nodes[at]);
        nodes[at] = take(pool);
        *(volatile char *)nodes[at] = 1; /* whoever takes a node writes to it */
    }
    double cost = (double)(vt_clock_thread_cpu() - start) / CHANGES;
    for (size_t i = 0; i < NODES; i++) {
        give(pool, nodes[i]);
    }
    return cost;
}

static bool measure_pool(void)
{
    static void *nodes[NODES];
    double figures[4] = {0};
    for (int round = 0; round < ROUNDS; round++) {
        for (int which = 0; which < 4; which++) {
            vt_mempool *pool = which % 2 ? vt_mempool_create(NODE_BYTES, NODES, NULL) : NULL;
            if (which % 2 && !pool) {
                return false;
            }
            figures[which] = best(figures[which], churn(pool, nodes, which < 2));
            vt_mempool_free(pool);
        }
    }
    print("node_malloc_in_order", figures[0], "ns", 0);
    print("node_mempool_in_order", figures[1], "ns", 0);
    print("node_malloc_any", figures[2], "ns", 0);
    print("node_mempool_any", figures[3], "ns", 0);
    return true;
}

/* Puts of a full LRU with keys of 8 bytes: what a pool could save a part of. */
static bool measure_lru(void)
{
    double cost = 0;
    for (int round = 0; round < ROUNDS; round++) {
        vt_lru *lru = vt_lru_create(&(vt_lru_limits){NODES, SIZE_MAX}, NULL, NULL, NULL);
        if (!lru) {
            return false;
        }
        int64_t start = 0;
        for (uint64_t key = 0; key < NODES + LOOKS; key++) {
            start = key == NODES ? vt_clock_thread_cpu() : start;
            vt_lru_put(lru, &key, sizeof key, lru, 1, NULL);
        }
        cost = best(cost, (double)(vt_clock_thread_cpu() - start) / LOOKS);
        vt_lru_free(lru);
    }
    print("lru_put_evicting", cost, "ns", 0);
    return true;
}

/* Looks of which most find something active, some a recent value that moves up. */
static bool measure_tiers(void)
{
    const vt_lru_limits limits[VT_TIER_COUNT] = {{1000, SIZE_MAX}, {1000, SIZE_MAX}, {1000, SIZE_MAX}};
    vt_tiers *tiers = vt_tiers_create(limits, &(vt_tiers_ops){.user = NULL}, NULL);
    if (!tiers) {
        return false;
    }
    for (uint32_t key = 0; key < 1100; key++) {
        vt_tiers_put(tiers, &key, sizeof key, tiers, 1, NULL);
    }
    int64_t start = vt_clock_thread_cpu();
    for (int i = 0; i < LOOKS; i++) {
        uint32_t key = random_number() % 1100;
        vt_tiers_release(tiers, vt_tiers_acquire(tiers, &key, sizeof key));
    }
    print("tiers_acquire", (double)(vt_clock_thread_cpu() - start) / LOOKS, "ns", 0);
    vt_tiers_free(tiers);
    return true;
}

/* The real thing: this process's RSS, /proc/meminfo, the control groups. */
static bool measure_governor(void)
{
    vt_registry *registry = vt_registry_create(NULL);
    vt_governor *governor =
        registry ? vt_governor_create(&(vt_governor_options){.registry = registry}, NULL) : NULL;
    if (!governor) {
        vt_registry_free(registry);
        return false;
    }
    int64_t start = vt_clock_thread_cpu();
    for (int64_t i = 0; i < SAMPLES; i++) {
        vt_governor_sample(governor, i * VT_GOVERNOR_INTERVAL_NS);
    }
    /* Twice a second: 1 ms is two thousandths of one processor. */
    print("governor_sample", (double)(vt_clock_thread_cpu() - start) / SAMPLES / 1000, "us", 1000);
    vt_governor_free(governor);
    vt_registry_free(registry);
    return true;
}

/* How long malloc_trim holds the heap after 100 MB of pictures went, every fourth of them kept. */
static bool measure_give_back(void)
{
    enum { BLOCKS = 533, BLOCK_BYTES = 256 * 1024 };
    static char *blocks[BLOCKS];
    mallopt(M_MMAP_THRESHOLD, 64 * 1024 * 1024); /* all from the heap, as after the first large block freed */
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(BLOCK_BYTES);
        if (!blocks[i]) {
            return false;
        }
        for (size_t at = 0; at < BLOCK_BYTES; at += 4096) {
            blocks[i][at] = 1;
        }
    }
    for (int i = 0; i < BLOCKS; i++) {
        if (i % 4 != 3) {
            free(blocks[i]);
        }
    }
    int64_t before = vt_rss_self().current, start = vt_clock_thread_cpu();
    malloc_trim(0);
    print("give_back_time", (double)(vt_clock_thread_cpu() - start) / 1e6, "ms", 0);
    print("give_back_bytes", (double)(before - vt_rss_self().current) / 1e6, "MB", 0);
    for (int i = 3; i < BLOCKS; i += 4) {
        free(blocks[i]);
    }
    return true;
}

int main(void)
{
    if (!measure_pool() || !measure_lru() || !measure_tiers() || !measure_governor() ||
        !measure_give_back()) {
        fputs("bench_memory: out of memory\n", stderr);
        return 2;
    }
    return missed > 0;
}
