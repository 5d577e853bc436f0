#include "defaults.h"

#include "parse_types.h"
#include "translate.h"

#include <string.h>

static enum CXChildVisitResult find_default(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    if (clang_isExpression(clang_getCursorKind(cursor))) {
        *(CXCursor *)data = cursor;
        return CXChildVisit_Break;
    }
    return CXChildVisit_Continue;
}

CXCursor gen_default_of(CXCursor parameter)
{
    CXCursor expression = clang_getNullCursor();
    clang_visitChildren(parameter, find_default, &expression);
    return expression;
}

/* Flags by default are constants joined by `|`. */
typedef struct flag_search {
    long long value;
    int constants, others;
} flag_search;

static enum CXChildVisitResult add_flag(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    flag_search *search = data;
    if (clang_getCursorKind(cursor) == CXCursor_DeclRefExpr) {
        CXCursor target = clang_getCursorReferenced(cursor);
        if (clang_getCursorKind(target) == CXCursor_EnumConstantDecl) {
            search->value |= clang_getEnumConstantDeclValue(target);
            search->constants++;
        } else if (strcmp(gen_keep(clang_getCursorSpelling(target)), "operator|") != 0) {
            search->others++;
        }
    }
    return CXChildVisit_Recurse;
}

static const char *default_flags(CXCursor expression)
{
    flag_search search = {0, 0, 0};
    add_flag(expression, expression, &search);
    clang_visitChildren(expression, add_flag, &search);
    return search.constants && !search.others ? gen_text("%lld", search.value) : NULL;
}

/* NULL by its token: libclang does not evaluate null pointers. Any other pointer has no default in C. */
static const char *default_pointer(CXCursor expression)
{
    CXTranslationUnit unit = clang_Cursor_getTranslationUnit(expression);
    CXToken *tokens = NULL;
    unsigned count = 0;
    clang_tokenize(unit, clang_getCursorExtent(expression), &tokens, &count);
    const char *text = count == 1 ? gen_keep(clang_getTokenSpelling(unit, tokens[0])) : "";
    clang_disposeTokens(unit, tokens, count);
    bool null = strcmp(text, "nullptr") == 0 || strcmp(text, "NULL") == 0 || strcmp(text, "0") == 0;
    return null ? "NULL" : NULL;
}

const char *gen_default_in_c(CXCursor expression, const gen_type *type)
{
    CXEvalResult result = clang_Cursor_Evaluate(expression);
    const char *text = NULL;
    if (result) {
        CXEvalResultKind kind = clang_EvalResult_getKind(result);
        if (kind == CXEval_Int && type->kind != GEN_CLASS) {
            long long value = clang_EvalResult_getAsLongLong(result);
            bool enumerated = type->kind == GEN_ENUM || type->kind == GEN_FLAGS;
            /* C's enums are int, so 0xffffffff is -1 as in the enum itself. */
            text = enumerated && value > INT32_MAX ? gen_text("%d", (int)value) : gen_text("%lld", value);
        } else if (kind == CXEval_Float) {
            text = gen_text("%.17g", clang_EvalResult_getAsDouble(result));
        }
        clang_EvalResult_dispose(result);
    }
    if (type->pointers > 0 && !type->reference) {
        return default_pointer(expression);
    }
    if (!text && (type->kind == GEN_FLAGS || type->kind == GEN_ENUM)) {
        text = default_flags(expression);
    }
    if (text) {
        return text;
    }
    CXTranslationUnit unit = clang_Cursor_getTranslationUnit(expression);
    CXToken *tokens = NULL;
    unsigned count = 0;
    clang_tokenize(unit, clang_getCursorExtent(expression), &tokens, &count);
    bool empty_call = false;
    if (count >= 2) {
        const char *last = gen_keep(clang_getTokenSpelling(unit, tokens[count - 1]));
        const char *before = gen_keep(clang_getTokenSpelling(unit, tokens[count - 2]));
        empty_call = (strcmp(before, "(") == 0 && strcmp(last, ")") == 0) ||
                     (strcmp(before, "{") == 0 && strcmp(last, "}") == 0);
    }
    clang_disposeTokens(unit, tokens, count);
    if (empty_call) {
        if (type->kind == GEN_FLAGS || type->kind == GEN_ENUM) {
            return "0";
        }
        if (type->kind == GEN_CLASS) {
            return strcmp(type->cls->name, "QString") == 0       ? "EMPTY:QString"
                   : strcmp(type->cls->name, "QModelIndex") == 0 ? "EMPTY:QModelIndex"
                                                                 : NULL;
        }
    }
    return NULL;
}
