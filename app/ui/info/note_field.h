/* A note of several lines: written when the box is left or with Ctrl+Enter; Escape takes back what was typed.
   UI thread only. */
#ifndef VT_UI_INFO_NOTE_FIELD_H
#define VT_UI_INFO_NOTE_FIELD_H

#include <qt6c/qwidget.h>

#include <stdbool.h>

typedef struct vt_note_field vt_note_field;

/* `changed` is told of a note to be written, `left` of Escape. Owned by its parent. */
vt_note_field *vt_note_field_create(QWidgetRef parent, void (*changed)(void *user, const char *text),
                                    void (*left)(void *user), void *user);
QWidget *vt_note_field_widget(vt_note_field *field);

/* Shows a note, unless another one is being typed. */
void vt_note_field_set(vt_note_field *field, const char *text, bool differs);

/* Writes what was typed. */
void vt_note_field_commit(vt_note_field *field);

#endif
