/* Subclasses written in C: Qt calls their overrides, through every table of the object, and destroys them
 * once. */
#include "tests/support/check.h"

#include "tests/bindings/application.h"

#include <stdlib.h>
#include <string.h>

static int finished;

static void count_finish(void *self)
{
    (void)self;
    finished++;
}

/* ---- QWidget ---- */

typedef struct painter_widget {
    QWidget widget;
    int paints, resizes, metrics;
    QSize last_size;
} painter_widget;

static void paint_green(QWidget *self, QPaintEvent *event)
{
    painter_widget *widget = (painter_widget *)self;
    widget->paints++;
    QRect rect = *q_paintevent_rect(event);
    QColor green = q_color_from_rgb(0xff00ff00);
    QPainter painter;
    q_painter_init(&painter);
    q_painter_begin(&painter, q_widget_as_paintdevice(self));
    q_painter_fill_rect_color(&painter, &rect, &green);
    q_painter_fini(&painter);
}

static void note_resize(QWidget *self, QResizeEvent *event)
{
    painter_widget *widget = (painter_widget *)self;
    widget->resizes++;
    widget->last_size = *q_resizeevent_size(event);
    q_widget_base_resize_event(self, event);
}

static int thousand_dots(const QWidget *self, QPaintDevice_PaintDeviceMetric metric)
{
    ((painter_widget *)self)->metrics++;
    return metric == QPaintDevice_PdmDpiX ? 1000 : q_widget_base_metric(self, metric);
}

static QSize wanted_size(const QWidget *self)
{
    (void)self;
    return (QSize){71, 17};
}

static qt_subclass painter_class = {.base = &qt_class_QWidget,
                                    .instance_size = sizeof(painter_widget),
                                    .finish = count_finish,
                                    .virtuals = &(const QWidgetVirtuals){.paint_event = paint_green,
                                                                         .resize_event = note_resize,
                                                                         .metric = thousand_dots,
                                                                         .size_hint = wanted_size}};

static painter_widget *new_painter_widget(QWidget *parent)
{
    painter_widget *widget = qt_subclass_allocate(&painter_class);
    q_widget_init(&widget->widget, parent);
    qt_subclass_install(&painter_class, widget);
    return widget;
}

static void a_widget_paints_itself(void **state)
{
    (void)state;
    painter_widget *widget = new_painter_widget(NULL);
    assert_true(qt_subclass_is(&painter_class, widget));
    q_widget_resize(&widget->widget, 40, 30);
    QPixmap pixmap = q_widget_grab(&widget->widget, &(QRect){0, 0, -2, -2});
    assert_true(widget->paints >= 1);
    assert_true(widget->resizes >= 1); /* not shown before: grabbing sends it */
    assert_int_equal(widget->last_size.wd, 40);
    QImage image = q_pixmap_to_image(&pixmap);
    QColor color = q_image_pixel_color_xy(&image, 20, 15);
    assert_int_equal(q_color_rgb(&color), 0xff00ff00);
    q_image_fini(&image);
    q_pixmap_fini(&pixmap);
    QSize hint = q_widget_size_hint(&widget->widget);
    assert_int_equal(hint.wd, 71);
    q_widget_adjust_size(&widget->widget); /* Qt asks size_hint() */
    assert_int_equal(q_widget_width(&widget->widget), 71);
    finished = 0;
    q_widget_delete(&widget->widget);
    assert_int_equal(finished, 1);
}

static void the_paint_device_reaches_the_override(void **state)
{
    (void)state;
    painter_widget *widget = new_painter_widget(NULL);
    QPaintDevice *device = q_widget_as_paintdevice(&widget->widget);
    assert_ptr_equal((char *)device - (char *)widget, 16);
    int before = widget->metrics;
    assert_int_equal(q_paintdevice_logical_dpi_x(device), 1000); /* inline: asks the device's table */
    assert_true(widget->metrics > before);
    QFont font;
    q_font_init(&font);
    q_font_set_point_size(&font, 72);
    QFont scaled;
    before = widget->metrics;
    q_font_init_font_paintdevice(&scaled, &font, device); /* exported: Qt itself asks */
    assert_true(widget->metrics > before);
    q_font_fini(&scaled);
    q_font_fini(&font);
    finished = 0;
    q_paintdevice_delete(device); /* the whole widget goes, from its second table */
    assert_int_equal(finished, 1);
}

