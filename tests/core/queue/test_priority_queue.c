/* core/queue/priority_queue: order, moves, removal, bounds, races for one entry. */
#include "tests/support/check.h"

#include "core/queue/priority_queue.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static vt_priority_queue *make(size_t limit)
{
    vt_priority_queue *queue = vt_priority_queue_create(limit, NULL);
    assert_non_null(queue);
    return queue;
}

static void assert_pops(vt_priority_queue *queue, vt_priority_entry *entries, const int *order, int count)
{
    for (int i = 0; i < count; i++) {
        assert_ptr_equal(vt_priority_queue_pop(queue), &entries[order[i]]);
    }
    assert_null(vt_priority_queue_pop(queue));
}

static void levels_come_in_order_and_first_in_first_out(void **state)
{
    (void)state;
    vt_priority_queue *queue = make(8);
    vt_priority_entry entries[8] = {0};
    const vt_priority levels[8] = {VT_PRIORITY_LOW,  VT_PRIORITY_NORMAL,   VT_PRIORITY_NORMAL,
                                   VT_PRIORITY_HIGH, VT_PRIORITY_CRITICAL, VT_PRIORITY_LOW,
                                   VT_PRIORITY_HIGH, VT_PRIORITY_CRITICAL};
    for (int i = 0; i < 8; i++) {
        assert_true(vt_priority_queue_push(queue, &entries[i], levels[i], NULL));
    }
    assert_int_equal(vt_priority_queue_length(queue), 8);
    assert_pops(queue, entries, (const int[]){4, 7, 3, 6, 1, 2, 0, 5}, 8);
    vt_priority_queue_free(queue);
    vt_priority_queue_free(NULL);
}

static void what_waits_can_be_moved_and_removed(void **state)
{
    (void)state;
    vt_priority_queue *queue = make(8);
    vt_priority_entry entries[5] = {0};
    for (int i = 0; i < 5; i++) {
        assert_true(vt_priority_queue_push(queue, &entries[i], VT_PRIORITY_NORMAL, NULL));
    }
    assert_true(vt_priority_queue_move(queue, &entries[3], VT_PRIORITY_NORMAL, true));
    assert_true(vt_priority_queue_move(queue, &entries[0], VT_PRIORITY_NORMAL, false));
    assert_true(vt_priority_queue_move(queue, &entries[4], VT_PRIORITY_HIGH, false));
    assert_true(vt_priority_queue_remove(queue, &entries[2]));
    assert_false(vt_priority_queue_remove(queue, &entries[2]));
    assert_false(vt_priority_queue_move(queue, &entries[2], VT_PRIORITY_HIGH, true));
    assert_pops(queue, entries, (const int[]){4, 3, 1, 0}, 4);
    assert_false(vt_priority_queue_move(queue, &entries[1], VT_PRIORITY_HIGH, true));
    /* A popped or removed entry may be pushed again. */
    assert_true(vt_priority_queue_push(queue, &entries[2], VT_PRIORITY_LOW, NULL));

    vt_priority_queue_stats stats;
    vt_priority_queue_get_stats(queue, &stats);
    assert_int_equal(stats.waiting[VT_PRIORITY_LOW], 1);
    assert_int_equal(stats.waiting_total, 1);
    assert_int_equal(stats.waiting_peak, 5);
    assert_int_equal(stats.pushed, 6);
    assert_int_equal(stats.popped, 4);
    assert_int_equal(stats.removed, 1);
    assert_int_equal(stats.moved, 3);
    assert_ptr_equal(vt_priority_queue_pop(queue), &entries[2]);
    vt_priority_queue_free(queue);
}

