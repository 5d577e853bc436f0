#include "app/ui/window/response.h"

#include "core/base/clock.h"
#include "core/base/translatable.h"

#include <qt6c/connect.h>
#include <qt6c/qchildevent.h>
#include <qt6c/qtimer.h>

/* What an input changes is painted in the next frames, if anything of it is seen. */
enum { PAINTED_WITHIN_MS = 100 };

struct vt_response {
    QObject object; /* first */
    vt_monitor *monitor;
    vt_operation answered;
    QTimer *unseen;
    int64_t begun;      /* the input that is to be answered; 0: none is */
    int64_t dealt_with; /* 0: not yet */
};

static void answer(vt_response *response, int64_t at)
{
    vt_monitor_record_span(response->monitor, response->answered, response->begun, at);
    response->begun = response->dealt_with = 0;
    q_timer_stop(response->unseen);
}

/* In the first turn after all that the input's event did. */
static void on_dealt_with(void *user)
{
    vt_response *response = user;
    if (response->begun) {
        response->dealt_with = vt_clock_now();
        q_timer_start(response->unseen);
    }
}

static void on_unseen(void *user)
{
    vt_response *response = user;
    if (response->begun) {
        answer(response, response->dealt_with);
    }
}

void vt_response_painted(vt_response *response)
{
    if (response && response->dealt_with) {
        answer(response, vt_clock_now());
    }
}

static bool is_input(const QEvent *event)
{
    switch ((int)q_event_type(event)) {
    case QEvent_KeyPress:
    case QEvent_MouseButtonPress:
    case QEvent_MouseButtonRelease:
    case QEvent_MouseButtonDblClick:
    case QEvent_Wheel:
        return true;
    default:
        return false;
    }
}

static bool filter(QObject *self, QObject *watched, QEvent *event)
{
    (void)watched;
    vt_response *response = (vt_response *)self;
    if (is_input(event) && !response->begun) {
        response->begun = vt_clock_now();
        qt_post(self, on_dealt_with, response, NULL);
    }
    return false;
}

static const QObjectVirtuals response_virtuals = {.event_filter = filter};
static qt_subclass response_class = {
    .base = &qt_class_QObject, .virtuals = &response_virtuals, .instance_size = sizeof(vt_response)};

vt_response *vt_response_create(QWidget *parent, vt_monitor *monitor)
{
    vt_response *response = qt_subclass_allocate(&response_class);
    q_object_init(&response->object, parent);
    qt_subclass_install(&response_class, response);
    response->monitor = monitor;
    response->answered = vt_monitor_operation(monitor, VT_TR_NOOP("performance", "answer to the user"),
                                              vt_budget_get(VT_BUDGET_UI_RESPONSE), NULL);
    response->begun = response->dealt_with = 0;
    response->unseen = q_timer_new(&response->object);
    q_timer_set_single_shot(response->unseen, true);
    q_timer_set_interval(response->unseen, PAINTED_WITHIN_MS);
    q_timer_on_timeout(response->unseen, response->unseen, on_unseen, response);
    q_object_install_event_filter(qt_application(), &response->object);
    return response;
}
