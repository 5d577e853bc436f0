#include "parse_types.h"
#include "spelling.h"
#include "translate_parts.h"

static enum CXChildVisitResult add_child(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    gen_children *list = data;
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

gen_children gen_children_of(CXCursor cursor)
{
    gen_children list = {.count = 0};
    clang_visitChildren(cursor, add_child, &list);
    return list;
}

unsigned gen_offset_of(CXSourceLocation location)
{
    unsigned offset = 0;
    clang_getFileLocation(location, NULL, NULL, NULL, &offset);
    return offset;
}

const char *gen_token_at(CXCursor cursor, unsigned from)
{
    CXTranslationUnit unit = clang_Cursor_getTranslationUnit(cursor);
    CXToken *tokens = NULL;
    unsigned count = 0;
    clang_tokenize(unit, clang_getCursorExtent(cursor), &tokens, &count);
    const char *text = "";
    for (unsigned i = 0; i < count; i++) {
        if (from == UINT32_MAX || gen_offset_of(clang_getTokenLocation(unit, tokens[i])) >= from) {
            text = gen_keep(clang_getTokenSpelling(unit, tokens[i]));
            if (from != UINT32_MAX) {
                break;
            }
        }
    }
    clang_disposeTokens(unit, tokens, count);
    return text;
}

bool gen_from_macro(CXCursor cursor)
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

const char *gen_type_text(translation *at, CXType type)
{
    gen_type c = gen_classify_type(at->model, type);
    if (c.kind == GEN_UNSUPPORTED || c.rvalue) {
        return gen_translate_fail(at, gen_text("type %s", c.c ? c.c : "?"));
    }
    return gen_c_result(&c);
}

CXType gen_plain_type(CXCursor cursor)
{
    CXType type = clang_getCanonicalType(clang_getCursorType(cursor));
    if (type.kind == CXType_LValueReference || type.kind == CXType_RValueReference) {
        type = clang_getCanonicalType(clang_getPointeeType(type));
    }
    return type;
}

gen_class *gen_class_of_type(translation *at, CXType type)
{
    gen_type c = gen_classify_type(at->model, type);
    return c.kind == GEN_CLASS ? c.cls : NULL;
}

bool gen_same_record(CXCursor a, CXCursor b)
{
    CXType type = gen_plain_type(a);
    return type.kind == CXType_Record &&
           clang_equalCursors(clang_getTypeDeclaration(type), clang_getTypeDeclaration(gen_plain_type(b)));
}

bool gen_is_pointer(CXCursor cursor)
{
    return clang_getCanonicalType(clang_getCursorType(cursor)).kind == CXType_Pointer;
}
