/* Private to app/ui/files: the parts of vt_files. */
#ifndef VT_UI_FILES_FILES_PRIVATE_H
#define VT_UI_FILES_FILES_PRIVATE_H

#include "app/ui/files/export_dialog.h"
#include "app/ui/files/export_job.h"
#include "app/ui/files/file_bar.h"
#include "app/ui/files/files.h"
#include "app/ui/files/rename_dialog.h"

struct vt_files {
    QWidget root; /* first: holds nothing, and ends with the window */
    QWidget *window;
    vt_files_context context;
    vt_file_bar *bar;
    vt_undo_list undo;
    vt_file_work *recalling;  /* what can be undone of earlier runs is being read; NULL: it was */
    vt_rename_dialog *rename; /* made when first shown */
    struct vt_operation_shown *operations; /* all that are under way or can be undone */
    struct vt_operation_shown *shown;      /* what the bar tells of; NULL: nothing any more */
    vt_export_dialog *export_dialog;       /* made when first shown */
    vt_export_job *exporting;              /* under way; NULL: none */
    vt_export_job *exported;               /* the one before, for its failures */
    bool tells_export;                     /* what the bar tells of */
    vt_task *counting;                     /* the sum for a question that is about to be asked */
    bool stopped;
};

/* delete_question.c: asks, not modally, and calls `vt_files_remove` if the answer is yes. Takes over
 * `chosen`.
 */
void vt_files_ask(vt_files *files, vt_chosen *chosen, bool for_ever);

/* files.c: without a question. Takes over `chosen`. */
void vt_files_remove(vt_files *files, vt_chosen *chosen, bool for_ever);
/* files_words.c: how far a work has come, and what came of it, which is logged, too. */
void vt_files_show_progress(vt_files *files, const vt_file_work *work);
void vt_files_show_end(vt_files *files, const vt_file_work *work, const vt_error *error);
/* files_export.c */
void vt_files_show_export_failures(const vt_files *files);

/* Starts renaming. Borrows both. */
void vt_files_start_renaming(vt_files *files, vt_chosen *chosen, const vt_rename_wish *wish);

#endif
