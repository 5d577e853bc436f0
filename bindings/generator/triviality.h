/*
 * Whether a type of C++ is trivial for the purpose of calls (Itanium C++ ABI 1.1): neither its copy and move
 * constructors nor its destructor are written by hand, in it and in all that it holds. Such values go through
 * registers.
 */
#ifndef QT6C_GENERATOR_TRIVIALITY_H
#define QT6C_GENERATOR_TRIVIALITY_H

#include <clang-c/Index.h>
#include <stdbool.h>

/* For types that the model does not name: unions and structs inside a class, arrays of arrays. */
bool gen_type_is_trivial(CXType type);

#endif
