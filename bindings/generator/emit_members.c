#include "emit_members.h"

#include "naming.h"
#include "spelling.h"

#include <string.h>

bool gen_shows_fields(const gen_class *cls)
{
    /* A class whose first field lies further in begins with something that clang does not name: a union. */
    if (!cls->is_trivial || cls->field_count == 0 || cls->base_count > 0 || cls->fields[0].offset != 0) {
        return false;
    }
    for (size_t i = 0; i < cls->field_count; i++) {
        const gen_field *field = &cls->fields[i];
        bool plain = field->type.kind == GEN_BUILTIN || field->type.kind == GEN_ENUM ||
                     field->type.kind == GEN_FLAGS || field->type.kind == GEN_CLASS ||
                     field->type.pointers > 0;
        if (!plain || field->bits || field->array || !*field->name) {
            return false;
        }
    }
    return true;
}

/* ---- public fields ---- */

static bool can_be_pointed_to(const gen_field *field)
{
    return field->is_public && *field->name && !field->bits && !field->array && !field->type.reference &&
           (field->type.kind != GEN_UNSUPPORTED || field->type.pointers > 0);
}

void gen_emit_fields(const gen_model *model, const gen_class *cls, FILE *out)
{
    const char *prefix = gen_class_prefix(cls);
    bool is_union = gen_has_subclasses(model, cls);
    for (size_t i = 0; !gen_shows_fields(cls) && i < cls->field_count; i++) {
        const gen_field *field = &cls->fields[i];
        if (!can_be_pointed_to(field)) {
            continue;
        }
        const char *type = field->type.kind == GEN_UNSUPPORTED
                               ? gen_text("void %.*s", field->type.pointers, "***")
                               : gen_c_result(&field->type);
        fprintf(out, "static inline %s*q_%s_field_%s(%sself)\n{\n    return (%s*)((char *)%s + %lld);\n}\n",
                type, prefix, gen_snake(field->name),
                is_union ? gen_text("%sConstRef ", cls->name) : gen_text("const %s *", cls->name), type,
                is_union ? gen_text("self.%s_", cls->name) : "self", (long long)field->offset);
    }
}

/* ---- destructors that the compiler makes ---- */

static const gen_method *declared_destructor(const gen_class *cls)
{
    for (size_t i = 0; i < cls->method_count; i++) {
        if (cls->methods[i].role == GEN_DESTRUCTOR) {
            return &cls->methods[i];
        }
    }
    return NULL;
}

/* The runtime has them by hand: their destructors are inline in Qt. */
static const char *runtime_release(const gen_class *cls)
{
    if (strcmp(cls->name, "QString") == 0) {
        return "qt_string_release";
    }
    return strcmp(cls->name, "QByteArray") == 0 ? "qt_bytearray_release" : NULL;
}

/* The function that ends an object of the class inside another; NULL if there is none. */
static const char *ending_of(const gen_class *cls)
{
    const gen_method *destructor = declared_destructor(cls);
    if (runtime_release(cls)) {
        return runtime_release(cls);
    }
    bool callable = destructor ? destructor->exported && !destructor->left_out : gen_has_member_fini(cls);
    return callable ? gen_text("q_%s_fini", gen_class_prefix(cls)) : NULL;
}

static bool needs_ending(const gen_type *type)
{
    return type->pointers == 0 && type->kind == GEN_CLASS && !type->cls->is_trivial;
}

bool gen_has_member_fini(const gen_class *cls)
{
    if (cls->is_trivial || cls->is_polymorphic || cls->has_unknown_base || declared_destructor(cls)) {
        return false;
    }
    for (size_t i = 0; i < cls->base_count; i++) {
        if (!cls->bases[i].cls->is_trivial && !ending_of(cls->bases[i].cls)) {
            return false;
        }
    }
    for (size_t i = 0; i < cls->field_count; i++) {
        const gen_field *field = &cls->fields[i];
        bool known = field->type.pointers > 0 || field->is_trivial || field->type.kind == GEN_BUILTIN ||
                     field->type.kind == GEN_ENUM || field->type.kind == GEN_FLAGS ||
                     (field->type.kind == GEN_CLASS &&
                      (field->type.cls->is_trivial || (!field->array && ending_of(field->type.cls))));
        if (!known) { /* a list: of what, the model does not say */
            return false;
        }
    }
    return true;
}

static const char *fini_head(const gen_model *model, const gen_class *cls)
{
    return gen_text("static inline void q_%s_fini(%sself)", gen_class_prefix(cls),
                    gen_has_subclasses(model, cls) ? gen_text("%sRef ", cls->name)
                                                   : gen_text("%s *", cls->name));
}

void gen_emit_member_fini_prototype(const gen_model *model, const gen_class *cls, FILE *out)
{
    fprintf(out, "%s;\n", fini_head(model, cls));
}

static void emit_ending(const gen_class *part, int64_t offset, FILE *out)
{
    fprintf(out, "    %s((%s *)(object + %lld));\n", ending_of(part), part->name, (long long)offset);
}

/* As C++ does: members from the last to the first, then the bases. */
void gen_emit_member_fini(const gen_model *model, const gen_class *cls, FILE *out)
{
    for (size_t i = 0; i < cls->field_count; i++) {
        if (needs_ending(&cls->fields[i].type) && !runtime_release(cls->fields[i].type.cls)) {
            fprintf(out, "#include <qt6c/q%s.h>\n", gen_class_prefix(cls->fields[i].type.cls));
        }
    }
    fprintf(out, "%s\n{\n    char *object = (char *)%s;\n    (void)object;\n", fini_head(model, cls),
            gen_has_subclasses(model, cls) ? gen_text("self.%s_", cls->name) : "self");
    for (size_t i = cls->field_count; i-- > 0;) {
        if (needs_ending(&cls->fields[i].type)) {
            emit_ending(cls->fields[i].type.cls, cls->fields[i].offset, out);
        }
    }
    for (size_t i = cls->base_count; i-- > 0;) {
        if (!cls->bases[i].cls->is_trivial) {
            emit_ending(cls->bases[i].cls, cls->bases[i].offset, out);
        }
    }
    fprintf(out, "}\n");
}
