/*
 * Private to core/index: which characters are in a name, as a set of 64 bits. A name without one of the
 * characters of a word does not have the word; so most names are never read when one is sought.
 *
 * Letters of English, digits and what often stands between them have a bit each; all other bytes share the
 * rest (a signature file of one word, as in C. Faloutsos, Access methods for text, 1985). Any thread.
 */
#ifndef VT_INDEX_LETTERS_H
#define VT_INDEX_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of folded text (fold.h). */
uint64_t vt_letters(const char *text, size_t length);

/* Who has the letters of this text, has it: it is one byte that shares its bit with no other. */
bool vt_letters_say_all(const char *text, size_t length);

#endif