static void refuses_what_makes_no_sense(void **state)
{
    (void)state;
    vt_error error = VT_ERROR_INIT;
    assert_null(vt_priority_queue_create(0, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    vt_priority_queue *queue = make(2), *other = make(2);
    vt_priority_entry entries[3] = {0};
    assert_true(vt_priority_queue_push(queue, &entries[0], VT_PRIORITY_LOW, &error));
    assert_false(vt_priority_queue_push(queue, &entries[0], VT_PRIORITY_LOW, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_priority_queue_push(other, &entries[0], VT_PRIORITY_LOW, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_priority_queue_remove(other, &entries[0]));
    assert_true(vt_priority_queue_push(queue, &entries[1], VT_PRIORITY_LOW, &error));
    assert_false(vt_priority_queue_push(queue, &entries[2], VT_PRIORITY_CRITICAL, &error));
    assert_int_equal(error.code, VT_ERROR_LIMIT);
    assert_false(vt_priority_queue_push(queue, &entries[2], VT_PRIORITY_COUNT, &error));
    assert_int_equal(error.code, VT_ERROR_USAGE);
    assert_false(vt_priority_queue_move(queue, &entries[1], (vt_priority)-1, true));
    vt_priority_queue_stats stats;
    vt_priority_queue_get_stats(queue, &stats);
    assert_int_equal(stats.refused, 1);
    assert_int_equal(vt_priority_queue_waiting(queue, VT_PRIORITY_LOW), 2);
    assert_int_equal(vt_priority_queue_waiting(queue, VT_PRIORITY_CRITICAL), 0);
    assert_true(vt_priority_queue_move(queue, &entries[1], VT_PRIORITY_CRITICAL, true));
    assert_int_equal(vt_priority_queue_waiting(queue, VT_PRIORITY_LOW), 1);
    assert_int_equal(vt_priority_queue_waiting(queue, VT_PRIORITY_CRITICAL), 1);
    vt_priority_queue_free(queue);
    vt_priority_queue_free(other);
}

static void priorities_have_names(void **state)
{
    (void)state;
    assert_string_equal(vt_priority_name(VT_PRIORITY_CRITICAL), "critical");
    assert_string_equal(vt_priority_name(VT_PRIORITY_LOW), "low");
    assert_string_equal(vt_priority_name(VT_PRIORITY_COUNT), "unknown");
}

enum { ENTRIES = 4000, THREADS = 3 };

typedef struct shared {
    vt_priority_queue *queue;
    vt_priority_entry *entries;
    atomic_uint taken[ENTRIES];
    atomic_uint total;
} shared;

static void *pop_all(void *argument)
{
    shared *self = argument;
    vt_priority_entry *entry;
    while ((entry = vt_priority_queue_pop(self->queue))) {
        atomic_fetch_add(&self->taken[entry - self->entries], 1);
        atomic_fetch_add(&self->total, 1);
    }
    return NULL;
}

static void *move_and_remove(void *argument)
{
    shared *self = argument;
    for (int i = ENTRIES - 1; i >= 0; i--) {
        if (i % 3 == 0 && vt_priority_queue_remove(self->queue, &self->entries[i])) {
            atomic_fetch_add(&self->taken[i], 1);
            atomic_fetch_add(&self->total, 1);
        } else if (i % 3 == 1) {
            vt_priority_queue_move(self->queue, &self->entries[i], VT_PRIORITY_HIGH, true);
        }
    }
    return NULL;
}

static void each_entry_has_one_taker(void **state)
{
    (void)state;
    shared *self = calloc(1, sizeof *self);
    assert_non_null(self);
    self->queue = make(ENTRIES);
    self->entries = calloc(ENTRIES, sizeof *self->entries);
    assert_non_null(self->entries);
    for (int i = 0; i < ENTRIES; i++) {
        assert_true(vt_priority_queue_push(self->queue, &self->entries[i], (vt_priority)(i % 4), NULL));
    }
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, i == 0 ? move_and_remove : pop_all, self), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(atomic_load(&self->total), ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
        assert_int_equal(atomic_load(&self->taken[i]), 1);
    }
    vt_priority_queue_free(self->queue);
    free(self->entries);
    free(self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_come_in_order_and_first_in_first_out),
        cmocka_unit_test(what_waits_can_be_moved_and_removed),
        cmocka_unit_test(refuses_what_makes_no_sense),
        cmocka_unit_test(priorities_have_names),
        cmocka_unit_test(each_entry_has_one_taker),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
