/* The words of the item panel: facts as labelled rows (vt_facts_clear), and what stands above them. UI thread
   only. */
#ifndef VT_UI_INFO_INFO_TEXT_H
#define VT_UI_INFO_INFO_TEXT_H

#include "app/ui/parts/facts.h"
#include "core/base/str.h"

#include <stddef.h>

/* "12 items" */
void vt_info_write_count(size_t count, vt_str *text);

/* Each fills an empty list. What is known of one item, without its name, which is the heading. */
void vt_info_build_facts(const vt_fact_source *source, vt_fact_list *list);
/* What several files hold together. */
void vt_info_build_sum(int64_t bytes, vt_fact_list *list);
/* Why nothing is known: a row without a label. */
void vt_info_build_error(const char *message, vt_fact_list *list);

#endif
