/* What a dry run found, in words: "12,431 files: 11,902 new, 529 already in the library; 3.2 GB". No Qt; any
   thread. */
#ifndef VT_UI_INTAKE_INTAKE_WORDS_H
#define VT_UI_INTAKE_INTAKE_WORDS_H

#include "core/base/str.h"
#include "core/import/dry_run.h"

/* The line with what would be taken in; `figures->error` aside. */
void vt_intake_words(const vt_dry_run_figures *figures, vt_str *text);

/* A second line: kinds, and what is left out because of which rule; nothing if there is nothing to say. */
void vt_intake_details(const vt_dry_run_figures *figures, vt_str *text);

#endif
