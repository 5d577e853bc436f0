/*
 * Tags of the chosen items as chips, and a line to type new ones into. A chip that only some of the items
 * have says how many. A click on a chip takes the tag from all; on one that only some have, it gives it to
 * all, and Delete takes it away. UI thread only.
 */
#ifndef VT_UI_INFO_TAG_FIELD_H
#define VT_UI_INFO_TAG_FIELD_H

#include "core/catalog/marks_survey.h"

#include <qt6c/qwidget.h>

#include <stddef.h>

typedef struct vt_tag_field vt_tag_field;

typedef struct vt_tag_field_ops {
    void (*add)(void *user, const char *tag);
    void (*remove)(void *user, const char *tag);
    void (*typed)(void *user, const char *text); /* asks for suggestions; "" for nothing */
    void (*left)(void *user);                    /* Escape: back to where the user came from */
} vt_tag_field_ops;

/* Owned by its parent. */
vt_tag_field *vt_tag_field_create(QWidgetRef parent, const vt_tag_field_ops *ops, void *user);
QWidget *vt_tag_field_widget(vt_tag_field *field);

/* Shows these tags, which `items` items share; copied. `left_out` more are not shown. */
void vt_tag_field_set(vt_tag_field *field, const vt_shared_tag *tags, size_t count, size_t items,
                      size_t left_out);

/* What has just been done, shown until the tags are set again: all have the tag, or none. */
void vt_tag_field_change(vt_tag_field *field, const char *tag, bool has);

/* Tags that complete what is typed now. */
void vt_tag_field_suggest(vt_tag_field *field, const char *const *tags, size_t count);

/* Puts the cursor into the line. */
void vt_tag_field_focus(vt_tag_field *field);

#endif
