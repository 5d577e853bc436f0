/* The C side of bench_binding.c. */
#include "calls.h"

#include <qt6c/qt6c.h>

static long exported_call(bench_objects *objects, long count)
{
    QTimer *timer = objects->timer;
    long sum = 0;
    for (long i = 0; i < count; i++) {
        sum += q_timer_interval(timer);
    }
    return sum;
}

static long exported_value(bench_objects *objects, long count)
{
    QRegion *region = objects->region;
    QRegion other;
    q_region_init_xywh_regiontype(&other, 5, 5, 10, 10);
    long sum = 0;
    for (long i = 0; i < count; i++) {
        QRegion both = q_region_intersected(region, &other);
        sum += q_region_is_empty(&both);
        q_region_fini(&both);
    }
    q_region_fini(&other);
    return sum;
}

static long virtual_call(bench_objects *objects, long count)
{
    QWidget *widget = objects->widget;
    long sum = 0;
    for (long i = 0; i < count; i++) {
        sum += q_widget_height_for_width(widget, (int)i);
    }
    return sum;
}

static long set_text(bench_objects *objects, long count)
{
    QWidget *widget = objects->widget;
    for (long i = 0; i < count; i++) {
        q_object_set_object_name(widget, i & 1 ? "one name" : "another name");
    }
    return count;
}

static void add_one(void *user)
{
    ++*(long *)user;
}

static long queued_dispatch(bench_objects *objects, long count)
{
    QObject *timer = objects->timer;
    long delivered = 0;
    for (long i = 0; i < count; i++) {
        qt_post(timer, add_one, &delivered, NULL);
    }
    q_coreapplication_send_posted_events_full(timer, 0);
    return delivered;
}

static void add_value(void *user, int value)
{
    *(long *)user += value;
}

static long signal_emit(bench_objects *objects, long count)
{
    QSlider *slider = objects->slider;
    long sum = 0;
    qt_connection connection;
    const qt_connect_options options = {.connection = &connection};
    q_abstractslider_on_slider_moved_with(slider, slider, add_value, &sum, &options);
    for (long i = 0; i < count; i++) {
        q_abstractslider_slider_moved(slider, 1);
    }
    qt_disconnect(&connection);
    return sum;
}

void bench_runs(bench_run runs[BENCH_WORKS])
{
    static const bench_run all[BENCH_WORKS] = {exported_call, exported_value,  virtual_call,
                                               set_text,      queued_dispatch, signal_emit};
    for (int i = 0; i < BENCH_WORKS; i++) {
        runs[i] = all[i];
    }
}
