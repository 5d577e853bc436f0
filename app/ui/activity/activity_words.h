/* What became of an import, in words. No Qt; any thread. */
#ifndef VT_UI_ACTIVITY_ACTIVITY_WORDS_H
#define VT_UI_ACTIVITY_ACTIVITY_WORDS_H

#include "core/base/str.h"
#include "core/import/operation.h"

/* Items an import is done with. */
int64_t vt_activity_done(const vt_import_figures *figures);

/* "1,204 imported, 3 failed"; "nothing to import there". */
void vt_activity_outcome(const vt_import_figures *figures, vt_str *text);

/* "0.4 s", "3 min 5 s": tenths of a second tell quick ones apart. */
void vt_activity_duration(double seconds, vt_str *text);

#endif
