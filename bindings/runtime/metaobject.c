/*
 * "moc for C": builds the tables that Qt's meta-object compiler would write, revision 10 (Qt 6.4; later
 * versions of Qt 6 read it). Layout: qtbase's qmetaobject_p.h (header of 14 words, 6 words a method, then the
 * types and names of the parameters); strings are pairs of offset and length, counted from the start of the
 * string table.
 */
#include "built_class.h"

#include <string.h>

enum {
    REVISION = 10,
    HEADER_WORDS = 14,
    METHOD_WORDS = 6,
    FLAGS_SIGNAL = 0x06,         /* public, signal */
    FLAGS_SLOT = 0x0a,           /* public, slot */
    CALL_INVOKE = 0,             /* QMetaObject::InvokeMetaMethod */
    CALL_REGISTER_ARGUMENTS = 7, /* QMetaObject::RegisterMethodArgumentMetaType */
    CALL_INDEX_OF = 5            /* QMetaObject::IndexOfMethod */
};

/* The string table while it is filled: first the pairs, then the characters. */
typedef struct string_table {
    unsigned *words;
    unsigned count, limit;
    unsigned used; /* bytes, from the start of `words` */
} string_table;

static unsigned add_string(string_table *table, const char *text)
{
    unsigned length = (unsigned)strlen(text);
    for (unsigned i = 0; i < table->count; i++) {
        if (table->words[2 * i + 1] == length &&
            strcmp((char *)table->words + table->words[2 * i], text) == 0) {
            return i;
        }
    }
    table->words[2 * table->count] = table->used;
    table->words[2 * table->count + 1] = length;
    memcpy((char *)table->words + table->used, text, length + 1);
    table->used += length + 1;
    return table->count++;
}

static string_table make_string_table(const qt_meta *meta)
{
    unsigned limit = 2; /* the class's name and the empty tag */
    size_t bytes = strlen(meta->class_name) + 2;
    for (int m = 0; m < meta->method_count; m++) {
        const qt_method *method = meta->methods[m];
        limit += 1 + (unsigned)method->argument_count;
        bytes += strlen(method->name) + 1;
        for (int a = 0; a < method->argument_count; a++) {
            bytes += method->argument_names[a] ? strlen(method->argument_names[a]) + 1 : 1;
        }
    }
    string_table table = {NULL, 0, limit, (unsigned)(2 * limit * sizeof(unsigned))};
    table.words = qt_operator_new(table.used + bytes);
    add_string(&table, meta->class_name);
    add_string(&table, "");
    return table;
}

static unsigned parameter_words(const qt_method *method)
{
    return 1 + 2 * (unsigned)method->argument_count; /* type of the result, types, names */
}

/* One method's six words at `method_at`, its parameters at `parameter_at`; returns where the next one's go.
 */
static unsigned describe_method(const qt_method *method, unsigned *data, unsigned method_at,
                                unsigned parameter_at, unsigned first_type, string_table *strings)
{
    unsigned *words = data + method_at;
    words[0] = add_string(strings, method->name);
    words[1] = (unsigned)method->argument_count;
    words[2] = parameter_at;
    words[3] = add_string(strings, "");
    words[4] = method->invoke ? FLAGS_SLOT : FLAGS_SIGNAL;
    words[5] = first_type;
    unsigned *parameters = data + parameter_at;
    *parameters++ = QT_TYPE_VOID;
    for (int a = 0; a < method->argument_count; a++) {
        *parameters++ = (unsigned)method->arguments[a];
    }
    for (int a = 0; a < method->argument_count; a++) {
        *parameters++ = add_string(strings, method->argument_names[a] ? method->argument_names[a] : "");
    }
    return parameter_at + parameter_words(method);
}

static const void **make_types(const qt_meta *meta)
{
    size_t count = 1; /* the class itself: not complete, so NULL */
    for (int m = 0; m < meta->method_count; m++) {
        count += 1 + (size_t)meta->methods[m]->argument_count;
    }
    const void **types = qt_operator_new(count * sizeof *types);
    size_t at = 0;
    types[at++] = NULL;
    for (int m = 0; m < meta->method_count; m++) {
        qt_sym_meta_type(&types[at++], QT_TYPE_VOID);
        for (int a = 0; a < meta->methods[m]->argument_count; a++) {
            qt_sym_meta_type(&types[at++], (int)meta->methods[m]->arguments[a]);
        }
    }
    return types;
}

