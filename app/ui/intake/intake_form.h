/*
 * What an import takes in and how it works, as fields: names, kinds, formats, rules, and under "Advanced" the
 * largest number of items, memory, batches, chunks and workers. Remembered between starts. UI thread only.
 */
#ifndef VT_UI_INTAKE_INTAKE_FORM_H
#define VT_UI_INTAKE_INTAKE_FORM_H

#include "core/import/operation.h"

#include <qt6c/qwidget.h>
#include <stdbool.h>

typedef struct vt_intake_form vt_intake_form;

/* `parent` owns it. `changed` is called when a value is another; `folded` when more or fewer lines are shown.
   `jobs`: files the engine decodes at once. `sequences`: what the settings say. */
typedef struct vt_intake_form_ops {
    void (*changed)(void *user);
    void (*folded)(void *user);
} vt_intake_form_ops;
vt_intake_form *vt_intake_form_create(QWidgetRef parent, int jobs, vt_sequence_mode sequences,
                                      const vt_intake_form_ops *ops, void *user);
QWidget *vt_intake_form_widget(vt_intake_form *form);

/* What the fields say. False if one makes no sense: that stands below it, and `*wrong` (NULL allowed) is the
   field. */
bool vt_intake_form_read(vt_intake_form *form, vt_import_options *options, QWidget **wrong);

/* Remembers and restores the fields, in the session's file. */
void vt_intake_form_save(const vt_intake_form *form);
void vt_intake_form_restore(vt_intake_form *form);

/* Shows or hides what is advanced. */
void vt_intake_form_unfold(vt_intake_form *form, bool open);

/* All fields as they are without any choice. */
void vt_intake_form_reset(vt_intake_form *form);

#endif
