/* What the user can do in the viewer, as a const table; viewer_input.c makes buttons, keys and the menu from
 * it. */
#include "app/ui/viewer/viewer_private.h"

#include "app/ui/parts/icons.h"
#include "app/ui/parts/translate.h"
#include "core/decode/protocol.h"

#define ON_IMAGE    VT_VIEWER_ON_IMAGE
#define ON_MODEL    VT_VIEWER_ON_MODEL
#define ON_PICTURE  (VT_VIEWER_ON_IMAGE | VT_VIEWER_ON_SEQUENCE)
#define ON_SEQUENCE VT_VIEWER_ON_SEQUENCE
#define ON_ALL      (ON_PICTURE | ON_MODEL)

static const double button_factor = 1.5;

/* ---- functions ---- */

static void back(vt_viewer *viewer)
{
    if (viewer->comparing) {
        vt_viewer_stop_comparing(viewer);
    } else if (viewer->full_screen) {
        vt_viewer_slide_show(viewer, false);
        viewer->ops->set_full_screen(viewer->user, false);
    } else {
        viewer->ops->closed(viewer->user);
    }
}

static void previous(vt_viewer *viewer)
{
    vt_viewer_go(viewer, viewer->row - 1);
}

static void next(vt_viewer *viewer)
{
    vt_viewer_go(viewer, viewer->row + 1);
}

static void first(vt_viewer *viewer)
{
    vt_viewer_go(viewer, 0);
}

static void last(vt_viewer *viewer)
{
    vt_viewer_go(viewer, vt_library_count(viewer->library) - 1);
}

static void zoom_middle(vt_viewer *viewer, double factor)
{
    QWidget *canvas = vt_canvas_widget(viewer->canvas);
    viewer->mode->zoom(viewer, factor, q_widget_width(canvas) / 2.0, q_widget_height(canvas) / 2.0);
}

static void zoom_out(vt_viewer *viewer)
{
    zoom_middle(viewer, 1 / button_factor);
}

static void zoom_in(vt_viewer *viewer)
{
    zoom_middle(viewer, button_factor);
}

static void fit(vt_viewer *viewer)
{
    viewer->mode->fit(viewer, VT_VIEWPORT_FIT);
}

static void actual_size(vt_viewer *viewer)
{
    viewer->mode->actual_size(viewer);
}

static void fit_width(vt_viewer *viewer)
{
    viewer->mode->fit(viewer, VT_VIEWPORT_FIT_WIDTH);
}

static void fill(vt_viewer *viewer)
{
    viewer->mode->fit(viewer, VT_VIEWPORT_FILL);
}

static void rotate_left(vt_viewer *viewer)
{
    vt_viewer_turn(viewer, vt_turn_left(viewer->turn));
}

static void rotate_right(vt_viewer *viewer)
{
    vt_viewer_turn(viewer, vt_turn_right(viewer->turn));
}

static void flip_across(vt_viewer *viewer)
{
    vt_viewer_turn(viewer, vt_turn_flip_across(viewer->turn));
}

static void flip_down(vt_viewer *viewer)
{
    vt_viewer_turn(viewer, vt_turn_flip_down(viewer->turn));
}

static void next_ground(vt_viewer *viewer)
{
    viewer->ground = (vt_canvas_ground)((viewer->ground + 1) % VT_CANVAS_GROUND_COUNT);
    vt_canvas_set_ground(viewer->canvas, viewer->ground);
    vt_log_write(&viewer->log, VT_LOG_INFO, "viewer: ground=%d", (int)viewer->ground);
}

/* ---- models ---- */

#define LOOKS (VT_DECODE_WIREFRAME | VT_DECODE_EDGES)

static void shaded(vt_viewer *viewer)
{
    vt_viewer_set_look(viewer, LOOKS, 0);
}

static void edges(vt_viewer *viewer)
{
    vt_viewer_set_look(viewer, LOOKS, VT_DECODE_EDGES);
}

