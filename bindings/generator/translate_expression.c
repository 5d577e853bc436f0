#include "parse_types.h"
#include "translate_parts.h"

#include <stdlib.h>
#include <string.h>

static const char *binary(translation *at, CXCursor cursor)
{
    gen_children list = gen_children_of(cursor);
    if (list.count != 2 || gen_from_macro(cursor)) {
        return gen_translate_fail(at, "operator in a macro");
    }
    unsigned end = gen_offset_of(clang_getRangeEnd(clang_getCursorExtent(list.at[0])));
    const char *operator_text = gen_token_at(cursor, end);
    static const char *const known[] = {
        "+", "-", "*",  "/",  "%", "==", "!=", "<",  "<=", ">",  ">=", "&&", "||", "&",
        "|", "^", "<<", ">>", "=", "+=", "-=", "*=", "/=", "|=", "&=", "^=", ","};
    size_t length = strlen(operator_text);
    bool assigns = length > 1 && operator_text[length - 1] == '=' && !strchr("=!<>", operator_text[0]);
    if ((assigns || strcmp(operator_text, "=") == 0) &&
        clang_Cursor_isBitField(clang_getCursorReferenced(list.at[0]))) {
        if (assigns || clang_getCursorKind(list.at[0]) != CXCursor_MemberRefExpr) {
            return gen_translate_fail(at, "assignment to a bit field that it reads, too");
        }
        return gen_translate_bits(at, list.at[0], gen_translate_expression(at, list.at[1]));
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
    gen_children list = gen_children_of(cursor);
    if (list.count != 1 || gen_from_macro(cursor)) {
        return gen_translate_fail(at, "operator in a macro");
    }
    const char *first = gen_token_at(cursor, 0);
    const char *value = gen_translate_expression(at, list.at[0]);
    if (strchr("!-~*&+", first[0]) && strlen(first) <= 2) {
        return gen_text("(%s%s)", first, value);
    }
    const char *last = gen_token_at(cursor, UINT32_MAX);
    if (strcmp(last, "++") == 0 || strcmp(last, "--") == 0) {
        return gen_text("(%s%s)", value, last);
    }
    return gen_translate_fail(at, gen_text("operator %s", first));
}

static const char *cast(translation *at, CXCursor cursor)
{
    gen_children list = gen_children_of(cursor);
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
    return gen_text("((%s)%s)", gen_type_text(at, type), value);
}

static const char *conditional(translation *at, CXCursor cursor)
{
    gen_children list = gen_children_of(cursor);
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
    const gen_class *derived = gen_class_of_type(at, from);
    const gen_class *base = gen_class_of_type(at, to);
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
    gen_children list = gen_children_of(cursor);
    if (list.count == 0) {
        return gen_translate_fail(at, "empty expression");
    }
    CXCursor inner = list.at[list.count - 1];
    const char *text = gen_translate_expression(at, inner);
    if (gen_is_pointer(cursor) && gen_is_pointer(inner)) {
        return upcast(at, text, clang_getPointeeType(gen_plain_type(inner)),
                      clang_getPointeeType(gen_plain_type(cursor)));
    }
    return text;
}

static const char *init_list(translation *at, CXCursor cursor)
{
    gen_children list = gen_children_of(cursor);
    CXType type = gen_plain_type(cursor);
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
        return gen_translate_reference(at, cursor);
    case CXCursor_MemberRefExpr: {
        CXCursor target = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(target) == CXCursor_EnumConstantDecl) {
            return gen_text("%lld", clang_getEnumConstantDeclValue(target));
        }
        return clang_getCursorKind(target) == CXCursor_FieldDecl ? gen_translate_field(at, cursor, target)
                                                                 : gen_translate_fail(at, "member");
    }
    case CXCursor_CXXThisExpr:
        return "this_";
    case CXCursor_CallExpr:
        return gen_translate_call(at, cursor);
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
        gen_children list = gen_children_of(cursor);
        return list.count == 2 ? gen_text("%s[%s]", gen_translate_expression(at, list.at[0]),
                                          gen_translate_expression(at, list.at[1]))
                               : gen_translate_fail(at, "subscript");
    }
    default:
        return gen_translate_fail(at, gen_keep(clang_getCursorKindSpelling(clang_getCursorKind(cursor))));
    }
}
