/* Signals of Qt's classes and of classes defined in C: their arguments, threads, and how connections end. */
#include "tests/support/check.h"

#include "counter_class.h"
#include "tests/bindings/application.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { DIRECT = 1, QUEUED = 2, BLOCKING = 3 };

static int destroyed;

static void count_destroy(void *user)
{
    (void)user;
    destroyed++;
}

/* ---- Qt's own signals ---- */

typedef struct seen {
    atomic_int calls;
    int a, b;
    QModelIndex parent;
    char text[32];
    pthread_t thread;
} seen;

static void on_nothing(void *user)
{
    seen *s = user;
    s->thread = pthread_self();
    atomic_fetch_add(&s->calls, 1);
}

static void on_int(void *user, int value)
{
    seen *s = user;
    s->a = value;
    on_nothing(user);
}

static void on_two_ints(void *user, int a, int b)
{
    seen *s = user;
    s->b = b;
    on_int(user, a);
}

static void on_rows(void *user, const QModelIndex *parent, int first, int last)
{
    seen *s = user;
    s->parent = *parent;
    on_two_ints(user, first, last);
}

static void on_text(void *user, const QString *text)
{
    seen *s = user;
    char *utf8 = qt_string_to_utf8(text);
    snprintf(s->text, sizeof s->text, "%s", utf8);
    free(utf8);
    on_nothing(user);
}

static void signals_of_qt_with_their_arguments(void **state)
{
    (void)state;
    seen s = {0};
    QTimer *timer = q_timer_new(NULL);
    assert_true(q_timer_on_timeout(timer, NULL, on_nothing, &s));
    q_timer_start_interval(timer, 0);
    wait_for_count(&s.calls, 3);
    q_timer_stop(timer);
    assert_true(s.calls >= 3);
    q_timer_delete(timer);

    s = (seen){0};
    QSlider *slider = q_slider_new(Qt_Horizontal, NULL);
    q_abstractslider_on_value_changed(slider, NULL, on_int, &s);
    q_abstractslider_set_value(slider, 42);
    assert_int_equal(s.a, 42);
    q_abstractslider_on_range_changed(slider, NULL, on_two_ints, &s);
    q_abstractslider_set_range(slider, -3, 300);
    assert_true(s.calls == 2 && s.a == -3 && s.b == 300);
    q_slider_delete(slider);

    s = (seen){0};
    QLineEdit *edit = q_lineedit_new(NULL);
    q_lineedit_on_text_changed(edit, NULL, on_text, &s);
    q_lineedit_set_text(edit, "n\xc3\xa9w");
    assert_string_equal(s.text, "n\xc3\xa9w");
    q_lineedit_delete(edit);

    s = (seen){0};
    QStandardItemModel *model = q_standarditemmodel_new(NULL);
    q_abstractitemmodel_on_rows_inserted(model, NULL, on_rows, &s);
    q_standarditemmodel_set_row_count(model, 5);
    assert_true(s.calls == 1 && s.a == 0 && s.b == 4 && !q_modelindex_is_valid(&s.parent));
    q_standarditemmodel_delete(model);
}

static void queued_signals_of_qt_keep_their_arguments(void **state)
{
    (void)state;
    seen s = {0};
    QLineEdit *edit = q_lineedit_new(NULL);
    QSlider *slider = q_slider_new(Qt_Horizontal, NULL);
    const qt_connect_options queued = {.type = QUEUED};
    q_lineedit_on_text_changed_with(edit, NULL, on_text, &s, &queued);
    q_abstractslider_on_range_changed_with(slider, NULL, on_two_ints, &s, &queued);
    q_lineedit_set_text(edit, "copied");
    q_abstractslider_set_range(slider, 7, 8);
    assert_int_equal(s.calls, 0);
    wait_for_count(&s.calls, 2);
    assert_true(s.calls == 2 && s.a == 7 && s.b == 8);
    assert_string_equal(s.text, "copied");
    q_lineedit_delete(edit);
    q_slider_delete(slider);
}

/* ---- signals defined in C ---- */

