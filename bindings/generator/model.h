/*
 * The intermediate form between the parser and the emitters: what Qt declares, in terms that C can say.
 *
 * Everything lives until the program ends: a generator runs for seconds and exits, so nothing here is freed.
 */
#ifndef QT6C_GENERATOR_MODEL_H
#define QT6C_GENERATOR_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum gen_kind {
    GEN_VOID,
    GEN_BUILTIN,    /* bool, integers, floating point: `c` is the C spelling */
    GEN_ENUM,       /* `c` is the C name, passed as its underlying type */
    GEN_FLAGS,      /* QFlags<E>: passed as int */
    GEN_CLASS,      /* a bound class: `cls` */
    GEN_LIST,       /* QList<T> and what is laid out like it: 24 bytes, non-trivial */
    GEN_UNSUPPORTED /* `c` says what it is, for the report */
} gen_kind;

struct gen_class;

typedef struct gen_type {
    gen_kind kind;
    const char *c;
    struct gen_class *cls;
    bool is_const;  /* of what is pointed to, or of the value */
    int pointers;   /* levels of pointer or reference */
    bool reference; /* the outermost level is an lvalue reference */
    bool rvalue;    /* ... an rvalue reference */
} gen_type;

typedef struct gen_param {
    const char *name;
    gen_type type;
    bool has_default;
    const char *default_c; /* C expression of the default, NULL if it cannot be said in C */
} gen_param;

typedef enum gen_role { GEN_METHOD, GEN_CONSTRUCTOR, GEN_DESTRUCTOR } gen_role;

typedef struct gen_method {
    struct gen_class *cls;
    gen_role role;
    const char *name;   /* as in C++ */
    const char *symbol; /* mangled; of the C1 constructor or D2 destructor */
    const char *c_name; /* full C function name, set by naming */
    gen_type result;
    gen_param *params;
    size_t param_count;
    bool is_static, is_const, is_virtual, is_pure, is_protected, is_signal, is_private_signal, is_inline;
    bool exported; /* the library has the symbol */
    bool is_operator;
    int slot;                 /* in the primary vtable part, -1 if not virtual */
    const char *body;         /* an inline body in C (translate.h), NULL if there is none */
    void *definition;         /* CXCursor of the inline definition, NULL if there is none */
    const char *not_simple;   /* why an inline body was not translated */
    const char *left_out;     /* why it is not bound, NULL if it is */
    const char *usr;          /* clang's unified symbol resolution: identity across declarations */
    const char *overrides[8]; /* USRs of what it overrides directly */
    int override_count;
} gen_method;

typedef struct gen_base {
    struct gen_class *cls;
    int64_t offset;
} gen_base;

typedef struct gen_field {
    const char *name;
    gen_type type;
    int64_t offset; /* bytes */
    int64_t size;   /* bytes, of the whole array if it is one */
    int64_t array;  /* elements, 0 if no array */
    int bits;       /* width of a bit field, 0 if none */
    int64_t bit_offset;
    bool is_public;
    bool is_trivial; /* its type, for types that the model does not name */
} gen_field;

typedef struct gen_enum {
    const char *c_name; /* Qt_Orientation */
    const char *underlying;
    struct {
        const char *name;
        long long value;
    } * values;
    size_t count;
} gen_enum;

/* One word of a vtable part. */
typedef struct gen_slot {
    gen_method *method;      /* final overrider; NULL for destructor slots */
    struct gen_class *owner; /* whose destructor, for destructor slots */
    int destructor;          /* 0: none, 1: D1, 2: D0 */
    gen_method *introduced;  /* the method that opened the slot: gives it its name */
} gen_slot;

typedef struct gen_class {
    const char *name;
    const char *header; /* base name of the Qt header */
    const char *module; /* QtCore ... */
    int64_t size, align;
    gen_base *bases;
    size_t base_count;
    gen_field *fields;
    size_t field_count;
    gen_method *methods;
    size_t method_count;
    gen_enum *enums;
    size_t enum_count;
    bool defined, is_abstract, is_polymorphic, is_qobject, is_trivial, has_meta_object;
    bool nontrivial_copy_or_destroy; /* user-provided here; is_trivial also looks at bases and fields */
    bool has_unknown_base;
    gen_slot *slots;
    size_t slot_count;
    int destructor_slot;
    bool vtable_exported;
    const char *note;        /* from policy */
    struct gen_class **uses; /* classes whose methods its translated bodies call */
    size_t use_count;
    int emitted; /* mark of the pass at work */
} gen_class;

typedef struct gen_model {
    gen_class **classes;
    size_t class_count;
    gen_enum *enums; /* of namespace Qt */
    size_t enum_count;
    const char *qt_version;
} gen_model;

gen_class *gen_model_class(const gen_model *model, const char *name);

/* The method of that USR, or NULL. */
gen_method *gen_model_method(const gen_model *model, const char *usr);

/* Leaves out the methods named "Class::method", or "method" in every class. */
void gen_exclude(gen_model *model, const char *name, const char *reason);

/* The class itself or a class it derives from at any depth and offset. */
bool gen_class_derives(const gen_class *cls, const gen_class *base);

/* Offset of `base` inside `cls`, -1 if it is no base. */
int64_t gen_class_base_offset(const gen_class *cls, const gen_class *base);

/* The primary base (offset 0, polymorphic if the class is), or NULL. */
gen_class *gen_class_primary(const gen_class *cls);

/* printf into memory that is never freed; exits the program when memory runs out. */
char *gen_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
void *gen_grow(void *array, size_t count, size_t element_size);

#endif