static void wireframe(vt_viewer *viewer)
{
    vt_viewer_set_look(viewer, LOOKS, VT_DECODE_WIREFRAME);
}

static void next_look(vt_viewer *viewer)
{
    void (*const to)(vt_viewer *) = viewer->look & VT_DECODE_WIREFRAME ? shaded
                                    : viewer->look & VT_DECODE_EDGES   ? wireframe
                                                                       : edges;
    to(viewer);
}

static void toggle_look(vt_viewer *viewer, uint32_t flag)
{
    vt_viewer_set_look(viewer, flag, viewer->look & flag ? 0 : flag);
}

/* The box and the numbers that belong to it. */
static void box(vt_viewer *viewer)
{
    toggle_look(viewer, VT_DECODE_BOX);
    vt_viewer_info_show(viewer, (viewer->look & VT_DECODE_BOX) != 0, viewer->shows_histogram);
}

static void axes(vt_viewer *viewer)
{
    toggle_look(viewer, VT_DECODE_AXES);
}

static void orthographic(vt_viewer *viewer)
{
    toggle_look(viewer, VT_DECODE_ORTHOGRAPHIC);
}

static void from_front(vt_viewer *viewer)
{
    vt_viewer_look_from(viewer, 0, 0);
}

static void from_back(vt_viewer *viewer)
{
    vt_viewer_look_from(viewer, 180, 0);
}

static void from_right(vt_viewer *viewer)
{
    vt_viewer_look_from(viewer, 90, 0);
}

static void from_left(vt_viewer *viewer)
{
    vt_viewer_look_from(viewer, -90, 0);
}

static void from_top(vt_viewer *viewer)
{
    vt_viewer_look_from(viewer, 0, 90);
}

static void from_below(vt_viewer *viewer)
{
    vt_viewer_look_from(viewer, 0, -90);
}

/* ---- what is around it ---- */

static void info(vt_viewer *viewer)
{
    vt_viewer_info_show(viewer, !viewer->shows_info, viewer->shows_histogram);
}

static void histogram(vt_viewer *viewer)
{
    vt_viewer_info_show(viewer, viewer->shows_info, !viewer->shows_histogram);
}

/* Seen at once, too. */
static void histogram_of_seen(vt_viewer *viewer)
{
    vt_viewer_histogram_of_seen(viewer, !viewer->histogram_of_seen);
    vt_viewer_info_show(viewer, viewer->shows_info, true);
}

static void filmstrip(vt_viewer *viewer)
{
    viewer->shows_filmstrip = !viewer->shows_filmstrip;
    vt_filmstrip_set_row(viewer->filmstrip, viewer->shows_filmstrip ? viewer->row : -1);
    q_widget_set_visible(vt_filmstrip_widget(viewer->filmstrip), viewer->shows_filmstrip);
    vt_log_write(&viewer->log, VT_LOG_DEBUG, "viewer: filmstrip=%d", viewer->shows_filmstrip);
}

/* With the next one; a further one if it compares already. */
static void compare(vt_viewer *viewer)
{
    int64_t rows[2] = {viewer->row, viewer->row + 1};
    if (rows[1] >= vt_library_count(viewer->library)) {
        rows[1] = viewer->row - 1;
    }
    if (rows[1] >= 0) {
        vt_viewer_compare(viewer, rows, 2);
    }
}

static void slide_show(vt_viewer *viewer)
{
    vt_viewer_slide_show(viewer, !viewer->sliding);
}

static void shuffle(vt_viewer *viewer)
{
    viewer->shuffles = !viewer->shuffles;
    if (viewer->sliding) { /* another order from here on */
        vt_viewer_slide_show(viewer, false);
        vt_viewer_slide_show(viewer, true);
    }
}

static void full_screen(vt_viewer *viewer)
{
    viewer->ops->set_full_screen(viewer->user, !viewer->full_screen);
}

