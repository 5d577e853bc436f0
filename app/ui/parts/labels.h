/* The colour labels: names as Lightroom and darktable have them, and colours that stand out on light and dark
   grounds. No Qt; any thread. */
#ifndef VT_UI_PARTS_LABELS_H
#define VT_UI_PARTS_LABELS_H

#include <stdint.h>

typedef struct vt_label_info {
    const char *name;
    uint32_t rgb; /* 0xRRGGBB */
} vt_label_info;

/* Labels are 1 to this; a catalog may hold higher ones, which other programs gave. */
#define VT_LABELS 5

/* NULL for 0 and for a label that has no colour here. Valid for ever. */
const vt_label_info *vt_label_get(int label);

#endif
