/*
 * A subclass once it is built: its copy of the virtual table group, and its meta-object if it has one.
 *
 * The word before the copied group points back to the built class, so that a generic override finds the class
 * of any object through the object's own table pointer.
 */
#ifndef QT6C_RUNTIME_BUILT_CLASS_H
#define QT6C_RUNTIME_BUILT_CLASS_H

#include <qt6c/class.h>

#include "symbols.h"

typedef struct built_class {
    qt_subclass *subclass;
    qt_meta_object *meta_object; /* NULL without own signals and methods */
    void **group;                /* the copied virtual tables; group[-1] is this built_class */
} built_class;

/* Builds on first use; never NULL. */
built_class *qt_built_class(qt_subclass *subclass);

/* The built class of an object that is installed as one. */
built_class *qt_built_class_of(const void *self);

/* Makes the meta-object of a class with `meta`, and fills the slots of `group` that go with it. */
void qt_build_meta_object(built_class *built);

#endif