static void menu(vt_viewer *viewer)
{
    QToolButton *button = viewer->buttons[VT_VIEWER_MENU];
    const QPoint corner = {0, q_widget_height(button)};
    vt_viewer_show_menu(viewer, q_widget_map_to_global_point(button, &corner));
}

/* ---- what is checked ---- */

static bool is_fitted(const vt_viewer *viewer)
{
    return viewer->viewport.fitting == VT_VIEWPORT_FIT;
}

static bool is_fitted_to_width(const vt_viewer *viewer)
{
    return viewer->viewport.fitting == VT_VIEWPORT_FIT_WIDTH;
}

static bool is_filling(const vt_viewer *viewer)
{
    return viewer->viewport.fitting == VT_VIEWPORT_FILL;
}

static bool is_shaded(const vt_viewer *viewer)
{
    return (viewer->look & LOOKS) == 0;
}

static bool has_edges(const vt_viewer *viewer)
{
    return (viewer->look & VT_DECODE_EDGES) != 0;
}

static bool is_wireframe(const vt_viewer *viewer)
{
    return (viewer->look & VT_DECODE_WIREFRAME) != 0;
}

static bool has_box(const vt_viewer *viewer)
{
    return (viewer->look & VT_DECODE_BOX) != 0;
}

static bool has_axes(const vt_viewer *viewer)
{
    return (viewer->look & VT_DECODE_AXES) != 0;
}

static bool is_orthographic(const vt_viewer *viewer)
{
    return (viewer->look & VT_DECODE_ORTHOGRAPHIC) != 0;
}

static bool shows_info(const vt_viewer *viewer)
{
    return viewer->shows_info;
}

static bool shows_histogram(const vt_viewer *viewer)
{
    return viewer->shows_histogram;
}

static bool is_histogram_of_seen(const vt_viewer *viewer)
{
    return viewer->histogram_of_seen;
}

static bool shows_filmstrip(const vt_viewer *viewer)
{
    return viewer->shows_filmstrip;
}

static bool is_comparing(const vt_viewer *viewer)
{
    return viewer->comparing;
}

static bool is_sliding(const vt_viewer *viewer)
{
    return viewer->sliding;
}

static bool is_shuffled(const vt_viewer *viewer)
{
    return viewer->shuffles;
}

static bool is_full_screen(const vt_viewer *viewer)
{
    return viewer->full_screen;
}

/* ---- the table ---- */

#define TEXT(text) VT_TR_NOOP("viewer", text)

