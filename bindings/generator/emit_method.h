/* Writes the functions of one class: methods, constructors, the destructor. */
#ifndef QT6C_GENERATOR_EMIT_METHOD_H
#define QT6C_GENERATOR_EMIT_METHOD_H

#include "model.h"

#include <stdio.h>

void gen_emit_method(const gen_model *model, gen_method *method, FILE *out);
void gen_emit_constructor(const gen_model *model, gen_method *method, FILE *out);
void gen_emit_destructor(const gen_model *model, gen_class *cls, FILE *out);
/* Translated bodies, at the end of a header: they call functions of any other. */
void gen_emit_bodies(const gen_model *model, const gen_class *cls, FILE *out);

#endif
