/* `sequence:ITEM`: a sequence in a pane: each frame is looked at as a picture, gone through by the slider and
   keys, or played. */
#include "app/ui/panes/pane_look.h"
#include "app/ui/panes/pane_types.h"

#include "app/ui/keys/keymap.h"
#include "app/ui/keys/view_keys.h"
#include "core/base/translatable.h"
#include "core/import/sequence_edit.h"

#include <string.h>

enum { IDLE = 4 };

/* The frame at `index` becomes the file that is looked at. */
static bool point_at(vt_pane_look *look, uint64_t index)
{
    vt_str_clear(&look->frame_path);
    if (!vt_sequence_facts_path(look->facts, index, &look->frame_path) || look->frame_path.failed) {
        return false;
    }
    look->frame = index;
    vt_frame_bar_set_frame(look->frame_bar, look->facts, index);
    return true;
}

static void pause(vt_pane_look *look)
{
    if (vt_player_is_playing(look->player)) {
        vt_player_stop(look->player);
        vt_frame_bar_set_playing(look->frame_bar, false);
    }
}

static void go_to(vt_pane_look *look, uint64_t index)
{
    pause(look);
    if (point_at(look, index)) {
        vt_pane_look_request_image(look);
    }
}

static void play(vt_pane_look *look)
{
    uint32_t width, height;
    if (look->facts->frames > 1) {
        vt_request_cancel(look->request);
        look->request = NULL;
        vt_pane_look_image_box(look, &width, &height);
        vt_frame_bar_set_playing(look->frame_bar, true);
        bool ended = look->repeat == VT_PLAYBACK_ONCE && look->frame + 1 == look->facts->frames;
        vt_player_start(look->player, look->facts, ended ? 0 : look->frame, look->repeat, width, height);
    }
}

/* ---- the bar and the player ---- */

static void show_frame(void *user, uint64_t index, vt_picture *picture)
{
    vt_pane_look *look = user;
    point_at(look, index);
    vt_pane_image_mode.arrived(look, picture);
    picture->pixels = NULL;
    vt_picture_clear(picture);
    if (look->repeat == VT_PLAYBACK_ONCE && index + 1 == look->facts->frames) {
        pause(look);
    }
}

static void bar_toggled(void *user)
{
    vt_pane_look *look = user;
    if (look->facts && vt_player_is_playing(look->player)) {
        pause(look);
        vt_pane_image_mode.rested(look);
    } else if (look->facts) {
        play(look);
    }
}

static void bar_moved(void *user, uint64_t index)
{
    vt_pane_look *look = user;
    if (look->facts && index < look->facts->frames) {
        go_to(look, index);
    }
}

/* For this pane: the viewer keeps it. */
static void bar_rate(void *user, const char *text)
{
    vt_pane_look *look = user;
    vt_frame_rate rate;
    vt_error error = VT_ERROR_INIT;
    if (!look->facts) {
        return;
    }
    if (vt_frame_rate_parse(text, strlen(text), &rate, NULL, &error)) {
        look->facts->rate = rate;
        if (vt_player_is_playing(look->player)) {
            vt_player_set_rate(look->player, rate);
        }
    } else {
        vt_canvas_set_message(look->canvas, VT_CANVAS_NOTE, error.message, "");
    }
    vt_frame_bar_set_facts(look->frame_bar, look->facts, true);
    vt_frame_bar_set_frame(look->frame_bar, look->facts, look->frame);
}

static void bar_repeat(void *user)
{
    vt_pane_look *look = user;
    bool playing = look->facts && vt_player_is_playing(look->player);
    look->repeat = (vt_playback_repeat)((look->repeat + 1) % VT_PLAYBACK_REPEAT_COUNT);
    vt_frame_bar_set_repeat(look->frame_bar, look->repeat);
    if (playing) {
        pause(look);
        play(look);
    }
}

static const vt_frame_bar_ops bar_ops = {
    .toggled = bar_toggled, .moved = bar_moved, .rate_entered = bar_rate, .repeat = bar_repeat};

static void make_bar(vt_pane_look *look)
{
    if (!look->frame_bar) {
        look->frame_bar = vt_frame_bar_create(look->content.widget, &bar_ops, look);
        q_boxlayout_add_widget(look->layout, vt_frame_bar_widget(look->frame_bar));
        look->player =
            vt_player_create(look->content.widget, look->content.context->engine, show_frame, look);
    }
    q_widget_set_visible(vt_frame_bar_widget(look->frame_bar), true);
}

/* ---- the mode ---- */

