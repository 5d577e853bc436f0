#include "emit.h"

/* libclang shows neither which copies a class without declared ones has, nor what templates hold: a C++
   compiler knows, and with it whether objects are passed and returned in registers (Itanium C++ ABI 1.1,
   "non-trivial for the purposes of calls"). Deleted copies do not count, but one must remain. */
static const char preamble[] =
    "#include <cstddef>\n#include <type_traits>\n\n"
    "template <typename T> constexpr bool through_registers =\n"
    "    std::is_trivially_destructible_v<T> &&\n"
    "    (std::is_copy_constructible_v<T> || std::is_move_constructible_v<T>) &&\n"
    "    (!std::is_copy_constructible_v<T> || std::is_trivially_copy_constructible_v<T>) &&\n"
    "    (!std::is_move_constructible_v<T> || std::is_trivially_move_constructible_v<T>);\n\n"
    "#define CLASS(name, size, align, polymorphic, abstract) \\\n"
    "    static_assert(sizeof(name) == size, \"size of \" #name); \\\n"
    "    static_assert(alignof(name) == align, \"alignment of \" #name); \\\n"
    "    static_assert(std::is_polymorphic_v<name> == polymorphic, #name \" has virtual functions or not\"); "
    "\\\n"
    "    static_assert(std::is_abstract_v<name> == abstract, #name \" is abstract or not\")\n"
    "#define CALLS(name, trivial) \\\n"
    "    static_assert(through_registers<name> == trivial, #name \" is passed in registers or not\")\n"
    "#define FIELD(name, field, offset, size) \\\n"
    "    static_assert(offsetof(name, field) == offset, \"offset of \" #name \"::\" #field); \\\n"
    "    static_assert(sizeof(name::field) == size, \"size of \" #name \"::\" #field)\n"
    "#define BASE(name, base) static_assert(std::is_base_of_v<base, name>, #name \" derives from \" "
    "#base)\n\n";

/* Where a copy is deleted or private nobody passes the class by value, so that nothing depends on it. */
static bool can_be_passed(const gen_class *cls)
{
    return !cls->is_abstract && !cls->is_qobject;
}

static void emit_class(const gen_class *cls, FILE *out)
{
    fprintf(out, "CLASS(%s, %lld, %lld, %s, %s);\n", cls->name, (long long)cls->size, (long long)cls->align,
            cls->is_polymorphic ? "true" : "false", cls->is_abstract ? "true" : "false");
    if (can_be_passed(cls)) {
        fprintf(out, "CALLS(%s, %s);\n", cls->name, cls->is_trivial ? "true" : "false");
    }
    for (size_t i = 0; i < cls->base_count; i++) {
        fprintf(out, "BASE(%s, %s);\n", cls->name, cls->bases[i].cls->name);
    }
    for (size_t i = 0; i < cls->field_count; i++) {
        const gen_field *field = &cls->fields[i];
        bool sayable = !field->bits && !field->type.reference && *field->name;
        if (sayable) {
            fprintf(out, "FIELD(%s, %s, %lld, %lld);\n", cls->name, field->name, (long long)field->offset,
                    (long long)field->size);
        }
    }
}

void gen_emit_layout_checks(const gen_model *model, FILE *out)
{
    fprintf(out,
            "/* Generated from Qt %s's headers by qt6c's generator: do not edit. What the binding believes "
            "of every\n"
            "   class, for a test that lets a C++ compiler judge it; compiled by nothing else. It wants Qt's "
            "headers\n"
            "   before it (-include) and access to private fields (-fno-access-control). */\n%s",
            model->qt_version, preamble);
    for (size_t i = 0; i < model->class_count; i++) {
        emit_class(model->classes[i], out);
    }
}
