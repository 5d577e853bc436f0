/*
 * The histogram of what is seen of an image, instead of that of the whole: counted from the pixels at hand,
 * on a worker, once the view has come to rest.
 */
#include "app/ui/viewer/viewer_private.h"

#include "app/ui/viewer/part_copy.h"

#include <math.h>
#include <stdlib.h>

static bool counts_seen(const vt_viewer *viewer)
{
    return viewer->shows_histogram && viewer->histogram_of_seen && viewer->row >= 0 && !viewer->comparing &&
           viewer->mode->kind == VT_VIEWER_ON_IMAGE && viewer->loaded_width > 0;
}

/* From the whole picture, as large as it is decoded. */
static bool copy_seen(const vt_viewer *viewer, vt_picture *part)
{
    int width, height;
    long stride;
    uint32_t step;
    const unsigned char *pixels = vt_canvas_pixels(viewer->canvas, &width, &height, &stride);
    const vt_viewport *at = &viewer->viewport;
    vt_region seen = vt_image_seen(at, viewer->turn);
    bool swaps = vt_turn_swaps(viewer->turn);
    double across = width / (swaps ? at->picture_height : at->picture_width);
    double down = height / (swaps ? at->picture_width : at->picture_height);
    uint32_t left = (uint32_t)(seen.x * across);
    uint32_t top = (uint32_t)(seen.y * down);
    uint32_t right = (uint32_t)fmin(width, ceil((seen.x + seen.width) * across));
    uint32_t bottom = (uint32_t)fmin(height, ceil((seen.y + seen.height) * down));
    if (!pixels || right <= left || bottom <= top ||
        !vt_part_begin(part, right - left, bottom - top, &step)) {
        return false;
    }
    vt_part_fill(part, step, pixels, (uint32_t)width, (uint32_t)height, (size_t)stride, -(int64_t)left,
                 -(int64_t)top);
    return true;
}

static void counted(void *user, vt_picture *picture, const vt_error *error)
{
    vt_viewer *viewer = user;
    viewer->histogram_request = NULL;
    if (error) {
        vt_log_write(&viewer->log, VT_LOG_WARN, "viewer: no histogram: %s", error->message);
        return;
    }
    if (picture->histogram) {
        vt_viewer_overlay_set_histogram(viewer->overlay, picture->histogram);
        vt_log_write(&viewer->log, VT_LOG_DEBUG, "viewer: histogram of what is seen, pixels=%llu black=%.3f",
                     (unsigned long long)picture->histogram->pixels, vt_histogram_black(picture->histogram));
    }
    vt_picture_clear(picture);
}

static void show_whole(vt_viewer *viewer)
{
    vt_viewer_overlay_set_histogram(viewer->overlay, viewer->whole_histogram);
}

void vt_viewer_histogram_rested(vt_viewer *viewer)
{
    vt_picture part = {.pixels = NULL};
    if (!counts_seen(viewer)) {
        return;
    }
    vt_request_cancel(viewer->histogram_request);
    viewer->histogram_request = NULL;
    if (!vt_viewport_overflows(&viewer->viewport, true) && !vt_viewport_overflows(&viewer->viewport, false) &&
        viewer->whole_histogram) { /* all of it is seen */
        vt_viewer_overlay_set_histogram(viewer->overlay, viewer->whole_histogram);
        return;
    }
    bool tiles = vt_image_needs_tiles(&viewer->viewport, vt_canvas_ratio(viewer->canvas), VT_IMAGE_PIXELS);
    if ((tiles && vt_tiles_copy_seen(viewer->tiles, &part)) || copy_seen(viewer, &part)) {
        vt_error error = VT_ERROR_INIT;
        viewer->histogram_request =
            vt_engine_request_histogram(vt_library_engine(viewer->library), &part, counted, viewer, &error);
        if (!viewer->histogram_request) {
            vt_log_write(&viewer->log, VT_LOG_WARN, "viewer: no histogram: %s", error.message);
        }
    }
}

void vt_viewer_histogram_picture(vt_viewer *viewer, vt_histogram *histogram)
{
    vt_viewer_histogram_forget(viewer);
    viewer->whole_histogram = histogram;
    show_whole(viewer);
    q_timer_start(viewer->rest);
}

void vt_viewer_histogram_forget(vt_viewer *viewer)
{
    vt_request_cancel(viewer->histogram_request);
    viewer->histogram_request = NULL;
    free(viewer->whole_histogram);
    viewer->whole_histogram = NULL;
}

void vt_viewer_histogram_of_seen(vt_viewer *viewer, bool of_seen)
{
    viewer->histogram_of_seen = of_seen;
    vt_log_write(&viewer->log, VT_LOG_DEBUG, "viewer: histogram of_seen=%d", of_seen);
    if (of_seen) {
        vt_viewer_histogram_rested(viewer);
    } else {
        vt_request_cancel(viewer->histogram_request);
        viewer->histogram_request = NULL;
        show_whole(viewer);
    }
    vt_viewer_overlay_set_choice(viewer->overlay, true, of_seen);
}

void vt_viewer_histogram_chosen(void *user, bool on)
{
    (void)on;
    vt_viewer *viewer = user;
    vt_viewer_histogram_of_seen(viewer, !viewer->histogram_of_seen);
}
