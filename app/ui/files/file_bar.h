/* What is being done to files, as a line at the foot of the window: text, bar and Cancel; afterwards what
   came of it, with Undo, the failures, and a cross. UI thread only. */
#ifndef VT_UI_FILES_FILE_BAR_H
#define VT_UI_FILES_FILE_BAR_H

#include <qt6c/qwidget.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct vt_file_bar vt_file_bar;

typedef struct vt_file_bar_ops {
    void (*cancel)(void *user);
    void (*undo)(void *user);
    void (*show_failures)(void *user);
} vt_file_bar_ops;

/* `parent` owns it; it is hidden until something is shown. */
vt_file_bar *vt_file_bar_create(QWidgetRef parent, const vt_file_bar_ops *ops, void *user);
QWidget *vt_file_bar_widget(vt_file_bar *bar);

/* `total` 0: not known yet. */
void vt_file_bar_show_progress(vt_file_bar *bar, const char *text, int64_t done, int64_t total);
void vt_file_bar_show_end(vt_file_bar *bar, const char *text, bool can_undo, bool failures);

#endif
