/* Groups of duplicates in words, for the headers above them and the sidebar. UI thread only. */
#ifndef VT_UI_PARTS_TWIN_WORDS_H
#define VT_UI_PARTS_TWIN_WORDS_H

#include "core/base/str.h"
#include "core/index/twins.h"

/* Appends "3 copies, 12.4 MB each", "4 look alike, 8.1 MB the largest"; and what there is to gain, and
   which of them are one file. */
void vt_twin_words_title(vt_twin_kind kind, const vt_twin_group *group, vt_str *title);
void vt_twin_words_detail(const vt_twin_group *group, vt_str *detail);

/* Appends what a search found and when, some lines. */
void vt_twin_words_state(vt_twin_kind kind, const vt_twins_info *info, vt_str *text);

/* What a search is at (vt_duplicates_phase), and how far, -1 if `total` is not known. */
const char *vt_twin_words_phase(int phase, bool held);
int vt_twin_words_percent(uint64_t done, uint64_t total);

#endif
