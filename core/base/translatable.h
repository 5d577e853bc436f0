/*
 * Marks a text of a const table for the translators. Core keeps its texts in English and never translates
 * them; who shows one passes it to vt_tr (app/ui/parts/translate.h) with the same context. Both arguments are
 * string literals: scripts/texts reads them in the sources.
 */
#ifndef VT_BASE_TRANSLATABLE_H
#define VT_BASE_TRANSLATABLE_H

#define VT_TR_NOOP(context, text) text

/* The two English forms of a plural, one after the other. */
#define VT_TR_NOOP_COUNT(context, one, many) one, many

#endif
