/* Passes that follow from the declarations: triviality, virtual table slots, exported symbols. */
#ifndef QT6C_GENERATOR_VTABLE_H
#define QT6C_GENERATOR_VTABLE_H

#include "model.h"

/* Sets is_trivial, is_polymorphic, is_qobject. Classes must come after their bases (gen_order_classes). */
void gen_classify_classes(gen_model *model);

/* Enums that no bound class declares become int. */
void gen_settle_enums(gen_model *model);

/* Sorts the classes so that bases and by-value fields come before those that hold them. */
void gen_order_classes(gen_model *model);

/* Computes the slots of every class's primary vtable part (Itanium C++ ABI 2.5.2: the primary base's slots first,
   then new virtual functions in declaration order; a destructor takes two). */
void gen_build_vtables(gen_model *model);

/* Looks every symbol up in the libraries (dlopen) and sets `exported`. False if a library cannot be loaded. */
bool gen_find_symbols(gen_model *model, const char *const *libraries, size_t count);

#endif
