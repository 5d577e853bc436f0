/* Default arguments of Qt's functions, said in C where that is possible. */
#ifndef QT6C_GENERATOR_DEFAULTS_H
#define QT6C_GENERATOR_DEFAULTS_H

#include "model.h"

#include <clang-c/Index.h>

/* The default of a parameter, or a null cursor. */
CXCursor gen_default_of(CXCursor parameter);

/* The C expression of that default for a parameter of `type`, or NULL if C cannot say it. "EMPTY:" and a
   class's name stands for an empty value of it. */
const char *gen_default_in_c(CXCursor expression, const gen_type *type);

#endif
