/*
 * A line to type into, over a cell of the table. It belongs to no delegate of Qt's, which would close it with
 * each new row of an import. UI thread only.
 */
#ifndef VT_UI_TABLE_CELL_EDITOR_H
#define VT_UI_TABLE_CELL_EDITOR_H

#include <qt6c/qrect.h>
#include <qt6c/qwidget.h>

#include <stdbool.h>
#include <stddef.h>

typedef struct vt_cell_editor vt_cell_editor;

/* Why typing ends, and where the keyboard goes: nowhere else, to the cell beside, to the row above or below;
   or another widget has it already. */
typedef enum vt_cell_end {
    VT_CELL_DONE,
    VT_CELL_NEXT,
    VT_CELL_PREVIOUS,
    VT_CELL_UP,
    VT_CELL_DOWN,
    VT_CELL_LEFT
} vt_cell_end;

typedef struct vt_cell_editor_ops {
    void (*ended)(void *user, const char *text, vt_cell_end end);
    void (*cancelled)(void *user);
    void (*typed)(void *user, const char *text, size_t cursor); /* bytes before it; asks for suggestions */
    /* `choice` was chosen from the suggestions: the line with it put in is handed to vt_cell_editor_take. */
    void (*chosen)(void *user, const char *text, size_t cursor, const char *choice);
} vt_cell_editor_ops;

/* Hidden at first; owned by `parent`. */
vt_cell_editor *vt_cell_editor_create(QWidgetRef parent, const vt_cell_editor_ops *ops, void *user);

/* Shows it with `text`, all of which is selected. `name` is what a screen reader says, copied. */
void vt_cell_editor_begin(vt_cell_editor *editor, const char *name, const char *text, bool completes);
void vt_cell_editor_end(vt_cell_editor *editor);
/* Something was typed since it was shown. */
bool vt_cell_editor_is_changed(const vt_cell_editor *editor);
/* What is in it; free(). NULL without memory. */
char *vt_cell_editor_text(vt_cell_editor *editor);

void vt_cell_editor_place(vt_cell_editor *editor, QRect cell);

/* For what is typed now; none hides the list. */
void vt_cell_editor_suggest(vt_cell_editor *editor, const char *const *words, size_t count);
/* Puts another text in, with the cursor at its end. */
void vt_cell_editor_take(vt_cell_editor *editor, const char *text);

#endif
