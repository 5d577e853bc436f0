/*
 * What the last run of the window measured, kept for whoever asks afterwards ('vitrine report'): one file for
 * each form, in the folder of states (core/base/path.h). The files of the run before are replaced. Any
 * thread; touches the disk.
 */
#ifndef VT_PERF_LAST_RUN_H
#define VT_PERF_LAST_RUN_H

#include "core/base/error.h"
#include "core/base/str.h"

#include <stdbool.h>

typedef enum vt_last_run_form {
    VT_LAST_RUN_TEXT, /* vt_report_text */
    VT_LAST_RUN_JSON, /* vt_report_json */
    VT_LAST_RUN_HTML, /* vt_report_html */
    VT_LAST_RUN_FORMS
} vt_last_run_form;

/* False and `error` as vt_path_xdg, vt_path_make_folders and vt_file_replace give it. */
bool vt_last_run_keep(vt_last_run_form form, const vt_str *text, vt_error *error);

/* Appends what was kept. False and `error`: VT_ERROR_NOT_FOUND if there is none, VT_ERROR_LIMIT beyond 16
   MiB, and what reading may bring. */
bool vt_last_run_read(vt_last_run_form form, vt_str *text, vt_error *error);

#endif
