/* What was wished for in the last export, kept in the user's settings. UI thread only. */
#ifndef VT_UI_FILES_EXPORT_MEMORY_H
#define VT_UI_FILES_EXPORT_MEMORY_H

#include "app/ui/files/export_job.h"

#include <stdbool.h>

/* What is kept, or what stands in a new dialogue; `wish->folder` is the caller's, free(). `use`: look at the
   settings at all. */
void vt_export_recall(bool use, vt_export_wish *wish);
void vt_export_remember(const vt_export_wish *wish);

#endif
