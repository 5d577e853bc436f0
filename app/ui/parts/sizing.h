/* How a widget takes room in a layout. UI thread only. */
#ifndef VT_UI_PARTS_SIZING_H
#define VT_UI_PARTS_SIZING_H

#include <qt6c/qsizepolicy.h>
#include <qt6c/qwidget.h>
#include <string.h>

/* QSizePolicy packs its policies into one word (qsizepolicy.h: stretches in bits 0 to 15, then four bits for
   each direction); its constructor is inline and assigns bit fields, which the binding does not translate. */
static inline void vt_set_size_policy(QWidgetRef widget, QSizePolicy_Policy across, QSizePolicy_Policy down)
{
    QSizePolicy policy;
    uint32_t word = (uint32_t)across << 16 | (uint32_t)down << 20;
    _Static_assert(sizeof policy == sizeof word, "QSizePolicy is one word");
    memcpy(&policy, &word, sizeof word);
    q_widget_set_size_policy_policy(widget, policy);
}

#endif
