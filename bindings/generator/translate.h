/*
 * Translates inline bodies of Qt's headers to C, from clang's syntax tree.
 *
 * Simple bodies only: field access, arithmetic, conditions, calls of other methods, construction of trivial
 * values. What is not simple is left out with the reason. A body names the methods it calls by their USRs
 * between CALL_OPEN and CALL_CLOSE, because the C names are given later (naming.h); gen_resolve_bodies puts
 * them in.
 */
#ifndef QT6C_GENERATOR_TRANSLATE_H
#define QT6C_GENERATOR_TRANSLATE_H

#include "model.h"

#include <clang-c/Index.h>

#define CALL_OPEN  '\1'
#define MAKE_OPEN  '\2' /* a constructor, as the function that returns the value */
#define CALL_CLOSE '\3'

/* Sets method->body, or method->left_out with the reason. `definition` is the cursor of the function with its
 * body. */
void gen_translate_body(const gen_model *model, gen_method *method, CXCursor definition);

/* One expression, as a C expression of the same value; NULL and `*why` if it is not simple. */
typedef struct translation {
    const gen_model *model;
    const gen_method *method;
    const char *why; /* the first reason why it cannot be translated, NULL while it can */
} translation;

const char *gen_translate_expression(translation *at, CXCursor cursor);
/* The same, for a place that wants a pointer (a reference parameter or result). */
const char *gen_translate_address(translation *at, CXCursor expression);
const char *gen_translate_fail(translation *at, const char *why);
/* Where `expression` makes an object of a class with a destructor: the call of the constructor on the address
   `object`. NULL where it does not. */
const char *gen_translate_construction(translation *at, CXCursor expression, const char *object);

/* After naming: drops bodies that call what is not bound, until nothing changes, then writes names for USRs.
 */
void gen_resolve_bodies(gen_model *model);

#endif
