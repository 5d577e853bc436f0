/* Private to the form of an import: its fields. intake_form.c: what they say; intake_form_make.c: how they
   stand. */
#ifndef VT_UI_INTAKE_INTAKE_FORM_PRIVATE_H
#define VT_UI_INTAKE_INTAKE_FORM_PRIVATE_H

#include "app/ui/intake/intake_form.h"
#include "core/decode/media.h"

#include <qt6c/qaction.h>
#include <qt6c/qcheckbox.h>
#include <qt6c/qcombobox.h>
#include <qt6c/qdoublespinbox.h>
#include <qt6c/qgridlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qlineedit.h>
#include <qt6c/qpushbutton.h>
#include <qt6c/qspinbox.h>
#include <qt6c/qtoolbutton.h>

typedef enum vt_intake_text {
    VT_INTAKE_NAMES,
    VT_INTAKE_LEAVE_OUT,
    VT_INTAKE_NEWER,
    VT_INTAKE_TEXT_COUNT
} vt_intake_text;

typedef enum vt_intake_check {
    VT_INTAKE_IMAGES,
    VT_INTAKE_MODELS,
    VT_INTAKE_SEQUENCES,
    VT_INTAKE_HIDDEN,
    VT_INTAKE_WATCH,
    VT_INTAKE_SCAN,
    VT_INTAKE_CHECK_COUNT
} vt_intake_check;

typedef enum vt_intake_number {
    VT_INTAKE_ITEMS,
    VT_INTAKE_MEMORY,
    VT_INTAKE_BATCH,
    VT_INTAKE_CHUNK,
    VT_INTAKE_WORKERS,
    VT_INTAKE_NUMBER_COUNT
} vt_intake_number;

struct vt_intake_form {
    QWidget widget; /* first */
    const vt_intake_form_ops *ops;
    void *user;
    int jobs;
    vt_sequence_mode standard_mode;
    QLineEdit *texts[VT_INTAKE_TEXT_COUNT];
    QLabel *wrong[VT_INTAKE_TEXT_COUNT]; /* what is wrong with each; hidden if nothing is */
    QCheckBox *checks[VT_INTAKE_CHECK_COUNT];
    QPushButton *formats;
    QAction *format_actions[VT_FORMAT_COUNT];
    QComboBox *mode;              /* a vt_sequence_mode */
    QDoubleSpinBox *least, *most; /* MB; 0: any */
    QLabel *wrong_size, *wrong_memory;
    QToolButton *unfold;
    QWidget *advanced;
    QSpinBox *numbers[VT_INTAKE_NUMBER_COUNT];
    bool quiet; /* values are set by us: `changed` is called once afterwards */
};

extern const char *const vt_intake_text_names[VT_INTAKE_TEXT_COUNT]; /* in the session's file */
extern const char *const vt_intake_check_names[VT_INTAKE_CHECK_COUNT];
extern const char *const vt_intake_number_names[VT_INTAKE_NUMBER_COUNT];

/* intake_form_make.c: makes all fields. */
void vt_intake_form_make(vt_intake_form *form);
/* What stands on the button of formats. */
void vt_intake_form_show_formats(vt_intake_form *form);

#endif
