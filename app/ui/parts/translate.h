/*
 * Texts in the language of the window. The English text in the source is the key; a context ("menu",
 * "settings") keeps apart what is the same in English only. All arguments that are texts are string literals,
 * or come from a table where VT_TR_NOOP marks them; scripts/texts collects them for assets/translations.
 *
 * Results live as long as the program, and are the text itself where there is no translation. UI thread only.
 */
#ifndef VT_UI_PARTS_TRANSLATE_H
#define VT_UI_PARTS_TRANSLATE_H

#include "core/base/str.h"
#include "core/base/translatable.h"

#include <stdint.h>

const char *vt_tr(const char *context, const char *text);

/* The form for `count` things: `one` or `many` in English, whatever forms another language has. %n in it is
   for the number, which vt_tr_append_count puts there. */
const char *vt_tr_count(const char *context, const char *one, const char *many, int64_t count);
/* Appends that form with the number, its digits grouped. */
void vt_tr_append_count(vt_str *text, const char *context, const char *one, const char *many, int64_t count);

/* Appends a text with %1 in it, where `value` is put. */
void vt_tr_append_with(vt_str *text, const char *context, const char *format, const char *value);

/* The same with %1 and %2, in whatever order the language has them. */
void vt_tr_append_both(vt_str *text, const char *context, const char *format, const char *first,
                       const char *second);

/* Appends `form`, which is translated already, with `value` in the place of %1. */
void vt_tr_fill(vt_str *text, const char *form, const char *value);

/* Where translations come from: the text in another language, free(), or NULL if it has none. `count` is -1
   where there is nothing to be counted. NULL: all is English. */
typedef char *(*vt_tr_source)(const char *context, const char *text, int64_t count);
void vt_tr_set_source(vt_tr_source other);

#endif
