#include "triviality.h"

static enum CXChildVisitResult visit_member(CXCursor cursor, CXCursor parent, CXClientData data)
{
    (void)parent;
    bool *trivial = data;
    switch (clang_getCursorKind(cursor)) {
    case CXCursor_FieldDecl:
    case CXCursor_CXXBaseSpecifier:
        *trivial &= gen_type_is_trivial(clang_getCursorType(cursor));
        break;
    case CXCursor_Constructor:
        if (clang_CXXConstructor_isCopyConstructor(cursor) ||
            clang_CXXConstructor_isMoveConstructor(cursor)) {
            *trivial &= clang_CXXMethod_isDefaulted(cursor) != 0;
        }
        break;
    case CXCursor_Destructor:
        *trivial &= clang_CXXMethod_isDefaulted(cursor) != 0;
        break;
    case CXCursor_CXXMethod:
        *trivial &= !clang_CXXMethod_isVirtual(cursor);
        break;
    default:
        break;
    }
    return *trivial ? CXChildVisit_Continue : CXChildVisit_Break;
}

bool gen_type_is_trivial(CXType type)
{
    type = clang_getCanonicalType(type);
    while (type.kind == CXType_ConstantArray) {
        type = clang_getCanonicalType(clang_getArrayElementType(type));
    }
    if (type.kind != CXType_Record) {
        return clang_isPODType(type) != 0;
    }
    CXCursor definition = clang_getCursorDefinition(clang_getTypeDeclaration(type));
    /* The members of a template's instance are not shown, so nothing is known of it. */
    bool trivial = !clang_Cursor_isNull(definition) && clang_Type_getNumTemplateArguments(type) <= 0;
    if (trivial) {
        clang_visitChildren(definition, visit_member, &trivial);
    }
    return trivial;
}
