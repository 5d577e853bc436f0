#include "parse_types.h"
#include "spelling.h"
#include "translate_parts.h"

#include <string.h>

static const struct {
    const char *qt, *c;
} helpers[] = {{"qRound", "qt_round"}, {"qMin", "QT_MIN"},     {"qMax", "QT_MAX"},
               {"qAbs", "QT_ABS"},     {"qBound", "QT_BOUND"}, {"qFuzzyIsNull", "qt_fuzzy_is_null"}};

/* clang shows an argument that is not written as an expression without gen_children. */
static bool is_default_argument(CXCursor argument)
{
    return clang_Cursor_isNull(argument) ||
           (clang_getCursorKind(argument) == CXCursor_UnexposedExpr && gen_children_of(argument).count == 0);
}

static const char *default_of(translation *at, CXCursor target, size_t number)
{
    const gen_method *method = gen_model_method(at->model, gen_keep(clang_getCursorUSR(target)));
    if (!method || number >= method->param_count || !method->params[number].default_c) {
        return gen_translate_fail(at, "default argument");
    }
    return gen_default_argument(&method->params[number]);
}

/* Arguments of a call as C wants them for the parameters of `target`. */
static const char *arguments_text(translation *at, CXCursor call, CXCursor target, const char *first)
{
    char *text = gen_text("%s", first);
    int count = clang_Cursor_getNumArguments(call);
    for (int i = 0; i < count; i++) {
        CXCursor argument = clang_Cursor_getArgument(call, (unsigned)i);
        CXCursor declared = clang_Cursor_getArgument(target, (unsigned)i);
        gen_type type = gen_classify_type(at->model, clang_getCursorType(declared));
        if (is_default_argument(argument)) {
            text = gen_text("%s%s%s", text, *text ? ", " : "", default_of(at, target, (size_t)i));
            continue;
        }
        bool temporary = type.pointers == 0 &&
                         ((type.kind == GEN_CLASS && !type.cls->is_trivial) || type.kind == GEN_LIST);
        const char *value = type.reference || temporary ? gen_translate_address(at, argument)
                                                        : gen_translate_expression(at, argument);
        text = gen_text("%s%s%s", text, *text ? ", " : "", value);
    }
    return text;
}

static const char *helper_call(translation *at, CXCursor call, const char *name)
{
    for (size_t i = 0; i < sizeof helpers / sizeof *helpers; i++) {
        if (strcmp(helpers[i].qt, name) == 0) {
            char *text = gen_text("%s(", helpers[i].c);
            int count = clang_Cursor_getNumArguments(call);
            for (int a = 0; a < count; a++) {
                text = gen_text("%s%s%s", text, a ? ", " : "",
                                gen_translate_expression(at, clang_Cursor_getArgument(call, (unsigned)a)));
            }
            return gen_text("%s)", text);
        }
    }
    return gen_translate_fail(at, gen_text("function %s", name));
}

static bool copies(CXCursor constructor)
{
    return clang_CXXConstructor_isCopyConstructor(constructor) ||
           clang_CXXConstructor_isMoveConstructor(constructor);
}

static bool is_flags(const translation *at, CXType type)
{
    return gen_classify_type(at->model, type).kind == GEN_FLAGS;
}

static const char *construction(translation *at, CXCursor call, CXCursor target)
{
    CXType type = gen_plain_type(call);
    int count = clang_Cursor_getNumArguments(call);
    if (is_flags(at, type)) {
        return count ? gen_translate_expression(at, clang_Cursor_getArgument(call, 0)) : "0";
    }
    const gen_class *cls = gen_class_of_type(at, type);
    if (!cls || !cls->is_trivial) {
        return gen_translate_fail(at, gen_text("construction of %s", gen_keep(clang_getTypeSpelling(type))));
    }
    if (copies(target) && count == 1) {
        return gen_translate_expression(at, clang_Cursor_getArgument(call, 0));
    }
    return gen_text("%c%s%c(%s)", MAKE_OPEN, gen_keep(clang_getCursorUSR(target)), CALL_CLOSE,
                    arguments_text(at, call, target, ""));
}

/* Classes whose copies the runtime makes, as their copy constructors are inline in Qt. */
static const char *runtime_share(const gen_class *cls)
{
    if (strcmp(cls->name, "QString") == 0) {
        return "qt_string_share";
    }
    return strcmp(cls->name, "QByteArray") == 0 ? "qt_bytearray_share" : NULL;
}

