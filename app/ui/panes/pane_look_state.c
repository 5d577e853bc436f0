/* What is looked at and how, as the state of a pane that shows one item. */
#include "app/ui/panes/pane_look.h"

#include "core/base/json_reader.h"
#include "core/base/json_writer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void write_camera(vt_json_writer *json, const vt_model_view *camera)
{
    vt_json_array_begin(json);
    vt_json_double(json, camera->yaw);
    vt_json_double(json, camera->pitch);
    vt_json_double(json, camera->zoom);
    vt_json_double(json, camera->pan_x);
    vt_json_double(json, camera->pan_y);
    vt_json_array_end(json);
}

static void write_picture(const vt_pane_look *look, vt_json_writer *json)
{
    double x, y, width, height;
    vt_viewport_seen(&look->viewport, &x, &y, &width, &height);
    bool placed = !look->viewport.fitting && look->viewport.picture_width > 0;
    vt_json_double(json, placed ? look->viewport.zoom : 0);
    vt_json_double(json, placed ? (x + width / 2) / look->viewport.picture_width : 0.5);
    vt_json_double(json, placed ? (y + height / 2) / look->viewport.picture_height : 0.5);
}

void *vt_pane_look_save(const vt_pane_content *content, size_t *length)
{
    const vt_pane_look *look = (const vt_pane_look *)content;
    vt_str text = VT_STR_INIT;
    vt_json_writer json;
    vt_json_begin(&json, vt_json_to_str, &text, VT_JSON_COMPACT);
    vt_json_object_begin(&json);
    vt_json_key(&json, "item");
    vt_json_int(&json, look->followed ? look->item.brief.id : 0);
    vt_json_key(&json, "picture");
    vt_json_array_begin(&json);
    write_picture(look, &json);
    vt_json_array_end(&json);
    vt_json_key(&json, "camera");
    write_camera(&json, &look->camera);
    vt_json_key(&json, "frame");
    vt_json_int(&json, (int64_t)look->frame);
    vt_json_object_end(&json);
    bool good = vt_json_end(&json, NULL) && !text.failed;
    *length = text.length;
    if (!good) {
        vt_str_free(&text);
        return NULL;
    }
    return vt_str_take(&text);
}

/* Numbers up to `count`, all finite and within reason; what is missing stays as it was. */
static void read_numbers(vt_json_reader *json, double *numbers, size_t count)
{
    double number = 0;
    size_t at = 0;
    if (vt_json_enter_array(json)) {
        while (vt_json_next_item(json)) {
            bool good = vt_json_read_double(json, &number) && fabs(number) <= 1e6;
            if (good && at < count) {
                numbers[at] = number;
            }
            at++;
        }
    }
}

static void read_state(vt_json_reader *json, vt_pane_look_state *state, int64_t *item)
{
    vt_json_text key;
    double picture[3] = {0, 0.5, 0.5};
    double camera[5] = {0, 0, 1, 0, 0};
    if (vt_json_enter_object(json)) {
        while (vt_json_next_member(json, &key)) {
            if (vt_json_text_is(&key, "item")) {
                vt_json_read_int(json, 0, INT64_MAX, item);
            } else if (vt_json_text_is(&key, "picture")) {
                read_numbers(json, picture, 3);
            } else if (vt_json_text_is(&key, "camera")) {
                read_numbers(json, camera, 5);
            } else if (vt_json_text_is(&key, "frame")) {
                vt_json_read_int(json, 0, INT64_MAX, &state->frame);
            } else {
                vt_json_skip(json);
            }
        }
    }
    state->zoom = picture[0], state->x = picture[1], state->y = picture[2];
    state->camera = (vt_model_view){.yaw = (float)camera[0],
                                    .pitch = (float)camera[1],
                                    .zoom = (float)fmax(0.1, fmin(50, camera[2])),
                                    .pan_x = (float)camera[3],
                                    .pan_y = (float)camera[4]};
}

void vt_pane_look_restore(vt_pane_content *content, const void *bytes, size_t length)
{
    vt_pane_look *look = (vt_pane_look *)content;
    vt_json_reader json;
    vt_pane_look_state state = {.is_set = true};
    int64_t item = 0;
    vt_json_read_begin(&json, "the state of a pane", bytes, length);
    read_state(&json, &state, &item);
    if (!vt_json_read_end(&json, NULL) || content->stage == VT_PANE_EMPTY) {
        return;
    }
    if (item && item != look->item.brief.id) {
        vt_pane_look_select(content, &item, 1);
    }
    if (content->stage != VT_PANE_FAILED && look->mode) {
        look->saved = state;
        look->mode->restored(look);
    }
}
