/* Functions that follow from a class's data members. */
#ifndef QT6C_GENERATOR_EMIT_MEMBERS_H
#define QT6C_GENERATOR_EMIT_MEMBERS_H

#include "model.h"

#include <stdio.h>

/* Whether C sees the class as a struct with its fields (types.h), not as opaque storage. */
bool gen_shows_fields(const gen_class *cls);

/* q_styleoption_field_rect: where C sees no fields, the address of each public one. */
void gen_emit_fields(const gen_model *model, const gen_class *cls, FILE *out);

/* q_<class>_fini for a class whose destructor is the compiler's own, so that no library has it: member by
 * member. */
bool gen_has_member_fini(const gen_class *cls);
void gen_emit_member_fini_prototype(const gen_model *model, const gen_class *cls, FILE *out);
void gen_emit_member_fini(const gen_model *model, const gen_class *cls, FILE *out);

#endif
