/*
 * Text of side-cars: made fit to be shown, and made fit for XML. Any thread.
 */
#ifndef VT_SIDECAR_SIDECAR_TEXT_H
#define VT_SIDECAR_SIDECAR_TEXT_H

#include "core/base/str.h"

#include <stdbool.h>
#include <stddef.h>

/* Appends `text`, which is valid UTF-8, without spaces at both ends. Control characters, marks that turn the
   writing direction and what XML does not allow become spaces; with `lines` line breaks stay, as '\n'. */
void vt_sidecar_text_clean(vt_str *to, const char *text, size_t count, bool lines);

/* Appends `text` as content of an element or, with `attribute`, between quotes of either kind. */
void vt_sidecar_text_escape(vt_str *to, const char *text, bool attribute);

#endif
