/*
 * Looking at a sequence: each frame as an image is looked at, one after the other by keys and slider, or
 * played. What its frames are is asked of the catalog first.
 */
#include "app/ui/viewer/viewer_private.h"

#include "app/ui/parts/translate.h"
#include "core/import/sequence_edit.h"

#include <stdlib.h>
#include <string.h>

/* ---- frames ---- */

/* The frame at `index` becomes the file that is looked at. */
static bool point_at(vt_viewer *viewer, uint64_t index)
{
    vt_str path = VT_STR_INIT;
    bool named = vt_sequence_facts_path(viewer->facts, index, &path);
    if (named) {
        vt_str_clear(&viewer->path);
        vt_str_append(&viewer->path, path.data, path.length);
        viewer->frame = index;
        vt_frame_bar_set_frame(viewer->frame_bar, viewer->facts, index);
    }
    vt_str_free(&path);
    return named && !viewer->path.failed;
}

static void pause(vt_viewer *viewer)
{
    if (!vt_player_is_playing(viewer->player)) {
        return;
    }
    vt_player_figures figures = vt_player_stop(viewer->player);
    vt_frame_bar_set_playing(viewer->frame_bar, false);
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: paused frame=%llu shown=%lld skipped=%lld",
                 (unsigned long long)viewer->frame, (long long)figures.shown, (long long)figures.skipped);
    viewer->mode->rested(viewer); /* more pixels, if it is zoomed in */
}

static void go_to(vt_viewer *viewer, uint64_t index)
{
    pause(viewer);
    if (point_at(viewer, index)) {
        vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: frame=%llu", (unsigned long long)index);
        vt_viewer_request_image(viewer);
    }
}

static void play(vt_viewer *viewer)
{
    uint32_t width, height;
    if (viewer->facts->frames < 2) {
        return;
    }
    vt_viewer_image_box(viewer, &width, &height);
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: playing from=%llu", (unsigned long long)viewer->frame);
    vt_viewer_cancel(viewer);
    vt_frame_bar_set_playing(viewer->frame_bar, true);
    bool ended = viewer->repeat == VT_PLAYBACK_ONCE && viewer->frame + 1 == viewer->facts->frames;
    vt_player_start(viewer->player, viewer->facts, ended ? 0 : viewer->frame, viewer->repeat, width, height);
}

void vt_sequence_show_frame(void *user, uint64_t index, vt_picture *picture)
{
    vt_viewer *viewer = user;
    point_at(viewer, index);
    vt_viewer_info_picture(viewer, picture);
    vt_image_mode.arrived(viewer, picture);
    if (viewer->repeat == VT_PLAYBACK_ONCE && index + 1 == viewer->facts->frames) {
        pause(viewer);
    }
}

static void toggle(vt_viewer *viewer)
{
    if (vt_player_is_playing(viewer->player)) {
        pause(viewer);
    } else {
        play(viewer);
    }
}

bool vt_sequence_key(vt_viewer *viewer, int key)
{
    if (!viewer->facts) {
        return false;
    }
    uint64_t frames = viewer->facts->frames;
    switch (key) {
    case Qt_Key_Space:
        toggle(viewer);
        return true;
    case Qt_Key_Left:
        go_to(viewer, (viewer->frame + frames - 1) % frames);
        return true;
    case Qt_Key_Right:
        go_to(viewer, (viewer->frame + 1) % frames);
        return true;
    case Qt_Key_Home:
        go_to(viewer, 0);
        return true;
    case Qt_Key_End:
        go_to(viewer, frames - 1);
        return true;
    default:
        return false;
    }
}

void vt_sequence_repeat(vt_viewer *viewer)
{
    bool playing = vt_player_is_playing(viewer->player);
    viewer->repeat = (vt_playback_repeat)((viewer->repeat + 1) % VT_PLAYBACK_REPEAT_COUNT);
    vt_frame_bar_set_repeat(viewer->frame_bar, viewer->repeat);
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: repeat=%d", (int)viewer->repeat);
    if (playing) {
        pause(viewer);
        play(viewer);
    }
}

static void bar_repeat(void *user)
{
    vt_viewer *viewer = user;
    if (viewer->facts) {
        vt_sequence_repeat(viewer);
    }
}

/* ---- what is known of it ---- */

static void facts_ready(void *user, vt_sequence_facts *facts, const vt_error *error)
{
    vt_viewer *viewer = user;
    viewer->facts_request = NULL;
    if (!facts) {
        vt_viewer_show_failure(viewer, error);
        return;
    }
    viewer->facts = facts;
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: sequence frames=%llu rate=%u/%u",
                 (unsigned long long)facts->frames, facts->rate.numerator, facts->rate.denominator);
    vt_frame_bar_set_facts(viewer->frame_bar, facts,
                           !vt_engine_is_read_only(vt_library_engine(viewer->library)));
    q_widget_set_visible(vt_frame_bar_widget(viewer->frame_bar), true);
    if (point_at(viewer, 0)) {
        vt_image_mode.start(viewer);
    }
}

