/* Writes the C headers and sources from the model. */
#ifndef QT6C_GENERATOR_EMIT_H
#define QT6C_GENERATOR_EMIT_H

#include "model.h"

#include <stdio.h>

/* types.h: enums, structs, receiver unions, size assertions. */
void gen_emit_types(const gen_model *model, FILE *out);

/* q<class>.h: functions, signals, virtuals of one class. */
void gen_emit_class(const gen_model *model, gen_class *cls, FILE *out);

/* classes.c: one qt_class object per class. */
void gen_emit_class_objects(const gen_model *model, FILE *out);

/* abi_table.c: what is believed of every class, for the test of the ABI (abi_table.h). */
void gen_emit_abi_table(const gen_model *model, FILE *out);

/* coverage.txt */
void gen_emit_coverage(const gen_model *model, FILE *out);

/* C spellings shared by the emitters. */
const char *gen_c_result(const gen_type *type);
const char *gen_c_param(const gen_model *model, const gen_type *type);
bool gen_is_string(const gen_type *type);
bool gen_has_subclasses(const gen_model *model, const gen_class *cls);
/* The function that takes all parameters as they are; the one that returns a constructed value. */
const char *gen_raw_name(const gen_method *method);
const char *gen_make_name(const gen_method *method);
/* The C expression of a parameter's default, which must have one (default_c). */
const char *gen_default_argument(const gen_param *param);
const char *gen_param_name(const gen_param *param);

#endif
