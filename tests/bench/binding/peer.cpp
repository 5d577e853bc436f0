// The C++ side of bench_binding.c: the only C++ in the tree, compiled for this benchmark if there is a
// compiler.
#include "calls.h"

#include <QtWidgets/QtWidgets>

static long exported_call(bench_objects *objects, long count)
{
    QTimer *timer = static_cast<QTimer *>(objects->timer);
    long sum = 0;
    for (long i = 0; i < count; i++) {
        sum += timer->interval();
    }
    return sum;
}

static long exported_value(bench_objects *objects, long count)
{
    QRegion *region = static_cast<QRegion *>(objects->region);
    QRegion other(5, 5, 10, 10);
    long sum = 0;
    for (long i = 0; i < count; i++) {
        sum += region->intersected(other).isEmpty();
    }
    return sum;
}

static long virtual_call(bench_objects *objects, long count)
{
    QWidget *widget = static_cast<QWidget *>(objects->widget);
    long sum = 0;
    for (long i = 0; i < count; i++) {
        sum += widget->heightForWidth(int(i));
    }
    return sum;
}

static long set_text(bench_objects *objects, long count)
{
    QWidget *widget = static_cast<QWidget *>(objects->widget);
    for (long i = 0; i < count; i++) {
        widget->setObjectName(QString::fromUtf8(i & 1 ? "one name" : "another name"));
    }
    return count;
}

static long queued_dispatch(bench_objects *objects, long count)
{
    QTimer *timer = static_cast<QTimer *>(objects->timer);
    long delivered = 0;
    for (long i = 0; i < count; i++) {
        QMetaObject::invokeMethod(
            timer, [&delivered] { delivered++; }, Qt::QueuedConnection);
    }
    QCoreApplication::sendPostedEvents(timer);
    return delivered;
}

static long signal_emit(bench_objects *objects, long count)
{
    QSlider *slider = static_cast<QSlider *>(objects->slider);
    long sum = 0;
    auto connection =
        QObject::connect(slider, &QSlider::sliderMoved, slider, [&sum](int value) { sum += value; });
    for (long i = 0; i < count; i++) {
        emit slider->sliderMoved(1);
    }
    QObject::disconnect(connection);
    return sum;
}

extern "C" void bench_runs(bench_run runs[BENCH_WORKS])
{
    bench_run all[BENCH_WORKS] = {exported_call, exported_value,  virtual_call,
                                  set_text,      queued_dispatch, signal_emit};
    for (int i = 0; i < BENCH_WORKS; i++) {
        runs[i] = all[i];
    }
}
