/* core/queue/mpsc_queue: order, who has to wake, many producers. */
#include "tests/support/check.h"

#include "core/queue/mpsc_queue.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

typedef struct item {
    vt_mpsc_node node;
    unsigned producer, number;
} item;

static void pops_in_order_of_pushes(void **state)
{
    (void)state;
    vt_mpsc_queue queue;
    vt_mpsc_init(&queue);
    assert_true(vt_mpsc_is_empty(&queue));
    assert_null(vt_mpsc_pop(&queue));
    item items[5];
    assert_true(vt_mpsc_push(&queue, &items[0].node));
    assert_false(vt_mpsc_push(&queue, &items[1].node));
    assert_ptr_equal(vt_mpsc_pop(&queue), &items[0].node);
    /* The consumer holds items[1] privately now, the shared stack is empty again. */
    assert_false(vt_mpsc_is_empty(&queue));
    assert_true(vt_mpsc_push(&queue, &items[2].node));
    for (int i = 1; i < 3; i++) {
        assert_ptr_equal(vt_mpsc_pop(&queue), &items[i].node);
    }
    assert_null(vt_mpsc_pop(&queue));
}

static void take_all_joins_private_and_shared(void **state)
{
    (void)state;
    vt_mpsc_queue queue;
    vt_mpsc_init(&queue);
    assert_null(vt_mpsc_take_all(&queue));
    item items[5];
    for (int i = 0; i < 3; i++) {
        vt_mpsc_push(&queue, &items[i].node);
    }
    assert_ptr_equal(vt_mpsc_pop(&queue), &items[0].node);
    vt_mpsc_push(&queue, &items[3].node);
    vt_mpsc_push(&queue, &items[4].node);
    int expected = 1;
    for (vt_mpsc_node *at = vt_mpsc_take_all(&queue); at; at = at->next) {
        assert_ptr_equal(at, &items[expected++].node);
    }
    assert_int_equal(expected, 5);
    assert_true(vt_mpsc_is_empty(&queue));
}

enum { PRODUCERS = 4, EACH = 20000 };

typedef struct producer {
    vt_mpsc_queue *queue;
    item *items;
    unsigned number;
} producer;

static void *produce(void *argument)
{
    producer *self = argument;
    for (unsigned i = 0; i < EACH; i++) {
        self->items[i] = (item){.producer = self->number, .number = i};
        vt_mpsc_push(self->queue, &self->items[i].node);
    }
    return NULL;
}

static void many_producers_lose_nothing(void **state)
{
    (void)state;
    vt_mpsc_queue queue;
    vt_mpsc_init(&queue);
    producer producers[PRODUCERS];
    pthread_t threads[PRODUCERS];
    for (unsigned i = 0; i < PRODUCERS; i++) {
        producers[i] = (producer){&queue, malloc(EACH * sizeof(item)), i};
        assert_non_null(producers[i].items);
        assert_int_equal(pthread_create(&threads[i], NULL, produce, &producers[i]), 0);
    }
    unsigned next[PRODUCERS] = {0};
    for (unsigned received = 0; received < PRODUCERS * EACH;) {
        item *got = (item *)vt_mpsc_pop(&queue);
        if (!got) {
            sched_yield();
            continue;
        }
        assert_int_equal(got->number, next[got->producer]);
        next[got->producer]++;
        received++;
    }
    for (unsigned i = 0; i < PRODUCERS; i++) {
        pthread_join(threads[i], NULL);
        free(producers[i].items);
    }
    assert_null(vt_mpsc_pop(&queue));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pops_in_order_of_pushes),
        cmocka_unit_test(take_all_joins_private_and_shared),
        cmocka_unit_test(many_producers_lose_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
