/*
 * A row of marks to click on: five stars, or the colour labels. The left and right arrows choose, too. UI
 * thread only.
 */
#ifndef VT_UI_INFO_MARK_FIELD_H
#define VT_UI_INFO_MARK_FIELD_H

#include <qt6c/qwidget.h>

#include <stdbool.h>

typedef enum vt_mark_kind { VT_MARK_STARS, VT_MARK_LABELS } vt_mark_kind;

typedef struct vt_mark_field vt_mark_field;

/* `chosen` is told of what the user chose: 0 when the mark that is there is clicked again. Owned by its
   parent. */
vt_mark_field *vt_mark_field_create(QWidgetRef parent, vt_mark_kind kind,
                                    void (*chosen)(void *user, int number), void *user);
QWidget *vt_mark_field_widget(vt_mark_field *field);

/* Shows `number`, 0: none; -1: several items have several ones. */
void vt_mark_field_set(vt_mark_field *field, int number);

#endif
