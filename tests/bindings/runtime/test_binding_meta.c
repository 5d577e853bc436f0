/* Classes defined in C as Qt's meta-object system sees them: names, inheritance, methods called by name. */
#include "tests/support/check.h"

#include "counter_class.h"
#include "tests/bindings/application.h"

#include <pthread.h>
#include <string.h>

static void class_names(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    assert_string_equal(qt_class_name(&c->object), "Counter");
    assert_true(q_object_inherits(&c->object, "Counter"));
    assert_true(q_object_inherits(&c->object, "QObject"));
    assert_false(q_object_inherits(&c->object, "QTimer"));
    assert_ptr_equal(q_object_qt_metacast(&c->object, "Counter"), c);
    assert_null(q_object_qt_metacast(&c->object, "QWidget"));
    q_object_delete(&c->object);
    QTimer *timer = q_timer_new(NULL);
    assert_string_equal(qt_class_name((QObject *)timer), "QTimer");
    q_timer_delete(timer);
}

static void methods_are_called_by_name(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    assert_true(qt_invoke(&c->object, "add", 0, &(qt_argument){QT_TYPE_INT, &(int){5}}, 1));
    assert_true(qt_invoke(&c->object, "add", 0, &(qt_argument){QT_TYPE_INT, &(int){6}}, 1));
    assert_int_equal(c->added, 11);
    QString name = qt_string_from_utf8("Ada");
    const qt_argument greeting[] = {{QT_TYPE_STRING, &name}, {QT_TYPE_INT, &(int){3}}};
    assert_true(qt_invoke(&c->object, "greet", 0, greeting, 2));
    qt_string_release(&name);
    assert_int_equal(c->greetings, 3);
    assert_string_equal(c->greeting, "Ada");
    q_object_delete(&c->object);
}

static void what_is_not_there_is_refused(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    assert_false(qt_invoke(&c->object, "subtract", 0, NULL, 0));
    assert_false(qt_invoke(&c->object, "add", 0, NULL, 0)); /* an argument is missing */
    assert_false(qt_invoke(&c->object, "add", 0, &(qt_argument){QT_TYPE_DOUBLE, &(double){1}}, 1));
    assert_false(qt_invoke(&c->object, "add", 0, NULL, QT_INVOKE_ARGUMENTS_MAX + 1));
    assert_int_equal(c->added, 0);
    q_object_delete(&c->object);
}

static void *invoke_from_a_thread(void *object)
{
    QString name = qt_string_from_utf8("thread");
    const qt_argument greeting[] = {{QT_TYPE_STRING, &name}, {QT_TYPE_INT, &(int){1}}};
    bool queued = qt_invoke(object, "greet", 0, greeting, 2);
    qt_string_release(&name); /* the queued call has a copy */
    return queued ? object : NULL;
}

static void calls_by_name_are_queued_across_threads(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    pthread_t thread;
    void *result = NULL;
    assert_int_equal(pthread_create(&thread, NULL, invoke_from_a_thread, &c->object), 0);
    pthread_join(thread, &result);
    assert_non_null(result);
    assert_int_equal(c->greetings, 0);
    process_events();
    assert_int_equal(c->greetings, 1);
    assert_string_equal(c->greeting, "thread");
    q_object_delete(&c->object);
}

static int numbers;

static void on_number(void *user, void **args)
{
    (void)user;
    numbers += *(int *)args[1];
}

static void a_signal_called_by_name_is_emitted(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    qt_connect_method(&counter_class, c, &counter_number, NULL, on_number, NULL, NULL);
    assert_true(qt_invoke(&c->object, "number", 0, &(qt_argument){QT_TYPE_INT, &(int){9}}, 1));
    assert_int_equal(numbers, 9);
    q_object_delete(&c->object);
}

static void slots_of_qt_are_called_by_name(void **state)
{
    (void)state;
    QSlider *slider = q_slider_new(Qt_Horizontal, NULL);
    assert_true(qt_invoke((QObject *)slider, "setValue", 0, &(qt_argument){QT_TYPE_INT, &(int){17}}, 1));
    assert_int_equal(q_abstractslider_value(slider), 17);
    q_slider_delete(slider);
}

static void properties_of_a_c_class_pass_through(void **state)
{
    (void)state;
    counter *c = counter_new(NULL);
    QVariant name = qt_variant_string("counted");
    assert_true(
        q_object_set_property(&c->object, "objectName", &name)); /* QObject's own: through qt_metacall */
    q_variant_fini(&name);
    QVariant back = q_object_property(&c->object, "objectName");
    QString text = q_variant_to_string_qs(&back);
    assert_int_equal(text.size, 7);
    qt_string_release(&text);
    q_variant_fini(&back);
    q_object_delete(&c->object);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(class_names),
        cmocka_unit_test(methods_are_called_by_name),
        cmocka_unit_test(what_is_not_there_is_refused),
        cmocka_unit_test(calls_by_name_are_queued_across_threads),
        cmocka_unit_test(a_signal_called_by_name_is_emitted),
        cmocka_unit_test(slots_of_qt_are_called_by_name),
        cmocka_unit_test(properties_of_a_c_class_pass_through),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}
