/*
 * How well what is typed fits a text, as a command palette needs it: the letters in their order, not
 * necessarily next to each other, capitals alike. Beginnings of words and letters side by side count most, so
 * that "af" finds "Add folder" before "Draft". No Qt; any thread.
 */
#ifndef VT_UI_PALETTE_FUZZY_H
#define VT_UI_PALETTE_FUZZY_H

/* More of the text is not looked at; no more of what is typed is taken. */
enum { VT_FUZZY_TEXT_MAX = 256, VT_FUZZY_TYPED_MAX = 64 };

/* Greater is better; -1 if it does not fit. Nothing typed fits everything, with 0. Spaces in `typed` are
   passed over. Both are UTF-8; other letters than A to Z are compared as they are. */
int vt_fuzzy_score(const char *typed, const char *text);

#endif
