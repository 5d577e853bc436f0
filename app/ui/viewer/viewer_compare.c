/* The viewer with several items side by side instead of one. */
#include "app/ui/viewer/viewer_private.h"

#include "app/ui/parts/translate.h"

static void show(vt_viewer *viewer, bool comparing)
{
    viewer->comparing = comparing;
    q_widget_set_visible(vt_compare_widget(viewer->compare), comparing);
    q_widget_set_visible(vt_canvas_widget(viewer->canvas), !comparing);
    vt_viewer_show_bars(viewer);
    vt_viewer_update_buttons(viewer);
    q_widget_set_focus(&viewer->widget); /* what was hidden gave it away */
}

static void zoomed(void *user, double zoom)
{
    vt_viewer *viewer = user;
    if (viewer->comparing) {
        vt_viewer_show_zoom(viewer, zoom);
    }
}

void vt_viewer_compare(vt_viewer *viewer, const int64_t *rows, size_t count)
{
    if (viewer->row < 0 || count < VT_COMPARE_MIN) {
        return;
    }
    if (!viewer->compare) {
        enum { BEHIND_CANVAS = 2 };
        viewer->compare = vt_compare_create(&viewer->widget, viewer->library, zoomed, viewer, viewer->log);
        q_boxlayout_insert_widget_full(viewer->layout, BEHIND_CANVAS, vt_compare_widget(viewer->compare), 1,
                                       0);
    }
    vt_viewer_cancel(viewer);
    vt_viewer_slide_show(viewer, false);
    vt_sequence_forget(viewer);
    vt_canvas_clear(viewer->canvas); /* it is shown anew afterwards; the panes need the memory */
    vt_tiles_close(viewer->tiles);
    viewer->loaded_width = 0;
    q_widget_set_visible(vt_frame_bar_widget(viewer->frame_bar), false);
    q_label_set_text(viewer->name,
                     vt_tr("viewer",
                           "C adds one, R takes it out   \u00b7   N next pane, X exchanges, U unlinks   "
                           "\u00b7   hold D to blink"));
    show(viewer, true);
    vt_compare_open(viewer->compare, rows, count);
}

void vt_viewer_forget_compared(vt_viewer *viewer)
{
    if (viewer->comparing) {
        vt_compare_close(viewer->compare);
        show(viewer, false);
        vt_log_write(&viewer->log, VT_LOG_INFO, "compare: closed");
    }
}

void vt_viewer_stop_comparing(vt_viewer *viewer)
{
    int64_t row = vt_compare_row(viewer->compare);
    vt_viewer_forget_compared(viewer);
    vt_viewer_show(viewer, row >= 0 && row < vt_library_count(viewer->library) ? row : viewer->row);
}
