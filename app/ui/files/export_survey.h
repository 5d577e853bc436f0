/* What an export would write, in words, looked up on a worker: "120 files, about 340 MB; 3 names are taken".
 */
#ifndef VT_UI_FILES_EXPORT_SURVEY_H
#define VT_UI_FILES_EXPORT_SURVEY_H

#include "app/ui/files/export_job.h"

typedef struct vt_export_question {
    vt_engine *engine;   /* borrowed */
    vt_chosen *chosen;   /* owned */
    vt_export_wish wish; /* its folder is owned */
    vt_cancel *cancel;   /* owned */
    /* Found. */
    vt_export_survey survey;
    int64_t room;         /* bytes that are free where the folder is; -1: not known */
    bool there, writable; /* the folder */
    vt_error error;       /* why it could not be looked up */
} vt_export_question;

/* Blocks; cancelled by `cancel`. */
void vt_export_question_run(vt_export_question *question);
void vt_export_question_free(vt_export_question *question); /* NULL is allowed */

/* Appends what was found, for people. UI thread. True if the export may begin. */
bool vt_export_question_tell(const vt_export_question *question, vt_str *text);

#endif
