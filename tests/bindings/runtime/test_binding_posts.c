/*
 * Calls posted to an event loop: all are delivered, in order, once; none reaches a receiver that is gone.
 * With an argument the number of deliveries is that many, for the run under valgrind.
 */
#include "tests/support/check.h"

#include "counter_class.h"
#include "tests/bindings/application.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

static int delivery_count = 1000000;

/* ---- many, from another thread ---- */

typedef struct flood {
    QObject *receiver;
    counter *emitter;
    atomic_int delivered, freed;
    int out_of_order, next;
} flood;

typedef struct numbered {
    flood *flood;
    int number;
} numbered;

static void deliver(void *user)
{
    numbered *n = user;
    n->flood->out_of_order += n->number != n->flood->next;
    n->flood->next = n->number + 1;
    atomic_fetch_add(&n->flood->delivered, 1);
}

static void release(void *user)
{
    atomic_fetch_add(&((numbered *)user)->flood->freed, 1);
    free(user);
}

/* Qt's queue has no bound, so the sender keeps one: memory stays small and the receiver runs at the same
 * time. */
static void stay_close(flood *f, int sent)
{
    while (sent - atomic_load(&f->delivered) > 20000) {
        sched_yield();
    }
}

static void *post_all(void *user)
{
    flood *f = user;
    for (int i = 0; i < delivery_count; i++) {
        numbered *n = malloc(sizeof *n);
        *n = (numbered){f, i};
        qt_post(f->receiver, deliver, n, release);
        stay_close(f, i);
    }
    return NULL;
}

static void every_posted_call_arrives_in_order(void **state)
{
    (void)state;
    flood f = {.receiver = q_object_new(NULL)};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, post_all, &f), 0);
    wait_for_count(&f.delivered, delivery_count);
    pthread_join(thread, NULL);
    assert_int_equal(f.delivered, delivery_count);
    assert_int_equal(f.freed, delivery_count);
    assert_int_equal(f.out_of_order, 0);
    q_object_delete(f.receiver);
}

static void on_number(void *user, void **args)
{
    numbered n = {user, *(int *)args[1]};
    deliver(&n);
}

static void *emit_all(void *user)
{
    flood *f = user;
    for (int i = 0; i < delivery_count; i++) {
        qt_emit(&counter_class, f->emitter, &counter_number, (void *[]){NULL, &i});
        stay_close(f, i);
    }
    return NULL;
}

static void every_queued_signal_arrives_in_order(void **state)
{
    (void)state;
    flood f = {.emitter = counter_new(NULL)};
    assert_true(qt_connect_method(&counter_class, f.emitter, &counter_number, NULL, on_number, &f, NULL));
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, emit_all, &f), 0);
    wait_for_count(&f.delivered, delivery_count);
    pthread_join(thread, NULL);
    assert_int_equal(f.delivered, delivery_count);
    assert_int_equal(f.out_of_order, 0);
    q_object_delete(&f.emitter->object);
}

/* ---- receivers that go ---- */

static atomic_int called, ended;

static void count_call(void *user)
{
    (void)user;
    atomic_fetch_add(&called, 1);
}

static void count_end(void *user)
{
    atomic_fetch_add(&ended, 1);
    free(user);
}

static void a_dead_receiver_gets_nothing(void **state)
{
    (void)state;
    enum { PENDING = 1000 };
    QObject *receiver = q_object_new(NULL);
    QObject *other = q_object_new(NULL);
    atomic_store(&called, 0);
    atomic_store(&ended, 0);
    for (int i = 0; i < PENDING; i++) {
        qt_post(receiver, count_call, malloc(1), count_end);
        qt_post(other, count_call, malloc(1), count_end);
    }
    assert_int_equal(ended, 0);
    q_object_delete(receiver);
    assert_int_equal(ended, PENDING); /* each hook once, at once */
    process_events();
    assert_int_equal(called, PENDING);
    assert_int_equal(ended, 2 * PENDING);
    q_object_delete(other);
    assert_int_equal(ended, 2 * PENDING);
}

static QObject *victim;

static void kill_receiver(void *user)
{
    (void)user;
    q_object_delete(victim);
}

static void a_call_may_destroy_its_receiver(void **state)
{
    (void)state;
    victim = q_object_new(NULL);
    atomic_store(&called, 0);
    atomic_store(&ended, 0);
    qt_post(victim, count_call, malloc(1), count_end);
    qt_post(victim, kill_receiver, malloc(1), count_end);
    qt_post(victim, count_call, malloc(1), count_end);
    process_events();
    assert_int_equal(called, 1);
    assert_int_equal(ended, 3);
}

static void queued_signals_die_with_their_receiver(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    QObject *context = q_object_new(NULL);
    flood f = {0};
    const qt_connect_options queued = {.type = 2};
    qt_connect_method(&counter_class, c, &counter_number, context, on_number, &f, &queued);
    for (int i = 0; i < 100; i++) {
        qt_emit(&counter_class, c, &counter_number, (void *[]){NULL, &i});
    }
    q_object_delete(context);
    process_events();
    assert_int_equal(f.delivered, 0);
    q_object_delete(&c->object);
}

static void post_again(void *user)
{
    int *left = user;
    if (--*left > 0) {
        qt_post(victim, post_again, left, NULL);
    }
}

static void a_call_may_post_the_next(void **state)
{
    (void)state;
    victim = q_object_new(NULL);
    int left = 100;
    qt_post(victim, post_again, &left, NULL);
    for (int turns = 0; turns < 1000 && left > 0; turns++) {
        process_events();
    }
    assert_int_equal(left, 0);
    q_object_delete(victim);
}

/* So that the run under valgrind sees what is left over. */
static int end_core_application(void **state)
{
    q_coreapplication_delete(*state);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        delivery_count = atoi(argv[1]);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_posted_call_arrives_in_order),
        cmocka_unit_test(every_queued_signal_arrives_in_order),
        cmocka_unit_test(a_dead_receiver_gets_nothing),
        cmocka_unit_test(a_call_may_destroy_its_receiver),
        cmocka_unit_test(queued_signals_die_with_their_receiver),
        cmocka_unit_test(a_call_may_post_the_next),
    };
    return cmocka_run_group_tests(tests, start_core_application, end_core_application);
}
