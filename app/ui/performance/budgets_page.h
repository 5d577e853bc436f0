/* The page of budgets: what each may cost and does, what exceeded them and what ran then, and what can be
   done about it. UI thread only. */
#ifndef VT_UI_PERFORMANCE_BUDGETS_PAGE_H
#define VT_UI_PERFORMANCE_BUDGETS_PAGE_H

#include "app/ui/performance/performance.h"

#include <qt6c/qwidget.h>

typedef struct vt_budgets_page vt_budgets_page;

/* `parent` owns it; `performance` is borrowed. `trace`: a file of what ran is wanted, as advice has it. */
vt_budgets_page *vt_budgets_page_create(QWidgetRef parent, vt_performance *performance,
                                        void (*trace)(void *user), void *user);
QWidget *vt_budgets_page_widget(vt_budgets_page *page);
void vt_budgets_page_update(vt_budgets_page *page);

#endif