static void a_parent_deletes_its_children_once(void **state)
{
    (void)state;
    QWidget *parent = q_widget_new(NULL);
    for (int i = 0; i < 5; i++) {
        new_painter_widget(parent);
    }
    painter_widget *later = new_painter_widget(parent);
    finished = 0;
    q_object_delete_later(&later->widget);
    assert_int_equal(finished, 0);
    process_events();
    assert_int_equal(finished, 1);
    q_widget_delete(parent);
    assert_int_equal(finished, 6);
}

/* ---- QAbstractTableModel and QStyledItemDelegate, in a view ---- */

typedef struct squares_model {
    QAbstractTableModel model;
    int asked;
} squares_model;

static int squares_rows(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : 1000000;
}

static int squares_columns(const QAbstractTableModel *self, const QModelIndex *parent)
{
    (void)self;
    return q_modelindex_is_valid(parent) ? 0 : 2;
}

static QVariant squares_data(const QAbstractTableModel *self, const QModelIndex *index, int role)
{
    ((squares_model *)self)->asked++;
    if (role != Qt_DisplayRole) {
        return qt_variant_null();
    }
    int64_t row = q_modelindex_row(index);
    return qt_variant_int64(q_modelindex_column(index) ? row * row : row);
}

static qt_subclass squares_class = {
    .base = &qt_class_QAbstractTableModel, /* abstract: its own destructor slots are null */
    .instance_size = sizeof(squares_model),
    .finish = count_finish,
    .virtuals = &(const QAbstractTableModelVirtuals){
        .row_count = squares_rows, .column_count = squares_columns, .data = squares_data}};

typedef struct counting_delegate {
    QStyledItemDelegate delegate;
    int paints, texts;
    int columns_seen;
} counting_delegate;

static void delegate_paint(const QStyledItemDelegate *self, QPainter *painter,
                           const QStyleOptionViewItem *option, const QModelIndex *index)
{
    counting_delegate *delegate = (counting_delegate *)self;
    delegate->paints++;
    delegate->columns_seen |= 1 << q_modelindex_column(index);
    q_styleditemdelegate_base_paint(self, painter, option, index);
}

static QSize delegate_size(const QStyledItemDelegate *self, const QStyleOptionViewItem *option,
                           const QModelIndex *index)
{
    QSize size = q_styleditemdelegate_base_size_hint(self, option, index);
    size.ht = 55;
    return size;
}

static QString delegate_text(const QStyledItemDelegate *self, const QVariant *value, const QLocale *locale)
{
    (void)locale;
    ((counting_delegate *)self)->texts++;
    char text[64];
    snprintf(text, sizeof text, "<%lld>", q_variant_to_long_long(value));
    return qt_string_from_utf8(text);
}

static qt_subclass delegate_class = {
    .base = &qt_class_QStyledItemDelegate,
    .instance_size = sizeof(counting_delegate),
    .finish = count_finish,
    .virtuals = &(const QStyledItemDelegateVirtuals){
        .paint = delegate_paint, .size_hint = delegate_size, .display_text = delegate_text}};

static void a_view_shows_a_model_through_a_delegate(void **state)
{
    (void)state;
    QTableView *view = q_tableview_new(NULL);
    squares_model *model = qt_subclass_allocate(&squares_class);
    q_abstracttablemodel_init(&model->model, view);
    qt_subclass_install(&squares_class, model);
    counting_delegate *delegate = qt_subclass_allocate(&delegate_class);
    q_styleditemdelegate_init(&delegate->delegate, view);
    qt_subclass_install(&delegate_class, delegate);
    q_abstractitemview_set_model(view, &model->model);
    q_abstractitemview_set_item_delegate(view, &delegate->delegate);
    q_widget_resize(view, 400, 300);
    QPixmap pixmap = q_widget_grab(view, &(QRect){0, 0, -2, -2});
    q_pixmap_fini(&pixmap);
    assert_true(model->asked > 0);
    assert_true(delegate->paints >= 10);
    assert_int_equal(delegate->columns_seen, 3);
    assert_true(delegate->texts >= delegate->paints);
    q_tableview_resize_row_to_contents(view, 0);
    assert_int_equal(q_tableview_row_height(view, 0), 55 + 1); /* and the line of the grid */

    QModelIndex root;
    q_modelindex_init(&root);
    QModelIndex index = q_abstractitemmodel_index(&model->model, 999, 1, &root);
    QVariant square = q_abstractitemmodel_data_full(&model->model, &index, Qt_DisplayRole);
    assert_int_equal(q_variant_to_int(&square), 998001);
    q_variant_fini(&square);
    finished = 0;
    q_tableview_delete(view);
    assert_int_equal(finished, 2);
}

