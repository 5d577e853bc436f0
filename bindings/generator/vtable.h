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

/* Computes the slots of every class's primary vtable part (Itanium C++ ABI 2.5.2: the primary base's slots
   first, then new virtual functions in declaration order; a destructor takes two). */
void gen_build_vtables(gen_model *model);

/* The parts of a class's virtual table group: the primary one, then one for each polymorphic secondary base.
 */
enum { GEN_PARTS_MAX = 8 };
typedef struct gen_part_list {
    const gen_class *classes[GEN_PARTS_MAX]; /* whose slots the part holds */
    int64_t offsets[GEN_PARTS_MAX];          /* in the object, bytes */
    size_t address_points[GEN_PARTS_MAX];    /* in the group, words */
    size_t count;
    size_t words; /* of the whole group */
} gen_part_list;
gen_part_list gen_vtable_parts(const gen_class *cls);

/* The primary slot whose method overrides `method` of a secondary base; -1 if none does. */
int gen_primary_slot_of(const gen_class *cls, const gen_method *method);

/* Looks every symbol up in the libraries (dlopen) and sets `exported`. False if a library cannot be loaded.
 */
bool gen_find_symbols(gen_model *model, const char *const *libraries, size_t count);

#endif