const vt_viewer_command_row vt_viewer_commands[VT_VIEWER_COMMAND_COUNT] = {
    [VT_VIEWER_BACK] = {TEXT("Back to the library"), "Esc", VT_VIEWER_AT_LEFT, VT_ICON_BACK, ON_ALL, false,
                        true, back, NULL},
    [VT_VIEWER_PREVIOUS] = {TEXT("Previous"), "Left", VT_VIEWER_AT_LEFT, VT_ICON_PREVIOUS, ON_ALL, false,
                            true, previous, NULL},
    [VT_VIEWER_NEXT] = {TEXT("Next"), "Right", VT_VIEWER_AT_LEFT, VT_ICON_NEXT, ON_ALL, false, true, next,
                        NULL},
    [VT_VIEWER_FIRST] = {TEXT("First"), "Home", VT_VIEWER_NOWHERE, -1, ON_ALL, false, true, first, NULL},
    [VT_VIEWER_LAST] = {TEXT("Last"), "End", VT_VIEWER_NOWHERE, -1, ON_ALL, false, true, last, NULL},
    [VT_VIEWER_ZOOM_OUT] = {TEXT("Zoom out"), "-", VT_VIEWER_AT_RIGHT, VT_ICON_ZOOM_OUT, ON_ALL, true, true,
                            zoom_out, NULL},
    [VT_VIEWER_ZOOM_IN] = {TEXT("Zoom in"), "+", VT_VIEWER_AT_RIGHT, VT_ICON_ZOOM_IN, ON_ALL, false, true,
                           zoom_in, NULL},
    [VT_VIEWER_FIT] = {TEXT("Fit to the window"), "0", VT_VIEWER_AT_RIGHT, VT_ICON_FIT, ON_ALL, false, true,
                       fit, is_fitted},
    [VT_VIEWER_ACTUAL_SIZE] = {TEXT("Actual size"), "1", VT_VIEWER_AT_RIGHT, VT_ICON_ACTUAL_SIZE, ON_PICTURE,
                               false, true, actual_size, NULL},
    [VT_VIEWER_FIT_WIDTH] = {TEXT("Fit to the width"), "W", VT_VIEWER_NOWHERE, -1, ON_PICTURE, false, true,
                             fit_width, is_fitted_to_width},
    [VT_VIEWER_FILL] = {TEXT("Fill the window"), "Shift+W", VT_VIEWER_NOWHERE, -1, ON_PICTURE, false, true,
                        fill, is_filling},
    [VT_VIEWER_ROTATE_LEFT] = {TEXT("Rotate left"), "[", VT_VIEWER_AT_RIGHT, VT_ICON_ROTATE_LEFT, ON_PICTURE,
                               true, true, rotate_left, NULL},
    [VT_VIEWER_ROTATE_RIGHT] = {TEXT("Rotate right"), "]", VT_VIEWER_AT_RIGHT, VT_ICON_ROTATE_RIGHT,
                                ON_PICTURE, false, true, rotate_right, NULL},
    [VT_VIEWER_FLIP_ACROSS] = {TEXT("Mirror left and right"), "H", VT_VIEWER_NOWHERE, -1, ON_PICTURE, false,
                               true, flip_across, NULL},
    [VT_VIEWER_FLIP_DOWN] = {TEXT("Mirror top and bottom"), "V", VT_VIEWER_NOWHERE, -1, ON_PICTURE, false,
                             true, flip_down, NULL},
    [VT_VIEWER_GROUND] = {TEXT("Next background"), "B", VT_VIEWER_NOWHERE, -1, ON_ALL, true, true,
                          next_ground, NULL},
    [VT_VIEWER_SHADED] = {TEXT("Shaded"), "", VT_VIEWER_NOWHERE, -1, ON_MODEL, true, true, shaded, is_shaded},
    [VT_VIEWER_EDGES] = {TEXT("Shaded, with edges"), "", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true, edges,
                         has_edges},
    [VT_VIEWER_WIREFRAME] = {TEXT("Wireframe"), "", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true, wireframe,
                             is_wireframe},
    [VT_VIEWER_NEXT_LOOK] = {TEXT("Next of these"), "Z", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true,
                             next_look, NULL},
    [VT_VIEWER_BOX] = {TEXT("Box and measures"), "M", VT_VIEWER_NOWHERE, -1, ON_MODEL, true, true, box,
                       has_box},
    [VT_VIEWER_AXES] = {TEXT("Axes"), "A", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true, axes, has_axes},
    [VT_VIEWER_ORTHOGRAPHIC] = {TEXT("Without perspective"), "5", VT_VIEWER_NOWHERE, -1, ON_MODEL, false,
                                true, orthographic, is_orthographic},
    [VT_VIEWER_FROM_FRONT] = {TEXT("From the front"), "1", VT_VIEWER_NOWHERE, -1, ON_MODEL, true, true,
                              from_front, NULL},
    [VT_VIEWER_FROM_BACK] = {TEXT("From the back"), "2", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true,
                             from_back, NULL},
    [VT_VIEWER_FROM_RIGHT] = {TEXT("From the right"), "3", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true,
                              from_right, NULL},
    [VT_VIEWER_FROM_LEFT] = {TEXT("From the left"), "4", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true,
                             from_left, NULL},
    [VT_VIEWER_FROM_TOP] = {TEXT("From above"), "7", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true, from_top,
                            NULL},
    [VT_VIEWER_FROM_BELOW] = {TEXT("From below"), "8", VT_VIEWER_NOWHERE, -1, ON_MODEL, false, true,
                              from_below, NULL},
    [VT_VIEWER_REPEAT] = {TEXT("At the end: again, back and forth, or stop"), "L", VT_VIEWER_NOWHERE, -1,
                          ON_SEQUENCE, true, true, vt_sequence_repeat, NULL},
    [VT_VIEWER_INFO] = {TEXT("Facts"), "I", VT_VIEWER_AT_RIGHT, VT_ICON_INFO, ON_ALL, true, true, info,
                        shows_info},
    [VT_VIEWER_HISTOGRAM] = {TEXT("Histogram"), "G", VT_VIEWER_NOWHERE, -1, ON_PICTURE, false, true,
                             histogram, shows_histogram},
    [VT_VIEWER_HISTOGRAM_OF_SEEN] = {TEXT("Histogram of what is shown"), "Shift+G", VT_VIEWER_NOWHERE, -1,
                                     ON_IMAGE, false, true, histogram_of_seen, is_histogram_of_seen},
    [VT_VIEWER_FILMSTRIP] = {TEXT("Filmstrip"), "T", VT_VIEWER_NOWHERE, -1, ON_ALL, false, true, filmstrip,
                             shows_filmstrip},
    [VT_VIEWER_COMPARE] = {TEXT("Compare with the next"), "C", VT_VIEWER_NOWHERE, -1, ON_ALL, false, true,
                           compare, is_comparing},
    [VT_VIEWER_SLIDE_SHOW] = {TEXT("Slide show"), "S", VT_VIEWER_NOWHERE, -1, ON_ALL, true, true, slide_show,
                              is_sliding},
    [VT_VIEWER_SHUFFLE] = {TEXT("Shuffled"), "Shift+S", VT_VIEWER_NOWHERE, -1, ON_ALL, false, true, shuffle,
                           is_shuffled},
    [VT_VIEWER_FULL_SCREEN] = {TEXT("Full screen"), "F", VT_VIEWER_AT_RIGHT, VT_ICON_FULL_SCREEN, ON_ALL,
                               true, true, full_screen, is_full_screen},
    [VT_VIEWER_MENU] = {TEXT("All that can be done"), "Menu", VT_VIEWER_AT_RIGHT, VT_ICON_MORE, ON_ALL, false,
                        false, menu, NULL},
};