const char *gen_translate_construction(translation *at, CXCursor expression, const char *object)
{
    while (clang_getCursorKind(expression) != CXCursor_CallExpr && gen_children_of(expression).count == 1) {
        expression = gen_children_of(expression).at[0];
    }
    CXCursor target = clang_getCursorReferenced(expression);
    const gen_class *cls = gen_class_of_type(at, gen_plain_type(expression));
    if (clang_getCursorKind(expression) != CXCursor_CallExpr || !cls || cls->is_trivial ||
        clang_getCursorKind(target) != CXCursor_Constructor) {
        return NULL;
    }
    if (copies(target) && runtime_share(cls)) {
        return gen_text("*%s = %s(%s)", object, runtime_share(cls),
                        arguments_text(at, expression, target, ""));
    }
    return gen_text("%c%s%c(%s)", CALL_OPEN, gen_keep(clang_getCursorUSR(target)), CALL_CLOSE,
                    arguments_text(at, expression, target, object));
}

static const char *flags_method(translation *at, CXCursor object, CXCursor call, const char *name)
{
    const char *value = gen_translate_expression(at, object);
    if (strcmp(name, "operator unsigned int") == 0 || strncmp(name, "operator int", 12) == 0 ||
        strcmp(name, "toInt") == 0 || strcmp(name, "operator Int") == 0) {
        return gen_text("(%s)", value);
    }
    if (strcmp(name, "testFlag") == 0) {
        return gen_text("((%s & %s) != 0)", value,
                        gen_translate_expression(at, clang_Cursor_getArgument(call, 0)));
    }
    return gen_translate_fail(at, gen_text("QFlags::%s", name));
}

/* Element access of QList<T>, which C knows by its layout. */
static const char *list_method(translation *at, CXCursor call, CXCursor object, const char *name)
{
    CXType element = clang_getCanonicalType(clang_Type_getTemplateArgumentAsType(gen_plain_type(object), 0));
    const char *list = gen_translate_expression(at, object);
    if (strcmp(name, "size") == 0 || strcmp(name, "count") == 0 || strcmp(name, "length") == 0) {
        return gen_text("(%s.size)", list);
    }
    if (strcmp(name, "isEmpty") == 0 || strcmp(name, "empty") == 0) {
        return gen_text("(%s.size == 0)", list);
    }
    if (strcmp(name, "constData") == 0) {
        return gen_text("((%s*)%s.ptr)", gen_type_text(at, element), list);
    }
    const char *index = NULL;
    if (strcmp(name, "first") == 0 || strcmp(name, "constFirst") == 0) {
        index = "0";
    } else if (strcmp(name, "at") == 0 || strcmp(name, "operator[]") == 0) {
        index = gen_translate_expression(
            at, clang_Cursor_getArgument(call, (unsigned)clang_Cursor_getNumArguments(call) - 1));
    }
    return index ? gen_text("(((%s*)%s.ptr)[%s])", gen_type_text(at, element), list, index)
                 : gen_translate_fail(at, gen_text("QList::%s", name));
}

static const char *method_call(translation *at, CXCursor call, CXCursor target)
{
    const char *name = gen_keep(clang_getCursorSpelling(target));
    gen_children list = gen_children_of(call);
    CXCursor owner = clang_getCursorSemanticParent(target);
    if (strcmp(gen_keep(clang_getCursorSpelling(owner)), "QFlags") == 0) {
        gen_children member = list.count ? gen_children_of(list.at[0]) : (gen_children){.count = 0};
        return member.count ? flags_method(at, member.at[0], call, name) : gen_translate_fail(at, "QFlags");
    }
    if (strcmp(gen_keep(clang_getCursorSpelling(owner)), "QList") == 0) {
        gen_children member = list.count ? gen_children_of(list.at[0]) : (gen_children){.count = 0};
        return member.count ? list_method(at, call, member.at[0], name) : gen_translate_fail(at, "QList");
    }
    const char *first = "";
    if (!clang_CXXMethod_isStatic(target)) {
        const gen_class *cls = NULL;
        if (list.count == 0 || clang_getCursorKind(list.at[0]) != CXCursor_MemberRefExpr) {
            return gen_translate_fail(at, gen_text("call of %s", name));
        }
        first = gen_translate_object(at, list.at[0], &cls);
        const gen_class *declaring = gen_model_class(at->model, gen_keep(clang_getCursorSpelling(owner)));
        int64_t offset = cls && declaring ? gen_class_base_offset(cls, declaring) : -1;
        if (offset < 0) {
            return gen_translate_fail(at, gen_text("call of %s", name));
        }
        first = gen_text("(%s *)((char *)%s + %lld)", declaring->name, first, (long long)offset);
    }
    const char *text = gen_text("%c%s%c(%s)", CALL_OPEN, gen_keep(clang_getCursorUSR(target)), CALL_CLOSE,
                                arguments_text(at, call, target, first));
    bool reference = clang_getCanonicalType(clang_getCursorResultType(target)).kind == CXType_LValueReference;
    return reference ? gen_text("(*%s)", text) : text;
}

/* ---- operators that are functions: of flags and enums, and assignment of trivial values ---- */

