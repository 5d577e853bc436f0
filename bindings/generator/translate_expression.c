#include "translate.h"

#include "emit.h"

#include <stdlib.h>
#include <string.h>

/* ---- small helpers on cursors ---- */

typedef struct children {
    CXCursor at[8];
    unsigned count;
} children;

static enum CXChildVisitResult add_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    children *list = data;
    enum CXCursorKind kind = clang_getCursorKind(cursor);
    if (kind == CXCursor_TypeRef || kind == CXCursor_NamespaceRef || kind == CXCursor_TemplateRef) {
        return CXChildVisit_Continue;
    }
    if (list->count < 8) {
        list->at[list->count] = cursor;
    }
    list->count++;
    return CXChildVisit_Continue;
}

static children children_of(CXCursor cursor)
{
    children list = {.count = 0};
    clang_visitChildren(cursor, add_child, &list);
    return list;
}

static unsigned offset_of(CXSourceLocation location)
{
    unsigned offset = 0;
    clang_getFileLocation(location, NULL, NULL, NULL, &offset);
    return offset;
}

/* The first token of `cursor` at or behind file offset `from`, or its last token if `from` is UINT_MAX. */
static const char *token_at(CXCursor cursor, unsigned from)
{
    CXTranslationUnit unit = clang_Cursor_getTranslationUnit(cursor);
    CXToken *tokens = NULL;
    unsigned count = 0;
    clang_tokenize(unit, clang_getCursorExtent(cursor), &tokens, &count);
    const char *text = "";
    for (unsigned i = 0; i < count; i++) {
        if (from == UINT32_MAX || offset_of(clang_getTokenLocation(unit, tokens[i])) >= from) {
            text = gen_keep(clang_getTokenSpelling(unit, tokens[i]));
            if (from != UINT32_MAX) {
                break;
            }
        }
    }
    clang_disposeTokens(unit, tokens, count);
    return text;
}

/* In an expanded macro, tokens are those of the macro's use and tell nothing. */
static bool from_macro(CXCursor cursor)
{
    CXSourceLocation location = clang_getCursorLocation(cursor);
    unsigned spelling = 0;
    unsigned expansion = 0;
    CXFile spelling_file = NULL;
    CXFile expansion_file = NULL;
    clang_getSpellingLocation(location, &spelling_file, NULL, NULL, &spelling);
    clang_getExpansionLocation(location, &expansion_file, NULL, NULL, &expansion);
    return spelling != expansion;
}

const char *gen_translate_fail(translation *at, const char *why)
{
    if (!at->why) {
        at->why = why;
    }
    return "0";
}

/* ---- types ---- */

static const char *type_text(translation *at, CXType type)
{
    gen_type c = gen_classify_type(at->model, type);
    if (c.kind == GEN_UNSUPPORTED || c.rvalue) {
        return gen_translate_fail(at, gen_text("type %s", c.c ? c.c : "?"));
    }
    return gen_c_result(&c);
}

static CXType plain_type(CXCursor cursor)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    if (type.kind == CXType_LValueReference || type.kind == CXType_RValueReference) {
        type = clang_getCanonicalType(clang_getPointeeType(type));
    }
    return type;
}

static gen_class *class_of_type(translation *at, CXType type)
{
    gen_type c = gen_classify_type(at->model, type);
    return c.kind == GEN_CLASS ? c.cls : NULL;
}

/* Conversions that only add const make no new value. */
static bool same_record(CXCursor a, CXCursor b)
{
    CXType type = plain_type(a);
    return type.kind == CXType_Record &&
           clang_equalCursors(clang_getTypeDeclaration(type), clang_getTypeDeclaration(plain_type(b)));
}

