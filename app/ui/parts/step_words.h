/*
 * What a step of the history is called in the language of the window, as a part of a sentence: "rating of 12
 * items", "deletion of the album “Trip”". No Qt; the window's thread.
 */
#ifndef VT_UI_PARTS_STEP_WORDS_H
#define VT_UI_PARTS_STEP_WORDS_H

#include "core/base/str.h"
#include "core/edit/history.h"

/* Appends it. */
void vt_step_words(const vt_edit_step *step, vt_str *text);

#endif
