/*
 * The fields of the export's dialogue: made, fitted to a kind, shown from a wish and read as one. Widgets are
 * children of the dialogue, and the form a part of it. UI thread only.
 */
#ifndef VT_UI_FILES_EXPORT_FORM_H
#define VT_UI_FILES_EXPORT_FORM_H

#include "app/ui/files/export_job.h"
#include "app/ui/files/export_kinds.h"

#include <qt6c/qcheckbox.h>
#include <qt6c/qcombobox.h>
#include <qt6c/qformlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qspinbox.h>

typedef struct vt_export_form {
    QWidget *parent;
    void (*changed)(void *user);
    void *user;
    QFormLayout *layout;
    QWidget *rows[VT_EXPORT_FIELD_COUNT], *labels[VT_EXPORT_FIELD_COUNT]; /* by bit */
    QLabel *note;
    QComboBox *which, *kind, *sequences, *paper;
    QLineEdit *folder;
    QSpinBox *side, *quality, *columns;
    QCheckBox *describe, *landscape, *captions[VT_SHEET_LINE_COUNT];
    bool quiet; /* the fields are set by us */
} vt_export_form;

/* Makes the fields; its layout is the caller's to place. `changed` is called for each change of a field. */
void vt_export_form_make(vt_export_form *form, QWidget *parent, void (*changed)(void *user), void *user);

/* What the fields say; the folder is free()d by the caller, NULL when memory runs out. */
vt_export_wish vt_export_form_read(const vt_export_form *form);

/* The other way round; nothing is told of that. */
void vt_export_form_show(vt_export_form *form, const vt_export_wish *wish);

/* Only the fields that `kind` has are shown, and what is to be known of it. */
void vt_export_form_fit(vt_export_form *form, vt_export_kind kind);

/* Which items can be exported; `all_count` 0: only those that are chosen. */
void vt_export_form_offer(vt_export_form *form, int64_t chosen_count, int64_t all_count);
bool vt_export_form_wants_all(const vt_export_form *form);

#endif
