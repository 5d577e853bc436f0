/*
 * Facts that can be read, selected and copied: labels in a column, values beside it, which wrap.
 *
 * The mouse selects as in any text (drag, double click a word, a third click the value); Ctrl+A takes all,
 * Ctrl+C or the menu copies. A screen reader gets all of it as the widget's name. It is as high as its width
 * asks for; asking again costs nothing (facts_lines.h). UI thread only.
 */
#ifndef VT_UI_INFO_FACTS_VIEW_H
#define VT_UI_INFO_FACTS_VIEW_H

#include "app/ui/parts/facts.h"

#include <qt6c/qwidget.h>

typedef struct vt_facts_view vt_facts_view;

/* Owned by `parent`. NULL when memory runs out. */
vt_facts_view *vt_facts_view_create(QWidgetRef parent);

QWidget *vt_facts_view_widget(vt_facts_view *view);

/* Shows these, copied. The same ones again: what is selected stays. */
void vt_facts_view_set(vt_facts_view *view, const vt_fact_list *facts);

#endif
