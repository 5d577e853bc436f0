/* The kinds of exports as the dialogue offers them, and which fields each has. Constant data, any thread. */
#ifndef VT_UI_FILES_EXPORT_KINDS_H
#define VT_UI_FILES_EXPORT_KINDS_H

#include "app/ui/files/export_job.h"

/* The fields that not every kind has. */
typedef enum vt_export_field {
    VT_EXPORT_FIELD_SIDE = 1 << 0,
    VT_EXPORT_FIELD_QUALITY = 1 << 1,
    VT_EXPORT_FIELD_SEQUENCES = 1 << 2,
    VT_EXPORT_FIELD_DESCRIBE = 1 << 3,
    VT_EXPORT_FIELD_PAPER = 1 << 4,
    VT_EXPORT_FIELD_LANDSCAPE = 1 << 5,
    VT_EXPORT_FIELD_COLUMNS = 1 << 6,
    VT_EXPORT_FIELD_CAPTIONS = 1 << 7,
    VT_EXPORT_FIELD_COUNT = 8
} vt_export_field;

typedef struct vt_export_kind_info {
    const char *name, *note; /* English, to be translated in the context "export" */
    unsigned fields;         /* of vt_export_field */
} vt_export_kind_info;

const vt_export_kind_info *vt_export_kind_get(vt_export_kind kind);

#endif
