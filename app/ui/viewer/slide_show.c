/* Slide show: the next item after some seconds, once its picture is there. */
#include "app/ui/viewer/viewer_private.h"

#include "app/ui/parts/translate.h"
#include "core/base/clock.h"

static void say(vt_viewer *viewer, const char *text, const char *detail)
{
    if (viewer->complete && vt_canvas_has_picture(viewer->canvas)) { /* else a failure stands there */
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_NOTE, text, detail);
    }
}

static void stop(vt_viewer *viewer, const char *why)
{
    q_timer_stop(viewer->slide_timer);
    viewer->sliding = false;
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: slide show ended: %s", why);
    vt_viewer_update_buttons(viewer);
}

static void go_on(vt_viewer *viewer)
{
    viewer->sliding = true;
    viewer->slide_paused = false;
    if (viewer->complete) {
        q_timer_start_interval(viewer->slide_timer, viewer->slide_ms);
    }
    vt_viewer_update_buttons(viewer);
}

void vt_viewer_slide_show(vt_viewer *viewer, bool on)
{
    viewer->slide_paused = false;
    if (on == viewer->sliding) {
        return;
    }
    if (!on) {
        stop(viewer, "stopped");
        return;
    }
    int64_t count = vt_library_count(viewer->library);
    if (viewer->row + 1 == count && !viewer->shuffles) { /* else it would end at once */
        vt_viewer_go(viewer, 0);
    }
    vt_slides_begin(&viewer->slides, (uint64_t)count, (uint64_t)viewer->row, viewer->shuffles,
                    viewer->slides_loop, (uint64_t)vt_clock_now());
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: slide show begins items=%lld shuffled=%d every_ms=%d",
                 (long long)count, viewer->shuffles, viewer->slide_ms);
    say(viewer, "", "");
    go_on(viewer);
}

bool vt_viewer_slide_pause(vt_viewer *viewer)
{
    if (viewer->slide_paused) {
        vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: slide show goes on");
        say(viewer, "", "");
        go_on(viewer);
        return true;
    }
    if (viewer->sliding) {
        q_timer_stop(viewer->slide_timer);
        viewer->sliding = false;
        viewer->slide_paused = true;
        vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: slide show paused");
        say(viewer, vt_tr("viewer", "Slide show paused"), vt_tr("viewer", "Space goes on"));
        vt_viewer_update_buttons(viewer);
    }
    return viewer->slide_paused;
}

void vt_viewer_slide_went(vt_viewer *viewer)
{
    if ((viewer->sliding || viewer->slide_paused) && viewer->row >= 0) {
        vt_slides_went(&viewer->slides, (uint64_t)viewer->row);
    }
}

/* From here its time counts: what is decoded slowly is not seen for less long. */
void vt_viewer_slide_came(vt_viewer *viewer)
{
    if (viewer->sliding) {
        q_timer_start_interval(viewer->slide_timer, viewer->slide_ms);
    }
}

void vt_viewer_slide_timer(void *user)
{
    vt_viewer *viewer = user;
    uint64_t row;
    if (!viewer->sliding || viewer->row < 0) {
        return;
    }
    if (viewer->slides.count != (uint64_t)vt_library_count(viewer->library)) {
        vt_slides_begin(&viewer->slides, (uint64_t)vt_library_count(viewer->library), (uint64_t)viewer->row,
                        viewer->shuffles, viewer->slides_loop, viewer->slides.seed);
    }
    if (!vt_slides_next(&viewer->slides, &row)) {
        stop(viewer, "all have been shown");
        say(viewer, vt_tr("viewer", "The slide show has ended"), vt_tr("viewer", "S shows it again"));
        return;
    }
    vt_viewer_go(viewer, (int64_t)row);
    if ((int64_t)row == viewer->row && viewer->complete) {
        vt_viewer_slide_came(viewer); /* from its neighbours, or the only one */
    }
}