const char *vt_viewer_command_text(vt_viewer_command command)
{
    return vt_tr("viewer", vt_viewer_commands[command].text);
}

const char *vt_viewer_command_keys(vt_viewer_command command)
{
    return vt_viewer_commands[command].keys_text;
}

/* What is done to panes side by side, or to all of the window. The rest would change the one item that cannot
   be seen behind them. */
static bool is_for_compared(vt_viewer_command command)
{
    switch (command) {
    case VT_VIEWER_BACK:
    case VT_VIEWER_PREVIOUS:
    case VT_VIEWER_NEXT:
    case VT_VIEWER_ZOOM_OUT:
    case VT_VIEWER_ZOOM_IN:
    case VT_VIEWER_FIT:
    case VT_VIEWER_ACTUAL_SIZE:
    case VT_VIEWER_COMPARE:
    case VT_VIEWER_FULL_SCREEN:
    case VT_VIEWER_MENU:
        return true;
    default:
        return false;
    }
}

bool vt_viewer_can(const vt_viewer *viewer, vt_viewer_command command)
{
    return viewer->comparing ? is_for_compared(command)
                             : (vt_viewer_commands[command].on & viewer->mode->kind) != 0;
}

void vt_viewer_do(vt_viewer *viewer, vt_viewer_command command)
{
    const vt_viewer_command_row *row = &vt_viewer_commands[command];
    if (viewer->row >= 0 && viewer->comparing && vt_compare_do(viewer->compare, command)) {
        return;
    }
    if (viewer->row >= 0 && vt_viewer_can(viewer, command)) {
        row->run(viewer);
        vt_viewer_update_buttons(viewer);
    }
}