static void start(vt_viewer *viewer)
{
    vt_error error = VT_ERROR_INIT;
    viewer->facts_request = vt_engine_request_facts(vt_library_engine(viewer->library), viewer->item.id,
                                                    facts_ready, viewer, &error);
    if (!viewer->facts_request) {
        vt_viewer_show_failure(viewer, &error);
    }
}

void vt_sequence_forget(vt_viewer *viewer)
{
    vt_facts_request_cancel(viewer->facts_request);
    viewer->facts_request = NULL;
    if (viewer->player) {
        vt_player_stop(viewer->player);
    }
    vt_sequence_facts_free(viewer->facts);
    viewer->facts = NULL;
    viewer->frame = 0;
}

/* ---- the bar ---- */

static void bar_toggled(void *user)
{
    vt_viewer *viewer = user;
    if (viewer->facts) {
        toggle(viewer);
    }
}

static void bar_moved(void *user, uint64_t index)
{
    vt_viewer *viewer = user;
    if (viewer->facts && index < viewer->facts->frames) {
        go_to(viewer, index);
    }
}

static void rate_set(void *user, const vt_error *error)
{
    vt_viewer *viewer = user;
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: rate %s", error ? error->message : "set");
    if (error) {
        vt_canvas_set_message(viewer->canvas, VT_CANVAS_NOTE, vt_tr("viewer", "The frame rate was not kept"),
                              error->message);
    }
}

static void bar_rate_entered(void *user, const char *text)
{
    vt_viewer *viewer = user;
    vt_frame_rate rate;
    vt_error error = VT_ERROR_INIT;
    if (!viewer->facts) {
        return;
    }
    q_widget_set_focus(&viewer->widget);
    bool done = vt_frame_rate_parse(text, strlen(text), &rate, NULL, &error) &&
                vt_engine_set_frame_rate(vt_library_engine(viewer->library), viewer->facts->item_id, rate,
                                         rate_set, viewer, &error);
    if (done) {
        viewer->facts->rate = rate;
        viewer->facts->rate_is_set = true;
        if (vt_player_is_playing(viewer->player)) {
            vt_player_set_rate(viewer->player, rate);
        }
    } else {
        rate_set(viewer, &error);
    }
    vt_frame_bar_set_facts(viewer->frame_bar, viewer->facts,
                           !vt_engine_is_read_only(vt_library_engine(viewer->library)));
    vt_frame_bar_set_frame(viewer->frame_bar, viewer->facts, viewer->frame);
}

const vt_frame_bar_ops vt_sequence_bar_ops = {
    .toggled = bar_toggled, .moved = bar_moved, .rate_entered = bar_rate_entered, .repeat = bar_repeat};

/* ---- the mode: an image's, once there is a frame ---- */

static void arrived(vt_viewer *viewer, vt_picture *picture)
{
    vt_image_mode.arrived(viewer, picture);
}

static void resized(vt_viewer *viewer, double width, double height)
{
    uint32_t box_width, box_height;
    if (viewer->facts) {
        vt_image_mode.resized(viewer, width, height);
        vt_viewer_image_box(viewer, &box_width, &box_height);
        vt_player_set_size(viewer->player, box_width, box_height);
    }
}

static void drag(vt_viewer *viewer, vt_canvas_button button, bool shift, double dx, double dy)
{
    if (viewer->facts) {
        vt_image_mode.drag(viewer, button, shift, dx, dy);
    }
}

static void drag_ended(vt_viewer *viewer)
{
    (void)viewer;
}

static void zoom(vt_viewer *viewer, double factor, double x, double y)
{
    if (viewer->facts) {
        vt_image_mode.zoom(viewer, factor, x, y);
    }
}

static void fit(vt_viewer *viewer, vt_viewport_fitting fitting)
{
    if (viewer->facts) {
        vt_image_mode.fit(viewer, fitting);
    }
}

static bool arrow(vt_viewer *viewer, bool shift, int across, int down)
{
    return viewer->facts && vt_image_mode.arrow(viewer, shift, across, down);
}

static void actual_size(vt_viewer *viewer)
{
    if (viewer->facts) {
        vt_image_mode.actual_size(viewer);
    }
}

static void rested(vt_viewer *viewer)
{
    if (viewer->facts && !vt_player_is_playing(viewer->player)) {
        vt_image_mode.rested(viewer);
    }
}

static double zoom_shown(const vt_viewer *viewer)
{
    return vt_image_mode.zoom_shown(viewer);
}

const vt_viewer_mode vt_sequence_mode = {
    .start = start,
    .arrived = arrived,
    .resized = resized,
    .drag = drag,
    .drag_ended = drag_ended,
    .zoom = zoom,
    .fit = fit,
    .actual_size = actual_size,
    .rested = rested,
    .zoom_shown = zoom_shown,
    .arrow = arrow,
    .kind = VT_VIEWER_ON_SEQUENCE,
};
