/*
 * Classes: what is known of a bound class at run time, subclasses written in C, and QObject classes with
 * signals of their own ("moc for C").
 *
 *     struct card { QWidget widget; int row; };
 *     static void card_paint(QWidget *self, QPaintEvent *event) { ... }
 *     static qt_subclass card_class = {.base = &qt_class_QWidget, .instance_size = sizeof(struct card),
 *                                      .virtuals = &(const QWidgetVirtuals){.paint_event = card_paint}};
 *     struct card *card = qt_subclass_allocate(&card_class);
 *     q_widget_init(&card->widget, parent);
 *     qt_subclass_install(&card_class, card);
 *
 * An override that returns a small class with a destructor (QIcon, QFont ...) returns its Q<Class>Result
 * (value.h); where the processor cannot do that in C, the slot has no type.
 *
 * How: Qt's virtual table group of the base (Itanium C++ ABI 2.5.2) is copied once, the overridden slots are
 * replaced, and the object's table pointers are set to the copy. Threads: any; the table is built once,
 * whoever comes first.
 */
#ifndef QT6C_CLASS_H
#define QT6C_CLASS_H

#include <qt6c/connect.h>
#include <qt6c/variant.h>

#include <stdatomic.h>

/* One part of a virtual table group: the primary one, then one for each further polymorphic base. */
typedef struct qt_vtable_part {
    uint16_t address_point; /* index in the group of the word that the object points to */
    uint16_t slots;
    uint32_t object_offset; /* of that pointer in the object, bytes */
} qt_vtable_part;

/* A slot of a secondary part that must reach the override in the primary part. */
typedef struct qt_thunk {
    uint16_t part, slot;
    void *function; /* adjusts `this` and calls through the primary table; NULL: the destructors, done by the
                       runtime */
} qt_thunk;

/* One const object per bound class, generated: qt_class_QWidget. */
typedef struct qt_class {
    const char *name;
    uint32_t size, align;
    const struct qt_class *base; /* primary base or NULL */
    const void *meta_object;     /* its staticMetaObject, NULL if it has none */
    void *const *vtable;         /* the exported group, NULL if it has none */
    uint16_t vtable_words, part_count, thunk_count;
    const qt_vtable_part *parts; /* part 0 is the primary one */
    const qt_thunk *thunks;
    int16_t destructor_slot;      /* of the complete destructor; the deleting one follows. -1: none */
    int16_t meta_object_slot;     /* metaObject(), qt_metacast() and qt_metacall() follow. -1: no QObject */
    void (*base_destroy)(void *); /* the base-object destructor */
} qt_class;

#define QT_SIGNAL_ARGUMENTS_MAX 6

/* A signal or invokable method of a class defined in C. Its address is its identity. */
typedef struct qt_method {
    const char *name;
    int argument_count;
    qt_type arguments[QT_SIGNAL_ARGUMENTS_MAX];
    const char *argument_names[QT_SIGNAL_ARGUMENTS_MAX]; /* may be NULL */
    /* NULL for a signal. Called when Qt invokes the method by name or connection; args[1] on point to the
     * arguments. */
    void (*invoke)(void *self, void **args);
} qt_method;

/* A QObject class defined in C: give it to qt_subclass.meta. */
typedef struct qt_meta {
    const char *class_name;
    const qt_method *const *methods; /* signals first, then the invokable ones */
    int signal_count, method_count;  /* method_count includes the signals */
} qt_meta;

/* A subclass of a bound class. A static object, zero but for the fields that are given. */
typedef struct qt_subclass {
    const qt_class *base;
    const void
        *virtuals; /* the base's Virtuals struct: NULL members are inherited; NULL: nothing is overridden */
    size_t instance_size;       /* of your struct, whose first member is the base */
    void (*finish)(void *self); /* before the base's destructor runs; may be NULL */
    const qt_meta *meta;        /* own signals and methods; may be NULL */
    _Atomic(void *) built_;     /* private */
} qt_subclass;

/* Zeroed storage for one instance; then run a constructor of the base (q_<class>_init) on it. */
void *qt_subclass_allocate(const qt_subclass *subclass);
/* Makes the constructed object at `self` one of the subclass. */
void qt_subclass_install(qt_subclass *subclass, void *self);

/* True if the object is of the subclass (objects that are being destroyed are no longer). */
bool qt_subclass_is(const qt_subclass *subclass, const void *self);

/* The meta-object of a subclass with `meta`. */
const void *qt_subclass_meta_object(qt_subclass *subclass);

/* Emits a signal of the class: args[0] is NULL, args[1] on point to the arguments. Any thread (connections
 * decide). */
void qt_emit(qt_subclass *subclass, void *self, const qt_method *signal, void **args);

/* Connects a signal of the class to a C function that gets the arguments as Qt hands them over (args[1] on).
 */
bool qt_connect_method(qt_subclass *subclass, void *sender, const qt_method *signal, void *context,
                       void (*callback)(void *user, void **args), void *user,
                       const qt_connect_options *options);

/* For translated methods: a pointer to a base that lies `offset` bytes into the object; NULL stays NULL. */
static inline void *qt_upcast(const void *object, ptrdiff_t offset)
{
    return object ? (char *)object + offset : NULL;
}

/* For generated thunks: the object that a pointer to one of its secondary parts belongs to. */
static inline void *qt_whole_object(const void *part)
{
    return (char *)part + (*(const ptrdiff_t *const *)part)[-2]; /* offset-to-top, Itanium C++ ABI 2.5.2 */
}

#endif
