/*
 * Camera: from where a model is seen. A plain value that the viewer keeps and changes; any thread.
 *
 * `rotation` holds the directions right, up and towards the viewer, in model space: three orthogonal unit
 * vectors, right-handed. The camera looks at the middle of the model from outside its bounding sphere, so
 * nothing is ever cut off in front; zoom enlarges the picture, it does not move the camera.
 */
#ifndef VT_MESH_CAMERA_H
#define VT_MESH_CAMERA_H

#define VT_CAMERA_ZOOM_MIN 0.05F
#define VT_CAMERA_ZOOM_MAX 200.0F

/* Where the default camera stands, in degrees. */
#define VT_CAMERA_AZIMUTH   35
#define VT_CAMERA_ELEVATION 25

typedef enum vt_camera_fit {
    VT_CAMERA_FIT_SPHERE, /* whole bounding sphere visible: the size stays the same while turning */
    VT_CAMERA_FIT_TIGHT   /* the model as it appears fills the picture: for thumbnails */
} vt_camera_fit;

typedef struct vt_camera {
    float rotation[3][3]; /* right, up, towards the viewer */
    float field_of_view;  /* radians, across the bounding sphere; 0: orthographic; at most 2 */
    float zoom;           /* 1: fits */
    float pan[2];         /* shift right and down, in pixels */
    vt_camera_fit fit;
} vt_camera;

/* Three-quarter view from the front right and above, Z up, slight perspective, whole sphere. */
vt_camera vt_camera_default(void);

/* Looks from `azimuth` (radians, 0 from the front = -Y, growing to the right) and `elevation` (above the
   ground). Z stays up. */
void vt_camera_look_from(vt_camera *camera, float azimuth, float elevation);

/* Turns the model under the pointer: `right` and `down` are radians, about 2 pi per width of the view
   dragged. Free turning about the screen's axes; stays orthogonal however often it is called. */
void vt_camera_turn(vt_camera *camera, float right, float down);

/* Zooms by `factor` so that the point `x`, `y` (pixels from the middle of the view) stays where it is. */
void vt_camera_zoom_at(vt_camera *camera, float factor, float x, float y);

#endif