static bool is_number(const gen_type *type)
{
    return type->pointers <= (type->reference ? 1 : 0) &&
           (type->kind == GEN_FLAGS || type->kind == GEN_ENUM || type->kind == GEN_BUILTIN);
}

/* QScopedPointer and std::unique_ptr with a stateless deleter are one pointer; `->` reads it. */
static const char *smart_pointer(translation *at, CXCursor call, CXCursor pointer)
{
    while (clang_getCursorKind(pointer) == CXCursor_UnexposedExpr && gen_children_of(pointer).count == 1) {
        pointer = gen_children_of(pointer).at[0];
    }
    CXCursor declaration = clang_getCursorReferenced(pointer);
    const char *type = gen_keep(clang_getCursorSpelling(clang_getTypeDeclaration(gen_plain_type(pointer))));
    bool known = strcmp(type, "QScopedPointer") == 0 || strcmp(type, "unique_ptr") == 0;
    if (!known || clang_getCursorKind(declaration) != CXCursor_FieldDecl ||
        clang_Type_getSizeOf(gen_plain_type(pointer)) != 8) {
        return gen_translate_fail(at, gen_text("operator-> of %s", type));
    }
    const gen_class *owner = gen_model_class(
        at->model, gen_keep(clang_getCursorSpelling(clang_getCursorSemanticParent(declaration))));
    const gen_class *cls = NULL;
    const char *object = gen_translate_object(at, pointer, &cls);
    int64_t base = owner && cls ? gen_class_base_offset(cls, owner) : -1;
    if (base < 0) {
        return gen_translate_fail(at, "smart pointer of another class");
    }
    return gen_text("(*(%s*)((char *)%s + %lld))", gen_type_text(at, clang_getCursorType(call)), object,
                    (long long)base + clang_Cursor_getOffsetOfField(declaration) / 8);
}

static const char *operator_call(translation *at, CXCursor call, CXCursor target, const char *symbol)
{
    int count = clang_Cursor_getNumArguments(call);
    CXCursor left = clang_Cursor_getArgument(call, 0);
    if (strcmp(symbol, "->") == 0) {
        return smart_pointer(at, call, left);
    }
    if (strcmp(symbol, "[]") == 0 && gen_classify_type(at->model, gen_plain_type(left)).kind == GEN_LIST) {
        return list_method(at, call, left, "operator[]");
    }
    gen_type left_type = gen_classify_type(at->model, gen_plain_type(left));
    bool assigns = strcmp(symbol, "=") == 0 && left_type.kind == GEN_CLASS && left_type.cls->is_trivial;
    if (count == 1 && is_number(&left_type) && (strcmp(symbol, "~") == 0 || strcmp(symbol, "!") == 0)) {
        return gen_text("(%s%s)", symbol, gen_translate_expression(at, left));
    }
    if (count != 2) {
        return gen_translate_fail(at, gen_text("operator%s", symbol));
    }
    CXCursor right = clang_Cursor_getArgument(call, 1);
    gen_type right_type = gen_classify_type(at->model, gen_plain_type(right));
    if (assigns || (is_number(&left_type) && is_number(&right_type))) {
        return gen_text("(%s %s %s)", gen_translate_expression(at, left), symbol,
                        gen_translate_expression(at, right));
    }
    if (clang_getCursorKind(target) == CXCursor_CXXMethod && left_type.kind == GEN_CLASS) {
        gen_type declared =
            gen_classify_type(at->model, clang_getCursorType(clang_Cursor_getArgument(target, 0)));
        const char *text = gen_text("%c%s%c(%s, %s)", CALL_OPEN, gen_keep(clang_getCursorUSR(target)),
                                    CALL_CLOSE, gen_translate_address(at, left),
                                    declared.reference ? gen_translate_address(at, right)
                                                       : gen_translate_expression(at, right));
        bool reference =
            clang_getCanonicalType(clang_getCursorResultType(target)).kind == CXType_LValueReference;
        return reference ? gen_text("(*%s)", text) : text;
    }
    return gen_translate_fail(at, gen_text("operator%s", symbol));
}

const char *gen_translate_call(translation *at, CXCursor call)
{
    CXCursor target = clang_getCursorReferenced(call);
    const char *name = gen_keep(clang_getCursorSpelling(target));
    if (strncmp(name, "operator", 8) == 0 && name[8] != ' ') {
        return operator_call(at, call, target, name + 8);
    }
    switch (clang_getCursorKind(target)) {
    case CXCursor_Constructor:
        return construction(at, call, target);
    case CXCursor_CXXMethod:
    case CXCursor_ConversionFunction:
        return method_call(at, call, target);
    case CXCursor_FunctionDecl:
    case CXCursor_FunctionTemplate:
        return helper_call(at, call, name);
    default:
        return gen_translate_fail(at, gen_text("call of %s", *name ? name : "something"));
    }
}