/* ---- QAbstractScrollArea ---- */

typedef struct scroller {
    QAbstractScrollArea area;
    int paints, scrolled_y, resizes;
} scroller;

static void scroller_paint(QAbstractScrollArea *self, QPaintEvent *event)
{
    (void)event;
    ((scroller *)self)->paints++;
}

static void scroller_scroll(QAbstractScrollArea *self, int dx, int dy)
{
    ((scroller *)self)->scrolled_y += dy;
    q_abstractscrollarea_base_scroll_contents_by(self, dx, dy);
}

static bool scroller_viewport_event(QAbstractScrollArea *self, QEvent *event)
{
    if (q_event_type(event) == QEvent_Resize) {
        ((scroller *)self)->resizes++;
    }
    return q_abstractscrollarea_base_viewport_event(self, event);
}

static qt_subclass scroller_class = {
    .base = &qt_class_QAbstractScrollArea,
    .instance_size = sizeof(scroller),
    .finish = count_finish,
    .virtuals = &(const QAbstractScrollAreaVirtuals){.paint_event = scroller_paint,
                                                     .scroll_contents_by = scroller_scroll,
                                                     .viewport_event = scroller_viewport_event}};

static void a_scroll_area_scrolls(void **state)
{
    (void)state;
    scroller *area = qt_subclass_allocate(&scroller_class);
    q_abstractscrollarea_init(&area->area, NULL);
    qt_subclass_install(&scroller_class, area);
    q_widget_resize(&area->area, 200, 100);
    QPixmap pixmap = q_widget_grab(&area->area, &(QRect){0, 0, -2, -2});
    q_pixmap_fini(&pixmap);
    assert_true(area->resizes >= 1);
    assert_true(area->paints >= 1); /* the viewport's paint event, handed on by Qt's filter */
    QScrollBar *bar = q_abstractscrollarea_vertical_scroll_bar(&area->area);
    q_abstractslider_set_range(bar, 0, 1000);
    q_abstractslider_set_value(bar, 120);
    assert_int_equal(area->scrolled_y, -120);
    finished = 0;
    q_abstractscrollarea_delete(&area->area);
    assert_int_equal(finished, 1);
}

/* ---- QRunnable ---- */

typedef struct job {
    QRunnable runnable;
    atomic_int *runs;
} job;

static void job_run(QRunnable *self)
{
    atomic_fetch_add(((job *)self)->runs, 1);
}

static atomic_int jobs_finished;

static void job_finish(void *self)
{
    (void)self;
    atomic_fetch_add(&jobs_finished, 1);
}

static qt_subclass job_class = {.base = &qt_class_QRunnable,
                                .instance_size = sizeof(job),
                                .finish = job_finish,
                                .virtuals = &(const QRunnableVirtuals){.run = job_run}};

static void a_pool_runs_and_deletes_its_jobs(void **state)
{
    (void)state;
    enum { JOBS = 1000 };
    QThreadPool *pool = q_threadpool_new(NULL);
    q_threadpool_set_max_thread_count(pool, 4);
    atomic_int runs = 0;
    for (int i = 0; i < JOBS; i++) {
        job *one = qt_subclass_allocate(&job_class);
        q_runnable_init(&one->runnable);
        qt_subclass_install(&job_class, one);
        one->runs = &runs;
        q_threadpool_start(pool, &one->runnable);
    }
    assert_true(q_threadpool_wait_for_done(pool));
    assert_int_equal(runs, JOBS);
    assert_int_equal(jobs_finished, JOBS); /* autoDelete: the pool used the deleting destructor */

    job kept = {.runs = &runs};
    q_runnable_init(&kept.runnable);
    qt_subclass_install(&job_class, &kept);
    q_runnable_set_auto_delete(&kept.runnable, false);
    q_threadpool_start(pool, &kept.runnable);
    assert_true(q_threadpool_wait_for_done(pool));
    assert_int_equal(runs, JOBS + 1);
    assert_int_equal(jobs_finished, JOBS);
    q_threadpool_delete(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_widget_paints_itself),
        cmocka_unit_test(the_paint_device_reaches_the_override),
        cmocka_unit_test(a_parent_deletes_its_children_once),
        cmocka_unit_test(a_view_shows_a_model_through_a_delegate),
        cmocka_unit_test(a_scroll_area_scrolls),
        cmocka_unit_test(a_pool_runs_and_deletes_its_jobs),
    };
    return cmocka_run_group_tests(tests, start_application, NULL);
}
