/* Text that goes into rich text as it is: no markup may come from it. No Qt; any thread. */
#ifndef VT_UI_PARTS_MARKUP_H
#define VT_UI_PARTS_MARKUP_H

#include "core/base/str.h"

/* Appends `length` bytes of `text`, with what markup is made of escaped. */
void vt_markup_append(vt_str *markup, const char *text, size_t length);

#endif
