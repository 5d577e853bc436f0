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

/* layout_checks.cpp: static assertions on the same, for a C++ compiler that a test finds. */
void gen_emit_layout_checks(const gen_model *model, FILE *out);

/* coverage.txt */
void gen_emit_coverage(const gen_model *model, FILE *out);
/* Its last line. */
void gen_emit_summary(const gen_model *model, FILE *out);

#endif
