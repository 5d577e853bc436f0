#include "app/decoder/view.h"

#include "app/decoder/sandbox.h"
#include "core/mesh/model.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

/* A model that may stay beside the decoding of a picture. */
#define KEPT_BYTES ((size_t)128 << 20)

/* Finest sampling up to this many pixels: above, a frame would take too long and the screen is fine anyway.
 */
#define FINE_PIXELS ((uint64_t)1 << 20)

struct vt_view {
    vt_model *model;
    vt_media_info info;
    vt_error trouble; /* why the model is not whole; code VT_ERROR_NONE if it is */
    struct stat identity;
};

vt_view *vt_view_create(void)
{
    return calloc(1, sizeof(vt_view));
}

void vt_view_free(vt_view *view)
{
    if (view) {
        vt_model_free(view->model);
        free(view);
    }
}

static void forget(vt_view *view)
{
    vt_model_free(view->model);
    view->model = NULL;
}

void vt_view_make_room(vt_view *view)
{
    if (view->model && vt_model_bytes(view->model) > KEPT_BYTES) {
        forget(view);
    }
}

static bool is_same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool load(vt_view *view, int fd, const vt_wire_request *request, vt_error *error)
{
    struct stat now;
    if (vt_sandbox_fstat(fd, &now) != 0) {
        return vt_error_set_errno(error, errno, "cannot be examined");
    }
    if (view->model && is_same_file(&view->identity, &now)) {
        vt_model_set_file(view->model, fd);
        return true;
    }
    forget(view);
    bool partial = false;
    vt_error_clear(&view->trouble);
    const vt_mesh_limits limits = vt_mesh_limits_for(request->max_triangles, request->max_memory);
    view->model = vt_model_load(fd, request->file_bytes, &limits, &view->info, &partial, &view->trouble);
    view->identity = now;
    if (!view->model) {
        if (error) {
            *error = view->trouble;
        }
        return false;
    }
    if (!partial) {
        vt_error_clear(&view->trouble);
    }
    return true;
}

static vt_camera camera_of(const vt_wire_request *request)
{
    vt_camera camera = vt_camera_default();
    /* Where the default camera stands, so that yaw and pitch count from there. */
    const float *towards = camera.rotation[2];
    float azimuth = atan2f(towards[0], -towards[1]);
    float elevation = asinf(fmaxf(-1, fminf(1, towards[2])));
    float highest = (float)M_PI_2;
    elevation = fmaxf(-highest, fminf(highest, elevation + request->pitch));
    vt_camera_look_from(&camera, azimuth - request->yaw, elevation);
    if (request->flags & VT_DECODE_ORTHOGRAPHIC) {
        camera.field_of_view = 0;
    }
    if (request->zoom > 0) {
        camera.zoom = fmaxf(VT_CAMERA_ZOOM_MIN, fminf(VT_CAMERA_ZOOM_MAX, request->zoom));
    }
    camera.pan[0] = request->pan_x * (float)request->box_width;
    camera.pan[1] = request->pan_y * (float)request->box_height;
    return camera;
}

bool vt_view_draw(vt_view *view, int fd, const vt_wire_request *request, vt_media_info *info,
                  vt_pixels *pixels, vt_error *error)
{
    if (!load(view, fd, request, error)) {
        *info = view->info;
        return false;
    }
    *info = view->info;
    bool turning = (request->flags & VT_DECODE_TURNING) != 0;
    uint64_t count = (uint64_t)request->box_width * request->box_height;
    const vt_render_target target = {.pixels = pixels->data,
                                     .width = request->box_width,
                                     .height = request->box_height,
                                     .stride = (size_t)request->box_width * 4,
                                     .samples = turning                ? 1
                                                : count <= FINE_PIXELS ? VT_RENDER_SAMPLES_MAX
                                                                       : 2,
                                     .look = request->flags & VT_DECODE_WIREFRAME ? VT_RENDER_WIREFRAME
                                             : request->flags & VT_DECODE_EDGES   ? VT_RENDER_EDGES
                                                                                  : VT_RENDER_FACES,
                                     .box = (request->flags & VT_DECODE_BOX) != 0,
                                     .axes = (request->flags & VT_DECODE_AXES) != 0};
    const vt_camera camera = camera_of(request);
    if (!vt_model_draw(view->model, &camera, turning ? VT_MODEL_TURNING : VT_MODEL_STILL, &target, error)) {
        return false;
    }
    pixels->width = target.width;
    pixels->height = target.height;
    pixels->stride = target.stride;
    if (view->trouble.code != VT_ERROR_NONE && error) {
        *error = view->trouble;
    }
    return view->trouble.code == VT_ERROR_NONE;
}
