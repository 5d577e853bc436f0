/*
 * The form of abi_table.c: what the generator believes of every bound class, for the test that compares it
 * with the installed libraries. Only that test compiles it; no program needs it.
 */
#ifndef QT6C_GENERATOR_ABI_TABLE_H
#define QT6C_GENERATOR_ABI_TABLE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct abi_field {
    const char *name;
    long long offset, size; /* bytes */
    int bits;               /* width of a bit field, 0 if none */
} abi_field;

typedef struct abi_part {
    size_t address_point; /* index in the group of the word that the object points to */
    long long offset;     /* of that pointer in the object, bytes */
    size_t slot_count;
    const char *const *symbols; /* per slot the mangled function; NULL: pure virtual */
} abi_part;

typedef struct abi_class {
    const char *name;
    long long size, align;
    bool is_abstract, is_polymorphic;
    bool is_trivial;         /* passed and returned as a plain C struct */
    const abi_field *fields; /* those that libclang shows */
    size_t field_count;
    const abi_part *parts;
    size_t part_count;
    size_t words; /* of the whole group */
} abi_class;

extern const abi_class abi_classes[];
extern const size_t abi_class_count;

#endif
