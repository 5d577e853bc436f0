/* TaskSignals: a listener's calls come out as signals, with their values, on the receiver's thread. */
#include "tests/support/check.h"

#include "core/import/task_signals_qt.h"

#include <qt6c/qcoreapplication.h>
#include <qt6c/qthread.h>
#include <qt6c/qtimer.h>

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static int application(void **state)
{
    (void)state;
    static int argc = 1;
    static char *argv[] = {(char *)"test", NULL};
    q_coreapplication_new(&argc, argv);
    return 0;
}

typedef struct seen {
    int calls;
    int64_t numbers[3];
    char texts[2][64];
    pthread_t thread;
} seen;

static void keep_text(char *to, const void *string)
{
    char *text = qt_string_to_utf8(string);
    strncpy(to, text, 63);
    free(text);
}

static void on_numbers(void *user, void **args)
{
    seen *record = user;
    record->calls++;
    record->thread = pthread_self();
    for (int i = 0; i < 3; i++) {
        record->numbers[i] = *(int64_t *)args[i + 1];
    }
}

static void on_texts(void *user, void **args)
{
    seen *record = user;
    record->calls++;
    keep_text(record->texts[0], args[1]);
    keep_text(record->texts[1], args[2]);
}

static void on_progress(void *user, void **args)
{
    seen *record = user;
    record->calls++;
    record->numbers[0] = *(int64_t *)args[1];
    record->numbers[1] = *(int64_t *)args[2];
    keep_text(record->texts[0], args[3]);
}

static void on_thumbnail_failed(void *user, void **args)
{
    seen *record = user;
    record->calls++;
    record->numbers[0] = *(int64_t *)args[1];
    keep_text(record->texts[0], args[2]);
}

static void a_commit_becomes_database_completed(void **state)
{
    (void)state;
    vt_task_signals *signals = vt_task_signals_create((QObject *)NULL);
    QObject *context = vt_task_signals_object(signals);
    seen record = {0};
    assert_true(
        vt_task_signals_connect(signals, &vt_signal_database_completed, context, on_numbers, &record));
    vt_import_listener listener = vt_task_signals_listener(signals);
    listener.batch_committed(listener.user, NULL,
                             &(vt_import_batch){.imported = 7, .updated = 2, .missing = 1});
    assert_int_equal(record.calls, 1);
    assert_int_equal(record.numbers[0], 7);
    assert_int_equal(record.numbers[1], 2);
    assert_int_equal(record.numbers[2], 1);
    q_object_delete(context);
}

static void a_failure_becomes_database_failed(void **state)
{
    (void)state;
    vt_task_signals *signals = vt_task_signals_create((QObject *)NULL);
    QObject *context = vt_task_signals_object(signals);
    seen record = {0};
    assert_true(vt_task_signals_connect(signals, &vt_signal_database_failed, context, on_texts, &record));
    vt_import_listener listener = vt_task_signals_listener(signals);
    const vt_failure failure = {.path = "/a/b\xff.jpg", .path_length = 9, .message = "is empty"};
    listener.item_failed(listener.user, NULL, &failure);
    assert_string_equal(record.texts[0], "/a/b\uFFFD.jpg"); /* a name that is no UTF-8 stays readable */
    assert_string_equal(record.texts[1], "is empty");
    q_object_delete(context);
}

static void progress_knows_no_total_while_it_searches(void **state)
{
    (void)state;
    vt_task_signals *signals = vt_task_signals_create((QObject *)NULL);
    QObject *context = vt_task_signals_object(signals);
    seen record = {0};
    assert_true(vt_task_signals_connect(signals, &vt_signal_progress_updated, context, on_progress, &record));
    vt_import_listener listener = vt_task_signals_listener(signals);
    vt_import_figures figures = {.found = 10, .imported = 3, .failed = 1};
    listener.progress(listener.user, NULL, &figures);
    assert_int_equal(record.numbers[0], 4);
    assert_int_equal(record.numbers[1], 0);
    assert_string_equal(record.texts[0], "searching");
    figures.scanned = true;
    listener.finished(listener.user, NULL, &figures, NULL);
    assert_int_equal(record.numbers[1], 10);
    assert_string_equal(record.texts[0], "finished");
    assert_int_equal(record.calls, 2);
    q_object_delete(context);
}

static void thumbnails_are_told(void **state)
{
    (void)state;
    vt_task_signals *signals = vt_task_signals_create((QObject *)NULL);
    QObject *context = vt_task_signals_object(signals);
    seen failed = {0};
    assert_true(
        vt_task_signals_connect(signals, &vt_signal_thumbnail_failed, context, on_thumbnail_failed, &failed));
    vt_task_signals_tell_thumbnail(signals, 41, NULL);
    assert_int_equal(failed.calls, 0);
    vt_error error = VT_ERROR_INIT;
    vt_error_set(&error, VT_ERROR_EMPTY, "has no bytes");
    vt_task_signals_tell_thumbnail(signals, 42, &error);
    assert_int_equal(failed.numbers[0], 42);
    assert_string_equal(failed.texts[0], "has no bytes");
    q_object_delete(context);
}

static void *emit_elsewhere(void *user)
{
    vt_import_listener *listener = user;
    for (int i = 0; i < 100; i++) {
        listener->batch_committed(listener->user, NULL, &(vt_import_batch){.imported = i});
    }
    return NULL;
}

static void quit_soon(void *user)
{
    (void)user;
    q_coreapplication_quit();
}

static void a_receiver_in_another_thread_gets_queued_calls(void **state)
{
    (void)state;
    vt_task_signals *signals = vt_task_signals_create((QObject *)NULL);
    QObject *context = q_object_new(NULL);
    seen record = {0};
    assert_true(
        vt_task_signals_connect(signals, &vt_signal_database_completed, context, on_numbers, &record));
    vt_import_listener listener = vt_task_signals_listener(signals);
    pthread_t thread;
    pthread_create(&thread, NULL, emit_elsewhere, &listener);
    pthread_join(thread, NULL);
    assert_int_equal(record.calls, 0); /* nothing before the event loop turns */
    qt_post(context, quit_soon, NULL, NULL);
    q_coreapplication_exec();
    assert_int_equal(record.calls, 100);
    assert_int_equal(record.numbers[0], 99);
    assert_true(pthread_equal(record.thread, pthread_self()));
    q_object_delete(context);
    q_object_delete(vt_task_signals_object(signals));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commit_becomes_database_completed),
        cmocka_unit_test(a_failure_becomes_database_failed),
        cmocka_unit_test(progress_knows_no_total_while_it_searches),
        cmocka_unit_test(thumbnails_are_told),
        cmocka_unit_test(a_receiver_in_another_thread_gets_queued_calls),
    };
    return cmocka_run_group_tests(tests, application, NULL);
}