static unsigned *make_data(const qt_meta *meta, string_table *strings)
{
    unsigned parameter_at = HEADER_WORDS + METHOD_WORDS * (unsigned)meta->method_count;
    unsigned words = parameter_at + 1;
    for (int m = 0; m < meta->method_count; m++) {
        words += parameter_words(meta->methods[m]);
    }
    unsigned *data = qt_operator_new(words * sizeof *data);
    memset(data, 0, words * sizeof *data);
    data[0] = REVISION;
    data[4] = (unsigned)meta->method_count;
    data[5] = meta->method_count ? HEADER_WORDS : 0;
    data[13] = (unsigned)meta->signal_count;
    unsigned first_type = 1;
    for (int m = 0; m < meta->method_count; m++) {
        parameter_at = describe_method(meta->methods[m], data, HEADER_WORDS + METHOD_WORDS * (unsigned)m,
                                       parameter_at, first_type, strings);
        first_type += 1 + (unsigned)meta->methods[m]->argument_count;
    }
    return data;
}

/* ---- the calls that Qt makes ---- */

static int index_of(const qt_meta *meta, const qt_method *method)
{
    for (int m = 0; m < meta->method_count; m++) {
        if (meta->methods[m] == method) {
            return m;
        }
    }
    return -1;
}

static void invoke(void *self, const built_class *built, int id, void **args)
{
    const qt_method *method = built->subclass->meta->methods[id];
    if (method->invoke) {
        method->invoke(self, args);
    } else {
        qt_sym_activate(self, built->meta_object, id, args);
    }
}

/* Qt asks without an object which number a signal has. The class is then not known, so the signal's identity
   carries it: the word behind the address is the class that qt_connect_method put there. */
typedef struct signal_identity {
    const qt_method *method;
    const built_class *built;
} signal_identity;

static void static_metacall(void *object, int call, int id, void **args)
{
    if (call == CALL_INVOKE) {
        invoke(object, qt_built_class_of(object), id, args);
    } else if (call == CALL_INDEX_OF) {
        const signal_identity *identity = *(void **)args[1];
        int index = index_of(identity->built->subclass->meta, identity->method);
        if (index >= 0) {
            *(int *)args[0] = index;
        }
    }
}

static const void *meta_object(const void *self)
{
    return qt_built_class_of(self)->meta_object;
}

static void *meta_cast(void *self, const char *name)
{
    const built_class *built = qt_built_class_of(self);
    if (name && strcmp(name, built->subclass->meta->class_name) == 0) {
        return self;
    }
    const qt_class *base = built->subclass->base;
    void *(*inherited)(void *, const char *) = NULL;
    memcpy(&inherited, &base->vtable[base->parts[0].address_point + base->meta_object_slot + 1],
           sizeof inherited);
    return inherited(self, name);
}

static int meta_call(void *self, int call, int id, void **args)
{
    const built_class *built = qt_built_class_of(self);
    const qt_class *base = built->subclass->base;
    int (*inherited)(void *, int, int, void **) = NULL;
    memcpy(&inherited, &base->vtable[base->parts[0].address_point + base->meta_object_slot + 2],
           sizeof inherited);
    id = inherited(self, call, id, args);
    int count = built->subclass->meta->method_count;
    if (id < 0 || (call != CALL_INVOKE && call != CALL_REGISTER_ARGUMENTS)) {
        return id;
    }
    if (id < count && call == CALL_INVOKE) {
        invoke(self, built, id, args);
    } else if (id < count) {
        *(const void **)args[0] = NULL; /* the types are in the table already */
    }
    return id - count;
}

void qt_build_meta_object(built_class *built)
{
    const qt_meta *meta = built->subclass->meta;
    const qt_class *base = built->subclass->base;
    string_table strings = make_string_table(meta);
    qt_meta_object *object = qt_operator_new(sizeof *object);
    const unsigned *data = make_data(meta, &strings);
    *object = (qt_meta_object){base->meta_object, strings.words, data, static_metacall, NULL,
                               make_types(meta),  NULL};
    built->meta_object = object;
    void **slots = &built->group[base->parts[0].address_point + base->meta_object_slot];
    slots[0] = (void *)meta_object;
    slots[1] = (void *)meta_cast;
    slots[2] = (void *)meta_call;
}

/* ---- for users ---- */

const void *qt_subclass_meta_object(qt_subclass *subclass)
{
    return qt_built_class(subclass)->meta_object;
}

void qt_emit(qt_subclass *subclass, void *self, const qt_method *signal, void **args)
{
    const built_class *built = qt_built_class(subclass);
    int index = index_of(subclass->meta, signal);
    if (index >= 0 && index < subclass->meta->signal_count) {
        qt_sym_activate(self, built->meta_object, index, args);
    }
}

static void call_with_args(qt_callback callback, void *user, void **args)
{
    ((void (*)(void *, void **))callback)(user, args);
}

bool qt_connect_method(qt_subclass *subclass, void *sender, const qt_method *signal, void *context,
                       void (*callback)(void *user, void **args), void *user,
                       const qt_connect_options *options)
{
    const built_class *built = qt_built_class(subclass);
    const signal_identity identity = {signal, built};
    return qt_connect(sender, &identity, built->meta_object, context, call_with_args, (qt_callback)callback,
                      user, options);
}
