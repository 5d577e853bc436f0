/* What is told of the item that is looked at: the overlay with its facts and the histogram of its picture. */
#include "app/ui/viewer/viewer_private.h"

#include <string.h>

static void show_facts(vt_viewer *viewer)
{
    vt_fact_list list = {.count = 0};
    if (!viewer->shows_info || viewer->row < 0) {
        return;
    }
    const vt_fact_source source = {.item = &viewer->item,
                                   .path = viewer->path.data,
                                   .path_length = viewer->path.length,
                                   .metadata = viewer->has_metadata ? &viewer->metadata : NULL,
                                   .media = viewer->complete ? &viewer->media : NULL};
    vt_facts_build(&source, &list);
    vt_viewer_overlay_set_facts(viewer->overlay, &list);
    vt_facts_clear(&list);
}

static void metadata_ready(void *user, const vt_metadata *metadata, const vt_error *error)
{
    vt_viewer *viewer = user;
    viewer->metadata_request = NULL;
    if (error) { /* the picture is what counts */
        vt_log_write(&viewer->log, VT_LOG_WARN, "viewer: no metadata: %s", error->message);
        return;
    }
    viewer->metadata = *metadata;
    viewer->has_metadata = true;
    vt_log_write(&viewer->log, VT_LOG_DEBUG, "viewer: metadata known=%u", metadata->known);
    show_facts(viewer);
}

static void ask_metadata(vt_viewer *viewer)
{
    if (viewer->shows_info && viewer->row >= 0 && !viewer->has_metadata && !viewer->metadata_request) {
        viewer->metadata_request = vt_engine_request_metadata(vt_library_engine(viewer->library),
                                                              viewer->item.id, metadata_ready, viewer, NULL);
    }
}

void vt_viewer_info_forget(vt_viewer *viewer)
{
    vt_viewer_histogram_forget(viewer);
    vt_metadata_request_cancel(viewer->metadata_request);
    viewer->metadata_request = NULL;
    viewer->has_metadata = false;
    memset(&viewer->media, 0, sizeof viewer->media);
}

void vt_viewer_info_item(vt_viewer *viewer)
{
    vt_viewer_info_forget(viewer);
    vt_viewer_overlay_set_histogram(viewer->overlay, NULL);
    vt_viewer_overlay_set_choice(viewer->overlay, viewer->mode->kind == VT_VIEWER_ON_IMAGE,
                                 viewer->histogram_of_seen);
    ask_metadata(viewer);
    show_facts(viewer);
}

void vt_viewer_info_picture(vt_viewer *viewer, vt_picture *picture)
{
    viewer->media = picture->media;
    if (picture->histogram) {
        vt_viewer_histogram_picture(viewer, picture->histogram);
        picture->histogram = NULL;
    }
    show_facts(viewer);
}

void vt_viewer_info_show(vt_viewer *viewer, bool info, bool histogram)
{
    viewer->shows_info = info;
    viewer->shows_histogram = histogram;
    ask_metadata(viewer);
    show_facts(viewer);
    vt_viewer_overlay_show(viewer->overlay, info, histogram);
    vt_viewer_histogram_rested(viewer);
    vt_log_write(&viewer->log, VT_LOG_DEBUG, "viewer: overlay info=%d histogram=%d", info, histogram);
}
