#include "emit.h"
#include "vtable.h"

#include <string.h>

/* Itanium C++ ABI 5.1.4.2: a virtual function reached through a base that lies `offset` bytes into the object
   goes through a thunk that moves `this` back; its name is the function's with the adjustment before it. */
static const char *thunk_symbol(const char *symbol, int64_t offset)
{
    return offset ? gen_text("_ZThn%lld_%s", (long long)offset, symbol + strlen("_Z")) : symbol;
}

static const char *destructor_symbol(const gen_class *owner, int kind)
{
    return gen_text("_ZN%zu%sD%dEv", strlen(owner->name), owner->name, kind == 1 ? 1 : 0);
}

/* The function in a slot of a part; NULL: pure virtual. */
static const char *slot_symbol(const gen_class *cls, const gen_class *part_class, int64_t offset, size_t slot)
{
    const gen_slot *at = &part_class->slots[slot];
    if (at->destructor) {
        return thunk_symbol(destructor_symbol(cls, at->destructor), offset);
    }
    const gen_method *method = at->method;
    if (part_class != cls) {
        int primary = gen_primary_slot_of(cls, at->introduced);
        if (primary < 0) {
            return method->is_pure ? NULL : method->symbol;
        }
        method = cls->slots[primary].method;
    }
    return method->is_pure ? NULL : thunk_symbol(method->symbol, offset);
}

static void emit_fields(const gen_class *cls, FILE *out)
{
    fprintf(out, "static const abi_field fields_%s[] = {\n", cls->name);
    for (size_t i = 0; i < cls->field_count; i++) {
        const gen_field *field = &cls->fields[i];
        fprintf(out, "    {\"%s\", %lld, %lld, %d},\n", field->name, (long long)field->offset,
                (long long)field->size, field->bits);
    }
    fprintf(out, "};\n");
}

static void emit_part_symbols(const gen_class *cls, const gen_part_list *parts, size_t part, FILE *out)
{
    const gen_class *part_class = parts->classes[part];
    fprintf(out, "static const char *const symbols_%s_%zu[] = {\n", cls->name, part);
    for (size_t i = 0; i < part_class->slot_count; i++) {
        const char *symbol = slot_symbol(cls, part_class, parts->offsets[part], i);
        fprintf(out, symbol ? "    \"%s\",\n" : "    NULL,\n", symbol);
    }
    fprintf(out, "};\n");
}

static void emit_parts(const gen_class *cls, const gen_part_list *parts, FILE *out)
{
    for (size_t i = 0; i < parts->count; i++) {
        emit_part_symbols(cls, parts, i, out);
    }
    fprintf(out, "static const abi_part parts_%s[] = {\n", cls->name);
    for (size_t i = 0; i < parts->count; i++) {
        fprintf(out, "    {%zu, %lld, %zu, symbols_%s_%zu},\n", parts->address_points[i],
                (long long)parts->offsets[i], parts->classes[i]->slot_count, cls->name, i);
    }
    fprintf(out, "};\n");
}

static void emit_row(const gen_class *cls, FILE *out)
{
    fprintf(out,
            "    {.name = \"%s\", .size = %lld, .align = %lld, .is_abstract = %d, .is_polymorphic = %d, "
            ".is_trivial = %d",
            cls->name, (long long)cls->size, (long long)cls->align, cls->is_abstract, cls->is_polymorphic,
            cls->is_trivial);
    if (cls->field_count) {
        fprintf(out, ", .fields = fields_%s, .field_count = %zu", cls->name, cls->field_count);
    }
    if (cls->is_polymorphic) {
        gen_part_list parts = gen_vtable_parts(cls);
        fprintf(out, ", .parts = parts_%s, .part_count = %zu, .words = %zu", cls->name, parts.count,
                parts.words);
    }
    fprintf(out, "},\n");
}

void gen_emit_abi_table(const gen_model *model, FILE *out)
{
    fprintf(out,
            "/* Generated from Qt %s's headers by qt6c's generator: do not edit. */\n#include "
            "\"abi_table.h\"\n\n",
            model->qt_version);
    for (size_t i = 0; i < model->class_count; i++) {
        const gen_class *cls = model->classes[i];
        if (cls->field_count) {
            emit_fields(cls, out);
        }
        if (cls->is_polymorphic) {
            gen_part_list parts = gen_vtable_parts(cls);
            emit_parts(cls, &parts, out);
        }
    }
    fprintf(out, "const abi_class abi_classes[] = {\n");
    for (size_t i = 0; i < model->class_count; i++) {
        emit_row(model->classes[i], out);
    }
    fprintf(out, "};\nconst size_t abi_class_count = %zu;\n", model->class_count);
}
