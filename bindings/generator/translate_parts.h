/* What the files that translate one expression share: looking at clang's cursors, and the kinds of
 * expression. */
#ifndef QT6C_GENERATOR_TRANSLATE_PARTS_H
#define QT6C_GENERATOR_TRANSLATE_PARTS_H

#include "translate.h"

/* ---- cursors (translate_cursor.c) ---- */

/* The expressions below one; references to types are none. No expression that is translated has more than 8.
 */
typedef struct gen_children {
    CXCursor at[8];
    unsigned count;
} gen_children;

gen_children gen_children_of(CXCursor cursor);
/* Where in its file. */
unsigned gen_offset_of(CXSourceLocation location);
/* The first token of `cursor` at or behind file offset `from`, or its last token if `from` is UINT32_MAX. */
const char *gen_token_at(CXCursor cursor, unsigned from);
/* In an expanded macro, tokens are those of the macro's use and tell nothing. */
bool gen_from_macro(CXCursor cursor);

/* ---- types (translate_cursor.c) ---- */

/* The type in C as gen_c_result spells it. */
const char *gen_type_text(translation *at, CXType type);
/* The canonical type without its reference. */
CXType gen_plain_type(CXCursor cursor);
bool gen_is_pointer(CXCursor cursor);
/* NULL if the type is no bound class. */
gen_class *gen_class_of_type(translation *at, CXType type);
/* Conversions that only add const make no new value. */
bool gen_same_record(CXCursor a, CXCursor b);

/* ---- kinds of expression: as gen_translate_expression ---- */

/* A parameter, a constant of an enum, a variable of the method. */
const char *gen_translate_reference(translation *at, CXCursor cursor);
const char *gen_translate_field(translation *at, CXCursor cursor, CXCursor declaration);
/* A bit field, a member of some object, gets `value`. */
const char *gen_translate_bits(translation *at, CXCursor cursor, const char *value);
/* The object of a member expression as a pointer, and its class; "this_" if it is implicit. */
const char *gen_translate_object(translation *at, CXCursor member, const gen_class **cls);
/* Of a method, a constructor, a known function, or an operator that is a function. */
const char *gen_translate_call(translation *at, CXCursor call);

#endif