typedef struct got {
    atomic_int calls;
    int number;
    int64_t large;
    double real;
    char text[32];
    bool flag;
    QRect rect;
    pthread_t thread;
} got;

static void got_nothing(void *user, void **args)
{
    (void)args;
    got *g = user;
    g->thread = pthread_self();
    atomic_fetch_add(&g->calls, 1);
}

static void got_number(void *user, void **args)
{
    ((got *)user)->number = *(int *)args[1];
    got_nothing(user, args);
}

static void got_pair(void *user, void **args)
{
    ((got *)user)->large = *(int64_t *)args[1];
    ((got *)user)->real = *(double *)args[2];
    got_nothing(user, args);
}

static void got_triple(void *user, void **args)
{
    got *g = user;
    char *text = qt_string_to_utf8(args[1]);
    snprintf(g->text, sizeof g->text, "%s", text);
    free(text);
    g->flag = *(bool *)args[2];
    g->rect = *(QRect *)args[3];
    got_nothing(user, args);
}

static void emit_all(counter *c)
{
    qt_emit(&counter_class, c, &counter_nothing, (void *[]){NULL});
    qt_emit(&counter_class, c, &counter_number, (void *[]){NULL, &(int){-5}});
    qt_emit(&counter_class, c, &counter_pair, (void *[]){NULL, &(int64_t){INT64_MAX}, &(double){0.25}});
    QString text = qt_string_from_utf8("tr\xc3\xa8s");
    QRect rect = q_rect_make(1, 2, 3, 4);
    qt_emit(&counter_class, c, &counter_triple, (void *[]){NULL, &text, &(bool){true}, &rect});
    qt_string_release(&text); /* a queued call has its own copy */
}

static void connect_all(counter *c, void *context, got *g, int type)
{
    const qt_connect_options options = {.type = type, .destroy = count_destroy};
    assert_true(qt_connect_method(&counter_class, c, &counter_nothing, context, got_nothing, g, &options));
    assert_true(qt_connect_method(&counter_class, c, &counter_number, context, got_number, g, &options));
    assert_true(qt_connect_method(&counter_class, c, &counter_pair, context, got_pair, g, &options));
    assert_true(qt_connect_method(&counter_class, c, &counter_triple, context, got_triple, g, &options));
}

static void check_all(const got *g)
{
    assert_int_equal(g->calls, 4);
    assert_int_equal(g->number, -5);
    assert_true(g->large == INT64_MAX && g->real == 0.25 && g->flag);
    assert_string_equal(g->text, "tr\xc3\xa8s");
    assert_int_equal(g->rect.y2, 5);
}

static void signals_defined_in_c_direct(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    got g = {0};
    connect_all(c, NULL, &g, DIRECT);
    emit_all(c);
    check_all(&g);
    destroyed = 0;
    q_object_delete(&c->object);
    assert_int_equal(destroyed, 4); /* each connection ended with the sender */
}

static void *emit_in_a_thread(void *object)
{
    emit_all(object);
    return NULL;
}

static void signals_defined_in_c_queued_to_this_thread(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    got g = {0};
    connect_all(c, NULL, &g, 0); /* automatic: queued from another thread */
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, emit_in_a_thread, c), 0);
    pthread_join(thread, NULL);
    assert_int_equal(g.calls, 0);
    wait_for_count(&g.calls, 4);
    check_all(&g);
    assert_true(pthread_equal(g.thread, pthread_self()));
    q_object_delete(&c->object);
}

static void blocking_signals_wait_for_the_other_thread(void **state)
{
    (void)state;
    QThread *thread = q_thread_new(NULL);
    q_thread_start(thread);
    QObject *there = q_object_new(NULL);
    q_object_move_to_thread(there, thread);
    counter *c = counter_new(NULL);
    got g = {0};
    connect_all(c, there, &g, BLOCKING);
    emit_all(c);
    check_all(&g); /* at once: each emission returned after its delivery */
    assert_false(pthread_equal(g.thread, pthread_self()));
    q_object_delete(&c->object);
    q_object_delete_later(there);
    q_thread_quit(thread);
    assert_true(q_thread_wait(thread, q_deadlinetimer_make_long_long_timertype(10000, Qt_CoarseTimer)));
    q_thread_delete(thread);
}

