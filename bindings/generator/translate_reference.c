#include "parse_types.h"
#include "spelling.h"
#include "translate_parts.h"

#include <string.h>

static bool is_lvalue(CXCursor cursor)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_DeclRefExpr:
        return clang_getCursorKind(clang_getCursorReferenced(cursor)) != CXCursor_EnumConstantDecl;
    case CXCursor_MemberRefExpr:
    case CXCursor_ArraySubscriptExpr:
        return true;
    case CXCursor_UnaryOperator:
        return gen_token_at(cursor, 0)[0] == '*';
    case CXCursor_ParenExpr:
    case CXCursor_UnexposedExpr: {
        gen_children list = gen_children_of(cursor);
        return list.count == 1 && is_lvalue(list.at[0]) &&
               (clang_equalTypes(gen_plain_type(cursor), gen_plain_type(list.at[0])) ||
                gen_same_record(cursor, list.at[0]));
    }
    case CXCursor_CallExpr: {
        CXCursor target = clang_getCursorReferenced(cursor);
        return clang_getCanonicalType(clang_getCursorResultType(target)).kind == CXType_LValueReference;
    }
    default:
        return false;
    }
}

const char *gen_translate_address(translation *at, CXCursor expression)
{
    const char *text = gen_translate_expression(at, expression);
    if (is_lvalue(expression)) {
        return gen_text("&%s", text);
    }
    CXType type = gen_plain_type(expression);
    const gen_class *cls = gen_class_of_type(at, type);
    if (cls && !cls->is_trivial) {
        return gen_translate_fail(at, gen_text("temporary %s", cls->name));
    }
    return gen_text("(%s[1]){%s}", gen_type_text(at, type), text);
}

/* ---- references to declarations ---- */

static const char *parameter(translation *at, CXCursor declaration)
{
    const char *name = gen_keep(clang_getCursorSpelling(declaration));
    gen_param param = {.name = name};
    gen_type type = gen_classify_type(at->model, clang_getCursorType(declaration));
    bool temporary = (type.kind == GEN_CLASS && !type.cls->is_trivial && type.pointers == 0) ||
                     (type.kind == GEN_LIST && type.pointers == 0);
    bool by_union = type.kind == GEN_CLASS && type.pointers == 1 && gen_has_subclasses(at->model, type.cls);
    const char *c_name = gen_param_name(&param);
    if (by_union) {
        c_name = gen_text("%s.%s_", c_name, type.cls->name);
    }
    return type.reference || type.rvalue || temporary ? gen_text("(*%s)", c_name) : c_name;
}

const char *gen_translate_reference(translation *at, CXCursor cursor)
{
    CXCursor target = clang_getCursorReferenced(cursor);
    switch (clang_getCursorKind(target)) {
    case CXCursor_ParmDecl:
        return parameter(at, target);
    case CXCursor_EnumConstantDecl:
        return gen_text("%lld", clang_getEnumConstantDeclValue(target));
    case CXCursor_VarDecl:
        if (clang_getCursorKind(clang_getCursorSemanticParent(target)) == CXCursor_CXXMethod) {
            return gen_keep(clang_getCursorSpelling(target));
        }
        return gen_translate_fail(at, gen_text("variable %s", gen_keep(clang_getCursorSpelling(target))));
    default:
        return gen_translate_fail(at, gen_text("reference to %s", gen_keep(clang_getCursorSpelling(target))));
    }
}

/* ---- members ---- */

const char *gen_translate_object(translation *at, CXCursor member, const gen_class **cls)
{
    gen_children list = gen_children_of(member);
    if (list.count == 0) {
        *cls = at->method->cls;
        return "this_";
    }
    CXCursor object = list.at[0];
    CXType type = gen_plain_type(object);
    if (gen_is_pointer(object)) {
        type = clang_getCanonicalType(clang_getPointeeType(type));
        *cls = gen_class_of_type(at, type);
        return gen_translate_expression(at, object);
    }
    *cls = gen_class_of_type(at, type);
    return gen_translate_address(at, object);
}

static const gen_field *find_field(const gen_class *cls, const char *name)
{
    for (size_t i = 0; i < cls->field_count; i++) {
        if (strcmp(cls->fields[i].name, name) == 0) {
            return &cls->fields[i];
        }
    }
    return NULL;
}

/* Where a field is; NULL with a reason if that cannot be said. */
static const gen_field *locate(translation *at, CXCursor cursor, CXCursor declaration, const char **object,
                               int64_t *base)
{
    const char *name = gen_keep(clang_getCursorSpelling(declaration));
    const gen_class *owner = gen_model_class(
        at->model, gen_keep(clang_getCursorSpelling(clang_getCursorSemanticParent(declaration))));
    const gen_class *cls = NULL;
    *object = gen_translate_object(at, cursor, &cls);
    const gen_field *field = owner ? find_field(owner, name) : NULL;
    if (!field || !cls || field->type.kind == GEN_UNSUPPORTED) {
        gen_translate_fail(at, gen_text("field %s", name));
        return NULL;
    }
    *base = gen_class_base_offset(cls, owner);
    if (*base < 0) {
        gen_translate_fail(at, gen_text("field %s of a base", name));
        return NULL;
    }
    return field;
}

/* The word that a bit field is in. */
static const char *unit_of(const gen_field *field, const char *object, int64_t base)
{
    return gen_text("(*(unsigned *)((char *)%s + %lld))", object,
                    (long long)base + field->bit_offset / 32 * 4);
}

const char *gen_translate_bits(translation *at, CXCursor cursor, const char *value)
{
    const char *object = NULL;
    int64_t base = 0;
    const gen_field *field = locate(at, cursor, clang_getCursorReferenced(cursor), &object, &base);
    if (!field || !field->bits) {
        return gen_translate_fail(at, "assignment to a bit field");
    }
    const char *unit = unit_of(field, object, base);
    long long shift = (long long)(field->bit_offset % 32);
    unsigned mask = (1U << field->bits) - 1;
    return gen_text("(%s = (%s & ~(0x%xU << %lld)) | (((unsigned)(%s) & 0x%xU) << %lld))", unit, unit, mask,
                    shift, value, mask, shift);
}

const char *gen_translate_field(translation *at, CXCursor cursor, CXCursor declaration)
{
    const char *object = NULL;
    int64_t base = 0;
    const gen_field *field = locate(at, cursor, declaration, &object, &base);
    if (!field) {
        return gen_translate_fail(at, "field");
    }
    gen_type type = field->type;
    if (field->array) {
        return gen_text("((%s*)((char *)%s + %lld))", gen_c_result(&type), object,
                        (long long)base + field->offset);
    }
    if (field->bits) {
        return gen_text("((%s >> %lld) & 0x%xU)", unit_of(field, object, base),
                        (long long)(field->bit_offset % 32), (1U << field->bits) - 1);
    }
    bool reference = type.reference;
    const char *text =
        gen_text("(*(%s*)((char *)%s + %lld))", gen_c_result(&type), object, (long long)base + field->offset);
    return reference ? gen_text("(*%s)", text) : text;
}
