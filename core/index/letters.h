/*
 * Private to core/index: which characters are in a name, as a set of 64 bits. A name without one of the
 * characters of a word does not have the word; so most names are never read when one is sought.
 *
 * Letters of English, digits and what often stands between them have a bit each, pairs of digits share some
 * more, for names are full of numbers; all other bytes share the rest (a signature file of one word, as in
 * C. Faloutsos, Access methods for text, 1985). The sets of many rows are kept bit by bit, in slices: who
 * asks for three letters reads three bits a row (a bit-sliced signature file, as in the same survey).
 *
 * Threads: one writes, others read the rows that it wrote before. Rows share words, so words are atomic.
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

#define VT_LETTERS_ROWS  4096
#define VT_LETTERS_WORDS (VT_LETTERS_ROWS / 64)

/* The sets of so many rows: a slice for each bit of them, in it a bit for each row. Zeroed: all are empty. */
typedef struct vt_letter_slices {
    _Atomic uint64_t slices[64][VT_LETTERS_WORDS];
} vt_letter_slices;

/* The row had `before`, and has `now`. */
void vt_letters_change(vt_letter_slices *slices, uint32_t row, uint64_t before, uint64_t now);

/* The 64 rows from `first` on, a multiple of that, have these: `letters` is written over. */
void vt_letters_fill(vt_letter_slices *slices, uint32_t first, uint64_t letters[64]);

/* Leaves of `rows`, a bit for each, those that have all of `letters`. */
void vt_letters_keep(const vt_letter_slices *slices, uint64_t letters, uint64_t rows[VT_LETTERS_WORDS]);

#endif