/* ---- ends ---- */

typedef struct once {
    qt_connection connection;
    int calls;
    bool disconnected;
} once;

static void disconnect_myself(void *user, int value)
{
    (void)value;
    once *o = user;
    o->calls++;
    o->disconnected = qt_disconnect(&o->connection);
}

static void a_callback_may_disconnect_itself(void **state)
{
    (void)state;
    QSlider *slider = q_slider_new(Qt_Horizontal, NULL);
    once o = {0};
    destroyed = 0;
    const qt_connect_options options = {.destroy = count_destroy, .connection = &o.connection};
    assert_true(q_abstractslider_on_value_changed_with(slider, NULL, disconnect_myself, &o, &options));
    q_abstractslider_set_value(slider, 1);
    q_abstractslider_set_value(slider, 2);
    assert_int_equal(o.calls, 1);
    assert_true(o.disconnected);
    assert_int_equal(destroyed, 1);
    assert_false(qt_disconnect(&o.connection)); /* it is gone */
    q_slider_delete(slider);
    assert_int_equal(destroyed, 1);
}

static void the_context_ends_the_connection(void **state)
{
    (void)state;
    QSlider *slider = q_slider_new(Qt_Horizontal, NULL);
    QObject *context = q_object_new(NULL);
    seen s = {0};
    destroyed = 0;
    const qt_connect_options options = {.destroy = count_destroy};
    q_abstractslider_on_value_changed_with(slider, context, on_int, &s, &options);
    q_abstractslider_set_value(slider, 1);
    q_object_delete(context);
    q_abstractslider_set_value(slider, 2);
    assert_int_equal(s.calls, 1);
    q_slider_delete(slider);
    assert_int_equal(destroyed, 1);
}

static void a_handle_may_be_given_up(void **state)
{
    (void)state;
    QSlider *slider = q_slider_new(Qt_Horizontal, NULL);
    seen s = {0};
    qt_connection connection;
    destroyed = 0;
    const qt_connect_options options = {.destroy = count_destroy, .connection = &connection};
    q_abstractslider_on_value_changed_with(slider, NULL, on_int, &s, &options);
    qt_connection_release(&connection);
    qt_connection_release(&connection); /* twice does no harm */
    q_abstractslider_set_value(slider, 3);
    assert_int_equal(s.a, 3);
    assert_int_equal(destroyed, 0);
    q_slider_delete(slider);
    assert_int_equal(destroyed, 1);
}

static void refused(qt_callback callback, void *user, void **args)
{
    (void)callback;
    (void)user;
    (void)args;
    fail();
}

static void qt_refuses_what_is_no_signal(void **state)
{
    (void)state;
    QObject *object = q_object_new(NULL);
    destroyed = 0;
    const qt_connect_options options = {.destroy = count_destroy};
    static const char no_signal[1];
    assert_false(
        qt_connect(object, no_signal, qt_class_QTimer.meta_object, NULL, refused, NULL, NULL, &options));
    assert_int_equal(destroyed, 1);
    q_object_delete(object);

    counter *c = counter_new(NULL);
    static const qt_method stranger = {.name = "stranger"};
    assert_false(qt_connect_method(&counter_class, c, &stranger, NULL, got_nothing, NULL, &options));
    assert_int_equal(destroyed, 2);
    qt_emit(&counter_class, c, &stranger, (void *[]){NULL}); /* ignored */
    q_object_delete(&c->object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signals_of_qt_with_their_arguments),
        cmocka_unit_test(queued_signals_of_qt_keep_their_arguments),
        cmocka_unit_test(signals_defined_in_c_direct),
        cmocka_unit_test(signals_defined_in_c_queued_to_this_thread),
        cmocka_unit_test(blocking_signals_wait_for_the_other_thread),
        cmocka_unit_test(a_callback_may_disconnect_itself),
        cmocka_unit_test(the_context_ends_the_connection),
        cmocka_unit_test(a_handle_may_be_given_up),
        cmocka_unit_test(qt_refuses_what_is_no_signal),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}
