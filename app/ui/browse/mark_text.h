/* What a mark of the scrubber says: the first letters of a longer word. Plain text, any thread. */
#ifndef VT_UI_BROWSE_MARK_TEXT_H
#define VT_UI_BROWSE_MARK_TEXT_H

#include "core/base/str.h"

/* Appends the first `letters` characters of `word` (UTF-8), or all if it has no more: "Mär" of "März". */
void vt_mark_text_append(vt_str *text, const char *word, int letters);

#endif
