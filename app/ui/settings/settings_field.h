/* One line of the settings' window: title, value with its unit, a button for the standard value, explanation.
   UI thread only. */
#ifndef VT_SETTINGS_SETTINGS_FIELD_H
#define VT_SETTINGS_SETTINGS_FIELD_H

#include "core/base/str.h"
#include "core/settings/settings.h"
#include "core/settings/settings_file.h"

#include <qt6c/qcheckbox.h>
#include <qt6c/qcombobox.h>
#include <qt6c/qgridlayout.h>
#include <qt6c/qlabel.h>
#include <qt6c/qspinbox.h>
#include <qt6c/qtoolbutton.h>

enum {
    VT_SETTINGS_COLUMN_TITLE,
    VT_SETTINGS_COLUMN_VALUE,
    VT_SETTINGS_COLUMN_STANDARD,
    VT_SETTINGS_COLUMN_HELP
};

/* Lies in the dialogue, at an address that does not change. The widgets are their parent's. */
typedef struct vt_settings_field {
    vt_setting which;
    QSpinBox *number; /* or one of the next two */
    QCheckBox *box;
    QComboBox *choice;
    QToolButton *standard;
    QLabel *title, *help;
    QWidget *value; /* one of the three above */
    QGridLayout *grid;
    int row;
} vt_settings_field;

/* Makes the line in two rows of `grid`, the first of them `row`; the second is empty. */
void vt_settings_field_make(vt_settings_field *field, vt_setting which, QWidgetRef parent, QGridLayout *grid,
                            int row);

/* The explanation stands beside the value, or where there is no room for that in the second row, below. */
void vt_settings_field_arrange(vt_settings_field *field, bool narrow);

/* Shows the line if `words` ("" for all) stand in its title, explanation, group or name, and marks them
   there; hides it and returns false otherwise. */
bool vt_settings_field_search(vt_settings_field *field, const char *words);

void vt_settings_field_set(vt_settings_field *field, int64_t value);
int64_t vt_settings_field_value(const vt_settings_field *field);

/* Appends why `now` cannot be changed so, by the titles that stand in the window; false if it can. */
bool vt_settings_field_contradict(const vt_settings *now, const vt_settings_change *changes, size_t count,
                                  vt_str *words);

#endif