static bool is_lvalue(CXCursor cursor)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_DeclRefExpr:
        return clang_getCursorKind(clang_getCursorReferenced(cursor)) != CXCursor_EnumConstantDecl;
    case CXCursor_MemberRefExpr:
    case CXCursor_ArraySubscriptExpr:
        return true;
    case CXCursor_UnaryOperator:
        return token_at(cursor, 0)[0] == '*';
    case CXCursor_ParenExpr:
    case CXCursor_UnexposedExpr: {
        children list = children_of(cursor);
        return list.count == 1 && is_lvalue(list.at[0]) &&
               (clang_equalTypes(plain_type(cursor), plain_type(list.at[0])) ||
                same_record(cursor, list.at[0]));
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
    CXType type = plain_type(expression);
    const gen_class *cls = class_of_type(at, type);
    if (cls && !cls->is_trivial) {
        return gen_translate_fail(at, gen_text("temporary %s", cls->name));
    }
    return gen_text("(%s[1]){%s}", type_text(at, type), text);
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

static const char *declaration_reference(translation *at, CXCursor cursor)
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

static bool is_pointer(CXCursor cursor)
{
    return clang_getCanonicalType(clang_getCursorType(cursor)).kind == CXType_Pointer;
}

/* The object of a member expression as a pointer; "this_" if it is implicit. */
static const char *object_pointer(translation *at, CXCursor member, const gen_class **cls)
{
    children list = children_of(member);
    if (list.count == 0) {
        *cls = at->method->cls;
        return "this_";
    }
    CXCursor object = list.at[0];
    CXType type = plain_type(object);
    if (is_pointer(object)) {
        type = clang_getCanonicalType(clang_getPointeeType(type));
        *cls = class_of_type(at, type);
        return gen_translate_expression(at, object);
    }
    *cls = class_of_type(at, type);
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

static const char *field_reference(translation *at, CXCursor cursor, CXCursor declaration)
{
    const char *name = gen_keep(clang_getCursorSpelling(declaration));
    const gen_class *owner = gen_model_class(
        at->model, gen_keep(clang_getCursorSpelling(clang_getCursorSemanticParent(declaration))));
    const gen_class *cls = NULL;
    const char *object = object_pointer(at, cursor, &cls);
    const gen_field *field = owner ? find_field(owner, name) : NULL;
    if (!field || !cls || field->type.kind == GEN_UNSUPPORTED) {
        return gen_translate_fail(at, gen_text("field %s", name));
    }
    int64_t base = gen_class_base_offset(cls, owner);
    if (base < 0) {
        return gen_translate_fail(at, gen_text("field %s of a base", name));
    }
    gen_type type = field->type;
    if (field->array) {
        return gen_text("((%s*)((char *)%s + %lld))", gen_c_result(&type), object,
                        (long long)(base + field->offset));
    }
    if (field->bits) {
        const char *unit = gen_text("(*(unsigned *)((char *)%s + %lld))", object,
                                    (long long)(base + field->bit_offset / 32 * 4));
        return gen_text("((%s >> %lld) & 0x%xU)", unit, (long long)(field->bit_offset % 32),
                        (1U << field->bits) - 1);
    }
    bool reference = type.reference;
    const char *text = gen_text("(*(%s*)((char *)%s + %lld))", gen_c_result(&type), object,
                                (long long)(base + field->offset));
    return reference ? gen_text("(*%s)", text) : text;
}

/* ---- calls ---- */

static const struct {
    const char *qt, *c;
} helpers[] = {{"qRound", "qt_round"}, {"qMin", "QT_MIN"},     {"qMax", "QT_MAX"},
               {"qAbs", "QT_ABS"},     {"qBound", "QT_BOUND"}, {"qFuzzyIsNull", "qt_fuzzy_is_null"}};

/* clang shows an argument that is not written as an expression without children. */
static bool is_default_argument(CXCursor argument)
{
    return clang_Cursor_isNull(argument) ||
           (clang_getCursorKind(argument) == CXCursor_UnexposedExpr && children_of(argument).count == 0);
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
    CXType type = plain_type(call);
    int count = clang_Cursor_getNumArguments(call);
    if (is_flags(at, type)) {
        return count ? gen_translate_expression(at, clang_Cursor_getArgument(call, 0)) : "0";
    }
    const gen_class *cls = class_of_type(at, type);
    if (!cls || !cls->is_trivial) {
        return gen_translate_fail(at, gen_text("construction of %s", gen_keep(clang_getTypeSpelling(type))));
    }
    if (copies(target) && count == 1) {
        return gen_translate_expression(at, clang_Cursor_getArgument(call, 0));
    }
    return gen_text("%c%s%c(%s)", MAKE_OPEN, gen_keep(clang_getCursorUSR(target)), CALL_CLOSE,
                    arguments_text(at, call, target, ""));
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
    CXType element = clang_getCanonicalType(clang_Type_getTemplateArgumentAsType(plain_type(object), 0));
    const char *list = gen_translate_expression(at, object);
    if (strcmp(name, "size") == 0 || strcmp(name, "count") == 0 || strcmp(name, "length") == 0) {
        return gen_text("(%s.size)", list);
    }
    if (strcmp(name, "isEmpty") == 0 || strcmp(name, "empty") == 0) {
        return gen_text("(%s.size == 0)", list);
    }
    if (strcmp(name, "constData") == 0) {
        return gen_text("((%s*)%s.ptr)", type_text(at, element), list);
    }
    const char *index = NULL;
    if (strcmp(name, "first") == 0 || strcmp(name, "constFirst") == 0) {
        index = "0";
    } else if (strcmp(name, "at") == 0 || strcmp(name, "operator[]") == 0) {
        index = gen_translate_expression(
            at, clang_Cursor_getArgument(call, (unsigned)clang_Cursor_getNumArguments(call) - 1));
    }
    return index ? gen_text("(((%s*)%s.ptr)[%s])", type_text(at, element), list, index)
                 : gen_translate_fail(at, gen_text("QList::%s", name));
}

static const char *method_call(translation *at, CXCursor call, CXCursor target)
{
    const char *name = gen_keep(clang_getCursorSpelling(target));
    children list = children_of(call);
    CXCursor owner = clang_getCursorSemanticParent(target);
    if (strcmp(gen_keep(clang_getCursorSpelling(owner)), "QFlags") == 0) {
        children member = list.count ? children_of(list.at[0]) : (children){.count = 0};
        return member.count ? flags_method(at, member.at[0], call, name) : gen_translate_fail(at, "QFlags");
    }
    if (strcmp(gen_keep(clang_getCursorSpelling(owner)), "QList") == 0) {
        children member = list.count ? children_of(list.at[0]) : (children){.count = 0};
        return member.count ? list_method(at, call, member.at[0], name) : gen_translate_fail(at, "QList");
    }
    const char *first = "";
    if (!clang_CXXMethod_isStatic(target)) {
        const gen_class *cls = NULL;
        if (list.count == 0 || clang_getCursorKind(list.at[0]) != CXCursor_MemberRefExpr) {
            return gen_translate_fail(at, gen_text("call of %s", name));
        }
        first = object_pointer(at, list.at[0], &cls);
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
    while (clang_getCursorKind(pointer) == CXCursor_UnexposedExpr && children_of(pointer).count == 1) {
        pointer = children_of(pointer).at[0];
    }
    CXCursor declaration = clang_getCursorReferenced(pointer);
    const char *type = gen_keep(clang_getCursorSpelling(clang_getTypeDeclaration(plain_type(pointer))));
    bool known = strcmp(type, "QScopedPointer") == 0 || strcmp(type, "unique_ptr") == 0;
    if (!known || clang_getCursorKind(declaration) != CXCursor_FieldDecl ||
        clang_Type_getSizeOf(plain_type(pointer)) != 8) {
        return gen_translate_fail(at, gen_text("operator-> of %s", type));
    }
    const gen_class *owner = gen_model_class(
        at->model, gen_keep(clang_getCursorSpelling(clang_getCursorSemanticParent(declaration))));
    const gen_class *cls = NULL;
    const char *object = object_pointer(at, pointer, &cls);
    int64_t base = owner && cls ? gen_class_base_offset(cls, owner) : -1;
    if (base < 0) {
        return gen_translate_fail(at, "smart pointer of another class");
    }
    return gen_text("(*(%s*)((char *)%s + %lld))", type_text(at, clang_getCursorType(call)), object,
                    (long long)(base + clang_Cursor_getOffsetOfField(declaration) / 8));
}

static const char *operator_call(translation *at, CXCursor call, CXCursor target, const char *symbol)
{
    int count = clang_Cursor_getNumArguments(call);
    CXCursor left = clang_Cursor_getArgument(call, 0);
    if (strcmp(symbol, "->") == 0) {
        return smart_pointer(at, call, left);
    }
    if (strcmp(symbol, "[]") == 0 && gen_classify_type(at->model, plain_type(left)).kind == GEN_LIST) {
        return list_method(at, call, left, "operator[]");
    }
    gen_type left_type = gen_classify_type(at->model, plain_type(left));
    bool assigns = strcmp(symbol, "=") == 0 && left_type.kind == GEN_CLASS && left_type.cls->is_trivial;
    if (count == 1 && is_number(&left_type) && (strcmp(symbol, "~") == 0 || strcmp(symbol, "!") == 0)) {
        return gen_text("(%s%s)", symbol, gen_translate_expression(at, left));
    }
    if (count != 2) {
        return gen_translate_fail(at, gen_text("operator%s", symbol));
    }
    CXCursor right = clang_Cursor_getArgument(call, 1);
    gen_type right_type = gen_classify_type(at->model, plain_type(right));
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

static const char *call_expression(translation *at, CXCursor call)
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

/* ---- operators ---- */

static const char *binary(translation *at, CXCursor cursor)
{
    children list = children_of(cursor);
    if (list.count != 2 || from_macro(cursor)) {
        return gen_translate_fail(at, "operator in a macro");
    }
    unsigned end = offset_of(clang_getRangeEnd(clang_getCursorExtent(list.at[0])));
    const char *operator_text = token_at(cursor, end);
    static const char *const known[] = {
        "+", "-", "*",  "/",  "%", "==", "!=", "<",  "<=", ">",  ">=", "&&", "||", "&",
        "|", "^", "<<", ">>", "=", "+=", "-=", "*=", "/=", "|=", "&=", "^=", ","};
    bool assigns = operator_text[strlen(operator_text) - 1] == '=' && !strchr("=!<>", operator_text[0]);
    if ((assigns || strcmp(operator_text, "=") == 0) &&
        clang_Cursor_isBitField(clang_getCursorReferenced(list.at[0]))) {
        return gen_translate_fail(at, "assignment to a bit field");
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i], operator_text) == 0) {
            return gen_text("(%s %s %s)", gen_translate_expression(at, list.at[0]), operator_text,
                            gen_translate_expression(at, list.at[1]));
        }
    }
    return gen_translate_fail(at, gen_text("operator %s", operator_text));
}

static const char *unary(translation *at, CXCursor cursor)
{
    children list = children_of(cursor);
    if (list.count != 1 || from_macro(cursor)) {
        return gen_translate_fail(at, "operator in a macro");
    }
    const char *first = token_at(cursor, 0);
    const char *value = gen_translate_expression(at, list.at[0]);
    if (strchr("!-~*&+", first[0]) && strlen(first) <= 2) {
        return gen_text("(%s%s)", first, value);
    }
    const char *last = token_at(cursor, UINT32_MAX);
    if (strcmp(last, "++") == 0 || strcmp(last, "--") == 0) {
        return gen_text("(%s%s)", value, last);
    }
    return gen_translate_fail(at, gen_text("operator %s", first));
}

static const char *cast(translation *at, CXCursor cursor)
{
    children list = children_of(cursor);
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    if (type.kind == CXType_Void) {
        return "(void)0"; /* Q_ASSERT in a release build, Q_UNUSED */
    }
    if (list.count != 1) {
        return gen_translate_fail(at, "cast");
    }
    const char *value = gen_translate_expression(at, list.at[0]);
    if (type.kind == CXType_Record) {
        return value; /* a functional cast: the child constructs */
    }
    return gen_text("((%s)%s)", type_text(at, type), value);
}

static const char *conditional(translation *at, CXCursor cursor)
{
    children list = children_of(cursor);
    if (list.count != 3) {
        return gen_translate_fail(at, "condition");
    }
    return gen_text("(%s ? %s : %s)", gen_translate_expression(at, list.at[0]),
                    gen_translate_expression(at, list.at[1]), gen_translate_expression(at, list.at[2]));
}

static const char *literal(translation *at, CXCursor cursor)
{
    CXEvalResult result = clang_Cursor_Evaluate(cursor);
    const char *text = NULL;
    if (result && clang_EvalResult_getKind(result) == CXEval_Int) {
        text = clang_EvalResult_isUnsignedInt(result)
                   ? gen_text("%lluU", clang_EvalResult_getAsUnsigned(result))
                   : gen_text("%lld", clang_EvalResult_getAsLongLong(result));
    } else if (result && clang_EvalResult_getKind(result) == CXEval_Float) {
        text = gen_text("%#.17g", clang_EvalResult_getAsDouble(result));
    }
    if (result) {
        clang_EvalResult_dispose(result);
    }
    return text ? text : gen_translate_fail(at, "literal");
}

/* The implicit conversion of a pointer to one of a base. */
static const char *upcast(translation *at, const char *text, CXType from, CXType to)
{
    const gen_class *derived = class_of_type(at, from);
    const gen_class *base = class_of_type(at, to);
    if (!derived || !base || derived == base) {
        return text;
    }
    int64_t offset = gen_class_base_offset(derived, base);
    if (offset < 0) {
        return gen_translate_fail(at, "conversion of a pointer");
    }
    return gen_text("((%s *)qt_upcast(%s, %lld))", base->name, text, (long long)offset);
}

static const char *wrapper(translation *at, CXCursor cursor)
{
    children list = children_of(cursor);
    if (list.count == 0) {
        return gen_translate_fail(at, "empty expression");
    }
    CXCursor inner = list.at[list.count - 1];
    const char *text = gen_translate_expression(at, inner);
    if (is_pointer(cursor) && is_pointer(inner)) {
        return upcast(at, text, clang_getPointeeType(plain_type(inner)),
                      clang_getPointeeType(plain_type(cursor)));
    }
    return text;
}

static const char *init_list(translation *at, CXCursor cursor)
{
    children list = children_of(cursor);
    CXType type = plain_type(cursor);
    if (list.count == 1 && type.kind != CXType_Record) {
        return gen_translate_expression(at, list.at[0]);
    }
    if (list.count == 0 && type.kind != CXType_Record) {
        return "0";
    }
    return gen_translate_fail(at, "initialiser list");
}

const char *gen_translate_expression(translation *at, CXCursor cursor)
{
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_UnexposedExpr:
    case CXCursor_ParenExpr:
        return wrapper(at, cursor);
    case CXCursor_DeclRefExpr:
        return declaration_reference(at, cursor);
    case CXCursor_MemberRefExpr: {
        CXCursor target = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(target) == CXCursor_EnumConstantDecl) {
            return gen_text("%lld", clang_getEnumConstantDeclValue(target));
        }
        return clang_getCursorKind(target) == CXCursor_FieldDecl ? field_reference(at, cursor, target)
                                                                 : gen_translate_fail(at, "member");
    }
    case CXCursor_CXXThisExpr:
        return "this_";
    case CXCursor_CallExpr:
        return call_expression(at, cursor);
    case CXCursor_BinaryOperator:
    case CXCursor_CompoundAssignOperator:
        return binary(at, cursor);
    case CXCursor_UnaryOperator:
        return unary(at, cursor);
    case CXCursor_ConditionalOperator:
        return conditional(at, cursor);
    case CXCursor_IntegerLiteral:
    case CXCursor_FloatingLiteral:
    case CXCursor_CharacterLiteral:
    case CXCursor_CXXBoolLiteralExpr:
        return literal(at, cursor);
    case CXCursor_UnaryExpr: /* sizeof */
        return literal(at, cursor);
    case CXCursor_CXXNullPtrLiteralExpr:
        return "NULL";
    case CXCursor_CStyleCastExpr:
    case CXCursor_CXXStaticCastExpr:
    case CXCursor_CXXConstCastExpr:
    case CXCursor_CXXReinterpretCastExpr:
    case CXCursor_CXXFunctionalCastExpr:
        return cast(at, cursor);
    case CXCursor_InitListExpr:
        return init_list(at, cursor);
    case CXCursor_ArraySubscriptExpr: {
        children list = children_of(cursor);
        return list.count == 2 ? gen_text("%s[%s]", gen_translate_expression(at, list.at[0]),
                                          gen_translate_expression(at, list.at[1]))
                               : gen_translate_fail(at, "subscript");
    }
    default:
        return gen_translate_fail(at, gen_keep(clang_getCursorKindSpelling(clang_getCursorKind(cursor))));
    }
}
