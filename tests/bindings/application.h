/* What the tests of the binding share: an application, and turns of its event loop. */
#ifndef VT_TESTS_BINDINGS_APPLICATION_H
#define VT_TESTS_BINDINGS_APPLICATION_H

#include <qt6c/qt6c.h>

#include <stdatomic.h>

/* For cmocka's group setup. The application lives until the process ends. */
static inline int start_application(void **state)
{
    static int argc = 1;
    static char name[] = "test";
    static char *argv[] = {name, NULL};
    *state = q_application_new(&argc, argv);
    return 0;
}

/* The same without a window system, for what needs no widgets. */
static inline int start_core_application(void **state)
{
    static int argc = 1;
    static char name[] = "test";
    static char *argv[] = {name, NULL};
    *state = q_coreapplication_new(&argc, argv);
    return 0;
}

enum { WAIT_FOR_MORE_EVENTS = 4 };

/* Runs the event loop until `counter` is at least `wanted`, or it has not grown for ten seconds. */
static inline void wait_for_count(atomic_int *counter, int wanted)
{
    QTimer *timer = q_timer_new(NULL); /* ends a wait that nothing else would end */
    q_timer_set_single_shot(timer, true);
    q_timer_start_interval(timer, 10000);
    int before = atomic_load(counter);
    while (atomic_load(counter) < wanted && q_timer_is_active(timer)) {
        q_coreapplication_process_events_full(WAIT_FOR_MORE_EVENTS);
        if (atomic_load(counter) != before) {
            before = atomic_load(counter);
            q_timer_start_interval(timer, 10000);
        }
    }
    q_timer_delete(timer);
}

/* One turn of the event loop, deferred deletes included. */
static inline void process_events(void)
{
    q_coreapplication_process_events_full(0);
    q_coreapplication_send_posted_events_full(NULL, QEvent_DeferredDelete);
}

#endif
