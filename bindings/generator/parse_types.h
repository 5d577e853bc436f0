/* Types as C has them. */
#ifndef QT6C_GENERATOR_PARSE_TYPES_H
#define QT6C_GENERATOR_PARSE_TYPES_H

#include "model.h"

#include <clang-c/Index.h>

/* The text, kept for good; the string is disposed of. */
const char *gen_keep(CXString string);

/* How a type looks to C. */
gen_type gen_classify_type(const gen_model *model, CXType raw);

/* Of the declaration of an enum: "Qt_Orientation", and the type of its values, "int". */
const char *gen_enum_name(CXCursor declaration);
const char *gen_enum_type(CXCursor declaration);

#endif
