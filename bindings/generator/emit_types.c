#include "emit.h"
#include "emit_members.h"
#include "naming.h"
#include "spelling.h"

#include <string.h>

static bool is_runtime(const gen_class *cls)
{
    return cls->note && strcmp(cls->note, "runtime") == 0;
}

static void emit_enum(const gen_enum *list, FILE *out)
{
    if (list->count == 0) {
        return;
    }
    fprintf(out, "typedef enum %s {\n", list->c_name);
    for (size_t i = 0; i < list->count; i++) {
        fprintf(out, "    %s = %lld,\n", list->values[i].name, list->values[i].value);
    }
    fprintf(out, "} %s;\n", list->c_name);
}

static void emit_struct(const gen_class *cls, FILE *out)
{
    if (gen_shows_fields(cls)) {
        fprintf(out, "struct %s {\n", cls->name);
        for (size_t i = 0; i < cls->field_count; i++) {
            const gen_field *field = &cls->fields[i];
            const char *type = field->type.kind == GEN_CLASS         ? field->type.cls->name
                               : field->type.kind == GEN_UNSUPPORTED ? "void"
                               : field->type.kind == GEN_FLAGS       ? "int"
                                                                     : field->type.c;
            fprintf(out, "    %s %.*s%s;\n", type, field->type.pointers, "***", field->name);
        }
        fprintf(out, "};\n");
    } else {
        fprintf(out, "struct %s { _Alignas(%lld) unsigned char opaque_[%lld]; };\n", cls->name,
                (long long)cls->align, (long long)cls->size);
    }
}

static void emit_asserts(const gen_class *cls, FILE *out)
{
    fprintf(out, "_Static_assert(sizeof(%s) == %lld && _Alignof(%s) == %lld, \"%s\");\n", cls->name,
            (long long)cls->size, cls->name, (long long)cls->align, cls->name);
    if (gen_shows_fields(cls) && !is_runtime(cls)) {
        for (size_t i = 0; i < cls->field_count; i++) {
            fprintf(out, "_Static_assert(offsetof(%s, %s) == %lld, \"%s.%s\");\n", cls->name,
                    cls->fields[i].name, (long long)cls->fields[i].offset, cls->name, cls->fields[i].name);
        }
    }
}

/* Whether some function returns the class where C would use registers and C++ memory. */
static bool is_returned_in_memory(const gen_model *model, const gen_class *cls)
{
    for (size_t c = 0; c < model->class_count; c++) {
        for (size_t m = 0; m < model->classes[c]->method_count; m++) {
            const gen_type *result = &model->classes[c]->methods[m].result;
            if (result->cls == cls && gen_returns_padded(result)) {
                return true;
            }
        }
    }
    return false;
}

static void emit_result(const gen_class *cls, FILE *out)
{
    fprintf(out,
            "typedef QT_RESULT(%s) %sResult;\n"
            "_Static_assert(!QT_RETURNS_TO_QT || sizeof(%sResult) == %lld, \"%s\");\n",
            cls->name, cls->name, cls->name, (long long)cls->size, cls->name);
}

bool gen_has_subclasses(const gen_model *model, const gen_class *cls)
{
    for (size_t i = 0; i < model->class_count; i++) {
        if (model->classes[i] != cls && gen_class_base_offset(model->classes[i], cls) == 0) {
            return true;
        }
    }
    return false;
}

static void emit_union(const gen_model *model, const gen_class *cls, const char *constness, const char *name,
                       FILE *out)
{
    fprintf(out, "typedef union {");
    for (size_t i = 0; i < model->class_count; i++) {
        const gen_class *other = model->classes[i];
        if (gen_class_base_offset(other, cls) == 0) {
            fprintf(out, " %s%s *%s_;", constness, other->name, other->name);
        }
    }
    fprintf(out, " } %s%s __attribute__((transparent_union));\n", cls->name, name);
}

void gen_emit_types(const gen_model *model, FILE *out)
{
    fprintf(out,
            "/* Generated from Qt %s's headers by qt6c's generator: do not edit. Types of all bound classes. "
            "*/\n",
            model->qt_version);
    fprintf(out,
            "#ifndef QT6C_TYPES_H\n#define QT6C_TYPES_H\n\n#include <qt6c/runtime.h>\n#include <stdbool.h>\n"
            "#include <stddef.h>\n#include <stdint.h>\n\n");
    for (size_t i = 0; i < model->enum_count; i++) {
        emit_enum(&model->enums[i], out);
    }
    for (size_t i = 0; i < model->class_count; i++) {
        const gen_class *cls = model->classes[i];
        if (!is_runtime(cls)) {
            fprintf(out, "typedef struct %s %s;\n", cls->name, cls->name);
        }
    }
    for (size_t i = 0; i < model->class_count; i++) {
        const gen_class *cls = model->classes[i];
        for (size_t e = 0; e < cls->enum_count; e++) {
            emit_enum(&cls->enums[e], out);
        }
        if (!is_runtime(cls)) {
            emit_struct(cls, out);
        }
        emit_asserts(cls, out);
        if (is_returned_in_memory(model, cls)) {
            emit_result(cls, out);
        }
    }
    for (size_t i = 0; i < model->class_count; i++) {
        const gen_class *cls = model->classes[i];
        if (gen_has_subclasses(model, cls)) {
            emit_union(model, cls, "", "Ref", out);
            emit_union(model, cls, "const ", "ConstRef", out);
        }
    }
    fprintf(out, "\n#endif\n");
}
