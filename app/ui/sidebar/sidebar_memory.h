/* What the sidebar remembers between starts, in the session's file: saved filters, and which sections are
   open. UI thread only. */
#ifndef VT_UI_SIDEBAR_SIDEBAR_MEMORY_H
#define VT_UI_SIDEBAR_SIDEBAR_MEMORY_H

#include "app/ui/sidebar/sidebar_sections.h"

void vt_sidebar_save_filters(const vt_saved_filters *saved);
void vt_sidebar_load_filters(vt_saved_filters *saved);
void vt_sidebar_save_open(const bool open[VT_SIDEBAR_SECTION_COUNT]);
/* Leaves what is not remembered as it is. */
void vt_sidebar_load_open(bool open[VT_SIDEBAR_SECTION_COUNT]);

#endif