static void facts_ready(void *user, vt_sequence_facts *facts, const vt_error *error)
{
    vt_pane_look *look = user;
    look->facts_request = NULL;
    if (!facts) {
        vt_pane_look_fail(look, error);
        return;
    }
    look->facts = facts;
    make_bar(look);
    vt_frame_bar_set_facts(look->frame_bar, facts, true);
    uint64_t wanted = look->saved.is_set ? (uint64_t)look->saved.frame : 0;
    if (look->player && point_at(look, wanted < facts->frames ? wanted : 0)) {
        vt_pane_image_mode.start(look);
    } else {
        vt_error memory = VT_ERROR_INIT;
        vt_error_set(&memory, VT_ERROR_MEMORY, "out of memory for this sequence");
        vt_pane_look_fail(look, &memory);
    }
}

static void start(vt_pane_look *look)
{
    vt_error error = VT_ERROR_INIT;
    look->facts_request = vt_engine_request_facts(look->content.context->engine, look->item.brief.id,
                                                  facts_ready, look, &error);
    if (!look->facts_request) {
        vt_pane_look_fail(look, &error);
    }
}

void vt_pane_look_forget_sequence(vt_pane_look *look)
{
    vt_facts_request_cancel(look->facts_request);
    look->facts_request = NULL;
    if (look->player) {
        vt_player_stop(look->player);
        vt_frame_bar_set_playing(look->frame_bar, false);
        q_widget_set_visible(vt_frame_bar_widget(look->frame_bar), false);
    }
    vt_sequence_facts_free(look->facts);
    look->facts = NULL;
    look->frame = 0;
}

static void arrived(vt_pane_look *look, vt_picture *picture)
{
    vt_pane_image_mode.arrived(look, picture);
}

static void resized(vt_pane_look *look, double width, double height)
{
    uint32_t box_width, box_height;
    if (look->facts) {
        vt_pane_image_mode.resized(look, width, height);
        vt_pane_look_image_box(look, &box_width, &box_height);
        vt_player_set_size(look->player, box_width, box_height);
    }
}

static void drag(vt_pane_look *look, vt_canvas_button button, bool shift, double dx, double dy)
{
    if (look->facts) {
        vt_pane_image_mode.drag(look, button, shift, dx, dy);
    }
}

static void zoom(vt_pane_look *look, double factor, double x, double y)
{
    if (look->facts) {
        vt_pane_image_mode.zoom(look, factor, x, y);
    }
}

static void fit(vt_pane_look *look, vt_viewport_fitting fitting)
{
    if (look->facts) {
        vt_pane_image_mode.fit(look, fitting);
    }
}

static void actual_size(vt_pane_look *look, double x, double y)
{
    if (look->facts) {
        vt_pane_image_mode.actual_size(look, x, y);
    }
}

static void rested(vt_pane_look *look)
{
    if (look->facts && !vt_player_is_playing(look->player)) {
        vt_pane_image_mode.rested(look);
    }
}

static bool key(vt_pane_look *look, int code)
{
    if (!look->facts) {
        return false;
    }
    uint64_t frames = look->facts->frames;
    switch (code) {
    case Qt_Key_Space:
        bar_toggled(look);
        return true;
    case Qt_Key_Left:
        go_to(look, (look->frame + frames - 1) % frames);
        return true;
    case Qt_Key_Right:
        go_to(look, (look->frame + 1) % frames);
        return true;
    case Qt_Key_Home:
        go_to(look, 0);
        return true;
    case Qt_Key_End:
        go_to(look, frames - 1);
        return true;
    default:
        return false;
    }
}

static void restored(vt_pane_look *look)
{
    if (look->facts && (uint64_t)look->saved.frame < look->facts->frames &&
        (uint64_t)look->saved.frame != look->frame) {
        go_to(look, (uint64_t)look->saved.frame);
    }
    if (look->facts) { /* else when they have come */
        vt_pane_image_mode.restored(look);
    }
}

const vt_pane_look_mode vt_pane_sequence_mode = {.start = start,
                                                 .arrived = arrived,
                                                 .resized = resized,
                                                 .drag = drag,
                                                 .zoom = zoom,
                                                 .fit = fit,
                                                 .actual_size = actual_size,
                                                 .rested = rested,
                                                 .key = key,
                                                 .restored = restored,
                                                 .keys = VT_KEYS_SEQUENCE};

static vt_pane_content *create(const vt_pane_context *context, vt_error *error)
{
    return vt_pane_look_create(&vt_pane_sequence_type, context, error);
}

const vt_pane_type vt_pane_sequence_type = {.name = "sequence",
                                            .title = VT_TR_NOOP("panes", "Sequence"),
                                            .argument = VT_TR_NOOP("panes", "item"),
                                            .icon = VT_ICON_SEQUENCE,
                                            .idle = IDLE,
                                            VT_PANE_LOOK_TYPE(create)};
