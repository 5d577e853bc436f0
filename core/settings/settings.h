/*
 * Settings: what the user may choose, as a const table (settings.c) that the file, the command line and the
 * dialogue read. A new setting is one line there and whoever asks for its value.
 *
 * A value is a whole number in the unit that the table names; a switch is 0 or 1; a choice is the place of
 * its word in the list, from 0 on. What all of them are is a plain value, vt_settings: it is copied, and has
 * no lock. settings_file.h keeps it. Any thread.
 */
#ifndef VT_SETTINGS_SETTINGS_H
#define VT_SETTINGS_SETTINGS_H

#include "core/base/error.h"
#include "core/decode/limits.h"
#include "core/memory/pressure.h"
#include "core/memory/registry.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum vt_setting {
    VT_SETTING_JOBS,
    VT_SETTING_SEQUENCES,     /* a vt_sequence_mode (core/import/sequence.h) */
    VT_SETTING_SHARED_THUMBS, /* 0 off, 1 read, 2 write */
    VT_SETTING_SIDECARS,      /* a vt_sidecar_use (core/import/sidecars.h) */
    VT_SETTING_SIDECAR_NAME,  /* a vt_sidecar_name (core/sidecar/sidecar_read.h) */
    VT_SETTING_MEMORY_SOFT,
    VT_SETTING_MEMORY_HARD,
    VT_SETTING_MEMORY_PICTURES,
    VT_SETTING_MEMORY_PANES,
    VT_SETTING_LOAD_AHEAD,
    VT_SETTING_VIEWER_GROUND, /* a vt_canvas_ground (app/ui/viewer/canvas.h) */
    VT_SETTING_SLIDE_SECONDS,
    VT_SETTING_SLIDES_LOOP,
    VT_SETTING_ALIKE, /* which images look alike: 0 strict, 1 normal, 2 loose */
    VT_SETTING_TWINS_FOLLOW,
    VT_SETTING_STACKS,   /* what is done to a closed stack: 0 to all of it, 1 to its cover */
    VT_SETTING_LANGUAGE, /* of the window: 0 the desktop's, 1 English, 2 German */
    VT_SETTING_LIMIT_PIXELS,
    VT_SETTING_LIMIT_PIXELS_SCALED,
    VT_SETTING_LIMIT_SIDE,
    VT_SETTING_LIMIT_IMAGE_FILE,
    VT_SETTING_LIMIT_MODEL_FILE,
    VT_SETTING_LIMIT_TRIANGLES,
    VT_SETTING_LIMIT_SCANS,
    VT_SETTING_LIMIT_TIME,
    VT_SETTING_LIMIT_TIME_PER_MIB,
    VT_SETTING_LIMIT_TIME_MAX,
    VT_SETTING_LIMIT_MEMORY,
    VT_SETTING_COUNT
} vt_setting;

typedef enum vt_setting_type { VT_SETTING_NUMBER, VT_SETTING_SWITCH, VT_SETTING_CHOICE } vt_setting_type;

/* Static texts in English. */
typedef struct vt_setting_info {
    const char *name;  /* in the file and on the command line: "limits.pixels" */
    const char *group; /* of the dialogue; those of a group stand together in the table */
    const char *title;
    vt_setting_type type;
    int64_t least, most, standard;
    const char *unit;         /* of the value; "" if there is none */
    const char *zero;         /* what 0 stands for; NULL: just 0, or not allowed */
    const char *help;         /* a sentence */
    const char *const *words; /* of a choice, one for each value, NULL behind the last; else NULL */
} vt_setting_info;

typedef struct vt_settings {
    int64_t values[VT_SETTING_COUNT];
} vt_settings;

const vt_setting_info *vt_setting_get(vt_setting which);

/* False and VT_ERROR_USAGE, which says where the names are, for a name that is none. */
bool vt_setting_find(const char *name, vt_setting *which, vt_error *error);

/* The value that `text` stands for: a number in the setting's unit and range; yes or no; one of the words.
   False and VT_ERROR_USAGE that names the setting and what it takes. */
bool vt_setting_parse(vt_setting which, const char *text, int64_t *value, vt_error *error);

/* A value as vt_setting_parse takes it. */
#define VT_SETTING_TEXT_SIZE 24
void vt_setting_format(vt_setting which, int64_t value, char text[VT_SETTING_TEXT_SIZE]);

vt_settings vt_settings_default(void);

/* False and VT_ERROR_USAGE if two values contradict each other (a soft limit above the hard one). `first` and
   `second` are these two; they may be NULL. */
bool vt_settings_check(const vt_settings *settings, vt_setting *first, vt_setting *second, vt_error *error);

/* What they mean to others. */
vt_limits vt_settings_limits(const vt_settings *settings);
vt_memory_limits vt_settings_memory(const vt_settings *settings);
/* Tells the registry how large caches may be. Waits as vt_registry_set_quota. */
void vt_settings_set_quotas(const vt_settings *settings, vt_registry *registry);

#endif
